/* SPDX-License-Identifier: MIT */
#include "write/json.h"
#include "write/report.h"

#include "support.h"

static const struct report_facts facts = { .as_of = 20778, .stage = { "stage-1", 7 }, .threshold = SEV_MINOR, .rules_run = 12 };

static struct finding *add(const char *rule, enum severity severity, uint32_t file, uint32_t begin, uint32_t end, const char *message)
{
    return finding_add_rule(&findings, str_of(rule), severity, (struct span){ file, begin, end }, str_of(message));
}

static str text(struct report_options options)
{
    struct buf *out = buf_new(&arena);
    findings_finish(&findings);
    report_text(out, &findings, &sources, &facts, options);
    return buf_str(out);
}

static void assert_text(const char *expected) { assert_str(text((struct report_options){ 0 }), expected); }

static void nothing_found(void **state)
{
    (void)state;
    assert_text("No findings. 12 rules checked.\n");
}

static void a_finding_with_all_its_parts(void **state)
{
    (void)state;
    add_source("a.yaml", STR("one\ntwo: three\nfour\n"));
    add_source("b.yaml", STR("five\n"));
    struct finding *f = add("6.1.3-d-04", SEV_MAJOR, 1, 4, 7, "A.8.13 is excluded without a justification");
    f->name = STR("exclusion-without-justification");
    f->label = STR("needs `justification`");
    f->clause = STR("6.1.3 d)");
    f->basis = STR("requirement");
    f->help = STR("say why");
    finding_also(&findings, f, (struct span){ 1, 15, 19 }, "in the same file");
    finding_also(&findings, f, (struct span){ 2, 0, 4 }, "in another");
    assert_text("major[6.1.3-d-04 exclusion-without-justification]: A.8.13 is excluded without a justification\n"
                " --> a.yaml:2:1\n"
                "  |\n"
                "2 | two: three\n"
                "  | ^^^ needs `justification`\n"
                "3 | four\n"
                "  | ---- in the same file\n"
                "  |\n"
                " ::: b.yaml:1:1\n"
                "  |\n"
                "1 | five\n"
                "  | ---- in another\n"
                "  = help: say why\n"
                "  = clause 6.1.3 d), required by the standard; more: ismsc explain 6.1.3-d-04\n"
                "\n"
                "1 major. Failed: minor or worse. 12 rules checked.\n");
}

static const struct accepted accepted = { { "ACC-01", 6 }, { "ana", 3 }, { "Ana Lind", 8 }, { "later", 5 }, { "R-1", 3 }, 20700, 20800, false };

/* In the report, but in no count; never left out, and not in the way of those that count. */
static void what_is_accepted(void **state)
{
    (void)state;
    add_source("a.yaml", STR("0123456789\n"));
    for (uint32_t i = 0; i < 7; i++)
        add("A", SEV_MAJOR, 1, i, i + 1, "m")->accepted = i < 6 ? &accepted : NULL;
    str out = text((struct report_options){ 0 });
    assert_true(str_starts(out, STR("accepted[A]: m\n --> a.yaml:1:1\n  = major, accepted by Ana Lind until 2026-12-13: later (ACC-01)\n\naccepted[A]: m\n --> a.yaml:1:2\n")));
    assert_true(str_search(out, STR("more of A"), 0) == SIZE_MAX);
    assert_true(str_ends(out, STR("major[A]: m\n --> a.yaml:1:7\n  |\n1 | 0123456789\n  |       ^\n\n1 major, 6 accepted. Failed: minor or worse. 12 rules checked.\n")));
    struct buf *lines = buf_new(&arena);
    report_concise(lines, &findings, &sources);
    assert_true(str_starts(buf_str(lines), STR("a.yaml:1:1: accepted: m [A]\n")));
    findings.list.len = 6;
    findings_finish(&findings);
    assert_false(report_failed(&findings, &facts));
    assert_int_equal(findings.accepted, 6);
}

