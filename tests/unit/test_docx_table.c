/* SPDX-License-Identifier: MIT */
/* Tables in Word files: their rows, widths and figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "docx_fixture.h"

static void rows_repeat_and_stay_whole(void **state)
{
    (void)state;
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 2);
    add_text(t, DOC_CAPTION, "Risks");
    t->table->description = STR("What may happen");
    row(t, 1, "Risk", "Text");
    row(t, 0, "R-1", "");
    str text = body();
    TIMES(text, "<w:cantSplit/>", 2);
    TIMES(text, "<w:tblHeader/>", 1);
    TIMES(text, "<w:t>\xE2\x80\x93</w:t>", 1);
    HAS(text, "<w:tblCaption w:val=\"Risks\"/><w:tblDescription w:val=\"What may happen\"/>");
    HAS(text, " SEQ Table \\* ARABIC ");
    HAS(text, "</w:tbl><w:p>"); /* a body does not end with a table */
}

/* The widths of a row are those of the grid, and the grid is as wide as the text. */
static void columns_fill_the_page(void **state)
{
    (void)state;
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 4);
    t->table->columns[0].id = true;
    t->table->columns[1].width = 50;
    row(t, 1, "Risk", "Text", "Owner", "Reason");
    for (int i = 0; i < 3; i++)
        row(t, 0, "R-00000001-LONG", "short", "Ann Example", "a text that is long enough to need several lines in whatever is left of the width of the page for it");
    str text = body();
    long sum = 0, first = 0;
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        long width = number_after(text, "<w:gridCol w:w=\"", &at);
        first = i ? first : width;
        sum += width;
    }
    assert_int_equal(sum, 11906 - 2 * 1417);
    assert_true(first >= column_measure(font_width(STR("Calibri")), STR("R-00000001-LONG"), 18, true) + 2 * CELL_PADDING);
}

/* The widths of the grid of the first table at or after [*at]. */
static void grid(str text, size_t *at, long *widths, int n)
{
    for (int i = 0; i < n; i++)
        widths[i] = number_after(text, "<w:gridCol w:w=\"", at);
}

/* A share that cuts the longest word in two gets what it lacks from those that can spare it. */
static void a_word_of_the_header_is_not_broken(void **state)
{
    (void)state;
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 3);
    static const uint8_t shares[] = { 80, 10, 10 };
    for (int i = 0; i < 3; i++)
        t->table->columns[i].width = shares[i];
    row(t, 1, "Clause", "Requirements", "Open");
    row(t, 0, "Context", "4", "0");
    str text = body();
    size_t at = 0;
    long widths[3];
    grid(text, &at, widths, 3);
    assert_true(widths[1] >= column_measure(font_width(STR("Calibri")), STR("Requirements"), 18, true) + 2 * CELL_PADDING);
    assert_int_equal(widths[0] + widths[1] + widths[2], 11906 - 2 * 1417);
}

/* Prose gets the room that its rows need, an empty column none; tables with one header row have the same columns. */
static void columns_suit_their_content(void **state)
{
    (void)state;
    static const char prose[] = "A text of a register is long and takes the room that other columns have no use for, so that its row does not become the tallest";
    long widths[2][4];
    size_t at = 0;
    for (int i = 0; i < 2; i++) {
        struct doc_node *t = table(doc.body, TABLE_PLAIN, 4);
        row(t, 1, "Id", "Missing", "Text", "Due");
        for (int r = 0; r < 4; r++)
            row(t, 0, "A.1", "", i ? prose : "short", "29 September 2026");
    }
    str text = body();
    grid(text, &at, widths[0], 4);
    grid(text, &at, widths[1], 4);
    assert_memory_equal(widths[0], widths[1], sizeof widths[0]);
    assert_true(widths[0][2] > 3 * widths[0][1]);
    assert_true(widths[0][3] >= column_measure(font_width(STR("Calibri")), STR("29 September 2026"), 18, false) + 2 * CELL_PADDING);
}

/* A register of many columns across the page is set smaller. */
static void wide_registers_are_dense(void **state)
{
    (void)state;
    doc.landscape = true;
    row(table(doc.body, TABLE_PLAIN, 7), 1, "a", "b", "c", "d", "e", "f", "g");
    row(table(doc.body, TABLE_PLAIN, 6), 1, "a", "b", "c", "d", "e", "f");
    str text = body();
    TIMES(text, "<w:tblStyle w:val=\"TableDense\"/>", 1);
    TIMES(text, "<w:pStyle w:val=\"TableHeadDense\"/>", 7);
    TIMES(text, "<w:pStyle w:val=\"TableHead\"/>", 6);
}

