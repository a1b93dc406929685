/* SPDX-License-Identifier: MIT */
/* Other programs, started without a shell. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/arena.h"

/* Where the first of [names], a list that ends with NULL, is on PATH; empty when none is. In [arena]. */
str program_find(struct arena *arena, const char *const *names);

enum process_end { PROCESS_EXITED, PROCESS_KILLED, PROCESS_LATE, PROCESS_NOT_STARTED };

/*
 * Runs [words], a list that ends with NULL whose first is a path, and waits, no longer than [seconds]: then it is ended with all that it started.
 * It reads nothing, and both of its outputs go to the file [said]. *status is its exit status, the signal that ended it, or the system's error.
 */
enum process_end process_run(struct arena *arena, const char *const *words, const char *said, int seconds, int *status);

#endif
