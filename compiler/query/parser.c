/* SPDX-License-Identifier: MIT */
/*
 * Expression text -> tree, by recursive descent with CEL's precedence. The first problem is kept and makes
 * the rest of the text look empty, so that no caller checks for failure on the way.
 */
#include "query/tree.h"

#include "query/lexer.h"

struct parser {
    struct arena         *arena;
    str                   text;
    struct token          token;   /* the one to be read next */
    size_t                last;    /* end of the token read last */
    unsigned              nesting;
    bool                  failed;
    struct query_problem *problem;
};

typedef LIST_OF(struct node *) node_list;

static struct node *parse_expr(struct parser *p);
static struct node *parse_unary(struct parser *p);

static void fail(struct parser *p, size_t begin, size_t end, str message, const char *help)
{
    if (!p->failed)
        *p->problem = (struct query_problem){ message, str_of(help), begin, end };
    p->failed = true;
    p->token = (struct token){ TOK_END, p->text.len, p->text.len };
}

static void advance(struct parser *p)
{
    p->last = p->token.end;
    if (!p->failed)
        p->token = token_at(p->text, p->token.end);
}

static bool take(struct parser *p, enum token_kind kind)
{
    bool there = p->token.kind == kind;
    if (there)
        advance(p);
    return there;
}

/* What people write who know other languages. */
static const struct { const char *written, *help; } mistakes[] = {
    { "=",   "write `==` to compare" },
    { "&",   "write `&&` for and" },
    { "|",   "write `||` for or" },
    { "and", "write `&&` for and" },
    { "or",  "write `||` for or" },
    { "not", "write `!` for not" },
    { "is",  "write `==` to compare" },
    { "days", "a period is written duration(\"90 days\")" },
    { "months", "a period is written duration(\"12 months\")" },
    { "years", "a period is written duration(\"2 years\")" },
    { "u",   "there are no unsigned numbers here; leave out the u" },
    { "\xE2\x80\x9C", "write straight quotes: \"" },
    { "\xE2\x80\x9D", "write straight quotes: \"" },
    { "\xE2\x80\x9E", "write straight quotes: \"" },
    { "\xE2\x80\x98", "write straight quotes: '" },
    { "\xE2\x80\x99", "write straight quotes: '" },
};

static const char *mistake_help(str written)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        if (str_eq(written, str_of(mistakes[i].written)))
            return mistakes[i].help;
    return "";
}

/* [missing]: what to say where nothing better is known. */
static void unexpected(struct parser *p, const char *missing)
{
    if (p->token.kind == TOK_END) {
        fail(p, p->last, p->last, p->last ? STR("the expression ends too early") : STR("the expression is empty"), missing);
        return;
    }
    str written = token_text(p->text, p->token);
    const char *help = mistake_help(written);
    if (p->token.kind == TOK_BAD && (str_ends(written, STR("\"")) || str_ends(written, STR("'"))))
        fail(p, p->token.begin, p->token.end, STR("the string has no closing quote"), "");
    else if (written.len > 40)
        fail(p, p->token.begin, p->token.end, STR("this does not belong here"), missing);
    else
        fail(p, p->token.begin, p->token.end, str_print(p->arena, "`%.*s` does not belong here", STR_ARG(written)), *help ? help : missing);
}

static void expect(struct parser *p, enum token_kind kind)
{
    if (!take(p, kind))
        unexpected(p, kind == TOK_CLOSE ? "a `)` is missing" : kind == TOK_CLOSE_LIST ? "a `]` is missing"
                    : kind == TOK_CLOSE_MAP ? "a `}` is missing" : "a `:` is missing");
}

static struct node *node_new(struct parser *p, enum op op, size_t begin, node_list kids)
{
    struct node *node = NEW(p->arena, struct node);
    unsigned depth = 0;
    for (size_t i = 0; i < kids.len; i++)
        depth = kids.at[i]->depth > depth ? kids.at[i]->depth : depth;
    if (depth >= LIMIT_EXPR_DEPTH && !p->failed)
        fail(p, begin, p->last, str_print(p->arena, "the expression is nested deeper than %d levels", LIMIT_EXPR_DEPTH), "");
    node->op = (uint8_t)op;
    node->depth = (uint8_t)(depth + 1);
    node->begin = (uint32_t)begin;
    node->end = (uint32_t)p->last;
    node->kids = kids.at;
    node->nkids = (uint32_t)kids.len;
    return node;
}

