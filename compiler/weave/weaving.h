/* SPDX-License-Identifier: MIT */
/* One document on its way through weave/: the state its files share. Internal to weave/. */
#ifndef WEAVE_WEAVING_H
#define WEAVE_WEAVING_H

#include "base/limits.h"
#include "base/map.h"
#include "parse/markdown.h"
#include "query/query.h"
#include "weave/mustache.h"
#include "weave/print.h"
#include "weave/weave.h"

/* A value that waits for its place in the tree, and the tag that asked for it. */
struct placed {
    struct value value;
    struct span  at;
};

/* U+F8FD number U+F8FE stands for value [number] in the expanded text; sources can not hold these characters. */
#define MARK_OPEN STR("\xEF\xA3\xBD")
#define MARK_CLOSE STR("\xEF\xA3\xBE")

/* A node that becomes, or stays, a link if the document turns out to have the anchor. */
struct awaited {
    struct doc_node *node;      /* DOC_TEXT, or a DOC_LINK that an author wrote */
    str              anchor;
    str              otherwise; /* what the text says when there is nothing to follow; empty: the same */
    struct span      at;        /* of an author's link */
};

/* Where a record could be linked to: its heading, else its row in the longest table that has its id. */
struct candidate {
    struct doc_node *node;    /* DOC_HEADING or DOC_CELL */
    struct doc_node *text;    /* of the id in the cell: it does not link to itself */
    size_t           weight;
    str              anchor;
    char            *place, *own; /* in a packed row instead of nodes: the answers about the cell, and about its id */
};

/* An answer in the row that is being packed. */
struct unsettled {
    size_t            at;
    struct candidate *claim;
    bool              waits; /* ROW_AWAITS, else ROW_CLAIMS */
};

/* What the last <!-- table: --> directive said, for the table that follows. */
struct table_wish {
    bool        there;
    uint8_t     look;        /* enum doc_look */
    uint8_t     widths[LIMIT_TABLE_COLUMNS], nwidths;
    uint64_t    nowrap;      /* bit n: column n */
    uint8_t     align[LIMIT_TABLE_COLUMNS], naligns;
    uint8_t     id;          /* the column that holds ids, from 1; 0: found out */
    str         caption, description, sheet;
    struct span at;
};

struct doc_row;

/* The table that was woven last, which goes on in the next piece if that begins between two of its rows. */
struct open_table {
    struct doc_node  *node;
    struct table_wish wish;
    struct doc_row   *first, *last; /* its packed rows */
    size_t            rows; /* how many it has, or will have */
    bool              goes_on;
};

/* Where inlines stand: decides how line breaks and missing values print. */
enum where { IN_PROSE, IN_CELL, IN_LINE };

struct weaving {
    struct weave         *weave;
    struct weave_shared  *shared;  /* that of [weave], or the document's own */
    struct arena         *arena;   /* of the nodes that are made: the document's, or [rows] */
    struct arena         *lasting; /* of what is only needed until the body is complete */
    struct arena         *passing; /* of what is only needed while one piece of the text is woven */
    struct findings      *findings;
    const struct model   *model;
    struct document      *doc;
    const struct doc_words *words;
    const struct language  *language;

    /* names: what let: and the program give, besides the ISMS itself; slots[i] is the value of names[i] */
    LIST_OF(struct query_name) names;
    LIST_OF(struct value)      slots;
    const struct record       *own; /* the document's record; NULL where it has none */

    /* expansion */
    struct buf              *expanded;
    struct { struct md_piece *at; size_t len; struct buf *bytes; } pieces; /* in buffers: hundreds of thousands, and no copy stays behind */
    struct { struct placed *at; size_t len; struct buf *bytes; }   placed;
    bool                     in_pieces; /* the text is woven as it grows, and tables are packed: weave.c */
    bool                     heads_only; /* of built-in templates only those are read */
    bool                     checking;  /* nobody wants the document, only what is wrong with it */
    bool                     one_piece; /* it can not be: what stands in one place may have a meaning for another */

    /* splicing */
    const struct md_text *text;
    bool         marks;      /* the text may hold marks: not inside a Markdown field */
    enum where   where;
    int          level;      /* of the last heading */
    int          shift;      /* added to headings of the text */
    unsigned     depth;      /* Markdown fields inside each other */
    uint32_t     notes, tables, figures;
    bool         in_note, quiet_heading;
    bool         typed;      /* what texts show is kept: in tables for workbooks */
    struct span  quiet_at;
    str          anchor;     /* from <!-- anchor NAME -->, for the next block */
    struct table_wish wish;
    struct open_table table;
    size_t       rows_to_come; /* after the piece, in the table that it ends with */
    struct map   anchors;    /* name -> struct candidate */
    struct map   mentioned;  /* ids whose titles were given once */
    struct map   files;      /* path -> struct record of documents; filled when a link asks for one */
    LIST_OF(struct awaited) awaited;

