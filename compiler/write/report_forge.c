/* SPDX-License-Identifier: MIT */
/*
 * Findings as the two forges want them beside the changed lines: workflow commands of GitHub Actions, and GitLab's Code Quality report.
 * GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so the tenth says how many more there are.
 */
#include "write/json.h"
#include "write/report_part.h"

enum { MOST_COMMANDS = 10 };

/* The text of a workflow command, or with [property] the value of one of its properties. */
static void command_text(struct buf *out, str text, bool property)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
            buf_print(out, "%%%02X", (unsigned char)c);
        else
            buf_char(out, c);
    }
}

static const char *command(enum severity severity)
{
    return severity >= SEV_MAJOR ? "error" : severity == SEV_MINOR ? "warning" : "notice";
}

static void github_finding(struct buf *out, const struct report *report, const struct finding *f)
{
    struct report_place place = report_place(report, f->at);
    buf_print(out, "::%s file=", command(f->severity));
    command_text(out, place.path, true);
    buf_print(out, ",line=%u,endLine=%u", place.begin.line, place.end.line);
    if (place.begin.line == place.end.line) /* columns over several lines are refused */
        buf_print(out, ",col=%u,endColumn=%u", place.begin.column, place.end.column);
    buf_text(out, ",title=");
    bool control = str_starts(f->clause, STR("A."));
    command_text(out, str_print(report->arena, "%s%s%.*s (%.*s)", severity_name(f->severity),
                                f->clause.len == 0 ? "" : control ? " against control " : " against clause ", STR_ARG(f->clause), STR_ARG(f->rule)), true);
    buf_text(out, "::");
    command_text(out, report_sentence(report->arena, f), false);
    buf_char(out, '\n');
}

void report_github(struct buf *out, const struct report *report)
{
    size_t n;
    const struct finding **list = report_worst_first(report, &n);
    for (size_t from = 0, to; from < n; from = to) {
        const char *name = command(list[from]->severity);
        for (to = from; to < n && command(list[to]->severity) == name; to++)
            ;
        size_t shown = to - from > MOST_COMMANDS ? MOST_COMMANDS - 1 : to - from;
        for (size_t i = from; i < from + shown; i++)
            github_finding(out, report, list[i]);
        if (shown < to - from)
            buf_print(out, "::%s title=ismsc::%zu more findings of this kind; the summary of the job has them all.\n", name, to - from - shown);
    }
}

static const char *gitlab_severity(enum severity severity)
{
    static const char *const names[] = { "info", "minor", "major", "blocker" };
    return names[severity];
}

void report_gitlab(struct buf *out, const struct report *report)
{
    size_t n;
    struct map seen = { 0 };
    const struct finding **list = report_worst_first(report, &n);
    buf_text(out, "[");
    for (size_t i = 0; i < n; i++) {
        struct report_place place = report_place(report, list[i]->at);
        unsigned again = report_occurrence(list, i, &seen, report->arena);
        buf_text(out, i ? ",\n {" : "\n {");
        json_member(out, "type", STR("issue"));
        json_member(out, "check_name", list[i]->rule);
        json_member(out, "description", report_sentence(report->arena, list[i]));
        json_member(out, "severity", str_of(gitlab_severity(list[i]->severity)));
        json_member(out, "fingerprint", str_print(report->arena, "%016llx%08x", (unsigned long long)list[i]->fingerprint, again));
        buf_text(out, "\"categories\": [\"Compatibility\"], \"location\": {");
        json_member(out, "path", place.path);
        buf_print(out, "\"lines\": {\"begin\": %u, \"end\": %u}}}", place.begin.line, place.end.line);
    }
    buf_text(out, n ? "\n]\n" : "]\n");
}
