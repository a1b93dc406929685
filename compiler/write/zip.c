/* SPDX-License-Identifier: MIT */
#include "write/zip.h"

#include <dlfcn.h>
#include <limits.h>
#include <time.h>
#include <zip.h>
#include <zlib.h>

#include "base/map.h"

/* The name the build found; other releases of the library keep the functions used here. */
#ifndef ZIP_SONAME
#define ZIP_SONAME "libzip.so.4"
#endif

/*
 * Measured on a register of 10,000 risks (22 MB of XML) and on a policy (0.2 MB): level 3 takes a third and a half of
 * the time of level 6, and less than level 1 or 2, whose short searches miss the long repeats that markup is made of.
 * It costs 25 % and 12 % in size.
 */
enum { DEFLATE_LEVEL = 3 };

/*
 * How large zlib's tables are, 1 to 9. They are cleared for each part and gone through for every 32 KB: at 7 compressing takes
 * a quarter less time than at the greatest, libzip's choice, and files are as small.
 */
enum { MEMORY_LEVEL = 7 };

/* Compressing shorter parts gains a few dozen bytes and takes as long as compressing ten times as many. */
enum { STORED_BELOW = 512 };

/* A regular file, rw-r--r--, in the upper half where Unix keeps its mode. */
#define UNIX_0644 ((zip_uint32_t)0100644 << 16)

/* The functions of libzip that are used: name, result, parameters. */
#define LIBZIP_FUNCTIONS(F)                                                                                              \
    F(zip_source_buffer_create, zip_source_t *, (const void *, zip_uint64_t, int, zip_error_t *))                        \
    F(zip_source_keep, void, (zip_source_t *))                                                                           \
    F(zip_source_free, void, (zip_source_t *))                                                                           \
    F(zip_source_open, int, (zip_source_t *))                                                                            \
    F(zip_source_stat, int, (zip_source_t *, zip_stat_t *))                                                              \
    F(zip_source_read, zip_int64_t, (zip_source_t *, void *, zip_uint64_t))                                              \
    F(zip_source_close, int, (zip_source_t *))                                                                           \
    F(zip_source_error, zip_error_t *, (zip_source_t *))                                                                 \
    F(zip_open_from_source, zip_t *, (zip_source_t *, int, zip_error_t *))                                               \
    F(zip_source_function, zip_source_t *, (zip_t *, zip_source_callback, void *))                                       \
    F(zip_file_add, zip_int64_t, (zip_t *, const char *, zip_source_t *, zip_flags_t))                                   \
    F(zip_set_file_compression, int, (zip_t *, zip_uint64_t, zip_int32_t, zip_uint32_t))                                 \
    F(zip_file_set_external_attributes, int, (zip_t *, zip_uint64_t, zip_flags_t, zip_uint8_t, zip_uint32_t))            \
    F(zip_close, int, (zip_t *))                                                                                         \
    F(zip_discard, void, (zip_t *))                                                                                      \
    F(zip_get_error, zip_error_t *, (zip_t *))                                                                           \
    F(zip_error_init, void, (zip_error_t *))                                                                             \
    F(zip_error_fini, void, (zip_error_t *))                                                                             \
    F(zip_error_strerror, const char *, (zip_error_t *))

/* The functions of zlib that are used. libzip stands on zlib, so they are found through its handle. */
#define ZLIB_FUNCTIONS(F)                                                                                                \
    F(deflateInit2_, int, (z_streamp, int, int, int, int, int, const char *, int))                                       \
    F(deflate, int, (z_streamp, int))                                                                                    \
    F(deflateReset, int, (z_streamp))                                                                                    \
    F(deflateEnd, int, (z_streamp))                                                                                      \
    F(crc32, uLong, (uLong, const Bytef *, uInt))

#define MEMBER(name, result, parameters) result(*name) parameters;
struct libzip {
    LIBZIP_FUNCTIONS(MEMBER)
};
struct zlib {
    ZLIB_FUNCTIONS(MEMBER)
};

/* A part as an archive holds it. */
struct packed {
    str          bytes;
    zip_uint64_t size; /* before they were deflated */
    zip_uint32_t crc;  /* of what was deflated: libzip knows that of what is stored */
    bool         stored;
};

struct zip_shared {
    struct arena *arena;
    struct libzip lib;
    struct zlib   zlib;
    bool          loaded;
    time_t        date;     /* of all parts: 1980-01-01 00:00 where we are, for archives hold local time */
    z_stream      deflater; /* one for all parts: setting one up costs more than compressing a small part */
    bool          has_deflater;
    struct map    kept;     /* name of a common part -> struct packed */
};

struct zip_stream {
    struct zip_shared *shared;
    struct buf        *out;
    struct packed      packed;
};

struct zip_shared *zip_shared_new(struct arena *arena)
{
    struct zip_shared *shared = NEW(arena, struct zip_shared);
    shared->arena = arena;
    return shared;
}

