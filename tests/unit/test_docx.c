/* SPDX-License-Identifier: MIT */
/*
 * What a Word file must hold, by the text of its parts. Whether the schema and other readers agree is asked of
 * validators in tests/interop; here stands what they do not look at: that numbers start anew, that stored and bound
 * text agree, that nothing illegal or dangerous gets through, and that the bytes are the same every time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "docx_fixture.h"
#include "write/docx.h"
#include "write/zip.h"
#include "write/xml.h"

/* Tags nest and every attribute is quoted: no XML reader needed to see a forgotten end. */
static void assert_well_formed(str name, str text)
{
    str    open[64];
    size_t depth = 0;
    for (size_t at = str_find(text, '<', 0); at < text.len; at = str_find(text, '<', at)) {
        size_t end = str_find(text, '>', at), stop = at + 1;
        assert_true(end < text.len);
        bool close = text.at[at + 1] == '/', empty = text.at[end - 1] == '/' || text.at[end - 1] == '?';
        for (stop += close; stop < end && text.at[stop] != ' ' && text.at[stop] != '/'; stop++) {
        }
        str tag = str_cut(text, at + 1 + close, stop);
        if (close) {
            if (!depth || !str_eq(open[depth - 1], tag))
                fail_msg("%.*s: </%.*s> closes <%.*s>", STR_ARG(name), STR_ARG(tag), STR_ARG(open[depth ? depth - 1 : 0]));
            depth--;
        } else if (!empty) {
            assert_true(depth < 64);
            open[depth++] = tag;
        }
        at = end;
    }
    assert_int_equal(depth, 0);
}

/* --- pictures --- */

static const struct image png = { .format = IMAGE_PNG, .width = 300, .height = 150, .bytes = { "png bytes", 9 } };
static const struct image svg = { .format = IMAGE_SVG, .width = 300, .height = 150, .bytes = { "<svg/>", 6 }, .fallback = &png };

static void a_picture_is_kept_once(void **state)
{
    (void)state;
    struct docx docx = { .arena = &arena, .doc = &doc };
    struct docx_links head = { 0 };
    struct buf *out = buf_new(&arena), *links = buf_new(&arena);
    docx.links = &docx.body_links;
    media_inline(&docx, out, &png, 100, 50, STR("A <plan>"));
    media_inline(&docx, out, &png, 100, 50, (str){ 0 });
    TIMES(buf_str(out), "r:embed=\"image1\"", 2);
    HAS(buf_str(out), "descr=\"A &lt;plan&gt;\"");
    TIMES(buf_str(out), "adec:decorative", 1);
    docx.links = &head;
    media_inline(&docx, out, &svg, 100, 50, STR("Logo"));
    HAS(buf_str(out), "asvg:svgBlip");
    HAS(buf_str(out), "r:embed=\"image2\"");
    assert_int_equal(docx.media.len, 2);
    media_relationships(&docx, &docx.body_links, links);
    TIMES(buf_str(links), "media/image1.png", 1);
    LACKS(buf_str(links), "image2");
    media_relationships(&docx, &head, links);
    HAS(buf_str(links), "media/image2.svg");
    buf_clear(links);
    media_types(&docx, links);
    TIMES(buf_str(links), "image/png", 1);
    TIMES(buf_str(links), "image/svg+xml", 1);
}

/* --- a document with everything in it --- */

