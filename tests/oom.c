/* SPDX-License-Identifier: MIT */
/*
 * Memory that ends at every point: checks and builds small projects again and again, each time with another
 * allocation failing, until one runs to its end. Every failure must come back as ISMSC_FAILED with the words for
 * it; with sanitizers, nothing may leak or be touched after it was freed. Then the same with a limit, from far too low to enough.
 *
 *   oom [POINTS]   for each task so many allocations are made to fail, one at a time; absent: so many that it takes some seconds.
 *                  They lie all over the task and at irregular distances, always the same ones.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "weave/document.h"
#include "write/docx_starter.h"

enum { POINTS = 25 };

static const char isms[] =
    "isms: 1\norganisation: {name: Quay Ledger Ltd, language: en-GB}\nclassifications: [Public, Internal]\n"
    "people:\n  ana.lind: {name: Ana Lind}\n"
    "roles:\n  ROLE-ceo: {title: Chief executive, holder: ana.lind, top_management: yes}\n"
    "risk_method:\n  likelihood: [{name: Rare}, {name: Often}]\n  impact: [{name: Minor}, {name: Grave}]\n  score: product\n"
    "  levels: [{name: Low, up_to: 2, acceptable: yes}, {name: High, up_to: 4}]\n"
    "risks:\n"
    "  R-1: {title: \"Fire \\u00e9\", owner: ROLE-ceo, consequence: \"The *office* burns, see [[R-2]].\", inherent: {likelihood: 2, impact: 2},\n"
    "        treatment: {option: modify, controls: [A.8.13]}, residual: {likelihood: 1, impact: 2}}\n"
    "  R-2: {title: Flood, owner: ROLE-ceo, inherent: {likelihood: 1, impact: 2}}\n"
    "controls:\n  A.8.13: {applicable: yes, status: implemented, implementation: \"Nightly **copies**.\"}\n"
    "actions:\n  ACT-1: {title: Buy a safe, risks: [R-1], due: 2026-12-31, owner: ana.lind}\n";

static const char policy[] =
    "---\nid: POL-1\ntitle: Backup policy\nowner: ROLE-ceo\nversion: \"1.0\"\n---\n\n# Purpose\n\nCopies of {{organisation.name}}[^1], because of [[R-1]].\n\n"
    "| What | When |\n|------|-----:|\n| All  | daily |\n\n- [ ] one\n- two\n  1. three\n\n> <sub>quoted</sub> `code` ~~old~~ <blink>x</blink>\n\n[^1]: A note.\n";

static const char broken[] =
    "isms: 1\norganisation: {nmae: Quay}\npeople:\n  ana: &a {name: Ana}\n  ben: *a\n\tcho: x\nrisks:\n  R-1: {title: \"x, owner: y\n"
    "checks: {disabled: {4.1-1: no}}\nx-\xFF: 1\nroles:\n  R-1: {title: T, holder: nobody}\n  R-1: {title: T}\n";

static const char rules[] =
    "- {id: OWN-1, severity: minor, for: risk in risks, assert: \"risk.title.size() > 90\", message: \"{risk.id}: {risk.title}\", at: risk.title}\n"
    "- {id: OWN-2, severity: minor, for: risk in risks, assert: risk.titel, message: x}\n";

static const char old[] =
    "isms: 1\nstandard: \"ISO/IEC 27001:2013\"\norganisation: {name: Quay Ledger Ltd}\npeople:\n  ana.lind: {name: Ana Lind}\n"
    "controls:\n  A.5.1.1: {applicable: yes, reasons: [baseline]}\n  A.5.1.2: {applicable: no, justification: 'none: # at all'}\n"
    "acceptances:\n  ACC-1: {rule: 4.1-01, reason: later, approved_by: ana.lind, approved_on: 2026-11-01, expires: 2026-12-01}\n";

static const char branded[] = "isms: 1\norganisation: {name: Quay Ledger Ltd}\nbrand: b\n";
static const char brand[] = "reference: reference.docx\ncolours: {primary: \"123456\"}\n";
/* A reference document, made when the test begins and put into the task that lacks it. */
static struct { struct memory memory; struct arena arena; struct buf *bytes; } starter;

