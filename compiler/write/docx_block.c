/* SPDX-License-Identifier: MIT */
/* Blocks into paragraphs and tables. Room between blocks comes from styles, never from empty paragraphs. */
#include "write/docx_part.h"
#include "write/xml.h"

enum { NARROW_LINE = 400 };

static const char *const align_names[] = { "left", "center", "right" };

void block_anchor(struct docx *docx, str anchor)
{
    if (anchor_bookmark(docx, anchor).len)
        LIST_PUSH(docx->arena, &docx->pending, anchor);
}

void block_pending(struct docx *docx)
{
    for (size_t i = 0; i < docx->pending.len; i++) {
        str name = anchor_take(docx, docx->pending.at[i]);
        uint32_t id;
        if (!name.len)
            continue;
        anchor_open(docx, name, &id);
        anchor_close(docx, id);
    }
    docx->pending.len = 0;
}

/* A paragraph on a landscape page keeps the line length of a portrait one: nobody reads lines of 140 characters. */
static int right_indent(const struct docx *docx, const struct docx_paragraph *paragraph)
{
    return docx->landscape && paragraph->prose ? frame_text_width(docx, true) - frame_text_width(docx, false) : 0;
}

static void put_spacing(const struct docx *docx, const struct docx_paragraph *paragraph)
{
    int before = paragraph->prose ? docx->room : 0;
    bool top = paragraph->heading && (docx->page_top || paragraph->new_page || docx->new_page); /* the margin is room enough */
    if (!before && !paragraph->after && !top && !paragraph->below)
        return;
    buf_text(docx->out, "<w:spacing");
    if (before || top || paragraph->below)
        buf_print(docx->out, " w:before=\"%d\"", before);
    if (paragraph->after)
        buf_print(docx->out, " w:after=\"%d\"", paragraph->after);
    buf_text(docx->out, "/>");
}

void block_open(struct docx *docx, const struct docx_paragraph *paragraph)
{
    struct buf *out = docx->out;
    int right = right_indent(docx, paragraph);
    docx->in_content = true;
    docx->line_width = docx->flow_width - right - paragraph->left > NARROW_LINE ? docx->flow_width - right - paragraph->left : NARROW_LINE;
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", paragraph->style);
    if (paragraph->keep_next || paragraph->below)
        buf_text(out, paragraph->keep_next ? "<w:keepNext/>" : "<w:keepNext w:val=\"0\"/>");
    if (paragraph->new_page || docx->new_page)
        buf_text(out, "<w:pageBreakBefore/>");
    if (paragraph->list)
        buf_print(out, "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr>", paragraph->depth, paragraph->list);
    else if (paragraph->unnumbered)
        buf_text(out, "<w:numPr><w:numId w:val=\"0\"/></w:numPr>");
    if (paragraph->tab)
        buf_print(out, "<w:tabs><w:tab w:val=\"left\" w:pos=\"%d\"/></w:tabs>", paragraph->tab);
    put_spacing(docx, paragraph);
    if (paragraph->has_indent)
        buf_print(out, "<w:ind w:left=\"%d\" w:right=\"%d\" w:%s=\"%d\"/>", paragraph->left, right,
                  paragraph->hanging ? "hanging" : "firstLine", paragraph->hanging);
    else if (right)
        buf_print(out, "<w:ind w:right=\"%d\"/>", right);
    if (paragraph->align)
        buf_print(out, "<w:jc w:val=\"%s\"/>", align_names[paragraph->align]);
    buf_text(out, "</w:pPr>");
    docx->after_table = docx->page_top = docx->new_page = false;
    docx->room = 0;
    if (docx->pending.len)
        block_pending(docx);
}

void block_close(struct docx *docx)
{
    buf_text(docx->out, "</w:p>");
}

/* Headings are written in the order of the outline, but for those in notes, which it leaves out, and in joined tables. */
static const struct outline_entry *entry_of(struct docx *docx, const struct doc_node *node)
{
    const struct outline_entry *entry = outline_next(&docx->outline, &docx->next_heading, node);
    if (entry)
        docx->headings[docx->next_heading - 1] = true;
    return entry;
}

