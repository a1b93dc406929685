/* SPDX-License-Identifier: MIT */
/*
 * The tables of a language as they are to be filled in: every fixed text that documents say, by the file that its translation stands in.
 * What several templates say is common; the words of the vocabulary and what catalogues say follow.
 */
#include "base/limits.h"
#include "languages.h"
#include "load/resource.h"
#include "model/fields.h"
#include "session.h"
#include "set.h"
#include "weave/print.h"
#include "weave/weave.h"
#include "weave/yaml_text.h"

/* One file of the table. */
struct table {
    str                 stem;
    struct message_list texts;
};

struct listing {
    struct ismsc          *s;
    struct weave           weave;
    const struct messages *messages; /* of the language; NULL: none was asked for */
    LIST_OF(struct table)  tables;
    struct map             files;    /* text -> the one file it is in */
    str                    said;     /* all templates, to see what of the catalogues they print */
};

/* A template and the one for other readers that takes its place stand in one file. */
static void add_table(struct listing *l, str stem, struct message_list texts)
{
    struct table table = { stem, texts }, *same = NULL;
    for (size_t i = 0; i < l->tables.len; i++)
        if (str_eq(l->tables.at[i].stem, stem))
            same = &l->tables.at[i];
    for (size_t i = 0; same && i < texts.len; i++)
        LIST_PUSH(&l->s->arena, &same->texts, texts.at[i]);
    if (!same)
        LIST_PUSH(&l->s->arena, &l->tables, table);
}

static void add_text(struct listing *l, struct message_list *texts, str text)
{
    struct message message = { .text = text };
    if (messages_has_words(text))
        LIST_PUSH(&l->s->arena, texts, message);
}

/* ---- templates ---- */

/* "templates/x.md", "templates/partials/x.md", "templates/customer/x.md" -> "x"; screens are for terminals, starters for the project's own words. */
static bool is_template(str path, str *stem)
{
    static const char *const folders[] = { "templates/partials/", "templates/auditor/", "templates/customer/" };
    str ending = STR(".md");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (str_starts(path, str_of(folders[i])) && str_ends(path, ending)) {
            *stem = str_cut(path, strlen(folders[i]), path.len - ending.len);
            return true;
        }
    return set_template_name(path, stem);
}

static void add_template(struct listing *l, str path)
{
    struct message_list texts = { 0 };
    struct source *source;
    str stem, bytes;
    if (!is_template(path, &stem) || map_get(&l->files, path) || !weave_messages(&l->weave, path, &texts))
        return;
    map_add(&l->files, &l->s->arena, path, l);
    if (l->weave.resource(l->weave.state, path, &bytes, &source))
        l->said = str_join2(&l->s->arena, l->said, bytes);
    add_table(l, stem, texts);
}

static void add_templates(struct listing *l)
{
    struct path_list paths = { 0 };
    str message;
    for (size_t i = 0; i < embedded_count; i++)
        add_template(l, str_of(embedded[i].path));
    if (l->s->provider && l->s->provider->list(l->s->provider->state, &l->s->arena, STR("templates"), &paths, &message) == LOAD_OK)
        for (size_t i = 0; i < paths.len; i++)
            add_template(l, paths.at[i]);
}

/* ---- what the program says: furniture, vocabulary, catalogues ---- */

static void add_choices(struct listing *l, const struct type *type, struct message_list *texts)
{
    for (; type->tag == TYPE_LIST && type->item; type = type->item)
        ;
    for (size_t i = 0; type->tag == TYPE_ENUM && i < type->nwords; i++) {
        bool toned = false;
        for (size_t k = 0; k < type->ntones; k++)
            toned |= str_eq(type->tones[k].word, type->words[i]);
        add_text(l, texts, toned ? print_word(&l->s->arena, type->words[i]) : type->words[i]);
    }
}

/* Choices of its fields, and what is to be done by its dates. */
static void add_kind(struct listing *l, const struct kind *kind, struct message_list *texts)
{
    for (size_t i = 0; i < kind->nfields; i++)
        add_choices(l, kind->fields[i].type, texts);
    for (size_t i = 0; i < kind->ndeadlines; i++)
        add_text(l, texts, kind->deadlines[i].what);
}

static void add_vocabulary(struct listing *l)
{
    struct message_list texts = { 0 };
    for (size_t k = 0; k < l->s->schema->nkinds; k++)
        add_kind(l, l->s->schema->kinds[k], &texts);
    add_table(l, STR("vocabulary"), texts);
}

static void add_value(struct listing *l, struct message_list *texts, struct value value)
{
    const struct source *source = value.tag == V_TEXT ? source_of(&l->s->sources, value.span) : NULL;
    if (value.tag == V_TEXT && !model_find(l->s->project.model, value.text) && value.look != LOOK_ID && value.look != LOOK_CHOICE && value.look != LOOK_STATUS && (!source || source->builtin))
        add_text(l, texts, value.text);
    for (size_t i = 0; value.tag == V_LIST && i < value.list->len; i++)
        add_value(l, texts, value.list->at[i]);
}

/* What templates may print of a record of [kind]: fields they name, and its title. One answer for each field. */
static const bool *said_fields(struct listing *l, const struct kind *kind)
{
    bool *said = NEWS(&l->s->arena, bool, kind->nfields);
    for (size_t i = 1; i < kind->nfields; i++)
        said[i] = &kind->fields[i] == kind->title || str_search(l->said, kind->fields[i].name, 0) != SIZE_MAX;
    return said;
}

