/* SPDX-License-Identifier: MIT */
/*
 * A source is a path and its bytes; a position in it is a byte offset. Sources are numbered from 1 in the
 * order of their paths, and spans carry that number. Built-in data (schema/, templates/) are sources, too.
 */
#ifndef LOAD_SOURCE_H
#define LOAD_SOURCE_H

#include "base/arena.h"
#include "diag/span.h"

/* Lines are counted from here and there: where each of them begins would take half as much memory as the text of a register. */
enum { SOURCE_STEP = 1024 };

/* The line that was asked for last. Findings come in the order of places, and a line may be a megabyte long. */
struct known_line {
    uint32_t line;            /* from 1; 0: none was asked for */
    uint32_t begin, end;      /* offsets of its text and of what ends it; end is 0 until somebody wants the text */
    uint32_t counted, column; /* an offset in it and its column, from which counting goes on */
};

struct source {
    uint32_t  number;
    str       path;      /* relative to the root, '/' between folders; "<built-in>/..." for built-in data */
    str       bytes;     /* as in the file; after text_check (parse/text.h) with every bad byte replaced by '?' */
    str       shown;     /* as in the file, for printing: the same length as bytes */
    str       packed;    /* of a built-in Markdown file: the tree of its head (parse/packed.h), else empty */
    bool      builtin;
    bool      checked;   /* text_check has looked at it */
    bool      ascii;     /* text_check found only bytes below 0x80 */
    bool      is_text;   /* text_check found text and not, say, UTF-16 */
    bool      crooked;   /* some lines are indented with tabs or the like and others with blanks: what belongs together can not be told */
    uint32_t *ends;      /* how many lines end before each SOURCE_STEP-th byte; made when first asked for */
    struct known_line known;
};

struct sources {
    struct arena *arena;
    LIST_OF(struct source *) list; /* list.at[number - 1] */
};

/* A place as people count it: line and column from 1, the column in code points. */
struct place {
    uint32_t line, column;
};

/* Adds a source; path and bytes must live as long as the arena. */
struct source *source_add(struct sources *sources, str path, str bytes, bool builtin);
/* The source a span names, or NULL for SPAN_NONE. */
struct source *source_of(const struct sources *sources, struct span span);
/* Line and column of a byte offset. */
struct place source_place(struct sources *sources, struct source *source, uint32_t offset);
/* The text of a line (from 1) without its line break, and its offset in *begin when begin is not NULL. */
str source_line(struct sources *sources, struct source *source, uint32_t line, uint32_t *begin);

#endif
