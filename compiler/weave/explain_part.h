/* SPDX-License-Identifier: MIT */
/* What the parts of explain share: a page being made, and words for values. Internal to weave/. */
#ifndef WEAVE_EXPLAIN_PART_H
#define WEAVE_EXPLAIN_PART_H

#include "weave/explain.h"

struct page {
    struct arena               *arena;
    const struct explain_input *in;
    struct document            *document;
    struct doc_node            *facts; /* the table page_fact adds to, or NULL */
    struct doc_node            *table; /* the table page_row adds to */
    struct doc_node            *list;  /* the list page_item adds to, or NULL */
};

/* ---- making a page (explain_page.c) ---- */

struct page page_begin(struct arena *arena, const struct explain_input *in, const char *kind, str id, str title, str subtitle);
/* A row of facts; nothing when there is no value. [words] is what a reader gets, where it differs. */
void page_fact(struct page *page, str key, str label, str value, str words);
/* A row whose value is a list of texts; nothing when it is empty. */
void page_facts(struct page *page, str key, str label, const str *values, size_t count);
/* Begins a section; an empty key leaves it out for programs. */
void page_section(struct page *page, const char *key, const char *title);
/* Paragraphs, set apart by empty lines; `word` in backquotes is code. */
void page_text(struct page *page, str text);
void page_item(struct page *page, str text);
void page_code(struct page *page, str text);
/* Begins a table; keys are for programs, titles for readers. */
void page_table(struct page *page, size_t columns, const char *const *keys, const char *const *titles);
void page_row(struct page *page, const str *cells);

/* ---- words (explain_words.c) ---- */

/* "treatment.approved_by" -> "treatment, approved by". */
str words_of_key(struct arena *arena, str key);
/* "ACT-001 Buy storage": id and title of a record; only one where they are the same. */
str words_of_record(struct arena *arena, const struct record *record);
/* A value on one line; references with their titles. */
str words_of_value(struct arena *arena, struct value value);
/* "risks/platform.yaml:12", or empty. */
str words_of_place(const struct page *page, struct span span);
str words_of_basis(str basis);
/* What the project's edition of the standard calls a clause; what 2013 lacks keeps its number. */
str clause_id(const struct explain_input *in, const struct record *clause);
/* "6.1.3 d)" -> "6.1.3 d) Information security risk treatment"; controls as well; in the numbers of the project's edition. */
str words_of_clause(const struct page *page, str clause);

/* ---- looking things up ---- */

/* The record called [id] in a section of the root, catalogue sections included. */
struct record *record_in(const struct model *model, size_t section, str id);
/* Whether [clause], as rules and findings write it, is the clause [id] or a part of it. */
bool is_part_of_clause(str clause, str id);
/* Findings that [wanted] takes, as a section; nothing when there are none. */
void page_findings(struct page *page, bool (*wanted)(const struct finding *finding, str id), str id);
/* Everything in the ISMS that refers to [record], as a section. */
void page_referrers(struct page *page, const struct record *record);
/* The fields of [record], nested ones included. With [written] only what the ISMS says, not what the catalogue does. */
void page_fields(struct page *page, const struct record *record, bool written);

/* ---- one function for each kind of thing; each gives a page ---- */

struct document *explain_rule(struct arena *arena, const struct explain_input *in, const struct rule *rule);
struct document *explain_language(struct arena *arena, const struct explain_input *in, const struct language_row *row);
struct document *explain_control(struct arena *arena, const struct explain_input *in, const struct record *control);
/* A control of the edition that the model does not have. */
struct document *explain_other_control(struct arena *arena, const struct explain_input *in, const struct node *control);
struct document *explain_clause(struct arena *arena, const struct explain_input *in, const struct record *clause);
struct document *explain_document_type(struct arena *arena, const struct explain_input *in, const struct record *type);
struct document *explain_record(struct arena *arena, const struct explain_input *in, const struct record *record);
/* A section of the sources: its keys and what to write. */
struct document *explain_section(struct arena *arena, const struct explain_input *in, const struct field *section);
struct document *explain_kind(struct arena *arena, const struct explain_input *in, const struct kind *kind);
/* A list of things in whose titles the words of [what] stand; NULL: there are none. */
struct document *explain_search(struct arena *arena, const struct explain_input *in, str what);

#endif
