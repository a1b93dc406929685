/* SPDX-License-Identifier: MIT */
/*
 * What comes before the text: the cover (docx_cover.c), document control (facts, revisions, approvals), and
 * the contents. The contents are a field with its entries stored as links, so that they are right when the file is
 * opened; page numbers, which only a layout engine knows, appear when the reader asks Word to update the field. A file
 * that is made to be laid out at once, for a PDF, has a field for each of them.
 */
#include "write/docx_part.h"
#include "write/xml.h"

void front_value(struct docx *docx, const char *style, enum docx_value value, const char *place)
{
    if (!value_text(docx, value).len)
        return;
    block_open(docx, &(struct docx_paragraph){ .style = style });
    value_control(docx, docx->out, value, place, "");
    block_close(docx);
}

/* --- facts: label and bound value --- */

static void put_fact(struct docx *docx, const struct docx_fact *fact, int label, int width, const char *place, bool first)
{
    struct buf *out = docx->out;
    buf_print(out, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>"
              "<w:p><w:pPr><w:pStyle w:val=\"TableLabel\"/><w:keepNext/></w:pPr><w:r><w:t xml:space=\"preserve\">", first ? "<w:tblHeader/>" : "", label);
    xml_text(out, fact->label);
    buf_print(out, "</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr>", width - label);
    value_control(docx, out, fact->value, place, fact->value == VALUE_STATUS ? "<w:b/><w:bCs/>" : "");
    buf_text(out, "</w:p></w:tc></w:tr>");
}

static size_t known(struct docx *docx, const struct docx_fact *facts, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += doc_is_given(value_text(docx, facts[i].value));
    return count;
}

void front_facts(struct docx *docx, const struct docx_fact *facts, size_t n, int width, const char *position, const char *place)
{
    int label = 1985;
    bool first = true;
    if (!known(docx, facts, n))
        return;
    buf_print(docx->out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableFacts\"/>%s%s<w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
              "<w:tblLook w:val=\"0680\" w:firstRow=\"0\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>"
              "<w:tblCaption w:val=\"", position, docx->rtl ? "<w:bidiVisual/>" : "", width);
    xml_attribute(docx->out, docx->words->document_control);
    buf_print(docx->out, "\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/></w:tblGrid>", label, width - label);
    for (size_t i = 0; i < n; i++)
        if (doc_is_given(value_text(docx, facts[i].value))) {
            put_fact(docx, &facts[i], label, width, place, first);
            first = false;
        }
    buf_text(docx->out, "</w:tbl>");
    docx->after_table = true;
    docx->room = 220;
}

/* --- document control --- */

static struct doc_node *add_cell(struct docx *docx, struct doc_node *row, str text)
{
    struct doc_node *cell = doc_add(row, doc_new(docx->arena, DOC_CELL));
    if (text.len)
        doc_add_text(docx->arena, cell, text);
    return cell;
}

static struct doc_node *new_table(struct docx *docx, enum doc_look look, const uint8_t *shares, size_t n)
{
    struct doc_node *node = doc_new(docx->arena, DOC_TABLE);
    node->table = NEW(docx->arena, struct doc_table);
    node->table->columns = NEWS(docx->arena, struct doc_column, n);
    node->table->ncolumns = (uint16_t)n;
    node->table->look = (uint8_t)look;
    for (size_t i = 0; i < n; i++)
        node->table->columns[i].width = shares[i];
    return node;
}

static struct doc_node *add_row(struct docx *docx, struct doc_node *table, const str *texts, size_t n, bool header)
{
    struct doc_node *row = doc_add(table, doc_new(docx->arena, DOC_ROW));
    row->header = header;
    for (size_t i = 0; i < n; i++)
        add_cell(docx, row, texts[i]);
    return row;
}

static void put_heading2(struct docx *docx, str text)
{
    docx->heading = text;
    block_open(docx, &(struct docx_paragraph){ .style = "FrontHeading2" });
    inline_text(docx, text, 0);
    block_close(docx);
}

static void put_revisions(struct docx *docx)
{
    static const uint8_t shares[] = { 11, 21, 24, 44 };
    const struct doc_words *w = docx->words;
    const str head[] = { w->version, w->date, w->author, w->change };
    if (!docx->doc->nrevisions)
        return;
    struct doc_node *table = new_table(docx, TABLE_PLAIN, shares, 4);
    add_row(docx, table, head, 4, true);
    for (size_t i = 0; i < docx->doc->nrevisions; i++) {
        const struct doc_revision *r = &docx->doc->revisions[i];
        const str row[] = { r->version, r->date, r->author, r->change };
        add_row(docx, table, row, 4, false);
    }
    put_heading2(docx, w->revision_history);
    table_write(docx, table, (struct docx_place){ .style = "BodyText" });
}

