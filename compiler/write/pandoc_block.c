/* SPDX-License-Identifier: MIT */
/* Blocks of a document -> blocks of pandoc. */
#include "write/pandoc_part.h"

/* ---- tables ---- */

void pandoc_caption(struct pandoc *p, str label, const struct doc_node *node)
{
    pandoc_open_list(p);
    pandoc_next_value(p);
    PUT(p, "null");
    pandoc_open_list(p);
    if (node || label.len) {
        pandoc_open_parts(p, "Plain");
        pandoc_words(p, label);
        if (node)
            pandoc_inlines(p, node->first);
        pandoc_close_parts(p);
    }
    pandoc_close_list(p);
    pandoc_close_list(p);
}

/* "Table 3: "; a caption without a number has no label. */
static str caption_label(struct pandoc *p, str kind, const struct doc_node *node)
{
    return node && node->number ? str_print(p->arena, "%.*s %u%.*s", STR_ARG(kind), (unsigned)node->number, STR_ARG(p->words->colon)) : (str){ 0 };
}

void pandoc_column(struct pandoc *p, unsigned align, unsigned width)
{
    static const char *const names[] = { [ALIGN_LEFT] = "AlignLeft", [ALIGN_CENTRE] = "AlignCenter", [ALIGN_RIGHT] = "AlignRight" };
    pandoc_open_list(p);
    pandoc_bare(p, names[align % 3]);
    if (width) {
        pandoc_open_element(p, "ColWidth");
        buf_print(p->out, "%u.%02u", width / 100, width % 100);
        pandoc_close_element(p);
    } else {
        pandoc_bare(p, "ColWidthDefault");
    }
    pandoc_close_list(p);
}

/* What all cells begin with. */
void pandoc_open_cell(struct pandoc *p, const struct doc_node *cell)
{
    static const char *const names[] = { [ALIGN_LEFT] = "AlignDefault", [ALIGN_CENTRE] = "AlignCenter", [ALIGN_RIGHT] = "AlignRight" };
    pandoc_open_list(p);
    if (cell)
        pandoc_tone(p, cell->ref.len && cell->tone != FILL_LEVEL ? cell->ref : (str){ 0 }, cell);
    else
        pandoc_no_attributes(p);
    pandoc_bare(p, names[cell ? cell->align % 3 : ALIGN_LEFT]);
    pandoc_number(p, 1);
    pandoc_number(p, 1);
    pandoc_open_list(p);
}

void pandoc_close_cell(struct pandoc *p) { PUT(p, "]]"); }

void pandoc_open_row(struct pandoc *p, str id)
{
    pandoc_open_list(p);
    pandoc_attributes(p, id, "", "", (str){ 0 });
    pandoc_open_list(p);
}

static void row(struct pandoc *p, const struct doc_node *node)
{
    pandoc_open_row(p, node->ref);
    for (const struct doc_node *cell = node->first; cell; cell = cell->next) {
        pandoc_open_cell(p, cell);
        if (cell->blocks) {
            pandoc_blocks(p, cell->first, true);
        } else if (cell->first) {
            pandoc_open_parts(p, "Plain");
            pandoc_inlines(p, cell->first);
            pandoc_close_parts(p);
        }
        pandoc_close_cell(p);
    }
    pandoc_close_list(p);
    pandoc_close_list(p);
}

/* Head rows are those before the first that is none. */
static void head_and_body(struct pandoc *p, const struct doc_node *table)
{
    struct doc_rows rows = doc_rows(p->rows, table);
    const struct doc_node *at = doc_next_row(&rows);
    pandoc_open_list(p);
    pandoc_no_attributes(p);
    pandoc_open_list(p);
    for (; at && at->header; at = doc_next_row(&rows))
        row(p, at);
    pandoc_close_list(p);
    pandoc_close_list(p);
    pandoc_open_list(p); /* one body */
    pandoc_open_list(p);
    pandoc_no_attributes(p);
    pandoc_number(p, 0); /* no head cells in rows: pandoc 2.17 leaves them out of ODT */
    pandoc_open_list(p);
    pandoc_close_list(p);
    pandoc_open_list(p);
    for (; at; at = doc_next_row(&rows))
        row(p, at);
    pandoc_close_list(p);
    pandoc_close_list(p);
    pandoc_close_list(p);
}

void pandoc_foot_of_table(struct pandoc *p)
{
    pandoc_open_list(p);
    pandoc_no_attributes(p);
    pandoc_open_list(p);
    pandoc_close_list(p);
    pandoc_close_list(p);
}

static void table(struct pandoc *p, const struct doc_node *node)
{
    const struct doc_node *title = node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
    const struct doc_table *look = node->table;
    pandoc_open_parts(p, "Table");
    pandoc_attributes(p, node->ref.len ? node->ref : title ? title->ref : (str){ 0 }, "", "summary", look->description);
    pandoc_caption(p, caption_label(p, p->words->table, title), title);
    pandoc_open_list(p);
    for (size_t i = 0; i < look->ncolumns; i++)
        pandoc_column(p, look->columns[i].align, look->columns[i].width);
    pandoc_close_list(p);
    head_and_body(p, node);
    pandoc_foot_of_table(p);
    pandoc_close_parts(p);
}

/* ---- blocks ---- */

static void heading(struct pandoc *p, const struct doc_node *node)
{
    const struct outline_entry *entry = outline_next(&p->outline, &p->next_heading, node);
    pandoc_open_parts(p, "Header");
    pandoc_number(p, entry ? entry->level : node->level);
    pandoc_attributes(p, entry ? entry->anchor : node->ref, entry && entry->number.len ? "" : "unnumbered", "", (str){ 0 });
    pandoc_open_list(p);
    pandoc_inlines(p, node->first);
    pandoc_close_list(p);
    pandoc_close_parts(p);
}

