/* SPDX-License-Identifier: MIT */
#include "write/plain.h"

#include <limits.h>
#include <stdio.h>

enum {
    COLUMNS_DEFAULT = 100,
    COLUMNS_LEAST   = 30,
    COLUMNS_MOST    = 1000,
    PROSE_MOST      = 100, /* longer lines of prose are hard to read */
    INDENT          = 2,
    GAP             = 2,   /* between columns */
    WORD_MOST       = 24,  /* a longer word need not stay whole in a table */
    COLUMN_LEAST    = 4,
};

/*
 * Text on its way to lines carries its style in it: MARK and a style. MARK is a control character, and no text
 * has one, since put_visible shows them.
 */
enum { MARK = 1, HARD_BREAK = 2 };
enum style { STYLE_NONE, STYLE_BOLD, STYLE_DIM, STYLE_CODE, STYLE_GOOD, STYLE_WARNING, STYLE_BAD };

static const char *const escapes[] = {
    [STYLE_NONE] = "\033[0m",  [STYLE_BOLD] = "\033[1m",     [STYLE_DIM] = "\033[2m", [STYLE_CODE] = "\033[36m",
    [STYLE_GOOD] = "\033[32m", [STYLE_WARNING] = "\033[33m", [STYLE_BAD] = "\033[31m",
};

/* A piece of marked text that fits into one line. */
struct line {
    str        text;
    unsigned   cells;
    enum style style; /* at its begin */
};
struct lines { LIST_OF(struct line); };

struct plain {
    struct arena        *arena;
    struct buf          *out;
    struct plain_options options;
    bool                 blank; /* the last line is empty, or nothing is written yet */
};

/* ---- inlines -> marked text ---- */

static void put_visible(struct buf *out, uint32_t cp)
{
    char utf8[4];
    bool hidden = cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E)
               || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
    if (hidden)
        buf_print(out, "<U+%04X>", (unsigned)cp);
    else
        buf_put(out, (str){ utf8, utf8_put(cp, utf8) });
}

static void put_text(struct buf *out, str s)
{
    for (size_t i = 0; i < s.len;) {
        uint32_t cp = utf8_next(s, &i);
        if (cp == '\n' || cp == '\t')
            buf_char(out, ' ');
        else
            put_visible(out, cp);
    }
}

static void put_style(struct buf *out, enum style style)
{
    buf_char(out, MARK);
    buf_char(out, (char)('0' + style));
}

static void inlines(struct buf *out, const struct doc_node *first, enum style style);

static void styled(struct buf *out, const struct doc_node *node, enum style style, enum style outer)
{
    put_style(out, style);
    put_text(out, node->text);
    inlines(out, node->first, style);
    put_style(out, outer);
}

static void link_text(struct buf *out, const struct doc_node *node, enum style style)
{
    size_t before = out->len;
    inlines(out, node->first, style);
    if (!node->first) /* a reference: numbers belong to paper and pages */
        put_text(out, str_cut(node->ref, node->ref.len && node->ref.at[0] == '#', node->ref.len));
    str text = str_cut(buf_str(out), before, out->len);
    if (node->ref.len && node->ref.at[0] != '#' && !str_eq(text, node->ref)) {
        buf_text(out, " (");
        put_text(out, node->ref);
        buf_char(out, ')');
    }
}

static enum style tone_style(const struct doc_node *node)
{
    static const enum style styles[] = {
        [FILL_NONE] = STYLE_NONE,       [FILL_GOOD] = STYLE_GOOD, [FILL_NEUTRAL] = STYLE_NONE,
        [FILL_WARNING] = STYLE_WARNING, [FILL_BAD] = STYLE_BAD,
    };
    if (node->tone == FILL_LEVEL)
        return node->rank == 0 ? STYLE_GOOD : node->rank + 1 >= node->ranks ? STYLE_BAD : STYLE_WARNING;
    return node->tone < sizeof styles / sizeof *styles ? styles[node->tone] : STYLE_NONE;
}

