/* SPDX-License-Identifier: MIT */
/*
 * The shape of an ISMS as the program knows it: kinds of records, their fields, the types of values. Built by
 * resolve/schema.c from schema/isms.schema.json; nothing here names a clause or a control. Lives as long as
 * the session.
 */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "base/audience.h"
#include "base/map.h"
#include "base/str.h"

enum type_tag {
    TYPE_ANY,      /* not known before run time */
    TYPE_NULL,
    TYPE_BOOL,
    TYPE_INT,
    TYPE_DOUBLE,   /* "number" in the schema */
    TYPE_TEXT,     /* one piece of plain text */
    TYPE_MARKDOWN, /* text that is CommonMark */
    TYPE_ENUM,     /* text out of [words] */
    TYPE_DATE,
    TYPE_PERIOD,
    TYPE_RECORD,   /* an object inside a record, or a record found by following a reference: [kind] */
    TYPE_REF,      /* the id of a record of one of [targets]; with [or_text] any text may stand instead */
    TYPE_LIST,     /* of [item] */
    TYPE_COLLECTION, /* records of [kind], keyed by id; a list to expressions */
    TYPE_MAP,      /* text -> [item] */
};

struct kind;
struct record;
struct tone { str word, tone; };   /* tone: good, warning, bad, neutral */

struct type {
    enum type_tag       tag;
    bool                or_text;    /* TYPE_REF */
    bool                level;      /* TYPE_TEXT: a risk level's name */
    bool                is_id;      /* TYPE_TEXT: the record's own id */
    const struct type  *item;
    const struct kind  *kind;
    const struct kind **targets;    /* TYPE_REF: kinds it may name, never none */
    size_t              ntargets;
    const str          *words;      /* TYPE_ENUM */
    size_t              nwords;
    const struct tone  *tones;      /* TYPE_ENUM */
    size_t              ntones;
    const struct tone  *synonyms;   /* TYPE_ENUM: word -> the word it is understood as */
    size_t              nsynonyms;
    bool                undecided;  /* TYPE_BOOL: "undecided" may be written and means null */
};

struct field {
    str                name;
    const struct type *type;
    uint32_t           index;       /* slot in struct record.fields */
    bool               required, computed;
    str                inverse;     /* TYPE_REF (or list of it): the list on the target that collects the enclosing records */
    str                description;
    str                value;       /* computed: the expression over `this` that gives it; empty when the program computes it */
    str                default_from; /* field of the catalogue record with the same id that gives the value when absent */
    bool               front_only;  /* stands only in the head of a Markdown file */
    bool               front_required; /* required there */
    uint8_t            audience;    /* enum audience: who may see it */
    bool               audience_fixed; /* a project can not show it to more */
};

/* A day by which something is to be done with a record: expressions over `this`. */
struct deadline {
    str on, what, owner; /* owner: empty where nobody is named */
};

struct kind {
    str           name;             /* "risk" */
    str           collection;       /* "risks"; empty for kinds that only stand inside others */
    str           description;
    const struct field *title;      /* the field that names a record in print, or NULL */
    struct field *fields;           /* fields[0] is `id` */
    size_t        nfields;
    struct map    by_name;          /* field name -> struct field */
    bool          catalogue_only;   /* users may not write records of it */
    bool          catalogue_complete; /* built-in records count as there without being written */
    const struct kind *defaults_from; /* built-in records of that kind give absent fields of the record with the same id */
    struct deadline *deadlines;
    size_t        ndeadlines;
    str           prefix;           /* "R-": customary start of ids */
    uint32_t      number;
    uint8_t       audience;         /* enum audience: who may see records that say nothing about it */
    struct record *absent;          /* a record of this kind in which nothing is written: what an absent nested object is */
    str           title_of_section; /* description of the collection's section, for the manual */
};

struct schema {
    struct kind **kinds;
    size_t        nkinds;
    struct map    by_name;          /* kind name -> struct kind */
    struct kind  *root;             /* fields are the sections of the vocabulary, catalogue collections included */
    struct kind  *front_matter;     /* a Markdown file's head: the kind of documents */
};

const struct field *kind_field(const struct kind *kind, str name); /* or NULL */
/* Whether it is a list that holds the records that refer to this one (x-inverse). */
bool field_is_inverse(const struct field *field);
const struct kind *schema_kind(const struct schema *schema, str name); /* or NULL */
/* "text", "date", "list of risk", "role or person": for messages and the reference manual. */
str type_name(struct arena *arena, const struct type *type);

#endif
