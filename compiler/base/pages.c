/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE 1 /* madvise() and its constants are no part of POSIX */
#include "base/pages.h"

#ifdef __linux__
#include <stdint.h>
#include <sys/mman.h>

/* A wish to the system; where it does not know it, the pages come one by one as they are touched. */
static void at_once(void *pages, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    (void)madvise(pages, size, size < LARGE_PAGE ? MADV_POPULATE_WRITE : MADV_HUGEPAGE);
#else
    (void)madvise(pages, size, MADV_HUGEPAGE);
#endif
}

void *pages_new(size_t size)
{
    size_t more = size < LARGE_PAGE ? 0 : LARGE_PAGE; /* so that there is a place in it where a large page may begin */
    char *at = mmap(NULL, size + more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return NULL;
    size_t before = more ? (size_t)(-(uintptr_t)at) & (LARGE_PAGE - 1) : 0;
    if (before)
        munmap(at, before);
    if (more > before)
        munmap(at + before + size, more - before);
    at_once(at + before, size);
    return at + before;
}

void pages_free(void *pages, size_t size) { munmap(pages, size); }
#else
#include <stdlib.h>

void *pages_new(size_t size) { return malloc(size); }

void pages_free(void *pages, size_t size)
{
    (void)size;
    free(pages);
}
#endif
