/* SPDX-License-Identifier: MIT */
#include "parse/yaml.h"

#include "base/limits.h"
#include "support.h"

/* {key: value, list: [a, b]}: the tree in one line; "quoted" and |block show the style, ! what is broken. */
static str dump(const struct node *node)
{
    str out = { 0 };
    if (!node)
        return STR("nothing");
    if (node->broken)
        return STR("!");
    if (node->type == NODE_SCALAR) {
        char *text = str_c(&arena, node->text);
        for (char *c = text; *c; c++)
            *c = *c == '\n' ? '/' : *c;
        switch (node->style) {
        case STYLE_QUOTED: return str_print(&arena, "\"%s\"", text);
        case STYLE_LITERAL: return str_print(&arena, "|%s", text);
        case STYLE_FOLDED: return str_print(&arena, ">%s", text);
        default: return str_print(&arena, "%s", text);
        }
    }
    size_t count = 0;
    for (const struct node *n = node->first; n; n = n->next, count++) {
        str value = dump(n);
        if (node->type == NODE_MAPPING)
            out = str_print(&arena, "%.*s%s%.*s: %.*s", STR_ARG(out), count ? ", " : "", STR_ARG(n->key), STR_ARG(value));
        else
            out = str_print(&arena, "%.*s%s%.*s", STR_ARG(out), count ? ", " : "", STR_ARG(value));
    }
    assert_int_equal(node->count, count);
    return str_print(&arena, node->type == NODE_MAPPING ? "{%.*s}" : "[%.*s]", STR_ARG(out));
}

static bool readable;

static struct node *parse(str text)
{
    struct source *source = add_source("a.yaml", text);
    return yaml_parse(&arena, &findings, source, 0, (uint32_t)text.len, &readable);
}

static void assert_parse(str text, const char *tree, const char *wrong)
{
    findings_init(&findings, &arena);
    str got = dump(parse(text));
    assert_str(got, tree);
    assert_str(found(), wrong);
}

static void what_the_language_has(void **state)
{
    (void)state;
    assert_parse(STR("a: 1\nb: two words\n"), "{a: 1, b: two words}", "");
    assert_parse(STR("a: [x, y, [z]]\nb: {c: d, e: {f: g}}"), "{a: [x, y, [z]], b: {c: d, e: {f: g}}}", "");
    assert_parse(STR("a:\n- x\n- y: 1\n  z: 2\n"), "{a: [x, {y: 1, z: 2}]}", "");
    assert_parse(STR("a: 'it''s'\nb: \"tab\\tnew\\nline \\u00e9\"\n"), "{a: \"it's\", b: \"tab\tnew/line \xC3\xA9\"}", "");
    assert_parse(STR("a: |\n  one\n  two\nb: >\n  one\n  two\n"), "{a: |one/two/, b: >one two/}", "");
    assert_parse(STR("a: NO\nb: 1.10\nc: 012\nd: 2026-02-30\ne: ~\nf: null\n"), "{a: NO, b: 1.10, c: 012, d: 2026-02-30, e: ~, f: null}", "");
    assert_parse(STR("# only a comment\n"), "nothing", "");
    assert_parse(STR(""), "nothing", "");
    assert_parse(STR("---\na: 1\n...\n"), "{a: 1}", "");
    assert_parse(STR("a:\nb: \"\"\n"), "{a: , b: \"\"}", "");
    assert_parse(STR("a: 1\r\nb: 2\r\n"), "{a: 1, b: 2}", "");
    assert_parse(STR("a: 1"), "{a: 1}", "");
    assert_parse(STR("- 1\n- 2\n"), "[1, 2]", "");
    assert_parse(STR("word"), "word", "");
    assert_parse(STR("a: x#y # z\n"), "{a: x#y}", "");
}

