/* SPDX-License-Identifier: MIT */
/*
 * Column widths. They are computed here and written as fixed ones, because Word and LibreOffice each compute their
 * own otherwise and a register of 10,000 rows would be measured at every opening. The widths of characters are those
 * of Carlito, which are Calibri's; of another font only is known how much wider it runs on average (font_width.h).
 *
 * Here cells are measured; docx_fit.c shares out the width. Tables of one document with the same header row are
 * measured together and get the same widths: the decisions on controls, theme by theme, are one register to their reader.
 */
#include "write/docx_fit.h"
#include "write/docx_part.h"

/* Advance widths in 1/250 of the font size. */
enum { UNITS = 250, BLANK = 57, HYPHEN = 77 };

/* Those of what a line is never broken behind: ASCII but blanks and the hyphen. All else has none here. */
static const uint8_t letter[256] = {
    [' '] =
      0,  81, 100, 125, 127, 179, 171,  55,  76,  76, 125, 125,  62,   0,  63,  97,
    127, 127, 127, 127, 127, 127, 127, 127, 127, 127,  67,  67, 125, 125, 125, 116,
    224, 145, 136, 133, 154, 122, 115, 158, 156,  63,  80, 130, 105, 214, 161, 166,
    129, 168, 136, 115, 122, 160, 142, 222, 130, 122, 117,  77,  97,  77, 125, 125,
     73, 120, 131, 106, 131, 124,  76, 118, 131,  57,  60, 114,  57, 200, 131, 132,
    131, 131,  87,  98,  84, 131, 113, 179, 108, 113,  99,  79, 115,  79, 125,
};
enum { OTHER_LETTER = 133, FULL_WIDTH = 250, MONO_LETTER = 130, PICTURE_WIDTH = 8 * FULL_WIDTH };

/* The slack keeps a word that just fits on its line. */
enum { SLACK = 24, SAMPLE = 96, FACT_LABEL = 1985 };

struct measure {
    uint32_t percent, bold;        /* how wide the font runs, and its bold letters */
    uint64_t line, word;           /* being measured, in hundredths of a unit */
    uint64_t longest, widest;      /* line and word */
    uint64_t sum;                  /* of all lines */
    int      lines;
    uint64_t words[FIT_WORDS];
    int      nwords;
    bool     unbroken;             /* hyphens do not break: ids */
    bool     whole;                /* spaces do not, either: the cell asks to stand on one line */
    bool     ids;                  /* there was a hyphen, or a day, after which to break would be wrong */
};

/* [size] in half points */
static int twips(uint64_t hundredths, int size) { return (int)(hundredths * (unsigned)size * 10 / (UNITS * 100)); }

static uint32_t percent_of(struct font_width font, bool bold) { return (uint32_t)(bold ? font.bold : font.regular); }

static void end_word(struct measure *m)
{
    if (m->word > m->widest)
        m->widest = m->word;
    if (m->word && m->nwords < FIT_WORDS)
        m->words[m->nwords] = m->word;
    m->nwords += m->word > 0;
    m->word = 0;
}

static void end_line(struct measure *m)
{
    end_word(m);
    if (m->line > m->longest)
        m->longest = m->line;
    m->sum += m->line;
    m->lines += m->line > 0;
    m->line = 0;
}

static bool is_wide(char c) { return (unsigned char)c >= 0x7F; }

/* Wide scripts have fonts of their own. */
static uint32_t wide_width(int cells, uint32_t percent) { return cells == 2 ? FULL_WIDTH * 100 : cells == 1 ? OTHER_LETTER * percent : 0; }

static uint32_t narrow_width(char c) { return c <= ' ' ? BLANK : c == '-' ? HYPHEN : letter[(unsigned char)c]; }

static void add_wide(struct measure *m, str text, size_t *at)
{
    int cells = utf8_cells(utf8_next(text, at));
    uint32_t width = wide_width(cells, m->percent);
    if (cells == 2)
        end_word(m); /* scripts without spaces break anywhere */
    m->line += width;
    m->word += width;
}

static bool is_lower(char c) { return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80; }

/* "non-conformity" may break after its hyphen; "2026-03-31", "R-014" and "DOC-ROLES" should not. */
static bool between_letters(str text, size_t after)
{
    return after >= 2 && after < text.len && is_lower(text.at[after - 2]) && is_lower(text.at[after]);
}

