/* SPDX-License-Identifier: MIT */
/*
 * What of an ISMS an audience may see. The one place where that is enforced: while the sources are bound a second time, for the
 * audience, what is marked for fewer is passed over, so that the model that documents are made from never held it. Internal to resolve/.
 *
 * A field is seen where its mark allows it (schema `x-audience`, or `audiences:` of the project), in a record that is seen (its
 * `visible_to`, or the mark of its kind). What has no mark is for auditors. Without a cut (NULL) everything is seen.
 */
#ifndef RESOLVE_AUDIENCE_H
#define RESOLVE_AUDIENCE_H

#include "resolve/resolve.h"

/* The marks of [whole] for [reader]; both live as long as [arena]. */
const struct cut *cut_new(struct arena *arena, const struct model *whole, enum audience reader);
bool cut_shows_field(const struct cut *cut, const struct kind *kind, const struct field *field);
/* The same, and where the field holds an object, whether that says of itself who may see it. */
bool cut_shows_value(const struct cut *cut, const struct kind *kind, const struct field *field, const struct node *node);
/* An object in a list; true for what is no object. */
bool cut_shows_object(const struct cut *cut, const struct type *type, const struct node *node);
/* The record called [id] of a collection. */
bool cut_shows_record(const struct cut *cut, const struct kind *kind, str id);
/* Whether a reference that names no record which is seen is to vanish; else its words stay, where words are allowed. */
bool cut_hides(const struct cut *cut, const struct type *type, str id);
/* References are followed: lists close over those that vanished, and one that is empty then is as if nobody had written it. */
void cut_settle(struct resolver *r);
/* A finding for each id in a text of the cut model that only others know. */
void cut_mentions(struct resolver *r, struct findings *findings);
/* What is wrong with the section `audiences`. */
void audience_check(struct resolver *r);

#endif
