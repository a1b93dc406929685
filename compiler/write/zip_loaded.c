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
    void *library = library_open(names);
    if (!library)
        return "zlib is needed to write .docx files and can not be loaded (tried " NAME ")";
#define FIND(name, result, parameters)                                                                                   \
    if (!library_find(library, #name, &zlib->name, sizeof zlib->name))                                                   \
        return "the zlib that is here can not write .docx files: it has no " #name;
    ZLIB_FUNCTIONS(FIND)
    return NULL;
}

const char *zip_library_about(void) { return "zlib is loaded (" NAME ")"; }
