/* SPDX-License-Identifier: MIT */
/*
 * Civil dates and periods without clock, time zone or locale. A date is the number of days since 1970-01-01
 * in the proleptic Gregorian calendar (years 0001 to 9999). A period is months and days, because "12 months"
 * is no fixed number of days.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/arena.h"
#include "base/str.h"

struct period {
    int32_t months, days;
};

/* "2026-03-31" -> days; false for any other form or a day that does not exist. */
bool date_parse(str s, int32_t *days);
/*
 * The day that [s] means for certain though it is written in another form: 31.3.2026, 2026/3/31, 03/31/2026, 31 March 2026,
 * 2026-03-31T09:00. False for 03/04/2026, which is in March or in April.
 */
bool date_guess(str s, int32_t *days);
void date_split(int32_t days, int *year, int *month, int *day);
int32_t date_make(int year, int month, int day);
/* "2026-03-31" into [out] (11 bytes with the NUL). */
void date_format(int32_t days, char out[11]);
/* Adds months (the day is cut to the month's last: 31 January + 1 month = 28 February) and then days; [sign] is 1 or -1. */
int32_t date_add(int32_t days, struct period period, int sign);
/* "12 months", "90 days", "1 year" -> period; false otherwise. */
bool period_parse(str s, struct period *out);

#endif
