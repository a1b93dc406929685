/* SPDX-License-Identifier: MIT */
/*
 * Templates and policies to documents. A text is Mustache over Markdown: it is expanded with an opaque mark
 * for every value, parsed as Markdown, and only then the values take the places of their marks as typed nodes.
 * So no value can open a heading, break a table or become HTML, whatever characters it has.
 *
 * What is wrong with a text draws findings in the text's own lines; a document is made all the same.
 */
#ifndef WEAVE_WEAVE_H
#define WEAVE_WEAVE_H

#include "diag/finding.h"
#include "load/provider.h"
#include "load/source.h"
#include "model/model.h"
#include "weave/document.h"

/* What the documents have in common that one template makes of many records: it is read, checked and compiled for the first of them. */
struct weave_shared;
/* Of no template yet. What it holds belongs to [arena], and goes when another template comes. */
struct weave_shared *weave_shared_new(struct arena *arena);

struct weave {
    struct arena        *arena;    /* of the documents; may be closed between two of them */
    struct findings     *findings;
    struct sources      *sources;
    const struct model  *model;
    enum audience        audience; /* for whom documents are made: the model holds only what they may see, and passages are cut */
    const struct model  *whole;    /* the model of which that is a part; NULL where it is all of it */
    const struct brand  *brand;    /* NULL: the default one */
    struct weave_shared *shared;   /* for templates with `each`: kept while documents of one of them follow each other; NULL: nothing is */
    size_t               piece;    /* bytes of a text that are woven at once, when it is long; 0: as many as is good */
    /*
     * A template's text and source under its path: "templates/risk-treatment-plan.md", "templates/partials/x.md".
     * The project's folder wins over the brand's, that over --data and the built-in one; a path that begins with
     * "<brand>/" or "<built-in>/" asks for that one alone, so that a template can override blocks of the one it replaces.
     * False when there is none.
     */
    bool (*resource)(void *state, str path, str *bytes, struct source **source);
    /* Hears of each record that the document has a heading or row of, by its anchor; a heading weighs SIZE_MAX, a row what its table has rows. */
    void (*place)(void *state, str anchor, size_t weight);
    void *state;
    str language; /* of what templates make, instead of the organisation's; empty: that */
    /* The words of a language, NULL: English. Where it is NULL itself, all is English. */
    const struct doc_words *(*words)(void *state, str language);
    /* Hears of each text of a template that has no translation into the language of the document; NULL: nobody wants to know. */
    void (*untranslated)(void *state, str text);
    /* The bytes of a file of the project, at most [max]; NULL: there are none. */
    enum load_status (*file)(void *state, struct arena *arena, str path, size_t max, str *bytes);
};

/*
 * The document that templates/[name].md makes; NULL, after a finding, when there is no such template. [record]: the one of `each` in
 * its head that the document is about; NULL where the head has no `each`, or where there is no record yet.
 */
struct document *weave_template(struct weave *weave, str name, const struct record *record);
/* The document of a Markdown file of the project: [record] is its record of `documents`. NULL when it is no such file. */
struct document *weave_policy(struct weave *weave, const struct record *record);
/* What the head of a template says about the document it makes, its own or its parent's. */
struct weave_head {
    str          id, title;
    struct words { const str *at; size_t len; } clauses, covers, from; /* covers: more types of documents; from: sections of the ISMS */
    struct words formats; /* the only ones it is made in, such as html; none: all */
    str          when;   /* the condition as written; empty: none */
    bool         wanted; /* it holds; also when it can not be computed, which is a finding of the build */
    bool         search; /* its page searches all others, so it is made when they are */
    enum audience audience; /* who may have it */
    const struct list *each; /* the records that get a document each; NULL: one document of all */
};
/* Reads the head of templates/[name].md. False when it makes no document: it has no id. */
bool weave_head(struct weave *weave, str name, struct weave_head *head);
/* Only the findings, for `ismsc check`. */
void weave_check_template(struct weave *weave, str name);
void weave_check_policy(struct weave *weave, const struct record *record);
/* A Markdown field of a record. Its links to headings are not judged: documents print it where they like. */
void weave_check_field(struct weave *weave, struct value field);
/* slip.c: the same for a list whose lines YAML joins to one, of which the text of the field tells nothing. */
void weave_check_folding(struct weave *weave, struct value field);

/*
 * harmless.c: whether nothing can be wrong in a Markdown text, as its bytes tell: weaving it then draws no finding. Says
 * no where it is not sure. Most texts have no marks but emphasis, lists, plain tables and links to records that are there.
 */
bool weave_is_harmless(const struct model *model, str text);

/* Whether [record] of `documents` is a Markdown file of the project. */
bool weave_is_policy(const struct weave *weave, const struct record *record);

#endif
