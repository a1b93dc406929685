/* SPDX-License-Identifier: MIT */
/*
 * What zip.c stands on: zlib. Two files can give it, and the build takes one: zip_loaded.c loads it when the first archive is made,
 * because linking it would make every start of the program a tenth slower; zip_linked.c is for `make STATIC=1`, where nothing can be loaded.
 */
#ifndef WRITE_ZIP_LIBRARY_H
#define WRITE_ZIP_LIBRARY_H

#include <zlib.h>

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

/* Finds the functions, which stay for the life of the process. NULL, or what went wrong. */
const char *zip_library_load(struct zlib *zlib);
/* What is in use, in words. */
const char *zip_library_about(void);

#endif
