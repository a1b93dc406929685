/* SPDX-License-Identifier: MIT */
/* Doing it again whenever a file changes. */
#include <stdio.h>
#include <unistd.h>

#include "commands/commands.h"

static void announce(const struct ismsc_change *change)
{
    if (isatty(STDOUT_FILENO))
        fputs("\033[H\033[2J\033[3J", stdout); /* from the top of an empty screen (ECMA-48) */
    fflush(stdout);
    fprintf(stderr, "ismsc: %s has changed\n", *change->file ? change->file : "something");
}

int watch_project(const struct command *self, const struct project_options *options, int (*once)(void *argument), void *argument)
{
    struct ismsc_text polling;
    struct ismsc_change change = { "", false };
    if (options->staged || options->revision)
        return usage_error(self, "--watch is about files, and a revision does not change");
    struct ismsc *watcher = project_open(options);
    if (!watcher)
        return ISMSC_FAILED;
    signals_wake();
    enum ismsc_status status = ismsc_watch(watcher, -1, &polling);
    if (status == ISMSC_OK) {
        once(argument);
        if (polling.len)
            fprintf(stderr, "ismsc: looking at all files twice a second: %.*s\n", (int)polling.len, polling.at);
        fprintf(stderr, "ismsc: waiting for changes; Ctrl-C ends it\n");
    }
    while (status == ISMSC_OK && (status = ismsc_wait(watcher, &change)) == ISMSC_OK && !change.stopped) {
        announce(&change);
        once(argument);
    }
    return finish(watcher, signals_came() ? ISMSC_OK : status, (struct ismsc_text){ NULL, 0 });
}
