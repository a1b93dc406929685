/* SPDX-License-Identifier: MIT */
/*
 * What a workbook will have, before anything is written: tables of one name become one sheet with all their columns, each sheet, table and column has
 * a name that the format allows and that no other has, and each anchor has its row.
 */
#include "write/xlsx_part.h"

enum { NARROW = 6, LINE = 16, WIDE = 46, WIDEST = 90, LINES = 26, FILTER = 2 };

bool xlsx_is_sheet(const struct doc_node *node) { return node->type == DOC_TABLE && node->table->sheet.len > 0; }

/* ---- names ---- */

/* ECMA-376 leaves it to Excel: none of []:*?/\ , no apostrophe at either end, 31 units, not "History", and capitals do not count. */
static str allowed_name(struct xlsx *x, str wanted, size_t most)
{
    struct buf *out = buf_new(x->arena);
    size_t units = 0;
    for (size_t at = 0, from = 0; at < wanted.len; from = at) {
        uint32_t cp = utf8_next(wanted, &at);
        bool forbidden = cp < 128 && strchr("[]:*?/\\\n", (int)cp);
        if ((units += cp > 0xFFFF ? 2 : 1) > most)
            break;
        buf_put(out, forbidden ? STR("-") : cp == '\'' ? STR("\xE2\x80\x99") : str_cut(wanted, from, at)); /* a curly one may stand anywhere */
    }
    str name = str_trim(str_copy(x->arena, buf_str(out)));
    buf_free(out);
    return name.len == 0 || str_eq_nocase(name, STR("History")) ? str_join2(x->arena, name, STR("-")) : name;
}

static bool is_taken(const struct xlsx *x, str name)
{
    if (str_eq_nocase(name, x->words->contents)) /* the first sheet */
        return true;
    for (size_t i = 0; i < x->sheets.len; i++)
        if (str_eq_nocase(x->sheets.at[i]->name, name))
            return true;
    return false;
}

static str sheet_name(struct xlsx *x, str wanted)
{
    str name = allowed_name(x, wanted, BOOK_SHEET_NAME);
    for (unsigned n = 2; is_taken(x, name); n++) {
        str ending = str_print(x->arena, " (%u)", n);
        name = str_join2(x->arena, allowed_name(x, wanted, BOOK_SHEET_NAME - ending.len), ending);
    }
    return name;
}

/* ASCII and Latin: what else is a letter, Excel and LibreOffice need not agree on. */
static bool is_letter(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7);
}

/* A name for formulas: letters, digits and lines, the same whatever other sheets there are. A line more where it could be the address of a cell, as R1 or C. */
static str table_name(struct xlsx *x, str sheet)
{
    struct buf *out = buf_new(x->arena);
    for (size_t at = 0, from = 0; at < sheet.len; from = at) {
        uint32_t cp = utf8_next(sheet, &at);
        bool good = is_letter(cp) || (cp >= '0' && cp <= '9' && from > 0);
        buf_put(out, good ? str_cut(sheet, from, at) : STR("_"));
    }
    char last = out->at[out->len - 1];
    if (out->len == 1 || (last >= '0' && last <= '9'))
        buf_char(out, '_');
    str name = str_copy(x->arena, buf_str(out));
    for (size_t i = 0; i < x->sheets.len; i++)
        if (str_eq_nocase(x->sheets.at[i]->table, name)) {
            buf_print(out, "_%zu_", x->sheets.len + 1);
            name = str_copy(x->arena, buf_str(out));
            break;
        }
    buf_free(out);
    return name;
}

/* ---- columns ---- */

/* The longest line and the longest word. */
static void measure(struct xlsx_column *column, str text)
{
    size_t line = 0, word = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t cp = utf8_next(text, &at);
        size_t cells = (size_t)utf8_cells(cp);
        line = cp == '\n' ? 0 : line + cells;
        word = cp == '\n' || cp == ' ' || cells == 2 ? cells : word + cells; /* ideographs break anywhere */
        if (line > column->longest)
            column->longest = line;
        if (word > column->word)
            column->word = word;
    }
}

/*
 * A short text stays on one line; a long one gets a width at which it is a few times as wide as high, and never so narrow that a row would be higher
 * than Excel shows. The words of a header may stand one below the other, beside the arrow of the filter.
 */
static uint16_t width_of(const struct xlsx_column *column)
{
    struct xlsx_column head = { 0 };
    size_t most = column->longest, width = most;
    if (most > LINE && !column->nowrap) {
        for (width = LINE; 2 * width * width < 9 * most; width++)
            ;
        width = width > WIDE ? WIDE : width;
        if (column->word > width)
            width = column->word;
        if (column->link > xlsx_letters(width)) /* LibreOffice does not break it */
            width = column->link * width / xlsx_letters(width) + 1;
        if (most / LINES > width)
            width = most / LINES;
    }
    measure(&head, column->head);
    if (head.word + FILTER > width)
        width = head.word + FILTER;
    return (uint16_t)((width < NARROW ? NARROW : width > WIDEST ? WIDEST : width) + 1);
}

