/* SPDX-License-Identifier: MIT */
/* What has a name, in the program and in the project: for shells that complete a word. */
#include "languages.h"
#include "load/resource.h"
#include "model/fields.h"
#include "session.h"
#include "set.h"

struct names {
    struct ismsc *s;
    struct buf   *out;
};

/* "R-001\tFire in the server room\n"; the title is one line whatever was written. */
static void put(struct names *names, str name, str title)
{
    if (!name.len)
        return;
    buf_put(names->out, name);
    buf_char(names->out, '\t');
    for (size_t i = 0; i < title.len; i++)
        buf_char(names->out, (unsigned char)title.at[i] < ' ' ? ' ' : title.at[i]);
    buf_char(names->out, '\n');
}

/* The first sentence of a description. */
static str first_sentence(str text)
{
    size_t end = str_search(text, STR(". "), 0);
    return end == SIZE_MAX ? text : str_cut(text, 0, end + 1);
}

static void put_documents(struct names *names)
{
    struct set set = set_of(names->s);
    for (size_t i = 0; i < set.list.len; i++)
        if (!set.list.at[i].replaced)
            put(names, set.list.at[i].name, set.list.at[i].title);
}

static void put_templates(struct names *names)
{
    struct set set = set_of(names->s);
    for (size_t i = 0; i < set.list.len; i++)
        if (!set.list.at[i].policy)
            put(names, set.list.at[i].name, set.list.at[i].title);
}

static void put_rules(struct names *names)
{
    for (size_t i = 0; i < names->s->rules.list.len; i++)
        put(names, names->s->rules.list.at[i]->id, names->s->rules.list.at[i]->title);
}

static void put_list(struct names *names, size_t section)
{
    struct value list = names->s->project.model->root->fields[section];
    for (size_t i = 0; list.tag == V_LIST && i < list.list->len; i++)
        put(names, list.list->at[i].record->id, record_title(list.list->at[i].record));
}

static void put_controls(struct names *names) { put_list(names, F_isms_controls); }
static void put_clauses(struct names *names) { put_list(names, F_isms_clauses); }
static void put_types(struct names *names) { put_list(names, F_isms_document_types); }

static void put_records(struct names *names)
{
    const struct map *ids = &names->s->project.model->by_id;
    for (size_t i = 0; i < ids->len; i++) {
        const struct record *record = ids->entries[i].value;
        if (record->written && record->kind->number != KIND_control)
            put(names, record->id, record_title(record));
    }
}

static void put_sections(struct names *names)
{
    const struct kind *root = names->s->schema->root;
    for (size_t i = 1; i < root->nfields; i++)
        put(names, root->fields[i].name, first_sentence(root->fields[i].description));
}

static void put_kinds(struct names *names)
{
    const struct kind *root = names->s->schema->root;
    put(names, STR("policy"), STR("A policy or procedure, from a starter."));
    for (size_t i = 1; i < root->nfields; i++)
        if (entry_can_be_added(&root->fields[i]))
            put(names, root->fields[i].type->kind->name, first_sentence(root->fields[i].description));
}

static void put_starters(struct names *names)
{
    str prefix = STR("templates/starters/"), ending = STR(".md");
    for (size_t i = 0; i < embedded_count; i++) {
        str path = str_of(embedded[i].path);
        if (str_starts(path, prefix) && str_ends(path, ending) && !str_ends(path, STR("README.md")))
            put(names, str_cut(path, prefix.len, path.len - ending.len), (str){ 0 });
    }
}

static void put_languages(struct names *names)
{
    struct path_list tags = session_languages(names->s);
    for (size_t i = 0; i < tags.len; i++)
        put(names, tags.at[i], (str){ 0 });
}

static const struct {
    const char *what;
    void (*put)(struct names *names);
    bool        project; /* the project's files must be read for it */
} namers[] = {
    { "documents", put_documents, true }, { "templates", put_templates, true }, { "rules", put_rules, true },    { "controls", put_controls, true },
    { "clauses", put_clauses, true },     { "types", put_types, true },         { "records", put_records, true }, { "sections", put_sections, false },
    { "kinds", put_kinds, false },        { "starters", put_starters, false },   { "languages", put_languages, true },
};

struct names_call {
    const char        *what;
    struct ismsc_text *out;
};

static enum ismsc_status do_names(struct ismsc *s, void *argument)
{
    struct names_call *call = argument;
    struct names names = { s, buf_new(&s->arena) };
    for (size_t i = 0; i < sizeof namers / sizeof *namers; i++) {
        if (strcmp(namers[i].what, call->what) != 0)
            continue;
        session_prepare(s);
        if (namers[i].project && !session_read_what_there_is(s))
            return ISMSC_FAILED;
        namers[i].put(&names);
        *call->out = (struct ismsc_text){ names.out->at, names.out->len };
        return ISMSC_OK;
    }
    return session_fail(s, "nothing is called %s", call->what);
}

enum ismsc_status ismsc_names(struct ismsc *s, const char *what, struct ismsc_text *out)
{
    struct names_call call = { what, out };
    return session_run(s, do_names, &call);
}
