/* SPDX-License-Identifier: MIT */
/* The set for people and programs: what is built, what is left out, and what is expected and not there. */
#include "site.h"

#include "model/fields.h"
#include "query/query.h"
#include "write/json.h"

/* ---- what is expected and not there ---- */

static bool is_there(const struct ismsc *s, const struct set *set, const struct record *type)
{
    const struct list *documents = set_records(s);
    for (size_t i = 0; i < set->list.len; i++)
        for (size_t k = 0; k < set->list.at[i].types->len; k++)
            if (set->list.at[i].types->at[k].record == type)
                return true;
    for (size_t i = 0; i < documents->len; i++) {
        struct value types = documents->at[i].record->fields[F_document_types];
        for (size_t k = 0; types.tag == V_LIST && k < types.list->len; k++)
            if (str_eq(types.list->at[k].text, type->id))
                return true;
    }
    return false;
}

/* Types of documents that a clause or an applicable control asks for, and that neither the set nor the project has. */
static struct set missing(struct ismsc *s, const struct set *set)
{
    struct set lacking = { 0 };
    struct value types = s->project.model->root->fields[F_isms_document_types];
    for (size_t i = 0; types.tag == V_LIST && i < types.list->len; i++) {
        struct record *type = types.list->at[i].record;
        struct entry entry = { .id = type->id, .title = record_title(type) };
        set_find_types(s, &entry);
        str why = set_demand(s, &entry), starter = starter_for(s, type->id);
        if (!why.len || is_there(s, set, type))
            continue;
        entry.why = starter.len ? str_print(&s->arena, "%.*s: ismsc new policy %.*s", STR_ARG(why), STR_ARG(starter)) : why;
        LIST_PUSH(&s->arena, &lacking.list, entry);
    }
    return lacking;
}

/* ---- list ---- */

struct list_call {
    enum audience      audience;
    enum ismsc_format  format;
    struct ismsc_text *out;
};

static void put_member(struct buf *out, const char *key, str text)
{
    buf_print(out, ", \"%s\": ", key);
    json_string(out, text);
}

static void list_json(struct ismsc *s, struct buf *out, const struct entry *entry)
{
    buf_text(out, "  {\"id\": ");
    json_string(out, entry->id);
    put_member(out, "title", entry->title);
    put_member(out, "kind", set_kind(entry));
    put_member(out, "obligation", set_obligation(entry));
    buf_text(out, ", \"clauses\": ");
    value_json(out, set_clauses(s, entry));
    put_member(out, "status", set_status(entry));
    buf_print(out, ", \"built\": %s", entry->built ? "true" : "false");
    put_member(out, "why", entry->why);
    buf_print(out, ", \"missing\": %s", entry->name.len ? "false" : "true");
    put_member(out, "file", entry->name);
    buf_char(out, '}');
}

static void list_line(struct ismsc *s, struct buf *out, const struct entry *entry)
{
    str clauses = set_words(&s->arena, set_clauses(s, entry));
    buf_print(out, "%-13.*s %-9.*s %-9.*s %-44.*s %-30.*s %-19.*s %.*s\n", STR_ARG(entry->id), STR_ARG(set_kind(entry)), STR_ARG(set_status(entry)),
              STR_ARG(entry->title), STR_ARG(entry->name), STR_ARG(clauses), STR_ARG(entry->why));
}

static void list_missing(struct buf *out, const struct set *lacking)
{
    if (lacking->list.len)
        buf_text(out, "\nExpected, and not there:\n");
    for (size_t i = 0; i < lacking->list.len; i++) {
        const struct entry *entry = &lacking->list.at[i];
        buf_print(out, "%-17.*s %-52.*s %.*s\n", STR_ARG(entry->id), STR_ARG(entry->title), STR_ARG(entry->why));
    }
}

static void list_group(struct ismsc *s, struct buf *out, const struct set *set, bool built)
{
    size_t n = 0;
    for (size_t i = 0; i < set->list.len; i++)
        n += set->list.at[i].built == built;
    if (n == 0)
        return;
    buf_text(out, built ? "Built:\n" : "\nLeft out:\n");
    for (size_t i = 0; i < set->list.len; i++)
        if (set->list.at[i].built == built)
            list_line(s, out, &set->list.at[i]);
}

/* Behind what an audience gets, what is made without them: left out, as it is not for them. */
static void add_hidden(struct ismsc *s, struct set *set, const struct set *all, struct set *lacking)
{
    size_t len = set->list.len;
    lacking->list.len = 0;
    for (size_t i = 0; i < all->list.len; i++) {
        struct entry entry = all->list.at[i];
        bool there = !entry.built;
        for (size_t k = 0; k < len; k++)
            there |= str_eq(set->list.at[k].id, entry.id);
        entry.built = false;
        entry.why = str_print(&s->arena, "not for %s%s", audience_readers(s->audience), entry.policy ? ": its head does not say `visible_to`" : session_hides(s, entry.id) ? ": its entry in `documents` does not say `visible_to`" : "");
        if (!there)
            LIST_PUSH(&s->arena, &set->list, entry);
    }
}

static enum ismsc_status do_list(struct ismsc *s, void *argument)
{
    struct list_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    if (!session_read(s))
        return ISMSC_FAILED;
    struct set all = set_of(s), lacking = missing(s, &all);
    if (!session_reduce(s, call->audience))
        return session_fail(s, "texts for %s name what they may not see; ismsc build --audience %s shows where", audience_readers(call->audience), audience_word(call->audience));
    struct set set = s->whole.model ? set_of(s) : all;
    if (s->whole.model)
        add_hidden(s, &set, &all, &lacking);
    session_restore(s);
    set = site_listed(s, &set);
    if (call->format == ISMSC_JSON) {
        buf_text(out, "[\n");
        for (size_t i = 0; i < set.list.len + lacking.list.len; i++) {
            list_json(s, out, i < set.list.len ? &set.list.at[i] : &lacking.list.at[i - set.list.len]);
            buf_text(out, i + 1 < set.list.len + lacking.list.len ? ",\n" : "\n");
        }
        buf_text(out, "]\n");
    } else {
        list_group(s, out, &set, true);
        list_group(s, out, &set, false);
        list_missing(out, &lacking);
    }
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_list(struct ismsc *s, enum ismsc_audience audience, enum ismsc_format format, struct ismsc_text *out)
{
    struct list_call call = { (enum audience)audience, format, out };
    return session_run(s, do_list, &call);
}
