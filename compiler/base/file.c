/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void remove_staged(void *handle)
{
    struct file_set *set = handle;
    for (size_t i = 0; i < set->temporaries.len; i++)
        if (set->temporaries.at[i])
            unlink(set->temporaries.at[i]);
    set->temporaries.len = set->targets.len = 0;
}

void file_set_init(struct file_set *set, struct arena *arena)
{
    *set = (struct file_set){ .arena = arena };
    arena_defer(arena, remove_staged, set);
}

/* Whether the file holds exactly [bytes]; compared piece by piece, so that a large file needs no memory. */
static bool is_same(const char *path, str bytes)
{
    char        chunk[16384];
    struct stat st;
    size_t      at = 0;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size == bytes.len;
    while (same && at < bytes.len) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        same = n > 0 && (size_t)n <= bytes.len - at && memcmp(chunk, bytes.at + at, (size_t)n) == 0;
        at += n > 0 ? (size_t)n : 0;
    }
    close(fd);
    return same;
}

static bool write_all(int fd, str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes.at += n;
        bytes.len -= (size_t)n;
    }
    return true;
}

/* "dir/name" -> "dir/.name.tmp-1234": hidden, and another run's file has another number. */
static char *temporary_name(struct arena *arena, const char *path)
{
    str    s = str_of(path);
    size_t slash = s.len;
    while (slash > 0 && s.at[slash - 1] != '/')
        slash--;
    return str_c(arena, str_print(arena, "%.*s.%s.tmp-%ld", (int)slash, path, path + slash, (long)getpid()));
}

enum file_state file_set_add(struct file_set *set, const char *path, str bytes, const char **why)
{
    if (is_same(path, bytes)) {
        set->unchanged++;
        return FILE_UNCHANGED;
    }
    char *temporary = temporary_name(set->arena, path);
    LIST_PUSH(set->arena, &set->targets, str_c(set->arena, str_of(path)));
    LIST_PUSH(set->arena, &set->temporaries, temporary);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        *why = strerror(errno);
        set->temporaries.at[set->temporaries.len - 1] = NULL;
        return FILE_FAILED;
    }
    bool fine = write_all(fd, bytes);
    int  error = errno;
    if (close(fd) != 0 && fine) {
        fine = false;
        error = errno;
    }
    if (!fine)
        *why = strerror(error);
    return fine ? FILE_STAGED : FILE_FAILED;
}

bool file_set_commit(struct file_set *set, const char **why)
{
    bool fine = true;
    for (size_t i = 0; i < set->targets.len; i++) {
        if (fine && rename(set->temporaries.at[i], set->targets.at[i]) != 0) {
            *why = str_c(set->arena, str_print(set->arena, "%s: %s", set->targets.at[i], strerror(errno)));
            fine = false;
        }
        if (!fine)
            unlink(set->temporaries.at[i]);
    }
    set->temporaries.len = set->targets.len = 0;
    return fine;
}

bool folder_make(struct arena *arena, const char *path, const char **why)
{
    char *part = str_c(arena, str_of(path));
    for (char *c = part + 1;; c++) {
        if (*c != '/' && *c != '\0')
            continue;
        char was = *c;
        *c = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            *why = strerror(errno);
            return false;
        }
        *c = was;
        if (was == '\0')
            return true;
    }
}
