/* SPDX-License-Identifier: MIT */
/* Text -> checked tree. */
#include "query/tree.h"

struct expr *expr_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope,
                          str text, struct query_problem *problem)
{
    static const struct query_scope no_names = { .len = 0 };
    struct node *root = expr_parse(arena, text, problem);
    if (!root || !expr_check(arena, schema, scope ? scope : &no_names, text, root, problem))
        return NULL;
    struct expr *expr = NEW(arena, struct expr);
    *expr = (struct expr){ scope && scope->once ? expr_once(arena, scope, root) : root, schema };
    return expr;
}

static bool looks_around(const struct node *node)
{
    if (node->op == OP_SECTION)
        return true;
    if (node->op == OP_FIELD && node->field->computed && node->field->type->tag == TYPE_LIST)
        return true;
    for (uint32_t i = 0; i < node->nkids; i++)
        if (looks_around(node->kids[i]))
            return true;
    return false;
}

bool expr_looks_around(const struct expr *expr) { return looks_around(expr->root); }

bool expr_hangs_on_nothing(const struct expr *expr) { return expr->root->hangs_on == HANGS_ON_NOTHING; }

const struct type *expr_type(const struct expr *expr) { return expr->root->type; }
