/* SPDX-License-Identifier: MIT */
/* What unit tests share: an arena for each test that must be empty in the end, and sources with findings. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "diag/finding.h"
#include "load/source.h"

static struct memory   memory;
static struct arena    arena;
static struct findings findings;
static struct sources  sources;

static inline int set_up(void **state)
{
    (void)state;
    memory = (struct memory){ .limit = (size_t)256 << 20 };
    arena_init(&arena, &memory);
    findings_init(&findings, &arena);
    sources = (struct sources){ .arena = &arena };
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_close(&arena);
    return memory.used == 0 ? 0 : -1;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static inline void assert_str(str found, const char *expected)
{
    str wanted = str_of(expected);
    if (!str_eq(found, wanted))
        fail_msg("found    \"%.*s\"\nexpected \"%s\"", STR_ARG(found), expected);
}

static inline struct source *add_source(const char *path, str bytes) { return source_add(&sources, str_of(path), bytes, false); }

/* "Y-02@13-17 Y-03@30-32": the findings in the order they were made, with their bytes. */
static inline str found(void)
{
    str out = { 0 };
    for (size_t i = 0; i < findings.list.len; i++) {
        const struct finding *f = findings.list.at[i];
        out = str_print(&arena, "%.*s%s%.*s@%u-%u", STR_ARG(out), i ? " " : "", STR_ARG(f->rule), f->at.begin, f->at.end);
    }
    return out;
}

#endif
