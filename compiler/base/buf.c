/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/format.h"

static void release(void *handle) { buf_free(handle); }

void buf_init(struct buf *buf, struct arena *arena)
{
    *buf = (struct buf){ .memory = arena->memory };
    arena_defer(arena, release, buf);
}

struct buf *buf_new(struct arena *arena)
{
    struct buf *buf = NEW(arena, struct buf);
    buf_init(buf, arena);
    return buf;
}

void buf_free(struct buf *buf)
{
    buf->memory->used -= buf->room;
    free(buf->at);
    *buf = (struct buf){ .memory = buf->memory };
}

void buf_grow(struct buf *buf, size_t more)
{
    struct memory *memory = buf->memory;
    if (++memory->count == memory->fail_at || more > SIZE_MAX / 4 - buf->len)
        memory_exhausted(memory);
    size_t room = buf->room ? buf->room * 2 : 4096;
    if (room < buf->len + more)
        room = buf->len + more;
    if (room - buf->room > memory->limit - memory->used)
        memory_exhausted(memory);
    char *at = realloc(buf->at, room);
    if (!at)
        memory_exhausted(memory);
    memory->used += room - buf->room;
    if (memory->used > memory->peak)
        memory->peak = memory->used;
    buf->at = at;
    buf->room = room;
}

void buf_int(struct buf *buf, int64_t n)
{
    char digits[STR_DIGITS];
    buf_put(buf, str_digits(digits, n));
}

void buf_print(struct buf *buf, const char *format, ...)
{
    enum { USUAL = 256 }; /* nearly every text fits, and is then formatted once */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    buf_reserve(buf, USUAL);
    size_t len = format_text(buf->at + buf->len, USUAL, format, args);
    va_end(args);
    if (len >= USUAL) {
        buf_reserve(buf, len + 1);
        format_text(buf->at + buf->len, len + 1, format, again);
    }
    buf->len += len;
    va_end(again);
}