static void fill(struct doc_node *to)
{
    heading(to, 1, "purpose", "Purpose");
    struct doc_node *p = add_text(to, DOC_PARAGRAPH, "Text with ");
    add_text(p, DOC_STRONG, "weight");
    link_to(p, "#scope", "the scope");
    link_to(p, "https://example.org/a?b=1&c=2", "a page");
    struct doc_node *note = add(p, DOC_NOTE);
    link_to(add_text(note, DOC_PARAGRAPH, "A note with "), "https://example.org/note", "a link");
    badge(p, "High", FILL_LEVEL, 2, 4);
    heading(to, 2, "scope", "Scope");
    for (int i = 0; i < 2; i++) {
        struct doc_node *list = add(to, DOC_LIST);
        list->ordered = 1;
        list->tight = 1;
        list->number = (uint32_t)(i ? 4 : 1);
        add_text(add(list, DOC_ITEM), DOC_PARAGRAPH, "First");
        struct doc_node *item = add_text(list, DOC_ITEM, "Tight second");
        add_text(add(add(item, DOC_LIST), DOC_ITEM), DOC_PARAGRAPH, "Below");
    }
    struct doc_node *tasks = add(to, DOC_LIST);
    add_text(tasks, DOC_ITEM, "done")->task = TASK_DONE;
    add_text(add(to, DOC_QUOTE), DOC_PARAGRAPH, "Quoted");
    add(to, DOC_CODE)->text = STR("if (a < b)\n\treturn;\n");
    add(to, DOC_RULE);
    struct doc_node *t = table(to, TABLE_PLAIN, 3);
    add_text(t, DOC_CAPTION, "Risks");
    t->ref = STR("risks");
    t->table->columns[0].id = true;
    row(t, 1, "Risk", "Text", "Level");
    row(t, 0, "R-001", "Something may happen", "High");
    struct doc_node *second = row(t, 0, "R-002", "", "");
    cell_of(second, 2)->blocks = 1;
    row(table(cell_of(second, 2), TABLE_FACTS, 2), 0, "inner", "table");
    link_to(add(to, DOC_PARAGRAPH), "#risks", "see the table");
    add(to, DOC_ORIENT)->landscape = 1;
    for (int i = 0; i < 2; i++) {
        struct doc_node *m = table(to, TABLE_MATRIX, 3);
        row(m, 1, "", "1", "2");
        row(m, 0, "2", "High", "High");
        row(m, 0, "1", "Low", "High");
    }
    add(to, DOC_ORIENT);
    add(to, DOC_PAGE_BREAK);
    struct doc_node *bars = table(to, TABLE_BARS, 2);
    row(bars, 1, "Theme", "Share");
    cell_of(row(bars, 0, "People", "50 %"), 1)->tone = FILL_BAR;
    cell_of(bars->last, 1)->number = 50;
    struct doc_node *details = add(to, DOC_DETAILS);
    add_text(details, DOC_CAPTION, "More");
    add_text(details, DOC_PARAGRAPH, "Hidden elsewhere, plain here");
}

static const struct doc_revision revisions[] = { { { "1.0", 3 }, { "2026-01-01", 10 }, { "Ann", 3 }, { "First", 5 } } };
static const struct doc_approval approvals[] = { { { "CEO", 3 }, { "Bob", 3 }, { 0 } } };

static void fill_all(void)
{
    fill(doc.body);
    doc.revisions = (struct doc_revision *)revisions;
    doc.nrevisions = 1;
    doc.approvals = (struct doc_approval *)approvals;
    doc.napprovals = 1;
    doc.cover = doc.control_page = doc.contents = doc.numbered = doc.draft = true;
    doc.classification = STR("Internal");
    doc.status = STR("draft");
    doc.subtitle = STR("A subtitle");
}

/* --- the package --- */

static void parts_are_in_order_and_well_formed(void **state)
{
    (void)state;
    fill_all();
    make();
    assert_true(str_eq(files.at[0].name, STR("[Content_Types].xml")));
    assert_true(str_eq(files.at[1].name, STR("_rels/.rels")));
    assert_true(str_eq(files.at[2].name, STR("word/document.xml")));
    for (size_t i = 0; i < files.len; i++)
        assert_well_formed(files.at[i].name, buf_str(files.at[i].content));
    str types = part("[Content_Types].xml");
    for (size_t i = 3; i < files.len; i++)
        if (!str_search(files.at[i].name, STR("_rels/"), 0) && !str_starts(files.at[i].name, STR("customXml/item1")))
            HAS(types, str_c(&arena, files.at[i].name));
}

