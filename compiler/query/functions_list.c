/* SPDX-License-Identifier: MIT */
/* Functions of lists, and size. A broken element makes the result broken where the result depends on it. */
#include "query/functions.h"

#include "base/buf.h"
#include "query/arithmetic.h"
#include "query/values.h"

struct value fn_size(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    if (args->tag == V_LIST)
        return value_int((int64_t)args->list->len);
    if (args->tag == V_MAP)
        return value_int((int64_t)args->map->len);
    return spend(run, args->text.len / 8) ? value_int((int64_t)utf8_count(args->text)) : BROKEN_TOO_MUCH;
}

static const struct value *first_broken(const struct list *list)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].tag == V_BROKEN)
            return &list->at[i];
    return NULL;
}

struct value fn_join(struct query_run *run, const struct value *args, size_t nargs)
{
    const struct list *list = args[0].list;
    const struct value *broken = first_broken(list);
    str sep = nargs > 1 ? args[1].text : STR("");
    if (broken)
        return *broken;
    struct buf *out = buf_new(run->arena);
    for (size_t i = 0; i < list->len && run->cost <= run->limit; i++) {
        size_t before = out->len;
        if (i > 0)
            buf_put(out, sep);
        put_value(out, list->at[i]);
        spend(run, out->len - before + 1);
    }
    str text = str_copy(run->arena, buf_str(out));
    buf_free(out);
    return run->cost <= run->limit ? value_text(text) : BROKEN_TOO_MUCH;
}

/* Open addressing over the indices (plus one) of what was kept, so that long lists stay linear. */
struct distinct {
    struct list *kept;
    uint32_t    *slots;
    size_t       mask;
};

static void keep(struct distinct *d, struct value value)
{
    size_t slot = value_hash(value) & d->mask;
    for (; d->slots[slot]; slot = (slot + 1) & d->mask)
        if (value_equal(d->kept->at[d->slots[slot] - 1], value))
            return;
    d->kept->at[d->kept->len++] = value;
    d->slots[slot] = (uint32_t)d->kept->len;
}

static struct list *unique(struct query_run *run, const struct list *list)
{
    size_t nslots = 8;
    while (nslots < list->len * 2)
        nslots *= 2;
    struct distinct d = { list_with_room(run->arena, list->len), NEWS(run->arena, uint32_t, nslots), nslots - 1 };
    for (size_t i = 0; i < list->len; i++)
        keep(&d, list->at[i]);
    return d.kept;
}

struct value fn_unique(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    if (!spend(run, args->list->len * 4) || !value_weigh(run, *args))
        return BROKEN_TOO_MUCH;
    return value_list(unique(run, args->list));
}

struct value fn_reverse(struct query_run *run, const struct value *args, size_t nargs)
{
    const struct list *list = args->list;
    (void)nargs;
    if (!spend(run, list->len))
        return BROKEN_TOO_MUCH;
    struct list *reversed = list_with_room(run->arena, list->len);
    while (reversed->len < list->len) {
        reversed->at[reversed->len] = list->at[list->len - 1 - reversed->len];
        reversed->len++;
    }
    return value_list(reversed);
}

/* The first elements, as many as there are. */
struct value fn_take(struct query_run *run, const struct value *args, size_t nargs)
{
    const struct list *list = args[0].list;
    size_t count = args[1].i < 0 ? 0 : (uint64_t)args[1].i < list->len ? (size_t)args[1].i : list->len;
    (void)nargs;
    if (!spend(run, count))
        return BROKEN_TOO_MUCH;
    struct list *taken = list_with_room(run->arena, count);
    while (taken->len < count) {
        taken->at[taken->len] = list->at[taken->len];
        taken->len++;
    }
    return value_list(taken);
}

