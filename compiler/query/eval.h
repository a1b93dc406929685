/* SPDX-License-Identifier: MIT */
/* Running a checked tree: what eval.c and macros.c share. Internal to query/. */
#ifndef QUERY_EVAL_H
#define QUERY_EVAL_H

#include "query/functions.h"
#include "query/tree.h"

struct eval {
    struct query_run   *run;
    /* Variables of the macros around; a macro's number is how many enclose it. */
    const struct value *locals[LIMIT_EXPR_DEPTH];
};

/* The value of any node. */
struct value evaluate(const struct node *node, struct eval *e);

/* macros.c: one per macro. */
struct value eval_all(const struct node *node, struct eval *e);
struct value eval_exists(const struct node *node, struct eval *e);
struct value eval_exists_one(const struct node *node, struct eval *e);
struct value eval_filter(const struct node *node, struct eval *e);
struct value eval_transform(const struct node *node, struct eval *e);
struct value eval_sort_by(const struct node *node, struct eval *e);

/* pick.c: whether [filter] asks elements of a list that hangs on nothing for a text. */
bool pick_is_possible(const struct node *filter);
/* What [filter] keeps of the list [of]; false where only going through it can tell. */
bool pick(const struct node *filter, struct value of, struct eval *e, struct value *out);

#endif
