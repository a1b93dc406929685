/* SPDX-License-Identifier: MIT */
#include "rules/rules.h"

#include "base/limits.h"
#include "model/edition.h"
#include "model/fields.h"
#include "query/query.h"
#include "rules/accept.h"
#include "rules/checks.h"
#include "rules/yield.h"

enum { SLOT_FOR, SLOT_EACH, SLOT_PARAMS, SLOT_LET, SLOTS = SLOT_LET + LIMIT_RULE_LETS };

/* A further place, compiled. */
struct also {
    struct expr      *at;
    struct expr_text *label;
};

/* One rule, compiled and about to run. */
struct engine {
    struct arena       *arena;     /* of the findings */
    struct arena       *compiled;  /* expressions of the rule */
    struct arena       *lists;     /* what a rule walks over */
    struct arena       *scratch;   /* values of one evaluation */
    struct query_patterns patterns; /* that the rule makes of data */
    struct query_once   once;      /* what is the same for all records of the rule */
    struct findings    *findings;
    const struct model *model;
    struct checks       checks;
    const struct rule  *rule;
    str                 clause;    /* the rule's, as the project's edition numbers it */
    struct query_name   names[SLOTS];
    struct value        slots[SLOTS];
    struct query_scope  scope;
    struct expr        *for_each, *each, *when, *assert, *at, *at_owner;
    str                 at_field;  /* the last part of `at`: what is missing there */
    struct expr_text   *message, *fix;
    struct also        *also;
    struct expr        *lets[LIMIT_RULE_LETS];
    uint64_t            cost;      /* steps the rule has taken */
    bool                exhausted; /* they were too many */
    size_t              questions; /* how often the assertion was put */
    struct map          asked;     /* rule -> size_t: about how many records it was */
    bool                idle;      /* what must be given is not */
};

static struct span part_of(struct rule_text text, const struct query_problem *problem, size_t shift)
{
    return span_part(text.span, text.text.len, problem->begin + shift, problem->end + shift);
}

static void report_problem(struct engine *e, struct rule_text text, const struct query_problem *problem, size_t shift)
{
    struct finding *f = finding_add(e->findings, LANG_EXPRESSION, part_of(text, problem, shift), "rule %.*s: %.*s", STR_ARG(e->rule->id), STR_ARG(problem->message));
    f->record = e->rule->id;
    if (problem->help.len)
        f->help = str_copy(e->arena, problem->help);
}

/* Compiles an expression of the rule; an empty one is fine and gives NULL. */
static bool compile(struct engine *e, struct rule_text text, struct expr **out)
{
    struct query_problem problem;
    *out = NULL;
    if (text.text.len == 0)
        return true;
    *out = expr_compile(e->compiled, e->model->schema, &e->scope, text.text, &problem);
    if (!*out)
        report_problem(e, text, &problem, 0);
    return *out != NULL;
}

/* `when` and `assert` have yes or no for an answer. Where only the evaluation can tell, it is let through. */
static bool compile_question(struct engine *e, struct rule_text text, struct expr **out)
{
    if (!compile(e, text, out))
        return false;
    const struct type *type = *out ? expr_type(*out) : NULL;
    if (!type || type->tag == TYPE_BOOL || type->tag == TYPE_ANY)
        return true;
    struct query_problem problem = { STR("the answer to this is not yes or no"), STR("compare it with something: `name != \"\"`, `score > 8`, `has(x.due)`"),
                                     0, text.text.len };
    report_problem(e, text, &problem, 0);
    return false;
}

/* "control in controls": enters the variable as the next name of the scope. */
static bool compile_loop(struct engine *e, struct rule_text text, size_t slot, struct expr **list)
{
    static const struct type any = { .tag = TYPE_ANY };
    size_t in = str_search(text.text, STR(" in "), 0);
    e->names[slot] = (struct query_name){ .name = STR("_"), .type = &any };
    *list = NULL;
    if (text.text.len == 0)
        return true;
    if (in == SIZE_MAX) {
        struct query_problem problem = { STR("write `name in list`, such as `control in controls`"), { 0 }, 0, text.text.len };
        report_problem(e, text, &problem, 0);
        return false;
    }
    struct query_problem problem;
    *list = expr_compile(e->compiled, e->model->schema, &e->scope, str_cut(text.text, in + 4, text.text.len), &problem);
    if (!*list) {
        report_problem(e, text, &problem, in + 4);
        return false;
    }
    const struct type *element = type_element(e->compiled, expr_type(*list));
    e->names[slot] = (struct query_name){ .name = str_trim(str_cut(text.text, 0, in)), .type = element ? element : &any };
    return true;
}

