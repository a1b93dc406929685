/* SPDX-License-Identifier: MIT */
/* What the program knows, for people who look something up: rules, and everything that has a name. */
#include "base/clock.h"
#include "resolve/rulefile.h"
#include "session.h"
#include "weave/explain.h"
#include "weave/migrate.h"
#include "write/facts.h"
#include "write/rules.h"

bool session_read_what_there_is(struct ismsc *s)
{
    if (s->options.root || s->options.noverlays)
        return session_read(s);
    if (s->project.model)
        return true;
    struct findings unheard;
    findings_init(&unheard, &s->arena);
    session_prepare(s);
    s->provider = overlay_provider(&s->arena, NULL);
    s->project = project_resolve(&s->arena, &unheard, &s->sources, s->provider, &s->catalogue, s->schema, clock_today());
    rulefile_link(&s->arena, &unheard, &s->rules);
    return true;
}

static struct plain_options plain_of(struct ismsc_page page, unsigned indent)
{
    return (struct plain_options){ page.colour, page.columns, indent };
}

struct rules_call {
    const struct ismsc_rule_choice *choice;
    enum ismsc_format               format;
    struct ismsc_page               page;
    struct ismsc_text              *out;
};

static bool read_choice(struct ismsc *s, const struct ismsc_rule_choice *from, struct rules_choice *to)
{
    enum severity severity;
    str stage = str_of(from->stage);
    *to = (struct rules_choice){ -1, -1, from->language };
    if (from->severity) {
        if (!severity_parse(str_of(from->severity), &severity))
            return session_fail(s, "%s is no severity; there are major, minor, observation and error", from->severity), false;
        to->severity = (int)severity;
    }
    if (stage.len) {
        to->stage = stage_number(stage);
        if (to->stage == 0 && !str_eq(stage, STR("draft")))
            return session_fail(s, "%s is no stage; there are draft, stage-1, stage-2 and certified", from->stage), false;
    }
    return true;
}

static enum ismsc_status do_rules(struct ismsc *s, void *argument)
{
    struct rules_call *call = argument;
    struct rules_choice choice;
    struct buf *out = buf_new(&s->arena);
    if (!read_choice(s, call->choice, &choice) || !session_read_what_there_is(s))
        return ISMSC_FAILED;
    if (call->format == ISMSC_JSON)
        rules_json(&s->arena, out, &s->rules, choice);
    else if (call->format == ISMSC_MARKDOWN)
        rules_markdown(&s->arena, out, &s->rules, choice);
    else
        rules_text(&s->arena, out, &s->rules, choice, plain_of(call->page, 0));
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_rules(struct ismsc *s, const struct ismsc_rule_choice *choice, enum ismsc_format format, struct ismsc_page page,
                              struct ismsc_text *out)
{
    struct rules_call call = { choice, format, page, out };
    return session_run(s, do_rules, &call);
}

struct explain_call {
    const char        *what;
    enum ismsc_format  format;
    struct ismsc_page  page;
    struct ismsc_text *out;
};

static enum ismsc_status unknown_name(struct ismsc *s, const char *what, str nearest)
{
    if (nearest.len)
        return session_fail(s, "nothing is called %s; did you mean %.*s?", what, STR_ARG(nearest));
    return session_fail(s, "nothing is called %s; ismsc rules lists the rules, and a control is written as A.5.15, a clause as 6.1.3", what);
}

static enum ismsc_status do_explain(struct ismsc *s, void *argument)
{
    struct explain_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    bool project = s->options.root || s->options.noverlays;
    if (project ? !session_check(s) : !session_read_what_there_is(s))
        return ISMSC_FAILED;
    struct explain_input input = { s->schema, &s->rules, s->project.model, project ? &s->findings : NULL, &s->sources, &s->catalogue };
    struct explanation found = explain(&s->arena, &input, str_of(call->what));
    if (found.pages.len == 0)
        return unknown_name(s, call->what, found.nearest);
    if (call->format == ISMSC_JSON)
        facts_json(&s->arena, out, found.pages.at, found.pages.len);
    for (size_t i = 0; call->format != ISMSC_JSON && i < found.pages.len; i++) {
        buf_text(out, i ? "\n\n" : "");
        plain_write(&s->arena, out, found.pages.at[i], plain_of(call->page, 2));
    }
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_explain(struct ismsc *s, const char *what, enum ismsc_format format, struct ismsc_page page, struct ismsc_text *out)
{
    struct explain_call call = { what, format, page, out };
    return session_run(s, do_explain, &call);
}

struct migrate_call {
    struct ismsc_text *out;
    size_t            *undecided;
};

static enum ismsc_status do_migrate(struct ismsc *s, void *argument)
{
    struct migrate_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    if (!session_check(s))
        return ISMSC_FAILED;
    if (!str_eq(s->project.model->edition, STR("2013")))
        return session_fail(s, "this ISMS does not declare the edition of 2013 (standard: \"ISO/IEC 27001:2013\"), "
                               "so there is nothing to migrate");
    if (s->findings.count[SEV_ERROR])
        return session_fail(s, "the sources hold errors, and half of them would be lost: ismsc check shows them");
    struct migration migration = { s->project.model, &s->sources, &s->catalogue };
    *call->undecided = migrate(&s->arena, out, &migration);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_migrate(struct ismsc *s, struct ismsc_text *out, size_t *undecided)
{
    struct migrate_call call = { out, undecided };
    return session_run(s, do_migrate, &call);
}