/* Letters from [at] on, up to where a line could be broken; returns where that is. */
static size_t add_letters(struct measure *m, str text, size_t at, bool mono)
{
    size_t   i = at;
    uint32_t width = 0;
    for (uint8_t advance; i < text.len && (advance = letter[(unsigned char)text.at[i]]) != 0; i++)
        width += advance;
    uint64_t hundredths = mono ? (uint64_t)(i - at) * MONO_LETTER * 100 : (uint64_t)width * m->percent;
    m->line += hundredths;
    m->word += hundredths;
    return i;
}

/* A blank or a hyphen; [kept]: the line must not be broken there. */
static void add_break(struct measure *m, str text, size_t at, bool mono, bool kept)
{
    uint32_t width = mono ? MONO_LETTER * 100 : narrow_width(text.at[at]) * m->percent;
    bool hyphen = text.at[at] == '-', breaks = hyphen ? !m->unbroken && between_letters(text, at + 1) : !kept && !m->whole;
    m->line += width;
    m->word += hyphen || !breaks ? width : 0;
    m->ids |= hyphen && !breaks;
    if (breaks)
        end_word(m);
}

/* "30 September" stands on one line, so that a date never takes three. */
static void add_text(struct measure *m, str text, bool mono)
{
    size_t date = 0; /* where one ends */
    for (size_t i = 0; i < text.len;) {
        if (is_wide(text.at[i])) {
            add_wide(m, text, &i);
            continue;
        }
        if (m->word == 0 && i >= date && text.at[i] > ' ') {
            date = pen_date(text, i);
            m->ids |= date > 0;
        }
        i = add_letters(m, text, i, mono);
        if (i < text.len && !is_wide(text.at[i])) {
            add_break(m, text, i, mono, i < date);
            i++;
        }
    }
}

static void add_node(struct measure *m, const struct doc_node *node)
{
    bool     unbroken = m->unbroken;
    uint32_t percent = m->percent;
    if (node->type == DOC_STRONG)
        m->percent = m->bold;
    m->unbroken |= node->nowrap;
    switch (node->type) {
    case DOC_TEXT:      add_text(m, node->text, false); break;
    case DOC_CODE_SPAN: add_text(m, node->text, true); break;
    case DOC_BADGE:
        m->unbroken = true;
        m->word += 2 * BLANK * m->percent;
        m->line += 2 * BLANK * m->percent;
        add_text(m, node->text, false);
        break;
    case DOC_IMAGE: m->word += PICTURE_WIDTH * 100; m->line += PICTURE_WIDTH * 100; break;
    case DOC_KBD: add_text(m, node->text, false); break;
    case DOC_SOFT_BREAK: add_text(m, STR(" "), false); break;
    case DOC_BREAK: end_line(m); break;
    case DOC_NOTE:
        m->line += letter['0'] * m->percent;
        m->word += letter['0'] * m->percent;
        m->unbroken = unbroken;
        return;
    case DOC_ITEM:  m->line += 2 * FULL_WIDTH * 100; break;
    default: break;
    }
    if (node->type == DOC_LINK && !node->first)
        add_text(m, node->ref, false);
    for (const struct doc_node *child = node->first; child; child = child->next)
        add_node(m, child);
    if (node->type < DOC_TEXT)
        end_line(m);
    m->unbroken = unbroken;
    m->percent = percent;
}

int column_measure(struct font_width font, str text, int size, bool bold)
{
    uint32_t percent = percent_of(font, bold);
    uint64_t narrow = 0, wide = 0;
    for (size_t i = 0; i < text.len;)
        if (is_wide(text.at[i]))
            wide += wide_width(utf8_cells(utf8_next(text, &i)), percent);
        else
            narrow += narrow_width(text.at[i++]);
    return twips(narrow * percent + wide, size);
}

int column_lines(struct font_width font, str text, int size, bool bold, int width)
{
    int lines = 1, used = 0, space = column_measure(font, STR(" "), size, bold);
    for (str word; str_split(&text, ' ', &word);) {
        int need = column_measure(font, word, size, bold);
        if (used && used + space + need > width) {
            lines++;
            used = 0;
        }
        used += (used ? space : 0) + need;
    }
    return lines;
}

