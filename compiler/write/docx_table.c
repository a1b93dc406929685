/* SPDX-License-Identifier: MIT */
/*
 * Tables. Borders and fonts come from a table style and from paragraph styles; direct formatting is only what means
 * something: the fill of a level, the alignment of numbers. What is the same for every cell of a column is made once,
 * so that a register of 10,000 rows costs little more than copying its text.
 */
#include "write/docx_part.h"
#include "write/xml.h"

/* Kinds of paragraph in a cell: of the body, the same kept with the next row, of the header, the dash of an empty cell. */
enum { BODY, KEPT, HEAD, EMPTY, PARAGRAPHS };

/* One column while its table is written: the XML around a cell's text. */
struct column {
    str  open;       /* <w:tc> to the cell's width */
    str  close;      /* what ends w:tcPr */
    str  paragraph[PARAGRAPHS]; /* <w:p> with its properties, aligned as the column is */
    int  width;
    uint8_t align;
    bool ids;
    size_t word_limit;
    bool bars;
    bool date;       /* of a signature, written by hand or picked */
};

struct table {
    struct docx            *docx;
    const struct doc_node  *node;
    const struct doc_table *shape;
    struct column          *columns;
    size_t                  ncolumns, nrows, headers;
    int                     row_height;
    bool                    keep; /* short: stays on one page */
    bool                    dense; /* a register with many columns: smaller text */
    bool                    pair; /* two matrices side by side, a gap in the middle column */
};

enum { NARROWEST = 400, BAR_STEPS = 25, BAR_LONGEST = 20, MATRIX_PADDING = 50, PAIR_GAP = 340, PAIR_SIDE = 900, SIGNATURE_HEIGHT = 620, SQUARE_LIMIT = 1049, KEEP_ROWS = 8, KEEP_FACTS = 24, KEEP_SIGNATURES = 7, DENSE_COLUMNS = 7, FEW_ROWS = 2 /* at the foot or the head of a page */ };
enum { CELL_TEXT = 18, DENSE_TEXT = 17 };
enum { LINE_HEIGHT = 230, ROW_PADDING = 134, LOW_TABLE = 35 /* percent of the page */ };

static const char *const align_xml[] = { "", "<w:jc w:val=\"center\"/>", "<w:jc w:val=\"right\"/>" };

static const char *style_of(const struct table *t)
{
    switch (t->shape->look) {
    case TABLE_FACTS:  return "TableFacts";
    case TABLE_MATRIX: return "TableMatrix";
    default:           return t->dense ? "TableDense" : "TablePlain";
    }
}

/* --- the caption: its number is a field, and a reference means label and number only --- */

static const struct doc_node *caption_of(const struct doc_node *node)
{
    return node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
}

static void put_label(struct docx *docx, const struct doc_node *caption, str anchor)
{
    block_label(docx, docx->words->table, "Table", (unsigned)++docx->tables, caption->ref.len ? caption->ref : anchor);
    if (caption->first) {
        inline_text(docx, STR("  "), 0);
        inline_children(docx, caption, 0);
    }
}

/* [second] is the right one of a pair, which begins at [tab]; NULL: there is none. */
static void put_caption(struct docx *docx, const struct doc_node *table, const struct doc_node *second, struct docx_place place, int tab)
{
    struct docx_paragraph paragraph = { .style = "Caption", .left = place.indent, .has_indent = place.indent > 0, .tab = second ? tab : 0 };
    block_open(docx, &paragraph);
    put_label(docx, caption_of(table), table->ref);
    if (second) {
        buf_text(docx->out, "<w:r><w:tab/></w:r>");
        put_label(docx, caption_of(second), second->ref);
    }
    block_close(docx);
}

/* --- columns --- */

static const char *body_style(const struct table *t, size_t i)
{
    if (t->shape->look == TABLE_MATRIX)
        return i == 0 || (t->pair && i == (t->ncolumns + 1) / 2) ? "MatrixLabel" : "MatrixText";
    if (t->shape->look == TABLE_FACTS && i == 0)
        return "TableLabel";
    return t->shape->columns[i].id ? t->dense ? "TableIdDense" : "TableId" : t->dense ? "TableTextDense" : "TableText";
}

static const char *style_of_kind(const struct table *t, size_t column, int kind)
{
    switch (kind) {
    case HEAD:  return t->shape->look == TABLE_MATRIX ? "MatrixHead" : t->dense ? "TableHeadDense" : "TableHead";
    case EMPTY: return t->dense ? "TableEmptyDense" : "TableEmpty";
    default:    return body_style(t, column);
    }
}

