/* SPDX-License-Identifier: MIT */
/*
 * A document, format-neutral: blocks and inlines in one small node type, and the facts of its cover and
 * control page. weave/ makes it, write/ turns it into DOCX, HTML or text; neither knows the other's business.
 * All text is final: in the document's language, without markup, valid UTF-8 without control characters.
 */
#ifndef WEAVE_DOCUMENT_H
#define WEAVE_DOCUMENT_H

#include "base/arena.h"
#include "base/audience.h"
#include "base/image.h"
#include "base/map.h"
#include "base/str.h"

enum doc_type {
    /* blocks */
    DOC_BODY,       /* the root: children are blocks */
    DOC_HEADING,    /* level 1-6 (1 is a chapter); text in children; anchor in ref; number in text ("3.2", may be empty) */
    DOC_PARAGRAPH,
    DOC_LIST,       /* ordered?, tight?, start; children DOC_ITEM */
    DOC_ITEM,       /* children blocks; task state in task */
    DOC_QUOTE,
    DOC_CODE,       /* a block of code in text */
    DOC_TABLE,      /* children: an optional DOC_CAPTION, then DOC_ROW, which doc_rows() goes through; columns in table */
    DOC_ROW,        /* header? ; children DOC_CELL, always as many as the table has columns */
    DOC_CELL,       /* children inlines, or blocks when .blocks is set; align, fill */
    DOC_CAPTION,    /* children inlines; number in text ("Table 3" is written by the writer from .level = number) */
    DOC_RULE,       /* a thematic break */
    DOC_TOC,        /* table of contents of heading levels 1 to level */
    DOC_PAGE_BREAK,
    DOC_ORIENT,     /* from here on pages are landscape (flag landscape) or portrait */
    DOC_DETAILS,    /* a titled group: first child DOC_CAPTION is the summary, the rest blocks */
    DOC_FIGURE,     /* a picture with a caption: first child DOC_CAPTION, then DOC_IMAGE; anchor in ref */
    /* inlines */
    DOC_TEXT,       /* text; what it shows, if that is known, in datum; of what names a record in ref its anchor, "#r-001", for
                       writers that know a page of the record */
    DOC_EMPHASIS,
    DOC_STRONG,
    DOC_STRIKE,
    DOC_CODE_SPAN,  /* text */
    DOC_LINK,       /* target in ref: "#anchor" inside the document, else an absolute address; children inlines; none: a
                       reference, for which the writer puts what its target is called, see write/reference.h */
    DOC_IMAGE,      /* in ref the file, see doc_picture(); in text the words that stand for it, empty when it is an ornament */
    DOC_BREAK,      /* a line break that was asked for */
    DOC_SOFT_BREAK, /* a line break of the source: a space */
    DOC_NOTE,       /* a footnote: children are blocks; number in level */
    DOC_SUB,
    DOC_SUP,
    DOC_KBD,
    DOC_BADGE,      /* a level or status word in text, tone in tone/rank */
    DOC_ANCHOR,     /* a target without text: id in ref */
};

enum doc_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };
enum doc_task { TASK_NONE, TASK_OPEN, TASK_DONE };
/* What a text of a table for a workbook shows: a day, as of date.h, is in [number], a number as "-12.5" in [ref]. */
enum doc_datum { DATUM_NONE, DATUM_DATE, DATUM_NUMBER };
/* Colour that says something; the writer's palette decides the shade. Levels use rank and ranks: 0 of 4 is the lowest. */
/* FILL_BAR makes a cell a bar: .number is its length in percent of the cell (0 to 100), the children stay its text. */
enum doc_tone { FILL_NONE, FILL_GOOD, FILL_NEUTRAL, FILL_WARNING, FILL_BAD, FILL_LEVEL, FILL_HEADER, FILL_BAR };

struct doc_column {
    uint8_t align;   /* enum doc_align */
    uint8_t width;   /* share of the table's width in percent; 0: computed from the content */
    bool    id;      /* holds ids: narrow, never broken, row header */
};

/* What a whole table wants; from directives such as <!-- table: widths 10 30 60 --> */
struct doc_table {
    struct doc_column *columns;
    uint16_t           ncolumns;
    uint8_t            look;         /* enum doc_look */
    str                description;  /* for people who can not see it: what the table shows */
    str                sheet;        /* the sheet of a workbook that its rows belong to; empty: none */
    const struct doc_row *rows;      /* packed rows, instead of children DOC_ROW */
};
enum doc_look {
    TABLE_PLAIN,     /* hairlines between rows, tinted header */
    TABLE_FACTS,     /* two columns, the first a label: document control, risk sheet; no header row */
    TABLE_MATRIX,    /* heat map: square cells, fills, centred */
    TABLE_SIGNATURE, /* approvals with room to sign */
    TABLE_BARS,      /* counts with a bar drawn by cell fills */
};

