/* SPDX-License-Identifier: MIT */
/*
 * The official Mustache specification, run unchanged: tests/mustache/ holds its files (see the README there).
 * Only here values are put as escaped HTML; documents get typed nodes instead (test_weave.c).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/limits.h"
#include "json.h"
#include "weave/mustache.h"

static struct memory memory = { .limit = (size_t)256 << 20 };

struct run {
    struct arena    *arena;
    struct findings *findings;
    struct value     partials;
    struct buf      *out;
};

static str read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf *out = buf_new(arena);
    char   bytes[4096];
    if (!file)
        fail_msg("can not read %s; run the tests from the root of the repository", path);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buf_put(out, (str){ bytes, n });
    fclose(file);
    return buf_str(out);
}

static void put_escaped(struct buf *out, str s)
{
    for (size_t i = 0; i < s.len; i++)
        switch (s.at[i]) {
        case '&': buf_text(out, "&amp;"); break;
        case '"': buf_text(out, "&quot;"); break;
        case '<': buf_text(out, "&lt;"); break;
        case '>': buf_text(out, "&gt;"); break;
        default: buf_char(out, s.at[i]); break;
        }
}

static void put_value(void *state, const struct mustache *tag, struct value value)
{
    struct run *run = state;
    str text = { 0 };
    switch (value.tag) {
    case V_TEXT:   text = value.text; break;
    case V_INT:    text = str_print(run->arena, "%lld", (long long)value.i); break;
    case V_DOUBLE: text = str_print(run->arena, "%g", value.d); break;
    case V_BOOL:   text = value.b ? STR("true") : STR("false"); break;
    default: break;
    }
    if (tag->raw)
        buf_put(run->out, text);
    else
        put_escaped(run->out, text);
}

static struct mustache *parse(struct arena *arena, struct findings *findings, str text, uint32_t file, uint32_t begin)
{
    struct md_text *place = NEW(arena, struct md_text);
    struct md_piece *piece = NEW(arena, struct md_piece);
    *piece = (struct md_piece){ 0, { file, begin, begin + (uint32_t)text.len } };
    *place = (struct md_text){ .bytes = text, .pieces = piece, .npieces = 1 };
    return mustache_parse(arena, findings, place);
}

static const struct mustache *partial(void *state, const struct mustache *tag)
{
    struct run *run = state;
    char *name = str_c(run->arena, tag->text);
    struct value text = json_get(run->partials, name);
    return text.tag == V_TEXT ? parse(run->arena, run->findings, text.text, 2, 0) : NULL;
}

static str render(struct arena *arena, struct findings *findings, struct value test)
{
    struct run run = { arena, findings, json_get(test, "partials"), buf_new(arena) };
    struct mustache *body = parse(arena, findings, json_get(test, "template").text, 1, 0);
    struct mustache_run expansion = { .arena = arena, .passing = arena, .findings = findings, .out = run.out, .most = 1 << 20, .state = &run,
                                      .partial = partial, .value = put_value };
    struct value data = json_get(test, "data");
    mustache_expand(&expansion, body, &data, 1);
    return buf_str(run.out);
}

static int run_file(const char *path, int *count)
{
    struct arena arena;
    struct findings findings;
    int    failed = 0;

    arena_init(&arena, &memory);
    findings_init(&findings, &arena);
    struct json json = { &arena, read_file(&arena, path), 0 };
    struct value tests = json_get(json_value(&json), "tests");
    for (size_t i = 0; i < tests.list->len; i++, ++*count) {
        struct value test = tests.list->at[i];
        str got = render(&arena, &findings, test), want = json_get(test, "expected").text;
        if (str_eq(got, want))
            continue;
        failed++;
        print_error("%s: %.*s\n  expected: %.*s\n  got:      %.*s\n", path, STR_ARG(json_get(test, "name").text), STR_ARG(want), STR_ARG(got));
    }
    for (size_t i = 0; i < findings.list.len; i++, failed++)
        print_error("%s: finding: %.*s\n", path, STR_ARG(findings.list.at[i]->message));
    arena_close(&arena);
    return failed;
}

static void official_specification(void **state)
{
    static const char *const files[] = { "comments", "delimiters", "interpolation", "inverted", "partials", "sections", "~inheritance" };
    int count = 0, failed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "tests/mustache/%s.json", files[i]);
        failed += run_file(path, &count);
    }
    assert_int_equal(failed, 0);
    assert_true(count >= 150);
}

/* --- what is our own --- */

