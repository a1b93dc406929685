/* SPDX-License-Identifier: MIT */
/* Numbers, anchors and levels of headings, which every format takes from one list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document_fixture.h"
#include "write/outline.h"

static struct document doc;

static int start(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    doc = document_new();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static void numbers_and_names(void **state)
{
    (void)state;
    heading(doc.body, 2, "", "\xC3\x9C" "ber uns");
    heading(doc.body, 2, "", "Purpose");
    heading(doc.body, 2, "purpose", "Purpose, again");
    heading(doc.body, 1, "", "???");
    doc.numbered = true;
    struct outline outline = outline_make(&arena, &doc);
    assert_int_equal(outline.len, 4);
    assert_true(str_eq(outline.at[0].anchor, STR("\xC3\x9C" "ber-uns")));
    assert_true(str_eq(outline.at[1].anchor, STR("purpose-2"))); /* the author's own comes first */
    assert_true(str_eq(outline.at[2].anchor, STR("purpose")));
    assert_true(str_eq(outline.at[3].anchor, STR("section")));
}

static void levels_do_not_jump(void **state)
{
    (void)state;
    static const int  written[] = { 3, 2, 5, 6, 1, 9 }, closed[] = { 1, 2, 3, 4, 1, 2 };
    static const char *const numbers[] = { "1", "1.1", "1.1.1", "1.1.1.1", "2", "2.1" };
    for (size_t i = 0; i < 6; i++)
        heading(doc.body, written[i], "", "T");
    doc.numbered = true;
    struct outline outline = outline_make(&arena, &doc);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(outline.at[i].level, closed[i]);
        assert_true(str_eq(outline.at[i].number, str_of(numbers[i])));
    }
}

static void headings_are_found_where_blocks_are(void **state)
{
    (void)state;
    heading(add(doc.body, DOC_QUOTE), 1, "", "Quoted");
    heading(add(add(doc.body, DOC_LIST), DOC_ITEM), 1, "", "Listed");
    heading(add(doc.body, DOC_DETAILS), 1, "", "Folded")->unnumbered = 1;
    struct doc_node *cell = cell_of(row(table(doc.body, TABLE_PLAIN, 1), 0, ""), 0);
    cell->blocks = 1;
    heading(cell, 1, "", "In a cell")->text = STR("7");
    assert_int_equal(outline_make(&arena, &doc).len, 4);
    assert_true(str_eq(outline_make(&arena, &doc).at[3].number, STR("7"))); /* a number the author typed */
    doc.numbered = true;
    assert_int_equal(outline_make(&arena, &doc).at[2].number.len, 0);
    doc.body = NULL;
    assert_int_equal(outline_make(&arena, &doc).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_and_names, start, stop),
        cmocka_unit_test_setup_teardown(levels_do_not_jump, start, stop),
        cmocka_unit_test_setup_teardown(headings_are_found_where_blocks_are, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
