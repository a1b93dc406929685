/* SPDX-License-Identifier: MIT */
#include "write/docx_fit.h"
#include "write/html_part.h"

enum {
    SHORT_TABLE = 6,  /* no more rows than that stay together on paper */
    HUGE_TABLE = 300,  /* more than a browser lays out while somebody waits: out of sight it need not, and the script shows fewer */
    LONG_TABLE = 12,  /* more rows than a reader takes in at a glance: the script offers filter and sorting */
    MANY_COLUMNS = 7, /* more do not fit an upright page in the ordinary size */
    LONGEST_BAR = 85, /* percent of its cell; the figure stands behind it */
};

static const str look_class[] = {
    [TABLE_PLAIN] = { "plain", 5 }, [TABLE_FACTS] = { "facts", 5 }, [TABLE_MATRIX] = { "matrix", 6 },
    [TABLE_SIGNATURE] = { "signature", 9 }, [TABLE_BARS] = { "bars", 4 },
};

static bool is_empty(const struct doc_node *cell)
{
    return !cell->first || (!cell->first->next && cell->first->type == DOC_TEXT && str_trim(cell->first->text).len == 0);
}

static bool has_link(const struct html *html, const struct doc_node *node)
{
    for (const struct doc_node *child = node->first; child; child = child->next)
        if (child->type == DOC_LINK || child->type == DOC_NOTE || html_record_page(html, child).len || has_link(html, child))
            return true;
    return false;
}

/* --- the accessible name of the frame a table scrolls in --- */

static str caption_name(struct html *html, const struct doc_node *caption)
{
    str text = doc_plain(html->arena, caption);
    if (!caption->number)
        return text;
    return str_print(html->arena, "%.*s %u%.*s%.*s", STR_ARG(html->words->table), (unsigned)caption->number, STR_ARG(html->words->colon), STR_ARG(text));
}

/* Two frames of one name could not be told apart, so the second gets "(2)". */
static str unique_name(struct html *html, str name)
{
    str unique = name;
    for (unsigned n = 2; map_add(&html->names, html->arena, unique, html); n++)
        unique = str_print(html->arena, "%.*s (%u)", STR_ARG(name), n);
    return unique;
}

static str frame_name(struct html *html, const struct doc_node *caption)
{
    if (caption)
        return unique_name(html, caption_name(html, caption));
    str about = html->heading.len ? html->heading : html->doc->title;
    return unique_name(html, str_print(html->arena, "%.*s%.*s%.*s", STR_ARG(html->words->table), STR_ARG(html->words->colon), STR_ARG(about)));
}

/* --- cells --- */

static void cell_classes(struct html *html, const struct doc_node *cell, const struct doc_column *column, bool none)
{
    uint8_t align = cell->align != ALIGN_LEFT ? cell->align : column->align;
    size_t  start = html->out->len;
    PUT(html, " class=\"");
    size_t  from = html->out->len;
    if (align != ALIGN_LEFT)
        buf_put(html->out, align == ALIGN_RIGHT ? STR("right ") : STR("centre "));
    if (column->id)
        PUT(html, "id ");
    if (cell->nowrap)
        PUT(html, "whole ");
    if (none)
        PUT(html, "none ");
    html_tone_class(html, cell);
    if (html->out->len == from) {
        html->out->len = start; /* no class after all */
        return;
    }
    if (html->out->at[html->out->len - 1] == ' ')
        html->out->len--;
    PUT(html, "\"");
}

static void cell_content(struct html *html, const struct doc_node *cell)
{
    if (cell->blocks)
        html_blocks(html, cell->first);
    else
        html_inlines(html, cell->first);
}

/* A row header that owns its id links to itself, so that a finding can cite the row. */
static void row_header(struct html *html, const struct doc_node *cell, const struct doc_column *column)
{
    str  id = column->id ? html_id(html, html_cell_id(html, cell)) : (str){ 0 };
    bool own = id.len && map_get(&html->anchors, id) == doc_identity(cell), self = own && !cell->blocks && !has_link(html, cell);
    PUT(html, "<th scope=\"row\"");
    if (own)
        html_put_id(html, cell, id);
    cell_classes(html, cell, column, false);
    PUT(html, ">");
    if (self) {
        PUT(html, "<a href=\"#");
        html_text(html->out, id);
        PUT(html, "\">");
    }
    cell_content(html, cell);
    buf_put(html->out, self ? STR("</a></th>") : STR("</th>"));
}

