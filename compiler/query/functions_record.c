/* SPDX-License-Identifier: MIT */
/* Functions of records: the words in them, and what refers to them. */
#include "query/functions.h"

#include "query/types.h"

static bool add_record(struct query_run *run, struct list *texts, const struct record *record);

/* Names of records and words out of a list are no words of the author's. */
static bool add_value(struct query_run *run, struct list *texts, struct value value, const struct type *type)
{
    if (value.tag == V_TEXT && (type->tag == TYPE_TEXT || type->tag == TYPE_MARKDOWN || type->tag == TYPE_REF) && !type->is_id && !type->level && value.text.len)
        list_push(run->arena, texts, value);
    if (value.tag == V_RECORD && type->tag == TYPE_RECORD)
        return add_record(run, texts, value.record);
    bool within = value.tag == V_LIST && (type->tag == TYPE_LIST || type->tag == TYPE_COLLECTION);
    for (size_t i = 0; within && i < value.list->len; i++) {
        struct value item = value.list->at[i];
        const struct type inner = { .tag = TYPE_RECORD };
        if (!spend(run, 1) || !add_value(run, texts, item, type->tag == TYPE_LIST ? type->item : &inner))
            return false;
    }
    return true;
}

static bool add_record(struct query_run *run, struct list *texts, const struct record *record)
{
    for (size_t i = 1; i < record->kind->nfields && record->written; i++) {
        const struct field *field = &record->kind->fields[i];
        struct value value = record->fields[i];
        bool own = !field->computed && (value.written || field->type->tag == TYPE_RECORD || field->type->tag == TYPE_COLLECTION);
        if (!spend(run, 1) || (own && !add_value(run, texts, value, field->type)))
            return false;
    }
    return true;
}

struct value fn_texts(struct query_run *run, const struct value *args, size_t nargs)
{
    struct list *texts = NEW(run->arena, struct list);
    (void)nargs;
    return add_record(run, texts, args->record) ? value_list(texts) : BROKEN_TOO_MUCH;
}

static bool has_record(const struct list *list, const struct record *record)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].record == record)
            return true;
    return false;
}

/* Whoever refers to it in two ways counts once. That is searched for only in a second list: records come once in each. */
struct value fn_referrers(struct query_run *run, const struct value *args, size_t nargs)
{
    struct list *found = NEW(run->arena, struct list);
    const struct kind *kind = args->record->kind;
    (void)nargs;
    for (size_t i = 1; i < kind->nfields; i++) {
        struct value value = args->record->fields[i];
        struct list before = *found;
        if (value.tag != V_LIST || !field_is_inverse(&kind->fields[i]))
            continue;
        for (size_t k = 0; k < value.list->len; k++) {
            if (!spend(run, before.len + 1))
                return BROKEN_TOO_MUCH;
            if (value.list->at[k].tag == V_RECORD && !has_record(&before, value.list->at[k].record))
                list_push(run->arena, found, value.list->at[k]);
        }
    }
    return value_list(found);
}
