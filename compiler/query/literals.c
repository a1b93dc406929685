/* SPDX-License-Identifier: MIT */
/* The values of string and number tokens. A string without escapes is a slice of the expression's text. */
#include "query/lexer.h"

struct escapes {
    str                   text; /* the whole expression, so that offsets need no conversion */
    size_t                at, end;
    char                 *out;
    size_t                len;
    struct query_problem *problem;
};

static bool bad_escape(struct escapes *e, size_t from, const char *message, const char *help)
{
    *e->problem = (struct query_problem){ str_of(message), str_of(help), from, e->at < e->end ? e->at : e->end };
    return false;
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

/* Reads exactly [count] digits of [base] after the escape that began at [from]. */
static bool put_coded(struct escapes *e, size_t from, int count, uint32_t base)
{
    uint32_t code = 0;
    for (int i = 0; i < count; i++, e->at++) {
        int digit = e->at < e->end ? digit_value(e->text.at[e->at]) : 99;
        if (digit >= (int)base)
            return bad_escape(e, from, "an escape in a string is cut short", "\\x41, \\u0041, \\U00000041 or \\101");
        code = code * base + (uint32_t)digit;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return bad_escape(e, from, "an escape in a string names no character", "");
    e->len += utf8_put(code, e->out + e->len);
    return true;
}

static bool put_escape(struct escapes *e)
{
    static const char letters[] = "abfnrtv\\?\"'`", means[] = "\a\b\f\n\r\t\v\\?\"'`";
    size_t from = e->at++;
    if (e->at == e->end)
        return bad_escape(e, from, "an escape in a string is cut short", "");
    char c = e->text.at[e->at++];
    const char *letter = c ? strchr(letters, c) : NULL;
    if (letter) {
        e->out[e->len++] = means[letter - letters];
        return true;
    }
    switch (c) {
    case 'x': case 'X': return put_coded(e, from, 2, 16);
    case 'u':           return put_coded(e, from, 4, 16);
    case 'U':           return put_coded(e, from, 8, 16);
    case '0': case '1': case '2': case '3':
        e->at--;
        return put_coded(e, from, 3, 8);
    default:
        return bad_escape(e, from, "unknown escape in a string", "write \\\\ for a backslash, or a raw string r\"...\"");
    }
}

bool literal_text(struct arena *arena, str text, struct token token, str *out, struct query_problem *problem)
{
    size_t begin = token.begin;
    while (text.at[begin] != '"' && text.at[begin] != '\'')
        begin++;
    bool raw = begin > token.begin;
    size_t quotes = token.end - begin >= 6 && text.at[begin + 1] == text.at[begin] && text.at[begin + 2] == text.at[begin] ? 3 : 1;
    str content = str_cut(text, begin + quotes, token.end - quotes);
    *out = content;
    if (raw || str_find(content, '\\', 0) == content.len)
        return true;
    /* No escape is shorter than what it stands for: two bytes for one, ten for four. */
    struct escapes e = { text, begin + quotes, token.end - quotes, NEWS(arena, char, content.len), 0, problem };
    while (e.at < e.end) {
        if (text.at[e.at] != '\\')
            e.out[e.len++] = text.at[e.at++];
        else if (!put_escape(&e))
            return false;
    }
    *out = (str){ e.out, e.len };
    return true;
}

bool literal_int(str digits, bool negative, int64_t *out)
{
    bool hex = digits.len > 2 && (digits.at[1] | 0x20) == 'x';
    uint64_t base = hex ? 16 : 10, value = 0, most = (uint64_t)INT64_MAX + negative;
    if (digits.len == 2 && (digits.at[1] | 0x20) == 'x')
        return false;
    for (size_t i = hex ? 2 : 0; i < digits.len; i++) {
        uint64_t digit = (uint64_t)digit_value(digits.at[i]);
        if (digit >= base || value > (most - digit) / base)
            return false;
        value = value * base + digit;
    }
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}
