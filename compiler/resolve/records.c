/* SPDX-License-Identifier: MIT */
/* Mappings -> records: keys to fields, ids to collections, sections to the root. */
#include "model/fields.h"
#include "resolve/audience.h"
#include "resolve/bind.h"

static str suggest_key(struct resolver *r, const struct kind *kind, str key)
{
    size_t count = 0;
    if (++r->suggested > SUGGESTIONS)
        return (str){ 0 };
    str *names = NEWS(r->arena, str, kind->nfields);
    for (size_t i = 1; i < kind->nfields; i++)
        if (!kind->fields[i].computed)
            names[count++] = kind->fields[i].name;
    return str_nearest(names, count, key);
}

str kind_words(struct arena *arena, const struct kind *kind)
{
    str name = str_copy(arena, kind->name);
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] == '_')
            ((char *)(uintptr_t)name.at)[i] = ' ';
    return name;
}

str with_article(struct arena *arena, str words)
{
    bool vowel = words.len && strchr("aeio", words.at[0]); /* no kind begins with a spoken u */
    if (str_ends(words, STR("s")) && !str_ends(words, STR("ss")))
        return words; /* "organisation facts" */
    return str_join2(arena, vowel ? STR("an ") : STR("a "), words);
}

/* Whether the key is the end of a text that a comma cut in two: `{title: Fire, flood and theft}`. It has not even a colon. */
static bool is_rest_of_text(const struct node *node)
{
    return node->type == NODE_SCALAR && node->style == STYLE_PLAIN && node->text.len == 0 && node->span.begin <= node->key_span.end;
}

/* Reports the key and returns the field that was probably meant, or NULL. */
static const struct field *unknown_key(struct resolver *r, const struct place_in *place, const struct record *record, const struct node *node)
{
    const struct kind *kind = record->kind;
    bool root = kind == r->schema->root;
    str  near = suggest_key(r, kind, node->key);
    str  message = root ? str_print(r->arena, "`%s` is no section of an ISMS", str_c(r->arena, node->key))
                        : str_print(r->arena, "`%s` is no key of %s", str_c(r->arena, node->key), str_c(r->arena, with_article(r->arena, kind_words(r->arena, kind))));
    struct place_in inner = { place, node->key, place ? place->record : NULL, NULL };
    struct finding *f = bind_finding(r, &inner, LANG_SHAPE_UNKNOWN_KEY, node->key_span, message);
    if (near.len)
        finding_help(r->findings, f, "did you mean `%.*s`?", STR_ARG(near));
    else if (is_rest_of_text(node))
        finding_help(r->findings, f, "inside { } a comma ends a value: write a text that holds commas in quotation marks, or below its key");
    else if (str_eq(node->key, STR("id")) && place && place->record && place->record->id.len)
        finding_help(r->findings, f, "remove it: the id is the key above, %.*s", STR_ARG(place->record->id));
    else
        finding_help(r->findings, f, "keys of your own begin with `x-`; `ismsc schema` lists the keys there are");
    const struct field *meant = near.len ? kind_field(kind, near) : NULL;
    if (meant && str_eq_form(near, node->key) && !record->fields[meant->index].written)
        finding_fix(r->findings, f, node->key_span, meant->name);
    return meant;
}

static void keep_extra(struct resolver *r, const struct place_in *place, struct record *record, const struct node *node)
{
    static const struct type any = { .tag = TYPE_ANY };
    if (r->cut)
        return; /* nobody has said who may see it */
    if (!record->extras)
        record->extras = NEW(r->arena, struct valuemap);
    struct valuemap_entry entry = { str_copy(r->arena, node->key), node->key_span, bind_value(r, place, &any, node) };
    LIST_PUSH(r->arena, record->extras, entry);
}

static bool may_write(const struct field *field, enum fields_of which)
{
    if (which == FIELDS_OF_CATALOGUE)
        return true;
    return !field->computed && (!field->front_only || which == FIELDS_OF_FRONT_MATTER);
}

