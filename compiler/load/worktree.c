/* SPDX-License-Identifier: MIT */
/*
 * The files of a folder. Only regular files are read; a symbolic link is followed only when its target stays
 * below the root, and never as a folder of sources, so that a listing ends and nothing outside the project is read.
 * A folder that is a link out of the root is listed with a slash at its end: reading that path is refused, by name.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "load/provider.h"

struct worktree {
    char *root;
    char *real_root; /* without symbolic links, for the check that a link stays inside */
    struct buf *folder;       /* the one that was looked at last: files are read folder by folder */
    bool        folder_inside;
};

static void close_dir(void *handle)
{
    DIR **dir = handle;
    if (*dir)
        closedir(*dir);
    *dir = NULL;
}

static void close_fd(void *handle)
{
    int *fd = handle;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

struct walk {
    struct arena     *arena;
    struct worktree  *tree;
    struct path_list *out;
    str              *message;
    bool              inside; /* a folder was asked for */
};

static enum load_status walk_folder(struct walk *walk, str folder, int depth);

/* A link may point anywhere below the root. */
static bool stays_inside(const struct worktree *tree, const char *full)
{
    char real[PATH_MAX];
    if (!tree->real_root || !realpath(full, real))
        return false;
    str root = str_of(tree->real_root), path = str_of(real);
    bool inside = str_starts(path, root) && (path.len == root.len || path.at[root.len] == '/' || str_eq(root, STR("/")));
    return inside;
}

static bool is_folder(const char *full)
{
    struct stat st;
    return stat(full, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Whether the folder of [path] is inside; the answer for one folder is kept. One that is not there is no way out. */
static bool folder_stays_inside(struct worktree *tree, struct arena *arena, str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    str folder = str_cut(path, 0, end);
    if (end == 0 || str_eq(buf_str(tree->folder), folder))
        return end == 0 || tree->folder_inside;
    char *full = str_c(arena, str_print(arena, "%s/%.*s", tree->root, STR_ARG(folder)));
    buf_clear(tree->folder);
    buf_put(tree->folder, folder);
    tree->folder_inside = !is_folder(full) || stays_inside(tree, full);
    return tree->folder_inside;
}

/* Folders that are looked into, now or when a template or a look is asked for; a link in their place must not lead elsewhere. */
static bool is_read_folder(str name, bool top)
{
    return is_source_folder(name, top) || (top && (str_eq(name, STR("templates")) || str_starts(name, STR("brand"))));
}

static void list_link(struct walk *walk, const char *full, str path, str name, bool top)
{
    if (!is_folder(full))
        LIST_PUSH(walk->arena, walk->out, path);
    else if (is_read_folder(name, top) && !stays_inside(walk->tree, full))
        LIST_PUSH(walk->arena, walk->out, str_print(walk->arena, "%.*s/", STR_ARG(path)));
}

static enum load_status walk_entry(struct walk *walk, str folder, str name, int depth)
{
    struct stat st;
    str path = folder.len ? str_print(walk->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name)) : str_copy(walk->arena, name);
    char *full = str_c(walk->arena, str_print(walk->arena, "%s/%.*s", walk->tree->root, STR_ARG(path)));

    if (lstat(full, &st) != 0)
        return LOAD_OK; /* gone since it was listed */
    if (S_ISDIR(st.st_mode))
        return is_source_folder(name, depth == 0 && !walk->inside) ? walk_folder(walk, path, depth + 1) : LOAD_OK;
    if (S_ISREG(st.st_mode))
        LIST_PUSH(walk->arena, walk->out, path);
    else if (S_ISLNK(st.st_mode))
        list_link(walk, full, path, name, depth == 0 && !walk->inside);
    return LOAD_OK;
}

static enum load_status walk_folder(struct walk *walk, str folder, int depth)
{
    enum load_status status = LOAD_OK;
    DIR **dir = NEW(walk->arena, DIR *);

    if (depth > LIMIT_PATH_DEPTH)
        return LOAD_OK;
    arena_defer(walk->arena, close_dir, dir);
    char *full = str_c(walk->arena, str_print(walk->arena, "%s/%.*s", walk->tree->root, STR_ARG(folder)));
    *dir = opendir(full);
    if (!*dir && walk->inside && errno == ENOENT)
        return LOAD_OK;
    if (!*dir) {
        *walk->message = errno == ENOENT && !folder.len  ? str_print(walk->arena, "there is no folder %s (ismsc init makes one)", walk->tree->root)
                       : errno == ENOTDIR && !folder.len ? str_print(walk->arena, "%s is a file; name the folder that holds isms.yaml", walk->tree->root)
                                                         : str_print(walk->arena, "can't list %s: %s", full, strerror(errno));
        return LOAD_FAILED;
    }
    for (struct dirent *entry; status == LOAD_OK && (entry = readdir(*dir)) != NULL;)
        if (entry->d_name[0] != '.' && walk->out->len <= LIMIT_FILES) /* hidden ones are none of ours */
            status = walk_entry(walk, folder, str_of(entry->d_name), depth);
    close_dir(dir);
    return status;
}

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

static enum load_status list_files(void *state, struct arena *arena, str folder, struct path_list *out, str *message)
{
    struct walk walk = { arena, state, out, message, folder.len > 0 };
    enum load_status status = LOAD_OK;
    if (folder_stays_inside(state, arena, str_print(arena, "%.*s/", STR_ARG(folder))))
        status = walk_folder(&walk, folder, 0);
    if (out->len > 1)
        qsort(out->at, out->len, sizeof *out->at, by_bytes);
    return status;
}

/* Reads until the end or [max] + 1 bytes; EINTR goes on. */
static enum load_status read_all(struct arena *arena, int fd, size_t size, size_t max, str *bytes)
{
    size_t room = (size <= max ? size : max) + 1, len = 0;
    char  *at = arena_take(arena, room + 1, 1);
    while (len < room) {
        ssize_t n = read(fd, at + len, room - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return LOAD_FAILED;
        if (n == 0)
            break;
        len += (size_t)n;
    }
    at[len] = '\0';
    *bytes = (str){ at, len };
    return len > max || len > size ? LOAD_TOO_BIG : LOAD_OK;
}

static enum load_status read_file(void *state, struct arena *arena, str path, size_t max, str *bytes, str *message)
{
    struct worktree *tree = state;
    struct stat st;
    char *full = str_c(arena, str_print(arena, "%s/%.*s", tree->root, STR_ARG(path)));
    int  *fd = NEW(arena, int);

    *fd = -1;
    arena_defer(arena, close_fd, fd);
    if (!folder_stays_inside(tree, arena, path) || (lstat(full, &st) == 0 && S_ISLNK(st.st_mode) && !stays_inside(tree, full)))
        return LOAD_REFUSED;
    *fd = open(full, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY); /* non-blocking: a pipe must not hang us */
    if (*fd < 0) {
        *message = str_print(arena, "can't read %.*s: %s", STR_ARG(path), strerror(errno));
        return errno == ENOENT || errno == ENOTDIR ? LOAD_ABSENT : LOAD_FAILED;
    }
    if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode))
        return LOAD_REFUSED;
    if ((uint64_t)st.st_size > max)
        return LOAD_TOO_BIG;
    enum load_status status = read_all(arena, *fd, (size_t)st.st_size, max, bytes);
    if (status == LOAD_FAILED)
        *message = str_print(arena, "can't read %.*s: %s", STR_ARG(path), strerror(errno));
    close_fd(fd);
    return status;
}

struct provider *worktree_provider(struct arena *arena, const char *root)
{
    struct worktree *tree = NEW(arena, struct worktree);
    struct provider *provider = NEW(arena, struct provider);
    char real[PATH_MAX];
    tree->root = str_c(arena, str_of(root));
    tree->folder = buf_new(arena);
    if (realpath(root, real))
        tree->real_root = str_c(arena, str_of(real));
    *provider = (struct provider){ tree, list_files, read_file };
    return provider;
}
