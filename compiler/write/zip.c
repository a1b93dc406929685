/* SPDX-License-Identifier: MIT */
#include "write/zip.h"

#include <limits.h>

#include "base/map.h"
#include "write/zip_container.h"
#include "write/zip_library.h"

/*
 * libdeflate takes two thirds of zlib's time for files of the same size, but wants a part whole. What is longer than this, a
 * register of some hundred risks, goes through zlib, piece by piece while it is written: at 10,000 risks the peak of memory is 4 MB lower
 * than with twice as much, at 500 a build takes a twentieth longer.
 */
enum { HELD_WHOLE = 2 << 20 };
/* Few parts are longer, and what such a one took would be missed while the next document is woven. */
enum { KEPT_ROOM = 1 << 20 };

/*
 * Measured on a register of 10,000 risks (22 MB of XML) and on a policy (0.2 MB): zlib's level 3 takes a third and a half of the time
 * of level 6, and less than level 1 or 2, whose short searches miss the long repeats that markup is made of. libdeflate's level 1
 * makes files as large as that.
 */
enum { LIBDEFLATE_LEVEL = 1, ZLIB_LEVEL = 3 };

/*
 * How large zlib's tables are, 1 to 9. They are cleared for each part and gone through for every 32 KB: at 7 compressing takes
 * a quarter less time than at the greatest, and files are as small.
 */
enum { ZLIB_MEMORY = 7 };

/* Compressing shorter parts gains a few dozen bytes and takes as long as compressing ten times as many. */
enum { STORED_BELOW = 512 };
/* A longer part is of one document, whatever it is called. */
enum { COMMON_BELOW = 64 * 1024 };

struct zip_shared {
    struct arena      *arena;
    struct zip_library library;
    bool               has_library; /* there was something to compress */
    struct libdeflate_compressor *compressor;
    struct buf        *whole;       /* the part that is held */
    z_stream           deflater;    /* one for all long parts */
    bool               has_deflater;
    struct map         kept;        /* name of a common part -> struct zip_packed */
};

struct zip_stream {
    struct zip_shared *shared;
    struct spool      *before; /* of a long part: what is compressed goes there when it is much */
    struct buf        *out;
    bool               is_long; /* it goes through zlib */
    struct zip_packed  packed;
};

static void close_library(void *handle)
{
    struct zip_shared *shared = handle;
    if (shared->compressor)
        shared->library.libdeflate_free_compressor(shared->compressor);
    if (shared->has_deflater)
        shared->library.deflateEnd(&shared->deflater);
    shared->compressor = NULL;
    shared->has_deflater = false;
}

struct zip_shared *zip_shared_new(struct arena *arena)
{
    struct zip_shared *shared = NEW(arena, struct zip_shared);
    shared->arena = arena;
    shared->whole = buf_new(arena);
    arena_defer(arena, close_library, shared);
    return shared;
}

static const char *load(struct zip_shared *shared)
{
    const char *problem = shared->has_library ? NULL : zip_library_load(&shared->library);
    shared->has_library = problem == NULL;
    return problem;
}

static uint32_t crc_of(const struct zip_shared *shared, uint32_t crc, str bytes) { return shared->library.libdeflate_crc32(crc, bytes.at, bytes.len); }

/* --- a part that is held whole --- */

static void compress_whole(struct zip_shared *shared, str bytes, struct buf *out)
{
    const struct zip_library *library = &shared->library;
    if (!shared->compressor)
        shared->compressor = library->libdeflate_alloc_compressor(LIBDEFLATE_LEVEL);
    if (!shared->compressor)
        memory_exhausted(shared->arena->memory);
    buf_reserve(out, library->libdeflate_deflate_compress_bound(shared->compressor, bytes.len));
    out->len += library->libdeflate_deflate_compress(shared->compressor, bytes.at, bytes.len, out->at + out->len, out->room - out->len);
}

/* --- a long part --- */

static void begin_long(struct zip_stream *stream)
{
    struct zip_shared *shared = stream->shared;
    stream->is_long = true;
    if (shared->has_deflater)
        shared->library.deflateReset(&shared->deflater);
    else if (shared->library.deflateInit2_(&shared->deflater, ZLIB_LEVEL, Z_DEFLATED, -MAX_WBITS, ZLIB_MEMORY, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                                           (int)sizeof shared->deflater) != Z_OK)
        memory_exhausted(shared->arena->memory);
    shared->has_deflater = true;
}

