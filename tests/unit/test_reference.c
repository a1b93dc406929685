/* SPDX-License-Identifier: MIT */
/* References by number: figures, tables and sections, as text and as fields; and dates that can be picked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "docx_fixture.h"
#include "write/html.h"

static void refer(const char *anchor)
{
    struct doc_node *p = add(doc.body, DOC_PARAGRAPH);
    add(p, DOC_LINK)->ref = str_of(anchor);
}

static void fill(void)
{
    heading(doc.body, 1, "purpose", "Purpose");
    heading(doc.body, 2, "scope", "Scope");
    heading(doc.body, 1, "annex", "An annex")->unnumbered = 1;
    for (int i = 0; i < 2; i++) {
        struct doc_node *t = table(doc.body, TABLE_PLAIN, 2);
        add_text(t, DOC_CAPTION, "Risks")->number = (uint32_t)i + 1;
        t->ref = i ? STR("second") : STR("first");
        row(t, 1, "Risk", "Text");
        row(t, 0, "R-1", "x");
    }
    struct doc_node *figure = add(doc.body, DOC_FIGURE);
    add_text(figure, DOC_CAPTION, "The plan")->number = 1;
    add(figure, DOC_IMAGE)->text = STR("words for the plan");
    figure->ref = STR("plan");
    doc.numbered = true;
    refer("#scope"), refer("#annex"), refer("#second"), refer("#plan"), refer("#nowhere");
}

static void numbers_and_titles(void **state)
{
    (void)state;
    static const char *const expected[][2] = { { "scope", "section\xC2\xA0" "1.1" }, { "annex", "An annex" }, { "second", "Table\xC2\xA0" "2" }, { "plan", "Figure\xC2\xA0" "1" }, { "nowhere", "nowhere" } };
    fill();
    struct references references = { 0 };
    struct outline outline = outline_make(&arena, &doc);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_true(str_eq(reference_text(&arena, reference_to(&arena, &references, &doc, &outline, str_of(expected[i][0]))), str_of(expected[i][1])));
}

static void fields_in_word(void **state)
{
    (void)state;
    fill();
    str text = body();
    HAS(text, " REF scope \\r \\h ");
    HAS(text, "<w:t>1.1</w:t>");
    HAS(text, " REF annex \\h \\* MERGEFORMAT ");
    HAS(text, " REF second \\h \\* MERGEFORMAT ");
    HAS(text, "<w:t>Table\xC2\xA0" "2</w:t>");
    HAS(text, " REF plan \\h \\* MERGEFORMAT ");
    HAS(text, " SEQ Figure \\* ARABIC ");
    LACKS(text, "REF nowhere");
    HAS(text, "nowhere");
    static const char *const targets[] = { "w:name=\"scope\"", "w:name=\"annex\"", "w:name=\"second\"", "w:name=\"plan\"" };
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
        TIMES(text, targets[i], 1);
    LACKS(text, "w:name=\"first\""); /* nobody refers to it */
    TIMES(text, "<w:fldChar w:fldCharType=\"begin\"/>", count(text, "<w:fldChar w:fldCharType=\"end\"/>"));
}

/* The picture is kept with the caption below it, and the caption with nothing. */
static void a_figure_keeps_its_caption(void **state)
{
    (void)state;
    fill();
    str text = body();
    HAS(text, "<w:pStyle w:val=\"BodyText\"/><w:keepNext/>");
    HAS(text, "<w:pStyle w:val=\"Caption\"/><w:keepNext w:val=\"0\"/>");
}

static void a_table_without_caption_is_called_as_its_section(void **state)
{
    (void)state;
    heading(doc.body, 1, "people", "People & posts");
    row(table(doc.body, TABLE_PLAIN, 1), 0, "x");
    HAS(body(), "<w:tblCaption w:val=\"People &amp; posts\"/>");
}

static void dates_can_be_picked(void **state)
{
    (void)state;
    static const struct doc_approval approvals[] = { { { "CEO", 3 }, { "Bob", 3 }, { "1 May 2026", 10 } }, { { "CISO", 4 }, { "Eve", 3 }, { 0 } } };
    doc.control_page = true;
    doc.approvals = (struct doc_approval *)approvals;
    doc.napprovals = 2;
    doc.date = STR("1 May 2026");
    doc.next_review = STR("\xE2\x80\x93");
    doc.date_picture = STR("d MMMM yyyy");
    str text = body();
    TIMES(text, "<w:date><w:dateFormat w:val=\"d MMMM yyyy\"/>", 3); /* the document's own, and one for each approval */
    TIMES(text, "<w:showingPlcHdr/>", 1);
    TIMES(text, "1 May 2026</w:t>", 2);
}

static void references_in_pages(void **state)
{
    (void)state;
    struct html_assets assets = { 0 };
    struct buf *out = buf_new(&arena);
    fill();
    html_write(&arena, &doc, &assets, out);
    str text = buf_str(out);
    HAS(text, "<a href=\"#scope\">section\xC2\xA0" "1.1</a>");
    HAS(text, "<a href=\"#second\">Table\xC2\xA0" "2</a>");
    HAS(text, "<a href=\"#plan\">Figure\xC2\xA0" "1</a>");
    HAS(text, "<figure id=\"plan\">");
    HAS(text, "<figcaption><span class=\"no\">Figure 1</span> The plan</figcaption>");
    HAS(text, "<p>nowhere</p>");
    TIMES(text, "id=\"second\"", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_and_titles, start, stop),
        cmocka_unit_test_setup_teardown(fields_in_word, start, stop),
        cmocka_unit_test_setup_teardown(a_figure_keeps_its_caption, start, stop),
        cmocka_unit_test_setup_teardown(a_table_without_caption_is_called_as_its_section, start, stop),
        cmocka_unit_test_setup_teardown(dates_can_be_picked, start, stop),
        cmocka_unit_test_setup_teardown(references_in_pages, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
