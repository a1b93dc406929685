/* SPDX-License-Identifier: MIT */
#include "weave/slip.h"

enum { SENTENCE = 60, COLUMNS_SHOWN = 12 }; /* bytes that are too many for a heading with a full stop; columns that a help line writes out */

enum slip_kind { NO_SLIP, BULLETS, NUMBERS, HEADING, DASHES_WRONG, DASHES_MISSING, TABS };

/* The lines of a paragraph, without blanks and the marks of quotes in front. */
struct lines {
    str   *at;
    size_t len;
};

struct slip {
    enum slip_kind kind;
    size_t         first, count; /* the line it is said at, and how many lines are concerned */
    str            mark;         /* the bullet or number, or the marks of a heading */
    size_t         cells, dashes;
};

/* --- characters --- */

static const str no_break_space = { "\xC2\xA0", 2 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_small(char c) { return c >= 'a' && c <= 'z'; }
static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_letter(char c) { return is_small(c) || is_capital(c) || (unsigned char)c >= 0x80; }
static char char_at(str s, size_t at) { return at < s.len ? s.at[at] : '\0'; }
static str rest_of(str line, size_t from) { return str_cut(line, from < line.len ? from : line.len, line.len); }
static bool blank_at(str line, size_t at) { return is_blank(char_at(line, at)) || str_starts(rest_of(line, at), no_break_space); }

/* Its next lines are indented, and those of a quote marked. */
static str bare(str line)
{
    line = str_trim(line);
    while (line.len && line.at[0] == '>')
        line = str_trim(rest_of(line, 1));
    return line;
}

/* --- marks that begin a line --- */

/*
 * Characters that stand for nothing but an item at the beginning of a line, and those that may stand there in a sentence, too.
 * "-", "*" and "+" are here because an item needs an ordinary blank behind them.
 */
static const struct bullet { str mark; bool certain; } bullets[] = {
    { { "\xE2\x80\xA2", 3 }, true }, /* U+2022 • */  { { "\xE2\x97\xA6", 3 }, true }, /* U+25E6 ◦ */
    { { "\xE2\x96\xAA", 3 }, true }, /* U+25AA ▪ */  { { "\xE2\x80\xA3", 3 }, true }, /* U+2023 ‣ */
    { { "\xE2\x97\x8F", 3 }, true }, /* U+25CF ● */  { { "\xE2\x97\x8B", 3 }, true }, /* U+25CB ○ */
    { { "\xE2\x96\xA0", 3 }, true }, /* U+25A0 ■ */  { { "\xE2\x9E\xA2", 3 }, true }, /* U+27A2 ➢ */
    { { "\xE2\x80\x93", 3 }, false }, /* U+2013 – */ { { "\xE2\x80\x94", 3 }, false }, /* U+2014 — */
    { { "\xC2\xB7", 2 }, false },     /* U+00B7 · */ { { "o\t", 2 }, false },
    { { "-\xC2\xA0", 3 }, true }, { { "*\xC2\xA0", 3 }, true }, { { "+\xC2\xA0", 3 }, true }, { { "-", 1 }, false },
};

/* The bullet that [line] begins with and that words follow; NULL when there is none. */
static const struct bullet *bullet_of(str line)
{
    if (line.len < 2 || (is_letter(line.at[0]) && line.at[0] != 'o' && (unsigned char)line.at[0] < 0x80))
        return NULL; /* most lines */
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        size_t len = bullets[i].mark.len;
        if (line.at[0] == bullets[i].mark.at[0] && str_starts(line, bullets[i].mark) && line.len > len) /* every line of a policy is asked */
            return bullets[i].certain || (len == 1 ? is_letter(line.at[1]) : line.at[1] == '\t' || blank_at(line, len)) ? &bullets[i] : NULL;
    }
    return NULL;
}

/* "a)", "(2)", "1.3": how it is written, and what counts. */
struct number {
    str  all, before, counts; /* "1.3", "1.", "3" */
    char open, close;         /* '\0': none */
};

static size_t digits_at(str line, size_t at)
{
    size_t end = at;
    while (is_digit(char_at(line, end)))
        end++;
    return end - at;
}

