/* SPDX-License-Identifier: MIT */
/*
 * Whether everything is there that the program needs on this machine and in this project, on one page that can be pasted into a
 * report of a bug: what was looked at, how it is, and what to do.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/process.h"
#include "load/git.h"
#include "load/repository.h"
#include "model/fields.h"
#include "session.h"
#include "weave/brand.h"
#include "write/json.h"
#include "write/book.h"
#include "write/zip.h"

enum state { FINE, NOTE, ATTENTION };
static const char *const state_names[] = { "ok", "note", "attention" };

struct row {
    const char *what;
    enum state  state;
    str         text;
    const char *remedy; /* what to do, or NULL */
};

struct doctor {
    struct ismsc *s;
    bool          project;
    LIST_OF(struct row) rows;
};

static struct row *add(struct doctor *d, const char *what, enum state state, str text)
{
    struct row row = { what, state, text, NULL };
    LIST_PUSH(&d->s->arena, &d->rows, row);
    return &d->rows.at[d->rows.len - 1];
}

/* ---- the program ---- */

/* "2026.2": the newest edition of the built-in rules. */
static str rules_edition(const struct ismsc *s)
{
    str newest = { 0 };
    for (size_t i = 0; i < s->rules.list.len; i++)
        if (!s->rules.list.at[i]->project && str_cmp_natural(s->rules.list.at[i]->since, newest) > 0)
            newest = s->rules.list.at[i]->since;
    return newest;
}

static void look_at_program(struct doctor *d)
{
    struct ismsc *s = d->s;
    add(d, "program", FINE, str_print(&s->arena, "ismsc %s, %zu rules of edition %.*s%s%s", ismsc_version(), s->rules.list.len,
                                      STR_ARG(rules_edition(s)), s->options.data ? ", data from " : "", s->options.data ? s->options.data : ""));
}

static void look_at_day(struct doctor *d)
{
    char day[11];
    date_format(d->s->today, day);
    const char *from = d->s->options.as_of ? " (--as-of)" : getenv("SOURCE_DATE_EPOCH") ? " (SOURCE_DATE_EPOCH)" : "";
    add(d, "day", *from ? NOTE : FINE, str_print(&d->s->arena, "dates are judged as on %s%s", day, from));
}

static void look_at_zip(struct doctor *d)
{
    const char *about, *problem = zip_about(&about);
    struct row *row = add(d, "Word files", problem ? ATTENTION : FINE, problem ? str_of(problem) : str_print(&d->s->arena, "can be written: %s", about));
    if (problem)
        row->remedy = "install libdeflate and zlib (Debian: libdeflate0, zlib1g; Fedora: libdeflate, zlib), or use the program that is one file";
}

static void look_at_workbooks(struct doctor *d)
{
    const char *about, *problem = book_about(&d->s->arena, &about);
    add(d, "workbooks", problem ? NOTE : FINE, problem ? str_of(problem) : str_print(&d->s->arena, "can be written: %s", about));
}

/* ---- other programs ---- */

static str first_line(const struct buf *out) { return str_cut(buf_str(out), 0, str_find(buf_str(out), '\n', 0)); }

static void look_at_git_program(struct doctor *d)
{
    static const char *const words[] = { "git", "--version", NULL };
    struct buf *out = buf_new(&d->s->arena);
    bool there = program_output(&d->s->arena, words, out);
    struct row *row = add(d, "git", there ? FINE : NOTE, there ? first_line(out) : STR("is not found: --staged, --since, --rev and the hook need it"));
    row->remedy = there ? NULL : "install git";
}

/* What only looking at documents needs. */
static void look_at_others(struct doctor *d)
{
    static const char *const offices[] = { "soffice", "libreoffice", NULL };
    static const char *const browsers[] = { "chromium", "chromium-browser", "google-chrome", "firefox", NULL };
    struct arena *arena = &d->s->arena;
    str office = program_find(arena, offices), browser = program_find(arena, browsers);
    add(d, "LibreOffice", office.len ? FINE : NOTE, office.len ? office : STR("is not found: build --to pdf uses it"));
    add(d, "browser", browser.len ? FINE : NOTE, browser.len ? browser : STR("is not found: it would show the pages; ismsc does not need it"));
}

/* ---- the project ---- */

static str text_of(const struct record *record, size_t field)
{
    struct value value = record->fields[field];
    return value.tag == V_TEXT ? value.text : (str){ 0 };
}

static void look_at_project(struct doctor *d)
{
    struct ismsc *s = d->s;
    const struct model *model = s->project.model;
    struct value organisation = model->root->fields[F_isms_organisation];
    str name = organisation.tag == V_RECORD ? text_of(organisation.record, F_organisation_name) : (str){ 0 };
    struct row *row = add(d, "project", s->project.named ? FINE : ATTENTION,
                          str_print(&s->arena, "%.*s in %s: ISO/IEC 27001:%.*s, stage %.*s%s", STR_ARG(name.len ? name : STR("no name yet")), s->options.root,
                                    STR_ARG(model->edition), STR_ARG(model->stage), s->project.named ? "" : "; there is no isms.yaml"));
    row->remedy = s->project.named ? NULL : "put an isms.yaml at the top of the project: ismsc help init";
}

