/* SPDX-License-Identifier: MIT */
/* Findings -> fewer findings: one mistake is said once, by the rule that says it best. */
#ifndef RULES_YIELD_H
#define RULES_YIELD_H

#include "diag/finding.h"
#include "diag/rule.h"

/*
 * Takes away each finding from [from] on whose rule yields to another rule, or to a finding of the language, that spoke about
 * the same record. What was said about the whole ISMS counts for every record, and the other way round. A finding that gave
 * way makes others give way all the same, so the order of rules means nothing. Memory comes from [scratch].
 */
void findings_yield(struct findings *findings, size_t from, const struct rules *rules, struct arena *scratch);

#endif
