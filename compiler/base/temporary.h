/* SPDX-License-Identifier: MIT */
/* A folder for what other programs and libraries insist on having as files. */
#ifndef BASE_TEMPORARY_H
#define BASE_TEMPORARY_H

#include "base/buf.h"

/*
 * A new folder that only this user can read, below $TMPDIR or /tmp. It goes with all that is in it when [arena] closes. NULL when it can
 * not be made; *why then is what the system said.
 */
const char *temporary_folder(struct arena *arena, const char **why);
/* Removes a folder with all that is in it, as far as it can; links are not followed. */
void temporary_remove(const char *folder);
/* An open file that has no name, in the same place: closing it is its end. -1 when there is none to be had. */
int temporary_file(struct arena *arena);
/* Appends the file [path] to [out]; false when it can not be read whole. */
bool temporary_read(const char *path, struct buf *out);

#endif
