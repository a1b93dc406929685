/* SPDX-License-Identifier: MIT */
/*
 * What the files of the HTML writer share. The body is written first, because the style and the policy in the
 * head depend on what it holds: colours of the method's own, column widths, whether there is a table at all.
 *
 * Ids: a node that can be linked to owns its id in `anchors`; whoever comes later with the same id goes without.
 * So ids are unique by construction, and a link to an id that nothing owns is written as text. Ids of the
 * page's own furniture begin with an underscore.
 */
#ifndef WRITE_HTML_PART_H
#define WRITE_HTML_PART_H

#include "base/buf.h"
#include "base/image.h"
#include "base/map.h"
#include "weave/document.h"
#include "write/html.h"
#include "write/outline.h"
#include "write/reference.h"

struct html {
    struct arena          *arena;
    struct arena          *rows;   /* of the rows that are read */
    const struct document *doc;
    const struct doc_node *body;
    const struct brand    *brand;
    const struct doc_words *words;
    const struct html_site *site;  /* NULL: the page is alone */
    struct buf            *out;
    struct spool          *before; /* what came before [out] */
    struct parts          *parts;  /* and before that */
    struct outline outline;
    struct references references;
    size_t         next_heading; /* of the outline's entries */
    struct map anchors;      /* id -> the doc_identity() of the node that owns it */
    struct map names;        /* accessible names of table frames that are taken */
    const struct colour *levels; /* fills of the method's levels, once has_levels; NULL when it declares no colour */
    struct map colours;      /* fills of a method's own, "rrggbb" */
    LIST_OF(const struct doc_node *) notes;
    str      heading;        /* the nearest heading's text: names a table without a caption */
    uint32_t descriptions;   /* tables that carry a description so far */
    bool     widths[101];    /* column widths in percent that occur */
    bool     has_table, has_contents; /* what the script works on */
    bool     has_levels;
    bool     in_link;
};

/* Puts aside what [out] holds when it is long enough, and empties it. */
void html_put_aside(struct spool *before, struct buf *out);
/* Between two blocks or rows: what is written so far may be put aside. */
void html_drain(struct html *html);
/* What is written since the last part becomes one. */
void html_end_part(struct html *html);

/* Markup: literal text only, never anything from the document. */
#define PUT(html, literal) buf_put((html)->out, STR(literal))

/* --- html_text.c: text, addresses and ids in their contexts --- */
/* Text or a quoted attribute's value. */
void html_text(struct buf *out, str text);
/* The contents of a quoted CSS string. */
void html_css_string(struct buf *out, str text);
/* Whether [address] may be a link: http, https or mailto with something behind it. */
bool html_is_address(str address);
/* An address in a quoted attribute, percent-encoded where it has to be. */
void html_address(struct buf *out, str address);

/* --- html_anchor.c: who owns which id --- */
void html_anchors(struct html *html);
/* [id] without what an id or a fragment can not have, and never with the underscore of the page's own. */
str html_id(struct html *html, str id);
/* The id of a cell that holds one: "A.8.9" gives "a-8-9". Empty when there is no text to make one of. */
str html_cell_id(struct html *html, const struct doc_node *cell);
/* Writes  id="..."  if [node] owns [id]. */
void html_put_id(struct html *html, const struct doc_node *node, str id);

/* --- html_flow.c: blocks and inlines --- */
void html_blocks(struct html *html, const struct doc_node *first);
void html_inlines(struct html *html, const struct doc_node *first);
/* Where the record is told about that a text names; empty: it names none, there is no such page, or this is it. */
str html_record_page(const struct html *html, const struct doc_node *text);
/* The class that gives a level or status its colour: "l3", "good", "x-f0c0a0"; empty for none. */
void html_tone_class(struct html *html, const struct doc_node *node);
/* A level's rank as an attribute, so that a table sorts by it and not by the alphabet. */
void html_put_rank(struct html *html, const struct doc_node *node);
/* The document's blocks, turned pages in frames of their own; then the footnotes. */
void html_body(struct html *html);
/* How deep the contents go: what a table of contents in the text asks for, else what the document wants; 0: there are none. */
int html_contents_depth(const struct html *html);
void html_notes(struct html *html);

/* --- html_media.c --- */
/* <img> with the picture in it, [width] pixels of CSS wide at most; [class] may be "". An empty [alt] makes it decorative. */
void html_image(struct html *html, const struct image *image, unsigned width, str alt, const char *class);

/* --- html_table.c --- */
void html_table(struct html *html, const struct doc_node *table);

/* --- html_search.c --- */
/* Adds what the page says, which is written already. */
void html_search_page(struct html *html, struct html_search *search);
/* The element that holds what all pages say, for the search page's script. */
void html_search_data(struct html *html, struct html_search *search);

/* --- html_style.c: what the head needs, as text --- */
/* The style that all pages of a brand share, on one line, and its digest for the policy. */
struct html_look {
    const struct brand *brand;
    str style, source;
};
/* The look of [brand], made for its first page; it lives as long as [assets] do. */
const struct html_look *html_look(const struct html_assets *assets, const struct brand *brand);
/* What a page's style has besides: its colours, column widths and running heads. */
str html_style(struct html *html);
/*
 * [source] on one line and without comments. It knows strings, not grammars: a script must end its statements with
 * semicolons, write comments as in C, and have no quotation mark in a regular expression.
 */
void html_minified(struct buf *out, str source);

#endif
