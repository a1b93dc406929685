/* SPDX-License-Identifier: MIT */
/*
 * Finds the parts of a checked tree whose value is the same for every record, such as `risks.filter(r, r.open).size()`
 * in a rule about controls, and puts an OP_ONCE over each: evaluation computes it when it is first needed and keeps it.
 */
#include "query/eval.h"

struct finder {
    struct arena             *arena;
    const struct query_scope *scope;
};

static bool is_macro(const struct node *node) { return node->op >= OP_ALL && node->op <= OP_SORT_BY; }

/* Looking at the model costs no more than looking at what was kept. */
static bool is_cheap(const struct node *node)
{
    return node->op == OP_FIELD ? is_cheap(node->kids[0]) : node->op <= OP_STAGE;
}

static uint32_t new_slot(struct finder *f)
{
    LIST_PUSH(f->scope->once->arena, f->scope->once, (struct query_kept){ .known = false });
    return (uint32_t)f->scope->once->len - 1;
}

static struct node *once(struct finder *f, struct node *node)
{
    struct node *around = NEW(f->arena, struct node);
    *around = *node;
    around->op = OP_ONCE;
    around->nkids = 1;
    around->kids = NEWS(f->arena, struct node *, 1);
    around->kids[0] = node;
    around->slot = new_slot(f);
    return around;
}

static int8_t leaf_hangs_on(const struct finder *f, const struct node *node)
{
    if (node->op == OP_LOCAL)
        return (int8_t)node->local;
    bool varies = (node->op == OP_SLOT && !f->scope->names[node->slot].fixed) || (node->op == OP_SECTION && node->field == f->scope->once->varies);
    return varies ? HANGS_ON_RECORD : HANGS_ON_NOTHING;
}

/* The largest parts that hang on nothing: those whose parent hangs on something. */
static void find(struct finder *f, struct node *node)
{
    int8_t least = leaf_hangs_on(f, node);
    for (uint32_t i = 0; i < node->nkids; i++) {
        find(f, node->kids[i]);
        if (node->kids[i]->hangs_on < least)
            least = node->kids[i]->hangs_on;
    }
    /* Macros inside have higher numbers, so where its own variable is the outermost, there is no other. */
    node->hangs_on = is_macro(node) && least == node->local ? HANGS_ON_NOTHING : least;
    node->picks = node->op == OP_FILTER && node->hangs_on != HANGS_ON_NOTHING && pick_is_possible(node);
    if (node->picks)
        node->slot = new_slot(f);
    for (uint32_t i = 0; i < node->nkids && node->hangs_on != HANGS_ON_NOTHING; i++)
        if (node->kids[i]->hangs_on == HANGS_ON_NOTHING && !is_cheap(node->kids[i]))
            node->kids[i] = once(f, node->kids[i]);
}

struct node *expr_once(struct arena *arena, const struct query_scope *scope, struct node *root)
{
    struct finder finder = { arena, scope };
    find(&finder, root);
    return root->hangs_on == HANGS_ON_NOTHING && !is_cheap(root) ? once(&finder, root) : root;
}
