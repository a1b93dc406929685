/* SPDX-License-Identifier: MIT */
/*
 * Reasoning about static types. What an operation accepts is a set of value tags, one bit each; a static type
 * stands for the set of tags its values may have. A wrong type is one whose set has nothing in common with
 * what is accepted, so TYPE_ANY passes everywhere and is judged at run time. Internal to query/.
 */
#ifndef QUERY_TYPES_H
#define QUERY_TYPES_H

#include "query/query.h"

#define BIT(tag) (1u << (tag))
enum {
    TAGS_NUMBER  = 1u << V_INT | 1u << V_DOUBLE,
    TAGS_ORDERED = 1u << V_BOOL | 1u << V_INT | 1u << V_DOUBLE | 1u << V_TEXT | 1u << V_DATE | 1u << V_PERIOD,
    TAGS_ANY     = (1u << V_BROKEN) - 1,
};

/* The tags values of [type] have; V_NULL, which nearly everything may be, only for TYPE_NULL and TYPE_ANY. */
uint32_t type_tags(const struct type *type);
/* "a date", "text", "a list of risk": after "is" and "needs" in messages. */
str type_phrase(struct arena *arena, const struct type *type);
/* "text, a list or a map": [tags] likewise. */
str tags_name(struct arena *arena, uint32_t tags);
/* The type that is nothing but [tag]. */
const struct type *type_basic(enum type_tag tag);
const struct type *type_list_of(struct arena *arena, const struct type *item);
const struct type *type_record_of(struct arena *arena, const struct kind *kind);
/* A type for values of [a] and [b] alike. */
const struct type *type_join(struct arena *arena, const struct type *a, const struct type *b);
/* The kinds of record a value of [type] may be; 0 for types that are no records, or any record. */
size_t type_kinds(const struct type *type, const struct kind *const **kinds);
/* Whether == can ever hold between the two. */
bool type_comparable(const struct type *a, const struct type *b);
/* The type `a op b` has for one of + - * / %, or NULL where it has none. */
const struct type *type_arithmetic(struct arena *arena, char symbol, const struct type *a, const struct type *b);

#endif
