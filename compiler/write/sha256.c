/* SPDX-License-Identifier: MIT */
#include "write/sha256.h"

#include "base/base64.h"

enum { BLOCK = 64, ROUNDS = 64 };

static const uint32_t round_constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turn(uint32_t x, unsigned n) { return x >> n | x << (32 - n); }

static uint32_t read_big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void write_big_endian(uint8_t *at, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void compress(uint32_t state[8], const uint8_t *block)
{
    uint32_t w[ROUNDS];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7]; /* as FIPS 180-4 calls them */
    for (unsigned i = 0; i < 16; i++)
        w[i] = read_big_endian(block + (size_t)4 * i);
    for (unsigned i = 16; i < ROUNDS; i++) {
        uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint32_t choice = (e & f) ^ (~e & g), majority = (a & b) ^ (a & c) ^ (b & c);
        uint32_t t1 = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + round_constants[i] + w[i];
        uint32_t t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority;
        h = g, g = f, f = e, e = d + t1;
        d = c, c = b, b = a, a = t1 + t2;
    }
    const uint32_t added[8] = { a, b, c, d, e, f, g, h };
    for (unsigned i = 0; i < 8; i++)
        state[i] += added[i];
}

/* The last one or two blocks: what is left of the text, a one bit, zeros, and the length in bits. */
static void finish(uint32_t state[8], str rest, uint64_t length)
{
    uint8_t tail[2 * BLOCK] = { 0 };
    size_t  size = rest.len + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    if (rest.len)
        memcpy(tail, rest.at, rest.len);
    tail[rest.len] = 0x80;
    write_big_endian(tail + size - 8, (uint32_t)(length >> 29));
    write_big_endian(tail + size - 4, (uint32_t)(length << 3));
    for (size_t at = 0; at < size; at += BLOCK)
        compress(state, tail + at);
}

void sha256(str text, uint8_t digest[SHA256_BYTES])
{
    uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    size_t   at = 0;
    for (; text.len - at >= BLOCK; at += BLOCK)
        compress(state, (const uint8_t *)text.at + at);
    finish(state, text.len > at ? str_cut(text, at, text.len) : (str){ 0 }, text.len);
    for (unsigned i = 0; i < 8; i++)
        write_big_endian(digest + (size_t)4 * i, state[i]);
}

str sha256_source(struct arena *arena, str text)
{
    uint8_t digest[SHA256_BYTES];
    struct buf *out = buf_new(arena);
    sha256(text, digest);
    buf_text(out, "sha256-");
    base64_put(out, (str){ (const char *)digest, sizeof digest });
    return buf_str(out);
}
