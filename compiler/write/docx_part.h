/* SPDX-License-Identifier: MIT */
/*
 * What the files of the DOCX writer share: the state of one package being written and the writers of its parts.
 * Each part is one function that appends XML to a buffer. Elements go out in the order of their schema (ECMA-376
 * part 1, annex A): Word calls a file damaged whose elements are all right but out of order.
 *
 * Lengths are in twentieths of a point (twips), font sizes in half points, as the format has them.
 */
#ifndef WRITE_DOCX_PART_H
#define WRITE_DOCX_PART_H

#include "base/buf.h"
#include "base/image.h"
#include "base/map.h"
#include "weave/document.h"
#include "write/font_width.h"
#include "write/outline.h"
#include "write/reference.h"
#include "write/zip.h"

enum { TWIPS_PER_CM = 567, EMU_PER_TWIP = 635 };

/* w:numId of what every document has; lists that count get their own from NUMBERING_FIRST_LIST on. */
enum { NUMBERING_HEADINGS = 1, NUMBERING_BULLETS, NUMBERING_NUMBERS, NUMBERING_FIRST_LIST };
enum { LIST_STYLES = 5, LIST_STEP = 397 }; /* Word has five list styles of each kind; 7 mm from level to level */

/* What one part refers to: external addresses, whose relationship ids are "link1", "link2" in order of first use, and pictures. */
struct docx_links {
    struct map by_address; /* address -> struct docx_link */
    struct { unsigned *at; size_t len, room; } pictures; /* numbers of the media files that the part shows */
};
struct docx_link {
    str      target; /* the address as a URI */
    unsigned number;
};

/* One list that counts: a w:num of its own, so that it starts anew. */
struct docx_number {
    uint32_t start;
    int      depth;
};

struct docx_page {
    int width, height;            /* portrait */
    int left, right, top, bottom, head, foot; /* margins; distance of running heads from the edge */
    int cover_top, cover_left;    /* where the cover's text begins */
};

struct docx {
    struct arena           *arena;
    struct arena           *passing; /* of the rows that are read, and of what is made for one table */
    const struct document  *doc;
    const struct brand     *brand;
    const struct doc_words *words;
    struct docx_page        page;
    struct font_width       body_width, heading_width;
    struct outline          outline;
    struct references       references;
    struct buf             *out;   /* where blocks and inlines go: the body, or the notes while a note is written */
    struct buf             *notes; /* the footnotes so far */
    struct buf             *joined; /* of texts beside each other, while they are written */
    const struct zip_shared *shared;   /* what other documents have in common; NULL: no archive is made */
    struct zip_stream      *packed;    /* where finished parts of the body go; NULL: they stay in [out] */
    size_t                  handed_on; /* bytes that went there */
    struct docx_links       body_links, note_links;
    struct docx_links       frame_links[6]; /* of running heads and feet, in the order of their files */
    struct { const struct image **at; size_t len, room; } media; /* files of the package, the first is image1 */
    struct docx_links      *links;      /* of the part that [out] belongs to */
    struct map              families;   /* header row -> struct docx_family, the tables that share their widths */
    bool                    families_known;
    struct buf             *likeness;   /* of the table that is looked at */
    struct map              targets;    /* anchor -> struct docx_target, those that links point to */
    struct map              names;      /* bookmark names taken, in lower case: Word does not tell them apart */
    const struct colour    *levels;     /* fills of the method's levels; NULL when it declares no colour */
    str                     guid;       /* of the store with the document values */
    struct { str *at; size_t len, room; } pending; /* anchors that the next paragraph has to carry */
    struct { struct docx_number *at; size_t len, room; } numbers;
    bool                   *headings;   /* which of the outline were written */
    size_t                  next_heading;
    str                     heading;     /* the last one: names a table that has no caption */
    uint32_t                bookmarks, notes_made, tables, figures, controls, drawings;
    int                     flow_width; /* text width of the column or cell being written */
    bool                    landscape;  /* of the section being written */
    bool                    has_landscape;
    bool                    in_content; /* something was written since the section began */
    bool                    after_table; /* the last block was a table: another one needs a paragraph between */
    int                     line_width;  /* of the paragraph being written */
    int                     room;        /* what the next paragraph has to keep free above, after a table or a list */
    int                     pen_width, pen_x; /* docx_pen.c: the line being set, where ids must not break; width 0 for off */
    int                     cell_size, cell_padding; /* of the table being written: its text in half points */
    size_t                  word_limit;  /* characters of the longest word that surely fits the column */
    bool                    page_top;    /* nothing stands on this page yet */
    bool                    new_page;    /* the next paragraph begins a page */
    bool                    in_note, in_link, rtl, has_contents;
};

