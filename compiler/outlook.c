/* SPDX-License-Identifier: MIT */
/* Where the ISMS stands and what comes next: pages for a terminal made by templates/screens/, and a calendar. */
#include <limits.h>

#include "base/limits.h"
#include "model/fields.h"
#include "query/query.h"
#include "session.h"
#include "weave/weave.h"
#include "write/calendar.h"
#include "write/plain.h"
#include "write/report.h"

struct outlook_call {
    const char        *within;
    enum ismsc_format  format;
    struct ismsc_page  page;
    struct ismsc_text *out;
};

/* A page for people; without a terminal each row of a table is one line, for other programs. */
enum ismsc_status session_screen(struct ismsc *s, const char *name, struct ismsc_page page, struct buf *out)
{
    unsigned columns = page.columns ? page.columns : UINT_MAX;
    struct findings said;
    findings_init(&said, &s->scratch);
    struct weave weave = session_weave(s, &s->scratch, &said);
    struct document *document = weave_template(&weave, str_of(name), NULL);
    findings_finish(&said);
    if (!document || said.count[SEV_ERROR]) {
        struct buf *text = buf_new(&s->scratch);
        report_concise(text, &said, &s->sources);
        return session_fail(s, "%s can not be shown:\n%.*s", name, STR_ARG(buf_str(text)));
    }
    plain_write(&s->scratch, out, document, (struct plain_options){ page.colour, columns, 2 });
    return ISMSC_OK;
}

/* The value of a built-in expression, as JSON. */
enum ismsc_status session_json(struct ismsc *s, const char *path, struct buf *out)
{
    str text;
    struct query_scope   scope = { .len = 0 };
    struct query_problem problem;
    struct query_run     run = { .arena = &s->scratch, .model = s->project.model, .limit = LIMIT_EXPR_COST };
    if (!session_resource(s, str_of(path), &text))
        return session_fail(s, "there is no built-in %s", path);
    struct expr *expr = expr_compile(&s->scratch, s->schema, &scope, text, &problem);
    if (!expr)
        return session_fail(s, "%s: %.*s", path, STR_ARG(problem.message));
    value_json(out, expr_eval(expr, &run));
    buf_char(out, '\n');
    return ISMSC_OK;
}

static enum ismsc_status do_status(struct ismsc *s, void *argument)
{
    struct outlook_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    enum ismsc_status status = ISMSC_OK;
    if (!session_outlook(s))
        return ISMSC_FAILED;
    if (call->format == ISMSC_JSON)
        status = session_json(s, "templates/screens/status.cel", out);
    else
        status = session_screen(s, "screens/status", call->page, out);
    arena_close(&s->scratch);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return status;
}

enum ismsc_status ismsc_outlook(struct ismsc *s, enum ismsc_format format, struct ismsc_page page, struct ismsc_text *out)
{
    struct outlook_call call = { NULL, format, page, out };
    return session_run(s, do_status, &call);
}

/* "30 days" and, as people type it, "30d", "6w", "3m", "1y". */
static bool parse_within(struct arena *arena, str text, struct period *period)
{
    static const struct { char letter; const char *unit; int64_t times; } units[] = {
        { 'd', "days", 1 }, { 'w', "days", 7 }, { 'm', "months", 1 }, { 'y', "years", 1 },
    };
    int64_t n;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text.len > 1 && text.at[text.len - 1] == units[i].letter && str_to_int(str_cut(text, 0, text.len - 1), &n) && n >= 0 && n < 10000)
            return period_parse(str_print(arena, "%d %s", (int)(n * units[i].times), units[i].unit), period);
    return period_parse(text, period);
}

/* Leaves what is late or due until [last] in the model's list. */
static void keep_until(struct ismsc *s, int32_t last)
{
    struct value *slot = &s->project.model->root->fields[F_isms_deadlines];
    struct list  *kept = NEW(&s->arena, struct list);
    for (size_t i = 0; i < slot->list->len; i++)
        if (slot->list->at[i].record->fields[F_deadline_on].date <= last)
            list_push(&s->arena, kept, slot->list->at[i]);
    *slot = value_list(kept);
}

static void put_calendar(struct ismsc *s, struct buf *out)
{
    const struct list *deadlines = s->project.model->root->fields[F_isms_deadlines].list;
    struct value name = record_get(s->project.model->root->fields[F_isms_organisation].record, STR("name"));
    struct calendar calendar = calendar_begin(&s->scratch, out, name.tag == V_TEXT ? name.text : (str){ 0 });
    for (size_t i = 0; i < deadlines->len; i++) {
        const struct value *f = deadlines->at[i].record->fields;
        struct value owner = f[F_deadline_owner];
        calendar_event(&calendar, &(struct calendar_event){ f[F_deadline_on].date, s->today, f[F_deadline_record].text, f[F_deadline_what].text,
                                                      f[F_deadline_title].text, owner.tag == V_RECORD ? record_title(owner.record) : (str){ 0 } });
    }
    calendar_end(&calendar);
}

static enum ismsc_status do_due(struct ismsc *s, void *argument)
{
    struct outlook_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    enum ismsc_status status = ISMSC_OK;
    struct period within;
    if (call->within && !parse_within(&s->arena, str_of(call->within), &within))
        return session_fail(s, "%s is no period; write 30d, 6w, 3m, or \"90 days\"", call->within);
    if (!session_outlook(s))
        return ISMSC_FAILED;
    if (call->within)
        keep_until(s, date_add(s->today, within, 1));
    s->looked = false; /* the list was cut */
    if (call->format == ISMSC_CALENDAR)
        put_calendar(s, out);
    else if (call->format == ISMSC_JSON)
        status = session_json(s, "templates/screens/due.cel", out);
    else
        status = session_screen(s, "screens/due", call->page, out);
    arena_close(&s->scratch);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return status;
}

enum ismsc_status ismsc_due(struct ismsc *s, const char *within, enum ismsc_format format, struct ismsc_page page, struct ismsc_text *out)
{
    struct outlook_call call = { within, format, page, out };
    return session_run(s, do_due, &call);
}
