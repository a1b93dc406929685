/* SPDX-License-Identifier: MIT */
/*
 * The check as JUnit XML: a suite a clause or theme, a case a rule. Rules that were checked and found nothing are there as
 * passed, so the file is evidence of what was checked, too. A rule that did not run is skipped, with the reason.
 */
#include <stdlib.h>

#include "base/date.h"
#include "write/report_part.h"
#include "write/xml.h"

/* A rule with what it found. */
struct junit_case {
    str                    id, title;
    const char            *skipped; /* why it did not run, or NULL */
    LIST_OF(const struct finding *) found;
};

struct junit_suite {
    str    name;
    int    rank; /* among the suites */
    LIST_OF(struct junit_case *) cases;
    size_t failures, skipped;
};

struct junit {
    const struct report *report;
    LIST_OF(struct junit_suite *) suites;
    struct map suite_by_name, case_by_id;
};

/* "6.1.3 d)" -> "Clause 6.1.3", "A.5.26" -> "Annex A.5"; what has no clause is about the sources. */
static str suite_name(struct arena *arena, str clause, int *rank)
{
    bool   annex = str_starts(clause, STR("A."));
    size_t end = annex ? str_find(clause, '.', 2) : 0;
    while (!annex && end < clause.len && ((clause.at[end] >= '0' && clause.at[end] <= '9') || clause.at[end] == '.'))
        end++;
    *rank = end == 0 ? (clause.len ? 3 : 0) : annex ? 2 : 1;
    if (end == 0)
        return clause.len ? STR("Across clauses") : STR("Sources");
    return str_join2(arena, annex ? STR("Annex ") : STR("Clause "), str_cut(clause, 0, end));
}

static struct junit_suite *suite_of(struct junit *j, str clause)
{
    struct arena *arena = j->report->arena;
    int rank;
    str name = suite_name(arena, clause, &rank);
    struct junit_suite *suite = map_get(&j->suite_by_name, name);
    if (!suite) {
        suite = NEW(arena, struct junit_suite);
        suite->name = name;
        suite->rank = rank;
        map_add(&j->suite_by_name, arena, name, suite);
        LIST_PUSH(arena, &j->suites, suite);
    }
    return suite;
}

static struct junit_case *add_case(struct junit *j, str clause, str id, str title)
{
    struct junit_suite *suite = suite_of(j, clause);
    struct junit_case  *c = NEW(j->report->arena, struct junit_case);
    c->id = id;
    c->title = title;
    LIST_PUSH(j->report->arena, &suite->cases, c);
    map_set(&j->case_by_id, j->report->arena, id, c);
    return c;
}

static const char *why_skipped(struct arena *arena, const struct rule *rule, enum rule_state state)
{
    switch (state) {
    case RULE_WAITING:  return str_c(arena, str_print(arena, "counts from stage %.*s", STR_ARG(rule->from_stage)));
    case RULE_DISABLED: return "switched off under checks";
    case RULE_FOREIGN:  return "about what this edition of the standard does not have";
    case RULE_HELD:     return "waits until every file can be read";
    case RULE_LESS:     return "less severe than what was asked for";
    default:            return NULL;
    }
}

static int by_id(const void *a, const void *b)
{
    const struct junit_case *x = *(struct junit_case *const *)a, *y = *(struct junit_case *const *)b;
    return str_cmp_natural(x->id, y->id);
}

/* The sources, then clauses, then Annex A, then what goes across. */
static int by_name(const void *a, const void *b)
{
    const struct junit_suite *x = *(struct junit_suite *const *)a, *y = *(struct junit_suite *const *)b;
    return x->rank != y->rank ? x->rank - y->rank : str_cmp_natural(x->name, y->name);
}

static void add_rules(struct junit *j)
{
    const struct rules *rules = j->report->rules;
    add_case(j, (str){ 0 }, STR("sources"), STR("every file can be read and understood"));
    for (size_t i = 0; i < rules->list.len; i++) {
        const struct rule *rule = rules->list.at[i];
        struct junit_case *c = add_case(j, rule->clause, rule_code(rule), rule->title);
        c->skipped = why_skipped(j->report->arena, rule, j->report->states[i]);
        suite_of(j, rule->clause)->skipped += c->skipped != NULL;
    }
    qsort(j->suites.at, j->suites.len, sizeof *j->suites.at, by_name);
    for (size_t i = 0; i < j->suites.len; i++)
        qsort(j->suites.at[i]->cases.at, j->suites.at[i]->cases.len, sizeof(struct junit_case *), by_id);
}

