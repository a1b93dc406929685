/* SPDX-License-Identifier: MIT */
#include "compare.h"

#include "base/difference.h"
#include "model/fields.h"
#include "weave/explain_part.h"

enum { LONGEST = 160 }; /* bytes of a value that are shown */

struct compare {
    struct arena        *arena;
    const struct ismsc  *before, *after;
    const struct kind   *kind, *detail_kind;
    struct list         *all;
    struct list         *details; /* of the record in hand */
};

/* ---- values ---- */

static bool same(struct value a, struct value b);

static bool same_fields(const struct record *a, const struct record *b)
{
    bool equal = true;
    for (size_t i = 1; i < a->kind->nfields && equal; i++)
        equal = a->kind->fields[i].computed || same(a->fields[i], b->fields[i]);
    return equal;
}

static bool same_list(const struct list *a, const struct list *b)
{
    bool equal = a->len == b->len;
    for (size_t i = 0; i < a->len && equal; i++)
        equal = same(a->at[i], b->at[i]);
    return equal;
}

static bool same_map(const struct valuemap *a, const struct valuemap *b)
{
    bool equal = a->len == b->len;
    for (size_t i = 0; i < a->len && equal; i++)
        equal = str_eq(a->at[i].key, b->at[i].key) && same(a->at[i].value, b->at[i].value);
    return equal;
}

/* Whether two values of the same field mean the same. A reference is its id, whatever the record says. */
static bool same(struct value a, struct value b)
{
    if (a.tag != b.tag)
        return false;
    switch (a.tag) {
    case V_BOOL: return a.b == b.b;
    case V_INT: return a.i == b.i;
    case V_DOUBLE: return !(a.d < b.d || b.d < a.d);
    case V_DATE: return a.date == b.date;
    case V_PERIOD: return a.period.months == b.period.months && a.period.days == b.period.days;
    case V_TEXT: return str_eq(str_trim(a.text), str_trim(b.text));
    case V_LIST: return same_list(a.list, b.list);
    case V_MAP: return same_map(a.map, b.map);
    case V_RECORD: return a.record->id.len || b.record->id.len ? str_eq(a.record->id, b.record->id) : same_fields(a.record, b.record);
    default: return true;
    }
}

/* On one line, and not too long. */
static struct value shown(struct compare *c, struct value value)
{
    str words = words_of_value(c->arena, value);
    if (value.tag == V_TEXT && value.look != LOOK_MARKDOWN && words.len <= LONGEST)
        return value; /* with its colour */
    struct buf *line = buf_new(c->arena);
    size_t end = words.len > LONGEST ? LONGEST : words.len;
    while (end < words.len && ((unsigned char)words.at[end] & 0xC0) == 0x80)
        end--;
    for (size_t i = 0; i < end; i++)
        buf_char(line, words.at[i] == '\n' ? ' ' : words.at[i]);
    if (end < words.len)
        buf_text(line, " ...");
    return value_text(buf_str(line));
}

static void add_detail(struct compare *c, str field, struct value before, struct value after)
{
    struct record *r = record_new(c->arena, c->detail_kind);
    r->written = true;
    r->fields[F_difference_detail_field] = value_text(field);
    r->fields[F_difference_detail_words] = value_text(words_of_key(c->arena, field));
    r->fields[F_difference_detail_before] = shown(c, before);
    r->fields[F_difference_detail_after] = shown(c, after);
    list_push(c->arena, c->details, value_record(r));
}

/* Those of [list] that [other] does not have. */
static struct value without(struct compare *c, const struct list *list, const struct list *other)
{
    struct list *left = NEW(c->arena, struct list);
    for (size_t i = 0; i < list->len; i++) {
        bool there = false;
        for (size_t k = 0; k < other->len && !there; k++)
            there = same(list->at[i], other->at[k]);
        if (!there)
            list_push(c->arena, left, list->at[i]);
    }
    return value_list(left);
}

static void compare_fields(struct compare *c, str path, const struct record *before, const struct record *after);

static void compare_value(struct compare *c, str path, const struct type *type, struct value before, struct value after)
{
    static const struct list none;
    if (same(before, after) && !(type->tag == TYPE_RECORD && before.tag == V_RECORD))
        return;
    if (type->tag == TYPE_RECORD && before.tag == V_RECORD && after.tag == V_RECORD) {
        compare_fields(c, path, before.record, after.record);
    } else if (type->tag == TYPE_LIST && (before.tag == V_LIST || after.tag == V_LIST)) {
        const struct list *a = before.tag == V_LIST ? before.list : &none, *b = after.tag == V_LIST ? after.list : &none;
        struct value gone = without(c, a, b), come = without(c, b, a);
        if (gone.list->len || come.list->len) /* else only their order is another */
            add_detail(c, path, gone, come);
    } else {
        add_detail(c, path, before, after);
    }
}

