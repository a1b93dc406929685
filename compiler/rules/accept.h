/* SPDX-License-Identifier: MIT */
/* Findings and the entries under `acceptances` -> findings of which some are accepted: they stay in the report and no longer count. */
#ifndef RULES_ACCEPT_H
#define RULES_ACCEPT_H

#include "diag/finding.h"
#include "diag/rule.h"
#include "model/model.h"

/*
 * Marks each finding that a valid acceptance covers: one of its rule, about a record it names, or about the ISMS as a whole
 * where it names none. An acceptance about which a finding of minor or worse has been made covers nothing, so what makes one
 * valid is said by rules (schema/rules/acceptances.yaml) and can be made stricter by a project. Whatever is wrong with
 * acceptances that only shows beside findings is a finding here: of what is not found, too much at once, or never acceptable.
 */
void findings_accept(struct arena *arena, struct arena *scratch, struct findings *findings, const struct model *model,
                     const struct rules *rules);

#endif