/* Partly translated, by the project alone, with a table that has a mistake and a language that nobody knows. */
static const char own_template[] =
    "---\nid: DOC-OWN\ntitle: Words of our own\nlet:\n  said: 'organisation.short_name == \"\" ? \"nothing\" : \"something\"'\n---\n\n# Purpose\n\n"
    "Of {{organisation.name}}, {{said}}.\n\n<!-- table: caption=\"Risks\" -->\n| Id | Risk |\n|----|------|\n{{#risks}}\n| {{id}} | {{title}} |\n{{/risks}}\n";
static const char own_table[] = "\"Purpose\": \"Zweck\"\n\"nothing\": \"nichts\"\n\"Of {{organisation.name}}, {{said}}.\": \"Von {{name}}\"\n";
static const char own_language[] = "name: Plattd\\u00fctsch\ndate: \"{day}. {month} {year}\"\nmonths: [a, b]\ngroup: \".\"\ncolon: \" : \"\n";

static const char untidy[] =
    "isms:   1\norganisation: {name: Quay Ledger Ltd}\n\n\npeople:\n    # first\n    ana.lind: {name: Ana Lind}\nrisks:\n    R-001:\n        title:  Fire\n"
    "        owner:   ANA.LIND\n        Consequence: >-\n             It burns, see [[r-1]]\n    R-3: {title: Flood, treatment: {controls: [a.8.13, A.9.2.1]}}\n"
    "baseline:\n  BL-1: {rule: 4.1-01, owner: ana.lind, until: 2026-12-31}\n  BL-2: {rule: 6.1.2-d-01, record: R-3, owner: ana.lind, until: 2026-12-31}\n";

struct task {
    const char *name;
    struct ismsc_overlay files[3];
    size_t      nfiles;
    enum { PREPARE, CHECK, BUILD, QUERY, EXPLAIN, LIST, MIGRATE, NAMES, REFS, RENAME, FMT, FIX, DIFF, BUILD_ONE, BUILD_GERMAN, BUILD_FRENCH, BUILD_OWN, MESSAGES, WHATS } what;
};

/* The document that is built, NULL: all, and the language asked for, NULL: the organisation's. */
static const struct { const char *document, *language; } asked[WHATS] = {
    [BUILD_ONE] = { "isms-manual", NULL }, [BUILD_GERMAN] = { "own", "de-AT" }, [BUILD_FRENCH] = { "index", "fr" },
    [BUILD_OWN] = { "isms-scope", "nds" }, [MESSAGES] = { NULL, "fr" },
};

#define TEXT(literal) { literal, sizeof literal - 1 }

static struct task tasks[] = {
    { "schema and rules", { { 0 } }, 0, PREPARE }, /* what every task begins with: failed here and nowhere else */
    { "check a broken project", { { "isms.yaml", TEXT(broken) }, { "policies/p.md", TEXT(policy) } }, 2, CHECK },
    { "check with rules of its own", { { "isms.yaml", TEXT(isms) }, { "rules/own.yaml", TEXT(rules) } }, 2, CHECK },
    { "build with a policy", { { "isms.yaml", TEXT(isms) }, { "policies/p.md", TEXT(policy) } }, 2, BUILD },
    { "build with a reference document", { { "isms.yaml", TEXT(branded) }, { "b/brand.yaml", TEXT(brand) }, { "b/reference.docx", { NULL, 0 } } }, 3, BUILD_ONE },
    { "build in German with a table and a template of its own", { { "isms.yaml", TEXT(isms) }, { "templates/own.md", TEXT(own_template) }, { "templates/de/own.yaml", TEXT(own_table) } }, 3, BUILD_GERMAN },
    { "build in French, which lacks texts", { { "isms.yaml", TEXT(isms) } }, 1, BUILD_FRENCH },
    { "build in a language of its own", { { "isms.yaml", TEXT(isms) }, { "templates/nds/own.yaml", TEXT(own_table) }, { "templates/nds/language.yaml", TEXT(own_language) } }, 3, BUILD_OWN },
    { "texts of a language", { { "isms.yaml", TEXT(isms) }, { "templates/own.md", TEXT(own_template) } }, 2, MESSAGES },
    { "query", { { "isms.yaml", TEXT(isms) } }, 1, QUERY },
    { "explain", { { "isms.yaml", TEXT(isms) } }, 1, EXPLAIN },
    { "migrate", { { "isms.yaml", TEXT(old) } }, 1, MIGRATE },
    { "names", { { "isms.yaml", TEXT(isms) } }, 1, NAMES },
    { "refs", { { "isms.yaml", TEXT(isms) }, { "policies/p.md", TEXT(policy) } }, 2, REFS },
    { "rename", { { "isms.yaml", TEXT(isms) }, { "policies/p.md", TEXT(policy) } }, 2, RENAME },
    { "fmt", { { "isms.yaml", TEXT(untidy) }, { "policies/p.md", TEXT(policy) } }, 2, FMT },
    { "fix", { { "isms.yaml", TEXT(untidy) }, { "policies/p.md", TEXT(policy) } }, 2, FIX },
    { "diff", { { "isms.yaml", TEXT(untidy) }, { "policies/p.md", TEXT(policy) } }, 2, DIFF },
    { "list", { { "isms.yaml", TEXT(isms) } }, 1, LIST },
};