static str expand(struct arena *arena, struct findings *findings, const char *json)
{
    struct json reader = { arena, str_of(json), 0 };
    return render(arena, findings, json_value(&reader));
}

static void check(const char *json, const char *expected, size_t nfindings)
{
    struct arena arena;
    struct findings findings;
    arena_init(&arena, &memory);
    findings_init(&findings, &arena);
    assert_string_equal(str_c(&arena, expand(&arena, &findings, json)), expected);
    assert_int_equal(findings.list.len, nfindings);
    arena_close(&arena);
}

static void names_go_through_lists(void **state)
{
    (void)state;
    check("{\"data\": {\"a\": [{\"b\": 1}, {\"b\": 2}]}, \"template\": \"{{#a.b}}{{.}} {{/a.b}}\"}", "1 2 ", 0);
    check("{\"data\": {\"a\": [{\"b\": [1, 2]}, {}]}, \"template\": \"{{#a.b}}{{.}} {{/a.b}}\"}", "1 2 ", 0);
}

static void braces_can_be_written(void **state)
{
    (void)state;
    check("{\"data\": {\"a\": 1}, \"template\": \"\\\\{{a}} {{a}}\"}", "{{a}} 1", 0);
    check("{\"data\": {\"a\": 1}, \"template\": \"\\\\\\\\{{a}}\"}", "\\\\1", 0);
}

static void foreign_tags_are_printed(void **state)
{
    (void)state;
    check("{\"template\": \"{{< ref \\\"x\\\" >}} {{% y %}} ${{ a.b[1] }}\"}", "{{< ref \"x\" >}} {{% y %}} ${{ a.b[1] }}", 3);
}

static void broken_tags_are_found(void **state)
{
    (void)state;
    check("{\"template\": \"a {{#b}} c\"}", "a ", 1);
    check("{\"template\": \"a {{/b}} c\"}", "a  c", 1);
    check("{\"data\": {\"b\": true}, \"template\": \"{{#b}}x{{/c}}{{/b}}\"}", "x", 1);
    check("{\"template\": \"a {{b\"}", "a {{b", 1);
}

static void circles_end(void **state)
{
    (void)state;
    check("{\"template\": \"{{>a}}\", \"partials\": {\"a\": \"x{{>a}}\"}}", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 1);
    check("{\"template\": \"{{<a}}{{$b}}{{$b}}{{/b}}y{{/b}}{{/a}}\", \"partials\": {\"a\": \"{{$b}}{{/b}}\"}}", "y", 0);
}

static void spans_name_the_tag(void **state)
{
    struct arena arena;
    struct findings findings;
    (void)state;
    arena_init(&arena, &memory);
    findings_init(&findings, &arena);
    struct mustache *body = parse(&arena, &findings, STR("ab\n {{#x}}\ncd{{y}}\n{{/x}}"), 3, 100);
    struct mustache *section = body->first->next;
    assert_int_equal(section->span.file, 3);
    assert_int_equal(section->span.begin, 104);
    assert_int_equal(section->span.end, 110);
    assert_int_equal(section->first->span.begin, 111);
    assert_int_equal(section->first->next->span.begin, 113);
    assert_int_equal(section->first->next->span.end, 118);
    arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(official_specification),
        cmocka_unit_test(names_go_through_lists),
        cmocka_unit_test(braces_can_be_written),
        cmocka_unit_test(foreign_tags_are_printed),
        cmocka_unit_test(broken_tags_are_found),
        cmocka_unit_test(circles_end),
        cmocka_unit_test(spans_name_the_tag),
    };
    if (setjmp(memory.escape)) {
        print_error("out of memory\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
