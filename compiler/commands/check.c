/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"

/* What one run is to write besides the verdict. */
struct outputs {
    const char          *format; /* to standard output; NULL: text */
    struct option_values reports; /* "sarif=out.sarif" */
    bool                 colour, all, quiet;
    struct ismsc        *before; /* whose findings are left out, or NULL */
};

/* The format whose name is [name, name + len), or NULL after a complaint that lists them. */
static const char *format_named(const struct command *self, const char *option, const char *name, size_t len)
{
    char   names[256];
    size_t used = 0;
    for (const char *const *f = ismsc_report_formats; *f; f++) {
        if (strlen(*f) == len && strncmp(*f, name, len) == 0)
            return *f;
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "", *f);
    }
    usage_error(self, "%s %.*s: the formats are %s", option, (int)len, name, names);
    return NULL;
}

/* Replaces the format's name by the one in the list, and refuses what is no FORMAT=FILE, before anything is read. */
static bool outputs_valid(const struct command *self, struct outputs *o)
{
    if (o->format && (o->format = format_named(self, "--format", o->format, strlen(o->format))) == NULL)
        return false;
    for (size_t i = 0; i < o->reports.n; i++) {
        const char *equals = strchr(o->reports.at[i], '=');
        if (!equals || equals[1] == '\0') {
            usage_error(self, "--report %s: write FORMAT=FILE, as in --report sarif=findings.sarif", o->reports.at[i]);
            return false;
        }
        if (!format_named(self, "--report", o->reports.at[i], (size_t)(equals - o->reports.at[i])))
            return false;
    }
    return true;
}

static enum ismsc_status write_report(struct ismsc *session, const char *report)
{
    const char *equals = strchr(report, '=');
    char format[32];
    struct ismsc_text text = { 0 };
    snprintf(format, sizeof format, "%.*s", (int)(equals - report), report);
    if (ismsc_report(session, format, false, true, &text) == ISMSC_FAILED)
        return ISMSC_FAILED;
    return ismsc_put(session, equals + 1, text);
}

/* GitHub drops annotations beyond ten of a kind: the page of the job has them all. */
static enum ismsc_status add_to_summary(struct ismsc *session, const char *path)
{
    struct ismsc_text text = { 0 };
    enum ismsc_status verdict = ismsc_report(session, "markdown", false, true, &text);
    FILE *file = verdict == ISMSC_FAILED ? NULL : fopen(path, "a");
    if (!file)
        return verdict == ISMSC_FAILED ? verdict : ISMSC_OK; /* no summary is no reason to fail */
    fwrite(text.at, 1, text.len, file);
    fclose(file);
    return ISMSC_OK;
}

static int run(struct ismsc *session, const struct outputs *o)
{
    const char       *format = o->format ? o->format : "text", *summary = getenv("GITHUB_STEP_SUMMARY");
    struct ismsc_text text = { 0 };
    if (o->before && ismsc_since(session, o->before) == ISMSC_FAILED)
        return finish(session, ISMSC_FAILED, text);
    enum ismsc_status verdict = o->quiet ? ismsc_check(session) : ismsc_report(session, format, o->colour, o->all, &text);
    for (size_t i = 0; i < o->reports.n && verdict != ISMSC_FAILED; i++)
        if (write_report(session, o->reports.at[i]) == ISMSC_FAILED)
            verdict = ISMSC_FAILED;
    if (verdict != ISMSC_FAILED && strcmp(format, "github") == 0 && summary && *summary && add_to_summary(session, summary) == ISMSC_FAILED)
        verdict = ISMSC_FAILED;
    return finish(session, verdict, text);
}

/* The project as it was, judged as of the same day, so that a date that passes is nobody's new finding. */
static struct ismsc *open_before(const struct project_options *now, const char *revision)
{
    struct project_options before = *now;
    before.staged = false;
    before.revision = revision;
    return project_open(&before);
}

struct check {
    struct project_options project;
    struct outputs         outputs;
    const char            *since;
};

static int check_once(void *argument)
{
    struct check *check = argument;
    struct outputs outputs = check->outputs;
    if (check->since && (outputs.before = open_before(&check->project, check->since)) == NULL)
        return ISMSC_FAILED;
    struct ismsc *session = project_open(&check->project);
    int status = session ? run(session, &outputs) : ISMSC_FAILED;
    ismsc_close(outputs.before);
    return status;
}

/* What is mended is told apart from the report, which is about what is left. */
static bool mend(const struct command *self, const struct project_options *project)
{
    struct ismsc_text text = { 0 };
    if (project->staged || project->revision) {
        usage_error(self, "--fix changes the files as they are: leave out --staged and --rev");
        return false;
    }
    struct ismsc *session = project_open(project);
    bool fine = session && ismsc_fix(session, false, &text) != ISMSC_FAILED;
    if (session && !fine)
        print_error(session);
    if (fine)
        fwrite(text.at, 1, text.len, stderr);
    ismsc_close(session);
    return fine;
}

static int show_fixes(const struct project_options *project)
{
    struct ismsc_text text = { 0 };
    struct ismsc *session = project_open(project);
    return session ? finish(session, ismsc_fix(session, true, &text), text) : ISMSC_FAILED;
}

int command_check(const struct command *self, int argc, char **argv)
{
    struct check check = { 0 };
    const char *color = NULL;
    bool watch = false, fix = false, diff = false;
    int  status;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(check.project), { "--since", 0, NULL, &check.since, NULL }, { "--severity", 0, NULL, &check.project.severity, NULL },
        { "--format", 'f', NULL, &check.outputs.format, NULL }, { "--report", 'r', NULL, NULL, &check.outputs.reports },
        { "--watch", 'w', &watch, NULL, NULL }, { "--fix", 0, &fix, NULL, NULL }, { "--diff", 0, &diff, NULL, NULL },
        { "--color", 0, NULL, &color, NULL }, { "--all", 0, &check.outputs.all, NULL, NULL }, { "--quiet", 'q', &check.outputs.quiet, NULL, NULL },
        { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (!folder_argument(self, left, argv, &check.project) || !outputs_valid(self, &check.outputs))
        return ISMSC_FAILED;
    if (diff && !fix)
        return usage_error(self, "--diff goes with --fix");
    if (fix && watch)
        return usage_error(self, "--fix and --watch do not go together");
    if (diff)
        return show_fixes(&check.project);
    if (fix && !mend(self, &check.project))
        return ISMSC_FAILED;
    check.outputs.colour = use_colour(color, STDOUT_FILENO);
    return watch ? watch_project(self, &check.project, check_once, &check) : check_once(&check);
}