/* zlib counts in unsigned int: the next bytes of [rest] that it can take at once. */
static bool take_piece(str *rest, str *piece)
{
    enum { MOST = 1 << 30 };
    *piece = str_cut(*rest, 0, rest->len < MOST ? rest->len : MOST);
    *rest = str_cut(*rest, piece->len, rest->len);
    return piece->len > 0;
}

static void deflate_piece(struct zip_stream *stream, str bytes, int flush)
{
    enum { ROOM = 4096 };
    z_stream *deflater = &stream->shared->deflater;
    struct buf *out = stream->out;
    deflater->next_in = (z_const Bytef *)(uintptr_t)bytes.at;
    deflater->avail_in = (uInt)bytes.len;
    do {
        buf_reserve(out, ROOM);
        size_t room = out->room - out->len < UINT_MAX ? out->room - out->len : UINT_MAX;
        deflater->next_out = (Bytef *)out->at + out->len;
        deflater->avail_out = (uInt)room;
        stream->shared->library.deflate(deflater, flush);
        out->len += room - deflater->avail_out;
    } while (deflater->avail_out == 0);
}

static void put_aside(struct zip_stream *stream)
{
    enum { MUCH = 128 * 1024 };
    if (stream->out->len < MUCH)
        return;
    spool_put(stream->before, buf_str(stream->out));
    buf_clear(stream->out);
}

static void put_long(struct zip_stream *stream, str bytes)
{
    for (str piece; take_piece(&bytes, &piece);)
        deflate_piece(stream, piece, Z_NO_FLUSH);
    put_aside(stream);
}

/* --- compressing --- */

const char *zip_stream_open(struct arena *arena, struct zip_shared *shared, struct zip_stream **stream)
{
    const char *problem = load(shared);
    if (problem)
        return problem;
    *stream = NEW(arena, struct zip_stream);
    **stream = (struct zip_stream){ .shared = shared, .out = buf_new(arena), .before = spool_new(arena) };
    (*stream)->packed.before = (*stream)->before;
    buf_clear(shared->whole);
    return NULL;
}

void zip_stream_put(struct zip_stream *stream, str bytes)
{
    struct buf *whole = stream->shared->whole;
    stream->packed.crc = crc_of(stream->shared, stream->packed.crc, bytes);
    stream->packed.size += bytes.len;
    if (!stream->is_long && bytes.len <= HELD_WHOLE - whole->len) {
        buf_put(whole, bytes);
        return;
    }
    if (!stream->is_long) {
        begin_long(stream);
        put_long(stream, buf_str(whole));
        buf_free(whole);
    }
    put_long(stream, bytes);
}

void zip_stream_close(struct zip_stream *stream)
{
    if (stream->is_long)
        deflate_piece(stream, STR(""), Z_FINISH);
    else
        compress_whole(stream->shared, buf_str(stream->shared->whole), stream->out);
    if (stream->shared->whole->room > KEPT_ROOM)
        buf_free(stream->shared->whole);
    stream->packed.bytes = buf_str(stream->out);
}

static const struct zip_packed *deflate_all(struct arena *arena, struct zip_shared *shared, str data)
{
    struct zip_packed *packed = NEW(arena, struct zip_packed);
    struct buf *out = buf_new(arena);
    compress_whole(shared, data, out);
    *packed = (struct zip_packed){ .bytes = buf_str(out), .size = data.len, .crc = crc_of(shared, 0, data) };
    return packed;
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
    bool common = part->common.len && part->data.len < COMMON_BELOW;
    const struct zip_packed *kept = common ? map_get(&shared->kept, part->common) : NULL;
    if (kept || part->stream)
        return kept ? kept : &part->stream->packed;
    if (part->stored || part->data.len < STORED_BELOW)
        return store(arena, shared, part->data);
    return common ? deflate_common(arena, shared, part) : deflate_all(arena, shared, part->data);
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
    struct zip_library library;
    const char *problem = zip_library_load(&library);
    *about = problem ? "" : zip_library_about();
    return problem;
}
