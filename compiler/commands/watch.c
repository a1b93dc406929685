/* SPDX-License-Identifier: MIT */
/* Doing it again whenever a file changes. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "commands/commands.h"

/* There only so that a signal ends the wait and not the program. */
static void wake_up(int signal) { (void)signal; }

void hold_signals(void)
{
    static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
    struct sigaction action = { .sa_handler = wake_up };
    sigset_t held;
    sigemptyset(&action.sa_mask);
    sigemptyset(&held);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        sigaddset(&held, ends[i]);
        sigaction(ends[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &held, NULL);
}

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
    hold_signals();
    enum ismsc_status status = ismsc_watch(watcher, &polling);
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
    return finish(watcher, status, (struct ismsc_text){ NULL, 0 });
}
