/* SPDX-License-Identifier: MIT */
/*
 * Evaluation: one small function per kind of node, found through a table. Nothing is looked up by name that
 * check.c could find out, and nothing is allocated but the lists, maps and texts an expression makes.
 */
#include "query/eval.h"

#include "query/arithmetic.h"
#include "query/values.h"

static struct value eval_const(const struct node *n, struct eval *e) { (void)e; return n->value; }
static struct value eval_slot(const struct node *n, struct eval *e) { return e->run->slots[n->slot]; }
static struct value eval_local(const struct node *n, struct eval *e) { return *e->locals[n->local]; }
static struct value eval_section(const struct node *n, struct eval *e) { return e->run->model->root->fields[n->field->index]; }
static struct value eval_today(const struct node *n, struct eval *e) { (void)n; return value_date(e->run->model->today); }
static struct value eval_edition(const struct node *n, struct eval *e) { (void)n; return value_text(e->run->model->edition); }
static struct value eval_stage(const struct node *n, struct eval *e) { (void)n; return value_text(e->run->model->stage); }

/* What value.name is when the name could not be decided beforehand. NULL: there is no such thing. */
static const struct value *member(const struct value *of, str name)
{
    const struct valuemap *map = of->tag == V_MAP ? of->map : of->tag == V_RECORD ? of->record->extras : NULL;
    if (of->tag == V_RECORD) {
        const struct field *field = kind_field(of->record->kind, name);
        if (field)
            return &of->record->fields[field->index];
    }
    for (size_t i = 0; map && i < map->len; i++)
        if (str_eq(map->at[i].key, name))
            return &map->at[i].value;
    return NULL;
}

static struct value record_in(struct query_run *run, const struct list *list, str id)
{
    if (!spend(run, list->len))
        return BROKEN_TOO_MUCH;
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].tag == V_RECORD && str_eq(list->at[i].record->id, id))
            return list->at[i];
    return BROKEN("no such record");
}

/* In a list of records an id is a name, as in risks["R-001"]. */
static struct value member_of(struct query_run *run, struct value of, str name)
{
    if (of.tag == V_LIST)
        return record_in(run, of.list, name);
    const struct value *found = member(&of, name);
    if (found)
        return *found;
    return of.tag == V_RECORD ? value_null() : of.tag == V_MAP ? BROKEN("no such key") : value_unfit(of);
}

static struct value eval_field(const struct node *n, struct eval *e)
{
    struct value of = evaluate(n->kids[0], e);
    if (of.tag == V_RECORD && of.record->kind == n->kind)
        return of.record->fields[n->field->index];
    return of.tag == V_RECORD ? member_of(e->run, of, n->name) : value_unfit(of);
}

/* A reference may lead to records of several kinds; where one has no such field, nothing was written. */
static struct value eval_field_of_many(const struct node *n, struct eval *e)
{
    const struct type *type = n->kids[0]->type;
    struct value of = evaluate(n->kids[0], e);
    if (of.tag != V_RECORD)
        return value_unfit(of);
    for (size_t i = 0; i < type->ntargets; i++)
        if (type->targets[i] == of.record->kind)
            return n->fields[i] ? of.record->fields[n->fields[i]->index] : value_null();
    return member_of(e->run, of, n->name);
}

static struct value eval_member(const struct node *n, struct eval *e) { return member_of(e->run, evaluate(n->kids[0], e), n->name); }

static struct value eval_index(const struct node *n, struct eval *e)
{
    struct value of = evaluate(n->kids[0], e), at = evaluate(n->kids[1], e);
    if (of.tag == V_BROKEN || of.tag == V_NULL)
        return value_unfit(of);
    if (at.tag == V_TEXT)
        return member_of(e->run, of, at.text);
    if (at.tag != V_INT || of.tag != V_LIST)
        return value_unfit(at);
    if (at.i < 0 || (uint64_t)at.i >= of.list->len)
        return BROKEN("the index is out of range");
    return of.list->at[at.i];
}

/* Ids are unique over all collections, so the model finds the record without walking. */
static struct value eval_find(const struct node *n, struct eval *e)
{
    struct value id = evaluate(n->kids[1], e);
    if (id.tag != V_TEXT)
        return value_unfit(id);
    struct record *record = model_find(e->run->model, id.text);
    return record && record->kind == n->kind ? value_record(record) : BROKEN("no such record");
}

