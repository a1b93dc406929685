/* SPDX-License-Identifier: MIT */
#include "rules/yield.h"

#include "support.h"

static struct rules rules;

/* Enters a rule that gives way to the others, which end with NULL. */
static struct rule *rule(const char *id, const char *builtin, ...)
{
    struct rule *r = NEW(&arena, struct rule);
    const char  *other;
    va_list others;
    *r = (struct rule){ .id = str_of(id), .builtin = str_of(builtin), .yields = NEWS(&arena, struct rule_text, 4) };
    va_start(others, builtin);
    while ((other = va_arg(others, const char *)) != NULL)
        r->yields[r->nyields++].text = str_of(other);
    va_end(others);
    LIST_PUSH(&arena, &rules.list, r);
    map_add(&rules.by_id, &arena, r->id, r);
    map_add(&rules.by_code, &arena, rule_code(r), r);
    return r;
}

static struct finding *spoke(const char *code, const char *record)
{
    struct finding *f = finding_add_rule(&findings, str_of(code), SEV_MINOR, (struct span){ 1, 0, 1 }, STR("m"));
    f->record = str_of(record);
    return f;
}

/* What is left, "A:R-1 B": rule and record. */
static str left(size_t from)
{
    struct arena scratch;
    str out = { 0 };
    arena_init(&scratch, &memory);
    findings_yield(&findings, from, &rules, &scratch);
    arena_close(&scratch);
    for (size_t i = 0; i < findings.list.len; i++) {
        const struct finding *f = findings.list.at[i];
        out = str_print(&arena, "%.*s%s%.*s%s%.*s", STR_ARG(out), i ? " " : "", STR_ARG(f->rule), f->record.len ? ":" : "", STR_ARG(f->record));
    }
    return out;
}

static int begin(void **state)
{
    rules = (struct rules){ 0 };
    return set_up(state);
}

#define YIELD(f) cmocka_unit_test_setup_teardown(f, begin, tear_down)

static void about_the_same_record(void **state)
{
    (void)state;
    rule("better", "", NULL);
    rule("worse", "", "better", NULL);
    spoke("better", "R-1");
    spoke("worse", "R-1");
    spoke("worse", "R-2");
    assert_str(left(0), "better:R-1 worse:R-2");
}

static void the_order_of_rules_means_nothing(void **state)
{
    (void)state;
    rule("worse", "", "better", NULL);
    rule("better", "", NULL);
    spoke("worse", "R-1");
    spoke("better", "R-1");
    assert_str(left(0), "better:R-1");
}

static void what_is_said_of_the_whole_counts_for_every_record(void **state)
{
    (void)state;
    rule("better", "", NULL);
    rule("worse", "", "better", NULL);
    spoke("better", "");
    spoke("worse", "R-1");
    spoke("worse", "R-2");
    assert_str(left(0), "better");
}

static void what_is_said_of_a_record_counts_for_the_whole(void **state)
{
    (void)state;
    rule("better", "", NULL);
    rule("worse", "", "better", NULL);
    spoke("worse", "");
    spoke("better", "R-1");
    assert_str(left(0), "better:R-1");
}

static void who_gave_way_makes_others_give_way(void **state)
{
    (void)state;
    rule("worst", "", "worse", NULL);
    rule("worse", "", "better", NULL);
    rule("better", "", NULL);
    spoke("worst", "R-1");
    spoke("worse", "R-1");
    spoke("better", "R-1");
    assert_str(left(0), "better:R-1");
}

static void to_any_of_several(void **state)
{
    (void)state;
    rule("one", "", NULL);
    rule("two", "", NULL);
    rule("worse", "", "one", "two", NULL);
    spoke("two", "R-1");
    spoke("worse", "R-1");
    spoke("one", "R-2");
    spoke("worse", "R-3");
    assert_str(left(0), "two:R-1 one:R-2 worse:R-3");
}

/* Findings before [from] were made by the language: they count, and they never give way. */
static void to_what_the_language_said_before(void **state)
{
    (void)state;
    rule("worse", "", "R-01", NULL);
    spoke("R-01", "R-1");
    spoke("worse", "R-1");
    spoke("worse", "R-2");
    assert_str(left(1), "R-01:R-1 worse:R-2");
}

/* A rule newer than the pinned edition may not make one that counts fall silent. */
static void not_to_what_is_only_an_observation_yet(void **state)
{
    (void)state;
    rule("new", "", NULL);
    rule("newer", "", "new", NULL);
    rule("old", "", "new", NULL);
    spoke("new", "R-1")->early = true;
    spoke("newer", "R-1")->early = true;
    spoke("old", "R-1");
    assert_str(left(0), "new:R-1 old:R-1");
}

static void nobody_to_give_way_to(void **state)
{
    (void)state;
    rule("worse", "", "better", NULL);
    spoke("worse", "R-1");
    spoke("worse", "");
    spoke("stranger", "R-1");
    assert_str(left(0), "worse:R-1 worse stranger:R-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        YIELD(about_the_same_record), YIELD(the_order_of_rules_means_nothing), YIELD(what_is_said_of_the_whole_counts_for_every_record),
        YIELD(what_is_said_of_a_record_counts_for_the_whole), YIELD(who_gave_way_makes_others_give_way), YIELD(to_any_of_several),
        YIELD(to_what_the_language_said_before), YIELD(nobody_to_give_way_to),
        YIELD(not_to_what_is_only_an_observation_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