/* A bar and its figure behind it, for which the longest bar leaves room. */
static void bar_cell(struct html *html, const struct doc_node *cell)
{
    unsigned percent = cell->number < 100 ? cell->number : 100, width = (percent * LONGEST_BAR + 99) / 100;
    PUT(html, "<td class=\"bar\">");
    if (width) {
        html->widths[width] = true;
        buf_print(html->out, "<span class=\"w%u\"></span>", width);
    }
    cell_content(html, cell);
    PUT(html, "</td>");
}

/* The day a cell begins with as a number, so that a table sorts by it and not by the names of months. */
static void put_day(struct html *html, const struct doc_node *cell)
{
    const struct doc_node *text = cell->first;
    if (!text || text->type != DOC_TEXT || text->datum != DATUM_DATE)
        return;
    PUT(html, " data-sort=\"");
    buf_int(html->out, (int32_t)text->number);
    PUT(html, "\"");
}

static void data_cell(struct html *html, const struct doc_node *cell, const struct doc_column *column, bool dash)
{
    bool none = dash && is_empty(cell) && cell->tone == FILL_NONE;
    PUT(html, "<td");
    cell_classes(html, cell, column, none);
    html_put_rank(html, cell);
    put_day(html, cell);
    PUT(html, ">");
    if (none)
        PUT(html, "\u2013");
    else
        cell_content(html, cell);
    PUT(html, "</td>");
}

/* --- rows --- */

static const struct doc_column *column_of(const struct doc_table *table, size_t i)
{
    static const struct doc_column plain = { 0 };
    return table && i < table->ncolumns ? &table->columns[i] : &plain;
}

static void header_row(struct html *html, const struct doc_table *table, const struct doc_node *row)
{
    size_t i = 0;
    PUT(html, "<tr>");
    for (const struct doc_node *cell = row->first; cell; cell = cell->next, i++) {
        if (is_empty(cell)) {
            PUT(html, "<td></td>");
            continue;
        }
        PUT(html, "<th scope=\"col\"");
        cell_classes(html, cell, column_of(table, i), false);
        PUT(html, ">");
        cell_content(html, cell);
        PUT(html, "</th>");
    }
    PUT(html, "</tr>\n");
}

static bool starts_with_header(const struct doc_node *row, const struct doc_table *table, const struct doc_node *cell)
{
    if (cell != row->first || is_empty(cell))
        return false;
    return table && (table->look == TABLE_FACTS || table->look == TABLE_MATRIX || table->look == TABLE_BARS);
}

static void body_row(struct html *html, const struct doc_table *table, const struct doc_node *row)
{
    bool   dash = !table || table->look == TABLE_PLAIN || table->look == TABLE_FACTS;
    size_t i = 0;
    PUT(html, "<tr>");
    for (const struct doc_node *cell = row->first; cell; cell = cell->next, i++) {
        const struct doc_column *column = column_of(table, i);
        if ((column->id && !is_empty(cell)) || starts_with_header(row, table, cell))
            row_header(html, cell, column);
        else if (cell->tone == FILL_BAR)
            bar_cell(html, cell);
        else
            data_cell(html, cell, column, dash);
    }
    PUT(html, "</tr>\n");
}

/* A header row that fills only its first cell names the group of rows below it. */
static bool is_group(const struct doc_node *row)
{
    if (!row->header || !row->first || !row->first->next || is_empty(row->first))
        return false;
    for (const struct doc_node *cell = row->first->next; cell; cell = cell->next)
        if (!is_empty(cell))
            return false;
    return true;
}

static void group_row(struct html *html, const struct doc_table *table, const struct doc_node *row)
{
    unsigned cells = 0;
    if (!is_group(row)) {
        header_row(html, table, row);
        return;
    }
    for (const struct doc_node *cell = row->first; cell; cell = cell->next)
        cells++;
    buf_print(html->out, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%u\">", cells);
    cell_content(html, row->first);
    PUT(html, "</th></tr>\n");
}

/* The leading header rows, up to the first that only names a group. Returns the first row of the body. */
static const struct doc_node *table_head(struct html *html, const struct doc_node *table, struct doc_rows *rows, const struct doc_node *row)
{
    if (!row->header)
        return row;
    PUT(html, "<thead>\n");
    do {
        header_row(html, table->table, row);
        row = doc_next_row(rows);
    } while (row && row->header && !is_group(row));
    PUT(html, "</thead>\n");
    return row;
}

static void table_body(struct html *html, const struct doc_node *table, struct doc_rows *rows, const struct doc_node *row)
{
    bool open = false;
    for (; row; row = doc_next_row(rows)) {
        if (row->header || !open) {
            buf_put(html->out, open ? STR("</tbody>\n<tbody>\n") : STR("<tbody>\n"));
            open = true;
        }
        if (row->header)
            group_row(html, table->table, row);
        else
            body_row(html, table->table, row);
        html_drain(html);
    }
    if (open)
        PUT(html, "</tbody>\n");
}

