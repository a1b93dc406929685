/* SPDX-License-Identifier: MIT */
/*
 * The expression language: the subset of CEL that rules, templates and `ismsc query` need. Text is compiled
 * once against the types the schema gives and evaluated many times. Evaluation always ends: there are no
 * loops but those over lists, and every step is counted against a limit.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "model/model.h"

/* A name an expression may use besides the sections of the root, `today`, `edition` and `stage`. */
struct query_name {
    str                name;
    const struct type *type;
    bool               fixed; /* has one value for as long as query_scope.once is kept */
};

/* A part of an expression that is the same for all records, and its value once it was needed; of a list also its elements by a text. */
struct query_kept {
    bool         known;
    struct value value;
    struct map  *index;
};
struct query_once {
    struct arena      *arena; /* where values live */
    struct query_kept *at;
    size_t             len, room;
    const struct field *varies; /* a section that has another value for each record, or NULL */
};

/* Names in scope; a name's position is its slot in struct query_run.slots. */
struct query_scope {
    const struct query_name *names;
    size_t                   len;
    struct query_once       *once; /* or NULL: nothing is kept between evaluations */
};

/* What is wrong with an expression: a message, and the bytes [begin, end) of its text it concerns. */
struct query_problem {
    str    message, help; /* help may be empty */
    size_t begin, end;
};

struct expr;

/*
 * Compiles [text]; NULL when it is wrong, and then *problem says why. Strings and the tree belong to [arena]
 * (text is not copied).
 */
struct expr *expr_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope,
                          str text, struct query_problem *problem);
/* The static type of the result. */
const struct type *expr_type(const struct expr *expr);
/* Whether the result is the same for as long as query_scope.once is kept: it depends on no record in scope. */
bool expr_hangs_on_nothing(const struct expr *expr);
/*
 * Whether the result depends on more than the records in scope and those they name: on a section of the ISMS or on a list
 * of what refers to a record, which are short while some file can not be read.
 */
bool expr_looks_around(const struct expr *expr);
/* The type of what a macro or a `for` meets in a list, collection or map of [type]; NULL where there is nothing to walk over. */
const struct type *type_element(struct arena *arena, const struct type *type);

/* Patterns that are not written in an expression but come from values, such as `params.words`: compiled once, not for each record. */
struct query_patterns {
    struct arena *arena; /* outlives the runs that share it */
    struct map    compiled;
};

/* One evaluation's surroundings. Lists and texts made on the way belong to [arena]. */
struct query_run {
    struct arena       *arena;
    struct query_patterns *patterns; /* or NULL */
    struct query_once  *once;  /* that of the scope it was compiled in, or NULL */
    const struct model *model;
    const struct value *slots; /* one for each name of the scope */
    uint64_t            cost;  /* steps taken so far, in and out */
    uint64_t            limit; /* LIMIT_EXPR_COST or less */
    bool                hangs; /* out: a text holds a value that hangs on a finding about the sources */
};

/* The value of [expr]; V_BROKEN when it can not be computed (with the reason as text). */
struct value expr_eval(const struct expr *expr, struct query_run *run);

/*
 * What a field path such as `control.applicable` names: the record (or nested object) and its field, so that
 * an absent one has a place too. False when [expr] is no path or its record can not be reached.
 */
bool expr_place(const struct expr *expr, struct query_run *run, struct record **record, const struct field **field);

/*
 * Text with expressions in it, as rules have in `message`: `{expr}` stands for the printed value, `{{` for a
 * brace. What can not be computed prints as "?". Offsets of problems count from the start of [text].
 */
struct expr_text;
struct expr_text *text_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope,
                               str text, struct query_problem *problem);
str text_eval(const struct expr_text *text, struct query_run *run);

/* Equality as CEL has it (1 == 1.0, lists and maps by element, records by identity). */
bool value_equal(struct value a, struct value b);
/* A total order for sorting and min/max: by number, date, text (natural), record id; different tags by tag. */
int value_compare(struct value a, struct value b);
/* Readable plain text: dates as 2026-03-31, booleans yes/no, records by title, lists joined with ", ". */
str value_print(struct arena *arena, struct value value);
/* JSON for `ismsc query --format json`: records as objects of what was written and computed (references as ids). */
struct buf;
void value_json(struct buf *out, struct value value);

#endif
