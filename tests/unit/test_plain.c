/* SPDX-License-Identifier: MIT */
/* Documents as text for a terminal (write/plain.h), and pages with keys as JSON (write/facts.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document_fixture.h"
#include "write/facts.h"
#include "write/plain.h"

static struct document untitled(void)
{
    struct document doc = document_new();
    doc.title = (str){ 0 };
    return doc;
}

static void assert_plain(const struct document *doc, struct plain_options options, const char *expected)
{
    struct buf *out = buf_new(&arena);
    plain_write(&arena, out, doc, options);
    assert_string_equal(str_c(&arena, buf_str(out)), expected);
}

static void blocks_are_laid_out(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = document_new();
    doc.subtitle = STR("a rule");
    heading(doc.body, 2, "", "Why");
    add_text(doc.body, DOC_PARAGRAPH, "Words go on to the next line where the terminal ends.");
    struct doc_node *list = add(doc.body, DOC_LIST);
    list->tight = true;
    add_text(add(list, DOC_ITEM), DOC_PARAGRAPH, "one item whose words take more than a line");
    add_text(add(list, DOC_ITEM), DOC_PARAGRAPH, "two");
    struct doc_node *ordered = add(doc.body, DOC_LIST);
    ordered->tight = ordered->ordered = true;
    ordered->number = 9;
    add_text(add(ordered, DOC_ITEM), DOC_PARAGRAPH, "nine");
    add_text(add(ordered, DOC_ITEM), DOC_PARAGRAPH, "ten");
    add(doc.body, DOC_CODE)->text = STR("checks:\n  disabled: {}");
    assert_plain(&doc, (struct plain_options){ .columns = 30, .indent = 2 },
                 "Policy\n"
                 "a rule\n"
                 "\n"
                 "Why\n"
                 "  Words go on to the next line\n"
                 "  where the terminal ends.\n"
                 "  - one item whose words take\n"
                 "    more than a line\n"
                 "  - two\n"
                 "  9. nine\n"
                 "  10. ten\n"
                 "\n"
                 "    checks:\n"
                 "      disabled: {}\n");
    arena_close(&arena);
}

static void inlines_are_words(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = untitled();
    struct doc_node *p = add(doc.body, DOC_PARAGRAPH);
    add_text(p, DOC_STRONG, "strong");
    doc_add_text(&arena, p, STR(", "));
    add(p, DOC_CODE_SPAN)->text = STR("code");
    doc_add_text(&arena, p, STR(", "));
    link_to(p, "https://example.org", "a link");
    doc_add_text(&arena, p, STR(", "));
    link_to(p, "#here", "a place");
    doc_add_text(&arena, p, STR(", "));
    badge(p, "High", FILL_LEVEL, 2, 3);
    add(p, DOC_BREAK);
    doc_add_text(&arena, p, STR("a new line"));
    assert_plain(&doc, (struct plain_options){ .columns = 80 },
                 "strong, `code`, a link (https://example.org), a place, High\n"
                 "a new line\n");
    assert_plain(&doc, (struct plain_options){ .columns = 80, .colour = true },
                 "\033[1mstrong\033[0m, `\033[36mcode\033[0m`, a link (https://example.org), a place, \033[31mHigh\033[0m\n"
                 "a new line\n");
    arena_close(&arena);
}

/* A style goes on in the next line, and each line ends what it began. */
static void colour_is_wrapped(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = untitled();
    add_text(add(doc.body, DOC_PARAGRAPH), DOC_STRONG, "bold words that go on and on for two lines");
    assert_plain(&doc, (struct plain_options){ .columns = 30, .colour = true },
                 "\033[1mbold words that go on and on\033[0m\n"
                 "\033[1mfor two lines\033[0m\n");
    arena_close(&arena);
}

static void terminals_are_not_driven(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = untitled();
    add_text(doc.body, DOC_PARAGRAPH, "red \033[31m, \001 and \u202e");
    add(doc.body, DOC_CODE)->text = STR("bell \a");
    assert_plain(&doc, (struct plain_options){ .columns = 80 },
                 "red <U+001B>[31m, <U+0001> and <U+202E>\n"
                 "\n"
                 "  bell <U+0007>\n");
    arena_close(&arena);
}

