/* SPDX-License-Identifier: MIT */
/*
 * A tree as bytes, written when the program is built and read when it starts: pre-order, each node a type byte,
 * its span's begin and length, its key where it has one, and a text or a count of children (base/packing.h).
 */
#ifndef PARSE_PACKED_H
#define PARSE_PACKED_H

#include "base/buf.h"
#include "parse/node.h"

/* Appends the tree to [out]; what is needed on the way belongs to [arena]. */
void packed_write(struct arena *arena, struct buf *out, const struct node *node);
/* The tree in [bytes], which packed_write made; texts and keys are slices of [bytes]. Spans name source [file]. */
struct node *packed_read(struct arena *arena, str bytes, uint32_t file);
/* The same; a section whose entries were handed over is a mapping without entries in the tree. */
struct node *packed_read_entries(struct arena *arena, str bytes, uint32_t file, const struct node_entries *entries);

#endif
