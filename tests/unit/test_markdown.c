/* SPDX-License-Identifier: MIT */
/*
 * The Markdown parser. Trees are compared in a notation of one line:
 *   h2(..) p(..) ul(li(..)) ol3(..) li[x](..) quote(..) code(..) html(..) hr table2(row(a | b) ..)
 *   em(..) strong(..) del(..) <address>(..) !<address>(..) `code` {raw html} / soft break, // hard break, ^label(..)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "parse/markdown.h"

static struct memory memory = { .limit = (size_t)1 << 30 };
static struct arena arena;
static struct findings findings;
static struct source source;

static void show_all(struct buf *out, const struct md_node *node, const char *between);

static void show_open(struct buf *out, const struct md_node *node)
{
    static const char *const names[] = {
        [MD_PARAGRAPH] = "p", [MD_QUOTE] = "quote", [MD_CODE] = "code", [MD_HTML] = "html", [MD_ROW] = "row",
        [MD_EMPHASIS] = "em", [MD_STRONG] = "strong", [MD_STRIKE] = "del",
    };
    switch (node->type) {
    case MD_HEADING: buf_print(out, "h%d", node->level); break;
    case MD_LIST:
        buf_text(out, node->ordered ? "ol" : "ul");
        if (node->ordered)
            buf_print(out, "%u", node->start);
        if (!node->tight)
            buf_text(out, "-loose");
        break;
    case MD_ITEM:  buf_text(out, node->task == MD_TASK_DONE ? "li[x]" : node->task == MD_TASK_OPEN ? "li[ ]" : "li"); break;
    case MD_TABLE: buf_print(out, "table%u", node->start); break;
    case MD_LINK:  buf_print(out, "<%.*s>", STR_ARG(node->ref)); break;
    case MD_IMAGE: buf_print(out, "!<%.*s>", STR_ARG(node->ref)); break;
    case MD_NOTE:  buf_print(out, "^%.*s", STR_ARG(node->ref)); break;
    default:       buf_text(out, names[node->type] ? names[node->type] : "?"); break;
    }
}

static void show(struct buf *out, const struct md_node *node)
{
    switch (node->type) {
    case MD_DOCUMENT:    show_all(out, node, " "); return;
    case MD_TEXT:        buf_put(out, node->text); return;
    case MD_SOFT_BREAK:  buf_text(out, "/"); return;
    case MD_BREAK:       buf_text(out, "//"); return;
    case MD_RULE:        buf_text(out, "hr"); return;
    case MD_CODE_SPAN:   buf_print(out, "`%.*s`", STR_ARG(node->text)); return;
    case MD_HTML_INLINE: buf_print(out, "{%.*s}", STR_ARG(node->text)); return;
    case MD_CELL:
        buf_text(out, node->align == MD_CENTRE ? ":" : node->align == MD_RIGHT ? ">" : "");
        buf_put(out, node->text);
        show_all(out, node, "");
        return;
    default: break;
    }
    show_open(out, node);
    buf_char(out, '(');
    buf_put(out, node->text);
    show_all(out, node, node->type == MD_ROW ? " | " : node->type < MD_CELL && node->type != MD_PARAGRAPH && node->type != MD_HEADING ? " " : "");
    buf_char(out, ')');
}

static void show_all(struct buf *out, const struct md_node *node, const char *between)
{
    for (const struct md_node *child = node->first; child; child = child->next) {
        show(out, child);
        if (child->next)
            buf_text(out, between);
    }
}

static int begin(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    findings_init(&findings, &arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static struct md_node *parse(str text)
{
    source = (struct source){ .number = 1, .bytes = text };
    struct md_text *md = NEW(&arena, struct md_text);
    *md = md_text_of(&arena, &source, 0, (uint32_t)text.len);
    md->most = LIMIT_MARKDOWN_BYTES;
    return markdown_parse(&arena, &findings, md);
}

static void is(const char *text, const char *expected)
{
    struct md_node *root = parse(str_of(text));
    struct buf *out = buf_new(&arena);
    assert_non_null(root);
    show(out, root);
    buf_char(out, '\0');
    if (strcmp(out->at, expected) != 0)
        fail_msg("%s\n  expected: %s\n  got:      %s", text, expected, out->at);
}

/* The ids of the findings since the last call. */
static void found(const char *expected)
{
    struct buf *out = buf_new(&arena);
    findings_finish(&findings);
    for (size_t i = 0; i < findings.list.len; i++)
        buf_print(out, "%s%.*s %u-%u", i ? ", " : "", STR_ARG(findings.list.at[i]->rule), findings.list.at[i]->at.begin, findings.list.at[i]->at.end);
    buf_char(out, '\0');
    assert_string_equal(out->at, expected);
    findings.list.len = 0;
}

