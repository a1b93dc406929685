/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document_fixture.h"
#include "write/dump.h"

static void assert_dump(const struct document *doc, const char *expected)
{
    struct buf *out = buf_new(&arena);
    dump_write(&arena, doc, out);
    assert_string_equal(str_c(&arena, buf_str(out)), expected);
}

static void facts_stand_on_top(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = document_new();
    struct doc_revision revision = { STR("1.0"), STR("31 March 2026"), STR("A. Author"), STR("First | edition") };
    doc.draft = doc.cover = true;
    doc.revisions = &revision;
    doc.nrevisions = 1;
    assert_dump(&doc, "document policy\n"
                      "  id: DOC-01\n"
                      "  title: Policy\n"
                      "  version: 1.0\n"
                      "  organisation: Example Ltd\n"
                      "  language: en\n"
                      "  brand: default\n"
                      "  flags: draft cover\n"
                      "  modified: 1970-01-01\n"
                      "  revision | 1.0 | 31 March 2026 | A. Author | First \\| edition\n"
                      "body\n");
    arena_close(&arena);
}

/* The dump of a body, without the facts. */
static void assert_body(const struct document *doc, const char *expected)
{
    struct buf *out = buf_new(&arena);
    dump_write(&arena, doc, out);
    str    text = buf_str(out);
    size_t body = str_search(text, STR("\nbody\n"), 0);
    assert_true(body != SIZE_MAX);
    assert_string_equal(str_c(&arena, str_cut(text, body + 6, text.len)), expected);
}

static void inlines_show(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = document_new();
    struct doc_node *line = add_text(doc.body, DOC_PARAGRAPH, "a\n");
    add_text(line, DOC_STRONG, "b");
    add_text(line, DOC_EMPHASIS, "c");
    add(line, DOC_BREAK);
    link_to(line, "#x", "d");
    badge(line, "High", FILL_LEVEL, 2, 4);
    badge(line, "Done", FILL_GOOD, 0, 0);
    struct doc_node *note = add(line, DOC_NOTE);
    note->number = 1;
    add_text(note, DOC_PARAGRAPH, "why");
    add(line, DOC_ANCHOR)->ref = STR("y");
    assert_body(&doc, "  paragraph: a\\n**b***c* \\ [d](#x){High level 3/4}{Done good}[^1: why](#y)\n");
    arena_close(&arena);
}

static void blocks_show(void **state)
{
    (void)state;
    arena_init(&arena, &memory);
    struct document doc = document_new();
    doc.numbered = true;
    heading(doc.body, 1, "scope", "Scope");
    struct doc_node *list = add(doc.body, DOC_LIST), *item = add(list, DOC_ITEM);
    list->tight = list->ordered = true;
    list->number = 3;
    item->task = TASK_OPEN;
    add_text(item, DOC_PARAGRAPH, "one");
    add(doc.body, DOC_PAGE_BREAK);
    add(doc.body, DOC_ORIENT)->landscape = true;
    struct doc_node *grid = table(doc.body, TABLE_MATRIX, 2);
    grid->table->columns[0].id = true;
    grid->table->columns[1] = (struct doc_column){ .align = ALIGN_RIGHT, .width = 60 };
    add_text(grid, DOC_CAPTION, "Grid")->number = 2;
    row(grid, true, "Id", "Value");
    struct doc_node *cell = cell_of(row(grid, false, "A", ""), 1);
    cell->tone = FILL_BAD;
    cell->blocks = true;
    add_text(cell, DOC_PARAGRAPH, "x");
    add_text(cell, DOC_PARAGRAPH, "y");
    assert_body(&doc, "  heading 1 #scope: 1 Scope\n"
                      "  list from 3\n"
                      "    item open\n"
                      "      paragraph: one\n"
                      "  page break\n"
                      "  landscape\n"
                      "  table matrix, columns #<0 >60\n"
                      "    caption 2: Grid\n"
                      "    header | Id | Value\n"
                      "    row | A | {bad} x \u00b6 y\n");
    arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_stand_on_top),
        cmocka_unit_test(inlines_show),
        cmocka_unit_test(blocks_show),
    };
    if (setjmp(memory.escape)) {
        print_error("out of memory\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
