/* SPDX-License-Identifier: MIT */
/*
 * What a page must hold, by its text. Whether browsers, validators and accessibility checkers like it is asked in
 * tests/interop/html_check.mjs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/colour.h"
#include <stdlib.h>

#include "html_fixture.h"
#include "write/html_part.h"
#include "write/sha256.h"

/* --- text and addresses --- */

static void text_stays_text(void **state)
{
    (void)state;
    doc.title = STR("<b>\"R&D\"</b>");
    add_text(doc.body, DOC_PARAGRAPH, "</p><script>alert(1)</script>\x01\x7f");
    str html = page();
    HAS(html, "<h1>&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;</h1>");
    HAS(html, "<p>&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    LACKS(html, "alert(1)</script>");
}

static void addresses_are_safe(void **state)
{
    (void)state;
    struct doc_node *line = add(doc.body, DOC_PARAGRAPH);
    heading(doc.body, 1, "here", "Here");
    link_to(line, "https://example.org/a b?x=1&y=\"2\"#f#g", "one");
    link_to(line, "javascript:alert(1)", "two");
    link_to(line, "JAVASCRIPT:alert(1)", "three");
    link_to(line, "MailTo:a@example.org", "four");
    link_to(line, "data:text/html,x", "five");
    link_to(line, "#here", "six");
    link_to(line, "#nowhere", "seven");
    link_to(line, "http://", "eight");
    str html = page();
    HAS(html, "<a href=\"https://example.org/a%20b?x=1&amp;y=%222%22#f%23g\">one</a>twothree"
              "<a href=\"MailTo:a@example.org\">four</a>five<a href=\"#here\">six</a>seveneight</p>");
}

static void printed_heads_are_literals(void **state)
{
    (void)state;
    doc.title = STR("A \"b\" \\ </style>\nc");
    doc.classification = STR("Internal");
    str html = page(), style = between(html, "</style>\n<style>", "</style>");
    HAS(style, "@top-left{content:\"A \\22 b\\22  \\5c  \\3c /style>\\a c\"}");
    HAS(style, "@top-right{content:\"Internal\"}");
    HAS(style, "@bottom-left{content:\"Example Ltd \u00b7 DOC-01 \u00b7 Version 1.0\"}");
    HAS(style, "\"Page \" counter(page) \" of \" counter(pages)");
    LACKS(style, "\n");
}

/* --- the policy --- */

static void assert_admits(str html, str source)
{
    str digest = sha256_source(&arena, source);
    assert_true(str_search(between(html, "Content-Security-Policy\" content=\"", "\">"), digest, 0) != SIZE_MAX);
}

static void policy_admits_only_our_own(void **state)
{
    (void)state;
    str bare = page();
    HAS(bare, "content=\"default-src 'none'; style-src 'sha256-");
    HAS(bare, "script-src 'none'; img-src data:; base-uri 'none'; form-action 'none'\"");
    LACKS(bare, "<script");
    row(table(doc.body, TABLE_PLAIN, 1), false, "x");
    str html = page();
    assert_admits(html, between(html, "<style>", "</style>"));
    assert_admits(html, between(html, "</style>\n<style>", "</style>"));
    assert_admits(html, between(html, "<script>", "</script>"));
    LACKS(html, " style=");
    LACKS(html, " onclick=");
    LACKS(html, "src=");
}

static void pages_of_one_build_have_their_own_brand(void **state)
{
    (void)state;
    struct html_assets shared = assets;
    struct brand green = *brand_default();
    green.primary = STR("006600");
    html_assets_ready(&arena, &shared);
    str plain = page_with(&shared);
    doc.brand = &green;
    str other = page_with(&shared);
    HAS(other, "--band:#006600");
    LACKS(plain, "--band:#006600");
    assert_admits(other, between(other, "<style>", "</style>"));
    doc.brand = brand_default();
    assert_true(str_eq(plain, page_with(&shared)));
}

static str minified(const char *source)
{
    struct buf *made = buf_new(&arena);
    html_minified(made, str_of(source));
    return buf_str(made);
}

static void assert_minified(const char *source, const char *expected)
{
    str made = minified(source);
    assert_string_equal(str_c(&arena, made), expected);
}

static void minifier_is_careful(void **state)
{
    (void)state;
    assert_minified("a  { b : c ;\n d: e }\n", "a{b : c;d: e}");
    assert_minified("/* x */a/* y */b /* z */", "a b");
    assert_minified("a /* y */ b", "a b");
    assert_minified("q::before { content: \"  /* no */  \\\"  \" }", "q::before{content: \"  /* no */  \\\"  \"}");
    assert_minified("w { width: calc(1px + 2px) }", "w{width: calc(1px + 2px)}");
    assert_minified("x = \"</script><!--\"; y</z;", "x = \"<\\/script><\\!--\";y< /z;");
    assert_minified("'never closed", "'never closed'");
    assert_minified("/* never closed", "");
}

/* --- ids --- */

static void ids_are_unique(void **state)
{
    (void)state;
    heading(doc.body, 1, "a-5-1", "Control");
    struct doc_node *list = table(doc.body, TABLE_PLAIN, 2);
    list->table->columns[0].id = true;
    row(list, true, "Id", "Title");
    row(list, false, "A.5.1", "taken by the heading");
    row(list, false, "A.5.2", "first");
    row(list, false, "A.5.2", "second");
    struct doc_node *marked = row(list, false, "R-7", "has an anchor");
    add(cell_of(marked, 0), DOC_ANCHOR)->ref = STR("risk 7%");
    str html = page();
    ONCE(html, " id=\"a-5-1\"");
    ONCE(html, "<th scope=\"row\" id=\"a-5-2\" class=\"id\"><a href=\"#a-5-2\">A.5.2</a></th>");
    ONCE(html, "<th scope=\"row\" class=\"id\">A.5.1</th>");
    ONCE(html, "<th scope=\"row\" id=\"risk-7-\" class=\"id\"><a href=\"#risk-7-\">R-7</a></th>");
}

static void written_anchors_come_first(void **state)
{
    (void)state;
    struct doc_node *list = table(doc.body, TABLE_PLAIN, 1);
    list->table->columns[0].id = true;
    row(list, false, "R-1");
    struct doc_node *line = add(doc.body, DOC_PARAGRAPH);
    add(line, DOC_ANCHOR)->ref = STR("r-1");
    str html = page();
    ONCE(html, "<span id=\"r-1\"></span>");
    ONCE(html, "<th scope=\"row\" class=\"id\">R-1</th>");
}

/* --- tables --- */

static void tables_name_their_cells(void **state)
{
    (void)state;
    struct doc_node *list = table(doc.body, TABLE_PLAIN, 3);
    list->table->columns[2].align = ALIGN_RIGHT;
    list->table->columns[1].width = 40;
    list->table->description = STR("What it shows");
    row(list, true, "Name", "", "Count");
    row(list, true, "Group", "", "");
    row(list, false, "x", "", "7");
    str html = page();
    HAS(html, "<div class=\"frame\" role=\"region\" tabindex=\"0\" aria-label=\"Table: Policy\">");
    HAS(html, "<p class=\"unseen\" id=\"_about-1\">What it shows</p>\n<table class=\"plain short\" aria-describedby=\"_about-1\">");
    HAS(html, "<thead>\n<tr><th scope=\"col\">Name</th><td></td><th scope=\"col\" class=\"right\">Count</th></tr>\n</thead>");
    HAS(html, "<tbody>\n<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\">Group</th></tr>\n<tr><td>x</td>"
              "<td class=\"none\">\u2013</td><td class=\"right\">7</td></tr>\n</tbody>");
    HAS(between(html, "</style>\n<style>", "</style>"), ".w40{width:40%}");
}

static void frames_have_names_of_their_own(void **state)
{
    (void)state;
    heading(doc.body, 1, "x", "Risks");
    for (int i = 0; i < 2; i++)
        row(table(doc.body, TABLE_PLAIN, 1), false, "a");
    struct doc_node *third = table(doc.body, TABLE_PLAIN, 1);
    add_text(third, DOC_CAPTION, "Actions")->number = 3;
    row(third, false, "b");
    str html = page();
    ONCE(html, "aria-label=\"Table: Risks\"");
    ONCE(html, "aria-label=\"Table: Risks (2)\"");
    ONCE(html, "aria-label=\"Table 3: Actions\"");
    HAS(html, "<caption><span class=\"caption\"><span class=\"no\">Table 3</span> Actions</span></caption>");
}

static void long_tables_are_marked(void **state)
{
    (void)state;
    struct doc_node *list = table(doc.body, TABLE_PLAIN, 1);
    for (int i = 0; i < 12; i++)
        row(list, false, "x");
    LACKS(page(), "plain long");
    row(list, false, "x");
    HAS(page(), "class=\"plain long narrow\"");
}

/* A register of many columns: the long text of every row gets more than the one that is long in a single row. */
static void many_columns_are_shared_out(void **state)
{
    (void)state;
    static const char *const text = "What is done here, told in so many words that it takes a line or two wherever it stands on the page, "
                              "and goes on with who does it, how often that is, and where they keep what proves it when somebody asks.";
    struct doc_node *list = table(doc.body, TABLE_PLAIN, 8);
    for (int i = 0; i < 30; i++)
        row(list, false, "A.1", "yes", i ? "risk" : text, text, "DOC-1", "Anna", "no", "1");
    str columns = between(page(), "<colgroup>", "</colgroup>"), one;
    unsigned widths[9] = { 0 }, n = 0;
    for (; n < 9 && str_split(&columns, '>', &one) && one.len; n++)
        widths[n] = (unsigned)strtoul(one.at + strlen("<col class=\"w"), NULL, 10);
    assert_int_equal(n, 8);
    assert_true(widths[3] > 2 * widths[2] && widths[2] > widths[7] && widths[7] > 0);
    doc.body = doc_new(&arena, DOC_BODY);
    row(table(doc.body, TABLE_PLAIN, 7), false, "A.1", "yes", "risk", text, "DOC-1", "Anna", "no");
    LACKS(page(), "<colgroup>");
}

static void heat_maps_stand_in_pairs(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct doc_node *map = table(doc.body, TABLE_MATRIX, 2);
        row(map, true, "", "Minor");
        struct doc_node *cell = cell_of(row(map, false, "Rare", "Low"), 1);
        cell->tone = FILL_LEVEL;
        cell->rank = 3;
        cell->ranks = 4;
    }
    str html = page();
    ONCE(html, "<div class=\"pair\">");
    HAS(html, "<tr><th scope=\"row\">Rare</th><td class=\"l7\" data-rank=\"3\">Low</td></tr>");
}

