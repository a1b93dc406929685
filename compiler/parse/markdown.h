/* SPDX-License-Identifier: MIT */
/*
 * Markdown to a tree with byte positions: CommonMark by libcmark, and over it our own layers for pipe tables,
 * footnotes, task lists and ~~strikethrough~~. Raw HTML stays as it was written; weave/ decides what it means.
 *
 * What could make a parser slow or its reader overflow (long lines, deep nesting, wide tables) is refused by
 * guards before the parse, with a finding at the place (base/limits.h holds the numbers).
 *
 * Nodes belong to the arena given; their texts are slices of the text parsed where nothing had to be decoded,
 * so the text must live as long as the tree.
 */
#ifndef PARSE_MARKDOWN_H
#define PARSE_MARKDOWN_H

#include "diag/finding.h"
#include "load/source.h"

enum md_type {
    /* blocks */
    MD_DOCUMENT,
    MD_HEADING,     /* level 1-6; inlines */
    MD_PARAGRAPH,   /* inlines */
    MD_LIST,        /* ordered, tight, start; children MD_ITEM */
    MD_ITEM,        /* blocks; task */
    MD_QUOTE,       /* blocks */
    MD_CODE,        /* text; info string in ref */
    MD_HTML,        /* raw HTML in text */
    MD_RULE,
    MD_TABLE,       /* children MD_ROW, the first is the header; start = number of columns */
    MD_ROW,         /* children MD_CELL, as many as the table has columns */
    MD_CELL,        /* align; inlines, or nothing but text when that is all there is */
    /* inlines */
    MD_TEXT,        /* text */
    MD_SOFT_BREAK,
    MD_BREAK,
    MD_CODE_SPAN,   /* text */
    MD_HTML_INLINE, /* one tag or comment in text */
    MD_EMPHASIS,
    MD_STRONG,
    MD_STRIKE,
    MD_LINK,        /* address in ref */
    MD_IMAGE,       /* address in ref, title in text; the alternative text is in the children */
    MD_NOTE,        /* a reference to a footnote: first is its first block, shared by all references to it */
};

enum md_align { MD_LEFT, MD_CENTRE, MD_RIGHT };
enum md_task { MD_NO_TASK, MD_TASK_OPEN, MD_TASK_DONE };

struct md_node {
    uint8_t  type;          /* enum md_type */
    uint8_t  level;         /* MD_HEADING */
    uint8_t  align;         /* MD_CELL: enum md_align */
    uint8_t  task;          /* MD_ITEM: enum md_task */
    unsigned ordered : 1, tight : 1, header : 1;
    uint32_t start;         /* MD_LIST: first number; MD_TABLE: columns */
    uint32_t begin, end;    /* bytes of the text; an inline has its block's */
    str      text, ref;
    struct md_node *first, *last, *next;
};

/* From byte [at] on, a text stands in a source at [from]; when the lengths differ, all of it stands for all of that. */
struct md_piece {
    uint32_t    at;
    struct span from;
};

/* A Markdown text and where it comes from. */
struct md_text {
    str                    bytes;
    const struct md_piece *pieces; /* in order; the first is at 0 */
    size_t                 npieces;
    size_t                 most;   /* bytes it may have: LIMIT_MARKDOWN_BYTES, LIMIT_EXPANDED_BYTES after a template's loops */
};

/* Bytes [begin, end) of [source] as a Markdown text; a copy of the bytes is not made. */
struct md_text md_text_of(struct arena *arena, const struct source *source, uint32_t begin, uint32_t end);
/* Where bytes [begin, end) of a text stand in its source. */
struct span md_span(const struct md_text *text, size_t begin, size_t end);
/* Where [needle] first stands inside [node], or all of the node. */
struct span md_span_in(const struct md_text *text, const struct md_node *node, str needle);

/* The tree of [text], whose root is MD_DOCUMENT; NULL when a guard refused it, and then there is a finding. */
struct md_node *markdown_parse(struct arena *arena, struct findings *findings, const struct md_text *text);
/* The same with the nodes apart from their texts, for a tree that goes while its words stay. */
struct md_node *markdown_parse_apart(struct arena *nodes, struct arena *texts, struct findings *findings, const struct md_text *text);
/* How many columns a table has that begins with these two lines; 0 when none does. */
size_t markdown_columns(str header, str dashes);
/* How many cells a line has as a row of a table, and as the line of dashes below its head; 0: it is no such line. */
size_t markdown_cells(str line);
size_t markdown_dashes(str line);

#endif
