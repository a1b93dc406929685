/* SPDX-License-Identifier: MIT */
/*
 * The static check: walks the tree once from the leaves up, decides what every node means, gives it its type
 * and its weight. After a problem everything passes, so that one mistake makes one message.
 */
#include "query/check.h"

#include "query/tree.h"
#include "query/types.h"

static void check(struct checker *c, struct node *node);

void wrong(struct checker *c, const struct node *node, str message, str help)
{
    if (!c->failed)
        *c->problem = (struct query_problem){ message, help, node->begin, node->end };
    c->failed = true;
}

void wrong_name(struct checker *c, const struct node *node, str message, str help)
{
    bool first = !c->failed;
    wrong(c, node, message, help);
    if (!first)
        return;
    c->problem->begin = node->name_at;
    c->problem->end = node->name_at + node->name.len;
}

str as_written(const struct checker *c, const struct node *node)
{
    str source = str_cut(c->text, node->begin, node->end);
    if (source.len <= 40)
        return source;
    size_t end = 0;
    while (end < 36)
        utf8_next(source, &end);
    return str_print(c->arena, "%.*s...", STR_ARG(str_cut(source, 0, end)));
}

static const struct type *const_type(const struct node *node)
{
    static const enum type_tag tags[] = {
        [V_NULL] = TYPE_NULL, [V_BOOL] = TYPE_BOOL, [V_INT] = TYPE_INT, [V_DOUBLE] = TYPE_DOUBLE, [V_TEXT] = TYPE_TEXT,
    };
    return type_basic(tags[node->value.tag]);
}

/* In has(x) a section of the root counts as a field too. */
static void check_has(struct checker *c, struct node *node)
{
    enum op op = node->kids[0]->op;
    node->type = type_basic(TYPE_BOOL);
    if (op != OP_FIELD && op != OP_FIELD_OF_MANY && op != OP_MEMBER && op != OP_SECTION)
        wrong(c, node, str_print(c->arena, "`has` asks for a field, and `%.*s` is none", STR_ARG(as_written(c, node->kids[0]))),
              STR("as in has(risk.owner)"));
}

static void check_conditions(struct checker *c, struct node *node)
{
    for (uint32_t i = 0; i < node->nkids; i++)
        check_condition(c, node->kids[i], str_of(op_symbol(node->op)));
    node->type = type_basic(TYPE_BOOL);
}

static void check_choice(struct checker *c, struct node *node)
{
    check_condition(c, node->kids[0], STR("?"));
    node->type = type_join(c->arena, node->kids[1]->type, node->kids[2]->type);
}

static void check_list(struct checker *c, struct node *node)
{
    const struct type *item = node->nkids ? node->kids[0]->type : type_basic(TYPE_ANY);
    for (uint32_t i = 1; i < node->nkids; i++)
        item = type_join(c->arena, item, node->kids[i]->type);
    node->type = type_list_of(c->arena, item);
}

static void check_map(struct checker *c, struct node *node)
{
    const struct type *item = node->nkids ? node->kids[1]->type : type_basic(TYPE_ANY);
    for (uint32_t i = 0; i < node->nkids; i += 2) {
        if (!(type_tags(node->kids[i]->type) & BIT(V_TEXT)))
            wrong(c, node->kids[i], STR("the keys of a map are text"), STR(""));
        item = type_join(c->arena, item, node->kids[i + 1]->type);
    }
    struct type *type = NEW(c->arena, struct type);
    *type = (struct type){ .tag = TYPE_MAP, .item = item };
    node->type = type;
}

static const struct type *macro_type(struct checker *c, const struct node *node, const struct type *element)
{
    switch (node->op) {
    case OP_FILTER:
    case OP_SORT_BY:   return type_list_of(c->arena, element);
    case OP_TRANSFORM: return type_list_of(c->arena, node->kids[node->nkids - 1]->type);
    default:           return type_basic(TYPE_BOOL);
    }
}

