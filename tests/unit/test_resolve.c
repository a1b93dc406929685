/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "project.h"

static const char people[] =
    "people:\n"
    "  ana.lind: {name: Ana Lind}\n"
    "  ben.cho: {name: Ben Cho}\n"
    "roles:\n"
    "  ROLE-ceo: {title: Chief executive, holder: ana.lind, deputy: ben.cho}\n";

static const char method[] =
    "risk_method:\n"
    "  likelihood: [{name: Rare}, {name: Possible}, {name: Frequent}]\n"
    "  impact: [{name: Minor}, {name: Serious}, {name: Grave}]\n"
    "  score: product\n"
    "  levels:\n"
    "    - {name: Low, up_to: 2, acceptable: yes}\n"
    "    - {name: Medium, up_to: 5}\n"
    "    - {name: High, up_to: 9}\n";

static void references_and_inverses(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "people.yaml", people, "risks.yaml",
                 "risks:\n"
                 "  R-1: {title: Fire, owner: ROLE-ceo, treatment: {option: modify, controls: [A.8.13, A.8.14, A.8.13]}}\n"
                 "  R-2: {title: Flood, owner: ben.cho, treatment: {option: mitigate, controls: [A.8.13]}}\n"
                 "actions:\n"
                 "  ACT-1: {title: Buy a safe, risks: [R-1, R-2], controls: [A.8.13]}\n", NULL);
    assert_answer("risks[0].owner.holder.name", "Ana Lind");
    assert_answer("risks.map(r, r.id)", "R-1 | R-2");
    assert_answer("controls.filter(c, c.id == 'A.8.13')[0].risks.map(r, r.id)", "R-1 | R-2"); /* each once */
    assert_answer("controls.filter(c, size(c.risks) > 0).map(c, c.id)", "A.8.13 | A.8.14");
    assert_answer("controls.filter(c, c.id == 'A.8.13')[0].actions.map(a, a.id)", "ACT-1");
    assert_answer("risks.map(r, size(r.actions))", "1 | 1");
    assert_answer("risks[1].treatment.option", "modify");
    assert_answer("persons(risks[0].owner).map(p, p.name)", "Ana Lind | Ben Cho");
}

static void levels_are_computed(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "method.yaml", method, "risks.yaml",
                 "risks:\n"
                 "  R-1: {title: A, inherent: {likelihood: 1, impact: 2}}\n"
                 "  R-2: {title: B, inherent: {likelihood: 3, impact: 3}, residual: {likelihood: 1, impact: 3}}\n"
                 "  R-3: {title: C, inherent: {likelihood: 2}}\n"
                 "  R-4: {title: D}\n", NULL);
    assert_answer("risks[0].inherent.score", "2");
    assert_answer("risks[0].inherent.level", "Low");
    assert_answer("risks[1].inherent.level", "High");
    assert_answer("risks[1].residual.level", "Medium");
    assert_answer("risks[1].current.level", "Medium");
    assert_answer("risks[0].current.level", "Low");
    assert_answer("has(risks[2].inherent.likelihood) && !has(risks[2].inherent.impact)", "yes");
    assert_answer("risks[2].inherent.level == ''", "yes");
    assert_answer("has(risks[3].inherent)", "no");
}

static void sums_and_matrices(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "method.yaml",
                 "risk_method:\n"
                 "  likelihood: [{name: Rare}, {name: Frequent}]\n"
                 "  impact: [{name: Minor}, {name: Grave}]\n"
                 "  score: matrix\n"
                 "  matrix: [[Low, Medium], [Medium, High]]\n"
                 "  levels: [{name: Low}, {name: Medium}, {name: High}]\n"
                 "risks:\n"
                 "  R-1: {title: A, inherent: {likelihood: 1, impact: 1}}\n"
                 "  R-2: {title: B, inherent: {likelihood: 2, impact: 1}}\n"
                 "  R-3: {title: C, inherent: {likelihood: 2, impact: 2}}\n", NULL);
    assert_answer("risks.map(r, r.inherent.level)", "Low | Medium | High");
}

/* One file, many files, any order: the same. */
static void files_are_united(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "b/risks.yaml", "risks:\n  R-2: {title: B}\norganisation:\n  headcount: 12\n", "a/risks.yaml", "risks:\n  R-1: {title: A}\n", NULL);
    assert_answer("risks.map(r, r.title)", "A | B");
    assert_answer("organisation.name + ' ' + string(organisation.headcount)", "Quay Ledger Ltd 12");
}

static void the_catalogue_is_there(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "controls.yaml", "controls:\n  A.8.13: {applicable: yes}\n  ACME-1: {source: Group policy, title: Clean desk}\n", NULL);
    assert_answer("size(controls.filter(c, c.builtin))", "93");
    assert_answer("size(controls)", "94");
    assert_answer("edition", "2022");
    assert_answer("controls.filter(c, c.id == 'A.8.13')[0].title", "Information backup");
    assert_answer("size(threats) > 10 && size(vulnerabilities) > 10 && size(clauses) > 20", "yes");
}