static void levels_take_colours(void **state)
{
    (void)state;
    struct doc_node *line = add(doc.body, DOC_PARAGRAPH);
    badge(line, "Low", FILL_LEVEL, 0, 3);
    badge(line, "Mid", FILL_LEVEL, 1, 3);
    badge(line, "Top", FILL_LEVEL, 2, 3);
    badge(line, "Own", FILL_LEVEL, 2, 3)->ref = STR("C0FFEE");
    badge(line, "Done", FILL_GOOD, 0, 0);
    str html = page();
    HAS(html, "<span class=\"badge l0\" data-rank=\"0\">Low</span><span class=\"badge l4\" data-rank=\"1\">Mid</span>"
              "<span class=\"badge l7\" data-rank=\"2\">Top</span><span class=\"badge x-c0ffee\" data-rank=\"2\">Own</span>"
              "<span class=\"badge good\">Done</span>");
    assert_int_equal(count(html, ".x-c0ffee{background:#"), 2); /* light and dark */
}

/* --- flow --- */

static void contents_nest(void **state)
{
    (void)state;
    doc.contents = doc.numbered = true;
    heading(doc.body, 1, "a", "A");
    heading(doc.body, 2, "b", "B");
    heading(doc.body, 1, "c", "C");
    str html = page(), nav = between(html, "<nav", "</nav>");
    HAS(nav, "<ol>\n<li><a href=\"#a\"><span class=\"no\">1</span> <span>A</span></a><ol>\n<li><a href=\"#b\">");
    HAS(nav, "<span>B</span></a></li>\n</ol></li>\n<li><a href=\"#c\">");
    HAS(html, "<h2 id=\"a\"><a class=\"no\" href=\"#a\">1</a> A</h2>");
    HAS(html, "<h3 id=\"b\"><a class=\"no\" href=\"#b\">1.1</a> B</h3>");
    ONCE(html, "<h1>");
}