static struct node *node_of(struct parser *p, enum op op, size_t begin, struct node *a, struct node *b)
{
    node_list kids = { NULL, 0, 0 };
    if (a) {
        kids.at = NEWS(p->arena, struct node *, 2);
        kids.at[kids.len++] = a;
    }
    if (b)
        kids.at[kids.len++] = b;
    return node_new(p, op, begin, kids);
}

static struct node *constant(struct parser *p, size_t begin, struct value value)
{
    struct node *node = node_of(p, OP_CONST, begin, NULL, NULL);
    node->value = value;
    return node;
}

/* Recursion of the parser itself; that of the finished tree is limited in node_new. */
static bool enter(struct parser *p)
{
    if (++p->nesting > LIMIT_EXPR_DEPTH)
        fail(p, p->token.begin, p->token.end,
             str_print(p->arena, "the expression is nested deeper than %d levels", LIMIT_EXPR_DEPTH), "");
    return !p->failed;
}

static void leave(struct parser *p) { p->nesting--; }

static struct node *nothing(struct parser *p) { return constant(p, p->last, value_null()); }

static struct node *parse_int(struct parser *p, size_t begin, bool negative)
{
    struct token token = p->token;
    int64_t number = 0;
    advance(p);
    if (!literal_int(token_text(p->text, token), negative, &number))
        fail(p, token.begin, token.end, STR("this is no whole number of 64 bits"), "");
    return constant(p, begin, value_int(number));
}

static struct node *parse_double(struct parser *p, size_t begin, bool negative)
{
    struct token token = p->token;
    double number = 0;
    advance(p);
    if (!str_to_double(token_text(p->text, token), &number))
        fail(p, token.begin, token.end, STR("this is no number"), "");
    return constant(p, begin, value_double(negative ? -number : number));
}

static struct node *parse_text(struct parser *p)
{
    struct token token = p->token;
    struct query_problem problem;
    str text = { 0 }, written = token_text(p->text, token);
    advance(p);
    if ((written.at[0] | 0x20) == 'b' || (written.at[1] | 0x20) == 'b')
        if (written.at[0] != '"' && written.at[0] != '\'')
            fail(p, token.begin, token.end, STR("there are no byte strings here"), "leave out the b");
    if (!p->failed && !literal_text(p->arena, p->text, token, &text, &problem))
        fail(p, problem.begin, problem.end, problem.message, problem.help.at);
    return constant(p, token.begin, value_text(text));
}

/* The items up to [close], which is taken; CEL allows a comma after the last. */
static node_list parse_items(struct parser *p, enum token_kind close)
{
    node_list items = { 0 };
    while (p->token.kind != close && !p->failed) {
        LIST_PUSH(p->arena, &items, parse_expr(p));
        if (!take(p, TOK_COMMA))
            break;
    }
    expect(p, close);
    return items;
}

static struct node *parse_list(struct parser *p, size_t begin)
{
    advance(p);
    node_list items = parse_items(p, TOK_CLOSE_LIST);
    return node_new(p, OP_LIST, begin, items);
}

/* Kids are keys and values in turn. */
static struct node *parse_map(struct parser *p, size_t begin)
{
    node_list items = { 0 };
    advance(p);
    while (p->token.kind != TOK_CLOSE_MAP && !p->failed) {
        LIST_PUSH(p->arena, &items, parse_expr(p));
        expect(p, TOK_COLON);
        LIST_PUSH(p->arena, &items, parse_expr(p));
        if (!take(p, TOK_COMMA))
            break;
    }
    expect(p, TOK_CLOSE_MAP);
    return node_new(p, OP_MAP, begin, items);
}

