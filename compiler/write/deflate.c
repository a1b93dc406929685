/* SPDX-License-Identifier: MIT */
/*
 * A text is taken in pieces. Of each piece first is found what of it was there before (a list of runs: so many bytes as they
 * are, then so many from so far back), then a block is written with Huffman codes of its own for what that list says.
 */
#include "write/deflate.h"

#include "write/huffman.h"

enum {
    WINDOW   = 32768, /* a repeat may reach back so far */
    PIECE    = 65536,
    SHORTEST = 4, LONGEST = 258, /* repeats; three bytes from far back take as much room as they have */
    FAR      = 8192,  /* nor is one of the shortest worth it from here on */
    HASH_BITS = 12,
    STRIDE   = 32,    /* of the places inside of a repeat this many-th is remembered */
    END_OF_BLOCK = 256, LITERALS = 286, DISTANCES = 30,
    LENGTH_CODES = 19, CODE_LIMIT = 15, LENGTH_LIMIT = 7,
};

struct run { uint32_t literals; uint16_t length, distance; }; /* the last one of a piece has no length */

/* Bits on their way out, the first one lowest. */
struct bits {
    uint64_t       waiting;
    unsigned       n;
    unsigned char *at;
};

/*
 * Places are numbered through all streams, so that nothing has to be cleared between two: what another stream left behind is
 * further away than the window, as is what never was, of number 0.
 */
struct deflate {
    unsigned char text[WINDOW + PIECE]; /* what may be reached back to, then the piece */
    size_t        from, to;             /* the piece */
    uint32_t      base;                 /* the number of text[0] */
    struct { uint32_t last, before; } eight[1 << HASH_BITS]; /* where the same eight bytes stood */
    uint32_t      four[1 << HASH_BITS]; /* where the same four stood last */
    struct run    runs[PIECE / SHORTEST + 1];
    size_t        nruns;
    uint32_t      literals[LITERALS], distances[DISTANCES]; /* how often each symbol is in them */
    struct huffman literal, distance;
    struct bits   bits;
};

/* --- repeats --- */

static uint64_t four_bytes(const unsigned char *at) { return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24; }
static uint64_t eight_bytes(const unsigned char *at) { return four_bytes(at) | four_bytes(at + 4) << 32; }

/* Multiplied by the golden ratio, all bits of a number are in the upper ones. */
static uint32_t hash(uint64_t bytes) { return (uint32_t)(bytes * 0x9E3779B97F4A7C15u >> (64 - HASH_BITS)); }

