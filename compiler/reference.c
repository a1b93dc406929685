/* SPDX-License-Identifier: MIT */
/* What the program knows, for people who look something up: rules, and everything that has a name. */
#include "base/clock.h"
#include "load/resource.h"
#include "session.h"
#include "write/rules.h"

/* A session without a root has the catalogue alone: an ISMS in which nothing is written, and no findings about that. */
static bool read_what_there_is(struct ismsc *s)
{
    if (s->options.root || s->options.noverlays)
        return session_read(s);
    struct findings unheard;
    findings_init(&unheard, &s->arena);
    session_prepare(s);
    s->project = project_resolve(&s->arena, &unheard, &s->sources, overlay_provider(&s->arena, NULL), &s->catalogue, s->schema, clock_today());
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
    if (!read_choice(s, call->choice, &choice) || !read_what_there_is(s))
        return ISMSC_FAILED;
    if (call->format == ISMSC_JSON)
        rules_json(&s->arena, out, &s->rules, choice);
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

const char *ismsc_resource_path(size_t n) { return n < embedded_count ? embedded[n].path : NULL; }
enum ismsc_status ismsc_explain(struct ismsc *s, const char *what, enum ismsc_format format, struct ismsc_page page, struct ismsc_text *out)
{
    (void)format; (void)page; (void)out;
    return session_fail(s, "nothing is called %s", what);
}
