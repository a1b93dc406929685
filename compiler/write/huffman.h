/* SPDX-License-Identifier: MIT */
/* Huffman codes as DEFLATE has them (RFC 1951, 3.2.2): no code is longer than a limit, and lengths alone tell the codes. */
#ifndef WRITE_HUFFMAN_H
#define WRITE_HUFFMAN_H

#include <stddef.h>
#include <stdint.h>

enum { HUFFMAN_SYMBOLS = 288, HUFFMAN_LONGEST = 15 };

struct huffman {
    uint16_t bits[HUFFMAN_SYMBOLS]; /* the first bit to be written is the lowest */
    uint8_t  length[HUFFMAN_SYMBOLS]; /* 0: the symbol is not used */
};

/* The code of [n] symbols that stand in a text as often as [counts] says, none longer than [limit] bits. It always has two of them at least. */
void huffman_make(struct huffman *code, const uint32_t *counts, size_t n, unsigned limit);

#endif
