/* SPDX-License-Identifier: MIT */
/* A session on texts in memory, for tests that go through the library's front door. */
#ifndef PROJECT_H
#define PROJECT_H

#include "ismsc.h"
#include "support.h"

#define SMALLEST "isms: 1\norganisation:\n  name: Quay Ledger Ltd\n"

static struct ismsc *session;

/* Opens a session on path, text, path, text ..., NULL. */
static inline void open_project(const char *path, ...)
{
    static struct ismsc_overlay overlays[16];
    size_t  count = 0;
    va_list args;
    va_start(args, path);
    for (; path && count < COUNT(overlays); path = va_arg(args, const char *), count++) {
        const char *text = va_arg(args, const char *);
        overlays[count] = (struct ismsc_overlay){ path, { text, strlen(text) } };
    }
    va_end(args);
    session = ismsc_open(&(struct ismsc_options){ .as_of = "2026-11-21", .overlays = overlays, .noverlays = count });
    assert_non_null(session);
}

static inline int close_project(void **state)
{
    ismsc_close(session);
    session = NULL;
    return tear_down(state);
}

#define ON_PROJECT(f) cmocka_unit_test_setup_teardown(f, set_up, close_project)

/* What the expression gives, as `ismsc query` prints it, lines joined with " | ". */
static inline str ask(const char *expression)
{
    struct ismsc_text text = { 0 };
    if (ismsc_query(session, expression, ISMSC_TEXT, &text) != ISMSC_OK)
        return str_of(ismsc_error(session));
    str out = str_trim((str){ text.at, text.len });
    char *at = str_c(&arena, out);
    str joined = { 0 }, rest = str_of(at), line;
    while (str_split(&rest, '\n', &line))
        joined = joined.at ? str_print(&arena, "%.*s | %.*s", STR_ARG(joined), STR_ARG(line)) : line;
    return joined;
}

static inline void assert_answer(const char *expression, const char *expected)
{
    str answer = ask(expression);
    if (!str_eq(answer, str_of(expected)))
        fail_msg("%s\ngives    %.*s\nexpected %s", expression, STR_ARG(answer), expected);
}

#endif
