/* SPDX-License-Identifier: MIT */
/* Pipe tables to document tables: columns, captions, anchors of rows, cells that are levels, cells that are empty. */
#include "weave/pack.h"

#include "model/model.h"

#define DASH STR("\xE2\x80\x93")

/* --- the whole table --- */

static void read_columns(struct weaving *w, struct doc_table *table, const struct table_wish *wish)
{
    unsigned total = 0;
    if (wish->nwidths && wish->nwidths != table->ncolumns) {
        finding_add(w->findings, LANG_DIRECTIVE, wish->at, "`widths` gives %u numbers but the table has %u columns", (unsigned)wish->nwidths,
                    (unsigned)table->ncolumns);
        return;
    }
    for (unsigned i = 0; i < wish->nwidths; i++)
        total += wish->widths[i];
    for (unsigned i = 0; i < wish->nwidths; i++) /* any numbers will do; they are shares */
        table->columns[i].width = (uint8_t)((wish->widths[i] * 100u + total / 2) / total);
}

static void add_caption(struct weaving *w, struct doc_node *table, str text)
{
    struct doc_node *caption = table->first && table->first->type == DOC_CAPTION ? table->first : NULL;
    if (!caption && text.len) {
        caption = doc_new(w->arena, DOC_CAPTION);
        doc_add_text(w->arena, caption, print_text(w->arena, text));
        caption->next = table->first;
        table->first = caption;
        if (!table->last)
            table->last = caption;
    }
    if (caption)
        caption->number = w->doc->page ? 0 : ++w->tables;
}

static void mark_cells(struct doc_node *row, const struct table_wish *wish)
{
    unsigned n = 0;
    for (struct doc_node *cell = row->first; row->type == DOC_ROW && cell; cell = cell->next, n++) {
        if (n < wish->naligns)
            cell->align = wish->align[n];
        if (n < 64 && wish->nowrap >> n & 1)
            cell->nowrap = true;
    }
}

struct table_wish table_take_wish(struct weaving *w)
{
    struct table_wish wish = w->wish;
    w->wish = (struct table_wish){ 0 };
    return wish;
}

void table_finish(struct weaving *w, struct doc_node *node, uint16_t columns, const struct table_wish *wanted)
{
    struct table_wish wish = *wanted;
    struct doc_table *table = NEW(w->arena, struct doc_table);

    table->ncolumns = columns;
    table->columns = NEWS(w->arena, struct doc_column, columns);
    table->look = wish.look;
    table->description = print_text(w->arena, wish.description);
    table->sheet = print_text(w->arena, wish.sheet);
    node->table = table;
    read_columns(w, table, &wish);
    for (unsigned i = 0; i < wish.naligns && i < columns; i++)
        table->columns[i].align = wish.align[i];
    if (wish.id > columns)
        finding_add(w->findings, LANG_DIRECTIVE, wish.at, "`id=%u`, but the table has %u columns", (unsigned)wish.id, (unsigned)columns);
    else if (wish.id)
        table->columns[wish.id - 1].id = true;
    if (w->anchor.len) {
        node->ref = w->anchor;
        w->anchor = (str){ 0 };
    }
    for (struct doc_node *row = node->first; row && (wish.naligns || wish.nowrap); row = row->next)
        mark_cells(row, &wish);
    add_caption(w, node, wish.caption);
}

struct doc_node *table_cell(struct weaving *w, struct doc_node *row, str text)
{
    struct doc_node *cell = doc_add(row, doc_new(w->arena, DOC_CELL));
    if (text.len)
        doc_add_text(w->arena, cell, text);
    return cell;
}

/* --- cells --- */

/* A level fills its cell instead of being a badge in it. */
static void fill_cell(struct doc_node *cell)
{
    struct doc_node *only = cell->first;
    if (!only || only->next || only->type != DOC_BADGE || only->tone != FILL_LEVEL)
        return;
    cell->tone = only->tone;
    cell->rank = only->rank;
    cell->ranks = only->ranks;
    cell->ref = only->ref;
    only->type = DOC_TEXT;
    only->tone = FILL_NONE;
    only->ref = (str){ 0 };
}

static void field_cell(struct weaving *w, struct value field, struct doc_node *cell)
{
    splice_field(w, field, cell);
    doc_unwrap(cell);
}

/* Whether a cell without words was left empty by its author, rather than by a section that had nothing to show. */
static bool is_written_empty(const struct weaving *w, const struct md_node *cell)
{
    uint32_t begin = cell->begin, end = cell->end;
    str bytes = w->text->bytes;
    while (begin > 0 && (bytes.at[begin - 1] == ' ' || bytes.at[begin - 1] == '\t'))
        begin--;
    while (end < bytes.len && (bytes.at[end] == ' ' || bytes.at[end] == '\t'))
        end++;
    if (begin == 0 || end == bytes.len)
        return true;
    struct span span = md_span(w->text, begin - 1, end + 1);
    return span.end - span.begin == end + 2 - begin;
}

static bool is_blank(const struct doc_node *cell)
{
    for (const struct doc_node *node = cell->first; node; node = node->next)
        if (node->type != DOC_TEXT || str_trim(node->text).len)
            return false;
    return true;
}

static bool is_gap(const struct doc_node *node) { return node->type == DOC_BREAK || (node->type == DOC_TEXT && str_trim(node->text).len == 0); }

/* `{{#list}}{{.}}<br>{{/list}}` puts each on a line of its own; the break after the last has nothing to part. */
static void trim_breaks(struct doc_node *cell)
{
    struct doc_node *last = NULL;
    while (cell->first && is_gap(cell->first))
        cell->first = cell->first->next;
    for (struct doc_node *node = cell->first; node; node = node->next)
        if (!is_gap(node))
            last = node;
    if (last)
        last->next = NULL;
    cell->last = last;
}

