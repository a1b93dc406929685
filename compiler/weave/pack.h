/* SPDX-License-Identifier: MIT */
/*
 * Rows of tables in few bytes. A register of 10,000 risks has more than a million nodes in its tables, 80 bytes each;
 * packed, a node is two bytes and its text. Only documents that are woven in pieces have packed rows (weave.c).
 *
 * What a row waits for, whether the document turns out to have the anchor of a link, is known only when the document is
 * complete. Until then the row keeps a byte for the answer; pack_resolve() writes it. Internal to weave/.
 */
#ifndef WEAVE_PACK_H
#define WEAVE_PACK_H

#include "weave/weaving.h"

/* The rows of one table being packed. */
struct packing {
    struct doc_row *first, *last;
    struct arena   *outside;  /* w->arena, which is one for rows alone meanwhile */
    size_t          awaiting; /* how many nodes waited before those of the row */
    size_t          rows;
};

/* Whether the rows of a table that begins now are packed: not those of a table inside a cell, which go with it. */
bool pack_wanted(const struct weaving *w, uint8_t look);
void pack_begin(struct weaving *w, struct packing *packing);
/* Packs [row] and forgets its nodes. */
void pack_row(struct weaving *w, struct packing *packing, struct doc_node *row);
/* Appends the rows to those of the table. */
void pack_end(struct weaving *w, struct packing *packing, struct open_table *table);
/* The document is complete: what its packed rows wait for is decided. */
void pack_resolve(struct weaving *w);

#endif
