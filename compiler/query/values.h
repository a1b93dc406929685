/* SPDX-License-Identifier: MIT */
/* Comparing and naming values inside query/; what others need of it is in query.h. */
#ifndef QUERY_VALUES_H
#define QUERY_VALUES_H

#include "query/query.h"

struct buf;

/*
 * Like value_equal; sets *unknown where only a broken element stands between the two being equal. Adds the
 * work to *cost.
 */
bool values_same(struct value a, struct value b, bool *unknown, uint64_t *cost);
/*
 * Counts all elements of a list or map that is about to become part of another, those of lists within it
 * included; false when the run's limit is passed. Lists share their elements, so [[x, x], [x, x]] and so on
 * would else make something of a size nobody can walk out of a few steps.
 */
bool value_weigh(struct query_run *run, struct value value);
/* Equal values have equal hashes. */
uint64_t value_hash(struct value value);
/* What type() calls it: CEL's name, or the kind of a record. */
str value_type_name(struct value value);
/* Orders two numbers, whole or not, without rounding: <0, 0, >0. */
int numbers_compare(struct value a, struct value b);
/* Lengths of periods on a scale where a year is as long as it is on average. */
int periods_compare(struct period a, struct period b);
/* The shortest decimal number that reads back as [number]. */
void put_double(struct buf *out, double number);
/* value_print into a buffer. */
void put_value(struct buf *out, struct value value);
/* Whether nobody wrote or computed it: null, empty text, empty list, an object without content. */
bool value_is_absent(struct value value);

#endif