struct doc_node {
    uint8_t          type;    /* enum doc_type */
    uint8_t          level;   /* headings, TOC depth; notes and captions: see number */
    uint8_t          tone;    /* DOC_BADGE, DOC_CELL: enum doc_tone */
    uint8_t          rank;    /* with FILL_LEVEL: rank of the level, 0 the lowest */
    uint8_t          ranks;   /* with FILL_LEVEL: how many levels there are; a colour of the method's own is in ref as RRGGBB */
    uint8_t          align;   /* DOC_CELL */
    uint8_t          task;    /* DOC_ITEM */
    uint8_t          datum;   /* DOC_TEXT: enum doc_datum */
    unsigned         ordered : 1, tight : 1, header : 1, blocks : 1, landscape : 1, unnumbered : 1, nowrap : 1;
    uint32_t         number;  /* list start, note number, caption number, length of a bar in percent, a day */
    uint32_t         serial;  /* in a packed row: which node of the document it is; see doc_identity(). While weaving: not 0 if it waits */
    str              text;
    str              ref;     /* an anchor also on DOC_TABLE, DOC_ROW and DOC_CAPTION */
    struct doc_table *table;  /* DOC_TABLE */
    struct doc_node *first, *last, *next;
};

struct doc_revision { str version, date, author, change; };
struct doc_approval { str role, name, date; };        /* what is being signed is the document */
struct doc_fact { str label, value; uint8_t tone; };

/* A heading or caption for contents lists. */
struct document {
    str   file;           /* name without extension: "statement-of-applicability" */
    str   id, title, subtitle, version, status, owner, approver, date, next_review, classification;
    uint8_t status_tone;  /* enum doc_tone */
    str   organisation, short_name, standard, language; /* language: BCP 47 */
    str   author, keywords, description; /* document properties */
    str   decimal;        /* between units and tenths */
    str   date_picture;   /* how its dates are written, as Word says it: "d MMMM yyyy" */
    int32_t modified;     /* day for the properties: approval date, else last revision, else the day of the build */
    bool  draft;          /* not approved: the cover says so */
    bool  numbered;       /* headings carry numbers */
    bool  page;           /* it is only ever a page and no document: its captions carry no numbers */
    bool  landscape;      /* the whole body */
    bool  cover, control_page, contents;
    bool  paged;          /* a Word file of it has page numbers in its contents: for who lays it out at once */
    bool  search;         /* the page that searches all pages of its folder */
    bool  sample;         /* instead of a body every style is shown, and running lines as brand.yaml has them */
    uint8_t depth;        /* of the contents: headings down to this level; 0: as deep as is useful */
    str  *level_colours; size_t nlevels; /* what the method declares for its levels, the lowest first: RRGGBB or empty */
    struct doc_revision *revisions; size_t nrevisions;
    struct doc_approval *approvals; size_t napprovals;
    struct doc_node *body;
    struct map pictures;  /* struct image by the ref of the nodes that show it */
    const struct brand *brand;
    const struct doc_words *words; /* fixed texts in the document's language */
};

/* What a piece of a running line shows. */
enum brand_value {
    BRAND_WORDS, BRAND_SEPARATOR, BRAND_TITLE, BRAND_ID, BRAND_VERSION, BRAND_STATUS, BRAND_DATE, BRAND_OWNER, BRAND_CLASSIFICATION,
    BRAND_STANDARD, BRAND_ORGANISATION, BRAND_NAME, BRAND_PREPARED_BY, BRAND_WORD_VERSION, BRAND_WORD_PAGE, BRAND_WORD_OF,
    BRAND_PAGE, BRAND_PAGES, BRAND_LOGO
};
struct brand_piece {
    uint8_t what; /* enum brand_value */
    str     text; /* of words and separators; a value's when it is shown */
};
struct brand_slot { const struct brand_piece *at; size_t len; };
struct brand_line { struct brand_slot slots[3]; }; /* left, centre, right */

struct brand_logo {
    const struct image *image, *on_dark; /* NULL: there is none */
    str  alt;
    long width;          /* on the cover, in English Metric Units; the height follows */
};

/* Paper in twentieths of a point. */
enum { A4_WIDTH = 11906, A4_HEIGHT = 16838, LETTER_WIDTH = 12240, LETTER_HEIGHT = 15840 };

