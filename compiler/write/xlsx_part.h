/* SPDX-License-Identifier: MIT */
/* What the files of the workbook writer share; internal to write/xlsx*.c. */
#ifndef WRITE_XLSX_PART_H
#define WRITE_XLSX_PART_H

#include "base/colour.h"
#include "base/map.h"
#include "weave/document.h"
#include "write/book.h"
#include "write/outline.h"
#include "write/reference.h"

struct xlsx_column {
    str      head;
    size_t   longest, word, link; /* in letters: the longest line of its cells, the longest word, and the longest link */
    uint8_t  align;
    bool     id, nowrap;
    uint16_t width;
};

/* One table of the document among the rows of a sheet: columns of the same name are one. */
struct xlsx_table {
    const struct doc_node *node;
    uint16_t              *columns; /* where each of its columns stands */
};

struct xlsx_sheet {
    str      name, table, description; /* table: what formulas call it */
    LIST_OF(struct xlsx_column) columns;
    LIST_OF(struct xlsx_table) tables;
    uint32_t rows; /* without the header */
    struct book_sheet *out;
};

/* Where a link leads. */
struct xlsx_place {
    const struct xlsx_sheet *sheet;
    uint32_t                 row;
};

/* A text that did not fit its cell. */
struct xlsx_cut {
    const struct xlsx_sheet *sheet;
    uint32_t row;
    str      column;
    size_t   units;
};

struct xlsx {
    struct arena           *arena, *rows, *passing; /* of the workbook, of the row that is read, of the cell that is written */
    const struct document  *doc;
    const struct brand     *brand;
    const struct doc_words *words;
    const struct colour    *levels;
    struct outline          outline;
    struct references       references;
    struct buf             *text;
    struct book            *book;
    struct map              places; /* anchor -> struct xlsx_place */
    LIST_OF(struct xlsx_sheet *) sheets;
    LIST_OF(struct xlsx_cut) cuts;
    const char             *problem; /* the first */
};

/* xlsx_text.c: all that a cell or block says, on lines of its own where it has several; until the next one is asked for. */
str xlsx_text(struct xlsx *x, const struct doc_node *node);
/* The only node of a cell that shows something; NULL when there are several or none. */
const struct doc_node *xlsx_only(const struct doc_node *cell);

/* How many letters fit into a column so wide: a digit, by which columns are measured, is wider than most letters, and our text is smaller. */
size_t xlsx_letters(size_t width);
/* How many lines a text takes in a column so wide. */
size_t xlsx_lines(str text, size_t width);

/* xlsx_plan.c: which sheets there are, with their columns, and where each record stands. */
void xlsx_plan(struct xlsx *x);
bool xlsx_is_sheet(const struct doc_node *node);

/* xlsx_cover.c: the first sheet; it is made first and filled last. */
void xlsx_cover(struct xlsx *x, struct book_sheet *sheet, str name);

/* xlsx.c */
enum { XLSX_TEXT_SIZE = 10 };
/* Gives a row the height that lines of that size need: what opens a workbook need not do it by itself. */
void xlsx_height(struct book_sheet *sheet, uint32_t row, size_t lines, unsigned size);
struct book_look xlsx_look(const struct xlsx *x);
/* A cell of any table, with the colours, dates and links it has in the document; how many lines it takes in a column so wide. */
size_t xlsx_cell(struct xlsx *x, struct book_sheet *sheet, uint32_t row, uint16_t column, const struct doc_node *cell, struct book_look look, size_t width);
void xlsx_running(struct xlsx *x, str sheet, struct book_print *print);

#endif