static void bars_cover_the_grid(void **state)
{
    (void)state;
    struct doc_node *t = table(doc.body, TABLE_BARS, 2);
    row(t, 1, "Theme", "Share");
    static const unsigned percent[] = { 0, 1, 50, 100, 250 };
    for (int i = 0; i < 5; i++) {
        struct doc_node *cell = cell_of(row(t, 0, "x", "y"), 1);
        cell->tone = FILL_BAR;
        cell->number = percent[i];
    }
    str text = body();
    long columns = (long)count(text, "<w:gridCol ");
    for (size_t at = 0; (at = str_search(text, STR("<w:tr>"), at)) != SIZE_MAX; at++) {
        str of_row = str_cut(text, at, str_search(text, STR("</w:tr>"), at));
        long covered = (long)count(of_row, "<w:tc>") - (long)count(of_row, "<w:gridSpan");
        size_t seek = 0;
        for (long n; (n = number_after(of_row, "<w:gridSpan w:val=\"", &seek)) != -1;)
            covered += n;
        assert_int_equal(covered, columns);
    }
}

static void matrices_stand_side_by_side_where_there_is_room(void **state)
{
    (void)state;
    doc.landscape = true;
    for (int i = 0; i < 2; i++) {
        struct doc_node *m = table(doc.body, TABLE_MATRIX, 3);
        row(m, 1, "", "1", "2");
        cell_of(row(m, 0, "1", "Low", "High"), 2)->tone = FILL_BAD;
    }
    str text = body();
    TIMES(text, "<w:tbl>", 1);
    TIMES(text, "<w:gridCol ", 7);
    TIMES(text, str_c(&arena, str_print(&arena, "w:fill=\"%.*s\"", STR_ARG(doc.brand->bad_fill))), 2);
}

/* A table and its rows are targets, though neither can hold a bookmark. */
static void tables_and_rows_can_be_linked_to(void **state)
{
    (void)state;
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 2);
    t->ref = STR("risks");
    row(t, 1, "Risk", "Text")->ref = STR("head");
    row(t, 0, "R-1", "")->ref = STR("R-1");
    row(t, 0, "R-2", "")->ref = STR("R-2");
    static const char *const to[] = { "#risks", "#head", "#R-1" };
    for (size_t i = 0; i < 3; i++)
        link_to(add(doc.body, DOC_PARAGRAPH), to[i], "there");
    str text = body();
    TIMES(text, "<w:hyperlink w:anchor=", 3);
    TIMES(text, "<w:bookmarkStart ", 3); /* nobody links to R-2 */
    HAS(text, "</w:pPr><w:bookmarkStart w:id=\"1\" w:name=\"risks\"/><w:bookmarkEnd w:id=\"1\"/><w:bookmarkStart w:id=\"2\" w:name=\"head\"/>");
}

static void ids_stay_whole_in_narrow_cells(void **state)
{
    (void)state;
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 2);
    t->table->columns[0].width = 16;
    t->table->columns[1].width = 84;
    row(t, 1, "Documents", "Text");
    row(t, 0, "POL-01, DOC-CONTACTS, POL-02", "non-conformities of 2026-03-31");
    str text = body();
    HAS(text, "POL-01, </w:t><w:br/><w:t xml:space=\"preserve\">DOC-CONTACTS, </w:t><w:br/><w:t>POL-02</w:t>");
    HAS(text, ">non-conformities of 2026-03-31<");
    assert_true(pen_is_id(STR("A-b")) && pen_is_id(STR("x-2")) && !pen_is_id(STR("non-stop")) && !pen_is_id(STR("-")) && !pen_is_id(STR("a-")));
}

/* Two tables with nothing between would be one to Word, and a list before needs its room. */
static void tables_are_kept_apart(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++)
        row(table(doc.body, TABLE_PLAIN, 1), 0, "x");
    add(doc.body, DOC_PAGE_BREAK);
    row(table(doc.body, TABLE_PLAIN, 1), 0, "x");
    str text = body();
    TIMES(text, "<w:pStyle w:val=\"TableGap\"/>", 2);
    TIMES(text, "<w:pageBreakBefore/>", 1);
}

/* Days stay with their months, and what asks for one line gets it. */
static void dates_stay_whole(void **state)
{
    (void)state;
    static const char *const prose = "a text that is long enough to need several lines in whatever is left of the width of the page for it, whatever else it says";
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 3);
    row(t, 1, "By", "Text", "More");
    cell_of(row(t, 0, "27 November 2026", prose, prose), 0)->nowrap = 1;
    long widths[3];
    size_t at = 0;
    grid(body(), &at, widths, 3);
    assert_true(widths[0] >= column_measure(font_width(STR("Calibri")), STR("27 November 2026"), 18, false) + 2 * CELL_PADDING);
    struct docx docx = { .arena = &arena, .out = buf_new(&arena), .cell_size = 18, .body_width = font_width(STR("Calibri")) };
    pen_start(&docx, column_measure(font_width(STR("Calibri")), STR("due by 18 Decembe"), 18, false));
    pen_text(&docx, STR("due by 18 December 2026"), false);
    HAS(buf_str(docx.out), "due </w:t><w:br/><w:t>by 18 December");
}

