/* SPDX-License-Identifier: MIT */
/* The generic tree a YAML or JSON text becomes: scalars, sequences and mappings, each with its span. Scalars are text only; the schema types them. */
#ifndef PARSE_NODE_H
#define PARSE_NODE_H

#include "base/arena.h"
#include "base/str.h"
#include "diag/span.h"

enum node_type { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };
enum node_style { STYLE_PLAIN, STYLE_QUOTED, STYLE_LITERAL, STYLE_FOLDED };

struct node {
    uint8_t      type, style;
    uint8_t      broken;    /* a finding was made here: whoever reads it stays silent */
    struct span  span;
    struct span  key_span;  /* in a mapping */
    str          key;       /* in a mapping */
    union {
        str text;           /* NODE_SCALAR: decoded */
        struct {
            struct node *first;
            size_t       count;
        };
    };
    struct node *next;      /* sibling */
};

/* For large registers: the entries of a section are handed over one by one instead of becoming one tree. */
struct node_entries {
    /* Whether the top-level key [section] is such a register. */
    bool (*wants)(void *state, str section);
    /* One complete entry; its nodes are gone afterwards. */
    void (*entry)(void *state, str section, const struct node *entry);
    void *state;
};

/* The value under [key] of a mapping, or NULL. */
const struct node *node_get(const struct node *mapping, str key);
/* The text of the scalar under [key], or an empty slice. */
str node_text(const struct node *mapping, str key);

#endif
