/* SPDX-License-Identifier: MIT */
/* Rules and the model -> findings. Sees neither files nor syntax: only values, with the places they were written at. */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "diag/finding.h"
#include "diag/rule.h"
#include "model/model.h"

struct rules_summary {
    enum rule_state *states; /* what became of each rule, in the order of the rules */
    size_t count[RULE_STATES]; /* rules of each state */
    uint64_t *steps;         /* of evaluation that each rule took, in the order of the rules */
    struct map asked;        /* rule -> size_t: how many records it was asked about */
};

/*
 * Runs every rule that counts at the model's stage and is not disabled under `checks`, and appends what it
 * finds. An expression that does not compile is a finding at the rule. A rule whose outcome can not be computed,
 * because something it needs is missing or broken, is silent: the cause has its own finding. Memory for
 * evaluations comes from [scratch], which is left empty.
 */
struct rules_summary rules_run(struct arena *arena, struct arena *scratch, struct findings *findings, const struct model *model,
                               const struct rules *rules);

/* Whether a rule that rules_run would run, at this stage or another, has [word] in an expression: what it names has to be there then. */
bool rules_name(struct arena *scratch, const struct findings *findings, const struct model *model, const struct rules *rules, str word);

/* The severity from which a check fails, by checks.fail_on; above SEV_ERROR + 1 means never. */
int rules_threshold(const struct model *model);

#endif