static size_t same_bytes(const unsigned char *a, const unsigned char *b, size_t most)
{
    size_t n = 0;
    for (; most - n >= 8; n += 8) {
        uint64_t differ = eight_bytes(a + n) ^ eight_bytes(b + n);
        if (differ)
            return n + (size_t)__builtin_ctzll(differ) / 8;
    }
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

struct match { size_t length; uint32_t distance; };

/* Whether what stands at the place of that number is a longer repeat. */
static void consider(const struct deflate *d, size_t at, uint32_t place, struct match *best)
{
    uint32_t distance = d->base + (uint32_t)at - place;
    if (distance > WINDOW)
        return;
    size_t most = d->to - at, length = same_bytes(d->text + at, d->text + at - distance, most < LONGEST ? most : LONGEST);
    if (length > best->length)
        *best = (struct match){ length, distance };
}

static void remember_eight(struct deflate *d, size_t at)
{
    uint32_t key = hash(eight_bytes(d->text + at));
    d->eight[key].before = d->eight[key].last;
    d->eight[key].last = d->base + (uint32_t)at;
}

/* The longest repeat found at [at], which is remembered; its length is 0 when it is not worth it. */
static struct match find(struct deflate *d, size_t at)
{
    struct match best = { 0 };
    uint32_t short_key = hash(four_bytes(d->text + at)), key = hash(eight_bytes(d->text + at));
    consider(d, at, d->eight[key].last, &best);
    consider(d, at, d->eight[key].before, &best);
    if (best.length < 8)
        consider(d, at, d->four[short_key], &best);
    remember_eight(d, at);
    d->four[short_key] = d->base + (uint32_t)at;
    bool worth = best.length > SHORTEST || (best.length == SHORTEST && best.distance < FAR);
    return worth ? best : (struct match){ 0 };
}

static unsigned log2_of(uint32_t n) { return 31 - (unsigned)__builtin_clz(n); }

/* 3.2.5: a length or distance is a symbol and some bits more. */
struct extra { unsigned symbol, bits, nbits; };

static struct extra length_symbol(unsigned length)
{
    unsigned n = length - 3, log;
    if (n < 8 || length == LONGEST)
        return (struct extra){ length == LONGEST ? 285 : 257 + n, 0, 0 };
    log = log2_of(n) - 2;
    return (struct extra){ 257 + 4 * (log + 1) + (n >> log & 3), n & ((1u << log) - 1), log };
}

static struct extra distance_symbol(unsigned distance)
{
    unsigned n = distance - 1, log;
    if (n < 4)
        return (struct extra){ n, 0, 0 };
    log = log2_of(n) - 1;
    return (struct extra){ 2 * (log + 1) + (n >> log & 1), n & ((1u << log) - 1), log };
}

static void add_run(struct deflate *d, size_t literals, struct match match)
{
    d->runs[d->nruns++] = (struct run){ (uint32_t)literals, (uint16_t)match.length, (uint16_t)match.distance };
    if (match.length) {
        d->literals[length_symbol((unsigned)match.length).symbol]++;
        d->distances[distance_symbol(match.distance).symbol]++;
    }
}

static void find_runs(struct deflate *d)
{
    size_t at = d->from, since = at, stop = d->to - d->from < 8 ? at : d->to - 7; /* eight bytes are looked at */
    d->nruns = 0;
    memset(d->literals, 0, sizeof d->literals);
    memset(d->distances, 0, sizeof d->distances);
    while (at < stop) {
        struct match match = find(d, at);
        if (!match.length) {
            d->literals[d->text[at++]]++;
            continue;
        }
        add_run(d, at - since, match);
        since = at + match.length;
        for (at++; at < since && at < stop; at += STRIDE)
            remember_eight(d, at);
        at = since;
    }
    for (; at < d->to; at++)
        d->literals[d->text[at]]++;
    add_run(d, d->to - since, (struct match){ 0 });
    d->literals[END_OF_BLOCK] = 1;
}

/* --- a block --- */

/* At most 32 bits. */
static void put_bits(struct bits *out, uint32_t bits, unsigned n)
{
    out->waiting |= (uint64_t)bits << out->n;
    out->n += n;
    if (out->n < 32)
        return;
    for (unsigned i = 0; i < 4; i++)
        *out->at++ = (unsigned char)(out->waiting >> 8 * i);
    out->waiting >>= 32;
    out->n -= 32;
}

static void put_symbol(struct bits *out, const struct huffman *code, unsigned symbol) { put_bits(out, code->bits[symbol], code->length[symbol]); }

/* 3.2.7: both codes are told by the lengths of their symbols, in which repeats are shortened; those are symbols again. */
struct lengths {
    size_t   n;
    struct extra at[LITERALS + DISTANCES];
    uint32_t counts[LENGTH_CODES];
};

static void add_length(struct lengths *lengths, unsigned symbol, size_t more, unsigned nbits)
{
    lengths->at[lengths->n++] = (struct extra){ symbol, (unsigned)more, nbits };
    lengths->counts[symbol]++;
}

static void shorten(struct lengths *lengths, const uint8_t *all, size_t n)
{
    enum { AGAIN = 16, ZEROS = 17, MANY_ZEROS = 18 };
    for (size_t at = 0, times; at < n; at += times) {
        size_t most = all[at] ? 7 : 138;
        for (times = 1; times < most && at + times < n && all[at + times] == all[at];)
            times++;
        if (all[at] || times < 3)
            add_length(lengths, all[at], 0, 0);
        if (all[at] && times > 3)
            add_length(lengths, AGAIN, times - 4, 2);
        else if (all[at] || times < 3)
            times = 1;
        else if (times > 10)
            add_length(lengths, MANY_ZEROS, times - 11, 7);
        else
            add_length(lengths, ZEROS, times - 3, 3);
    }
}

static size_t used(const struct huffman *code, size_t n, size_t least)
{
    while (n > least && !code->length[n - 1])
        n--;
    return n;
}

static void put_codes(struct bits *out, const struct deflate *d)
{
    static const uint8_t order[LENGTH_CODES] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
    size_t literals = used(&d->literal, LITERALS, END_OF_BLOCK + 1), distances = used(&d->distance, DISTANCES, 1), shown = LENGTH_CODES;
    uint8_t all[LITERALS + DISTANCES];
    struct lengths lengths = { 0 };
    struct huffman code;
    memcpy(all, d->literal.length, literals);
    memcpy(all + literals, d->distance.length, distances);
    shorten(&lengths, all, literals + distances);
    huffman_make(&code, lengths.counts, LENGTH_CODES, LENGTH_LIMIT);
    while (!code.length[order[shown - 1]])
        shown--;
    put_bits(out, (uint32_t)literals - 257, 5);
    put_bits(out, (uint32_t)distances - 1, 5);
    put_bits(out, (uint32_t)shown - 4, 4);
    for (size_t i = 0; i < shown; i++)
        put_bits(out, code.length[order[i]], 3);
    for (size_t i = 0; i < lengths.n; i++) {
        put_symbol(out, &code, lengths.at[i].symbol);
        put_bits(out, lengths.at[i].bits, lengths.at[i].nbits);
    }
}

static void put_extra(struct bits *out, const struct huffman *code, struct extra extra)
{
    put_symbol(out, code, extra.symbol);
    put_bits(out, extra.bits, extra.nbits);
}

static void put_runs(struct bits *out, const struct deflate *d)
{
    const unsigned char *at = d->text + d->from;
    struct bits to = *out; /* of which nobody has an address: in registers */
    for (const struct run *run = d->runs; run < d->runs + d->nruns; run++) {
        for (const unsigned char *end = at + run->literals; at < end; at++)
            put_symbol(&to, &d->literal, *at);
        if (run->length) {
            put_extra(&to, &d->literal, length_symbol(run->length));
            put_extra(&to, &d->distance, distance_symbol(run->distance));
        }
        at += run->length;
    }
    put_symbol(&to, &d->literal, END_OF_BLOCK);
    *out = to;
}

static void put_block(struct deflate *d, bool last, struct buf *out)
{
    enum { DYNAMIC = 2, HEAD = 512 };
    find_runs(d);
    huffman_make(&d->literal, d->literals, LITERALS, CODE_LIMIT);
    huffman_make(&d->distance, d->distances, DISTANCES, CODE_LIMIT);
    size_t most = HEAD + 2 * (d->to - d->from); /* no symbol has more than 15 bits, no repeat of four bytes more than 48 */
    buf_reserve(out, most);
    struct bits bits = d->bits;
    bits.at = (unsigned char *)out->at + out->len;
    put_bits(&bits, last, 1);
    put_bits(&bits, DYNAMIC, 2);
    put_codes(&bits, d);
    put_runs(&bits, d);
    for (; last && bits.n; bits.n -= bits.n < 8 ? bits.n : 8, bits.waiting >>= 8)
        *bits.at++ = (unsigned char)(bits.waiting & 0xFF);
    out->len = (size_t)((char *)bits.at - out->at);
    d->bits = bits;
    d->from = d->to;
}

/* --- streams --- */

struct deflate *deflate_new(struct arena *arena)
{
    struct deflate *d = NEW(arena, struct deflate);
    d->base = 1;
    d->from = d->to = WINDOW;
    return d;
}

/* The last bytes become those that may be reached back to. */
static void slide(struct deflate *d)
{
    size_t gone = d->to - WINDOW;
    memmove(d->text, d->text + gone, WINDOW);
    d->base += (uint32_t)gone;
    d->from = d->to = WINDOW;
}

void deflate_put(struct deflate *d, str bytes, struct buf *out)
{
    while (bytes.len) {
        size_t room = sizeof d->text - d->to, n = bytes.len < room ? bytes.len : room;
        memcpy(d->text + d->to, bytes.at, n);
        d->to += n;
        bytes = str_cut(bytes, n, bytes.len);
        if (d->to < sizeof d->text)
            continue;
        put_block(d, false, out);
        slide(d);
    }
}

/* What is in the window then is out of reach. Before the numbers of places are used up, all that is remembered goes. */
static void begin_again(struct deflate *d)
{
    d->base += (uint32_t)d->to;
    d->from = d->to = WINDOW;
    if (d->base < UINT32_MAX / 2)
        return;
    memset(d->eight, 0, sizeof d->eight);
    memset(d->four, 0, sizeof d->four);
    d->base = 1;
}

void deflate_end(struct deflate *d, struct buf *out)
{
    put_block(d, true, out);
    begin_again(d);
}
