/* SPDX-License-Identifier: MIT */
/*
 * How a packed row is written. A node is its type, flags, and what the flags say is there, in this order; numbers are
 * in groups of seven bits, texts have their length in front. pack.c writes it, row.c reads it; internal to weave/.
 */
#ifndef WEAVE_ROW_H
#define WEAVE_ROW_H

#include "weave/document.h"

struct doc_row {
    struct doc_row       *next;
    uint32_t              serial; /* of its first node */
    char                  bytes[];
};

enum row_flag {
    ROW_FACTS    = 1,  /* what stands in struct doc_node between type and serial */
    ROW_TEXT     = 2,
    ROW_REF      = 4,
    ROW_TABLE    = 8,  /* the pointer */
    ROW_AWAITS   = 16, /* an answer; the ref of the link it may become; what it says otherwise; the span of an author's link */
    ROW_CLAIMS   = 32, /* an answer; the anchor this cell may carry */
    ROW_CHILDREN = 64, /* nodes, then ROW_END in the place of a type */
};
enum { ROW_END = 0xFF };

/* ROW_AWAITS: nothing known or the row's own id, a link, or the other words. ROW_CLAIMS: any but the first is yes. */
enum row_answer { ANSWER_NONE, ANSWER_LINK, ANSWER_OTHERWISE };

/* The bytes of a node that ROW_FACTS stands for. */
#define ROW_FACTS_AT offsetof(struct doc_node, level)
#define ROW_FACTS_LEN (offsetof(struct doc_node, serial) - ROW_FACTS_AT)

/* Reading: [*at] moves behind what is read. */
str row_text(const char **at);

#endif
