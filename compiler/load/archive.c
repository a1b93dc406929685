/* SPDX-License-Identifier: MIT */
#include "load/archive.h"

#include <zip.h>

#include "base/library.h"
#include "base/limits.h"

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

struct part {
    str      name;
    uint64_t index, size;
};

struct archive {
    struct libzip lib;
    zip_t        *zip;
    zip_file_t   *file;  /* being read */
    struct map    parts; /* name in lower case -> struct part: the format does not tell case apart */
    size_t        unpacked;
};

static const char *load(struct libzip *lib)
{
    static const char *const names[] = { ZIP_SONAME, "libzip.so.4", "libzip.so.5", "libzip.so", NULL };
    void *library = library_open(names);
    if (!library)
        return "needs libzip to be read, which can not be loaded (tried " ZIP_SONAME ", libzip.so.4, libzip.so.5, libzip.so)";
#define FIND(name, result, parameters)                                                                                   \
    if (!library_find(library, #name, &lib->name, sizeof lib->name))                                                     \
        return "needs a newer libzip to be read: this one has no " #name;
    LIBZIP_FUNCTIONS(FIND)
    return NULL;
}

static void close_archive(void *handle)
{
    struct archive *archive = handle;
    if (archive->file)
        archive->lib.zip_fclose(archive->file);
    if (archive->zip)
        archive->lib.zip_discard(archive->zip);
    archive->file = NULL;
    archive->zip = NULL;
}

static str lower(struct arena *arena, str name)
{
    char *out = NEWS(arena, char, name.len + 1);
    for (size_t i = 0; i < name.len; i++)
        out[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] + 32) : name.at[i];
    return (str){ out, name.len };
}

/* Relative, downwards, printable. */
static bool is_safe(str name)
{
    str rest = name, step;
    if (!name.len || name.at[0] == '/' || utf8_invalid_at(name) < name.len)
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.at[i] < 0x20 || name.at[i] == '\\' || name.at[i] == ':')
            return false;
    while (str_split(&rest, '/', &step))
        if (str_eq(step, STR("..")) || str_eq(step, STR(".")))
            return false;
    return true;
}

static const char *enter(struct archive *archive, struct arena *arena, uint64_t index)
{
    zip_stat_t stat;
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (archive->lib.zip_stat_index(archive->zip, index, 0, &stat) != 0 || (stat.valid & needed) != needed)
        return "is damaged: its list of parts can not be read";
    if (!is_safe(str_of(stat.name)))
        return "holds a part whose name leads out of the file";
    if (stat.encryption_method != ZIP_EM_NONE)
        return "is protected by a password";
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return "is packed in a way that Word does not use";
    struct part *part = NEW(arena, struct part);
    *part = (struct part){ str_copy(arena, str_of(stat.name)), index, stat.size };
    return map_add(&archive->parts, arena, lower(arena, part->name), part) ? "holds two parts of the same name" : NULL;
}

const char *archive_open(struct arena *arena, str bytes, struct archive **out)
{
    struct archive *archive = NEW(arena, struct archive);
    const char *problem = load(&archive->lib);
    if (problem)
        return problem;
    arena_defer(arena, close_archive, archive);
    zip_source_t *source = archive->lib.zip_source_buffer_create(bytes.at, bytes.len, 0, NULL);
    if (!source)
        memory_exhausted(arena->memory);
    archive->zip = archive->lib.zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (!archive->zip) {
        archive->lib.zip_source_free(source);
        return "is no Word document, or a damaged one";
    }
    zip_int64_t count = archive->lib.zip_get_num_entries(archive->zip, 0);
    if (count > LIMIT_ARCHIVE_PARTS)
        return "holds more than 1,000 parts";
    for (zip_int64_t i = 0; i < count && !problem; i++)
        problem = enter(archive, arena, (uint64_t)i);
    *out = archive;
    return problem;
}

static struct part *find(const struct archive *archive, str name)
{
    char low[256];
    if (name.len >= sizeof low)
        return NULL;
    for (size_t i = 0; i < name.len; i++)
        low[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] + 32) : name.at[i];
    return map_get(&archive->parts, (str){ low, name.len });
}

bool archive_has(const struct archive *archive, str name) { return find(archive, name) != NULL; }

str archive_name(const struct archive *archive, size_t n)
{
    return n < archive->parts.len ? ((const struct part *)archive->parts.entries[n].value)->name : (str){ 0 };
}

/* To the end, where libzip compares the checksum. */
static const char *unpack(struct archive *archive, struct buf *out, size_t most)
{
    enum { ROOM = 1 << 16 };
    for (;;) {
        buf_reserve(out, ROOM);
        zip_int64_t n = archive->lib.zip_fread(archive->file, out->at + out->len, ROOM);
        if (n < 0)
            return "is damaged";
        if (n == 0)
            return NULL;
        out->len += (size_t)n;
        archive->unpacked += (size_t)n;
        if (out->len > most || archive->unpacked > LIMIT_ARCHIVE_UNPACKED)
            return "becomes too large when it is unpacked";
    }
}

const char *archive_read(struct archive *archive, struct arena *arena, str name, size_t most, str *bytes)
{
    const struct part *part = find(archive, name);
    if (!part)
        return "is not there";
    if (part->size > most || part->size > LIMIT_ARCHIVE_UNPACKED)
        return "becomes too large when it is unpacked";
    struct buf *out = buf_new(arena);
    archive->file = archive->lib.zip_fopen_index(archive->zip, part->index, 0);
    const char *problem = archive->file ? unpack(archive, out, most) : "is damaged";
    if (archive->file)
        archive->lib.zip_fclose(archive->file);
    archive->file = NULL;
    *bytes = buf_str(out);
    return problem;
}
