/* SPDX-License-Identifier: MIT */
#include "base/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDERS = 16 };

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    remove(path);
    return 0; /* the others may go all the same */
}

void temporary_remove(const char *folder) { nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS); }

static void remove_all(void *handle)
{
    const char *folder = handle;
    if (*folder)
        temporary_remove(folder);
}

/* What mkstemp() and mkdtemp() make a name of. */
static str pattern(struct arena *arena)
{
    const char *below = getenv("TMPDIR");
    return str_print(arena, "%s/ismsc-XXXXXX", below && *below ? below : "/tmp");
}

int temporary_file(struct arena *arena)
{
    char *name = str_c(arena, pattern(arena));
    int   fd = mkstemp(name);
    if (fd >= 0) {
        unlink(name);
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    return fd;
}

const char *temporary_folder(struct arena *arena, const char **why)
{
    str   name = pattern(arena);
    char *folder = str_c(arena, name), *made = NEWS(arena, char, name.len + 1); /* empty until there is something to remove */
    arena_defer(arena, remove_all, made);
    if (!mkdtemp(folder)) {
        *why = strerror(errno);
        return NULL;
    }
    memcpy(made, folder, name.len);
    return made;
}

/* Room first: growing may jump, and would leave the file open. */
bool temporary_read(const char *path, struct buf *out)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    size_t size = (size_t)status.st_size;
    buf_reserve(out, size);
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    bool good = fread(out->at + out->len, 1, size, file) == size;
    fclose(file);
    out->len += good ? size : 0;
    return good;
}
