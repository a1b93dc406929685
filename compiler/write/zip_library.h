/* SPDX-License-Identifier: MIT */
/*
 * What zip.c stands on: libdeflate, and zlib for parts too long to be held whole. Two files can give them, and the build takes one:
 * zip_loaded.c loads them when the first archive is made, because linking them would make every start of the program slower;
 * zip_linked.c is for `make STATIC=1`, where nothing can be loaded.
 */
#ifndef WRITE_ZIP_LIBRARY_H
#define WRITE_ZIP_LIBRARY_H

#include <libdeflate.h>
#include <zlib.h>

/* The functions that are used: name, result, parameters. */
#define LIBDEFLATE_FUNCTIONS(F)                                                                                          \
    F(libdeflate_alloc_compressor, struct libdeflate_compressor *, (int))                                                \
    F(libdeflate_free_compressor, void, (struct libdeflate_compressor *))                                                \
    F(libdeflate_deflate_compress, size_t, (struct libdeflate_compressor *, const void *, size_t, void *, size_t))       \
    F(libdeflate_deflate_compress_bound, size_t, (struct libdeflate_compressor *, size_t))                               \
    F(libdeflate_crc32, uint32_t, (uint32_t, const void *, size_t))
#define ZLIB_FUNCTIONS(F)                                                                                                \
    F(deflateInit2_, int, (z_streamp, int, int, int, int, int, const char *, int))                                       \
    F(deflate, int, (z_streamp, int))                                                                                    \
    F(deflateReset, int, (z_streamp))                                                                                    \
    F(deflateEnd, int, (z_streamp))

#define ZIP_LIBRARY_MEMBER(name, result, parameters) result(*name) parameters;
struct zip_library {
    LIBDEFLATE_FUNCTIONS(ZIP_LIBRARY_MEMBER)
    ZLIB_FUNCTIONS(ZIP_LIBRARY_MEMBER)
};

/* Finds the functions, which stay for the life of the process. NULL, or what went wrong. */
const char *zip_library_load(struct zip_library *library);
/* What is in use, in words. */
const char *zip_library_about(void);

#endif