/* docx.c: the files of the package before they are packed. Their contents live in [arena] until freed. */
struct docx_file {
    str         name;
    struct buf *content; /* NULL: a picture, whose bytes belong to whoever made the document */
    str         picture;
    str         common;  /* for zip_part */
};
struct docx_files { LIST_OF(struct docx_file); };
/* Hands on what is finished of the body, when there is enough of it: a long one is never held whole. */
void docx_drain(struct docx *docx);
void docx_parts(struct arena *arena, const struct document *doc, struct docx_files *files);

/* docx_media.c: pictures. An empty [alt] makes one decorative; sizes are in English Metric Units. */
/* A run that shows [image] in a line of text of the part that [docx->links] belongs to. */
void media_inline(struct docx *docx, struct buf *out, const struct image *image, long width, long height, str alt);
/* The same behind the text, with its left upper corner at a place on the page. */
void media_behind(struct docx *docx, struct buf *out, const struct image *image, long x, long y, long width, long height, str alt);
/* The number of the file of [image], for a relationship "image" and that number of the part that [docx->links] belongs to. */
unsigned media_number(struct docx *docx, const struct image *image);
/* <wp:docPr> with a number of its own. */
void media_properties(struct docx *docx, struct buf *out, const char *name, str alt);
void media_relationships(const struct docx *docx, const struct docx_links *links, struct buf *out);
/* The content types of the pictures there are. */
void media_types(const struct docx *docx, struct buf *out);

/* docx_look.c: brand colours in templates of XML; see there for the slots. */
void look_put(const struct docx *docx, struct buf *out, const char *pattern);
/* The fill that a tone means: "RRGGBB", or empty for none. */
str look_fill(struct docx *docx, const struct doc_node *node);
str look_tone(const struct docx *docx, uint8_t tone);
/* A text colour on [fill] with a contrast of at least 4.5:1: empty when the ordinary one will do. */
str look_text_on(const struct docx *docx, str fill);


/* Parts. */
/* These two follow from brand, language and numbering alone, and are made once for all documents that have the same: docx.c. */
void docx_styles(struct docx *docx, struct buf *out);
void docx_theme(struct docx *docx, struct buf *out);
void docx_fonts(struct docx *docx, struct buf *out);
void docx_numbering(struct docx *docx, struct buf *out);
/* The East Asian language of the document, or the one whose fonts such characters get in another. */
str docx_east(const struct docx *docx);
void docx_settings(struct docx *docx, struct buf *out);
void docx_web_settings(struct buf *out);
void docx_footnotes(struct docx *docx, struct buf *out);
void docx_core(struct docx *docx, struct buf *out);
void docx_app(struct docx *docx, struct buf *out);
void docx_custom(struct docx *docx, struct buf *out);
void docx_values(struct docx *docx, struct buf *out);
void docx_values_properties(struct docx *docx, struct buf *out);
void docx_body(struct docx *docx, struct buf *out);
extern const char docx_namespaces[]; /* of parts with text: declarations and mc:Ignorable */

/* The id of our style of that kind and name, in any case; empty when it is none of ours. */
str styles_id(struct arena *arena, const char *type, str name);

