/* SPDX-License-Identifier: MIT */
/*
 * Column widths. They are computed here and written as fixed ones, because Word and LibreOffice each compute their
 * own otherwise and a register of 10,000 rows would be measured at every opening. The widths of characters are those
 * of Carlito, which are Calibri's; another font of the brand is near enough for sharing out a line.
 *
 * Columns with ids come first, then those whose cells all fit on one line without taking more than their part, and the
 * rest is shared by how much text there is; no column gets less than its longest word needs, while there is room.
 */
#include "write/docx_part.h"

/* Advance widths from U+0020 to U+007E in 1/250 of the font size. */
enum { UNITS = 250 };
static const uint8_t advance[95] = {
     57,  81, 100, 125, 127, 179, 171,  55,  76,  76, 125, 125,  62,  77,  63,  97,
    127, 127, 127, 127, 127, 127, 127, 127, 127, 127,  67,  67, 125, 125, 125, 116,
    224, 145, 136, 133, 154, 122, 115, 158, 156,  63,  80, 130, 105, 214, 161, 166,
    129, 168, 136, 115, 122, 160, 142, 222, 130, 122, 117,  77,  97,  77, 125, 125,
     73, 120, 131, 106, 131, 124,  76, 118, 131,  57,  60, 114,  57, 200, 131, 132,
    131, 131,  87,  98,  84, 131, 113, 179, 108, 113,  99,  79, 115,  79, 125,
};
enum { OTHER_LETTER = 133, FULL_WIDTH = 250, MONO_LETTER = 130 };

/* Table text is 9 pt: 180 twips to the em. Bold is 4 % wider; the slack keeps a word that just fits on its line. */
enum { CELL_EM = 180, SLACK = 24 };

struct measure {
    uint32_t line, word;           /* being measured, in units */
    uint32_t longest, widest;      /* line and word */
    bool     unbroken;             /* hyphens do not break: ids */
    bool     ids;                  /* there was a hyphen at which to break would be wrong */
};

static int twips(uint32_t units, bool bold)
{
    return (int)((uint64_t)units * CELL_EM * (bold ? 104 : 100) / (UNITS * 100));
}

static void end_word(struct measure *m)
{
    if (m->word > m->widest)
        m->widest = m->word;
    m->word = 0;
}

static void end_line(struct measure *m)
{
    end_word(m);
    if (m->line > m->longest)
        m->longest = m->line;
    m->line = 0;
}

static void add_wide(struct measure *m, str text, size_t *at)
{
    int cells = utf8_cells(utf8_next(text, at));
    uint32_t width = cells == 2 ? FULL_WIDTH : cells == 1 ? OTHER_LETTER : 0;
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

static void add_text(struct measure *m, str text, bool mono)
{
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x7F) {
            add_wide(m, text, &i);
            continue;
        }
        i++;
        if (c < 0x20)
            c = ' ';
        uint32_t width = mono ? MONO_LETTER : advance[c - 0x20];
        m->line += width;
        if (c == ' ') {
            end_word(m);
            continue;
        }
        m->word += width;
        if (c != '-')
            continue;
        if (!m->unbroken && between_letters(text, i))
            end_word(m);
        else
            m->ids = true;
    }
}

static void add_node(struct measure *m, const struct doc_node *node)
{
    bool unbroken = m->unbroken;
    m->unbroken |= node->nowrap;
    switch (node->type) {
    case DOC_TEXT:      add_text(m, node->text, false); break;
    case DOC_CODE_SPAN: add_text(m, node->text, true); break;
    case DOC_BADGE:
        m->unbroken = true;
        m->word += 2 * advance[0];
        m->line += 2 * advance[0];
        add_text(m, node->text, false);
        break;
    case DOC_IMAGE: case DOC_KBD: add_text(m, node->text, false); break;
    case DOC_SOFT_BREAK: add_text(m, STR(" "), false); break;
    case DOC_BREAK: end_line(m); break;
    case DOC_NOTE:  m->line += advance['0' - ' ']; m->word += advance['0' - ' ']; m->unbroken = unbroken; return;
    case DOC_ITEM:  m->line += 2 * FULL_WIDTH; break;
    default: break;
    }
    if (node->type == DOC_LINK && !node->first)
        add_text(m, node->ref, false);
    for (const struct doc_node *child = node->first; child; child = child->next)
        add_node(m, child);
    if (node->type < DOC_TEXT)
        end_line(m);
    m->unbroken = unbroken;
}

