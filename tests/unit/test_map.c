/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "support.h"

static int one = 1, two = 2;

static void an_empty_map_has_nothing(void **state)
{
    (void)state;
    struct map map = { 0 };
    assert_null(map_get(&map, STR("a")));
    assert_null(map_get(&map, (str){ 0 }));
}

static void the_first_stays(void **state)
{
    (void)state;
    struct map map = { 0 };
    assert_null(map_add(&map, &arena, STR("a"), &one));
    assert_ptr_equal(map_add(&map, &arena, STR("a"), &two), &one);
    assert_ptr_equal(map_get(&map, STR("a")), &one);
    map_set(&map, &arena, STR("a"), &two);
    assert_ptr_equal(map_get(&map, STR("a")), &two);
    map_set(&map, &arena, STR("b"), &one);
    assert_ptr_equal(map_get(&map, STR("b")), &one);
    assert_int_equal(map.len, 2);
}

static void odd_keys(void **state)
{
    (void)state;
    struct map map = { 0 };
    assert_null(map_add(&map, &arena, (str){ 0 }, &one));
    assert_null(map_add(&map, &arena, STR("a\0b"), &two));
    assert_null(map_get(&map, STR("a")));
    assert_ptr_equal(map_get(&map, STR("")), &one);
    assert_ptr_equal(map_get(&map, STR("a\0b")), &two);
}

static void many_keys_in_the_order_they_came(void **state)
{
    (void)state;
    struct map map = { 0 };
    static int numbers[20000];
    for (int i = 0; i < 20000; i++)
        assert_null(map_add(&map, &arena, str_print(&arena, "R-%d", (i * 7919) % 20000), &numbers[i]));
    assert_int_equal(map.len, 20000);
    for (int i = 0; i < 20000; i++) {
        str key = str_print(&arena, "R-%d", (i * 7919) % 20000);
        assert_ptr_equal(map_get(&map, key), &numbers[i]);
        assert_true(str_eq(map.entries[i].key, key));
    }
    assert_null(map_get(&map, STR("R-20000")));
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(an_empty_map_has_nothing), TEST(the_first_stays), TEST(odd_keys), TEST(many_keys_in_the_order_they_came) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
