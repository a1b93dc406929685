/* SPDX-License-Identifier: MIT */
/*
 * Shared libraries that are loaded when they are first needed, so that a run that does without does not pay for them.
 * They stay loaded for the life of the process.
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stddef.h>

/* A function of a library, and where its pointer goes in the struct of those that are used. */
struct library_function {
    const char *name;
    size_t      offset;
};
/* A row of a list F(name, result, parameters) of functions as one of those; the list ends with LIBRARY_END. */
#define LIBRARY_FUNCTION(struct_name, name) { #name, offsetof(struct_name, name) }
#define LIBRARY_END { NULL, 0 }

/*
 * Loads the first of [names] that can be, a list that ends with NULL, and fills the struct [into] with its [functions]. Returns NULL,
 * [absent] where no such library is there, or [other] where it lacks one of the functions.
 */
const char *library_load(const char *const *names, const struct library_function *functions, void *into, const char *absent, const char *other);

#endif