/* Computed values follow from written ones, but a level is what people look at. */
static void compare_fields(struct compare *c, str path, const struct record *before, const struct record *after)
{
    for (size_t i = 1; i < after->kind->nfields; i++) {
        const struct field *field = &after->kind->fields[i];
        struct value a = before->fields[i], b = after->fields[i];
        str inner = path.len ? str_print(c->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(field->name)) : field->name;
        if (!field->computed)
            compare_value(c, inner, field->type, a, b);
        else if (field->type->tag == TYPE_TEXT && field->type->level && a.tag == V_TEXT && b.tag == V_TEXT && !same(a, b))
            add_detail(c, inner, a, b);
    }
}

/* ---- records ---- */

/* The record's owner as the later state has it; null where it names none, or has none of that id. */
static struct value owner_now(struct compare *c, const struct record *record)
{
    const struct field *field = kind_field(record->kind, STR("owner"));
    struct value owner = field ? record->fields[field->index] : value_null();
    struct record *now = owner.tag == V_RECORD ? model_find(c->after->project.model, owner.record->id) : NULL;
    return now ? value_record(now) : value_null();
}

static struct record *add_difference(struct compare *c, str section, const struct record *record, const char *change)
{
    struct record *r = record_new(c->arena, c->kind);
    r->id = record->id.len ? record->id : section;
    r->written = true;
    r->order = (uint32_t)c->all->len;
    r->fields[0] = value_text(r->id);
    r->fields[F_difference_section] = value_text(section);
    r->fields[F_difference_kind] = value_text(words_of_key(c->arena, record->kind->name));
    r->fields[F_difference_record] = value_text(record->id);
    r->fields[F_difference_record].look = LOOK_ID;
    r->fields[F_difference_title] = value_text(record->id.len ? record_title(record) : words_of_key(c->arena, section));
    r->fields[F_difference_change] = value_text(str_of(change));
    r->fields[F_difference_owner] = owner_now(c, record);
    list_push(c->arena, c->all, value_record(r));
    return r;
}

static str word_at(const struct record *record, size_t field) { return record->fields[field].tag == V_TEXT ? record->fields[field].text : (str){ 0 }; }

/* How a record has changed: a risk is closed, reopened, or moved. */
static const char *change_of(struct compare *c, const struct record *before, const struct record *after)
{
    if (after->kind->number != KIND_risk)
        return "changed";
    str was = word_at(before, F_risk_status), is = word_at(after, F_risk_status);
    struct value from = before->fields[F_risk_current], to = after->fields[F_risk_current];
    bool closed = str_eq(is, STR("closed")), had = str_eq(was, STR("closed"));
    if (closed != had)
        return closed ? "closed" : "reopened";
    if (from.tag != V_RECORD || to.tag != V_RECORD || same(from.record->fields[F_score_level], to.record->fields[F_score_level]))
        return "changed";
    struct list *rest = c->details;
    c->details = NEW(c->arena, struct list);
    add_detail(c, STR("level"), from.record->fields[F_score_level], to.record->fields[F_score_level]);
    for (size_t i = 0; i < rest->len; i++)
        list_push(c->arena, c->details, rest->at[i]);
    return "moved";
}

/* The body of a document that is a Markdown file; empty where it is none. */
static str body_of(const struct ismsc *s, str id)
{
    const struct resolver *r = s->project.resolver;
    for (size_t i = 0; i < r->policies.len; i++)
        if (str_eq(r->policies.at[i].document->id, id))
            return str_cut(r->policies.at[i].source->bytes, r->policies.at[i].body_begin, r->policies.at[i].source->bytes.len);
    return (str){ 0 };
}

static void compare_bodies(struct compare *c, str id)
{
    str before = body_of(c->before, id), after = body_of(c->after, id);
    if (str_eq(before, after))
        return;
    struct buf *lines = buf_new(c->arena);
    size_t n = difference(c->arena, lines, before, after);
    buf_free(lines);
    add_detail(c, STR("text"), value_text((str){ 0 }), value_text(str_print(c->arena, "%zu %s changed", n, n == 1 ? "line" : "lines")));
}

static void compare_record(struct compare *c, str section, const struct record *before, const struct record *after)
{
    c->details = NEW(c->arena, struct list);
    compare_fields(c, (str){ 0 }, before, after);
    if (after->kind->number == KIND_document)
        compare_bodies(c, after->id);
    if (c->details->len == 0)
        return;
    const char *change = change_of(c, before, after);
    add_difference(c, section, after, change)->fields[F_difference_details] = value_list(c->details);
}