/* The column with that header; a second one of one table with the same header is another. */
static uint16_t column_of(struct xlsx *x, struct xlsx_sheet *sheet, str head, const uint16_t *taken, uint16_t ntaken)
{
    str name = head;
    for (unsigned n = 2;; n++) {
        size_t i = 0;
        while (i < sheet->columns.len && !str_eq_nocase(sheet->columns.at[i].head, name))
            i++;
        if (i == sheet->columns.len) {
            struct xlsx_column column = { .head = str_copy(x->arena, name) };
            LIST_PUSH(x->arena, &sheet->columns, column);
            return (uint16_t)i;
        }
        uint16_t at = 0;
        while (at < ntaken && taken[at] != i)
            at++;
        if (at == ntaken)
            return (uint16_t)i;
        name = str_print(x->arena, "%.*s %u", STR_ARG(head), n);
    }
}

static void take_header(struct xlsx *x, struct xlsx_sheet *sheet, struct xlsx_table *table, const struct doc_node *row)
{
    uint16_t n = 0;
    for (const struct doc_node *cell = row->first; cell && n < table->node->table->ncolumns; cell = cell->next, n++) {
        const struct doc_column *from = &table->node->table->columns[n];
        str head = xlsx_text(x, cell);
        table->columns[n] = column_of(x, sheet, head.len ? head : str_print(x->arena, "%u", n + 1u), table->columns, n);
        struct xlsx_column *column = &sheet->columns.at[table->columns[n]];
        column->align = from->align;
        column->id |= from->id;
    }
}

/* ---- rows ---- */

static void put_place(struct xlsx *x, const struct xlsx_sheet *sheet, str anchor, uint32_t row)
{
    if (!anchor.len || map_get(&x->places, anchor))
        return;
    struct xlsx_place *place = NEW(x->arena, struct xlsx_place);
    *place = (struct xlsx_place){ sheet, row };
    map_add(&x->places, x->arena, str_copy(x->arena, anchor), place);
}

static void take_row(struct xlsx *x, struct xlsx_sheet *sheet, const struct xlsx_table *table, const struct doc_node *row)
{
    uint16_t n = 0;
    sheet->rows++;
    put_place(x, sheet, row->ref, sheet->rows);
    for (const struct doc_node *cell = row->first; cell && n < table->node->table->ncolumns; cell = cell->next, n++) {
        struct xlsx_column *column = &sheet->columns.at[table->columns[n]];
        for (const struct doc_node *node = cell->first; node; node = node->next)
            if (node->type == DOC_ANCHOR)
                put_place(x, sheet, node->ref, sheet->rows);
        column->nowrap |= cell->nowrap;
        str text = xlsx_text(x, cell);
        const struct doc_node *only = xlsx_only(cell);
        measure(column, text);
        if (only && only->type == DOC_LINK && utf8_count(text) > column->link)
            column->link = utf8_count(text);
    }
}

static struct xlsx_sheet *sheet_of(struct xlsx *x, const struct doc_node *node, struct map *by_wish)
{
    struct xlsx_sheet *sheet = map_get(by_wish, node->table->sheet);
    if (!sheet) {
        sheet = NEW(x->arena, struct xlsx_sheet);
        sheet->name = sheet_name(x, node->table->sheet);
        sheet->table = table_name(x, sheet->name);
        sheet->description = node->table->description;
        LIST_PUSH(x->arena, &x->sheets, sheet);
        map_add(by_wish, x->arena, node->table->sheet, sheet);
    }
    return sheet;
}

static void take_table(struct xlsx *x, const struct doc_node *node, struct map *by_wish)
{
    struct xlsx_sheet *sheet = sheet_of(x, node, by_wish);
    struct xlsx_table table = { node, NEWS(x->arena, uint16_t, node->table->ncolumns) };
    struct doc_rows rows = doc_rows(x->rows, node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL; arena_close(x->passing))
        if (row->header)
            take_header(x, sheet, &table, row);
        else
            take_row(x, sheet, &table, row);
    LIST_PUSH(x->arena, &sheet->tables, table);
    put_place(x, sheet, node->ref, 0);
    if (sheet->rows >= BOOK_ROWS || sheet->columns.len > BOOK_COLUMNS)
        x->problem = str_print(x->arena, "the sheet %.*s has more rows or columns than a workbook can have%c", STR_ARG(sheet->name), '\0').at;
}

static void walk(struct xlsx *x, const struct doc_node *first, struct map *by_wish)
{
    for (const struct doc_node *node = first; node; node = node->next)
        if (xlsx_is_sheet(node))
            take_table(x, node, by_wish);
        else if (node->type < DOC_TEXT && node->type != DOC_TABLE)
            walk(x, node->first, by_wish);
}

void xlsx_plan(struct xlsx *x)
{
    struct map by_wish = { 0 };
    walk(x, x->doc->body ? x->doc->body->first : NULL, &by_wish);
    for (size_t i = 0; i < x->sheets.len; i++)
        for (size_t k = 0; k < x->sheets.at[i]->columns.len; k++)
            x->sheets.at[i]->columns.at[k].width = width_of(&x->sheets.at[i]->columns.at[k]);
}
