/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/format.h"
#include "base/pages.h"

struct arena_block {
    _Alignas(max_align_t) struct arena_block *older; /* a piece that stands alone is right behind it */
    size_t              size;
    bool                alone; /* it holds one piece and nothing else */
    bool                paged; /* from base/pages.h */
};

struct arena_cleanup {
    struct arena_cleanup *older;
    void                (*fn)(void *);
    void                 *handle;
};

/* Longer pieces have a block of their own: what is left of a shared one is not lost. So have longer arrays that grow, which leave no copies behind then. */
enum { ALONE = 128 * 1024, ARRAY_ALONE = 32 * 1024 };

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 128 * 1024, SMALL_OF_PAGES = LARGE_PAGE / 8, LARGEST_OF_PAGES = 4 * LARGE_PAGE, LOOK_EACH = 256 * 1024 };

_Noreturn void memory_exhausted(struct memory *memory)
{
    longjmp(memory->escape, 1);
}

void memory_look_up(struct memory *memory)
{
    memory->taken = 0;
    memory->stopped = memory->stop && memory->stop();
    if (memory->stopped)
        longjmp(memory->escape, 1);
}

void arena_init(struct arena *arena, struct memory *memory)
{
    *arena = (struct arena){ .memory = memory };
}

void arena_init_large(struct arena *arena, struct memory *memory)
{
    *arena = (struct arena){ .memory = memory, .large = true };
}

static void remove_block(struct memory *memory, struct arena_block **link)
{
    struct arena_block *block = *link;
    memory->used -= block->size;
    *link = block->older;
    if (block->paged)
        pages_free(block, block->size);
    else
        free(block);
}

void arena_close(struct arena *arena)
{
    for (struct arena_cleanup *c = arena->cleanups; c; c = c->older)
        c->fn(c->handle);
    while (arena->block)
        remove_block(arena->memory, &arena->block);
    *arena = (struct arena){ .memory = arena->memory, .large = arena->large };
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 /* gcc's name for it */
#endif
#endif

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->block;
#ifdef __SANITIZE_ADDRESS__
    kept = NULL; /* so that the sanitizer sees who still uses what is gone */
#endif
    if (kept)
        arena->block = kept->older;
    arena_close(arena);
    if (!kept)
        return;
    kept->older = NULL;
    kept->alone = false;
    *arena = (struct arena){ .memory = arena->memory, .block = kept, .at = (char *)(kept + 1), .end = (char *)kept + kept->size,
                             .usual = kept->size, .large = arena->large };
}

static void close_inner(void *handle) { arena_close(handle); }

struct arena *arena_new(struct arena *owner)
{
    struct arena *arena = NEW(owner, struct arena);
    arena_init(arena, owner->memory);
    arena_defer(owner, close_inner, arena);
    return arena;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){ arena->block, arena->at, arena->end };
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
    while (arena->block != mark.block)
        remove_block(arena->memory, &arena->block);
    arena->at = mark.at;
    arena->end = mark.end;
}

/* Of an arena that holds megabytes. The first large page any check fills; of a second a small ISMS would not need much; later ones are a quarter of what is there. */
static size_t pages_size(const struct arena *arena, size_t least)
{
    size_t used = arena->memory->used, size = !arena->usual ? LARGE_PAGE : used < 2 * LARGE_PAGE ? SMALL_OF_PAGES : used / 4;
    if (size > LARGEST_OF_PAGES)
        size = LARGEST_OF_PAGES;
    if (size < least)
        size = least;
    size_t unit = size > SMALL_OF_PAGES ? LARGE_PAGE : SMALL_OF_PAGES;
    return (size + unit - 1) / unit * unit;
}

