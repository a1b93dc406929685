/* SPDX-License-Identifier: MIT */
#include "base/library.h"
#include "write/zip_library.h"

/* The name that every release since 1.0 has. */
#ifdef __APPLE__
#define NAME "libz.1.dylib"
#else
#define NAME "libz.so.1"
#endif

const char *zip_library_load(struct zlib *zlib)
{
    static const char *const names[] = { NAME, NULL };
#define FIND(name, result, parameters) LIBRARY_FUNCTION(struct zlib, name),
    static const struct library_function functions[] = { ZLIB_FUNCTIONS(FIND) LIBRARY_END };
    return library_load(names, functions, zlib, "zlib is needed to write .docx files and can not be loaded (tried " NAME ")",
                        "the zlib that is here is too old to write .docx files");
}

const char *zip_library_about(void) { return "zlib is loaded (" NAME ")"; }
