/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "write/calendar.h"

static str written(const struct calendar_event *event)
{
    struct buf *out = buf_new(&arena);
    struct calendar calendar = calendar_begin(&arena, out, STR("N"));
    buf_clear(out);
    calendar_event(&calendar, event);
    return buf_str(out);
}

static bool holds(str text, const char *part) { return str_search(text, str_of(part), 0) != SIZE_MAX; }

static void text_is_escaped(void **state)
{
    struct calendar_event event = { 20000, 19999, STR("R-1"), STR("a, b; c\\d"), STR("two\nlines\x1B"), { 0 } };
    str text = written(&event);
    (void)state;
    assert_true(holds(text, "SUMMARY:R-1: a\\, b\\; c\\\\d\r\n"));
    assert_true(holds(text, "DESCRIPTION:two\\nlines\r\n"));
    assert_true(holds(text, "DTSTART;VALUE=DATE:20241004\r\n"));
    assert_true(holds(text, "DTSTAMP:20241003T000000Z\r\n"));
}

/* No line over 75 bytes, no character cut in two, and nothing lost. */
static void long_lines_are_folded(void **state)
{
    struct buf *title = buf_new(&arena);
    (void)state;
    for (int i = 0; i < 90; i++)
        buf_text(title, i % 3 ? "\xC3\xA4" : "x\xE2\x82\xAC");
    struct calendar_event event = { 20000, 20000, STR("R-1"), STR("review"), buf_str(title), { 0 } };
    str    text = written(&event);
    struct buf *unfolded = buf_new(&arena);
    for (size_t at = 0, end; at < text.len; at = end + 2) {
        end = str_search(text, STR("\r\n"), at);
        assert_true(end - at <= 75);
        assert_int_equal(utf8_invalid_at(str_cut(text, at, end)), end - at);
        bool goes_on = end + 2 < text.len && text.at[end + 2] == ' ';
        buf_put(unfolded, str_cut(text, at > 0 && text.at[at] == ' ' ? at + 1 : at, end));
        buf_text(unfolded, goes_on ? "" : "\n");
    }
    assert_true(str_search(buf_str(unfolded), buf_str(title), 0) != SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(text_is_escaped), TEST(long_lines_are_folded) };
    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
