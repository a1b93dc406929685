/* SPDX-License-Identifier: MIT */
#include "base/library.h"
#include "write/zip_library.h"

/* The names that every release since libdeflate 1.0 and zlib 1.0 has. */
#ifdef __APPLE__
#define LIBDEFLATE "libdeflate.0.dylib"
#define ZLIB "libz.1.dylib"
#else
#define LIBDEFLATE "libdeflate.so.0"
#define ZLIB "libz.so.1"
#endif

static const char *load_libdeflate(struct zip_library *library)
{
    static const char *const names[] = { LIBDEFLATE, NULL };
#define FIND(name, result, parameters) LIBRARY_FUNCTION(struct zip_library, name),
    static const struct library_function functions[] = { LIBDEFLATE_FUNCTIONS(FIND) LIBRARY_END };
    return library_load(names, functions, library, "libdeflate is needed to write .docx files and can not be loaded (tried " LIBDEFLATE ")",
                        "the libdeflate that is here is too old to write .docx files");
}

static const char *load_zlib(struct zip_library *library)
{
    static const char *const names[] = { ZLIB, NULL };
    static const struct library_function functions[] = { ZLIB_FUNCTIONS(FIND) LIBRARY_END };
    return library_load(names, functions, library, "zlib is needed to write .docx files and can not be loaded (tried " ZLIB ")",
                        "the zlib that is here is too old to write .docx files");
}

const char *zip_library_load(struct zip_library *library)
{
    const char *problem = load_libdeflate(library);
    return problem ? problem : load_zlib(library);
}

const char *zip_library_about(void) { return "libdeflate and zlib are loaded (" LIBDEFLATE ", " ZLIB ")"; }
