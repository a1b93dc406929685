/* SPDX-License-Identifier: MIT */
#include "model/edition.h"

#include "model/fields.h"

static str text_of(struct value value) { return value.tag == V_TEXT ? value.text : (str){ 0 }; }

static const struct record *clause_called(const struct model *model, str id)
{
    struct value clauses = model->root->fields[F_isms_clauses];
    for (size_t i = 0; clauses.tag == V_LIST && i < clauses.list->len; i++)
        if (str_eq(clauses.list->at[i].record->id, id))
            return clauses.list->at[i].record;
    return NULL;
}

/* Where the item `b)` stood, as `e)`: the catalogue lists it where the letters have moved, and says `none` for what is new. */
static str old_item(struct arena *arena, const struct record *clause, str number, str item)
{
    struct value items = clause->fields[F_clause_items_in_2013];
    size_t at = item.len ? (size_t)(unsigned char)item.at[0] - 'a' : 0;
    if (item.len == 0)
        return number;
    if (items.tag != V_LIST || items.list->len == 0)
        return str_print(arena, "%.*s %.*s", STR_ARG(number), STR_ARG(item));
    str old = at < items.list->len ? text_of(items.list->at[at]) : STR("unlettered");
    if (str_eq(old, STR("none")))
        return (str){ 0 };
    return str_eq(old, STR("unlettered")) ? number : str_print(arena, "%.*s %.*s", STR_ARG(number), STR_ARG(old));
}

/* The controls that became [id]. */
static str old_controls(struct arena *arena, const struct model *model, str id)
{
    struct value controls = model->root->fields[F_isms_controls];
    str out = { 0 };
    for (size_t i = 0; controls.tag == V_LIST && i < controls.list->len; i++) {
        const struct record *control = controls.list->at[i].record;
        struct value becomes = control->fields[F_control_becomes];
        for (size_t k = 0; becomes.tag == V_LIST && k < becomes.list->len; k++)
            if (str_eq(text_of(becomes.list->at[k]), id))
                out = out.len ? str_print(arena, "%.*s and %.*s", STR_ARG(out), STR_ARG(control->id)) : control->id;
    }
    return out;
}

str edition_clause(struct arena *arena, const struct model *model, str clause)
{
    size_t space = str_find(clause, ' ', 0);
    str id = str_cut(clause, 0, space), item = space < clause.len ? str_cut(clause, space + 1, clause.len) : (str){ 0 };
    if (!str_eq(model->edition, STR("2013")))
        return clause;
    if (str_starts(id, STR("A.")))
        return old_controls(arena, model, id);
    const struct record *record = clause_called(model, id);
    if (!record)
        return clause;
    str number = text_of(record->fields[F_clause_number_in_2013]);
    return number.len ? old_item(arena, record, number, item) : number;
}
