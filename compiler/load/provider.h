/* SPDX-License-Identifier: MIT */
/*
 * Where sources come from: the work tree, a git index or revision, or texts in memory over one of these; nobody else
 * notices which. A provider lists readable paths below its root, sorted by bytes, and gives the bytes of one.
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
    /*
     * Appends the paths of all regular files in [folder] ("templates"), none where there is no such folder; where it is empty, of all
     * files below the root that may be sources. Paths begin at the root. A folder that is a link out of the root is listed,
     * too, with a slash at its end, so that whoever reads it learns that it is refused.
     */
    enum load_status (*list)(void *state, struct arena *arena, str folder, struct path_list *out, str *message);
    /* The bytes of [path], at most [max]. */
    enum load_status (*read)(void *state, struct arena *arena, str path, size_t max, str *bytes, str *message);
};

/* Whether files of a folder may be sources; not: outputs, overrides of looks, and what is hidden. [top]: right below the root. */
bool is_source_folder(str name, bool top);
/* The same of a file by its path from the root. */
bool is_source_path(str path);
/* Whether [path] is in [folder]; where that is empty, whether it may be a source. */
bool is_listed(str path, str folder);

/* The files below the folder [root] (NUL-terminated). */
struct provider *worktree_provider(struct arena *arena, const char *root);
/* What is staged for the next commit below [root] (NUL-terminated), or with [revision] what was there in that one. */
struct provider *git_provider(struct arena *arena, const char *root, const char *revision);
/* Texts in memory over another provider (or over nothing when [below] is NULL): a path given here wins. */
struct provider *overlay_provider(struct arena *arena, const struct provider *below);
void overlay_put(struct arena *arena, struct provider *overlay, str path, str bytes);

#endif
