/* SPDX-License-Identifier: MIT */
#include "base/format.h"

#include <limits.h>
#include <stdio.h>

#include "support.h"

/* Formats as vsnprintf does and with [room] too little as well as with plenty. */
static void same(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void same(const char *format, ...)
{
    char    expected[256], made[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t len = (size_t)vsnprintf(expected, sizeof expected, format, args);
    va_end(args);
    assert_int_equal(format_text(made, sizeof made, format, again), len);
    va_end(again);
    assert_memory_equal(made, expected, len);
}

static void conversions_do_what_printf_does(void **state)
{
    (void)state;
    same("plain");
    same("%s", "");
    same("<%s a=\"%d\" b=\"%u\">100%%</%s>", "w:p", -7, 7u, "w:p");
    same("%d %d %u", INT_MIN, INT_MAX, UINT_MAX);
    same("%.*s|%.*s|", 3, "abcdef", 0, "abc");
    same("%.*s|", 6, "ab\0cd");
    same("%02X%02X%02X|%04X|%08u|%c", 0u, 0x1Fu, 0x100u, 0xBEEFu, 42u, '!');
    same("%01X%09u%3X%02x", 0u, UINT_MAX, 7u, 10u);
    same("%s %04X %5d %s", "then", 0x2au, 7, "the rest");
    same("%.*s%c%zu%-4s|", 2, "xyz", '!', (size_t)9, "a");
}

static size_t cut(char *at, size_t room, const char *format, ...) __attribute__((format(printf, 3, 4)));
static size_t cut(char *at, size_t room, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    size_t len = format_text(at, room, format, args);
    va_end(args);
    return len;
}

static void what_has_no_room_is_counted(void **state)
{
    (void)state;
    char at[8] = "-------";
    assert_int_equal(cut(at, 4, "%s-%d", "abc", 12345), 9);
    assert_memory_equal(at, "abc----", 7);
    assert_int_equal(cut(at, 2, "%s", "xyz"), 3);
    assert_memory_equal(at, "xyc", 3 - 1);
    assert_int_equal(cut(at, 0, "%5d%s", 1, "z"), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conversions_do_what_printf_does),
        cmocka_unit_test(what_has_no_room_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
