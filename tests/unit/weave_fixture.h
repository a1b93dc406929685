/* SPDX-License-Identifier: MIT */
/* A small ISMS in memory, templates put beside it, and what weaving one makes and says. Included once by a test. */
#ifndef UNIT_WEAVE_FIXTURE_H
#define UNIT_WEAVE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include "session.h"
#include "weave/weave.h"
#include "write/dump.h"

static const char isms_yaml[] =
    "isms: 1\nstandard: \"ISO/IEC 27001:2022\"\n"
    "organisation: {name: Quay Ledger Ltd, short_name: Quay, language: en-GB}\n"
    "people:\n"
    "  ana: {name: Ana Lind}\n"
    "  sam: {name: Sam Okoro, function: Security adviser}\n"
    "roles:\n"
    "  ROLE-ceo: {title: Chief executive, holder: ana, top_management: yes}\n"
    "  ROLE-it: {title: IT lead, holder: sam}\n"
    "risk_method:\n"
    "  likelihood: [{name: Rare}, {name: Likely}]\n"
    "  impact: [{name: Minor}, {name: Severe}]\n"
    "  score: product\n"
    "  levels: [{name: Low, up_to: 1, colour: \"2E7D32\", acceptable: yes}, {name: Medium, up_to: 3}, {name: High, up_to: 4}]\n"
    "risks:\n"
    "  R-1:\n"
    "    title: Fire in the server room\n"
    "    owner: ROLE-it\n"
    "    identified_on: 2026-03-31\n"
    "    consequence: |\n"
    "      Everything *stops*.\n"
    "\n"
    "      # For days\n"
    "\n"
    "      - orders\n      - invoices\n"
    "    inherent: {likelihood: 2, impact: 2}\n"
    "    residual: {likelihood: 1, impact: 2}\n"
    "  R-2: {title: Theft, inherent: {likelihood: 1, impact: 1}}\n"
    "actions:\n"
    "  ACT-1: {title: Sprinklers, risks: [R-1], owner: ana, due: 2026-05-01, status: in_progress}\n"
    "  ACT-2: {title: Doors, risks: [R-1, R-2], status: done}\n"
    "planned_intervals: {internal_audit: 12 months}\n"
    "documents:\n"
    "  DOC-T:\n"
    "    title: The title\n"
    "    version: \"1.2\"\n"
    "    status: approved\n"
    "    owner: ROLE-it\n"
    "    approved_by: ana\n"
    "    approved_on: 2026-02-12\n    review_every: 12 months\n    classification: Internal\n"
    "    history: [{version: \"1.2\", on: 2026-02-12, by: sam, change: First issue}]\n";

/* A project's text in memory, and what the last weave said about it. */
static struct ismsc   *session;
static struct map      files; /* path -> struct source */
static struct arena    arena;
static struct findings findings;
static struct document *doc;

static bool resource(void *state, str path, str *bytes, struct source **source)
{
    (void)state;
    *source = map_get(&files, path);
    if (*source)
        *bytes = (*source)->bytes;
    return *source != NULL;
}

/* Sets the text of a template; the last of two wins. */
static inline void put(const char *path, const char *text)
{
    str name = str_copy(&session->arena, str_of(path));
    map_set(&files, &session->arena, name, source_add(&session->sources, name, str_copy(&session->arena, str_of(text)), false));
}

/* The one picture there is. */
static enum load_status file(void *state, struct arena *into, str path, size_t max, str *bytes)
{
    (void)state, (void)into, (void)max;
    *bytes = STR("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"></svg>");
    return str_eq(path, STR("templates/sub dir/a")) ? LOAD_OK : LOAD_ABSENT;
}

static void refresh(void)
{
    arena_close(&arena);
    arena_init(&arena, &session->memory);
    findings_init(&findings, &arena);
}

static struct weave weave_here(void)
{
    return (struct weave){ .file = file, .arena = &arena, .findings = &findings, .sources = &session->sources, .model = session->project.model, .resource = resource };
}

/* "T-03 2:5 message (help)" for each finding, one a line. */
static const char *said(void)
{
    struct buf *out = buf_new(&arena);
    findings_finish(&findings);
    for (size_t i = 0; i < findings.list.len; i++) {
        const struct finding *f = findings.list.at[i];
        struct source *source = source_of(&session->sources, f->at);
        struct place   place = source ? source_place(&session->sources, source, f->at.begin) : (struct place){ 0 };
        buf_print(out, "%.*s %u:%u %.*s", STR_ARG(f->rule), place.line, place.column, STR_ARG(f->message));
        const struct language_row *row = language_find(f->rule);
        if (f->help.len && (!row || !str_eq(f->help, str_of(row->fix)))) /* more than every finding of its kind says */
            buf_print(out, " (%.*s)", STR_ARG(f->help));
        buf_char(out, '\n');
    }
    buf_char(out, '\0');
    return out->at;
}

/* Memory of its own: that of documents is used again. */
static char *copy_of(const struct buf *out)
{
    return memcpy(malloc(out->len), out->at, out->len);
}

/* What the last weave made and said. */
static char *outcome(void)
{
    struct buf *out = buf_new(&arena);
    if (doc)
        dump_write(&arena, doc, out);
    buf_text(out, said());
    buf_char(out, '\0');
    return copy_of(out);
}

static void weave_in(const char *name, size_t piece)
{
    struct weave here = weave_here();
    here.piece = piece;
    refresh();
    doc = weave_template(&here, str_of(name), NULL);
    findings_finish(&findings);
}

/* Every text is woven twice, as long ones are and as a whole: that must not be seen. */
static inline void weave(const char *name)
{
    weave_in(name, 1);
    char *in_pieces = outcome();
    weave_in(name, 0);
    char *whole = outcome();
    assert_string_equal(in_pieces, whole);
    free(in_pieces);
    free(whole);
}

static int open_session(void **state)
{
    static const struct ismsc_overlay overlays[] = { { "isms.yaml", { isms_yaml, sizeof isms_yaml - 1 } } };
    static const struct ismsc_options options = { .as_of = "2026-11-21", .overlays = overlays, .noverlays = 1 };
    (void)state;
    session = ismsc_open(&options);
    if (!session)
        return 1;
    session_prepare(session);
    if (!session_read(session))
        return 1;
    arena_init(&arena, &session->memory);
    return session->findings.list.len ? (print_error("%.*s\n", STR_ARG(session->findings.list.at[0]->message)), 1) : 0;
}

static int close_session(void **state)
{
    (void)state;
    arena_close(&arena);
    ismsc_close(session);
    return 0;
}

#endif