static void parts_that_are_not_needed_are_not_there(void **state)
{
    (void)state;
    add_text(doc.body, DOC_PARAGRAPH, "Short.");
    make();
    assert_int_equal(part("word/footnotes.xml").len, 0);
    assert_int_equal(part("word/header2.xml").len, 0);
    assert_int_equal(part("word/header3.xml").len, 0);
    LACKS(part("[Content_Types].xml"), "footnotes");
    LACKS(part("word/_rels/document.xml.rels"), "footnotes");
    LACKS(part("word/settings.xml"), "footnotePr");
    LACKS(part("word/settings.xml"), "updateFields");
    doc.body = NULL;
    HAS(body(), "<w:sectPr>");
}

static void bytes_are_the_same_twice(void **state)
{
    (void)state;
    struct buf *first = buf_new(&arena), *second = buf_new(&arena);
    fill_all();
    assert_null(docx_write(&arena, &doc, first));
    assert_null(docx_write(&arena, &doc, second));
    assert_int_equal(first->len, second->len);
    assert_memory_equal(first->at, second->at, first->len);
    assert_memory_equal(first->at, "PK\003\004", 4);
    assert_memory_equal(first->at + 10, "\0\0\x21\0", 4); /* midnight, 1980-01-01 */
    size_t directory = str_search(buf_str(first), STR("PK\001\002"), 0);
    assert_true(directory != SIZE_MAX);
    assert_memory_equal(first->at + directory + 38, "\0\0\xa4\x81", 4); /* -rw-r--r-- */
}

/* Whatever was written before with the same shared parts: each fact that a look follows from is another in the next document. */
static void shared_parts_do_not_show(void **state)
{
    struct zip_shared *shared = zip_shared_new(&arena);
    struct brand other = *brand_default();
    (void)state;
    fill_all();
    other.primary = STR("102030");
    for (int round = 0; round < 16; round++) {
        struct buf *alone = buf_new(&arena), *after = buf_new(&arena);
        doc.numbered = round & 1;
        doc.language = round & 2 ? STR("ar") : STR("en-GB");
        doc.brand = round & 4 ? &other : brand_default();
        assert_null(docx_write(&arena, &doc, alone));
        struct parts parts = { 0 };
        assert_null(docx_write_shared(&arena, shared, &doc, &parts));
        assert_true(parts_put(&parts, after));
        assert_true(str_eq(buf_str(alone), buf_str(after)));
    }
}

