/* SPDX-License-Identifier: MIT */
/* Whether operands fit their operator. Most of this file is what to tell the writer when they do not. */
#include "query/check.h"

#include "query/suggest.h"
#include "query/tree.h"
#include "query/types.h"

static bool is_text_constant(const struct node *node) { return node->op == OP_CONST && node->value.tag == V_TEXT; }

void check_condition(struct checker *c, struct node *node, str of)
{
    if (type_tags(node->type) & BIT(V_BOOL))
        return;
    str source = as_written(c, node), type = type_phrase(c->arena, node->type), help = STR("");
    if (type_tags(node->type) & BIT(V_TEXT))
        help = str_print(c->arena, "write `%.*s != \"\"`", STR_ARG(source));
    else if (type_tags(node->type) & BIT(V_LIST))
        help = str_print(c->arena, "write `size(%.*s) > 0`", STR_ARG(source));
    else if (node->op != OP_CONST)
        help = str_print(c->arena, "write `%.*s != null`", STR_ARG(source));
    wrong(c, node, str_print(c->arena, "`%.*s` needs true or false, but `%.*s` is %.*s", STR_ARG(of), STR_ARG(source), STR_ARG(type)), help);
}

/* [other] stands against a text: how it would have to be written. */
static str text_help(struct checker *c, const struct node *text, const struct node *other)
{
    str written = as_written(c, text), source = as_written(c, other);
    uint32_t tags = type_tags(other->type);
    if (tags & BIT(V_RECORD))
        return str_print(c->arena, "write `%.*s.id` to compare its id", STR_ARG(source));
    if (tags & BIT(V_LIST))
        return str_print(c->arena, "write `%.*s in %.*s`", STR_ARG(written), STR_ARG(source));
    if (!is_text_constant(text))
        return STR("");
    if (tags & BIT(V_DATE))
        return str_print(c->arena, "dates are written timestamp(%.*s)", STR_ARG(written));
    if (tags & BIT(V_PERIOD))
        return str_print(c->arena, "periods are written duration(%.*s)", STR_ARG(written));
    if (tags & BIT(V_BOOL))
        return other->type->undecided && str_eq(text->value.text, STR("undecided")) ? STR("undecided is null here")
             : STR("write true or false, without quotes");
    if (tags & TAGS_NUMBER)
        return STR("write the number without quotes");
    return STR("");
}

static str pair_help(struct checker *c, const struct node *a, const struct node *b)
{
    if (type_tags(a->type) == BIT(V_TEXT))
        return text_help(c, a, b);
    if (type_tags(b->type) == BIT(V_TEXT))
        return text_help(c, b, a);
    uint32_t both = type_tags(a->type) | type_tags(b->type);
    if (both & BIT(V_DATE) && both & TAGS_NUMBER)
        return STR("dates are written timestamp(\"2026-03-31\"), periods duration(\"90 days\")");
    if (both & BIT(V_PERIOD) && both & TAGS_NUMBER)
        return STR("periods are written duration(\"90 days\")");
    return both & BIT(V_LIST) ? STR("write `in`, or ask the elements with exists(x, ...)") : STR("");
}

static void incomparable(struct checker *c, const struct node *node, const struct node *a, const struct node *b)
{
    str left = type_phrase(c->arena, a->type), right = type_phrase(c->arena, b->type);
    wrong(c, node, str_print(c->arena, "`%s` can not compare %.*s with %.*s", op_symbol(node->op), STR_ARG(left), STR_ARG(right)),
          pair_help(c, a, b));
}

static str words_list(struct arena *arena, const struct type *type)
{
    str all = STR("it is one of ");
    for (size_t i = 0; i < type->nwords; i++)
        all = str_print(arena, "%.*s%s\"%.*s\"", STR_ARG(all), i ? ", " : "", STR_ARG(type->words[i]));
    return all;
}

static void wrong_word(struct checker *c, const struct node *node, const struct node *word, const struct type *type)
{
    struct suggestion s = suggest_for(word->value.text);
    for (size_t i = 0; i < type->nwords; i++)
        suggest_try(&s, type->words[i]);
    str source = as_written(c, node);
    wrong(c, word, str_print(c->arena, "`%.*s` is never \"%.*s\"", STR_ARG(source), STR_ARG(word->value.text)),
          suggest_help(c->arena, &s, words_list(c->arena, type)));
}

/* Comparing with a word that can not stand there is a slip no test would find, because it is just never true. */
static void check_word(struct checker *c, const struct node *node, const struct type *type, const struct node *word)
{
    if (type->tag != TYPE_ENUM || !is_text_constant(word) || word->value.text.len == 0)
        return;
    for (size_t i = 0; i < type->nsynonyms; i++)
        if (str_eq(type->synonyms[i].word, word->value.text)) {
            str source = as_written(c, node), meant = type->synonyms[i].tone;
            wrong(c, word, str_print(c->arena, "`%.*s` is never \"%.*s\"", STR_ARG(source), STR_ARG(word->value.text)),
                  str_print(c->arena, "it is understood as \"%.*s\"", STR_ARG(meant)));
            return;
        }
    for (size_t i = 0; i < type->nwords; i++)
        if (str_eq(type->words[i], word->value.text))
            return;
    wrong_word(c, node, word, type);
}

