/* SPDX-License-Identifier: MIT */
#include "parse/text.h"

#include "support.h"

static struct source *check(str bytes, bool tabs_refused)
{
    findings_init(&findings, &arena);
    struct source *source = add_source("a.yaml", bytes);
    text_check(&arena, &findings, source, tabs_refused);
    assert_int_equal(source->bytes.len, bytes.len); /* places stay what they are */
    assert_true(str_eq(source->shown, bytes));
    return source;
}

static void good_text_is_left_alone(void **state)
{
    (void)state;
    str ascii = STR("plain: text\r\n"), letters = STR("\xC3\xA9 \xE8\x80\x81 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB");
    struct source *source = check(ascii, true);
    assert_ptr_equal(source->bytes.at, ascii.at);
    assert_true(source->ascii && source->is_text);
    source = check(letters, true);
    assert_ptr_equal(source->bytes.at, letters.at);
    assert_false(source->ascii);
    assert_str(found(), "");
    check((str){ 0 }, true);
    assert_str(found(), "");
}

static void bad_bytes_are_replaced_and_told(void **state)
{
    (void)state;
    static const struct { str bytes; const char *after, *wrong; } cases[] = {
        { { "a\tb", 3 }, "a b", "Y-10@1-2" },
        { { "\t\ta", 3 }, "  a", "Y-10@0-2" },
        { { "a\0b", 3 }, "a?b", "Y-11@1-2" },
        { { "a\0\0b", 4 }, "a??b", "Y-11@1-2" },
        { { "a\xFF" "b", 3 }, "a?b", "Y-12@1-2" },
        { { "\xC3", 1 }, "?", "Y-12@0-1" },
        { { "\xED\xA0\x80x", 4 }, "???x", "Y-12@0-3" },
        { { "\xF4\x90\x80\x80x", 5 }, "????x", "Y-12@0-4" },
        { { "a\x1B" "b", 3 }, "a?b", "Y-15@1-2" },
        { { "a\x7F" "b", 3 }, "a?b", "Y-15@1-2" },
        { { "a\xC2\x85" "b", 4 }, "a??b", "Y-15@1-3" },          /* NEL: a line break to YAML alone */
        { { "a\xE2\x80\xA9" "b", 5 }, "a???b", "Y-15@1-4" },     /* paragraph separator */
        { { "a\xE2\x80\xAE" "b", 5 }, "a???b", "Y-15@1-4" },     /* right-to-left override */
        { { "a\xE2\x81\xA6" "b", 5 }, "a???b", "Y-15@1-4" },     /* isolate */
        { { "a\xEF\xBB\xBF" "b", 5 }, "a???b", "Y-15@1-4" },     /* byte order mark inside */
        { { "a\xEF\xA3\xB0" "b", 5 }, "a???b", "Y-15@1-4" },     /* where our own placeholders are */
        { { "a\xEF\xBF\xBE" "b", 5 }, "a???b", "Y-15@1-4" },     /* non-character */
        { { "\xEF\xBB\xBF" "b", 4 }, "   b", "Y-14@0-3" },
        { { "a\rb", 3 }, "a\rb", "" },
        { { "\xEF\xBF\xBD", 3 }, "\xEF\xBF\xBD", "" },           /* the replacement character itself is a character */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct source *source = check(cases[i].bytes, true);
        assert_str(source->bytes, cases[i].after);
        assert_str(found(), cases[i].wrong);
    }
}

static void tabs_are_fine_in_prose(void **state)
{
    (void)state;
    struct source *source = check(STR("a\tb\x07"), false);
    assert_str(source->bytes, "a\tb?");
    assert_str(found(), "Y-15@3-4");
}

static void utf16_is_recognised(void **state)
{
    (void)state;
    static const str texts[] = { { "\xFF\xFE" "a\0", 4 }, { "\xFE\xFF\0a", 4 }, { "a\0b\0", 4 }, { "\0a\0b", 4 }, { "\xFF\xFE", 2 } };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct source *source = check(texts[i], true);
        assert_false(source->is_text);
        assert_str(found(), "Y-13@0-2");
    }
    assert_true(check((str){ "a\0bc", 4 }, true)->is_text);
}

static void only_the_first_few_are_told(void **state)
{
    (void)state;
    struct source *source = check(STR("\x01\x01\x01\x01\x01\x01\x01\x01 \xFF \t"), true);
    assert_str(source->bytes, "???????? ?  ");
    assert_int_equal(findings.list.len, 5 + 2);
}

static void a_file_is_looked_at_once(void **state)
{
    (void)state;
    struct source *source = check(STR("a\0b"), true);
    assert_true(text_check(&arena, &findings, source, true));
    assert_str(found(), "Y-11@1-2");
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(good_text_is_left_alone), TEST(bad_bytes_are_replaced_and_told), TEST(tabs_are_fine_in_prose), TEST(utf16_is_recognised),
                                        TEST(only_the_first_few_are_told), TEST(a_file_is_looked_at_once) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
