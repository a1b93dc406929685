/* SPDX-License-Identifier: MIT */
/* schema/isms.schema.json as a tree -> the kinds, fields and types everything else works with. */
#ifndef RESOLVE_SCHEMA_H
#define RESOLVE_SCHEMA_H

#include "model/schema.h"
#include "parse/node.h"

/*
 * Builds the schema from the parsed JSON Schema; all of it belongs to [arena], texts point into the tree's own.
 * The schema is part of the program, so what it lacks is our mistake (assert), not a finding.
 */
struct schema *schema_build(struct arena *arena, const struct node *json);
/* What follows from kinds and fields, once they are all there: the records in which nothing is written, and the kind of documents. */
void schema_finish(struct arena *arena, struct schema *schema);

#endif
