/* SPDX-License-Identifier: MIT */
/* The list of rules -> a table for a terminal, Markdown, or JSON as `ismsc rules --format json` promises it. */
#ifndef WRITE_RULES_H
#define WRITE_RULES_H

#include "base/buf.h"
#include "diag/rule.h"
#include "write/plain.h"

/* Which rules are listed. */
struct rules_choice {
    int  severity; /* enum severity, or -1 for all */
    int  stage;    /* those that count at this stage (stage_number()), or -1 for all */
    bool language; /* findings about the language as well */
};

void rules_text(struct arena *arena, struct buf *out, const struct rules *rules, struct rules_choice choice, struct plain_options options);
/* A section a rule, by clause, in CommonMark. */
void rules_markdown(struct arena *arena, struct buf *out, const struct rules *rules, struct rules_choice choice);
/* A list of objects with id, name, clause, severity, basis, from_stage, title, why and fix. */
void rules_json(struct arena *arena, struct buf *out, const struct rules *rules, struct rules_choice choice);

#endif