/* Prints a document with a table and nothing else; the first row of [cells] is the header. */
static void assert_table(const char *const cells[3][3], unsigned columns, const char *expected)
{
    arena_init(&arena, &memory);
    struct document doc = untitled();
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 3);
    t->table->columns[1].align = ALIGN_RIGHT;
    for (int i = 0; i < 3; i++)
        row(t, i == 0, cells[i][0], cells[i][1], cells[i][2]);
    assert_plain(&doc, (struct plain_options){ .columns = columns }, expected);
    arena_close(&arena);
}

static void tables_are_columns(void **state)
{
    static const char *const cells[3][3] = { { "id", "score", "what" }, { "R-1", "12", "a title with more words than fit" }, { "R-22", "4", "" } };
    (void)state;
    assert_table(cells, 30, "id    score  what\n"
                            "----  -----  -----------------\n"
                            "R-1      12  a title with more\n"
                            "             words than fit\n"
                            "R-22      4\n");
    assert_table(cells, 80, "id    score  what\n"
                            "----  -----  --------------------------------\n"
                            "R-1      12  a title with more words than fit\n"
                            "R-22      4\n");
}

/* Where whole words have no room beside each other. */
static void tables_are_stacked(void **state)
{
    static const char *const cells[3][3] = { { "requirement", "observations", "" }, { "4.1", "two", "Understanding the organisation" }, { "6.2", "", "Objectives" } };
    (void)state;
    assert_table(cells, 30, "4.1\n"
                            "  - observations: two\n"
                            "  - Understanding the\n"
                            "    organisation\n"
                            "6.2\n"
                            "  - Objectives\n");
}

/* Wide characters take two cells, combining ones none; a long word is broken where it must be. */
static void cells_are_counted(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = untitled();
    struct doc_node *t = table(doc.body, TABLE_FACTS, 2);
    row(t, 0, "\u6e2f\u6e7e", "x");
    row(t, 0, "cafe\u0301", "y");
    add_text(doc.body, DOC_PARAGRAPH, "0123456789012345678901234567890123456789");
    assert_plain(&doc, (struct plain_options){ .columns = 30 },
                 "\u6e2f\u6e7e  x\n"
                 "cafe\u0301  y\n"
                 "\n"
                 "012345678901234567890123456789\n"
                 "0123456789\n");
    arena_close(&arena);
}

static struct doc_node *keyed(struct doc_node *node, const char *key)
{
    node->ref = str_of(key);
    return node;
}

static void keys_become_json(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = document_new();
    struct document *pages[] = { &doc };
    doc.file = STR("rule");
    struct doc_node *facts = table(doc.body, TABLE_FACTS, 2);
    keyed(row(facts, 0, "severity", "major"), "severity");
    keyed(cell_of(keyed(row(facts, 0, "basis", "in many words"), "basis"), 1), "requirement");
    heading(doc.body, 2, "why", "Why");
    add_text(doc.body, DOC_PARAGRAPH, "One \"word\".");
    add_text(doc.body, DOC_PARAGRAPH, "Two.");
    heading(doc.body, 2, "", "For readers");
    add_text(doc.body, DOC_PARAGRAPH, "Not here.");
    heading(doc.body, 2, "rows", "Rows");
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 1);
    keyed(cell_of(row(t, 1, "the id"), 0), "id");
    row(t, 0, "R-1");
    heading(doc.body, 2, "items", "Items");
    add_text(add(add(doc.body, DOC_LIST), DOC_ITEM), DOC_PARAGRAPH, "one");
    struct buf *out = buf_new(&arena);
    facts_json(&arena, out, pages, 1);
    assert_string_equal(str_c(&arena, buf_str(out)),
                        "[\n  {\"kind\": \"rule\", \"id\": \"DOC-01\", \"title\": \"Policy\", \"severity\": \"major\", \"basis\": \"requirement\", "
                        "\"why\": \"One \\\"word\\\".\\n\\nTwo.\", \"rows\": [{\"id\": \"R-1\"}], \"items\": [\"one\"]}\n]\n");
    arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_laid_out),     cmocka_unit_test(inlines_are_words),  cmocka_unit_test(colour_is_wrapped),
        cmocka_unit_test(terminals_are_not_driven), cmocka_unit_test(tables_are_columns), cmocka_unit_test(tables_are_stacked), cmocka_unit_test(cells_are_counted),
        cmocka_unit_test(keys_become_json),
    };
    if (setjmp(memory.escape)) {
        print_error("out of memory\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
