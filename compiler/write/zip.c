/* SPDX-License-Identifier: MIT */
#include "write/zip.h"

#include <dlfcn.h>
#include <zip.h>

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

/* Compressing shorter parts gains a few dozen bytes and takes as long as compressing ten times as many. */
enum { STORED_BELOW = 512 };

/* 1980-01-01 00:00 in the format of the archive. */
enum { DOS_DATE = 0x21, DOS_TIME = 0 };

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
    F(zip_source_buffer, zip_source_t *, (zip_t *, const void *, zip_uint64_t, int))                                     \
    F(zip_source_function, zip_source_t *, (zip_t *, zip_source_callback, void *))                                       \
    F(zip_stat_index, int, (zip_t *, zip_uint64_t, zip_flags_t, zip_stat_t *))                                           \
    F(zip_fopen_index, zip_file_t *, (zip_t *, zip_uint64_t, zip_flags_t))                                               \
    F(zip_fread, zip_int64_t, (zip_file_t *, void *, zip_uint64_t))                                                      \
    F(zip_fclose, int, (zip_file_t *))                                                                                   \
    F(zip_file_add, zip_int64_t, (zip_t *, const char *, zip_source_t *, zip_flags_t))                                   \
    F(zip_set_file_compression, int, (zip_t *, zip_uint64_t, zip_int32_t, zip_uint32_t))                                 \
    F(zip_file_set_dostime, int, (zip_t *, zip_uint64_t, zip_uint16_t, zip_uint16_t, zip_flags_t))                       \
    F(zip_file_set_external_attributes, int, (zip_t *, zip_uint64_t, zip_flags_t, zip_uint8_t, zip_uint32_t))            \
    F(zip_close, int, (zip_t *))                                                                                         \
    F(zip_discard, void, (zip_t *))                                                                                      \
    F(zip_get_error, zip_error_t *, (zip_t *))                                                                           \
    F(zip_error_init, void, (zip_error_t *))                                                                             \
    F(zip_error_fini, void, (zip_error_t *))                                                                             \
    F(zip_error_strerror, const char *, (zip_error_t *))

#define MEMBER(name, result, parameters) result(*name) parameters;
struct libzip {
    LIBZIP_FUNCTIONS(MEMBER)
};

/* A common part as an archive holds it. */
struct kept {
    str          deflated;
    zip_uint64_t size; /* before */
    zip_uint32_t crc;
};

