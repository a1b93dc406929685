/* SPDX-License-Identifier: MIT */
/* Which documents a build makes, and why: the front matter of templates, the catalogue of document types, and what the sources hold. */
#include "set.h"

#include <stdlib.h>

#include "load/resource.h"
#include "model/fields.h"
#include "query/query.h"
#include "site.h"
#include "write/json.h"

/* ---- names ---- */

const struct list *set_records(const struct ismsc *s)
{
    static const struct list none;
    struct value documents = s->project.model->root->fields[F_isms_documents];
    return documents.tag == V_LIST ? documents.list : &none;
}

bool set_template_name(str path, str *name)
{
    str prefix = STR("templates/"), ending = STR(".md");
    if (!str_starts(path, prefix) || !str_ends(path, ending))
        return false;
    *name = str_cut(path, prefix.len, path.len - ending.len);
    return str_find(*name, '/', 0) == name->len && !str_eq(*name, STR("README"));
}

/* Those of everything there is: what takes a template's place does so for every audience. */
static const struct list *all_records(const struct ismsc *s)
{
    static const struct list none;
    struct value documents = (s->whole.model ? s->whole.model : s->project.model)->root->fields[F_isms_documents];
    return documents.tag == V_LIST ? documents.list : &none;
}

/*
 * templates/auditor/ holds what is for auditors alone, and what takes the place of templates/ for them; customers get nothing but
 * what templates/customer/ holds. [folder]: look there.
 */
static bool template_for(enum audience audience, bool folder, str path, str *name)
{
    if (!folder)
        return audience != AUDIENCE_CUSTOMER && set_template_name(path, name);
    str word = str_of(audience_word(audience)), top = STR("templates/");
    size_t begin = top.len + word.len + 1;
    if (audience == AUDIENCE_INTERNAL || path.len <= begin || !str_eq(str_cut(path, top.len, begin - 1), word) || path.at[begin - 1] != '/'
        || !str_starts(path, top) || !str_ends(path, STR(".md")) || str_find(str_cut(path, begin, path.len), '/', 0) != path.len - begin)
        return false;
    *name = str_cut(path, top.len, path.len - 3);
    return true;
}

bool set_template_of_any(str path, str *name)
{
    return set_template_name(path, name) || template_for(AUDIENCE_AUDITOR, true, path, name) || template_for(AUDIENCE_CUSTOMER, true, path, name);
}

/* "customer/x" -> "x" */
static str base_name(str template)
{
    size_t slash = str_find(template, '/', 0);
    return slash < template.len ? str_cut(template, slash + 1, template.len) : template;
}

static bool has_name(const struct set *set, str name) { return map_get(&set->names, name) != NULL; }

static void add_entry(struct ismsc *s, struct set *set, struct entry entry)
{
    LIST_PUSH(&s->arena, &set->list, entry);
    map_add(&set->names, &s->arena, entry.name, set);
    map_add(&set->names, &s->arena, entry.template, set);
}

/* "policies/POL-02-access-control.md" -> "POL-02-access-control"; its id where two files have the same name. */
static str policy_name(struct ismsc *s, const struct set *set, const struct record *record)
{
    struct source *source = source_of(&s->sources, record->span);
    str    path = source ? source->path : record->id;
    size_t slash = path.len;
    while (slash > 0 && path.at[slash - 1] != '/')
        slash--;
    str name = str_cut(path, slash, path.len);
    if (str_ends(name, STR(".md")))
        name.len -= 3;
    return has_name(set, name) || str_eq(name, STR("index")) || str_eq(name, STR("README")) ? record->id : name;
}

static int by_name(const void *a, const void *b) { return str_cmp_natural(((const struct entry *)a)->name, ((const struct entry *)b)->name); }

/* ---- formats ---- */

bool set_has_format(const struct entry *entry, const char *format)
{
    for (size_t i = 0; i < entry->head.formats.len; i++)
        if (str_eq(entry->head.formats.at[i], str_of(format)))
            return true;
    return entry->head.formats.len == 0 && strcmp(format, "xlsx") != 0; /* a workbook is only what says so */
}

bool set_is_page(const struct entry *entry) { return !set_has_format(entry, "docx"); }

bool set_is_record_page(const struct entry *entry) { return entry->each && set_is_page(entry) && set_has_format(entry, "html"); }

/* ---- types of documents ---- */

static struct record *type_named(const struct ismsc *s, str id)
{
    struct value types = s->project.model->root->fields[F_isms_document_types];
    for (size_t i = 0; types.tag == V_LIST && i < types.list->len; i++)
        if (str_eq(types.list->at[i].record->id, id))
            return types.list->at[i].record;
    return NULL;
}

