/* SPDX-License-Identifier: MIT */
/* A source's tree with what the schema says about each part, before anything is bound: for whoever changes sources. */
#ifndef RESOLVE_WALK_H
#define RESOLVE_WALK_H

#include "model/schema.h"
#include "parse/node.h"

/* Where a node stands. */
struct walk_place {
    const struct walk_place *outer;
    str                      name;   /* key of the node, or of the list it is in */
    str                      record; /* id of the entry it is in, else the name of the section */
};

struct walk_step {
    const struct node       *node;    /* a scalar; or an entry of a collection, whose key is its id */
    const struct type       *type;    /* of a scalar; TYPE_ANY where the schema says nothing */
    const struct kind       *defines; /* the kind of record that the id is given to here, or NULL */
    const struct walk_place *place;
};

typedef void walk_fn(void *state, const struct walk_step *step);

/* Calls [fn] for every scalar of the tree of a YAML file, or with [front] of a Markdown file's head, and for every id that is given. */
void walk_tree(const struct schema *schema, const struct node *tree, bool front, walk_fn *fn, void *state);
/* "treatment.controls": the keys below the entry. */
str walk_path(struct arena *arena, const struct walk_place *place);

#endif