static void properties_take_the_day_from_the_document(void **state)
{
    (void)state;
    doc.modified = 20454; /* 2026-01-01 */
    doc.author = STR("Ann & Bob");
    make();
    HAS(part("docProps/core.xml"), "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">2026-01-01T00:00:00Z<");
    HAS(part("docProps/core.xml"), "<dc:creator>Ann &amp; Bob<");
    HAS(part("docProps/app.xml"), "<Company>Example Ltd<");
    HAS(part("docProps/custom.xml"), "pid=\"2\" name=\"Document\"><vt:lpwstr>DOC-01<");
}

/* An exhausted memory leaves nothing behind, wherever it strikes (leaks are for the sanitizer to see). */
static void survives_exhausted_memory(void **state)
{
    (void)state;
    static volatile uint64_t fail, failures;
    fill_all();
    make();
    uint64_t most = memory.count * 2;
    for (fail = 1; fail < most; fail += 37) {
        struct memory   small = { .limit = (size_t)64 << 20, .fail_at = fail };
        struct arena    own;
        struct document copy = doc;
        if (setjmp(small.escape) == 0) {
            arena_init(&own, &small);
            docx_write(&own, &copy, buf_new(&own));
        } else {
            failures++;
        }
        arena_close(&own);
    }
    assert_true(failures > 10);
}

/* --- text --- */

static void nothing_illegal_gets_through(void **state)
{
    (void)state;
    doc.title = STR("A<B> & \"C\" 'D' \x01\x0B\xEF\xBF\xBE\xFF end");
    add_text(doc.body, DOC_PARAGRAPH, "x\x02y\tz <w:p/>");
    make();
    for (size_t i = 0; i < files.len; i++) {
        str text = buf_str(files.at[i].content);
        assert_int_equal(utf8_invalid_at(text), text.len);
        for (size_t at = 0; at < text.len; at++)
            assert_true((unsigned char)text.at[at] >= 0x20 || text.at[at] == '\n');
        LACKS(text, "\xEF\xBF\xBE");
        LACKS(text, "&apos;");
    }
    HAS(part("word/document.xml"), "xy z &lt;w:p/&gt;");
    HAS(part("customXml/item1.xml"), "A&lt;B&gt; &amp; &quot;C&quot; 'D' \xEF\xBF\xBD\xEF\xBF\xBD end");
    assert_true(str_eq(xml_clean(&arena, STR("a\x01" "b\n<")), STR("ab <")));
}

static void formats_add_up(void **state)
{
    (void)state;
    struct doc_node *p = add(doc.body, DOC_PARAGRAPH);
    add_text(add(add(p, DOC_STRONG), DOC_EMPHASIS), DOC_STRIKE, "all");
    add(p, DOC_CODE_SPAN)->text = STR("code");
    add_text(p, DOC_SUP, "2");
    str text = body();
    HAS(text, "<w:rPr><w:b/><w:bCs/><w:i/><w:iCs/><w:strike/></w:rPr><w:t>all<");
    HAS(text, "<w:rStyle w:val=\"CodeSpan\"/></w:rPr><w:t>code<");
    HAS(text, "<w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2<");
    LACKS(text, "<w:rFonts");
}

/* Spaces that a reader of the file may drop are marked, those between words need nothing. */
static void spaces_are_kept(void **state)
{
    static const char *const marked[] = { " x", "x ", "a  b", " ", "\u2009x", "x\u2003" };
    (void)state;
    struct buf *out = buf_new(&arena);
    pen_put(out, STR("a b"));
    pen_put(out, STR(""));
    assert_true(str_eq(buf_str(out), STR("<w:t>a b</w:t>")));
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        buf_clear(out);
        pen_put(out, str_of(marked[i]));
        HAS(buf_str(out), "<w:t xml:space=\"preserve\">");
    }
}

static void long_words_may_break(void **state)
{
    (void)state;
    add_text(doc.body, DOC_PARAGRAPH, "https://example.org/aaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbb/cccccccccccccccccccc/dddddddddddddddd");
    add_text(doc.body, DOC_PARAGRAPH, "An ordinary /path/to/a/file stays as it is.");
    str text = body();
    HAS(text, "aaaaaaaaaaaaaaaaaaaa/\xE2\x80\x8B" "b");
    HAS(text, "/path/to/a/file");
}

static void levels_carry_their_colour(void **state)
{
    (void)state;
    struct doc_node *p = add(doc.body, DOC_PARAGRAPH);
    badge(p, "Low", FILL_LEVEL, 0, 3);
    badge(p, "High", FILL_LEVEL, 2, 3);
    badge(p, "Own", FILL_LEVEL, 0, 3)->ref = STR("C00000");
    badge(p, "Dark", FILL_BAD, 0, 0);
    struct brand brand = *doc.brand;
    brand.bad_fill = STR("101010");
    doc.brand = &brand;
    str text = body();
    HAS(text, str_c(&arena, str_print(&arena, "w:fill=\"%.*s\"", STR_ARG(doc.brand->level_fill[0]))));
    HAS(text, str_c(&arena, str_print(&arena, "w:fill=\"%.*s\"", STR_ARG(doc.brand->level_fill[7]))));
    HAS(text, "<w:color w:val=\"FFFFFF\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"101010\"/>");
    TIMES(text, "<w:color ", 1); /* the method's own red is made pale enough for ordinary ink */
}

