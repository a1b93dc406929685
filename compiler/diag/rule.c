/* SPDX-License-Identifier: MIT */
#include "diag/rule.h"

#include <stddef.h>

const struct rule_key rule_texts[RULE_TEXTS] = {
    { "id", offsetof(struct rule, id) },         { "name", offsetof(struct rule, name) },
    { "title", offsetof(struct rule, title) },   { "clause", offsetof(struct rule, clause) },
    { "basis", offsetof(struct rule, basis) },   { "from_stage", offsetof(struct rule, from_stage) },
    { "why", offsetof(struct rule, why) },       { "fix", offsetof(struct rule, fix) },
    { "since", offsetof(struct rule, since) },   { "builtin", offsetof(struct rule, builtin) },
};

const struct rule_key rule_places[RULE_PLACES] = {
    { "for", offsetof(struct rule, for_each) },  { "each", offsetof(struct rule, each) },
    { "when", offsetof(struct rule, when) },     { "assert", offsetof(struct rule, assert) },
    { "at", offsetof(struct rule, at) },         { "message", offsetof(struct rule, message) },
    { "given", offsetof(struct rule, given) },
};

int stage_number(str stage)
{
    static const char *const names[] = { "draft", "stage-1", "stage-2", "certified" };
    for (int i = 3; i > 0; i--)
        if (str_eq(stage, str_of(names[i])))
            return i;
    return 0;
}

str rules_nearest(const struct rules *rules, str name)
{
    size_t best = name.len / 3 + 1, distance;
    str    near = { 0 };
    for (size_t i = 0; i < rules->by_id.len; i++)
        if ((distance = str_distance(rules->by_id.entries[i].key, name, best)) < best) {
            best = distance;
            near = rules->by_id.entries[i].key;
        }
    return near;
}

static bool has(str text, str word) { return str_search(text, word, 0) != SIZE_MAX; }

bool rule_names(const struct rule *rule, str word)
{
    bool found = false;
    for (size_t i = 0; i < RULE_PLACES && !found; i++)
        found = has(rule_place_of(rule, i)->text, word);
    for (size_t i = 0; i < rule->nlets && !found; i++)
        found = has(rule->lets[i].value.text, word);
    for (size_t i = 0; i < rule->nalso && !found; i++)
        found = has(rule->also[i].at.text, word) || has(rule->also[i].label.text, word);
    return found;
}

bool rule_is_clause_requirement(const struct rule *rule)
{
    return rule->clause.len > 0 && rule->clause.at[0] >= '0' && rule->clause.at[0] <= '9' && str_eq(rule->basis, STR("requirement"));
}
