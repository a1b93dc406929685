/* SPDX-License-Identifier: MIT */
/*
 * A workbook (SpreadsheetML, ECMA-376 part 1, clause 18) by a library: sheets, cells, tables and how they print. Rows and columns count from 0.
 * The library, libxlsxwriter, is loaded when the first workbook is made; the program of `make STATIC=1` has none and says so.
 * A text is only ever a text: nothing here can write a formula, whatever a cell begins with.
 *
 * What goes wrong on the way is kept and told by book_close(), so that a writer of cells has no errors to handle.
 */
#ifndef WRITE_BOOK_H
#define WRITE_BOOK_H

#include "base/buf.h"

enum {
    BOOK_ROWS       = 1048576, /* of a sheet, its header row included */
    BOOK_COLUMNS    = 16384,
    BOOK_TEXT       = 32767,   /* units of UTF-16 in a cell */
    BOOK_SHEET_NAME = 31,
    BOOK_LINKS      = 65530,   /* of a sheet */
    BOOK_HEADER     = 255,     /* characters of a running line, codes included */
};

struct book;
struct book_sheet;
struct book_style;

/* Properties of the file; [day] is when it says that it was made. */
struct book_facts {
    str     title, subject, author, organisation, keywords, comments, classification;
    int32_t day;
};

enum book_align { BOOK_LEFT, BOOK_CENTRE, BOOK_RIGHT };
/* How cells look. Colours are RRGGBB, or empty. */
struct book_look {
    str     font, ink, fill, line; /* line: below the cell */
    uint8_t size, align;           /* in points; enum book_align */
    bool    bold, wrap, underline, date;
};

struct book_print {
    str  header, footer;  /* with the codes of SpreadsheetML (18.3.1.46), see book_running() */
    bool landscape, letter, titles; /* titles: the first row is at the top of every page */
};

/* NULL, or why there can be no workbook, as text that lives in [arena]. The workbook goes with [arena]. */
const char *book_open(struct arena *arena, const struct book_facts *facts, struct book **book);
/* Whether there could be one: NULL with *about, or what is missing. */
const char *book_about(struct arena *arena, const char **about);

/* [name] is as the format wants it: see xlsx_name.c. */
struct book_sheet *book_sheet(struct book *book, str name, bool right_to_left);
/* The same style for the same look. */
const struct book_style *book_style(struct book *book, const struct book_look *look);

/* [text] is cut at BOOK_TEXT; an empty one leaves an empty cell with its style. */
void book_text(struct book_sheet *sheet, uint32_t row, uint16_t column, str text, const struct book_style *style);
void book_number(struct book_sheet *sheet, uint32_t row, uint16_t column, double number, const struct book_style *style);
/* [day] since 1970-01-01, from 1 March 1900 on. */
void book_date(struct book_sheet *sheet, uint32_t row, uint16_t column, int32_t day, const struct book_style *style);
/* A text that leads to a cell of this workbook. */
void book_link(struct book_sheet *sheet, uint32_t row, uint16_t column, str text, str target_sheet, uint32_t target_row, const struct book_style *style);
/* A text over columns [from] to [to]. */
void book_across(struct book_sheet *sheet, uint32_t row, uint16_t from, uint16_t to, str text, const struct book_style *style);

/* In widths of a digit, and in points. */
void book_width(struct book_sheet *sheet, uint16_t column, double width);
void book_height(struct book_sheet *sheet, uint32_t row, double height);
/* Rows 0 to [rows], the first of them the header, as a table called [name] that can be filtered. */
void book_table(struct book_sheet *sheet, str name, uint32_t rows, uint16_t columns, const str *heads, const struct book_style *head);
/* What stays in view. */
void book_freeze(struct book_sheet *sheet, uint32_t rows, uint16_t columns);
void book_print(struct book_sheet *sheet, const struct book_print *print);

/* Appends the file to [out]. NULL, or the first thing that went wrong, as text that lives in the arena of the workbook. */
const char *book_close(struct book *book, struct buf *out);

#endif
