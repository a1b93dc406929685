/* SPDX-License-Identifier: MIT */
/* Findings -> text people read, and the formats of forges, build servers and editors. */
#ifndef WRITE_REPORT_H
#define WRITE_REPORT_H

#include "base/buf.h"
#include "diag/finding.h"
#include "diag/rule.h"
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
    size_t  rules_run, rules_waiting, rules_disabled, rules_held, rules_foreign, rules_less;
    str     edition;    /* of the standard, "2022" */
};

/* All that a report is made of. */
struct report {
    struct arena              *arena;   /* for what the making needs */
    struct findings           *findings;
    struct sources            *sources;
    const struct rules        *rules;   /* in the order in which they ran */
    const enum rule_state     *states;  /* of each */
    const struct report_facts *facts;
    struct report_options      options;
    str                        project; /* name of the organisation */
    str                        folder;  /* where the project is in its repository: "isms/", or empty */
};

struct report_format {
    const char *name; /* "sarif" */
    void      (*write)(struct buf *out, const struct report *report);
};

/* The format of that name, or NULL. */
const struct report_format *report_format_find(str name);

bool report_failed(const struct findings *findings, const struct report_facts *facts);

/* One block a finding: message, place, the line with a caret, second places, help, clause; a summary line last. */
void report_text(struct buf *out, struct findings *findings, struct sources *sources, const struct report_facts *facts,
                 struct report_options options);
/* "file:line:col: severity: message [id]" a finding; nothing else. */
void report_concise(struct buf *out, struct findings *findings, struct sources *sources);
/* One object as schema/findings.schema.json describes it. */
void report_json(struct buf *out, struct findings *findings, struct sources *sources, const struct report_facts *facts);

#endif