static void blocks(void **state)
{
    (void)state;
    is("", "");
    is("# A *b*\n\ntext\nmore  \nlast\n", "h1(A em(b)) p(text/more//last)");
    is("- a\n- b\n\n3. c\n\n   d\n", "ul(li(p(a)) li(p(b))) ol3-loose(li(p(c) p(d)))");
    is("> a\n> > b\n\n---\n", "quote(p(a) quote(p(b))) hr");
    is("```sh\nx <y>\n```\n\n    z\n", "code(x <y>\n) code(z\n)");
    is("<div>\n**a**\n</div>\n", "html(<div>\n**a**\n</div>\n)");
    is("a <br> `b|c` &amp; \\* [l](u \"t\") ![i](v)\n", "p(a {<br>} `b|c` & * <u>(l) !<v>(i))");
    found("");
}

static void tables(void **state)
{
    (void)state;
    is("| a | b |\n|---|--:|\n| 1 | *2* |\n", "table2(row(a | >b) row(1 | >em(2)))");
    is("a | b\n:-: | ---\n1 | 2\n", "table2(row(:a | b) row(:1 | 2))");
    is("|a|\n|-|\n|1|\n", "table1(row(a) row(1))");
    is("text\n| a | b |\n|---|---|\n| 1 | 2 |\nlast line\n", "p(text) table2(row(a | b) row(1 | 2) row(last line | ))");
    is("*x\ny*\n| a | b |\n|---|---|\n", "p(em(x/y)) table2(row(a | b))");
    is("- a\n\n  | b |\n  |---|\n  | 1 |\n- c\n", "ul-loose(li(p(a) table1(row(b) row(1))) li(p(c)))");
    is("- | b | c |\n  |---|---|\n  | 1 | 2 |\n", "ul(li(table2(row(b | c) row(1 | 2))))");
    is("> | b |\n> |---|\n> | 1 |\n>\n> c\n", "quote(table1(row(b) row(1)) p(c))");
    is("> - > | b |\n>   > |---|\n>   > | > |\n", "quote(ul(li(quote(table1(row(b) row(>))))))");
    found("");
}

static void cells(void **state)
{
    (void)state;
    is("| a |\n|---|\n| x \\| y |\n| `p\\|q` |\n", "table1(row(a) row(x | y) row(`p|q`))");
    is("| a | b |\n|---|---|\n| *x | y* |\n", "table2(row(a | b) row(*x | y*))");
    is("| a | b |\n|---|---|\n| [[R-1|t]] | [[R-2]] |\n", "table2(row(a | b) row([[R-1|t]] | [[R-2]]))");
    is("| a | b |\n|---|---|\n| [[R-1 | t |\n", "table2(row(a | b) row([[R-1 | t))");
    is("| a | b |\n|---|---|\n| # x | - y |\n| 1. z | > q # |\n", "table2(row(a | b) row(# x | - y) row(1. z | > q #))");
    is("| a |\n|---|\n| **# x #** |\n| `a` # |\n| \\# |\n", "table1(row(a) row(strong(# x #)) row(`a` #) row(#))");
    is("| a |\n|---|\n| [l] and [m][l] |\n\n[l]: https://x.example\n", "table1(row(a) row(<https://x.example>(l) and <https://x.example>(m)))");
    is("| a |\n|---|\n| a & b &lt; |\n| x  y |\n", "table1(row(a) row(a & b <) row(x  y))");
    is("| a | b |\n|---|---|\n|||\n| x\n", "table2(row(a | b) row( | ) row(x | ))");
    found("");
    is("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", "table2(row(a | b) row(1 | 2 | 3))");
    found("M-09 20-33");
}

