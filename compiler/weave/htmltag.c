/* SPDX-License-Identifier: MIT */
#include "weave/htmltag.h"

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
static bool is_name(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':'; }

/* --- tags --- */

/*
 * The end of the tag at [at], behind its '>', quotes kept in mind; 0 when there is no '>' any more. A quote that
 * never closes is a slip and counts for nothing.
 */
static size_t tag_end(str s, size_t at)
{
    char quote = 0;
    for (size_t i = at + 1; i < s.len; i++) {
        char c = s.at[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    size_t end = str_find(s, '>', at);
    return end < s.len ? end + 1 : 0;
}

/* Reads a comment, declaration or tag at [at]; returns where it ends, 0 when '<' is just a character. */
static size_t read_tag(str s, size_t at, struct html_tag *tag)
{
    str rest = str_cut(s, at, s.len);
    if (str_starts(rest, STR("<!--"))) {
        size_t end = str_search(rest, STR("-->"), 4);
        tag->comment = true;
        tag->name = str_trim(str_cut(rest, 4, end == SIZE_MAX ? rest.len : end));
        return end == SIZE_MAX ? s.len : at + end + 3;
    }
    if (str_starts(rest, STR("<!")) || str_starts(rest, STR("<?"))) {
        size_t end = tag_end(s, at);
        return end ? end : s.len;
    }
    size_t i = 1;
    tag->closing = i < rest.len && rest.at[i] == '/';
    i += tag->closing;
    size_t name = i;
    if (i == rest.len || !is_letter(rest.at[i]))
        return 0;
    while (i < rest.len && is_name(rest.at[i]))
        i++;
    size_t end = tag_end(s, at);
    if (end == 0)
        return s.len + 1; /* nor will any other tag end */
    tag->name = str_cut(rest, name, i);
    tag->attributes = str_cut(rest, i, end - at - 1);
    tag->whole = str_cut(s, at, end);
    return end;
}

bool htmltag_next(str *rest, str *words, struct html_tag *tag)
{
    str    s = *rest;
    size_t at = 0, end = 0;

    *tag = (struct html_tag){ 0 };
    if (s.len == 0)
        return false;
    for (at = str_find(s, '<', 0); at < s.len; at = str_find(s, '<', at + 1)) {
        *tag = (struct html_tag){ 0 };
        if ((end = read_tag(s, at, tag)) != 0)
            break;
    }
    if (at >= s.len || end > s.len) {
        *tag = (struct html_tag){ 0 };
        at = end = s.len;
    }
    *words = str_cut(s, 0, at);
    *rest = str_cut(s, end, s.len);
    return true;
}

/* --- entities --- */

static const struct { const char *name; uint32_t cp; } entities[] = {
    { "amp", '&' },     { "apos", '\'' },    { "bull", 0x2022 },  { "cent", 0xA2 },    { "copy", 0xA9 },    { "deg", 0xB0 },
    { "euro", 0x20AC }, { "frac12", 0xBD },  { "ge", 0x2265 },    { "gt", '>' },       { "hellip", 0x2026 }, { "laquo", 0xAB },
    { "ldquo", 0x201C }, { "le", 0x2264 },   { "lsquo", 0x2018 }, { "lt", '<' },       { "mdash", 0x2014 }, { "micro", 0xB5 },
    { "middot", 0xB7 }, { "nbsp", 0xA0 },    { "ndash", 0x2013 }, { "ne", 0x2260 },    { "para", 0xB6 },    { "plusmn", 0xB1 },
    { "pound", 0xA3 },  { "quot", '"' },     { "raquo", 0xBB },   { "rarr", 0x2192 },  { "rdquo", 0x201D }, { "reg", 0xAE },
    { "rsquo", 0x2019 }, { "sect", 0xA7 },   { "shy", 0xAD },     { "times", 0xD7 },   { "trade", 0x2122 },
};

static uint32_t number_of(str digits, unsigned base)
{
    uint32_t n = 0;
    if (digits.len == 0 || digits.len > 7)
        return 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.at[i];
        unsigned d = c >= '0' && c <= '9' ? (unsigned)(c - '0') : is_letter(c) ? (unsigned)((c | 32) - 'a') + 10 : 99;
        if (d >= base)
            return 0;
        n = n * base + d;
    }
    bool text = n >= 0x20 && n <= 0x10FFFF && (n < 0xD800 || n > 0xDFFF) && (n < 0xF8F0 || n > 0xF8FF);
    return text ? n : 0xFFFD;
}

/* The character "&name;" at [at] stands for, 0 when it is none; *end is behind it. */
static uint32_t entity_at(str s, size_t at, size_t *end)
{
    size_t semicolon = str_find(s, ';', at);
    if (semicolon >= s.len || semicolon - at > 10)
        return 0;
    str name = str_cut(s, at + 1, semicolon);
    *end = semicolon + 1;
    if (name.len > 1 && name.at[0] == '#')
        return name.at[1] == 'x' || name.at[1] == 'X' ? number_of(str_cut(name, 2, name.len), 16) : number_of(str_cut(name, 1, name.len), 10);
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
        if (str_eq(name, str_of(entities[i].name)))
            return entities[i].cp;
    return 0;
}

static str decode(struct arena *arena, str raw, bool fold)
{
    char  *out = arena_alloc(arena, raw.len + 4, 1);
    size_t len = 0, end;
    for (size_t i = 0; i < raw.len;) {
        uint32_t cp = raw.at[i] == '&' ? entity_at(raw, i, &end) : 0;
        if (cp) {
            len += utf8_put(cp, out + len);
            i = end;
        } else if (fold && is_space(raw.at[i])) {
            if (len == 0 || out[len - 1] != ' ')
                out[len++] = ' ';
            i++;
        } else {
            out[len++] = raw.at[i++];
        }
    }
    return (str){ out, len };
}

str htmltag_text(struct arena *arena, str raw) { return decode(arena, raw, true); }

str htmltag_attribute(struct arena *arena, const struct html_tag *tag, const char *name)
{
    str    s = tag->attributes;
    size_t i = 0;
    while (i < s.len) {
        while (i < s.len && !is_name(s.at[i]))
            i++;
        size_t from = i;
        while (i < s.len && is_name(s.at[i]))
            i++;
        str here = str_cut(s, from, i), value = { 0 };
        while (i < s.len && is_space(s.at[i]))
            i++;
        if (i < s.len && s.at[i] == '=') {
            i++;
            while (i < s.len && is_space(s.at[i]))
                i++;
            char quote = i < s.len && (s.at[i] == '"' || s.at[i] == '\'') ? s.at[i++] : 0;
            size_t begin = i;
            while (i < s.len && (quote ? s.at[i] != quote : !is_space(s.at[i])))
                i++;
            value = str_cut(s, begin, i);
            i += quote && i < s.len;
        }
        if (str_eq_nocase(here, str_of(name)))
            return decode(arena, value, false);
    }
    return (str){ 0 };
}