static void add_section(struct listing *l, size_t index, const char *stem)
{
    struct message_list texts = { 0 };
    struct value section = l->s->project.model->root->fields[index];
    const bool *said = NULL;
    for (size_t i = 0; section.tag == V_LIST && i < section.list->len; i++) {
        const struct record *record = section.list->at[i].tag == V_RECORD ? section.list->at[i].record : NULL;
        if (record && !said)
            said = said_fields(l, record->kind);
        for (size_t k = 1; record && k < record->kind->nfields; k++)
            if (said[k])
                add_value(l, &texts, record->fields[k]);
    }
    add_table(l, str_of(stem), texts);
}

static void add_program(struct listing *l)
{
    add_table(l, STR("program"), doc_words_list(&l->s->arena));
    add_vocabulary(l);
    add_section(l, F_isms_clauses, "clauses");
    add_section(l, F_isms_controls, "controls");
    add_section(l, F_isms_document_types, "document-types");
    add_section(l, F_isms_threats, "threats");
    add_section(l, F_isms_vulnerabilities, "vulnerabilities");
}

/* What findings say in documents. Those about the language of the sources stop a build, so documents have none of them. */
static void add_rules(struct listing *l)
{
    struct path_list stems = { 0 };
    for (size_t i = 0; i < l->s->rules.list.len; i++) {
        str  stem = rule_table(&l->s->arena, l->s->rules.list.at[i]);
        bool known = false;
        for (size_t k = 0; k < stems.len; k++)
            known |= str_eq(stems.at[k], stem);
        if (!known && stem.len)
            LIST_PUSH(&l->s->arena, &stems, stem);
    }
    for (size_t k = 0; k < stems.len; k++) {
        struct message_list texts = { 0 };
        for (size_t i = 0; i < l->s->rules.list.len; i++) {
            const struct rule *rule = l->s->rules.list.at[i];
            if (!str_eq(rule_table(&l->s->arena, rule), stems.at[k]))
                continue;
            add_text(l, &texts, rule->title);
            if (rule_message_is_plain(rule->message.text))
                add_text(l, &texts, rule->message.text);
            add_text(l, &texts, rule->fix);
        }
        add_table(l, stems.at[k], texts);
    }
}

/* ---- what is in which file ---- */

/* Each text once: in the file of its template, or with what is common. */
static void place_texts(struct listing *l)
{
    struct table *common = NEW(&l->s->arena, struct table);
    common->stem = STR("common");
    l->files = (struct map){ 0 };
    for (size_t i = 0; i < l->tables.len; i++)
        for (size_t k = 0; k < l->tables.at[i].texts.len; k++) {
            str text = l->tables.at[i].texts.at[k].text;
            struct table *before = map_get(&l->files, text);
            if (before && before != &l->tables.at[i])
                map_set(&l->files, &l->s->arena, text, common);
            else if (!before)
                map_add(&l->files, &l->s->arena, text, &l->tables.at[i]);
        }
}

/* ---- output ---- */

static void put_file(struct listing *l, struct buf *out, str stem, bool missing)
{
    bool any = false;
    for (size_t i = 0; i < l->files.len; i++) {
        const struct table *table = l->files.entries[i].value;
        if (!str_eq(table->stem, stem))
            continue;
        str text = l->files.entries[i].key, there = messages_find(l->messages, stem, text);
        if (missing && there.len)
            continue;
        if (!any)
            buf_print(out, "%s# templates/%.*s/%.*s.yaml\n", out->len ? "\n" : "", STR_ARG(l->messages ? l->messages->tag : STR("<language>")), STR_ARG(stem));
        any = true;
        str english = yaml_quoted(&l->s->arena, text), other = yaml_quoted(&l->s->arena, there);
        buf_print(out, "%.*s:\n  %.*s\n", STR_ARG(english), STR_ARG(other));
    }
}

/* The table of a language, empty for one that there is not. */
static const struct messages *messages_in(struct ismsc *s, str tag)
{
    const struct doc_words *words = session_words(s, tag);
    struct messages *none = words->messages ? NULL : NEW(&s->arena, struct messages);
    if (!none)
        return words->messages;
    none->tag = tag;
    none->sources = &s->sources;
    return none;
}

struct messages_call {
    const char        *name, *language;
    bool               missing;
    struct ismsc_text *out;
};

static enum ismsc_status do_messages(struct ismsc *s, void *argument)
{
    struct messages_call *call = argument;
    struct listing l = { .s = s };
    struct buf *out = buf_new(&s->arena);
    if (!session_read_what_there_is(s))
        return ISMSC_FAILED;
    l.messages = call->language ? messages_in(s, str_of(call->language)) : NULL;
    l.weave = session_weave(s, &s->arena, &s->findings);
    add_templates(&l);
    add_program(&l);
    add_rules(&l);
    place_texts(&l);
    if (!call->name || str_eq(str_of(call->name), STR("common")))
        put_file(&l, out, STR("common"), call->missing);
    bool known = !call->name || str_eq(str_of(call->name), STR("common"));
    for (size_t i = 0; i < l.tables.len; i++)
        if (!call->name || str_eq(l.tables.at[i].stem, str_of(call->name))) {
            put_file(&l, out, l.tables.at[i].stem, call->missing);
            known = true;
        }
    if (!known)
        return session_fail(s, "there is no template %s; ismsc template list shows them", call->name);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_template_messages(struct ismsc *s, const char *name, const char *language, bool missing, struct ismsc_text *out)
{
    struct messages_call call = { name, language, missing, out };
    return session_run(s, do_messages, &call);
}
