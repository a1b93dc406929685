/* SPDX-License-Identifier: MIT */
/*
 * The tree of an expression. parser.c makes it from text; check.c finds out what every name means, replaces
 * OP_NAME, OP_SELECT and OP_CALL by what they stand for, and gives each node its type; eval.c runs it.
 * Internal to query/.
 */
#ifndef QUERY_TREE_H
#define QUERY_TREE_H

#include "base/limits.h"
#include "query/query.h"

enum op {
    /* As parsed; none of these is left after check. */
    OP_NAME, OP_SELECT, OP_CALL,
    /* Leaves */
    OP_CONST, OP_SLOT, OP_LOCAL, OP_SECTION, OP_TODAY, OP_EDITION, OP_STAGE,
    /* Access. FIND looks up in a collection by id, HAS_ID asks for one. */
    OP_FIELD, OP_FIELD_OF_MANY, OP_MEMBER, OP_INDEX, OP_FIND, OP_HAS_ID, OP_HAS,
    /* Operators */
    OP_NOT, OP_MINUS, OP_AND, OP_OR, OP_CHOICE, OP_EQUAL, OP_DIFFERENT, OP_LESS, OP_LESS_EQUAL, OP_MORE, OP_MORE_EQUAL,
    OP_IN, OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_MODULO, OP_LIST, OP_MAP,
    /* Functions; MATCHES is the one whose pattern is known beforehand */
    OP_FUNCTION, OP_MATCHES, OP_PART, OP_PARTS,
    /* kids[0], kept for the next time; see once.c */
    OP_ONCE,
    /* Macros: kids[0] is what is walked over, kids[1] the body, kids[2] the result of a map with a condition */
    OP_ALL, OP_EXISTS, OP_EXISTS_ONE, OP_FILTER, OP_TRANSFORM, OP_SORT_BY,
    OP_COUNT
};

/* What a part hangs on: a record in scope, else the outermost variable of a macro around it, by number, else nothing. See once.c */
enum { HANGS_ON_RECORD = -1, HANGS_ON_NOTHING = INT8_MAX };

struct function;
struct regex;

struct node {
    uint8_t            op;       /* enum op */
    uint8_t            depth;    /* of the tree below, itself included */
    uint8_t            local;    /* OP_LOCAL and macros: which variable */
    bool               method;   /* OP_CALL: kids[0] is the receiver */
    bool               absolute; /* OP_NAME: written with a leading dot */
    bool               picks;    /* OP_FILTER: its elements may be found by a text they have; see pick.c */
    int8_t             hangs_on;
    uint32_t           begin, end;
    uint32_t           nkids;
    uint32_t           weight;   /* nodes in the tree below: what one evaluation costs, inner rounds of macros aside */
    struct node      **kids;
    const struct type *type;
    str                name;     /* of a name, field, function or macro variable */
    uint32_t           name_at;  /* where it is written */
    union {
        struct value           value;    /* OP_CONST */
        const struct field    *field;    /* OP_FIELD, OP_SECTION */
        const struct field   **fields;   /* OP_FIELD_OF_MANY: one for each kind of the operand's type, NULL where it has none */
        const struct function *function; /* OP_FUNCTION */
        const struct regex    *regex;    /* OP_MATCHES, OP_PART, OP_PARTS */
        uint32_t               slot;     /* OP_SLOT, OP_ONCE, OP_FILTER that picks */
    };
    const struct kind *kind;     /* OP_FIELD, OP_FIND, OP_HAS_ID */
};

struct expr {
    struct node         *root;
    const struct schema *schema;
};

/* parser.c: the tree of [text], or NULL with *problem set. */
struct node *expr_parse(struct arena *arena, str text, struct query_problem *problem);
/* The symbol a node's operator is written with, or its name: for messages. */
const char *op_symbol(enum op op);

/* check.c: decides names and types in the tree under [root]; false with *problem set when they do not fit. */
bool expr_check(struct arena *arena, const struct schema *schema, const struct query_scope *scope, str text,
                struct node *root, struct query_problem *problem);

/* once.c: the tree with the parts marked that are the same for all records. */
struct node *expr_once(struct arena *arena, const struct query_scope *scope, struct node *root);

#endif