static void notes_wait_for_the_end(void **state)
{
    (void)state;
    struct doc_node *line = add_text(doc.body, DOC_PARAGRAPH, "said");
    struct doc_node *note = add(line, DOC_NOTE), *inner;
    note->number = 1;
    inner = add(add_text(note, DOC_PARAGRAPH, "why"), DOC_NOTE);
    inner->number = 2;
    add_text(inner, DOC_PARAGRAPH, "deeper");
    struct doc_node *again = add(line, DOC_NOTE);
    again->number = 1;
    str html = page(), notes = between(html, "role=\"doc-endnotes\"", "</main>");
    HAS(html, "<p>said<sup class=\"mark\"><a id=\"_mark-1\" href=\"#_note-1\" role=\"doc-noteref\">1</a></sup>"
              "<sup class=\"mark\"><a href=\"#_note-1\" role=\"doc-noteref\">1</a></sup></p>");
    HAS(notes, "<li id=\"_note-1\"><p>why");
    HAS(notes, "<li id=\"_note-2\"><p>deeper");
    HAS(notes, "href=\"#_mark-2\" aria-label=\"Back to text (2)\"");
}

static void pages_turn(void **state)
{
    (void)state;
    add_text(doc.body, DOC_PARAGRAPH, "up");
    add(doc.body, DOC_ORIENT)->landscape = true;
    add_text(doc.body, DOC_PARAGRAPH, "side");
    add(doc.body, DOC_ORIENT)->landscape = true;
    add_text(doc.body, DOC_PARAGRAPH, "still");
    HAS(page(), "<p>up</p>\n<div class=\"wide\">\n<p>side</p>\n<p>still</p>\n</div>\n</main>");
}

