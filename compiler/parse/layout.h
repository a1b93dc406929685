/* SPDX-License-Identifier: MIT */
/*
 * The plain form of a source: how it is indented and spaced, and nothing else. Keys and entries two columns deeper than what they belong
 * to, one blank behind `-` and `:`, no blanks at the ends of lines, no two empty lines in a row, one line break at the end. Order, quotes,
 * comments, the breaking of lines and everything inside { } and [ ] stay as somebody wrote them.
 */
#ifndef PARSE_LAYOUT_H
#define PARSE_LAYOUT_H

#include "base/edit.h"
#include "parse/node.h"

/*
 * Adds the edits that bring bytes [begin, end) of a YAML text into that form; [tree] is what they were parsed to, or NULL. Only blanks and line
 * breaks are touched. Adds none where the text is written in a way that is left alone (an entry that begins on the line after its `-`).
 */
void layout_yaml(struct arena *arena, struct edits *edits, str bytes, size_t begin, size_t end, const struct node *tree);
/* The same for the Markdown from [begin] on: ends of lines, empty lines, the end of the file; code stays. */
void layout_markdown(struct arena *arena, struct edits *edits, str bytes, size_t begin);
/* Whether two trees say the same in the same order and style, wherever they stand. */
bool layout_same(const struct node *a, const struct node *b);

#endif