/* A text whose length needs no counting: names are compared with many words. */
#define WORD(literal) { literal, sizeof(literal) - 1 }

static const struct { str name; enum op op; } macros[] = {
    { WORD("all"), OP_ALL },       { WORD("exists"), OP_EXISTS }, { WORD("exists_one"), OP_EXISTS_ONE },
    { WORD("filter"), OP_FILTER }, { WORD("map"), OP_TRANSFORM }, { WORD("sort_by"), OP_SORT_BY },
};

static enum op macro_named(str name)
{
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        if (str_eq(name, macros[i].name))
            return macros[i].op;
    return OP_CALL;
}

/* [kids]: what to walk over, the variable, the bodies. */
static struct node *macro_new(struct parser *p, enum op op, str name, size_t begin, node_list kids)
{
    size_t most = op == OP_TRANSFORM ? 4 : 3;
    if (kids.len < 3 || kids.len > most) {
        bool condition = op != OP_TRANSFORM && op != OP_SORT_BY;
        fail(p, begin, p->last, str_print(p->arena, "`%.*s` takes a name and %s", STR_ARG(name), condition ? "a condition" : "an expression"),
             op == OP_TRANSFORM ? "as in risks.map(r, r.title)" : op == OP_SORT_BY ? "as in risks.sort_by(r, r.title)"
             : "as in risks.exists(r, r.status == \"open\")");
        return nothing(p);
    }
    struct node *variable = kids.at[1];
    if (variable->op != OP_NAME || variable->absolute)
        fail(p, variable->begin, variable->end, str_print(p->arena, "the first thing in `%.*s(...)` is a name for the element", STR_ARG(name)),
             "as in risks.exists(r, r.status == \"open\")");
    for (size_t i = 2; i < kids.len; i++)
        kids.at[i - 1] = kids.at[i];
    kids.len--;
    struct node *node = node_new(p, op, begin, kids);
    node->name = variable->name;
    return node;
}

static struct node *has_new(struct parser *p, size_t begin, node_list kids)
{
    if (kids.len != 1)
        fail(p, begin, p->last, STR("`has` takes one field"), "as in has(risk.owner)");
    return node_new(p, OP_HAS, begin, kids);
}

static struct node *call_new(struct parser *p, struct token token, size_t begin, bool method, node_list kids)
{
    str name = token_text(p->text, token);
    enum op op = macro_named(name);
    if (op != OP_CALL && (method || op == OP_SORT_BY))
        return macro_new(p, op, name, begin, kids);
    if (str_eq(name, STR("has")) && !method)
        return has_new(p, begin, kids);
    struct node *node = node_new(p, OP_CALL, begin, kids);
    node->name = name;
    node->name_at = (uint32_t)token.begin;
    node->method = method;
    return node;
}

static bool is_reserved(str name)
{
    static const str words[] = {
        WORD("as"), WORD("break"), WORD("const"), WORD("continue"), WORD("else"), WORD("for"), WORD("function"), WORD("if"), WORD("import"),
        WORD("let"), WORD("loop"), WORD("package"), WORD("namespace"), WORD("return"), WORD("var"), WORD("void"), WORD("while"),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(name, words[i]))
            return true;
    return false;
}

static struct node *parse_name(struct parser *p, size_t begin, bool absolute)
{
    struct token token = p->token;
    str name = token_text(p->text, token);
    if (token.kind != TOK_NAME || str_eq(name, STR("in")))
        unexpected(p, "");
    else if (is_reserved(name))
        fail(p, token.begin, token.end, str_print(p->arena, "`%.*s` is a reserved word", STR_ARG(name)), "");
    advance(p);
    if (take(p, TOK_OPEN))
        return call_new(p, token, begin, false, parse_items(p, TOK_CLOSE));
    struct node *node = node_of(p, OP_NAME, begin, NULL, NULL);
    node->name = name;
    node->name_at = (uint32_t)token.begin;
    node->absolute = absolute;
    return node;
}

