/* SPDX-License-Identifier: MIT */
/* Expression text -> tokens. One look at the text per token and no state besides the position. */
#include "query/lexer.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_name_start(char c) { return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_'; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
static bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }
static char char_at(str text, size_t at) { return at < text.len ? text.at[at] : '\0'; }

static size_t skip_blank(str text, size_t at)
{
    for (; at < text.len; at++) {
        if (text.at[at] == '/' && char_at(text, at + 1) == '/')
            at = str_find(text, '\n', at);
        else if (!is_blank(text.at[at]))
            return at;
    }
    return text.len;
}

static size_t skip_digits(str text, size_t at)
{
    while (is_digit(char_at(text, at)))
        at++;
    return at;
}

static size_t skip_name(str text, size_t at)
{
    while (is_name_part(char_at(text, at)))
        at++;
    return at;
}

static struct token number_at(str text, size_t from)
{
    if (text.at[from] == '0' && (char_at(text, from + 1) == 'x' || char_at(text, from + 1) == 'X'))
        return (struct token){ TOK_INT, from, skip_name(text, from + 2) };
    enum token_kind kind = TOK_INT;
    size_t at = skip_digits(text, from);
    if (char_at(text, at) == '.' && is_digit(char_at(text, at + 1))) {
        kind = TOK_DOUBLE;
        at = skip_digits(text, at + 1);
    }
    if (char_at(text, at) == 'e' || char_at(text, at) == 'E') {
        size_t sign = char_at(text, at + 1) == '-' || char_at(text, at + 1) == '+';
        if (is_digit(char_at(text, at + 1 + sign))) {
            kind = TOK_DOUBLE;
            at = skip_digits(text, at + 1 + sign);
        }
    }
    return (struct token){ kind, from, at };
}

/* [from] is where the token begins (its prefix r or b included), [quote] where its first quote stands. */
static struct token string_at(str text, size_t from, size_t quote)
{
    char mark = text.at[quote];
    bool raw = quote > from;
    bool triple = char_at(text, quote + 1) == mark && char_at(text, quote + 2) == mark;
    for (size_t at = quote + (triple ? 3 : 1); at < text.len; at++) {
        if (text.at[at] == '\\' && !raw)
            at++;
        else if (!triple && (text.at[at] == '\n' || text.at[at] == '\r'))
            break;
        else if (text.at[at] == mark && !triple)
            return (struct token){ TOK_TEXT, from, at + 1 };
        else if (text.at[at] == mark && char_at(text, at + 1) == mark && char_at(text, at + 2) == mark)
            return (struct token){ TOK_TEXT, from, at + 3 };
    }
    return (struct token){ TOK_BAD, from, quote + (triple ? 3 : 1) };
}

static bool is_quote(char c) { return c == '"' || c == '\''; }

/* Names, and strings with a prefix: r"" raw, b"" bytes (which the parser refuses with a reason). */
static struct token word_at(str text, size_t from)
{
    size_t quote = from;
    while (quote < from + 2 && ((char_at(text, quote) | 0x20) == 'r' || (char_at(text, quote) | 0x20) == 'b'))
        quote++;
    if (quote > from && is_quote(char_at(text, quote)))
        return string_at(text, from, quote);
    return (struct token){ TOK_NAME, from, skip_name(text, from) };
}

static struct token quoted_at(str text, size_t from)
{
    size_t end = str_find(text, '`', from + 1);
    if (end == text.len)
        return (struct token){ TOK_BAD, from, from + 1 };
    return (struct token){ TOK_QUOTED, from, end + 1 };
}

/* `==` and its like. */
static enum token_kind before_equals(char c)
{
    switch (c) {
    case '=': return TOK_EQUAL;
    case '!': return TOK_DIFFERENT;
    case '<': return TOK_LESS_EQUAL;
    case '>': return TOK_MORE_EQUAL;
    default:  return TOK_BAD;
    }
}

static enum token_kind alone(char c)
{
    switch (c) {
    case '<': return TOK_LESS;
    case '>': return TOK_MORE;
    case '+': return TOK_ADD;
    case '-': return TOK_SUBTRACT;
    case '*': return TOK_MULTIPLY;
    case '/': return TOK_DIVIDE;
    case '%': return TOK_MODULO;
    case '!': return TOK_NOT;
    case '.': return TOK_DOT;
    case ',': return TOK_COMMA;
    case '?': return TOK_QUESTION;
    case ':': return TOK_COLON;
    case '(': return TOK_OPEN;
    case ')': return TOK_CLOSE;
    case '[': return TOK_OPEN_LIST;
    case ']': return TOK_CLOSE_LIST;
    case '{': return TOK_OPEN_MAP;
    case '}': return TOK_CLOSE_MAP;
    default:  return TOK_BAD;
    }
}

static struct token mark_at(str text, size_t from)
{
    char first = text.at[from], second = char_at(text, from + 1);
    enum token_kind two = second == '=' ? before_equals(first) : first == '|' && second == '|' ? TOK_OR : first == '&' && second == '&' ? TOK_AND : TOK_BAD;
    enum token_kind one = alone(first);
    if (two != TOK_BAD || one != TOK_BAD)
        return (struct token){ two != TOK_BAD ? two : one, from, from + (two != TOK_BAD ? 2 : 1) };
    size_t end = from;
    utf8_next(text, &end);
    return (struct token){ TOK_BAD, from, end };
}

struct token token_at(str text, size_t from)
{
    size_t at = skip_blank(text, from);
    if (at >= text.len)
        return (struct token){ TOK_END, text.len, text.len };
    char c = text.at[at];
    if (is_name_start(c))
        return word_at(text, at);
    if (is_digit(c) || (c == '.' && is_digit(char_at(text, at + 1))))
        return number_at(text, at);
    if (is_quote(c))
        return string_at(text, at, at);
    if (c == '`')
        return quoted_at(text, at);
    return mark_at(text, at);
}
