/* SPDX-License-Identifier: MIT */
#include "base/date.h"

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int month_days(int year, int month)
{
    static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from civil: years counted from March, so that the leap day is the last one. */
int32_t date_make(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void date_split(int32_t days, int *year, int *month, int *day)
{
    int z = days + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

/* [n] digits of [s] from [from] as a number, or -1. */
static int digits(str s, size_t from, size_t n)
{
    int value = 0;
    for (size_t i = from; i < from + n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return -1;
        value = value * 10 + (s.at[i] - '0');
    }
    return value;
}

bool date_parse(str s, int32_t *days)
{
    if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-')
        return false;
    int year = digits(s, 0, 4), month = digits(s, 5, 2), day = digits(s, 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return false;
    *days = date_make(year, month, day);
    return true;
}

static int month_named(str word)
{
    static const char *const names[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december" };
    for (int m = 0; m < 12 && word.len >= 3; m++)
        if (word.len <= strlen(names[m]) && str_eq_nocase(word, str_cut(str_of(names[m]), 0, word.len)))
            return m + 1;
    return 0;
}

/* A day as people write it. */
struct written_day {
    int    number[3];
    size_t digits[3]; /* how many; 0: a month by its name */
};

/* Three numbers, or two and the name of a month, and perhaps a time; false where anything else stands. */
static bool read_day(str s, struct written_day *day)
{
    size_t i = 0;
    for (int n = 0; n < 3; n++) {
        while (i < s.len && str_find(STR(" ./-,"), s.at[i], 0) < 5)
            i++;
        size_t from = i;
        while (i < s.len && s.at[i] >= '0' && s.at[i] <= '9')
            i++;
        day->digits[n] = i - from;
        while (i < s.len && day->digits[n] == 0 && (s.at[i] | 32) >= 'a' && (s.at[i] | 32) <= 'z')
            i++;
        if (day->digits[n] > 4)
            return false;
        day->number[n] = day->digits[n] ? digits(s, from, i - from) : month_named(str_cut(s, from, i));
        if (day->digits[n] == 0 && day->number[n] == 0)
            return false;
    }
    return i == s.len || (i + 1 < s.len && (s.at[i] == 'T' || s.at[i] == ' ') && s.at[i + 1] >= '0' && s.at[i + 1] <= '9');
}

bool date_guess(str s, int32_t *days)
{
    struct written_day w;
    if (!read_day(s, &w) || (w.digits[0] == 4) == (w.digits[2] == 4))
        return false;
    bool last = w.digits[2] == 4, dots = str_find(s, '.', 0) < s.len;
    int  year = w.number[last ? 2 : 0], month = w.number[1], day = w.number[last ? 0 : 2];
    bool either = last && !dots && w.digits[0] && w.digits[1] && month <= 12 && day <= 12 && month != day; /* 03/04/2026 */
    if (last && (w.digits[0] == 0 || (month > 12 && day <= 12))) { /* March 31, 2026; 03/31/2026 */
        month = w.number[0];
        day = w.number[1];
    }
    if (either || year < 1 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return false;
    *days = date_make(year, month, day);
    return true;
}

void date_format(int32_t days, char out[11])
{
    int part[3], width[3] = { 4, 2, 2 };
    date_split(days, &part[0], &part[1], &part[2]);
    char *at = out;
    for (int p = 0; p < 3; p++) {
        for (int i = width[p] - 1, n = part[p]; i >= 0; i--, n /= 10)
            at[i] = (char)('0' + n % 10);
        at += width[p];
        *at++ = p < 2 ? '-' : '\0';
    }
}

int32_t date_add(int32_t days, struct period period, int sign)
{
    int year, month, day;
    date_split(days, &year, &month, &day);
    int64_t total = (int64_t)year * 12 + month - 1 + (int64_t)sign * period.months;
    if (total < 12)
        total = 12;
    if (total > 9999 * 12 + 11)
        total = 9999 * 12 + 11;
    year = (int)(total / 12);
    month = (int)(total % 12) + 1;
    if (day > month_days(year, month))
        day = month_days(year, month);
    int64_t sum = date_make(year, month, day) + (int64_t)sign * period.days;
    int32_t first = date_make(1, 1, 1), last = date_make(9999, 12, 31);
    return sum < first ? first : sum > last ? last : (int32_t)sum;
}

bool period_parse(str s, struct period *out)
{
    static const struct { const char *unit; int months, days; } units[] = {
        { "day", 0, 1 }, { "days", 0, 1 }, { "month", 1, 0 }, { "months", 1, 0 }, { "year", 12, 0 }, { "years", 12, 0 },
    };
    size_t  space = str_find(s, ' ', 0);
    int64_t n;

    if (space == s.len || !str_to_int(str_cut(s, 0, space), &n) || n < 1 || n > 100000 || s.at[0] < '1' || s.at[0] > '9')
        return false;
    str unit = str_cut(s, space + 1, s.len);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(unit, str_of(units[i].unit))) {
            *out = (struct period){ (int32_t)n * units[i].months, (int32_t)n * units[i].days };
            return true;
        }
    return false;
}
