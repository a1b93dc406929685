/* SPDX-License-Identifier: MIT */
/*
 * A schema as bytes: built from its JSON when the program is built, read when it starts. Types come first, each behind those
 * it is made of, and are named by their number from 1; then the kinds, named by theirs.
 */
#ifndef RESOLVE_SCHEMA_PACKED_H
#define RESOLVE_SCHEMA_PACKED_H

#include "base/buf.h"
#include "model/schema.h"

/* Appends [schema] to [out]; what is needed on the way belongs to [arena]. */
void schema_pack(struct arena *arena, struct buf *out, const struct schema *schema);
/* The schema in [bytes], which schema_pack made; all of it belongs to [arena], texts are slices of [bytes]. */
struct schema *schema_unpack(struct arena *arena, str bytes);

#endif
