/* SPDX-License-Identifier: MIT */
/* What the files of the reader of reference documents share. */
#ifndef WEAVE_REFERENCE_PART_H
#define WEAVE_REFERENCE_PART_H

#include "load/archive.h"
#include "weave/reference.h"

/* A relationship of a part. */
struct relation { str id, type, target; bool external; }; /* target: the part's name in the archive */
struct relations { LIST_OF(struct relation); };

struct reading_reference {
    struct arena     *arena;   /* of the reference */
    struct arena     *scratch; /* of the bytes of its parts */
    struct findings  *findings;
    struct span       at;
    str               name;
    struct archive   *archive;
    struct reference_document *out;
};

/* A finding that something in [part] is left out. */
void reference_left_out(struct reading_reference *r, str part, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The tree of a part; NULL, or why there is none. */
const char *reference_tree(struct reading_reference *r, str part, const char *keep, struct xml_node **root);
/* What the part refers to; nothing when it has no relationships. */
void reference_relations(struct reading_reference *r, str part, struct relations *relations);
/* The relation whose type ends with "/kind" (any id), or whose id is [id] (any kind). */
const struct relation *relation_of_kind(const struct relations *relations, const char *kind);
const struct relation *relation_of_id(const struct relations *relations, str id);

/* reference_style.c: w:styles. */
void reference_styles(struct reading_reference *r, const struct xml_node *root);
/* reference_clean.c: properties in [node] and below in the order of the schema, without what has no place in a look. */
void reference_clean(struct arena *arena, struct xml_node *node);
/* reference_theme.c: a:theme. */
void reference_theme(struct reading_reference *r, const struct xml_node *root);
/* reference_frame.c: a header or footer of [part]; NULL after a finding. */
const struct xml_node *reference_frame(struct reading_reference *r, str part, struct xml_node *root);

#endif
