/* SPDX-License-Identifier: MIT */
/*
 * A small ISMS made by hand, for the tests and the fuzz target of query/: two roles, two people, three
 * controls, three risks, one audit. Knows nothing of files.
 */
#ifndef QUERY_FIXTURE_H
#define QUERY_FIXTURE_H

#include "model/model.h"
#include "query/query.h"

struct fixture {
    struct arena       *arena;
    struct schema       schema;
    struct model        model;
    struct query_name   names[2];
    struct query_scope  scope;
    struct value        slots[2]; /* risk: R-001; params: {limit: 3} */
};

static const str status_words[] = { { "planned", 7 }, { "partial", 7 }, { "implemented", 11 } };
static const struct tone status_synonyms[] = { { { "done", 4 }, { "implemented", 11 } } };

static struct type *new_type(struct fixture *f, enum type_tag tag)
{
    struct type *type = NEW(f->arena, struct type);
    type->tag = tag;
    if (tag == TYPE_ENUM) {
        type->words = status_words;
        type->nwords = 3;
        type->synonyms = status_synonyms;
        type->nsynonyms = 1;
    }
    return type;
}

static const struct type *list_type(struct fixture *f, const struct type *item)
{
    struct type *type = new_type(f, TYPE_LIST);
    type->item = item;
    return type;
}

static const struct type *map_type(struct fixture *f, const struct type *item)
{
    struct type *type = new_type(f, TYPE_MAP);
    type->item = item;
    return type;
}

static const struct type *kind_type(struct fixture *f, enum type_tag tag, const struct kind *kind)
{
    struct type *type = new_type(f, tag);
    type->kind = kind;
    return type;
}

static const struct type *ref_type(struct fixture *f, const struct kind *a, const struct kind *b, bool or_text)
{
    struct type *type = new_type(f, TYPE_REF);
    type->targets = NEWS(f->arena, const struct kind *, 2);
    type->targets[0] = a;
    type->targets[1] = b;
    type->ntargets = b ? 2 : 1;
    type->or_text = or_text;
    return type;
}

static struct kind *add_kind(struct fixture *f, const char *name)
{
    struct kind *kind = NEW(f->arena, struct kind);
    kind->name = str_of(name);
    kind->fields = NEWS(f->arena, struct field, 16);
    kind->number = (uint32_t)f->schema.nkinds;
    f->schema.kinds[f->schema.nkinds++] = kind;
    map_add(&f->schema.by_name, f->arena, kind->name, kind);
    return kind;
}

static struct field *add_field(struct fixture *f, struct kind *kind, const char *name, const struct type *type)
{
    struct field *field = &kind->fields[kind->nfields];
    *field = (struct field){ .name = str_of(name), .type = type, .index = (uint32_t)kind->nfields++ };
    map_add(&kind->by_name, f->arena, field->name, field);
    return field;
}

/* What record_new copies; kinds that stand in others come before them. */
static void make_absent(struct fixture *f, struct kind *kind)
{
    size_t size = sizeof(struct record) + kind->nfields * sizeof(struct value);
    kind->absent = arena_alloc(f->arena, size, _Alignof(struct record));
    kind->absent->kind = kind;
    for (size_t i = 0; i < kind->nfields; i++)
        kind->absent->fields[i] = value_absent(kind->fields[i].type);
}

static const struct type *plain(struct fixture *f, enum type_tag tag) { return new_type(f, tag); }

static struct kind *add_record_kind(struct fixture *f, const char *name)
{
    struct kind *kind = add_kind(f, name);
    struct type *id = new_type(f, TYPE_TEXT);
    id->is_id = true;
    add_field(f, kind, "id", id)->computed = true;
    return kind;
}