static bool compile_text(struct engine *e, struct rule_text text, struct expr_text **out)
{
    struct query_problem problem;
    *out = text_compile(e->compiled, e->model->schema, &e->scope, text.text, &problem);
    if (!*out)
        report_problem(e, text, &problem, 0);
    return *out != NULL;
}

/* `at` names a field, usually one that is missing: its owner is where to point then. */
static bool compile_at(struct engine *e)
{
    struct rule_text at = e->rule->at, owner = at;
    size_t dot = at.text.len;
    e->at_owner = NULL;
    if (!compile(e, at, &e->at))
        return false;
    while (dot > 0 && at.text.at[dot - 1] != '.')
        dot--;
    e->at_field = str_cut(at.text, dot, at.text.len);
    if (dot == 0 || str_find(e->at_field, ')', 0) < e->at_field.len || str_find(e->at_field, ']', 0) < e->at_field.len)
        return true;
    owner.text = str_cut(at.text, 0, dot - 1);
    return compile(e, owner, &e->at_owner);
}

static bool compile_also(struct engine *e)
{
    e->also = NEWS(e->compiled, struct also, e->rule->nalso);
    for (size_t i = 0; i < e->rule->nalso; i++)
        if (!compile(e, e->rule->also[i].at, &e->also[i].at) || !compile_text(e, e->rule->also[i].label, &e->also[i].label))
            return false;
    return true;
}

/* Names are known to what comes after them. One that hangs on no record is the same for all, and so is what hangs on it alone. */
static bool compile_lets(struct engine *e)
{
    for (size_t i = 0; i < e->rule->nlets; i++) {
        if (!compile(e, e->rule->lets[i].value, &e->lets[i]))
            return false;
        e->names[e->scope.len++] = (struct query_name){ e->rule->lets[i].name, expr_type(e->lets[i]), expr_hangs_on_nothing(e->lets[i]) };
    }
    return true;
}

/* What only a finding needs. Built-in rules are compiled whole by a test, so here it can wait until there is one. */
static bool compile_report(struct engine *e)
{
    e->message = NULL;
    return compile_at(e) && compile_also(e) && compile_text(e, e->rule->message, &e->message);
}

/* What does not hang on a record is asked on its own: in the walk it would be asked again for each one. */
static struct value ask_once(struct engine *e, const struct expr *expr)
{
    struct query_run run = { .arena = e->lists, .patterns = &e->patterns, .once = &e->once, .model = e->model, .slots = e->slots, .limit = LIMIT_EXPR_COST };
    return expr_eval(expr, &run);
}

/* A built-in rule about records there are none of need not be compiled: in a young ISMS that is most of them. */
static bool has_no_cases(struct engine *e)
{
    if (!e->for_each || e->rule->project)
        return false;
    struct value list = ask_once(e, e->for_each);
    bool none = list.tag == V_LIST && list.list->len == 0;
    arena_reset(e->lists);
    return none;
}

/* `given` decides for all records: where it is not true, the rule has nothing to do. */
static bool compile_given(struct engine *e)
{
    struct expr *given;
    e->idle = false;
    if (!compile_question(e, e->rule->given, &given))
        return false;
    if (given) {
        struct value answer = ask_once(e, given);
        e->idle = answer.tag != V_BOOL || !answer.b;
        arena_reset(e->lists);
    }
    return true;
}

