/* SPDX-License-Identifier: MIT */
/*
 * What zip.c stands on: zlib, and something that puts compressed parts into an archive. Two files can be that, and the build takes one:
 * zip_libzip.c loads libzip and the zlib below it when the first archive is made; zip_linked.c is for `make STATIC=1`, where nothing can
 * be loaded: zlib is linked and the container, which is a few headers, is written here. Both give the same bytes.
 */
#ifndef WRITE_ZIP_LIBRARY_H
#define WRITE_ZIP_LIBRARY_H

#include <zlib.h>

#include "base/buf.h"

/* The functions of zlib that are used: name, result, parameters. */
#define ZLIB_FUNCTIONS(F)                                                                                                \
    F(deflateInit2_, int, (z_streamp, int, int, int, int, int, const char *, int))                                       \
    F(deflate, int, (z_streamp, int))                                                                                    \
    F(deflateReset, int, (z_streamp))                                                                                    \
    F(deflateEnd, int, (z_streamp))                                                                                      \
    F(crc32, uLong, (uLong, const Bytef *, uInt))

#define ZLIB_MEMBER(name, result, parameters) result(*name) parameters;
struct zlib {
    ZLIB_FUNCTIONS(ZLIB_MEMBER)
};

/* A part as an archive holds it. */
struct zip_packed {
    str      bytes;
    uint64_t size; /* before they were deflated */
    uint32_t crc;  /* of what was deflated; 0 for what is stored */
    bool     stored;
};

/* A part with its name in one archive. */
struct zip_entry {
    const char              *name;
    const struct zip_packed *packed;
    struct buf              *spent; /* where the bytes stand, to be given back when the archive has them; or NULL */
};

/* How hard deflating tries, which an archive tells. */
enum { ZIP_LEVEL = 3 };

/* Finds both; they serve for as long as [arena] lives. NULL, or what went wrong. */
struct zip_container;
const char *zip_container_load(struct arena *arena, struct zip_container **container, struct zlib *zlib);
/* What is in use, in words. */
const char *zip_container_about(const struct zip_container *container);
/* Appends an archive of the entries to [out]. NULL, or what went wrong, as text that lives in [arena]. */
const char *zip_container_write(struct arena *arena, const struct zip_container *container, const struct zip_entry *entries, size_t n,
                                struct buf *out);

#endif
