/* SPDX-License-Identifier: MIT */
/* The typed ISMS: one root record whose fields are the sections, look-up of records by id. Data without behaviour. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "model/schema.h"
#include "model/value.h"

struct model {
    const struct schema *schema;
    struct record       *root;     /* root->fields[field->index] is a section; a collection is a V_LIST of V_RECORD */
    struct map           by_id;    /* id -> struct record, over all collections; ids are unique over them */
    int32_t              today;    /* the day everything is judged at */
    str                  edition;  /* "2022" or "2013" */
    struct span          origin;   /* the beginning of isms.yaml: where to point when nothing nearer is written */
    struct span         *comments; /* for each field of the root: "# issues:", a section that waits in a comment; or SPAN_NONE */
    str                  stage;    /* draft, stage-1, stage-2, certified */
};

/* The record called [id], or NULL. */
struct record *model_find(const struct model *model, str id);
/* A value of the root: model_section(model, STR("risks")). V_NULL when the schema has no such section. */
struct value model_section(const struct model *model, str name);
/* A field by name; V_NULL when the kind has no such field. */
struct value record_get(const struct record *record, str field);
/* What names the record in print: its title, else its id. */
str record_title(const struct record *record);
/* A record of [kind] with all slots at their absent value. */
struct record *record_new(struct arena *arena, const struct kind *kind);
/* The value a field has when nobody wrote it. */
struct value value_absent(const struct type *type);

#endif
