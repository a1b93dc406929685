/* SPDX-License-Identifier: MIT */
/* What the files of the Markdown parser share; nobody else includes it. */
#ifndef PARSE_MARKDOWN_PART_H
#define PARSE_MARKDOWN_PART_H

#include "base/map.h"
#include "parse/markdown.h"

/* One line of what is given to libcmark: where it begins there and in the text it was taken from. */
struct md_line {
    uint32_t fed, source;
};

/* Blocks that were made without libcmark: a line that it gets in their place, and they as children of [nodes]. */
struct md_taken {
    size_t          line;
    struct md_node *nodes;
};

/* A text made ready for libcmark: the bytes, and for each line where it comes from. */
struct md_fed {
    str bytes;
    LIST_OF(struct md_line) lines;
    LIST_OF(struct md_taken) taken;
};

/* Inlines that must be parsed on their own: the text of a cell, or a paragraph's lines above a table. */
struct md_pending {
    struct md_node *node;
    str             text;
    bool            paragraph;
    unsigned        depth; /* of footnotes around it */
};
struct md_waiting { LIST_OF(struct md_pending); };

struct md_definition { /* of a footnote */
    str             label;
    uint32_t        begin, end; /* the marker [^label]: */
    struct md_fed   fed;        /* what it says, without marker and indentation */
    struct md_node *tree;       /* once parsed */
    bool            used;
};

/* One call of markdown_parse. */
struct md_parse {
    struct arena         *arena;   /* of the tree's nodes */
    struct arena         *texts;   /* of their texts */
    struct arena         *scratch; /* libcmark's memory and ours, closed at the end */
    struct findings      *findings;
    const struct md_text *text;
    struct md_waiting     pending;
    LIST_OF(struct md_definition) notes;
    struct map            notes_by_label; /* folded label -> index + 1 into notes, as a pointer */
    LIST_OF(str)          links;   /* link reference definitions, which tables' cells need too */
    unsigned              depth;   /* of footnotes: none inside a footnote */
    bool                  too_deep; /* said once */
};

/* markdown_guard.c: false when the text must not be parsed. */
bool md_guard(struct md_parse *parse);

/* markdown_lines.c */
size_t md_line_end(str bytes, size_t at); /* of the line's text that goes on at [at] */
void md_split_lines(struct arena *arena, struct md_fed *fed, str bytes, uint32_t source);
str md_line_at(const struct md_fed *fed, size_t number); /* without its line break; from 0 */
/* [line] without white space and up to [quotes] block quote marks at its start. */
str md_strip(str line, unsigned quotes);
unsigned md_indent(str line); /* columns of white space at the start */
bool md_is_blank(str line);
/* Whether [line] opens or closes a fenced code block; *fence keeps the state between lines (0 outside). */
bool md_fence(str line, unsigned *fence);

/*
 * A mark put behind a backslash escape that keeps our own syntax away (\[[ \[^ \~~), because libcmark does not tell
 * what was escaped; a text node is cut there, code loses it again. No source can hold this character.
 */
#define MD_SHIELD STR("\xEF\xA3\xBC")
const struct md_fed *md_shield(struct arena *arena, const struct md_fed *fed, struct md_fed *shielded);
str md_unshield(struct arena *arena, str s); /* a copy without the marks */
/* A part of [fed] as it stands in the tree: itself where it stands in the text parsed, else a copy without the marks. */
str md_keep(struct md_parse *parse, const struct md_fed *fed, str text);

/* markdown_note.c: takes footnotes and remembers link definitions; gives what is left for libcmark. */
void md_take_notes(struct md_parse *parse, struct md_fed *rest);
/* Turns [^label] in a text node into MD_NOTE; returns the node that took its place last. */
void md_resolve_notes(struct md_parse *parse, struct md_node *parent);
void md_report_notes(struct md_parse *parse);

/* markdown_plain.c: makes nodes of what needs no libcmark, and a mark in [rest] for them; gives what is left, [fed] itself when that is all. */
const struct md_fed *md_take_plain(struct md_parse *parse, const struct md_fed *fed, struct md_fed *rest);

/* markdown_table.c: whether lines [first, last] of a paragraph are a table, and from which line on. */
struct md_node *md_table(struct md_parse *parse, const struct md_fed *fed, size_t first, size_t last, unsigned quotes,
                         uint32_t begin, size_t *header);

/* markdown_inline.c: our own inline syntax over a block's or inline's children. */
void md_own_inlines(struct md_parse *parse, struct md_node *parent);
void md_task_item(struct md_node *item);

/* markdown.c: parses a fed text into a tree of its own. */
struct md_node *md_tree(struct md_parse *parse, const struct md_fed *fed);

struct md_node *md_new(struct md_parse *parse, enum md_type type, uint32_t begin, uint32_t end);
struct md_node *md_add(struct md_node *parent, struct md_node *child);

#endif