static void inline_node(struct buf *out, const struct doc_node *node, enum style style)
{
    switch ((enum doc_type)node->type) {
    case DOC_STRONG:     styled(out, node, STYLE_BOLD, style); break;
    case DOC_BADGE:      styled(out, node, tone_style(node), style); break;
    case DOC_LINK:       link_text(out, node, style); break;
    case DOC_BREAK:      buf_char(out, HARD_BREAK); break;
    case DOC_SOFT_BREAK: buf_char(out, ' '); break;
    case DOC_ANCHOR:     break;
    case DOC_CODE_SPAN:
        buf_char(out, '`');
        styled(out, node, STYLE_CODE, style);
        buf_char(out, '`');
        break;
    case DOC_NOTE:
        buf_text(out, " (");
        inlines(out, node->first, style);
        buf_char(out, ')');
        break;
    default:
        put_text(out, node->text);
        inlines(out, node->first, style);
        break;
    }
}

static void inlines(struct buf *out, const struct doc_node *first, enum style style)
{
    for (const struct doc_node *node = first; node; node = node->next) {
        bool block = node->type < DOC_TEXT;
        if (block && node != first)
            buf_char(out, HARD_BREAK);
        if (node->type == DOC_ITEM)
            buf_text(out, "- ");
        inline_node(out, node, style);
    }
}

static str marked(struct plain *p, const struct doc_node *first, enum style style)
{
    struct buf *out = buf_new(p->arena);
    if (style != STYLE_NONE)
        put_style(out, style);
    inlines(out, first, style);
    str text = str_copy(p->arena, buf_str(out));
    buf_free(out);
    return text;
}

/* ---- marked text -> lines ---- */

/* One step through marked text: what stands at *at, and how many cells it takes. */
static uint32_t step(str text, size_t *at, unsigned *cells, enum style *style)
{
    if (text.at[*at] == MARK && *at + 1 < text.len) {
        *style = (enum style)(text.at[*at + 1] - '0');
        *at += 2;
        *cells = 0;
        return MARK;
    }
    uint32_t cp = utf8_next(text, at);
    int wide = cp == HARD_BREAK ? 0 : utf8_cells(cp);
    *cells = wide > 0 ? (unsigned)wide : 0;
    return cp;
}

/* Cuts marked text into lines of at most [width] cells, at spaces where there are any. */
static struct lines wrap(struct plain *p, str text, unsigned width)
{
    struct lines lines = { 0 };
    enum style   style = STYLE_NONE, at_begin = STYLE_NONE, at_space = STYLE_NONE;
    size_t       begin = 0, space = SIZE_MAX, after_space = 0;
    unsigned     cells = 0, cells_at_space = 0;

    for (size_t at = 0; at < text.len;) {
        size_t     here = at;
        enum style before = style;
        unsigned   wide;
        uint32_t   cp = step(text, &at, &wide, &style);
        if (cp == HARD_BREAK) {
            LIST_PUSH(p->arena, &lines, ((struct line){ str_cut(text, begin, here), cells, at_begin }));
            begin = at, cells = 0, at_begin = style, space = SIZE_MAX;
            continue;
        }
        if (cells + wide > width && cp != ' ' && here > begin) {
            bool at_word = space != SIZE_MAX;
            LIST_PUSH(p->arena, &lines, ((struct line){ str_cut(text, begin, at_word ? space : here), at_word ? cells_at_space : cells, at_begin }));
            begin = at_word ? after_space : here;
            cells = at_word ? cells - cells_at_space - 1 : 0;
            at_begin = at_word ? at_space : before;
            space = SIZE_MAX;
        }
        if (cp == ' ' && here == begin && lines.len > 0) { /* a second space after the break */
            begin = at;
            continue;
        }
        if (cp == ' ')
            space = here, after_space = at, cells_at_space = cells, at_space = style;
        cells += wide;
    }
    if (begin < text.len || lines.len == 0)
        LIST_PUSH(p->arena, &lines, ((struct line){ str_cut(text, begin, text.len), cells, at_begin }));
    return lines;
}

/* The widest line when nothing is wrapped, and the longest word. */
static void measure(str text, unsigned *widest, unsigned *word)
{
    unsigned line = 0, run = 0, wide;
    enum style style = STYLE_NONE;
    for (size_t at = 0; at < text.len;) {
        uint32_t cp = step(text, &at, &wide, &style);
        line = cp == HARD_BREAK ? 0 : line + wide;
        run = cp == HARD_BREAK || cp == ' ' ? 0 : run + wide;
        *widest = line > *widest ? line : *widest;
        *word = run > *word ? run : *word;
    }
}

