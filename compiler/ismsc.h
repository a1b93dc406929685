/* SPDX-License-Identifier: MIT */
/*
 * The library: an ISMS kept as YAML and Markdown goes in; findings and documents come out. A session reads one
 * project once and answers any number of questions about it. Every answer is text owned by the session and valid
 * until it is closed. No function exits, prints, touches the network or keeps state outside its session; two
 * sessions may run in two threads.
 */
#ifndef ISMSC_H
#define ISMSC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ISMSC_API __attribute__((visibility("default")))
#else
#define ISMSC_API
#endif

struct ismsc;

/* What a call came to; also the exit status of the program. */
enum ismsc_status {
    ISMSC_OK       = 0,
    ISMSC_FINDINGS = 1, /* findings at or above the project's threshold, or a difference that was asked for */
    ISMSC_FAILED   = 2, /* the world or the caller was at fault: see ismsc_error() */
};

/* A text in memory: bytes and how many. Not terminated. */
struct ismsc_text {
    const char *at;
    size_t      len;
};

/* A source that is not on disk, or not as it is there: an open editor buffer, a test. */
struct ismsc_overlay {
    const char       *path; /* relative to the root */
    struct ismsc_text bytes;
};

struct ismsc_options {
    const char *root;        /* folder that holds isms.yaml; NULL: only the overlays */
    const char *data;        /* folder that is searched for schema/ and templates/ before the built-in ones, or NULL */
    const char *revision;    /* NULL: the files as they are; ":" what is staged for the next commit of git; else a revision, "HEAD~1" */
    const char *brand;       /* folder with brand.yaml that all documents take their look from, instead of the project's; or NULL */
    const char *as_of;       /* "2026-11-21": the day everything is judged at; NULL: SOURCE_DATE_EPOCH, else today */
    const char *language;    /* of what templates make, "de", instead of organisation.language; or NULL */
    const char *severity;    /* "major": a check looks for nothing less severe; NULL: for everything */
    const struct ismsc_overlay *overlays;
    size_t      noverlays;
    size_t      memory;      /* bytes the session may take; 0: the default limit */
    uint64_t    fail_at;     /* tests: the n-th allocation fails; 0: none */
    bool      (*stop)(void); /* asked many times a second; true ends the call with ISMSC_FAILED and nothing half-made. NULL: nothing does */
};

enum ismsc_format { ISMSC_TEXT, ISMSC_JSON, ISMSC_CALENDAR, ISMSC_MARKDOWN, ISMSC_CONCISE };

/* A new session; NULL only when there is no memory for the session itself. Nothing is read yet. */
ISMSC_API struct ismsc *ismsc_open(const struct ismsc_options *options);
ISMSC_API void ismsc_close(struct ismsc *session);
/* Why the last call returned ISMSC_FAILED, in one line without a full stop; "" otherwise. Where memory ended, every later call fails so. */
ISMSC_API const char *ismsc_error(const struct ismsc *session);

/* Reads, resolves and checks the project. ISMSC_FINDINGS when it fails by its own threshold. Reading happens once. */
ISMSC_API enum ismsc_status ismsc_check(struct ismsc *session);
/*
 * Reads and checks both, and leaves out of [session] every finding that [before] has too, whatever has moved in its file: what is
 * left is new. Where there was no ISMS, everything is. The verdict on that.
 */
ISMSC_API enum ismsc_status ismsc_since(struct ismsc *session, struct ismsc *before);

/*
 * Mends what can be mended for certain: ids, keys and choices in another spelling, numbers of 2013 with one successor, and the form of the
 * sources (ismsc_fmt). Adds no fact. All files are written or none; *out tells what was done, or with [diff], when nothing is written, what
 * would be, as a patch. ISMSC_FINDINGS when there was something to mend. The session keeps what it has read.
 */
ISMSC_API enum ismsc_status ismsc_fix(struct ismsc *session, bool diff, struct ismsc_text *out);

/* The formats of reports, ending with NULL: "text", "concise", "json", "sarif", ... */
ISMSC_API extern const char *const ismsc_report_formats[];
/*
 * The findings of ismsc_check in one of the formats. [colour] and [all] (every finding, not the first few of a rule) are for text.
 * What is made for forges and editors names files from the top of the repository that the project is in. The verdict of the check.
 */
