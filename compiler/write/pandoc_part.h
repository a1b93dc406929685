/* SPDX-License-Identifier: MIT */
/* What the files of the writer for pandoc share: values of JSON, inlines, blocks. pandoc.h is for everybody else. */
#ifndef WRITE_PANDOC_PART_H
#define WRITE_PANDOC_PART_H

#include "write/pandoc.h"
#include "write/reference.h"

struct pandoc {
    struct arena          *arena;
    struct arena          *rows;  /* of the rows that are read */
    const struct document *doc;
    const struct doc_words *words;
    struct outline         outline;
    struct references      references;
    size_t                 next_heading;
    enum pandoc_types      types;
    bool                   lying; /* in a part that is landscape */
    struct buf            *out;
};

#define PUT(pandoc, literal) buf_put((pandoc)->out, STR(literal))

/* A comma, unless this is the first of a list or the value of a member. */
void pandoc_next_value(struct pandoc *p);
void pandoc_open_list(struct pandoc *p);
void pandoc_close_list(struct pandoc *p);
void pandoc_string(struct pandoc *p, str s);
void pandoc_number(struct pandoc *p, int64_t n);
void pandoc_member(struct pandoc *p, const char *name);
/* An element without content: {"t":"Space"} */
void pandoc_bare(struct pandoc *p, const char *type);
void pandoc_open_element(struct pandoc *p, const char *type);
/* An element whose content is a list. */
void pandoc_open_parts(struct pandoc *p, const char *type);
void pandoc_close_element(struct pandoc *p);
void pandoc_close_parts(struct pandoc *p);
/* Attributes: an anchor, a class and one pair; what is empty is left out. */
void pandoc_attributes(struct pandoc *p, str id, const char *class, const char *name, str value);
void pandoc_no_attributes(struct pandoc *p);
/* Words and the spaces between them. */
void pandoc_words(struct pandoc *p, str s);
/* An element whose content is the inlines of [node]. */
void pandoc_styled(struct pandoc *p, const char *type, const struct doc_node *node);
void pandoc_picture(struct pandoc *p, const struct doc_node *node, const char *title);
/* The attributes of what is coloured because of what it says. */
void pandoc_tone(struct pandoc *p, str id, const struct doc_node *node);
/* A Span; without [node] an empty one, which is a target. */
void pandoc_span(struct pandoc *p, str id, const char *class, const struct doc_node *node);
void pandoc_inline_node(struct pandoc *p, const struct doc_node *node);
void pandoc_inlines(struct pandoc *p, const struct doc_node *first);
/* A caption: [label] and the inlines of [node], which may be NULL. */
void pandoc_caption(struct pandoc *p, str label, const struct doc_node *node);
/* How a column is aligned, and its share of the width in percent; 0: pandoc decides. */
void pandoc_column(struct pandoc *p, unsigned align, unsigned width);
/* What all cells begin with. */
void pandoc_open_cell(struct pandoc *p, const struct doc_node *cell);
void pandoc_close_cell(struct pandoc *p);
void pandoc_open_row(struct pandoc *p, str id);
void pandoc_foot_of_table(struct pandoc *p);
/* What lies on its side is one group. */
void pandoc_orient(struct pandoc *p, bool lying);
/* With [tight] paragraphs stand without space between them, as in short lists. */
void pandoc_blocks(struct pandoc *p, const struct doc_node *first, bool tight);

#endif