static void not_yours(struct resolver *r, const struct place_in *place, const struct field *field, const struct node *node)
{
    const char *why = field->front_only ? "stands in the head of a Markdown file only"
                    : field->type->tag == TYPE_COLLECTION ? "is built in and can not be written" : "is computed and can not be written";
    str message = str_print(r->arena, "`%.*s` %s", STR_ARG(field->name), why);
    struct place_in inner = { place, node->key, place ? place->record : NULL, field };
    bind_finding(r, &inner, field->front_only ? LANG_SHAPE_UNKNOWN_KEY : LANG_SHAPE_CATALOGUE, node->key_span, message);
}

static void written_twice(struct resolver *r, const struct place_in *place, struct value *slot, const struct node *node)
{
    str message = str_print(r->arena, "`%.*s` is written in two files", STR_ARG(node->key));
    struct finding *f = bind_finding(r, place, LANG_DUPLICATE_SECTION, node->key_span, message);
    finding_also(r->findings, f, slot->span, "the other value");
}

/* A section that is an object may be spread over files: its keys are united. */
static bool unite_object(struct resolver *r, const struct place_in *place, struct value *slot, const struct field *field, const struct node *node)
{
    if (field->type->tag != TYPE_RECORD || slot->tag != V_RECORD || !slot->record->written || node->type != NODE_MAPPING)
        return false;
    struct place_in inside = object_place(r, place, slot->record);
    bind_fields(r, &inside, slot->record, node, FIELDS_OF_SOURCE);
    return true;
}

/* What is called nothing would be shown by its id alone. A title that begins with # is a remark. */
static void report_no_title(struct resolver *r, const struct place_in *place, const struct field *field, const struct node *node)
{
    str message = str_print(r->arena, "`%.*s` has no value", STR_ARG(field->name));
    struct finding *f = bind_finding(r, place, LANG_SHAPE_WRONG_TYPE, node->key_span, message);
    finding_help(r->findings, f, "write a few words that tell what it is; a text that begins with # stands in quotes");
}

static void bind_field(struct resolver *r, const struct place_in *place, struct record *record, const struct field *field, const struct node *node)
{
    struct place_in inner = { place, node->key, place && place->record ? place->record : record, field };
    struct value   *slot = &record->fields[field->index];
    if (!cut_shows_value(r->cut, record->kind, field, node))
        return;
    if (slot->written && record->owner == NULL && unite_object(r, &inner, slot, field, node))
        return;
    if (slot->written && !record->builtin && slot->tag != V_BROKEN) {
        written_twice(r, &inner, slot, node);
        return;
    }
    *slot = bind_value(r, &inner, field->type, node);
    bind_pending(r, &inner, field->type, slot);
    if (field == record->kind->title && record->id.len && slot->tag == V_TEXT && !slot->text.len)
        report_no_title(r, &inner, field, node);
}

static void report_missing(struct resolver *r, const struct place_in *place, const struct record *record, enum fields_of which)
{
    for (size_t i = 1; i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        bool required = which == FIELDS_OF_FRONT_MATTER ? field->front_required : field->required;
        if (!required || record->fields[i].written)
            continue;
        str what = record->id.len ? record->id : place && place->name.len ? place->name : record->kind->name;
        str message = str_print(r->arena, "%.*s has no `%.*s`", STR_ARG(what), STR_ARG(field->name));
        struct place_in inner = { place, field->name, place ? place->record : NULL, field };
        struct finding *f = bind_finding(r, &inner, LANG_SHAPE_MISSING_KEY, record->span, message);
        finding_help(r->findings, f, "write `%.*s:` among its keys", STR_ARG(field->name));
    }
}

/* A misspelt key stands for the one it resembles: that one is neither missing nor empty, and whoever reads it stays silent. */
static void count_as_written(struct record *record, const struct field *meant, const struct node *node)
{
    struct value *slot = &record->fields[meant->index];
    if (slot->written)
        return;
    *slot = value_broken(STR("a finding was made here"));
    slot->written = 1;
    slot->span = node->span;
}

