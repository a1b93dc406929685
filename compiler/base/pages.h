/* SPDX-License-Identifier: MIT */
/* Memory that comes many pages at once: a fault for each that is touched would cost more than a small check. */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

enum { LARGE_PAGE = 2 * 1024 * 1024 };

/*
 * [size] bytes, a multiple of 64 KB, not zeroed. Below LARGE_PAGE all of it is there from the start; a multiple of LARGE_PAGE comes in such pages where the system
 * has them. It stands apart from what malloc() has, so that it keeps no hole there from being given back. NULL when there is no memory; pages_free() ends it.
 */
void *pages_new(size_t size);
void pages_free(void *pages, size_t size);

#endif
