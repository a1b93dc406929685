/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/provider.h"

#include "base/limits.h"
#include "support.h"

static char root[256];

static char *at(const char *path) { return str_c(&arena, str_print(&arena, "%s/%s", root, path)); }
static void folder(const char *path) { assert_int_equal(mkdir(at(path), 0777), 0); }

static void file(const char *path, const char *text)
{
    FILE *f = fopen(at(path), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int make_root(void **state)
{
    const char *tmp = getenv("TMPDIR");
    set_up(state);
    snprintf(root, sizeof root, "%s/ismsc-worktree-XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
    char *command = str_c(&arena, str_print(&arena, "chmod -R u+rwx '%s'; rm -rf '%s'", root, root));
    int failed = system(command);
    return failed ? failed : tear_down(state);
}

static str listing(const struct provider *provider)
{
    struct path_list paths = { 0 };
    str message = { 0 }, out = { 0 };
    if (provider->list(provider->state, &arena, (str){ 0 }, &paths, &message) != LOAD_OK)
        return STR("failed");
    for (size_t i = 0; i < paths.len; i++)
        out = str_print(&arena, "%.*s%s%.*s", STR_ARG(out), i ? " " : "", STR_ARG(paths.at[i]));
    return out;
}

static str content(const struct provider *provider, const char *path)
{
    static const char *const names[] = { "ok", "absent", "too big", "refused", "failed" };
    str bytes = { 0 }, message = { 0 };
    enum load_status status = provider->read(provider->state, &arena, str_of(path), 10, &bytes, &message);
    if (status == LOAD_FAILED)
        assert_true(message.len > 0);
    return status == LOAD_OK ? bytes : str_of(names[status]);
}

static void files_sorted_by_their_bytes(void **state)
{
    (void)state;
    folder("b"), folder("b/c");
    file("b/c/x.yaml", "x"), file("b/a.yaml", "a"), file("isms.yaml", "i"), file("Z.md", "z"), file("b.yaml", "b");
    assert_str(listing(worktree_provider(&arena, root)), "Z.md b.yaml b/a.yaml b/c/x.yaml isms.yaml");
}

static void folders_that_are_no_sources(void **state)
{
    (void)state;
    static const char *const never[] = { "build", "templates", "node_modules", "brand", "brand-client", ".git" };
    for (size_t i = 0; i < COUNT(never); i++) {
        folder(never[i]);
        file(str_c(&arena, str_print(&arena, "%s/x.yaml", never[i])), "x");
    }
    folder("sub"), folder("sub/build"), folder("sub/.hidden");
    file("sub/build/kept.yaml", "k"), file("sub/.hidden/x.yaml", "x"), file(".hidden.yaml", "h");
    assert_str(listing(worktree_provider(&arena, root)), "sub/build/kept.yaml");
}

static void contents_and_limits(void **state)
{
    (void)state;
    file("small", "0123456789"), file("big", "0123456789a"), file("empty", "");
    const struct provider *provider = worktree_provider(&arena, root);
    assert_str(content(provider, "small"), "0123456789");
    assert_str(content(provider, "big"), "too big");
    assert_str(content(provider, "empty"), "");
    assert_str(content(provider, "gone"), "absent");
    assert_str(content(provider, "small/below"), "absent");
}

static void links_may_not_leave(void **state)
{
    (void)state;
    folder("real");
    file("real/a.yaml", "inside");
    assert_int_equal(symlink("real/a.yaml", at("in.yaml")), 0);
    assert_int_equal(symlink("/etc/passwd", at("out.yaml")), 0);
    assert_int_equal(symlink("nowhere", at("dangling.yaml")), 0);
    assert_int_equal(symlink("self.yaml", at("self.yaml")), 0);
    assert_int_equal(symlink("..", at("up")), 0);
    const struct provider *provider = worktree_provider(&arena, root);
    assert_str(content(provider, "in.yaml"), "inside");
    assert_str(content(provider, "out.yaml"), "refused");
    assert_str(content(provider, "dangling.yaml"), "refused");
    assert_str(content(provider, "self.yaml"), "refused");
    str all = listing(provider);
    assert_true(str_search(all, STR("up/r"), 0) == SIZE_MAX); /* a link to a folder is no folder: listings end */
}

static void folders_may_not_be_links_out(void **state)
{
    (void)state;
    folder("project"), folder("project/real"), folder("elsewhere"), folder("elsewhere/deep");
    file("elsewhere/secret", "s"), file("elsewhere/deep/secret", "s"), file("project/real/a.yaml", "inside");
    static const char *const links[][2] = { { "../elsewhere", "risks" }, { "../elsewhere", "templates" }, { "../elsewhere", "brand-x" },
                                            { "../elsewhere", "build" }, { "real", "now" }, { "../../elsewhere/deep", "real/deep" } };
    for (size_t i = 0; i < COUNT(links); i++)
        assert_int_equal(symlink(links[i][0], at(str_c(&arena, str_print(&arena, "project/%s", links[i][1])))), 0);
    const struct provider *provider = worktree_provider(&arena, at("project"));
    assert_str(listing(provider), "brand-x/ real/a.yaml real/deep/ risks/ templates/");
    static const char *const refused[] = { "risks/", "real/deep/", "risks/secret", "templates/secret", "real/deep/secret", "risks/deep/secret" };
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_str(content(provider, refused[i]), "refused");
    assert_str(content(provider, "now/a.yaml"), "inside"); /* a picture may be named that way */
    assert_str(content(provider, "real/a.yaml"), "inside");
    assert_str(content(provider, "gone/a.yaml"), "absent");
    struct path_list paths = { 0 };
    str message;
    assert_int_equal(provider->list(provider->state, &arena, STR("templates"), &paths, &message), LOAD_OK);
    assert_int_equal(paths.len, 0);
}

static void pipes_and_folders_are_no_files(void **state)
{
    (void)state;
    folder("dir.yaml");
    assert_int_equal(mkfifo(at("pipe.yaml"), 0666), 0);
    const struct provider *provider = worktree_provider(&arena, root);
    assert_str(content(provider, "pipe.yaml"), "refused"); /* and without waiting for somebody to write */
    assert_str(content(provider, "dir.yaml"), "refused");
    assert_str(listing(provider), "");
}

static void folders_below_the_limit(void **state)
{
    (void)state;
    str path = STR("d");
    for (int i = 0; i < LIMIT_PATH_DEPTH + 3; i++) {
        folder(str_c(&arena, path));
        path = str_print(&arena, "%.*s/d", STR_ARG(path));
    }
    str deepest = str_print(&arena, "%.*s", STR_ARG(str_cut(path, 0, path.len - 2)));
    file(str_c(&arena, str_print(&arena, "%.*s/x.yaml", STR_ARG(deepest))), "x");
    file("d/a.yaml", "a");
    assert_str(listing(worktree_provider(&arena, root)), "d/a.yaml");
}

static void what_can_not_be_read(void **state)
{
    (void)state;
    assert_str(listing(worktree_provider(&arena, "/nowhere/at/all")), "failed");
    file("secret", "x");
    chmod(at("secret"), 0);
    if (geteuid() != 0)
        assert_str(content(worktree_provider(&arena, root), "secret"), "failed");
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, make_root, remove_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(files_sorted_by_their_bytes), IN_FOLDER(folders_that_are_no_sources), IN_FOLDER(contents_and_limits), IN_FOLDER(links_may_not_leave), IN_FOLDER(folders_may_not_be_links_out),
        IN_FOLDER(pipes_and_folders_are_no_files), IN_FOLDER(folders_below_the_limit), IN_FOLDER(what_can_not_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
