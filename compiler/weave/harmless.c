/* SPDX-License-Identifier: MIT */
/*
 * A look at the bytes of a Markdown text that says "nothing can be wrong here" or "it has to be read". Where it says the
 * first, parsing and weaving the text draws no finding whatever its marks mean: so it errs on the safe side, knows no block but
 * the run of lines between two blank ones, and a test and the fuzzer hold it against what weaving says.
 */
#include "weave/slip.h"

/* Well below what the guards of parse/ count, since bytes are counted here and not what they turn out to be. */
enum {
    MARKS_MOST  = LIMIT_MARKDOWN_NEST - 2,  /* that may open emphasis or links, between two blank lines */
    PREFIX_MOST = LIMIT_MARKDOWN_NEST - 12, /* bytes that may open lists and quotes at the beginning of a line */
    PIPES_MOST  = LIMIT_TABLE_COLUMNS - 2,
};

/* A text on the way through it; what follows `marks` counts since the last blank line. */
struct look {
    const struct model *model;
    bool   open_tag;    /* something like x<y stands in the text: a > would end a tag */
    size_t marks;
    size_t lines, barred;  /* and those of them that begin and end with a pipe */
    bool   ruled, uneven, table;
    str    first;          /* line */
    struct pipes { size_t count; bool first, last; } pipes; /* of that line */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_word(char c) { return is_letter(c) || is_digit(c); }
static char char_at(str s, size_t at) { return at < s.len ? s.at[at] : '\0'; }

/* Where "[[id]]" at [at] ends, if its id is that of a record; else 0. */
static size_t end_of_link(const struct look *look, str line, size_t at)
{
    size_t end = at + 2;
    while (is_word(char_at(line, end)) || char_at(line, end) == '-' || char_at(line, end) == '.')
        end++;
    str id = str_cut(line, at + 2, end);
    bool closed = char_at(line, end) == ']' && char_at(line, end + 1) == ']' && !(char_at(line, end + 2) && strchr("([:]", char_at(line, end + 2)));
    return closed && model_find(look->model, id) ? end + 2 : 0;
}

/* What follows the ] of "[text](https://...": an address to which any link may lead. */
static bool begins_address(str rest)
{
    static const char *const fine[] = { "(https://", "(http://", "(mailto:" };
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (str_starts(rest, str_of(fine[i])))
            return true;
    return false;
}

/* A tag needs its > somewhere behind it, a block of HTML the beginning of a line or of an item. */
static bool begins_no_tag(struct look *look, str line, size_t at)
{
    char next = char_at(line, at + 1);
    if (!is_letter(next) && !(next && strchr("/!?", next)))
        return true;
    look->open_tag = true;
    return at > 0 && is_word(line.at[at - 1]);
}

/* "&#91;" is a character that is none of the bytes looked at. */
static bool is_no_entity(str line, size_t at)
{
    size_t end = at + 1;
    while (is_word(char_at(line, end)) || char_at(line, end) == '#')
        end++;
    return end == at + 1 || char_at(line, end) != ';';
}

/* Whether the mark at [*at], one of those below, can do no harm; [*at] is then its last byte. */
static bool mark_is_fine(struct look *look, str line, size_t *at)
{
    char next = char_at(line, *at + 1);
    size_t end;
    switch (line.at[*at]) {
    case '*': case '_': case '~':
        look->marks++;
        return true;
    case '[':
        look->marks++;
        if (next != '[')
            return next != '^';
        end = end_of_link(look, line, *at);
        *at = end ? end - 1 : *at;
        return end > 0;
    case ']':  return !next || !strchr("([:", next) || begins_address(str_cut(line, *at + 1, line.len));
    case '<':  return begins_no_tag(look, line, *at);
    case '>':  return !look->open_tag;
    case '!':  return next != '[';
    case '\\': return !next || !strchr("[]|^", next);
    case '&':  return is_no_entity(line, *at);
    case '\r': return *at + 1 == line.len;
    default:   return false; /* NUL */
    }
}

static const bool is_mark[256] = { ['*'] = 1, ['_'] = 1, ['~'] = 1, ['['] = 1, [']'] = 1, ['<'] = 1, ['>'] = 1, ['!'] = 1, ['\\'] = 1,
                                   ['&'] = 1, ['\r'] = 1, ['\0'] = 1 };

static bool marks_are_fine(struct look *look, str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (is_mark[(unsigned char)line.at[i]] && !mark_is_fine(look, line, &i))
            return false;
    return look->marks <= MARKS_MOST;
}

/* What may open lists and quotes is short. */
static bool prefix_is_fine(str line)
{
    size_t n = 0;
    while (n < line.len && (is_digit(line.at[n]) || (line.at[n] && strchr(" \t>-+*.)", line.at[n])))) {
        if (line.at[n] == '\t')
            return false;
        n++;
    }
    return n <= PREFIX_MOST;
}

/* Only blanks, dashes, colons, pipes and the marks of quotes. */
static bool is_ruler(str line)
{
    bool dash = false;
    for (size_t i = 0; i < line.len; i++) {
        if (!line.at[i] || !strchr("|-: \t>", line.at[i]))
            return false;
        dash |= line.at[i] == '-';
    }
    return dash;
}

static struct pipes pipes_of(str line)
{
    struct pipes pipes = { 0, line.at[0] == '|', line.at[line.len - 1] == '|' };
    for (size_t at = str_find(line, '|', 0); at < line.len; at = str_find(line, '|', at + 1))
        pipes.count++;
    return pipes;
}

/* The line behind the marks of quotes and items that it begins with. */
static str words_of(str line)
{
    for (size_t at = 0; at < line.len;) {
        while (is_digit(char_at(line, at)))
            at++;
        if (at == line.len || !strchr(at > 0 ? ".)" : ">-+*", line.at[at]) || (line.at[at++] != '>' && char_at(line, at) != ' '))
            break;
        line = str_trim(str_cut(line, at, line.len));
        at = 0;
    }
    return line;
}

/* Rows of tables are right where all lines have as many pipes, be they rows or not; [line] has no blanks around it. */
static bool note_pipes(struct look *look, str line)
{
    struct pipes pipes = pipes_of(line);
    str words = words_of(line);
    if (look->lines++ == 0) {
        look->pipes = pipes;
        look->first = words;
    }
    look->barred += pipes.last && words.len && words.at[0] == '|';
    look->ruled |= pipes.count > 0 && is_ruler(line);
    look->table |= look->lines == 2 && pipes.count > 0 && markdown_columns(look->first, words) > 0;
    look->uneven |= pipes.count != look->pipes.count || pipes.first != look->pipes.first || pipes.last != look->pipes.last;
    return pipes.count <= PIPES_MOST;
}

static bool end_run(struct look *look)
{
    bool fine = !(look->ruled || look->barred > 1) || (look->table && !look->uneven);
    look->marks = look->lines = look->barred = 0;
    look->ruled = look->uneven = look->table = false;
    return fine;
}

/* A heading is made of the lines above by dashes below them. */
static bool is_underline(str line) { return line.at[0] == line.at[line.len - 1] && (line.at[0] == '-' || line.at[0] == '='); }

static bool begin_is_fine(const struct look *look, str line)
{
    str words = words_of(line);
    return !slip_possible(words) && (words.len == 0 || look->lines == 0 || !is_underline(words));
}

bool weave_is_harmless(const struct model *model, str text)
{
    struct look look = { .model = model };
    if (text.len > LIMIT_MARKDOWN_BYTES)
        return false;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        end = str_find(text, '\n', at);
        str line = str_cut(text, at, end), words = str_trim(line);
        if (words.len == 0 ? !end_run(&look) : line.len > LIMIT_MARKDOWN_LINE || !prefix_is_fine(line) || !begin_is_fine(&look, words) || !marks_are_fine(&look, line) || !note_pipes(&look, words))
            return false;
    }
    return end_run(&look);
}
