/* SPDX-License-Identifier: MIT */
/* Template files: their head and body, the templates they build on, and a check of every name in them. Internal to weave/. */
#ifndef WEAVE_TEMPLATE_H
#define WEAVE_TEMPLATE_H

#include "parse/node.h"
#include "weave/weaving.h"

/* A parsed template, partial or policy. */
struct template {
    str                path, stem; /* "templates/risk-methodology.md", "risk-methodology" */
    struct source     *source;
    const struct node *head;   /* front matter; NULL when there is none */
    struct mustache   *body;
    struct template   *parent; /* the one whose blocks this one replaces, or NULL */
    str                language; /* the one it is written in, as its head says; empty: that of the document */
};

/* An entry of `let:`. */
struct let {
    const struct node *entry;
    struct query_name  name;
    struct expr       *expr; /* NULL: it is wrong, and has a finding */
};

/* All about a template that hangs on no record; the texts in it, once for all documents that it makes. */
struct weave_shared {
    struct arena      *arena;
    str                name;      /* of the template that makes the documents */
    struct map         bodies;    /* path -> struct template, parsed */
    const struct type *each;      /* what `each` is; NULL: there is none */
    LIST_OF(struct let) lets;     /* the parents' first */
    struct query_once  once;      /* of lets: parts that are the same for all records. Without arena nothing is kept */
    bool               known;     /* the template is opened, compiled and checked */
    bool               one_piece; /* the text can not be woven in pieces */
};

/* Forgets what is shared if that is of another template than [name]. */
void template_share(struct weave *weave, str name);

/* The template at [path], parsed once; NULL when there is none. The document is in its language from then on. */
struct template *template_load(struct weaving *w, str path);
/* From now on the document is in the template's language, if that says which it is. */
void template_speak(struct weaving *w, const struct template *template);
/* templates/[name].md with its parents, their heads checked; NULL after a finding. */
struct template *template_open(struct weaving *w, str name);
/* A policy as a template without head: what stands there is its control data, which the model has. */
struct template *template_of_policy(struct weaving *w, struct source *source);
/* Finds what {{>name}} or {{<name}} asks for; NULL after a finding. */
struct template *template_partial(struct weaving *w, const struct mustache *tag);
/* Follows `parent:`, or a {{<name}} that the whole body stands in, up to 32 of them. */
void template_inherit(struct weaving *w, struct template *template);

/* An entry of the head, from the template itself or the nearest parent that has it. */
const struct node *template_entry(const struct template *template, const char *key);
str  template_text(const struct template *template, const char *key);
/* The same in the document's language. */
str  template_say(const struct weaving *w, const struct template *template, const char *key);
/* yes or no; [otherwise] when the entry is missing. */
bool template_flag(struct weaving *w, const struct template *template, const char *key, bool otherwise);
/* Who may have the document, as `audience` in the head says; a word that names nobody: nobody else. */
enum audience template_audience(const struct template *template);
/* Unknown entries of the head as findings. */
void template_check_head(struct weaving *w, const struct template *template);
/* The records of `each` in the head, in [type] what one of them is; NULL where there is no such entry, or after a finding. */
const struct list *template_each(struct weaving *w, const struct template *template, const struct type **type);
/* Computes `let:`; each name may use those before it. */
void template_let(struct weaving *w, const struct template *template);
/* Adds a name that expressions and the body may use. */
void template_name(struct weaving *w, struct query_name name, struct value value);

/* names.c: every name in the body against the shape of the ISMS, as findings. [own]: the kind of the text's own record, or NULL. After
   this all is known that hangs on no record. */
void template_check_names(struct weaving *w, const struct template *template, const struct kind *own);

#endif
