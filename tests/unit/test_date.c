/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include "support.h"

static void every_day_makes_the_round(void **state)
{
    (void)state;
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int32_t days = date_make(1, 1, 1);
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= lengths[month - 1] + (leap && month == 2); day++, days++) {
                int y, m, d;
                date_split(days, &y, &m, &d);
                if (y != year || m != month || d != day || date_make(year, month, day) != days)
                    fail_msg("%04d-%02d-%02d", year, month, day);
            }
    }
}

static void texts_make_the_round(void **state)
{
    (void)state;
    static const char *const dates[] = { "0001-01-01", "1970-01-01", "2000-02-29", "2024-02-29", "2026-03-31", "2026-12-31", "9999-12-31" };
    for (size_t i = 0; i < COUNT(dates); i++) {
        int32_t days;
        char    text[11];
        assert_true(date_parse(str_of(dates[i]), &days));
        date_format(days, text);
        assert_string_equal(text, dates[i]);
    }
    int32_t epoch;
    assert_true(date_parse(STR("1970-01-01"), &epoch));
    assert_int_equal(epoch, 0);
}

static void days_in_another_form(void **state)
{
    (void)state;
    static const char *const texts[] = { "31.3.2026", "31.03.2026", "31/3/2026", "03/31/2026", "2026/3/31", "2026.03.31", "31-03-2026", "31 March 2026", "31 Mar 2026", "31. march 2026",
                                         "March 31, 2026", "2026-March-31", "2026-03-31T09:00:00Z", "2026-03-31 09:00" };
    static const char *const others[] = { "", "03/04/2026", "31.03.26", "2026-02-30", "2026-31-03", "2026-03", "March 2026", "31 M 2026", "Q3 2026", "2026-03-31 or so",
                                          "31.03.2026.1", "99999.1.1", "1.99999.1", "-/-/-", "31 Marchy 2026", "0.0.0000", "2026", "1/1/1/2026" };
    int32_t days, wanted;
    assert_true(date_parse(STR("2026-03-31"), &wanted));
    for (size_t i = 0; i < COUNT(texts); i++)
        if (!date_guess(str_of(texts[i]), &days) || days != wanted)
            fail_msg("\"%s\" was not taken for 2026-03-31", texts[i]);
    for (size_t i = 0; i < COUNT(others); i++)
        if (date_guess(str_of(others[i]), &days))
            fail_msg("\"%s\" was taken for a day", others[i]);
}

static void what_is_no_date(void **state)
{
    (void)state;
    static const char *const texts[] = { "", "2026", "2026-03", "2026-3-1", "26-03-01", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
                                         "2026-04-31", "2026/03/31", "31.03.2026", "2026-03-31 ", " 2026-03-31", "2026-03-31T00:00", "0000-01-01",
                                         "-001-01-01", "2O26-03-31", "20260331", "10000-01-01" };
    for (size_t i = 0; i < COUNT(texts); i++) {
        int32_t days;
        if (date_parse(str_of(texts[i]), &days))
            fail_msg("\"%s\" was taken for a date", texts[i]);
    }
}

static void assert_sum(const char *from, struct period period, int direction, const char *expected)
{
    int32_t days;
    char    text[11];
    assert_true(date_parse(str_of(from), &days));
    date_format(date_add(days, period, direction), text);
    assert_string_equal(text, expected);
}

static void months_end_where_the_month_ends(void **state)
{
    (void)state;
    assert_sum("2026-01-31", (struct period){ 1, 0 }, 1, "2026-02-28");
    assert_sum("2024-01-31", (struct period){ 1, 0 }, 1, "2024-02-29");
    assert_sum("2024-02-29", (struct period){ 12, 0 }, 1, "2025-02-28");
    assert_sum("2026-03-31", (struct period){ 1, 0 }, -1, "2026-02-28");
    assert_sum("2026-11-30", (struct period){ 3, 0 }, 1, "2027-02-28");
    assert_sum("2026-12-15", (struct period){ 1, 0 }, 1, "2027-01-15");
    assert_sum("2026-01-15", (struct period){ 1, 0 }, -1, "2025-12-15");
    assert_sum("2026-01-15", (struct period){ 13, 0 }, -1, "2024-12-15");
    assert_sum("2026-01-31", (struct period){ 1, 1 }, 1, "2026-03-01"); /* months first, then days */
    assert_sum("2026-12-31", (struct period){ 0, 90 }, 1, "2027-03-31");
    assert_sum("2026-03-01", (struct period){ 0, 1 }, -1, "2026-02-28");
}

static void periods(void **state)
{
    (void)state;
    static const struct { const char *text; int months, days; } fine[] = {
        { "1 day", 0, 1 }, { "90 days", 0, 90 }, { "1 month", 1, 0 }, { "12 months", 12, 0 }, { "1 year", 12, 0 }, { "3 years", 36, 0 },
    };
    static const char *const wrong[] = { "", "12", "months", "0 days", "-1 day", "1.5 years", "12months", "12  months", "12 months ", "12 Months", "1 week",
                                         "yearly", "99999999999 years", "01 day" };
    struct period p;
    for (size_t i = 0; i < COUNT(fine); i++) {
        assert_true(period_parse(str_of(fine[i].text), &p));
        assert_int_equal(p.months, fine[i].months);
        assert_int_equal(p.days, fine[i].days);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (period_parse(str_of(wrong[i]), &p))
            fail_msg("\"%s\" was taken for a period", wrong[i]);
}

/* However long the period, the result is a day of the calendar. */
static void far_away(void **state)
{
    (void)state;
    char text[11];
    date_format(date_add(date_make(9999, 12, 31), (struct period){ 1200000, 0 }, 1), text);
    date_format(date_add(date_make(1, 1, 1), (struct period){ 0, 2000000000 }, -1), text);
    assert_int_equal(strlen(text), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_day_makes_the_round), TEST(texts_make_the_round), TEST(what_is_no_date), TEST(days_in_another_form), TEST(months_end_where_the_month_ends), TEST(periods), TEST(far_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
