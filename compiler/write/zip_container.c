/* SPDX-License-Identifier: MIT */
/*
 * Local headers, a central directory and its end, as section 4.3 of the ZIP format (APPNOTE 6.3.10) has them. No ZIP64: a Word
 * file of four gigabytes is refused.
 */
#include "write/zip_container.h"

enum {
    DATE           = (1980 - 1980) << 9 | 1 << 5 | 1, /* 4.4.6: 1980-01-01, 00:00 */
    MADE_BY        = 3 << 8 | 63,                     /* 4.4.2: Unix, version 6.3 of the format */
    NEEDS_STORED   = 10,                              /* 4.4.3: version 1.0 */
    NEEDS_DEFLATED = 20,
    METHOD_STORED  = 0,                               /* 4.4.5 */
    METHOD_DEFLATE = 8,
    LOCAL_SIZE     = 30,
    CENTRAL_SIZE   = 46,
};

/* A regular file, rw-r--r--, in the upper half where Unix keeps its mode. */
#define UNIX_0644 (0100644u << 16)

static const uint64_t LONGEST = UINT32_MAX - 1;

static void put16(struct buf *out, unsigned n)
{
    buf_char(out, (char)(n & 0xFF));
    buf_char(out, (char)(n >> 8 & 0xFF));
}

static void put32(struct buf *out, uint64_t n)
{
    put16(out, (unsigned)(n & 0xFFFF));
    put16(out, (unsigned)(n >> 16 & 0xFFFF));
}

/* An entry as its two headers tell of it. */
struct member {
    str      name;
    uint32_t crc;
    uint64_t packed, size, offset;
    bool     stored;
};

/* From the version that is needed to the lengths of name and extra field: the same in both headers. */
static void put_common(struct buf *out, const struct member *member)
{
    put16(out, member->stored ? NEEDS_STORED : NEEDS_DEFLATED);
    put16(out, 0);
    put16(out, member->stored ? METHOD_STORED : METHOD_DEFLATE);
    put16(out, 0);
    put16(out, DATE);
    put32(out, member->crc);
    put32(out, member->packed);
    put32(out, member->size);
    put16(out, (unsigned)member->name.len);
    put16(out, 0);
}

static void put_local(struct buf *out, const struct member *member)
{
    buf_reserve(out, LOCAL_SIZE + member->name.len);
    put32(out, 0x04034b50);
    put_common(out, member);
    buf_put(out, member->name);
}

static void put_central(struct buf *out, const struct member *member)
{
    buf_reserve(out, CENTRAL_SIZE + member->name.len);
    put32(out, 0x02014b50);
    put16(out, MADE_BY);
    put_common(out, member);
    put16(out, 0); /* comment */
    put16(out, 0); /* disk */
    put16(out, 0); /* internal attributes */
    put32(out, UNIX_0644);
    put32(out, member->offset);
    buf_put(out, member->name);
}

static void put_end(struct buf *out, size_t n, uint64_t directory, uint64_t size)
{
    put32(out, 0x06054b50);
    put16(out, 0);
    put16(out, 0);
    put16(out, (unsigned)n);
    put16(out, (unsigned)n);
    put32(out, size);
    put32(out, directory);
    put16(out, 0);
}

/* An archive being put together: what is in [out] comes after [parts]. */
struct container {
    struct arena *arena;
    struct parts *parts;
    uint64_t      before; /* bytes in parts */
    struct buf   *out;
};

static void end_part(struct container *c, const struct spool *next)
{
    LIST_PUSH(c->arena, c->parts, ((struct part){ NULL, buf_str(c->out) }));
    LIST_PUSH(c->arena, c->parts, ((struct part){ next, { 0 } }));
    c->before += c->out->len + spool_len(next);
    c->out = buf_new(c->arena);
}

/* The entry's bytes behind its local header; false when the archive would be too large. */
static bool put_entry(struct container *c, const struct zip_entry *entry, struct member *member)
{
    const struct zip_packed *packed = entry->packed;
    uint64_t len = spool_len(packed->before) + packed->bytes.len, offset = c->before + c->out->len;
    *member = (struct member){ entry->name, packed->crc, len, packed->size, offset, packed->stored };
    if (packed->size > LONGEST || offset + len > LONGEST)
        return false;
    put_local(c->out, member);
    if (packed->before)
        end_part(c, packed->before);
    buf_put(c->out, packed->bytes);
    if (entry->spent)
        buf_free(entry->spent);
    return true;
}

const char *zip_container_write(struct arena *arena, const struct zip_entry *entries, size_t n, struct parts *out)
{
    static const char *const too_large = "packing the .docx file failed: it would be larger than 4 GiB";
    struct member *members = NEWS(arena, struct member, n);
    struct container c = { arena, out, 0, buf_new(arena) };
    for (size_t i = 0; i < n; i++)
        if (!put_entry(&c, &entries[i], &members[i]))
            return too_large;
    uint64_t directory = c.before + c.out->len;
    for (size_t i = 0; i < n; i++)
        put_central(c.out, &members[i]);
    uint64_t end = c.before + c.out->len;
    if (n >= UINT16_MAX || end > LONGEST)
        return too_large;
    put_end(c.out, n, directory, end - directory);
    end_part(&c, NULL);
    return NULL;
}
