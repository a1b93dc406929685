/* SPDX-License-Identifier: MIT */
/* The other pages of the folder, and what a search goes through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "html_fixture.h"
#include "write/html_part.h"

static struct html_site site;

static str page_of_site(void)
{
    struct html_assets with = assets;
    with.site = &site;
    with.search_js = STR("\"use strict\";\nvoid 1;\n");
    return page_with(&with);
}

static void site_is_led_to(void **state)
{
    (void)state;
    site = (struct html_site){ .index = STR("index.html"), .search = STR("search.html"), .texts = html_search_new(&arena) };
    doc.file = STR("index");
    str html = page_of_site();
    HAS(html, "<nav class=\"site\" aria-label=\"All documents\">\n<a href=\"index.html\" aria-current=\"page\">");
    HAS(html, "<a href=\"search.html\" rel=\"search\">Search</a>");
    LACKS(html, "_pages");
    LACKS(html, "data-search");
    site = (struct html_site){ .index = { 0 } };
    LACKS(page_of_site(), "<nav class=\"site\"");
    LACKS(page(), "<nav class=\"site\"");
}

static void sections_and_rows_are_found(void **state)
{
    (void)state;
    site = (struct html_site){ .search = STR("search.html"), .texts = html_search_new(&arena) };
    doc.file = STR("risks");
    doc.id = STR("REC-1");
    doc.title = STR("Risks");
    doc.subtitle = STR("All of them");
    heading(doc.body, 1, "register", "Register");
    add_text(doc.body, DOC_PARAGRAPH, "</template><!-- \"a\\b\" &lt;");
    struct doc_node *risks = table(doc.body, TABLE_PLAIN, 4);
    risks->table->columns[1].id = true;
    row(risks, true, "Day", "Id", "Title", "State");
    row(risks, false, "1 May", "R-1", "Fire", "open");
    row(risks, false, "2 May", "R-1", "Fire", "\u2013");
    row(table(doc.body, TABLE_MATRIX, 2), false, "5", "R-1");
    row(table(doc.body, TABLE_FACTS, 2), false, "Owner", "Ann");
    str html = page_of_site();
    LACKS(html, "_pages");
    doc = document_new();
    doc.file = STR("search");
    doc.search = true;
    add_text(doc.body, DOC_PARAGRAPH, "Not itself");
    html = page_of_site();
    str data = between(html, "<template id=\"_pages\">", "</template>");
    assert_string_equal(str_c(&arena, data), "[[\"risks.html\",\"REC-1\",\"Risks\",\n"
                      "\"\",\"\",\"All of them\",\n"
                      "\"r-1\",\"R-1 \u00b7 Fire\",\"1 May \u00b7 open\",\n"
                      "\"register\",\"Register\",\"\\u003c/template>\\u003c!-- \\\"a\\\\b\\\" \\u0026lt;\\n"
                      "Day \u00b7 Id \u00b7 Title \u00b7 State\\n2 May \u00b7 R-1 \u00b7 Fire\\nOwner: Ann\"]]");
    HAS(html, " data-search=\"Search all documents\"");
    str policy = between(html, "script-src '", "; img-src");
    assert_int_equal(count(policy, "sha256-"), 2);
}

/* A section that is long is given in pieces, with the same anchor. */
static void long_sections_are_found_in_pieces(void **state)
{
    (void)state;
    site = (struct html_site){ .search = STR("search.html"), .texts = html_search_new(&arena) };
    doc.file = STR("long");
    heading(doc.body, 1, "long", "Long");
    for (int i = 0; i < 300; i++)
        add_text(doc.body, DOC_PARAGRAPH, "Twenty bytes of text");
    page_of_site();
    doc.search = true;
    str html = page_of_site();
    assert_int_equal(count(html, "\n\"long\",\"Long\","), 4);
    assert_int_equal(count(html, "Twenty bytes of text"), 300 * 2); /* in the page, and in the data */
}

static void nothing_to_find(void **state)
{
    (void)state;
    site = (struct html_site){ .search = STR("search.html"), .texts = html_search_new(&arena) };
    doc.search = true;
    HAS(page_of_site(), "id=\"_pages\">[]</template>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(site_is_led_to),
        TEST(sections_and_rows_are_found),
        TEST(long_sections_are_found_in_pieces),
        TEST(nothing_to_find),
    };
    if (setjmp(memory.escape)) {
        print_error("out of memory\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
