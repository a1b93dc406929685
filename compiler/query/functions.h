/* SPDX-License-Identifier: MIT */
/*
 * The functions expressions may call: functions.def as a table. functions.c holds the table, the check of
 * arguments and the conversions; functions_text.c, functions_list.c,
 * functions_record.c and functions_date.c the rest. A function
 * is only called with arguments of the tags its row accepts, never with V_BROKEN. Internal to query/.
 */
#ifndef QUERY_FUNCTIONS_H
#define QUERY_FUNCTIONS_H

#include "query/query.h"

enum { FUNCTION_ARGS = 3 };
enum function_form { FORM_GLOBAL = 1, FORM_METHOD = 2, FORM_BOTH = 3 };
enum function_gives {
    GIVES_ANY, GIVES_BOOL, GIVES_INT, GIVES_DOUBLE, GIVES_TEXT, GIVES_DATE, GIVES_PERIOD, GIVES_TEXTS, GIVES_INTS,
    GIVES_SAME,    /* the type of the first argument */
    GIVES_LIST,    /* a list of what the first argument has */
    GIVES_ITEM,    /* an element of the first argument */
    GIVES_FLAT,    /* a list of the elements of the first argument's elements */
    GIVES_PERSONS, /* a list of people */
};

struct function {
    const char         *name;
    enum function_form  forms;
    uint32_t            least, most;
    uint32_t            accepts[FUNCTION_ARGS];
    enum function_gives gives;
    struct value      (*call)(struct query_run *run, const struct value *args, size_t nargs);
};

/* The function called [name], or NULL. */
const struct function *function_named(str name);
/* The n-th row of the table, NULL behind the last: for suggestions. */
const struct function *function_at(size_t n);
/* Calls [function] once its arguments are checked; V_BROKEN when one is broken, absent or of a wrong type. */
struct value function_call(const struct function *function, struct query_run *run, const struct value *args, size_t nargs);
/* The static type of a call whose first argument is of type [first]. */
const struct type *function_type(struct arena *arena, const struct schema *schema, const struct function *function,
                                 const struct type *first);

/* What `matches`, `find` and `findAll` do once their pattern is compiled; [text] is V_TEXT. Parts keep their place. */
struct regex;
struct value pattern_matches(struct query_run *run, const struct regex *regex, struct value text);
struct value pattern_find(struct query_run *run, const struct regex *regex, struct value text);
struct value pattern_find_all(struct query_run *run, const struct regex *regex, struct value text);

/* Counts [steps] of work; false when the run has used up its limit. */
static inline bool spend(struct query_run *run, uint64_t steps)
{
    run->cost += steps;
    return run->cost <= run->limit;
}

#define BROKEN(why) value_broken(STR(why))
#define BROKEN_NO_VALUE BROKEN("no value")
#define BROKEN_OVERFLOW BROKEN("the number is too large")
#define BROKEN_TOO_MUCH BROKEN("too much work")

#define FUNCTION(name, forms, least, most, first, second, third, gives, implementation) \
    struct value fn_##implementation(struct query_run *run, const struct value *args, size_t nargs);
#include "query/functions.def"
#undef FUNCTION

#endif
