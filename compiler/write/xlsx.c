/* SPDX-License-Identifier: MIT */
#include "write/xlsx.h"

#include "base/date.h"
#include "write/level.h"
#include "write/xlsx_part.h"

#define DASH STR("\xE2\x80\x93")
#define CUT STR(" [\xE2\x80\xA6]")

/* ---- one cell ---- */

struct book_look xlsx_look(const struct xlsx *x)
{
    return (struct book_look){ .font = x->brand->body_font, .ink = x->brand->ink, .size = XLSX_TEXT_SIZE, .wrap = true };
}

/* Units of UTF-16; the text up to the [most]-th of them. */
static size_t units_of(str text, size_t most, size_t *end)
{
    size_t units = 0;
    *end = text.len;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        units += utf8_next(text, &at) > 0xFFFF ? 2 : 1;
        if (units > most && *end == text.len)
            *end = from;
    }
    return units;
}

/* What fits, and a mark where something is missing; the first sheet will say how much. */
static str fitting(struct xlsx *x, const struct xlsx_sheet *in, uint32_t row, str column, str text)
{
    size_t end, units = text.len > BOOK_TEXT ? units_of(text, BOOK_TEXT - CUT.len, &end) : 0;
    if (units <= BOOK_TEXT)
        return text;
    struct xlsx_cut cut = { in, row, column, units };
    LIST_PUSH(x->arena, &x->cuts, cut);
    return str_join2(x->passing, str_cut(text, 0, end), CUT);
}

/* The ground that says what a level or state says. */
static void tint(struct xlsx *x, const struct doc_node *node, struct book_look *look)
{
    str fill = fill_of_node(x->arena, x->doc, x->levels, node);
    if (!fill.len || node->tone == FILL_BAR)
        return;
    str ink = ink_on_fill(x->brand, fill);
    look->fill = fill;
    look->ink = ink.len ? ink : x->brand->ink;
}

static bool is_day(const struct doc_node *node)
{
    static const int32_t first = -25508; /* 1 March 1900: before it, Excel counts a day that never was */
    return node->datum == DATUM_DATE && (int32_t)node->number >= first;
}

static const struct xlsx_place *place_of(const struct xlsx *x, const struct doc_node *node)
{
    return node->type == DOC_LINK && node->ref.len > 1 && node->ref.at[0] == '#' ? map_get(&x->places, str_cut(node->ref, 1, node->ref.len)) : NULL;
}

/* What only says that there is nothing: an empty cell says it better to a filter. */
static bool is_nothing(const struct doc_node *only) { return only && only->type == DOC_TEXT && str_eq(only->text, DASH); }

static str put_cell(struct xlsx *x, struct book_sheet *sheet, uint32_t row, uint16_t column, const struct doc_node *cell, struct book_look look,
                    const struct xlsx_sheet *in)
{
    const struct doc_node *only = xlsx_only(cell);
    const struct xlsx_place *place = only ? place_of(x, only) : NULL;
    double number;
    if (cell->tone || (only && only->type == DOC_BADGE))
        tint(x, cell->tone ? cell : only, &look);
    look.date = only && is_day(only);
    if (place) {
        look.underline = true;
        look.ink = x->brand->primary;
    }
    const struct book_style *style = book_style(x->book, &look);
    str text = is_nothing(only) ? (str){ 0 } : xlsx_text(x, cell);
    if (look.date)
        book_date(sheet, row, column, (int32_t)only->number, style);
    else if (only && only->datum == DATUM_NUMBER && str_to_double(only->ref, &number))
        book_number(sheet, row, column, number, style);
    else if (place)
        book_link(sheet, row, column, text, place->sheet->name, place->row, style);
    else
        book_text(sheet, row, column, in ? fitting(x, in, row, in->columns.at[column].head, text) : text, style);
    return text;
}

size_t xlsx_cell(struct xlsx *x, struct book_sheet *sheet, uint32_t row, uint16_t column, const struct doc_node *cell, struct book_look look, size_t width)
{
    return xlsx_lines(put_cell(x, sheet, row, column, cell, look, NULL), width);
}

void xlsx_height(struct book_sheet *sheet, uint32_t row, size_t lines, unsigned size)
{
    static const double highest = 409; /* points; Excel has no higher row */
    double height = (double)lines * size * 1.27 + 3;
    book_height(sheet, row, height < highest ? height : highest);
}

