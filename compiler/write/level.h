/* SPDX-License-Identifier: MIT */
/* The colours of risk levels, the same in every format: the brand's, or the method's own made fit to be read on. */
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

#endif