/* Each refused construct: exactly this finding at exactly these bytes, and the rest is there all the same. */
static void what_it_refuses(void **state)
{
    (void)state;
    assert_parse(STR("a: &x 1\nb: 2\n"), "{a: 1, b: 2}", "Y-02@3-5");
    assert_parse(STR("a: &x {c: 1}\nb: 2\n"), "{a: {c: 1}, b: 2}", "Y-02@3-5");
    assert_parse(STR("&k a: 1\nb: 2\n"), "{a: 1, b: 2}", "Y-02@0-2");
    assert_parse(STR("a: 1\nb: *x\nc: 3\n"), "{a: 1, b: !, c: 3}", "Y-03@8-10");
    assert_parse(STR("a:\n  <<: {z: 1}\n  y: 2\nb: 3\n"), "{a: {y: 2}, b: 3}", "Y-04@5-7");
    assert_parse(STR("<<: {z: 1}\nb: 3\n"), "{b: 3}", "Y-04@0-2");
    assert_parse(STR("a: 1\nb: 2\na: 3\n"), "{a: !, b: 2}", "Y-05@10-11");
    assert_parse(STR("a: {b: 1, b: 2, b: 3}\n"), "{a: {b: !}}", "Y-05@10-11 Y-05@16-17");
    assert_parse(STR("a: !!str 1\nb: 2\n"), "{a: 1, b: 2}", "Y-06@3-8");
    assert_parse(STR("a: !x [1]\nb: 2\n"), "{a: [1], b: 2}", "Y-06@3-5");
    assert_parse(STR("a: 1\n---\nb: 2\n"), "{a: 1}", "Y-07@5-8");
    assert_parse(STR("a: 1\n...\n---\nb: 2\n"), "{a: 1}", "Y-07@9-12");
    assert_parse(STR("? [x]\n: 1\nb: 2\n"), "{b: 2}", "Y-08@2-3");
    assert_parse(STR("{x: y}: 1\nb: 2\n"), "{b: 2}", "Y-08@0-1");
    assert_parse(STR("%YAML 1.1\n---\na: 1\n"), "{a: 1}", "Y-09@0-1");
    assert_parse(STR("%TAG ! tag:x,1:\n---\na: 1\n"), "{a: 1}", "Y-09@0-1");
    assert_parse(STR("a:\tx\nb: 2\n"), "{a: x, b: 2}", "Y-10@2-3");
    assert_parse(STR("a: x\0y\nb: 2\n"), "{a: x?y, b: 2}", "Y-11@4-5");
    assert_parse(STR("a: \xFFx\nb: 2\n"), "{a: ?x, b: 2}", "Y-12@3-4");
    assert_parse(STR("\xEF\xBB\xBF" "a: 1\nb:\n  c: 2\n"), "{a: 1, b: {c: 2}}", "Y-14@0-3");
    assert_parse(STR("a: x\x07y\nb: 2\n"), "{a: x?y, b: 2}", "Y-15@4-5");
    assert_parse(STR("a: \"x\\0y\"\nb: 2\n"), "{a: \"?\", b: 2}", "Y-15@3-9");
    assert_parse(STR("a: \"\\x1b[31m\"\nb: 2\n"), "{a: \"?\", b: 2}", "Y-15@3-13");
    assert_parse(STR("a: \"\\u202e\"\nb: 2\n"), "{a: \"?\", b: 2}", "Y-15@3-11");
    assert_parse(STR("\"a\\a\": 1\nb: 2\n"), "{?: 1, b: 2}", "Y-15@0-5");
}

static void utf16_in_every_form(void **state)
{
    (void)state;
    assert_parse(STR("\xFF\xFE" "a\0:\0 \0" "1\0"), "nothing", "Y-13@0-2");
    assert_parse(STR("\xFE\xFF\0a\0:\0 \0" "1"), "nothing", "Y-13@0-2");
    assert_parse(STR("a\0:\0 \0" "1\0"), "nothing", "Y-13@0-2");
    assert_parse(STR("\0a\0:\0 \0" "1"), "nothing", "Y-13@0-2");
    assert_false(readable);
}

/* An error costs what stands around it; reading goes on at the next line that begins with a letter. */
static void errors_and_what_is_left(void **state)
{
    (void)state;
    assert_parse(STR("a: 1\nb: \"x\nc: 3\nd: 4\n"), "{a: 1, b: !, c: 3, d: 4}", "Y-01@8-9");
    assert_false(readable);
    assert_parse(STR("a: 1\nb: x: y\nc: 3\n"), "{a: 1, b: !, c: 3}", "Y-01@9-10");
    assert_parse(STR("a: [1, 2\nc: 3\n"), "{a: !, c: 3}", "Y-01@10-11");
    assert_parse(STR("a:\n  b: 1\n c: 2\nd: 4\n"), "{a: !, d: 4}", "Y-01@11-12");
    assert_parse(STR("a: 'x'y\nc: 3\n"), "{a: !, c: 3}", "Y-01@6-7");
    assert_parse(STR("a: @x\nb: `y`\nc: 3\n"), "{a: !, b: !, c: 3}", "Y-01@3-4 Y-01@9-10");
    assert_parse(STR("a: 1\nb: ]\nc: 3\n"), "{a: 1, b: !, c: 3}", "Y-01@8-9");
    assert_parse(STR("a: {b\n"), "{a: !}", "Y-01@6-6");
    assert_parse(STR("a: \"\\q\"\nc: 3\n"), "{a: !, c: 3}", "Y-01@4-5");
    assert_true(!readable);
    assert_parse(STR("a: 1\n"), "{a: 1}", "");
    assert_true(readable);
}