/* The field called [key]. The id is the key of the record, never one of its keys, except in front matter. */
static const struct field *key_field(const struct kind *kind, str key, enum fields_of which)
{
    const struct field *field = kind_field(kind, key);
    return field && field->index == 0 && which != FIELDS_OF_FRONT_MATTER ? NULL : field;
}

/* Whether the node can be a value of the field. */
static bool has_form_of(const struct field *field, const struct node *node)
{
    switch (field->type->tag) {
    case TYPE_LIST: return node->type == NODE_SEQUENCE;
    case TYPE_RECORD: case TYPE_COLLECTION: case TYPE_MAP: return node->type == NODE_MAPPING;
    default: return node->type == NODE_SCALAR && node->text.len;
    }
}

/* When all keys that are known have their values: those that are not. They are read as what they probably mean, so that nothing seems to be missing. */
static void report_unknown_keys(struct resolver *r, const struct place_in *place, struct record *record, const struct node *node, enum fields_of which)
{
    for (const struct node *n = node->first; n; n = n->next) {
        if (key_field(record->kind, n->key, which) || str_starts(n->key, STR("x-")))
            continue;
        const struct field *meant = unknown_key(r, place, record, n);
        if (meant && !record->fields[meant->index].written && may_write(meant, which) && has_form_of(meant, n))
            bind_field(r, place, record, meant, n);
        else if (meant)
            count_as_written(record, meant, n);
    }
}

void bind_fields(struct resolver *r, const struct place_in *place, struct record *record, const struct node *node, enum fields_of which)
{
    const struct kind *kind = record->kind;
    const struct field *expected = kind->fields + 1;
    bool unknown = false;
    for (const struct node *n = node->first; n; n = n->next) {
        const struct field *field = expected < kind->fields + kind->nfields && str_eq(expected->name, n->key) ? expected : key_field(kind, n->key, which);
        if (!field && str_starts(n->key, STR("x-")))
            keep_extra(r, place, record, n);
        else if (!field)
            unknown = true;
        else if (field->index > 0 && !may_write(field, which))
            not_yours(r, place, field, n);
        else if (field->index > 0)
            bind_field(r, place, record, field, n);
        if (field)
            expected = field + 1; /* keys mostly come in the order of the schema */
    }
    if (unknown)
        report_unknown_keys(r, place, record, node, which);
    if (which != FIELDS_OF_CATALOGUE && kind != r->schema->root && record->owner != r->model->root)
        report_missing(r, place, record, which);
}

static struct map *ids_of(struct resolver *r, const struct kind *kind)
{
    return kind->catalogue_only ? &r->catalogue_ids[kind->number] : &r->model->by_id;
}

struct record *link_find(const struct resolver *r, const struct kind *kind, str id)
{
    if (kind && kind->catalogue_only)
        return map_get(&r->catalogue_ids[kind->number], id);
    return map_get(&r->model->by_id, id);
}

static void duplicate_id(struct resolver *r, const struct record *first, struct span at, str id)
{
    struct finding *f = finding_add(r->findings, LANG_DUPLICATE_ID, at, "two things are called %.*s", STR_ARG(id));
    f->record = str_copy(r->arena, id);
    f->label = STR("used again here");
    finding_also(r->findings, f, first->span, "first used here");
}

/* A control that Annex A does not have needs a source, so that a misspelt number is not taken for an own control. */
static void check_own_control(struct resolver *r, struct record *record)
{
    if (record->fields[F_control_source].written)
        return;
    str certain, near = suggest_control(r, record->id, true, &certain);
    struct finding *f = finding_add(r->findings, LANG_UNKNOWN_CONTROL, record->span, "%.*s is no control of Annex A in the edition %.*s",
                                    STR_ARG(record->id), STR_ARG(r->model->edition));
    hold_decisions(r, record->id);
    f->record = record->id;
    if (certain.len)
        finding_fix(r->findings, f, record->span, certain)->names = true;
    if (near.len)
        finding_help(r->findings, f, "%.*s", STR_ARG(near));
    else
        finding_help(r->findings, f, "a control from elsewhere needs a `source` and a `title`");
}

