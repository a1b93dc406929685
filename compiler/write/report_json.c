/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "write/json.h"
#include "write/report_part.h"

/* "file": ..., "line": ..., "column": ... of a span's begin, and the end when asked for. */
static void place(struct buf *out, struct sources *sources, struct span span, bool with_end)
{
    struct source *source = source_of(sources, span);
    struct place   begin = source ? source_place(sources, source, span.begin) : (struct place){ 1, 1 };
    struct place   end = source ? source_place(sources, source, span.end) : begin;
    json_member(out, "file", source ? source->path : STR("isms.yaml"));
    buf_print(out, "\"line\": %u, \"column\": %u", begin.line, begin.column);
    if (with_end)
        buf_print(out, ", \"end_line\": %u, \"end_column\": %u", end.line, end.column);
}

static void related(struct buf *out, struct sources *sources, const struct label *label)
{
    buf_text(out, ", \"related\": [");
    for (const char *comma = ""; label; label = label->next, comma = ", ") {
        buf_print(out, "%s{", comma);
        place(out, sources, label->at, false);
        buf_text(out, ", \"label\": ");
        json_string(out, label->text);
        buf_char(out, '}');
    }
    buf_text(out, "]");
}

static void date_member(struct buf *out, const char *name, int32_t days)
{
    char day[11];
    date_format(days, day);
    json_member(out, name, str_of(day));
}

static void accepted(struct buf *out, const struct accepted *a)
{
    buf_text(out, ", \"accepted\": ");
    if (!a) {
        buf_text(out, "null");
        return;
    }
    buf_char(out, '{');
    json_member(out, "id", a->id);
    json_member(out, "by", a->by);
    date_member(out, "on", a->on);
    date_member(out, "until", a->until);
    json_member(out, "risk", a->risk);
    buf_text(out, "\"reason\": ");
    json_string(out, a->reason);
    buf_char(out, '}');
}

static void fix(struct buf *out, struct sources *sources, const struct fix *f)
{
    buf_text(out, ", \"fix\": ");
    if (!f) {
        buf_text(out, "null");
        return;
    }
    buf_char(out, '{');
    place(out, sources, f->at, true);
    buf_text(out, ", \"text\": ");
    json_string(out, f->text);
    buf_char(out, '}');
}

void report_json_finding(struct buf *out, struct sources *sources, const struct finding *f)
{
    buf_char(out, '{');
    json_member(out, "rule", f->rule);
    json_member(out, "name", f->name);
    json_member(out, "severity", str_of(severity_name(f->severity)));
    json_member(out, "clause", f->clause);
    json_member(out, "basis", f->basis);
    json_member(out, "message", f->message);
    json_member(out, "help", f->help);
    place(out, sources, f->at, true);
    buf_text(out, ", ");
    json_member(out, "record", f->record);
    json_member(out, "field", f->field);
    buf_print(out, "\"fingerprint\": \"%016llx\"", (unsigned long long)f->fingerprint);
    fix(out, sources, f->fix);
    accepted(out, f->accepted);
    related(out, sources, f->related);
    buf_char(out, '}');
}

static void majors(struct buf *out, const struct findings *findings)
{
    buf_text(out, "\"likely_major\": [");
    for (size_t i = 0; i < findings->majors.len; i++) {
        const struct likely_major *m = findings->majors.at[i];
        buf_text(out, i ? ", {" : "{");
        json_member(out, "clause", m->clause);
        buf_print(out, "\"minors\": %zu, \"rules\": [", m->minors);
        for (size_t k = 0; k < m->nrules; k++) {
            buf_text(out, k ? ", " : "");
            json_string(out, m->rules[k]);
        }
        buf_text(out, "], \"message\": ");
        json_string(out, likely_major_words(findings->arena, m));
        buf_char(out, '}');
    }
    buf_text(out, "]},\n");
}

void report_json(struct buf *out, struct findings *findings, struct sources *sources, const struct report_facts *facts)
{
    char day[11];
    date_format(facts->as_of, day);
    buf_print(out, "{\n  \"schema_version\": 1,\n  \"as_of\": \"%s\",\n  \"stage\": ", day);
    json_string(out, facts->stage);
    buf_print(out, ",\n  \"summary\": {\"error\": %zu, \"major\": %zu, \"minor\": %zu, \"observation\": %zu, \"accepted\": %zu, \"failed\": %s, ",
              findings->count[SEV_ERROR], findings->count[SEV_MAJOR], findings->count[SEV_MINOR], findings->count[SEV_OBSERVATION], findings->accepted,
              report_failed(findings, facts) ? "true" : "false");
    majors(out, findings);
    buf_text(out, "  \"findings\": [");
    for (size_t i = 0; i < findings->list.len; i++) {
        buf_text(out, i ? ",\n    " : "\n    ");
        report_json_finding(out, sources, findings->list.at[i]);
    }
    buf_text(out, findings->list.len ? "\n  ]\n}\n" : "]\n}\n");
}
