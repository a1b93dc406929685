/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE 1 /* madvise() and its constants are no part of POSIX */
#include "base/pages.h"

#include <stdlib.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

void *pages_new(size_t size)
{
    void *at = aligned_alloc(LARGE_PAGE, size);
#ifdef MADV_HUGEPAGE
    if (at)
        (void)madvise(at, size, MADV_HUGEPAGE); /* a wish */
#endif
    return at;
}
