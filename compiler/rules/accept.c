/* SPDX-License-Identifier: MIT */
#include "rules/accept.h"

#include "model/edition.h"
#include "model/fields.h"
#include "rules/checks.h"

/* One acceptance in hand. */
struct acceptance {
    struct arena        *arena;
    struct findings     *findings;
    const struct model  *model;
    const struct rules  *rules;
    const struct record *record;
    const struct rule   *rule; /* NULL: a finding of the language that no rule stands for */
    str                  code; /* what its findings are called */
    const struct list   *records;
    size_t               before; /* findings that were there before any about acceptances */
    size_t               covered, beside; /* findings of the rule: covered, and about records although none are named */
};

static str text_of(struct value value) { return value.tag == V_TEXT ? value.text : (str){ 0 }; }
static int32_t day_of(struct value value) { return value.tag == V_DATE ? value.date : 0; }

static const struct record *followed(struct value value) { return value.tag == V_RECORD ? value.record : NULL; }

static bool names(const struct list *records, str id)
{
    for (size_t i = 0; i < records->len; i++)
        if (records->at[i].tag == V_RECORD && str_eq(records->at[i].record->id, id))
            return true;
    return false;
}

static struct finding *tell(const struct acceptance *a, enum language_rule rule, struct span at, str message)
{
    struct finding *f = finding_add(a->findings, rule, at.file ? at : a->record->span, "%.*s", STR_ARG(message));
    f->record = a->record->id;
    return f;
}

/* ---- what it is about ---- */

static bool find_rule(struct acceptance *a)
{
    struct value named = a->record->fields[F_acceptance_rule];
    str name = str_trim(text_of(named)), near;
    const struct language_row *row = NULL;
    if (name.len == 0)
        return false; /* a finding of its own */
    a->rule = map_get(&a->rules->by_id, name);
    row = a->rule ? NULL : language_find(name);
    a->code = a->rule ? rule_code(a->rule) : row ? str_of(row->id) : (str){ 0 };
    if (!a->rule && row)
        a->rule = map_get(&a->rules->by_code, a->code);
    if (a->code.len)
        return true;
    struct finding *f = tell(a, LANG_CHECKS_UNKNOWN_RULE, named.span, str_print(a->arena, "there is no rule %.*s", STR_ARG(name)));
    f->field = STR("rule");
    if ((near = rules_nearest(a->rules, name)).len)
        finding_help(a->findings, f, "did you mean %.*s?", STR_ARG(near));
    return false;
}

/* Why nobody can accept it, or empty. */
static str refusal(const struct acceptance *a)
{
    const struct language_row *row = language_find(a->code);
    str id = a->record->id;
    if (row && row->severity == SEV_ERROR)
        return str_print(a->arena, "%.*s can not accept %s: a source that can not be read can not be judged", STR_ARG(id), row->id);
    if (a->rule && rule_is_clause_requirement(a->rule) && str_eq(a->model->stage, STR("certified"))) {
        str clause = edition_clause(a->arena, a->model, a->rule->clause);
        return str_print(a->arena, "%.*s can not accept %.*s: a certified organisation meets every requirement of clause %.*s",
                         STR_ARG(id), STR_ARG(a->rule->id), STR_ARG(clause));
    }
    return (str){ 0 };
}

/* ---- what it covers ---- */

static const struct accepted *words_of(const struct acceptance *a)
{
    const struct value *f = a->record->fields;
    const struct record *by = followed(f[F_acceptance_approved_by]), *risk = followed(f[F_acceptance_risk]);
    struct accepted *words = NEW(a->arena, struct accepted);
    *words = (struct accepted){ .id = a->record->id, .reason = str_trim(text_of(f[F_acceptance_reason])),
                                .on = day_of(f[F_acceptance_approved_on]), .until = day_of(f[F_acceptance_expires]) };
    if (by) {
        words->by = by->id;
        words->by_name = record_title(by);
    }
    if (risk)
        words->risk = risk->id;
    return words;
}

static bool is_meant(const struct acceptance *a, const struct finding *f)
{
    return str_eq(f->rule, a->code) && (a->records->len ? names(a->records, f->record) : f->record.len == 0);
}

static void cover(struct acceptance *a)
{
    const struct accepted *words = NULL;
    for (size_t i = 0; i < a->before; i++) {
        struct finding *f = a->findings->list.at[i];
        a->beside += str_eq(f->rule, a->code) && f->record.len > 0;
        if (!is_meant(a, f))
            continue;
        a->covered++;
        if (!f->accepted) /* while two overlap, the first one counts */
            f->accepted = words ? words : (words = words_of(a));
    }
}

/* Whoever reads the finding may believe that it is accepted. */
static void tell_why_not(struct acceptance *a, const struct finding *fault)
{
    str why = fault->name.len ? fault->name : fault->rule;
    for (size_t i = 0; i < a->before; i++)
        if (is_meant(a, a->findings->list.at[i]))
            finding_also(a->findings, a->findings->list.at[i], a->record->span, "does not count: %.*s", STR_ARG(why));
}