static void marks_stand_under_wide_and_combining_characters(void **state)
{
    (void)state;
    add_source("a.yaml", STR("\xE8\x80\x81\xE5\xB8\xAB e\xCC\x81 bad\n\tx bad\n"));
    add("X", SEV_ERROR, 1, 11, 14, "wide");
    add("X", SEV_ERROR, 1, 18, 21, "tab");
    assert_text("error[X]: wide\n --> a.yaml:1:7\n  |\n1 | \xE8\x80\x81\xE5\xB8\xAB e\xCC\x81 bad\n  |        ^^^\n\n"
                "error[X]: tab\n --> a.yaml:2:4\n  |\n2 |     x bad\n  |       ^^^\n\n"
                "2 errors. Failed: minor or worse. 12 rules checked.\n");
}

/* A file may not drive the terminal of whoever checks it. */
static void controls_are_shown_and_not_sent(void **state)
{
    (void)state;
    add_source("a\x1B[2J.yaml", STR("x \x1B[31m\xE2\x80\xAE y\n"));
    add("X", SEV_ERROR, 1, 2, 3, "says \x1B[1m");
    str out = text((struct report_options){ 0 });
    assert_true(str_find(out, '\x1B', 0) == out.len);
    assert_true(str_search(out, STR("<U+001B>[31m<U+202E> y"), 0) != SIZE_MAX);
}

static void long_lines_are_cut_around_the_place(void **state)
{
    (void)state;
    char *line = NEWS(&arena, char, 100001);
    memset(line, 'x', 100000);
    memcpy(line + 50000, "BAD", 3);
    add_source("a.yaml", (str){ line, 100000 });
    add("X", SEV_ERROR, 1, 50000, 50003, "long");
    str out = text((struct report_options){ 0 });
    assert_true(out.len < 600);
    assert_true(str_search(out, STR("xxBADxx"), 0) != SIZE_MAX);
    assert_true(str_search(out, STR(" ...x"), 0) != SIZE_MAX);
    assert_true(str_search(out, STR("^^^\n"), 0) != SIZE_MAX);
}

static void places_at_the_end_and_nowhere(void **state)
{
    (void)state;
    add_source("a.yaml", STR("one"));
    add_source("empty.yaml", STR(""));
    add("A", SEV_OBSERVATION, 1, 3, 3, "at the end");
    add("B", SEV_OBSERVATION, 2, 0, 0, "in an empty file");
    add("C", SEV_OBSERVATION, 0, 0, 0, "nowhere");
    assert_text("observation[C]: nowhere\n\n"
                "observation[A]: at the end\n --> a.yaml:1:4\n  |\n1 | one\n  |    ^\n\n"
                "observation[B]: in an empty file\n --> empty.yaml:1:1\n  |\n1 | \n  | ^\n\n"
                "3 observations. 12 rules checked.\n");
}

static void only_the_first_few_of_a_rule(void **state)
{
    (void)state;
    add_source("a.yaml", STR("0123456789abcdefghij\n"));
    for (uint32_t i = 0; i < 12; i++)
        add(i % 3 ? "A" : "B", SEV_MINOR, 1, i, i + 1, "m");
    str few = text((struct report_options){ 0 }), all = text((struct report_options){ .all = true });
    assert_true(str_search(few, STR("and 3 more of A (--all shows them)"), 0) != SIZE_MAX);
    assert_true(str_search(few, STR("more of B"), 0) == SIZE_MAX);
    assert_true(str_search(all, STR("more of"), 0) == SIZE_MAX);
    assert_true(str_search(few, STR("12 minor."), 0) != SIZE_MAX);
}

/* Ten thousand of one rule before ten thousand of another take no longer than twenty thousand of one. */
static void many_findings_take_linear_time(void **state)
{
    (void)state;
    add_source("a.yaml", STR("x\n"));
    for (uint32_t i = 0; i < 60000; i++)
        add(i < 30000 ? "A" : "B", SEV_MINOR, 1, i, i + 1, "m");
    assert_true(text((struct report_options){ 0 }).len < 2000);
}

