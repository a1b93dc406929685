/* SPDX-License-Identifier: MIT */
/*
 * `list.filter(x, x.field == text)` and `list.filter(x, x.field in texts)`, where the list is the same for all records: it is gone through
 * once, and then each text knows its elements. So a page for each record does not make what is asked for them grow with the square.
 */
#include "query/eval.h"

#include <stdlib.h>

/* Where in the list elements stand that have one text. */
struct places {
    LIST_OF(uint32_t);
};

static bool uses(const struct node *node, uint8_t local)
{
    bool found = node->op == OP_LOCAL && node->local == local;
    for (uint32_t i = 0; i < node->nkids && !found; i++)
        found = uses(node->kids[i], local);
    return found;
}

bool pick_is_possible(const struct node *filter)
{
    const struct node *test = filter->kids[1];
    if ((test->op != OP_EQUAL && test->op != OP_IN) || filter->kids[0]->hangs_on != HANGS_ON_NOTHING)
        return false;
    const struct node *key = test->kids[0], *of = key->op == OP_FIELD ? key->kids[0] : key;
    return key->op == OP_FIELD && of->op == OP_LOCAL && of->local == filter->local && !uses(test->kids[1], filter->local);
}

static void add_place(struct arena *arena, struct map *index, str text, size_t at)
{
    struct places *places = map_get(index, text);
    if (!places) {
        places = NEW(arena, struct places);
        map_add(index, arena, text, places);
    }
    LIST_PUSH(arena, places, (uint32_t)at);
}

/* NULL where an element is none of the records that the field belongs to. One without text is equal to none. */
static struct map *index_of(struct arena *arena, const struct list *list, const struct node *key)
{
    struct map *index = NEW(arena, struct map);
    for (size_t i = 0; i < list->len; i++) {
        if (list->at[i].tag != V_RECORD || list->at[i].record->kind != key->kind)
            return NULL;
        struct value value = list->at[i].record->fields[key->field->index];
        if (value.tag == V_TEXT)
            add_place(arena, index, value.text, i);
    }
    return index;
}

static void gather(struct arena *arena, const struct map *index, str text, struct places *found)
{
    const struct places *places = map_get(index, text);
    for (size_t i = 0; places && i < places->len; i++)
        LIST_PUSH(arena, found, places->at[i]);
}

static int by_place(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* The elements in the order of the list, each once. */
static struct value elements(struct arena *arena, const struct list *list, struct places *found)
{
    struct list *picked = NEW(arena, struct list);
    if (found->len > 1)
        qsort(found->at, found->len, sizeof *found->at, by_place);
    for (size_t i = 0; i < found->len; i++)
        if (i == 0 || found->at[i] != found->at[i - 1])
            list_push(arena, picked, list->at[found->at[i]]);
    return value_list(picked);
}

static bool gather_all(struct arena *arena, const struct map *index, struct value wanted, bool in, struct places *found)
{
    if (!in && wanted.tag == V_TEXT)
        gather(arena, index, wanted.text, found);
    else if (!in || wanted.tag != V_LIST)
        return false;
    for (size_t i = 0; in && i < wanted.list->len; i++) {
        if (wanted.list->at[i].tag != V_TEXT)
            return false;
        gather(arena, index, wanted.list->at[i].text, found);
    }
    return true;
}

bool pick(const struct node *filter, struct value of, struct eval *e, struct value *out)
{
    const struct node *test = filter->kids[1];
    struct query_run  *run = e->run;
    struct query_kept *kept = &run->once->at[filter->slot];
    struct places found = { 0 };
    if (of.tag != V_LIST || of.list->len == 0)
        return false;
    if (!kept->known)
        kept->index = spend(run, of.list->len) ? index_of(run->once->arena, of.list, test->kids[0]) : NULL;
    kept->known = true;
    struct value wanted = kept->index ? evaluate(test->kids[1], e) : value_null();
    if (!kept->index || !gather_all(run->arena, kept->index, wanted, test->op == OP_IN, &found) || !spend(run, found.len + 1))
        return false;
    *out = elements(run->arena, of.list, &found);
    return true;
}