/* --- the table --- */

static bool has_widths(const struct doc_table *table)
{
    for (size_t i = 0; table && i < table->ncolumns; i++)
        if (table->columns[i].width)
            return true;
    return false;
}

static void caption_line(struct html *html, const struct doc_node *caption)
{
    PUT(html, "<caption><span class=\"caption\">");
    if (caption->number) {
        PUT(html, "<span class=\"no\">");
        html_text(html->out, html->words->table);
        buf_print(html->out, " %u</span> ", (unsigned)caption->number);
    }
    html_inlines(html, caption->first);
    PUT(html, "</span></caption>\n");
}

/* How many rows without headers, counted no further than needed. */
static unsigned count_rows(struct html *html, const struct doc_node *table)
{
    unsigned n = 0;
    struct doc_rows rows = doc_rows(html->rows, table);
    for (const struct doc_node *row; n <= HUGE_TABLE && (row = doc_next_row(&rows)) != NULL;)
        n += !row->header;
    doc_rows_end(&rows);
    return n;
}

/*
 * A browser gives a column what its longest cell asks for, and a register whose reasons are long here and there becomes half as high again
 * as it need be. Where rows are few enough to be measured, and columns so many that it matters, they are shared out as on paper.
 */
static bool share_out(struct html *html, const struct doc_node *node, unsigned *percents)
{
    const struct doc_table *table = node->table;
    if (table->look != TABLE_PLAIN || table->ncolumns <= MANY_COLUMNS || count_rows(html, node) > HUGE_TABLE)
        return false;
    column_percents(html->rows, node, percents);
    return true;
}

static void columns(struct html *html, const struct doc_node *node)
{
    const struct doc_table *table = node->table;
    unsigned *percents = table ? NEWS(html->arena, unsigned, table->ncolumns + 1) : NULL;
    bool given = has_widths(table);
    if (!given && !(table && share_out(html, node, percents)))
        return;
    PUT(html, "<colgroup>");
    for (size_t i = 0; i < table->ncolumns; i++) {
        unsigned width = !given ? percents[i] : table->columns[i].width > 100 ? 100 : table->columns[i].width;
        html->widths[width] = true;
        if (width)
            buf_print(html->out, "<col class=\"w%u\">", width);
        else
            PUT(html, "<col>");
    }
    PUT(html, "</colgroup>\n");
}

static void table_classes(struct html *html, const struct doc_node *node)
{
    const struct doc_table *table = node->table;
    unsigned look = table && table->look <= TABLE_BARS ? table->look : TABLE_PLAIN, rows = count_rows(html, node);
    PUT(html, " class=\"");
    buf_put(html->out, look_class[look]);
    if (rows > LONG_TABLE && look == TABLE_PLAIN)
        PUT(html, " long");
    if (rows > HUGE_TABLE && look == TABLE_PLAIN)
        PUT(html, " huge");
    if (rows <= SHORT_TABLE)
        PUT(html, " short");
    if (!has_widths(table))
        PUT(html, " narrow");
    if (table && table->ncolumns > MANY_COLUMNS)
        PUT(html, " many");
    PUT(html, "\"");
}

static void table_start(struct html *html, const struct doc_node *node)
{
    str description = node->table ? node->table->description : (str){ 0 };
    if (description.len) {
        buf_print(html->out, "<p class=\"unseen\" id=\"_about-%u\">", (unsigned)++html->descriptions);
        html_text(html->out, description);
        PUT(html, "</p>\n");
    }
    PUT(html, "<table");
    table_classes(html, node);
    if (description.len)
        buf_print(html->out, " aria-describedby=\"_about-%u\"", (unsigned)html->descriptions);
    PUT(html, ">\n");
}

void html_table(struct html *html, const struct doc_node *table)
{
    const struct doc_node *caption = table->first && table->first->type == DOC_CAPTION ? table->first : NULL;
    struct doc_rows rows = doc_rows(html->rows, table);
    const struct doc_node *row = doc_next_row(&rows);
    if (!row)
        return;
    html->has_table = true;
    PUT(html, "<div class=\"frame\"");
    html_put_id(html, table, table->ref);
    PUT(html, " role=\"region\" tabindex=\"0\" aria-label=\"");
    html_text(html->out, frame_name(html, caption));
    PUT(html, "\">\n");
    table_start(html, table);
    if (caption)
        caption_line(html, caption);
    columns(html, table);
    table_body(html, table, &rows, table_head(html, table, &rows, row));
    PUT(html, "</table>\n</div>\n");
}