/* One small letter, or several that make a small Roman number; or digits with dots between. Where it ends. */
static size_t counting_end(str line, size_t at, size_t *counts)
{
    size_t end = at, n;
    *counts = at;
    while (end - at < 4 && char_at(line, end) && strchr("ivx", line.at[end]))
        end++;
    if (end == at)
        end += is_small(char_at(line, at));
    if (end > at)
        return end;
    while ((n = digits_at(line, end)) > 0 && n < 4) {
        *counts = end;
        end += n;
        if (char_at(line, end) != '.' || !is_digit(char_at(line, end + 1)))
            break;
        end++;
    }
    return end;
}

/* Whether CommonMark takes what [line] begins with for no number of a list, and its author does. */
static bool number_of(str line, struct number *number)
{
    size_t open = char_at(line, 0) == '(', counts, end = counting_end(line, open, &counts), behind = end;
    bool   dotted = counts > open, digits = is_digit(char_at(line, open));
    char   close = char_at(line, end);
    if (end == open || end - counts > 4)
        return false;
    if (close == ')' || (close == '.' && !open))
        behind++;
    else if (!dotted || open)
        return false;
    *number = (struct number){ str_cut(line, 0, behind), str_cut(line, 0, counts), str_cut(line, counts, end), open ? '(' : '\0', behind > end ? close : '\0' };
    return digits && !dotted && !open ? is_letter(char_at(line, behind)) : blank_at(line, behind);
}

