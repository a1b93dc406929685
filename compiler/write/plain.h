/* SPDX-License-Identifier: MIT */
/*
 * A document -> text for a terminal: wrapped, tables as aligned columns, headings bold where there is colour.
 * Colour never changes a word or a line break. Characters that could drive a terminal are shown, not sent.
 */
#ifndef WRITE_PLAIN_H
#define WRITE_PLAIN_H

#include "base/buf.h"
#include "weave/document.h"

struct plain_options {
    bool     colour;
    unsigned columns; /* cells in a line; 0: 100 */
    unsigned indent;  /* of what is not a heading */
};

/* The title, the subtitle and the body; cover, control page and contents have no place in a terminal. */
void plain_write(struct arena *arena, struct buf *out, const struct document *document, struct plain_options options);

#endif
