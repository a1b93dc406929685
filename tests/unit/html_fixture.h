/* SPDX-License-Identifier: MIT */
/* A document made by hand, its page, and what stands there. */
#ifndef HTML_FIXTURE_H
#define HTML_FIXTURE_H

#include "document_fixture.h"
#include "write/html.h"

static struct document doc;
static struct buf     *out;

static const struct html_assets assets = {
    .css = { "/* look */\nbody {\n  margin: 0;\n}\n", 33 },
    .js = { "\"use strict\";\n/* nothing */\nvoid 0;\n", 36 },
};

static int start(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    doc = document_new();
    out = buf_new(&arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static str page_with(const struct html_assets *with)
{
    out = buf_new(&arena);
    html_write(&arena, &doc, with, out);
    return buf_str(out);
}

static str page(void) { return page_with(&assets); }

static size_t count(str text, const char *needle)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_search(text, str_of(needle), at)) != SIZE_MAX; at++)
        n++;
    return n;
}

#define HAS(text, needle) assert_int_not_equal(count(text, needle), 0)
#define LACKS(text, needle) assert_int_equal(count(text, needle), 0)
#define ONCE(text, needle) assert_int_equal(count(text, needle), 1)

/* What stands between the first [from] and the next [to]. */
static str between(str text, const char *from, const char *to)
{
    size_t begin = str_search(text, str_of(from), 0);
    assert_true(begin != SIZE_MAX);
    begin += strlen(from);
    size_t end = str_search(text, str_of(to), begin);
    assert_true(end != SIZE_MAX);
    return str_cut(text, begin, end);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

#endif
