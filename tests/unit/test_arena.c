/* SPDX-License-Identifier: MIT */
#include "base/pages.h"
#include "support.h"

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    for (size_t align = 1; align <= 64; align *= 2)
        for (size_t size = 0; size < 200; size += 7) {
            char *at = arena_alloc(&arena, size, align);
            assert_int_equal((uintptr_t)at % align, 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(at[i], 0);
            memset(at, 0xEE, size);
        }
}

static void large_pieces_get_a_block(void **state)
{
    (void)state;
    char *large = arena_alloc(&arena, (size_t)5 << 20, 16);
    large[((size_t)5 << 20) - 1] = 1;
    assert_true(memory.used >= (size_t)5 << 20);
    assert_true(memory.peak == memory.used);
    arena_close(&arena);
    assert_int_equal(memory.used, 0);
    assert_true(memory.peak >= (size_t)5 << 20);
    assert_non_null(NEW(&arena, int)); /* a closed arena may be used again */
}

/* Whether fn(argument) leaves through the jump. */
static bool jumps(void (*fn)(size_t), size_t argument)
{
    if (setjmp(memory.escape))
        return true;
    fn(argument);
    return false;
}

static void take(size_t size) { (void)arena_alloc(&arena, size, 8); }
static void take_array(size_t count) { (void)arena_array(&arena, count, 16, 8); }
static void take_thrice(size_t size)
{
    take(size);
    take(size);
    take(size);
}

static void exhausted_memory_jumps(void **state)
{
    (void)state;
    memory.limit = (size_t)1 << 20;
    assert_false(jumps(take, 1000));
    assert_true(jumps(take, (size_t)2 << 20));
    assert_true(jumps(take, SIZE_MAX));
    assert_true(jumps(take, SIZE_MAX - 7));
    assert_true(jumps(take, SIZE_MAX / 2));
    assert_true(jumps(take_array, SIZE_MAX / 8));
    assert_true(jumps(take_array, SIZE_MAX / 16));
    assert_false(jumps(take, 1000));
}

static void the_nth_allocation_fails(void **state)
{
    (void)state;
    memory.fail_at = memory.count + 3;
    assert_true(jumps(take_thrice, 8));
    assert_false(jumps(take_thrice, 8)); /* once only */
}

static char order[8];

static void note(void *handle)
{
    size_t len = strlen(order);
    order[len] = *(char *)handle;
    order[len + 1] = '\0';
}

static void clean_ups_run_newest_first_and_once(void **state)
{
    (void)state;
    static char a = 'a', b = 'b', c = 'c';
    order[0] = '\0';
    arena_defer(&arena, note, &a);
    arena_defer(&arena, note, &b);
    arena_defer(&arena, note, &c);
    arena_close(&arena);
    assert_string_equal(order, "cba");
    arena_close(&arena);
    assert_string_equal(order, "cba");
}

