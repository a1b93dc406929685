/* SPDX-License-Identifier: MIT */
/*
 * Where sources come from. The work tree is one provider, an overlay of texts in memory another; a git index
 * or revision can be a third without anybody else noticing. A provider lists every readable path below its
 * root, sorted by bytes, and gives the bytes of one.
 */
#ifndef LOAD_PROVIDER_H
#define LOAD_PROVIDER_H

#include "base/arena.h"
#include "base/str.h"

enum load_status {
    LOAD_OK,
    LOAD_ABSENT,   /* there is no such file */
    LOAD_TOO_BIG,  /* more bytes than asked for at most */
    LOAD_REFUSED,  /* a link that leaves the root, a device, a pipe */
    LOAD_FAILED,   /* the system said no; see the message */
};

struct path_list { LIST_OF(str); };

struct provider {
    void *state;
    /* Appends all paths of regular files below the root, without those in folders that are never sources. */
    enum load_status (*list)(void *state, struct arena *arena, struct path_list *out, str *message);
    /* The bytes of [path], at most [max]. */
    enum load_status (*read)(void *state, struct arena *arena, str path, size_t max, str *bytes, str *message);
};

/* The files below the folder [root] (NUL-terminated). */
struct provider *worktree_provider(struct arena *arena, const char *root);
/* Texts in memory over another provider (or over nothing when [below] is NULL): a path given here wins. */
struct provider *overlay_provider(struct arena *arena, const struct provider *below);
void overlay_put(struct arena *arena, struct provider *overlay, str path, str bytes);

#endif
