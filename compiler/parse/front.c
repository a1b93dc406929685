/* SPDX-License-Identifier: MIT */
#include "parse/front.h"

enum { LINES_ABOVE = 20 }; /* a head that has slipped down stands among them */

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

/* "id: POL-01", "owner:" */
static bool is_key(str line)
{
    size_t colon = str_find(line, ':', 0);
    return colon > 0 && colon < line.len && str_find(line, ' ', 0) > colon;
}

/* Where the text begins behind [at], if that is a head: people leave empty lines above it, and blanks before its dashes. */
static size_t skip_blanks(str s, size_t at)
{
    size_t begin = at, next;
    while (at < s.len && str_trim(line_at(s, at, &next)).len == 0)
        at = next;
    while (at < s.len && s.at[at] == ' ')
        at++;
    if (at == begin || !is_fence(line_at(s, at, &next)))
        return begin;
    return is_key(str_trim(line_at(s, next, &next))) ? at : begin; /* else it is a line across the page */
}

/* --- heads that stand elsewhere --- */

/* Word makes one dash of two or three: "—", "–-", or somebody counted wrong. */
static bool is_nearly_fence(str line)
{
    size_t dashes = 0, at = 0;
    for (; at < line.len; dashes++) {
        bool long_one = str_starts(str_cut(line, at, line.len), STR("\xE2\x80\x93")) || str_starts(str_cut(line, at, line.len), STR("\xE2\x80\x94"));
        if (!long_one && line.at[at] != '-')
            return false;
        at += long_one ? 3 : 1;
    }
    return dashes > 0 && dashes < 10 && !str_eq(line, STR("---"));
}

static bool is_id(str line) { return str_starts(line, STR("id: ")); }

/* Whether the lines from [at] to a line of dashes are keys, and the id of a document among them. */
static bool is_head(str s, size_t at)
{
    bool has_id = false;
    for (size_t next; at < s.len; at = next) {
        str line = line_at(s, at, &next);
        if (is_fence(line))
            return has_id;
        if (line.len == 0)
            return false;
        has_id |= is_id(line);
    }
    return false;
}

/*
 * A head whose first line of dashes is not there, or that stands below words; they are looked for near the top, where no
 * code has begun, since a text about Markdown may show a head. SIZE_MAX: there is none.
 */
static size_t find_head(str s, size_t top)
{
    size_t next, at = top;
    for (int n = 0; n < LINES_ABOVE && at < s.len; n++, at = next) {
        str line = line_at(s, at, &next);
        if (str_starts(line, STR("```")) || str_starts(line, STR("~~~")))
            return SIZE_MAX;
        if (is_fence(line) || (n == 0 && is_nearly_fence(str_trim(line))) ? is_head(s, next) : n == 0 && is_id(line) && is_head(s, at))
            return at;
    }
    return SIZE_MAX;
}

static struct front misplaced(struct findings *findings, const struct source *source, size_t at)
{
    size_t next;
    str    line = line_at(source->bytes, at, &next);
    bool   dashes = is_fence(line);
    struct span span = { source->number, (uint32_t)at, (uint32_t)(at + line.len) };
    if (is_nearly_fence(str_trim(line))) {
        struct finding *near = finding_add(findings, LANG_FRONT_PLACE, span, "three dashes belong here, above the front matter, so the file is no document");
        finding_help(findings, near, "Write --- in place of this line; word processors make a long dash of it.");
        return (struct front){ .body_begin = (uint32_t)source->bytes.len, .open = true };
    }
    struct finding *f = finding_add(findings, LANG_FRONT_PLACE, span, "%s",
                                    dashes ? "the front matter of this document does not stand at its top, so it is no document" : "the front matter has no line of three dashes above it, so the file is no document");
    finding_help(findings, f, "%s", dashes ? "Move it to the first line of the file, with both its lines of three dashes." : "Add a line of three dashes above this one.");
    return (struct front){ .body_begin = (uint32_t)source->bytes.len, .open = true };
}

struct front front_split(struct findings *findings, struct source *source)
{
    str    s = source->bytes;
    size_t top = str_starts(source->shown, STR("\xEF\xBB\xBF")) ? 3 : 0, begin = skip_blanks(s, top), next, elsewhere;
    struct front front = { .body_begin = (uint32_t)top };

    if (!is_fence(line_at(s, begin, &next)))
        return (elsewhere = find_head(s, top)) == SIZE_MAX ? front : misplaced(findings, source, elsewhere);
    front.head_begin = (uint32_t)next;
    for (size_t at = next; at < s.len; at = next)
        if (is_fence(begin > top ? str_trim(line_at(s, at, &next)) : line_at(s, at, &next))) {
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