static struct value eval_has_id(const struct node *n, struct eval *e)
{
    struct value id = evaluate(n->kids[0], e);
    if (id.tag != V_TEXT)
        return value_unfit(id);
    const struct record *record = model_find(e->run->model, id.text);
    return value_bool(record && record->kind == n->kind);
}

static const struct field *field_of(const struct node *n, const struct record *record)
{
    return n->op == OP_FIELD && record->kind == n->kind ? n->field : kind_field(record->kind, n->name);
}

/* What the last name of the path [n] stands for in [of], and its field where it is one; NULL when there is none. */
static const struct value *part_of(const struct node *n, const struct value *of, const struct field **field)
{
    *field = of->tag == V_RECORD ? field_of(n, of->record) : NULL;
    return *field ? &of->record->fields[(*field)->index] : member(of, n->name);
}

static bool is_path(const struct node *n) { return n->op == OP_FIELD || n->op == OP_FIELD_OF_MANY || n->op == OP_MEMBER; }

/* has(a.b.c): an absent a.b means that c was not written, so nulls on the way are no error here. */
static struct value eval_holder(const struct node *n, struct eval *e)
{
    const struct field *field;
    if (!is_path(n))
        return evaluate(n, e);
    struct value of = eval_holder(n->kids[0], e);
    if (of.tag != V_RECORD && of.tag != V_MAP)
        return of.tag == V_NULL ? of : value_unfit(of);
    const struct value *found = part_of(n, &of, &field);
    return found ? *found : value_null();
}

static bool is_written(struct value value, const struct field *field)
{
    if (field->computed || field->type->tag == TYPE_COLLECTION)
        return !value_is_absent(value);
    return value.tag == V_RECORD && field->type->tag == TYPE_RECORD ? value.record->written : value.written;
}

static struct value eval_has(const struct node *n, struct eval *e)
{
    const struct node *path = n->kids[0];
    const struct field *field;
    if (path->op == OP_SECTION)
        return value_bool(is_written(evaluate(path, e), path->field));
    struct value of = eval_holder(path->kids[0], e);
    if (of.tag != V_RECORD && of.tag != V_MAP)
        return of.tag == V_NULL ? value_bool(false) : value_unfit(of);
    const struct value *found = part_of(path, &of, &field);
    return value_bool(found && (!field || is_written(*found, field)));
}

static struct value eval_not(const struct node *n, struct eval *e)
{
    struct value value = evaluate(n->kids[0], e);
    return value.tag == V_BOOL ? value_bool(!value.b) : value_unfit(value);
}

static struct value eval_minus(const struct node *n, struct eval *e) { return value_minus(evaluate(n->kids[0], e)); }

/* One operand that decides makes the others unimportant, be they broken and stand they before it or behind. */
static struct value connect(const struct node *n, struct eval *e, bool decides)
{
    struct value result = value_bool(!decides);
    for (uint32_t i = 0; i < n->nkids; i++) {
        struct value value = evaluate(n->kids[i], e);
        if (value.tag != V_BOOL)
            result = value_unfit(value);
        else if (value.b == decides)
            return value_bool(decides);
    }
    return result;
}

static struct value eval_and(const struct node *n, struct eval *e) { return connect(n, e, false); }
static struct value eval_or(const struct node *n, struct eval *e) { return connect(n, e, true); }

static struct value eval_choice(const struct node *n, struct eval *e)
{
    struct value value = evaluate(n->kids[0], e);
    return value.tag == V_BOOL ? evaluate(n->kids[value.b ? 1 : 2], e) : value_unfit(value);
}

static struct value eval_equal(const struct node *n, struct eval *e)
{
    bool unknown;
    struct value a = evaluate(n->kids[0], e);
    if (a.tag == V_BROKEN)
        return a;
    struct value b = evaluate(n->kids[1], e);
    if (b.tag == V_BROKEN)
        return b;
    if (a.tag == V_TEXT && b.tag == V_TEXT)
        return value_bool(str_eq(a.text, b.text) == (n->op == OP_EQUAL));
    bool equal = values_same(a, b, &unknown, &e->run->cost);
    return unknown ? BROKEN_NO_VALUE : value_bool(equal == (n->op == OP_EQUAL));
}

