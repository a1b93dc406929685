/* SPDX-License-Identifier: MIT */
/* Arithmetic and order of values. Numbers never become infinite and dates never leave the calendar: that is broken. */
#include "query/arithmetic.h"

#include <math.h>

#include "query/functions.h"
#include "query/types.h"
#include "query/values.h"

#define PAIR(a, b) ((unsigned)(a) << 4 | (unsigned)(b))

struct value value_unfit(struct value value)
{
    return value.tag == V_BROKEN ? value : value.tag == V_NULL ? BROKEN_NO_VALUE : BROKEN("wrong type");
}

/* For two operands that do not go together: the first that is to blame. */
static struct value unfit_pair(struct value a, struct value b)
{
    if (a.tag == V_BROKEN || (a.tag == V_NULL && b.tag != V_BROKEN))
        return value_unfit(a);
    return value_unfit(b);
}

static bool are_numbers(struct value a, struct value b)
{
    return (BIT(a.tag) & TAGS_NUMBER) && (BIT(b.tag) & TAGS_NUMBER);
}

static double number_of(struct value value) { return value.tag == V_INT ? (double)value.i : value.d; }
static struct value number(double d) { return isfinite(d) ? value_double(d) : BROKEN_OVERFLOW; }

static struct value add_period(struct value date, struct period period, int sign)
{
    int32_t first = date_make(1, 1, 1), last = date_make(9999, 12, 31);
    int32_t sum = date_add(date.date, period, sign);
    /* date_add stops at both ends of the calendar. */
    bool moved = period.months != 0 || period.days != 0;
    return moved && (sum == first || sum == last) ? BROKEN("the date is out of range") : value_date(sum);
}

static struct value add_periods(struct period a, struct period b, int sign)
{
    int64_t months = a.months + (int64_t)sign * b.months, days = a.days + (int64_t)sign * b.days;
    if (months > INT32_MAX || months < -INT32_MAX || days > INT32_MAX || days < -INT32_MAX)
        return BROKEN_OVERFLOW;
    return value_period((struct period){ (int32_t)months, (int32_t)days });
}

static struct value add_texts(struct query_run *run, str a, str b)
{
    return spend(run, a.len + b.len) ? value_text(str_join2(run->arena, a, b)) : BROKEN_TOO_MUCH;
}

static struct value add_lists(struct query_run *run, struct list *a, struct list *b)
{
    if (!value_weigh(run, value_list(a)) || !value_weigh(run, value_list(b)))
        return BROKEN_TOO_MUCH;
    struct list *sum = NEW(run->arena, struct list);
    *sum = (struct list){ NEWS(run->arena, struct value, a->len + b->len), a->len + b->len, a->len + b->len };
    if (a->len)
        memcpy(sum->at, a->at, a->len * sizeof *a->at);
    if (b->len)
        memcpy(sum->at + a->len, b->at, b->len * sizeof *b->at);
    return value_list(sum);
}

struct value value_add(struct query_run *run, struct value a, struct value b)
{
    int64_t sum = 0;
    switch (PAIR(a.tag, b.tag)) {
    case PAIR(V_INT, V_INT):       return __builtin_add_overflow(a.i, b.i, &sum) ? BROKEN_OVERFLOW : value_int(sum);
    case PAIR(V_TEXT, V_TEXT):     return add_texts(run, a.text, b.text);
    case PAIR(V_LIST, V_LIST):     return add_lists(run, a.list, b.list);
    case PAIR(V_DATE, V_PERIOD):   return add_period(a, b.period, 1);
    case PAIR(V_PERIOD, V_DATE):   return add_period(b, a.period, 1);
    case PAIR(V_PERIOD, V_PERIOD): return add_periods(a.period, b.period, 1);
    default: return are_numbers(a, b) ? number(number_of(a) + number_of(b)) : unfit_pair(a, b);
    }
}

struct value value_subtract(struct value a, struct value b)
{
    int64_t rest = 0;
    switch (PAIR(a.tag, b.tag)) {
    case PAIR(V_INT, V_INT):       return __builtin_sub_overflow(a.i, b.i, &rest) ? BROKEN_OVERFLOW : value_int(rest);
    case PAIR(V_DATE, V_PERIOD):   return add_period(a, b.period, -1);
    case PAIR(V_DATE, V_DATE):     return value_period((struct period){ 0, a.date - b.date });
    case PAIR(V_PERIOD, V_PERIOD): return add_periods(a.period, b.period, -1);
    default: return are_numbers(a, b) ? number(number_of(a) - number_of(b)) : unfit_pair(a, b);
    }
}

struct value value_multiply(struct value a, struct value b)
{
    int64_t product = 0;
    if (a.tag == V_INT && b.tag == V_INT)
        return __builtin_mul_overflow(a.i, b.i, &product) ? BROKEN_OVERFLOW : value_int(product);
    return are_numbers(a, b) ? number(number_of(a) * number_of(b)) : unfit_pair(a, b);
}

struct value value_divide(struct value a, struct value b)
{
    if (!are_numbers(a, b))
        return unfit_pair(a, b);
    if (number_of(b) == 0)
        return BROKEN("division by zero");
    if (a.tag == V_INT && b.tag == V_INT)
        return a.i == INT64_MIN && b.i == -1 ? BROKEN_OVERFLOW : value_int(a.i / b.i);
    return number(number_of(a) / number_of(b));
}

struct value value_modulo(struct value a, struct value b)
{
    if (a.tag != V_INT || b.tag != V_INT)
        return unfit_pair(a, b);
    if (b.i == 0)
        return BROKEN("division by zero");
    return a.i == INT64_MIN && b.i == -1 ? BROKEN_OVERFLOW : value_int(a.i % b.i);
}

struct value value_minus(struct value a)
{
    switch (a.tag) {
    case V_INT:    return a.i == INT64_MIN ? BROKEN_OVERFLOW : value_int(-a.i);
    case V_DOUBLE: return value_double(-a.d);
    case V_PERIOD: return add_periods((struct period){ 0, 0 }, a.period, -1);
    default:       return value_unfit(a);
    }
}

static int order_texts(struct value a, struct value b)
{
    if (a.look == LOOK_LEVEL && b.look == LOOK_LEVEL)
        return (int)a.tone - (int)b.tone;
    return str_cmp(a.text, b.text);
}

/* A level nobody knows is an empty text, but neither above nor below another. */
static bool is_missing_level(struct value a, struct value b)
{
    return b.tag == V_TEXT && b.look == LOOK_LEVEL && a.tag == V_TEXT && a.text.len == 0;
}

bool value_order(struct value a, struct value b, int *order, struct value *why)
{
    if (is_missing_level(a, b) || is_missing_level(b, a)) {
        *why = BROKEN_NO_VALUE;
        return false;
    }
    switch (PAIR(a.tag, b.tag)) {
    case PAIR(V_INT, V_INT):       *order = (a.i > b.i) - (a.i < b.i); return true;
    case PAIR(V_DATE, V_DATE):     *order = (a.date > b.date) - (a.date < b.date); return true;
    case PAIR(V_BOOL, V_BOOL):     *order = (int)a.b - (int)b.b; return true;
    case PAIR(V_TEXT, V_TEXT):     *order = order_texts(a, b); return true;
    case PAIR(V_PERIOD, V_PERIOD): *order = periods_compare(a.period, b.period); return true;
    default: break;
    }
    if (are_numbers(a, b)) {
        *order = numbers_compare(a, b);
        return true;
    }
    *why = unfit_pair(a, b);
    return false;
}