static str paragraph_xml(struct table *t, size_t column, int kind, int align)
{
    const char *style = style_of_kind(t, column, kind);
    bool keep = kind == KEPT || (kind == HEAD && t->shape->look == TABLE_MATRIX) || (kind == EMPTY && t->keep);
    return str_print(t->docx->passing, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s%s</w:pPr>", style, keep ? "<w:keepNext/>" : "", align_xml[align]);
}

static void prepare_column(struct table *t, size_t i, const struct docx_column *measured)
{
    struct docx *docx = t->docx;
    struct column *column = &t->columns[i];
    bool matrix = t->shape->look == TABLE_MATRIX;
    column->width = measured->width;
    column->word_limit = measured->word_limit;
    column->ids = measured->ids && !t->shape->columns[i].id && measured->line > measured->width;
    column->align = matrix || t->shape->columns[i].align > ALIGN_RIGHT ? (uint8_t)ALIGN_LEFT : t->shape->columns[i].align;
    column->open = str_print(docx->passing, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", column->width);
    column->close = str_print(docx->passing, "%s%s</w:tcPr>", t->shape->columns[i].id ? "<w:noWrap/>" : "",
                              matrix ? "<w:vAlign w:val=\"center\"/>" : t->shape->look == TABLE_SIGNATURE ? "<w:vAlign w:val=\"bottom\"/>" : "");
    for (int kind = 0; kind < PARAGRAPHS; kind++)
        column->paragraph[kind] = paragraph_xml(t, i, kind, column->align);
}

/* What the labels of an axis need on one line. */
static int axis_width(const struct table *t, size_t column)
{
    int width = 0;
    for (const struct doc_node *row = t->node->first; row; row = row->next) {
        const struct doc_node *cell = row->type == DOC_ROW ? row->first : NULL;
        for (size_t i = 0; cell && i < column; i++)
            cell = cell->next;
        if (!cell || row->header)
            continue;
        int need = column_measure(t->docx->body_width, doc_plain(t->docx->arena, cell), 16, true) + 2 * MATRIX_PADDING + 60;
        width = need > width ? need : width;
    }
    return width;
}

/* The side of the squares that [available] leaves beside the axis. */
static int square_side(int available, int axis, size_t squares)
{
    int side = squares ? (available - axis) / (int)squares : 0;
    return side < SQUARE_LIMIT ? side : SQUARE_LIMIT;
}

/* Squares: axes take what their words need, the others share the rest up to a limit. A pair is two matrices with a gap between. */
static void square(struct table *t, int available, struct docx_column *measured)
{
    size_t half = t->pair ? (t->ncolumns - 1) / 2 : t->ncolumns;
    int room = t->pair ? (available - PAIR_GAP) / 2 : available, axis = axis_width(t, 0);
    if (axis > room / 3)
        axis = room / 3;
    int side = square_side(room, axis, half - 1);
    for (size_t i = 0; i < t->ncolumns; i++) {
        bool gap = t->pair && i == half, first = i == 0 || (t->pair && i == half + 1);
        measured[i] = (struct docx_column){ .width = gap ? PAIR_GAP : first ? axis : side, .word_limit = 12 };
    }
    t->row_height = side;
}

/* Column of bars: the cells in it have a bar as their tone. A packed table has none. */
static void find_bars(struct table *t)
{
    for (const struct doc_node *row = t->node->first; row; row = row->next) {
        size_t i = 0;
        if (row->type != DOC_ROW)
            continue;
        for (const struct doc_node *cell = row->first; cell && i < t->ncolumns; cell = cell->next, i++)
            t->columns[i].bars |= cell->tone == FILL_BAR;
    }
}

/* Bars take 45 % of the table, what is text keeps its proportions in the rest. */
static void widen_bars(struct table *t, int available, struct docx_column *measured)
{
    int bars = 0, text = 0;
    for (size_t i = 0; i < t->ncolumns; i++) {
        bars += t->columns[i].bars;
        text += t->columns[i].bars ? 0 : measured[i].width;
    }
    if (!bars || !text)
        return;
    int wide = available * 45 / 100 / bars, others = available - wide * bars;
    for (size_t i = 0; i < t->ncolumns; i++)
        measured[i].width = t->columns[i].bars ? wide : (int)((int64_t)measured[i].width * others / text);
}

/*
 * On a page that lies on its side, what needs no more than an upright page has is set as wide as the text around it: two short
 * columns 25 cm apart are not read as rows.
 */
static int measure_columns(struct table *t, int available, struct docx_column *measured)
{
    int upright = frame_text_width(t->docx, false), need = 0;
    column_widths(t->docx, t->node, available, measured);
    for (size_t i = 0; i < t->ncolumns; i++)
        need += measured[i].line;
    bool narrow = need <= upright || t->shape->look == TABLE_FACTS || t->shape->look == TABLE_BARS;
    if (available <= upright || !narrow || t->shape->look == TABLE_MATRIX)
        return available;
    column_widths(t->docx, t->node, upright, measured);
    return upright;
}

/* A table of few rows stays on one page, unless that leaves too much of the page before empty. */
static bool is_low(const struct table *t, const struct docx_column *measured)
{
    const struct docx *docx = t->docx;
    const struct docx_page *page = &docx->page;
    int room = (docx->landscape ? page->width : page->height) - page->top - page->bottom, height = 0;
    struct doc_rows rows = doc_rows(docx->passing, t->node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;) {
        size_t i = 0;
        int most = 1;
        for (const struct doc_node *cell = row->first; cell && i < t->ncolumns; cell = cell->next, i++) {
            int lines = column_lines(docx->body_width, doc_plain(docx->arena, cell), docx->cell_size, row->header, measured[i].width - 2 * docx->cell_padding);
            most = lines > most ? lines : most;
        }
        height += most * LINE_HEIGHT + ROW_PADDING;
    }
    return height < room * LOW_TABLE / 100;
}

/* Where people sign, the column headed "Date" takes one. */
static void find_dates(struct table *t)
{
    struct doc_rows rows = doc_rows(t->docx->passing, t->node);
    const struct doc_node *row = doc_next_row(&rows);
    size_t i = 0;
    if (row && row->header && t->shape->look == TABLE_SIGNATURE)
        for (const struct doc_node *cell = row->first; cell && i < t->ncolumns; cell = cell->next)
            t->columns[i++].date = str_eq(doc_plain(t->docx->arena, cell), t->docx->words->date);
    doc_rows_end(&rows);
}

static void prepare_columns(struct table *t, int available)
{
    struct arena *arena = t->docx->passing;
    struct docx_column *measured = NEWS(arena, struct docx_column, t->ncolumns);
    t->columns = NEWS(arena, struct column, t->ncolumns);
    find_bars(t);
    find_dates(t);
    available = measure_columns(t, available, measured);
    if (t->shape->look == TABLE_MATRIX)
        square(t, available, measured);
    else
        widen_bars(t, available, measured);
    t->keep = t->keep && (t->shape->look != TABLE_PLAIN || is_low(t, measured));
    for (size_t i = 0; i < t->ncolumns; i++)
        prepare_column(t, i, &measured[i]);
}

/* --- cells --- */

static void put_shade(struct docx *docx, str fill)
{
    if (!fill.len)
        return;
    buf_put(docx->out, STR("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\""));
    buf_put(docx->out, fill);
    buf_put(docx->out, STR("\"/>"));
}

/* Blocks in a cell; a cell must end with a paragraph (ECMA-376 part 1, 17.4.65), or Word calls the file damaged. */
static void put_blocks(struct table *t, const struct doc_node *cell, const char *style, uint8_t align, int width, bool keep)
{
    struct docx *docx = t->docx;
    int outside = docx->flow_width;
    size_t before = docx->handed_on + docx->out->len;
    docx->flow_width = width > 2 * docx->cell_padding + NARROWEST ? width - 2 * docx->cell_padding : NARROWEST;
    docx->after_table = false;
    docx->room = 0;
    block_children(docx, cell, (struct docx_place){ .style = style, .align = align, .compact = true, .keep = keep });
    if (docx->handed_on + docx->out->len == before || docx->after_table) {
        block_open(docx, &(struct docx_paragraph){ .style = docx->after_table ? "SectionEnd" : style });
        block_close(docx);
    }
    docx->flow_width = outside;
}

/* An anchor is no text. */
static bool is_empty(const struct doc_node *cell)
{
    for (const struct doc_node *child = cell->first; child; child = child->next)
        if (child->type != DOC_ANCHOR && (child->type != DOC_TEXT || child->text.len))
            return false;
    return true;
}

/* A dark fill of the method's own needs light text, which then every run has to say. */
static unsigned format_on(const struct table *t, str fill)
{
    if (!fill.len)
        return 0;
    str text = look_text_on(t->docx, fill);
    return !text.len ? FORMAT_FILLED : str_eq(text, STR("FFFFFF")) ? FORMAT_WHITE : FORMAT_BLACK;
}

static int align_of(const struct table *t, const struct doc_node *cell, const struct column *column)
{
    bool own = cell->align && cell->align <= ALIGN_RIGHT && t->shape->look != TABLE_MATRIX;
    return own ? cell->align : column->align;
}

static void put_inlines(struct table *t, const struct doc_node *row, const struct doc_node *cell, const struct column *column, bool keep, unsigned format)
{
    struct docx *docx = t->docx;
    bool dash = t->shape->look == TABLE_PLAIN && !row->header && is_empty(cell);
    int kind = row->header ? HEAD : dash ? EMPTY : keep ? KEPT : BODY, align = align_of(t, cell, column);
    if (cell->nowrap && column->word_limit)
        format |= FORMAT_NOWRAP; /* only where the column is too narrow: who searches for an id types an ordinary hyphen */
    buf_put(docx->out, align == column->align ? column->paragraph[kind] : paragraph_xml(t, (size_t)(column - t->columns), kind, align));
    if (docx->pending.len)
        block_pending(docx);
    docx->line_width = column->width - 2 * docx->cell_padding;
    if (column->ids)
        pen_start(docx, column->width - 2 * docx->cell_padding);
    if (column->date && !row->header)
        value_date(docx, doc_plain(docx->arena, cell));
    else
        inline_children(docx, cell, format);
    docx->pen_width = 0;
    if (dash)
        buf_put(docx->out, STR("<w:r><w:t>\xE2\x80\x93</w:t></w:r>"));
    buf_put(docx->out, STR("</w:p>"));
}

static void put_cell(struct table *t, const struct doc_node *row, const struct doc_node *cell, const struct column *column, bool keep)
{
    struct docx *docx = t->docx;
    str fill = cell->tone ? look_fill(docx, cell) : (str){ 0 };
    buf_put(docx->out, column->open);
    put_shade(docx, fill);
    buf_put(docx->out, column->close);
    docx->word_limit = column->word_limit;
    if (cell->blocks)
        put_blocks(t, cell, row->header ? "TableHead" : body_style(t, (size_t)(column - t->columns)), (uint8_t)align_of(t, cell, column), column->width, keep);
    else
        put_inlines(t, row, cell, column, keep, format_on(t, fill));
    buf_put(docx->out, STR("</w:tc>"));
}

/*
 * One piece of a bar column: [steps] of its parts. The bar is the ground of an empty paragraph, so that the cell's
 * padding keeps it off the lines between rows; the figure stands to the right of it.
 */
static void put_bar_piece(struct table *t, int width, int steps, const struct doc_node *text)
{
    struct docx *docx = t->docx;
    buf_print(docx->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/><w:gridSpan w:val=\"%d\"/>", width * steps / BAR_STEPS, steps);
    if (text)
        buf_text(docx->out, "</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr>");
    else
        look_put(docx, docx->out, "<w:tcMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tcMar></w:tcPr>"
                 "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/><w:shd w:val=\"clear\" w:color=\"auto\" {f:accent}/></w:pPr>");
    if (text)
        inline_children(docx, text, 0);
    buf_text(docx->out, "</w:p></w:tc>");
}

static void put_bar(struct table *t, const struct doc_node *row, const struct doc_node *cell, const struct column *column)
{
    struct docx *docx = t->docx;
    int percent = cell->number < 100 ? (int)cell->number : 100, steps = (percent * BAR_LONGEST + 50) / 100;
    if (row->header || cell->tone != FILL_BAR) {
        buf_print(docx->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/><w:gridSpan w:val=\"%d\"/></w:tcPr>", column->width, BAR_STEPS);
        put_inlines(t, row, cell, column, true, 0);
        buf_text(docx->out, "</w:tc>");
        return;
    }
    if (percent > 0 && steps == 0)
        steps = 1;
    if (steps)
        put_bar_piece(t, column->width, steps, NULL);
    put_bar_piece(t, column->width, BAR_STEPS - steps, cell);
}

/* --- rows --- */

static void put_row(struct table *t, const struct doc_node *row, size_t index)
{
    struct docx *docx = t->docx;
    bool first = t->headers == 0 && index == 0 && t->nrows > 1 && t->keep; /* readers look for a row that names the others; here it never repeats */
    bool head = index < t->headers || first;
    bool keep = index + 1 < t->nrows && (t->keep || index < t->headers + FEW_ROWS || index + FEW_ROWS + 1 > t->nrows);
    int height = row->header ? 0 : t->row_height;
    buf_put(docx->out, STR("<w:tr><w:trPr><w:cantSplit/>"));
    if (height)
        buf_print(docx->out, "<w:trHeight w:val=\"%d\" w:hRule=\"atLeast\"/>", height);
    buf_put(docx->out, head ? STR("<w:tblHeader/></w:trPr>") : STR("</w:trPr>"));
    if (row->ref.len)
        block_anchor(docx, row->ref);
    size_t i = 0;
    for (const struct doc_node *cell = row->first; cell && i < t->ncolumns; cell = cell->next, i++)
        if (t->columns[i].bars)
            put_bar(t, row, cell, &t->columns[i]);
        else
            put_cell(t, row, cell, &t->columns[i], keep);
    const struct doc_node blank = { .type = DOC_CELL };
    for (; i < t->ncolumns; i++)
        if (t->columns[i].bars)
            put_bar(t, row, &blank, &t->columns[i]);
        else
            put_cell(t, row, &blank, &t->columns[i], keep);
    buf_put(docx->out, STR("</w:tr>"));
}

static void put_grid(struct table *t)
{
    struct buf *out = t->docx->out;
    buf_text(out, "<w:tblGrid>");
    for (size_t i = 0; i < t->ncolumns; i++)
        if (!t->columns[i].bars)
            buf_print(out, "<w:gridCol w:w=\"%d\"/>", t->columns[i].width);
        else
            for (int step = 0; step < BAR_STEPS; step++)
                buf_print(out, "<w:gridCol w:w=\"%d\"/>", t->columns[i].width / BAR_STEPS);
    buf_text(out, "</w:tblGrid>");
}

static void put_properties(struct table *t, struct docx_place place, const struct doc_node *caption)
{
    struct docx *docx = t->docx;
    struct buf *out = docx->out;
    int width = 0;
    bool labels = t->ncolumns && (t->shape->columns[0].id || t->shape->look != TABLE_PLAIN);
    bool banded = docx->brand->banding && t->shape->look == TABLE_PLAIN;
    for (size_t i = 0; i < t->ncolumns; i++)
        width += t->columns[i].width;
    buf_print(out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/>%s<w:tblW w:w=\"%d\" w:type=\"dxa\"/>", style_of(t), docx->rtl ? "<w:bidiVisual/>" : "", width);
    if (place.indent)
        buf_print(out, "<w:tblInd w:w=\"%d\" w:type=\"dxa\"/>", place.indent);
    buf_print(out, "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"%04X\" w:firstRow=\"%d\" w:lastRow=\"0\" w:firstColumn=\"%d\" w:lastColumn=\"0\" w:noHBand=\"%d\" w:noVBand=\"1\"/>",
              (banded ? 0x0400u : 0x0600u) | (t->headers ? 0x20u : 0u) | (labels ? 0x80u : 0u), t->headers > 0, labels, !banded);
    str title = caption ? doc_plain(docx->arena, caption) : docx->heading;
    if (title.len) {
        buf_text(out, "<w:tblCaption w:val=\"");
        xml_attribute(out, title);
        buf_text(out, "\"/>");
    }
    if (t->shape->description.len) {
        buf_text(out, "<w:tblDescription w:val=\"");
        xml_attribute(out, t->shape->description);
        buf_text(out, "\"/>");
    }
    buf_text(out, "</w:tblPr>");
}

static void count_rows(struct table *t)
{
    struct doc_rows rows = doc_rows(t->docx->passing, t->node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL && row->header;)
        t->headers++;
    doc_rows_end(&rows);
    t->nrows = doc_count_rows(t->node);
    bool figure = t->shape->look == TABLE_MATRIX || t->shape->look == TABLE_BARS || t->shape->look == TABLE_FACTS;
    t->keep = t->nrows <= (figure ? KEEP_FACTS : t->shape->look == TABLE_SIGNATURE ? KEEP_SIGNATURES : KEEP_ROWS);
}

/* Two tables with nothing between would become one; and a list or a page break before leaves its room or its page to a paragraph. */
static void part(struct docx *docx)
{
    block_open(docx, &(struct docx_paragraph){ .style = "TableGap" });
    block_close(docx);
}

/* --- two matrices side by side: before and after --- */

static const struct doc_node *next_matrix(const struct doc_node *node)
{
    const struct doc_node *next = node->next;
    bool fits = next && next->type == DOC_TABLE && node->table && next->table && node->table->look == TABLE_MATRIX && next->table->look == TABLE_MATRIX
        && node->table->ncolumns == next->table->ncolumns && node->table->ncolumns > 1;
    return fits ? next : NULL;
}

static struct doc_node *copy_cells(struct docx *docx, struct doc_node *row, const struct doc_node *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct doc_node *cell = doc_new(docx->arena, DOC_CELL);
        if (from) {
            *cell = *from;
            cell->next = NULL;
            from = from->next;
        }
        doc_add(row, cell);
    }
    return row;
}

static const struct doc_node *first_row(const struct doc_node *node)
{
    while (node && node->type != DOC_ROW)
        node = node->next;
    return node;
}

/* One table with the rows of both and an empty column between. */
static struct doc_node *join(struct docx *docx, const struct doc_node *left, const struct doc_node *right)
{
    size_t half = left->table->ncolumns;
    struct doc_node *both = doc_new(docx->arena, DOC_TABLE);
    both->table = NEW(docx->arena, struct doc_table);
    *both->table = *left->table;
    both->table->ncolumns = (uint16_t)(2 * half + 1);
    both->table->columns = NEWS(docx->arena, struct doc_column, 2 * half + 1);
    const struct doc_node *a = first_row(left->first), *b = first_row(right->first);
    for (; a || b; a = first_row(a ? a->next : NULL), b = first_row(b ? b->next : NULL)) {
        struct doc_node *row = doc_add(both, doc_new(docx->arena, DOC_ROW));
        row->header = a ? a->header : b->header;
        copy_cells(docx, row, a ? a->first : NULL, half);
        copy_cells(docx, row, NULL, 1);
        copy_cells(docx, row, b ? b->first : NULL, half);
    }
    return both;
}

static void write_rows(struct table *t, struct docx_place place, const struct doc_node *caption)
{
    struct docx *docx = t->docx;
    size_t outside = docx->word_limit, index = 0;
    int size = docx->cell_size, padding = docx->cell_padding;
    struct arena_mark mark = arena_mark(docx->passing);
    if (t->shape->look == TABLE_SIGNATURE)
        t->row_height = SIGNATURE_HEIGHT;
    t->dense = t->shape->look == TABLE_PLAIN && docx->landscape && t->ncolumns >= DENSE_COLUMNS;
    docx->cell_size = t->dense ? DENSE_TEXT : CELL_TEXT;
    docx->cell_padding = t->dense ? DENSE_PADDING : CELL_PADDING;
    prepare_columns(t, docx->flow_width - place.indent);
    put_properties(t, place, caption);
    put_grid(t);
    struct doc_rows rows = doc_rows(docx->passing, t->node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL; docx_drain(docx))
        put_row(t, row, index++);
    buf_text(docx->out, "</w:tbl>");
    arena_release(docx->passing, mark);
    docx->word_limit = outside;
    docx->cell_size = size;
    docx->cell_padding = padding;
    docx->in_content = docx->after_table = true;
    docx->room = 220;
}

const struct doc_node *table_write(struct docx *docx, const struct doc_node *node, struct docx_place place)
{
    const struct doc_node *next = next_matrix(node), *caption = caption_of(node);
    struct table t = { .docx = docx, .node = node, .shape = node->table, .ncolumns = node->table ? node->table->ncolumns : 0 };
    int room = (docx->flow_width - place.indent - PAIR_GAP) / 2;
    if (next && (room - axis_width(&t, 0)) / (int)(t.ncolumns - 1) >= PAIR_SIDE) {
        t.node = join(docx, node, next);
        t.shape = t.node->table;
        t.ncolumns = t.shape->ncolumns;
        t.pair = true;
    }
    if (t.ncolumns)
        count_rows(&t);
    if (!t.nrows)
        return node->next;
    if (caption)
        put_caption(docx, node, t.pair && caption_of(next) ? next : NULL, place, room + PAIR_GAP);
    else if (docx->after_table || docx->room || docx->new_page)
        part(docx);
    block_anchor(docx, node->ref);
    if (t.pair)
        block_anchor(docx, next->ref);
    write_rows(&t, place, caption);
    return t.pair ? next->next : node->next;
}
