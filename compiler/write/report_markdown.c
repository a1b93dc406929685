/* SPDX-License-Identifier: MIT */
/* Findings as Markdown (GitHub's dialect) for a comment on a change or the summary of a job, which may have a megabyte. */
#include "base/date.h"
#include "write/report_part.h"

enum { MOST_BYTES = 900 * 1000 };

/* Text with code spans kept and everything else taken literally: no markup, no mention of people, no reference to issues. */
static void put_text(struct buf *out, str text)
{
    size_t ticks = 0;
    bool   code = false;
    for (size_t i = 0; i < text.len; i++)
        ticks += text.at[i] == '`';
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '`' && ticks % 2 == 0) {
            code = !code;
            buf_char(out, c);
        } else if (c == '\n' || c == '\r')
            buf_char(out, ' ');
        else if (code)
            buf_char(out, c);
        else if (c == '@' || c == '#')
            buf_print(out, "&#%d;", c);
        else if (c == '<' || c == '&')
            buf_text(out, c == '<' ? "&lt;" : "&amp;");
        else {
            if (strchr("\\`*_[]~|", c))
                buf_char(out, '\\');
            buf_char(out, c);
        }
    }
}

static void put_code(struct buf *out, str text)
{
    buf_text(out, "<code>");
    put_text(out, text);
    buf_text(out, "</code>");
}

static void put_finding(struct buf *out, const struct report *report, const struct finding *f)
{
    struct report_place place = report_place(report, f->at);
    buf_text(out, "- **");
    put_text(out, f->message);
    buf_text(out, "**  \n  ");
    put_code(out, str_print(report->arena, "%.*s:%u", STR_ARG(place.path), place.begin.line));
    if (f->clause.len)
        buf_print(out, ", %s %.*s", str_starts(f->clause, STR("A.")) ? "control" : "clause", STR_ARG(f->clause));
    buf_text(out, ", ");
    put_code(out, f->rule);
    if (f->help.len) {
        buf_text(out, "  \n  ");
        put_text(out, f->help);
    }
    buf_char(out, '\n');
}

static void put_accepted(struct buf *out, const struct report *report)
{
    if (report->findings->accepted == 0)
        return;
    buf_text(out, "\n### Accepted\n\n| Finding | Accepted by | Until | Reason |\n|---|---|---|---|\n");
    for (size_t i = 0; i < report->findings->list.len; i++) {
        const struct finding *f = report->findings->list.at[i];
        char until[11];
        if (!f->accepted)
            continue;
        date_format(f->accepted->until, until);
        buf_text(out, "| ");
        put_text(out, f->message);
        buf_text(out, " | ");
        put_text(out, f->accepted->by_name);
        buf_print(out, " | %s | ", until);
        put_text(out, f->accepted->reason);
        buf_text(out, " |\n");
    }
}

static void put_head(struct buf *out, const struct report *report)
{
    const size_t *n = report->findings->count;
    char day[11];
    date_format(report->facts->as_of, day);
    buf_text(out, "## ISMS check of ");
    put_text(out, report->project.len ? report->project : STR("this project"));
    buf_print(out, ": %s\n\n| Errors | Major | Minor | Observations | Accepted |\n|---:|---:|---:|---:|---:|\n| %zu | %zu | %zu | %zu | %zu |\n\n",
              report_failed(report->findings, report->facts) ? "failed" : "passed", n[SEV_ERROR], n[SEV_MAJOR], n[SEV_MINOR], n[SEV_OBSERVATION],
              report->findings->accepted);
    buf_print(out, "As of %s, stage ", day);
    put_text(out, report->facts->stage);
    buf_print(out, ", %zu rules checked.\n", report->facts->rules_run);
    for (size_t i = 0; i < report->findings->majors.len; i++) {
        buf_text(out, "\n> ");
        put_text(out, likely_major_words(report->arena, report->findings->majors.at[i]));
        buf_text(out, ".\n");
    }
}

void report_markdown(struct buf *out, const struct report *report)
{
    static const char *const titles[] = { "Observations", "Minor", "Major", "Errors" };
    size_t n, i;
    const struct finding **list = report_worst_first(report, &n);
    put_head(out, report);
    for (i = 0; i < n && out->len < MOST_BYTES; i++) {
        if (i == 0 || list[i]->severity != list[i - 1]->severity)
            buf_print(out, "\n### %s\n\n", titles[list[i]->severity]);
        put_finding(out, report, list[i]);
    }
    if (i < n)
        buf_print(out, "\n%zu more findings are left out here.\n", n - i);
    else
        put_accepted(out, report);
}
