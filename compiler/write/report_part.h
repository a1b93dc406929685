/* SPDX-License-Identifier: MIT */
/* What the formats of reports share; nobody else needs it. */
#ifndef WRITE_REPORT_PART_H
#define WRITE_REPORT_PART_H

#include "write/report.h"

/* Where a span is, as other programs name it. */
struct report_place {
    str          path;       /* from the top of the repository, '/' between folders */
    struct place begin, end; /* end: one behind the last character, and never where it begins */
    uint32_t     byte, byte_end; /* the columns again, in bytes of UTF-8 */
};

struct report_place report_place(const struct report *report, struct span span);

/* What is known in general about the rule that a finding is of. */
struct report_kind {
    str id, name, title, why, fix, clause;
};

struct report_kind report_kind(const struct report *report, const struct finding *finding);

/* The findings that count, worst first and else as they stand; *n is how many. Accepted ones are left out. */
const struct finding **report_worst_first(const struct report *report, size_t *n);
/* How many findings before [i] of [list] have its fingerprint: a reader that matches by it sees each. */
unsigned report_occurrence(const struct finding *const *list, size_t i, struct map *seen, struct arena *arena);
/* "the message. What to do." */
str report_sentence(struct arena *arena, const struct finding *finding);

/* A finding as the object that schema/findings.schema.json describes, on one line. */
void report_json_finding(struct buf *out, struct sources *sources, const struct finding *finding);

void report_jsonl(struct buf *out, const struct report *report);
void report_sarif(struct buf *out, const struct report *report);
void report_github(struct buf *out, const struct report *report);
void report_gitlab(struct buf *out, const struct report *report);
void report_junit(struct buf *out, const struct report *report);
void report_rdjson(struct buf *out, const struct report *report);
void report_checkstyle(struct buf *out, const struct report *report);
void report_markdown(struct buf *out, const struct report *report);

#endif
