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
static bool ends_line(str s, size_t i)
{
    return s.at[i] == '\n' || (s.at[i] == '\r' && (i + 1 == s.len || s.at[i + 1] != '\n'));
}

static uint32_t ends_between(str s, size_t from, size_t to)
{
    uint32_t ends = 0;
    for (size_t i = from; i < to; i++)
        ends += ends_line(s, i);
    return ends;
}

static void count_lines(struct sources *sources, struct source *source)
{
    size_t n = source->bytes.len / SOURCE_STEP + 1;
    if (source->ends)
        return;
    uint32_t *ends = NEWS(sources->arena, uint32_t, n);
    for (size_t i = 1; i < n; i++)
        ends[i] = ends[i - 1] + ends_between(source->bytes, (i - 1) * SOURCE_STEP, i * SOURCE_STEP);
    source->ends = ends;
}

/* Makes [line], in which [offset] is, the known one. */
static void know_line(struct source *source, uint32_t line, uint32_t offset)
{
    uint32_t begin = offset;
    while (begin > 0 && !ends_line(source->bytes, begin - 1))
        begin--;
    source->known = (struct known_line){ .line = line, .begin = begin, .counted = begin, .column = 1 };
}

struct place source_place(struct sources *sources, struct source *source, uint32_t offset)
{
    struct known_line *known = &source->known;
    count_lines(sources, source);
    if (offset > source->bytes.len)
        offset = (uint32_t)source->bytes.len;
    size_t   step = offset / SOURCE_STEP;
    uint32_t line = source->ends[step] + ends_between(source->bytes, step * SOURCE_STEP, offset) + 1;
    if (known->line != line)
        know_line(source, line, offset);
    bool     further = offset >= known->counted;
    uint32_t column = further ? known->column : 1;
    str text = str_cut(source->shown, further ? known->counted : known->begin, offset); /* as an editor shows it: a bad byte is one column */
    for (size_t i = 0; i < text.len; column++)
        utf8_next(text, &i);
    if (offset == source->shown.len || ((unsigned char)source->shown.at[offset] & 0xC0) != 0x80) { /* never from the middle of a character */
        known->counted = offset;
        known->column = column;
    }
    return (struct place){ line, column };
}

/* Where the line after [ends] ends of lines begins; false when there are fewer. */
static bool line_begin(const struct source *source, uint32_t ends, size_t *begin)
{
    size_t low = 0, high = source->bytes.len / SOURCE_STEP + 1;
    while (high - low > 1) { /* the last step before which there are fewer */
        size_t middle = low + (high - low) / 2;
        if (source->ends[middle] < ends)
            low = middle;
        else
            high = middle;
    }
    uint32_t found = source->ends[low];
    for (*begin = ends ? low * SOURCE_STEP : 0; found < ends && *begin < source->bytes.len; ++*begin)
        found += ends_line(source->bytes, *begin);
    return found == ends;
}

str source_line(struct sources *sources, struct source *source, uint32_t line, uint32_t *begin)
{
    struct known_line *known = &source->known;
    size_t from;
    count_lines(sources, source);
    if (line == 0)
        return (str){ 0 };
    if (known->line != line) {
        if (!line_begin(source, line - 1, &from))
            return (str){ 0 };
        know_line(source, line, (uint32_t)from);
    }
    if (known->end == 0)
        for (known->end = known->begin; known->end < source->bytes.len && !ends_line(source->bytes, known->end);)
            known->end++;
    if (begin)
        *begin = known->begin;
    size_t to = known->end;
    while (to > known->begin && source->shown.at[to - 1] == '\r')
        to--;
    return str_cut(source->shown, known->begin, to);
}
