/* SPDX-License-Identifier: MIT */
/* What ends the program comes when nothing is half-done. No handler notes anything: the kernel knows which signals wait. */
#include <signal.h>

#include "commands/commands.h"

static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
enum { ENDS = sizeof ends / sizeof *ends };

/* One that is ignored, as under nohup, stays so. */
void signals_hold(sigset_t *before)
{
    struct sigaction action;
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < ENDS; i++)
        if (sigaction(ends[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&held, ends[i]);
    sigprocmask(SIG_BLOCK, &held, before);
}

void signals_release(const sigset_t *before) { sigprocmask(SIG_SETMASK, before, NULL); }

bool signals_came(void)
{
    sigset_t waiting;
    bool came = false;
    sigpending(&waiting);
    for (size_t i = 0; i < ENDS; i++)
        came = came || sigismember(&waiting, ends[i]);
    return came;
}

/* There only so that a signal ends the wait and not the program. */
static void wake_up(int signal) { (void)signal; }

/* Shells let what they start in the background ignore SIGINT, but a command that waits has to be ended somehow; SIGHUP is ignored on purpose. */
void signals_wake(void)
{
    struct sigaction action = { .sa_handler = wake_up }, hang_up;
    sigset_t held;
    sigemptyset(&action.sa_mask);
    sigemptyset(&held);
    for (size_t i = 0; i < ENDS; i++) {
        if (ends[i] == SIGHUP && sigaction(SIGHUP, NULL, &hang_up) == 0 && hang_up.sa_handler == SIG_IGN)
            continue;
        sigaddset(&held, ends[i]);
        sigaction(ends[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &held, NULL);
}

sigset_t signals_free(void)
{
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    for (size_t i = 0; i < ENDS; i++)
        sigdelset(&mask, ends[i]);
    return mask;
}