static void paragraph(struct pandoc *p, const struct doc_node *node, bool tight)
{
    pandoc_open_parts(p, tight ? "Plain" : "Para");
    pandoc_inlines(p, node->first);
    pandoc_close_parts(p);
}

/* The box of a task stands in its first paragraph, where pandoc's own reader of Markdown puts it. */
static void item(struct pandoc *p, const struct doc_node *node, bool tight)
{
    const struct doc_node *first = node->first;
    pandoc_open_list(p);
    if (node->task != TASK_NONE && first && first->type == DOC_PARAGRAPH) {
        pandoc_open_parts(p, tight ? "Plain" : "Para");
        pandoc_words(p, node->task == TASK_DONE ? STR("\u2612 ") : STR("\u2610 "));
        pandoc_inlines(p, first->first);
        pandoc_close_parts(p);
        first = first->next;
    }
    pandoc_blocks(p, first, tight);
    pandoc_close_list(p);
}

static void list(struct pandoc *p, const struct doc_node *node)
{
    pandoc_open_parts(p, node->ordered ? "OrderedList" : "BulletList");
    if (node->ordered) {
        pandoc_open_list(p);
        pandoc_number(p, node->number);
        pandoc_bare(p, "Decimal");
        pandoc_bare(p, "Period");
        pandoc_close_list(p);
        pandoc_open_list(p);
    }
    for (const struct doc_node *child = node->first; child; child = child->next)
        item(p, child, node->tight);
    if (node->ordered)
        pandoc_close_list(p);
    pandoc_close_parts(p);
}

static void code(struct pandoc *p, const struct doc_node *node)
{
    pandoc_open_parts(p, "CodeBlock");
    pandoc_no_attributes(p);
    pandoc_string(p, node->text);
    pandoc_close_parts(p);
}

/* Before version 1.23 a picture alone in a paragraph is a figure when its title begins with "fig:". */
static void figure(struct pandoc *p, const struct doc_node *node)
{
    const struct doc_node *title = node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
    const struct doc_node *image = title ? title->next : node->first;
    str label = caption_label(p, p->words->figure, title);
    if (p->types == PANDOC_1_23) {
        pandoc_open_parts(p, "Figure");
        pandoc_attributes(p, node->ref, "", "", (str){ 0 });
        pandoc_caption(p, label, title);
        pandoc_open_list(p);
    }
    if (image) {
        pandoc_open_parts(p, p->types == PANDOC_1_23 ? "Plain" : "Para");
        pandoc_picture(p, image, "");
        pandoc_close_parts(p);
    }
    if (p->types == PANDOC_1_23) {
        pandoc_close_list(p);
        pandoc_close_parts(p);
    } else if (title) {
        pandoc_open_parts(p, "Para");
        pandoc_span(p, node->ref, "", NULL);
        pandoc_words(p, label);
        pandoc_inlines(p, title->first);
        pandoc_close_parts(p);
    }
}

/* A group with a title. */
static void details(struct pandoc *p, const struct doc_node *node)
{
    const struct doc_node *title = node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
    pandoc_open_parts(p, "Div");
    pandoc_attributes(p, node->ref, "details", "", (str){ 0 });
    pandoc_open_list(p);
    if (title) {
        pandoc_open_parts(p, "Para");
        pandoc_styled(p, "Strong", title);
        pandoc_close_parts(p);
    }
    pandoc_blocks(p, title ? title->next : node->first, false);
    pandoc_close_list(p);
    pandoc_close_parts(p);
}

/* What lies on its side is one group. */
void pandoc_orient(struct pandoc *p, bool lying)
{
    if (lying == p->lying)
        return;
    p->lying = lying;
    if (!lying) {
        pandoc_close_list(p);
        pandoc_close_parts(p);
        return;
    }
    pandoc_open_parts(p, "Div");
    pandoc_attributes(p, (str){ 0 }, "landscape", "", (str){ 0 });
    pandoc_open_list(p);
}

static void quote(struct pandoc *p, const struct doc_node *node)
{
    pandoc_open_parts(p, "BlockQuote");
    pandoc_blocks(p, node->first, false);
    pandoc_close_parts(p);
}

static void block(struct pandoc *p, const struct doc_node *node, bool tight)
{
    switch ((enum doc_type)node->type) {
    case DOC_HEADING:    heading(p, node); break;
    case DOC_PARAGRAPH:  paragraph(p, node, tight); break;
    case DOC_LIST:       list(p, node); break;
    case DOC_QUOTE:      quote(p, node); break;
    case DOC_CODE:       code(p, node); break;
    case DOC_TABLE:      table(p, node); break;
    case DOC_RULE:       pandoc_bare(p, "HorizontalRule"); break;
    case DOC_DETAILS:    details(p, node); break;
    case DOC_FIGURE:     figure(p, node); break;
    case DOC_ORIENT:     pandoc_orient(p, node->landscape); break;
    case DOC_TOC:
    case DOC_PAGE_BREAK: break; /* pages and contents are of who makes them */
    default:
        pandoc_open_parts(p, "Plain");
        pandoc_inline_node(p, node);
        pandoc_close_parts(p);
        break;
    }
}

void pandoc_blocks(struct pandoc *p, const struct doc_node *first, bool tight)
{
    for (const struct doc_node *node = first; node; node = node->next)
        block(p, node, tight);
}
