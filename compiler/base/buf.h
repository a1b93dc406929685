/* SPDX-License-Identifier: MIT */
/*
 * A growing output buffer. It lives in malloc'ed memory owned by an arena (registered at buf_init), so that
 * growth does not leave copies behind, and counts against the session's memory. Failure to grow jumps like
 * any allocation.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"
#include "base/str.h"

struct buf {
    struct memory *memory;
    char          *at;
    size_t         len, room;
};

/* An empty buffer that is freed with [arena]. The struct itself must live as long as the arena. */
void buf_init(struct buf *buf, struct arena *arena);
struct buf *buf_new(struct arena *arena);
void buf_grow(struct buf *buf, size_t more); /* buf_reserve where there is no room */
/* Room for [more] bytes without a check in between. */
static inline void buf_reserve(struct buf *buf, size_t more)
{
    if (more > buf->room - buf->len)
        buf_grow(buf, more);
}
/* Inline, since a document is a hundred thousand of these: the copy of a literal then is a few moves. */
static inline void buf_put(struct buf *buf, str s)
{
    if (s.len == 0)
        return;
    buf_reserve(buf, s.len);
    memcpy(buf->at + buf->len, s.at, s.len);
    buf->len += s.len;
}
static inline void buf_char(struct buf *buf, char c)
{
    buf_reserve(buf, 1);
    buf->at[buf->len++] = c;
}
static inline void buf_text(struct buf *buf, const char *text) { buf_put(buf, str_of(text)); } /* NUL-terminated */
void buf_int(struct buf *buf, int64_t n);
void buf_print(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline str buf_str(const struct buf *buf) { return (str){ buf->at, buf->len }; }
static inline void buf_clear(struct buf *buf) { buf->len = 0; }
/* Gives the memory back at once; the buffer is empty afterwards and may be used again. */
void buf_free(struct buf *buf);

#endif