static bool compile_rule(struct engine *e, const struct rule *rule)
{
    static const struct type params = { .tag = TYPE_MAP };
    static struct valuemap const none;
    e->rule = rule;
    e->message = NULL;
    e->names[SLOT_FOR] = e->names[SLOT_EACH] = (struct query_name){ .name = STR("_"), .type = &params };
    e->names[SLOT_PARAMS] = (struct query_name){ STR("params"), &params, .fixed = true };
    e->once = (struct query_once){ .arena = e->compiled };
    e->patterns = (struct query_patterns){ .arena = e->compiled };
    e->scope = (struct query_scope){ e->names, SLOT_LET, &e->once };
    struct valuemap *set = checks_params(e->compiled, e->checks, rule);
    e->slots[SLOT_PARAMS] = (struct value){ .tag = V_MAP, .map = set ? set : (struct valuemap *)(uintptr_t)&none };
    e->assert = NULL;
    if (!compile_given(e))
        return false;
    if (e->idle && !rule->project)
        return true;
    if (!compile_loop(e, rule->for_each, SLOT_FOR, &e->for_each) || has_no_cases(e))
        return e->for_each != NULL;
    return compile_loop(e, rule->each, SLOT_EACH, &e->each)
        && compile_question(e, rule->when, &e->when) && compile_lets(e) && compile_question(e, rule->assert, &e->assert)
        && (!rule->project || compile_report(e));
}

static struct value evaluate(struct engine *e, const struct expr *expr)
{
    struct query_run run = { .arena = e->scratch, .patterns = &e->patterns, .once = &e->once, .model = e->model, .slots = e->slots, .limit = LIMIT_EXPR_COST };
    struct value value = expr_eval(expr, &run);
    e->cost += run.cost;
    if (run.cost >= run.limit || e->cost >= LIMIT_RULE_COST)
        e->exhausted = true;
    return value;
}

/* Empty where a value in it hangs on a finding already made: what can not be said is no finding of its own. */
static str text_of(struct engine *e, const struct expr_text *text)
{
    struct query_run run = { .arena = e->scratch, .patterns = &e->patterns, .once = &e->once, .model = e->model, .slots = e->slots, .limit = LIMIT_EXPR_COST };
    str words = text_eval(text, &run);
    return run.hangs ? (str){ 0 } : str_copy(e->arena, words);
}

/* Where a value was written; of a record that is its id or key. */
static struct span span_of(struct value value)
{
    if (value.tag == V_RECORD && !value.span.file)
        return value.record->written ? value.record->span : SPAN_NONE;
    return value.span;
}

/* The section a text begins with: "risk_method.levels", "control in controls"; NULL where it begins with something else. */
static const struct field *section_named(const struct engine *e, str text)
{
    size_t in = str_search(text, STR(" in "), 0), len = 0;
    str rest = str_trim(str_cut(text, in == SIZE_MAX ? 0 : in + 4, text.len));
    while (len < rest.len && ((rest.at[len] >= 'a' && rest.at[len] <= 'z') || rest.at[len] == '_'))
        len++;
    return kind_field(e->model->schema->root, str_cut(rest, 0, len));
}

static const struct field *section_of(const struct engine *e)
{
    const struct field *section = e->rule->at.text.len ? section_named(e, e->rule->at.text) : NULL;
    return section || e->rule->for_each.text.len == 0 ? section : section_named(e, e->rule->for_each.text);
}

/* The key of a section. */
static struct span section_span(struct value section)
{
    bool named = section.tag == V_RECORD && section.record->written && section.record->span.file;
    return named ? section.record->span : section.span;
}

/* Where a section that does not exist would stand: in the comment that waits for somebody to begin it, else at the nearest one that does, in the order of the schema. NULL: what is about the whole. */
static struct span neighbour_span(const struct engine *e, const struct field *section)
{
    const struct value *root = e->model->root->fields;
    size_t count = e->model->schema->root->nfields, at = section ? section->index : F_isms_organisation;
    if (section && !section_span(root[at]).file && e->model->comments[at].file)
        return e->model->comments[at];
    for (size_t away = 0; away < count; away++) {
        struct span before = away <= at ? section_span(root[at - away]) : SPAN_NONE;
        struct span behind = at + away < count ? section_span(root[at + away]) : SPAN_NONE;
        if (before.file || behind.file)
            return before.file ? before : behind;
    }
    return e->model->origin;
}

