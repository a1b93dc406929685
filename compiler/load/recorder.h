/* SPDX-License-Identifier: MIT */
/* Which files were read, for programs that build again only what a change touches. */
#ifndef LOAD_RECORDER_H
#define LOAD_RECORDER_H

#include "base/map.h"
#include "load/provider.h"

/* Files, and the folders that were listed, each once and in the order in which they were first asked for, seen from the working directory. */
struct recorded {
    struct map paths;
};

/*
 * [below], whose root is the folder [root] (NULL: it has none), noting what it gives in [recorded]. A folder counts because a file that is
 * added to it or taken away is a change.
 */
const struct provider *recording_provider(struct arena *arena, const struct provider *below, const char *root, struct recorded *recorded);

#endif
