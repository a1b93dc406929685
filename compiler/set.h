/* SPDX-License-Identifier: MIT */
/* Which documents a build makes, and why: templates, built in and of the project, and the project's Markdown files. */
#ifndef SET_H
#define SET_H

#include "session.h"

struct entry {
    str                  name;     /* of the output files, without ending */
    str                  template; /* templates/[template].md makes it; empty for a Markdown file of the project */
    const struct record *each;     /* the record it is about, of several documents that a template makes; NULL: it makes one */
    bool                 again;    /* not the first of them */
    str                  id, title;
    const struct record *policy;   /* a Markdown file of the project; NULL: made by templates/[name].md */
    const struct record *document; /* its control data; NULL where there are none */
    struct weave_head    head;     /* of a template */
    struct list         *types;    /* the document types it stands for, its own first */
    bool                 built;
    bool                 replaced; /* it is never built: a Markdown file of the project takes the template's place, or it would be pages without end */
    str                  why;      /* it is built or left out, in words */
};

struct set {
    LIST_OF(struct entry) list; /* by name */
    struct map names;           /* of all entries, and of their templates */
};

/* The set of the project that was read; in the session's arena. Templates that can not be read are silent here. */
struct set set_of(struct ismsc *s);
/* set_find.c: whether somebody who says [name] means this entry. */
bool set_is_called(const struct entry *entry, str name);
/* The names of those that may be meant by a name that no entry has, as words: "a, b or c". Empty: none is like it. */
str set_suggest(struct arena *arena, const struct set *set, str asked);
/* Whether an entry is made in [format]: docx, html, md, json or xlsx. */
bool set_has_format(const struct entry *entry, const char *format);
/* Whether it is only ever a page or a workbook, which is no documented information: nobody approves it. */
bool set_is_page(const struct entry *entry);
/* Whether it is a page about one record. */
bool set_is_record_page(const struct entry *entry);
/* The set as records of the model (`document_set`), for documents and queries, without pages that are no document, such as the index. */
void set_tell(struct ismsc *s, const struct set *set);
/* The name of the starter for a type of document; empty when there is none. */
str starter_for(struct ismsc *s, str type);
/* What the list of the set says of an entry: set_list.c. Texts are in the session's arena. */
void set_find_types(struct ismsc *s, struct entry *entry);
str set_demand(struct ismsc *s, const struct entry *entry);     /* why a clause or control asks for it; empty: none does */
str set_obligation(const struct entry *entry);                 /* mandatory, conditional, customary, or empty */
str set_status(const struct entry *entry);
str set_kind(const struct entry *entry);
struct value set_title(const struct entry *entry);             /* as it was written, where somebody wrote it: that is in no other language */
struct value set_clauses(struct ismsc *s, const struct entry *entry);
str set_words(struct arena *arena, struct value list);         /* texts with commas between */
/* The records of `documents`. */
const struct list *set_records(const struct ismsc *s);
/* "templates/x.md" -> "x"; false for partials and everything else. */
bool set_template_name(str path, str *name);
/* The same, and "templates/customer/x.md" -> "customer/x". */
bool set_template_of_any(str path, str *name);

#endif