/* One level; what is no list stands for itself. */
struct value fn_flatten(struct query_run *run, const struct value *args, size_t nargs)
{
    const struct list *list = args->list;
    struct list *flat = NEW(run->arena, struct list);
    (void)nargs;
    for (size_t i = 0; i < list->len; i++) {
        const struct value *items = list->at[i].tag == V_LIST ? list->at[i].list->at : &list->at[i];
        size_t n = list->at[i].tag == V_LIST ? list->at[i].list->len : 1;
        if (!spend(run, n + 1))
            return BROKEN_TOO_MUCH;
        for (size_t j = 0; j < n; j++)
            list_push(run->arena, flat, items[j]);
    }
    list_finish(run->arena, flat);
    return value_list(flat);
}

struct value fn_sum(struct query_run *run, const struct value *args, size_t nargs)
{
    const struct list *list = args->list;
    (void)nargs;
    if (!spend(run, list->len))
        return BROKEN_TOO_MUCH;
    if (list->len == 0)
        return value_int(0);
    struct value sum = list->at[0];
    if (sum.tag != V_INT && sum.tag != V_DOUBLE && sum.tag != V_PERIOD)
        return value_unfit(sum);
    for (size_t i = 1; i < list->len && sum.tag != V_BROKEN; i++)
        sum = value_add(run, sum, list->at[i]);
    return sum;
}

/* The first of the least ([sign] 1) or greatest (-1). */
static struct value extreme(struct query_run *run, const struct list *list, int sign)
{
    int order;
    struct value why;
    if (!spend(run, list->len))
        return BROKEN_TOO_MUCH;
    if (list->len == 0)
        return BROKEN("the list is empty");
    struct value best = list->at[0];
    /* Comparing the first with itself finds out whether it has an order at all. */
    for (size_t i = 0; i < list->len; i++) {
        if (!value_order(list->at[i], best, &order, &why))
            return why;
        if (best.tag == V_TEXT)
            order = value_compare(list->at[i], best);
        if (order * sign < 0)
            best = list->at[i];
    }
    return best;
}

struct value fn_min(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    return extreme(run, args->list, 1);
}

struct value fn_max(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    return extreme(run, args->list, -1);
}

struct value fn_range(struct query_run *run, const struct value *args, size_t nargs)
{
    int64_t n = args->i > 0 ? args->i : 0;
    (void)nargs;
    if (!spend(run, (uint64_t)n))
        return BROKEN_TOO_MUCH;
    struct list *list = list_with_room(run->arena, (size_t)n);
    while (list->len < (size_t)n) {
        list->at[list->len] = value_int((int64_t)list->len);
        list->len++;
    }
    return value_list(list);
}

/* Whoever holds or deputises; a kind without such fields is a person already. Returns what is broken: nobody can say who belongs to such a role. */
static struct value add_persons(struct query_run *run, struct list *people, struct value value)
{
    static const char *const seats[] = { "holder", "deputy" };
    bool is_role = false;
    for (size_t i = 0; i < 2; i++) {
        const struct field *field = kind_field(value.record->kind, str_of(seats[i]));
        is_role |= field != NULL;
        if (field && value.record->fields[field->index].tag == V_BROKEN)
            return value.record->fields[field->index];
        if (field && value.record->fields[field->index].tag == V_RECORD)
            list_push(run->arena, people, value.record->fields[field->index]);
    }
    if (!is_role)
        list_push(run->arena, people, value);
    return value;
}

struct value fn_persons(struct query_run *run, const struct value *args, size_t nargs)
{
    struct list *people = NEW(run->arena, struct list);
    const struct value *items = args->tag == V_LIST ? args->list->at : args;
    size_t n = args->tag == V_LIST ? args->list->len : 1;
    (void)nargs;
    if (!spend(run, n * 4))
        return BROKEN_TOO_MUCH;
    for (size_t i = 0; i < n; i++) {
        struct value item = items[i].tag == V_RECORD ? add_persons(run, people, items[i]) : items[i];
        if (item.tag == V_BROKEN)
            return item;
    }
    return value_list(n > 1 || people->len > 1 ? unique(run, people) : people);
}
