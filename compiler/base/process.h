/* SPDX-License-Identifier: MIT */
/* Other programs, started without a shell. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <spawn.h>

#include "base/arena.h"

/* Where the first of [names], a list that ends with NULL, is on PATH; empty when none is. In [arena]. */
str program_find(struct arena *arena, const char *const *names);

/*
 * posix_spawnp() with no signal held in the child, although some may be here, and with [alone] in a process group of its own. 0, or the
 * system's error.
 */
int process_start(pid_t *pid, char *const argv[], char *const envp[], const posix_spawn_file_actions_t *actions, bool alone);

enum process_end { PROCESS_EXITED, PROCESS_KILLED, PROCESS_LATE, PROCESS_NOT_STARTED };

/*
 * Runs [words], a list that ends with NULL whose first is a path, and waits, no longer than [seconds]: then, or when the session is to stop, it is
 * ended with all that it started. It reads nothing, keeps what it needs for a while in the folder [home], and both of its outputs go to the file
 * said.txt there. *status is its exit status, the signal that ended it, or the system's error.
 */
enum process_end process_run(struct arena *arena, const char *const *words, const char *home, int seconds, int *status);

#endif