static void no_tables(void **state)
{
    (void)state;
    is("a | b\nc | d\n", "p(a | b/c | d)");
    is("| a | b |\n|---|\n", "p(| a | b |/|---|)");
    is("a\n---\n", "h2(a)");
    is("a\n- | -\n", "p(a) ul(li(p(| -)))");
    is("    | a |\n    |---|\n", "code(| a |\n|---|\n)");
    is("```\n| a |\n|---|\n```\n", "code(| a |\n|---|\n)");
    found("");
}

static void notes(void **state)
{
    (void)state;
    is("a[^1] b[^x]\n\n[^1]: one *em*\n[^x]: two\nlazy\n\n    second\n\nafter\n",
       "p(a^1(p(one em(em))) b^x(p(two/lazy)p(second))) p(after)");
    is("a[^1]\n\n[^1]: - x\n    - y\n", "p(a^1(ul(li(p(x)) li(p(y)))))");
    is("| a |\n|---|\n| b[^1] |\n\n[^1]: one\n", "table1(row(a) row(b^1(p(one))))");
    is("a[^N] [^n]\n\n[^n]: one\n", "p(a^N(p(one)) ^n(p(one)))");
    is("```\n[^1]: code\n```\n", "code([^1]: code\n)");
    is("*a[^1]*\n\n[^1]: | t |\n    |---|\n    | 1 |\n", "p(em(a^1(table1(row(t) row(1)))))");
    found("");
    is("a[^2] \\[^3]\n", "p(a[^2] [^3])");
    found("M-10 1-5");
    is("a[^1]\n\n[^1]: one[^1]\n[^1]: again\n[^4]: unused\n", "p(a^1(p(one[^1])))");
    found("M-12 16-20, M-11 21-26, M-13 33-38");
    is("| a[^1] |\n|---|\n\n[^1]: | *b*[^1] |\n    |---|\n", "table1(row(a^1(table1(row(em(b)[^1])))))");
    found("M-12 28-32");
}

static void own_inlines(void **state)
{
    (void)state;
    is("- [ ] a\n- [x] *b*\n- [X] c\n- [x]d\n- \\[ ] e\n", "ul(li[ ](p(a)) li[x](p(em(b))) li[x](p(c)) li(p([x]d)) li(p([ ] e)))");
    is("1. [ ] a\n\n   b\n", "ol1-loose(li[ ](p(a) p(b)))");
    is("~~a~~ b ~~c *d* e~~\n", "p(del(a) b del(c em(d) e))");
    is("~~*a*~~ **~~b~~**\n", "p(del(em(a)) strong(del(b)))");
    is("a ~~ b ~~ c ~~d\n", "p(a ~~ b ~~ c ~~d)");
    is("\\~~a~~ `~~b~~`\n", "p(~~a~~ `~~b~~`)");
    is("~~a [^1] b~~\n\n[^1]: n\n", "p(del(a ^1(p(n)) b))");
    is("\\[[a]] [[b]] `\\[[c`\n", "p([[a]] [[b]] `\\[[c`)");
    found("");
}

/* A [[link]] that was escaped is cut in two nodes, so that nobody reads it as one. */
static void escaped_links_are_cut(void **state)
{
    (void)state;
    struct md_node *text = parse(STR("\\[[a]] [[b]]"))->first->first;
    assert_true(str_eq(text->text, STR("[")));
    assert_true(str_eq(text->next->text, STR("[a]] [[b]]")));
}

