/* SPDX-License-Identifier: MIT */
/*
 * What a Markdown text must not be, checked in one pass before the parse: too long, too deeply nested, full of
 * unclosed images. Each of these is harmless in a text that somebody wrote and takes libcmark seconds to hours
 * when somebody means harm.
 */
#include "base/limits.h"
#include "parse/markdown_part.h"

enum { IMAGES_MOST = 4096 };

struct guard {
    struct md_parse *parse;
    size_t           images;
    unsigned         columns[LIMIT_MARKDOWN_NEST + 1]; /* where the open lists' markers stand */
    unsigned         open;
};

static bool refuse(struct guard *guard, enum language_rule rule, size_t begin, size_t end, const char *what)
{
    const struct md_parse *parse = guard->parse;
    finding_add(parse->findings, rule, md_span(parse->text, begin, end), "%s", what);
    return false;
}

static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* Whether a list item begins at [at]; *after is where its text would begin. */
static bool is_item(str line, size_t at, size_t *after)
{
    size_t i = at;
    if (i < line.len && strchr("-+*", line.at[i]) && line.at[i]) {
        i++;
    } else {
        while (i < line.len && i - at < 9 && line.at[i] >= '0' && line.at[i] <= '9')
            i++;
        if (i == at || i == line.len || (line.at[i] != '.' && line.at[i] != ')'))
            return false;
        i++;
    }
    *after = i;
    return i == line.len || is_space(line.at[i]);
}

/* - - - and * * * are lines across the page, however long. */
static bool is_rule(str line)
{
    char mark = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (is_space(line.at[i]))
            continue;
        if (!strchr("-*_", line.at[i]) || (mark && line.at[i] != mark))
            return false;
        mark = line.at[i];
    }
    return mark != 0;
}

/* Counts the lists and quotes a line opens, on top of the lists that its indentation continues. */
static bool nesting_is_fine(struct guard *guard, str line)
{
    unsigned column = md_indent(line), markers = 0;
    size_t   i = 0, after;
    bool     items = false;

    for (;;) {
        while (i < line.len && is_space(line.at[i]))
            i++;
        if (i < line.len && line.at[i] == '>')
            i++;
        else if (is_item(line, i, &after))
            i = after, items = true;
        else
            break;
        if (++markers > LIMIT_MARKDOWN_NEST)
            return is_rule(line);
    }
    if (!items)
        return true;
    while (guard->open && guard->columns[guard->open - 1] >= column)
        guard->open--;
    if (guard->open + markers > LIMIT_MARKDOWN_NEST)
        return is_rule(line);
    guard->columns[guard->open++] = column;
    return true;
}

static size_t images_in(str line)
{
    size_t n = 0;
    for (size_t at = str_find(line, '!', 0); at + 1 < line.len; at = str_find(line, '!', at + 1))
        n += line.at[at + 1] == '[';
    return n;
}

static bool line_is_fine(struct guard *guard, size_t begin, str line)
{
    if (line.len > LIMIT_MARKDOWN_LINE)
        return refuse(guard, LANG_MARKDOWN_LINE, begin, begin + 1, "this line of Markdown is longer than 64 KiB");
    if (!nesting_is_fine(guard, line))
        return refuse(guard, LANG_MARKDOWN_NEST, begin, begin + line.len, "lists and quotes are nested more than 32 deep here");
    guard->images += images_in(line);
    if (guard->images > IMAGES_MOST)
        return refuse(guard, LANG_MARKDOWN_IMAGES, begin, begin + line.len, "the text has more than 4096 images");
    return true;
}

bool md_guard(struct md_parse *parse)
{
    struct guard guard = { .parse = parse };
    str    bytes = parse->text->bytes;
    size_t most = parse->text->most, begin = 0;

    if (bytes.len > most)
        return refuse(&guard, LANG_MARKDOWN_BYTES, most, most + 1, "the Markdown text is longer than allowed; it goes beyond the limit here");
    size_t nul = str_find(bytes, '\0', 0), bad = utf8_invalid_at(bytes);
    if (nul < bytes.len)
        return refuse(&guard, LANG_MARKDOWN_BYTE, nul, nul + 1, "a NUL byte stands in the Markdown text");
    if (bad < bytes.len)
        return refuse(&guard, LANG_MARKDOWN_BYTE, bad, bad + 1, "a byte that is not UTF-8 stands in the Markdown text");
    while (begin < bytes.len) {
        size_t end = md_line_end(bytes, begin);
        if (!line_is_fine(&guard, begin, str_cut(bytes, begin, end)))
            return false;
        begin = end + 1;
    }
    return true;
}