static void look_at_sources(struct doctor *d)
{
    struct ismsc *s = d->s;
    size_t yaml = 0, markdown = 0, bytes = 0, records = 0;
    for (size_t i = 0; i < s->sources.list.len; i++) {
        const struct source *source = s->sources.list.at[i];
        if (source->builtin)
            continue;
        yaml += str_ends(source->path, STR(".yaml")) || str_ends(source->path, STR(".yml"));
        markdown += str_ends(source->path, STR(".md"));
        bytes += source->bytes.len;
    }
    for (size_t i = 0; i < s->project.model->by_id.len; i++)
        records += ((const struct record *)s->project.model->by_id.entries[i].value)->written;
    uint32_t skipped = s->findings.skipped_files;
    struct row *row = add(d, "sources", skipped ? ATTENTION : FINE,
                          str_print(&s->arena, "%zu YAML and %zu Markdown files, %zu KB, %zu records", yaml, markdown, (bytes + 1023) / 1024, records));
    if (skipped) {
        row->text = str_print(&s->arena, "%.*s; %u file%s can not be read whole", STR_ARG(row->text), (unsigned)skipped, skipped == 1 ? "" : "s");
        row->remedy = "ismsc check says where";
    }
}

static void look_at_findings(struct doctor *d)
{
    struct ismsc *s = d->s;
    const size_t *count = s->findings.count;
    struct report_facts facts = session_facts(s);
    bool failed = report_failed(&s->findings, &facts);
    struct row *row = add(d, "check", failed ? ATTENTION : FINE,
                          str_print(&s->arena, "%s: %zu errors, %zu major, %zu minor, %zu observations; %zu accepted", failed ? "fails" : "passes",
                                    count[SEV_ERROR], count[SEV_MAJOR], count[SEV_MINOR], count[SEV_OBSERVATION], s->findings.accepted));
    row->remedy = failed ? "ismsc check" : NULL;
}

static void look_at_brand(struct doctor *d)
{
    struct ismsc *s = d->s;
    const struct brand *brand = session_brand(s, NULL);
    bool own = s->options.brand || s->brand_records.len;
    str  bytes, message;
    if (!own && s->provider->read(s->provider->state, &s->arena, STR("brand/brand.yaml"), LIMIT_YAML_BYTES, &bytes, &message) == LOAD_OK) {
        add(d, "brand", NOTE, STR("the built-in look; brand/brand.yaml is there, and nothing says that it is to be used"))->remedy = "the line `brand: brand` in isms.yaml, or --brand brand";
        return;
    }
    add(d, "brand", FINE, own ? str_print(&s->arena, "%.*s%s%s", STR_ARG(brand->name), s->options.brand ? " in " : "", s->options.brand ? s->options.brand : "")
                              : STR("the built-in look (ismsc brand init begins one)"));
}

/* ---- fonts ---- */

/* Whether fontconfig knows a family of that name. */
static bool has_font(str families, str font)
{
    str line, name;
    while (str_split(&families, '\n', &line))
        while (str_split(&line, ',', &name))
            if (str_eq_nocase(str_trim(name), font))
                return true;
    return false;
}

static void look_at_fonts(struct doctor *d)
{
    static const char *const words[] = { "fc-list", ":", "family", NULL };
    struct ismsc *s = d->s;
    const struct brand *brand = session_brand(s, NULL);
    const str fonts[] = { brand->body_font, brand->heading_font }, fallbacks[] = { brand->body_fallback, brand->heading_fallback };
    struct buf *out = buf_new(&s->arena);
    if (!program_output(&s->arena, words, out))
        return; /* nobody knows */
    for (size_t i = 0; i < 2; i++) {
        if (i > 0 && str_eq_nocase(fonts[i], fonts[0]))
            continue;
        bool own = has_font(buf_str(out), fonts[i]), other = fallbacks[i].len && has_font(buf_str(out), fallbacks[i]);
        struct row *row = add(d, "font", own || other ? FINE : NOTE,
                              own   ? str_print(&s->arena, "%.*s is installed", STR_ARG(fonts[i]))
                              : other ? str_print(&s->arena, "%.*s is not installed here; %.*s stands in for it", STR_ARG(fonts[i]), STR_ARG(fallbacks[i]))
                                      : str_print(&s->arena, "%.*s is not installed here: documents opened on this machine look different", STR_ARG(fonts[i])));
        row->remedy = own || other ? NULL : str_eq(fallbacks[i], STR("Carlito")) ? "install Carlito (Debian: fonts-crosextra-carlito)" : NULL;
    }
}

/* ---- the repository ---- */

