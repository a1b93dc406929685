/* SPDX-License-Identifier: MIT */
#ifndef LOAD_GIT_H
#define LOAD_GIT_H

#include "base/buf.h"

/*
 * What `git -C root WORDS...` prints, appended to [out]; [words] ends with NULL. False when git can not be run or fails; what it complains
 * about is not kept, because it says so in the words of git.
 */
bool git_output(struct arena *arena, const char *root, const char *const *words, struct buf *out);
/* What another program prints, appended to [out]; the first of [words], which end with NULL, is its name. False as above. */
bool program_output(struct arena *arena, const char *const *words, struct buf *out);

#endif
