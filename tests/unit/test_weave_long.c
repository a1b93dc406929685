/* SPDX-License-Identifier: MIT */
/* Long texts are woven in pieces and their tables packed, which nobody sees. */
#include "weave_fixture.h"

#include "model/fields.h"
#include "write/docx.h"
#include "write/html.h"

/* The document as a page and as a Word file, in memory of its own. */
static str written(void)
{
    static const struct html_assets assets = { 0 };
    struct buf *out = buf_new(&arena);
    html_write(&arena, doc, &assets, out);
    assert_null(docx_write(&arena, doc, out));
    return (str){ copy_of(out), out->len };
}

static const struct doc_node *last_table(const struct doc_node *node)
{
    const struct doc_node *found = NULL;
    for (node = node->first; node; node = node->next)
        if (node->type == DOC_TABLE)
            found = node;
    return found;
}

/* A long table is cut between its rows, and only where it is one. */
static void long_tables(void **state)
{
    static const char *const bodies[] = {
        "| Id | Title |\n|---|:-:|\n{{#risks}}\n| {{id}} | {{title}} |\n{{/risks}}\n| sum | **of** all |\nand a lazy line\n\n## Next\n",
        "<!-- table: widths=30,70 align=r,l nowrap=1 caption=\"Twice\" -->\n| Id | Title |\n|---|---|\n{{#risks}}\n| {{id}} | {{title}} |\n| | {{owner}} |\n{{/risks}}\n## Next\n",
        "{{#risks}}\n| {{id}} | a paragraph |\n{{/risks}}\n",
        "| Id | Title |\n|---|\n{{#risks}}\n| {{id}} | not a table |\n{{/risks}}\n",
        "Words above\n| Id | Title |\n|---|---|\n{{#risks}}\n| {{id}} | {{title}} |\n{{/risks}}\n",
        "- item\n| Id | Title |\n|---|---|\n{{#risks}}\n| {{id}} | {{title}} |\n{{/risks}}\n",
        "> quoted\n\n| Id | Title |\n|---|---|\n{{#risks}}\n{{#actions}}\n| {{id}} | {{title}} |\n{{/actions}}\n{{/risks}}\n\nEnd\n",
        "<!-- table: look=matrix -->\n| | One |\n|---|---|\n{{#risks}}\n| {{title}} | {{residual.level}} |\n{{/risks}}\n",
        "<!-- table: look=facts -->\n| a | b |\n|---|---|\n{{#risks}}\n| {{id}} | {{title}} |\n{{/risks}}\n\n| a | b | c |\n|---|---|---|\n{{#risks}}\n| {{id}} | {{title}} |\n{{/risks}}\n",
        "| Id | Links |\n|---|---|\n{{#actions}}\n| {{id}} | {{risks.id}} [[R-2]] |\n{{/actions}}\n\n| Id | Links |\n|---|---|\n{{#risks}}\n| {{id}} | {{actions.id}} |\n{{/risks}}\n| R-9 | x |\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        put("templates/tables.md", str_c(&session->arena, str_print(&session->arena, "---\ndocument: tables\nid: DOC-T\ntitle: Tables\n---\n\n# First\n\n%s", bodies[i])));
        weave("tables");
    }
}

/* Rows of a long document are packed: links between rows and chapters, notes, levels and lists in cells come out as ever. */
static void long_texts(void **state)
{
    (void)state;
    struct record *risk = model_find(session->project.model, STR("R-1"));
    struct value   kept = risk->fields[F_risk_consequence];
    risk->fields[F_risk_consequence].text = STR("See [[R-2]] and[^1] [below](#r-2), [there](#nowhere).\n\n- one\n- two\n\n| a | b |\n|---|---|\n| [[R-1]] | d |\n\n[^1]: A note.");
    put("templates/long.md", "---\ndocument: long\nid: DOC-T\ntitle: Long\n---\n\n# First\n\nOf [[R-1]] and [[R-2]].\n\n<!-- table: widths=20,40,40 align=l,c,r caption=\"All of them\" -->\n"
                             "| Id | What | Level |\n|----|------|-------|\n{{#risks}}\n| {{id}} | {{consequence}} {{title}} | {{residual.level}} |\n{{/risks}}\n\n"
                             "# Second\n\n{{#risks}}\n## {{id}} {{title}}\n\n| Owner | Seen |\n|---|---|\n| {{owner}} | {{identified_on}}[[ACT-1]] |\n\n{{/risks}}\n"
                             "# Third\n\n| Id | Title |\n|---|---|\n{{#actions}}\n| {{id}} | {{title}} {{risks.id}} |\n{{/actions}}\n\n{{#risks}}\n{{consequence}}\n\n{{/risks}}\n");
    weave_in("long", 1);
    assert_non_null(last_table(doc->body)->table->rows);
    str in_pieces = written();
    weave_in("long", 0);
    assert_null(last_table(doc->body)->table->rows);
    str whole = written();
    assert_true(str_eq(in_pieces, whole));
    free((void *)(uintptr_t)in_pieces.at);
    free((void *)(uintptr_t)whole.at);
    weave("long");
    risk->fields[F_risk_consequence] = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(long_tables), cmocka_unit_test(long_texts) };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
