/* SPDX-License-Identifier: MIT */
/*
 * Numbers and texts as bytes, for data that the program writes when it is built and reads when it starts: numbers are LEB128, a text is
 * its length among them, and the bytes of all texts stand behind all numbers, so that reading goes over the numbers alone. It trusts what it reads.
 */
#ifndef BASE_PACKING_H
#define BASE_PACKING_H

#include "base/buf.h"

struct packer {
    struct buf *numbers, *texts;
};

static inline struct packer packer_new(struct arena *arena) { return (struct packer){ buf_new(arena), buf_new(arena) }; }

static inline void pack_into(struct buf *out, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_char(out, (char)(n | 0x80));
    buf_char(out, (char)n);
}

static inline void pack_number(const struct packer *p, uint64_t n) { pack_into(p->numbers, n); }

static inline void pack_text(const struct packer *p, str s)
{
    pack_number(p, s.len);
    buf_put(p->texts, s);
}

/* What [more] holds behind what is there. */
static inline void pack_all(const struct packer *p, const struct packer *more)
{
    buf_put(p->numbers, buf_str(more->numbers));
    buf_put(p->texts, buf_str(more->texts));
}

/* Appends everything to [out], as unpacker_of takes it. */
static inline void packer_end(const struct packer *p, struct buf *out)
{
    pack_into(out, p->numbers->len);
    buf_put(out, buf_str(p->numbers));
    buf_put(out, buf_str(p->texts));
}

struct unpacker {
    const char *at, *text; /* what comes next of either */
};

static inline uint64_t unpack_number(struct unpacker *u)
{
    uint64_t n = (unsigned char)*u->at & 0x7F;
    for (unsigned shift = 7; (unsigned char)*u->at++ & 0x80; shift += 7)
        n |= (uint64_t)((unsigned char)*u->at & 0x7F) << shift;
    return n;
}

/* A slice of the bytes that are read. */
static inline str unpack_text(struct unpacker *u)
{
    str s = { u->text, (size_t)unpack_number(u) };
    u->text += s.len;
    return s;
}

static inline struct unpacker unpacker_of(str bytes)
{
    struct unpacker u = { .at = bytes.at };
    size_t numbers = (size_t)unpack_number(&u);
    u.text = u.at + numbers;
    return u;
}

#endif
