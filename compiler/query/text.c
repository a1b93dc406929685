/* SPDX-License-Identifier: MIT */
/* Text with expressions in braces: `{control.id} is excluded`. `{{` and `}}` are braces. */
#include "base/buf.h"
#include "query/lexer.h"
#include "query/tree.h"
#include "query/values.h"

/* Either literal text or an expression. */
struct piece {
    str                literal;
    const struct expr *expr;
};
struct expr_text {
    LIST_OF(struct piece) pieces;
};

/* Where the expression that begins at [from] ends: at the brace that closes its hole. SIZE_MAX: nowhere. */
static size_t hole_end(str text, size_t from)
{
    size_t open = 0;
    for (;;) {
        struct token token = token_at(text, from);
        if (token.kind == TOK_END)
            return SIZE_MAX;
        if (token.kind == TOK_CLOSE_MAP && open-- == 0)
            return token.begin;
        open += token.kind == TOK_OPEN_MAP;
        from = token.end;
    }
}

static size_t literal_end(str text, size_t from)
{
    while (from < text.len && text.at[from] != '{' && text.at[from] != '}')
        from++;
    return from;
}

static struct expr *compile_hole(struct arena *arena, const struct schema *schema, const struct query_scope *scope,
                                 str text, size_t begin, size_t end, struct query_problem *problem)
{
    if (end == SIZE_MAX) {
        *problem = (struct query_problem){ STR("a brace is never closed"), STR("write {{ for a brace"), begin - 1, begin };
        return NULL;
    }
    struct expr *expr = expr_compile(arena, schema, scope, str_cut(text, begin, end), problem);
    if (!expr) {
        problem->begin += begin;
        problem->end += begin;
    }
    return expr;
}

struct expr_text *text_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope,
                               str text, struct query_problem *problem)
{
    struct expr_text *out = NEW(arena, struct expr_text);
    for (size_t at = 0; at < text.len;) {
        size_t end = literal_end(text, at);
        bool doubled = end + 1 < text.len && text.at[end + 1] == text.at[end];
        bool hole = end < text.len && text.at[end] == '{' && !doubled;
        /* Of two braces, or of one that closes nothing, one is text. */
        struct piece literal = { str_cut(text, at, end + (end < text.len && !hole)), NULL };
        LIST_PUSH(arena, &out->pieces, literal);
        at = end + (end < text.len) + (!hole && doubled);
        if (!hole)
            continue;
        size_t close = hole_end(text, at);
        struct piece piece = { { NULL, 0 }, compile_hole(arena, schema, scope, text, at, close, problem) };
        if (!piece.expr)
            return NULL;
        LIST_PUSH(arena, &out->pieces, piece);
        at = close + 1;
    }
    return out;
}

str text_eval(const struct expr_text *text, struct query_run *run)
{
    struct buf *out = buf_new(run->arena);
    for (size_t i = 0; i < text->pieces.len; i++) {
        const struct piece *piece = &text->pieces.at[i];
        if (!piece->expr) {
            buf_put(out, piece->literal);
            continue;
        }
        struct value value = expr_eval(piece->expr, run);
        run->hangs |= value.tag == V_BROKEN && value.written;
        put_value(out, value);
    }
    str result = str_copy(run->arena, buf_str(out));
    buf_free(out);
    return result;
}