/* --- headings, contents, links --- */

static void contents_list_the_headings(void **state)
{
    (void)state;
    heading(doc.body, 1, "", "Purpose");
    heading(doc.body, 2, "", "Scope & <limits>");
    heading(doc.body, 4, "", "Jumped");
    heading(doc.body, 1, "", "Purpose")->unnumbered = 1;
    doc.contents = doc.numbered = true;
    str text = body();
    TIMES(text, "<w:pStyle w:val=\"TOC", 5);
    HAS(text, " TOC \\o \"1-3\" \\h \\z \\u ");
    HAS(text, "<w:hyperlink w:anchor=\"_Toc00000002\"");
    HAS(text, "<w:t>1.1</w:t>");
    TIMES(text, "Scope &amp; &lt;limits&gt;", 2);
    HAS(text, "<w:pStyle w:val=\"Heading3\"/></w:pPr><w:bookmarkStart w:id=\"3\" w:name=\"_Toc00000003\"/>"); /* the jump is closed */
    HAS(text, "<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>");
    HAS(part("word/styles.xml"), "<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>");
    HAS(part("word/numbering.xml"), "<w:pStyle w:val=\"Heading2\"/>");
}

static void links_lead_somewhere_or_are_text(void **state)
{
    (void)state;
    struct doc_node *p = add(doc.body, DOC_PARAGRAPH);
    heading(doc.body, 1, "a-8.9", "Target");
    link_to(p, "#a-8.9", "inside");
    link_to(p, "#nowhere", "broken");
    link_to(p, "javascript:alert(1)", "bad");
    link_to(p, "file:///etc/passwd", "file");
    link_to(p, "http://", "nothing");
    link_to(p, "http://example.org:99999/", "port");
    link_to(p, "HTTPS://example.org/a b#c#d%zz", "odd");
    link_to(p, "mailto:a@example.org", "mail");
    str text = body(), relations = part("word/_rels/document.xml.rels");
    HAS(text, "<w:hyperlink w:anchor=\"a_8_9\" w:history=\"1\">");
    HAS(text, "w:name=\"a_8_9\"");
    TIMES(text, "<w:hyperlink ", 3);
    TIMES(relations, "TargetMode=\"External\"", 2);
    HAS(relations, "Target=\"https://example.org/a%20b#c%23d%25zz\"");
    HAS(relations, "Target=\"mailto:a@example.org\"");
}

static void bookmarks_have_names_word_takes(void **state)
{
    (void)state;
    static const char *const anchors[] = { "a-very-long-anchor-that-goes-on-and-on-and-on-for-ever", "\xC3\xA4", "1st", "A-b", "a-B", "a_b" };
    for (size_t i = 0; i < 6; i++) {
        heading(doc.body, 1, anchors[i], "T");
        link_to(add(doc.body, DOC_PARAGRAPH), str_c(&arena, str_join2(&arena, STR("#"), str_of(anchors[i]))), "to");
    }
    str text = body();
    TIMES(text, "<w:hyperlink w:anchor=", 6);
    for (size_t at = 0; (at = str_search(text, STR("w:name=\""), at)) != SIZE_MAX;) {
        at += 8;
        str name = str_cut(text, at, str_find(text, '"', at));
        assert_in_range(name.len, 1, 40);
        for (size_t i = 0; i < name.len; i++)
            assert_true((name.at[i] | 32) >= 'a' || name.at[i] == '_' || (i && name.at[i] <= '9'));
        TIMES(text, str_c(&arena, str_print(&arena, "w:name=\"%.*s\"", STR_ARG(name))), 1);
    }
}