static void make_schema(struct fixture *f)
{
    f->schema.kinds = NEWS(f->arena, struct kind *, 16);
    struct kind *person = add_record_kind(f, "person"), *role = add_record_kind(f, "role"), *control = add_record_kind(f, "control");
    struct kind *score = add_record_kind(f, "score"), *risk = add_record_kind(f, "risk"), *audit = add_record_kind(f, "audit");
    struct kind *organisation = add_record_kind(f, "organisation"), *certification = add_record_kind(f, "certification");
    struct kind *root = add_kind(f, "isms");
    struct type *level = new_type(f, TYPE_TEXT);
    level->level = true;

    person->title = add_field(f, person, "name", plain(f, TYPE_TEXT));
    add_field(f, person, "email", plain(f, TYPE_TEXT));
    add_field(f, person, "left_on", plain(f, TYPE_DATE));

    role->title = add_field(f, role, "title", plain(f, TYPE_TEXT));
    add_field(f, role, "holder", ref_type(f, person, NULL, false));
    add_field(f, role, "deputy", ref_type(f, person, NULL, false));
    add_field(f, role, "top_management", plain(f, TYPE_BOOL));

    control->title = add_field(f, control, "title", plain(f, TYPE_TEXT));
    add_field(f, control, "applicable", plain(f, TYPE_BOOL));
    add_field(f, control, "status", plain(f, TYPE_ENUM));
    add_field(f, control, "justification", plain(f, TYPE_TEXT));
    add_field(f, control, "owner", ref_type(f, role, person, false));
    add_field(f, control, "due", plain(f, TYPE_DATE));
    add_field(f, control, "risks", list_type(f, ref_type(f, risk, NULL, false)))->computed = true;

    add_field(f, score, "likelihood", plain(f, TYPE_DOUBLE));
    add_field(f, score, "impact", plain(f, TYPE_DOUBLE));
    add_field(f, score, "level", level);
    add_field(f, score, "score", plain(f, TYPE_INT))->computed = true;

    risk->title = add_field(f, risk, "title", plain(f, TYPE_TEXT));
    add_field(f, risk, "owner", ref_type(f, role, NULL, false));
    add_field(f, risk, "controls", list_type(f, ref_type(f, control, NULL, false)));
    add_field(f, risk, "inherent", kind_type(f, TYPE_RECORD, score));
    add_field(f, risk, "residual", kind_type(f, TYPE_RECORD, score));
    add_field(f, risk, "tags", list_type(f, plain(f, TYPE_TEXT)));
    add_field(f, risk, "identified_on", plain(f, TYPE_DATE));
    add_field(f, risk, "interval", plain(f, TYPE_PERIOD));

    add_field(f, audit, "on", plain(f, TYPE_DATE));
    add_field(f, audit, "lead", ref_type(f, person, NULL, true));
    add_field(f, audit, "auditors", list_type(f, ref_type(f, person, NULL, true)));

    organisation->title = add_field(f, organisation, "name", plain(f, TYPE_TEXT));
    add_field(f, organisation, "headcount", plain(f, TYPE_INT));
    add_field(f, certification, "stage", plain(f, TYPE_ENUM));

    add_field(f, root, "organisation", kind_type(f, TYPE_RECORD, organisation));
    add_field(f, root, "certification", kind_type(f, TYPE_RECORD, certification));
    add_field(f, root, "people", kind_type(f, TYPE_COLLECTION, person));
    add_field(f, root, "roles", kind_type(f, TYPE_COLLECTION, role));
    add_field(f, root, "controls", kind_type(f, TYPE_COLLECTION, control));
    add_field(f, root, "risks", kind_type(f, TYPE_COLLECTION, risk));
    add_field(f, root, "audits", kind_type(f, TYPE_COLLECTION, audit));
    add_field(f, root, "disabled", map_type(f, plain(f, TYPE_TEXT)));
    f->schema.root = root;
    for (size_t i = 0; i < f->schema.nkinds; i++)
        make_absent(f, f->schema.kinds[i]);
    /* Kinds met before what stands in them: once more, now that all have theirs. */
    make_absent(f, risk);
    make_absent(f, root);
}

static void set(struct record *record, const char *field, struct value value)
{
    value.written = true;
    record->fields[kind_field(record->kind, str_of(field))->index] = value;
    record->written = true;
}

static struct value text(const char *s) { return value_text(str_of(s)); }

static struct value date(const char *s)
{
    int32_t days = 0;
    date_parse(str_of(s), &days);
    return value_date(days);
}

static struct value list_of(struct fixture *f, size_t n, const struct value *items)
{
    struct list *list = NEW(f->arena, struct list);
    for (size_t i = 0; i < n; i++)
        list_push(f->arena, list, items[i]);
    return value_list(list);
}

/* A record of the collection [section]. */
static struct record *add_record(struct fixture *f, const char *section, const char *kind, const char *id)
{
    struct record *record = record_new(f->arena, schema_kind(&f->schema, str_of(kind)));
    record->id = str_of(id);
    record->fields[0] = text(id);
    struct value *list = &f->model.root->fields[kind_field(f->schema.root, str_of(section))->index];
    if (list->list->len == 0)
        *list = list_of(f, 0, NULL);
    record->order = (uint32_t)list->list->len;
    list_push(f->arena, list->list, value_record(record));
    map_add(&f->model.by_id, f->arena, record->id, record);
    return record;
}

static struct value score_of(struct fixture *f, struct record *owner, int64_t likelihood, int64_t impact, const char *level, uint8_t rank)
{
    struct record *score = record_new(f->arena, schema_kind(&f->schema, STR("score")));
    struct value name = text(level);
    score->owner = owner;
    set(score, "likelihood", value_int(likelihood));
    set(score, "impact", value_int(impact));
    set(score, "score", value_int(likelihood * impact));
    name.look = LOOK_LEVEL;
    name.tone = rank;
    set(score, "level", name);
    return value_record(score);
}

