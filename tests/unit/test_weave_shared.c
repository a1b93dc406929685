/* SPDX-License-Identifier: MIT */
/* Documents that one template makes of many records share what hangs on none of them, which nobody sees. */
#include "weave_fixture.h"

#include "model/fields.h"

static struct record *named(const char *id) { return model_find(session->project.model, str_of(id)); }

static char *woven(struct weave_shared *shared, const char *name, const char *id)
{
    struct weave here = weave_here();
    here.shared = shared;
    refresh();
    doc = weave_template(&here, str_of(name), named(id));
    return outcome();
}

static void same(struct weave_shared *shared, const char *name, const char *id)
{
    char *alone = woven(NULL, name, id), *beside = woven(shared, name, id);
    assert_string_equal(beside, alone);
    free(alone);
    free(beside);
}

static void put_templates(void)
{
    put("templates/parent.md", "---\ncover: no\nlet:\n  known: 'actions.map(a, a.title)'\n  mine: 'known.filter(k, k != each.title)'\n---\n# {{each.title}}\n\n"
                               "{{#each}}{{>line}}{{/each}}\n\n{{$more}}Nothing{{/more}} {{known}} {{mine}}\n");
    put("templates/partials/line.md", "{{id}}: {{title}} [[R-2]]");
    put("templates/one.md", "---\ndocument: one\nid: DOC-T\ntitle: One\nparent: parent\neach: risks\nlet:\n  places: 'size(appearances)'\n"
                            "  more: 'known.map(k, k + \" for \" + each.id)'\n---\n{{$more}}{{more}} at {{places}}{{/more}}\n");
    put("templates/two.md", "---\ndocument: two\nid: DOC-T\ntitle: Two\nparent: parent\neach: actions\npage: landscape\n---\n{{$more}}{{each.status}}{{/more}}\n");
}

/* One after the other, and back again to a template that was forgotten. */
static void documents_are_as_alone(void **state)
{
    static const struct { const char *name, *id; } order[] = { { "one", "R-1" }, { "one", "R-2" }, { "two", "ACT-1" }, { "two", "ACT-2" }, { "one", "R-1" } };
    struct weave_shared *shared = weave_shared_new(&session->arena);
    (void)state;
    put_templates();
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        same(shared, order[i].name, order[i].id);
}

/* What hangs on no record is computed for the first document; what each page has of its own is not kept. */
static void values_are_kept(void **state)
{
    struct weave_shared *shared = weave_shared_new(&session->arena);
    struct value *actions = &session->project.model->root->fields[F_isms_actions], *places = &session->project.model->root->fields[F_isms_appearances];
    struct value kept = *actions;
    (void)state;
    put_templates();
    free(woven(shared, "one", "R-1"));
    *actions = value_list(NEW(&session->arena, struct list));
    *places = session->project.model->root->fields[F_isms_risks];
    char *second = woven(shared, "one", "R-2"), *fresh = woven(NULL, "one", "R-2");
    *actions = kept;
    *places = value_null();
    assert_non_null(strstr(second, "Sprinklers for R-2"));
    assert_null(strstr(fresh, "Sprinklers"));
    assert_non_null(strstr(second, " at 2"));
    free(second);
    free(fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(documents_are_as_alone), cmocka_unit_test(values_are_kept) };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
