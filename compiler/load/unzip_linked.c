/* SPDX-License-Identifier: MIT */
/*
 * By the lists of the ZIP format (APPNOTE 6.3.10, section 4.3) and zlib. Every offset and length is held against the bytes that are
 * there before it is used. No ZIP64 and no archives in several files: no Word document needs them.
 */
#include "load/unzip.h"

#include <limits.h>
#include <zlib.h>

enum {
    LOCAL_SIZE   = 30,
    CENTRAL_SIZE = 46,
    END_SIZE     = 22,
    LONGEST_END  = END_SIZE + 65535, /* with the archive's comment */
    METHOD_STORED  = 0,
    METHOD_DEFLATE = 8,
};

/* A part as the central directory tells of it. */
struct member {
    str      name;
    uint32_t flags, method, crc;
    uint32_t packed, size, offset;
};

struct unzip {
    struct arena *arena;
    str           bytes;
    size_t        directory, end;   /* of the central directory */
    LIST_OF(struct member) members;
    size_t        damaged;          /* the number of the first that can not be read; SIZE_MAX: all can */
    /* being read */
    const struct member *member;
    str           packed;           /* what is left of it */
    z_stream      inflater;
    bool          inflating, ended;
    uint64_t      came;
    uLong         crc;
};

static uint32_t get16(str bytes, size_t at) { return (uint32_t)(unsigned char)bytes.at[at] | (uint32_t)(unsigned char)bytes.at[at + 1] << 8; }
static uint32_t get32(str bytes, size_t at) { return get16(bytes, at) | get16(bytes, at + 2) << 16; }

/* ---- the lists ---- */

/* The end record: the last place that looks like one and whose comment ends with the file. */
static bool find_end(str bytes, size_t *at)
{
    for (size_t back = END_SIZE; back <= bytes.len && back <= LONGEST_END; back++) {
        size_t here = bytes.len - back;
        if (get32(bytes, here) == 0x06054b50 && get16(bytes, here + 20) == back - END_SIZE) {
            *at = here;
            return true;
        }
    }
    return false;
}

/* The entry at *at, which moves behind it. */
static bool take_member(const struct unzip *unzip, size_t *at, struct member *member)
{
    str bytes = unzip->bytes;
    if (unzip->end - *at < CENTRAL_SIZE || get32(bytes, *at) != 0x02014b50)
        return false;
    size_t name = get16(bytes, *at + 28), more = name + get16(bytes, *at + 30) + get16(bytes, *at + 32);
    if (unzip->end - *at - CENTRAL_SIZE < more)
        return false;
    *member = (struct member){ str_cut(bytes, *at + CENTRAL_SIZE, *at + CENTRAL_SIZE + name), get16(bytes, *at + 8), get16(bytes, *at + 10),
                               get32(bytes, *at + 16), get32(bytes, *at + 20), get32(bytes, *at + 24), get32(bytes, *at + 42) };
    *at += CENTRAL_SIZE + more;
    return true;
}

static void unzip_close(void *handle) { unzip_end(handle); }

const char *unzip_open(struct arena *arena, str bytes, struct unzip **out)
{
    struct unzip *unzip = NEW(arena, struct unzip);
    size_t end;
    *unzip = (struct unzip){ .arena = arena, .bytes = bytes, .damaged = SIZE_MAX };
    arena_defer(arena, unzip_close, unzip);
    if (!find_end(bytes, &end))
        return "is no Word document, or a damaged one";
    uint32_t count = get16(bytes, end + 10), size = get32(bytes, end + 12), offset = get32(bytes, end + 16);
    if (get16(bytes, end + 4) || get16(bytes, end + 6) || get16(bytes, end + 8) != count || offset > end || size > end - offset)
        return "is no Word document, or a damaged one";
    unzip->directory = offset;
    unzip->end = (size_t)offset + size;
    for (size_t i = 0, at = offset; i < count; i++) {
        struct member member = { 0 };
        if (unzip->damaged == SIZE_MAX && !take_member(unzip, &at, &member))
            unzip->damaged = i;
        LIST_PUSH(arena, &unzip->members, member);
    }
    *out = unzip;
    return NULL;
}