/* ---- lines -> output ---- */

static void spaces(struct plain *p, unsigned count)
{
    while (count-- > 0)
        buf_char(p->out, ' ');
}

static void end_line(struct plain *p)
{
    while (p->out->len && p->out->at[p->out->len - 1] == ' ')
        p->out->len--;
    buf_char(p->out, '\n');
    p->blank = false;
}

static void blank_line(struct plain *p)
{
    if (!p->blank)
        buf_char(p->out, '\n');
    p->blank = true;
}

static void put_line(struct plain *p, const struct line *line)
{
    enum style style = line->style;
    bool       colour = p->options.colour;
    if (colour && style != STYLE_NONE)
        buf_text(p->out, escapes[style]);
    for (size_t at = 0; at < line->text.len; at++) {
        char c = line->text.at[at];
        if (c != MARK) {
            buf_char(p->out, c);
            continue;
        }
        enum style next = (enum style)(line->text.at[++at] - '0');
        if (colour && style != STYLE_NONE)
            buf_text(p->out, escapes[STYLE_NONE]);
        if (colour && next != STYLE_NONE)
            buf_text(p->out, escapes[next]);
        style = next;
    }
    if (colour && style != STYLE_NONE)
        buf_text(p->out, escapes[STYLE_NONE]);
}

/* Room for text that begins at cell [indent]. */
static unsigned room(const struct plain *p, unsigned indent, bool prose)
{
    unsigned columns = prose && p->options.columns > PROSE_MOST ? PROSE_MOST : p->options.columns;
    return columns > indent + COLUMN_LEAST ? columns - indent : COLUMN_LEAST;
}

/* Wrapped text; [mark] stands before its first line and takes cells of the indent. */
static void put_wrapped(struct plain *p, str text, unsigned indent, const char *mark)
{
    struct lines lines = wrap(p, text, room(p, indent, true));
    for (size_t i = 0; i < lines.len; i++) {
        unsigned taken = i == 0 ? (unsigned)strlen(mark) : 0;
        spaces(p, indent > taken ? indent - taken : 0);
        if (i == 0)
            buf_text(p->out, mark);
        put_line(p, &lines.at[i]);
        end_line(p);
    }
}

static void put_code(struct plain *p, str text, unsigned indent)
{
    str line;
    while (str_split(&text, '\n', &line)) {
        spaces(p, indent + INDENT);
        put_text(p->out, line);
        end_line(p);
    }
}

/* ---- tables ---- */

struct grid {
    size_t    columns, rows;
    str      *cells;  /* marked, row by row */
    bool     *header; /* of a row */
    unsigned *width, *least;
};

static struct grid read_grid(struct plain *p, const struct doc_node *table)
{
    struct grid grid = { .columns = table->table ? table->table->ncolumns : 0 };
    bool facts = table->table && table->table->look == TABLE_FACTS;
    for (const struct doc_node *row = table->first; row; row = row->next)
        grid.rows += row->type == DOC_ROW;
    grid.cells = NEWS(p->arena, str, grid.rows * grid.columns);
    grid.header = NEWS(p->arena, bool, grid.rows);
    grid.width = NEWS(p->arena, unsigned, grid.columns);
    grid.least = NEWS(p->arena, unsigned, grid.columns);
    size_t r = 0;
    for (const struct doc_node *row = table->first; row; row = row->next) {
        if (row->type != DOC_ROW)
            continue;
        size_t c = 0;
        for (const struct doc_node *cell = row->first; cell && c < grid.columns; cell = cell->next, c++) {
            enum style style = row->header ? STYLE_BOLD : facts && c == 0 ? STYLE_DIM : tone_style(cell);
            grid.cells[r * grid.columns + c] = marked(p, cell->first, style);
            measure(grid.cells[r * grid.columns + c], &grid.width[c], &grid.least[c]);
        }
        grid.header[r++] = row->header;
    }
    return grid;
}

