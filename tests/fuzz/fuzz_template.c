/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a template over a small ISMS: a document comes out whose text is clean and whose tables are
 * whole, and the plain dump can write it. A part between two lines of "%%%" is a partial called p. And as a field: where its
 * bytes say that it is harmless, weaving finds nothing wrong with it.
 */
#include <assert.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/limits.h"
#include "session.h"
#include "weave/weave.h"
#include "write/dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char isms_yaml[] =
    "isms: 1\n"
    "organisation: {name: Quay Ledger Ltd, short_name: \"*Quay* | <b>\", language: en-GB}\n"
    "people: {ana: {name: Ana Lind}}\n"
    "roles: {ROLE-it: {title: IT lead, holder: ana}}\n"
    "risk_method: {likelihood: [{name: Rare}, {name: Likely}], impact: [{name: Minor}, {name: Severe}], score: product,\n"
    "  levels: [{name: Low, up_to: 1}, {name: High, up_to: 4}]}\n"
    "risks:\n"
    "  R-1: {title: Fire, owner: ROLE-it, identified_on: 2026-03-31, inherent: {likelihood: 2, impact: 2},\n"
    "    consequence: \"# A\\n\\n- b\\n\\n| c |\\n|---|\\n| [[R-2]] |\\n\\n<details>\\n\"}\n"
    "  R-2: {title: \"]] {{x}} [[\", inherent: {likelihood: 1, impact: 1}}\n"
    "documents: {DOC-T: {title: T, version: \"1\", status: draft}}\n";

struct input {
    struct source *template, *partial;
};

static bool resource(void *state, str path, str *bytes, struct source **source)
{
    struct input *input = state;
    *source = str_eq(path, STR("templates/t.md")) ? input->template : str_eq(path, STR("templates/partials/p.md")) ? input->partial : NULL;
    if (*source)
        *bytes = (*source)->bytes;
    return *source != NULL;
}

static bool is_clean(str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t cp = utf8_next(text, &at);
        if ((cp < 0x20 && cp != '\n' && cp != '\t' && cp != '\r') || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xF8F0 && cp <= 0xF8FF))
            return false;
    }
    return utf8_invalid_at(text) == text.len;
}

static void check_document(const struct doc_node *node, unsigned depth)
{
    assert(depth < 400);
    assert(is_clean(node->text) && is_clean(node->ref));
    assert(node->type != DOC_HEADING || (node->level >= 1 && node->level <= 6));
    assert(node->type != DOC_TABLE || (node->table && node->table->ncolumns >= 1));
    for (const struct doc_node *child = node->first; child; child = child->next) {
        size_t cells = 0;
        for (const struct doc_node *cell = child->first; node->type == DOC_TABLE && child->type == DOC_ROW && cell; cell = cell->next)
            cells++;
        assert(node->type != DOC_TABLE || child->type != DOC_ROW || cells == node->table->ncolumns);
        check_document(child, depth + 1);
    }
}

static void check_findings(const struct findings *findings, const struct sources *sources)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        struct span at = findings->list.at[i]->at;
        struct source *source = source_of(sources, at);
        assert(at.begin <= at.end && (!source || at.end <= source->bytes.len));
    }
}

static void check_harmless(struct weave *weave, struct source *source)
{
    struct findings *said = weave->findings, findings;
    struct value field = value_text(source->bytes);
    if (!source->is_text || !weave_is_harmless(weave->model, field.text))
        return;
    field.look = LOOK_MARKDOWN;
    field.span = (struct span){ source->number, 0, (uint32_t)field.text.len };
    findings_init(&findings, weave->arena);
    weave->findings = &findings;
    weave_check_field(weave, field);
    weave->findings = said;
    assert(findings.list.len == 0);
}

/* The model is made once; what one input needs lives in an arena of its own. */
static enum ismsc_status run(struct ismsc *session, void *argument)
{
    const str *data = argument;
    struct arena *arena = &session->scratch;
    struct findings findings;
    struct sources sources = { .arena = arena };
    size_t cut = str_search(*data, STR("\n%%%\n"), 0), end = cut == SIZE_MAX ? data->len : cut;

    findings_init(&findings, arena);
    for (size_t i = 0; i < session->sources.list.len; i++)
        LIST_PUSH(arena, &sources.list, session->sources.list.at[i]);
    struct input input = { source_add(&sources, STR("templates/t.md"), str_copy(arena, str_cut(*data, 0, end)), false), NULL };
    if (cut != SIZE_MAX)
        input.partial = source_add(&sources, STR("templates/partials/p.md"), str_copy(arena, str_cut(*data, cut + 5, data->len)), false);
    struct weave weave = { .arena = arena, .findings = &findings, .sources = &sources, .model = session->project.model,
                           .resource = resource, .state = &input };
    struct document *document = weave_template(&weave, STR("t"), NULL);
    assert(document);
    check_document(document->body, 0);
    check_findings(&findings, &sources);
    dump_write(arena, document, buf_new(arena));
    check_harmless(&weave, input.template);
    return ISMSC_OK;
}

static enum ismsc_status open_project(struct ismsc *session, void *argument)
{
    (void)argument;
    session_prepare(session);
    bool whole = session_read(session);
    assert(whole);
    (void)whole;
    return ISMSC_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ismsc_overlay overlays[] = { { "isms.yaml", { isms_yaml, sizeof isms_yaml - 1 } } };
    static const struct ismsc_options options = { .as_of = "2026-11-21", .overlays = overlays, .noverlays = 1, .memory = (size_t)1 << 30 };
    static struct ismsc *session;
    str text = { (const char *)data, size };
    if (!session) {
        session = ismsc_open(&options);
        session_run(session, open_project, NULL);
    }
    session_run(session, run, &text);
    arena_close(&session->scratch);
    return 0;
}
