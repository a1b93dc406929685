/* SPDX-License-Identifier: MIT */
#include "write/zip.h"

#include <limits.h>

#include "base/map.h"
#include "write/zip_container.h"
#include "write/zip_library.h"

/*
 * Measured on a register of 10,000 risks (22 MB of XML) and on a policy (0.2 MB): level 3 takes a third and a half of
 * the time of level 6, and less than level 1 or 2, whose short searches miss the long repeats that markup is made of.
 * It costs 25 % and 12 % in size.
 */
enum { DEFLATE_LEVEL = 3 };

/*
 * How large zlib's tables are, 1 to 9. They are cleared for each part and gone through for every 32 KB: at 7 compressing takes
 * a quarter less time than at the greatest, and files are as small.
 */
enum { MEMORY_LEVEL = 7 };

/* Compressing shorter parts gains a few dozen bytes and takes as long as compressing ten times as many. */
enum { STORED_BELOW = 512 };

struct zip_shared {
    struct arena *arena;
    struct zlib   zlib;
    bool          has_zlib; /* there was something to compress */
    z_stream      deflater; /* one for all parts: setting one up costs more than compressing a small part */
    bool          has_deflater;
    struct map    kept;     /* name of a common part -> struct zip_packed */
};

struct zip_stream {
    struct zip_shared *shared;
    struct spool      *before; /* what is compressed goes there when it is much; NULL: it does not */
    struct buf        *out;
    struct zip_packed  packed;
};

struct zip_shared *zip_shared_new(struct arena *arena)
{
    struct zip_shared *shared = NEW(arena, struct zip_shared);
    shared->arena = arena;
    return shared;
}

static const char *load(struct zip_shared *shared)
{
    const char *problem = shared->has_zlib ? NULL : zip_library_load(&shared->zlib);
    shared->has_zlib = problem == NULL;
    return problem;
}

/* zlib counts in unsigned int: the next bytes of [rest] that it can take at once. */
static bool take_piece(str *rest, str *piece)
{
    enum { MOST = 1 << 30 };
    *piece = str_cut(*rest, 0, rest->len < MOST ? rest->len : MOST);
    *rest = str_cut(*rest, piece->len, rest->len);
    return piece->len > 0;
}

static uint32_t crc_of(const struct zip_shared *shared, uint32_t crc, str bytes)
{
    for (str piece; take_piece(&bytes, &piece);)
        crc = (uint32_t)shared->zlib.crc32(crc, (const Bytef *)piece.at, (uInt)piece.len);
    return crc;
}

/* --- compressing --- */

static void close_deflater(void *handle)
{
    struct zip_shared *shared = handle;
    if (shared->has_deflater)
        shared->zlib.deflateEnd(&shared->deflater);
    shared->has_deflater = false;
}

static void begin(struct zip_shared *shared)
{
    if (shared->has_deflater) {
        shared->zlib.deflateReset(&shared->deflater);
        return;
    }
    arena_defer(shared->arena, close_deflater, shared);
    if (shared->zlib.deflateInit2_(&shared->deflater, DEFLATE_LEVEL, Z_DEFLATED, -MAX_WBITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                                   (int)sizeof shared->deflater) != Z_OK)
        memory_exhausted(shared->arena->memory);
    shared->has_deflater = true;
}

static void deflate_piece(struct zip_stream *stream, str bytes, int flush)
{
    enum { ROOM = 4096 };
    struct zip_shared *shared = stream->shared;
    z_stream *deflater = &shared->deflater;
    struct buf *out = stream->out;
    deflater->next_in = (z_const Bytef *)(uintptr_t)bytes.at;
    deflater->avail_in = (uInt)bytes.len;
    do {
        buf_reserve(out, ROOM);
        size_t room = out->room - out->len < UINT_MAX ? out->room - out->len : UINT_MAX;
        deflater->next_out = (Bytef *)out->at + out->len;
        deflater->avail_out = (uInt)room;
        shared->zlib.deflate(deflater, flush);
        out->len += room - deflater->avail_out;
    } while (deflater->avail_out == 0);
}