uint64_t unzip_count(const struct unzip *unzip) { return unzip->members.len; }

bool unzip_part(struct unzip *unzip, uint64_t index, struct unzip_part *part)
{
    if (index >= unzip->members.len || index >= unzip->damaged)
        return false;
    const struct member *member = &unzip->members.at[index];
    *part = (struct unzip_part){ member->name, member->size, member->flags & 1, member->method != METHOD_STORED && member->method != METHOD_DEFLATE };
    return true;
}

/* ---- one part ---- */

/* The packed bytes: behind the local header, whose own name and extra field count, and before the central directory. */
static bool find_packed(const struct unzip *unzip, const struct member *member, str *packed)
{
    str bytes = unzip->bytes;
    if (member->offset > unzip->directory || unzip->directory - member->offset < LOCAL_SIZE || get32(bytes, member->offset) != 0x04034b50)
        return false;
    size_t begin = member->offset + (size_t)LOCAL_SIZE + get16(bytes, member->offset + 26) + get16(bytes, member->offset + 28);
    if (begin > unzip->directory || unzip->directory - begin < member->packed)
        return false;
    *packed = str_cut(bytes, begin, begin + member->packed);
    return true;
}

bool unzip_begin(struct unzip *unzip, uint64_t index)
{
    if (index >= unzip->members.len || !find_packed(unzip, &unzip->members.at[index], &unzip->packed))
        return false;
    unzip->member = &unzip->members.at[index];
    unzip->ended = false;
    unzip->came = 0;
    unzip->crc = 0;
    unzip->inflater = (z_stream){ 0 };
    if (unzip->member->method == METHOD_DEFLATE && inflateInit2(&unzip->inflater, -MAX_WBITS) != Z_OK)
        memory_exhausted(unzip->arena->memory);
    unzip->inflating = unzip->member->method == METHOD_DEFLATE;
    return true;
}

void unzip_end(struct unzip *unzip)
{
    if (unzip->inflating)
        inflateEnd(&unzip->inflater);
    unzip->inflating = false;
    unzip->member = NULL;
}

static int64_t copy(struct unzip *unzip, char *into, size_t room)
{
    size_t n = unzip->packed.len < room ? unzip->packed.len : room;
    memcpy(into, unzip->packed.at, n);
    unzip->packed = str_cut(unzip->packed, n, unzip->packed.len);
    unzip->ended = unzip->packed.len == 0;
    return (int64_t)n;
}

static int64_t inflate_some(struct unzip *unzip, char *into, size_t room)
{
    z_stream *inflater = &unzip->inflater;
    uInt most = room < UINT_MAX ? (uInt)room : UINT_MAX;
    inflater->next_in = (z_const Bytef *)(uintptr_t)unzip->packed.at;
    inflater->avail_in = (uInt)unzip->packed.len; /* 32 bits in the format */
    inflater->next_out = (Bytef *)into;
    inflater->avail_out = most;
    int result = inflate(inflater, Z_NO_FLUSH);
    unzip->packed = str_cut(unzip->packed, unzip->packed.len - inflater->avail_in, unzip->packed.len);
    unzip->ended = result == Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END)
        return -1; /* also when nothing is left of it before its end: Z_BUF_ERROR */
    return (int64_t)(most - inflater->avail_out);
}

int64_t unzip_read(struct unzip *unzip, char *into, size_t room)
{
    int64_t n = 0;
    while (!unzip->ended && n == 0)
        n = unzip->inflating ? inflate_some(unzip, into, room) : copy(unzip, into, room);
    if (n < 0)
        return n;
    unzip->came += (uint64_t)n;
    if (n > 0)
        unzip->crc = crc32(unzip->crc, (const Bytef *)into, (uInt)n);
    bool as_said = unzip->came == unzip->member->size && unzip->crc == unzip->member->crc;
    return n > 0 || as_said ? n : -1;
}
