/* SPDX-License-Identifier: MIT */
/*
 * A tree as bytes, written when the program is built and read when it starts: pre-order, each node a type byte,
 * its span's begin and length, its key where it has one, and a text or a count of children; numbers are LEB128.
 */
#ifndef PARSE_PACKED_H
#define PARSE_PACKED_H

#include "base/buf.h"
#include "parse/node.h"

void packed_write(struct buf *out, const struct node *node);
/* The tree in [bytes], which packed_write made; texts and keys are slices of [bytes]. Spans name source [file]. */
struct node *packed_read(struct arena *arena, str bytes, uint32_t file);

#endif