static struct value eval_order(const struct node *n, struct eval *e)
{
    int order;
    struct value why;
    struct value a = evaluate(n->kids[0], e), b = evaluate(n->kids[1], e);
    if (!value_order(a, b, &order, &why))
        return why;
    switch (n->op) {
    case OP_LESS:       return value_bool(order < 0);
    case OP_LESS_EQUAL: return value_bool(order <= 0);
    case OP_MORE:       return value_bool(order > 0);
    default:            return value_bool(order >= 0);
    }
}

/* Like exists(x, x == value): a broken element matters only when no other is equal. */
static struct value is_in_list(struct query_run *run, struct value value, const struct list *list)
{
    bool unknown, open = false;
    for (size_t i = 0; i < list->len && run->cost <= run->limit; i++) {
        if (values_same(value, list->at[i], &unknown, &run->cost))
            return value_bool(true);
        open |= unknown;
    }
    return open ? BROKEN_NO_VALUE : value_bool(false);
}

static struct value eval_in(const struct node *n, struct eval *e)
{
    struct value value = evaluate(n->kids[0], e), in = evaluate(n->kids[1], e);
    if (value.tag == V_BROKEN)
        return value;
    if (in.tag == V_LIST)
        return is_in_list(e->run, value, in.list);
    if ((in.tag == V_MAP || in.tag == V_RECORD) && value.tag == V_TEXT)
        return value_bool(member(&in, value.text) != NULL);
    return value_unfit(in.tag == V_MAP || in.tag == V_RECORD ? value : in);
}

static struct value eval_add(const struct node *n, struct eval *e)
{
    struct value a = evaluate(n->kids[0], e);
    return value_add(e->run, a, evaluate(n->kids[1], e));
}

static struct value eval_arithmetic(const struct node *n, struct eval *e)
{
    struct value a = evaluate(n->kids[0], e), b = evaluate(n->kids[1], e);
    switch (n->op) {
    case OP_SUBTRACT: return value_subtract(a, b);
    case OP_MULTIPLY: return value_multiply(a, b);
    case OP_DIVIDE:   return value_divide(a, b);
    default:          return value_modulo(a, b);
    }
}

static struct value eval_list(const struct node *n, struct eval *e)
{
    struct list *list = NEW(e->run->arena, struct list);
    *list = (struct list){ NEWS(e->run->arena, struct value, n->nkids), 0, n->nkids };
    for (uint32_t i = 0; i < n->nkids; i++) {
        struct value value = evaluate(n->kids[i], e);
        if (value.tag == V_BROKEN)
            return value;
        if (!value_weigh(e->run, value))
            return BROKEN_TOO_MUCH;
        list->at[list->len++] = value;
    }
    return value_list(list);
}

static struct value eval_map(const struct node *n, struct eval *e)
{
    struct valuemap *map = NEW(e->run->arena, struct valuemap);
    *map = (struct valuemap){ NEWS(e->run->arena, struct valuemap_entry, n->nkids / 2), 0, n->nkids / 2 };
    struct value whole = { .tag = V_MAP, .map = map };
    for (uint32_t i = 0; i < n->nkids; i += 2) {
        struct value key = evaluate(n->kids[i], e), value = evaluate(n->kids[i + 1], e);
        if (key.tag != V_TEXT)
            return value_unfit(key);
        if (value.tag == V_BROKEN)
            return value;
        if (!spend(e->run, map->len / 2) || !value_weigh(e->run, value))
            return BROKEN_TOO_MUCH;
        if (member(&whole, key.text))
            return BROKEN("a key stands twice in the map");
        map->at[map->len++] = (struct valuemap_entry){ .key = key.text, .value = value };
    }
    return whole;
}

static struct value eval_function(const struct node *n, struct eval *e)
{
    struct value args[FUNCTION_ARGS];
    for (uint32_t i = 0; i < n->nkids; i++)
        args[i] = evaluate(n->kids[i], e);
    return function_call(n->function, e->run, args, n->nkids);
}

