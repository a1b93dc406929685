/* SPDX-License-Identifier: MIT */
#include "rules/baseline.h"

#include "base/date.h"
#include "model/edition.h"
#include "model/fields.h"

static str text_of(const struct record *entry, size_t field)
{
    struct value value = entry->fields[field];
    return value.tag == V_TEXT ? str_trim(value.text) : (str){ 0 };
}

static size_t times_of(const struct record *entry)
{
    struct value times = entry->fields[F_baseline_entry_times];
    return times.tag == V_INT && times.i > 0 ? (size_t)times.i : 1;
}

str baseline_refusal(struct arena *arena, const struct model *model, const struct rules *rules, str rule)
{
    const struct language_row *row = language_find(rule);
    const struct rule *known = map_get(&rules->by_code, rule);
    if (row && row->severity == SEV_ERROR)
        return STR("a source that can not be read can not be judged");
    if (known && rule_is_clause_requirement(known) && str_eq(model->stage, STR("certified")))
        return str_print(arena, "a certified organisation meets every requirement of clause %.*s", STR_ARG(edition_clause(arena, model, known->clause)));
    return (str){ 0 };
}

static void tell(struct findings *findings, const struct record *entry, enum language_rule rule, size_t field, str message)
{
    if (language_row(rule)->severity < (int)findings->least)
        return; /* not looked for */
    struct span at = field ? entry->fields[field].span : entry->span;
    struct finding *f = finding_add(findings, rule, at.file ? at : entry->span, "%.*s", STR_ARG(message));
    f->record = entry->id;
}

static const struct accepted *words_of(struct arena *arena, const struct record *entry)
{
    const struct record *owner = entry->fields[F_baseline_entry_owner].tag == V_RECORD ? entry->fields[F_baseline_entry_owner].record : NULL;
    struct accepted *words = NEW(arena, struct accepted);
    *words = (struct accepted){ .id = entry->id, .reason = STR("It was there when checking began"), .until = entry->fields[F_baseline_entry_until].date, .known = true };
    words->on = words->until;
    if (owner) {
        words->by = owner->id;
        words->by_name = record_title(owner);
    }
    return words;
}

size_t baseline_covered(const struct findings *findings, const struct record *entry)
{
    size_t n = 0;
    for (size_t i = 0; i < findings->list.len; i++)
        n += findings->list.at[i]->accepted && findings->list.at[i]->accepted->known && str_eq(findings->list.at[i]->accepted->id, entry->id);
    return n;
}

static size_t cover(struct arena *arena, struct findings *findings, size_t before, const struct record *entry)
{
    uint64_t wanted = finding_identity(text_of(entry, F_baseline_entry_rule), text_of(entry, F_baseline_entry_record), text_of(entry, F_baseline_entry_field),
                                       text_of(entry, F_baseline_entry_message));
    const struct accepted *words = NULL;
    size_t covered = 0;
    for (size_t i = 0; i < before && covered < times_of(entry); i++) {
        struct finding *f = findings->list.at[i];
        if (f->fingerprint != wanted || f->accepted)
            continue;
        f->accepted = words ? words : (words = words_of(arena, entry));
        covered++;
    }
    return covered;
}

static void tell_solved(struct arena *arena, struct findings *findings, const struct record *entry, size_t covered)
{
    str rule = text_of(entry, F_baseline_entry_rule), record = text_of(entry, F_baseline_entry_record);
    str about = record.len ? str_print(arena, " for %.*s", STR_ARG(record)) : (str){ 0 };
    if (covered)
        tell(findings, entry, LANG_BASELINE_SOLVED, F_baseline_entry_times, str_print(arena, "%.*s holds %zu findings of %.*s%.*s, of which %zu %s left", STR_ARG(entry->id),
             times_of(entry), STR_ARG(rule), STR_ARG(about), covered, covered == 1 ? "is" : "are"));
    else
        tell(findings, entry, LANG_BASELINE_SOLVED, 0, str_print(arena, "%.*s holds a finding that is solved: %.*s%.*s", STR_ARG(entry->id), STR_ARG(rule), STR_ARG(about)));
}

static void apply(struct arena *arena, struct findings *findings, size_t before, const struct model *model, const struct rules *rules, const struct record *entry)
{
    str rule = text_of(entry, F_baseline_entry_rule), why = baseline_refusal(arena, model, rules, rule);
    struct value until = entry->fields[F_baseline_entry_until];
    const struct rule *known = map_get(&rules->by_code, rule);
    char day[11];
    if (until.tag != V_DATE || entry->fields[F_baseline_entry_owner].tag != V_RECORD || rule.len == 0)
        return; /* a finding of its own; an entry without an owner and a day covers nothing */
    if (why.len) {
        tell(findings, entry, LANG_BASELINE_REFUSED, F_baseline_entry_rule, str_print(arena, "%.*s can not wait in a baseline: %.*s", STR_ARG(entry->id), STR_ARG(why)));
        return;
    }
    if (until.date < model->today) {
        date_format(until.date, day);
        tell(findings, entry, LANG_BASELINE_OVERDUE, F_baseline_entry_until, str_print(arena, "%.*s of the baseline should have been mended by %s: %.*s", STR_ARG(entry->id), day, STR_ARG(rule)));
        return;
    }
    size_t covered = cover(arena, findings, before, entry);
    bool judged = !findings->skipped_files && !(known && known->severity < findings->least); /* else it may be there all the same */
    if (judged && covered < times_of(entry))
        tell_solved(arena, findings, entry, covered);
}

void baseline_apply(struct arena *arena, struct findings *findings, const struct model *model, const struct rules *rules)
{
    struct value entries = model->root->fields[F_isms_baseline];
    size_t before = findings->list.len;
    if (entries.tag != V_LIST || entries.list->len == 0)
        return;
    for (size_t i = 0; i < entries.list->len; i++)
        apply(arena, findings, before, model, rules, entries.list->at[i].record);
    findings_finish(findings);
}
