/* SPDX-License-Identifier: MIT */
#include "rules/grade.h"

#include <stdlib.h>

enum { DIFFERENT_RULES = 3, RECORDS_OF_ONE = 5 };

/* The minors of one subclause. */
struct group {
    str    clause;
    size_t minors;
    LIST_OF(struct counted *) rules;
};

/* One rule in it. */
struct counted {
    str        rule;
    struct map records;
};

static bool counts(const struct finding *f)
{
    return f->severity == SEV_MINOR && !f->accepted && f->clause.len && !str_eq(f->basis, STR("practice"));
}

static struct counted *rule_in(struct group *group, str rule, struct arena *arena)
{
    for (size_t i = 0; i < group->rules.len; i++)
        if (str_eq(group->rules.at[i]->rule, rule))
            return group->rules.at[i];
    struct counted *counted = NEW(arena, struct counted);
    counted->rule = rule;
    LIST_PUSH(arena, &group->rules, counted);
    return counted;
}

static struct map groups_of(const struct findings *findings, struct arena *scratch)
{
    struct map groups = { 0 };
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *f = findings->list.at[i];
        if (!counts(f))
            continue;
        str clause = str_cut(f->clause, 0, str_find(f->clause, ' ', 0)); /* "6.1.3 d)" belongs to 6.1.3 */
        struct group *group = map_get(&groups, clause);
        if (!group) {
            group = NEW(scratch, struct group);
            group->clause = clause;
            map_add(&groups, scratch, clause, group);
        }
        group->minors++;
        map_add(&rule_in(group, f->rule, scratch)->records, scratch, f->record, f);
    }
    return groups;
}

/* The rule that most of its records break, or NULL. */
static const struct counted *widespread(const struct group *group, const struct map *asked)
{
    for (size_t i = 0; i < group->rules.len; i++) {
        const struct counted *c = group->rules.at[i];
        const size_t *all = map_get(asked, c->rule);
        if (all && c->records.len >= RECORDS_OF_ONE && c->records.len * 2 > *all)
            return c;
    }
    return NULL;
}

static int by_clause(const void *a, const void *b)
{
    return str_cmp_natural((*(struct likely_major *const *)a)->clause, (*(struct likely_major *const *)b)->clause);
}

void findings_grade(struct findings *findings, struct arena *scratch, const struct map *asked)
{
    struct map groups = groups_of(findings, scratch);
    findings->majors.len = 0;
    for (size_t i = 0; i < groups.len; i++) {
        const struct group *group = groups.entries[i].value;
        const struct counted *most = widespread(group, asked);
        if (group->rules.len < DIFFERENT_RULES && !most)
            continue;
        struct likely_major *major = NEW(findings->arena, struct likely_major);
        *major = (struct likely_major){ .clause = group->clause, .minors = group->minors, .nrules = group->rules.len };
        major->rules = NEWS(findings->arena, str, group->rules.len);
        for (size_t k = 0; k < group->rules.len; k++)
            major->rules[k] = group->rules.at[k]->rule;
        if (most) {
            major->most = most->rule;
            major->broken = most->records.len;
            major->asked = *(size_t *)map_get(asked, most->rule);
        }
        LIST_PUSH(findings->arena, &findings->majors, major);
    }
    if (findings->majors.len > 1)
        qsort(findings->majors.at, findings->majors.len, sizeof *findings->majors.at, by_clause);
}