static void tasks_are_words_too(void **state)
{
    (void)state;
    struct doc_node *list = add(doc.body, DOC_LIST), *item = add(list, DOC_ITEM);
    list->tight = true;
    item->task = TASK_DONE;
    add_text(item, DOC_PARAGRAPH, "Assign owners");
    HAS(page(), "<span class=\"unseen\">done: </span>Assign owners</li>");
}

static void facts_say_what_is_missing(void **state)
{
    (void)state;
    doc.control_page = true;
    doc.approvals = &(struct doc_approval){ .role = STR("Director") };
    doc.napprovals = 1;
    str html = page();
    HAS(html, "<div><dt>Owner</dt><dd class=\"none\">not set</dd></div>");
    LACKS(html, "<dt>Next review</dt>");
    HAS(html, "<section class=\"control\" aria-labelledby=\"_control\">");
    HAS(html, "<tr><td>Director</td><td></td><td></td><td></td></tr>");
}

/* --- colours --- */

static struct colour rgb(const char *text) { return colour_parse(str_of(text), (struct colour){ 0, 0, 0 }); }

static void assert_near(unsigned got, unsigned expected)
{
    assert_in_range(got, expected - 3 - expected / 100, expected + 3 + expected / 100);
}

static void contrast_is_the_standard_s(void **state)
{
    (void)state;
    assert_int_equal(colour_contrast(rgb("000000"), rgb("FFFFFF")), 2100);
    assert_near(colour_contrast(rgb("777777"), rgb("FFFFFF")), 448);
    assert_near(colour_contrast(rgb("767676"), rgb("FFFFFF")), 454);
    assert_near(colour_contrast(rgb("0000FF"), rgb("FFFFFF")), 859);
    assert_near(colour_contrast(rgb("FF0000"), rgb("000000")), 525);
}

/* Whatever a brand chooses, text stays readable on it. */
static void text_reads_on_every_fill(void **state)
{
    (void)state;
    struct colour ink = rgb("25303b"), pale_ink = rgb("d9dfe6");
    for (unsigned i = 0; i < 512; i++) {
        struct colour fill = { (uint8_t)((i & 7) * 36), (uint8_t)((i >> 3 & 7) * 36), (uint8_t)((i >> 6) * 36) };
        assert_true(colour_contrast(colour_readable(ink, fill, 450), fill) >= 450);
        assert_true(colour_contrast(colour_dark_fill(fill, pale_ink), pale_ink) >= 500);
    }
}

static void colours_are_parsed(void **state)
{
    (void)state;
    char text[8];
    colour_format(rgb("#C0ffEE"), text);
    assert_string_equal(text, "#c0ffee");
    colour_format(rgb("red;}"), text);
    assert_string_equal(text, "#000000");
}

