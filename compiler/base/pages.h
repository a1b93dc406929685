/* SPDX-License-Identifier: MIT */
/* Memory in pieces of whole large pages: the first touch of each is one fault instead of five hundred, which cost more than a small check. */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

enum { LARGE_PAGE = 2 * 1024 * 1024 };

/* [size] bytes, a multiple of LARGE_PAGE, not zeroed; where the system has no large pages, they are small ones. NULL when there are none; free() gives them back. */
void *pages_new(size_t size);

#endif