static struct value eval_matches(const struct node *n, struct eval *e)
{
    struct value text = evaluate(n->kids[0], e);
    return text.tag == V_TEXT ? pattern_matches(e->run, n->regex, text) : value_unfit(text);
}

static struct value eval_part(const struct node *n, struct eval *e)
{
    struct value text = evaluate(n->kids[0], e);
    return text.tag == V_TEXT ? pattern_find(e->run, n->regex, text) : value_unfit(text);
}

static struct value eval_parts(const struct node *n, struct eval *e)
{
    struct value text = evaluate(n->kids[0], e);
    return text.tag == V_TEXT ? pattern_find_all(e->run, n->regex, text) : value_unfit(text);
}

static struct value eval_once(const struct node *n, struct eval *e)
{
    struct query_run *run = e->run;
    if (!run->once)
        return evaluate(n->kids[0], e);
    struct query_kept *kept = &run->once->at[n->slot];
    if (kept->known)
        return kept->value;
    struct arena *arena = run->arena;
    run->arena = run->once->arena;
    kept->value = evaluate(n->kids[0], e);
    run->arena = arena;
    kept->known = run->cost <= run->limit;
    return kept->value;
}

static struct value (*const evaluators[OP_COUNT])(const struct node *n, struct eval *e) = {
    [OP_CONST] = eval_const,       [OP_SLOT] = eval_slot,         [OP_LOCAL] = eval_local,
    [OP_SECTION] = eval_section,   [OP_TODAY] = eval_today,       [OP_EDITION] = eval_edition,
    [OP_STAGE] = eval_stage,       [OP_FIELD] = eval_field,       [OP_FIELD_OF_MANY] = eval_field_of_many,
    [OP_MEMBER] = eval_member,     [OP_INDEX] = eval_index,       [OP_FIND] = eval_find,
    [OP_HAS_ID] = eval_has_id,     [OP_HAS] = eval_has,           [OP_NOT] = eval_not,
    [OP_MINUS] = eval_minus,       [OP_AND] = eval_and,           [OP_OR] = eval_or,
    [OP_CHOICE] = eval_choice,     [OP_EQUAL] = eval_equal,       [OP_DIFFERENT] = eval_equal,
    [OP_LESS] = eval_order,        [OP_LESS_EQUAL] = eval_order,  [OP_MORE] = eval_order,
    [OP_MORE_EQUAL] = eval_order,  [OP_IN] = eval_in,             [OP_ADD] = eval_add,
    [OP_SUBTRACT] = eval_arithmetic, [OP_MULTIPLY] = eval_arithmetic, [OP_DIVIDE] = eval_arithmetic,
    [OP_MODULO] = eval_arithmetic, [OP_LIST] = eval_list,         [OP_MAP] = eval_map,
    [OP_FUNCTION] = eval_function, [OP_MATCHES] = eval_matches,
    [OP_PART] = eval_part,         [OP_PARTS] = eval_parts,       [OP_ONCE] = eval_once,
    [OP_ALL] = eval_all,           [OP_EXISTS] = eval_exists,     [OP_EXISTS_ONE] = eval_exists_one, [OP_FILTER] = eval_filter,
    [OP_TRANSFORM] = eval_transform, [OP_SORT_BY] = eval_sort_by,
};

struct value evaluate(const struct node *node, struct eval *e) { return evaluators[node->op](node, e); }

struct value expr_eval(const struct expr *expr, struct query_run *run)
{
    struct eval e;
    e.run = run;
    if (!spend(run, expr->root->weight))
        return BROKEN_TOO_MUCH;
    struct value value = evaluate(expr->root, &e);
    /* Whatever absorbed the failure on the way: a result that took too much is none. */
    return run->cost <= run->limit ? value : BROKEN_TOO_MUCH;
}

bool expr_place(const struct expr *expr, struct query_run *run, struct record **record, const struct field **field)
{
    struct eval e;
    const struct node *root = expr->root;
    e.run = run;
    if ((root->op != OP_FIELD && root->op != OP_FIELD_OF_MANY) || !spend(run, root->weight))
        return false;
    struct value of = evaluate(root->kids[0], &e);
    if (of.tag != V_RECORD)
        return false;
    *record = of.record;
    *field = field_of(root, of.record);
    return *field != NULL;
}