static struct node *parse_word(struct parser *p)
{
    struct token token = p->token;
    str name = token_text(p->text, token);
    bool is_true = str_eq(name, STR("true")), is_null = str_eq(name, STR("null"));
    if (!is_true && !is_null && !str_eq(name, STR("false")))
        return parse_name(p, token.begin, false);
    advance(p);
    return constant(p, token.begin, is_null ? value_null() : value_bool(is_true));
}

static struct node *parse_group(struct parser *p, size_t begin)
{
    advance(p);
    struct node *inner = parse_expr(p);
    expect(p, TOK_CLOSE);
    /* The parentheses belong to what is underlined. */
    inner->begin = (uint32_t)begin;
    inner->end = (uint32_t)p->last;
    return inner;
}

static struct node *parse_primary(struct parser *p)
{
    size_t begin = p->token.begin;
    switch (p->token.kind) {
    case TOK_NAME:      return parse_word(p);
    case TOK_INT:       return parse_int(p, begin, false);
    case TOK_DOUBLE:    return parse_double(p, begin, false);
    case TOK_TEXT:      return parse_text(p);
    case TOK_OPEN:      return parse_group(p, begin);
    case TOK_OPEN_LIST: return parse_list(p, begin);
    case TOK_OPEN_MAP:  return parse_map(p, begin);
    case TOK_DOT:
        advance(p);
        return parse_name(p, begin, true);
    default:
        unexpected(p, "");
        return nothing(p);
    }
}

static struct node *parse_select(struct parser *p, struct node *of)
{
    struct token token = p->token;
    str name = token_text(p->text, token);
    if (token.kind == TOK_QUOTED)
        name = str_cut(name, 1, name.len - 1);
    else if (token.kind != TOK_NAME)
        unexpected(p, "a name is missing after the dot");
    advance(p);
    if (token.kind == TOK_NAME && take(p, TOK_OPEN)) {
        node_list kids = { 0 };
        LIST_PUSH(p->arena, &kids, of);
        node_list more = parse_items(p, TOK_CLOSE);
        for (size_t i = 0; i < more.len; i++)
            LIST_PUSH(p->arena, &kids, more.at[i]);
        return call_new(p, token, of->begin, true, kids);
    }
    struct node *node = node_of(p, OP_SELECT, of->begin, of, NULL);
    node->name = name;
    node->name_at = (uint32_t)(token.begin + (token.kind == TOK_QUOTED));
    return node;
}

static struct node *parse_postfix(struct parser *p, struct node *node)
{
    while (!p->failed) {
        if (take(p, TOK_DOT)) {
            node = parse_select(p, node);
        } else if (take(p, TOK_OPEN_LIST)) {
            struct node *index = parse_expr(p);
            expect(p, TOK_CLOSE_LIST);
            node = node_of(p, OP_INDEX, node->begin, node, index);
        } else {
            break;
        }
    }
    return node;
}

/* A minus directly before a number belongs to it, so that the smallest number can be written. */
static struct node *parse_minus(struct parser *p, size_t begin)
{
    advance(p);
    if (p->token.kind == TOK_INT)
        return parse_postfix(p, parse_int(p, begin, true));
    if (p->token.kind == TOK_DOUBLE)
        return parse_postfix(p, parse_double(p, begin, true));
    struct node *operand = parse_unary(p);
    return node_of(p, OP_MINUS, begin, operand, NULL);
}

static struct node *parse_not(struct parser *p, size_t begin)
{
    advance(p);
    struct node *operand = parse_unary(p);
    return node_of(p, OP_NOT, begin, operand, NULL);
}

static struct node *parse_unary(struct parser *p)
{
    enum token_kind kind = p->token.kind;
    size_t begin = p->token.begin;
    if (kind != TOK_NOT && kind != TOK_SUBTRACT)
        return parse_postfix(p, parse_primary(p));
    if (!enter(p))
        return nothing(p);
    struct node *node = kind == TOK_NOT ? parse_not(p, begin) : parse_minus(p, begin);
    leave(p);
    return node;
}

