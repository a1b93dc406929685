/* SPDX-License-Identifier: MIT */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

static void *open_first(const char *const *names)
{
    for (; *names; names++) {
        void *library = dlopen(*names, RTLD_LAZY | RTLD_LOCAL);
        if (library)
            return library;
    }
    return NULL;
}

/* ISO C has no cast from an object pointer to a function pointer; copying the bits is what POSIX promises. */
const char *library_load(const char *const *names, const struct library_function *functions, void *into, const char *absent, const char *other)
{
    void *library = open_first(names);
    if (!library)
        return absent;
    for (; functions->name; functions++) {
        void *symbol = dlsym(library, functions->name);
        if (!symbol)
            return other;
        memcpy((char *)into + functions->offset, &symbol, sizeof symbol);
    }
    return NULL;
}