static bool is_next(const struct number *number, const struct number *next)
{
    static const char *const roman[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x" };
    int64_t a, b;
    if (number->open != next->open || number->close != next->close || !str_eq(number->before, next->before))
        return false;
    if (str_to_int(number->counts, &a))
        return str_to_int(next->counts, &b) && b == a + 1;
    if (number->counts.len == 1 && next->counts.len == 1 && next->counts.at[0] == number->counts.at[0] + 1)
        return true;
    for (size_t i = 0; i + 1 < sizeof roman / sizeof *roman; i++)
        if (str_eq(number->counts, str_of(roman[i])) && str_eq(next->counts, str_of(roman[i + 1])))
            return true;
    return false;
}

/* The hash marks of "##Heading": more than one of them, or what can be no hashtag. 0: it is no heading. */
static size_t heading_marks(str line, bool alone)
{
    size_t level = 0;
    while (char_at(line, level) == '#')
        level++;
    char next = char_at(line, level), last = line.len ? line.at[line.len - 1] : '\0';
    if (level == 0 || level > 6)
        return 0;
    if (level > 1 || str_starts(rest_of(line, level), no_break_space))
        return is_letter(next) || is_digit(next) || next == '*' ? level : 0;
    return alone && is_capital(next) && str_find(line, '#', 1) == line.len && !strchr(".!?:;,", last) ? level : 0;
}

/* --- paragraphs --- */

/* An item of a list can only begin where a sentence does not go on. */
static bool may_begin(const struct lines *lines, size_t n) { return n == 0 || str_ends(lines->at[n - 1], STR(":")); }

/* What parts words in the lines above, "London • Paris", may part them at the beginning of a line, too. */
static bool parts_words(const struct lines *lines, size_t n, str mark)
{
    while (n-- > 0)
        if (str_search(lines->at[n], mark, 0) != SIZE_MAX)
            return true;
    return false;
}

static bool find_bullets(const struct lines *lines, struct slip *slip)
{
    const struct bullet *bullet = NULL;
    for (size_t n = 0; n < lines->len; n++) {
        const struct bullet *here = bullet_of(lines->at[n]);
        if (!bullet && here && (may_begin(lines, n) || (here->certain && !parts_words(lines, n, here->mark))))
            bullet = here, *slip = (struct slip){ .kind = BULLETS, .first = n, .mark = here->mark };
        slip->count += bullet && here == bullet;
    }
    return bullet && (bullet->certain || slip->count > 1);
}

static bool find_numbers(const struct lines *lines, struct slip *slip)
{
    struct number last, here;
    *slip = (struct slip){ .kind = NUMBERS };
    for (size_t n = 0; n < lines->len; n++) {
        if (!number_of(lines->at[n], &here))
            continue;
        if (slip->count == 0 && may_begin(lines, n))
            slip->first = n, slip->count = 1, slip->mark = here.all, last = here;
        else if (slip->count && is_next(&last, &here))
            slip->count++, last = here;
    }
    return slip->count > 1;
}

static bool find_heading(const struct lines *lines, struct slip *slip)
{
    for (size_t n = 0; n < lines->len; n++) {
        size_t level = heading_marks(lines->at[n], lines->len == 1);
        if (level == 0)
            continue;
        *slip = (struct slip){ .kind = HEADING, .first = n, .count = 1, .mark = str_cut(lines->at[n], 0, level) };
        return true;
    }
    return false;
}

static bool find_wrong_dashes(const struct lines *lines, struct slip *slip)
{
    for (size_t n = 1; n < lines->len; n++) {
        size_t dashes = markdown_dashes(lines->at[n]), cells = dashes ? markdown_cells(lines->at[n - 1]) : 0;
        if (dashes == 0 || cells == dashes || str_find(lines->at[n - 1], '|', 0) == lines->at[n - 1].len)
            continue;
        *slip = (struct slip){ .kind = DASHES_WRONG, .first = n, .cells = cells, .dashes = dashes };
        return true;
    }
    return false;
}

static size_t cells_between_bars(str line) { return line.at[0] == '|' && line.len > 1 && str_ends(line, STR("|")) ? markdown_cells(line) : 0; }

static bool find_missing_dashes(const struct lines *lines, struct slip *slip)
{
    for (size_t n = 0; n + 1 < lines->len; n++) {
        size_t cells = cells_between_bars(lines->at[n]);
        if (cells < 2 || cells_between_bars(lines->at[n + 1]) < 2 || markdown_dashes(lines->at[n + 1]))
            continue;
        *slip = (struct slip){ .kind = DASHES_MISSING, .first = n, .cells = cells, .dashes = markdown_dashes(lines->at[n]) };
        return true;
    }
    return false;
}

/* All lines have tabs between words, as rows of a spreadsheet have; the last cells of some may be empty. */
static bool find_tabs(const struct lines *lines, struct slip *slip)
{
    size_t most = 0;
    for (size_t n = 0; n < lines->len; n++) {
        size_t here = 0;
        for (size_t at = str_find(lines->at[n], '\t', 0); at < lines->at[n].len; at = str_find(lines->at[n], '\t', at + 1))
            here++;
        if (here == 0)
            return false;
        most = here > most ? here : most;
    }
    *slip = (struct slip){ .kind = TABS, .count = lines->len, .cells = most + 1 };
    return lines->len > 1;
}

/* Lines that end with two blanks or a backslash are printed as lines: their author has looked. */
static bool has_breaks(const struct md_node *paragraph)
{
    for (const struct md_node *node = paragraph->first; node; node = node->next)
        if (node->type == MD_BREAK)
            return true;
    return false;
}

static struct slip slip_in(const struct md_node *paragraph, const struct lines *lines)
{
    struct slip slip;
    if (!has_breaks(paragraph) && (find_bullets(lines, &slip) || find_numbers(lines, &slip)))
        return slip;
    if (find_heading(lines, &slip) || find_wrong_dashes(lines, &slip) || find_missing_dashes(lines, &slip) || find_tabs(lines, &slip))
        return slip;
    return (struct slip){ 0 };
}

/* --- what is said --- */

/* "|---|---|" for two columns; words where that would be long. */
static str dashes_for(struct arena *arena, size_t columns)
{
    str dashes = STR("|");
    if (columns > COLUMNS_SHOWN)
        return str_print(arena, "a line of %zu groups of dashes between bars", columns);
    for (size_t i = 0; i < columns; i++)
        dashes = str_join2(arena, dashes, STR("---|"));
    return dashes;
}

static void say_marks(struct weaving *w, struct span at, const struct slip *slip)
{
    bool   bullet = slip->kind == BULLETS;
    bool   blank = bullet && strchr("-*+", slip->mark.at[0]); /* is all that lacks */
    str    mark = slip->mark.at[0] == 'o' ? STR("o") : slip->mark;
    struct finding *f;
    if (blank && slip->count == 1)
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "a line has no ordinary blank behind its `%c` and is printed as a paragraph, not as an item of a list", mark.at[0]);
    else if (blank)
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "%zu lines have no ordinary blank behind their `%c` and are printed as one running text", slip->count, mark.at[0]);
    else if (slip->count == 1)
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "a line that begins with `%.*s` is printed as a paragraph, not as an item of a list", STR_ARG(mark));
    else
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "%zu lines that begin with `%.*s`%s are printed as one running text, not as a list", slip->count, STR_ARG(mark),
                        bullet ? "" : " and so on");
    finding_help(w->findings, f, "%s", bullet ? "Begin each item with `-` and a blank, and leave a blank line above the first."
                                              : "Begin each item with `1.` and a blank; where these very numbers matter, leave a blank line between the items.");
}