static void the_2013_edition(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST "standard: \"ISO/IEC 27001:2013\"\n", NULL);
    assert_answer("edition", "2013");
    assert_answer("size(controls)", "114");
}

static void policies_are_documents(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "people.yaml", people, "policies/access.md",
                 "---\nid: POL-1\ntitle: Access control policy\nowner: ROLE-ceo\nversion: 1.10\nimplements: [A.5.15]\napproved_on: 2026-01-31\nreview_every: 1 month\n---\nText.\n", NULL);
    assert_answer("documents.map(d, d.title)", "Access control policy");
    assert_answer("documents[0].version", "1.10");
    assert_answer("documents[0].review_due", "2026-02-28");
    assert_answer("documents[0].body.trim()", "Text.");
    assert_answer("controls.filter(c, c.id == 'A.5.15')[0].policies.map(d, d.id)", "POL-1");
}

/* Own keys reach expressions with what stands below them. */
static void extra_keys(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "risks.yaml", "risks:\n  R-1: {title: A, x-ticket: {key: SEC-1, labels: [a, b]}}\n", NULL);
    assert_answer("risks[0]['x-ticket'].key", "SEC-1");
}

static void what_is_broken_is_silent(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST, "method.yaml", method, "risks.yaml", "risks:\n  R-1: {title: A, owner: nobody, inherent: {likelihood: often, impact: 2}}\n", NULL);
    assert_int_equal(ismsc_check(session), ISMSC_FINDINGS);
    struct ismsc_text text;
    ismsc_report(session, "concise", false, true, &text);
    str report = { text.at, text.len };
    assert_true(str_search(report, STR("no person called nobody"), 0) != SIZE_MAX || str_search(report, STR("called nobody"), 0) != SIZE_MAX);
    assert_true(str_search(report, STR("6.1.2-c-03"), 0) == SIZE_MAX); /* "has no owner" would be a second finding for one cause */
    assert_true(str_search(report, STR("6.1.2-d-01"), 0) == SIZE_MAX);
}

static void the_session_answers_again(void **state)
{
    (void)state;
    struct ismsc_text first, second;
    open_project("isms.yaml", SMALLEST, NULL);
    assert_int_equal(ismsc_report(session, "json", false, true, &first), ISMSC_FINDINGS);
    assert_int_equal(ismsc_report(session, "json", false, true, &second), ISMSC_FINDINGS);
    assert_true(str_eq((str){ first.at, first.len }, (str){ second.at, second.len }));
    assert_int_equal(ismsc_query(session, "risks.", ISMSC_TEXT, &first), ISMSC_FAILED);
    assert_true(strlen(ismsc_error(session)) > 0);
    assert_int_equal(ismsc_check(session), ISMSC_FINDINGS);
    assert_string_equal(ismsc_error(session), "");
}

static void calls_that_fail(void **state)
{
    (void)state;
    struct ismsc_text text;
    open_project("notes.txt", "x", NULL);
    assert_int_equal(ismsc_check(session), ISMSC_FAILED);
    assert_true(str_search(str_of(ismsc_error(session)), STR("no ISMS here"), 0) == 0);
    assert_int_equal(ismsc_resource(session, "schema/nothing.yaml", &text), ISMSC_FAILED);
    assert_int_equal(ismsc_resource(session, "schema/isms.schema.json", &text), ISMSC_OK);
    assert_int_equal(text.at[0], '{');
    ismsc_close(session);
    session = ismsc_open(&(struct ismsc_options){ .root = "/nowhere/at/all", .as_of = "2026-11-21" });
    assert_int_equal(ismsc_check(session), ISMSC_FAILED);
    ismsc_close(session);
    session = ismsc_open(&(struct ismsc_options){ .root = ".", .as_of = "yesterday" });
    assert_int_equal(ismsc_check(session), ISMSC_FAILED);
    assert_string_equal(ismsc_error(session), "yesterday is no date; write it as 2026-03-31");
}

static void too_many_files(void **state)
{
    (void)state;
    enum { MANY = 20001 };
    struct ismsc_overlay *overlays = NEWS(&arena, struct ismsc_overlay, MANY);
    struct ismsc_text text = { 0 };
    for (size_t i = 0; i < MANY; i++)
        overlays[i] = (struct ismsc_overlay){ str_c(&arena, str_print(&arena, "f%05d.yaml", (int)i)), { "", 0 } };
    overlays[0] = (struct ismsc_overlay){ "a.yaml", { SMALLEST, strlen(SMALLEST) } };
    session = ismsc_open(&(struct ismsc_options){ .overlays = overlays, .noverlays = MANY, .as_of = "2026-11-21" });
    assert_int_equal(ismsc_report(session, "concise", false, true, &text), ISMSC_FINDINGS);
    assert_true(str_search((str){ text.at, text.len }, STR("L-03"), 0) != SIZE_MAX);
}

