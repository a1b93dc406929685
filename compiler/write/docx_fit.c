/* SPDX-License-Identifier: MIT */
/*
 * Who gets how much of a table's width. Shares that the author gave come first, then columns of ids, which never
 * break, then short columns (names, dates, levels), which keep their one line. What is left goes, piece by piece, to
 * the column where it takes most away from the height of the table: a column as wide as its text is long looks right,
 * but it is the longest cell of each row that makes a register of 93 controls ten pages or twenty.
 */
#include "write/docx_fit.h"

enum {
    SHORT_COLUMN = 1900, /* "29 September 2026" */
    SHORTER = 1300, MANY_COLUMNS = 7, /* one word, where columns are many */
    LONGEST_WORD = 35,   /* percent of the table that a single word may ask for */
    PIECE = 60, TALLNESS = 16, SLIP = 104, /* lines are a little shorter than the column: percent */
    LINES = 255, ROUNDS = 4
};

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

/* --- what authors gave --- */

/* A share too small for the longest word breaks it in the middle: the columns that can spare something give it. */
static void mend_shares(struct fit *fit)
{
    int lacking = 0, spare = 0;
    for (size_t i = 0; i < fit->n; i++) {
        int need = fit->wishes[i].least - fit->widths[i];
        lacking += need > 0 ? need : 0;
        spare -= need < 0 ? need : 0;
    }
    if (!lacking || !spare)
        return;
    int given = least(lacking, spare);
    for (size_t i = 0; i < fit->n; i++) {
        int need = fit->wishes[i].least - fit->widths[i];
        fit->widths[i] += need > 0 ? (int)((int64_t)need * given / lacking) : (int)((int64_t)need * given / spare);
    }
}

/* Authors give shares of the whole; what they leave open is computed. Returns what is left for that. */
static int settle_shares(struct fit *fit)
{
    int sum = 0, open = 0, left = fit->available;
    for (size_t i = 0; i < fit->n; i++) {
        sum += fit->wishes[i].share;
        open += fit->wishes[i].share == 0;
    }
    int whole = sum > 100 || (open == 0 && sum > 0) ? sum : 100;
    for (size_t i = 0; i < fit->n; i++)
        if (fit->wishes[i].share) {
            fit->widths[i] = fit->available * fit->wishes[i].share / whole;
            fit->wishes[i].settled = true;
            left -= fit->widths[i];
        }
    if (!open)
        mend_shares(fit);
    return left;
}

/* --- what is clear from the content --- */

static int settle(struct fit *fit, size_t i, int width, int left)
{
    fit->widths[i] = width;
    fit->wishes[i].settled = true;
    return left - width;
}

/* Ids never break, so they come before text; but half the table is theirs at most. */
static int settle_ids(struct fit *fit, int left)
{
    for (size_t i = 0; i < fit->n; i++)
        if (fit->wishes[i].id && !fit->wishes[i].settled && fit->wishes[i].least <= left / 2)
            left = settle(fit, i, fit->wishes[i].least, left);
    return left;
}

static int sum_of(const struct fit *fit, bool lines)
{
    int sum = 0;
    for (size_t i = 0; i < fit->n; i++)
        if (!fit->wishes[i].settled)
            sum += lines ? fit->wishes[i].line : fit->wishes[i].least;
    return sum;
}

static size_t count_open(const struct fit *fit)
{
    size_t open = 0;
    for (size_t i = 0; i < fit->n; i++)
        open += !fit->wishes[i].settled;
    return open;
}

/* All open columns get a part of [left] in proportion to one line of theirs, or to their longest word. */
static void spread(struct fit *fit, int left, bool lines)
{
    int sum = sum_of(fit, lines);
    for (size_t i = 0; i < fit->n; i++)
        if (!fit->wishes[i].settled && sum)
            fit->widths[i] = (int)((int64_t)(lines ? fit->wishes[i].line : fit->wishes[i].least) * left / sum);
}