/* The page asks nobody for anything: pictures stand in it. */
static void pictures_stand_in_the_page(void **state)
{
    (void)state;
    static const struct image svg = { .format = IMAGE_SVG, .width = 300, .height = 150, .dpi = 96, .bytes = { "<svg/>", 6 } };
    picture(&doc, add(doc.body, DOC_PARAGRAPH), &svg, "a.svg", "A \"plan\"");
    picture(&doc, add(doc.body, DOC_PARAGRAPH), NULL, "none.png", "Words of none");
    str html = page();
    ONCE(html, "<img width=\"300\" height=\"150\" alt=\"A &quot;plan&quot;\" src=\"data:image/svg+xml;base64,PHN2Zy8+\">");
    ONCE(html, "<span class=\"image\">Words of none</span>");
}

/* --- what tables are sorted by --- */

static void days_are_numbers_too(void **state)
{
    (void)state;
    struct doc_node *days = table(doc.body, TABLE_PLAIN, 2);
    struct doc_node *day = row(days, false, "31 March 2027", "12")->first->first;
    day->datum = DATUM_DATE;
    day->number = 20908;
    HAS(page(), "<tr><td data-sort=\"20908\">31 March 2027</td><td>12</td></tr>");
}

static void hundreds_of_rows_are_huge(void **state)
{
    (void)state;
    struct doc_node *rows = table(doc.body, TABLE_PLAIN, 1);
    for (int i = 0; i < 300; i++)
        row(rows, false, "x");
    HAS(page(), " class=\"plain long narrow\"");
    row(rows, false, "x");
    HAS(page(), " class=\"plain long huge narrow\"");
}

static void hundreds_of_headings_stand_in_parts(void **state)
{
    (void)state;
    doc.contents = true;
    doc.depth = 1;
    heading(doc.body, 1, "all", "All");
    for (int i = 0; i < 299; i++)
        heading(doc.body, 2, str_c(&arena, str_print(&arena, "h-%d", i)), "One of them");
    LACKS(page(), "class=\"part\"");
    heading(doc.body, 1, "more", "More");
    heading(doc.body, 2, "last", "The last");
    str html = page();
    assert_int_equal(count(html, "<div class=\"part\">\n<h3"), 16); /* 299 / 20, and behind the heading in the contents another */
    assert_int_equal(count(html, "<div"), count(html, "</div>"));
    HAS(html, "</div>\n<h2 id=\"more\">");
    doc.depth = 2;
    LACKS(page(), "class=\"part\"");
}

/* --- memory --- */

/* Every allocation fails once; what is not freed then, the leak checker finds. */
static void failures_leave_nothing(void **state)
{
    (void)state;
    struct memory small = { .limit = (size_t)16 << 20 };
    doc.contents = true;
    heading(doc.body, 1, "a", "A");
    row(table(doc.body, TABLE_PLAIN, 1), false, "x");
    volatile bool through = false;
    for (volatile uint64_t n = 1; !through; n++) {
        struct arena scratch;
        small.count = 0;
        small.fail_at = n;
        arena_init(&scratch, &small);
        if (setjmp(small.escape) == 0) {
            html_write(&scratch, &doc, &assets, buf_new(&scratch));
            through = true;
        }
        arena_close(&scratch);
    }
    assert_int_equal(small.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_stays_text),
        TEST(addresses_are_safe),
        TEST(printed_heads_are_literals),
        TEST(policy_admits_only_our_own),
        TEST(pages_of_one_build_have_their_own_brand),
        TEST(minifier_is_careful),
        TEST(ids_are_unique),
        TEST(written_anchors_come_first),
        TEST(tables_name_their_cells),
        TEST(frames_have_names_of_their_own),
        TEST(long_tables_are_marked),
        TEST(many_columns_are_shared_out),
        TEST(heat_maps_stand_in_pairs),
        TEST(levels_take_colours),
        TEST(contents_nest),
        TEST(notes_wait_for_the_end),
        TEST(pages_turn),
        TEST(tasks_are_words_too),
        TEST(facts_say_what_is_missing),
        TEST(contrast_is_the_standard_s),
        TEST(text_reads_on_every_fill),
        TEST(colours_are_parsed),
        TEST(pictures_stand_in_the_page),
        TEST(days_are_numbers_too),
        TEST(hundreds_of_rows_are_huge),
        TEST(hundreds_of_headings_stand_in_parts),
        TEST(failures_leave_nothing),
    };
    if (setjmp(memory.escape)) {
        print_error("out of memory\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
