/* SPDX-License-Identifier: MIT */
#include "rules/outlook.h"

#include <assert.h>
#include <stdlib.h>

#include "base/limits.h"
#include "model/fields.h"
#include "query/query.h"

static const struct kind *kind_of_section(const struct model *model, size_t section)
{
    return model->schema->root->fields[section].type->kind;
}

/* Adds [record] to the list [field] of [of]. */
static void collect(struct arena *arena, struct record *of, size_t field, struct record *record)
{
    struct value *list = &of->fields[field];
    if (list->tag != V_LIST || list->list->len == 0)
        *list = value_list(NEW(arena, struct list));
    list_push(arena, list->list, value_record(record));
}

/* ---- findings ---- */

static bool names_people(const struct type *type)
{
    for (size_t i = 0; type->tag == TYPE_REF && i < type->ntargets; i++)
        if (str_eq(type->targets[i]->name, STR("person")))
            return true;
    return false;
}

/* Who has to act on a record: its owner, else the first role or person it names. */
static struct value owner_of(const struct record *record)
{
    const struct field *owner = kind_field(record->kind, STR("owner"));
    for (size_t i = 1; i < record->kind->nfields; i++) {
        const struct field *field = owner ? owner : &record->kind->fields[i];
        struct value value = record->fields[field->index];
        if (value.tag == V_RECORD && names_people(field->type))
            return value;
        if (owner)
            break;
    }
    return value_null();
}

/* "6.1.3 d)" -> the clause 6.1.3; NULL where the text names no clause. */
static struct record *clause_named(const struct model *model, str text)
{
    struct value clauses = model->root->fields[F_isms_clauses];
    str id = str_cut(text, 0, str_find(text, ' ', 0));
    for (size_t i = 0; clauses.tag == V_LIST && i < clauses.list->len; i++)
        if (str_eq(clauses.list->at[i].record->id, id))
            return clauses.list->at[i].record;
    return NULL;
}

static struct record *control_named(const struct model *model, str id)
{
    struct record *record = model_find(model, str_cut(id, 0, str_find(id, ' ', 0))); /* "A.8.1.1 and A.8.1.2" */
    return record && record->kind->number == KIND_control ? record : NULL;
}

static struct value status_text(const struct type *type, str word)
{
    static const char *const tones[] = { [TONE_GOOD] = "good", [TONE_NEUTRAL] = "neutral", [TONE_WARNING] = "warning", [TONE_BAD] = "bad" };
    struct value value = value_text(word);
    value.look = LOOK_STATUS;
    for (size_t i = 0; i < type->ntones; i++)
        for (uint8_t tone = TONE_GOOD; tone <= TONE_BAD; tone++)
            if (str_eq(type->tones[i].word, word) && str_eq(type->tones[i].tone, str_of(tones[tone])))
                value.tone = tone;
    return value;
}

static void put_acceptance(struct record *r, const struct accepted *accepted)
{
    r->fields[F_finding_accepted] = value_bool(accepted != NULL);
    if (!accepted)
        return;
    r->fields[F_finding_accepted_by] = value_text(accepted->by_name.len ? accepted->by_name : accepted->by);
    r->fields[F_finding_accepted_until] = value_date(accepted->until);
    r->fields[F_finding_reason] = value_text(accepted->reason);
}

