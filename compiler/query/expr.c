/* SPDX-License-Identifier: MIT */
/* Text -> checked tree. */
#include "query/tree.h"

struct expr *expr_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope,
                          str text, struct query_problem *problem)
{
    static const struct query_scope no_names = { NULL, 0 };
    struct node *root = expr_parse(arena, text, problem);
    if (!root || !expr_check(arena, schema, scope ? scope : &no_names, text, root, problem))
        return NULL;
    struct expr *expr = NEW(arena, struct expr);
    *expr = (struct expr){ root, schema };
    return expr;
}

const struct type *expr_type(const struct expr *expr) { return expr->root->type; }
