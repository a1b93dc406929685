/* SPDX-License-Identifier: MIT */
/* Values as YAML of the source language, so that reading it back gives the same values. */
#ifndef WEAVE_YAML_TEXT_H
#define WEAVE_YAML_TEXT_H

#include "base/buf.h"
#include "model/model.h"

/*
 * The value of a key, without the key, ending in a line break. [indent]: of the key; lines of a long text stand two
 * further in. References are ids; `no answer` of a decision is `undecided`.
 */
void yaml_value(struct arena *arena, struct buf *out, struct value value, unsigned indent);
/* The same on one line, for lists and comments. */
str yaml_inline(struct arena *arena, struct value value);

/* A text in double quotes, whatever it holds. */
str yaml_quoted(struct arena *arena, str text);

#endif
