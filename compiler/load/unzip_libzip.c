/* SPDX-License-Identifier: MIT */
/* By libzip, loaded when the first archive is read. */
#include "load/unzip.h"

#include <zip.h>

#include "base/library.h"

#ifndef ZIP_SONAME
#define ZIP_SONAME "libzip.so.4"
#endif

/* The functions of libzip that are used: name, result, parameters. */
#define LIBZIP_FUNCTIONS(F)                                                                                              \
    F(zip_source_buffer_create, zip_source_t *, (const void *, zip_uint64_t, int, zip_error_t *))                        \
    F(zip_source_free, void, (zip_source_t *))                                                                           \
    F(zip_open_from_source, zip_t *, (zip_source_t *, int, zip_error_t *))                                               \
    F(zip_get_num_entries, zip_int64_t, (zip_t *, zip_flags_t))                                                          \
    F(zip_stat_index, int, (zip_t *, zip_uint64_t, zip_flags_t, zip_stat_t *))                                           \
    F(zip_fopen_index, zip_file_t *, (zip_t *, zip_uint64_t, zip_flags_t))                                               \
    F(zip_fread, zip_int64_t, (zip_file_t *, void *, zip_uint64_t))                                                      \
    F(zip_fclose, int, (zip_file_t *))                                                                                   \
    F(zip_discard, void, (zip_t *))

#define MEMBER(name, result, parameters) result(*name) parameters;
struct libzip {
    LIBZIP_FUNCTIONS(MEMBER)
};

struct unzip {
    struct libzip lib;
    zip_t        *zip;
    zip_file_t   *file; /* being read */
};

static const char *load(struct libzip *lib)
{
    static const char *const names[] = { ZIP_SONAME, "libzip.so.4", "libzip.so.5", "libzip.so", NULL };
#define FIND(name, result, parameters) LIBRARY_FUNCTION(struct libzip, name),
    static const struct library_function functions[] = { LIBZIP_FUNCTIONS(FIND) LIBRARY_END };
    return library_load(names, functions, lib, "needs libzip to be read, which can not be loaded (tried " ZIP_SONAME ", libzip.so.4, libzip.so.5, libzip.so)",
                        "needs a newer libzip to be read");
}

void unzip_end(struct unzip *unzip)
{
    if (unzip->file)
        unzip->lib.zip_fclose(unzip->file);
    unzip->file = NULL;
}

static void close_archive(void *handle)
{
    struct unzip *unzip = handle;
    unzip_end(unzip);
    if (unzip->zip)
        unzip->lib.zip_discard(unzip->zip);
    unzip->zip = NULL;
}

const char *unzip_open(struct arena *arena, str bytes, struct unzip **out)
{
    struct unzip *unzip = NEW(arena, struct unzip);
    const char *problem = load(&unzip->lib);
    if (problem)
        return problem;
    arena_defer(arena, close_archive, unzip);
    zip_source_t *source = unzip->lib.zip_source_buffer_create(bytes.at, bytes.len, 0, NULL);
    if (!source)
        memory_exhausted(arena->memory);
    unzip->zip = unzip->lib.zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (!unzip->zip) {
        unzip->lib.zip_source_free(source);
        return "is no Word document, or a damaged one";
    }
    *out = unzip;
    return NULL;
}

uint64_t unzip_count(const struct unzip *unzip)
{
    zip_int64_t count = unzip->lib.zip_get_num_entries(unzip->zip, 0);
    return count > 0 ? (uint64_t)count : 0;
}

bool unzip_part(struct unzip *unzip, uint64_t index, struct unzip_part *part)
{
    zip_stat_t stat;
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (unzip->lib.zip_stat_index(unzip->zip, index, 0, &stat) != 0 || (stat.valid & needed) != needed)
        return false;
    *part = (struct unzip_part){ str_of(stat.name), stat.size, stat.encryption_method != ZIP_EM_NONE,
                                 stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE };
    return true;
}

bool unzip_begin(struct unzip *unzip, uint64_t index)
{
    unzip->file = unzip->lib.zip_fopen_index(unzip->zip, index, 0);
    return unzip->file != NULL;
}

int64_t unzip_read(struct unzip *unzip, char *into, size_t room) { return unzip->lib.zip_fread(unzip->file, into, room); }