/* ---- how it prints ---- */

/* "&" begins a code; a figure behind the size of the font would belong to it. */
static void put_running(struct xlsx *x, struct buf *out, const char *place, str text)
{
    buf_print(out, "%s&\"%.*s,Regular\"&8 ", place, STR_ARG(x->brand->body_font));
    for (size_t i = 0; i < text.len; i++) {
        buf_char(out, text.at[i]);
        if (text.at[i] == '&')
            buf_char(out, '&');
    }
}

/* Long names would leave no room for the rest of the line, which may have 255 characters. */
static str shortened(str text)
{
    enum { MOST = 60 };
    size_t at = 0;
    for (size_t n = 0; n < MOST && at < text.len; n++)
        utf8_next(text, &at);
    return str_cut(text, 0, at);
}

void xlsx_running(struct xlsx *x, str sheet, struct book_print *print)
{
    const struct document *doc = x->doc;
    struct buf *out = buf_new(x->arena);
    put_running(x, out, "&L", shortened(doc->organisation));
    put_running(x, out, "&R", str_print(x->arena, "%.*s \xC2\xB7 %.*s", STR_ARG(shortened(doc->title)), STR_ARG(sheet)));
    print->header = str_copy(x->arena, buf_str(out));
    buf_clear(out);
    put_running(x, out, "&L", doc_is_given(doc->classification) ? shortened(doc->classification) : (str){ 0 });
    put_running(x, out, "&R", str_print(x->arena, "%.*s ", STR_ARG(x->words->page)));
    buf_text(out, "&P");
    buf_print(out, " %.*s &N", STR_ARG(x->words->of));
    print->footer = str_copy(x->arena, buf_str(out));
    buf_free(out);
    print->letter = x->brand->width == LETTER_WIDTH;
}

/* ---- one sheet ---- */

static struct book_look head_look(const struct xlsx *x)
{
    struct book_look look = xlsx_look(x);
    look.font = x->brand->heading_font;
    look.bold = true;
    look.line = look.ink = x->brand->primary;
    if (x->brand->table_head == TABLE_HEAD_FILLED)
        look.fill = x->brand->primary;
    else if (x->brand->table_head == TABLE_HEAD_TINT)
        look.fill = x->brand->tint;
    str ink = look.fill.len ? ink_on_fill(x->brand, look.fill) : (str){ 0 };
    if (ink.len)
        look.ink = ink;
    return look;
}

static struct book_look column_look(const struct xlsx *x, const struct xlsx_column *column)
{
    struct book_look look = xlsx_look(x);
    look.line = x->brand->hairline;
    look.align = column->align == ALIGN_CENTRE ? BOOK_CENTRE : column->align == ALIGN_RIGHT ? BOOK_RIGHT : BOOK_LEFT;
    look.bold = column->id;
    look.wrap = !column->nowrap;
    return look;
}

static void put_row(struct xlsx *x, const struct xlsx_sheet *sheet, const struct xlsx_table *table, uint32_t at, const struct doc_node *row)
{
    uint16_t n = 0;
    size_t most = 1;
    for (const struct doc_node *cell = row->first; cell && n < table->node->table->ncolumns; cell = cell->next, n++) {
        const struct xlsx_column *column = &sheet->columns.at[table->columns[n]];
        str text = put_cell(x, sheet->out, at, table->columns[n], cell, column_look(x, column), sheet);
        size_t lines = column->nowrap ? 1 : xlsx_lines(text, column->width);
        most = lines > most ? lines : most;
    }
    xlsx_height(sheet->out, at, most, XLSX_TEXT_SIZE);
}

/* Where another table of the sheet has a column that this one has not, the line below the row goes on. */
static void fill_row(struct xlsx *x, const struct xlsx_sheet *sheet, uint32_t at)
{
    for (uint16_t i = 0; sheet->tables.len > 1 && i < sheet->columns.len; i++) {
        struct book_look look = column_look(x, &sheet->columns.at[i]);
        book_text(sheet->out, at, i, (str){ 0 }, book_style(x->book, &look));
    }
}

