/* SPDX-License-Identifier: MIT */
#include "resolve/audience.h"

#include "model/fields.h"
#include "model/mention.h"
#include "resolve/bind.h"

/* ---- marks ---- */

/* "controls" or "control"; NULL when neither a section nor a kind is called so. */
static struct kind *kind_called(const struct schema *schema, str name)
{
    const struct field *section = kind_field(schema->root, name);
    const struct kind  *kind = section && section->type->kind ? section->type->kind : schema_kind(schema, name);
    return kind ? schema->kinds[kind->number] : NULL;
}

/* The field that "control.justification" means; NULL where there is none, with *kind where at least that is known. */
static const struct field *field_called(const struct schema *schema, str name, struct kind **kind)
{
    size_t dot = str_find(name, '.', 0);
    *kind = kind_called(schema, str_cut(name, 0, dot));
    if (*kind == schema->root) /* nothing is shown by the name of everything */
        *kind = NULL;
    return *kind && dot < name.len ? kind_field(*kind, str_cut(name, dot + 1, name.len)) : NULL;
}

static struct value audiences_of(const struct model *model) { return model->root->fields[F_isms_audiences]; }

/* A mark that can not be understood is the narrowest one. */
static enum audience mark_of(struct value word)
{
    enum audience mark = AUDIENCE_INTERNAL;
    if (word.tag == V_TEXT)
        audience_parse(word.text, &mark);
    return mark;
}

static void take_marks(struct cut *cut)
{
    struct value own = audiences_of(cut->whole);
    for (size_t i = 0; own.tag == V_MAP && i < own.map->len; i++) {
        struct kind *kind;
        const struct field *field = field_called(cut->whole->schema, own.map->at[i].key, &kind);
        enum audience mark = mark_of(own.map->at[i].value);
        if (field && (mark <= field->audience || !field->audience_fixed))
            cut->marks[kind->number][field->index] = (uint8_t)mark;
        else if (!field && kind)
            cut->kinds[kind->number] = (uint8_t)mark;
    }
}

const struct cut *cut_new(struct arena *arena, const struct model *whole, enum audience reader)
{
    const struct schema *schema = whole->schema;
    struct cut *cut = NEW(arena, struct cut);
    *cut = (struct cut){ reader, whole, NEWS(arena, uint8_t *, schema->nkinds), NEWS(arena, uint8_t, schema->nkinds) };
    for (size_t k = 0; k < schema->nkinds; k++) {
        cut->kinds[k] = schema->kinds[k]->audience;
        cut->marks[k] = NEWS(arena, uint8_t, schema->kinds[k]->nfields);
        for (size_t i = 0; i < schema->kinds[k]->nfields; i++)
            cut->marks[k][i] = schema->kinds[k]->fields[i].audience;
    }
    take_marks(cut);
    return cut;
}

/* ---- what is seen ---- */

bool cut_shows_field(const struct cut *cut, const struct kind *kind, const struct field *field)
{
    return !cut || audience_sees(cut->reader, cut->marks[kind->number][field->index]);
}

static const struct field *own_mark(const struct kind *kind) { return kind_field(kind, STR("visible_to")); }

/* Who may see a record of the whole model. */
static enum audience record_mark(const struct cut *cut, const struct record *record)
{
    const struct field *field = own_mark(record->kind);
    struct value own = field ? record->fields[field->index] : value_null();
    return own.written ? mark_of(own) : (enum audience)cut->kinds[record->kind->number];
}

bool cut_shows_record(const struct cut *cut, const struct kind *kind, str id)
{
    if (!cut)
        return true;
    const struct record *record = model_find(cut->whole, id);
    return record && record->kind == kind && audience_sees(cut->reader, record_mark(cut, record));
}