static void a_mark_gives_back_what_came_after(void **state)
{
    (void)state;
    char *before = NEWS(&arena, char, 100);
    memcpy(before, "kept", 5);
    struct arena_mark mark = arena_mark(&arena);
    size_t used = memory.used;
    for (int i = 0; i < 1000; i++)
        memset(NEWS(&arena, char, 1000), 0xEE, 1000);
    assert_true(memory.used > used);
    arena_release(&arena, mark);
    assert_int_equal(memory.used, used);
    assert_string_equal(before, "kept");
    char *again = NEWS(&arena, char, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(again[i], 0);
}

static LIST_OF(int) numbers;

static void grow(size_t item) { LIST_PUSH(&arena, &numbers, (int)item); }

static void long_arrays_leave_nothing_behind(void **state)
{
    enum { COUNT_OF = 1 << 20 };
    LIST_OF(int) other = { 0 };
    (void)state;
    numbers.len = numbers.room = 0;
    for (int i = 0; i < COUNT_OF; i++) {
        LIST_PUSH(&arena, &numbers, i);
        LIST_PUSH(&arena, &other, -i);
    }
    assert_true(memory.used < 2 * COUNT_OF * sizeof(int) + ((size_t)1 << 20));
    for (int i = 0; i < COUNT_OF; i++)
        assert_true(numbers.at[i] == i && other.at[i] == -i);
    memory.limit = memory.used + 1000;
    assert_true(jumps(grow, 0));
    assert_int_equal(numbers.len, COUNT_OF);
    assert_int_equal(numbers.at[COUNT_OF - 1], COUNT_OF - 1);
}

static void the_newest_array_grows_where_it_is(void **state)
{
    LIST_OF(int) list = { 0 };
    (void)state;
    LIST_PUSH(&arena, &list, 0);
    const int *at = list.at;
    for (int i = 1; i < 1000; i++)
        LIST_PUSH(&arena, &list, i);
    assert_ptr_equal(list.at, at);
    (void)NEW(&arena, int);
    for (int i = 1000; i < 2000; i++)
        LIST_PUSH(&arena, &list, i);
    assert_ptr_not_equal(list.at, at);
    for (int i = 0; i < 2000; i++)
        assert_int_equal(list.at[i], i);
}

static void what_is_not_used_is_given_back(void **state)
{
    enum { LONG = 1 << 20 };
    (void)state;
    char *first = arena_alloc(&arena, 1000, 16);
    assert_ptr_equal(arena_shrink(&arena, first, 1000, 100), first);
    assert_ptr_equal(arena_alloc(&arena, 8, 4), first + 100);
    assert_ptr_equal(arena_shrink(&arena, first, 100, 0), first); /* it is not the newest */
    size_t used = memory.used;
    char *large = arena_alloc(&arena, LONG, 1), *other = arena_alloc(&arena, LONG, 1);
    memset(large, 'x', LONG);
    assert_null(arena_shrink(&arena, other, LONG, 0));
    large = arena_shrink(&arena, large, LONG, 1000);
    assert_true(memory.used < used + 2000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(large[i], 'x');
    assert_null(arena_shrink(&arena, NULL, 0, 0));
    arena_close(&arena);
    assert_int_equal(memory.used, 0);
}

static void what_is_left_of_a_block_is_used_after_a_long_piece(void **state)
{
    (void)state;
    char *first = arena_alloc(&arena, 16, 16);
    struct arena_mark mark = arena_mark(&arena);
    size_t used = memory.used;
    take((size_t)1 << 20);
    assert_true(arena_alloc(&arena, 16, 16) == (void *)(first + 16));
    arena_release(&arena, mark);
    assert_int_equal(memory.used, used);
    assert_true(arena_alloc(&arena, 16, 16) == (void *)(first + 16));
}

/* The first large page any session fills; behind it come small pieces, until so much is there that a quarter more is whole large pages. */
static void large_pages_come_as_they_are_needed(void **state)
{
    (void)state;
    size_t last = 0, at_first = 0, least = SIZE_MAX, most = 0;
    arena.large = true;
    while (memory.used < (size_t)24 << 20) {
        memset(arena_alloc(&arena, 4000, 8), 1, 4000);
        size_t more = memory.used - last;
        if (more > 0 && last == 0)
            at_first = more;
        else if (more > 0)
            most = more > most ? more : most, least = more < least ? more : least;
        last = memory.used;
    }
    assert_int_equal(at_first, LARGE_PAGE);
    assert_int_equal(least, LARGE_PAGE / 8);
    assert_int_equal(most % LARGE_PAGE, 0);
    arena_close(&arena);
    assert_int_equal(memory.used, 0);
}

static void a_mark_of_an_empty_arena(void **state)
{
    (void)state;
    struct arena_mark mark = arena_mark(&arena);
    take(100);
    arena_release(&arena, mark);
    assert_int_equal(memory.used, 0);
    take(100);
}

static void lists_grow_and_keep_what_they_have(void **state)
{
    (void)state;
    LIST_OF(size_t) list = { 0 };
    for (size_t i = 0; i < 5000; i++)
        LIST_PUSH(&arena, &list, i);
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(list.at[i], i);
}

static void texts_are_copied(void **state)
{
    (void)state;
    str text = STR("one\0two");
    str copy = str_copy(&arena, text);
    assert_true(str_eq(copy, text) && copy.at != text.at);
    assert_string_equal(str_c(&arena, text), "one?two"); /* a path can not be cut short unseen */
    assert_string_equal(str_c(&arena, (str){ 0 }), "");
    assert_str(str_join2(&arena, STR("a"), STR("b")), "ab");
    assert_str(str_join2(&arena, (str){ 0 }, (str){ 0 }), "");
    assert_str(str_print(&arena, "%d %.*s %s", 7, STR_ARG(STR("of")), "nine"), "7 of nine");
    assert_int_equal(str_print(&arena, "%5000d", 1).len, 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(memory_is_zeroed_and_aligned), TEST(large_pieces_get_a_block), TEST(exhausted_memory_jumps), TEST(the_nth_allocation_fails),
        TEST(clean_ups_run_newest_first_and_once), TEST(a_mark_gives_back_what_came_after), TEST(long_arrays_leave_nothing_behind), TEST(the_newest_array_grows_where_it_is), TEST(what_is_not_used_is_given_back), TEST(what_is_left_of_a_block_is_used_after_a_long_piece), TEST(a_mark_of_an_empty_arena), TEST(large_pages_come_as_they_are_needed),
        TEST(lists_grow_and_keep_what_they_have), TEST(texts_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