static void say_table(struct weaving *w, struct span at, const struct slip *slip)
{
    str    dashes = dashes_for(w->passing, slip->cells);
    struct finding *f;
    if (slip->kind == DASHES_WRONG)
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "the table's head has %zu column%s and the line of dashes %zu, so that all of it is printed as text with bars", slip->cells,
                        slip->cells == 1 ? "" : "s", slip->dashes);
    else if (slip->kind == DASHES_MISSING && slip->dashes)
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "the table has no head above its line of dashes, so that all of it is printed as text with bars");
    else if (slip->kind == DASHES_MISSING)
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "the table has no line of dashes below its head, so that all of it is printed as text with bars");
    else
        f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "%zu lines with columns parted by tabs are printed as one running text, not as a table", slip->count);
    if (slip->kind == TABS)
        finding_help(w->findings, f, "Write each row as | one | two |, and %.*s below the first.", STR_ARG(dashes));
    else if (slip->kind == DASHES_MISSING && slip->dashes)
        finding_help(w->findings, f, "Write a row with the names of the columns above it.");
    else
        finding_help(w->findings, f, "Write %.*s below the head.", STR_ARG(dashes));
}

static void say(struct weaving *w, struct span at, const struct slip *slip)
{
    if (slip->kind == BULLETS || slip->kind == NUMBERS) {
        say_marks(w, at, slip);
    } else if (slip->kind == HEADING) {
        struct finding *f = finding_add(w->findings, LANG_MARKDOWN_SLIP, at, "the heading has no ordinary blank behind its `%.*s` and is printed as text", STR_ARG(slip->mark));
        finding_help(w->findings, f, "Write `%.*s`, a blank and the words of the heading; to print the mark itself write \\# in its place.", STR_ARG(slip->mark));
    } else {
        say_table(w, at, slip);
    }
}

/* --- blocks --- */

static str bytes_of(const struct weaving *w, const struct md_node *node) { return str_cut(w->text->bytes, node->begin, node->end); }

/* Whether one of the lines asks for a closer look; a line with bars always does. */
static bool is_suspect(str text)
{
    str line;
    while (str_split(&text, '\n', &line)) {
        line = bare(line);
        if (slip_possible(line) || (line.len && str_find(line, '|', 0) < line.len))
            return true;
    }
    return false;
}

static enum slip_kind look_at(struct weaving *w, const struct md_node *paragraph, enum slip_kind before)
{
    str text = bytes_of(w, paragraph), line;
    LIST_OF(str) lines = { 0 };
    if (!is_suspect(text))
        return NO_SLIP;
    for (str rest = text; str_split(&rest, '\n', &line);)
        LIST_PUSH(w->passing, &lines, bare(line));
    struct lines all = { lines.at, lines.len };
    struct slip  slip = slip_in(paragraph, &all);
    if (slip.kind != NO_SLIP && !(slip.kind == BULLETS && before == BULLETS)) { /* once for a list with blank lines between its items */
        str    at = lines.at[slip.first];
        size_t begin = (size_t)(at.at - w->text->bytes.at);
        say(w, md_span(w->text, begin, begin + at.len), &slip);
    }
    return slip.kind;
}

static bool is_underline(str line)
{
    size_t n = 0;
    while (n < line.len && line.at[n] == line.at[0])
        n++;
    return line.len && n == line.len && strchr("-=", line.at[0]);
}