int column_measure(str text, int size, bool bold)
{
    struct measure m = { 0 };
    add_text(&m, text, false);
    return (int)((uint64_t)m.line * (unsigned)size * 10 * (bold ? 104 : 100) / (UNITS * 100));
}

int column_lines(str text, int size, bool bold, int width)
{
    int lines = 1, used = 0, space = column_measure(STR(" "), size, bold);
    for (str word; str_split(&text, ' ', &word);) {
        int need = column_measure(word, size, bold);
        if (used && used + space + need > width) {
            lines++;
            used = 0;
        }
        used += (used ? space : 0) + need;
    }
    return lines;
}

/* What a column asks for, in twips with padding. */
struct wish {
    int      least;   /* the longest word */
    int      line;    /* every cell on one line */
    uint64_t amount;  /* of text in all its cells, in units */
    int      share;   /* the author's, in percent */
    bool     id, ids, settled, filled;
};

static void measure_rows(struct arena *arena, const struct doc_node *table, struct wish *wishes, size_t n)
{
    struct doc_rows rows = doc_rows(arena, table);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;) {
        size_t i = 0;
        for (const struct doc_node *cell = row->first; cell && i < n; cell = cell->next, i++) {
            struct measure m = { .unbroken = wishes[i].id };
            add_node(&m, cell);
            bool bold = row->header || wishes[i].id;
            int least = twips(m.widest, bold) + 2 * CELL_PADDING + SLACK, line = twips(m.longest, bold) + 2 * CELL_PADDING + SLACK;
            wishes[i].least = least > wishes[i].least ? least : wishes[i].least;
            wishes[i].line = line > wishes[i].line ? line : wishes[i].line;
            wishes[i].amount += m.longest;
            wishes[i].ids |= m.ids;
            wishes[i].filled |= !row->header && m.longest > 0;
        }
    }
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

/* Authors give shares of the whole; what they leave open is computed. */
static int settle_shares(struct wish *wishes, size_t n, int available, struct docx_column *columns)
{
    int sum = 0, open = 0, left = available;
    for (size_t i = 0; i < n; i++) {
        sum += wishes[i].share;
        open += wishes[i].share == 0;
    }
    int whole = sum > 100 || (open == 0 && sum > 0) ? sum : 100;
    for (size_t i = 0; i < n; i++)
        if (wishes[i].share) {
            columns[i].width = available * wishes[i].share / whole;
            wishes[i].settled = true;
            left -= columns[i].width;
        }
    return left;
}

/* Ids never break, so they come before text; but half the table is theirs at most. */
static int settle_ids(struct wish *wishes, size_t n, int left, struct docx_column *columns)
{
    for (size_t i = 0; i < n; i++)
        if (wishes[i].id && !wishes[i].settled && wishes[i].least <= left / 2) {
            columns[i].width = wishes[i].least;
            wishes[i].settled = true;
            left -= columns[i].width;
        }
    return left;
}

static int sum_of(const struct wish *wishes, size_t n, bool lines)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        if (!wishes[i].settled)
            sum += lines ? wishes[i].line : wishes[i].least;
    return sum;
}

/* Everything fits on one line: the spare room goes to all in proportion. */
static void spread(struct wish *wishes, size_t n, int left, int wanted, struct docx_column *columns)
{
    for (size_t i = 0; i < n; i++)
        if (!wishes[i].settled)
            columns[i].width = (int)((int64_t)wishes[i].line * left / wanted);
}

/* Not even the words fit: each column gives the same part of its width, and long words break. */
static void squeeze(struct wish *wishes, size_t n, int left, int wanted, struct docx_column *columns)
{
    spread(wishes, n, left, wanted, columns);
    for (size_t i = 0; i < n; i++)
        if (!wishes[i].settled)
            columns[i].width = (int)((int64_t)wishes[i].least * left / wanted);
}

