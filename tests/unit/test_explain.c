/* SPDX-License-Identifier: MIT */
/* What `ismsc explain` says about everything of one kind; tests/cli/explain.sh looks at single answers. */
#include "project.h"

#include "diag/language.h"
#include "session.h"

static size_t explained;

static void assert_explained(str what)
{
    struct ismsc_text text = { 0 };
    struct ismsc_page page = { false, 200 };
    char *id = str_c(&arena, what);
    if (ismsc_explain(session, id, ISMSC_TEXT, page, &text) != ISMSC_OK)
        fail_msg("%s: %s", id, ismsc_error(session));
    str page_text = { text.at, text.len };
    if (str_search(page_text, what, 0) == SIZE_MAX)
        fail_msg("the page about %s does not name it", id);
    if (str_search(page_text, STR("What to do"), 0) == SIZE_MAX)
        fail_msg("the page about %s does not say what to do", id);
    explained++;
}

/* Without a project, as `ismsc explain` anywhere. */
static int without_project(void **state)
{
    set_up(state);
    explained = 0;
    session = ismsc_open(&(struct ismsc_options){ .as_of = "2026-11-21" });
    return session ? 0 : -1;
}

static void every_rule(void **state)
{
    (void)state;
    assert_explained(STR("6.1.3-d-05"));
    for (size_t i = 0; i < session->rules.list.len; i++)
        assert_explained(session->rules.list.at[i]->id);
    assert_true(explained > 300);
}

static void every_finding_of_the_language(void **state)
{
    (void)state;
    for (int i = 0; i < LANG_COUNT; i++)
        assert_explained(str_of(language_row((enum language_rule)i)->id));
    assert_true(explained > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_rule, without_project, close_project),
        cmocka_unit_test_setup_teardown(every_finding_of_the_language, without_project, close_project),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