/* The id of an entry; where its key can not be one, after a finding, the id that is certainly meant, or an empty text. */
static str id_of_entry(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node)
{
    if (is_id(node->key))
        return node->key;
    struct place_in inner = { place, (str){ 0 }, NULL, NULL };
    str certain = { 0 }, near = kind->number == KIND_control ? suggest_control(r, node->key, true, &certain) : (str){ 0 };
    str message = str_print(r->arena, "\"%s\" can not be an id", str_c(r->arena, node->key));
    struct finding *f = bind_finding(r, &inner, LANG_SHAPE_BAD_ID, node->key_span, message);
    if (near.len)
        finding_help(r->findings, f, "%.*s", STR_ARG(near));
    if (certain.len)
        finding_fix(r->findings, f, node->key_span, certain)->names = true;
    else
        r->unreadable = true; /* what it says, and who refers to it */
    return certain;
}

/* A new record that has its id, and nothing else yet. */
static struct record *begin_record(struct resolver *r, const struct kind *kind, str id, bool builtin)
{
    struct record *record = record_new(r->arena, kind);
    record->id = builtin ? id : str_copy(r->arena, id);
    record->fields[0] = value_text(record->id);
    record->fields[0].look = LOOK_ID;
    map_add(ids_of(r, kind), r->arena, record->id, record);
    return record;
}

/* The record of an entry, made or, when the catalogue has it, the one to fill in; NULL for an entry that gives none. */
static struct record *bind_record(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node, bool builtin, bool *fresh)
{
    str id = id_of_entry(r, place, kind, node);
    if (id.len == 0)
        return NULL;
    if (node->type != NODE_MAPPING) {
        struct place_in named = { place, id, NULL, NULL };
        r->unreadable = true;
        if (!node->broken)
            (void)bind_wrong_keys(r, &named, kind, node);
        return NULL;
    }
    if (!builtin && !cut_shows_record(r->cut, kind, id))
        return NULL;
    struct record *record = map_get(ids_of(r, kind), id);
    *fresh = !record;
    if (!record)
        record = begin_record(r, kind, id, builtin);
    else if (!record->builtin || record->kind != kind) {
        duplicate_id(r, record, node->key_span, id);
        return NULL;
    }
    record->span = node->key_span;
    record->fields[0].span = node->key_span;
    return record;
}

/* Whether the entry is a key of a record that lost its indentation: `owner: ROLE-it` in the column of the ids. */
static const struct field *misplaced_key(const struct kind *kind, const struct node *node)
{
    const struct field *field = key_field(kind, node->key, FIELDS_OF_SOURCE);
    if (!field || !may_write(field, FIELDS_OF_SOURCE) || (!node->broken && !has_form_of(field, node)))
        return NULL;
    bool record = node->type == NODE_MAPPING && node->first; /* or a record of that id, after all */
    return record && key_field(kind, node->first->key, FIELDS_OF_SOURCE) ? NULL : field;
}

/*
 * Reads such a key as one of the record [above] it. Behind a broken one the rest of that record is lost: what it lacks is nobody's finding.
 * [others] stand where it does. false: it is none.
 */
static bool take_misplaced(struct resolver *r, struct record *above, const struct node *node, const char *others)
{
    bool behind = above && above->written && above->span.file == node->key_span.file && above->span.begin < node->key_span.begin;
    const struct kind  *kind = behind ? above->kind : NULL;
    const struct field *field = behind ? misplaced_key(kind, node) : NULL;
    if (!field || above->fields[field->index].written)
        return false;
    r->unreadable = true;
    if (!node->broken) {
        struct place_in inner = { NULL, node->key, above, field };
        str message = str_print(r->arena, "`%.*s` is a key of %s and stands where %s do", STR_ARG(field->name), str_c(r->arena, with_article(r->arena, kind_words(r->arena, kind))), others);
        struct finding *f = bind_finding(r, &inner, LANG_SHAPE_WRONG_TYPE, node->key_span, message);
        finding_help(r->findings, f, "indent it like the other keys of %.*s above it", STR_ARG(above->id));
        bind_field(r, &(struct place_in){ NULL, (str){ 0 }, above, NULL }, above, field, node);
        return true;
    }
    for (size_t i = 1; i < kind->nfields; i++)
        count_as_written(above, &kind->fields[i], node);
    return true;
}