/* What has to be given back, however the packing ends. */
struct packing {
    struct libzip lib;
    zip_source_t *target; /* the archive's bytes, in memory */
    zip_t        *archive;
    zip_error_t   error;
    bool          has_error;
};

static void *load_library(void)
{
    static const char *const names[] = { ZIP_SONAME, "libzip.so.4", "libzip.so.5", "libzip.so" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        void *library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
        if (library)
            return library;
    }
    return NULL;
}

/* ISO C has no cast from an object pointer to a function pointer; copying the bits is what POSIX promises. */
static bool find(void *library, const char *name, void *function, size_t size)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, size);
    return symbol != NULL;
}

static const char *load(struct zip_shared *shared)
{
    struct libzip *lib = &shared->lib;
    struct zlib *zlib = &shared->zlib;
    void *library = shared->loaded ? NULL : load_library();
    if (shared->loaded)
        return NULL;
    if (!library)
        return "libzip is needed to write .docx files and can not be loaded (tried " ZIP_SONAME ", libzip.so.4, libzip.so.5, libzip.so)";
#define FIND(in, name)                                                                                                    \
    if (!find(library, #name, &in->name, sizeof in->name))                                                               \
        return "libzip is too old to write .docx files, or made without zlib: it has no " #name;
#define FIND_ZIP(name, result, parameters) FIND(lib, name)
#define FIND_ZLIB(name, result, parameters) FIND(zlib, name)
    LIBZIP_FUNCTIONS(FIND_ZIP)
    ZLIB_FUNCTIONS(FIND_ZLIB)
    shared->date = mktime(&(struct tm){ .tm_year = 80, .tm_mday = 1, .tm_isdst = -1 });
    shared->loaded = true;
    return NULL;
}

static void release(void *handle)
{
    struct packing *packing = handle;
    if (packing->archive)
        packing->lib.zip_discard(packing->archive);
    if (packing->target)
        packing->lib.zip_source_free(packing->target);
    if (packing->has_error)
        packing->lib.zip_error_fini(&packing->error);
    packing->archive = NULL;
    packing->target = NULL;
    packing->has_error = false;
}

static const char *failure(struct arena *arena, struct packing *packing, const char *doing, zip_error_t *error)
{
    const char *why = error ? packing->lib.zip_error_strerror(error) : "no reason given";
    return str_print(arena, "packing the .docx file failed while %s: %s%c", doing, why, '\0').at;
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
    if (!problem)
        *stream = stream_new(arena, shared);
    return problem;
}

void zip_stream_put(struct zip_stream *stream, str bytes)
{
    enum { MOST = 1 << 30 }; /* zlib counts in unsigned int */
    while (bytes.len) {
        str piece = str_cut(bytes, 0, bytes.len < MOST ? bytes.len : MOST);
        stream->packed.crc = (zip_uint32_t)stream->shared->zlib.crc32(stream->packed.crc, (const Bytef *)piece.at, (uInt)piece.len);
        stream->packed.size += piece.len;
        deflate_piece(stream, piece, Z_NO_FLUSH);
        bytes = str_cut(bytes, piece.len, bytes.len);
    }
}

void zip_stream_close(struct zip_stream *stream)
{
    deflate_piece(stream, STR(""), Z_FINISH);
    stream->packed.bytes = buf_str(stream->out);
}

static const struct packed *deflate_all(struct arena *arena, struct zip_shared *shared, str data)
{
    struct zip_stream *stream = stream_new(arena, shared);
    zip_stream_put(stream, data);
    zip_stream_close(stream);
    return &stream->packed;
}

bool zip_knows(const struct zip_shared *shared, str common) { return map_get(&shared->kept, common) != NULL; }

/* A common part is compressed once and then remembered. */
static const struct packed *deflate_common(struct arena *arena, struct zip_shared *shared, const struct zip_part *part)
{
    struct packed *kept = NEW(shared->arena, struct packed);
    *kept = *deflate_all(arena, shared, part->data);
    kept->bytes = str_copy(shared->arena, kept->bytes);
    map_add(&shared->kept, shared->arena, str_copy(shared->arena, part->common), kept);
    return kept;
}

/* --- giving it to libzip --- */

struct reading {
    const struct packed *packed;
    time_t               date;
    size_t               at;
};

static zip_int64_t read_packed(struct reading *reading, void *data, zip_uint64_t room)
{
    size_t rest = reading->packed->bytes.len - reading->at, n = rest < room ? rest : (size_t)room;
    memcpy(data, reading->packed->bytes.at + reading->at, n);
    reading->at += n;
    return (zip_int64_t)n;
}

/* A source that says of itself that it is compressed: libzip copies it as it stands. */
static zip_int64_t stat_packed(const struct reading *reading, zip_stat_t *stat)
{
    const struct packed *packed = reading->packed;
    zip_uint64_t known = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD | ZIP_STAT_MTIME;
    *stat = (zip_stat_t){ .valid = packed->stored ? known : known | ZIP_STAT_CRC,
                          .size = packed->size, .comp_size = packed->bytes.len, .crc = packed->crc, .mtime = reading->date,
                          .comp_method = packed->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, .encryption_method = ZIP_EM_NONE };
    return sizeof *stat;
}

static zip_int64_t give_packed(void *state, void *data, zip_uint64_t room, zip_source_cmd_t command)
{
    struct reading *reading = state;
    switch (command) {
    case ZIP_SOURCE_OPEN:     reading->at = 0; return 0;
    case ZIP_SOURCE_READ:     return read_packed(reading, data, room);
    case ZIP_SOURCE_STAT:     return stat_packed(reading, data);
    case ZIP_SOURCE_ERROR:    memset(data, 0, 2 * sizeof(int)); return 2 * (zip_int64_t)sizeof(int);
    case ZIP_SOURCE_SUPPORTS: return ZIP_SOURCE_SUPPORTS_READABLE;
    default:                  return 0;
    }
}

/* --- one archive --- */

static const struct packed *store(struct arena *arena, str data)
{
    struct packed *packed = NEW(arena, struct packed);
    *packed = (struct packed){ .bytes = data, .size = data.len, .stored = true };
    return packed;
}

static const struct packed *packed_part(struct arena *arena, struct zip_shared *shared, const struct zip_part *part)
{
    const struct packed *kept = part->common.len ? map_get(&shared->kept, part->common) : NULL;
    if (kept || part->stream)
        return kept ? kept : &part->stream->packed;
    if (part->stored || part->data.len < STORED_BELOW)
        return store(arena, part->data);
    return part->common.len ? deflate_common(arena, shared, part) : deflate_all(arena, shared, part->data);
}

/* Nothing may jump once the source is made. */
static bool add(struct packing *packing, const char *name, struct reading *reading)
{
    const struct libzip *lib = &packing->lib;
    zip_source_t *source = lib->zip_source_function(packing->archive, give_packed, reading);
    if (!source)
        return false;
    zip_int64_t index = lib->zip_file_add(packing->archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        lib->zip_source_free(source);
        return false;
    }
    zip_int32_t method = reading->packed->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    return lib->zip_set_file_compression(packing->archive, (zip_uint64_t)index, method, DEFLATE_LEVEL) == 0
        && lib->zip_file_set_external_attributes(packing->archive, (zip_uint64_t)index, 0, ZIP_OPSYS_UNIX, UNIX_0644) == 0;
}

static bool add_part(struct packing *packing, struct arena *arena, struct zip_shared *shared, const struct zip_part *part)
{
    struct reading *reading = NEW(arena, struct reading);
    reading->packed = packed_part(arena, shared, part);
    reading->date = shared->date;
    return add(packing, str_c(arena, part->name), reading);
}

static bool open_archive(struct packing *packing)
{
    const struct libzip *lib = &packing->lib;
    lib->zip_error_init(&packing->error);
    packing->has_error = true;
    packing->target = lib->zip_source_buffer_create(NULL, 0, 0, &packing->error);
    if (!packing->target)
        return false;
    lib->zip_source_keep(packing->target); /* one reference for the archive, one for us to read from */
    packing->archive = lib->zip_open_from_source(packing->target, ZIP_CREATE | ZIP_TRUNCATE, &packing->error);
    if (!packing->archive)
        lib->zip_source_free(packing->target);
    return packing->archive != NULL;
}

static bool read_back(struct packing *packing, struct buf *out)
{
    const struct libzip *lib = &packing->lib;
    zip_stat_t stat;
    if (lib->zip_source_open(packing->target) != 0)
        return false;
    bool good = lib->zip_source_stat(packing->target, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE);
    if (good) {
        buf_reserve(out, (size_t)stat.size);
        zip_int64_t n = lib->zip_source_read(packing->target, out->at + out->len, stat.size);
        good = n >= 0 && (zip_uint64_t)n == stat.size;
        out->len += good ? (size_t)stat.size : 0;
    }
    lib->zip_source_close(packing->target);
    return good;
}

const char *zip_pack(struct arena *arena, struct zip_shared *shared, const struct zip_part *parts, size_t nparts, struct buf *out)
{
    struct packing *packing = NEW(arena, struct packing);
    const char *problem = load(shared);
    if (problem)
        return problem;
    packing->lib = shared->lib;
    arena_defer(arena, release, packing);
    if (!open_archive(packing))
        return failure(arena, packing, "starting", &packing->error);
    for (size_t i = 0; i < nparts; i++)
        if (!add_part(packing, arena, shared, &parts[i]))
            return failure(arena, packing, "adding a part", packing->lib.zip_get_error(packing->archive));
    if (packing->lib.zip_close(packing->archive) != 0)
        return failure(arena, packing, "compressing", packing->lib.zip_get_error(packing->archive));
    packing->archive = NULL;
    for (size_t i = 0; i < nparts; i++) /* libzip has a copy, and the archive becomes another */
        if (parts[i].stream)
            buf_free(parts[i].stream->out);
    if (!read_back(packing, out))
        return failure(arena, packing, "reading the result", packing->lib.zip_source_error(packing->target));
    release(packing);
    return NULL;
}