struct zip_shared {
    struct arena *arena;
    struct libzip lib;
    bool          loaded;
    struct map    kept; /* contents of a part -> struct kept */
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
    void *library = shared->loaded ? NULL : load_library();
    if (shared->loaded)
        return NULL;
    if (!library)
        return "libzip is needed to write .docx files and can not be loaded (tried " ZIP_SONAME ", libzip.so.4, libzip.so.5, libzip.so)";
#define FIND(name, result, parameters)                                                                                   \
    if (!find(library, #name, &lib->name, sizeof lib->name))                                                             \
        return "libzip is too old to write .docx files: it has no " #name;
    LIBZIP_FUNCTIONS(FIND)
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

/* --- common parts --- */

struct reading {
    const struct kept *kept;
    size_t             at;
};

static zip_int64_t read_kept(struct reading *reading, void *data, zip_uint64_t room)
{
    size_t rest = reading->kept->deflated.len - reading->at, n = rest < room ? rest : (size_t)room;
    memcpy(data, reading->kept->deflated.at + reading->at, n);
    reading->at += n;
    return (zip_int64_t)n;
}

static zip_int64_t stat_kept(const struct kept *kept, zip_stat_t *stat)
{
    *stat = (zip_stat_t){ .valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC | ZIP_STAT_ENCRYPTION_METHOD,
                          .size = kept->size, .comp_size = kept->deflated.len, .crc = kept->crc,
                          .comp_method = ZIP_CM_DEFLATE, .encryption_method = ZIP_EM_NONE };
    return sizeof *stat;
}

/* A source that says of itself that it is compressed: libzip copies it as it stands. */
static zip_int64_t give_kept(void *state, void *data, zip_uint64_t room, zip_source_cmd_t command)
{
    struct reading *reading = state;
    switch (command) {
    case ZIP_SOURCE_OPEN:     reading->at = 0; return 0;
    case ZIP_SOURCE_READ:     return read_kept(reading, data, room);
    case ZIP_SOURCE_STAT:     return stat_kept(reading->kept, data);
    case ZIP_SOURCE_ERROR:    memset(data, 0, 2 * sizeof(int)); return 2 * (zip_int64_t)sizeof(int);
    case ZIP_SOURCE_SUPPORTS: return ZIP_SOURCE_SUPPORTS_READABLE;
    default:                  return 0;
    }
}

static bool is_news(const struct zip_shared *shared, const struct zip_part *part)
{
    return part->common && part->data.len >= STORED_BELOW && !map_get(&shared->kept, part->data);
}

/* Reads what part [index] of the finished archive became. Nothing may jump while it is open. */
static bool read_deflated(struct packing *packing, zip_uint64_t index, struct kept *kept, char *room)
{
    const struct libzip *lib = &packing->lib;
    zip_file_t *file = lib->zip_fopen_index(packing->archive, index, ZIP_FL_COMPRESSED);
    if (!file)
        return false;
    zip_int64_t n = lib->zip_fread(file, room, kept->deflated.len);
    lib->zip_fclose(file);
    return n >= 0 && (size_t)n == kept->deflated.len;
}

static void keep(struct packing *packing, struct zip_shared *shared, const struct zip_part *part, zip_uint64_t index)
{
    zip_stat_t stat;
    if (packing->lib.zip_stat_index(packing->archive, index, 0, &stat) != 0 || stat.comp_method != ZIP_CM_DEFLATE)
        return;
    struct kept *kept = NEW(shared->arena, struct kept);
    char *room = arena_alloc(shared->arena, (size_t)stat.comp_size, 1);
    *kept = (struct kept){ { room, (size_t)stat.comp_size }, stat.size, stat.crc };
    str contents = str_copy(shared->arena, part->data);
    if (read_deflated(packing, index, kept, room))
        map_add(&shared->kept, shared->arena, contents, kept);
}

/* Remembers the common parts of a finished archive. What can not be read back is compressed again next time. */
static void keep_common(struct packing *packing, struct zip_shared *shared, const struct zip_part *parts, size_t nparts)
{
    const struct libzip *lib = &packing->lib;
    size_t news = 0;
    for (size_t i = 0; i < nparts; i++)
        news += is_news(shared, &parts[i]);
    if (news == 0)
        return;
    lib->zip_source_keep(packing->target);
    packing->archive = lib->zip_open_from_source(packing->target, ZIP_RDONLY, &packing->error);
    if (!packing->archive) {
        lib->zip_source_free(packing->target);
        return;
    }
    for (size_t i = 0; i < nparts; i++)
        if (is_news(shared, &parts[i]))
            keep(packing, shared, &parts[i], i);
    lib->zip_discard(packing->archive);
    packing->archive = NULL;
}

/* --- one archive --- */

static bool add(struct packing *packing, struct arena *arena, const struct zip_shared *shared, const struct zip_part *part)
{
    const struct libzip *lib = &packing->lib;
    const char *name = str_c(arena, part->name); /* may jump: before the source is made */
    struct reading *reading = NEW(arena, struct reading);
    reading->kept = part->common ? map_get(&shared->kept, part->data) : NULL;
    zip_source_t *source = reading->kept ? lib->zip_source_function(packing->archive, give_kept, reading)
                                         : lib->zip_source_buffer(packing->archive, part->data.at, part->data.len, 0);
    if (!source)
        return false;
    zip_int64_t index = lib->zip_file_add(packing->archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        lib->zip_source_free(source);
        return false;
    }
    zip_uint64_t at = (zip_uint64_t)index;
    zip_int32_t method = part->data.len < STORED_BELOW ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    return lib->zip_set_file_compression(packing->archive, at, method, DEFLATE_LEVEL) == 0
        && lib->zip_file_set_dostime(packing->archive, at, DOS_TIME, DOS_DATE, 0) == 0
        && lib->zip_file_set_external_attributes(packing->archive, at, 0, ZIP_OPSYS_UNIX, UNIX_0644) == 0;
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
        if (!add(packing, arena, shared, &parts[i]))
            return failure(arena, packing, "adding a part", packing->lib.zip_get_error(packing->archive));
    if (packing->lib.zip_close(packing->archive) != 0)
        return failure(arena, packing, "compressing", packing->lib.zip_get_error(packing->archive));
    packing->archive = NULL;
    if (!read_back(packing, out))
        return failure(arena, packing, "reading the result", packing->lib.zip_source_error(packing->target));
    keep_common(packing, shared, parts, nparts);
    release(packing);
    return NULL;
}
