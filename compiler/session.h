/* SPDX-License-Identifier: MIT */
/* What a session holds: the state behind ismsc.h. Only the files beside this one know it. */
#ifndef SESSION_H
#define SESSION_H

#include "base/arena.h"
#include "diag/finding.h"
#include "diag/rule.h"
#include "ismsc.h"
#include "load/provider.h"
#include "load/recorder.h"
#include "load/source.h"
#include "resolve/project.h"
#include "rules/rules.h"
#include "weave/weave.h"
#include "write/html.h"
#include "write/report.h"

struct ismsc {
    struct memory        memory;
    struct arena         arena;    /* of the session */
    struct arena         scratch;  /* left empty by whoever uses it */
    struct ismsc_options options;  /* its texts are copies, in kept */
    char                *kept[7];
    size_t               nkept;
    struct findings      findings;
    struct sources       sources;
    const struct provider *provider; /* the project's files */
    const struct provider *data;     /* --data, or NULL */
    struct recorded      recorded;   /* what was read of all of them */
    struct catalogue     catalogue;
    struct schema       *schema;
    struct rules         rules;
    struct project       project;  /* what documents are made from: all of it, or what an audience may see */
    struct project       whole;    /* while that is only a part: all of it; else empty */
    enum audience        audience;
    struct rules_summary summary;
    struct site         *site;       /* site.c: of the build that goes on; NULL: none does, or its pages stand alone */
    struct untranslated *untranslated; /* untranslated.c: of the build that goes on */
    struct watch        *watch;      /* watching.c; NULL: nothing is waited for */
    struct map           brands;   /* folder -> const struct brand */
    struct map           languages, language_files; /* tag -> const struct doc_words, path -> tree: languages.c */
    LIST_OF(const struct record *) brand_records; /* of each brand.yaml that was read */
    int32_t              today;
    bool                 base_ready, read, checked, looked;
    bool                 none;      /* there is no ISMS where one was to be read */
    bool                 exhausted; /* memory ended once: nothing more is asked of the session */
    str                  error;
    char                 error_text[1024]; /* error as a C string, also when memory is exhausted */
};

/* Schema and rules: what is needed even without a project. */
void session_prepare(struct ismsc *s);
/* The project, read and resolved; false with s->error set when the world failed or there is none. */
bool session_read(struct ismsc *s);
/* reference.c: session_read, or without a root the catalogue alone: an ISMS in which nothing is written, and no findings about that. */
bool session_read_what_there_is(struct ismsc *s);
/* entry.c: whether the section holds records that somebody writes into a register and gives an id. */
bool entry_can_be_added(const struct field *section);
/* The rules run and findings in order. */
bool session_check(struct ismsc *s);
/* The check's findings and all deadlines as records of the model, for documents and queries. */
bool session_outlook(struct ismsc *s);
/*
 * audiences.c: what [audience] may see takes the place of the project until session_restore. False where texts that they may see name
 * what they may not; then the session's findings are those.
 */
bool session_reduce(struct ismsc *s, enum audience audience);
void session_restore(struct ismsc *s);
/* Whether the whole project has a record that the audience may not see. */
bool session_hides(const struct ismsc *s, str id);
/*
 * Each folder holds documents for one audience, and says so in a file where that is not the organisation itself, with the names of what was
 * made. False, with the error set, where [folder] holds those of another; and where, of [all] documents, some were made once and are no more.
 */
#define AUDIENCE_NOTE ".ismsc-audience"
bool audience_folder_open(struct ismsc *s, str folder);
bool audience_folder_note(struct ismsc *s, str folder, bool all, const struct path_list *outputs, str *note);
/* Finds the passages of the project when [text], of a template or an expression, names them. */
void session_find_passages(struct ismsc *s, str text);
/* documents.c: the source of a template, added once: a file found again has the same number, so that findings are not doubled. */
struct source *session_source_once(struct ismsc *s, str path, str bytes, bool builtin);
/* partials.c: what is wrong with the partials among [paths], which are seen from [folder], the project's or the brand's. */
void partials_check(struct ismsc *s, struct weave *weave, const struct path_list *paths, str folder);
/* documents.c: for making a document in [arena], with templates of the project, --data, and built in. */
struct weave session_weave(struct ismsc *s, struct arena *arena, struct findings *findings);
/* documents.c: what is wrong in the project's Markdown documents and templates, as findings. */
void documents_check(struct ismsc *s);
/* documents.c: the style and script of pages. */
bool session_assets(struct ismsc *s, struct html_assets *assets);
/* outlook.c: a page for people, "screens/status"; without a terminal each row of a table is one line, for other programs. */
enum ismsc_status session_screen(struct ismsc *s, const char *name, struct ismsc_page page, struct buf *out);
/* The value of a built-in expression, "templates/screens/status.cel", as JSON. */
enum ismsc_status session_json(struct ismsc *s, const char *path, struct buf *out);
/* What a report says about the run. */
struct report_facts session_facts(const struct ismsc *s);
/* brands.c: the look of [document] (its record, or NULL), read once; findings are those of the session. Never NULL. */
const struct brand *session_brand(struct ismsc *s, const struct record *document);
/* The text of templates/... in the folder of the project's brand, and the path it is [shown] under; false when there is none. */
bool brand_template(struct ismsc *s, str path, str *bytes, str *shown);
/* The paths of templates/... in that folder, instead of what [paths] held; returns what they are shown below. */
str brand_templates(struct ismsc *s, struct path_list *paths);
/* Every brand that the project names is read, so that what is wrong with it is known. */
void brands_check(struct ismsc *s);
/* hook.c: who checks what is committed around the project. */
enum hook_state { HOOK_NONE, HOOK_OURS, HOOK_OTHER };
enum hook_state session_hook(struct ismsc *s);
/* Bytes of a file under its repository path: --data first, then built in. False when neither has it. */
bool session_resource(struct ismsc *s, str path, str *bytes);
/* Sets the error and returns ISMSC_FAILED. */
enum ismsc_status session_fail(struct ismsc *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Calls fn(s, argument) with the session's one jump set: exhausted memory becomes ISMSC_FAILED. */
enum ismsc_status session_run(struct ismsc *s, enum ismsc_status (*fn)(struct ismsc *, void *), void *argument);

#endif