static void put_heading(struct docx *docx, const struct doc_node *node)
{
    static const char *const styles[] = { "Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6" };
    const struct outline_entry *entry = entry_of(docx, node);
    int level = entry ? entry->level : 6;
    uint32_t contents = 0, linked = 0;
    struct docx_paragraph paragraph = { .style = styles[level - 1], .heading = true };
    paragraph.unnumbered = docx->doc->numbered && node->unnumbered;
    paragraph.has_indent = paragraph.unnumbered;
    block_open(docx, &paragraph);
    docx->heading = entry ? entry->title : docx->heading;
    if (entry) {
        anchor_open(docx, anchor_heading(docx, (size_t)(entry - docx->outline.at)), &contents);
        str name = anchor_take(docx, entry->anchor);
        if (name.len)
            anchor_open(docx, name, &linked);
    }
    if (!docx->doc->numbered && node->text.len)
        inline_text(docx, str_print(docx->arena, "%.*s  ", STR_ARG(node->text)), 0);
    inline_children(docx, node, 0);
    if (linked)
        anchor_close(docx, linked);
    if (contents)
        anchor_close(docx, contents);
    block_close(docx);
}

static bool quoted(struct docx_place place) { return strcmp(place.style, "Quote") == 0; }

static void open_paragraph(struct docx *docx, struct docx_place place)
{
    static const char *const inside_list[LIST_STYLES] = { "ListContinue", "ListContinue2", "ListContinue3", "ListContinue4", "ListContinue5" };
    struct docx_paragraph paragraph = { .style = place.style, .align = place.align, .keep_next = place.keep, .prose = !place.compact };
    paragraph.left = place.indent + (quoted(place) ? 284 : 0);
    paragraph.has_indent = place.indent > 0;
    if (place.depth && !place.compact && !quoted(place)) {
        paragraph.has_indent = place.depth > LIST_STYLES;
        paragraph.style = inside_list[place.depth < LIST_STYLES ? place.depth - 1 : LIST_STYLES - 1];
        paragraph.after = place.loose ? 140 : 0;
    }
    block_open(docx, &paragraph);
}

/* What introduces a table, a list or code stays with it. */
static bool introduces(const struct doc_node *node)
{
    return node->next && (node->next->type == DOC_TABLE || node->next->type == DOC_LIST || node->next->type == DOC_CODE);
}

static void put_paragraph(struct docx *docx, const struct doc_node *node, struct docx_place place)
{
    place.keep |= !place.compact && introduces(node);
    open_paragraph(docx, place);
    inline_children(docx, node, 0);
    block_close(docx);
}

/* The text of a note begins with its mark; a note that begins otherwise gets a paragraph for it. */
void block_note(struct docx *docx, const struct doc_node *note)
{
    static const char mark[] = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>";
    struct docx_place place = { .style = "FootnoteText", .compact = true };
    struct doc_node rest = *note;
    block_open(docx, &(struct docx_paragraph){ .style = "FootnoteText" });
    buf_text(docx->out, mark);
    if (note->first && note->first->type == DOC_PARAGRAPH) {
        inline_children(docx, note->first, 0);
        rest.first = note->first->next;
    } else if (note->first && note->first->type >= DOC_TEXT) {
        rest.first = (struct doc_node *)inline_run(docx, note->first);
    }
    block_close(docx);
    block_children(docx, &rest, place);
    if (docx->after_table) {
        block_open(docx, &(struct docx_paragraph){ .style = "FootnoteText" });
        block_close(docx);
    }
}

/* Lines of code are one paragraph with line breaks, so that its ground is one area. */
static void put_code(struct docx *docx, const struct doc_node *node, struct docx_place place)
{
    struct docx_paragraph paragraph = { .style = "CodeBlock", .prose = !place.compact, .left = place.indent + 142, .has_indent = place.indent > 0 };
    str rest = node->text, line;
    bool first = true;
    if (str_ends(rest, STR("\n")))
        rest.len--;
    block_open(docx, &paragraph);
    buf_text(docx->out, "<w:r>");
    while (str_split(&rest, '\n', &line)) {
        if (!first)
            buf_text(docx->out, "<w:br/>");
        first = false;
        for (str piece; str_split(&line, '\t', &piece);) {
            pen_put(docx->out, piece);
            if (line.len)
                buf_text(docx->out, "<w:tab/>");
        }
    }
    buf_text(docx->out, "</w:r>");
    block_close(docx);
}

void block_label(struct docx *docx, str word, const char *sequence, unsigned number, str anchor)
{
    uint32_t id = 0;
    str name = anchor_take(docx, anchor);
    if (name.len)
        anchor_open(docx, name, &id);
    inline_text(docx, str_print(docx->arena, "%.*s\xC2\xA0", STR_ARG(word)), FORMAT_STRONG);
    inline_field(docx->out, inline_properties(docx, "<w:b/><w:bCs/>"), str_print(docx->arena, "SEQ %s \\* ARABIC%c", sequence, '\0').at, str_print(docx->arena, "%u", number));
    if (id)
        anchor_close(docx, id);
}