/* Objects that can not say it themselves are seen where their field is. */
bool cut_shows_object(const struct cut *cut, const struct type *type, const struct node *node)
{
    if (!cut || !type || type->tag != TYPE_RECORD || !own_mark(type->kind))
        return true;
    const struct node *own = node_get(node, STR("visible_to"));
    return audience_sees(cut->reader, own ? mark_of(value_text(own->text)) : (enum audience)cut->kinds[type->kind->number]);
}

/* A section may be spread over files, of which only one says who may see it. */
static bool shows_section(const struct cut *cut, const struct field *field)
{
    struct value section = cut->whole->root->fields[field->index];
    return section.tag == V_RECORD && audience_sees(cut->reader, record_mark(cut, section.record));
}

bool cut_shows_value(const struct cut *cut, const struct kind *kind, const struct field *field, const struct node *node)
{
    if (!cut)
        return true;
    if (!cut_shows_field(cut, kind, field))
        return false;
    if (kind == cut->whole->schema->root && field->type->tag == TYPE_RECORD)
        return shows_section(cut, field);
    return cut_shows_object(cut, field->type, node);
}

bool cut_hides(const struct cut *cut, const struct type *type, str id)
{
    return cut && (!type->or_text || model_find(cut->whole, id));
}

/* ---- after references were followed ---- */

static void settle_record(struct record *record);

/* A list without what vanished. */
static void settle_list(const struct type *item, struct value *slot)
{
    struct list *list = slot->list;
    size_t kept = 0;
    for (size_t i = 0; i < list->len; i++)
        if (item->tag != TYPE_REF || list->at[i].tag != V_NULL)
            list->at[kept++] = list->at[i];
    if (kept < list->len)
        list->len = kept;
    for (size_t i = 0; i < list->len && item->tag == TYPE_RECORD; i++)
        if (list->at[i].tag == V_RECORD)
            settle_record(list->at[i].record);
}

static void settle_record(struct record *record)
{
    for (size_t i = 1; i < record->kind->nfields; i++) {
        const struct type *type = record->kind->fields[i].type;
        struct value *slot = &record->fields[i];
        if (slot->tag == V_LIST && type->item && slot->list->len)
            settle_list(type->item, slot);
        else if (slot->tag == V_RECORD && type->tag == TYPE_RECORD && slot->record->written && slot->record->owner)
            settle_record(slot->record);
        if (slot->tag == V_LIST && slot->list->len == 0)
            *slot = value_absent(type);
    }
}

void cut_settle(struct resolver *r)
{
    settle_record(r->model->root);
    for (size_t i = 0; i < r->model->by_id.len; i++)
        settle_record(r->model->by_id.entries[i].value);
}

/* ---- ids in texts ---- */

struct mentions {
    struct resolver *r;
    struct findings *findings;
    str              where; /* the record, or the section */
};

/* Bytes of the source that the text came from where the id stands, else all of it. */
static struct span place_of(const struct mentions *m, struct value text, str id)
{
    const struct source *source = source_of(m->r->sources, text.span);
    size_t at = source ? str_search(str_cut(source->bytes, text.span.begin, text.span.end), id, 0) : SIZE_MAX;
    if (at == SIZE_MAX)
        return text.span;
    return (struct span){ text.span.file, text.span.begin + (uint32_t)at, text.span.begin + (uint32_t)(at + id.len) };
}

static void read_text(struct mentions *m, const struct field *field, struct value text)
{
    const struct cut *cut = m->r->cut;
    str id;
    for (size_t at = 0; mention_next(cut->whole, m->r->model, text.text, &at, &id);) {
        struct finding *f = finding_add(m->findings, LANG_AUDIENCE_MENTION, place_of(m, text, id), "`%.*s` of %.*s names %.*s, which is not for %s",
                                        STR_ARG(field->name), STR_ARG(m->where), STR_ARG(id), audience_readers(cut->reader));
        finding_help(m->findings, f, "write it without the id, keep the entry from them with `visible_to`, or show them %.*s with `visible_to: %s`",
                     STR_ARG(id), audience_word(cut->reader));
        f->record = m->where;
        f->field = field->name;
    }
}