static void colours_and_their_absence(void **state)
{
    (void)state;
    add_source("a.yaml", STR("x\n"));
    add("A", SEV_MAJOR, 1, 0, 1, "m");
    str plain = text((struct report_options){ 0 }), coloured = text((struct report_options){ .colour = true });
    assert_true(str_find(plain, '\x1B', 0) == plain.len);
    assert_true(str_find(coloured, '\x1B', 0) < coloured.len);
    struct buf *stripped = buf_new(&arena);
    for (size_t i = 0; i < coloured.len; i++) {
        if (coloured.at[i] == '\x1B')
            i = str_find(coloured, 'm', i);
        else
            buf_char(stripped, coloured.at[i]);
    }
    assert_true(str_eq(buf_str(stripped), plain));
}

static void thresholds(void **state)
{
    (void)state;
    struct report_facts f = facts;
    add("A", SEV_MINOR, 0, 0, 0, "m");
    findings_finish(&findings);
    f.threshold = SEV_MINOR;
    assert_true(report_failed(&findings, &f));
    f.threshold = SEV_MAJOR;
    assert_false(report_failed(&findings, &f));
    f.threshold = SEV_ERROR + 1; /* none */
    assert_false(report_failed(&findings, &f));
    add("B", SEV_ERROR, 0, 0, 0, "m");
    findings_finish(&findings);
    assert_true(report_failed(&findings, &f)); /* what can not be read fails always */
}

static void lines_for_tools(void **state)
{
    (void)state;
    struct buf *out = buf_new(&arena);
    add_source("a b.yaml", STR("x\ny\xC3\xA9z\n"));
    struct finding *f = add("A", SEV_MAJOR, 1, 5, 6, "two\nlines");
    f->name = STR("a-name");
    findings_finish(&findings);
    report_concise(out, &findings, &sources);
    str line = buf_str(out);
    assert_true(str_starts(line, STR("a b.yaml:2:3: major: ")));
    assert_int_equal(str_find(line, '\n', 0), line.len - 1); /* one finding, one line */
}

static void json_for_programs(void **state)
{
    (void)state;
    struct buf *out = buf_new(&arena);
    json_string(out, STR("a\"b\\c\n\t\x01\x7F \xC3\xA9\xE2\x80\xA8"));
    assert_str(buf_str(out), "\"a\\\"b\\\\c\\n\\u0009\\u0001\\u007f \xC3\xA9\xE2\x80\xA8\"");
    buf_clear(out);
    json_string(out, STR("bad \xFF\xC3 name")); /* file names may hold any bytes; JSON may not */
    assert_int_equal(utf8_invalid_at(buf_str(out)), out->len);
    buf_clear(out);
    findings_finish(&findings);
    report_json(out, &findings, &sources, &facts);
    assert_str(buf_str(out), "{\n  \"schema_version\": 1,\n  \"as_of\": \"2026-11-21\",\n  \"stage\": \"stage-1\",\n"
                             "  \"summary\": {\"error\": 0, \"major\": 0, \"minor\": 0, \"observation\": 0, \"accepted\": 0, \"failed\": false, \"likely_major\": []},\n"
                             "  \"findings\": []\n}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_found), TEST(a_finding_with_all_its_parts), TEST(what_is_accepted), TEST(marks_stand_under_wide_and_combining_characters), TEST(controls_are_shown_and_not_sent),
        TEST(long_lines_are_cut_around_the_place), TEST(places_at_the_end_and_nowhere), TEST(only_the_first_few_of_a_rule), TEST(many_findings_take_linear_time),
        TEST(colours_and_their_absence), TEST(thresholds), TEST(lines_for_tools), TEST(json_for_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
