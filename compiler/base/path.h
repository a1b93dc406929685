/* SPDX-License-Identifier: MIT */
/* Paths inside a project or an archive: relative to its root, "/" between the steps, none of which is "." or "..". */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/arena.h"
#include "base/str.h"

/* "policies/x.md" -> "policies/"; empty where there is no folder. */
str path_folder(str path);
/*
 * What [target] means in the file [path]: "policies/x.md" and "../y.md" -> "y.md"; behind a slash it counts from the root. Empty when it
 * leads out of the root or has more than LIMIT_PATH_DEPTH steps. In [arena].
 */
str path_from(struct arena *arena, str path, str target);
/* An address of Markdown or HTML as a path: "my%20policy.md" -> "my policy.md"; codes of control characters stay. In [arena]. */
str path_decoded(struct arena *arena, str address);

#endif