static unsigned total(const struct grid *grid)
{
    unsigned sum = GAP * (unsigned)(grid->columns - 1);
    for (size_t c = 0; c < grid->columns; c++)
        sum += grid->width[c];
    return sum;
}

/*
 * Takes cells from the widest columns until all fit: without breaking words, then breaking long ones, then any where [narrow]. False when they
 * do not fit.
 */
static bool fit(struct grid *grid, unsigned available, bool narrow)
{
    static const unsigned longest[] = { UINT_MAX, WORD_MOST, COLUMN_LEAST };
    for (size_t c = 0; c < grid->columns; c++)
        grid->width[c] = grid->width[c] > available ? available : grid->width[c];
    for (int pass = 0; pass < (narrow ? 3 : 2); pass++)
        while (total(grid) > available) {
            size_t widest = SIZE_MAX;
            for (size_t c = 0; c < grid->columns; c++) {
                unsigned least = grid->least[c] < longest[pass] ? grid->least[c] : longest[pass];
                if (grid->width[c] > least && (widest == SIZE_MAX || grid->width[c] > grid->width[widest]))
                    widest = c;
            }
            if (widest == SIZE_MAX)
                break;
            grid->width[widest]--;
        }
    return total(grid) <= available;
}

static void put_dashes(struct plain *p, const struct grid *grid, unsigned indent)
{
    spaces(p, indent);
    for (size_t c = 0; c < grid->columns; c++) {
        spaces(p, c ? GAP : 0);
        for (unsigned i = 0; i < grid->width[c]; i++)
            buf_char(p->out, '-');
    }
    end_line(p);
}

static void put_row(struct plain *p, const struct doc_table *table, const struct grid *grid, size_t row, unsigned indent)
{
    struct lines *cells = NEWS(p->arena, struct lines, grid->columns);
    size_t height = 0;
    for (size_t c = 0; c < grid->columns; c++) {
        cells[c] = wrap(p, grid->cells[row * grid->columns + c], grid->width[c] ? grid->width[c] : 1);
        height = cells[c].len > height ? cells[c].len : height;
    }
    for (size_t l = 0; l < height; l++) {
        spaces(p, indent);
        for (size_t c = 0; c < grid->columns; c++) {
            struct line none = { .text = { 0 } };
            const struct line *line = l < cells[c].len ? &cells[c].at[l] : &none;
            unsigned pad = grid->width[c] > line->cells ? grid->width[c] - line->cells : 0;
            bool right = table->columns && table->columns[c].align == ALIGN_RIGHT;
            spaces(p, (c ? GAP : 0) + (right ? pad : 0));
            put_line(p, line);
            spaces(p, right ? 0 : pad);
        }
        end_line(p);
    }
}

static bool is_empty(str text)
{
    unsigned widest = 0, word = 0;
    measure(text, &widest, &word);
    return widest == 0;
}

/* Where columns would be narrower than words, each row becomes a list: "4.1-01", under it "- severity: major". */
static void put_stacked(struct plain *p, const struct grid *grid, unsigned indent)
{
    for (size_t r = 0; r < grid->rows; r++) {
        const str *cells = &grid->cells[r * grid->columns];
        if (grid->header[r])
            continue;
        put_wrapped(p, cells[0], indent, "");
        for (size_t c = 1; c < grid->columns; c++) {
            str label = grid->header[0] && !is_empty(grid->cells[c]) ? str_join2(p->arena, grid->cells[c], STR(": ")) : (str){ 0 };
            if (!is_empty(cells[c]))
                put_wrapped(p, str_join2(p->arena, label, cells[c]), indent + 2 * INDENT, "- ");
        }
    }
}

static void put_table(struct plain *p, const struct doc_node *node, unsigned indent)
{
    struct grid grid = read_grid(p, node);
    if (grid.columns == 0)
        return;
    bool facts = node->table->look == TABLE_FACTS, stacked = !fit(&grid, room(p, indent, facts), facts);
    for (const struct doc_node *child = node->first; child; child = child->next)
        if (child->type == DOC_CAPTION)
            put_wrapped(p, marked(p, child->first, STYLE_NONE), indent, "");
    if (stacked)
        put_stacked(p, &grid, indent);
    for (size_t r = 0; r < grid.rows && !stacked; r++) {
        put_row(p, node->table, &grid, r, indent);
        if (grid.header[r] && (r + 1 == grid.rows || !grid.header[r + 1]))
            put_dashes(p, &grid, indent);
    }
}