/* Operators that take two operands and group to the left; a higher level binds tighter. */
static const struct operator { enum token_kind token; enum op op; unsigned level; const char *symbol; } operators[] = {
    { TOK_EQUAL, OP_EQUAL, 0, "==" },           { TOK_DIFFERENT, OP_DIFFERENT, 0, "!=" },
    { TOK_LESS, OP_LESS, 0, "<" },              { TOK_LESS_EQUAL, OP_LESS_EQUAL, 0, "<=" },
    { TOK_MORE, OP_MORE, 0, ">" },              { TOK_MORE_EQUAL, OP_MORE_EQUAL, 0, ">=" },
    { TOK_NAME, OP_IN, 0, "in" },               { TOK_ADD, OP_ADD, 1, "+" },
    { TOK_SUBTRACT, OP_SUBTRACT, 1, "-" },      { TOK_MULTIPLY, OP_MULTIPLY, 2, "*" },
    { TOK_DIVIDE, OP_DIVIDE, 2, "/" },          { TOK_MODULO, OP_MODULO, 2, "%" },
};

const char *op_symbol(enum op op)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (operators[i].op == op)
            return operators[i].symbol;
    return op == OP_AND ? "&&" : op == OP_OR ? "||" : op == OP_NOT ? "!" : op == OP_MINUS ? "-" : "?:";
}

static const struct operator *operator_here(const struct parser *p)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (operators[i].token == p->token.kind)
            return p->token.kind != TOK_NAME || str_eq(token_text(p->text, p->token), STR("in")) ? &operators[i] : NULL;
    return NULL;
}

/* Operators that bind at least as tightly as [level]; what stands to the right of one binds tighter still. */
static struct node *parse_binary(struct parser *p, unsigned level)
{
    struct node *left = parse_unary(p);
    const struct operator *operator;
    while (!p->failed && (operator = operator_here(p)) != NULL && operator->level >= level) {
        advance(p);
        struct node *right = parse_binary(p, operator->level + 1);
        left = node_of(p, operator->op, left->begin, left, right);
    }
    return left;
}

/* Long chains of && and || are usual in rules; as one node with many kids they are not deep. [next] parses an operand. */
static struct node *parse_chain(struct parser *p, struct node *first, enum token_kind mark, enum op op, struct node *(*next)(struct parser *))
{
    node_list kids = { 0 };
    if (p->token.kind != mark)
        return first;
    LIST_PUSH(p->arena, &kids, first);
    while (take(p, mark))
        LIST_PUSH(p->arena, &kids, next(p));
    return node_new(p, op, first->begin, kids);
}

static struct node *parse_comparison(struct parser *p) { return parse_binary(p, 0); }
static struct node *parse_all_of(struct parser *p) { return parse_chain(p, parse_comparison(p), TOK_AND, OP_AND, parse_comparison); }
static struct node *parse_any_of(struct parser *p) { return parse_chain(p, parse_all_of(p), TOK_OR, OP_OR, parse_all_of); }

static struct node *parse_expr(struct parser *p)
{
    if (!enter(p))
        return nothing(p);
    struct node *node = parse_any_of(p);
    if (take(p, TOK_QUESTION)) {
        node_list kids = { 0 };
        LIST_PUSH(p->arena, &kids, node);
        LIST_PUSH(p->arena, &kids, parse_any_of(p));
        expect(p, TOK_COLON);
        LIST_PUSH(p->arena, &kids, parse_expr(p));
        node = node_new(p, OP_CHOICE, node->begin, kids);
    }
    leave(p);
    return node;
}

struct node *expr_parse(struct arena *arena, str text, struct query_problem *problem)
{
    struct parser parser = { .arena = arena, .text = text, .problem = problem };
    if (text.len > LIMIT_EXPR_BYTES) {
        fail(&parser, 0, text.len, str_print(arena, "the expression is longer than %d bytes", LIMIT_EXPR_BYTES), "");
        return NULL;
    }
    parser.token = token_at(text, 0);
    struct node *root = parse_expr(&parser);
    if (parser.token.kind != TOK_END)
        unexpected(&parser, "");
    return parser.failed ? NULL : root;
}
