/* SPDX-License-Identifier: MIT */
#include "load/provider.h"

#include "support.h"

static str listing(const struct provider *provider)
{
    struct path_list paths = { 0 };
    str message, out = { 0 };
    assert_int_equal(provider->list(provider->state, &arena, (str){ 0 }, &paths, &message), LOAD_OK);
    for (size_t i = 0; i < paths.len; i++)
        out = str_print(&arena, "%.*s%s%.*s", STR_ARG(out), i ? " " : "", STR_ARG(paths.at[i]));
    return out;
}

static str content(const struct provider *provider, const char *path)
{
    str bytes = { 0 }, message;
    enum load_status status = provider->read(provider->state, &arena, str_of(path), 10, &bytes, &message);
    return status == LOAD_OK ? bytes : status == LOAD_ABSENT ? STR("absent") : status == LOAD_TOO_BIG ? STR("too big") : STR("?");
}

static void texts_in_memory(void **state)
{
    (void)state;
    struct provider *overlay = overlay_provider(&arena, NULL);
    assert_str(listing(overlay), "");
    overlay_put(&arena, overlay, STR("b.yaml"), STR("b"));
    overlay_put(&arena, overlay, STR("a/z.yaml"), STR("z"));
    overlay_put(&arena, overlay, STR("b.yaml"), STR("newer"));
    overlay_put(&arena, overlay, STR("big"), STR("eleven byte"));
    assert_str(listing(overlay), "a/z.yaml b.yaml big");
    assert_str(content(overlay, "b.yaml"), "newer");
    assert_str(content(overlay, "big"), "too big");
    assert_str(content(overlay, "c.yaml"), "absent");
}

static void one_over_another(void **state)
{
    (void)state;
    struct provider *below = overlay_provider(&arena, NULL), *above = overlay_provider(&arena, below);
    overlay_put(&arena, below, STR("a"), STR("old a"));
    overlay_put(&arena, below, STR("c"), STR("c"));
    overlay_put(&arena, above, STR("a"), STR("new a"));
    overlay_put(&arena, above, STR("b"), STR("b"));
    assert_str(listing(above), "a b c");
    assert_str(content(above, "a"), "new a");
    assert_str(content(above, "c"), "c");
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(texts_in_memory), TEST(one_over_another) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