/* Short columns (names, dates, levels) get their one line while that is less than an equal part, so that only prose wraps. */
static int settle_short(struct wish *wishes, size_t n, int left, struct docx_column *columns)
{
    for (bool changed = true; changed;) {
        int open = 0, words = sum_of(wishes, n, false);
        changed = false;
        for (size_t i = 0; i < n; i++)
            open += !wishes[i].settled;
        for (size_t i = 0; i < n && open > 1; i++) {
            int others = words - wishes[i].least;
            if (wishes[i].settled || wishes[i].line * open * 10 > left * 9 || left - wishes[i].line < others)
                continue;
            columns[i].width = wishes[i].line;
            wishes[i].settled = changed = true;
            left -= columns[i].width;
            words = others;
            open--;
        }
    }
    return left;
}

/* The first open column whose share is below its longest word, or, when [above], beyond its one line; n for none. */
static size_t misfit(const struct wish *wishes, size_t n, const struct docx_column *columns, bool above)
{
    for (size_t i = 0; i < n; i++)
        if (!wishes[i].settled && (above ? columns[i].width > wishes[i].line : columns[i].width < wishes[i].least))
            return i;
    return n;
}

/* Shares by amount of text; a column that would fall below its longest word, or exceed its one line, takes that and leaves the game. */
static void share_out(struct wish *wishes, size_t n, int left, struct docx_column *columns)
{
    for (size_t round = 0; round <= n; round++) {
        uint64_t total = 0;
        for (size_t i = 0; i < n; i++)
            total += wishes[i].settled ? 0 : wishes[i].amount + 1;
        for (size_t i = 0; i < n; i++)
            if (!wishes[i].settled)
                columns[i].width = (int)((uint64_t)left * (wishes[i].amount + 1) / total);
        bool above = misfit(wishes, n, columns, false) == n; /* words first: they must fit, lines only may */
        size_t i = misfit(wishes, n, columns, above);
        if (i == n)
            return;
        columns[i].width = above ? wishes[i].line : wishes[i].least;
        wishes[i].settled = true;
        left -= columns[i].width;
    }
}

/* Rounding, and lines that were narrower than their share, leave some twips: the widest column takes them. */
static void use_rest(size_t n, int available, struct docx_column *columns)
{
    size_t widest = 0;
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += columns[i].width;
        if (columns[i].width > columns[widest].width)
            widest = i;
    }
    columns[widest].width += available - sum;
}

void column_widths(struct arena *arena, const struct doc_node *table, int available, struct docx_column *columns)
{
    size_t n = table->table->ncolumns;
    struct wish *wishes = NEWS(arena, struct wish, n);
    for (size_t i = 0; i < n; i++) {
        wishes[i].id = table->table->columns[i].id;
        wishes[i].share = table->table->columns[i].width;
    }
    measure_rows(arena, table, wishes, n);
    if (table->table->look == TABLE_SIGNATURE)
        make_room_to_sign(wishes, n);
    int left = settle_ids(wishes, n, settle_shares(wishes, n, available, columns), columns);
    int words = sum_of(wishes, n, false), lines = sum_of(wishes, n, true);
    if (words > left)
        squeeze(wishes, n, left, words, columns);
    else if (lines && lines <= left)
        spread(wishes, n, left, lines, columns);
    else
        share_out(wishes, n, settle_short(wishes, n, left, columns), columns);
    use_rest(n, available, columns);
    for (size_t i = 0; i < n; i++) {
        columns[i].line = wishes[i].line;
        columns[i].ids = wishes[i].ids;
        columns[i].width = columns[i].width > CELL_PADDING ? columns[i].width : CELL_PADDING;
        if (columns[i].width < wishes[i].least)
            columns[i].word_limit = columns[i].width > 2 * CELL_PADDING + 400 ? (size_t)(columns[i].width - 2 * CELL_PADDING) / 95 : 4;
    }
}