ISMSC_API enum ismsc_status ismsc_report(struct ismsc *session, const char *format, bool colour, bool all, struct ismsc_text *out);
/* Puts a text into a file, whole or not at all; a file that holds it already is left alone. */
ISMSC_API enum ismsc_status ismsc_put(struct ismsc *session, const char *path, struct ismsc_text text);

/* One file of a build. */
struct ismsc_output {
    const char       *name;     /* "statement-of-applicability.docx" */
    struct ismsc_text bytes;    /* valid only during the call */
};

/* What a document is made into; several together are or-ed. */
enum ismsc_output_format {
    ISMSC_TO_DOCX = 1,
    ISMSC_TO_HTML = 2,
    ISMSC_TO_MARKDOWN = 4,  /* for forges, and for people who compare */
    ISMSC_TO_PANDOC = 8,    /* pandoc's document format as JSON, as pandoc 3 reads it */
    ISMSC_TO_PANDOC_2 = 16, /* the same as pandoc 2.11 to 2.19 read it */
    ISMSC_TO_DUMP = 32,     /* all that is known of a document, a line a block: for tests */
    ISMSC_TO_PDF = 128,     /* laid out by LibreOffice or Chromium, where one is there */
    ISMSC_TO_WORKBOOK = 64  /* the tables that are sheets, for Excel and LibreOffice: of documents that say so */
};

/* For whom documents are made: those who see all, auditors, customers. Others get what is marked for them and nothing else; docs/audiences.md. */
enum ismsc_audience { ISMSC_FOR_INTERNAL, ISMSC_FOR_AUDITOR, ISMSC_FOR_CUSTOMER };

struct ismsc_build {
    const char *const *documents; /* names or ids of documents; NULL or none: all there are */
    size_t             ndocuments;
    unsigned           formats;   /* of enum ismsc_output_format */
    enum ismsc_audience audience;
    bool               release;   /* refuse an ISMS that fails its own threshold */
    const char        *folder;    /* where files go; NULL: build/ below the root, for others build/auditor or build/customer; made when it is not there. One folder holds documents for one audience */
    const char        *deps;      /* when set: a file for make and ninja that tells what the outputs depend on, written when all went well */
    const char        *target;    /* what depends on the inputs by that file; NULL: the outputs */
    /* When set, takes each output instead of the folder; returns false (and says why in *why) to stop the build. */
    bool (*write)(void *state, const struct ismsc_output *output, const char **why);
    void *state;
    size_t written, unchanged;    /* out: files put in place, and files that were so already */
    const char *remark;           /* out: what the caller should know of how they were made; NULL: nothing */
    const char *untranslated;     /* out: what stayed English, and how to list it; NULL: nothing did */
    const char *no_workbook;      /* out: why there is none, though one was asked for; NULL: there is, or nobody asked */
};

/*
 * Makes documents, one at a time. Files are written under temporary names and put in place when all documents are
 * there, so that a failure leaves the old set whole; a file that would not change is not touched. Refuses with
 * ISMSC_FINDINGS when the sources could not be read whole, with [release] when the check fails, and when a text for an audience
 * names what they may not see: then the session's findings are those alone.
 */
ISMSC_API enum ismsc_status ismsc_build(struct ismsc *session, struct ismsc_build *build);
/* The documents a build for that audience would make, with clause and state. */
ISMSC_API enum ismsc_status ismsc_list(struct ismsc *session, enum ismsc_audience audience, enum ismsc_format format, struct ismsc_text *out);

/* Evaluates an expression over the ISMS. A wrong one is ISMSC_FAILED, with the place marked in ismsc_error(). */
ISMSC_API enum ismsc_status ismsc_query(struct ismsc *session, const char *expression, enum ismsc_format format, struct ismsc_text *out);

/* How text for a terminal is laid out. */
struct ismsc_page {
    bool     colour;
    unsigned columns; /* cells in a line; 0: 100 */
};

/* Everything known about a rule, control, clause, document type or record of the project. Without a root only what is built in. */
ISMSC_API enum ismsc_status ismsc_explain(struct ismsc *session, const char *what, enum ismsc_format format, struct ismsc_page page,
                                          struct ismsc_text *out);

struct ismsc_diff {
    enum ismsc_format format; /* text, Markdown for a comment, JSON */
    struct ismsc_page page;   /* of text */
};

