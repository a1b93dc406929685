/* SPDX-License-Identifier: MIT */
/* Patterns: what matches, by either way to find out, what is refused, and that no pattern takes more than linear time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/arena.h"
#include "query/regex.h"

static struct memory memory;
static struct arena arena;

static const struct regex *compile(const char *pattern)
{
    struct regex_problem problem;
    const struct regex *regex = regex_compile(&arena, str_of(pattern), &problem);
    if (!regex)
        fail_msg("/%s/ is refused: %s at %zu", pattern, problem.message, problem.at);
    return regex;
}

static const struct { const char *pattern, *text; bool found; } cases[] = {
    { "", "", true }, { "", "abc", true }, { "b", "abc", true }, { "d", "abc", false }, { "^b", "abc", false }, { "c$", "abc", true },
    { "^abc$", "abc", true }, { "^abc$", "abcd", false }, { "^$", "", true }, { "^$", "a", false }, { "a.c", "abc", true }, { "a.c", "a\nc", false },
    { "a.c", "a\xC3\xA9" "c", true }, { "^.$", "\xF0\x9F\x98\x80", true }, { "a*", "", true }, { "^a*$", "aaa", true }, { "^a+$", "", false },
    { "^a?b$", "b", true }, { "^a?b$", "aab", false }, { "^(ab)+$", "ababab", true }, { "^(?:ab|cd)*$", "abcdab", true }, { "^(ab|cd)$", "ad", false },
    { "^(a|b|c|)$", "", true }, { "^(a|b|c|)$", "d", false }, { "a|b|c", "xcx", true }, { "^a{3}$", "aaa", true }, { "^a{3}$", "aa", false },
    { "^a{2,}$", "aaaa", true }, { "^a{2,}$", "a", false }, { "^a{1,3}$", "aaa", true }, { "^a{1,3}$", "aaaa", false }, { "^a{0,2}$", "", true },
    { "^a{0,2}b$", "aab", true }, { "^a{0,2}b$", "aaab", false }, { "^a{0}b$", "b", true }, { "^a{0}b$", "ab", false }, { "^(a|bc){2}$", "bca", true },
    { "^(a{1,2}){2}$", "aaa", true }, { "^(a{1,2}){2}$", "aaaaa", false }, { "^a*?$", "aa", true }, { "^a+?b??$", "aab", true }, { "^a{1,2}?$", "aa", true },
    { "[abc]", "xbx", true }, { "[^abc]", "abc", false }, { "[^abc]", "abcd", true }, { "^[a-c0-9]+$", "a1c9", true }, { "^[a-c]+$", "abd", false },
    { "[]a]", "]", true }, { "[^]a]", "]a", false }, { "[a-]", "-", true }, { "[-a]", "-", true }, { "[\\]]", "]", true }, { "[\\d-]", "-", true },
    { "[\xC3\xA0-\xC3\xBC]", "\xC3\xA9", true }, { "[\xC3\xA0-\xC3\xBC]", "e", false }, { "[\\x41-\\x{43}]", "B", true }, { "^\\d+$", "0123", true },
    { "\\d", "a", false }, { "^\\w+$", "aZ_9", true }, { "\\w", "\xC3\xA9", false }, { "^\\s+$", " \t\n\r\f", true }, { "^\\D+$", "ab", true }, { "\\W", "a_1", false },
    { "\\S", " \t", false }, { "[\\D]", "1", false }, { "[^\\d]", "1", false }, { "[\\w.]+", "...", true }, { "\\bfoo\\b", "a foo b", true }, { "\\bfoo\\b", "afoo b", false },
    { "\\Boo\\b", "foo", true }, { "\\B", "a", false }, { "\\.", ".", true }, { "\\.", "a", false }, { "\\\\", "\\", true }, { "\\{\\}", "{}", true }, { "\\t", "\t", true },
    { "\\x41", "A", true }, { "\\x{1F600}", "\xF0\x9F\x98\x80", true }, { "(?i)risk", "A RISK", true }, { "(?i)[a-c]X", "Bx", true }, { "(?i)[^a]", "A", false },
    { "risk", "RISK", false }, { "(a*)*", "b", true }, { "^(a*)*$", "aaa", true }, { "^(a*)+b$", "aab", true }, { "^(a|b*)*c$", "abbac", true }, { "^(()|a)+$", "aa", true },
    { "^R-[0-9]{3}$", "R-001", true }, { "^R-[0-9]{3}$", "R-0012", false }, { "^[^@ ]+@[^@ ]+\\.[a-z]{2,}$", "ana@example.org", true }, { "]", "]", true }, { "}", "}", true },
    { "x(y|z(w|v))*$", "xyzwzvy", true }, { "^(a|ab)(c|bcd)$", "abcd", true }, { "$^", "", true }, { "a$b", "ab", false }, { "(^a|b$)", "cb", true },
    { "^(a?){3}a{3}$", "aaa", true }, { "((((a))))", "a", true }, { "\\^\\$", "^$", true }, { ".", "\n", false }, { "[\\n]", "\n", true }, { "^(|a)b", "ab", true },
};

static void matches(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t steps = 0;
        if (regex_search(compile(cases[i].pattern), str_of(cases[i].text), &steps) != cases[i].found)
            fail_msg("/%s/ on \"%s\": expected %d", cases[i].pattern, cases[i].text, cases[i].found);
    }
}

/* Of all matches the one that begins first, and of those the longest. */
static void extents(void **state)
{
    static const struct { const char *pattern, *text; size_t from; int begin, end; } rows[] = {
        { "b+", "abbbc", 0, 1, 4 }, { "a|ab|abc", "xabcd", 0, 1, 4 }, { "(?i)tbd", "it is TBD", 0, 6, 9 }, { "b", "abcb", 2, 3, 4 }, { "x", "abc", 0, -1, -1 },
        { "xay|a", "bxaz", 0, 2, 3 }, { "x[abc]*y|c", "xabcz", 0, 3, 4 }, { "a*", "baa", 0, 0, 0 }, { "$", "ab", 0, 2, 2 }, { "^b", "ab", 1, -1, -1 },
        { "\\bR-[0-9]+", "AR-1 R-22", 0, 5, 9 }, { "[^a]+", "aa\xC3\xA4\xC3\xB6" "a", 0, 2, 6 }, { "\xC3\xB6", "\xC3\xA4\xC3\xB6", 0, 2, 4 }, { "[\xC3\xA0-\xC3\xBC]z", "\xC3\xA9z", 0, 0, 3 },
        { "a", "", 0, -1, -1 }, { "", "", 0, 0, 0 }, { "b$|ab", "ab", 0, 0, 2 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct regex_match match = { 0, 0 };
        uint64_t steps = 0;
        bool found = regex_find(compile(rows[i].pattern), str_of(rows[i].text), rows[i].from, true, &match, &steps);
        if (found != (rows[i].begin >= 0) || (found && (match.begin != (size_t)rows[i].begin || match.end != (size_t)rows[i].end)))
            fail_msg("/%s/ on \"%s\": %d, %zu to %zu", rows[i].pattern, rows[i].text, found, match.begin, match.end);
    }
}

/* A pattern that also has so many characters of its own that no table can tell them apart, so that each text is followed through. */
static const struct regex *without_table(const char *pattern)
{
    enum { OTHERS = 120 };
    char text[300 + OTHERS * 5], *end = text + sprintf(text, "%.299s", pattern);
    for (uint32_t i = 0; i < OTHERS; i++) {
        *end++ = '|';
        end += utf8_put(0x4E00 + i * 2, end);
    }
    *end = '\0';
    return compile(text);
}

/* What is learned from one text holds for the next, and both ways to find out agree. */
static void tables(void **state)
{
    enum { CASES = sizeof cases / sizeof *cases };
    (void)state;
    for (size_t p = 0; p < CASES; p++) {
        const struct regex *quick = compile(cases[p].pattern), *slow = without_table(cases[p].pattern);
        for (size_t t = 0; t < CASES; t++) {
            uint64_t steps = 0;
            if (regex_search(quick, str_of(cases[t].text), &steps) != regex_search(slow, str_of(cases[t].text), &steps))
                fail_msg("/%s/ on \"%s\" depends on how it is found out", cases[p].pattern, cases[t].text);
        }
    }
}

/* As many states as there are texts of 14 letters: more than are kept, and the answer is right all the same. */
static void many_states(void **state)
{
    enum { LENGTH = 20000 };
    const struct regex *regex = compile("c(a|b)*a(a|b){14}c");
    char *text = NEWS(&arena, char, LENGTH);
    uint64_t steps = 0;
    uint32_t random = 1;
    (void)state;
    text[0] = 'c';
    for (size_t i = 1; i < LENGTH; i++)
        text[i] = (random = random * 1103515245 + 12345) >> 16 & 1 ? 'a' : 'b';
    assert_false(regex_search(regex, (str){ text, LENGTH }, &steps));
    text[LENGTH - 1] = 'c';
    text[LENGTH - 16] = 'b';
    assert_false(regex_search(regex, (str){ text, LENGTH }, &steps));
    text[LENGTH - 16] = 'a';
    assert_true(regex_search(regex, (str){ text, LENGTH }, &steps));
}

static void refusals(void **state)
{
    static const struct { const char *pattern; size_t at; const char *message; } rows[] = {
        { "(a", 0, "the pattern has a ( that is never closed" },
        { "a)", 1, "the pattern has a ) that was never opened" },
        { "[a", 0, "the pattern has a [ that is never closed" },
        { "[]", 0, "the pattern has a [ that is never closed" },
        { "*", 0, "the pattern repeats nothing here" },
        { "a|+", 2, "the pattern repeats nothing here" },
        { "a**", 2, "the pattern repeats a repetition; put it into parentheses" },
        { "a{2}{3}", 4, "the pattern repeats a repetition; put it into parentheses" },
        { "a{", 1, "the pattern has a wrong {}; write {2}, {2,} or {2,5}, or \\{ for a brace" },
        { "a{x}", 1, "the pattern has a wrong {}; write {2}, {2,} or {2,5}, or \\{ for a brace" },
        { "a{3,2}", 1, "the pattern has a wrong {}; write {2}, {2,} or {2,5}, or \\{ for a brace" },
        { "a{1001}", 1, "the pattern repeats too often" },
        { "(a{900}){900}", 13, "the pattern is too large" },
        { "[b-a]", 1, "the pattern has a range that is the wrong way round" },
        { "[a-\\d]", 1, "the pattern has a range that is the wrong way round" },
        { "[[:alpha:]]", 1, "named classes such as [:alpha:] are not supported" },
        { "(?=a)", 0, "groups of the form (?...) are not supported, except (?:...)" },
        { "(?P<n>a)", 0, "groups of the form (?...) are not supported, except (?:...)" },
        { "a(?i)b", 1, "groups of the form (?...) are not supported, except (?:...)" },
        { "\\1", 0, "the pattern has an escape that is not supported" },
        { "\\p{L}", 0, "the pattern has an escape that is not supported" },
        { "\\", 0, "the pattern ends in a backslash" },
        { "\\xg", 0, "the pattern has a wrong \\x" },
        { "\\x{110000}", 0, "the pattern has a wrong \\x" },
        { "\\x{41", 0, "the pattern has a wrong \\x" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct regex_problem problem = { "none", 0 };
        assert_null(regex_compile(&arena, str_of(rows[i].pattern), &problem));
        if (strcmp(problem.message, rows[i].message) != 0 || problem.at != rows[i].at)
            fail_msg("/%s/: %s at %zu", rows[i].pattern, problem.message, problem.at);
    }
}

/* Twice the text may take twice the steps, whatever the pattern. */
static void linear(void **state)
{
    static const char *const patterns[] = { "(a*)*b", "(a|a)*b", "(a|aa)+$b", "(a?){20}a{20}b", "a*a*a*a*a*a*a*b", "(.*)(.*)(.*)(.*)[^a]b", "((a+)+)+b" };
    enum { LENGTH = 50000 };
    char *text = NEWS(&arena, char, LENGTH * 2);
    memset(text, 'a', LENGTH * 2);
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        uint64_t once = 0, twice = 0;
        const struct regex *regex = compile(patterns[i]);
        assert_false(regex_search(regex, (str){ text, LENGTH }, &once));
        assert_false(regex_search(regex, (str){ text, LENGTH * 2 }, &twice));
        assert_true(twice < once * 2 + 1000);
        assert_true(once < LENGTH * 200);
    }
}

/* Looking for all matches of a long text takes no more than the text is long. */
static void one_by_one(void **state)
{
    enum { LENGTH = 50000 };
    const struct regex *regex = compile("ab");
    char *text = NEWS(&arena, char, LENGTH);
    struct regex_match match;
    size_t found = 0, from = 0;
    uint64_t steps = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH; i++)
        text[i] = "ab"[i % 2];
    for (; regex_find(regex, (str){ text, LENGTH }, from, true, &match, &steps); from = match.end)
        found++;
    assert_int_equal(found, LENGTH / 2);
    assert_true(steps < LENGTH * 20);
}

static void nesting(void **state)
{
    struct regex_problem problem = { "none", 0 };
    char deep[402];
    (void)state;
    memset(deep, '(', 200);
    deep[200] = 'a';
    memset(deep + 201, ')', 200);
    assert_null(regex_compile(&arena, (str){ deep, 401 }, &problem));
    assert_string_equal(problem.message, "the pattern is nested too deeply");
    assert_non_null(regex_compile(&arena, (str){ deep + 150, 101 }, &problem));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches), cmocka_unit_test(extents), cmocka_unit_test(tables), cmocka_unit_test(many_states), cmocka_unit_test(refusals), cmocka_unit_test(linear),
        cmocka_unit_test(one_by_one), cmocka_unit_test(nesting),
    };
    memory.limit = (size_t)64 << 20;
    if (setjmp(memory.escape))
        return 1;
    arena_init(&arena, &memory);
    int failed = cmocka_run_group_tests_name("query_regex", tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
