/* SPDX-License-Identifier: MIT */
/* The section `checks`, where a project says how strictly it is checked -> answers about rules, and findings about the section. */
#ifndef RULES_CHECKS_H
#define RULES_CHECKS_H

#include "diag/finding.h"
#include "diag/rule.h"
#include "model/model.h"

/* What the section says; absent parts are NULL. Texts and maps are the model's. */
struct checks {
    const struct valuemap *disabled; /* rule -> reason */
    const struct valuemap *params;   /* rule -> map of parameter -> value */
    struct value           edition;  /* "2026.1", or no text: the newest */
};

struct checks checks_of(const struct model *model);
/* Whether the rule is switched off. One whose finding is an error, because the source can not be read, never is. */
bool checks_disable(struct checks checks, const struct rule *rule);
/* Whether the rule is newer than the edition the project is judged by. */
bool checks_too_new(struct checks checks, const struct rule *rule);
/* The rule's parameters with what the project set otherwise; NULL when it has none. */
struct valuemap *checks_params(struct arena *arena, struct checks checks, const struct rule *rule);
/* Findings about rules that do not exist, can not or should not be switched off, or are without a reason, about parameters and the edition. */
void checks_check(struct arena *arena, struct findings *findings, const struct model *model, const struct rules *rules);

#endif
