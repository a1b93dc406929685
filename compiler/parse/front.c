/* SPDX-License-Identifier: MIT */
#include "parse/front.h"

/* The line at [at] without its break; *next is where the following one begins. */
static str line_at(str s, size_t at, size_t *next)
{
    size_t end = str_find(s, '\n', at);
    *next = end < s.len ? end + 1 : s.len;
    str line = str_cut(s, at, end);
    if (line.len && line.at[line.len - 1] == '\r')
        line.len--;
    return line;
}

static bool is_fence(str line)
{
    while (line.len && (line.at[line.len - 1] == ' ' || line.at[line.len - 1] == '\t'))
        line.len--;
    return str_eq(line, STR("---"));
}

/* Where the text begins behind [at], if that is a head: people leave empty lines above it. */
static size_t skip_empty_lines(str s, size_t at)
{
    size_t begin = at, next;
    while (at < s.len && str_trim(line_at(s, at, &next)).len == 0)
        at = next;
    if (at == begin || !is_fence(line_at(s, at, &next)))
        return begin;
    str first = line_at(s, next, &next);
    size_t colon = str_find(first, ':', 0);
    return colon > 0 && colon < first.len && str_find(first, ' ', 0) > colon ? at : begin; /* else it is a line across the page */
}

struct front front_split(struct findings *findings, struct source *source)
{
    str    s = source->bytes;
    size_t top = str_starts(source->shown, STR("\xEF\xBB\xBF")) ? 3 : 0, begin = skip_empty_lines(s, top), next;
    struct front front = { .body_begin = (uint32_t)top };

    if (!is_fence(line_at(s, begin, &next)))
        return front;
    front.head_begin = (uint32_t)next;
    for (size_t at = next; at < s.len; at = next)
        if (is_fence(line_at(s, at, &next))) {
            front.there = true;
            front.head_end = (uint32_t)at;
            front.body_begin = (uint32_t)next;
            return front;
        }
    if (begin > top) /* then it was a line across the page after all */
        return (struct front){ .body_begin = (uint32_t)top };
    struct span span = { source->number, (uint32_t)begin, (uint32_t)begin + 3 };
    finding_add(findings, LANG_FRONT_OPEN, span, "the front matter that begins here has no closing line of three dashes");
    return (struct front){ .body_begin = (uint32_t)s.len, .open = true };
}
