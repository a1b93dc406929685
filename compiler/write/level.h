/* SPDX-License-Identifier: MIT */
/* The colours of levels and states, the same in every format: the brand's, or the method's own made fit to be read on. */
#ifndef WRITE_LEVEL_H
#define WRITE_LEVEL_H

#include "weave/document.h"
#include "base/colour.h"

/* The place of a level in the brand's scale, which is spread over however many levels the method has. */
unsigned level_place(const struct brand *brand, unsigned rank, unsigned ranks);
/* The fills of all levels of a method that declares a colour for any of them, the lowest first; NULL when it declares none. */
struct colour *level_fills(struct arena *arena, const struct document *doc);
/* The fill of a node that has a colour of the method's own in its ref. */
struct colour level_own_fill(const struct document *doc, const struct colour *fills, const struct doc_node *node);

/* The ground of a tone that is no level, as RRGGBB; empty for none. */
str fill_of_tone(const struct brand *brand, uint8_t tone);
/* The ground of a badge or cell; [levels] is what level_fills() gave. */
str fill_of_node(struct arena *arena, const struct document *doc, const struct colour *levels, const struct doc_node *node);
/* Black or white, whichever reads better on [fill], where the brand's ink does not; else empty. */
str ink_on_fill(const struct brand *brand, str fill);

#endif