    /* packing rows: pack.c */
    struct arena *rows;      /* of the nodes of rows, given back when they are packed */
    struct buf   *packed;    /* the row */
    uint32_t      packed_nodes;
    LIST_OF(struct candidate *) claims;    /* that cells of the row make */
    LIST_OF(struct unsettled)   unsettled; /* answers in the row */
    LIST_OF(char *)             answers;   /* in all rows: what waits for anchors */
};

/* expansion and names: weave.c, template.c */
struct value weaving_name(const struct weaving *w, str name); /* a let name; V_NULL when there is none */
/* The value of an expression that stands at [at] in a text; false after a finding. */
bool weaving_eval(struct weaving *w, str expression, struct span at, struct value *out);

/* splice.c */
void splice_blocks(struct weaving *w, const struct md_node *first, struct doc_node *into);
/* A Markdown field as blocks, its headings below the one it stands under. */
void splice_field(struct weaving *w, struct value field, struct doc_node *into);

/* inline.c */
void splice_inlines(struct weaving *w, const struct md_node *first, struct doc_node *into);
/* Text of a Markdown node, with its marks and [[links]]. */
void splice_text(struct weaving *w, const struct md_node *node, str text, struct doc_node *into);
/* [text] with each mark replaced by its value as plain text. */
str splice_plain(struct weaving *w, str text);
bool mark_in(str text);
/* The value a text consists of when it is one mark and nothing else, or NULL. */
const struct placed *mark_only(const struct weaving *w, str text);
/* A value as inlines. */
void weave_value(struct weaving *w, struct value value, struct doc_node *into);
void splice_lines(struct weaving *w, str text, struct doc_node *into);
/* Moves what is below [blocks] into a place for inlines, breaks between paragraphs. */
void splice_flatten(struct weaving *w, struct doc_node *blocks, struct doc_node *into);
/*
 * Makes one node of the texts that stand beside each other below [parent], as values and their surroundings do: one run in Word,
 * and less to go through. What waits stays apart. New texts are in [arena].
 */
void inline_join(struct arena *arena, struct doc_node *parent);

/* picture.c: gives an image, written as [address] at [at], the file it shows; a finding when there is none. */
void picture_place(struct weaving *w, struct doc_node *image, struct span at, str address);

/* table.c */
void splice_table(struct weaving *w, const struct md_node *table, struct doc_node *into);
/* The wish that waits, which then waits no more. */
struct table_wish table_take_wish(struct weaving *w);
/* Gives a table with rows its columns, caption and number. */
void table_finish(struct weaving *w, struct doc_node *table, uint16_t columns, const struct table_wish *wish);
struct doc_node *table_cell(struct weaving *w, struct doc_node *row, str text);

/* links.c */
/* Enters an anchor that only one node may have; false when it is taken. */
bool link_add_anchor(struct weaving *w, str anchor);
/* Names a heading; [waiting] is how many nodes waited before its own did. */
void link_heading(struct weaving *w, struct doc_node *heading, size_t waiting);
/* A cell that shows the id of a record in [text], in a table of [rows] rows. */
void link_cell(struct weaving *w, struct doc_node *cell, struct doc_node *text, str id, size_t rows);
/* What stands between [[ and ]]. */
void link_record(struct weaving *w, const struct md_node *node, str inside, struct doc_node *into);
/* [node], which names a record, becomes a link if the document has the record. */
void link_await(struct weaving *w, struct doc_node *node, str id);
/* A link an author wrote to #anchor: checked when the document is complete. */
void link_await_fragment(struct weaving *w, struct doc_node *link, const struct md_node *from);
/* The words of a link to an anchor; a reference has none, and the anchor has to do. */
str  link_words(struct arena *arena, const struct doc_node *link);
/* Whether a document may carry an address; a finding when not. */
bool link_address(struct weaving *w, const struct md_node *node, str address);
/* Whether an author's address is a path in the project, and the link it makes: to the document in that file, else a finding and words. */
bool link_is_file(const struct weaving *w, const struct md_node *node, str address);
void link_file(struct weaving *w, const struct md_node *node, str address, struct doc_node *into);
/* Says that an author's link [ref] leads nowhere. */
void link_missing(struct weaving *w, struct span at, str ref);
/* The document is complete: anchors are set, what waited becomes a link or stays text. */
void link_resolve(struct weaving *w);

/* directive.c: whether a comment is one of ours; block-level ones add to [into]. */
void directive(struct weaving *w, const struct md_node *node, str comment, struct doc_node *into);
/* Said when the block a directive waits for does not come. */
void directive_end(struct weaving *w);

/* rawhtml.c and directive.c's relatives have headers of their own. */

/* weave.c: one document begins; all of it belongs to the arena of [weave]. */
struct weaving *weaving_begin(struct weave *weave, str language);
/* From now on the document is in [language]. */
void weaving_speak(struct weaving *w, str language);

#endif
