/* SPDX-License-Identifier: MIT */
/*
 * Shared libraries that are loaded when they are first needed, so that a run that does without does not pay for them.
 * They stay loaded for the life of the process.
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* The first of [names] that can be loaded, a list that ends with NULL; NULL when none can. */
void *library_open(const char *const *names);
/* Puts the function called [name] into the pointer at [function]; false when the library has none. */
bool library_find(void *library, const char *name, void *function, size_t size);

#endif