static void places(void **state)
{
    (void)state;
    str text = STR("# Ä\n\n- x\n\n  y z\n\n> q\n\n[^1]: note\n\n| a | b |\n|---|---|\n| c | d[^1] |\n");
    struct md_node *root = parse(text);
    static const char *const expected[] = { "# Ä", "- x\n\n  y z", "> q", "| a | b |\n|---|---|\n| c | d[^1] |" };
    size_t n = 0;
    for (struct md_node *node = root->first; node; node = node->next, n++) {
        str at = str_trim(str_cut(text, node->begin, node->end));
        assert_true(str_eq(at, str_of(expected[n])));
    }
    assert_int_equal(n, 4);
    struct md_node *cell = root->last->last->last;
    assert_true(str_eq(str_cut(text, cell->begin, cell->end), STR("d[^1]")));
    struct md_node *note = cell->last;
    assert_int_equal(note->type, MD_NOTE);
    assert_true(str_eq(str_cut(text, note->first->begin, note->first->end), STR("note")));
}

/* --- what libcmark never sees --- */

/* Two trees of which one stands [shift] bytes further on. */
static void same(const struct md_node *a, const struct md_node *b, uint32_t shift, const char *text)
{
    if (a->type != b->type || a->begin + shift != b->begin || a->end + shift != b->end || !str_eq(a->text, b->text) || a->level != b->level || a->start != b->start
        || a->tight != b->tight || a->align != b->align || a->task != b->task || a->header != b->header || !str_eq(a->ref, b->ref) || !a->first != !b->first)
        fail_msg("a node of type %d at %u is not the one of type %d at %u in:\n%s", a->type, a->begin, b->type, b->begin, text);
    const struct md_node *x = a->first, *y = b->first;
    for (; x && y; x = x->next, y = y->next)
        same(x, y, shift, text);
    if (x || y)
        fail_msg("a node of type %d has not as many children in:\n%s", a->type, text);
}

/* Behind a fence all blocks are libcmark's, so what comes must be the same there. */
static void same_behind_a_fence(const char *text)
{
    static const char fence[] = "```\n```\n\n";
    char   both[512];
    size_t before = findings.list.len;
    snprintf(both, sizeof both, "%s%s", fence, text);
    struct md_node *plain = parse(str_of(text));
    size_t found = findings.list.len - before;
    struct md_node *behind = parse(str_copy(&arena, str_of(both)));
    assert_int_equal(behind->first->type, MD_CODE);
    assert_int_equal(findings.list.len - before, 2 * found);
    behind->first = behind->first->next;
    behind->begin += (uint32_t)strlen(fence);
    same(plain, behind, (uint32_t)strlen(fence), text);
}

static void plain_blocks_are_as_libcmark_has_them(void **state)
{
    static const char *const pieces[] = {
        "", "words", "two\nlines", "B\u00e4r", "ends ", "ends  \nmore", " indented", "    code", "\ttab", "with *stars*", "one\n*two*", "a!b", "![a](b)", "x\\[[y",
        "# H", "## H\u00e4 h", "####### seven", "#none", "# closed #", "# *x*", "#  two", "# end ", "H\n===", "H\n---", "---",
        "| a | b |\n|---|---|", "| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c |", "| a | b |\n|---|---|\nc | d", "| a |\n|---|---|\n| c |", "|", "| a |\n|-", "a | b\n--|--",
        "| a | b |\n|---|---|\n| *c* | \\| d |", " | a |\n|---|", "| a |\n|---|\n---", "text\n| a | b |\n|---|---|\n| c | d |",
        "<!-- c -->", "<!-- c -->\n<!-- d -->", "<!-- c --> x", "<!-- open", "-->", "<!-->", "<div>", "</div>", "<script>", "</script>", "<PRE>", "<textarea>", "<style", "a _x_", "a <i>", "<pre>\n\nx</pre>", "<?x", "<!X", "a <b> c",
        "- a", "- a\n- b", "1. a", "  b", "- a\n\n  b", "> q", "> - a", "- [ ] a", "```", "~~~ x", "- ```", "`code`", "[a]: b", "[a]", "x[^1]", "[^1]: note", "[^1]: note\n\n    | a |\n    |---|",
        "\f", "x\fy", "\r", "a\rb", "&amp;", "9", "=", "_x_", "\xC2\xA0x",
    };
    static const char *const between[] = { "\n", "\n\n", "\n \n", "\r\n\r\n" };
    enum { PIECES = sizeof pieces / sizeof *pieces };
    char text[256];
    (void)state;
    is("\xEF\xBB\xBFx", "p(x)"); /* a mark of the byte order is no word */
    is("```\n\nwords\n\n| a |\n|---|\n```", "code(\nwords\n\n| a |\n|---|\n)");
    for (size_t i = 0; i < (size_t)PIECES * PIECES * 4; i++) {
        const char *first = pieces[i % PIECES], *second = pieces[i / PIECES % PIECES], *gap = between[i / PIECES / PIECES];
        snprintf(text, sizeof text, "%s%s%s%s%s", first, gap, second, gap, i % 3 ? first : "last\n");
        same_behind_a_fence(text);
        arena_close(&arena);
        findings_init(&findings, &arena);
    }
}