static void put_approvals(struct docx *docx)
{
    static const uint8_t shares[] = { 26, 25, 28, 21 };
    const struct doc_words *w = docx->words;
    const str head[] = { w->role, w->name, w->signature, w->date };
    if (!docx->doc->napprovals)
        return;
    struct doc_node *table = new_table(docx, TABLE_SIGNATURE, shares, 4);
    add_row(docx, table, head, 4, true);
    for (size_t i = 0; i < docx->doc->napprovals; i++) {
        const struct doc_approval *a = &docx->doc->approvals[i];
        const str row[] = { a->role, a->name, { 0 }, doc_is_given(a->date) ? a->date : (str){ 0 } };
        add_row(docx, table, row, 4, false);
    }
    put_heading2(docx, w->approvals);
    table_write(docx, table, (struct docx_place){ .style = "BodyText" });
}

static void put_small_print(struct docx *docx)
{
    const struct brand *brand = docx->brand;
    if (!brand->prepared_by.len && !brand->disclaimer.len)
        return;
    block_open(docx, &(struct docx_paragraph){ .style = "FrontNote" });
    if (brand->prepared_by.len)
        inline_text(docx, str_print(docx->arena, "%.*s %.*s. ", STR_ARG(docx->words->prepared_by), STR_ARG(brand->prepared_by)), 0);
    inline_text(docx, brand->disclaimer, 0);
    block_close(docx);
}

static void put_control(struct docx *docx)
{
    const struct doc_words *w = docx->words;
    const struct docx_fact facts[] = {
        { w->document_id, VALUE_ID }, { w->version, VALUE_VERSION }, { w->status, VALUE_STATUS }, { w->date, VALUE_DATE },
        { w->owner, VALUE_OWNER }, { w->approver, VALUE_APPROVER }, { w->next_review, VALUE_NEXT_REVIEW },
        { w->classification, VALUE_CLASSIFICATION }, { w->standard, VALUE_STANDARD },
    };
    block_open(docx, &(struct docx_paragraph){ .style = "FrontHeading" });
    inline_text(docx, w->document_control, 0);
    block_close(docx);
    front_facts(docx, facts, sizeof facts / sizeof facts[0], frame_text_width(docx, false), "", "control");
    put_revisions(docx);
    put_approvals(docx);
    put_small_print(docx);
}

/* --- contents --- */

enum { MOST_ENTRIES = 75 };

/* A field that layout fills (PAGEREF, ECMA-376 part 1, 17.16.5.45), at the right margin behind dots. */
static void put_page_number(struct docx *docx, str bookmark)
{
    buf_print(docx->out, "<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGEREF %.*s \\h </w:instrText></w:r>"
              "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>0</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", STR_ARG(bookmark));
}

/* The properties of an entry; Word makes the field of the whole contents anew, a layout engine need not know of it. */
static void open_entry(struct docx *docx, int level, bool first, int depth)
{
    struct buf *out = docx->out;
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"TOC%d\"/>", level);
    if (docx->doc->paged) /* the style keeps words away from the numbers; LibreOffice has no tab beyond an indent */
        buf_text(out, "<w:ind w:right=\"0\"/>");
    buf_text(out, "</w:pPr>");
    if (first && !docx->doc->paged)
        buf_print(out, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-%d\" \\h \\z \\u </w:instrText></w:r>"
                  "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>", depth);
}

