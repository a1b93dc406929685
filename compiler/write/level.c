/* SPDX-License-Identifier: MIT */
#include "write/level.h"

static struct colour ink_of(const struct document *doc) { return colour_parse(doc->brand->ink, (struct colour){ 0x25, 0x30, 0x3b }); }

unsigned level_place(const struct brand *brand, unsigned rank, unsigned ranks)
{
    unsigned most = 7, last = ranks > 1 ? ranks - 1 : 1;
    while (most > 0 && !brand->level_fill[most].len)
        most--; /* a brand may give fewer */
    return ((rank < last ? rank : last) * most + last / 2) / last;
}

struct colour *level_fills(struct arena *arena, const struct document *doc)
{
    const struct colour grey = { 0xe6, 0xea, 0xef };
    size_t n = doc->nlevels;
    bool   any = false;
    if (n == 0)
        return NULL;
    struct colour *declared = NEWS(arena, struct colour, n), *fills = NEWS(arena, struct colour, n);
    for (size_t i = 0; i < n; i++) {
        any |= doc->level_colours[i].len > 0;
        declared[i] = colour_parse(doc->level_colours[i], colour_parse(doc->brand->level_fill[level_place(doc->brand, (unsigned)i, (unsigned)n)], grey));
    }
    colour_scale(declared, n, ink_of(doc), fills);
    return any ? fills : NULL;
}

struct colour level_own_fill(const struct document *doc, const struct colour *fills, const struct doc_node *node)
{
    const struct colour grey = { 0xe6, 0xea, 0xef };
    if (fills && node->rank < doc->nlevels)
        return fills[node->rank];
    struct colour brand = colour_parse(doc->brand->level_fill[level_place(doc->brand, node->rank, node->ranks)], grey);
    return colour_pale(colour_parse(node->ref, brand), ink_of(doc));
}
