/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include "support.h"

static void pieces_are_joined(void **state)
{
    (void)state;
    struct buf *buf = buf_new(&arena);
    assert_int_equal(buf_str(buf).len, 0);
    buf_put(buf, STR("a\0b"));
    buf_put(buf, (str){ 0 });
    buf_char(buf, '-');
    buf_text(buf, "text");
    buf_print(buf, " %d%s", 12, "%");
    assert_true(str_eq(buf_str(buf), STR("a\0b-text 12%")));
    buf_clear(buf);
    assert_int_equal(buf_str(buf).len, 0);
}

static void numbers(void **state)
{
    (void)state;
    struct buf *buf = buf_new(&arena);
    static const int64_t cases[] = { 0, 7, -7, 10, INT64_MAX, INT64_MIN };
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_int(buf, cases[i]);
        buf_char(buf, ' ');
    }
    assert_str(buf_str(buf), "0 7 -7 10 9223372036854775807 -9223372036854775808 ");
}

static void it_grows_without_leaving_copies(void **state)
{
    (void)state;
    struct buf *buf = buf_new(&arena);
    size_t before = memory.used;
    for (int i = 0; i < 1000000; i++)
        buf_put(buf, STR("12345678"));
    assert_int_equal(buf->len, 8000000);
    assert_true(memory.used - before < 3 * (size_t)8000000);
    assert_memory_equal(buf->at + 7999992, "12345678", 8);
    buf_free(buf);
    assert_int_equal(memory.used, before);
    buf_text(buf, "again");
    assert_str(buf_str(buf), "again");
}

static void long_prints(void **state)
{
    (void)state;
    struct buf *buf = buf_new(&arena);
    buf_print(buf, "%10000d", 1);
    assert_int_equal(buf->len, 10000);
    buf_reserve(buf, 1 << 20);
    assert_true(buf->room >= buf->len + (1 << 20));
}

static void grow(struct buf *buf)
{
    for (int i = 0; i < 100000; i++)
        buf_put(buf, STR("0123456789"));
}

static void its_bytes_count_against_the_limit(void **state)
{
    (void)state;
    struct buf *buf = buf_new(&arena);
    memory.limit = (size_t)300 << 10;
    if (setjmp(memory.escape) == 0) {
        grow(buf);
        fail_msg("a million bytes fit into 300 KiB");
    }
    assert_true(memory.used <= memory.limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(pieces_are_joined), TEST(numbers), TEST(it_grows_without_leaving_copies), TEST(long_prints), TEST(its_bytes_count_against_the_limit) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
