/* SPDX-License-Identifier: MIT */
#include "load/archive.h"

#include "base/limits.h"
#include "load/unzip.h"

struct part {
    str      name;
    uint64_t index, size;
};

struct archive {
    struct unzip *zip;
    struct map    parts; /* name in lower case -> struct part: the format does not tell case apart */
    size_t        unpacked;
};

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
    struct unzip_part entry;
    if (!unzip_part(archive->zip, index, &entry))
        return "is damaged: its list of parts can not be read";
    if (!is_safe(entry.name))
        return "holds a part whose name leads out of the file";
    if (entry.encrypted)
        return "is protected by a password";
    if (entry.foreign)
        return "is packed in a way that Word does not use";
    struct part *part = NEW(arena, struct part);
    *part = (struct part){ str_copy(arena, entry.name), index, entry.size };
    return map_add(&archive->parts, arena, lower(arena, part->name), part) ? "holds two parts of the same name" : NULL;
}

const char *archive_open(struct arena *arena, str bytes, struct archive **out)
{
    struct archive *archive = NEW(arena, struct archive);
    const char *problem = unzip_open(arena, bytes, &archive->zip);
    if (problem)
        return problem;
    uint64_t count = unzip_count(archive->zip);
    if (count > LIMIT_ARCHIVE_PARTS)
        return "holds more than 1,000 parts";
    for (uint64_t i = 0; i < count && !problem; i++)
        problem = enter(archive, arena, i);
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

/* To the end, where the checksum is compared. */
static const char *unpack(struct archive *archive, struct buf *out, size_t most)
{
    enum { ROOM = 1 << 16 };
    for (;;) {
        buf_reserve(out, ROOM);
        int64_t n = unzip_read(archive->zip, out->at + out->len, ROOM);
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
    const char *problem = unzip_begin(archive->zip, part->index) ? unpack(archive, out, most) : "is damaged";
    unzip_end(archive->zip);
    *bytes = buf_str(out);
    return problem;
}
