/* SPDX-License-Identifier: MIT */
/* Asking the parts of a Word file for their text; after the headers of cmocka. */
#ifndef DOCX_FIXTURE_H
#define DOCX_FIXTURE_H

#include "document_fixture.h"
#include "write/docx_part.h"

static struct document  doc;
static struct docx_files files;

static inline int start(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    doc = document_new();
    return 0;
}

static inline int stop(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static inline void make(void) 
{
    files = (struct docx_files){ 0 };
    docx_parts(&arena, &doc, &files);
}

/* The text of one part; empty when the package has none of that name. */
static inline str part(const char *name)
{
    for (size_t i = 0; i < files.len; i++)
        if (str_eq(files.at[i].name, str_of(name)))
            return files.at[i].content ? buf_str(files.at[i].content) : files.at[i].picture;
    return (str){ 0 };
}

static inline str body(void)
{
    make();
    return part("word/document.xml");
}

static inline size_t count(str text, const char *needle)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_search(text, str_of(needle), at)) != SIZE_MAX; at++)
        n++;
    return n;
}

#define HAS(text, needle) assert_int_not_equal(count(text, needle), 0)
#define LACKS(text, needle) assert_int_equal(count(text, needle), 0)
#define TIMES(text, needle, n) assert_int_equal(count(text, needle), n)

/* The number that follows [mark] at or after [*at], which moves behind it; -1 when there is no more. */
static inline long number_after(str text, const char *mark, size_t *at)
{
    size_t found = str_search(text, str_of(mark), *at);
    long value = 0;
    if (found == SIZE_MAX)
        return -1;
    for (*at = found + strlen(mark); *at < text.len && text.at[*at] >= '0' && text.at[*at] <= '9'; ++*at)
        value = value * 10 + (text.at[*at] - '0');
    return value;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

#endif