/* The picture and, kept with it, its caption below. */
static void put_figure(struct docx *docx, const struct doc_node *node, struct docx_place place)
{
    const struct doc_node *caption = node->first;
    struct docx_paragraph below = { .style = "Caption", .left = place.indent, .has_indent = place.indent > 0, .below = true, .after = 240 };
    struct docx_place kept = place;
    kept.keep = true;
    open_paragraph(docx, kept);
    inline_run(docx, caption->next);
    block_close(docx);
    block_open(docx, &below);
    block_label(docx, docx->words->figure, "Figure", (unsigned)++docx->figures, node->ref);
    inline_text(docx, STR("  "), 0);
    inline_children(docx, caption, 0);
    block_close(docx);
}

static void put_rule(struct docx *docx)
{
    block_open(docx, &(struct docx_paragraph){ .style = "Rule" });
    block_close(docx);
}

/* Turning the page ends a section; turning it before anything was written just decides how it lies. */
static void turn(struct docx *docx, bool landscape)
{
    if (docx->landscape == landscape || docx->in_note || docx->flow_width != frame_text_width(docx, docx->landscape))
        return; /* notes and cells can not turn the page */
    if (docx->in_content)
        frame_break(docx, SECTION_BODY, docx->landscape);
    docx->new_page = false;
    docx->landscape = landscape;
    docx->flow_width = frame_text_width(docx, landscape);
}

static void put_details(struct docx *docx, const struct doc_node *node, struct docx_place place)
{
    const struct doc_node *summary = node->first;
    struct doc_node rest = *node;
    if (summary && summary->type == DOC_CAPTION) {
        struct docx_paragraph paragraph = { .style = "DetailsTitle", .prose = !place.compact, .left = place.indent, .has_indent = place.indent > 0 };
        block_open(docx, &paragraph);
        inline_children(docx, summary, 0);
        block_close(docx);
        rest.first = summary->next;
    }
    block_children(docx, &rest, place);
}

static void put_quote(struct docx *docx, const struct doc_node *node, struct docx_place place)
{
    place.style = "Quote";
    block_children(docx, node, place);
}

static void put_block(struct docx *docx, const struct doc_node *node, struct docx_place place)
{
    switch (node->type) {
    case DOC_HEADING:    put_heading(docx, node); break;
    case DOC_PARAGRAPH:  put_paragraph(docx, node, place); break;
    case DOC_LIST:       list_write(docx, node, place); break;
    case DOC_QUOTE:      put_quote(docx, node, place); break;
    case DOC_CODE:       put_code(docx, node, place); break;
    case DOC_RULE:       put_rule(docx); break;
    case DOC_TOC:        front_contents(docx, node->level ? node->level : 3, false); break;
    case DOC_PAGE_BREAK: docx->new_page = docx->in_content && !place.compact; break;
    case DOC_ORIENT:     turn(docx, node->landscape); break;
    case DOC_DETAILS:    put_details(docx, node, place); break;
    case DOC_FIGURE:     put_figure(docx, node, place); break;
    default:             block_children(docx, node, place); break;
    }
}

/* The one sentence with which a chapter opens: heading and sentence alone at the foot of a page announce nothing. */
static bool is_opening(const struct doc_node *before, const struct doc_node *node)
{
    bool goes_on = node->next && (node->next->type == DOC_HEADING || node->next->type == DOC_PARAGRAPH);
    return goes_on && before && before->type == DOC_HEADING && node->type == DOC_PARAGRAPH;
}

void block_children(struct docx *docx, const struct doc_node *parent, struct docx_place place)
{
    const struct doc_node *before = NULL;
    for (const struct doc_node *child = parent->first; child;) {
        const struct doc_node *here = child;
        if (child->type == DOC_TABLE) {
            child = table_write(docx, child, place);
        } else if (child->type < DOC_TEXT) {
            struct docx_place kept = place;
            kept.keep |= is_opening(before, child);
            put_block(docx, child, kept);
            child = child->next;
        } else { /* inlines where blocks are wanted: one paragraph of them */
            open_paragraph(docx, place);
            child = inline_run(docx, child);
            block_close(docx);
        }
        before = here;
        docx_drain(docx);
    }
}