static str macro_name(const struct node *node)
{
    return node->op == OP_ALL ? STR("all") : node->op == OP_EXISTS ? STR("exists") : node->op == OP_EXISTS_ONE ? STR("exists_one")
         : node->op == OP_FILTER ? STR("filter") : node->op == OP_TRANSFORM ? STR("map") : STR("sort_by");
}

static void check_macro(struct checker *c, struct node *node)
{
    struct node *over = node->kids[0];
    check(c, over);
    const struct type *element = type_element(c->arena, over->type);
    if (!element) {
        str type = type_phrase(c->arena, over->type), name = macro_name(node);
        wrong(c, over, str_print(c->arena, "`%.*s` walks over a list, but `%.*s` is %.*s", STR_ARG(name), STR_ARG(as_written(c, over)), STR_ARG(type)),
              STR(""));
        element = type_basic(TYPE_ANY);
    }
    uint8_t number = c->locals ? (uint8_t)(c->locals->number + 1) : 0;
    struct local local = { node->name, element, number, c->locals };
    c->locals = &local;
    for (uint32_t i = 1; i < node->nkids; i++)
        check(c, node->kids[i]);
    c->locals = local.outer;
    node->local = number;
    if (node->op != OP_SORT_BY && (node->op != OP_TRANSFORM || node->nkids == 3))
        check_condition(c, node->kids[1], macro_name(node));
    node->type = macro_type(c, node, element);
}

static bool is_macro(const struct node *node) { return node->op >= OP_ALL && node->op <= OP_SORT_BY; }

static void check_node(struct checker *c, struct node *node)
{
    switch ((enum op)node->op) {
    case OP_CONST:     node->type = const_type(node); break;
    case OP_NAME:      check_name(c, node); break;
    case OP_SELECT:    check_select(c, node); break;
    case OP_INDEX:     check_index(c, node); break;
    case OP_CALL:      check_call(c, node); break;
    case OP_HAS:       check_has(c, node); break;
    case OP_NOT: case OP_AND: case OP_OR:
        check_conditions(c, node);
        break;
    case OP_MINUS:     check_minus(c, node); break;
    case OP_CHOICE:    check_choice(c, node); break;
    case OP_EQUAL: case OP_DIFFERENT:
        check_equality(c, node);
        break;
    case OP_LESS: case OP_LESS_EQUAL: case OP_MORE: case OP_MORE_EQUAL:
        check_order(c, node);
        break;
    case OP_IN:        check_in(c, node); break;
    case OP_LIST:      check_list(c, node); break;
    case OP_MAP:       check_map(c, node); break;
    default:           check_arithmetic(c, node); break;
    }
}

/* The bodies of macros are paid for round by round; the body of a map with a condition has its result with it. */
static uint32_t weigh(struct node *node)
{
    uint32_t weight = 1;
    for (uint32_t i = 0; i < node->nkids && !is_macro(node); i++)
        weight += node->kids[i]->weight;
    if (!is_macro(node))
        return weight;
    if (node->nkids == 3)
        node->kids[1]->weight += node->kids[2]->weight;
    return weight + node->kids[0]->weight;
}

static void check(struct checker *c, struct node *node)
{
    if (node->op == OP_CALL)
        check_known(c, node);
    if (is_macro(node))
        check_macro(c, node);
    else
        for (uint32_t i = 0; i < node->nkids && !c->failed; i++)
            check(c, node->kids[i]);
    if (!c->failed && !is_macro(node))
        check_node(c, node);
    if (c->failed || !node->type)
        node->type = type_basic(TYPE_ANY);
    node->weight = weigh(node);
}

bool expr_check(struct arena *arena, const struct schema *schema, const struct query_scope *scope, str text,
                struct node *root, struct query_problem *problem)
{
    struct checker checker = { .arena = arena, .schema = schema, .scope = scope, .text = text, .problem = problem };
    check(&checker, root);
    return !checker.failed;
}