/* Short columns get their one line while that is less than an equal part, so that only prose wraps. */
static int settle_short(struct fit *fit, int left)
{
    int limit = fit->n < MANY_COLUMNS ? SHORT_COLUMN : SHORTER;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < fit->n && count_open(fit) > 1; i++) {
            int line = fit->wishes[i].line, others = sum_of(fit, false) - fit->wishes[i].least;
            bool fits = line <= limit && line * (int)count_open(fit) * 10 <= left * 9 && left - line >= others;
            if (fit->wishes[i].settled || !fits)
                continue;
            left = settle(fit, i, line, left);
            changed = true;
        }
    }
    return left;
}

/* --- the rest: as low a table as can be --- */

/* The rows as they would be set: lines of each cell, and per row the tallest, how many are as tall, and the next. */
struct row { uint8_t tallest, times, next; };
struct heights {
    uint8_t    *lines;
    struct row *rows;
};

/* Few words are set one by one: "Information security manager" takes three lines where its length would take two. */
static int lines_of_words(const struct fit_cell *cell, int inner)
{
    int lines = 1, used = 0;
    for (int i = 0; i < cell->nwords; i++) {
        if (used && used + cell->words[i] > inner) {
            lines++;
            used = 0;
        }
        used += cell->words[i];
    }
    return lines;
}

static int slipped(int length) { return (int)((int64_t)length * SLIP / 100); }

static uint8_t lines_in(const struct fit *fit, const struct fit_cell *cell, int width)
{
    int inner = most(width - fit->padding, PIECE);
    if (cell->longest <= inner)
        return (uint8_t)least(cell->lines, LINES);
    if (cell->nwords)
        return (uint8_t)lines_of_words(cell, inner);
    int longest = slipped(cell->longest) / inner + cell->lines;
    int whole = cell->sum == cell->longest ? longest : slipped(cell->sum) / inner + 1;
    return (uint8_t)least(most(longest, whole), LINES);
}

static void rank_row(struct row *row, const uint8_t *lines, size_t n)
{
    *row = (struct row){ 0 };
    for (size_t i = 0; i < n; i++)
        if (lines[i] > row->tallest) {
            row->next = row->tallest;
            row->tallest = lines[i];
            row->times = 1;
        } else if (lines[i] == row->tallest)
            row->times++;
        else if (lines[i] > row->next)
            row->next = lines[i];
}

static void set_column(const struct fit *fit, struct heights *h, size_t i)
{
    for (size_t r = 0; r < fit->rows; r++) {
        h->lines[r * fit->n + i] = lines_in(fit, &fit->cells[r * fit->n + i], fit->widths[i]);
        rank_row(&h->rows[r], &h->lines[r * fit->n], fit->n);
    }
}

/* What column [i] saves when it is [more] wider, or costs when that is negative: lines of rows count most, lines of cells a little. */
static int saving(const struct fit *fit, const struct heights *h, size_t i, int more)
{
    int saved = 0;
    for (size_t r = 0; r < fit->rows; r++) {
        int now = h->lines[r * fit->n + i];
        if (now < 2 && more > 0)
            continue;
        const struct row *row = &h->rows[r];
        int then = lines_in(fit, &fit->cells[r * fit->n + i], fit->widths[i] + more);
        int others = now == row->tallest && row->times == 1 ? row->next : row->tallest;
        saved += now - then + TALLNESS * (row->tallest - most(others, then));
    }
    return saved;
}

static int64_t rate(int saved, int more) { return (int64_t)saved * 10000 / more; }

/* The widening that saves most for its width; 0 when none saves anything. None saves more than the greatest. */
static int best_piece(const struct fit *fit, const struct heights *h, int left, size_t *column)
{
    int64_t best = 0;
    int chosen = 0;
    for (size_t i = 0; i < fit->n; i++) {
        int wanted = least(left, fit->wishes[i].line - fit->widths[i]);
        if (fit->wishes[i].settled || wanted <= 0)
            continue;
        int greatest = saving(fit, h, i, wanted);
        for (int more = least(PIECE, wanted); rate(greatest, more) > best; more = least(2 * more, wanted)) {
            int64_t here = more == wanted ? rate(greatest, more) : rate(saving(fit, h, i, more), more);
            if (here > best) {
                best = here;
                chosen = more;
                *column = i;
            }
            if (more == wanted)
                break;
        }
    }
    return chosen;
}