/* One entry of a collection into its list. */
static void bind_entry(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node, bool builtin, struct list *list)
{
    bool fresh = false;
    if (!builtin && node->type != NODE_SEQUENCE && take_misplaced(r, list->len ? list->at[list->len - 1].record : NULL, node, "ids"))
        return;
    if (node->broken) { /* has a finding already */
        r->unreadable = true;
        return;
    }
    struct record *record = bind_record(r, place, kind, node, builtin, &fresh);
    if (!record)
        return;
    struct place_in inner = { NULL, (str){ 0 }, record, NULL };
    bind_fields(r, &inner, record, node, builtin ? FIELDS_OF_CATALOGUE : FIELDS_OF_SOURCE);
    record->builtin = builtin;
    record->written = !builtin;
    if (fresh)
        list_push(r->arena, list, value_record(record));
    r->latest = record;
    if (!builtin && kind->number == KIND_control && fresh)
        check_own_control(r, record);
}

struct value bind_collection(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node, bool builtin)
{
    struct list *list = NEW(r->arena, struct list);
    if (node->type != NODE_MAPPING)
        return bind_wrong_section(r, place, kind, node);
    for (const struct node *n = node->first; n; n = n->next)
        bind_entry(r, place, kind, n, builtin, list);
    return value_list(list);
}

static bool is_collection(void *state, str section)
{
    const struct resolver *r = state;
    const struct field *field = kind_field(r->schema->root, section);
    return field && field->type->tag == TYPE_COLLECTION;
}

static bool is_register(void *state, str section)
{
    const struct resolver *r = state;
    return is_collection(state, section) && !kind_field(r->schema->root, section)->computed;
}

static void bind_any_entry(struct resolver *r, str section, const struct node *entry, bool builtin)
{
    const struct field *field = kind_field(r->schema->root, section);
    struct place_in place = { NULL, section, r->model->root, field };
    struct value *slot = &r->model->root->fields[field->index];
    if (slot->tag != V_LIST || slot->list->room == 0)
        *slot = value_list(NEW(r->arena, struct list));
    bind_entry(r, &place, field->type->kind, entry, builtin, slot->list);
}

static void bind_catalogue_entry(void *state, str section, const struct node *entry) { bind_any_entry(state, section, entry, true); }
static void bind_register_entry(void *state, str section, const struct node *entry) { bind_any_entry(state, section, entry, false); }

struct node_entries bind_entries(struct resolver *r, bool builtin)
{
    return builtin ? (struct node_entries){ is_collection, bind_catalogue_entry, r } : (struct node_entries){ is_register, bind_register_entry, r };
}

/* Puts the records of [more] behind those the section has. */
static void extend_section(struct resolver *r, struct value *slot, struct value more, struct span span)
{
    if (more.tag != V_LIST) {
        if (!slot->written)
            *slot = more;
        return;
    }
    if (slot->tag != V_LIST || slot->list->len == 0) {
        if (more.list->len || slot->tag != V_LIST)
            *slot = more;
    } else {
        for (size_t i = 0; i < more.list->len; i++)
            list_push(r->arena, slot->list, more.list->at[i]);
    }
    if (!slot->span.file)
        slot->span = span;
    slot->written = 1;
}

/* A section with a finding of its own; what other files or the catalogue say under it stays. */
static void count_section_as_written(struct resolver *r, const struct field *section, const struct node *node)
{
    const struct value *slot = &r->model->root->fields[section->index];
    if (slot->tag != V_LIST || slot->list->len == 0)
        count_as_written(r->model->root, section, node);
}