/* A sentence that a line of dashes below it has made a heading of; where libcmark says that such a heading ends can not be relied on. */
static void look_at_heading(struct weaving *w, const struct md_node *heading)
{
    str    rest = str_cut(w->text->bytes, heading->begin, w->text->bytes.len), line = { 0 }, last = { 0 };
    size_t lines = 0;
    for (; str_split(&rest, '\n', &line) && !is_underline(bare(line)) && line.len && line.at[0] != '#'; lines++)
        last = bare(line);
    line = bare(line);
    if (!is_underline(line) || !str_ends(last, STR(".")) || (lines == 1 && last.len < SENTENCE))
        return;
    size_t begin = (size_t)(line.at - w->text->bytes.at);
    struct finding *f = finding_add(w->findings, LANG_MARKDOWN_SLIP, md_span(w->text, begin, begin + line.len), "the line of `%c` makes the paragraph above it a heading", line.at[0]);
    finding_help(w->findings, f, "Leave a blank line above the line across the page, or delete it.");
}

void slip_look(struct weaving *w, const struct md_node *first)
{
    enum slip_kind before = NO_SLIP;
    for (const struct md_node *node = first; node; node = node->next) {
        if (node->type == MD_HEADING)
            look_at_heading(w, node);
        before = node->type == MD_PARAGRAPH ? look_at(w, node, before) : NO_SLIP;
    }
}

/* --- texts of YAML whose lines are folded --- */

/* "- words", "* words", "2. words", "• words": how many bytes the mark has; 0: no item begins here. */
static size_t item_mark(str line)
{
    const struct bullet *bullet = bullet_of(line);
    size_t digits = digits_at(line, 0);
    if (bullet && bullet->certain)
        return bullet->mark.len;
    if (char_at(line, 1) == ' ' && strchr("-*+", line.at[0]))
        return 1;
    return digits > 0 && digits < 3 && char_at(line, digits) && strchr(".)", line.at[digits]) && char_at(line, digits + 1) == ' ' ? digits + 1 : 0;
}

static size_t indentation(str line)
{
    size_t n = 0;
    while (char_at(line, n) == ' ')
        n++;
    return n;
}

static void say_folded(struct weave *weave, struct span at, str mark, bool marked)
{
    struct finding *f = finding_add(weave->findings, LANG_MARKDOWN_SLIP, at, "lines that begin with `%.*s` are joined to one running text, not printed as a list", STR_ARG(mark));
    if (marked)
        finding_help(weave->findings, f, "Write | in place of > behind the key, which keeps the lines as they are.");
    else
        finding_help(weave->findings, f, "Write | behind the key and all of the text on the lines below it, which keeps them as they are.");
}

/* Items of one list: "-" is followed by "-", a number by a number. */
static bool goes_on(str before, str line)
{
    return before.len && line.len && (before.at[0] == line.at[0] || (is_digit(before.at[0]) && is_digit(line.at[0])));
}

void weave_check_folding(struct weave *weave, struct value field)
{
    const struct source *source = source_of(weave->sources, field.span);
    str    rest = source && field.span.end <= source->bytes.len ? str_cut(source->bytes, field.span.begin, field.span.end) : (str){ 0 }, line, before = { 0 };
    bool   marked = rest.len && rest.at[0] == '>';
    size_t margin = SIZE_MAX;
    if (rest.len == 0 || rest.at[0] == '|' || !str_split(&rest, '\n', &line))
        return;
    while (str_split(&rest, '\n', &line)) {
        str words = str_trim(line);
        margin = margin == SIZE_MAX && words.len ? indentation(line) : margin;
        bool item = words.len && item_mark(words) > 0 && (!marked || indentation(line) == margin);
        if (item && goes_on(before, words)) {
            uint32_t begin = (uint32_t)(before.at - source->bytes.at);
            say_folded(weave, (struct span){ source->number, begin, begin + (uint32_t)before.len }, str_cut(before, 0, item_mark(before)), marked);
            return;
        }
        before = item ? words : (str){ 0 };
    }
}

bool slip_possible(str line)
{
    struct number number;
    return heading_marks(line, true) || bullet_of(line) || number_of(line, &number) || str_find(line, '\t', 0) < line.len;
}
