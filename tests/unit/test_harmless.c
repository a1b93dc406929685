/* SPDX-License-Identifier: MIT */
/* Texts that need not be woven to be checked: usual ones are seen to be such, and none of them would have had a finding. */
#include "weave_fixture.h"

static size_t findings_in(str text)
{
    struct weave weave = weave_here();
    struct value field = value_text(text);
    field.look = LOOK_MARKDOWN;
    findings_init(&findings, &arena);
    weave.findings = &findings;
    weave_check_field(&weave, field);
    return findings.list.len;
}

static bool is_harmless(str text) { return weave_is_harmless(session->project.model, text); }

static void usual_texts(void **state)
{
    static const char *const texts[] = {
        "", "Words.", "Two *words* and `code`.\n\n- one\n- two\n  - three\n\n1. four\n", "See [[R-1]], R&D, 5 > 3, a < b, x<y, [box], a|b, don't!\n",
        "| a | b |\n|---|:-:|\n| c | d |\n| `x` | [[R-2]] |\n\nAfter | it.\n", "> said\n> so\n\n# Heading\n\n---\n", ("~5 snake_case \\path \xE2\x82\xAC" "20 50%\r\nline\r\n"),
        "a | b\nc\n", "[x](https://example.org/a_b?c=d#e) and [y](mailto:a@b.c \"Title\")\n", "#1 priority, #tag\n\n- one \xE2\x80\x93 two\n\nText.\n\n---\n\nShort (a) one\n", "> | a |\n> |---|\n> | b |\n",
    };
    (void)state;
    refresh();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!is_harmless(str_of(texts[i])))
            fail_msg("this would be woven: %s", texts[i]);
}

static void wrong_texts(void **state)
{
    static const char *const texts[] = {
        "[[R-9]]", "[[R-1|x]] [[R-9|y]]", "\\[\\[R-9]]", "&#91;[R-9]]", "[x](javascript:a)", "[x]( javascript:a)", "[x](<https://a>)(b)", "[[R-9]](https://a)", "![x](https://a)", "[x](https://a&#1;)", "[x](#y)", "[x](https:a)", "[x][y]\n\n[y]: javascript:a", "![x](y.png)", "a[^1]", "a[\\^1]",
        "[^1]: b", "<b>x", "<div class\nx", "- <pre x", "x<b>y", "<!-- landscape -->", "| a |\n|---|\n| b | c |\n", "a|b\n-|-\nc|d|e\n",
        "| a | b |\n|---|---|\n| c \\| d | e | f |\n", "> | a |\n> |---|\n> | b | c |\n",
        "\xE2\x80\xA2 one\n", "- x\n  \xE2\x97\xA6 one\n", "\xE2\x80\x93 one\n\xE2\x80\x93 two\n", "##Heading\n", "> ##Heading\n", "1. ##Heading\n", "#Heading\n", "a) one\nb) two\n",
        "1.1 one\n1.2 two\n", "| a | b |\n| c | d |\n", "| a | b |\n| c | d |\n|---|---|\n", "|---|---|\n| a | b |\n", "- | a | b |\n  | c | d |\n", "a\tb\nc\td\n",
        "-one\n-two\n", "-\xC2\xA0one\n", "One line and\nanother one.\n---\n", "| a | b |\n|---|\n",
    };
    (void)state;
    refresh();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (is_harmless(str_of(texts[i])))
            fail_msg("this was taken for harmless: %s", texts[i]);
}

/* What guards refuse, just beyond their limits. */
static void too_much(void **state)
{
    static const struct { const char *piece; size_t times; } texts[] = { { "*a ", 200 }, { "[", 100 }, { "> ", 40 }, { ">", 40 }, { "- ", 40 }, { "1. ", 40 }, { "x", 70000 }, { "_a", 40 } };
    (void)state;
    refresh();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf *text = buf_new(&arena);
        for (size_t n = 0; n < texts[i].times; n++)
            buf_text(text, texts[i].piece);
        buf_text(text, "x");
        if (is_harmless(buf_str(text)))
            fail_msg("%zu times %s was taken for harmless", texts[i].times, texts[i].piece);
    }
}

/* Pieces put together by chance: where the bytes say that nothing is wrong, weaving says so too. */
static void harmless_is_right(void **state)
{
    static const char *const pieces[] = {
        "word", " ", " ", "\n", "\n", "\n\n", "  ", "[[R-1]]", "[[R-9]]", "[box]", "[", "]", "(x)", ":", "^1", "!", "<", "b>", "x<y", ">", "/", "*", "**", "_", "~~", "`",
        "\\", "&", "#91;", "|", "| a | b |", "|---|---|", "\n|---|", "|", "- ", "1. ", "> ", "# ", "---", "\t", "    ", "```\n", "http://x", "](https://x)", "](mailto:x", "(javascript:x)", "\xC3\xA4", "\r\n",
        "\n##x", "\n#", "X", "\xE2\x80\xA2 ", "\n\xE2\x80\x93 x", "\na) ", "\nb) ", "\n1.1 ", "\n1.2 ", "\n-x", "\n-\xC2\xA0", "\n---\n", ".", "x\ty", "\n| a | b |", "(i) ",
    };
    uint32_t rounds = getenv("FULL") ? 400000 : 20000;
    uint32_t random = 1;
    uint32_t harmless = 0;
    (void)state;
    for (uint32_t i = 0; i < rounds; i++) {
        refresh();
        struct buf *text = buf_new(&arena);
        for (uint32_t n = 1 + i % 12; n > 0; n--) {
            random = random * 1103515245 + 12345;
            buf_text(text, pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        if (!is_harmless(buf_str(text)))
            continue;
        harmless++;
        if (findings_in(buf_str(text)))
            fail_msg("this was taken for harmless: %.*s\n%s", STR_ARG(buf_str(text)), said());
    }
    assert_true(harmless > rounds / 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_texts), cmocka_unit_test(wrong_texts), cmocka_unit_test(too_much), cmocka_unit_test(harmless_is_right),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