/*
 * What has changed in meaning from [before] to [session], two states of one project judged as of the same day: records, sections, prose,
 * findings. ISMSC_FINDINGS when something has. From then on documents of [session] see it as `differences`, such as the change record,
 * until [before] is closed, which must be after [session].
 */
ISMSC_API enum ismsc_status ismsc_diff(struct ismsc *session, struct ismsc *before, const struct ismsc_diff *diff, struct ismsc_text *out);

/* Where the ISMS stands, on one page: stage, findings by clause, what to do next and who has to. Text or JSON. */
ISMSC_API enum ismsc_status ismsc_outlook(struct ismsc *session, enum ismsc_format format, struct ismsc_page page, struct ismsc_text *out);
/* What is late or due in the period [within] ("30d", "3 months"; NULL: everything), the next first. Text, JSON, or iCalendar (RFC 5545). */
ISMSC_API enum ismsc_status ismsc_due(struct ismsc *session, const char *within, enum ismsc_format format, struct ismsc_page page,
                                      struct ismsc_text *out);

/* Which rules to list. */
struct ismsc_rule_choice {
    const char *severity; /* "minor"; NULL: any */
    const char *stage;    /* those that count at this stage, "stage-1"; NULL: all */
    bool        language; /* findings about the language of the sources as well */
};

/* The rules, the project's own included where there is a root. */
ISMSC_API enum ismsc_status ismsc_rules(struct ismsc *session, const struct ismsc_rule_choice *choice, enum ismsc_format format,
                                        struct ismsc_page page, struct ismsc_text *out);
/*
 * For a project of the 2013 edition, the section `controls:` of 2022 as YAML, with what is left to decide; *undecided counts that.
 * Fails where the project declares 2022, or can not be read whole.
 */
ISMSC_API enum ismsc_status ismsc_migrate(struct ismsc *session, struct ismsc_text *out, size_t *undecided);
/* A built-in file: "schema/isms.schema.json". */
ISMSC_API enum ismsc_status ismsc_resource(struct ismsc *session, const char *path, struct ismsc_text *out);

/* A new ISMS. */
struct ismsc_new {
    const char *folder;  /* where it goes; made when it is not there */
    const char *name;    /* of the organisation; NULL: the folder's */
    bool        example; /* the complete fictional one instead of a first skeleton */
};

/*
 * Writes the files of a new ISMS, all or none of them, and never over anything that is there. *out tells what was
 * written ("wrote acme/isms.yaml"), one file a line, and which README or the like was there and is kept.
 */
ISMSC_API enum ismsc_status ismsc_create(struct ismsc *session, const struct ismsc_new *isms, struct ismsc_text *out);

/*
 * Puts a hook into the git repository around the project that checks what is about to be committed, or takes it away. A hook that is
 * not ours is left as it is, and the call fails. *said tells what was done.
 */
ISMSC_API enum ismsc_status ismsc_hook(struct ismsc *session, bool install, struct ismsc_text *said);

/*
 * A policy or procedure out of templates/starters/, written into policies/ under the next free id, with the owner and the class this
 * ISMS has for it; [replace]: in the place of a draft on the same topic, whose id it keeps. Never over anything else. Without a name:
 * the list of starters with the controls they implement, those first that an applicable control needs. Text or JSON.
 */
ISMSC_API enum ismsc_status ismsc_starter(struct ismsc *session, const char *name, bool replace, enum ismsc_format format, struct ismsc_text *out);

/*
 * A new entry of a register, such as "risk" or "supplier", under the next free id and with comments that say what may be written: behind
 * the last one of its kind, else in a file of the section's name. [title] may be NULL. Without a kind: the kinds there are.
 */
ISMSC_API enum ismsc_status ismsc_entry(struct ismsc *session, const char *kind, const char *title, struct ismsc_text *out);
/* Every place of the sources, templates and rules where the id of a record stands: given, referred to, linked to, mentioned. Text, concise, JSON. */
ISMSC_API enum ismsc_status ismsc_refs(struct ismsc *session, const char *id, enum ismsc_format format, struct ismsc_text *out);
/*
 * Gives a record another id wherever the old one stands, in all files or in none; nothing else in them changes. Fails where the new id
 * is taken, is none, or is not like those of its kind. *out tells the files; with [diff] nothing is written and it is a unified diff.
 */
ISMSC_API enum ismsc_status ismsc_rename(struct ismsc *session, const char *old_id, const char *new_id, bool diff, struct ismsc_text *out);

