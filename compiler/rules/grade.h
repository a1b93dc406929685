/* SPDX-License-Identifier: MIT */
/* Minor findings -> what an auditor would make of several together. */
#ifndef RULES_GRADE_H
#define RULES_GRADE_H

#include "base/map.h"
#include "diag/finding.h"

/*
 * Fills findings->majors: three different rules of one subclause found wanting, or one rule on at least five records and on more
 * than half of those it asked about, are no single lapses any more (ISO/IEC 17021-1: nonconformities that add up show a systemic
 * failure). Customs of auditors and what is accepted are not counted. [asked]: rule -> size_t, the records each was asked about.
 * To be called on finished findings.
 */
void findings_grade(struct findings *findings, struct arena *scratch, const struct map *asked);

#endif
