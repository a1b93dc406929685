/* SPDX-License-Identifier: MIT */
#include "diag/rule.h"

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

bool rule_is_clause_requirement(const struct rule *rule)
{
    return rule->clause.len > 0 && rule->clause.at[0] >= '0' && rule->clause.at[0] <= '9' && str_eq(rule->basis, STR("requirement"));
}
