/* SPDX-License-Identifier: MIT */
/* What of a template is a text to translate, and how its translation comes to its place. */
#include "weave/messages.h"

#include "base/buf.h"
#include "parse/yaml.h"
#include "support.h"
#include "weave/print.h"

/* The texts one behind the other, each in brackets. */
static str joined(struct message_list list)
{
    struct buf *out = buf_new(&arena);
    for (size_t i = 0; i < list.len; i++)
        buf_print(out, "[%.*s]", STR_ARG(list.at[i].text));
    return buf_str(out);
}

static void assert_body(const char *body, const char *texts) { assert_str(joined(messages_of(&arena, str_of(body))), texts); }

static void blocks_are_messages(void **state)
{
    (void)state;
    assert_body("# Title\n\nOne line\nand its second.\n\n{{#x}}\nInside.\n{{/x}}\n", "[Title][One line and its second.][Inside.]");
    assert_body("- one\n  goes on\n- two {{a}}\n1. three\n> four\n", "[one goes on][two {{a}}][three][four]");
    assert_body("## {{id}} {{title}}\n{{description}}\n\n---\n\n12 % of 3\n", "[12 % of 3]");
    assert_body("<!-- table: id=1\n caption=\"Late {{n}}\" description=\"What is late\" -->\n", "[Late {{n}}][What is late]");
    assert_body("```\ncode\n```\nText `code`.\n\n`code` alone: <br>[[R-1]]\n", "[Text `code`.][`code` alone: <br>[[R-1]]]");
    assert_body("a | b\n{{>part}}\n{{$block}}\nmore\n{{/block}}", "[a | b][more]");
    assert_body("", "");
    assert_body("no end", "[no end]");
}

static void cells_are_messages(void **state)
{
    (void)state;
    assert_body("| Id | Owner |\n|----|:----|\n| {{id}} | by {{owner}} |\n", "[Id][Owner][by {{owner}}]");
    assert_body("| a {{#x}}b | c{{/x}} | d |\n", "[a {{#x}}b | c{{/x}} | d |]");
    assert_body("| `a|b` and | c \\| d |\n", "[`a|b` and][c \\| d]");
    assert_body("|\n|unclosed", "[unclosed]");
}

static void what_an_expression_shows(void **state)
{
    struct message_list list = { 0 };
    (void)state;
    messages_of_expression(&arena, STR("a.status == \"open\" ? tone(\"in work\", \"good\") : [{\"name\": \"Late ones\", \"id\": \"DOC-1\"}]"), &list);
    assert_str(joined(list), "[in work][Late ones]");
    list.len = 0;
    messages_of_expression(&arena, STR("x in [\"one\"] && y.matches(\"two\") && today > day + duration(\"12 months\") ? \"\" : \"never\""), &list);
    assert_str(joined(list), "[one][never]");
}

static struct messages *table(const char *yaml)
{
    bool readable;
    struct messages *messages = NEW(&arena, struct messages);
    struct source *source = add_source("templates/de/x.yaml", str_of(yaml));
    messages->tag = STR("de");
    messages->sources = &sources;
    messages_add(&arena, &findings, messages, STR("x"), true, yaml_parse(&arena, &findings, source, 0, (uint32_t)source->bytes.len, &readable));
    return messages;
}

static void a_translation_has_the_tags(void **state)
{
    (void)state;
    struct messages *messages = table("\"{{a}} of {{b}}\": \"{{b}}: {{a}}\"\n\"{{c}} here\": \"hier\"\n\"there\": \"{{d}} dort\"\n\"empty\": \"\"\n");
    assert_str(found(), "T-12@47-53 T-12@63-75");
    assert_str(messages_say(messages, STR("y"), STR("{{a}} of {{b}}")), "{{b}}: {{a}}");
    assert_str(messages_say(messages, STR("x"), STR("{{c}} here")), "{{c}} here");
    assert_str(messages_say(messages, STR("x"), STR("empty")), "empty");
    assert_str(messages_say(NULL, STR("x"), STR("there")), "there");
}

static void a_translated_text_knows_its_place(void **state)
{
    struct message_list missing = { 0 };
    (void)state;
    struct messages *messages = table("\"One and two.\": \"Eins.\"\n\"Head\": \"Kopf\"\n");
    struct source *source = add_source("templates/x.md", STR("--\n# Head\n\nOne and\ntwo. \n\nSee [](#head) and {{x}}.\n"));
    struct md_text text = messages_translate(&arena, messages, STR("x"), source, 3, source->bytes.len, &missing);
    assert_str(text.bytes, "<!-- anchor head -->\n# Kopf\n\nEins. \n\nSee [](#head) and {{x}}.\n");
    assert_int_equal(missing.len, 1);
    assert_int_equal(missing.at[0].begin, 26);
    size_t at = str_search(text.bytes, STR("Eins"), 0);
    struct span span = md_span(&text, at, at + 5);
    assert_int_equal(span.begin, 11);
    assert_int_equal(span.end, 23);
    at = str_search(text.bytes, STR("{{x}}"), 0);
    assert_int_equal(md_span(&text, at, at + 5).begin, str_search(source->bytes, STR("{{x}}"), 0));
}

static const struct language *language(const char *yaml)
{
    bool readable;
    struct source *source = add_source("templates/x/language.yaml", str_of(yaml));
    return language_read(&arena, &findings, yaml_parse(&arena, &findings, source, 0, (uint32_t)source->bytes.len, &readable));
}

static void dates_and_numbers(void **state)
{
    (void)state;
    const struct language *de = language("name: x\ndate: \"{day}. {month} {year}\"\ndecimal: \",\"\ngroup: \".\"\nperiods: [Tag, Tage, Monat, Monate]\n");
    assert_str(print_date(&arena, de, 20778), "21. November 2026");
    assert_str(print_date_picture(&arena, language("date: \"{day} de {month} {year}\"\n")), "d 'd''e' MMMM yyyy");
    assert_str(print_number(&arena, de, 1234567.5), "1.234.567,5");
    assert_str(de->colon, ": ");
    assert_str(language("colon: \"\\u00A0: \"\n")->colon, "\xC2\xA0: ");
    assert_str(print_number(&arena, de, -12345), "-12.345");
    assert_str(print_number(&arena, de, 2026), "2026");
    assert_str(print_number(&arena, language_english(STR("en-GB")), 100000), "100,000");
    assert_str(print_period(&arena, de, (struct period){ 1, 0 }), "1 Monat");
    assert_str(print_period(&arena, de, (struct period){ 12, 3 }), "12 Monate, 3 Tage");
    assert_str(found(), "");
    language("date: \"{day}\"\nmonths: [a, b]\ndecimal: lots of\nyear: 1\nperiods: [a, [b], c, d]\n");
    assert_str(found(), "T-12@6-13 T-12@22-28 T-12@38-45 T-12@46-50 T-12@63-77");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blocks_are_messages), TEST(cells_are_messages), TEST(what_an_expression_shows), TEST(a_translation_has_the_tags),
        TEST(a_translated_text_knows_its_place), TEST(dates_and_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