static void make_controls(struct fixture *f, struct record *ceo, struct record *ana)
{
    struct record *a = add_record(f, "controls", "control", "A.5.1");
    set(a, "title", text("Policies"));
    set(a, "applicable", value_bool(true));
    set(a, "status", text("implemented"));
    set(a, "owner", value_record(ceo));
    struct record *b = add_record(f, "controls", "control", "A.5.2");
    set(b, "title", text("Roles"));
    set(b, "applicable", value_bool(false));
    set(b, "status", text("planned"));
    set(b, "owner", value_record(ana));
    set(b, "due", date("2026-06-30"));
    add_record(f, "controls", "control", "A.5.10"); /* nobody wrote anything */
}

static void make_risks(struct fixture *f, struct record *ceo)
{
    struct value controls[] = { value_record(model_find(&f->model, STR("A.5.1"))), value_record(model_find(&f->model, STR("A.5.2"))),
                                value_broken(STR("unresolved")) };
    struct value tags[] = { text("cloud"), text("crime") };
    struct record *one = add_record(f, "risks", "risk", "R-001");
    set(one, "title", text("Ransomware"));
    set(one, "owner", value_record(ceo));
    set(one, "controls", list_of(f, 2, controls));
    set(one, "inherent", score_of(f, one, 3, 5, "High", 2));
    set(one, "residual", score_of(f, one, 1, 5, "Low", 0));
    set(one, "tags", list_of(f, 2, tags));
    set(one, "identified_on", date("2026-01-31"));
    set(one, "interval", value_period((struct period){ 12, 0 }));
    one->extras = NEW(f->arena, struct valuemap);
    one->extras->at = NEW(f->arena, struct valuemap_entry);
    one->extras->at[0] = (struct valuemap_entry){ .key = STR("x-cost"), .value = value_int(900) };
    one->extras->len = one->extras->room = 1;
    struct record *two = add_record(f, "risks", "risk", "R-002");
    set(two, "title", text("Flood"));
    set(two, "inherent", score_of(f, two, 1, 2, "Medium", 1));
    struct record *three = add_record(f, "risks", "risk", "R-003");
    set(three, "title", text("Typo"));
    set(three, "owner", value_broken(STR("unresolved")));
    set(three, "controls", list_of(f, 3, controls));
}

static void make_model(struct fixture *f)
{
    f->model = (struct model){ .schema = &f->schema, .edition = STR("2022"), .stage = STR("planned") };
    f->model.today = date("2026-03-31").date;
    f->model.root = record_new(f->arena, f->schema.root);
    struct record *organisation = record_new(f->arena, schema_kind(&f->schema, STR("organisation")));
    organisation->owner = f->model.root;
    set(organisation, "name", text("Northwind"));
    set(organisation, "headcount", value_int(34));
    set(f->model.root, "organisation", value_record(organisation));
    struct record *ana = add_record(f, "people", "person", "ana");
    set(ana, "name", text("Ana Lind"));
    set(ana, "email", text("ana@example.org"));
    struct record *bo = add_record(f, "people", "person", "bo");
    set(bo, "name", text("Bo Berg"));
    struct record *ceo = add_record(f, "roles", "role", "ceo");
    set(ceo, "title", text("Chief executive"));
    set(ceo, "holder", value_record(ana));
    set(ceo, "deputy", value_record(bo));
    set(ceo, "top_management", value_bool(true));
    set(add_record(f, "roles", "role", "vacant"), "title", text("Nobody yet"));
    make_controls(f, ceo, ana);
    make_risks(f, ceo);
    struct value auditors[] = { value_record(ana), text("Outside Ltd") };
    struct record *audit = add_record(f, "audits", "audit", "AU-1");
    set(audit, "lead", text("Outside Ltd"));
    set(audit, "auditors", list_of(f, 2, auditors));
}

static void make_scope(struct fixture *f)
{
    struct valuemap *params = NEW(f->arena, struct valuemap);
    params->at = NEW(f->arena, struct valuemap_entry);
    params->at[0] = (struct valuemap_entry){ .key = STR("limit"), .value = value_int(3) };
    params->len = params->room = 1;
    f->names[0] = (struct query_name){ .name = STR("risk"), .type = kind_type(f, TYPE_RECORD, schema_kind(&f->schema, STR("risk"))) };
    f->names[1] = (struct query_name){ .name = STR("params"), .type = map_type(f, plain(f, TYPE_ANY)), .fixed = true };
    f->scope = (struct query_scope){ .names = f->names, .len = 2 };
    f->slots[0] = value_record(model_find(&f->model, STR("R-001")));
    f->slots[1] = (struct value){ .tag = V_MAP, .map = params };
}

static void fixture_init(struct fixture *f, struct arena *arena)
{
    *f = (struct fixture){ .arena = arena };
    make_schema(f);
    make_model(f);
    make_scope(f);
}

#endif
