/* SPDX-License-Identifier: MIT */
/* Sharing the width of a table among its columns. Lengths are in twips, those of cells without their padding. */
#ifndef WRITE_DOCX_FIT_H
#define WRITE_DOCX_FIT_H

#include "base/arena.h"
#include "write/font_width.h"

/* What a column asks for, with padding. */
struct wish {
    int      least;   /* the longest word */
    int      line;    /* every cell on one line */
    int      share;   /* the author's, in percent; 0 for none */
    bool     id, ids, settled, filled;
};

enum { FIT_WORDS = 6 };

/* One cell: its lines that end because the author ended them, and its words when it is one line of few. */
struct fit_cell {
    int longest, sum;
    int lines;
    int nwords, words[FIT_WORDS]; /* with the space behind; nwords 0: more than that */
};

struct fit {
    struct font_width font;   /* of the text */
    struct wish     *wishes;
    size_t           n;
    int              available, padding; /* padding: left and right together */
    struct fit_cell *cells;              /* [rows] times [n], the rows that were looked at */
    size_t           rows, room;
    int             *widths;             /* the result; its sum is [available] */
};

struct doc_node;

/* The shares of the columns of [table] that make it low, in percent and rounded down, for whoever lays it out; docx_column.c. */
void column_percents(struct arena *arena, const struct doc_node *table, unsigned *percents);
/* Fills [fit->widths]; what it needs meanwhile comes from [arena]. */
void fit_columns(struct arena *arena, struct fit *fit);

#endif
