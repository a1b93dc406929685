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

struct front front_split(struct findings *findings, struct source *source)
{
    str    s = source->bytes;
    size_t begin = str_starts(source->shown, STR("\xEF\xBB\xBF")) ? 3 : 0, next;
    struct front front = { .body_begin = (uint32_t)begin };

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
    struct span span = { source->number, (uint32_t)begin, (uint32_t)begin + 3 };
    finding_add(findings, LANG_FRONT_OPEN, span, "the front matter that begins here has no closing line of three dashes");
    return (struct front){ .body_begin = (uint32_t)s.len, .open = true };
}