/* --- the tables that share their widths --- */

struct docx_family {
    struct { const struct doc_node **at; size_t len, room; } tables;
    int                 available; /* what [columns] were computed for; 0: not yet */
    struct docx_column *columns;
};

/* Tables are alike whose header rows say the same and whose authors gave the same shares. Empty: no header, or another look. It lives until the next is asked for. */
static str likeness(struct docx *docx, const struct doc_node *table)
{
    if (!docx->likeness)
        docx->likeness = buf_new(docx->arena);
    struct buf *out = docx->likeness;
    const struct doc_node *row = NULL;
    buf_clear(out);
    if (table->table && table->table->look == TABLE_PLAIN) {
        struct doc_rows rows = doc_rows(docx->passing, table);
        row = doc_next_row(&rows);
        for (const struct doc_node *cell = row && row->header ? row->first : NULL; cell; cell = cell->next) {
            buf_put(out, doc_plain(docx->arena, cell));
            buf_char(out, '\t');
        }
        doc_rows_end(&rows);
    }
    for (size_t i = 0; out->len && i < table->table->ncolumns; i++)
        buf_print(out, "%d%s,", table->table->columns[i].width, table->table->columns[i].id ? "i" : "");
    return buf_str(out);
}

static void collect_families(struct docx *docx)
{
    docx->families_known = true;
    for (const struct doc_node *node = docx->doc->body->first; node; node = node->next) {
        str key = node->type == DOC_TABLE ? likeness(docx, node) : (str){ 0 };
        if (!key.len)
            continue;
        struct docx_family *family = map_get(&docx->families, key);
        if (!family) {
            family = NEW(docx->arena, struct docx_family);
            map_add(&docx->families, docx->arena, str_copy(docx->arena, key), family);
        }
        LIST_PUSH(docx->arena, &family->tables, node);
    }
}

/* The family of a table that has relatives, else NULL. */
static struct docx_family *family_of(struct docx *docx, const struct doc_node *table)
{
    if (!docx->families_known && docx->doc->body)
        collect_families(docx);
    if (!docx->families.len)
        return NULL;
    struct docx_family *family = map_get(&docx->families, likeness(docx, table));
    return family && family->tables.len > 1 ? family : NULL;
}

/* --- measuring --- */

static void measure_cell(struct fit *fit, size_t i, const struct doc_node *cell, int size, bool header, struct fit_cell *sample)
{
    struct wish *wish = &fit->wishes[i];
    struct measure m = { .percent = percent_of(fit->font, header || wish->id), .bold = percent_of(fit->font, true), .unbroken = wish->id, .whole = cell->nowrap && !header };
    add_node(&m, cell);
    int word = twips(m.widest, size) + fit->padding + SLACK, line = twips(m.longest, size) + fit->padding + SLACK;
    wish->least = word > wish->least ? word : wish->least;
    wish->line = line > wish->line ? line : wish->line;
    wish->ids |= m.ids;
    wish->filled |= !header && m.longest > 0;
    if (!sample)
        return;
    *sample = (struct fit_cell){ .longest = twips(m.longest, size), .sum = twips(m.sum, size), .lines = m.lines };
    sample->nwords = m.lines == 1 && m.nwords <= FIT_WORDS ? m.nwords : 0;
    for (int w = 0; w < sample->nwords; w++)
        sample->words[w] = twips(m.words[w] + BLANK * m.percent, size);
}

/* Words and lines are taken from every row, the heights of rows from some when there are many. */
static void measure_rows(struct arena *arena, struct fit *fit, const struct doc_node *table, int size, size_t stride)
{
    struct doc_rows rows = doc_rows(arena, table);
    size_t index = 0;
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL; index++) {
        bool kept = index % stride == 0 && fit->rows < fit->room;
        struct fit_cell *sample = kept ? &fit->cells[fit->rows++ * fit->n] : NULL;
        size_t i = 0;
        for (const struct doc_node *cell = row->first; cell && i < fit->n; cell = cell->next, i++)
            measure_cell(fit, i, cell, size, row->header, sample ? sample + i : NULL);
    }
}

