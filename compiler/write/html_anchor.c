/* SPDX-License-Identifier: MIT */
#include "write/html_part.h"

/* Characters that an id, or the address that leads to it, can not have. */
static const bool unfit[128] = {
    [0x7f] = true, ['%'] = true,  ['"'] = true, ['#'] = true, ['<'] = true, ['>'] = true,
    ['\\'] = true, ['^'] = true,  ['`'] = true, ['{'] = true, ['|'] = true, ['}'] = true,
};

static bool fits_id(char c) { return (uint8_t)c >= 128 || (c > ' ' && !unfit[(uint8_t)c]); }

str html_id(struct html *html, str id)
{
    bool   furniture = id.len && id.at[0] == '_';
    size_t i = 0;
    while (i < id.len && fits_id(id.at[i]))
        i++;
    if (i == id.len && !furniture)
        return id;
    str copy = str_copy(html->arena, id);
    for (char *at = (char *)copy.at; i < id.len; i++)
        at[i] = fits_id(id.at[i]) ? id.at[i] : '-';
    if (furniture)
        ((char *)copy.at)[0] = '-';
    return copy;
}

static void own(struct html *html, str id, const struct doc_node *node)
{
    if (id.len)
        map_add(&html->anchors, html->arena, html_id(html, id), (void *)(uintptr_t)doc_identity(node));
}

/* The text of a cell that holds no more than one word or code: what an id column has. */
static str only_text(const struct doc_node *cell)
{
    const struct doc_node *node = cell->first;
    while (node && !node->next && (node->type == DOC_LINK || node->type == DOC_STRONG || node->type == DOC_PARAGRAPH))
        node = node->first;
    if (!node || node->next || (node->type != DOC_TEXT && node->type != DOC_CODE_SPAN))
        return (str){ 0 };
    return node->text;
}

static const struct doc_node *anchor_in(const struct doc_node *cell)
{
    const struct doc_node *node = cell->first;
    while (node && node->type != DOC_ANCHOR)
        node = node->next;
    return node;
}

str html_cell_id(struct html *html, const struct doc_node *cell)
{
    const struct doc_node *anchor = anchor_in(cell);
    if (anchor)
        return anchor->ref;
    str text = only_text(cell);
    return text.len && text.len <= 64 ? str_slug(html->arena, text) : (str){ 0 };
}

/* Which ids a walk enters: those written into the document, or those made from the text of id cells. */
enum ids { WRITTEN, MADE };

static void visit(struct html *html, const struct doc_node *node, enum ids ids);

/* An anchor that stands in an id cell gives its id to the cell, so that the whole row header is the target. */
static void visit_row(struct html *html, const struct doc_table *table, const struct doc_node *row, enum ids ids)
{
    size_t column = 0;
    for (const struct doc_node *cell = row->first; cell; cell = cell->next, column++) {
        bool id_cell = !row->header && column < table->ncolumns && table->columns[column].id;
        if (id_cell && (ids == MADE || anchor_in(cell)))
            own(html, html_cell_id(html, cell), cell);
        visit(html, cell, ids);
    }
}

static void visit(struct html *html, const struct doc_node *node, enum ids ids)
{
    if ((node->type == DOC_ANCHOR || node->type == DOC_TABLE || node->type == DOC_FIGURE) && ids == WRITTEN)
        own(html, node->ref, node);
    for (const struct doc_node *child = node->first; child; child = child->next)
        if (child->type != DOC_TEXT && (child->type != DOC_ROW || !node->table))
            visit(html, child, ids);
    if (node->type != DOC_TABLE || !node->table)
        return;
    struct doc_rows rows = doc_rows(html->rows, node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;)
        visit_row(html, node->table, row, ids);
}

void html_anchors(struct html *html)
{
    for (size_t i = 0; i < html->outline.len; i++)
        own(html, html->outline.at[i].anchor, html->outline.at[i].node);
    visit(html, html->body, WRITTEN);
    visit(html, html->body, MADE);
}

void html_put_id(struct html *html, const struct doc_node *node, str id)
{
    if (id.len == 0 || map_get(&html->anchors, html_id(html, id)) != doc_identity(node))
        return;
    PUT(html, " id=\"");
    html_text(html->out, html_id(html, id));
    PUT(html, "\"");
}
