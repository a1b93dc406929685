/* SPDX-License-Identifier: MIT */
#include "parse/packed.h"

enum { TYPE_BITS = 3, HAS_KEY = 4, STYLE_SHIFT = 4 /* bits of the head byte */ };

static void put_number(struct buf *out, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_char(out, (char)(n | 0x80));
    buf_char(out, (char)n);
}

static void put_text(struct buf *out, str s)
{
    put_number(out, s.len);
    buf_put(out, s);
}

void packed_write(struct buf *out, const struct node *node)
{
    buf_char(out, (char)(node->type | (node->key.at ? HAS_KEY : 0) | node->style << STYLE_SHIFT));
    put_number(out, node->span.begin);
    put_number(out, node->span.end - node->span.begin);
    if (node->key.at)
        put_text(out, node->key);
    if (node->type == NODE_SCALAR) {
        put_text(out, node->text);
        return;
    }
    put_number(out, node->count);
    for (const struct node *n = node->first; n; n = n->next)
        packed_write(out, n);
}

struct unpacker {
    struct arena        *arena;
    const unsigned char *at;
    uint32_t             file;
};

static uint64_t get_number(struct unpacker *u)
{
    uint64_t n = *u->at & 0x7F;
    for (unsigned shift = 7; *u->at++ & 0x80; shift += 7)
        n |= (uint64_t)(*u->at & 0x7F) << shift;
    return n;
}

static str get_text(struct unpacker *u)
{
    size_t len = (size_t)get_number(u);
    str    s = { (const char *)u->at, len };
    u->at += len;
    return s;
}

static void get_node(struct unpacker *u, struct node *node)
{
    unsigned char head = *u->at++;
    node->type = head & TYPE_BITS;
    node->style = head >> STYLE_SHIFT;
    node->span.file = u->file;
    node->span.begin = (uint32_t)get_number(u);
    node->span.end = node->span.begin + (uint32_t)get_number(u);
    if (head & HAS_KEY)
        node->key = get_text(u);
    if (node->type == NODE_SCALAR) {
        node->text = get_text(u);
        return;
    }
    node->count = (size_t)get_number(u);
    struct node *children = node->count ? NEWS(u->arena, struct node, node->count) : NULL;
    node->first = children;
    for (size_t i = 0; i < node->count; i++) {
        get_node(u, &children[i]);
        children[i].next = i + 1 < node->count ? &children[i + 1] : NULL;
    }
}

struct node *packed_read(struct arena *arena, str bytes, uint32_t file)
{
    struct unpacker u = { arena, (const unsigned char *)bytes.at, file };
    struct node *root = NEW(arena, struct node);
    get_node(&u, root);
    return root;
}