static void read_record(struct mentions *m, const struct record *record);

static void read_value(struct mentions *m, const struct field *field, struct value value)
{
    if (value.tag == V_TEXT && value.span.file)
        read_text(m, field, value);
    else if (value.tag == V_RECORD && value.record->owner && value.record->written)
        read_record(m, value.record);
    else if (value.tag == V_LIST)
        for (size_t i = 0; i < value.list->len; i++)
            read_value(m, field, value.list->at[i]);
    else if (value.tag == V_MAP)
        for (size_t i = 0; i < value.map->len; i++)
            read_value(m, field, value.map->at[i].value);
}

static void read_record(struct mentions *m, const struct record *record)
{
    for (size_t i = 1; i < record->kind->nfields; i++)
        if (record->fields[i].written && !record->kind->fields[i].computed)
            read_value(m, &record->kind->fields[i], record->fields[i]);
}

void cut_mentions(struct resolver *r, struct findings *findings)
{
    struct mentions m = { r, findings, STR("the ISMS") };
    const struct record *root = r->model->root;
    for (size_t i = 1; i < root->kind->nfields; i++) {
        m.where = root->kind->fields[i].name;
        if (root->fields[i].tag == V_RECORD)
            read_record(&m, root->fields[i].record);
        else if (root->kind->fields[i].type->tag != TYPE_COLLECTION && root->fields[i].written)
            read_value(&m, &root->kind->fields[i], root->fields[i]);
    }
    for (size_t i = 0; i < r->model->by_id.len; i++) {
        const struct record *record = r->model->by_id.entries[i].value;
        m.where = record->id;
        if (record->written)
            read_record(&m, record);
    }
}

/* ---- the section `audiences` ---- */

static void unknown_field(struct resolver *r, const struct valuemap_entry *entry, const struct kind *kind)
{
    const struct schema *schema = r->model->schema;
    struct finding *f = finding_add(r->findings, LANG_AUDIENCE_MARK, entry->key_span, "`%.*s` is no field of the language", STR_ARG(entry->key));
    size_t count = kind ? kind->nfields : schema->nkinds;
    str *names = NEWS(r->arena, str, count), near;
    for (size_t i = 0; i < count; i++)
        names[i] = kind ? kind->fields[i].name : schema->kinds[i]->name;
    size_t dot = str_find(entry->key, '.', 0);
    near = str_nearest(names, count, kind ? str_cut(entry->key, dot + 1, entry->key.len) : str_cut(entry->key, 0, dot));
    if (near.len && kind)
        finding_help(r->findings, f, "did you mean `%.*s.%.*s`?", STR_ARG(kind->name), STR_ARG(near));
    else if (near.len)
        finding_help(r->findings, f, "did you mean `%.*s`?", STR_ARG(near));
    else
        finding_help(r->findings, f, "write a kind of entry and its key, such as `control.justification`");
}

void audience_check(struct resolver *r)
{
    struct value own = audiences_of(r->model);
    for (size_t i = 0; own.tag == V_MAP && i < own.map->len; i++) {
        const struct valuemap_entry *entry = &own.map->at[i];
        struct kind *kind;
        const struct field *field = field_called(r->model->schema, entry->key, &kind);
        if (!field && kind && str_find(entry->key, '.', 0) == entry->key.len)
            continue; /* all entries of a kind */
        if (!field || field->index == 0) {
            unknown_field(r, entry, kind);
        } else if (field->audience_fixed && entry->value.tag == V_TEXT && mark_of(entry->value) > field->audience) {
            struct finding *f = finding_add(r->findings, LANG_AUDIENCE_FIXED, entry->value.span, "`%.*s` can not be shown to %s", STR_ARG(entry->key),
                                            audience_readers(mark_of(entry->value)));
            finding_help(r->findings, f, "it is for `%s` at most: remove the line", audience_word(field->audience));
        }
    }
}