/* Whether [more] of the width of column [from] serves better in [to]: then it goes there. */
static bool move_piece(struct fit *fit, struct heights *h, size_t from, size_t to, int more)
{
    bool open = from != to && !fit->wishes[from].settled && !fit->wishes[to].settled;
    if (!open || fit->widths[from] - more < fit->wishes[from].least || fit->widths[to] >= fit->wishes[to].line)
        return false;
    int cost = -saving(fit, h, from, -more);
    if (saving(fit, h, to, more) <= cost)
        return false;
    fit->widths[from] -= more;
    fit->widths[to] += more;
    set_column(fit, h, from);
    set_column(fit, h, to);
    return true;
}

/* Giving pieces away one by one may end with a column that has much for little. */
static void exchange(struct fit *fit, struct heights *h)
{
    bool moved = true;
    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (size_t from = 0; from < fit->n; from++)
            for (size_t to = 0; to < fit->n; to++)
                for (int more = 2 * PIECE; more <= 16 * PIECE; more *= 2)
                    moved |= move_piece(fit, h, from, to, more);
    }
}

static struct heights measure(struct arena *arena, const struct fit *fit)
{
    struct heights h = { NEWS(arena, uint8_t, fit->rows * fit->n + 1), NEWS(arena, struct row, fit->rows + 1) };
    for (size_t i = 0; i < fit->n; i++)
        set_column(fit, &h, i);
    return h;
}

/* Room that no row needs goes to columns with text that wraps. */
static void give_rest(struct fit *fit, int left)
{
    int sum = 0;
    for (size_t i = 0; i < fit->n; i++)
        sum += fit->wishes[i].settled || fit->widths[i] >= fit->wishes[i].line ? 0 : fit->widths[i];
    for (size_t i = 0; i < fit->n; i++)
        if (!fit->wishes[i].settled && fit->widths[i] < fit->wishes[i].line)
            fit->widths[i] += (int)((int64_t)left * fit->widths[i] / sum);
}

static void lower(struct arena *arena, struct fit *fit, int left)
{
    for (size_t i = 0; i < fit->n; i++)
        if (!fit->wishes[i].settled) {
            fit->widths[i] = fit->wishes[i].least;
            left -= fit->widths[i];
        }
    struct heights h = measure(arena, fit);
    size_t column = 0;
    for (int more; left > 0 && (more = best_piece(fit, &h, left, &column)) > 0; left -= more) {
        fit->widths[column] += more;
        set_column(fit, &h, column);
    }
    exchange(fit, &h);
    if (left > 0)
        give_rest(fit, left);
}

/* Rounding leaves some twips: the widest column takes them. */
static void use_rest(struct fit *fit)
{
    size_t widest = 0;
    int sum = 0;
    for (size_t i = 0; i < fit->n; i++) {
        sum += fit->widths[i];
        if (fit->widths[i] > fit->widths[widest])
            widest = i;
    }
    fit->widths[widest] += fit->available - sum;
}

/* A long address may break; it does not get the table for it. */
static void limit_words(struct fit *fit)
{
    for (size_t i = 0; i < fit->n; i++)
        if (!fit->wishes[i].id)
            fit->wishes[i].least = least(fit->wishes[i].least, fit->available * LONGEST_WORD / 100);
}

void fit_columns(struct arena *arena, struct fit *fit)
{
    limit_words(fit);
    int left = settle_ids(fit, settle_shares(fit));
    if (sum_of(fit, false) > left)
        spread(fit, left, false);
    else if (sum_of(fit, true) <= left)
        spread(fit, left, true);
    else
        lower(arena, fit, settle_short(fit, left));
    use_rest(fit);
}
