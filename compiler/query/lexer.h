/* SPDX-License-Identifier: MIT */
/*
 * Expression text -> tokens, one at a time, each with the bytes it covers. Tokens are slices of the text;
 * literals.c turns those of numbers and strings into values. Knows nothing of schema or model.
 */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include "query/query.h"

enum token_kind {
    TOK_END,
    TOK_BAD,     /* no token begins here: a stray character or a string without end */
    TOK_NAME,
    TOK_QUOTED,  /* `a name in backticks`, only after a dot */
    TOK_INT,
    TOK_DOUBLE,
    TOK_TEXT,    /* any form of string, quotes and prefix included */
    TOK_OR, TOK_AND, TOK_EQUAL, TOK_DIFFERENT, TOK_LESS_EQUAL, TOK_MORE_EQUAL, TOK_LESS, TOK_MORE,
    TOK_ADD, TOK_SUBTRACT, TOK_MULTIPLY, TOK_DIVIDE, TOK_MODULO, TOK_NOT, TOK_DOT, TOK_COMMA,
    TOK_QUESTION, TOK_COLON, TOK_OPEN, TOK_CLOSE, TOK_OPEN_LIST, TOK_CLOSE_LIST, TOK_OPEN_MAP, TOK_CLOSE_MAP,
};

struct token {
    enum token_kind kind;
    size_t          begin, end;
};

/* The token at or after [from], white space and comments skipped. TOK_END stands at text.len for ever. */
struct token token_at(str text, size_t from);
static inline str token_text(str text, struct token token) { return str_cut(text, token.begin, token.end); }

/* The content of a string token with its escapes undone; false with *problem set where an escape is wrong. */
bool literal_text(struct arena *arena, str text, struct token token, str *out, struct query_problem *problem);
/* The number of a TOK_INT (decimal or 0x), negated when [negative]; false when it does not fit. */
bool literal_int(str digits, bool negative, int64_t *out);

#endif
