/* SPDX-License-Identifier: MIT */
/*
 * Pipe tables, as GitHub has them: a paragraph in which a row of dashes follows a line with as many cells.
 * Cells are cut out of the source, not out of parsed inlines, so that emphasis never crosses from one to
 * another; a cell without any mark is text at once, the others are parsed together later. Inside [[id|text]]
 * a pipe does not cut.
 */
#include "base/limits.h"
#include "parse/markdown_part.h"

/* Cells of one line, cut off one by one. */
struct cells {
    str    line;
    size_t at;
    bool   more, plain; /* whether another one comes, and whether the last one was text without any mark */
};

/* Bytes that mean something to an inline parser, and those that decide where a cell ends. */
enum { MARK = 1, END = 2 };
static const uint8_t marks[256] = {
    ['\\'] = MARK | END, ['['] = MARK | END, [']'] = MARK | END, ['|'] = END,
    ['`'] = MARK, ['*'] = MARK, ['_'] = MARK, ['<'] = MARK, ['&'] = MARK, ['~'] = MARK,
};

/* The line between its outer pipes. */
static struct cells cells_of(str line)
{
    line = str_trim(line);
    bool opened = line.len > 0 && line.at[0] == '|';
    if (opened)
        line = str_cut(line, 1, line.len);
    size_t n = line.len;
    if (n > 0 && line.at[n - 1] == '|' && (n < 2 || line.at[n - 2] != '\\'))
        line.len--;
    return (struct cells){ line, 0, true, true };
}

/* Whether "[[" at [at] begins a link to a record, which ends soon. */
static bool is_link(str line, size_t at)
{
    size_t most = at + 200 < line.len ? at + 200 : line.len;
    return str_starts(str_cut(line, at, line.len), STR("[[")) && str_search(str_cut(line, 0, most), STR("]]"), at) != SIZE_MAX;
}

/* Where the cell that begins at [at] ends: at a pipe that is neither escaped nor inside [[ ]]. */
static size_t cell_end(str line, size_t at, bool *plain)
{
    bool    link = false;
    uint8_t seen = 0;
    for (; at < line.len; at++) {
        char    c = line.at[at];
        uint8_t mark = marks[(uint8_t)c];
        seen |= mark;
        if (!(mark & END))
            continue;
        if (c == '\\')
            at++;
        else if (c == '|' && !link)
            break;
        else if (c == '[' && !link)
            link = is_link(line, at);
        else if (c == ']')
            link = false;
    }
    *plain = !(seen & MARK);
    return at < line.len ? at : line.len;
}

static bool next_cell(struct cells *cells, str *cell)
{
    if (!cells->more)
        return false;
    size_t end = cell_end(cells->line, cells->at, &cells->plain);
    *cell = str_trim(str_cut(cells->line, cells->at, end));
    cells->more = end < cells->line.len;
    cells->at = end + 1;
    return true;
}

size_t markdown_cells(str line)
{
    struct cells cells = cells_of(line);
    str    cell;
    size_t n = 0;
    while (n <= LIMIT_TABLE_COLUMNS && next_cell(&cells, &cell))
        n++;
    return n;
}

/* ":--", "---", ":-:" */
static bool is_dashes(str cell, size_t *dashes)
{
    size_t i = cell.len && cell.at[0] == ':', run = 0;
    while (i < cell.len && cell.at[i] == '-')
        i++, run++;
    i += i < cell.len && cell.at[i] == ':';
    *dashes = run;
    return run > 0 && i == cell.len;
}

static enum md_align align_of(str cell)
{
    bool left = cell.at[0] == ':', right = cell.at[cell.len - 1] == ':';
    return right ? (left ? MD_CENTRE : MD_RIGHT) : MD_LEFT;
}

/* A row of dashes: the number of its cells, 0 for any other line. "- | -" is a list to CommonMark, so it needs an outer pipe. */
static size_t delimiter_cells(str line, uint8_t *align)
{
    line = str_trim(line);
    if (line.len == 0 || !strchr("|:-", line.at[0]) || str_find(line, '|', 0) == line.len)
        return 0;
    struct cells cells = cells_of(line);
    str    cell;
    size_t n = 0, dashes;
    while (next_cell(&cells, &cell)) {
        if (!is_dashes(cell, &dashes) || (dashes < 3 && line.at[0] == '-'))
            return 0;
        if (n < LIMIT_TABLE_COLUMNS)
            align[n] = (uint8_t)align_of(cell);
        n++;
    }
    return n;
}

struct table {
    struct md_parse *parse;
    struct md_node  *node;
    const struct md_fed *fed;
    size_t           first;  /* the paragraph's first line, whose text begins at byte [begin] of the text parsed */
    uint32_t         begin;
    unsigned         quotes; /* block quotes around it */
    uint8_t          align[LIMIT_TABLE_COLUMNS];
    uint32_t         columns;
    size_t           filled; /* cells invented for short rows */
};

/* Line [n] without what list and quote marks stand in front. */
static str table_line(const struct table *table, size_t n)
{
    str line = md_line_at(table->fed, n);
    if (n != table->first)
        return str_trim(md_strip(line, table->quotes));
    size_t skip = table->begin - table->fed->lines.at[n].source;
    return str_trim(str_cut(line, skip < line.len ? skip : line.len, line.len));
}