static void put_entry(struct docx *docx, size_t index, int depth, bool first, bool last)
{
    const struct outline_entry *entry = &docx->outline.at[index];
    struct buf *out = docx->out;
    open_entry(docx, entry->level, first, depth);
    buf_print(out, "<w:hyperlink w:anchor=\"%.*s\" w:history=\"1\">", STR_ARG(anchor_heading(docx, index)));
    if (entry->number.len) {
        inline_text(docx, entry->number, 0);
        buf_text(out, "<w:r><w:tab/></w:r>");
    } else if (docx->doc->numbered) {
        buf_text(out, "<w:r><w:tab/></w:r>");
    }
    inline_text(docx, entry->title, 0);
    if (docx->doc->paged)
        put_page_number(docx, anchor_heading(docx, index));
    buf_text(out, "</w:hyperlink>");
    if (last && !docx->doc->paged)
        buf_text(out, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    buf_text(out, "</w:p>");
}

static size_t entries_to(const struct docx *docx, int depth)
{
    size_t count = 0;
    for (size_t i = 0; i < docx->outline.len; i++)
        count += docx->outline.at[i].level <= depth;
    return count;
}

static int wanted_depth(const struct docx *docx) { return docx->doc->depth ? docx->doc->depth : 3; }

/* Two pages of contents are enough: a report with a sheet for each of its risks lists chapters. */
static int useful_depth(const struct docx *docx, int depth)
{
    depth = depth > 3 ? 3 : depth;
    while (depth > 1 && entries_to(docx, depth) > MOST_ENTRIES)
        depth--;
    return depth;
}

static void open_contents(struct docx *docx, bool new_page)
{
    buf_text(docx->out, "<w:sdt><w:sdtPr><w:id w:val=\"1073741823\"/><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>");
    block_open(docx, &(struct docx_paragraph){ .style = "TOCHeading", .new_page = new_page, .heading = true });
    inline_text(docx, docx->words->contents, 0);
    block_close(docx);
}

void front_contents(struct docx *docx, int depth, bool new_page)
{
    depth = useful_depth(docx, depth);
    size_t left = entries_to(docx, depth);
    bool first = true;
    if (!left || docx->has_contents)
        return;
    docx->has_contents = true;
    open_contents(docx, new_page);
    for (size_t i = 0; i < docx->outline.len; i++)
        if (docx->outline.at[i].level <= depth) {
            put_entry(docx, i, depth, first, --left == 0);
            first = false;
        }
    buf_text(docx->out, "</w:sdtContent></w:sdt>");
}

/* --- does the contents fit under document control? Estimated from the styles; a wrong guess moves a heading, no more --- */

enum { LINE = 230, ROW = 2 * 62 + 10, HEADING = 440 + 340 + 140 };

static int contents_height(const struct docx *docx)
{
    static const int entry[] = { 0, 130 + 260, 20 + 260, 260 };
    int height = 480 + 490 + 200, depth = useful_depth(docx, wanted_depth(docx));
    for (size_t i = 0; i < docx->outline.len; i++)
        if (docx->outline.at[i].level <= depth)
            height += entry[docx->outline.at[i].level];
    return height;
}

static int control_height(const struct docx *docx, int facts)
{
    const struct document *doc = docx->doc;
    int height = 480 + 240 + facts * (LINE + ROW), change = frame_text_width(docx, false) * 44 / 100 - 2 * CELL_PADDING;
    if (doc->nrevisions)
        height += HEADING + LINE + ROW;
    for (size_t i = 0; i < doc->nrevisions; i++)
        height += column_lines(docx->body_width, doc->revisions[i].change, 18, false, change) * LINE + ROW;
    if (doc->napprovals)
        height += HEADING + LINE + ROW + (int)doc->napprovals * 640;
    return height + (docx->brand->disclaimer.len ? 240 + column_lines(docx->body_width, docx->brand->disclaimer, 17, false, frame_text_width(docx, false)) * LINE : 0);
}

static bool contents_fit(const struct docx *docx)
{
    int facts = 0;
    for (int i = 0; i < VALUE_COUNT; i++)
        facts += i != VALUE_ORGANISATION && i != VALUE_TITLE && i != VALUE_SUBTITLE && doc_is_given(value_text(docx, (enum docx_value)i));
    return control_height(docx, facts) + contents_height(docx) < docx->page.height - docx->page.top - docx->page.bottom;
}

/* A document without a cover still says what it is. */
static void put_title(struct docx *docx)
{
    front_value(docx, "TitlePlain", VALUE_TITLE, "title");
    front_value(docx, "Subtitle", VALUE_SUBTITLE, "title");
    cover_notice(docx);
}

void front_write(struct docx *docx)
{
    const struct document *doc = docx->doc;
    docx->flow_width = frame_text_width(docx, false);
    if (doc->cover)
        cover_write(docx);
    else
        put_title(docx);
    if (doc->control_page)
        put_control(docx);
    if (doc->contents)
        front_contents(docx, wanted_depth(docx), doc->control_page && !contents_fit(docx));
    if (doc->control_page || docx->has_contents || (doc->landscape && !doc->cover))
        frame_break(docx, SECTION_BODY, false);
}