static void spans_go_through_pieces(void **state)
{
    const struct md_piece pieces[] = { { 0, { 1, 10, 15 } }, { 5, { 1, 20, 29 } }, { 8, { 2, 100, 104 } } };
    struct md_text text = { .bytes = STR("abcde###wxyz"), .pieces = pieces, .npieces = 3 };
    struct span span = md_span(&text, 1, 3);
    (void)state;
    assert_int_equal(span.begin, 11);
    assert_int_equal(span.end, 13);
    span = md_span(&text, 6, 7); /* inside something that was not copied: all of where it came from */
    assert_int_equal(span.begin, 20);
    assert_int_equal(span.end, 29);
    span = md_span(&text, 4, 6);
    assert_int_equal(span.begin, 14);
    assert_int_equal(span.end, 29);
    span = md_span(&text, 9, 12);
    assert_int_equal(span.file, 2);
    assert_int_equal(span.begin, 101);
    assert_int_equal(span.end, 104);
}

/* --- what must not take for ever --- */

static str repeat(const char *unit, size_t bytes)
{
    size_t len = strlen(unit), n = bytes / len;
    char  *at = arena_alloc(&arena, n * len + 1, 1);
    for (size_t i = 0; i < n; i++)
        memcpy(at + i * len, unit, len);
    return (str){ at, n * len };
}

static str concat(str a, str b) { return str_join2(&arena, a, b); }

static void refused(str text, const char *expected)
{
    assert_null(parse(text));
    findings_finish(&findings);
    assert_int_equal(findings.list.len, 1);
    assert_true(str_eq(findings.list.at[0]->rule, str_of(expected)));
    findings.list.len = 0;
}

static void guards(void **state)
{
    (void)state;
    refused(repeat("a\n", LIMIT_MARKDOWN_BYTES + 2), "M-01");
    refused(STR("a\0b"), "M-02");
    refused(STR("a \xFF b"), "M-02");
    refused(repeat("a", LIMIT_MARKDOWN_LINE + 1), "M-03");
    refused(concat(repeat("> ", 66), STR("a")), "M-04");
    refused(concat(repeat("- ", 66), STR("a")), "M-04");
    refused(concat(repeat("1. ", 99), STR("a")), "M-04");
    refused(repeat("![](", 40000), "M-06");
    struct buf *deep = buf_new(&arena);
    for (int i = 0; i < 40; i++)
        buf_print(deep, "%*s* a\n", i * 2, "");
    refused(buf_str(deep), "M-04");
    is("- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -\n", "hr");
    found("");
}

static void wide_tables(void **state)
{
    (void)state;
    parse(concat(concat(repeat("|a", 200), STR("\n")), repeat("|-", 200)));
    findings_finish(&findings);
    assert_int_equal(findings.list.len, 1);
    assert_true(str_eq(findings.list.at[0]->rule, STR("M-07")));
    findings.list.len = 0;
    parse(concat(concat(repeat("|a", 120), STR("\n")), concat(concat(repeat("|-", 120), STR("\n")), repeat("|b\n", 3000))));
    findings_finish(&findings);
    assert_int_equal(findings.list.len, 1);
    assert_true(str_eq(findings.list.at[0]->rule, STR("M-08")));
}

