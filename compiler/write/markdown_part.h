/* SPDX-License-Identifier: MIT */
/* What the files of the writer of Markdown share. markdown.h is for everybody else. */
#ifndef WRITE_MARKDOWN_PART_H
#define WRITE_MARKDOWN_PART_H

#include "write/markdown.h"
#include "write/reference.h"

struct markdown {
    struct arena          *arena;
    struct arena          *rows;    /* of the rows that are read */
    const struct document *doc;
    const struct doc_words *words;
    struct outline         outline;
    struct references      references;
    struct map             wanted;  /* anchors that something refers to */
    struct list_of_notes { LIST_OF(const struct doc_node *); } notes;
    size_t                 next_heading;
    bool                   in_cell;
    struct buf            *prefix;  /* what stands there: spaces, and "> " */
    struct buf            *out;
};

#define PUT(markdown, literal) buf_put((markdown)->out, STR(literal))

/* [s] with a backslash before what would mean something. */
void markdown_text(struct markdown *m, str s);
/* Puts a backslash into what was written from [begin] on, where it would begin another block. */
void markdown_guard(struct markdown *m, size_t begin);
void markdown_picture(struct markdown *m, const struct doc_node *node);
/* A target, where something refers to it. */
void markdown_anchor(struct markdown *m, str id);
/* One inline; notes are collected for the end. */
void markdown_inline_node(struct markdown *m, const struct doc_node *node);
void markdown_inlines(struct markdown *m, const struct doc_node *first);

#endif
