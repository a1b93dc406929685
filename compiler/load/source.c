/* SPDX-License-Identifier: MIT */
#include "load/source.h"

struct source *source_add(struct sources *sources, str path, str bytes, bool builtin)
{
    struct source *source = NEW(sources->arena, struct source);
    *source = (struct source){ .number = (uint32_t)sources->list.len + 1, .path = path, .bytes = bytes, .shown = bytes, .builtin = builtin };
    LIST_PUSH(sources->arena, &sources->list, source);
    return source;
}

struct source *source_of(const struct sources *sources, struct span span)
{
    return span.file > 0 && span.file <= sources->list.len ? sources->list.at[span.file - 1] : NULL;
}

/* Lines end at LF, CR LF or a lone CR, as YAML and CommonMark have it. */
static void find_lines(struct sources *sources, struct source *source)
{
    LIST_OF(uint32_t) lines = { 0 };
    str s = source->bytes;

    LIST_PUSH(sources->arena, &lines, 0);
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '\n' || (s.at[i] == '\r' && (i + 1 == s.len || s.at[i + 1] != '\n')))
            LIST_PUSH(sources->arena, &lines, (uint32_t)i + 1);
    source->lines = lines.at;
    source->nlines = (uint32_t)lines.len;
}

/* Index of the last line that begins at or before [offset]. */
static uint32_t line_index(const struct source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->nlines;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct place source_place(struct sources *sources, struct source *source, uint32_t offset)
{
    if (!source->lines)
        find_lines(sources, source);
    if (offset > source->bytes.len)
        offset = (uint32_t)source->bytes.len;
    uint32_t line = line_index(source, offset), column = 1;
    str      before = str_cut(source->shown, source->lines[line], offset); /* as an editor shows it: a bad byte is one column */
    for (size_t i = 0; i < before.len; column++)
        utf8_next(before, &i);
    return (struct place){ line + 1, column };
}

str source_line(struct sources *sources, struct source *source, uint32_t line, uint32_t *begin)
{
    if (!source->lines)
        find_lines(sources, source);
    if (line == 0 || line > source->nlines)
        return (str){ 0 };
    size_t from = source->lines[line - 1], to = line < source->nlines ? source->lines[line] : source->bytes.len;
    if (begin)
        *begin = (uint32_t)from;
    while (to > from && (source->shown.at[to - 1] == '\n' || source->shown.at[to - 1] == '\r'))
        to--;
    return str_cut(source->shown, from, to);
}
