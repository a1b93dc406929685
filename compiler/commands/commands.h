/* SPDX-License-Identifier: MIT */
/*
 * The commands of the program, one file each: options in, library calls, exit status out. A command takes its
 * arguments without its own name; what it prints as a result goes to standard output, talk to standard error.
 */
#ifndef COMMANDS_COMMANDS_H
#define COMMANDS_COMMANDS_H

#include <stdio.h>

#include <signal.h>
#include <stdbool.h>

#include "ismsc.h"

struct command {
    const char *group;   /* the title of the group that begins here in the list of commands, or NULL */
    const char *name;
    int       (*run)(const struct command *self, int argc, char **argv);
    const char *summary; /* one line for the list of commands */
    const char *usage;   /* "ismsc check [-C DIR] ..." */
    const char *help;    /* what -h prints behind the usage: examples first, then options */
};

extern const struct command commands[]; /* ends with a NULL name */
extern const struct command ismsc_itself;    /* ismsc itself, whose first argument is a command; not to be run */

int command_init(const struct command *self, int argc, char **argv);
int command_new(const struct command *self, int argc, char **argv);
int command_check(const struct command *self, int argc, char **argv);
int command_build(const struct command *self, int argc, char **argv);
int command_brand(const struct command *self, int argc, char **argv);
int command_template(const struct command *self, int argc, char **argv);
int command_status(const struct command *self, int argc, char **argv);
int command_due(const struct command *self, int argc, char **argv);
int command_explain(const struct command *self, int argc, char **argv);
int command_rules(const struct command *self, int argc, char **argv);
int command_hook(const struct command *self, int argc, char **argv);
int command_migrate(const struct command *self, int argc, char **argv);
int command_baseline(const struct command *self, int argc, char **argv);
int command_diff(const struct command *self, int argc, char **argv);
int command_refs(const struct command *self, int argc, char **argv);
int command_rename(const struct command *self, int argc, char **argv);
int command_fmt(const struct command *self, int argc, char **argv);
int command_query(const struct command *self, int argc, char **argv);
int command_schema(const struct command *self, int argc, char **argv);
int command_doctor(const struct command *self, int argc, char **argv);
int command_serve(const struct command *self, int argc, char **argv);
int command_completion(const struct command *self, int argc, char **argv);
int command_version(const struct command *self, int argc, char **argv);
int command_help(const struct command *self, int argc, char **argv);

/* ---- what commands share (commands/common.c) ---- */

/* The topics of help (commands/help.c): false behind the last. */
bool help_topic(size_t i, const char **name, const char **summary);
/* The command of that name, or NULL. */
const struct command *command_called(const char *name);

/* Options in any order, before and between arguments; "--" ends them. */
struct option_spec {
    const char  *name;   /* "--format" */
    char         letter; /* 'f', or 0 */
    bool        *flag;   /* set when the option is there; an option without a value */
    const char **value;  /* set to the option's value */
    struct option_values *values; /* collects the values of an option that may be given several times */
};

enum { OPTION_VALUES = 16 };
struct option_values {
    const char *at[OPTION_VALUES];
    size_t      n;
};

/*
 * Reads the options of a command and moves what is left to the front of argv. Returns how many are left, or -1
 * after printing help (*status 0) or a complaint with a suggestion (*status 2).
 */
int options_read(const struct command *self, const struct option_spec *specs, int argc, char **argv, int *status);

/*
 * How many of the words before the command are options and their values: those that commands which read a project share. They mean the same
 * there as behind the command. -1 after a complaint.
 */
int options_leading(int argc, char **argv);

/*
 * The options every command that reads a project has: -C DIR, --data DIR, --as-of DATE, and but for those that only change files --rev REVISION,
 * --staged, --brand DIR.
 */
struct project_options {
    const char *dir, *data, *as_of, *revision, *brand;
    const char *language; /* of documents */
    const char *severity; /* the least that a check looks for */
    bool staged;   /* what git would commit, instead of the files as they are */
    bool may_lack; /* without -C, a session with no project will do where there is none */
};
#define FILES_OPTIONS(o) { "--directory", 'C', 0, &(o).dir, 0 }, { "--data", 0, 0, &(o).data, 0 }, { "--as-of", 0, 0, &(o).as_of, 0 }
#define PROJECT_OPTIONS(o) FILES_OPTIONS(o), \
    { "--rev", 0, 0, &(o).revision, 0 }, { "--staged", 0, &(o).staged, 0, 0 }, { "--brand", 0, 0, &(o).brand, 0 }

/* Takes the folder that may stand for -C from the [left] arguments; complains and returns false where there is more. */
bool folder_argument(const struct command *self, int left, char **argv, struct project_options *options);
/* Opens a session on the project that -C or the working directory is in: the nearest folder upwards with an isms.yaml. */
struct ismsc *project_open(const struct project_options *options);
/* "text" or "json"; complains and returns false for anything else. NULL is text. */
bool format_parse(const struct command *self, const char *text, enum ismsc_format *out);
/* "text", "json", or the one [more] that a command has besides. */
bool format_parse_or(const struct command *self, const char *text, const char *more, enum ismsc_format code, enum ismsc_format *out);
/*
 * Calls once(argument), and again whenever a file of the project changes, until Ctrl-C (commands/watch.c). 0 then; 2 when nothing can be watched.
 */
int watch_project(const struct command *self, const struct project_options *options, int (*once)(void *argument), void *argument);
/*
 * What ends the program (SIGINT, SIGTERM, SIGHUP) is held while a command runs (commands/signals.c): its sessions see that one came, leave with
 * nothing half-made, and signals_release() then lets the signal do what it does. *before is for that.
 */
void signals_hold(sigset_t *before);
void signals_release(const sigset_t *before);
/* Whether one came that nobody waited for. */
bool signals_came(void);
/* For commands that wait for changes: a signal ends the wait, and the command says how the program ends. */
void signals_wake(void);
/* What is to be the mask while waiting, or in a child that signals may end: that of this process without those that are held. */
sigset_t signals_free(void);
/* "docx,html" into the flags of a build; complains and returns false for anything else. NULL is both. */
bool formats_parse(const struct command *self, const char *list, struct ismsc_build *build);
/* Writes a text to standard output; 2 when that fails. */
int print_result(struct ismsc_text text, int status);
/* Prints the session's error for a failed call. Returns 2. */
int print_error(const struct ismsc *session);
/* How many files a build has made: "3 files: 2 written, 1 unchanged". */
void print_counts(FILE *out, const struct ismsc_build *build);
/* Ends a session whose only call came to [verdict]: prints its answer or its error. The exit status. */
int finish(struct ismsc *session, enum ismsc_status verdict, struct ismsc_text answer);
/* Complains about the use of a command, points to its help; returns 2. */
int usage_error(const struct command *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Cells in a line of a stream: COLUMNS, the terminal, else 0. */
unsigned terminal_columns(int fd);
/* Whether to colour a stream: --color=always|never|auto, NO_COLOR, CLICOLOR_FORCE, a terminal. */
bool use_colour(const char *option, int fd);

#endif