static struct record *finding_record(struct arena *arena, struct model *model, const struct finding *f, const struct rule *rule, bool ahead)
{
    const struct kind *kind = kind_of_section(model, F_isms_findings);
    struct record *r = record_new(arena, kind), *about = model_find(model, f->record);
    /* The catalogue has the numbers of 2022, as built-in rules do; a finding has those of the project's edition. */
    struct record *clause = clause_named(model, rule && !rule->project ? rule->clause : f->clause);
    struct record *control = about && about->kind->number == KIND_control ? about : control_named(model, f->clause);
    r->id = f->rule;
    r->written = true;
    r->fields[0] = r->fields[F_finding_rule] = value_text(f->rule);
    r->fields[F_finding_title] = value_text(rule && rule->title.len ? rule->title : f->message);
    r->fields[F_finding_severity] = status_text(kind->fields[F_finding_severity].type, str_of(severity_name(f->severity)));
    r->fields[F_finding_basis] = value_text(f->basis);
    r->fields[F_finding_clause] = value_text(f->clause);
    r->fields[F_finding_record] = value_text(f->record);
    r->fields[F_finding_record].look = LOOK_ID;
    r->fields[F_finding_owner] = about ? owner_of(about) : value_null();
    r->fields[F_finding_message] = value_text(f->message);
    r->fields[F_finding_fix] = value_text(f->help);
    r->fields[F_finding_fix].look = LOOK_MARKDOWN;
    r->fields[F_finding_from_stage] = value_text(rule ? rule->from_stage : STR("draft"));
    put_acceptance(r, f->accepted);
    if (clause) {
        r->fields[F_finding_under] = value_record(clause);
        collect(arena, clause, ahead ? F_clause_gaps : F_clause_findings, r);
    }
    if (control) {
        r->fields[F_finding_control] = value_record(control);
        collect(arena, control, ahead ? F_control_gaps : F_control_findings, r);
    }
    return r;
}

void outlook_findings(struct arena *arena, struct model *model, const struct findings *findings, const struct rules *rules, bool ahead,
                      place_words *place, void *state)
{
    struct list *all = NEW(arena, struct list);
    for (int severity = SEV_ERROR; severity >= 0; severity--)
        for (size_t i = 0; i < findings->list.len; i++) {
            const struct finding *f = findings->list.at[i];
            if ((int)f->severity != severity)
                continue;
            struct record *r = finding_record(arena, model, f, map_get(&rules->by_id, f->rule), ahead);
            r->order = (uint32_t)all->len;
            r->fields[F_finding_place] = value_text(place(state, arena, f->at));
            list_push(arena, all, value_record(r));
        }
    model->root->fields[ahead ? F_isms_gaps : F_isms_findings] = value_list(all);
}

static void share(struct value records, size_t found, size_t gaps)
{
    for (size_t i = 0; records.tag == V_LIST && i < records.list->len; i++)
        records.list->at[i].record->fields[gaps] = records.list->at[i].record->fields[found];
}

void outlook_no_further(struct model *model)
{
    model->root->fields[F_isms_gaps] = model->root->fields[F_isms_findings];
    share(model->root->fields[F_isms_clauses], F_clause_findings, F_clause_gaps);
    share(model->root->fields[F_isms_controls], F_control_findings, F_control_gaps);
}

void outlook_rules(struct model *model, const struct rules *rules)
{
    int stage = stage_number(model->stage);
    struct value clauses = model->root->fields[F_isms_clauses];
    for (size_t i = 0; clauses.tag == V_LIST && i < clauses.list->len; i++)
        clauses.list->at[i].record->fields[F_clause_rules] = value_int(0);
    for (size_t i = 0; i < rules->list.len; i++) {
        struct record *clause = clause_named(model, rules->list.at[i]->clause);
        if (!clause || stage_number(rules->list.at[i]->from_stage) > stage)
            continue;
        clause->fields[F_clause_rules].i++;
    }
}

/* ---- deadlines ---- */

struct gatherer {
    struct arena *arena, *scratch;
    struct model *model;
    struct list  *all;
};

/* One line of `x-deadlines`, compiled. */
struct compiled {
    struct expr *on, *owner;
    str          what;
};

static struct expr *compile(struct gatherer *g, const struct kind *kind, str text)
{
    const struct type  type = { .tag = TYPE_RECORD, .kind = kind };
    struct query_name  name = { .name = STR("this"), .type = &type };
    struct query_scope scope = { .names = &name, .len = 1 };
    struct query_problem problem;
    if (text.len == 0)
        return NULL;
    struct expr *expr = expr_compile(g->arena, g->model->schema, &scope, text, &problem);
    assert(expr); /* the schema is ours: a test compiles them all */
    return expr;
}

