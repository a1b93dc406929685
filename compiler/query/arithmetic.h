/* SPDX-License-Identifier: MIT */
/* What operators do with values at run time. Operands may be anything, the result is V_BROKEN where they do not fit. */
#ifndef QUERY_ARITHMETIC_H
#define QUERY_ARITHMETIC_H

#include "query/query.h"

/* a + b; new texts and lists belong to run->arena and cost their length. */
struct value value_add(struct query_run *run, struct value a, struct value b);
struct value value_subtract(struct value a, struct value b);
struct value value_multiply(struct value a, struct value b);
struct value value_divide(struct value a, struct value b);
struct value value_modulo(struct value a, struct value b);
struct value value_minus(struct value a);
/* Sets *order to <0, 0, >0; or returns false and sets *why to a broken value. */
bool value_order(struct value a, struct value b, int *order, struct value *why);
/* The broken value for an operand that is broken, absent or of a wrong type. */
struct value value_unfit(struct value value);

#endif
