/* SPDX-License-Identifier: MIT */
/*
 * Data packed into the program: schema/ and templates/ under their repository paths, sorted by path. embed.c
 * makes the table when the program is built. YAML and JSON files come with their tree in packed form as well
 * (parse/packed.h), Markdown files with that of their head, and what is made of the schema and the rules stands beside the table, so that
 * using them costs almost nothing at start.
 */
#ifndef LOAD_RESOURCE_H
#define LOAD_RESOURCE_H

#include "base/str.h"

struct resource {
    const char          *path;   /* "templates/risk-treatment-plan.md" */
    const char          *bytes;  /* as in the repository */
    size_t               len;
    const unsigned char *packed; /* the tree, or that of the head, or NULL */
    size_t               packed_len;
};

extern const struct resource embedded[];
extern const size_t          embedded_count;
/* schema/isms.schema.json, as resolve/schema_packed.h reads it, and schema/rules/, as resolve/rules_packed.h does. */
extern const str             embedded_schema, embedded_rules;

/* The built-in file at [path], or NULL. */
const struct resource *resource_find(str path);

#endif