static void add_type(struct ismsc *s, struct entry *entry, struct record *type)
{
    for (size_t i = 0; i < entry->types->len; i++)
        if (entry->types->at[i].record == type)
            return;
    if (type)
        list_push(&s->arena, entry->types, value_record(type));
}

/* What a document stands for: the type its id names, those in a template's head, those in its control data. */
void set_find_types(struct ismsc *s, struct entry *entry)
{
    entry->types = NEW(&s->arena, struct list);
    add_type(s, entry, type_named(s, entry->id));
    for (size_t i = 0; i < entry->head.covers.len; i++)
        add_type(s, entry, type_named(s, entry->head.covers.at[i]));
    if (!entry->document)
        return;
    struct value type = entry->document->fields[F_document_type], covers = entry->document->fields[F_document_covers];
    if (type.tag == V_RECORD)
        add_type(s, entry, type.record);
    for (size_t i = 0; covers.tag == V_LIST && i < covers.list->len; i++)
        if (covers.list->at[i].tag == V_RECORD)
            add_type(s, entry, covers.list->at[i].record);
}

static str text_field(const struct record *record, size_t field)
{
    struct value value = record->fields[field];
    return value.tag == V_TEXT ? value.text : (str){ 0 };
}

/* The first type of an obligation, or NULL. */
static const struct record *type_with(const struct entry *entry, const char *obligation)
{
    for (size_t i = 0; i < entry->types->len; i++)
        if (str_eq(text_field(entry->types->at[i].record, F_document_type_obligation), str_of(obligation)))
            return entry->types->at[i].record;
    return NULL;
}

str set_obligation(const struct entry *entry)
{
    static const char *const grades[] = { "mandatory", "conditional", "customary" };
    for (size_t i = 0; i < sizeof grades / sizeof grades[0]; i++)
        if (type_with(entry, grades[i]))
            return str_of(grades[i]);
    return (str){ 0 };
}

/* ---- why ---- */

static str join(struct arena *arena, str text, str more)
{
    return !text.len ? more : !more.len ? text : str_print(arena, "%.*s; %.*s", STR_ARG(text), STR_ARG(more));
}

/* Entries somebody wrote in a section; 1 for an object that is there. */
static size_t written_in(const struct ismsc *s, str section)
{
    const struct field *field = kind_field(s->project.model->schema->root, section);
    struct value value = field ? s->project.model->root->fields[field->index] : value_null();
    size_t n = 0;
    if (value.tag == V_RECORD)
        return value.record->written;
    for (size_t i = 0; value.tag == V_LIST && i < value.list->len; i++)
        n += value.list->at[i].tag != V_RECORD || !value.list->at[i].record->builtin;
    return n;
}

/* "12 under `issues`, 3 under `roles`" of what there is; *n: how many in all. */
static str sources_of(struct ismsc *s, const struct entry *entry, size_t *n)
{
    str text = { 0 };
    *n = 0;
    for (size_t i = 0; i < entry->head.from.len; i++) {
        str    section = entry->head.from.at[i];
        size_t there = written_in(s, section);
        const struct field *field = kind_field(s->project.model->schema->root, section);
        *n += there;
        if (!there)
            continue;
        str part = field->type->tag == TYPE_RECORD ? str_print(&s->arena, "`%.*s`", STR_ARG(section))
                                                  : str_print(&s->arena, "%zu under `%.*s`", there, STR_ARG(section));
        text = text.len ? str_print(&s->arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(part)) : part;
    }
    return text;
}

/* "nothing under `issues` or `requirements`" */
static str lack_of(struct ismsc *s, const struct entry *entry)
{
    str text = STR("nothing under");
    for (size_t i = 0; i < entry->head.from.len; i++)
        text = str_print(&s->arena, "%.*s%s `%.*s`", STR_ARG(text), i == 0 ? "" : i + 1 == entry->head.from.len ? " or" : ",", STR_ARG(entry->head.from.at[i]));
    return str_print(&s->arena, "%.*s yet", STR_ARG(text));
}

str set_words(struct arena *arena, struct value list)
{
    str text = { 0 };
    for (size_t i = 0; list.tag == V_LIST && i < list.list->len; i++)
        if (list.list->at[i].tag == V_TEXT)
            text = text.len ? str_print(arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(list.list->at[i].text)) : list.list->at[i].text;
    return text;
}

