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

static void own(struct html *html, str id, const void *owner)
{
    if (id.len)
        map_add(&html->anchors, html->arena, html_id(html, id), (void *)(uintptr_t)owner);
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

/* Ids made from the text of id cells; they are entered when all are that were written into the document. */
struct made { LIST_OF(struct made_id { str id; const void *owner; }); };

static void visit(struct html *html, const struct doc_node *node, struct made *made);

/* An anchor that stands in an id cell gives its id to the cell, so that the whole row header is the target. */
static void visit_row(struct html *html, const struct doc_table *table, const struct doc_node *row, struct made *made)
{
    size_t column = 0;
    for (const struct doc_node *cell = row->first; cell; cell = cell->next, column++) {
        bool id_cell = !row->header && column < table->ncolumns && table->columns[column].id;
        if (id_cell && anchor_in(cell))
            own(html, html_cell_id(html, cell), doc_identity(cell));
        else if (id_cell)
            LIST_PUSH(html->arena, made, ((struct made_id){ html_cell_id(html, cell), doc_identity(cell) }));
        visit(html, cell, made);
    }
}

static void visit(struct html *html, const struct doc_node *node, struct made *made)
{
    if (node->type == DOC_ANCHOR || node->type == DOC_TABLE || node->type == DOC_FIGURE)
        own(html, node->ref, doc_identity(node));
    for (const struct doc_node *child = node->first; child; child = child->next)
        if (child->type != DOC_TEXT && (child->type != DOC_ROW || !node->table))
            visit(html, child, made);
    if (node->type != DOC_TABLE || !node->table)
        return;
    struct doc_rows rows = doc_rows(html->rows, node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;)
        visit_row(html, node->table, row, made);
}

void html_anchors(struct html *html)
{
    struct made made = { 0 };
    for (size_t i = 0; i < html->outline.len; i++)
        own(html, html->outline.at[i].anchor, doc_identity(html->outline.at[i].node));
    visit(html, html->body, &made);
    for (size_t i = 0; i < made.len; i++)
        own(html, made.at[i].id, made.at[i].owner);
}

void html_put_id(struct html *html, const struct doc_node *node, str id)
{
    str fit = id.len ? html_id(html, id) : id;
    if (fit.len == 0 || map_get(&html->anchors, fit) != doc_identity(node))
        return;
    PUT(html, " id=\"");
    html_text(html->out, fit);
    PUT(html, "\"");
}
