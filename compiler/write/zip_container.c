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

static void put_local(struct buf *out, const struct member *member, str bytes)
{
    buf_reserve(out, LOCAL_SIZE + member->name.len + bytes.len);
    put32(out, 0x04034b50);
    put_common(out, member);
    buf_put(out, member->name);
    buf_put(out, bytes);
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

const char *zip_container_write(struct arena *arena, const struct zip_entry *entries, size_t n, struct buf *out)
{
    struct member *members = NEWS(arena, struct member, n);
    size_t begin = out->len;
    for (size_t i = 0; i < n; i++) {
        const struct zip_packed *packed = entries[i].packed;
        members[i] = (struct member){ entries[i].name, packed->crc, packed->bytes.len, packed->size, out->len - begin, packed->stored };
        if (packed->size > LONGEST || out->len - begin + packed->bytes.len > LONGEST)
            return "packing the .docx file failed: it would be larger than 4 GiB";
        put_local(out, &members[i], packed->bytes);
        if (entries[i].spent)
            buf_free(entries[i].spent);
    }
    size_t directory = out->len - begin;
    for (size_t i = 0; i < n; i++)
        put_central(out, &members[i]);
    if (n >= UINT16_MAX || out->len - begin > LONGEST)
        return "packing the .docx file failed: it would be larger than 4 GiB";
    put_end(out, n, directory, out->len - begin - directory);
    return NULL;
}
