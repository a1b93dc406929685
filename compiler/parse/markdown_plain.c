/* SPDX-License-Identifier: MIT */
/*
 * Blocks whose shape leaves no doubt become nodes at once, and libcmark sees a mark in their place: tables at the margin,
 * headings and paragraphs without a byte that could mean something, comments on one line. That is most of what templates
 * make. Whatever could be part of something larger ends it: a fence or raw HTML that blank lines do not end may hold all
 * that follows, so from there on everything is libcmark's.
 */
#include "base/buf.h"
#include "parse/markdown_part.h"

struct plain {
    struct md_parse     *parse;
    const struct md_fed *fed;
    struct md_fed       *rest;
    struct buf          *bytes; /* of [rest] */
    struct md_node      *nodes; /* of the mark that [bytes] ends with; NULL: it ends with a line */
};

/* Bytes that an inline parser must see; "!" means something in front of "[" only. */
static const bool special[256] = {
    ['\\'] = true, ['`'] = true,  ['*'] = true,  ['_'] = true,  ['['] = true,  [']'] = true,  ['<'] = true, ['&'] = true,
    ['~'] = true,  ['#'] = true,  ['\t'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true, [0x7f] = true,
};

/* Whether the words of a heading or a line are text and nothing else, to their last byte. */
static bool is_text(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (special[(uint8_t)s.at[i]])
            return false;
    return s.len > 0 && s.at[0] != ' ' && s.at[s.len - 1] != ' ';
}

/* No list, quote, rule, heading or underline of one begins with a letter. */
static bool is_line_of_text(str line)
{
    uint8_t first = line.len ? (uint8_t)line.at[0] : ' ';
    return (first >= 0x80 || (uint8_t)((first | 32) - 'a') < 26) && is_text(line);
}

/* --- one block, which begins at line [n]: the number of the line behind it, or [n] when it is not so plain --- */

static str line_of(const struct plain *plain, size_t n) { return n < plain->fed->lines.len ? md_line_at(plain->fed, n) : (str){ 0 }; }

/* The same with its line break. */
static str whole_line(const struct plain *plain, size_t n)
{
    const struct md_fed *fed = plain->fed;
    return str_cut(fed->bytes, fed->lines.at[n].fed, n + 1 < fed->lines.len ? fed->lines.at[n + 1].fed : fed->bytes.len);
}

static struct md_node *node_at(const struct plain *plain, enum md_type type, size_t line, size_t last)
{
    return md_new(plain->parse, type, plain->fed->lines.at[line].source, plain->fed->lines.at[last].source + (uint32_t)line_of(plain, last).len);
}

static void add_text(const struct plain *plain, struct md_node *block, str text)
{
    md_add(block, md_new(plain->parse, MD_TEXT, block->begin, block->end))->text = md_keep(plain->parse, plain->fed, text);
}

static size_t heading(const struct plain *plain, size_t n, struct md_node **made)
{
    str    line = line_of(plain, n), text;
    size_t level = 0;
    while (level < line.len && line.at[level] == '#')
        level++;
    text = str_cut(line, level < line.len ? level + 1 : line.len, line.len);
    if (level > 6 || !is_text(text) || line.at[level] != ' ')
        return n;
    *made = node_at(plain, MD_HEADING, n, n);
    (*made)->level = (uint8_t)level;
    add_text(plain, *made, text);
    return n + 1;
}

static size_t comment(const struct plain *plain, size_t n, struct md_node **made)
{
    str whole = whole_line(plain, n);
    if (whole.len < strlen("<!---->\n") || !str_starts(whole, STR("<!--")) || !str_ends(whole, STR("-->\n")))
        return n;
    *made = node_at(plain, MD_HTML, n, n);
    (*made)->text = md_keep(plain->parse, plain->fed, whole);
    return n + 1;
}

static size_t table(const struct plain *plain, size_t n, struct md_node **made)
{
    size_t end = n, header;
    while (line_of(plain, end).len && line_of(plain, end).at[0] == '|')
        end++;
    if (end - n < 2 || line_of(plain, end).len || !markdown_columns(line_of(plain, n), line_of(plain, n + 1)))
        return n;
    *made = md_table(plain->parse, plain->fed, n, end - 1, 0, plain->fed->lines.at[n].source, &header);
    return end;
}

static size_t paragraph(const struct plain *plain, size_t n, struct md_node **made)
{
    size_t end = n;
    while (is_line_of_text(line_of(plain, end)))
        end++;
    if (end == n || line_of(plain, end).len)
        return n;
    struct md_node *block = *made = node_at(plain, MD_PARAGRAPH, n, end - 1);
    for (size_t at = n; at < end; at++) {
        if (at > n)
            md_add(block, md_new(plain->parse, MD_SOFT_BREAK, block->begin, block->end));
        add_text(plain, block, line_of(plain, at));
    }
    return end;
}

static size_t block(const struct plain *plain, size_t n, struct md_node **made)
{
    switch (plain->fed->bytes.at[plain->fed->lines.at[n].fed]) {
    case '#': return heading(plain, n, made);
    case '<': return comment(plain, n, made);
    case '|': return table(plain, n, made);
    default:  return paragraph(plain, n, made);
    }
}

/* --- the text --- */

/* Whether the line may begin code or HTML that blank lines do not end. */
static bool may_go_on(str line)
{
    static const str tags[] = { { "!", 1 }, { "?", 1 }, { "script", 6 }, { "style", 5 }, { "pre", 3 }, { "textarea", 8 } };
    for (size_t at = str_find(line, '<', 0); at < line.len; at = str_find(line, '<', at + 1))
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
            if (str_eq_nocase(str_cut(line, at + 1, at + 1 + tags[i].len < line.len ? at + 1 + tags[i].len : line.len), tags[i]))
                return true;
    return str_search(line, STR("```"), 0) != SIZE_MAX || str_search(line, STR("~~~"), 0) != SIZE_MAX;
}

static void put_line(struct plain *plain, size_t n, str text)
{
    struct md_line line = { (uint32_t)plain->bytes->len, plain->fed->lines.at[n].source };
    LIST_PUSH(plain->parse->scratch, &plain->rest->lines, line);
    buf_put(plain->bytes, text);
}

static void keep_lines(struct plain *plain, size_t n, size_t end)
{
    for (; n < end; n++)
        put_line(plain, n, whole_line(plain, n));
    plain->nodes = NULL;
}

/* A mark is a paragraph, which ends what a plain block ended; one stands for all blocks between two lines that stay. */
static void put_mark(struct plain *plain, size_t n)
{
    struct md_taken taken = { plain->rest->lines.len, md_new(plain->parse, MD_DOCUMENT, 0, 0) };
    LIST_PUSH(plain->parse->scratch, &plain->rest->taken, taken);
    plain->nodes = taken.nodes;
    put_line(plain, n, STR("|\n"));
    put_line(plain, n, STR("\n"));
}

const struct md_fed *md_take_plain(struct md_parse *parse, const struct md_fed *fed, struct md_fed *rest)
{
    *rest = (struct md_fed){ 0 };
    struct plain plain = { .parse = parse, .fed = fed, .rest = rest, .bytes = buf_new(parse->scratch) };
    bool begins = true; /* whether a block begins at line [n], whatever it is */
    for (size_t n = 0, next; n < fed->lines.len; n = next) {
        struct md_node *made = NULL;
        str line = line_of(&plain, n);
        next = begins && line.len ? block(&plain, n, &made) : n;
        if (made) {
            if (!plain.nodes)
                put_mark(&plain, n);
            md_add(plain.nodes, made);
            continue;
        }
        next = may_go_on(line) ? fed->lines.len : n + 1;
        begins = line.len == 0;
        if (!begins || !plain.nodes) /* a blank line stands behind a mark already */
            keep_lines(&plain, n, next);
    }
    rest->bytes = buf_str(plain.bytes);
    return rest->taken.len ? rest : fed;
}