/* The first column's width when its longest cell is "Almost certain" on one line, in [type]. */
static long width_of(enum doc_type type)
{
    static const char *const prose = "a text that is long enough to need several lines in whatever is left of the width of the page for it, whatever else it says";
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 3), *cell;
    row(t, 1, "Step", "Text", "More");
    cell = cell_of(row(t, 0, "", prose, prose), 0);
    cell->nowrap = 1;
    cell->first = cell->last = NULL;
    if (type == DOC_TEXT)
        doc_add_text(&arena, cell, STR("Almost certain"));
    else
        add_text(cell, type, "Almost certain");
    long widths[3];
    size_t at = 0;
    grid(body(), &at, widths, 3);
    doc.body->first = doc.body->last = NULL;
    return widths[0];
}

static void bold_words_are_wider(void **state)
{
    (void)state;
    struct font_width font = font_width(STR("Calibri"));
    long bold = width_of(DOC_STRONG);
    assert_true(bold >= column_measure(font, STR("Almost certain"), 18, true) + 2 * CELL_PADDING);
    assert_true(bold > width_of(DOC_EMPHASIS) && width_of(DOC_TEXT) == width_of(DOC_EMPHASIS));
}

/* A column is as wide as its longest word in the brand's font; scripts that are as wide as high are so in any. */
static void columns_follow_the_font(void **state)
{
    (void)state;
    static const char *const prose = "a text that is long enough to need several lines in whatever is left of the width of the page for it, whatever else it says";
    struct brand brand = *brand_default();
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 3);
    row(t, 1, "Documents", "Text", "More");
    row(t, 0, "Internationalisation", prose, prose);
    long calibri[3], verdana[3];
    size_t at = 0;
    grid(body(), &at, calibri, 3);
    brand.body_font = STR("Verdana");
    doc.brand = &brand;
    at = 0;
    grid(body(), &at, verdana, 3);
    doc.brand = NULL;
    int longest = column_measure(font_width(STR("Verdana")), STR("Internationalisation"), 18, false);
    assert_true(verdana[0] >= longest + 2 * CELL_PADDING && calibri[0] < longest + 2 * CELL_PADDING);
    assert_int_equal(font_width(STR("Calibri Light")).regular, 100);
    assert_int_equal(font_width(STR("arial narrow")).regular, 89);
    assert_true(font_width(STR("Calibrixy")).regular > 100); /* another font */
    assert_true(font_width(STR("House Mono")).regular == font_width(STR("House Mono")).bold);
    str wide = STR("\xE6\x96\x87\xE6\x9B\xB8");
    assert_int_equal(column_measure(font_width(STR("Verdana")), wide, 20, true), 2 * 200);
}

/* On a page that lies on its side, short columns do not stand a hand apart. */
static void small_tables_are_no_wider_than_the_text(void **state)
{
    (void)state;
    doc.landscape = true;
    row(table(doc.body, TABLE_PLAIN, 2), 0, "Level", "3");
    row(table(doc.body, TABLE_FACTS, 2), 0, "Scope", "a text that is long enough to need several lines on any page, and that would make lines of a hundred and forty characters here");
    struct doc_node *wide = table(doc.body, TABLE_PLAIN, 2);
    row(wide, 0, "a text that is long enough to need more than the width of a page that stands upright", "a text that is long enough to need more than the width of a page");
    str text = body();
    TIMES(text, "<w:tblW w:w=\"9072\"", 2);
    TIMES(text, "<w:tblW w:w=\"14004\"", 1);
}

/* Eight low rows stay together; eight high ones would leave half a page empty before them. */
static void high_tables_may_break(void **state)
{
    (void)state;
    static char prose[2000];
    memset(prose, 'x', sizeof prose - 1);
    for (size_t i = 7; i < sizeof prose - 1; i += 8)
        prose[i] = ' ';
    struct doc_node *low = table(doc.body, TABLE_PLAIN, 1);
    for (int i = 0; i < 6; i++)
        row(low, 0, "x");
    TIMES(body(), "<w:keepNext/>", 5);
    doc.body->first = doc.body->last = NULL;
    struct doc_node *high = table(doc.body, TABLE_PLAIN, 1);
    for (int i = 0; i < 6; i++)
        row(high, 0, prose);
    TIMES(body(), "<w:keepNext/>", 3); /* three at the head, two at the foot */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(dates_stay_whole),
        TEST(bold_words_are_wider), TEST(columns_follow_the_font),
        TEST(small_tables_are_no_wider_than_the_text),
        TEST(high_tables_may_break),
        TEST(rows_repeat_and_stay_whole),
        TEST(columns_fill_the_page),
        TEST(a_word_of_the_header_is_not_broken),
        TEST(columns_suit_their_content),
        TEST(wide_registers_are_dense),
        TEST(bars_cover_the_grid),
        TEST(matrices_stand_side_by_side_where_there_is_room),
        TEST(tables_and_rows_can_be_linked_to),
        TEST(ids_stay_whole_in_narrow_cells),
        TEST(tables_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
