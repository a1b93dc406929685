/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"

struct diff {
    struct project_options project;
    struct ismsc_diff      diff;
    const char            *before, *to, *out;
    bool                   exit_code;
};

/* The change record, woven like any other document. */
static enum ismsc_status build_record(struct ismsc *session, struct ismsc_build *build)
{
    static const char *const name[] = { "change-record" };
    build->documents = name;
    build->ndocuments = 1;
    enum ismsc_status verdict = ismsc_build(session, build);
    if (verdict == ISMSC_OK)
        print_counts(stderr, build);
    return verdict;
}

static int run(const struct command *self, struct diff *d)
{
    struct project_options before_options = d->project;
    struct ismsc_build build = { .folder = d->out };
    struct ismsc_text text = { 0 };
    if (d->to && !formats_parse(self, d->to, &build))
        return ISMSC_FAILED;
    before_options.staged = false;
    before_options.revision = d->before;
    struct ismsc *before = project_open(&before_options), *session = before ? project_open(&d->project) : NULL;
    int status = ISMSC_FAILED;
    if (session) {
        enum ismsc_status verdict = ismsc_diff(session, before, &d->diff, &text);
        enum ismsc_status built = verdict != ISMSC_FAILED && d->to ? build_record(session, &build) : ISMSC_OK;
        if (built == ISMSC_FINDINGS)
            fprintf(stderr, "ismsc diff: nothing is built from sources that can't be read; see ismsc check\n");
        if (verdict == ISMSC_FAILED || built == ISMSC_FAILED)
            status = print_error(session);
        else
            status = print_result(d->to ? (struct ismsc_text){ 0 } : text, built != ISMSC_OK ? (int)built : d->exit_code ? (int)verdict : ISMSC_OK);
    }
    ismsc_close(session);
    ismsc_close(before);
    return status;
}

int command_diff(const struct command *self, int argc, char **argv)
{
    struct diff d = { 0 };
    const char *format_text = NULL, *color = NULL;
    int status;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(d.project), { "--format", 'f', NULL, &format_text, NULL }, { "--to", 't', NULL, &d.to, NULL }, { "--out", 'o', NULL, &d.out, NULL },
        { "--exit-code", 0, &d.exit_code, NULL, NULL }, { "--color", 0, NULL, &color, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left > 2 || (left == 2 && (d.project.revision || d.project.staged)))
        return usage_error(self, "two revisions at most");
    if (d.out && !d.to)
        return usage_error(self, "--out goes with --to");
    if (!format_parse_or(self, format_text, "markdown", ISMSC_MARKDOWN, &d.diff.format))
        return ISMSC_FAILED;
    d.before = left > 0 ? argv[0] : "HEAD";
    d.project.revision = left > 1 ? argv[1] : d.project.revision;
    d.diff.page = (struct ismsc_page){ use_colour(color, STDOUT_FILENO), terminal_columns(STDOUT_FILENO) };
    return run(self, &d);
}
