/* SPDX-License-Identifier: MIT */
#include "base/limits.h"
#include "base/path.h"
#include "support.h"

static void folders(void **state)
{
    (void)state;
    assert_str(path_folder(STR("policies/x.md")), "policies/");
    assert_str(path_folder(STR("a/b/")), "a/b/");
    assert_str(path_folder(STR("isms.yaml")), "");
    assert_str(path_folder((str){ 0 }), "");
}

static void targets(void **state)
{
    static const struct { const char *path, *target, *meant; } cases[] = {
        { "policies/x.md", "y.md", "policies/y.md" }, { "policies/x.md", "./y.md", "policies/y.md" }, { "policies/x.md", "../y.md", "y.md" },
        { "policies/x.md", "/y.md", "y.md" }, { "x.md", "a//b/./../c.md", "a/c.md" }, { "x.md", "../y.md", "" }, { "a/x.md", "b/../../../y.md", "" },
        { "", "a/b", "a/b" }, { "a/x.md", "", "a" }, { "a/x.md", "..", "" }, { "a/x.md", "...", "a/..." }, { "a/x.md", "/", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_str(path_from(&arena, str_of(cases[i].path), str_of(cases[i].target)), cases[i].meant);
}

static void paths_have_an_end(void **state)
{
    (void)state;
    str path = STR("x");
    for (size_t i = 0; i < LIMIT_PATH_DEPTH; i++)
        path = str_join2(&arena, STR("a/"), path);
    assert_int_equal(path_from(&arena, (str){ 0 }, path).len, path.len);
    assert_int_equal(path_from(&arena, (str){ 0 }, str_join2(&arena, STR("a/"), path)).len, 0);
}

static void addresses(void **state)
{
    static const char *const cases[][2] = {
        { "my%20policy.md", "my policy.md" }, { "%C3%a4", "\xC3\xA4" }, { "100%", "100%" }, { "%2", "%2" }, { "%zz", "%zz" }, { "a%00b%0Ac%1f", "a%00b%0Ac%1f" }, { "", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_str(path_decoded(&arena, str_of(cases[i][0])), cases[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(folders), TEST(targets), TEST(paths_have_an_end), TEST(addresses) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
