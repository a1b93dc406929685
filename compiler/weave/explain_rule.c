/* SPDX-License-Identifier: MIT */
/* Rules, and findings about the language, explained. */
#include "model/fields.h"
#include "weave/explain_part.h"

static bool is_of_rule(const struct finding *finding, str id) { return str_eq(finding->rule, id); }

/* "3 findings, 1 of them accepted". */
static str count_findings(const struct page *page, str id)
{
    size_t count = 0, accepted = 0;
    for (size_t i = 0; i < page->in->findings->list.len; i++) {
        const struct finding *f = page->in->findings->list.at[i];
        count += is_of_rule(f, id);
        accepted += is_of_rule(f, id) && f->accepted;
    }
    if (count == 0)
        return STR("no finding");
    str out = str_print(page->arena, "%zu finding%s", count, count == 1 ? "" : "s");
    return accepted == 0 ? out : str_print(page->arena, "%.*s, %zu of them accepted", STR_ARG(out), accepted);
}

/* Why the rule is switched off; empty when it is not. */
static str disabled_reason(const struct model *model, const struct rule *rule)
{
    struct value checks = model->root->fields[F_isms_checks];
    struct value off = checks.tag == V_RECORD ? checks.record->fields[F_checks_disabled] : value_null();
    for (size_t i = 0; off.tag == V_MAP && i < off.map->len; i++)
        if (str_eq(off.map->at[i].key, rule->id) || str_eq(off.map->at[i].key, rule->name) || str_eq(off.map->at[i].key, rule_code(rule)))
            return off.map->at[i].value.tag == V_TEXT ? off.map->at[i].value.text : STR("no reason");
    return (str){ 0 };
}

static bool is_waiting(const struct page *page, const struct rule *rule)
{
    return stage_number(rule->from_stage) > stage_number(page->in->model->stage);
}

static str stage_words(const struct page *page, const struct rule *rule)
{
    static const char *const words[] = {
        "draft: from the beginning", "stage-1: before the first audit of the certification body",
        "stage-2: before the second audit of the certification body", "certified: once there is a certificate",
    };
    str out = str_of(words[stage_number(rule->from_stage)]);
    if (!page->in->findings || !is_waiting(page, rule))
        return out;
    return str_print(page->arena, "%.*s; this ISMS is at %.*s, so it waits", STR_ARG(out), STR_ARG(page->in->model->stage));
}

static str since_words(const struct page *page, const struct rule *rule)
{
    struct value checks = page->in->model->root->fields[F_isms_checks];
    struct value edition = checks.tag == V_RECORD ? checks.record->fields[F_checks_rules] : value_null();
    str out = str_print(page->arena, "edition %.*s of the rules", STR_ARG(rule->since));
    if (edition.tag != V_TEXT || edition.text.len == 0 || str_cmp_natural(rule->since, edition.text) <= 0)
        return out;
    return str_print(page->arena, "%.*s; this ISMS is judged by %.*s, so it is only an observation", STR_ARG(out), STR_ARG(edition.text));
}

/* What the rule came to in this ISMS. */
static str outcome(const struct page *page, const struct rule *rule)
{
    str reason = disabled_reason(page->in->model, rule);
    if (reason.len)
        return str_print(page->arena, "switched off: %.*s", STR_ARG(reason));
    if (is_waiting(page, rule))
        return STR("not checked yet");
    return count_findings(page, rule_code(rule));
}

static str line_of(const struct page *page, str before, size_t width, str word, struct rule_text text)
{
    if (text.text.len == 0)
        return before;
    str trimmed = str_trim(text.text);
    return str_print(page->arena, "%.*s%s%-*.*s %.*s", STR_ARG(before), before.len ? "\n" : "", (int)width, STR_ARG(word), STR_ARG(trimmed));
}

static void add_expressions(struct page *page, const struct rule *rule)
{
    size_t width = 7;
    for (size_t i = 0; i < rule->nlets; i++)
        width = rule->lets[i].name.len > width ? rule->lets[i].name.len : width;
    str code = line_of(page, (str){ 0 }, width, STR("for"), rule->for_each);
    code = line_of(page, code, width, STR("each"), rule->each);
    code = line_of(page, code, width, STR("given"), rule->given);
    code = line_of(page, code, width, STR("when"), rule->when);
    for (size_t i = 0; i < rule->nlets; i++)
        code = line_of(page, code, width, rule->lets[i].name, rule->lets[i].value);
    code = line_of(page, code, width, STR("assert"), rule->assert);
    if (code.len == 0)
        return;
    page_section(page, "check", "How it is checked");
    page_code(page, code);
}

