/* SPDX-License-Identifier: MIT */
/*
 * Waiting until files change. On Linux the kernel tells (inotify); where it does not, because it is another system, its limit is reached, or
 * somebody else writes to a network drive, the times and sizes of all files are compared twice a second.
 */
#ifndef LOAD_WATCH_H
#define LOAD_WATCH_H

#include <signal.h>

#include "base/arena.h"

struct watch;
/*
 * The trees below the [n] folders (NUL-terminated), without what is hidden and `build` right below one. [poll]: compare anyhow. [other] is a
 * descriptor that ends each wait when it can be read or is at its end; -1: there is none.
 */
struct watch *watch_new(struct arena *arena, const char *const *folders, size_t n, bool poll, int other);
/* Why files are compared; empty when the kernel tells. */
str watch_why_polling(const struct watch *watch);
/*
 * Waits for a change since the watch was made or last waited for, and then until there was none for a tenth of a second. *path is a file that
 * has changed, empty where that is not known. [signals] is the mask while waiting: false when one of those it lets through came, or [other].
 */
bool watch_wait(struct watch *watch, const sigset_t *signals, str *path);

#endif
