/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <dirent.h>
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
    for (size_t i = set->folders.len; i-- > 0;)
        rmdir(set->folders.at[i]);
    set->temporaries.len = set->targets.len = set->folders.len = 0;
}

void file_set_init(struct file_set *set, struct arena *arena)
{
    *set = (struct file_set){ .arena = arena };
    arena_defer(arena, remove_staged, set);
}

/* Whether the file goes on with [bytes]; compared piece by piece, so that a large file needs no memory. */
static bool goes_on_with(void *file, str bytes)
{
    const int *fd = file;
    char   chunk[16384];
    bool   same = true;
    size_t at = 0;
    while (same && at < bytes.len) {
        size_t  most = bytes.len - at < sizeof chunk ? bytes.len - at : sizeof chunk;
        ssize_t n = read(*fd, chunk, most);
        if (n < 0 && errno == EINTR)
            continue;
        same = n > 0 && memcmp(chunk, bytes.at + at, (size_t)n) == 0;
        at += n > 0 ? (size_t)n : 0;
    }
    return same;
}

static bool is_same(const char *path, const struct parts *parts, bool *is_new)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    *is_new = fd < 0 && errno == ENOENT;
    if (fd < 0)
        return false;
    bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size == parts_len(parts) && parts_give(parts, goes_on_with, &fd);
    close(fd);
    return same;
}

bool write_all(int fd, str bytes)
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

/* "dir/name", "tmp" -> "dir/.name.tmp-1234": hidden, and another run's file has another number. */
static char *temporary_name(struct arena *arena, const char *path, const char *what)
{
    str    s = str_of(path);
    size_t slash = s.len;
    while (slash > 0 && s.at[slash - 1] != '/')
        slash--;
    return str_c(arena, str_print(arena, "%.*s.%s.%s-%ld", (int)slash, path, path + slash, what, (long)getpid()));
}

/* Who may read a file stays as it was; where the system will not have it so, the file is written all the same. */
static void keep_mode(const char *path, int fd)
{
    struct stat st;
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
        (void)fchmod(fd, st.st_mode & 0777);
}

static bool write_piece(void *file, str piece)
{
    const int *fd = file;
    return write_all(*fd, piece);
}

enum file_state file_set_add_parts(struct file_set *set, const char *path, const struct parts *parts, const char **why)
{
    bool is_new;
    if (is_same(path, parts, &is_new)) {
        set->unchanged++;
        return FILE_UNCHANGED;
    }
    char *temporary = temporary_name(set->arena, path, "tmp");
    LIST_PUSH(set->arena, &set->targets, str_c(set->arena, str_of(path)));
    LIST_PUSH(set->arena, &set->temporaries, temporary);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        *why = strerror(errno);
        set->temporaries.at[set->temporaries.len - 1] = NULL;
        return FILE_FAILED;
    }
    if (!is_new)
        keep_mode(path, fd);
    bool fine = parts_give(parts, write_piece, &fd);
    int  error = errno;
    if (close(fd) != 0 && fine) {
        fine = false;
        error = errno;
    }
    if (!fine)
        *why = strerror(error);
    return fine ? FILE_STAGED : FILE_FAILED;
}

enum file_state file_set_add(struct file_set *set, const char *path, str bytes, const char **why)
{
    struct part part = { .bytes = bytes };
    return file_set_add_parts(set, path, &(struct parts){ .at = &part, .len = 1 }, why);
}

/* What a target was before it was replaced. */
enum before { WAS_THERE, WAS_ABSENT, NOT_KEPT };

/* Gives the old file a second name. Where the file system knows no such thing, there is nothing to go back to. */
static enum before keep_old(const char *target, const char *second_name)
{
    if (link(target, second_name) == 0)
        return WAS_THERE;
    return errno == ENOENT ? WAS_ABSENT : NOT_KEPT;
}

static void put_back(const char *target, const char *second_name, enum before before)
{
    if (before == WAS_THERE)
        (void)rename(second_name, target);
    if (before == WAS_ABSENT)
        unlink(target);
}

bool file_set_commit(struct file_set *set, const char **why)
{
    size_t count = set->targets.len, done = 0;
    enum before *before = NEWS(set->arena, enum before, count);
    char **second_names = NEWS(set->arena, char *, count);
    for (size_t i = 0; i < count; i++) /* all memory first: from here on there is no way out half-way */
        second_names[i] = temporary_name(set->arena, set->targets.at[i], "old");
    for (size_t i = 0; i < count; i++)
        before[i] = keep_old(set->targets.at[i], second_names[i]);
    while (done < count && rename(set->temporaries.at[done], set->targets.at[done]) == 0)
        done++;
    int error = errno;
    for (size_t i = 0; i < done && done < count; i++)
        put_back(set->targets.at[i], second_names[i], before[i]);
    for (size_t i = 0; i < count; i++)
        if (before[i] == WAS_THERE)
            unlink(second_names[i]);
    if (done < count)
        *why = str_c(set->arena, str_print(set->arena, "%s: %s", set->targets.at[done], strerror(error)));
    else
        set->temporaries.len = set->targets.len = set->folders.len = 0;
    return done == count;
}

static bool write_through(const char *path, str bytes, const char **why)
{
    int  fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    bool fine = fd >= 0 && write_all(fd, bytes);
    int  error = errno;
    if (fd >= 0 && close(fd) != 0 && fine) {
        fine = false;
        error = errno;
    }
    if (!fine)
        *why = strerror(error);
    return fine;
}

bool file_put(struct arena *arena, const char *path, str bytes, const char **why)
{
    struct stat st;
    if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return write_through(path, bytes, why);
    struct file_set *set = NEW(arena, struct file_set);
    file_set_init(set, arena);
    return file_set_add(set, path, bytes, why) != FILE_FAILED && file_set_commit(set, why);
}

/* With a [set] each folder that is made is noted there: before, since noting may jump. */
static bool make_folders(struct arena *arena, const char *path, struct file_set *set, const char **why)
{
    size_t len = strlen(path);
    for (size_t to = 1; to <= len; to++) {
        if (path[to] != '/' && path[to] != '\0')
            continue;
        char *part = str_c(arena, str_cut(str_of(path), 0, to));
        if (set)
            LIST_PUSH(arena, &set->folders, part);
        bool made = mkdir(part, 0777) == 0;
        if (!made && set)
            set->folders.len--;
        if (!made && errno != EEXIST) {
            *why = strerror(errno);
            return false;
        }
    }
    return true;
}

bool folder_make(struct arena *arena, const char *path, const char **why) { return make_folders(arena, path, NULL, why); }
bool file_set_folder(struct file_set *set, const char *path, const char **why) { return make_folders(set->arena, path, set, why); }

bool folder_is_empty(const char *path)
{
    DIR *dir = opendir(path);
    bool empty = true;
    if (!dir)
        return errno == ENOENT;
    for (const struct dirent *entry; empty && (entry = readdir(dir)) != NULL;)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(dir);
    return empty;
}