static void notes_have_their_own_part(void **state)
{
    (void)state;
    fill_all();
    make();
    str notes = part("word/footnotes.xml");
    HAS(part("word/document.xml"), "<w:footnoteReference w:id=\"1\"/>");
    HAS(notes, "<w:footnote w:type=\"separator\" w:id=\"-1\">");
    HAS(notes, "<w:footnoteRef/>");
    HAS(notes, "A note with ");
    HAS(part("word/_rels/footnotes.xml.rels"), "Target=\"https://example.org/note\"");
    LACKS(part("word/_rels/document.xml.rels"), "https://example.org/note");
}

/* --- lists --- */

static void each_list_counts_from_its_own_start(void **state)
{
    (void)state;
    fill(doc.body);
    make();
    str text = part("word/document.xml"), numbering = part("word/numbering.xml");
    HAS(numbering, "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"3\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>");
    HAS(numbering, "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"3\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/>");
    TIMES(text, "<w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"4\"/></w:numPr>", 2);
    TIMES(text, "<w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr>", 2);
    TIMES(text, "<w:pStyle w:val=\"ListBullet2\"/>", 2);
    HAS(text, "<w14:checked w14:val=\"1\"/>");
}

static void cells_end_with_a_paragraph(void **state)
{
    (void)state;
    fill_all();
    str text = body();
    for (size_t at = 0; (at = str_search(text, STR("</w:tc>"), at)) != SIZE_MAX; at++)
        assert_true(str_ends(str_cut(text, 0, at), STR("</w:p>")));
    LACKS(text, "</w:tbl><w:tbl>");
}

/* --- sections and values --- */

static void landscape_has_its_own_heads(void **state)
{
    (void)state;
    fill_all();
    str text = body();
    TIMES(text, "w:orient=\"landscape\"", 1);
    HAS(text, "<w:headerReference w:type=\"default\" r:id=\"headLandscape\"/>");
    HAS(text, "<w:titlePg/>");
    HAS(part("word/header1.xml"), "<w:tab w:val=\"right\" w:pos=\"9072\"/>");
    HAS(part("word/header2.xml"), "<w:tab w:val=\"right\" w:pos=\"14004\"/>");
    HAS(part("word/footer2.xml"), " NUMPAGES ");
    size_t at = 0, sections = count(text, "<w:sectPr>");
    for (size_t i = 0; i < sections; i++)
        assert_true(number_after(text, "<w:pgSz w:w=\"", &at) > 0);
}

static void values_are_bound_and_stored(void **state)
{
    (void)state;
    doc.title = STR("Policy & more");
    fill_all();
    make();
    str text = part("word/document.xml");
    HAS(part("customXml/item1.xml"), "<title>Policy &amp; more</title>");
    HAS(text, "w:xpath=\"/d:document[1]/d:title[1]\"");
    HAS(part("word/header1.xml"), "<w:t xml:space=\"preserve\">Policy &amp; more</w:t>");
    size_t begin = str_search(text, STR("w:storeItemID=\""), 0) + 15;
    HAS(part("customXml/itemProps1.xml"), str_c(&arena, str_cut(text, begin, begin + 38)));
    for (size_t at = 0; (at = str_search(text, STR("<w:id w:val=\""), at)) != SIZE_MAX; at++)
        TIMES(text, str_c(&arena, str_cut(text, at, str_find(text, '>', at))), 1);
}

static void right_to_left_documents_say_so(void **state)
{
    (void)state;
    fill_all();
    doc.language = STR("ar-EG");
    str text = body();
    HAS(part("word/styles.xml"), "<w:bidi/>");
    HAS(text, "<w:bidiVisual/>");
    HAS(text, "<w:rtl/>");
    LACKS(part("word/numbering.xml"), "<w:lvlJc"); /* the standard's side; LibreOffice has to be told */
    doc.paged = true;
    HAS(body(), "<w:rtl/>");
    HAS(part("word/numbering.xml"), "<w:lvlJc w:val=\"right\"/>");
    LACKS(part("word/numbering.xml"), "<w:lvlJc w:val=\"left\"/>");
    doc.paged = false;
    doc.language = STR("arn"); /* Mapudungun begins with the same letters */
    LACKS(body(), "<w:rtl/>");
}

static void covers_differ_in_what_is_behind_the_text(void **state)
{
    (void)state;
    struct brand brand = *brand_default();
    doc.cover = true;
    doc.brand = &brand;
    LACKS(body(), "<w:drawing>");
    brand.cover = COVER_BAND;
    TIMES(body(), "<w:drawing>", 1);
    HAS(part("word/document.xml"), "<w:pStyle w:val=\"TitleBand\"/>");
    brand.cover = COVER_SIDE;
    brand.width = LETTER_WIDTH;
    brand.height = LETTER_HEIGHT;
    TIMES(body(), "<w:drawing>", 1);
    HAS(part("word/document.xml"), "<w:pgSz w:w=\"12240\" w:h=\"15840\"/>");
}

/* Never wider than its place, in its own proportions; without a file, and as an SVG that only Word knows, its words. */
static void pictures_stand_where_they_fit(void **state)
{
    (void)state;
    static const struct image wide = { .format = IMAGE_PNG, .width = 3000, .height = 1500, .dpi = 150, .bytes = { "png bytes", 9 } };
    static const struct image bare = { .format = IMAGE_SVG, .width = 30, .height = 15, .bytes = { "<svg/>", 6 } };
    long across = (11906L - 2 * 1417) * EMU_PER_TWIP;
    picture(&doc, add(doc.body, DOC_PARAGRAPH), &wide, "a.png", "A plan");
    struct doc_node *t = table(doc.body, TABLE_PLAIN, 2);
    t->table->columns[0].width = t->table->columns[1].width = 50;
    row(t, 1, "Picture", "Text");
    picture(&doc, cell_of(row(t, 0, "", "x"), 0), &wide, "a.png", "The plan again");
    picture(&doc, add(doc.body, DOC_PARAGRAPH), NULL, "none.png", "Words of none");
    picture(&doc, add(doc.body, DOC_PARAGRAPH), &bare, "b.svg", "Words of an SVG");
    str text = body();
    size_t at = 0;
    assert_int_equal(number_after(text, "<wp:extent cx=\"", &at), across);
    assert_int_equal(number_after(text, " cy=\"", &at), across / 2);
    assert_int_equal(number_after(text, "<wp:extent cx=\"", &at), (across / EMU_PER_TWIP / 2 - 2 * CELL_PADDING) * EMU_PER_TWIP);
    HAS(text, " descr=\"A plan\"");
    TIMES(text, "<w:drawing>", 2);
    HAS(text, ">Words of none<");
    HAS(text, ">Words of an SVG<");
    assert_string_equal(str_c(&arena, part("word/media/image1.png")), "png bytes");
    assert_int_equal(part("word/media/image2.png").len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_picture_is_kept_once),
        TEST(parts_are_in_order_and_well_formed),
        TEST(parts_that_are_not_needed_are_not_there),
        TEST(bytes_are_the_same_twice),
        TEST(shared_parts_do_not_show),
        TEST(properties_take_the_day_from_the_document),
        TEST(survives_exhausted_memory),
        TEST(nothing_illegal_gets_through),
        TEST(formats_add_up),
        TEST(spaces_are_kept),
        TEST(long_words_may_break),
        TEST(levels_carry_their_colour),
        TEST(contents_list_the_headings),
        TEST(links_lead_somewhere_or_are_text),
        TEST(bookmarks_have_names_word_takes),
        TEST(notes_have_their_own_part),
        TEST(each_list_counts_from_its_own_start),
        TEST(cells_end_with_a_paragraph),
        TEST(landscape_has_its_own_heads),
        TEST(values_are_bound_and_stored),
        TEST(right_to_left_documents_say_so),
        TEST(covers_differ_in_what_is_behind_the_text),
        TEST(pictures_stand_where_they_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
