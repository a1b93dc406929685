/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "write/zip_library.h"

const char *zip_library_load(struct zip_library *library)
{
#define LINK(name, result, parameters) library->name = name;
    LIBDEFLATE_FUNCTIONS(LINK)
    ZLIB_FUNCTIONS(LINK)
    return NULL;
}

const char *zip_library_about(void) { return "everything is in the program"; }
