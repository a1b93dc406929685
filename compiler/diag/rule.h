/* SPDX-License-Identifier: MIT */
/* A rule as written: texts only. rules/ compiles and runs them; resolve/rulefile.c reads them from YAML. */
#ifndef DIAG_RULE_H
#define DIAG_RULE_H

#include "base/arena.h"
#include "base/map.h"
#include "diag/finding.h"

struct valuemap; /* of model/value.h: a rule only carries it */

/* An expression or text of a rule with its place in the rule's file. */
struct rule_text {
    str         text;
    struct span span;
};

/* A further place to show: an expression giving a value or record, and what to say there. */
struct rule_also {
    struct rule_text at, label;
};

/* A name for what the rule asks more than once. */
struct rule_let {
    str              name;
    struct rule_text value;
};

struct rule {
    str           id, name, title, clause, basis, from_stage, why, fix;
    enum severity severity;
    struct rule_text for_each; /* "control in controls"; empty: once for the whole ISMS */
    struct rule_text each;     /* "finding in audit.findings" */
    struct rule_text given;    /* asked once, before any record */
    struct rule_let *lets;     /* for what comes after `when`, each for those behind it as well */
    size_t        nlets;
    struct rule_text when, assert, at, message;
    str           since;       /* edition of the rules that brought it, "2026.1" */
    str           builtin;     /* id of the language finding this rule documents; then there is no assert */
    struct valuemap *params;   /* or NULL */
    struct rule_also *also;
    size_t        nalso;
    struct rule_text *yields;  /* what findings are called that say it better: this one is silent about what one of them spoke of */
    size_t        nyields;
    struct span   span;        /* its id */
    bool          project;     /* comes from the project's rules/ folder */
};

/* The keys that are a plain text, and those that are an expression or a text with expressions: where a rule has them. */
struct rule_key {
    const char *key;
    size_t      offset;
};
enum { RULE_TEXTS = 10, RULE_PLACES = 7 };
extern const struct rule_key rule_texts[RULE_TEXTS], rule_places[RULE_PLACES];

static inline str *rule_text_of(const struct rule *rule, size_t i) { return (str *)((uintptr_t)rule + rule_texts[i].offset); }
static inline struct rule_text *rule_place_of(const struct rule *rule, size_t i) { return (struct rule_text *)((uintptr_t)rule + rule_places[i].offset); }

struct rules {
    LIST_OF(struct rule *) list; /* in the order of the files, built-in first */
    size_t     linked;           /* the first ones, that yield to what findings carry, not to names any more */
    struct map by_id;            /* by id and by name */
    struct map by_code;          /* by what its findings are called: its id, or that of the language finding it documents */
};

/* What became of a rule in a check. */
enum rule_state {
    RULE_RUN,
    RULE_WAITING,  /* it starts to count at a later stage */
    RULE_DISABLED, /* switched off under `checks`, with a reason */
    RULE_FOREIGN,  /* about what the project's edition of the standard does not have */
    RULE_HELD,     /* about the whole ISMS, while some file can not be read */
    RULE_LESS,     /* of a severity that was not asked for */
    RULE_WRONG,    /* an expression of it does not compile */
    RULE_STATES
};

/* What the findings of a rule are called. */
static inline str rule_code(const struct rule *rule) { return rule->builtin.len ? rule->builtin : rule->id; }

/* Stages of certification in order: draft 0, stage-1 1, stage-2 2, certified 3; draft for anything else. */
int stage_number(str stage);

/* Whether the standard leaves no choice: a requirement of clauses 4 to 10. */
bool rule_is_clause_requirement(const struct rule *rule);
/* Whether an expression of the rule, or one in its message, has [word]. */
bool rule_names(const struct rule *rule, str word);
/* The id or name of a rule nearest to a misspelt one, or empty. */
str rules_nearest(const struct rules *rules, str name);

#endif