/* Where a line's text stands in the text parsed. */
static uint32_t source_of_line(const struct table *table, str line)
{
    uint32_t fed = (uint32_t)(line.at - table->fed->bytes.at);
    size_t   low = 0, high = table->fed->lines.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (table->fed->lines.at[middle].fed <= fed)
            low = middle;
        else
            high = middle;
    }
    return table->fed->lines.at[low].source + fed - table->fed->lines.at[low].fed;
}

/* "\|" is how a pipe gets into a cell. */
static str without_escaped_pipes(struct arena *arena, str s)
{
    if (str_search(s, STR("\\|"), 0) == SIZE_MAX)
        return s;
    char  *at = arena_alloc(arena, s.len, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\\' && i + 1 < s.len && s.at[i + 1] == '|')
            i++;
        at[n++] = s.at[i];
    }
    return (str){ at, n };
}

static void add_cell(struct table *table, struct md_node *row, uint32_t n, uint32_t begin, str text, bool plain)
{
    struct md_parse *parse = table->parse;
    struct md_node  *cell = md_add(row, md_new(parse, MD_CELL, begin, begin + (uint32_t)text.len));
    cell->align = table->align[n];
    if (plain) {
        cell->text = md_keep(parse, table->fed, text);
        return;
    }
    struct md_pending pending = { cell, without_escaped_pipes(parse->scratch, text), false, parse->depth };
    LIST_PUSH(parse->scratch, &parse->pending, pending);
}

/* Cells beyond the header's have no column: say so, and leave their words in the last one that has. */
static str too_long(struct table *table, const struct md_node *row, str last, str line)
{
    struct md_parse *parse = table->parse;
    finding_add(parse->findings, LANG_MARKDOWN_ROW_LONG, md_span(parse->text, row->begin, row->end),
                "the row has %zu cells but the table has %u columns", markdown_cells(line), (unsigned)table->columns);
    str rest = { last.at, (size_t)(line.at + line.len - last.at) };
    rest = str_trim(rest);
    if (rest.len && rest.at[rest.len - 1] == '|')
        rest.len--;
    return str_trim(rest);
}

/* Adds the cells that [row] lacks; false when so many were missing that somebody means harm. */
static bool fill_row(struct table *table, struct md_node *row, uint32_t n)
{
    table->filled += table->columns - n;
    for (; n < table->columns; n++)
        add_cell(table, row, n, row->end, (str){ "", 0 }, true);
    if (table->filled <= LIMIT_TABLE_FILL)
        return true;
    finding_add(table->parse->findings, LANG_MARKDOWN_TABLE_FILL, md_span(table->parse->text, row->begin, row->end),
                "more than %d cells are missing in this table; its rows end here", LIMIT_TABLE_FILL);
    return false;
}

static bool add_row(struct table *table, str line, bool header)
{
    struct md_parse *parse = table->parse;
    uint32_t         begin = source_of_line(table, line);
    struct md_node  *row = md_add(table->node, md_new(parse, MD_ROW, begin, begin + (uint32_t)line.len));
    struct cells     cells = cells_of(line);
    uint32_t         n = 0;
    str              cell;

    row->header = header;
    while (n < table->columns && next_cell(&cells, &cell)) {
        if (n + 1 == table->columns && cells.more)
            cell = too_long(table, row, cell, line), cells.plain = false;
        add_cell(table, row, n++, begin + (uint32_t)(cell.at - line.at), cell, cells.plain);
    }
    return fill_row(table, row, n);
}

/* Finds the line after which a row of dashes stands, with as many cells. */
static bool find_header(struct table *table, size_t last, size_t *header)
{
    for (size_t n = table->first; n < last; n++) {
        size_t columns = delimiter_cells(table_line(table, n + 1), table->align);
        str    line = table_line(table, n);
        if (columns == 0 || (columns <= LIMIT_TABLE_COLUMNS && markdown_cells(line) != columns))
            continue;
        if (columns > LIMIT_TABLE_COLUMNS) {
            uint32_t at = source_of_line(table, line);
            finding_add(table->parse->findings, LANG_MARKDOWN_TABLE_WIDE, md_span(table->parse->text, at, at + 1),
                        "a table of %zu columns; %d is the most", columns, LIMIT_TABLE_COLUMNS);
            return false;
        }
        table->columns = (uint32_t)columns;
        *header = n;
        return true;
    }
    return false;
}

struct md_node *md_table(struct md_parse *parse, const struct md_fed *fed, size_t first, size_t last, unsigned quotes,
                         uint32_t begin, size_t *header)
{
    struct table table = { .parse = parse, .fed = fed, .first = first, .begin = begin, .quotes = quotes };

    if (!find_header(&table, last, header))
        return NULL;
    str line = table_line(&table, *header);
    table.node = md_new(parse, MD_TABLE, source_of_line(&table, line), 0);
    table.node->start = table.columns;
    bool going = add_row(&table, line, true);
    for (size_t n = *header + 2; n <= last && going; n++)
        going = add_row(&table, table_line(&table, n), false);
    table.node->end = table.node->last->end;
    return table.node;
}

size_t markdown_dashes(str line)
{
    uint8_t align[LIMIT_TABLE_COLUMNS];
    return delimiter_cells(line, align);
}

size_t markdown_columns(str header, str dashes)
{
    uint8_t align[LIMIT_TABLE_COLUMNS];
    size_t  columns = delimiter_cells(dashes, align);
    return columns <= LIMIT_TABLE_COLUMNS && markdown_cells(header) == columns ? columns : 0;
}
