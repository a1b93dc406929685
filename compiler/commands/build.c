/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/audience.h"
#include "base/str.h"
#include "commands/commands.h"

bool formats_parse(const struct command *self, const char *list, struct ismsc_build *build)
{
    static const struct { const char *name; unsigned format; } formats[] = {
        { "docx", ISMSC_TO_DOCX }, { "html", ISMSC_TO_HTML }, { "md", ISMSC_TO_MARKDOWN }, { "json", ISMSC_TO_PANDOC }, { "json-1.22", ISMSC_TO_PANDOC_2 },
        { "text", ISMSC_TO_DUMP }, { "xlsx", ISMSC_TO_WORKBOOK }, { "pdf", ISMSC_TO_PDF },
    };
    str rest = str_of(list ? list : "docx,html"), word;
    while (str_split(&rest, ',', &word)) {
        size_t i = 0, n = sizeof formats / sizeof *formats;
        while (i < n && !str_eq(word, str_of(formats[i].name)))
            i++;
        if (i == n) {
            usage_error(self, "--to %.*s: the formats are docx, html, pdf, xlsx, md, json, json-1.22 and text", STR_ARG(word));
            return false;
        }
        build->formats |= formats[i].format;
    }
    return true;
}

/* "customer" into the audience of a build; complains and returns false for anything else. NULL: who sees all. */
static bool audience_option(const struct command *self, const char *word, enum ismsc_audience *out)
{
    enum audience found = AUDIENCE_INTERNAL;
    const char *near = NULL;
    if (word && !audience_parse(str_of(word), &found)) {
        for (unsigned i = 0; i < AUDIENCES; i++)
            if (str_distance(str_of(word), str_of(audience_word((enum audience)i)), 4) < 4)
                near = audience_word((enum audience)i);
        usage_error(self, "--audience %s: %s%s%s", word, near ? "did you mean " : "the audiences are internal, auditor and customer", near ? near : "", near ? "?" : "");
        return false;
    }
    *out = (enum ismsc_audience)found;
    return true;
}

static bool report(struct ismsc *session)
{
    struct ismsc_text text;
    if (ismsc_report(session, "text", use_colour(NULL, STDERR_FILENO), false, &text) == ISMSC_FAILED)
        return false;
    fwrite(text.at, 1, text.len, stderr);
    return true;
}

/*
 * Findings that stand in documents are in the language of these; on a terminal all is in English, as `ismsc check` says it. So what the check
 * says is made anew, except where it passes: then something else was found, which is in English anyway.
 */
static bool report_check(const struct project_options *options)
{
    struct project_options english = *options;
    english.language = NULL;
    struct ismsc *session = project_open(&english);
    bool said = session && ismsc_check(session) == ISMSC_FINDINGS && report(session);
    ismsc_close(session);
    return said;
}

static int report_refusal(struct ismsc *session, const struct project_options *options, const struct ismsc_build *build)
{
    if (!(build->release && report_check(options)) && !report(session))
        return print_error(session);
    if (build->audience && !build->release)
        fprintf(stderr, "ismsc build: nothing is built for %s\n", audience_readers((enum audience)build->audience));
    else
        fprintf(stderr, build->release ? "ismsc build: nothing is released while the check fails\n"
                                  : "ismsc build: nothing is built from sources that can't be read\n");
    return ISMSC_FINDINGS;
}

static int run_build(struct ismsc *session, const struct project_options *options, struct ismsc_build *build)
{
    enum ismsc_status verdict = ismsc_build(session, build);
    if (verdict == ISMSC_FINDINGS)
        return report_refusal(session, options, build);
    if (verdict != ISMSC_OK)
        return print_error(session);
    const char *const remarks[] = { build->remark, build->untranslated, build->no_workbook };
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (remarks[i])
            fprintf(stderr, "ismsc build: %s\n", remarks[i]);
    print_counts(stdout, build);
    return fflush(stdout) == 0 ? ISMSC_OK : ISMSC_FAILED;
}

struct build {
    struct project_options project;
    struct ismsc_build     build;
    enum ismsc_format      format;
    bool                   list;
};

static int build_once(void *argument)
{
    struct build *b = argument;
    struct ismsc *session = project_open(&b->project);
    struct ismsc_text text;
    int status;
    if (!session)
        return ISMSC_FAILED;
    if (b->list)
        status = ismsc_list(session, b->build.audience, b->format, &text) == ISMSC_OK ? print_result(text, ISMSC_OK) : print_error(session);
    else
        status = run_build(session, &b->project, &b->build);
    ismsc_close(session);
    return status;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The nearest guess at what a path is, said before anything is read: it can be nobody's document. */
static int check_names(const struct ismsc_build *build)
{
    char marker[PATH_MAX];
    for (size_t i = 0; i < build->ndocuments; i++) {
        const char *name = build->documents[i];
        snprintf(marker, sizeof marker, "%s/isms.yaml", name);
        if (is_folder(name) && (strpbrk(name, "/.") || access(marker, F_OK) == 0))
            fprintf(stderr, "ismsc build: %s is a folder; what is in it is built by\n  ismsc build -C %s\n", name, name);
        else if (strchr(name, '/'))
            fprintf(stderr, "ismsc build: %s is a path; documents have names and ids, which ismsc build --list shows\n", name);
        else
            continue;
        return ISMSC_FAILED;
    }
    return ISMSC_OK;
}

static int check_use(const struct command *self, const struct build *b)
{
    if (b->build.deps && (b->project.revision || b->project.staged))
        return usage_error(self, "--deps is about files, and a revision is none");
    if (b->build.folder && strcmp(b->build.folder, "-") == 0)
        return usage_error(self, "documents are many files: --out takes the folder for them, and - is none (a folder of that name is ./-)");
    if (b->build.target && !b->build.deps)
        return usage_error(self, "--deps-target says what --deps FILE writes about");
    return check_names(&b->build);
}

int command_build(const struct command *self, int argc, char **argv)
{
    struct build b = { 0 };
    const char *to = NULL, *format_text = NULL, *audience = NULL;
    bool watch = false;
    int  status;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(b.project), { "--to", 't', NULL, &to, NULL }, { "--out", 'o', NULL, &b.build.folder, NULL }, { "--list", 'l', &b.list, NULL, NULL },
        { "--format", 'f', NULL, &format_text, NULL }, { "--release", 0, &b.build.release, NULL, NULL }, { "--language", 0, NULL, &b.project.language, NULL }, { "--watch", 'w', &watch, NULL, NULL },
        { "--audience", 'a', NULL, &audience, NULL },
        { "--deps", 0, NULL, &b.build.deps, NULL }, { "--deps-target", 0, NULL, &b.build.target, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (!format_parse(self, format_text, &b.format) || !formats_parse(self, to, &b.build) || !audience_option(self, audience, &b.build.audience))
        return ISMSC_FAILED;
    b.build.documents = (const char *const *)argv;
    b.build.ndocuments = (size_t)left;
    if (check_use(self, &b) != ISMSC_OK)
        return ISMSC_FAILED;
    return watch ? watch_project(self, &b.project, build_once, &b) : build_once(&b);
}