static void splice_cell(struct weaving *w, const struct md_node *from, struct doc_node *cell, bool header, bool signature)
{
    const struct placed *only = mark_only(w, from->text);
    struct value value = only ? only->value : value_null();

    cell->align = from->align == MD_CENTRE ? ALIGN_CENTRE : from->align == MD_RIGHT ? ALIGN_RIGHT : ALIGN_LEFT;
    if (value.tag == V_TEXT && value.look == LOOK_MARKDOWN && value.text.len)
        field_cell(w, value, cell);
    else if (only)
        weave_value(w, value, cell);
    else if (from->text.len)
        splice_text(w, from, from->text, cell);
    else
        splice_inlines(w, from->first, cell);
    if (!cell->blocks)
        trim_breaks(cell);
    fill_cell(cell);
    if (!header && !signature && is_blank(cell) && (from->text.len || from->first || !is_written_empty(w, from))) {
        cell->first = cell->last = NULL;
        doc_add_text(w->arena, cell, DASH);
    }
}

/* --- ids --- */

/* The id a cell shows, alone: a mark of an id or record, or written words that are one. */
static str id_of(struct weaving *w, const struct md_node *cell)
{
    const struct placed *only = mark_only(w, cell->text);
    if (only && only->value.tag == V_TEXT && (only->value.look == LOOK_ID || model_find(w->model, only->value.text)))
        return only->value.text;
    if (only && only->value.tag == V_RECORD)
        return only->value.record->id;
    return !only && cell->text.len && model_find(w->model, cell->text) ? cell->text : (str){ 0 };
}

static void id_cell(struct weaving *w, const struct md_node *from, struct doc_node *cell, size_t rows)
{
    str id = id_of(w, from);
    splice_cell(w, from, cell, false, false);
    if (id.len && cell->first && !cell->first->next && !cell->blocks)
        link_cell(w, cell, cell->first, id, rows);
}

/* Without a directive, a first column that shows ids of records is an id column. */
static unsigned id_column(const struct weaving *w, const struct md_node *table, const struct table_wish *wish)
{
    const struct md_node *first = table->first ? table->first->next : NULL;
    const struct placed *only = first && first->first ? mark_only(w, first->first->text) : NULL;
    if (wish->id)
        return wish->id;
    return only && only->value.tag == V_TEXT && only->value.look == LOOK_ID && !wish->look;
}

/* --- rows --- */

static void splice_row(struct weaving *w, const struct md_node *from, struct doc_node *row, const struct table_wish *wish, size_t rows)
{
    unsigned n = 0;
    row->header = from->header;
    for (const struct md_node *cell = from->first; cell; cell = cell->next) {
        struct doc_node *made = doc_add(row, doc_new(w->arena, DOC_CELL));
        if (++n == wish->id && !from->header)
            id_cell(w, cell, made, rows);
        else
            splice_cell(w, cell, made, from->header, wish->look == TABLE_SIGNATURE);
    }
}

static void pack_rows(struct weaving *w, const struct md_node *first, struct open_table *table)
{
    struct packing packing;
    pack_begin(w, &packing);
    for (const struct md_node *from = first; from; from = from->next) {
        struct doc_node *row = doc_new(w->arena, DOC_ROW);
        splice_row(w, from, row, &table->wish, table->rows);
        mark_cells(row, &table->wish);
        pack_row(w, &packing, row);
    }
    pack_end(w, &packing, table);
}

static void splice_rows(struct weaving *w, const struct md_node *first, struct open_table *table)
{
    enum where before = w->where;
    w->where = IN_CELL;
    w->typed = table->wish.sheet.len > 0;
    if (pack_wanted(w, table->wish.look))
        pack_rows(w, first, table);
    else
        for (const struct md_node *from = first; from; from = from->next) {
            struct doc_node *row = doc_add(table->node, doc_new(w->arena, DOC_ROW));
            splice_row(w, from, row, &table->wish, table->rows);
            mark_cells(row, &table->wish);
        }
    w->where = before;
    w->typed = false;
}

static size_t count_rows(const struct weaving *w, const struct md_node *table)
{
    size_t rows = table->next || w->depth ? 0 : w->rows_to_come;
    for (const struct md_node *row = table->first; row; row = row->next)
        rows++;
    return rows;
}

/* The next piece of a table, under a header that only says how many columns there are. */
static void go_on(struct weaving *w, const struct md_node *from)
{
    struct open_table table = w->table;
    w->table.goes_on = table.goes_on = false;
    splice_rows(w, from->first->next, &table);
    table.node->table->rows = table.first;
    w->table = table;
}

void splice_table(struct weaving *w, const struct md_node *from, struct doc_node *into)
{
    if (w->table.goes_on) {
        go_on(w, from);
        return;
    }
    struct open_table table = { .node = doc_add(into, doc_new(w->arena, DOC_TABLE)), .wish = table_take_wish(w), .rows = count_rows(w, from) };
    const struct md_node *row = from->first;
    table.wish.id = (uint8_t)id_column(w, from, &table.wish);
    if (table.wish.look == TABLE_FACTS && row->next)
        row = row->next; /* facts have labels at the side and no header; Markdown insists on one */
    splice_rows(w, row, &table);
    table_finish(w, table.node, (uint16_t)from->start, &table.wish);
    table.node->table->rows = table.first;
    unsigned n = 0;
    for (const struct md_node *cell = from->first->first; cell && table.wish.naligns == 0; cell = cell->next)
        table.node->table->columns[n++].align = cell->align == MD_CENTRE ? ALIGN_CENTRE : cell->align == MD_RIGHT ? ALIGN_RIGHT : ALIGN_LEFT;
    w->table = table;
}
