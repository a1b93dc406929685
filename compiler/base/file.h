/* SPDX-License-Identifier: MIT */
/*
 * Writing files so that nobody ever sees half of one: into a temporary name beside the target, renamed when all
 * of a set are there. A file whose bytes would not change is left alone, so that its time stands and tools that
 * watch times stay quiet.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/spool.h"

enum file_state { FILE_UNCHANGED, FILE_STAGED, FILE_FAILED };

/* Files written under temporary names, waiting for all others. */
struct file_set {
    struct arena *arena;
    LIST_OF(char *) targets;
    LIST_OF(char *) temporaries;
    LIST_OF(char *) folders; /* made for them, the outermost first */
    size_t unchanged;
};

/* An empty set; closing [arena] before file_set_commit removes its temporary files and the folders made for them. */
void file_set_init(struct file_set *set, struct arena *arena);
/* Stages [bytes], or all [parts], for [path] (NUL-terminated). On failure *why is what the system said. */
enum file_state file_set_add(struct file_set *set, const char *path, str bytes, const char **why);
enum file_state file_set_add_parts(struct file_set *set, const char *path, const struct parts *parts, const char **why);
/* Puts all staged files in place. False, with *why, when one could not be: then those before it are put back as they were. */
bool file_set_commit(struct file_set *set, const char **why);
/*
 * One file, whole or not at all. A device, a pipe or a symbolic link (/dev/stdout is one) is written to as it is, never replaced.
 * On failure *why is what the system said.
 */
bool file_put(struct arena *arena, const char *path, str bytes, const char **why);
/* All of [bytes] into an open file. False, with errno, when it takes no more. */
bool write_all(int fd, str bytes);
/* Whether there is no folder [path], or nothing in it. */
bool folder_is_empty(const char *path);
/* Makes [path] and the folders above it. */
bool folder_make(struct arena *arena, const char *path, const char **why);
/* The same for files of [set]. */
bool file_set_folder(struct file_set *set, const char *path, const char **why);

#endif
