/* SPDX-License-Identifier: MIT */
/* Findings -> text people read, lines tools read, JSON. */
#ifndef WRITE_REPORT_H
#define WRITE_REPORT_H

#include "base/buf.h"
#include "diag/finding.h"
#include "load/source.h"

struct report_options {
    bool colour;        /* ANSI colours */
    bool all;           /* every finding, not the first few of each rule */
};

/* What the last line and the JSON object say about the run. */
struct report_facts {
    int32_t as_of;      /* day */
    str     stage;
    int     threshold;  /* severity from which the check fails; above SEV_ERROR: never */
    size_t  rules_run, rules_waiting, rules_disabled, rules_held, rules_foreign;
    str     edition;    /* of the standard, "2022" */
};

bool report_failed(const struct findings *findings, const struct report_facts *facts);

/* One block a finding: message, place, the line with a caret, second places, help, clause; a summary line last. */
void report_text(struct buf *out, struct findings *findings, struct sources *sources, const struct report_facts *facts,
                 struct report_options options);
/* "file:line:col: severity: message [id]" a finding; nothing else. */
void report_concise(struct buf *out, struct findings *findings, struct sources *sources);
/* One object as schema/findings.schema.json describes it. */
void report_json(struct buf *out, struct findings *findings, struct sources *sources, const struct report_facts *facts);

/* Text as a JSON string with quotes. */
void json_string(struct buf *out, str s);

#endif
