/* SPDX-License-Identifier: MIT */
#include "support.h"

static void assert_place(struct source *source, uint32_t offset, uint32_t line, uint32_t column)
{
    struct place place = source_place(&sources, source, offset);
    if (place.line != line || place.column != column)
        fail_msg("offset %u is %u:%u and not %u:%u", offset, place.line, place.column, line, column);
}

static void lines_end_in_three_ways(void **state)
{
    (void)state;
    struct source *source = add_source("a", STR("ab\ncd\r\nef\rgh"));
    assert_place(source, 0, 1, 1);
    assert_place(source, 2, 1, 3);
    assert_place(source, 3, 2, 1);
    assert_place(source, 7, 3, 1);
    assert_place(source, 10, 4, 1);
    assert_place(source, 12, 4, 3);
    assert_place(source, 999, 4, 3);
    static const char *const lines[] = { "ab", "cd", "ef", "gh" };
    for (uint32_t i = 0; i < 4; i++)
        assert_str(source_line(&sources, source, i + 1, NULL), lines[i]);
    assert_str(source_line(&sources, source, 0, NULL), "");
    assert_str(source_line(&sources, source, 5, NULL), "");
}

static void columns_count_characters(void **state)
{
    (void)state;
    struct source *source = add_source("a", STR("\xC3\xA9\xE8\x80\x81\xF0\x9F\x98\x80x\n"));
    assert_place(source, 2, 1, 2);
    assert_place(source, 5, 1, 3);
    assert_place(source, 9, 1, 4);
    assert_place(source, 11, 2, 1);
}

static void a_bad_byte_is_one_column(void **state)
{
    (void)state;
    struct source *source = add_source("a", STR("\xFF\xFE\x80x"));
    assert_place(source, 3, 1, 4);
}

/* Lines of a text of many steps, whose ends fall on the borders of steps in every way. */
static void long_texts(void **state)
{
    enum { LONG = 5 * SOURCE_STEP };
    static char text[LONG];
    (void)state;
    for (size_t i = 0; i < LONG; i++) {
        size_t near = i % SOURCE_STEP < 8 ? i % SOURCE_STEP : SOURCE_STEP - i % SOURCE_STEP;
        text[i] = near > 8 ? 'x' : "\r\n\nx\r\rx\n\r"[(near + i / SOURCE_STEP) % 9];
    }
    struct source *source = add_source("a", (str){ text, LONG });
    uint32_t line = 1, begin = 0;
    for (uint32_t i = 0; i < LONG; i++) {
        assert_place(source, i, line, i - begin + 1);
        if (text[i] != '\n' && (text[i] != '\r' || (i + 1 < LONG && text[i + 1] == '\n')))
            continue;
        uint32_t from = 0, to = i > begin && text[i - 1] == '\r' ? i - 1 : i;
        assert_int_equal(source_line(&sources, source, line, &from).len, to - begin);
        assert_int_equal(from, begin);
        begin = i + 1;
        line++;
    }
    assert_true(line > 20);
}

static void nothing_and_no_place(void **state)
{
    (void)state;
    struct source *source = add_source("a", (str){ 0 });
    uint32_t begin = 7;
    assert_place(source, 0, 1, 1);
    assert_str(source_line(&sources, source, 1, &begin), "");
    assert_int_equal(begin, 0);
    assert_null(source_of(&sources, SPAN_NONE));
    assert_null(source_of(&sources, (struct span){ 9, 0, 0 }));
    assert_ptr_equal(source_of(&sources, (struct span){ 1, 0, 0 }), source);
}

/* What is known of a line must not show in what is said of it: asked forwards, backwards, from the middle of a character, and for other lines in between. */
static void any_order(void **state)
{
    static const char text[] = "a\xC3\xA9" "b\n\xE8\x80\x81" "c\r\nd\xFF" "e";
    enum { LONG = sizeof text - 1 };
    struct place alone[LONG + 1];
    (void)state;
    for (uint32_t i = 0; i <= LONG; i++)
        alone[i] = source_place(&sources, add_source("alone", (str){ text, LONG }), i);
    struct source *source = add_source("a", (str){ text, LONG });
    for (uint32_t from = 0; from <= LONG; from++)
        for (uint32_t to = 0; to <= LONG; to++) {
            uint32_t begin = 7;
            assert_place(source, from, alone[from].line, alone[from].column);
            assert_place(source, to, alone[to].line, alone[to].column);
            assert_str(source_line(&sources, source, 3, &begin), "d\xFF" "e");
            assert_int_equal(begin, 11);
            assert_str(source_line(&sources, source, alone[from].line, NULL), alone[from].line == 1 ? "a\xC3\xA9" "b" : alone[from].line == 2 ? "\xE8\x80\x81" "c" : "d\xFF" "e");
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(any_order), TEST(lines_end_in_three_ways), TEST(columns_count_characters), TEST(a_bad_byte_is_one_column), TEST(nothing_and_no_place), TEST(long_texts) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
