/* SPDX-License-Identifier: MIT */
/* The table of functions, the check of arguments at run time, conversions. */
#include "query/functions.h"

#include "query/arithmetic.h"
#include "query/types.h"
#include "query/values.h"

static const struct function functions[] = {
#define TEXT     BIT(V_TEXT)
#define LIST     BIT(V_LIST)
#define MAP      BIT(V_MAP)
#define RECORD   BIT(V_RECORD)
#define BOOL     BIT(V_BOOL)
#define INT      BIT(V_INT)
#define DOUBLE   BIT(V_DOUBLE)
#define DATE     BIT(V_DATE)
#define PERIOD   BIT(V_PERIOD)
#define TYPE     BIT(V_TYPE)
#define NULL_TOO BIT(V_NULL)
#define ANYTHING TAGS_ANY
#define FUNCTION(name, forms, least, most, first, second, third, gives, implementation) \
    { name, FORM_##forms, least, most, { first, second, third }, gives, fn_##implementation },
#include "query/functions.def"
#undef FUNCTION
};

const struct function *function_at(size_t n) { return n < sizeof functions / sizeof *functions ? &functions[n] : NULL; }

const struct function *function_named(str name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions && name.len; i++)
        if (functions[i].name[0] == name.at[0] && str_eq(name, str_of(functions[i].name)))
            return &functions[i];
    return NULL;
}

struct value function_call(const struct function *function, struct query_run *run, const struct value *args, size_t nargs)
{
    for (size_t i = 0; i < nargs; i++) {
        if (args[i].tag == V_BROKEN)
            return args[i];
        if (!(function->accepts[i] & BIT(args[i].tag)))
            return args[i].tag == V_NULL ? BROKEN_NO_VALUE : BROKEN("wrong type");
    }
    return function->call(run, args, nargs);
}

static const struct type *persons_type(struct arena *arena, const struct schema *schema)
{
    const struct kind *person = schema_kind(schema, STR("person"));
    return type_list_of(arena, person ? type_record_of(arena, person) : type_basic(TYPE_ANY));
}

static const struct type *item_type(struct arena *arena, const struct type *list)
{
    const struct type *item = type_element(arena, list);
    return item ? item : type_basic(TYPE_ANY);
}

const struct type *function_type(struct arena *arena, const struct schema *schema, const struct function *function,
                                 const struct type *first)
{
    switch (function->gives) {
    case GIVES_BOOL:    return type_basic(TYPE_BOOL);
    case GIVES_INT:     return type_basic(TYPE_INT);
    case GIVES_DOUBLE:  return type_basic(TYPE_DOUBLE);
    case GIVES_TEXT:    return type_basic(TYPE_TEXT);
    case GIVES_DATE:    return type_basic(TYPE_DATE);
    case GIVES_PERIOD:  return type_basic(TYPE_PERIOD);
    case GIVES_TEXTS:   return type_list_of(arena, type_basic(TYPE_TEXT));
    case GIVES_INTS:    return type_list_of(arena, type_basic(TYPE_INT));
    case GIVES_SAME:    return first;
    case GIVES_LIST:    return type_list_of(arena, item_type(arena, first));
    case GIVES_ITEM:    return item_type(arena, first);
    case GIVES_FLAT:    return type_list_of(arena, item_type(arena, item_type(arena, first)));
    case GIVES_PERSONS: return persons_type(arena, schema);
    case GIVES_ANY:     break;
    }
    return type_basic(TYPE_ANY);
}

/* The rest: conversions. Unused parameters are those of the common signature. */
#define UNUSED (void)run, (void)nargs

struct value fn_abs(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    if (args->tag == V_DOUBLE)
        return value_double(args->d < 0 ? -args->d : args->d);
    return args->i < 0 ? value_minus(*args) : value_int(args->i);
}

struct value fn_int(struct query_run *run, const struct value *args, size_t nargs)
{
    int64_t number;
    UNUSED;
    if (args->tag == V_TEXT)
        return str_to_int(args->text, &number) ? value_int(number) : BROKEN("the text is no whole number");
    if (args->tag == V_INT)
        return value_int(args->i);
    /* Both bounds are exact powers of two; the upper one is the first that does not fit. */
    return args->d >= -0x1p63 && args->d < 0x1p63 ? value_int((int64_t)args->d) : BROKEN_OVERFLOW;
}

struct value fn_double(struct query_run *run, const struct value *args, size_t nargs)
{
    double number;
    UNUSED;
    if (args->tag == V_TEXT)
        return str_to_double(args->text, &number) ? value_double(number) : BROKEN("the text is no number");
    return value_double(args->tag == V_INT ? (double)args->i : args->d);
}

struct value fn_string(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    if (args->tag == V_BOOL)
        return value_text(args->b ? STR("true") : STR("false"));
    return value_text(value_print(run->arena, *args));
}

struct value fn_type(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return (struct value){ .tag = V_TYPE, .text = value_type_name(*args) };
}

struct value fn_dyn(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return *args;
}
