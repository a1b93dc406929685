/* SPDX-License-Identifier: MIT */
/*
 * docs/expressions.md is run: the rows of its tables that give a value have that value, its examples compile
 * against the built-in schema, and each function and macro is mentioned.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "load/resource.h"
#include "query/functions.h"
#include "query_fixture.h"
#include "resolve/schema_packed.h"

static struct memory memory;
static struct arena arena;
static struct fixture fixture;
static str manual;

static str read_manual(void)
{
    struct buf *text = buf_new(&arena);
    char piece[4096];
    size_t n;
    FILE *file = fopen("docs/expressions.md", "rb");
    if (!file)
        return STR("");
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_put(text, (str){ piece, n });
    fclose(file);
    return buf_str(text);
}

/* "| `expression` | `value` |" */
static bool is_example(str line, str *expr, str *value)
{
    size_t middle = str_search(line, STR("` | `"), 0);
    if (!str_starts(line, STR("| `")) || !str_ends(line, STR("` |")) || middle == SIZE_MAX)
        return false;
    *expr = str_cut(line, 3, middle);
    *value = str_cut(line, middle + 5, line.len - 3);
    return str_search(*value, STR("`"), 0) == SIZE_MAX;
}

static void check_value(str text, str value)
{
    struct query_problem problem = { .message = STR("") };
    struct query_run run = { .arena = &arena, .model = &fixture.model, .slots = fixture.slots, .limit = LIMIT_EXPR_COST };
    struct expr *expr = expr_compile(&arena, &fixture.schema, &fixture.scope, text, &problem);
    if (!expr)
        fail_msg("%.*s: %.*s", STR_ARG(text), STR_ARG(problem.message));
    struct buf *out = buf_new(&arena);
    value_json(out, expr_eval(expr, &run));
    if (!str_eq(buf_str(out), value))
        fail_msg("%.*s is %.*s, not %.*s", STR_ARG(text), STR_ARG(buf_str(out)), STR_ARG(value));
}

static void values(void **state)
{
    str rest = manual, line, expr, value;
    bool inside = false;
    size_t count = 0;
    (void)state;
    while (str_split(&rest, '\n', &line)) {
        inside = str_eq(line, STR("| Expression | Value |")) || (inside && str_starts(line, STR("|")));
        if (inside && is_example(line, &expr, &value)) {
            check_value(expr, value);
            count++;
        }
    }
    assert_true(count > 30);
}

/* Records go by the name of their kind: `risk`, `control`. */
static struct query_scope kinds_as_names(const struct schema *schema)
{
    struct query_name *names = NEWS(&arena, struct query_name, schema->nkinds);
    for (size_t i = 0; i < schema->nkinds; i++) {
        struct type *type = NEW(&arena, struct type);
        *type = (struct type){ .tag = TYPE_RECORD, .kind = schema->kinds[i] };
        /* Objects of the root have their section's name, which must stay what it is. */
        names[i] = (struct query_name){ .name = schema->kinds[i]->collection.len ? schema->kinds[i]->name : STR("-"), .type = type };
    }
    return (struct query_scope){ .names = names, .len = schema->nkinds };
}

static void examples(void **state)
{
    const struct schema *schema = schema_unpack(&arena, embedded_schema);
    struct query_scope scope = kinds_as_names(schema);
    str rest = manual, line;
    bool inside = false;
    size_t count = 0;
    (void)state;
    while (str_split(&rest, '\n', &line)) {
        struct query_problem problem = { .message = STR("") };
        if (str_starts(line, STR("```")))
            inside = str_eq(line, STR("```cel"));
        else if (inside && !expr_compile(&arena, schema, &scope, line, &problem))
            fail_msg("%.*s: %.*s (%.*s)", STR_ARG(line), STR_ARG(problem.message), STR_ARG(problem.help));
        else
            count += inside;
    }
    assert_true(count > 20);
}

static void mentions(void **state)
{
    static const char *const macros[] = { "all", "exists", "exists_one", "filter", "map", "sort_by", "has" };
    (void)state;
    for (size_t i = 0; function_at(i); i++)
        if (str_search(manual, str_print(&arena, "%s(", function_at(i)->name), 0) == SIZE_MAX)
            fail_msg("%s is not in the manual", function_at(i)->name);
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        assert_true(str_search(manual, str_print(&arena, "%s(", macros[i]), 0) != SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(values), cmocka_unit_test(examples), cmocka_unit_test(mentions) };
    memory.limit = (size_t)64 << 20;
    if (setjmp(memory.escape))
        return 1;
    arena_init(&arena, &memory);
    fixture_init(&fixture, &arena);
    manual = read_manual();
    int failed = cmocka_run_group_tests_name("query_docs", tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
