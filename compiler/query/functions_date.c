/* SPDX-License-Identifier: MIT */
/* Functions of dates and periods, with CEL's names and CEL's counting (months and days of the week from 0). */
#include "query/functions.h"

#define UNUSED (void)run, (void)nargs

struct value fn_timestamp(struct query_run *run, const struct value *args, size_t nargs)
{
    int32_t days;
    UNUSED;
    if (args->tag == V_DATE)
        return *args;
    return date_parse(args->text, &days) ? value_date(days) : BROKEN("the text is no date");
}

static int64_t unit_seconds(str *rest)
{
    static const struct { const char *unit; int64_t seconds; } units[] = { { "h", 3600 }, { "m", 60 }, { "s", 1 } };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_starts(*rest, str_of(units[i].unit))) {
            *rest = str_cut(*rest, 1, rest->len);
            return units[i].seconds;
        }
    return 0;
}

/* CEL's "24h" or "-1h30m" where it comes to whole days, for there are no hours here. */
static bool parse_hours(str text, struct period *period)
{
    bool minus = str_starts(text, STR("-"));
    int64_t seconds = 0, n, unit;
    text = str_cut(text, minus, text.len);
    do {
        size_t digits = 0;
        while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9')
            digits++;
        if (digits == 0 || digits > 12 || !str_to_int(str_cut(text, 0, digits), &n))
            return false;
        text = str_cut(text, digits, text.len);
        unit = unit_seconds(&text);
        seconds += n * unit;
        if (unit == 0 || seconds > (int64_t)86400 * 10000000)
            return false;
    } while (text.len);
    *period = (struct period){ 0, (int32_t)(minus ? -seconds / 86400 : seconds / 86400) };
    return seconds % 86400 == 0;
}

struct value fn_duration(struct query_run *run, const struct value *args, size_t nargs)
{
    struct period period;
    UNUSED;
    if (args->tag == V_PERIOD)
        return *args;
    if (period_parse(args->text, &period) || parse_hours(args->text, &period))
        return value_period(period);
    return BROKEN("the text is no period");
}

struct day { int year, month, day; };

static struct day split(const struct value *date)
{
    struct day day;
    date_split(date->date, &day.year, &day.month, &day.day);
    return day;
}

struct value fn_full_year(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_int(split(args).year);
}

struct value fn_month(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_int(split(args).month - 1);
}

struct value fn_day(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_int(split(args).day);
}

struct value fn_day_of_month(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_int(split(args).day - 1);
}

struct value fn_day_of_week(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    /* 1970-01-01 was a Thursday, day 4 from Sunday. */
    return value_int(((args->date + 4) % 7 + 7) % 7);
}

struct value fn_day_of_year(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_int(args->date - date_make(split(args).year, 1, 1));
}

struct value fn_days(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return args->period.months == 0 ? value_int(args->period.days) : BROKEN("months have no fixed number of days");
}

struct value fn_hours(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return args->period.months == 0 ? value_int((int64_t)args->period.days * 24) : BROKEN("months have no fixed number of days");
}
