/* SPDX-License-Identifier: MIT */
/* The container by libzip, loaded when the first archive is made. */
#include <time.h>
#include <zip.h>

#include "base/library.h"
#include "write/zip_library.h"

/* The name the build found; other releases of the library keep the functions used here. */
#ifndef ZIP_SONAME
#define ZIP_SONAME "libzip.so.4"
#endif

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

#define MEMBER(name, result, parameters) result(*name) parameters;
struct libzip {
    LIBZIP_FUNCTIONS(MEMBER)
};

struct zip_container {
    struct libzip lib;
    time_t        date; /* of all parts: 1980-01-01 00:00 where we are, for archives hold local time */
};

/* What has to be given back, however the packing ends. */
struct packing {
    struct libzip lib;
    zip_source_t *target; /* the archive's bytes, in memory */
    zip_t        *archive;
    zip_error_t   error;
    bool          has_error;
};

const char *zip_container_load(struct arena *arena, struct zip_container **container, struct zlib *zlib)
{
    struct zip_container *made = NEW(arena, struct zip_container);
    struct libzip *lib = &made->lib;
    static const char *const names[] = { ZIP_SONAME, "libzip.so.4", "libzip.so.5", "libzip.so", NULL };
    void *library = library_open(names);
    if (!library)
        return "libzip is needed to write .docx files and can not be loaded (tried " ZIP_SONAME ", libzip.so.4, libzip.so.5, libzip.so)";
#define FIND(in, name)                                                                                                    \
    if (!library_find(library, #name, &in->name, sizeof in->name))                                                       \
        return "libzip is too old to write .docx files, or made without zlib: it has no " #name;
#define FIND_ZIP(name, result, parameters) FIND(lib, name)
#define FIND_ZLIB(name, result, parameters) FIND(zlib, name) /* libzip stands on zlib: its handle knows both */
    LIBZIP_FUNCTIONS(FIND_ZIP)
    ZLIB_FUNCTIONS(FIND_ZLIB)
    made->date = mktime(&(struct tm){ .tm_year = 80, .tm_mday = 1, .tm_isdst = -1 });
    *container = made;
    return NULL;
}

const char *zip_container_about(const struct zip_container *container)
{
    (void)container;
    return "libzip is loaded (" ZIP_SONAME ")";
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

struct reading {
    const struct zip_packed *packed;
    time_t                   date;
    size_t                   at;
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
    const struct zip_packed *packed = reading->packed;
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
    return lib->zip_set_file_compression(packing->archive, (zip_uint64_t)index, method, ZIP_LEVEL) == 0
        && lib->zip_file_set_external_attributes(packing->archive, (zip_uint64_t)index, 0, ZIP_OPSYS_UNIX, UNIX_0644) == 0;
}

static bool add_entry(struct packing *packing, struct arena *arena, const struct zip_container *container, const struct zip_entry *entry)
{
    struct reading *reading = NEW(arena, struct reading);
    *reading = (struct reading){ entry->packed, container->date, 0 };
    return add(packing, entry->name, reading);
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

const char *zip_container_write(struct arena *arena, const struct zip_container *container, const struct zip_entry *entries, size_t n,
                                struct buf *out)
{
    struct packing *packing = NEW(arena, struct packing);
    packing->lib = container->lib;
    arena_defer(arena, release, packing);
    if (!open_archive(packing))
        return failure(arena, packing, "starting", &packing->error);
    for (size_t i = 0; i < n; i++)
        if (!add_entry(packing, arena, container, &entries[i]))
            return failure(arena, packing, "adding a part", packing->lib.zip_get_error(packing->archive));
    if (packing->lib.zip_close(packing->archive) != 0)
        return failure(arena, packing, "compressing", packing->lib.zip_get_error(packing->archive));
    packing->archive = NULL;
    for (size_t i = 0; i < n; i++) /* libzip has a copy, and the archive becomes another */
        if (entries[i].spent)
            buf_free(entries[i].spent);
    if (!read_back(packing, out))
        return failure(arena, packing, "reading the result", packing->lib.zip_source_error(packing->target));
    release(packing);
    return NULL;
}
