/* SPDX-License-Identifier: MIT */
/* A page of an explanation, put together from facts, texts, lists and tables. */
#include "weave/explain_part.h"

struct page page_begin(struct arena *arena, const struct explain_input *in, const char *kind, str id, str title, str subtitle)
{
    struct page page = { .arena = arena, .in = in, .document = NEW(arena, struct document) };
    *page.document = (struct document){ .file = str_of(kind), .id = id, .title = title, .subtitle = subtitle };
    page.document->body = doc_new(arena, DOC_BODY);
    return page;
}

static struct doc_node *add(struct page *page, struct doc_node *parent, enum doc_type type) { return doc_add(parent, doc_new(page->arena, type)); }

/* Text with `code` in backquotes as inlines. */
static void add_words(struct page *page, struct doc_node *parent, str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t open = str_find(text, '`', at), close = open < text.len ? str_find(text, '`', open + 1) : text.len;
        if (close == text.len)
            open = text.len;
        if (open > at)
            doc_add_text(page->arena, parent, str_cut(text, at, open));
        if (open < text.len)
            add(page, parent, DOC_CODE_SPAN)->text = str_cut(text, open + 1, close);
        at = open < text.len ? close + 1 : text.len;
    }
}

static struct doc_node *add_table(struct page *page, size_t columns, enum doc_look look)
{
    struct doc_node *table = add(page, page->document->body, DOC_TABLE);
    table->table = NEW(page->arena, struct doc_table);
    table->table->columns = NEWS(page->arena, struct doc_column, columns);
    table->table->ncolumns = (uint16_t)columns;
    table->table->look = (uint8_t)look;
    return table;
}

/* The row's cell for the value; its label is there already. */
static struct doc_node *add_fact(struct page *page, str key, str label)
{
    if (!page->facts)
        page->facts = add_table(page, 2, TABLE_FACTS);
    struct doc_node *row = add(page, page->facts, DOC_ROW);
    row->ref = key;
    doc_add_text(page->arena, add(page, row, DOC_CELL), label);
    return add(page, row, DOC_CELL);
}

void page_fact(struct page *page, str key, str label, str value, str words)
{
    if (value.len == 0)
        return;
    struct doc_node *cell = add_fact(page, key, label);
    add_words(page, cell, words.len ? words : value);
    if (words.len && !str_eq(words, value))
        cell->ref = value;
}

void page_facts(struct page *page, str key, str label, const str *values, size_t count)
{
    if (count == 0)
        return;
    struct doc_node *cell = add_fact(page, key, label);
    cell->blocks = true;
    for (size_t i = 0; i < count; i++)
        add_words(page, add(page, cell, DOC_PARAGRAPH), values[i]);
}

void page_section(struct page *page, const char *key, const char *title)
{
    struct doc_node *heading = add(page, page->document->body, DOC_HEADING);
    heading->level = 2;
    heading->ref = str_of(key);
    doc_add_text(page->arena, heading, str_of(title));
    page->facts = page->table = page->list = NULL;
}

void page_text(struct page *page, str text)
{
    text = str_trim(text);
    while (text.len > 0) {
        size_t end = str_search(text, STR("\n\n"), 0);
        str paragraph = str_trim(end == SIZE_MAX ? text : str_cut(text, 0, end));
        add_words(page, add(page, page->document->body, DOC_PARAGRAPH), paragraph);
        text = end == SIZE_MAX ? (str){ 0 } : str_trim(str_cut(text, end, text.len));
    }
}

void page_item(struct page *page, str text)
{
    if (!page->list) {
        page->list = add(page, page->document->body, DOC_LIST);
        page->list->tight = true;
    }
    add_words(page, add(page, add(page, page->list, DOC_ITEM), DOC_PARAGRAPH), text);
}

void page_code(struct page *page, str text) { add(page, page->document->body, DOC_CODE)->text = text; }

void page_table(struct page *page, size_t columns, const char *const *keys, const char *const *titles)
{
    page->table = add_table(page, columns, TABLE_PLAIN);
    page->table->table->columns[0].id = true;
    struct doc_node *row = add(page, page->table, DOC_ROW);
    row->header = true;
    for (size_t i = 0; i < columns; i++) {
        struct doc_node *cell = add(page, row, DOC_CELL);
        cell->ref = str_of(keys[i]);
        doc_add_text(page->arena, cell, str_of(titles[i]));
    }
}

void page_row(struct page *page, const str *cells)
{
    struct doc_node *row = add(page, page->table, DOC_ROW);
    for (size_t i = 0; i < page->table->table->ncolumns; i++)
        add_words(page, add(page, row, DOC_CELL), cells[i]);
}