static void add_yields(struct page *page, const struct rule *rule)
{
    str *others = NEWS(page->arena, str, rule->nyields);
    for (size_t i = 0; i < rule->nyields; i++)
        others[i] = rule->yields[i].text;
    page_facts(page, STR("yields"), STR("gives way to"), others, rule->nyields);
}

/* What the project sets otherwise, or empty. */
static str own_value(const struct page *page, const struct rule *rule, str param)
{
    struct value checks = page->in->model->root->fields[F_isms_checks];
    struct value all = checks.tag == V_RECORD ? checks.record->fields[F_checks_params] : value_null();
    for (size_t i = 0; all.tag == V_MAP && i < all.map->len; i++) {
        const struct valuemap_entry *entry = &all.map->at[i];
        if ((!str_eq(entry->key, rule->id) && !str_eq(entry->key, rule->name)) || entry->value.tag != V_MAP)
            continue;
        for (size_t k = 0; k < entry->value.map->len; k++)
            if (str_eq(entry->value.map->at[k].key, param))
                return words_of_value(page->arena, entry->value.map->at[k].value);
    }
    return (str){ 0 };
}

static void add_params(struct page *page, const struct rule *rule)
{
    static const char *const keys[] = { "name", "value", "in_this_isms" }, *const titles[] = { "parameter", "value", "in this ISMS" };
    if (!rule->params || rule->params->len == 0)
        return;
    page_section(page, "params", "Its limits");
    page_table(page, page->in->findings ? 3 : 2, keys, titles);
    for (size_t i = 0; i < rule->params->len; i++) {
        const struct valuemap_entry *param = &rule->params->at[i];
        str value = words_of_value(page->arena, param->value), own = own_value(page, rule, param->key);
        page_row(page, (const str[]){ param->key, value, own.len ? own : STR("as it is") });
    }
    str first = words_of_value(page->arena, rule->params->at[0].value);
    page_section(page, "", "To set another limit");
    page_code(page, str_print(page->arena, "checks:\n  params:\n    %.*s: {%.*s: %.*s}", STR_ARG(rule->id), STR_ARG(rule->params->at[0].key),
                              STR_ARG(first)));
}

/* ---- ways out ---- */

/* "ACC-03": the first id of that form that is free. */
static str free_id(const struct page *page)
{
    for (int i = 1;; i++) {
        str id = str_print(page->arena, "ACC-%02d", i);
        if (!model_find(page->in->model, id))
            return id;
    }
}

/* "[A.5.7, A.8.1]": records that are found at fault and not accepted, else a hole to fill; empty for a rule about the whole ISMS. */
static str records_of(const struct page *page, const struct rule *rule, str code)
{
    enum { FEW = 8 };
    const struct findings *findings = page->in->findings;
    str out = { 0 };
    for (size_t i = 0, count = 0; findings && i < findings->list.len && count < FEW; i++) {
        const struct finding *f = findings->list.at[i];
        if (!str_eq(f->rule, code) || f->accepted || f->record.len == 0)
            continue;
        out = str_print(page->arena, "%.*s%s%.*s", STR_ARG(out), out.len ? ", " : "", STR_ARG(f->record));
        count++;
    }
    return out.len ? str_print(page->arena, "[%.*s]", STR_ARG(out)) : rule->for_each.text.len || rule->builtin.len ? STR("[...]") : out;
}

static str acceptance_of(const struct page *page, const struct rule *rule)
{
    str records = records_of(page, rule, rule_code(rule)), id = free_id(page);
    return str_print(page->arena,
                     "acceptances:\n  %.*s:\n    rule: %.*s\n%s%.*s%s    reason: ...        # why it may stay for now\n"
                     "    approved_by: ...   # the id of a person who may decide that\n    approved_on: ...   # the day, as 2026-03-31\n"
                     "    expires: ...       # at most a year later",
                     STR_ARG(id), STR_ARG(rule->id), records.len ? "    records: " : "", STR_ARG(records), records.len ? "\n" : "");
}

static void add_acceptance(struct page *page, const struct rule *rule)
{
    bool certified = page->in->findings && str_eq(page->in->model->stage, STR("certified"));
    page_section(page, "", "To let a finding stand for a time");
    if (rule_is_clause_requirement(rule) && certified) {
        page_text(page, STR("This ISMS is certified, so it has to meet every requirement of clauses 4 to 10: no finding of this rule can be "
                            "accepted."));
        return;
    }
    page_text(page, STR("An entry under `acceptances` takes a finding out of the count, but not out of the report:"));
    page_code(page, acceptance_of(page, rule));
    if (rule_is_clause_requirement(rule))
        page_text(page, STR("It is a requirement of clauses 4 to 10, so this ends with the certificate: from stage `certified` on no acceptance "
                            "counts."));
}