/* ---- what it need not cover ---- */

static bool is_off(const struct acceptance *a) { return a->rule && checks_disable(checks_of(a->model), a->rule); }

static bool is_found(const struct acceptance *a, str record)
{
    for (size_t i = 0; i < a->before && !is_off(a); i++)
        if (str_eq(a->findings->list.at[i]->rule, a->code) && str_eq(a->findings->list.at[i]->record, record))
            return true;
    return false;
}

/* Why the rule finds nothing. */
static str silence_of(const struct acceptance *a)
{
    str id = a->rule ? a->rule->id : a->code;
    if (is_off(a))
        return str_print(a->arena, "%.*s is switched off", STR_ARG(id));
    if (a->rule && stage_number(a->rule->from_stage) > stage_number(a->model->stage))
        return str_print(a->arena, "%.*s is not checked before %.*s", STR_ARG(id), STR_ARG(a->rule->from_stage));
    return str_print(a->arena, "%.*s finds nothing", STR_ARG(id));
}

/* [record]: the one it is not needed for; empty where it names none. */
static void tell_unused(const struct acceptance *a, struct span at, str record)
{
    str id = a->record->id, why = silence_of(a);
    str message = str_print(a->arena, "%.*s has nothing to accept%s%.*s: %.*s", STR_ARG(id), record.len ? " for " : "", STR_ARG(record),
                            STR_ARG(why));
    struct finding *f = tell(a, LANG_ACCEPTANCE_UNUSED, at, message);
    f->field = record.len ? STR("records") : (str){ 0 };
    if (record.len == 0)
        finding_help(a->findings, f, "delete %.*s", STR_ARG(id));
    else if (a->covered)
        finding_help(a->findings, f, "take %.*s out of `records`", STR_ARG(record));
    else
        finding_help(a->findings, f, "take %.*s out of `records`, or delete the acceptance", STR_ARG(record));
}

static void find_unused(const struct acceptance *a)
{
    if (a->records->len == 0 && a->covered == 0)
        tell_unused(a, SPAN_NONE, (str){ 0 });
    for (size_t i = 0; i < a->records->len; i++) {
        struct value named = a->records->at[i];
        if (named.tag == V_RECORD && !is_found(a, named.record->id))
            tell_unused(a, named.span, named.record->id);
    }
}

static void tell_broad(const struct acceptance *a)
{
    str  message = str_print(a->arena, "%.*s names no records, but %.*s finds something about %zu of them", STR_ARG(a->record->id),
                             STR_ARG(a->rule ? a->rule->id : a->code), a->beside);
    struct finding *f = tell(a, LANG_ACCEPTANCE_BROAD, SPAN_NONE, message);
    f->field = STR("records");
    f->label = STR("needs `records`");
}

/* ---- all of them ---- */

static void apply(struct acceptance *a)
{
    str why = refusal(a);
    if (why.len) {
        tell(a, LANG_ACCEPTANCE_REFUSED, a->record->fields[F_acceptance_rule].span, why)->field = STR("rule");
        return;
    }
    if (!is_off(a))
        cover(a);
    if (a->findings->skipped_files || (a->rule && a->rule->severity < a->findings->least))
        return; /* what is not found may stand in the part that could not be read, or was not looked for */
    if (a->records->len == 0 && a->covered == 0 && a->beside > 0)
        tell_broad(a);
    else
        find_unused(a);
}

/* The records about which something was found that is more than advice. */
static struct map records_at_fault(const struct findings *findings, struct arena *scratch)
{
    struct map at_fault = { 0 };
    for (size_t i = 0; i < findings->list.len; i++)
        if (findings->list.at[i]->record.len && findings->list.at[i]->severity > SEV_OBSERVATION)
            map_add(&at_fault, scratch, findings->list.at[i]->record, findings->list.at[i]);
    return at_fault;
}

void findings_accept(struct arena *arena, struct arena *scratch, struct findings *findings, const struct model *model,
                     const struct rules *rules)
{
    static const struct list none;
    struct value all = model->root->fields[F_isms_acceptances];
    if (all.tag != V_LIST || all.list->len == 0)
        return;
    struct map at_fault = records_at_fault(findings, scratch);
    size_t before = findings->list.len;
    for (size_t i = 0; i < all.list->len; i++) {
        struct value records = all.list->at[i].record->fields[F_acceptance_records];
        struct acceptance a = { .arena = arena, .findings = findings, .model = model, .rules = rules, .record = all.list->at[i].record,
                                .before = before, .records = records.tag == V_LIST ? records.list : &none };
        const struct finding *fault = map_get(&at_fault, a.record->id);
        if (!find_rule(&a))
            continue;
        if (fault)
            tell_why_not(&a, fault);
        else
            apply(&a);
    }
}