/* One section of a file. A broken one has a finding already. */
static void bind_section(struct resolver *r, const struct field *field, const struct node *node, bool builtin)
{
    const struct kind *root = r->schema->root;
    struct place_in place = { NULL, node->key, r->model->root, field };
    if (node->broken)
        count_section_as_written(r, field, node);
    else if (!builtin && !cut_shows_field(r->cut, root, field))
        return;
    else if (field->type->tag != TYPE_COLLECTION)
        bind_field(r, NULL, r->model->root, field, node);
    else if (field->computed && !builtin)
        not_yours(r, NULL, field, node);
    else
        extend_section(r, &r->model->root->fields[field->index], bind_collection(r, &place, field->type->kind, node, builtin), builtin ? SPAN_NONE : node->key_span);
}

/* What stands under a misspelt section belongs to the one that was probably meant. */
static void unknown_section(struct resolver *r, const struct node *node)
{
    if (take_misplaced(r, r->latest, node, "sections"))
        return;
    const struct field *meant = unknown_key(r, NULL, r->model->root, node);
    bool united = meant && (meant->type->tag == TYPE_COLLECTION || meant->type->tag == TYPE_RECORD);
    if (united && may_write(meant, FIELDS_OF_SOURCE) && has_form_of(meant, node))
        bind_section(r, meant, node, false);
    else if (meant)
        count_section_as_written(r, meant, node);
}

void bind_file(struct resolver *r, const struct node *tree, bool builtin)
{
    for (const struct node *n = tree->first; n; n = n->next) {
        const struct field *field = kind_field(r->schema->root, n->key);
        struct place_in place = { NULL, n->key, r->model->root, field };
        if (field && field->index > 0)
            bind_section(r, field, n, builtin);
        else if (str_starts(n->key, STR("x-")))
            keep_extra(r, &place, r->model->root, n);
        else
            unknown_section(r, n);
    }
}

struct record *bind_front_matter(struct resolver *r, const struct node *head)
{
    const struct kind *kind = r->schema->front_matter;
    const struct node *id = node_get(head, STR("id"));
    if (!id || id->type != NODE_SCALAR)
        return NULL;
    struct node key = *head;
    bool fresh = false;
    key.key = id->text;
    key.key_span = id->span;
    struct record *record = bind_record(r, NULL, kind, &key, false, &fresh);
    if (!record)
        return NULL;
    struct place_in place = { NULL, (str){ 0 }, record, NULL };
    bind_fields(r, &place, record, head, FIELDS_OF_FRONT_MATTER);
    record->written = true;
    const struct field *section = kind_field(r->schema->root, kind->collection);
    struct list *one = NEW(r->arena, struct list);
    list_push(r->arena, one, value_record(record));
    extend_section(r, &r->model->root->fields[section->index], value_list(one), SPAN_NONE); /* a head is no section */
    return record;
}

/* No entry can get an id that another one has, or would get. */
static void drop_taken_ids(struct resolver *r)
{
    struct map given = { 0 };
    for (size_t i = 0; i < r->findings->list.len; i++) {
        struct finding *f = r->findings->list.at[i];
        const struct record *there = f->fix && f->fix->names ? map_get(&r->model->by_id, f->fix->text) : NULL;
        if (f->fix && f->fix->names && ((there && !there->builtin) || map_add(&given, r->arena, f->fix->text, f)))
            f->fix = NULL;
    }
}

void bind_finish(struct resolver *r)
{
    drop_taken_ids(r);
    const struct kind *root = r->schema->root;
    for (size_t i = 1; i < root->nfields; i++) {
        const struct field *field = &root->fields[i];
        struct value value = r->model->root->fields[i];
        struct span at = { r->first ? r->first->number : 0, 0, 0 };
        if (field->required && !value.written) {
            struct finding *f = finding_add(r->findings, LANG_SHAPE_MISSING_KEY, at, "no file has the section `%.*s`", STR_ARG(field->name));
            f->field = field->name;
            finding_help(r->findings, f, field->type->tag == TYPE_ENUM ? "write `%.*s: 1` at the top of isms.yaml" : "write `%.*s:` in isms.yaml, with its keys below it", STR_ARG(field->name));
        } else if (value.tag == V_RECORD && value.record->written) {
            struct place_in place = { NULL, field->name, r->model->root, field };
            report_missing(r, &place, value.record, FIELDS_OF_SOURCE);
        }
    }
}
