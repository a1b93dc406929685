/* SPDX-License-Identifier: MIT */
#include "write/zip.h"

#include "base/map.h"
#include "write/crc32.h"
#include "write/deflate.h"
#include "write/zip_container.h"

/* Compressing shorter parts gains a few dozen bytes and takes as long as compressing ten times as many. */
enum { STORED_BELOW = 512 };
/* A longer part is of one document, whatever it is called. */
enum { COMMON_BELOW = 64 * 1024 };

struct zip_shared {
    struct arena   *arena;
    struct crc32    crc;
    struct deflate *deflate; /* one for all parts; NULL before there was something to compress */
    struct map      kept;    /* name of a common part -> struct zip_packed */
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
    crc32_prepare(&shared->crc);
    return shared;
}

/* --- compressing --- */

static struct zip_stream *stream_new(struct arena *arena, struct zip_shared *shared)
{
    struct zip_stream *stream = NEW(arena, struct zip_stream);
    *stream = (struct zip_stream){ .shared = shared, .out = buf_new(arena) };
    if (!shared->deflate)
        shared->deflate = deflate_new(shared->arena);
    return stream;
}

struct zip_stream *zip_stream_open(struct arena *arena, struct zip_shared *shared)
{
    struct zip_stream *stream = stream_new(arena, shared);
    stream->packed.before = stream->before = spool_new(arena);
    return stream;
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
    stream->packed.crc = crc32_add(&stream->shared->crc, stream->packed.crc, bytes);
    stream->packed.size += bytes.len;
    deflate_put(stream->shared->deflate, bytes, stream->out);
    put_aside(stream);
}

void zip_stream_close(struct zip_stream *stream)
{
    deflate_end(stream->shared->deflate, stream->out);
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
    *packed = (struct zip_packed){ .bytes = data, .size = data.len, .crc = crc32_add(&shared->crc, 0, data), .stored = true };
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
    for (size_t i = 0; i < nparts; i++)
        entries[i] = (struct zip_entry){ parts[i].name, packed_part(arena, shared, &parts[i]), parts[i].stream ? parts[i].stream->out : NULL };
    return zip_container_write(arena, entries, nparts, out);
}