/* docx_frame.c: sections and what stands above and below the text of each page. */
void frame_head(struct docx *docx, struct buf *out, bool landscape);
void frame_foot(struct docx *docx, struct buf *out, bool landscape);
void frame_cover(struct docx *docx, struct buf *out, bool foot);
/* What is shown of a running line, in runs with the properties [rpr] (XML or ""); [place] tells its controls from others. */
void frame_put_slot(struct docx *docx, struct buf *out, const struct brand_slot *shown, const char *place, const char *rpr);
enum docx_section { SECTION_COVER, SECTION_BODY };
/* w:sectPr of the section that ends here. */
void frame_section(struct docx *docx, struct buf *out, enum docx_section kind, bool landscape);
/* Ends the section with a paragraph of no height. */
void frame_break(struct docx *docx, enum docx_section kind, bool landscape);
int frame_text_width(const struct docx *docx, bool landscape);

/* docx_value.c: document values kept once in the package and shown through bound content controls. */
enum docx_value {
    VALUE_ORGANISATION, VALUE_TITLE, VALUE_SUBTITLE, VALUE_ID, VALUE_VERSION, VALUE_STATUS, VALUE_DATE, VALUE_OWNER,
    VALUE_APPROVER, VALUE_NEXT_REVIEW, VALUE_CLASSIFICATION, VALUE_STANDARD, VALUE_COUNT
};
str value_text(const struct docx *docx, enum docx_value value);
/* A date that Word lets people pick; [text] may be empty. */
void value_date(struct docx *docx, str text);
/* A control in a run's place; [place] tells apart the controls that show the same value, [rpr] is XML or "". */
void value_control(struct docx *docx, struct buf *out, enum docx_value value, const char *place, const char *rpr);

/* docx_cover.c: the first page. */
void cover_write(struct docx *docx);
/* What says that a document is not approved. */
void cover_notice(struct docx *docx);
/* Where its text begins, in the brand's layout. */
void cover_place(struct docx *docx);

/* docx_starter.c: the body of a reference document to begin with. */
void starter_write(struct docx *docx);

/* docx_front.c: cover, document control, contents. */
struct docx_fact { str label; enum docx_value value; };
/* A table of labels and bound values; [position] is w:tblpPr or "". Rows whose value nobody gave are left out. */
void front_facts(struct docx *docx, const struct docx_fact *facts, size_t n, int width, const char *position, const char *place);
void front_value(struct docx *docx, const char *style, enum docx_value value, const char *place);
void front_write(struct docx *docx);
void front_contents(struct docx *docx, int depth, bool new_page);

/* docx_block.c */
struct docx_place {
    const char *style;   /* of ordinary paragraphs here */
    int         depth;   /* lists around */
    int         indent;  /* from the left edge of the column */
    uint8_t     align;
    bool        keep;    /* with the next paragraph */
    bool        compact; /* a cell or a note: one style for everything, small spacing */
    bool        loose;   /* inside a list with room between its items */
};
struct docx_paragraph {
    const char *style;
    int         list;    /* w:numId; 0 for none */
    int         depth;   /* with list */
    int         left, hanging;
    int         tab;     /* a tab stop of its own */
    int         after;   /* room below that differs from the style's */
    uint8_t     align;
    bool        keep_next, new_page, unnumbered, has_indent, heading;
    bool        below;   /* a caption below its figure: the figure is kept with it, and it with nothing */
    bool        prose;   /* running text: keeps its line length on wide pages and its distance after tables */
};
/* <w:p> with its properties, and the bookmarks that are pending. */
void block_open(struct docx *docx, const struct docx_paragraph *paragraph);
void block_close(struct docx *docx);
/* What a caption begins with: the word, and the number as a field named [sequence]. A bookmark around both is what references mean. */
void block_label(struct docx *docx, str word, const char *sequence, unsigned number, str anchor);
/* Lets the next paragraph carry [anchor], for tables and rows, which are no place for a bookmark. */
void block_anchor(struct docx *docx, str anchor);
void block_pending(struct docx *docx);
void block_children(struct docx *docx, const struct doc_node *parent, struct docx_place place);

/* The blocks of a footnote; the mark stands in the first of them. */
void block_note(struct docx *docx, const struct doc_node *note);
/* docx_list.c */
void list_write(struct docx *docx, const struct doc_node *list, struct docx_place place);

