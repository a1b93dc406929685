/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "support.h"

static int sign(int n) { return (n > 0) - (n < 0); }

static void order_by_bytes(void **state)
{
    (void)state;
    assert_int_equal(sign(str_cmp(STR("a"), STR("b"))), -1);
    assert_int_equal(sign(str_cmp(STR("a"), STR("a"))), 0);
    assert_int_equal(sign(str_cmp(STR("ab"), STR("a"))), 1);
    assert_int_equal(sign(str_cmp((str){ 0 }, STR("a"))), -1);
    assert_int_equal(sign(str_cmp((str){ 0 }, (str){ 0 })), 0);
    assert_int_equal(sign(str_cmp(STR("\xC3\xA9"), STR("z"))), 1);
}

/* Each stands before the next. */
static void order_as_people_count(void **state)
{
    (void)state;
    static const char *const sorted[] = { "", "A.5.1", "A.5.2", "A.5.10", "A.5.10a", "A.8.1", "A.10", "R-01", "R-1", "R-2", "R-10", "R-10.1", "a", "b" };
    for (size_t i = 0; i < COUNT(sorted); i++)
        for (size_t k = 0; k < COUNT(sorted); k++) {
            int wanted = (i > k) - (i < k);
            if (sign(str_cmp_natural(str_of(sorted[i]), str_of(sorted[k]))) != wanted)
                fail_msg("\"%s\" and \"%s\"", sorted[i], sorted[k]);
        }
    /* Numbers that fit no integer still have an order. */
    assert_int_equal(sign(str_cmp_natural(STR("99999999999999999999999998"), STR("99999999999999999999999999"))), -1);
    assert_int_equal(sign(str_cmp_natural(STR("99999999999999999999999999"), STR("100000000000000000000000000"))), -1);
}

static void pieces(void **state)
{
    (void)state;
    assert_true(str_starts(STR("risks.yaml"), STR("risks")));
    assert_false(str_starts(STR("ri"), STR("risks")));
    assert_true(str_starts(STR("x"), (str){ 0 }));
    assert_true(str_ends(STR("risks.yaml"), STR(".yaml")));
    assert_false(str_ends(STR("yaml"), STR(".yaml")));
    assert_str(str_trim(STR(" \t a b \r\n")), "a b");
    assert_str(str_trim(STR(" \n")), "");
    assert_str(str_trim((str){ 0 }), "");
    assert_int_equal(str_find(STR("a:b:c"), ':', 2), 3);
    assert_int_equal(str_find(STR("abc"), ':', 0), 3);
    assert_int_equal(str_find((str){ 0 }, ':', 0), 0);
    assert_int_equal(str_search(STR("one two two"), STR("two"), 0), 4);
    assert_int_equal(str_search(STR("one two two"), STR("two"), 5), 8);
    assert_true(str_search(STR("one"), STR("two"), 0) == SIZE_MAX);
    assert_true(str_search(STR("tw"), STR("two"), 0) == SIZE_MAX);
    assert_int_equal(str_search(STR("one"), (str){ 0 }, 0), 0);
    assert_true(str_eq_nocase(STR("Ana LIND"), STR("ana lind")));
    assert_false(str_eq_nocase(STR("ana"), STR("anna")));
    static const char *const words[] = { "one", "two", NULL };
    assert_true(str_is_one_of(STR("two"), words));
    assert_false(str_is_one_of(STR("tw"), words));
    assert_false(str_is_one_of((str){ 0 }, words));
}