static struct value evaluate(struct gatherer *g, const struct expr *expr, struct record *this)
{
    struct value slot = value_record(this);
    struct query_run run = { .arena = g->scratch, .model = g->model, .slots = &slot, .limit = LIMIT_EXPR_COST };
    return expr ? expr_eval(expr, &run) : value_null();
}

/* Empty when nothing but its id names the record. */
static struct value title_of(const struct record *record)
{
    str title = record_title(record);
    return value_text(str_eq(title, record->id) ? (str){ 0 } : title);
}

static void add_deadline(struct gatherer *g, const struct compiled *line, struct record *this)
{
    struct value on = evaluate(g, line->on, this), owner = evaluate(g, line->owner, this);
    if (on.tag != V_DATE)
        return;
    struct record *r = record_new(g->arena, kind_of_section(g->model, F_isms_deadlines));
    r->id = this->id;
    r->written = true;
    r->fields[0] = r->fields[F_deadline_record] = value_text(this->id);
    r->fields[0].look = r->fields[F_deadline_record].look = LOOK_ID;
    r->fields[F_deadline_on] = value_date(on.date);
    r->fields[F_deadline_what] = value_text(line->what);
    r->fields[F_deadline_title] = title_of(this);
    r->fields[F_deadline_owner] = owner.tag == V_RECORD ? value_record(owner.record) : value_null();
    r->fields[F_deadline_late] = value_bool(on.date < g->model->today);
    r->fields[F_deadline_days] = value_int((int64_t)on.date - g->model->today);
    list_push(g->arena, g->all, value_record(r));
}

static void gather(struct gatherer *g, const struct kind *kind, struct value section)
{
    for (size_t k = 0; k < kind->ndeadlines; k++) {
        const struct deadline *d = &kind->deadlines[k];
        struct compiled line = { compile(g, kind, d->on), compile(g, kind, d->owner), d->what };
        if (section.tag == V_RECORD && section.record->written)
            add_deadline(g, &line, section.record);
        for (size_t i = 0; section.tag == V_LIST && i < section.list->len; i++)
            if (section.list->at[i].tag == V_RECORD && !section.list->at[i].record->builtin)
                add_deadline(g, &line, section.list->at[i].record);
        if (g->scratch->block)
            arena_close(g->scratch);
    }
}

static int by_day(const void *left, const void *right)
{
    const struct record *a = ((const struct value *)left)->record, *b = ((const struct value *)right)->record;
    int32_t on_a = a->fields[F_deadline_on].date, on_b = b->fields[F_deadline_on].date;
    if (on_a != on_b)
        return on_a < on_b ? -1 : 1;
    int c = str_cmp_natural(a->id, b->id);
    return c ? c : str_cmp(a->fields[F_deadline_what].text, b->fields[F_deadline_what].text);
}

void outlook_deadlines(struct arena *arena, struct arena *scratch, struct model *model)
{
    const struct kind *root = model->schema->root;
    struct gatherer g = { arena, scratch, model, NEW(arena, struct list) };
    gather(&g, root, value_record(model->root));
    for (size_t i = 1; i < root->nfields; i++) {
        const struct type *type = root->fields[i].type;
        if (!root->fields[i].computed && (type->tag == TYPE_COLLECTION || type->tag == TYPE_RECORD))
            gather(&g, type->kind, model->root->fields[i]);
    }
    if (g.all->len > 1)
        qsort(g.all->at, g.all->len, sizeof *g.all->at, by_day);
    for (size_t i = 0; i < g.all->len; i++)
        g.all->at[i].record->order = (uint32_t)i;
    model->root->fields[F_isms_deadlines] = value_list(g.all);
}