void check_equality(struct checker *c, struct node *node)
{
    struct node *a = node->kids[0], *b = node->kids[1];
    node->type = type_basic(TYPE_BOOL);
    if (!type_comparable(a->type, b->type))
        incomparable(c, node, a, b);
    check_word(c, a, a->type, b);
    check_word(c, b, b->type, a);
}

static bool is_level(const struct node *node) { return node->type->tag == TYPE_TEXT && node->type->level; }

void check_order(struct checker *c, struct node *node)
{
    struct node *a = node->kids[0], *b = node->kids[1];
    uint32_t left = type_tags(a->type) & TAGS_ORDERED, right = type_tags(b->type) & TAGS_ORDERED;
    bool numbers = left & TAGS_NUMBER && right & TAGS_NUMBER;
    node->type = type_basic(TYPE_BOOL);
    if (!(left & right) && !numbers)
        incomparable(c, node, a, b);
    else if ((is_level(a) && is_text_constant(b)) || (is_level(b) && is_text_constant(a)))
        wrong(c, node, str_print(c->arena, "`%s` can not tell how high a level is by its name", op_symbol(node->op)),
              STR("compare it with another level, or compare the scores"));
}

static void check_in_list(struct checker *c, struct node *node, const struct type *element)
{
    struct node *value = node->kids[0], *list = node->kids[1];
    if (!type_comparable(value->type, element)) {
        str left = type_phrase(c->arena, value->type), right = type_phrase(c->arena, list->type), help = STR("");
        if (type_tags(value->type) == BIT(V_TEXT) && type_tags(element) == BIT(V_RECORD))
            help = str_print(c->arena, "write `%.*s.exists(x, x.id == %.*s)`", STR_ARG(as_written(c, list)), STR_ARG(as_written(c, value)));
        wrong(c, node, str_print(c->arena, "%.*s is never in %.*s", STR_ARG(left), STR_ARG(right)), help);
        return;
    }
    check_word(c, list, element, value);
    for (uint32_t i = 0; list->op == OP_LIST && i < list->nkids; i++)
        check_word(c, value, value->type, list->kids[i]);
}

/* In a collection an id stands for its record. */
void check_in(struct checker *c, struct node *node)
{
    struct node *value = node->kids[0], *in = node->kids[1];
    const struct type *element = type_element(c->arena, in->type);
    uint32_t tags = type_tags(in->type);
    node->type = type_basic(TYPE_BOOL);
    if (in->type->tag == TYPE_COLLECTION && type_tags(value->type) == BIT(V_TEXT)) {
        node->op = OP_HAS_ID;
        node->kind = in->type->kind;
        node->nkids = 1;
        return;
    }
    if (element) {
        check_in_list(c, node, element);
    } else if (!(tags & BIT(V_RECORD)) || !(type_tags(value->type) & BIT(V_TEXT))) {
        str source = as_written(c, in), type = type_phrase(c->arena, in->type);
        wrong(c, in, str_print(c->arena, "`in` looks into a list, but `%.*s` is %.*s", STR_ARG(source), STR_ARG(type)),
              tags & BIT(V_TEXT) ? str_print(c->arena, "write `%.*s.contains(...)`", STR_ARG(source)) : STR(""));
    }
}

static bool is_period_text(const struct node *node)
{
    struct period period;
    return is_text_constant(node) && period_parse(node->value.text, &period);
}

static str arithmetic_help(struct checker *c, const struct node *node)
{
    const struct node *a = node->kids[0], *b = node->kids[1];
    uint32_t both = type_tags(a->type) | type_tags(b->type);
    bool sum = node->op == OP_ADD || node->op == OP_SUBTRACT;
    if (sum && is_period_text(b))
        return str_print(c->arena, "periods are written duration(%.*s)", STR_ARG(as_written(c, b)));
    if (sum && both & (BIT(V_DATE) | BIT(V_PERIOD)) && both & TAGS_NUMBER)
        return STR("periods are written duration(\"90 days\")");
    if (node->op != OP_ADD || !(both & BIT(V_TEXT)) || both & BIT(V_LIST))
        return STR("");
    str other = as_written(c, type_tags(a->type) == BIT(V_TEXT) ? b : a);
    return str_print(c->arena, both & BIT(V_RECORD) ? "write `%.*s.id`" : "write string(%.*s)", STR_ARG(other));
}

void check_arithmetic(struct checker *c, struct node *node)
{
    struct node *a = node->kids[0], *b = node->kids[1];
    const char *symbol = op_symbol(node->op);
    node->type = type_arithmetic(c->arena, symbol[0], a->type, b->type);
    if (node->type)
        return;
    str left = type_phrase(c->arena, a->type), right = type_phrase(c->arena, b->type), help = arithmetic_help(c, node);
    wrong(c, node, str_print(c->arena, "`%s` does not work on %.*s and %.*s", symbol, STR_ARG(left), STR_ARG(right)), help);
}

void check_minus(struct checker *c, struct node *node)
{
    const struct node *of = node->kids[0];
    node->type = of->type;
    if (type_tags(of->type) & (TAGS_NUMBER | BIT(V_PERIOD)))
        return;
    str source = as_written(c, of), type = type_phrase(c->arena, of->type);
    wrong(c, node, str_print(c->arena, "`-` needs a number or a period, but `%.*s` is %.*s", STR_ARG(source), STR_ARG(type)), STR(""));
}
