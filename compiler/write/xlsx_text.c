/* SPDX-License-Identifier: MIT */
/* What a cell says, as lines of plain text: a cell of a workbook has no paragraphs, lists or notes. */
#include "write/xlsx_part.h"

static void put_all(struct xlsx *x, const struct doc_node *first);

static void new_line(struct xlsx *x)
{
    if (x->text->len && x->text->at[x->text->len - 1] != '\n')
        buf_char(x->text, '\n');
}

static void put_items(struct xlsx *x, const struct doc_node *list)
{
    uint32_t number = list->number;
    for (const struct doc_node *item = list->first; item; item = item->next) {
        new_line(x);
        if (item->task)
            buf_text(x->text, item->task == TASK_DONE ? "\xE2\x98\x91 " : "\xE2\x98\x90 ");
        else if (list->ordered)
            buf_print(x->text, "%u. ", (unsigned)number++);
        else
            buf_text(x->text, "\xE2\x80\xA2 ");
        const struct doc_node *first = item->first;
        if (first && first->type == DOC_PARAGRAPH) { /* on the line of its mark */
            put_all(x, first->first);
            first = first->next;
        }
        put_all(x, first);
    }
}

/* A table inside a cell: a line for each row. */
static void put_table(struct xlsx *x, const struct doc_node *table)
{
    struct doc_rows rows = doc_rows(arena_new(x->passing), table);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;) {
        new_line(x);
        for (const struct doc_node *cell = row->first; cell; cell = cell->next) {
            put_all(x, cell->first);
            if (cell->next)
                buf_text(x->text, " | ");
        }
    }
}

static void put_link(struct xlsx *x, const struct doc_node *link)
{
    size_t from = x->text->len;
    if (!link->first) {
        str anchor = str_cut(link->ref, link->ref.len > 0, link->ref.len);
        buf_put(x->text, reference_text(x->passing, reference_to(x->arena, &x->references, x->doc, &x->outline, anchor)));
        return;
    }
    put_all(x, link->first);
    str said = str_cut(buf_str(x->text), from, x->text->len);
    if (link->ref.len && link->ref.at[0] != '#' && str_search(link->ref, said, 0) == SIZE_MAX)
        buf_print(x->text, " (%.*s)", STR_ARG(link->ref));
}

static void put_one(struct xlsx *x, const struct doc_node *node)
{
    switch (node->type) {
    case DOC_TEXT: case DOC_CODE_SPAN: case DOC_BADGE: case DOC_IMAGE: buf_put(x->text, node->text); break;
    case DOC_SOFT_BREAK: buf_char(x->text, ' '); break;
    case DOC_BREAK:      buf_char(x->text, '\n'); break;
    case DOC_CODE:       new_line(x); buf_put(x->text, node->text); break;
    case DOC_LIST:       put_items(x, node); break;
    case DOC_TABLE:      put_table(x, node); break;
    case DOC_LINK:       put_link(x, node); break;
    case DOC_NOTE:       buf_text(x->text, " ("); put_all(x, node->first); buf_char(x->text, ')'); break;
    default:
        if (node->type < DOC_TEXT && !(x->text->len && x->text->at[x->text->len - 1] == '('))
            new_line(x);
        put_all(x, node->first);
    }
}

static void put_all(struct xlsx *x, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next)
        put_one(x, node);
}

str xlsx_text(struct xlsx *x, const struct doc_node *node)
{
    const struct doc_node *only = xlsx_only(node);
    if (only && (only->type == DOC_TEXT || only->type == DOC_BADGE)) /* nearly every cell: no copy */
        return only->text;
    buf_clear(x->text);
    put_all(x, node->first);
    return str_trim(buf_str(x->text));
}

const struct doc_node *xlsx_only(const struct doc_node *cell)
{
    const struct doc_node *found = NULL;
    for (const struct doc_node *node = cell->first; node; node = node->next) {
        if (node->type == DOC_ANCHOR)
            continue;
        if (found)
            return NULL;
        found = node;
    }
    return found;
}

size_t xlsx_letters(size_t width) { return width + width / 4; }

size_t xlsx_lines(str text, size_t width)
{
    size_t most = xlsx_letters(width), lines = 1, line = 0, word = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t cp = utf8_next(text, &at);
        if (cp == '\n') {
            lines++;
            line = word = 0;
            continue;
        }
        size_t cells = (size_t)utf8_cells(cp);
        word = cp == ' ' || cells == 2 ? 0 : word + cells;
        line += cells;
        if (line > most && cp != ' ') { /* the word goes to the next line, or is broken */
            lines++;
            line = word && word <= most ? word : cells;
            word = line;
        }
    }
    return lines;
}