/* docx_inline.c */
enum docx_format {
    FORMAT_STRONG = 1, FORMAT_EMPHASIS = 2, FORMAT_STRIKE = 4, FORMAT_CODE = 8, FORMAT_KBD = 16, FORMAT_SUB = 32,
    FORMAT_SUP = 64, FORMAT_LINK = 128, FORMAT_NOWRAP = 256, FORMAT_FILLED = 512,
    FORMAT_WHITE = 1024, FORMAT_BLACK = 2048, FORMAT_RTL = 4096
};
void inline_children(struct docx *docx, const struct doc_node *parent, unsigned format);
/* The inlines from [first] up to the next block, which is returned: tight list items hold both. */
const struct doc_node *inline_run(struct docx *docx, const struct doc_node *first);
void inline_text(struct docx *docx, str text, unsigned format);
/* The properties of a run of furniture: writing direction, and [rpr] before it. As text that lives in the arena. */
const char *inline_properties(struct docx *docx, const char *rpr);
/* A field with its stored result: Word for Mac has been reported to call one without it damaged. */
void inline_field(struct buf *out, const char *rpr, const char *code, str result);

/* docx_table.c */
/* Returns the node to go on with: two matrices that fit beside each other are written at once. */
const struct doc_node *table_write(struct docx *docx, const struct doc_node *table, struct docx_place place);
/* docx_column.c: how wide the columns of a table become. */
enum { CELL_PADDING = 96, DENSE_PADDING = 80 }; /* left and right in every cell */
struct docx_column {
    int    width;
    bool   ids;        /* there are words like R-001 in it */
    int    line;       /* what it would take to have every cell on one line */
    size_t word_limit; /* see struct docx; 0: every word fits */
};
/* For text of docx->cell_size. Reads rows, and works, in docx->passing. */
void column_widths(struct docx *docx, const struct doc_node *table, int available, struct docx_column *columns);
/* Width of [text] in twips at [size] half points. */
int column_measure(struct font_width font, str text, int size, bool bold);
/* Lines that [text] takes when it is set [width] twips wide: good enough to size what stands around it. */
int column_lines(struct font_width font, str text, int size, bool bold, int width);

/* docx_pen.c: words. */
/*
 * Begins the w:t that holds [text]. Spaces at its ends, and of several beside each other all but one, need not be kept by who reads the
 * file unless the element says so (17.3.3.31); most words have none, and a register has a million of these.
 */
void pen_open(struct buf *out, str text);
/* A whole w:t; none for no text. */
void pen_put(struct buf *out, str text);
/* Keeps ids, and days with their months, whole in narrow cells. */
bool pen_is_id(str word);
/* Where the words that begin at [at] end, if they are a day with its month, "18 December" or "by 18 December"; else 0. */
size_t pen_date(str text, size_t at);
void pen_start(struct docx *docx, int width);
/* w:t elements of [text] with a line break before each id or date that would otherwise be cut. */
void pen_text(struct docx *docx, str text, bool bold);
void pen_line(struct docx *docx);

/* docx_anchor.c: bookmarks and links. */
void anchor_collect(struct docx *docx);
/* The bookmark that stands for [anchor], or empty when no link needs one. */
str anchor_bookmark(struct docx *docx, str anchor);
/* The same for the place that carries the bookmark: given once, since names must not repeat. */
str anchor_take(struct docx *docx, str anchor);
/* Bookmark of the n-th heading, for the contents. */
str anchor_heading(struct docx *docx, size_t heading);
void anchor_open(struct docx *docx, str name, uint32_t *id);
void anchor_close(struct docx *docx, uint32_t id);
/* [address] as a URI that Word accepts; empty unless it is http, https or mailto. */
str anchor_uri(struct arena *arena, str address);
unsigned anchor_link(struct docx *docx, str uri);
/* Bookmarks for what was to be linked to but never came to be written: a link must have a target. */
void anchor_finish(struct docx *docx);
void anchor_relationships(const struct docx_links *links, struct buf *out);

#endif