/* The first applicable control that asks for one of its types; empty: none. */
static str asking_control(const struct ismsc *s, const struct entry *entry)
{
    for (size_t i = 0; i < entry->types->len; i++) {
        struct value controls = entry->types->at[i].record->fields[F_document_type_controls];
        if (!str_eq(text_field(entry->types->at[i].record, F_document_type_obligation), STR("conditional")))
            continue;
        for (size_t k = 0; controls.tag == V_LIST && k < controls.list->len; k++) {
            const struct record *control = model_find(s->project.model, controls.list->at[k].text);
            struct value applies = control && control->kind->number == KIND_control ? control->fields[F_control_applicable] : value_null();
            if (applies.tag == V_BOOL && applies.b)
                return control->id;
        }
    }
    return (str){ 0 };
}

str set_demand(struct ismsc *s, const struct entry *entry)
{
    const struct record *mandatory = type_with(entry, "mandatory");
    str control = asking_control(s, entry);
    if (mandatory)
        return str_print(&s->arena, "required by clause %.*s", STR_ARG(set_words(&s->arena, mandatory->fields[F_document_type_clauses])));
    return control.len ? str_print(&s->arena, "%.*s applies", STR_ARG(control)) : (str){ 0 };
}

static void decide(struct ismsc *s, struct entry *entry)
{
    size_t n;
    str there = sources_of(s, entry, &n), asked = set_demand(s, entry);
    bool has_data = entry->head.from.len == 0 || n > 0, mandatory = type_with(entry, "mandatory") != NULL;
    entry->built = mandatory || (has_data && entry->head.wanted);
    if (entry->built && (there.len || asked.len))
        entry->why = join(&s->arena, asked, there.len ? there : entry->head.from.len ? lack_of(s, entry) : there);
    else if (entry->built)
        entry->why = entry->head.when.len ? STR("its condition holds") : STR("useful to every ISMS");
    else if (!has_data)
        entry->why = join(&s->arena, lack_of(s, entry), asked);
    else
        entry->why = join(&s->arena, str_print(&s->arena, "its condition does not hold: %.*s", STR_ARG(entry->head.when)), asked);
}

/* Control data that say the text is kept elsewhere: then the template would be a second truth. */
static str kept_elsewhere(const struct ismsc *s, const struct entry *entry)
{
    const struct list *documents = all_records(s);
    for (size_t i = 0; i < documents->len; i++) {
        const struct record *record = documents->at[i].record;
        struct value type = record->fields[F_document_type];
        if (str_eq(record->id, entry->id) || (type.tag == V_RECORD && str_eq(type.record->id, entry->id)))
            return text_field(record, F_document_file);
    }
    return (str){ 0 };
}

/* A Markdown file that stands for one of the types of a template: then the template is not needed. */
static const struct record *replacement(struct ismsc *s, const struct weave *weave, const struct entry *entry)
{
    const struct list *documents = all_records(s);
    for (size_t i = 0; i < documents->len; i++) {
        const struct record *record = documents->at[i].record;
        struct value type = record->fields[F_document_type];
        if (weave_is_policy(weave, record) && (str_eq(record->id, entry->id) || (type.tag == V_RECORD && str_eq(type.record->id, entry->id))))
            return record;
    }
    return NULL;
}

/* ---- the set ---- */

static struct words kept(struct arena *arena, struct words words)
{
    str *copies = NEWS(arena, str, words.len + 1);
    for (size_t i = 0; i < words.len; i++)
        copies[i] = str_copy(arena, words.at[i]);
    return (struct words){ copies, words.len };
}

/* The head outlives the arena it was read in; the list of `each` does not. */
static struct weave_head kept_head(struct arena *arena, const struct weave_head *head)
{
    return (struct weave_head){ str_copy(arena, head->id), str_copy(arena, head->title), kept(arena, head->clauses), kept(arena, head->covers),
                                kept(arena, head->from), kept(arena, head->formats), str_copy(arena, head->when), head->wanted, head->search, head->audience, NULL };
}

static const struct record *control_data(const struct ismsc *s, str id)
{
    const struct record *record = model_find(s->project.model, id);
    return record && record->kind->number == KIND_document ? record : NULL;
}

/* "audit-report" and the record IA-2026.1 give "audit-report-ia-2026-1". */
static str name_about(struct ismsc *s, const struct set *set, str template, str id)
{
    str name = str_print(&s->arena, "%.*s-%.*s", STR_ARG(template), STR_ARG(id));
    char *at = (char *)(uintptr_t)name.at;
    for (size_t i = template.len; i < name.len; i++) {
        bool upper = at[i] >= 'A' && at[i] <= 'Z', kept = upper || (at[i] >= 'a' && at[i] <= 'z') || (at[i] >= '0' && at[i] <= '9');
        at[i] = upper ? (char)(at[i] + 32) : kept ? at[i] : '-';
    }
    str unique = name;
    for (unsigned n = 2; has_name(set, unique); n++)
        unique = str_print(&s->arena, "%.*s-%u", STR_ARG(name), n);
    return unique;
}