/* How large the next block is, which doubles so that a large ISMS takes few of them; near the limit, no larger than it must be. */
static size_t block_size(const struct arena *arena, size_t need)
{
    const struct memory *memory = arena->memory;
    size_t least = need + sizeof(struct arena_block);
    size_t size = arena->large ? pages_size(arena, least) : arena->usual ? arena->usual * 2 : FIRST_BLOCK;
    if (!arena->large && size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    return size < least || size > memory->limit - memory->used ? least : size;
}

/* Before [more] bytes are taken: whether they may be, and whether the session is to go on. */
static void check_limit(struct memory *memory, size_t more)
{
    if ((memory->taken += more) >= LOOK_EACH)
        memory_look_up(memory);
    if (more > memory->limit - memory->used)
        memory_exhausted(memory);
}

static void count_bytes(struct memory *memory, size_t more)
{
    memory->used += more;
    if (memory->used > memory->peak)
        memory->peak = memory->used;
}

/* A block in front of all others. */
static struct arena_block *new_block(struct arena *arena, size_t size, bool alone)
{
    struct memory *memory = arena->memory;
    check_limit(memory, size);
    bool paged = arena->large && !alone && size % SMALL_OF_PAGES == 0; /* not where little of the budget is left */
    struct arena_block *block = paged ? pages_new(size) : malloc(size);
    if (!block)
        memory_exhausted(memory);
    *block = (struct arena_block){ arena->block, size, alone, paged };
    arena->block = block;
    count_bytes(memory, size);
    return block;
}

/* A fresh block with at least [need] bytes of room. */
static void add_block(struct arena *arena, size_t need)
{
    size_t size = block_size(arena, need);
    struct arena_block *block = new_block(arena, size, false);
    arena->at = (char *)(block + 1);
    arena->end = (char *)block + size;
    arena->usual = size;
}

static char *aligned(char *at, size_t align) { return at + ((size_t)(-(uintptr_t)at) & (align - 1)); }

/* The piece that the block holds alone. */
static char *piece_of(struct arena_block *block, size_t align) { return aligned((char *)(block + 1), align); }

static void *take_alone(struct arena *arena, size_t size, size_t align)
{
    return piece_of(new_block(arena, sizeof(struct arena_block) + size + align, true), align);
}

void *arena_more(struct arena *arena, size_t size, size_t align)
{
    if (size > SIZE_MAX / 2 - align - sizeof(struct arena_block) - LARGE_PAGE)
        memory_exhausted(arena->memory);
    if (size > ALONE)
        return take_alone(arena, size, align);
    add_block(arena, size + align);
    char *at = aligned(arena->at, align);
    arena->at = at + size;
    return at;
}

void *arena_alloc(struct arena *arena, size_t size, size_t align)
{
    assert(align && (align & (align - 1)) == 0);
    return memset(arena_take(arena, size, align), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size, size_t align)
{
    if (size && count > SIZE_MAX / size)
        memory_exhausted(arena->memory);
    return arena_alloc(arena, count * size, align);
}

enum { GROWING = _Alignof(max_align_t) }; /* how arrays that grow are aligned, and blocks are */

/* Where the block is linked that holds [piece] alone; NULL when there is none. */
static struct arena_block **block_of(struct arena *arena, const void *piece)
{
    struct arena_block **link = &arena->block;
    while (*link && !((*link)->alone && piece_of(*link, GROWING) == piece))
        link = &(*link)->older;
    return *link ? link : NULL;
}

/* The piece of the block, with room for [size] bytes; both may move. NULL when there is no memory. */
static void *resized(struct memory *memory, struct arena_block **link, size_t size)
{
    size_t was = (*link)->size, wanted = sizeof **link + size + GROWING;
    struct arena_block *block = realloc(*link, wanted);
    if (!block)
        return NULL;
    block->size = wanted;
    *link = block;
    memory->used -= was;
    count_bytes(memory, wanted);
    return piece_of(block, GROWING);
}

static void *enlarged(struct memory *memory, struct arena_block **link, size_t size)
{
    if (++memory->count == memory->fail_at)
        memory_exhausted(memory);
    check_limit(memory, sizeof **link + size + GROWING - (*link)->size);
    void *piece = resized(memory, link, size);
    if (!piece)
        memory_exhausted(memory);
    return piece;
}

void *arena_shrink(struct arena *arena, void *piece, size_t size, size_t kept)
{
    struct arena_block **alone = NULL;
    if (size > kept && (char *)piece + size == arena->at)
        arena->at = (char *)piece + kept;
    else if (size > ARRAY_ALONE && size > kept)
        alone = block_of(arena, piece);
    if (alone && kept == 0) {
        remove_block(arena->memory, alone);
        return NULL;
    }
    void *moved = alone ? resized(arena->memory, alone, kept) : NULL;
    return moved ? moved : piece;
}

static void *take_array(struct arena *arena, size_t size)
{
    if (size <= ARRAY_ALONE)
        return arena_take(arena, size, GROWING);
    if (++arena->memory->count == arena->memory->fail_at)
        memory_exhausted(arena->memory);
    return take_alone(arena, size, GROWING);
}

void *arena_grow(struct arena *arena, void *old, size_t len, size_t *room, size_t size)
{
    size_t wider = *room ? *room * 2 : 4;
    if (wider > SIZE_MAX / 4 / size)
        memory_exhausted(arena->memory);
    if (len && (char *)old + len * size == arena->at && (wider - len) * size < (size_t)(arena->end - arena->at)) {
        arena->at += (wider - len) * size;
        *room = wider;
        return old;
    }
    struct arena_block **alone = len * size > ARRAY_ALONE ? block_of(arena, old) : NULL;
    void *at = alone ? enlarged(arena->memory, alone, wider * size) : take_array(arena, wider * size);
    if (len && !alone)
        memcpy(at, old, len * size);
    *room = wider;
    return at;
}

void arena_defer(struct arena *arena, void (*fn)(void *), void *handle)
{
    struct arena_cleanup *c = NEW(arena, struct arena_cleanup);
    *c = (struct arena_cleanup){ arena->cleanups, fn, handle };
    arena->cleanups = c;
}

str str_copy(struct arena *arena, str s)
{
    char *at = arena_take(arena, s.len + 1, 1);
    if (s.len)
        memcpy(at, s.at, s.len);
    at[s.len] = '\0';
    return (str){ at, s.len };
}

str str_slug(struct arena *arena, str s)
{
    char  *at = arena_alloc(arena, s.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
            at[len++] = c;
        else if (len && at[len - 1] != '-')
            at[len++] = '-';
    }
    while (len && at[len - 1] == '-')
        len--;
    return (str){ at, len };
}

char *str_c(struct arena *arena, str s)
{
    char *at = (char *)(uintptr_t)str_copy(arena, s).at;
    for (size_t i = 0; i < s.len; i++)
        if (at[i] == '\0')
            at[i] = '?';
    return at;
}

str str_join2(struct arena *arena, str a, str b)
{
    char *at = arena_alloc(arena, a.len + b.len + 1, 1);
    if (a.len)
        memcpy(at, a.at, a.len);
    if (b.len)
        memcpy(at + a.len, b.at, b.len);
    return (str){ at, a.len + b.len };
}

str str_print(struct arena *arena, const char *format, ...)
{
    char    usual[256]; /* nearly every text fits, and is then formatted once */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t n = format_text(usual, sizeof usual, format, args);
    va_end(args);
    char *at = arena_alloc(arena, n + 1, 1);
    if (n < sizeof usual)
        memcpy(at, usual, n);
    else
        format_text(at, n + 1, format, again);
    va_end(again);
    return (str){ at, n };
}