struct ismsc_baseline {
    bool        prune;  /* take out what is solved; else: enter what fails the check now */
    const char *owner;  /* id of the role or person who sees to what has no owner of its own */
    const char *until;  /* "2027-05-31": the last day on which it may be there, within a year */
    bool        add;    /* there may be a baseline already: for rules that are new */
};

/* Writes isms-baseline.yaml, or takes out of it, or of wherever they stand, the entries that are solved. *out tells what was done. */
ISMSC_API enum ismsc_status ismsc_baseline(struct ismsc *session, const struct ismsc_baseline *options, struct ismsc_text *out);

struct ismsc_fmt {
    const char *const *files; /* only these, as seen from the working directory; none: all sources */
    size_t             nfiles;
    bool               check; /* write nothing; ISMSC_FINDINGS when something would change */
    bool               diff;  /* write nothing; *out is a unified diff */
};

/* Brings sources into the plain form: indentation, blanks, empty lines. A file that would not say exactly the same stays as it is. *out tells which. */
ISMSC_API enum ismsc_status ismsc_fmt(struct ismsc *session, const struct ismsc_fmt *fmt, struct ismsc_text *out);
/* Writes [folder]/brand.yaml, a first look with everything that can be said in it; without a folder, brand/ of the project. Never over one. */
ISMSC_API enum ismsc_status ismsc_brand_init(struct ismsc *session, const char *folder, struct ismsc_text *out);
/* The templates, the files each is made of and the one that gives each block; [name]: of one, with all its blocks. */
ISMSC_API enum ismsc_status ismsc_template_list(struct ismsc *session, const char *name, enum ismsc_format format, struct ismsc_text *out);
/* Writes templates/[name].md to be changed: the template of the brand or the program, or one [block] of it. Never over what is there. */
ISMSC_API enum ismsc_status ismsc_template_eject(struct ismsc *session, const char *name, const char *block, struct ismsc_text *out);
/*
 * Every fixed text of documents, file by file as it stands in templates/[language]/, with what it is there: those of one file [name], or all;
 * with [missing] only those that have no translation. Without a language to begin one.
 */
ISMSC_API enum ismsc_status ismsc_template_messages(struct ismsc *session, const char *name, const char *language, bool missing, struct ismsc_text *out);
/* What has changed in the brand or the program since the project took its templates from there; ISMSC_FINDINGS when something has. */
ISMSC_API enum ismsc_status ismsc_template_diff(struct ismsc *session, const char *name, struct ismsc_text *out);

/* A change that was waited for. */
struct ismsc_change {
    const char *file;    /* one that has changed, "policies/backup.md"; "" when that is not known; valid until the next wait */
    bool        stopped; /* there is none: SIGINT, SIGTERM or SIGHUP came, or [other] of ismsc_watch() */
};

/*
 * Begins to watch the files below the root, and the folders of [brand] and [data]: what changes from now on ends ismsc_wait(). *polling says
 * why files are compared twice a second instead of the system telling; empty when it tells. Such a session is best used for nothing else.
 * [other] is a descriptor that ends a wait as a signal does once it can be read or is at its end; -1: there is none.
 */
ISMSC_API enum ismsc_status ismsc_watch(struct ismsc *session, int other, struct ismsc_text *polling);
/*
 * Waits until something has changed since the last wait and nothing has for a tenth of a second. A caller who blocks the three signals and
 * has handlers for them loses none: they are let through while waiting.
 */
ISMSC_API enum ismsc_status ismsc_wait(struct ismsc *session, struct ismsc_change *change);
/*
 * Whether all is there that the program needs on this machine and in this project: a line each with what to do. ISMSC_FINDINGS when one
 * needs attention. Text or JSON.
 */
ISMSC_API enum ismsc_status ismsc_doctor(struct ismsc *session, enum ismsc_format format, struct ismsc_text *out);
/*
 * What has a name, for shells that complete a word: a line each, with what it stands for behind a tab. [what]: documents, templates, rules,
 * controls, clauses, types (of documents), records, sections, kinds (that can be added), starters, languages. Without a root only what is built in.
 */
ISMSC_API enum ismsc_status ismsc_names(struct ismsc *session, const char *what, struct ismsc_text *out);

ISMSC_API const char *ismsc_version(void);

#ifdef __cplusplus
}
#endif

#endif
