/* SPDX-License-Identifier: MIT */
#include "parse/packed.h"

#include "base/packing.h"

enum { TYPE_BITS = 3, HAS_KEY = 4, STYLE_SHIFT = 4 /* bits of the head byte */ };

void packed_write(struct buf *out, const struct node *node)
{
    buf_char(out, (char)(node->type | (node->key.at ? HAS_KEY : 0) | node->style << STYLE_SHIFT));
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
        packed_write(out, n);
}

struct unpacker {
    struct arena *arena;
    const char   *at;
    uint32_t      file;
};

static void get_node(struct unpacker *u, struct node *node)
{
    unsigned char head = (unsigned char)*u->at++;
    node->type = head & TYPE_BITS;
    node->style = head >> STYLE_SHIFT;
    node->span.file = u->file;
    node->span.begin = (uint32_t)unpack_number(&u->at);
    node->span.end = node->span.begin + (uint32_t)unpack_number(&u->at);
    if (head & HAS_KEY)
        node->key = unpack_text(&u->at);
    if (node->type == NODE_SCALAR) {
        node->text = unpack_text(&u->at);
        return;
    }
    node->count = (size_t)unpack_number(&u->at);
    struct node *children = node->count ? NEWS(u->arena, struct node, node->count) : NULL;
    node->first = children;
    for (size_t i = 0; i < node->count; i++) {
        get_node(u, &children[i]);
        children[i].next = i + 1 < node->count ? &children[i + 1] : NULL;
    }
}

struct node *packed_read(struct arena *arena, str bytes, uint32_t file)
{
    struct unpacker u = { arena, bytes.at, file };
    struct node *root = NEW(arena, struct node);
    get_node(&u, root);
    return root;
}