static struct zip_stream *stream_new(struct arena *arena, struct zip_shared *shared)
{
    struct zip_stream *stream = NEW(arena, struct zip_stream);
    *stream = (struct zip_stream){ .shared = shared, .out = buf_new(arena) };
    begin(shared);
    return stream;
}

const char *zip_stream_open(struct arena *arena, struct zip_shared *shared, struct zip_stream **stream)
{
    const char *problem = load(shared);
    if (problem)
        return problem;
    *stream = stream_new(arena, shared);
    (*stream)->packed.before = (*stream)->before = spool_new(arena);
    return NULL;
}

static void put_aside(struct zip_stream *stream)
{
    enum { MUCH = 128 * 1024 };
    if (!stream->before || stream->out->len < MUCH)
        return;
    spool_put(stream->before, buf_str(stream->out));
    buf_clear(stream->out);
}

void zip_stream_put(struct zip_stream *stream, str bytes)
{
    stream->packed.crc = crc_of(stream->shared, stream->packed.crc, bytes);
    stream->packed.size += bytes.len;
    for (str piece; take_piece(&bytes, &piece);)
        deflate_piece(stream, piece, Z_NO_FLUSH);
    put_aside(stream);
}

void zip_stream_close(struct zip_stream *stream)
{
    deflate_piece(stream, STR(""), Z_FINISH);
    stream->packed.bytes = buf_str(stream->out);
}

static const struct zip_packed *deflate_all(struct arena *arena, struct zip_shared *shared, str data)
{
    struct zip_stream *stream = stream_new(arena, shared);
    zip_stream_put(stream, data);
    zip_stream_close(stream);
    return &stream->packed;
}

bool zip_knows(const struct zip_shared *shared, str common) { return map_get(&shared->kept, common) != NULL; }

/* A common part is compressed once and then remembered. */
static const struct zip_packed *deflate_common(struct arena *arena, struct zip_shared *shared, const struct zip_part *part)
{
    struct zip_packed *kept = NEW(shared->arena, struct zip_packed);
    *kept = *deflate_all(arena, shared, part->data);
    kept->bytes = str_copy(shared->arena, kept->bytes);
    map_add(&shared->kept, shared->arena, str_copy(shared->arena, part->common), kept);
    return kept;
}

/* --- one archive --- */

static const struct zip_packed *store(struct arena *arena, const struct zip_shared *shared, str data)
{
    struct zip_packed *packed = NEW(arena, struct zip_packed);
    *packed = (struct zip_packed){ .bytes = data, .size = data.len, .crc = crc_of(shared, 0, data), .stored = true };
    return packed;
}

static const struct zip_packed *packed_part(struct arena *arena, struct zip_shared *shared, const struct zip_part *part)
{
    const struct zip_packed *kept = part->common.len ? map_get(&shared->kept, part->common) : NULL;
    if (kept || part->stream)
        return kept ? kept : &part->stream->packed;
    if (part->stored || part->data.len < STORED_BELOW)
        return store(arena, shared, part->data);
    return part->common.len ? deflate_common(arena, shared, part) : deflate_all(arena, shared, part->data);
}

const char *zip_pack(struct arena *arena, struct zip_shared *shared, const struct zip_part *parts, size_t nparts, struct parts *out)
{
    struct zip_entry *entries = NEWS(arena, struct zip_entry, nparts);
    const char *problem = load(shared);
    for (size_t i = 0; i < nparts && !problem; i++)
        entries[i] = (struct zip_entry){ parts[i].name, packed_part(arena, shared, &parts[i]), parts[i].stream ? parts[i].stream->out : NULL };
    return problem ? problem : zip_container_write(arena, entries, nparts, out);
}

const char *zip_about(const char **about)
{
    struct zlib zlib;
    const char *problem = zip_library_load(&zlib);
    *about = problem ? "" : zip_library_about();
    return problem;
}
