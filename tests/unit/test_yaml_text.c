/* SPDX-License-Identifier: MIT */
#include "weave/yaml_text.h"

#include "parse/yaml.h"
#include "support.h"

/* Reads "key: VALUE" back. */
static const struct node *read_back(str value)
{
    bool readable;
    struct source *source = add_source("a.yaml", str_print(&arena, "key: %.*sother: 1\n", STR_ARG(value)));
    struct node *tree = yaml_parse(&arena, &findings, source, 0, (uint32_t)source->bytes.len, &readable);
    if (findings.list.len)
        fail_msg("%.*s\n%.*s", STR_ARG(source->bytes), STR_ARG(findings.list.at[0]->message));
    assert_str(node_text(tree, STR("other")), "1");
    return node_get(tree, STR("key"));
}

static str printed(struct value value)
{
    struct buf *out = buf_new(&arena);
    yaml_value(&arena, out, value, 0);
    return buf_str(out);
}

static void a_text_comes_back_as_it_was(void **state)
{
    static const char *const texts[] = {
        "plain", "two words", "", " ", "null", "~", "yes", "1.10", "- dash", "a: b", "a:b", "a #b", "a#b", "# c", "it's", "\"quoted\"", "back\\slash",
        "trailing ", " leading", "colon:", "[list]", "a, b", "{map}", "*star", "&and", "!tag", "%per", "@at", "`tick`", "| bar", "> more", "? ask", "---",
        "line\nline", "line\n\nline", "line\n  - item\n  - item", "ends\n", "\nbegins", " indented\nline", "tab\tinside", "tab\n\tline", "blank \nline",
        "\xC3\xA4\xC3\xB6\xC3\xBC \xE2\x82\xAC", "=", "<", "a  b",
        "a line so long that it has to be folded, which is allowed at any single space and changes nothing of what is said there",
        "a line so long that it would have to be folded,  but with two spaces in it, which folding would not keep as they are here",
        "a line so long that it has to be folded: with a colon, # a hash, [brackets] and \"quotes\" in it, none of which means anything",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct node *node = read_back(printed(value_text(str_of(texts[i]))));
        if (node->type != NODE_SCALAR)
            fail_msg("\"%s\" comes back as something else", texts[i]);
        assert_str(node->text, texts[i]);
    }
}

static void lists_and_maps(void **state)
{
    (void)state;
    struct list *list = NEW(&arena, struct list);
    list_push(&arena, list, value_text(STR("a, b")));
    list_push(&arena, list, value_text(STR("two\nlines")));
    list_push(&arena, list, value_bool(true));
    struct valuemap *map = NEW(&arena, struct valuemap);
    LIST_PUSH(&arena, map, ((struct valuemap_entry){ STR("key: odd"), SPAN_NONE, value_list(list) }));
    assert_str(printed((struct value){ .tag = V_MAP, .map = map }), "{\"key: odd\": [\"a, b\", \"two\\nlines\", yes]}\n");
    const struct node *inner = read_back(printed((struct value){ .tag = V_MAP, .map = map }))->first;
    assert_str(inner->key, "key: odd");
    assert_str(inner->first->text, "a, b");
    assert_str(inner->first->next->text, "two\nlines");
}

static void other_values(void **state)
{
    (void)state;
    assert_str(printed(value_null()), "undecided\n");
    assert_str(printed(value_bool(false)), "no\n");
    assert_str(printed(value_int(12)), "12\n");
    assert_str(printed(value_date(20778)), "2026-11-21\n");
    assert_str(printed(value_period((struct period){ 0, 90 })), "90 days\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(a_text_comes_back_as_it_was), TEST(lists_and_maps), TEST(other_values) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