static bool git_says(struct ismsc *s, const char *const *words, str *line, size_t *lines)
{
    struct buf *out = buf_new(&s->arena);
    bool fine = git_output(&s->arena, s->options.root, words, out);
    *line = first_line(out);
    *lines = 0;
    for (size_t i = 0; i < out->len; i++)
        *lines += out->at[i] == '\n';
    return fine;
}

static void look_at_changes(struct doctor *d)
{
    static const char *const status[] = { "status", "--porcelain", "--", ".", NULL }, *const shallow[] = { "rev-parse", "--is-shallow-repository", NULL };
    static const char *const head[] = { "describe", "--always", "--tags", NULL };
    struct ismsc *s = d->s;
    str line, revision;
    size_t changes, lines;
    if (!git_says(s, status, &line, &changes)) {
        add(d, "repository", ATTENTION, STR("git can not read it; it may belong to another user"))->remedy =
            "git status says why; for another user's folder: git config --global --add safe.directory FOLDER";
        return;
    }
    bool any = git_says(s, head, &revision, &lines);
    add(d, "repository", FINE, any ? str_print(&s->arena, "at %.*s, %zu file%s of the project not committed", STR_ARG(revision), changes, changes == 1 ? "" : "s")
                                   : STR("nothing is committed yet"));
    if (git_says(s, shallow, &line, &lines) && str_eq(line, STR("true")))
        add(d, "history", NOTE, STR("is cut off (a shallow clone): --since can not see older revisions"))->remedy = "git fetch --unshallow; in CI fetch-depth: 0";
}

static void look_at_hook(struct doctor *d)
{
    switch (session_hook(d->s)) {
    case HOOK_OURS:  add(d, "hook", FINE, STR("every commit is checked")); break;
    case HOOK_OTHER: add(d, "hook", FINE, STR("a hook of your own calls ismsc")); break;
    case HOOK_NONE:  add(d, "hook", NOTE, STR("commits are not checked"))->remedy = "ismsc hook install"; break;
    }
}

/* Whether there is a .git in the project's folder or above it, whatever git thinks of it. */
static bool has_repository(struct ismsc *s)
{
    return repository_folder(&s->arena, s->options.root).len || access(str_c(&s->arena, str_print(&s->arena, "%s/.git", s->options.root)), F_OK) == 0;
}

static void look_at_repository(struct doctor *d)
{
    if (!has_repository(d->s)) {
        add(d, "repository", NOTE, STR("none: the history of the ISMS is not kept"))->remedy = "git init";
        return;
    }
    look_at_changes(d);
    look_at_hook(d);
}

/* ---- the page ---- */

static void write_text(const struct doctor *d, struct buf *out)
{
    for (size_t i = 0; i < d->rows.len; i++) {
        const struct row *row = &d->rows.at[i];
        buf_print(out, "%-12s %-10s %.*s\n", row->what, state_names[row->state], STR_ARG(row->text));
        if (row->remedy)
            buf_print(out, "%-12s %-10s -> %s\n", "", "", row->remedy);
    }
}

static void write_json(const struct doctor *d, struct buf *out)
{
    buf_text(out, "[\n");
    for (size_t i = 0; i < d->rows.len; i++) {
        const struct row *row = &d->rows.at[i];
        buf_text(out, "  {");
        json_member(out, "what", str_of(row->what));
        json_member(out, "state", str_of(state_names[row->state]));
        json_member(out, "text", row->text);
        buf_text(out, "\"remedy\": ");
        json_string(out, str_of(row->remedy));
        buf_text(out, i + 1 < d->rows.len ? "},\n" : "}\n");
    }
    buf_text(out, "]\n");
}

struct doctor_call {
    enum ismsc_format  format;
    struct ismsc_text *out;
};

static enum ismsc_status do_doctor(struct ismsc *s, void *argument)
{
    struct doctor_call *call = argument;
    struct doctor d = { .s = s, .project = s->options.root != NULL };
    struct buf *out = buf_new(&s->arena);
    if (d.project ? !session_check(s) : !session_read_what_there_is(s))
        return ISMSC_FAILED;
    look_at_program(&d);
    look_at_zip(&d);
    look_at_workbooks(&d);
    look_at_git_program(&d);
    look_at_others(&d);
    look_at_fonts(&d);
    if (d.project) {
        look_at_day(&d);
        look_at_project(&d);
        look_at_sources(&d);
        look_at_findings(&d);
        look_at_brand(&d);
        look_at_repository(&d);
    } else {
        add(&d, "project", NOTE, STR("none here: there is no isms.yaml in this folder or above it"))->remedy = "ismsc init, or -C DIR";
    }
    bool attention = false;
    for (size_t i = 0; i < d.rows.len; i++)
        attention |= d.rows.at[i].state == ATTENTION;
    (call->format == ISMSC_JSON ? write_json : write_text)(&d, out);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return attention ? ISMSC_FINDINGS : ISMSC_OK;
}

enum ismsc_status ismsc_doctor(struct ismsc *s, enum ismsc_format format, struct ismsc_text *out)
{
    struct doctor_call call = { format, out };
    return session_run(s, do_doctor, &call);
}