static const struct list *records_of(const struct ismsc *s, size_t section)
{
    static const struct list none;
    struct value value = s->project.model->root->fields[section];
    return value.tag == V_LIST ? value.list : &none;
}

/* What the catalogue gives is there in both; a record nobody wrote is not. */
static const struct record *find_in(const struct ismsc *s, const struct record *record)
{
    const struct record *found = model_find(s->project.model, record->id);
    bool counts = found && found->kind->number == record->kind->number && (!found->builtin || record->kind->catalogue_complete);
    return counts ? found : NULL;
}

static void compare_collection(struct compare *c, const struct field *section)
{
    const struct list *now = records_of(c->after, section->index), *then = records_of(c->before, section->index);
    for (size_t i = 0; i < now->len; i++) {
        const struct record *record = now->at[i].record, *before = find_in(c->before, record);
        if (before)
            compare_record(c, section->name, before, record);
        else if (!record->builtin)
            add_difference(c, section->name, record, "new");
    }
    for (size_t i = 0; i < then->len; i++)
        if (!then->at[i].record->builtin && !find_in(c->after, then->at[i].record))
            add_difference(c, section->name, then->at[i].record, "gone");
}

static void compare_sections(struct compare *c)
{
    const struct record *before = c->before->project.model->root, *after = c->after->project.model->root;
    c->details = NEW(c->arena, struct list);
    for (size_t i = 1; i < after->kind->nfields; i++) {
        const struct field *field = &after->kind->fields[i];
        if (!field->computed && field->type->tag != TYPE_COLLECTION && field->type->tag != TYPE_RECORD)
            compare_value(c, field->name, field->type, before->fields[i], after->fields[i]);
    }
    if (c->details->len)
        add_difference(c, STR("isms"), after, "changed")->fields[F_difference_details] = value_list(c->details);
    for (size_t i = 1; i < after->kind->nfields; i++) {
        const struct field *field = &after->kind->fields[i];
        if (!field->computed && field->type->tag == TYPE_RECORD && before->fields[i].tag == V_RECORD && after->fields[i].tag == V_RECORD)
            compare_record(c, field->name, before->fields[i].record, after->fields[i].record);
        else if (!field->computed && field->type->tag == TYPE_COLLECTION)
            compare_collection(c, field);
    }
}

/* ---- findings ---- */

static void add_finding(struct compare *c, const struct finding *f, const char *change)
{
    const struct record *about = model_find(c->after->project.model, f->record);
    struct record *r = record_new(c->arena, c->kind);
    r->id = f->rule;
    r->written = true;
    r->order = (uint32_t)c->all->len;
    r->fields[0] = r->fields[F_difference_rule] = value_text(f->rule);
    r->fields[F_difference_section] = value_text(STR("findings"));
    r->fields[F_difference_kind] = value_text(STR("finding"));
    r->fields[F_difference_record] = value_text(f->record);
    r->fields[F_difference_record].look = LOOK_ID;
    r->fields[F_difference_title] = value_text(f->message);
    r->fields[F_difference_change] = value_text(str_of(change));
    r->fields[F_difference_severity] = value_text(str_of(severity_name(f->severity)));
    r->fields[F_difference_owner] = about ? owner_now(c, about) : value_null();
    list_push(c->arena, c->all, value_record(r));
}

/* Findings of [of] that [other] does not make, the gravest first. */
static void compare_findings(struct compare *c, const struct findings *of, const struct findings *other, const char *change)
{
    struct findings left;
    findings_init(&left, c->arena);
    for (size_t i = 0; i < of->list.len; i++)
        if (!of->list.at[i]->accepted)
            LIST_PUSH(c->arena, &left.list, of->list.at[i]);
    findings_leave_known(&left, other);
    for (int severity = SEV_ERROR; severity >= 0; severity--)
        for (size_t i = 0; i < left.list.len; i++)
            if ((int)left.list.at[i]->severity == severity)
                add_finding(c, left.list.at[i], change);
}

void compare_sessions(struct ismsc *s, const struct ismsc *before)
{
    const struct kind *kind = s->schema->kinds[KIND_difference];
    struct compare c = { .arena = &s->arena, .before = before, .after = s, .kind = kind, .all = NEW(&s->arena, struct list) };
    c.detail_kind = kind->fields[F_difference_details].type->item->kind;
    compare_sections(&c);
    compare_findings(&c, &s->findings, &before->findings, "new");
    compare_findings(&c, &before->findings, &s->findings, "solved");
    s->project.model->root->fields[F_isms_differences] = value_list(c.all);
}
