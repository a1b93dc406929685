/* SPDX-License-Identifier: MIT */
/*
 * Regions. An arena hands out zeroed memory, owns foreign handles registered with it, and releases
 * everything at once. Allocation never returns NULL: when memory or the session's limit is exhausted the
 * arena leaves through one jump to the library boundary (struct memory.escape), which closes the arenas and
 * turns the failure into a status. So no caller checks, and normal end and failure take the same path.
 *
 * Lifetimes are three: session, document, scratch. A pointer may only point to an equal or longer life.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/*
 * The budget all arenas of a session share. fail_at is for tests: the n-th allocation (from 1) fails. [stop], which may be NULL, is asked for
 * for every quarter of a megabyte that is taken, so many times a second: when it says so, the arena leaves in the same way, and [stopped] tells the two apart.
 */
struct memory {
    jmp_buf  escape;
    size_t   limit, used, peak;
    uint64_t count, fail_at;
    bool   (*stop)(void);
    bool     stopped;
    size_t   taken; /* in blocks, since it was asked */
};

struct arena_block;
struct arena_cleanup;
struct arena {
    struct memory        *memory;
    struct arena_block   *block;
    char                 *at, *end; /* free room in the newest block that is shared */
    size_t                usual;    /* how large that one is */
    struct arena_cleanup *cleanups;
    bool                  large; /* takes memory in large pages */
};

/* Prepares [arena] to allocate within [memory]; memory->escape must be set before the first allocation. */
void arena_init(struct arena *arena, struct memory *memory);
/* The same for an arena that holds megabytes (base/pages.h). */
void arena_init_large(struct arena *arena, struct memory *memory);
/* An arena that closes with [owner], and may be closed and used again before. */
struct arena *arena_new(struct arena *owner);
/* Runs the registered clean-ups, newest first, and frees all blocks. The arena may be used again. */
void arena_close(struct arena *arena);
/* Like arena_close, but the newest block stays for what comes next: for arenas that are filled and emptied again and again. */
void arena_reset(struct arena *arena);
/* [size] zeroed bytes aligned to [align] (a power of two); jumps on failure. */
void *arena_alloc(struct arena *arena, size_t size, size_t align);
/* The same, not zeroed. Inline, and so is what NEW makes of it: nodes of documents are made by the million. */
static inline void *arena_take(struct arena *arena, size_t size, size_t align);
/* Like arena_alloc for [count] things of [size] bytes; an overflow counts as exhausted memory. */
void *arena_array(struct arena *arena, size_t count, size_t size, size_t align);
/* Calls fn(handle) when the arena closes. Register first, then open the handle: registering may jump. */
void arena_defer(struct arena *arena, void (*fn)(void *handle), void *handle);
/* A point to go back to: everything allocated after it is given back. Nothing may have been deferred in between. */
struct arena_mark {
    struct arena_block *block;
    char               *at, *end;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);
/*
 * Gives back what is behind the first [kept] bytes of a piece of [size], where that can be had: of the newest piece, and of one so long that it
 * has a block of its own. Returns the piece, which may have moved.
 */
void *arena_shrink(struct arena *arena, void *piece, size_t size, size_t kept);
/* Leaves through memory->escape as if memory were exhausted. */
_Noreturn void memory_exhausted(struct memory *memory);
/* Leaves in the same way if memory->stop says so: for whoever waits or works for long without taking memory. */
void memory_look_up(struct memory *memory);

void *arena_more(struct arena *arena, size_t size, size_t align); /* arena_take where the newest block has no room */
static inline void *arena_take(struct arena *arena, size_t size, size_t align)
{
    struct memory *memory = arena->memory;
    if (++memory->count == memory->fail_at)
        memory_exhausted(memory);
    size_t pad = (size_t)(-(uintptr_t)arena->at) & (align - 1), room = (size_t)(arena->end - arena->at);
    if (pad > room || size >= room - pad) /* never at no block */
        return arena_more(arena, size, align);
    char *at = arena->at + pad;
    arena->at = at + size;
    return at;
}

#define NEW(arena, type) ((type *)memset(arena_take((arena), sizeof(type), _Alignof(type)), 0, sizeof(type)))
#define NEWS(arena, type, n) ((type *)arena_array((arena), (n), sizeof(type), _Alignof(type)))

/* Copies into the arena. */
str str_copy(struct arena *arena, str s);
/* "A.8.13" -> "a-8-13", as forges make anchors of headings: letters and digits, capitals made small, what is between them one hyphen. */
str str_slug(struct arena *arena, str s);
/* A NUL-terminated copy; NUL bytes inside become '?', so that a path can not be cut short unseen. */
char *str_c(struct arena *arena, str s);
/* printf into the arena. */
str str_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
str str_join2(struct arena *arena, str a, str b);

/*
 * A growing array: LIST_PUSH(arena, list, item) for any struct with `at`, `len` and `room`. Growth moves it, and nobody
 * may go on with the old place: that of a short one stays with the arena unless it was the newest piece, that of a long one goes back at once.
 */
#define LIST_OF(type) struct { type *at; size_t len, room; }
#define LIST_PUSH(arena, list, item)                                                              \
    do {                                                                                          \
        if ((list)->len == (list)->room)                                                          \
            (list)->at = arena_grow((arena), (list)->at, (list)->len, &(list)->room, sizeof *(list)->at); \
        (list)->at[(list)->len] = (item); /* making the item may jump: it counts only when it is there */ \
        (list)->len++;                                                                            \
    } while (0)
void *arena_grow(struct arena *arena, void *old, size_t len, size_t *room, size_t size); /* what is behind [len] is not zeroed */

#endif