/* The record the finding is about, for reports and acceptances. */
static struct record *subject(const struct engine *e)
{
    struct value value = e->for_each ? e->slots[SLOT_FOR] : e->each ? e->slots[SLOT_EACH] : value_null();
    return value.tag == V_RECORD ? value.record : NULL;
}

static struct span subject_span(const struct engine *e)
{
    struct span span = e->each ? span_of(e->slots[SLOT_EACH]) : SPAN_NONE;
    if (!span.file && subject(e))
        span = subject(e)->span;
    return span.file ? span : neighbour_span(e, section_of(e));
}

/* What to do about a section that nobody has begun; nothing where it is there. */
static str missing_section(const struct engine *e, const struct field *section)
{
    if (!section || span_of(e->model->root->fields[section->index]).file)
        return (str){ 0 };
    const struct kind *kind = section->type->tag == TYPE_COLLECTION ? section->type->kind : NULL;
    if (e->model->comments[section->index].file)
        return str_print(e->arena, "no section `%.*s` yet; it waits here in a comment: remove the #", STR_ARG(section->name));
    if (kind && kind->prefix.len)
        return str_print(e->arena, "no section `%.*s` yet; `ismsc new %.*s` begins it", STR_ARG(section->name), STR_ARG(kind->name));
    return str_print(e->arena, "no section `%.*s` yet; write it here or in a file of its own", STR_ARG(section->name));
}

/* Points at what `at` gives; where that was never written, at the entry that should have it. */
static struct span place_of(struct engine *e, str *label)
{
    struct value value = e->at ? evaluate(e, e->at) : value_null();
    struct span  span = e->at && value.tag != V_BROKEN && (value.written || value.tag == V_RECORD) ? span_of(value) : SPAN_NONE;
    if (span.file)
        return span;
    if (e->at_owner) {
        value = evaluate(e, e->at_owner);
        span = value.tag == V_BROKEN ? SPAN_NONE : span_of(value);
        if (span.file || e->for_each)
            *label = str_print(e->arena, "needs `%.*s`", STR_ARG(e->at_field));
    }
    if (!span.file && label->len == 0)
        *label = missing_section(e, section_of(e));
    return span.file ? span : subject_span(e);
}

/* The field path inside the subject: `at`, or what the name there stands for, without the variable and without what is asked of the field. */
static str field_of(const struct engine *e)
{
    str at = e->rule->at.text;
    for (size_t i = 0; i < e->rule->nlets; i++)
        if (str_eq(e->rule->lets[i].name, at))
            at = e->rule->lets[i].value.text;
    size_t dot = str_find(at, '.', 0);
    return (e->for_each || e->each) && dot < at.len ? str_cut(at, dot + 1, at.len) : at;
}

static void add_places(struct engine *e, struct finding *finding)
{
    for (size_t i = 0; i < e->rule->nalso; i++) {
        struct value value = evaluate(e, e->also[i].at);
        bool is_list = value.tag == V_LIST;
        size_t count = is_list ? value.list->len : 1;
        for (size_t k = 0; k < count && k < 3; k++) {
            struct span span = span_of(is_list ? value.list->at[k] : value);
            if (span.file)
                finding_also(e->findings, finding, span, "%.*s", STR_ARG(text_of(e, e->also[i].label)));
        }
    }
}

static void report(struct engine *e)
{
    str label = { 0 };
    if (!e->message && !compile_report(e))
        return;
    str message = text_of(e, e->message);
    if (message.len == 0)
        return;
    struct span at = place_of(e, &label);
    bool early = e->rule->severity > SEV_OBSERVATION && checks_too_new(e->checks, e->rule);
    struct finding *f = finding_add_rule(e->findings, e->rule->id, early ? SEV_OBSERVATION : e->rule->severity, at, message);
    f->name = e->rule->name;
    f->clause = e->clause;
    f->basis = e->rule->basis;
    f->label = label;
    f->help = e->rule->fix;
    f->early = early;
    if (early)
        f->note = str_print(e->arena, "%s from edition %.*s of the rules on; `checks.rules` names %.*s", severity_name(e->rule->severity),
                            STR_ARG(e->rule->since), STR_ARG(e->checks.edition.text));
    f->record = subject(e) ? subject(e)->id : (str){ 0 };
    f->field = field_of(e);
    add_places(e, f);
}

