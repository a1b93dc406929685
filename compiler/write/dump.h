/* SPDX-License-Identifier: MIT */
/*
 * A document as plain text for people and golden tests: the facts first, then one line for each block, indented by
 * depth, table rows cell by cell. Inline markup shows in a compact notation:
 *
 *   *emphasis*  **strong**  ~~strike~~  `code`  [text](target)  ![alternative](file)  {word tone}
 *   ^(above)  _(below)  <<key>>  (#anchor)  [^1: note]  \ a break that was asked for
 *
 * A cell that is filled begins with its tone in braces; blocks within a line are parted by a pilcrow.
 */
#ifndef WRITE_DUMP_H
#define WRITE_DUMP_H

#include "base/buf.h"
#include "weave/document.h"

/* Appends the text of [doc] to [out]. */
void dump_write(struct arena *arena, const struct document *doc, struct buf *out);

#endif