static void add_ways_out(struct page *page, const struct rule *rule)
{
    const struct language_row *row = rule->builtin.len ? language_find(rule->builtin) : NULL;
    if (row && row->severity == SEV_ERROR)
        return; /* what can not be read must be mended */
    add_acceptance(page, rule);
    page_section(page, "", "To switch it off");
    page_text(page, STR("In `isms.yaml`, with a reason that an auditor will read:"));
    page_code(page, str_print(page->arena, "checks:\n  disabled:\n    %.*s: why this does not apply here", STR_ARG(rule->id)));
}

/* What its findings come to with others of the same clause. */
static str likely_major(const struct page *page, const struct rule *rule)
{
    const struct findings *findings = page->in->findings;
    for (size_t i = 0; findings && i < findings->majors.len; i++)
        for (size_t k = 0; k < findings->majors.at[i]->nrules; k++)
            if (str_eq(findings->majors.at[i]->rules[k], rule_code(rule)))
                return likely_major_words(page->arena, findings->majors.at[i]);
    return (str){ 0 };
}

struct document *explain_rule(struct arena *arena, const struct explain_input *in, const struct rule *rule)
{
    str kind = rule->project ? STR("rule of this ISMS") : STR("rule");
    str title = rule->title.len ? rule->title : rule->name.len ? rule->name : rule->id;
    struct page page = page_begin(arena, in, "rule", rule->id, title,
                                  str_print(arena, "%.*s %.*s %.*s", STR_ARG(kind), STR_ARG(rule->id), STR_ARG(rule->name)));
    page_fact(&page, STR("name"), STR("name"), rule->name, (str){ 0 });
    page_fact(&page, STR("severity"), STR("severity"), str_of(severity_name(rule->severity)), (str){ 0 });
    page_fact(&page, STR("clause"), STR("clause"), rule->clause, words_of_clause(&page, rule->clause));
    page_fact(&page, STR("basis"), STR("basis"), rule->basis, words_of_basis(rule->basis));
    page_fact(&page, STR("from_stage"), STR("counts from"), rule->from_stage, stage_words(&page, rule));
    if (!rule->project)
        page_fact(&page, STR("since"), STR("since"), rule->since, since_words(&page, rule));
    page_fact(&page, STR("builtin"), STR("reported as"), rule->builtin, (str){ 0 });
    add_yields(&page, rule);
    page_fact(&page, STR("written_at"), STR("written at"), words_of_place(&page, rule->span), (str){ 0 });
    if (in->findings)
        page_fact(&page, STR("outcome"), STR("in this ISMS"), outcome(&page, rule), (str){ 0 });
    page_fact(&page, STR("likely_major"), STR("together"), likely_major(&page, rule), (str){ 0 });
    if (rule->why.len) {
        page_section(&page, "why", "Why");
        page_text(&page, rule->why);
    }
    if (rule->fix.len) {
        page_section(&page, "fix", "What to do");
        page_text(&page, rule->fix);
    }
    page_findings(&page, is_of_rule, rule_code(rule));
    add_expressions(&page, rule);
    add_params(&page, rule);
    add_ways_out(&page, rule);
    return page.document;
}

struct document *explain_language(struct arena *arena, const struct explain_input *in, const struct language_row *row)
{
    str id = str_of(row->id);
    struct page page = page_begin(arena, in, "language", id, str_of(row->title),
                                  str_print(arena, "finding about the language of the sources: %s %s", row->id, row->name));
    page_fact(&page, STR("name"), STR("name"), str_of(row->name), (str){ 0 });
    page_fact(&page, STR("severity"), STR("severity"), str_of(severity_name((enum severity)row->severity)),
              row->severity == SEV_ERROR ? STR("error: always counts, whatever the stage") : (str){ 0 });
    for (size_t i = 0; i < in->rules->list.len; i++)
        if (str_eq(in->rules->list.at[i]->builtin, id))
            page_fact(&page, STR("rule"), STR("stands for"), in->rules->list.at[i]->id,
                      str_print(arena, "rule %.*s %.*s", STR_ARG(in->rules->list.at[i]->id), STR_ARG(in->rules->list.at[i]->name)));
    page_section(&page, "why", "Why");
    page_text(&page, str_of(row->why));
    page_section(&page, "fix", "What to do");
    page_text(&page, str_of(row->fix));
    page_findings(&page, is_of_rule, id);
    return page.document;
}
