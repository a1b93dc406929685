/* SPDX-License-Identifier: MIT */
#include "diag/finding.h"

#include "base/limits.h"
#include "support.h"

static struct span span(uint32_t file, uint32_t begin) { return (struct span){ file, begin, begin + 1 }; }

static struct finding *add(const char *rule, struct span at, const char *message, const char *record)
{
    struct finding *f = finding_add_rule(&findings, str_of(rule), SEV_MINOR, at, str_of(message));
    f->record = str_of(record);
    return f;
}

static void sorted_by_place_then_rule_then_words(void **state)
{
    (void)state;
    add("6.1", span(2, 5), "e", "");
    add("6.10", span(1, 5), "d", "");
    add("6.2", span(1, 5), "c", "");
    add("6.2", span(1, 5), "b", "");
    add("9.9", span(1, 4), "a", "");
    findings_finish(&findings);
    assert_str(found(), "9.9@4-5 6.2@5-6 6.2@5-6 6.10@5-6 6.1@5-6");
    assert_str(findings.list.at[1]->message, "b");
}

static void the_same_twice_is_one(void **state)
{
    (void)state;
    add("6.1", span(1, 5), "same", "");
    add("6.1", span(1, 5), "other", "");
    add("6.1", span(1, 5), "same", "");
    findings_finish(&findings);
    assert_int_equal(findings.list.len, 2);
    assert_int_equal(findings.count[SEV_MINOR], 2);
    findings_finish(&findings);
    assert_int_equal(findings.count[SEV_MINOR], 2);
}

/* An accepted finding stays accepted when its record moves; two records have two fingerprints. */
static void fingerprints(void **state)
{
    (void)state;
    struct finding *a = add("6.1", span(1, 5), "risk R-1 here", "R-1"), *b = add("6.1", span(7, 90), "risk R-1 there", "R-1"), *c = add("6.1", span(1, 6), "x", "R-2");
    struct finding *d = add("6.1", span(1, 7), "one", ""), *e = add("6.1", span(1, 8), "two", "");
    findings_finish(&findings);
    assert_true(a->fingerprint == b->fingerprint);
    assert_true(a->fingerprint != c->fingerprint);
    assert_true(d->fingerprint != e->fingerprint);
}

static void a_language_finding_has_all_its_row_says(void **state)
{
    (void)state;
    struct finding *f = finding_add(&findings, LANG_YAML_TAG, span(1, 3), "the tag `%s`", "!x");
    assert_str(f->rule, "Y-06");
    assert_str(f->name, "tag");
    assert_str(f->message, "the tag `!x`");
    assert_int_equal(f->severity, SEV_ERROR);
    assert_true(f->help.len > 0);
    finding_help(&findings, f, "do %d", 2);
    assert_str(f->help, "do 2");
    finding_also(&findings, f, span(1, 1), "first");
    finding_also(&findings, f, span(1, 2), "second");
    assert_str(f->related->text, "first");
    assert_str(f->related->next->text, "second");
}

static void rows_are_sorted_and_whole(void **state)
{
    (void)state;
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct language_row *row = language_row((enum language_rule)i);
        assert_true(strlen(row->id) > 2 && strlen(row->name) > 2 && strlen(row->title) > 8 && strlen(row->why) > 8 && strlen(row->fix) > 4);
        if (i > 0 && str_cmp_natural(str_of(language_row((enum language_rule)(i - 1))->id), str_of(row->id)) >= 0)
            fail_msg("%s stands in the wrong place", row->id);
        assert_ptr_equal(language_find(str_of(row->id)), row);
        assert_ptr_equal(language_find(str_of(row->name)), row);
    }
    assert_null(language_find(STR("Y-99")));
}

static void too_many_are_counted(void **state)
{
    (void)state;
    for (int i = 0; i < LIMIT_FINDINGS + 10; i++)
        add("6.1", span(1, (uint32_t)i), "m", "");
    findings_finish(&findings);
    assert_int_equal(findings.list.len, LIMIT_FINDINGS);
    assert_int_equal(findings.dropped, 10);
}

static void severities(void **state)
{
    (void)state;
    enum severity s;
    for (int i = 0; i < 4; i++) {
        assert_true(severity_parse(str_of(severity_name((enum severity)i)), &s));
        assert_int_equal(s, i);
    }
    assert_false(severity_parse(STR("fatal"), &s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sorted_by_place_then_rule_then_words), TEST(the_same_twice_is_one), TEST(fingerprints), TEST(a_language_finding_has_all_its_row_says),
        TEST(rows_are_sorted_and_whole), TEST(too_many_are_counted), TEST(severities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
