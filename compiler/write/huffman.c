/* SPDX-License-Identifier: MIT */
#include "write/huffman.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The symbols that are used, and what they are joined to, as a tree: leaves first, rarest first, then the inner nodes as they are made. */
struct tree {
    size_t   leaves, nodes;
    uint16_t symbol[HUFFMAN_SYMBOLS];
    uint32_t weight[2 * HUFFMAN_SYMBOLS];
    uint16_t parent[2 * HUFFMAN_SYMBOLS];
};

enum { SYMBOL_BITS = 9 };

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* A decoder may refuse a code of less than two symbols, so the first two are taken to stand in every text. */
static void plant(struct tree *tree, const uint32_t *counts, size_t n)
{
    uint64_t keys[HUFFMAN_SYMBOLS];
    size_t   used = 0;
    for (size_t i = 0; i < n; i++)
        if (counts[i] || i < 2)
            keys[used++] = (uint64_t)(counts[i] ? counts[i] : 1) << SYMBOL_BITS | i;
    qsort(keys, used, sizeof *keys, by_size);
    for (size_t i = 0; i < used; i++) {
        tree->symbol[i] = (uint16_t)(keys[i] & ((1u << SYMBOL_BITS) - 1));
        tree->weight[i] = (uint32_t)(keys[i] >> SYMBOL_BITS);
    }
    tree->leaves = used;
}

/* Joins the two lightest nodes until one is left. Inner nodes come into being in the order of their weights, so the lightest is always the next leaf or the next inner node. */
static void grow(struct tree *tree)
{
    size_t leaf = 0, inner = tree->leaves;
    for (tree->nodes = tree->leaves; tree->nodes < 2 * tree->leaves - 1; tree->nodes++) {
        tree->weight[tree->nodes] = 0;
        for (int i = 0; i < 2; i++) {
            bool   is_leaf = leaf < tree->leaves && (inner == tree->nodes || tree->weight[leaf] <= tree->weight[inner]);
            size_t lightest = is_leaf ? leaf++ : inner++;
            tree->weight[tree->nodes] += tree->weight[lightest];
            tree->parent[lightest] = (uint16_t)tree->nodes;
        }
    }
}

/* How many codes there are of each length. Where some are longer than [limit], they get that length, and shorter ones are made longer until all have room. */
static void count_lengths(const struct tree *tree, unsigned limit, unsigned counts[HUFFMAN_LONGEST + 1])
{
    uint16_t depth[2 * HUFFMAN_SYMBOLS];
    uint32_t taken = 0; /* of all bit patterns of that length */
    depth[tree->nodes - 1] = 0;
    for (size_t i = tree->nodes - 1; i-- > 0;) {
        depth[i] = (uint16_t)(depth[tree->parent[i]] + 1);
        unsigned length = depth[i] < limit ? depth[i] : limit;
        counts[length] += i < tree->leaves;
        taken += i < tree->leaves ? 1u << (limit - length) : 0;
    }
    for (; taken > 1u << limit; taken--) {
        unsigned shorter = limit - 1;
        while (!counts[shorter])
            shorter--;
        counts[shorter]--; /* becomes two codes that are one longer: its own and one of the longest */
        counts[shorter + 1] += 2;
        counts[limit]--;
    }
}

static uint16_t mirrored(unsigned bits, unsigned length)
{
    bits = (bits & 0x5555) << 1 | (bits >> 1 & 0x5555);
    bits = (bits & 0x3333) << 2 | (bits >> 2 & 0x3333);
    bits = (bits & 0x0F0F) << 4 | (bits >> 4 & 0x0F0F);
    bits = (bits & 0x00FF) << 8 | bits >> 8;
    return (uint16_t)(bits >> (16 - length));
}

void huffman_make(struct huffman *code, const uint32_t *counts, size_t n, unsigned limit)
{
    struct tree tree;
    unsigned lengths[HUFFMAN_LONGEST + 1] = { 0 }, next[HUFFMAN_LONGEST + 1] = { 0 };
    plant(&tree, counts, n);
    grow(&tree);
    count_lengths(&tree, limit, lengths);
    memset(code->length, 0, sizeof code->length);
    for (size_t leaf = 0, length = limit; length > 0; length--) /* the rarest get the longest */
        for (unsigned i = 0; i < lengths[length]; i++)
            code->length[tree.symbol[leaf++]] = (uint8_t)length;
    for (unsigned length = 1; length <= limit; length++)
        next[length] = (next[length - 1] + lengths[length - 1]) << 1;
    for (size_t i = 0; i < n; i++)
        if (code->length[i])
            code->bits[i] = mirrored(next[code->length[i]]++, code->length[i]);
}
