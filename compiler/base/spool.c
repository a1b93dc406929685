/* SPDX-License-Identifier: MIT */
#include "base/spool.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/temporary.h"

enum { NO_FILE = -1, NOT_TRIED = -2 };

struct spool {
    struct arena *arena;
    int           fd;     /* or one of the above */
    uint64_t      filed;  /* how much is in the file */
    struct buf   *kept;   /* what comes after that */
};

static void close_file(void *handle)
{
    struct spool *spool = handle;
    if (spool->fd >= 0)
        close(spool->fd);
    spool->fd = NO_FILE;
}

struct spool *spool_new(struct arena *arena)
{
    struct spool *spool = NEW(arena, struct spool);
    *spool = (struct spool){ .arena = arena, .fd = NOT_TRIED, .kept = buf_new(arena) };
    arena_defer(arena, close_file, spool);
    return spool;
}

void spool_put(struct spool *spool, str bytes)
{
    if (bytes.len && spool->fd == NOT_TRIED)
        spool->fd = temporary_file(spool->arena);
    if (spool->fd >= 0 && !spool->kept->len && write_all(spool->fd, bytes))
        spool->filed += bytes.len;
    else
        buf_put(spool->kept, bytes); /* and all that comes: half of a piece may stand behind what is filed */
}

uint64_t spool_len(const struct spool *spool) { return spool ? spool->filed + spool->kept->len : 0; }

uint64_t parts_len(const struct parts *parts)
{
    uint64_t len = 0;
    for (size_t i = 0; i < parts->len; i++)
        len += spool_len(parts->at[i].spool) + parts->at[i].bytes.len;
    return len;
}

static bool give_file(const struct spool *spool, bool (*take)(void *, str), void *state)
{
    char     chunk[32768];
    uint64_t at = 0;
    while (at < spool->filed) {
        size_t  most = spool->filed - at < sizeof chunk ? (size_t)(spool->filed - at) : sizeof chunk;
        ssize_t n = pread(spool->fd, chunk, most, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = EIO; /* somebody cut it short */
        if (n <= 0 || !take(state, (str){ chunk, (size_t)n }))
            return false;
        at += (uint64_t)n;
    }
    return true;
}

static bool give_spool(const struct spool *spool, bool (*take)(void *, str), void *state)
{
    return !spool || (give_file(spool, take, state) && take(state, buf_str(spool->kept)));
}

bool parts_give(const struct parts *parts, bool (*take)(void *state, str piece), void *state)
{
    bool good = true;
    for (size_t i = 0; i < parts->len && good; i++)
        good = give_spool(parts->at[i].spool, take, state) && take(state, parts->at[i].bytes);
    return good;
}

static bool put(void *out, str piece)
{
    buf_put(out, piece);
    return true;
}

bool parts_put(const struct parts *parts, struct buf *out) { return parts_give(parts, put, out); }