static void deep_inlines_are_flattened(void **state)
{
    (void)state;
    struct md_node *node = parse(concat(concat(repeat("*a **b ", 700), STR("x")), repeat("** c* ", 600)));
    unsigned depth = 0;
    assert_non_null(node);
    for (; node; node = node->first && node->first->next ? node->first->next : node->first)
        depth++;
    assert_true(depth <= LIMIT_MARKDOWN_NEST + 4);
    assert_int_equal(findings.list.len, 1);
    assert_true(str_eq(findings.list.at[0]->rule, STR("M-05")));
}

/* Patterns that are quadratic for some parser or other, as large as the guards let them through. */
static void nothing_takes_for_ever(void **state)
{
    static const char *const units[] = {
        "*a **a ", "a_ ", "_a ", "a]", "[a", "*a_ ", "[ a_", "[ (](", "[[", "[^a", "[^a]", "`", "e`` ", "[a](<b", "[a](b", "</a <!--", "<![CDATA[",
        "a@", "http://(", "&", "<a ", "<div \"", "~~", "~~a ", "|", "|-", "| a ", "\\", "\\[[", "[x]: y ", "* ", "1. ", "> a\n", "- a\n", "[a]: b\n",
        "[^a]: b\n", "| a |\n|---|\n", "```\n", "# a\n", "a\n=\n", "<div>\n\n", "- [ ] a\n  - b\n", "a | b\n", "|\n|\n", "&#91;[",
    };
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        str     line = repeat(units[i], 60000), two = concat(line, STR("\n")), all = repeat(str_c(&arena, two), 300000);
        clock_t start = clock();
        parse(all);
        parse(repeat(units[i], 60000));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 3) /* a third of a second without sanitizers */
            fail_msg("%s takes %.1f s", units[i], seconds);
        findings.list.len = 0;
        arena_close(&arena);
        arena_init(&arena, &memory);
        findings_init(&findings, &arena);
    }
}

/* Each allocation fails in turn: the parse leaves through the jump and nothing leaks. */
static bool run_with_failure(uint64_t fail_at)
{
    static struct memory small;
    static struct arena own;
    static struct findings list;
    small = (struct memory){ .limit = (size_t)16 << 20, .fail_at = fail_at };
    static bool whole;
    whole = false;
    if (setjmp(small.escape) == 0) {
        arena_init(&own, &small);
        findings_init(&list, &own);
        struct source here = { .number = 1, .bytes = STR("# a\n\ntext\n| a |\n|---|\n| *b*[^1] |\n\n- [ ] \\[[x]] ~~s~~\n\n[^1]: n\n[^2]: u\n") };
        struct md_text text = md_text_of(&own, &here, 0, (uint32_t)here.bytes.len);
        text.most = LIMIT_MARKDOWN_BYTES;
        whole = markdown_parse(&own, &list, &text) != NULL;
    }
    arena_close(&own);
    assert_int_equal(small.used, 0);
    return whole;
}

static void memory_may_fail_anywhere(void **state)
{
    uint64_t n = 1;
    (void)state;
    while (!run_with_failure(n))
        n++;
    assert_true(n > 100);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(blocks), TEST(tables), TEST(cells), TEST(no_tables), TEST(notes), TEST(own_inlines), TEST(escaped_links_are_cut), TEST(places),
        TEST(plain_blocks_are_as_libcmark_has_them),
        TEST(spans_go_through_pieces), TEST(guards), TEST(wide_tables), TEST(deep_inlines_are_flattened), TEST(nothing_takes_for_ever),
        TEST(memory_may_fail_anywhere),
    };
    if (setjmp(memory.escape)) {
        print_error("out of memory\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
