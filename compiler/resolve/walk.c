/* SPDX-License-Identifier: MIT */
#include "resolve/walk.h"

struct walk {
    const struct schema *schema;
    walk_fn             *fn;
    void                *state;
    bool                 front;
};

static const struct type any = { .tag = TYPE_ANY };

static void walk_value(struct walk *w, const struct walk_place *place, const struct type *type, const struct node *node);

static void tell(struct walk *w, const struct walk_place *place, const struct type *type, const struct kind *defines, const struct node *node)
{
    struct walk_step step = { node, type, defines, place };
    w->fn(w->state, &step);
}

static void walk_record(struct walk *w, const struct walk_place *place, const struct kind *kind, const struct node *node)
{
    for (const struct node *n = node->first; n; n = n->next) {
        const struct field *field = kind ? kind_field(kind, n->key) : NULL;
        struct walk_place inner = { place, n->key, place ? place->record : n->key };
        if (field && field->index == 0 && w->front && !place->outer && n->type == NODE_SCALAR)
            tell(w, &inner, field->type, kind, n);
        else
            walk_value(w, &inner, field && field->index ? field->type : &any, n);
    }
}

static void walk_collection(struct walk *w, const struct kind *kind, const struct node *node)
{
    for (const struct node *n = node->first; n; n = n->next) {
        struct walk_place place = { NULL, n->key, n->key };
        tell(w, &place, &any, kind, n);
        if (n->type == NODE_MAPPING)
            walk_record(w, &place, kind, n);
        else
            walk_value(w, &place, &any, n);
    }
}

/* What has another form than the schema says is gone through all the same. */
static void walk_value(struct walk *w, const struct walk_place *place, const struct type *type, const struct node *node)
{
    bool list = type->tag == TYPE_LIST;
    if (node->type == NODE_SCALAR) {
        tell(w, place, list ? type->item : type, NULL, node);
    } else if (node->type == NODE_MAPPING && type->tag == TYPE_COLLECTION) {
        walk_collection(w, type->kind, node);
    } else if (node->type == NODE_MAPPING && type->tag != TYPE_MAP) {
        walk_record(w, place, type->tag == TYPE_RECORD ? type->kind : NULL, node);
    } else {
        for (const struct node *n = node->first; n; n = n->next) {
            struct walk_place inner = { place, n->key, place->record };
            walk_value(w, n->key.len ? &inner : place, list || type->tag == TYPE_MAP ? type->item : &any, n);
        }
    }
}

void walk_tree(const struct schema *schema, const struct node *tree, bool front, walk_fn *fn, void *state)
{
    struct walk w = { schema, fn, state, front };
    const struct node *id = front ? node_get(tree, STR("id")) : NULL;
    struct walk_place place = { .record = id && id->type == NODE_SCALAR ? id->text : (str){ 0 } };
    if (tree->type != NODE_MAPPING)
        return;
    if (front)
        walk_record(&w, &place, schema->front_matter, tree);
    else
        walk_record(&w, NULL, schema->root, tree);
}

str walk_path(struct arena *arena, const struct walk_place *place)
{
    if (!place || !place->outer)
        return (str){ 0 };
    str outer = walk_path(arena, place->outer);
    return outer.len ? str_print(arena, "%.*s.%.*s", STR_ARG(outer), STR_ARG(place->name)) : place->name;
}
