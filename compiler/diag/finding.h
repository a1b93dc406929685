/* SPDX-License-Identifier: MIT */
/*
 * Findings: what is wrong with the user's ISMS, where, and what to do. Stages only append; findings_finish()
 * sorts by place, drops duplicates and counts, so what is printed does not depend on the order of checks.
 * All text is owned by the arena of the list.
 */
#ifndef DIAG_FINDING_H
#define DIAG_FINDING_H

#include "base/arena.h"
#include "base/str.h"
#include "diag/language.h"
#include "diag/span.h"

/* The grades of ISO/IEC 17021-1 and 27006-1, and error for sources that can not be read. */
enum severity { SEV_OBSERVATION, SEV_MINOR, SEV_MAJOR, SEV_ERROR };

/* A second place that explains the finding. */
struct label {
    struct span   at;
    str           text;
    struct label *next;
};

/* Who lets a finding stand, until when and why: an entry under `acceptances`. */
struct accepted {
    str     id;
    str     by, by_name; /* id and name of the person */
    str     reason, risk; /* risk: id, or empty */
    int32_t on, until;   /* days; no [on] in a baseline */
    bool    known;       /* an entry of the baseline: it was there when checking began, and [by] is to mend it */
};

/* What mends a finding for certain, without adding a fact: [text] in the place of a span. */
struct fix {
    struct span at;
    str         text;
    bool        names; /* the id of an entry: no other may have it */
};

struct finding {
    str           rule;     /* "6.1.3-d-04", "Y-05": stable */
    str           name;     /* "exclusion-without-justification" */
    str           clause;   /* "6.1.3 d)", "A.5.26", or empty */
    str           basis;    /* requirement, own_rule, practice; empty for the language */
    enum severity severity;
    str           message;  /* stands alone, names the thing; no capital, no full stop */
    str           label;    /* short words at the caret, or empty */
    str           help;     /* what to do, or empty */
    bool          early;    /* of a rule newer than the edition the project is judged by, and so only an observation */
    str           note;     /* what else there is to know, or empty */
    struct span   at;
    struct label *related;
    const struct accepted *accepted; /* NULL: it counts */
    const struct fix *fix; /* NULL: somebody has to think */
    str           record;   /* id of the record concerned, or empty */
    str           field;    /* field path inside the record, or empty */
    uint64_t      fingerprint; /* of rule, record, field (and message without its numbers where there is no record) */
    uint32_t      order;
};

/* Minors of one subclause that an auditor would likely grade as a major when they come together. */
struct likely_major {
    str    clause;         /* "8.1" */
    size_t minors;
    str   *rules;          /* whose they are */
    size_t nrules;
    str    most;           /* a rule that most of its records break, or empty */
    size_t broken, asked;  /* how many records break it, of how many */
};

struct findings {
    struct arena *arena;
    LIST_OF(struct finding *) list;
    size_t   dropped;        /* beyond LIMIT_FINDINGS */
    LIST_OF(struct likely_major *) majors; /* by clause; filled by the rules */
    size_t   count[4];       /* by severity, accepted ones not, after findings_finish */
    size_t   accepted;       /* how many are, after findings_finish */
    size_t   in_baseline;    /* how many of these are in the baseline */
    size_t   known;          /* how many findings_leave_known() has left out */
    enum severity least;     /* what is less is not looked for */
    uint32_t skipped_files;  /* sources that could not be read: reference checks hold back then */
};

const char *severity_name(enum severity severity);
bool severity_parse(str name, enum severity *out);

void findings_init(struct findings *findings, struct arena *arena);
/* Appends a finding of a language-level kind; its help is the row's until finding_help says more. */
struct finding *finding_add(struct findings *findings, enum language_rule rule, struct span at,
                            const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Appends a finding of a rule that lives as data. */
struct finding *finding_add_rule(struct findings *findings, str rule, enum severity severity, struct span at, str message);
/* Adds a second place, printed after those added before. */
void finding_also(struct findings *findings, struct finding *finding, struct span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Sets the help line, in place of a general one. */
void finding_help(struct findings *findings, struct finding *finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Says what mends the finding for certain; [text] must live as long as the findings. Returns what can be said more about it. */
struct fix *finding_fix(struct findings *findings, struct finding *finding, struct span at, str text);
/* "5 minors against 8.1 (3 different rules): together likely a major". */
str likely_major_words(struct arena *arena, const struct likely_major *major);
/* What tells a finding from others, whatever moves in its file: rule, record and field, and the message without its numbers where there is no record. */
uint64_t finding_identity(str rule, str record, str field, str message);
/* Sorts by file order, place and rule, drops exact duplicates, computes fingerprints and counts. */
void findings_finish(struct findings *findings);
/* Leaves out what is less severe than [least]; they are finished. */
void findings_leave_lesser(struct findings *findings, enum severity least);
/*
 * Leaves out what [before] has too, matched by fingerprint, and as many of one as are there. Both are finished. What several
 * minors together amount to is left out as well: it is not said who is new among them.
 */
void findings_leave_known(struct findings *findings, const struct findings *before);

#endif