/* ---- blocks ---- */

static void blocks(struct plain *p, const struct doc_node *first, unsigned indent, const char *mark);

static void put_heading(struct plain *p, const struct doc_node *node)
{
    struct buf *number = buf_new(p->arena);
    blank_line(p);
    if (node->text.len)
        buf_print(number, "%.*s ", STR_ARG(node->text));
    str text = str_join2(p->arena, buf_str(number), marked(p, node->first, STYLE_BOLD));
    put_wrapped(p, text, 0, "");
}

static void put_list(struct plain *p, const struct doc_node *list, unsigned indent)
{
    unsigned number = list->number ? list->number : 1;
    for (const struct doc_node *item = list->first; item; item = item->next) {
        char mark[24] = "- ";
        if (list->ordered)
            snprintf(mark, sizeof mark, "%u. ", number++);
        else if (item->task != TASK_NONE)
            snprintf(mark, sizeof mark, "[%c] ", item->task == TASK_DONE ? 'x' : ' ');
        if (item != list->first && !list->tight)
            blank_line(p);
        blocks(p, item->first, indent + (unsigned)strlen(mark), mark);
    }
}

static void block(struct plain *p, const struct doc_node *node, unsigned indent, const char *mark)
{
    switch ((enum doc_type)node->type) {
    case DOC_HEADING:   put_heading(p, node); break;
    case DOC_PARAGRAPH: put_wrapped(p, marked(p, node->first, STYLE_NONE), indent, mark); break;
    case DOC_LIST:      put_list(p, node, indent); break;
    case DOC_TABLE:     put_table(p, node, indent); break;
    case DOC_CODE:      put_code(p, node->text, indent); break;
    case DOC_QUOTE:     blocks(p, node->first, indent + INDENT, "> "); break;
    case DOC_CAPTION:   put_wrapped(p, marked(p, node->first, STYLE_BOLD), indent, mark); break;
    case DOC_BODY:
    case DOC_ITEM:
    case DOC_FIGURE:
    case DOC_DETAILS:   blocks(p, node->first, indent, mark); break;
    case DOC_RULE:
        spaces(p, indent);
        buf_text(p->out, "* * *");
        end_line(p);
        break;
    case DOC_TOC: case DOC_PAGE_BREAK: case DOC_ORIENT: break;
    default: { /* an inline where blocks are expected: a line of its own */
        struct doc_node alone = *node;
        alone.next = NULL;
        put_wrapped(p, marked(p, &alone, STYLE_NONE), indent, mark);
        break;
    }
    }
}

/* Paragraphs are set apart by an empty line; what follows a heading follows it at once. */
static void blocks(struct plain *p, const struct doc_node *first, unsigned indent, const char *mark)
{
    const struct doc_node *before = NULL;
    for (const struct doc_node *node = first; node; before = node, node = node->next) {
        if (before && before->type != DOC_HEADING && before->type != DOC_CAPTION && node->type != DOC_LIST)
            blank_line(p);
        block(p, node, indent, before ? "" : mark);
    }
}

void plain_write(struct arena *arena, struct buf *out, const struct document *document, struct plain_options options)
{
    struct plain p = { .arena = arena, .out = out, .options = options, .blank = true };
    unsigned columns = options.columns ? options.columns : COLUMNS_DEFAULT;
    p.options.columns = columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
    struct doc_node title = { .type = DOC_TEXT, .text = document->title }, subtitle = { .type = DOC_TEXT, .text = document->subtitle };
    if (document->title.len)
        put_wrapped(&p, marked(&p, &title, STYLE_BOLD), 0, "");
    if (document->subtitle.len)
        put_wrapped(&p, marked(&p, &subtitle, STYLE_DIM), 0, "");
    if (document->body && document->body->first) {
        if (document->body->first->type != DOC_HEADING && !p.blank)
            blank_line(&p);
        blocks(&p, document->body->first, options.indent, "");
    }
}
