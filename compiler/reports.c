/* SPDX-License-Identifier: MIT */
/* The findings of a check, in the format asked for. */
#include <errno.h>

#include "base/file.h"
#include "load/repository.h"
#include "model/fields.h"
#include "session.h"

const char *const ismsc_report_formats[] = { "text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "checkstyle",
                                             "markdown", "html", NULL };

struct report_call {
    const char        *format;
    bool               colour, all;
    struct ismsc_text *out;
};

/* For people who have no terminal at hand: the document about conformity, as a page. */
static enum ismsc_status put_page(struct ismsc *s, struct buf *out)
{
    struct html_assets assets = { 0 };
    struct findings    said;
    if (!session_outlook(s))
        return ISMSC_FAILED;
    if (!session_assets(s, &assets))
        return session_fail(s, "the page's style is missing");
    findings_init(&said, &s->scratch);
    struct weave weave = session_weave(s, &s->scratch, &said);
    struct document *document = weave_template(&weave, STR("conformity-report"), NULL);
    findings_finish(&said);
    if (!document || said.count[SEV_ERROR])
        return session_fail(s, "templates/conformity-report.md can not be shown: %s", said.list.len ? str_c(&s->scratch, said.list.at[0]->message) : "it is missing");
    if (!html_write(&s->scratch, document, &assets, out))
        return session_fail(s, "can't read again what was put aside: %s", strerror(errno));
    return ISMSC_OK;
}

static struct report report_of(struct ismsc *s, const struct report_facts *facts, struct report_options options)
{
    struct value organisation = s->project.model->root->fields[F_isms_organisation];
    struct value name = organisation.tag == V_RECORD ? organisation.record->fields[F_organisation_name] : value_null();
    return (struct report){ .arena = &s->scratch, .findings = &s->findings, .sources = &s->sources, .rules = &s->rules, .states = s->summary.states,
                            .facts = facts, .options = options, .project = name.tag == V_TEXT ? name.text : (str){ 0 },
                            .folder = s->options.root ? repository_folder(&s->scratch, s->options.root) : (str){ 0 } };
}

static enum ismsc_status put_report(struct ismsc *s, const struct report_call *call, struct buf *out)
{
    str name = str_of(call->format);
    struct report_facts   facts = session_facts(s);
    struct report_options options = { call->colour, call->all };
    const struct report_format *format = report_format_find(name);
    if (str_eq(name, STR("text")))
        report_text(out, &s->findings, &s->sources, &facts, options);
    else if (str_eq(name, STR("concise")))
        report_concise(out, &s->findings, &s->sources);
    else if (str_eq(name, STR("json")))
        report_json(out, &s->findings, &s->sources, &facts);
    else if (str_eq(name, STR("html")))
        return put_page(s, out);
    else if (format) {
        struct report report = report_of(s, &facts, options);
        format->write(out, &report);
    } else
        return session_fail(s, "there is no format %s for reports", call->format);
    return ISMSC_OK;
}

static enum ismsc_status do_report(struct ismsc *s, void *argument)
{
    struct report_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    if (!session_check(s) || put_report(s, call, out) != ISMSC_OK)
        return ISMSC_FAILED;
    arena_close(&s->scratch);
    *call->out = (struct ismsc_text){ out->at, out->len };
    struct report_facts facts = session_facts(s);
    return report_failed(&s->findings, &facts) ? ISMSC_FINDINGS : ISMSC_OK;
}

enum ismsc_status ismsc_report(struct ismsc *s, const char *format, bool colour, bool all, struct ismsc_text *out)
{
    struct report_call call = { format, colour, all, out };
    return session_run(s, do_report, &call);
}

static enum ismsc_status do_since(struct ismsc *s, void *argument)
{
    const struct ismsc *before = argument;
    if (!session_check(s))
        return ISMSC_FAILED;
    findings_leave_known(&s->findings, &before->findings);
    struct report_facts facts = session_facts(s);
    return report_failed(&s->findings, &facts) ? ISMSC_FINDINGS : ISMSC_OK;
}

enum ismsc_status ismsc_since(struct ismsc *s, struct ismsc *before)
{
    if (ismsc_check(before) == ISMSC_FAILED && !before->none)
        return session_fail(s, "%s", ismsc_error(before));
    return session_run(s, do_since, before);
}

struct put_call {
    const char       *path;
    struct ismsc_text text;
};

static enum ismsc_status do_put(struct ismsc *s, void *argument)
{
    struct put_call *call = argument;
    const char *why = "";
    bool written = file_put(&s->scratch, call->path, (str){ call->text.at, call->text.len }, &why);
    enum ismsc_status status = written ? ISMSC_OK : session_fail(s, "can't write %s: %s", call->path, why);
    arena_close(&s->scratch);
    return status;
}

enum ismsc_status ismsc_put(struct ismsc *s, const char *path, struct ismsc_text text)
{
    struct put_call call = { path, text };
    return session_run(s, do_put, &call);
}
