/* SPDX-License-Identifier: MIT */
#include "rules/yield.h"

/* "6.1.3-e-01 about ACT-7"; no record: about anything at all. */
static str spoken_key(struct arena *arena, str rule, str record)
{
    return str_print(arena, "%.*s %.*s", STR_ARG(rule), STR_ARG(record));
}

static const struct rule *rule_of(const struct rules *rules, const struct finding *finding)
{
    return map_get(&rules->by_code, finding->rule);
}

/* Who spoke about what: each rule about each record, about the whole, and about anything ("rule *"). */
static void remember(struct map *spoken, const struct findings *findings, struct arena *scratch)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *f = findings->list.at[i];
        map_add(spoken, scratch, spoken_key(scratch, f->rule, f->record), f);
        map_add(spoken, scratch, spoken_key(scratch, f->rule, STR("*")), f);
    }
}

/* What is only an observation yet takes nothing away from what counts already. */
static bool outdoes(const struct finding *other, const struct finding *f) { return other && (f->early || !other->early); }

static bool gives_way(const struct map *spoken, const struct rule *rule, const struct finding *f, struct arena *scratch)
{
    for (size_t i = 0; i < rule->nyields; i++) {
        str other = rule->yields[i].text;
        if (outdoes(map_get(spoken, spoken_key(scratch, other, f->record.len ? f->record : STR("*"))), f)
            || outdoes(map_get(spoken, spoken_key(scratch, other, (str){ 0 })), f))
            return true;
    }
    return false;
}

void findings_yield(struct findings *findings, size_t from, const struct rules *rules, struct arena *scratch)
{
    struct map spoken = { 0 };
    size_t     kept = from;
    for (size_t i = from; i < findings->list.len; i++) {
        struct finding *f = findings->list.at[i];
        const struct rule *rule = rule_of(rules, f);
        if (rule && rule->nyields && spoken.len == 0)
            remember(&spoken, findings, scratch);
        if (!rule || rule->nyields == 0 || !gives_way(&spoken, rule, f, scratch))
            findings->list.at[kept++] = f;
    }
    findings->list.len = kept;
}
