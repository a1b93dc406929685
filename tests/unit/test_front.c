/* SPDX-License-Identifier: MIT */
#include "parse/front.h"

#include "parse/text.h"
#include "support.h"

static void assert_split(str text, const char *head, const char *body, const char *wrong)
{
    findings_init(&findings, &arena);
    struct source *source = add_source("a.md", text);
    text_check(&arena, &findings, source, false);
    struct front front = front_split(&findings, source);
    if (head) {
        assert_true(front.there);
        assert_str(str_cut(text, front.head_begin, front.head_end), head);
    } else {
        assert_false(front.there);
    }
    assert_str(str_cut(text, front.body_begin, text.len), body);
    assert_str(found(), wrong);
}

static void heads_and_bodies(void **state)
{
    (void)state;
    assert_split(STR("---\nid: x\n---\nText\n"), "id: x\n", "Text\n", "");
    assert_split(STR("---\r\nid: x\r\n---\r\nText"), "id: x\r\n", "Text", "");
    assert_split(STR("---\n---\nText"), "", "Text", "");
    assert_split(STR("--- \nid: x\n---\t\nText"), "id: x\n", "Text", "");
    assert_split(STR("---\nid: x\n---"), "id: x\n", "", "");
    assert_split(STR("---\na: ----\n --- \n---\nText\n---\nmore"), "a: ----\n --- \n", "Text\n---\nmore", "");
    assert_split(STR("\n \r\n---\nid: x\n---\nText"), "id: x\n", "Text", "");
    assert_split(STR("\xEF\xBB\xBF---\nid: x\n---\nText"), "id: x\n", "Text", "Y-14@0-3");
}

static void texts_without(void **state)
{
    (void)state;
    assert_split(STR("Text\n---\ntitle: x\n---\n"), NULL, "Text\n---\ntitle: x\n---\n", "");
    assert_split(STR("Text\n\n```\n---\nid: x\n---\n```\n"), NULL, "Text\n\n```\n---\nid: x\n---\n```\n", "");
    assert_split(STR("id: x\n\nText\n---\n"), NULL, "id: x\n\nText\n---\n", "");
    assert_split(STR(""), NULL, "", "");
    assert_split(STR("----\ntitle: x\n---\n"), NULL, "----\ntitle: x\n---\n", "");
    assert_split(STR("\n---\nid: x\n"), NULL, "\n---\nid: x\n", "");
    assert_split(STR("\n---\nAs was said: this\n---\n"), NULL, "\n---\nAs was said: this\n---\n", "");
    assert_split(STR("\n---"), NULL, "\n---", "");
}

static void heads_that_do_not_end(void **state)
{
    (void)state;
    assert_split(STR("---\nid: x\nText\n"), NULL, "", "Y-16@0-3");
    assert_split(STR("---"), NULL, "", "Y-16@0-3");
}

static void heads_elsewhere(void **state)
{
    (void)state;
    assert_split(STR(" ---\nid: x\n ---\nText\n"), "id: x\n", "Text\n", "");
    assert_split(STR("Text\n---\nid: x\n---\n"), NULL, "", "Y-20@5-8");
    assert_split(STR("id: x\ntitle: y\n---\nText\n"), NULL, "", "Y-20@0-5");
    assert_split(STR("----\nid: x\n---\n"), NULL, "", "Y-20@0-4");
    assert_split(STR("\xE2\x80\x94\nid: x\n---\n"), NULL, "", "Y-20@0-3");
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(heads_and_bodies), TEST(texts_without), TEST(heads_that_do_not_end), TEST(heads_elsewhere) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