/* "Audit report: First audit"; a title that names the record already stays. */
static str title_about(struct ismsc *s, const struct entry *entry)
{
    str own = entry->document ? text_field(entry->document, F_document_title) : (str){ 0 };
    if (!own.len)
        own = entry->title;
    return str_search(own, entry->each->id, 0) != SIZE_MAX ? own : str_print(&s->arena, "%.*s: %.*s", STR_ARG(own), STR_ARG(record_title(entry->each)));
}

/* One document for each record, all as the first one is: built or left out, for the same reasons. */
static void add_each(struct ismsc *s, struct set *set, const struct entry *all, const struct list *records)
{
    for (size_t i = 0; i < records->len; i++) {
        struct entry entry = *all;
        if (records->at[i].tag != V_RECORD)
            continue;
        entry.each = records->at[i].record;
        entry.again = i > 0;
        entry.name = name_about(s, set, all->name, entry.each->id);
        entry.id = str_print(&s->arena, "%.*s-%.*s", STR_ARG(all->id), STR_ARG(entry.each->id));
        if (session_hides(s, entry.id))
            continue;
        if (control_data(s, entry.id))
            entry.document = control_data(s, entry.id);
        entry.title = title_about(s, &entry);
        add_entry(s, set, entry);
    }
}

static void add_template(struct ismsc *s, const struct weave *weave, struct set *set, str name)
{
    struct findings quiet; /* a head that can not be read has its findings when the document is made */
    struct weave_head head;
    findings_init(&quiet, &s->scratch);
    struct weave look = session_weave(s, &s->scratch, &quiet);
    if (has_name(set, base_name(name)) || !weave_head(&look, name, &head))
        return;
    bool own = base_name(name).len < name.len;
    if (session_hides(s, head.id) || (!own && !audience_sees(s->audience, head.audience)))
        return; /* not for them */
    struct entry entry = { .name = str_copy(&s->arena, base_name(name)), .template = str_copy(&s->arena, name), .head = kept_head(&s->arena, &head) };
    entry.id = entry.head.id;
    entry.document = control_data(s, entry.id);
    entry.title = entry.document && text_field(entry.document, F_document_title).len ? text_field(entry.document, F_document_title) : entry.head.title;
    set_find_types(s, &entry);
    const struct record *instead = replacement(s, weave, &entry);
    if (instead) {
        struct source *source = source_of(&s->sources, instead->span);
        entry.replaced = true;
        entry.why = str_print(&s->arena, "%.*s takes its place", STR_ARG(source->path));
    } else if (kept_elsewhere(s, &entry).len && s->whole.model) {
        return;
    } else if (kept_elsewhere(s, &entry).len) {
        entry.why = str_print(&s->arena, "kept elsewhere: %.*s", STR_ARG(kept_elsewhere(s, &entry)));
    } else if (head.each && set_is_page(&entry)) {
        site_decide(s, &entry, head.each->len);
    } else {
        decide(s, &entry);
    }
    if (head.each && head.each->len && !entry.replaced)
        add_each(s, set, &entry, head.each);
    else
        add_entry(s, set, entry);
}

/* The project's may be none, as in most projects. */
static void add_templates(struct ismsc *s, const struct weave *weave, struct set *set, const struct path_list *own, bool folder)
{
    str name;
    for (size_t i = 0; i < embedded_count; i++)
        if (template_for(s->audience, folder, str_of(embedded[i].path), &name))
            add_template(s, weave, set, name);
    for (size_t i = 0; i < own->len; i++)
        if (template_for(s->audience, folder, own->at[i], &name))
            add_template(s, weave, set, name);
}

static void add_policy(struct ismsc *s, struct set *set, const struct record *record)
{
    struct source *source = source_of(&s->sources, record->span);
    struct entry entry = { .name = policy_name(s, set, record), .id = record->id, .title = record_title(record), .policy = record,
                           .document = record, .built = true };
    set_find_types(s, &entry);
    entry.why = join(&s->arena, set_demand(s, &entry), source ? source->path : (str){ 0 });
    add_entry(s, set, entry);
}

