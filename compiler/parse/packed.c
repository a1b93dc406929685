/* SPDX-License-Identifier: MIT */
#include "parse/packed.h"

#include "base/packing.h"

enum { TYPE_BITS = 3, HAS_KEY = 4, STYLE_SHIFT = 4 /* bits of the head byte */ };

static void put_node(const struct packer *out, const struct node *node)
{
    pack_number(out, (uint64_t)(node->type | (node->key.at ? HAS_KEY : 0) | node->style << STYLE_SHIFT));
    pack_number(out, node->span.begin);
    pack_number(out, node->span.end - node->span.begin);
    if (node->key.at)
        pack_text(out, node->key);
    if (node->type == NODE_SCALAR) {
        pack_text(out, node->text);
        return;
    }
    pack_number(out, node->count);
    for (const struct node *n = node->first; n; n = n->next)
        put_node(out, n);
}

void packed_write(struct arena *arena, struct buf *out, const struct node *node)
{
    struct packer packer = packer_new(arena);
    put_node(&packer, node);
    packer_end(&packer, out);
}

struct reader {
    struct arena   *arena;
    struct unpacker bytes;
    uint32_t        file;
};

static void get_node(struct reader *r, struct node *node);

/* All of a node but what is in it, which nothing is for a scalar. */
static void get_head(struct reader *r, struct node *node)
{
    unsigned head = (unsigned)unpack_number(&r->bytes);
    node->type = head & TYPE_BITS;
    node->style = (uint8_t)(head >> STYLE_SHIFT);
    node->span.file = r->file;
    node->span.begin = (uint32_t)unpack_number(&r->bytes);
    node->span.end = node->span.begin + (uint32_t)unpack_number(&r->bytes);
    if (head & HAS_KEY)
        node->key = unpack_text(&r->bytes);
    if (node->type == NODE_SCALAR)
        node->text = unpack_text(&r->bytes);
    else
        node->count = (size_t)unpack_number(&r->bytes);
}

static struct node *new_children(struct reader *r, struct node *node)
{
    struct node *children = node->count ? NEWS(r->arena, struct node, node->count) : NULL;
    for (size_t i = 1; i < node->count; i++)
        children[i - 1].next = &children[i];
    return node->first = children;
}

static void get_children(struct reader *r, struct node *node)
{
    struct node *children = new_children(r, node);
    for (size_t i = 0; i < node->count; i++)
        get_node(r, &children[i]);
}

static void get_node(struct reader *r, struct node *node)
{
    get_head(r, node);
    if (node->type != NODE_SCALAR)
        get_children(r, node);
}

struct node *packed_read(struct arena *arena, str bytes, uint32_t file)
{
    struct reader r = { arena, unpacker_of(bytes), file };
    struct node *root = NEW(arena, struct node);
    get_node(&r, root);
    return root;
}

/* The entries of [section], one in the place of the other. */
static void hand_over(struct reader *r, struct node *section, const struct node_entries *entries)
{
    struct arena_mark mark = arena_mark(r->arena);
    for (; section->count; section->count--) {
        struct node *entry = NEW(r->arena, struct node);
        get_node(r, entry);
        entries->entry(entries->state, section->key, entry);
        arena_release(r->arena, mark);
    }
}

struct node *packed_read_entries(struct arena *arena, str bytes, uint32_t file, const struct node_entries *entries)
{
    struct reader r = { arena, unpacker_of(bytes), file };
    struct node *root = NEW(arena, struct node);
    get_head(&r, root);
    struct node *sections = new_children(&r, root);
    for (size_t i = 0; i < root->count; i++) {
        get_head(&r, &sections[i]);
        if (sections[i].type == NODE_MAPPING && entries->wants(entries->state, sections[i].key))
            hand_over(&r, &sections[i], entries);
        else if (sections[i].type != NODE_SCALAR)
            get_children(&r, &sections[i]);
    }
    return root;
}
