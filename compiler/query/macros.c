/* SPDX-License-Identifier: MIT */
/*
 * The macros. Each walks over the elements of kids[0] with its variable set to one after the other. A round
 * costs the weight of its body, and every loop stops as soon as the run's limit is passed, whatever its body
 * makes of broken values: otherwise loops in loops would go on absorbing "too much work".
 */
#include "query/arithmetic.h"
#include "query/eval.h"
#include "query/values.h"

struct walk {
    struct eval       *e;
    const struct node *node;
    const struct value *items;
    size_t             len, at;
    struct value       failure; /* V_NULL while there is none */
};

static struct list *map_keys(struct query_run *run, const struct valuemap *map)
{
    struct list *keys = NEW(run->arena, struct list);
    for (size_t i = 0; i < map->len; i++)
        list_push(run->arena, keys, value_text(map->at[i].key));
    return keys;
}

static struct walk walk_over(const struct node *node, struct eval *e, struct value over)
{
    struct walk walk = { .e = e, .node = node };
    if (over.tag == V_MAP)
        over = spend(e->run, over.map->len) ? value_list(map_keys(e->run, over.map)) : BROKEN_TOO_MUCH;
    if (over.tag == V_LIST) {
        walk.items = over.list->at;
        walk.len = over.list->len;
    } else {
        walk.failure = value_unfit(over);
    }
    return walk;
}

/* Sets the variable to the next element; false at the end or when the work is too much. */
static bool next(struct walk *walk)
{
    if (walk->at == walk->len)
        return false;
    if (!spend(walk->e->run, walk->node->kids[1]->weight + 1)) {
        walk->failure = BROKEN_TOO_MUCH;
        return false;
    }
    walk->e->locals[walk->node->local] = &walk->items[walk->at++];
    return true;
}

static struct value this_element(const struct walk *walk) { return walk->items[walk->at - 1]; }

/* The body's truth; a value that is neither true nor false counts as broken. */
static struct value condition(const struct walk *walk)
{
    struct value value = evaluate(walk->node->kids[1], walk->e);
    return value.tag == V_BOOL ? value : value_unfit(value);
}

/* exists is true at the first element that makes it so, and all is false at the first that does not hold. */
static struct value find(const struct node *node, struct eval *e, bool wanted)
{
    struct walk walk = walk_over(node, e, evaluate(node->kids[0], e));
    struct value result = value_bool(!wanted);
    while (next(&walk)) {
        struct value one = condition(&walk);
        if (one.tag == V_BOOL && one.b == wanted)
            return one;
        if (one.tag == V_BROKEN)
            result = one;
    }
    return walk.failure.tag ? walk.failure : result;
}

struct value eval_all(const struct node *node, struct eval *e) { return find(node, e, false); }
struct value eval_exists(const struct node *node, struct eval *e) { return find(node, e, true); }

/* As CEL has it, one broken element spoils the count. */
struct value eval_exists_one(const struct node *node, struct eval *e)
{
    struct walk walk = walk_over(node, e, evaluate(node->kids[0], e));
    size_t count = 0;
    while (next(&walk)) {
        struct value one = condition(&walk);
        if (one.tag == V_BROKEN)
            return one;
        count += one.b;
    }
    return walk.failure.tag ? walk.failure : value_bool(count == 1);
}

static struct value filter(const struct node *node, struct eval *e, struct value over)
{
    struct walk walk = walk_over(node, e, over);
    struct list *kept = NEW(e->run->arena, struct list);
    while (next(&walk)) {
        struct value one = condition(&walk);
        if (one.tag == V_BOOL && one.b)
            list_push(e->run->arena, kept, this_element(&walk));
    }
    list_finish(e->run->arena, kept);
    return walk.failure.tag ? walk.failure : value_list(kept);
}

struct value eval_filter(const struct node *node, struct eval *e)
{
    struct value over = evaluate(node->kids[0], e), picked;
    return node->picks && e->run->once && pick(node, over, e, &picked) ? picked : filter(node, e, over);
}

/* map(x, result) or map(x, condition, result). */
struct value eval_transform(const struct node *node, struct eval *e)
{
    struct walk walk = walk_over(node, e, evaluate(node->kids[0], e));
    struct list *made = NEW(e->run->arena, struct list);
    while (next(&walk)) {
        if (node->nkids == 3) {
            struct value one = condition(&walk);
            if (one.tag != V_BOOL || !one.b)
                continue;
        }
        struct value value = evaluate(node->kids[node->nkids - 1], e);
        if (value.tag == V_BROKEN)
            return value;
        if (!value_weigh(e->run, value))
            return BROKEN_TOO_MUCH;
        list_push(e->run->arena, made, value);
    }
    list_finish(e->run->arena, made);
    return walk.failure.tag ? walk.failure : value_list(made);
}

struct keyed { struct value key, value; };

static void merge(const struct keyed *left, size_t nleft, const struct keyed *right, size_t nright, struct keyed *out)
{
    while (nleft && nright) {
        /* The left one first when they are equal: the order of the source stays. */
        if (value_compare(left->key, right->key) <= 0)
            *out++ = *left++, nleft--;
        else
            *out++ = *right++, nright--;
    }
    memcpy(out, nleft ? left : right, (nleft + nright) * sizeof *out);
}

/* Bottom up; returns whichever of the two rooms holds the result. */
static struct keyed *sort(struct keyed *from, struct keyed *to, size_t len)
{
    for (size_t width = 1; width < len; width *= 2) {
        for (size_t at = 0; at < len; at += 2 * width) {
            size_t middle = at + width < len ? at + width : len, end = at + 2 * width < len ? at + 2 * width : len;
            merge(from + at, middle - at, from + middle, end - middle, to + at);
        }
        struct keyed *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/* Broken keys come last, as value_compare has it. */
struct value eval_sort_by(const struct node *node, struct eval *e)
{
    struct walk walk = walk_over(node, e, evaluate(node->kids[0], e));
    struct arena *arena = e->run->arena;
    if (!spend(e->run, walk.len * 16))
        return BROKEN_TOO_MUCH;
    struct list  *list = list_with_room(arena, walk.len);
    struct keyed *keyed = NEWS(arena, struct keyed, walk.len * 2);
    for (size_t i = 0; next(&walk); i++) {
        keyed[i] = (struct keyed){ evaluate(node->kids[1], e), this_element(&walk) };
        for (int compared = 0; compared < 16; compared++)
            value_weigh(e->run, keyed[i].key);
    }
    if (walk.failure.tag)
        return walk.failure;
    struct keyed *sorted = sort(keyed, keyed + walk.len, walk.len);
    while (list->len < walk.len)
        list_push(arena, list, sorted[list->len].value);
    arena_shrink(arena, keyed, walk.len * 2 * sizeof *keyed, 0);
    return value_list(list);
}
