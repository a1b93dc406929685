/* SPDX-License-Identifier: MIT */
/* Findings and the entries under `baseline` -> findings of which some were there when checking began: they stay in the report and do not count. */
#ifndef RULES_BASELINE_H
#define RULES_BASELINE_H

#include "diag/finding.h"
#include "diag/rule.h"
#include "model/model.h"

/*
 * Marks each finding that an entry names, as many as it says, and adds findings about entries: of what is no longer found (C-11), overdue
 * (C-12), or not to be left for later (C-13). Takes finished findings, and finishes them again.
 */
void baseline_apply(struct arena *arena, struct findings *findings, const struct model *model, const struct rules *rules);
/* Why no baseline may hold what a rule finds, as the end of a sentence; empty where it may. */
str baseline_refusal(struct arena *arena, const struct model *model, const struct rules *rules, str rule);
/* How many findings the entry [record] of `baseline` covers. */
size_t baseline_covered(const struct findings *findings, const struct record *record);

#endif