static void check_case(struct engine *e)
{
    if (e->when) {
        struct value when = evaluate(e, e->when);
        if (when.tag != V_BOOL || !when.b)
            return;
    }
    for (size_t i = 0; i < e->rule->nlets; i++)
        e->slots[SLOT_LET + i] = evaluate(e, e->lets[i]);
    struct value value = evaluate(e, e->assert);
    e->questions++;
    if (value.tag == V_BOOL && !value.b && !e->exhausted)
        report(e);
}

static void check_each(struct engine *e)
{
    if (!e->each) {
        check_case(e);
        return;
    }
    struct value list = evaluate(e, e->each);
    for (size_t i = 0; list.tag == V_LIST && i < list.list->len && !e->exhausted; i++) {
        e->slots[SLOT_EACH] = list.list->at[i];
        check_case(e);
    }
}

static void walk_rule(struct engine *e)
{
    enum { CLEAN_EVERY = 64 };
    if (!e->for_each) {
        check_each(e);
        arena_reset(e->scratch);
        return;
    }
    size_t *asked = NEW(e->arena, size_t);
    map_set(&e->asked, e->arena, e->rule->id, asked);
    struct value list = ask_once(e, e->for_each);
    for (size_t i = 0; list.tag == V_LIST && i < list.list->len && !e->exhausted; i++) {
        size_t before = e->questions;
        e->slots[SLOT_FOR] = list.list->at[i];
        if (e->slots[SLOT_FOR].tag == V_RECORD || e->slots[SLOT_FOR].tag == V_TEXT)
            check_each(e);
        *asked += e->questions > before;
        if (i % CLEAN_EVERY == 0)
            arena_reset(e->scratch);
    }
    arena_reset(e->scratch);
    arena_reset(e->lists);
}

static void run_rule(struct engine *e)
{
    e->exhausted = false;
    if (e->idle)
        return;
    walk_rule(e);
    if (!e->exhausted)
        return;
    struct query_problem problem = { STR("it takes too many steps and was stopped"), STR("ask less of each record; loops inside loops multiply"), 0, e->rule->assert.text.len };
    report_problem(e, e->rule->assert, &problem, 0);
}

/* A rule that is switched off or not asked for runs all the same for the rules that give way to it, but nobody hears it. */
static void silence(struct findings *findings, struct checks checks, const struct rules *rules)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *f = findings->list.at[i];
        const struct rule *rule = map_get(&rules->by_code, f->rule);
        if (f->severity >= findings->least && (!rule || !checks_disable(checks, rule)))
            findings->list.at[kept++] = f;
    }
    findings->list.len = kept;
}

/* What is missing beside a record may stand in the part that could not be read. */
static bool looks_around(const struct engine *e)
{
    bool around = e->assert && (expr_looks_around(e->assert) || (e->when && expr_looks_around(e->when)));
    for (size_t i = 0; e->assert && i < e->rule->nlets; i++)
        around |= expr_looks_around(e->lets[i]);
    return around;
}

/* Whether the rule is about acceptances: whatever it finds, what is accepted with it is not. */
static bool judges_acceptances(const struct model *model, const struct rule *rule)
{
    struct value all = model->root->fields[F_isms_acceptances];
    return all.tag == V_LIST && all.list->len > 0 && str_ends(rule->for_each.text, STR(" acceptances"));
}

/* The rules that have to run for the severity [least] that was asked for: those themselves, and what decides about their findings. */
static struct map wanted_rules(struct arena *arena, enum severity least, const struct model *model, const struct rules *rules)
{
    struct map wanted = { 0 };
    for (size_t i = 0; i < rules->list.len && least; i++) {
        struct rule *rule = rules->list.at[i];
        bool asked = rule->severity >= least;
        if (asked || judges_acceptances(model, rule))
            map_add(&wanted, arena, rule_code(rule), rule);
        for (size_t k = 0; k < rule->nyields && asked; k++)
            map_add(&wanted, arena, rule->yields[k].text, rule);
    }
    return wanted;
}