static void put_rows(struct xlsx *x, const struct xlsx_sheet *sheet)
{
    uint32_t at = 0;
    for (size_t i = 0; i < sheet->tables.len; i++) {
        struct doc_rows rows = doc_rows(x->rows, sheet->tables.at[i].node);
        for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL; arena_close(x->passing))
            if (!row->header) {
                fill_row(x, sheet, ++at);
                put_row(x, sheet, &sheet->tables.at[i], at, row);
            }
    }
}

/* The columns up to the id stay in view, and what it is called if that leaves room for the others. */
static uint16_t frozen_columns(const struct xlsx_sheet *sheet)
{
    enum { MOST = 45 };
    for (uint16_t i = 0, width = 0; i < sheet->columns.len; i++) {
        width = (uint16_t)(width + sheet->columns.at[i].width);
        if (sheet->columns.at[i].id)
            return (uint16_t)(i + 1u + (i + 1u < sheet->columns.len && width + sheet->columns.at[i + 1].width <= MOST));
    }
    return 0;
}

static void put_sheet(struct xlsx *x, const struct xlsx_sheet *sheet)
{
    struct book_look head = head_look(x);
    struct book_print print = { .titles = true, .landscape = true };
    uint16_t ncolumns = (uint16_t)sheet->columns.len;
    str *heads = NEWS(x->arena, str, ncolumns);
    size_t lines = 1;
    for (uint16_t i = 0; i < ncolumns; i++) {
        heads[i] = sheet->columns.at[i].head;
        book_width(sheet->out, i, sheet->columns.at[i].width);
        size_t own = xlsx_lines(heads[i], sheet->columns.at[i].width - 2u);
        lines = own > lines ? own : lines;
    }
    book_table(sheet->out, sheet->table, sheet->rows ? sheet->rows : 1, ncolumns, heads, book_style(x->book, &head));
    xlsx_height(sheet->out, 0, lines, XLSX_TEXT_SIZE);
    put_rows(x, sheet);
    book_freeze(sheet->out, 1, frozen_columns(sheet));
    xlsx_running(x, sheet->name, &print);
    book_print(sheet->out, &print);
}

/* ---- the workbook ---- */

/* The library does not survive an allocation that fails half-way, so what it will need is asked for once, and given back, before it begins. */
static void ask_for_memory(struct xlsx *x)
{
    enum { CELL = 400, REST = 32 << 20 }; /* bytes; a cell with its text, its style and its place among all texts */
    struct buf *probe = buf_new(x->arena);
    size_t cells = 0;
    for (size_t i = 0; i < x->sheets.len; i++)
        cells += (size_t)x->sheets.at[i]->rows * x->sheets.at[i]->columns.len;
    buf_reserve(probe, cells * CELL + REST);
    buf_free(probe);
}

static const char *write_book(struct xlsx *x, struct buf *out)
{
    const struct document *doc = x->doc;
    const struct book_facts facts = { .title = doc->title, .subject = doc->subtitle, .author = doc->author, .organisation = doc->organisation,
                                      .keywords = doc->keywords, .comments = doc->description, .day = doc->modified,
                                      .classification = doc_is_given(doc->classification) ? doc->classification : (str){ 0 } };
    ask_for_memory(x);
    const char *why = book_open(x->arena, &facts, &x->book);
    bool rtl = doc_is_rtl(doc->language);
    if (why)
        return why;
    struct book_sheet *first = book_sheet(x->book, x->words->contents, rtl);
    for (size_t i = 0; i < x->sheets.len; i++)
        x->sheets.at[i]->out = book_sheet(x->book, x->sheets.at[i]->name, rtl);
    for (size_t i = 0; i < x->sheets.len; i++)
        put_sheet(x, x->sheets.at[i]);
    xlsx_cover(x, first, x->words->contents);
    return book_close(x->book, out);
}

const char *xlsx_write(struct arena *arena, const struct document *doc, struct buf *out)
{
    struct xlsx x = { .arena = arena, .rows = arena_new(arena), .passing = arena_new(arena), .doc = doc, .brand = doc->brand,
                      .words = doc->words ? doc->words : doc_words_english(), .levels = level_fills(arena, doc), .text = buf_new(arena),
                      .outline = outline_make(arena, doc) };
    xlsx_plan(&x);
    return x.problem ? x.problem : write_book(&x, out);
}