static bool take(void *state, const struct ismsc_output *output, const char **why)
{
    (void)why;
    *(size_t *)state += output->bytes.len;
    return true;
}

/* With another project, which has no trouble with memory. */
static enum ismsc_status compare(struct ismsc *s, struct ismsc_text *text)
{
    const struct ismsc_overlay files[] = { { "isms.yaml", TEXT(isms) } };
    struct ismsc *before = ismsc_open(&(struct ismsc_options){ .as_of = "2026-11-21", .overlays = files, .noverlays = 1 });
    enum ismsc_status status = before ? ismsc_diff(s, before, &(struct ismsc_diff){ .format = ISMSC_TEXT }, text) : ISMSC_FAILED;
    ismsc_close(before);
    return status;
}

static enum ismsc_status perform(struct ismsc *s, const struct task *task)
{
    struct ismsc_text text;
    size_t total = 0;
    struct ismsc_build build = { .formats = 63, .write = take, .state = &total, .documents = &asked[task->what].document, .ndocuments = asked[task->what].document != NULL };
    enum ismsc_status status;
    switch (task->what) {
    case PREPARE:
        status = ismsc_resource(s, "schema/isms.schema.json", &text);
        break;
    case BUILD:
    case BUILD_ONE:
    case BUILD_GERMAN:
    case BUILD_FRENCH:
    case BUILD_OWN:
        status = ismsc_build(s, &build);
        break;
    case MESSAGES:
        status = ismsc_template_messages(s, NULL, asked[task->what].language, true, &text);
        break;
    case QUERY:
        status = ismsc_query(s, "risks.filter(r, r.current.level == 'High').map(r, r.title + join(['a', 'b'], ', '))", ISMSC_JSON, &text);
        break;
    case EXPLAIN:
        status = ismsc_explain(s, "R-1", ISMSC_TEXT, (struct ismsc_page){ 0 }, &text);
        break;
    case MIGRATE:
        status = ismsc_migrate(s, &text, &total);
        break;
    case NAMES:
        status = ismsc_names(s, "documents", &text);
        if (status != ISMSC_FAILED)
            status = ismsc_names(s, "records", &text);
        break;
    case REFS:
        status = ismsc_refs(s, "R-1", ISMSC_JSON, &text);
        break;
    case RENAME:
        status = ismsc_rename(s, "R-1", "R-9", true, &text);
        break;
    case FMT:
        status = ismsc_fmt(s, &(struct ismsc_fmt){ .diff = true }, &text);
        break;
    case FIX:
        status = ismsc_fix(s, true, &text);
        break;
    case DIFF:
        status = compare(s, &text);
        break;
    case LIST:
        status = ismsc_list(s, ISMSC_FOR_INTERNAL, ISMSC_JSON, &text);
        if (status != ISMSC_FAILED)
            status = ismsc_list(s, ISMSC_FOR_CUSTOMER, ISMSC_JSON, &text);
        break;
    default:
        status = ismsc_check(s);
        for (const char *const *format = ismsc_report_formats; *format && status != ISMSC_FAILED; format++)
            if (strcmp(*format, "html") != 0) /* a document: builds are tasks of their own */
                status = ismsc_report(s, *format, true, true, &text);
    }
    return status;
}

