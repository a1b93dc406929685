/* SPDX-License-Identifier: MIT */
/* One input of a fuzzer in an arena of its own, which ends where memory would. */
#ifndef FUZZ_IN_ARENA_H
#define FUZZ_IN_ARENA_H

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

static int in_arena(void (*run)(struct arena *, str), const uint8_t *data, size_t size)
{
    struct memory *memory = calloc(1, sizeof *memory);
    struct arena   arena;
    if (!memory)
        return 0;
    memory->limit = (size_t)1 << 30;
    arena_init(&arena, memory);
    if (setjmp(memory->escape) == 0)
        run(&arena, (str){ (const char *)data, size });
    arena_close(&arena);
    free(memory);
    return 0;
}

#endif
