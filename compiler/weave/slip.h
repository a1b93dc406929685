/* SPDX-License-Identifier: MIT */
/*
 * Markdown that is printed otherwise than its author meant, mostly pasted from Word or a spreadsheet: paragraphs that run lists
 * with `•`, `–`, `a)` or `1.1` into one text, `##Heading`, tables whose line of dashes is wrong or missing, columns parted by tabs,
 * and a sentence that a line of dashes below it makes a heading. Only what is certain draws a finding (M-21); what CommonMark takes a text for
 * is known, so code, comments and real lists are never looked at.
 */
#ifndef WEAVE_SLIP_H
#define WEAVE_SLIP_H

#include "weave/weaving.h"

/* Looks through blocks that stand beside each other, [first] and those after it, in the text of [w]; what they hold is not gone into. */
void slip_look(struct weaving *w, const struct md_node *first);
/* Whether a line without blanks around it may belong to such a paragraph, tables apart: a quick look that errs on the safe side. */
bool slip_possible(str line);

#endif
