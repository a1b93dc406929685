/* SPDX-License-Identifier: MIT */
/* The two halves of binding, values (bind.c) and records (records.c), as they see each other. Internal to resolve/. */
#ifndef RESOLVE_BIND_H
#define RESOLVE_BIND_H

#include "resolve/resolve.h"

/* Where a value stands: a chain from the collection's record inwards, for messages and field paths. */
struct place_in {
    const struct place_in *outer;
    str                    name;   /* the key */
    struct record         *record; /* the collection's record, or the root object */
    const struct field    *field;
};

enum fields_of { FIELDS_OF_SOURCE, FIELDS_OF_FRONT_MATTER, FIELDS_OF_CATALOGUE };

/* The value of [node] as [type]; V_BROKEN after a finding. References come as text: see bind_pending. */
struct value bind_value(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node);
/* Registers the reference in [slot], which must not move any more. */
void bind_pending(struct resolver *r, const struct place_in *place, const struct type *type, struct value *slot);
/* Fills [record] from a mapping; unknown, repeated and missing keys are findings. */
void bind_fields(struct resolver *r, const struct place_in *place, struct record *record, const struct node *node, enum fields_of which);
/* The records of one mapping as a list. */
struct value bind_collection(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node, bool builtin);

/* The finding for something else where the keys of one [kind], or the ids of a section of them, should stand. */
struct value bind_wrong_keys(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node);
struct value bind_wrong_section(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node);

struct place_in object_place(const struct resolver *r, const struct place_in *place, struct record *object);
struct finding *bind_finding(struct resolver *r, const struct place_in *place, enum language_rule rule, struct span at, str message);
str place_path(struct arena *arena, const struct place_in *place);
bool is_id(str s);
/* The name of a kind as words, "management review"; and words with "a" or "an" before them. */
str kind_words(struct arena *arena, const struct kind *kind);
str with_article(struct arena *arena, str words);

#endif
