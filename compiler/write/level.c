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
    if (!any)
        return NULL;
    colour_scale(declared, n, ink_of(doc), fills);
    return fills;
}

struct colour level_own_fill(const struct document *doc, const struct colour *fills, const struct doc_node *node)
{
    const struct colour grey = { 0xe6, 0xea, 0xef };
    if (fills && node->rank < doc->nlevels)
        return fills[node->rank];
    struct colour brand = colour_parse(doc->brand->level_fill[level_place(doc->brand, node->rank, node->ranks)], grey);
    return colour_pale(colour_parse(node->ref, brand), ink_of(doc));
}

str fill_of_tone(const struct brand *brand, uint8_t tone)
{
    switch (tone) {
    case FILL_GOOD:    return brand->good_fill;
    case FILL_NEUTRAL: return brand->neutral_fill;
    case FILL_WARNING: return brand->warning_fill;
    case FILL_BAD:     return brand->bad_fill;
    case FILL_HEADER:  return brand->tint;
    case FILL_BAR:     return brand->accent;
    default:           return (str){ 0 };
    }
}

str fill_of_node(struct arena *arena, const struct document *doc, const struct colour *levels, const struct doc_node *node)
{
    if (node->tone != FILL_LEVEL)
        return fill_of_tone(doc->brand, node->tone);
    if (!node->ref.len)
        return doc->brand->level_fill[level_place(doc->brand, node->rank, node->ranks)];
    struct colour own = level_own_fill(doc, levels, node);
    return str_print(arena, "%02X%02X%02X", own.r, own.g, own.b);
}

str ink_on_fill(const struct brand *brand, str fill)
{
    const struct colour white = { 255, 255, 255 }, black = { 0, 0, 0 };
    struct colour ground = colour_parse(fill, white);
    if (colour_contrast(colour_parse(brand->ink, black), ground) >= 460)
        return (str){ 0 };
    return colour_contrast(white, ground) > colour_contrast(black, ground) ? STR("FFFFFF") : STR("000000");
}
