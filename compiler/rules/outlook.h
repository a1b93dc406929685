/* SPDX-License-Identifier: MIT */
/* What a check knows -> records of the model, so that documents and queries can show it: findings and deadlines. */
#ifndef RULES_OUTLOOK_H
#define RULES_OUTLOOK_H

#include "diag/finding.h"
#include "diag/rule.h"
#include "model/model.h"

/* Where a finding stands, in words: "risks/customers.yaml:12". Owned by [arena]. */
typedef str place_words(void *state, struct arena *arena, struct span at);

/*
 * Fills the section `findings` of the model, or with [ahead] the section `gaps`, the gravest first, and the lists of them that
 * clauses and controls have. [findings] are sorted and stay as they are.
 */
void outlook_findings(struct arena *arena, struct model *model, const struct findings *findings, const struct rules *rules, bool ahead,
                      place_words *place, void *state);

/* The gaps are what was found: the ISMS is so far that the check says it all. */
void outlook_no_further(struct model *model);

/* Tells each clause how many rules were applied to it at the model's stage. */
void outlook_rules(struct model *model, const struct rules *rules);

/*
 * Fills the section `deadlines` of the model: every day that the schema's `x-deadlines` find in it, the next first.
 * Memory for evaluations comes from [scratch], which is left empty.
 */
void outlook_deadlines(struct arena *arena, struct arena *scratch, struct model *model);

#endif