static struct ismsc *open_for(const struct task *task, uint64_t fail_at, size_t limit)
{
    return ismsc_open(&(struct ismsc_options){ .as_of = "2026-11-21", .overlays = task->files, .noverlays = task->nfiles, .language = asked[task->what].language, .fail_at = fail_at, .memory = limit });
}

/* One try: 1 when it ran to its end, 0 when it failed as it should, -1 after a complaint. */
static int attempt(const struct task *task, uint64_t fail_at, size_t limit)
{
    struct ismsc *s = open_for(task, fail_at, limit);
    if (!s)
        return printf("%s: no session\n", task->name), -1;
    enum ismsc_status status = perform(s, task);
    int outcome = 1;
    if (status == ISMSC_FAILED) {
        outcome = strncmp(ismsc_error(s), "not enough memory", 17) == 0 ? 0 : -1;
        if (outcome < 0)
            printf("%s: with allocation %llu failing it says: %s\n", task->name, (unsigned long long)fail_at, ismsc_error(s));
        enum ismsc_status again = perform(s, task); /* a session that failed may be asked again and must survive it */
        if (again == ISMSC_FAILED && !*ismsc_error(s))
            outcome = -1, printf("%s: failed twice, and the second time without a word\n", task->name);
    }
    ismsc_close(s);
    return outcome;
}

/* How many there are where none fails; 0 where that already goes wrong. */
static uint64_t count_allocations(const struct task *task)
{
    struct ismsc *s = open_for(task, 0, 0);
    uint64_t count = s && perform(s, task) != ISMSC_FAILED ? s->memory.count : 0;
    ismsc_close(s);
    return count;
}

/* From 1 to [most]; Knuth's generator, always begun alike. */
static uint64_t some_distance(uint64_t *state, uint64_t most)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (*state >> 33) % most + 1;
}

static size_t sweep(const struct task *task, uint64_t from, uint64_t points, size_t *cases)
{
    uint64_t count = count_allocations(task), random = from;
    size_t   failures = count < from;
    uint64_t stride = failures ? 1 : (count + 1 - from) / points + 1; /* on average; 1: every allocation */
    for (uint64_t n = from; n <= count; n += some_distance(&random, 2 * stride - 1), ++*cases) {
        int outcome = attempt(task, n, 0);
        if (outcome > 0)
            printf("%s: allocation %llu failed and nobody noticed\n", task->name, (unsigned long long)n);
        failures += outcome != 0;
    }
    printf("%s: allocations %llu to %llu, every %lluth or so\n", task->name, (unsigned long long)from, (unsigned long long)count, (unsigned long long)stride);
    return failures;
}

/* With ever higher limits, until one is enough: above it everything would be done the same again. */
static size_t raise_limit(const struct task *task, size_t *cases)
{
    int outcome = 0;
    for (size_t limit = (size_t)64 << 10; outcome == 0; limit += limit / 3, ++*cases)
        outcome = attempt(task, 0, limit);
    return outcome < 0;
}

static bool make_starter(void)
{
    starter.memory.limit = (size_t)1 << 28;
    arena_init(&starter.arena, &starter.memory);
    if (setjmp(starter.memory.escape) != 0)
        return false;
    starter.bytes = buf_new(&starter.arena);
    return !docx_starter(&starter.arena, brand_default(), 20000, starter.bytes);
}

static void put_starter(void)
{
    for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++)
        for (size_t k = 0; k < tasks[i].nfiles; k++)
            if (!tasks[i].files[k].bytes.at)
                tasks[i].files[k].bytes = (struct ismsc_text){ starter.bytes->at, starter.bytes->len };
}

int main(int argc, char **argv)
{
    uint64_t points = argc > 1 ? strtoull(argv[1], NULL, 10) : POINTS;
    size_t   cases = 0, failures = 0;
    if (!make_starter())
        return printf("no reference document could be made\n"), 1;
    put_starter();
    uint64_t prepared = count_allocations(&tasks[0]) + 1;
    for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++)
        failures += sweep(&tasks[i], i ? prepared : 1, points ? points : POINTS, &cases) + raise_limit(&tasks[i], &cases);
    arena_close(&starter.arena);
    printf("%zu cases\n", cases);
    return failures ? 1 : 0;
}