static void measure_tables(struct arena *arena, struct fit *fit, const struct doc_node *const *tables, size_t n, int size)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += doc_count_rows(tables[i]);
    size_t stride = (count + SAMPLE - 1) / SAMPLE;
    fit->room = count < SAMPLE + n ? count : SAMPLE + n;
    fit->cells = NEWS(arena, struct fit_cell, fit->room * fit->n + 1);
    for (size_t i = 0; i < n; i++)
        measure_rows(arena, fit, tables[i], size, stride ? stride : 1);
}

/* Columns that people fill in by hand hold no text yet. */
static void make_room_to_sign(struct wish *wishes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!wishes[i].filled) {
            wishes[i].least = wishes[i].least > 1700 ? wishes[i].least : 1700;
            wishes[i].line = wishes[i].line > 3000 ? wishes[i].line : 3000;
        }
}

/* Facts all over a document have their values in one line, unless a label is long. */
static void align_facts(struct fit *fit)
{
    int label = fit->wishes[0].line, most = fit->available * 2 / 5;
    if (label < FACT_LABEL && fit->available > 2 * FACT_LABEL)
        label = FACT_LABEL;
    fit->widths[0] = label < most ? label : most;
    fit->widths[1] = fit->available - fit->widths[0];
}

/* What the columns of alike tables ask for; [size]: of their text, in half points. */
static struct fit fit_of(struct arena *arena, struct font_width font, const struct doc_node *const *tables, size_t ntables, int size, int available, int padding)
{
    const struct doc_table *shape = tables[0]->table;
    size_t n = shape->ncolumns;
    struct fit fit = { .wishes = NEWS(arena, struct wish, n), .n = n, .available = available, .padding = padding, .font = font, .widths = NEWS(arena, int, n) };
    for (size_t i = 0; i < n; i++) {
        fit.wishes[i].id = shape->columns[i].id;
        fit.wishes[i].share = shape->columns[i].width;
    }
    measure_tables(arena, &fit, tables, ntables, size);
    return fit;
}

void column_percents(struct arena *arena, const struct doc_node *table, unsigned *percents)
{
    enum { LYING_PAGE = 14000, REGISTER_SIZE = 17, REGISTER_PADDING = 180 }; /* twips, half points */
    struct fit fit = fit_of(arena, (struct font_width){ 100, 100 }, &table, 1, REGISTER_SIZE, LYING_PAGE, REGISTER_PADDING);
    fit_columns(arena, &fit);
    for (size_t i = 0; i < fit.n; i++)
        percents[i] = (unsigned)(fit.widths[i] * 100 / LYING_PAGE);
}

static void compute(struct docx *docx, const struct doc_node *const *tables, size_t ntables, int available, struct docx_column *columns)
{
    struct arena *arena = docx->passing;
    const struct doc_table *shape = tables[0]->table;
    size_t n = shape->ncolumns;
    struct fit fit = fit_of(arena, docx->body_width, tables, ntables, docx->cell_size, available, 2 * docx->cell_padding);
    if (shape->look == TABLE_SIGNATURE)
        make_room_to_sign(fit.wishes, n);
    int *words = NEWS(arena, int, n);
    for (size_t i = 0; i < n; i++)
        words[i] = fit.wishes[i].least;
    if (shape->look == TABLE_FACTS && n == 2 && !shape->columns[0].width)
        align_facts(&fit);
    else
        fit_columns(arena, &fit);
    for (size_t i = 0; i < n; i++) {
        int width = fit.widths[i] > docx->cell_padding ? fit.widths[i] : docx->cell_padding;
        columns[i] = (struct docx_column){ .width = width, .line = fit.wishes[i].line, .ids = fit.wishes[i].ids };
        if (width < words[i])
            columns[i].word_limit = width > fit.padding + 400 ? (size_t)(width - fit.padding) / 95 : 4;
    }
}

void column_widths(struct docx *docx, const struct doc_node *table, int available, struct docx_column *columns)
{
    struct docx_family *family = family_of(docx, table);
    size_t n = table->table->ncolumns;
    if (!family) {
        compute(docx, &table, 1, available, columns);
        return;
    }
    if (family->available != available) {
        family->available = available;
        family->columns = NEWS(docx->arena, struct docx_column, n);
        compute(docx, family->tables.at, family->tables.len, available, family->columns);
    }
    memcpy(columns, family->columns, n * sizeof *columns);
}
