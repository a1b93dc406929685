/* SPDX-License-Identifier: MIT */
/*
 * Rules as bytes: read from their YAML when the program is built, and here when it starts, one behind the other. Built-in rules have no
 * places, so only their texts and values are kept.
 */
#ifndef RESOLVE_RULES_PACKED_H
#define RESOLVE_RULES_PACKED_H

#include "base/buf.h"
#include "diag/rule.h"

/* Appends [rules], which rulefile_link has seen, to [out]; what is needed on the way belongs to [arena]. */
void rules_pack(struct arena *arena, struct buf *out, const struct rules *rules);
/* The rules in [bytes], which rules_pack made; all of it belongs to [arena], texts are slices of [bytes]. */
struct rules rules_unpack(struct arena *arena, str bytes);

#endif
