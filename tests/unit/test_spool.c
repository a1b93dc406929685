/* SPDX-License-Identifier: MIT */
#include "base/spool.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "support.h"

enum { PIECE = 50000, PIECES = 9 };

/* As if [folder] (NULL: the usual one) were where temporary files go; returns what was, for the next call. */
static const char *files_below(const char *folder)
{
    const char *was = getenv("TMPDIR");
    if (folder)
        setenv("TMPDIR", folder, 1);
    else
        unsetenv("TMPDIR");
    return was;
}

static str piece(int n)
{
    char *at = NEWS(&arena, char, PIECE);
    memset(at, 'a' + n, PIECE);
    return (str){ at, PIECE };
}

static struct spool *filled(void)
{
    struct spool *spool = spool_new(&arena);
    for (int n = 0; n < PIECES; n++)
        spool_put(spool, piece(n));
    return spool;
}

/* Its pieces, then "end", whatever is where. */
static void assert_whole(const struct spool *spool)
{
    struct part list[] = { { spool, STR("end") }, { NULL, { 0 } } };
    struct parts parts = { .at = list, .len = 2 };
    struct buf *out = buf_new(&arena);
    assert_int_equal(spool_len(spool), PIECE * PIECES);
    assert_int_equal(parts_len(&parts), PIECE * PIECES + 3);
    assert_true(parts_put(&parts, out));
    assert_int_equal(out->len, PIECE * PIECES + 3);
    for (int n = 0; n < PIECES; n++)
        assert_memory_equal(out->at + n * PIECE, piece(n).at, PIECE);
    assert_memory_equal(out->at + PIECE * PIECES, "end", 3);
}

static void what_is_put_is_in_a_file(void **state)
{
    (void)state;
    size_t before = memory.used;
    struct arena own;
    arena_init(&own, &memory);
    struct spool *spool = spool_new(&own);
    for (int n = 0; n < 200; n++)
        spool_put(spool, STR("0123456789"));
    assert_int_equal(spool_len(spool), 2000);
    assert_true(memory.used - before < 20000);
    arena_close(&own);
    assert_whole(filled());
    assert_int_equal(spool_len(NULL), 0);
}

static void without_a_file_it_stays_in_memory(void **state)
{
    (void)state;
    const char *was = files_below("/nowhere/at/all");
    struct spool *spool = filled();
    files_below(was);
    assert_whole(spool);
}

/* The file takes two pieces and a half. */
static void of_a_full_disk_the_rest_stays_in_memory(void **state)
{
    struct rlimit was, less;
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &was);
    less = was;
    less.rlim_cur = PIECE * 5 / 2;
    setrlimit(RLIMIT_FSIZE, &less);
    struct spool *spool = filled();
    setrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, SIG_DFL);
    assert_whole(spool);
}

static bool refuse(void *state, str bytes)
{
    int *calls = state;
    (void)bytes;
    errno = ENOSPC;
    return ++*calls < 3;
}

static void whoever_takes_it_may_stop(void **state)
{
    struct part part = { filled(), { 0 } };
    int calls = 0;
    (void)state;
    assert_false(parts_give(&(struct parts){ .at = &part, .len = 1 }, refuse, &calls));
    assert_int_equal(calls, 3);
    assert_int_equal(errno, ENOSPC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_put_is_in_a_file), TEST(without_a_file_it_stays_in_memory), TEST(of_a_full_disk_the_rest_stays_in_memory),
        TEST(whoever_takes_it_may_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
