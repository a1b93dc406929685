/* SPDX-License-Identifier: MIT */
/*
 * Numbers and texts as bytes, for data that the program writes when it is built and reads when it starts: numbers are LEB128,
 * a text is its length and its bytes. Reading trusts what it reads.
 */
#ifndef BASE_PACKING_H
#define BASE_PACKING_H

#include "base/buf.h"

static inline void pack_number(struct buf *out, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_char(out, (char)(n | 0x80));
    buf_char(out, (char)n);
}

static inline void pack_text(struct buf *out, str s)
{
    pack_number(out, s.len);
    buf_put(out, s);
}

/* What stands at [*at], which then is behind it. */
static inline uint64_t unpack_number(const char **at)
{
    uint64_t n = (unsigned char)**at & 0x7F;
    for (unsigned shift = 7; (unsigned char)*(*at)++ & 0x80; shift += 7)
        n |= (uint64_t)((unsigned char)**at & 0x7F) << shift;
    return n;
}

/* A slice of the bytes that are read. */
static inline str unpack_text(const char **at)
{
    size_t len = (size_t)unpack_number(at);
    str    s = { *at, len };
    *at += len;
    return s;
}

#endif