static bool is_wanted(const struct map *wanted, enum severity least, const struct rule *rule)
{
    return rule->severity >= least || map_get(wanted, rule_code(rule));
}

bool rules_name(struct arena *scratch, const struct findings *findings, const struct model *model, const struct rules *rules, str word)
{
    struct map wanted = wanted_rules(scratch, findings->least, model, rules);
    bool found = false;
    for (size_t i = 0; i < rules->list.len && !found; i++)
        found = is_wanted(&wanted, findings->least, rules->list.at[i]) && rule_names(rules->list.at[i], word);
    arena_reset(scratch);
    return found;
}

/* Runs [rule] if it counts. What is missing may stand in a file that can not be read: then what looks for it holds back. */
static enum rule_state ask(struct engine *e, const struct rule *rule, int stage)
{
    e->clause = rule->project ? rule->clause : edition_clause(e->arena, e->model, rule->clause);
    if (rule->clause.len && e->clause.len == 0)
        return RULE_FOREIGN;
    if (stage_number(rule->from_stage) > stage)
        return RULE_WAITING;
    if (rule->builtin.len)
        return RULE_RUN;
    if (e->findings->skipped_files && rule->for_each.text.len == 0)
        return RULE_HELD;
    if (!compile_rule(e, rule))
        return RULE_WRONG;
    if (e->findings->skipped_files && looks_around(e))
        return RULE_HELD;
    run_rule(e);
    return RULE_RUN;
}

struct rules_summary rules_run(struct arena *arena, struct arena *scratch, struct findings *findings, const struct model *model,
                               const struct rules *rules)
{
    struct rules_summary summary = { 0 };
    struct engine e = { .arena = arena, .scratch = scratch, .findings = findings, .model = model,
                        .checks = checks_of(model) };
    int stage = stage_number(model->stage);
    size_t before = findings->list.len;

    e.lists = arena_new(arena);
    e.compiled = arena_new(arena);
    checks_check(arena, findings, model, rules);
    struct map wanted = wanted_rules(arena, findings->least, model, rules);
    summary.states = NEWS(arena, enum rule_state, rules->list.len);
    summary.steps = NEWS(arena, uint64_t, rules->list.len);
    for (size_t i = 0; i < rules->list.len; i++) {
        const struct rule *rule = rules->list.at[i];
        bool off = checks_disable(e.checks, rule);
        bool less = rule->severity < findings->least;
        e.cost = 0;
        /* One of the project may be switched off because it is broken. */
        enum rule_state state = off && rule->project ? RULE_DISABLED : !is_wanted(&wanted, findings->least, rule) ? RULE_LESS : ask(&e, rule, stage);
        summary.states[i] = off ? RULE_DISABLED : less ? RULE_LESS : state;
        summary.count[summary.states[i]]++;
        summary.steps[i] = e.cost;
        if (e.cost)
            memory_look_up(scratch->memory); /* arenas that are emptied take no more memory */
        arena_reset(e.compiled);
    }
    findings_yield(findings, before, rules, scratch);
    findings_accept(arena, scratch, findings, model, rules);
    if (e.checks.disabled || findings->least)
        silence(findings, e.checks, rules);
    arena_close(e.scratch);
    arena_close(e.lists);
    arena_close(e.compiled);
    summary.asked = e.asked;
    return summary;
}

int rules_threshold(const struct model *model)
{
    struct value checks = model->root->fields[F_isms_checks];
    struct value fail_on = checks.tag == V_RECORD ? checks.record->fields[F_checks_fail_on] : value_null();
    enum severity severity;
    if (fail_on.tag != V_TEXT || fail_on.text.len == 0)
        return SEV_MINOR;
    return severity_parse(fail_on.text, &severity) ? (int)severity : SEV_ERROR + 1;
}
