/* SPDX-License-Identifier: MIT */
/* The checker's state, and what its three files share. check.c walks, names.c finds out what names mean, operators.c judges operands. */
#ifndef QUERY_CHECK_H
#define QUERY_CHECK_H

#include "query/query.h"

struct node;

/* A macro's variable while its body is checked. */
struct local {
    str                 name;
    const struct type  *type;
    uint8_t             number;
    const struct local *outer;
};

struct checker {
    struct arena             *arena;
    const struct schema      *schema;
    const struct query_scope *scope;
    str                       text;
    const struct local       *locals;
    bool                      failed;
    struct query_problem     *problem; /* the first one is kept */
};

/* Notes that the name of [node], which is not the whole of it, is wrong. */
void wrong_name(struct checker *c, const struct node *node, str message, str help);
/* Notes that [node] is wrong. [help] may be empty. */
void wrong(struct checker *c, const struct node *node, str message, str help);
/* The text of [node] for messages, shortened when long. */
str as_written(const struct checker *c, const struct node *node);

/* names.c: kids are checked already; each turns the node into what it means. */
void check_name(struct checker *c, struct node *node);
void check_select(struct checker *c, struct node *node);
void check_index(struct checker *c, struct node *node);
void check_call(struct checker *c, struct node *node);
/* Before the kids: their names may mean something only to the function that was meant. */
void check_known(struct checker *c, const struct node *node);

/* operators.c: likewise. */
void check_equality(struct checker *c, struct node *node);
void check_order(struct checker *c, struct node *node);
void check_in(struct checker *c, struct node *node);
void check_arithmetic(struct checker *c, struct node *node);
void check_minus(struct checker *c, struct node *node);
/* That [node] can be true or false; [of] is how what needs it is written. */
void check_condition(struct checker *c, struct node *node, str of);

#endif