enum brand_cover { COVER_PLAIN, COVER_BAND, COVER_SIDE, COVER_PICTURE };
enum brand_table { TABLE_HEAD_TINT, TABLE_HEAD_FILLED, TABLE_HEAD_LINE };

struct reference_document; /* weave/reference.h */
/* Looks: colours RRGGBB without '#', fonts by name. The default brand lives in weave/brand.c. */
struct brand {
    str name, primary, accent, ink, grey, hairline, tint; /* tint: header row fill */
    str heading_font, body_font, mono_font, heading_fallback, body_fallback;
    str east_asian_font, complex_font; /* empty: what Word itself names for the script */
    str prepared_by, disclaimer, notice; /* notice: at the foot of the cover */
    struct brand_logo logo;
    const struct image *picture; /* of the cover; NULL: none */
    struct brand_line head, foot;
    uint8_t cover;       /* enum brand_cover */
    uint8_t table_head;  /* enum brand_table */
    bool banding;        /* every other row on a light ground */
    int width, height;   /* of the upright page, like all that follows in twentieths of a point */
    int left, right, top, bottom, head_edge, foot_edge; /* margins, and how far from the paper's edge running lines stand */
    str heading;         /* colour of headings on pages where it is not the primary one; empty: it is */
    str theme[12];       /* of the theme's slots in the order of enum theme_slot, with [reference] only; see docx_theme.c for others */
    const struct reference_document *reference; /* a Word document that gave styles, theme, page and running heads; NULL: none */
    bool own_head, own_foot, own_table; /* brand.yaml says what a reference would say otherwise */
    bool own_heading_font, own_body_font, own_primary;
    str level_fill[8];   /* from the lowest to the highest level, spread over however many a method has */
    str good_fill, neutral_fill, warning_fill, bad_fill; /* text on them is ink, or black or white where that reads better */
};

struct language; /* weave/language.h */
struct messages; /* weave/messages.h */
/* The fixed words of a document's furniture in one language; words.def lists them. */
struct doc_words {
    str language;
    const struct messages *messages; /* all else that is said in it; NULL: English */
    const struct language *how;      /* it writes dates and numbers; NULL: English */
    str colon;                       /* between "Table 1" and what it shows */
#define WORD(name, literal) str name;
#include "weave/words.def"
#undef WORD
};

struct buf;
struct doc_node *doc_new(struct arena *arena, enum doc_type type);
/* Appends [child] as the last child of [parent] and returns it. */
struct doc_node *doc_add(struct doc_node *parent, struct doc_node *child);
/* A cell that holds one paragraph holds its inlines from now on; one that holds more holds blocks. */
void doc_unwrap(struct doc_node *cell);
struct doc_node *doc_add_text(struct arena *arena, struct doc_node *parent, str text);

/*
 * The rows of a table. Those of a long document are packed: each is made anew for whoever reads it and lives until
 * the next one is read, in an arena that nobody else uses meanwhile.
 */
struct doc_rows {
    struct arena          *arena;
    struct arena_mark      mark;
    const struct doc_node *node;   /* the next one */
    const struct doc_row  *packed;
};
struct doc_rows doc_rows(struct arena *arena, const struct doc_node *table);
const struct doc_node *doc_next_row(struct doc_rows *rows); /* NULL after the last */
void doc_rows_end(struct doc_rows *rows); /* for who does not go on to the last */
size_t doc_count_rows(const struct doc_node *table);
/* The file that an image shows; NULL when there is none, and its text stands for it. */
const struct image *doc_picture(const struct document *doc, const struct doc_node *image);
/* What is the same for a node however often its row is made anew. */
const void *doc_identity(const struct doc_node *node);
/* [node] with all below it in [arena]; texts are shared. */
struct doc_node *doc_copy(struct arena *arena, const struct doc_node *node);
/* Whether a language (BCP 47) is written from right to left. */
bool doc_is_rtl(str language);
/* Whether somebody gave a fact of the document: what nobody gave is a dash, which has no place in a running head. */
bool doc_is_given(str fact);
/* The plain text of a subtree without its notes: for contents entries, bookmarks and tests. */
str doc_plain(struct arena *arena, const struct doc_node *node);
/* Appends that text as it is, with spaces at its ends where they are. */
void doc_put_plain(struct buf *out, const struct doc_node *node);
/* The brand of a project that names none; brand.c. */
const struct brand *brand_default(void);
/* Whether a font has serifs, by its name: what stands in for it should have them, too. */
bool brand_is_serif(str font);
/* The words in English, and in the language of a table; words.c. */
const struct doc_words *doc_words_english(void);
const struct doc_words *doc_words_in(struct arena *arena, const struct messages *messages);

#endif