static bool fails(const struct finding *f) { return !f->accepted && f->severity != SEV_OBSERVATION; }

/* What no rule says is about the language of the sources. */
static void add_findings(struct junit *j)
{
    for (size_t i = 0; i < j->report->findings->list.len; i++) {
        const struct finding *f = j->report->findings->list.at[i];
        struct junit_case *c = map_get(&j->case_by_id, f->rule);
        if (!c)
            c = map_get(&j->case_by_id, STR("sources"));
        LIST_PUSH(j->report->arena, &c->found, f);
    }
}

static size_t failures_of(const struct junit_case *c)
{
    for (size_t i = 0; i < c->found.len; i++)
        if (fails(c->found.at[i]))
            return 1;
    return 0;
}

/* "risks/x.yaml:5:3: minor: the message. What to do. [rule]", a line each. */
static void finding_line(struct buf *out, const struct report *report, const struct finding *f)
{
    struct report_place place = report_place(report, f->at);
    xml_text(out, place.path);
    buf_print(out, ":%u:%u: %s: ", place.begin.line, place.begin.column, severity_name(f->severity));
    xml_text(out, report_sentence(report->arena, f));
    if (f->accepted) {
        char until[11];
        date_format(f->accepted->until, until);
        buf_text(out, " Accepted by ");
        xml_text(out, f->accepted->by_name);
        buf_print(out, " until %s: ", until);
        xml_text(out, f->accepted->reason);
    }
    buf_char(out, '\n');
}

static void put_lines(struct buf *out, const struct report *report, const struct junit_case *c, bool failing)
{
    for (size_t i = 0; i < c->found.len; i++)
        if (fails(c->found.at[i]) == failing)
            finding_line(out, report, c->found.at[i]);
}

static void put_failure(struct buf *out, const struct report *report, const struct junit_case *c)
{
    size_t n = 0;
    const struct finding *worst = NULL;
    for (size_t i = 0; i < c->found.len; i++)
        if (fails(c->found.at[i])) {
            n++;
            if (!worst || c->found.at[i]->severity > worst->severity)
                worst = c->found.at[i];
        }
    if (!worst)
        return;
    buf_print(out, "\n      <failure type=\"%s\" message=\"", severity_name(worst->severity));
    xml_attribute(out, worst->message);
    if (n > 1)
        buf_print(out, " (and %zu more)", n - 1);
    buf_text(out, "\">");
    put_lines(out, report, c, true);
    buf_text(out, "</failure>");
}

static void put_case(struct buf *out, const struct report *report, const struct junit_suite *suite, const struct junit_case *c)
{
    size_t failing = failures_of(c);
    buf_text(out, "    <testcase classname=\"");
    xml_attribute(out, suite->name);
    buf_text(out, "\" name=\"");
    xml_attribute(out, c->id);
    buf_text(out, ": ");
    xml_attribute(out, c->title);
    buf_text(out, "\" time=\"0\"");
    if (!c->skipped && c->found.len == 0) {
        buf_text(out, "/>\n");
        return;
    }
    buf_text(out, ">");
    if (c->skipped)
        buf_print(out, "\n      <skipped message=\"%s\"/>", c->skipped);
    else if (failing)
        put_failure(out, report, c);
    else {
        buf_text(out, "\n      <system-out>");
        put_lines(out, report, c, false);
        buf_text(out, "</system-out>");
    }
    buf_text(out, "\n    </testcase>\n");
}

void report_junit(struct buf *out, const struct report *report)
{
    struct junit j = { .report = report };
    size_t tests = 0, failures = 0, skipped = 0;
    add_rules(&j);
    add_findings(&j);
    for (size_t i = 0; i < j.suites.len; i++) {
        struct junit_suite *suite = j.suites.at[i];
        for (size_t k = 0; k < suite->cases.len; k++)
            suite->failures += failures_of(suite->cases.at[k]);
        tests += suite->cases.len;
        failures += suite->failures;
        skipped += suite->skipped;
    }
    buf_print(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ismsc\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\" time=\"0\">\n",
              tests, failures, skipped);
    for (size_t i = 0; i < j.suites.len; i++) {
        const struct junit_suite *suite = j.suites.at[i];
        buf_text(out, "  <testsuite name=\"");
        xml_attribute(out, suite->name);
        buf_print(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\" time=\"0\">\n", suite->cases.len, suite->failures, suite->skipped);
        for (size_t k = 0; k < suite->cases.len; k++)
            put_case(out, report, suite, suite->cases.at[k]);
        buf_text(out, "  </testsuite>\n");
    }
    buf_text(out, "</testsuites>\n");
}
