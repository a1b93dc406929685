/* SPDX-License-Identifier: MIT */
/*
 * What archive.c stands on: the list of a ZIP archive's parts, and one of them at a time, unpacked piece by piece. Two files can be that, and
 * the build takes one: unzip_libzip.c loads libzip, unzip_linked.c is for `make STATIC=1`, where nothing can be loaded: zlib is linked, and
 * the lists are read here. What an archive says of itself is checked for being possible, never for being wise: limits are archive.c's.
 */
#ifndef LOAD_UNZIP_H
#define LOAD_UNZIP_H

#include "base/arena.h"

struct unzip;

struct unzip_part {
    str      name;      /* as the archive has it; lives as long as the archive */
    uint64_t size;      /* that it is said to have when it is unpacked */
    bool     encrypted;
    bool     foreign;   /* neither stored nor deflated */
};

/* Opens [bytes], which must outlive [arena]. NULL, or why not. */
const char *unzip_open(struct arena *arena, str bytes, struct unzip **unzip);
uint64_t unzip_count(const struct unzip *unzip);
/* The part of that number; false when the list is damaged there. */
bool unzip_part(struct unzip *unzip, uint64_t index, struct unzip_part *part);
/* Begins to unpack a part, one at a time; false when it is damaged. */
bool unzip_begin(struct unzip *unzip, uint64_t index);
/* Up to [room] more bytes; 0 at the end, if what came is what the archive says of it; below 0: it is damaged. */
int64_t unzip_read(struct unzip *unzip, char *into, size_t room);
void unzip_end(struct unzip *unzip);

#endif