static void splitting(void **state)
{
    (void)state;
    str rest = STR("a,,b,"), piece, joined = { 0 };
    while (str_split(&rest, ',', &piece))
        joined = str_print(&arena, "%.*s[%.*s]", STR_ARG(joined), STR_ARG(piece));
    assert_str(joined, "[a][][b][]");
    rest = (str){ 0 };
    assert_false(str_split(&rest, ',', &piece));
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct { const char *text; bool fine; int64_t n; } cases[] = {
        { "0", true, 0 }, { "12", true, 12 }, { "-12", true, -12 }, { "+12", true, 12 }, { "007", true, 7 },
        { "9223372036854775807", true, INT64_MAX }, { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 }, { "-9223372036854775809", false, 0 }, { "99999999999999999999", false, 0 },
        { "", false, 0 }, { "-", false, 0 }, { "+", false, 0 }, { "1 ", false, 0 }, { " 1", false, 0 }, { "1.0", false, 0 },
        { "0x10", false, 0 }, { "1e3", false, 0 }, { "--1", false, 0 }, { "\xD9\xA1", false, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t n = 0;
        if (str_to_int(str_of(cases[i].text), &n) != cases[i].fine || (cases[i].fine && n != cases[i].n))
            fail_msg("\"%s\" gives %lld", cases[i].text, (long long)n);
    }
}

static void decimal_numbers(void **state)
{
    (void)state;
    static const struct { const char *text; bool fine; double d; } cases[] = {
        { "0", true, 0 }, { "12", true, 12 }, { "-12.5", true, -12.5 }, { "3e2", true, 300 }, { "2.5e-1", true, 0.25 }, { "0.1", true, 0.1 },
        { "1e400", false, 0 }, { "", false, 0 }, { "-", false, 0 }, { ".", false, 0 }, { "inf", false, 0 }, { "nan", false, 0 },
        { "0x1p3", false, 0 }, { "1,5", false, 0 }, { "1.5 ", false, 0 }, { "1e", false, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        double d = 0;
        bool fine = str_to_double(str_of(cases[i].text), &d);
        if (fine != cases[i].fine || (fine && fabs(d - cases[i].d) > 1e-12))
            fail_msg("\"%s\" gives %d %g", cases[i].text, fine, d);
    }
}

static void every_code_point_makes_the_round(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char   bytes[4];
        size_t pos = 0;
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        str s = { bytes, utf8_put(cp, bytes) };
        if (utf8_next(s, &pos) != cp || pos != s.len || utf8_invalid_at(s) != s.len || utf8_count(s) != 1)
            fail_msg("U+%04X", (unsigned)cp);
    }
}

static void what_is_no_utf8(void **state)
{
    (void)state;
    static const struct { str s; size_t at; } cases[] = {
        { { "\x80", 1 }, 0 },              { { "a\xBF", 2 }, 1 },             { { "\xC0\xAF", 2 }, 0 },         { { "\xC1\x81", 2 }, 0 },
        { { "\xC3", 1 }, 0 },              { { "\xC3(", 2 }, 0 },             { { "\xE0\x80\xAF", 3 }, 0 },     { { "\xE2\x82", 2 }, 0 },
        { { "\xED\xA0\x80", 3 }, 0 },      { { "\xED\xBF\xBF", 3 }, 0 },      { { "\xF0\x80\x80\xAF", 4 }, 0 }, { { "\xF4\x90\x80\x80", 4 }, 0 },
        { { "\xF5\x80\x80\x80", 4 }, 0 },  { { "\xF0\x9F\x98", 3 }, 0 },      { { "\xFE", 1 }, 0 },             { { "ok\xFF", 3 }, 2 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t pos = cases[i].at;
        if (utf8_invalid_at(cases[i].s) != cases[i].at)
            fail_msg("case %zu: %zu", i, utf8_invalid_at(cases[i].s));
        assert_int_equal(utf8_next(cases[i].s, &pos), 0xFFFD);
        assert_int_equal(pos, cases[i].at + 1); /* one byte at a time, so that nothing behind it is swallowed */
    }
    assert_int_equal(utf8_invalid_at(STR("J\xC3\xB6rg \xF0\x9F\x98\x80")), 10);
}

static void widths_on_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(utf8_cells('a'), 1);
    assert_int_equal(utf8_cells(0xE9), 1);
    assert_int_equal(utf8_cells(0x301), 0);   /* combining acute */
    assert_int_equal(utf8_cells(0x200D), 0);  /* zero width joiner */
    assert_int_equal(utf8_cells(0x8001), 2);  /* a Chinese character */
    assert_int_equal(utf8_cells(0xAC00), 2);  /* a Korean one */
    assert_int_equal(utf8_cells(0x1F600), 2); /* an emoji */
}

static void distances(void **state)
{
    (void)state;
    assert_int_equal(str_distance(STR("title"), STR("title"), 3), 0);
    assert_int_equal(str_distance(STR("titel"), STR("title"), 3), 1); /* two letters swapped are one mistake */
    assert_int_equal(str_distance(STR("ownr"), STR("owner"), 3), 1);
    assert_int_equal(str_distance(STR("abc"), STR("xyz"), 3), 3);
    assert_int_equal(str_distance(STR("abcdef"), STR("uvwxyz"), 3), 4); /* limit + 1 */
    assert_int_equal(str_distance((str){ 0 }, STR("ab"), 3), 2);
    str_distance(STR("ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp"), STR("q"), 2);
}

static void hashes(void **state)
{
    (void)state;
    assert_true(str_hash(STR("a")) != str_hash(STR("b")));
    assert_true(str_hash(STR("a")) == str_hash(str_copy(&arena, STR("a"))));
    assert_true(str_hash((str){ 0 }) == str_hash(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(order_by_bytes), TEST(order_as_people_count), TEST(pieces), TEST(splitting), TEST(whole_numbers), TEST(decimal_numbers),
        TEST(every_code_point_makes_the_round), TEST(what_is_no_utf8), TEST(widths_on_a_terminal), TEST(distances), TEST(hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