static void little_memory(void **state)
{
    (void)state;
    struct ismsc_overlay overlay = { "isms.yaml", { SMALLEST, strlen(SMALLEST) } };
    session = ismsc_open(&(struct ismsc_options){ .overlays = &overlay, .noverlays = 1, .memory = (size_t)256 << 10 });
    assert_int_equal(ismsc_check(session), ISMSC_FAILED);
    assert_true(str_search(str_of(ismsc_error(session)), STR("not enough memory"), 0) == 0);
    assert_int_equal(ismsc_check(session), ISMSC_FAILED); /* and it says so again */
}

static void prose_in_passages(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST "scope: {statement: All of it}\n", "issues.yaml", "issues:\n  ISS-1: {kind: internal, text: Few people}\n",
                 "policies/a.md",
                 "---\nid: POL-1\ntitle: A\n---\nFirst line\nof two, see [[ISS-1]].\n\n# Rules\n- one\n- two\n  goes on\n\n```\ncode\n```\n"
                 "<!-- hidden\nstill -->\n| a | [[POL-1|b]] |\n| - | - |\nlast\n", NULL);
    assert_answer("passages.filter(p, p.document == documents[0]).map(p, p.text)",
                  "First line | of two, see [[ISS-1]]. | Rules | - one | - two |   goes on | | a | [[POL-1|b]] | | | - | - | | last");
    assert_answer("documents[0].passages.map(p, '<' + p.heading + '>')", "<> | <Rules> | <Rules> | <Rules> | <Rules> | <Rules>");
    assert_answer("passages.filter(p, p.mentions.size() > 0).map(p, p.mentions[0])", "ISS-1 | POL-1");
    assert_answer("passages.filter(p, p.field != '').map(p, p.id + '.' + p.field)", "scope.statement | ISS-1.text");
    assert_answer("passages.all(p, p.id != '')", "yes");
    assert_answer("passages.filter(p, has(p.document)).size() == documents[0].passages.size()", "yes");
}

/* What a build made, all texts behind each other. */
static bool keep(void *state, const struct ismsc_output *output, const char **why)
{
    (void)why;
    buf_put(state, (str){ output->bytes.at, output->bytes.len });
    return true;
}

static bool is_built(const char *document, const char *words)
{
    struct buf *out = buf_new(&arena);
    struct ismsc_build build = { .formats = ISMSC_TO_DUMP, .write = keep, .state = out, .documents = &document, .ndocuments = 1 };
    assert_int_equal(ismsc_build(session, &build), ISMSC_OK);
    return str_search(buf_str(out), str_of(words), 0) != SIZE_MAX;
}

static void passages_are_there_for_who_asks(void **state)
{
    (void)state;
    open_project("isms.yaml", SMALLEST "issues:\n  ISS-1: {kind: internal, text: Few people}\n",
                 "policies/a.md", "---\nid: POL-1\ntitle: A\nversion: \"1\"\n---\n# Rules\n\nOne rule.\n",
                 "policies/b.md", "---\nid: POL-2\ntitle: B\nversion: \"1\"\n---\n# Count\n\n{{#passages}}\nOf {{id}}.\n{{/passages}}\n",
                 "templates/own.md", "---\nid: DOC-OWN\ntitle: Own\n---\n{{> said}}\n",
                 "templates/partials/said.md", "# Prose\n\n{{#passages}}\nSaid: {{text}}\n{{/passages}}\n", NULL);
    assert_true(is_built("DOC-OWN", "Said: One rule."));
    assert_true(is_built("POL-1", "One rule."));
    assert_answer("passages.filter(p, p.id == 'POL-1').map(p, p.text)", "Rules | One rule.");
    assert_answer("documents.map(d, size(d.passages))", "2 | 2");
    assert_true(is_built("POL-2", "Of POL-2.")); /* its own */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PROJECT(prose_in_passages), ON_PROJECT(passages_are_there_for_who_asks), ON_PROJECT(references_and_inverses), ON_PROJECT(levels_are_computed), ON_PROJECT(sums_and_matrices), ON_PROJECT(files_are_united),
        ON_PROJECT(the_catalogue_is_there), ON_PROJECT(the_2013_edition), ON_PROJECT(policies_are_documents), ON_PROJECT(extra_keys),
        ON_PROJECT(what_is_broken_is_silent), ON_PROJECT(the_session_answers_again), ON_PROJECT(calls_that_fail), ON_PROJECT(too_many_files), ON_PROJECT(little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
