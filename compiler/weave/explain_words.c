/* SPDX-License-Identifier: MIT */
/* Values, places and the words of rules as people read them. */
#include "base/buf.h"
#include "model/edition.h"
#include "model/fields.h"
#include "query/query.h"
#include "weave/explain_part.h"

str words_of_key(struct arena *arena, str key)
{
    char *out = arena_alloc(arena, key.len + 1, 1);
    for (size_t i = 0; i < key.len; i++)
        out[i] = key.at[i] == '_' || key.at[i] == '.' ? ' ' : key.at[i];
    return (str){ out, key.len };
}

str words_of_record(struct arena *arena, const struct record *record)
{
    str title = record_title(record);
    return title.len && !str_eq(title, record->id) ? str_print(arena, "%.*s %.*s", STR_ARG(record->id), STR_ARG(title)) : record->id;
}

/* "version 1.0, on 2026-02-12": an object without an id. */
static str words_of_object(struct arena *arena, const struct record *record)
{
    str out = { 0 };
    for (size_t i = 1; i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        struct value value = record->fields[i];
        str words = value.written && !field->computed ? words_of_value(arena, value) : (str){ 0 };
        if (words.len)
            out = str_print(arena, "%.*s%s%.*s %.*s", STR_ARG(out), out.len ? ", " : "", STR_ARG(words_of_key(arena, field->name)), STR_ARG(words));
    }
    return out;
}

/* Values joined with ", ". */
static str words_joined(struct arena *arena, struct value list)
{
    struct buf *out = buf_new(arena);
    for (size_t i = 0; list.tag == V_LIST && i < list.list->len; i++) {
        buf_text(out, i ? ", " : "");
        buf_put(out, words_of_value(arena, list.list->at[i]));
    }
    str words = str_copy(arena, buf_str(out));
    buf_free(out);
    return words;
}

str words_of_value(struct arena *arena, struct value value)
{
    switch (value.tag) {
    case V_RECORD: return value.record->id.len ? words_of_record(arena, value.record) : words_of_object(arena, value.record);
    case V_LIST:   return words_joined(arena, value);
    case V_BROKEN: return STR("not understood: see the findings");
    case V_NULL:   return (str){ 0 };
    default:       return str_trim(value_print(arena, value));
    }
}

str words_of_place(const struct page *page, struct span span)
{
    struct source *source = source_of(page->in->sources, span);
    if (!source || source->builtin)
        return (str){ 0 };
    struct place place = source_place(page->in->sources, source, span.begin);
    return str_print(page->arena, "%.*s:%u", STR_ARG(source->path), place.line);
}

str words_of_basis(str basis)
{
    if (str_eq(basis, STR("requirement")))
        return STR("required by the standard");
    if (str_eq(basis, STR("own_rule")))
        return STR("a rule of your own, which the standard expects you to follow");
    return str_eq(basis, STR("practice")) ? STR("audit practice, not wording of the standard") : basis;
}

struct record *record_in(const struct model *model, size_t section, str id)
{
    struct value list = model->root->fields[section];
    for (size_t i = 0; list.tag == V_LIST && i < list.list->len; i++)
        if (list.list->at[i].tag == V_RECORD && str_eq(list.list->at[i].record->id, id))
            return list.list->at[i].record;
    return NULL;
}

bool is_part_of_clause(str clause, str id)
{
    return str_starts(clause, id) && (clause.len == id.len || clause.at[id.len] == ' ' || clause.at[id.len] == '.');
}

str words_of_clause(const struct page *page, str clause)
{
    str id = str_cut(clause, 0, str_find(clause, ' ', 0));
    const struct record *record = record_in(page->in->model, F_isms_clauses, id);
    if (!record)
        record = record_in(page->in->model, F_isms_controls, id);
    str here = edition_clause(page->arena, page->in->model, clause);
    if (here.len == 0)
        return str_print(page->arena, "%.*s of 2022; the edition of 2013 has nothing of the kind", STR_ARG(clause));
    return record && record_title(record).len ? str_print(page->arena, "%.*s %.*s", STR_ARG(here), STR_ARG(record_title(record))) : here;
}

str clause_id(const struct explain_input *in, const struct record *clause)
{
    struct value old = clause->fields[F_clause_number_in_2013];
    return str_eq(in->model->edition, STR("2013")) && old.tag == V_TEXT && old.text.len ? old.text : clause->id;
}

/* "control A.8.13 has no due date (accepted until 2026-07-31, ACC-01)". */
static str message_words(const struct page *page, const struct finding *f)
{
    char until[11];
    if (!f->accepted)
        return f->message;
    date_format(f->accepted->until, until);
    return str_print(page->arena, "%.*s (accepted until %s, %.*s)", STR_ARG(f->message), until, STR_ARG(f->accepted->id));
}

void page_findings(struct page *page, bool (*wanted)(const struct finding *finding, str id), str id)
{
    static const char *const keys[] = { "severity", "rule", "message", "place" }, *const titles[] = { "severity", "rule", "finding", "where" };
    const struct findings *findings = page->in->findings;
    bool begun = false;
    for (size_t i = 0; findings && i < findings->list.len; i++) {
        const struct finding *f = findings->list.at[i];
        if (!wanted(f, id))
            continue;
        if (!begun) {
            page_section(page, "findings", "Findings in this ISMS");
            page_table(page, 4, keys, titles);
            begun = true;
        }
        page_row(page, (const str[]){ str_of(severity_name(f->severity)), f->rule, message_words(page, f), words_of_place(page, f->at) });
    }
}