static str nested(const char *open, size_t times, const char *inner)
{
    str out = { 0 };
    char *at = NEWS(&arena, char, times * strlen(open) + strlen(inner) + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(at + i * strlen(open), open, strlen(open));
    memcpy(at + times * strlen(open), inner, strlen(inner));
    out = (str){ at, strlen(at) };
    return out;
}

static void nesting_has_an_end(void **state)
{
    (void)state;
    parse(nested("- ", LIMIT_NODE_DEPTH, "x\n"));
    assert_str(found(), "");
    findings_init(&findings, &arena);
    parse(nested("- ", LIMIT_NODE_DEPTH + 2, "x\n"));
    assert_int_equal(findings.list.len, 1);
    assert_str(findings.list.at[0]->rule, "L-02");
    findings_init(&findings, &arena);
    parse(nested("[", 60000, "")); /* takes seconds in a parser that reads all of it */
    assert_int_equal(findings.list.len, 1);
    assert_str(findings.list.at[0]->rule, "L-02");
    findings_init(&findings, &arena);
    parse(nested("{a: ", 60000, ""));
    assert_int_equal(findings.list.len, 1);
}

static void long_keys(void **state)
{
    (void)state;
    str key = nested("k", LIMIT_KEY_BYTES, ": 1\n"), longer = nested("k", LIMIT_KEY_BYTES + 1, ": 1\nb: 2\n");
    struct node *tree = parse(key);
    (void)tree;
    findings_init(&findings, &arena);
    parse(longer);
    assert_int_equal(findings.list.len, 1);
}

/* Spans are bytes, whatever stands before them. */
static void places_behind_letters_of_all_lengths(void **state)
{
    (void)state;
    str text = STR("# \xC3\xA9\n\xC3\xB6: \xE8\x80\x81\xE5\xB8\xAB\n\"\xF0\x9F\x98\x80\": {x: *a}\nz: \"\xC3\xA9\\n\xC3\xA9\"\n");
    struct node *tree = parse(text);
    const struct node *first = tree->first, *second = first->next, *third = second->next;
    assert_str(found(), "Y-03@28-30");
    assert_str(str_cut(text, first->key_span.begin, first->key_span.end), "\xC3\xB6");
    assert_str(str_cut(text, first->span.begin, first->span.end), "\xE8\x80\x81\xE5\xB8\xAB");
    assert_str(str_cut(text, second->key_span.begin, second->key_span.end), "\"\xF0\x9F\x98\x80\"");
    assert_str(second->key, "\xF0\x9F\x98\x80");
    assert_str(str_cut(text, third->span.begin, third->span.end), "\"\xC3\xA9\\n\xC3\xA9\"");
    assert_str(third->text, "\xC3\xA9\n\xC3\xA9");
}

/* A text that stands in the source as it is is not copied. */
static void texts_are_slices_where_they_can_be(void **state)
{
    (void)state;
    str text = STR("a: plain\nb: \"quoted\"\nc: \"esc\\naped\"\n");
    struct node *tree = parse(text);
    const char *begin = sources.list.at[0]->bytes.at, *end = begin + text.len;
    assert_true(tree->first->text.at >= begin && tree->first->text.at < end);
    assert_true(tree->first->next->text.at >= begin && tree->first->next->text.at < end);
    assert_false(tree->first->next->next->text.at >= begin && tree->first->next->next->text.at < end);
}

static void front_matter_is_a_part_of_a_file(void **state)
{
    (void)state;
    str text = STR("---\nid: POL-1\ntitle: *x\n---\nbody: [\n");
    struct source *source = add_source("a.md", text);
    struct node *tree = yaml_parse(&arena, &findings, source, 4, 24, &readable);
    assert_str(dump(tree), "{id: POL-1, title: !}");
    assert_str(found(), "Y-03@21-23");
    assert_true(readable);
}

static void many_keys(void **state)
{
    (void)state;
    str text = { 0 };
    for (int i = 0; i < 40; i++)
        text = str_print(&arena, "%.*sk%d: %d\n", STR_ARG(text), i, i);
    text = str_print(&arena, "%.*sk3: again\nk39: again\n", STR_ARG(text));
    struct node *tree = parse(text);
    assert_int_equal(tree->count, 40);
    assert_int_equal(findings.list.len, 2);
    assert_str(findings.list.at[0]->rule, "Y-05");
    assert_non_null(findings.list.at[0]->related);
    assert_str(node_text(tree, STR("k39")), "39");
    assert_null(node_get(tree, STR("k40")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_language_has), TEST(what_it_refuses), TEST(utf16_in_every_form), TEST(errors_and_what_is_left), TEST(nesting_has_an_end), TEST(long_keys),
        TEST(places_behind_letters_of_all_lengths), TEST(texts_are_slices_where_they_can_be), TEST(front_matter_is_a_part_of_a_file), TEST(many_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