struct set set_of(struct ismsc *s)
{
    struct weave weave = session_weave(s, &s->scratch, &s->findings);
    const struct list *documents = set_records(s);
    struct path_list own = { 0 };
    struct set set = { 0 };
    str message;
    if (s->provider->list(s->provider->state, &s->arena, STR("templates"), &own, &message) != LOAD_OK)
        own.len = 0;
    add_templates(s, &weave, &set, &own, true);
    add_templates(s, &weave, &set, &own, false);
    for (size_t i = 0; i < documents->len; i++)
        if (weave_is_policy(&weave, documents->at[i].record))
            add_policy(s, &set, documents->at[i].record);
    if (set.list.len > 1)
        qsort(set.list.at, set.list.len, sizeof *set.list.at, by_name);
    arena_close(&s->scratch);
    return set;
}

/* ---- as records ---- */

str set_status(const struct entry *entry)
{
    str status = entry->document ? text_field(entry->document, F_document_status) : (str){ 0 };
    return status.len ? status : STR("draft");
}

str set_kind(const struct entry *entry)
{
    if (set_is_page(entry))
        return set_has_format(entry, "xlsx") ? STR("workbook") : STR("page");
    if (entry->types->len)
        return text_field(entry->types->at[0].record, F_document_type_kind);
    return str_starts(entry->id, STR("REC-")) ? STR("record") : STR("document");
}

static struct value texts(struct arena *arena, struct words words)
{
    struct list *list = NEW(arena, struct list);
    for (size_t i = 0; i < words.len; i++)
        list_push(arena, list, value_text(words.at[i]));
    return value_list(list);
}

struct value set_title(const struct entry *entry)
{
    const struct record *record = entry->document ? entry->document : entry->policy;
    struct value own = record ? record->fields[F_document_title] : value_null();
    return own.tag == V_TEXT && str_eq(own.text, entry->title) ? own : value_text(entry->title);
}

/* The clauses a document answers: as its template says, else its control data, else its type. */
struct value set_clauses(struct ismsc *s, const struct entry *entry)
{
    struct value own = entry->document ? entry->document->fields[F_document_clauses] : value_null();
    if (entry->head.clauses.len)
        return texts(&s->arena, entry->head.clauses);
    if (own.tag == V_LIST && own.list->len)
        return own;
    return entry->types->len ? entry->types->at[0].record->fields[F_document_type_clauses] : texts(&s->arena, (struct words){ 0 });
}

static struct record *entry_record(struct ismsc *s, const struct entry *entry)
{
    const struct model *model = s->project.model;
    struct record *r = record_new(&s->arena, model->schema->root->fields[F_isms_document_set].type->kind);
    struct list *covers = NEW(&s->arena, struct list);
    for (size_t i = 0; i < entry->types->len; i++)
        list_push(&s->arena, covers, value_text(entry->types->at[i].record->id));
    r->id = entry->id;
    r->written = true;
    r->fields[0] = value_text(entry->id);
    r->fields[0].look = LOOK_ID;
    r->fields[F_set_entry_title] = set_title(entry);
    r->fields[F_set_entry_file] = value_text(entry->name);
    r->fields[F_set_entry_kind] = value_text(set_kind(entry));
    r->fields[F_set_entry_obligation] = value_text(set_obligation(entry));
    r->fields[F_set_entry_clauses] = set_clauses(s, entry);
    r->fields[F_set_entry_covers] = value_list(covers);
    r->fields[F_set_entry_status] = entry->document ? entry->document->fields[F_document_status]
                                                    : (struct value){ .tag = V_TEXT, .text = STR("draft"), .look = LOOK_STATUS, .tone = TONE_NEUTRAL };
    r->fields[F_set_entry_state] = value_text(entry->built ? STR("built") : STR("left_out"));
    r->fields[F_set_entry_state].look = LOOK_STATUS;
    r->fields[F_set_entry_state].tone = entry->built ? TONE_GOOD : TONE_NEUTRAL;
    r->fields[F_set_entry_why] = value_text(entry->why);
    const struct record *absent = schema_kind(model->schema, STR("document"))->absent;
    r->fields[F_set_entry_document] = value_record((struct record *)(uintptr_t)(entry->document ? entry->document : absent));
    r->fields[F_set_entry_document].written = entry->document != NULL;
    return r;
}

void set_tell(struct ismsc *s, const struct set *set)
{
    struct list *all = NEW(&s->arena, struct list);
    for (size_t i = 0; i < set->list.len; i++) {
        if (set_is_page(&set->list.at[i]))
            continue;
        struct record *r = entry_record(s, &set->list.at[i]);
        r->order = (uint32_t)all->len;
        list_push(&s->arena, all, value_record(r));
    }
    s->project.model->root->fields[F_isms_document_set] = value_list(all);
}
