/* SPDX-License-Identifier: MIT */
/* The first sheet: what the workbook is, the sheets it has, and whatever else the document says outside its sheets. */
#include "write/xlsx_part.h"

enum { MARGIN = 0, LABEL = 1, VALUE = 2, LAST = 5 }; /* columns */
static const uint8_t widths[] = { 2, 38, 66, 12, 14, 18 };
enum { ACROSS = 38 + 66 + 12 + 14 + 18 };
enum { TITLE_SIZE = 20, HEADING_SIZE = 13, LEAST_WIDTH = 8 };

struct cover {
    struct xlsx       *x;
    struct book_sheet *sheet;
    uint32_t           row;
    const struct doc_node *heading; /* waits for something to stand under it */
    bool               listed;      /* the sheets */
};

static struct book_look heading_look(const struct xlsx *x, uint8_t size)
{
    struct book_look look = xlsx_look(x);
    look.font = x->brand->heading_font;
    look.ink = x->brand->primary;
    look.size = size;
    look.bold = true;
    look.wrap = false;
    return look;
}

static void put_line(struct cover *c, str text, struct book_look look)
{
    look.wrap = false;
    if (!text.len)
        return;
    xlsx_height(c->sheet, c->row, 1, look.size);
    book_text(c->sheet, c->row++, LABEL, text, book_style(c->x->book, &look));
}

/* Over all columns, with the height its lines take: rows do not grow with what stands over several columns. */
static void put_paragraph(struct cover *c, str text)
{
    struct book_look look = xlsx_look(c->x);
    if (!text.len)
        return;
    xlsx_height(c->sheet, c->row, xlsx_lines(text, ACROSS), look.size);
    book_across(c->sheet, c->row++, LABEL, LAST, text, book_style(c->x->book, &look));
}

static void put_fact(struct cover *c, str label, str value)
{
    struct book_look grey = xlsx_look(c->x), plain = grey;
    grey.ink = c->x->brand->grey;
    if (!doc_is_given(value))
        return;
    book_text(c->sheet, c->row, LABEL, label, book_style(c->x->book, &grey));
    xlsx_height(c->sheet, c->row, xlsx_lines(value, widths[VALUE]), plain.size);
    book_text(c->sheet, c->row++, VALUE, value, book_style(c->x->book, &plain));
}

/* ---- the list of sheets ---- */

static void put_sheets(struct cover *c)
{
    struct xlsx *x = c->x;
    struct book_look look = xlsx_look(x);
    c->row++;
    put_line(c, x->words->contents, heading_look(x, HEADING_SIZE));
    look.line = x->brand->hairline;
    for (size_t i = 0; i < x->sheets.len; i++, c->row++) {
        struct book_look link = look, count = look;
        link.ink = x->brand->primary;
        link.underline = true;
        count.align = BOOK_RIGHT;
        book_link(c->sheet, c->row, LABEL, x->sheets.at[i]->name, x->sheets.at[i]->name, 0, book_style(x->book, &link));
        book_text(c->sheet, c->row, VALUE, x->sheets.at[i]->description, book_style(x->book, &look));
        book_number(c->sheet, c->row, VALUE + 1, x->sheets.at[i]->rows, book_style(x->book, &count));
        xlsx_height(c->sheet, c->row, xlsx_lines(x->sheets.at[i]->description, widths[VALUE]), look.size);
    }
    c->listed = true;
}

/* ---- what else the document says ---- */

static void put_heading(struct cover *c)
{
    const struct doc_node *heading = c->heading;
    c->heading = NULL;
    if (!heading)
        return;
    c->row++;
    put_line(c, xlsx_text(c->x, heading), heading_look(c->x, HEADING_SIZE));
}

static void put_table(struct cover *c, const struct doc_node *table)
{
    struct xlsx *x = c->x;
    struct doc_rows rows = doc_rows(x->rows, table);
    bool facts = table->table->look == TABLE_FACTS;
    c->row++;
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL; c->row++) {
        uint16_t column = LABEL;
        size_t most = 1;
        for (const struct doc_node *cell = row->first; cell; cell = cell->next, column++) {
            struct book_look look = xlsx_look(x);
            look.line = x->brand->hairline;
            look.bold = row->header;
            if (row->header || (facts && column == LABEL))
                look.ink = row->header ? x->brand->primary : x->brand->grey;
            size_t lines = xlsx_cell(x, c->sheet, c->row, column, cell, look, column <= LAST ? widths[column] : LEAST_WIDTH);
            most = lines > most ? lines : most;
        }
        xlsx_height(c->sheet, c->row, most, XLSX_TEXT_SIZE);
    }
}

static void put_blocks(struct cover *c, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next) {
        if (node->type == DOC_HEADING) {
            c->heading = node;
        } else if (xlsx_is_sheet(node)) {
            c->heading = NULL; /* it was the sheet's */
            if (!c->listed)
                put_sheets(c);
        } else if (node->type == DOC_TABLE) {
            put_heading(c);
            put_table(c, node);
        } else if (node->type == DOC_DETAILS) {
            put_blocks(c, node->first);
        } else if (node->first || node->text.len) {
            put_heading(c);
            put_paragraph(c, xlsx_text(c->x, node));
        }
    }
}

/* What did not fit its cell, and how much of it is there. */
static void put_cuts(struct cover *c)
{
    struct xlsx *x = c->x;
    if (!x->cuts.len)
        return;
    c->row++;
    put_line(c, x->words->note, heading_look(x, HEADING_SIZE));
    for (size_t i = 0; i < x->cuts.len; i++) {
        const struct xlsx_cut *cut = &x->cuts.at[i];
        put_paragraph(c, str_print(x->arena, "%.*s, %u, %.*s: %d / %zu", STR_ARG(cut->sheet->name), (unsigned)cut->row + 1, STR_ARG(cut->column), BOOK_TEXT,
                                   cut->units));
    }
}

static void put_title(struct cover *c)
{
    struct xlsx *x = c->x;
    const struct document *doc = x->doc;
    struct book_look grey = xlsx_look(x);
    grey.ink = x->brand->grey;
    put_line(c, doc->organisation, grey);
    put_line(c, doc->title, heading_look(x, TITLE_SIZE));
    put_line(c, doc->subtitle, grey);
    c->row++;
    put_fact(c, x->words->standard, doc->standard);
    put_fact(c, x->words->classification, doc->classification);
    put_fact(c, x->words->prepared_by, x->brand->prepared_by);
}

void xlsx_cover(struct xlsx *x, struct book_sheet *sheet, str name)
{
    struct cover cover = { .x = x, .sheet = sheet, .row = 1 };
    struct book_print print = { 0 };
    for (uint16_t i = 0; i < sizeof widths; i++)
        book_width(sheet, i, widths[i]);
    put_title(&cover);
    put_blocks(&cover, x->doc->body ? x->doc->body->first : NULL);
    if (!cover.listed)
        put_sheets(&cover);
    put_cuts(&cover);
    if (x->brand->disclaimer.len) {
        cover.row++;
        put_paragraph(&cover, x->brand->disclaimer);
    }
    xlsx_running(x, name, &print);
    book_print(sheet, &print);
}
