/* SPDX-License-Identifier: MIT */
/* A session that waits until the project's files, its brand or the data change. It reads none of them: each check has a session of its own. */
#include <stdlib.h>

#include "load/watch.h"
#include "session.h"

static struct watch *watch_of(struct ismsc *s, int other)
{
    const char *poll = getenv("ISMSC_POLL");
    const char **folders = NEWS(&s->arena, const char *, 3);
    size_t n = 0;
    folders[n++] = s->options.root;
    if (s->options.brand)
        folders[n++] = s->options.brand;
    if (s->options.data)
        folders[n++] = s->options.data;
    return watch_new(&s->arena, folders, n, poll && *poll && strcmp(poll, "0") != 0, other);
}

struct watch_call {
    int other;
    str why;
};

static enum ismsc_status do_watch(struct ismsc *s, void *argument)
{
    struct watch_call *call = argument;
    if (!s->options.root)
        return session_fail(s, "there is no folder to watch");
    s->watch = watch_of(s, call->other);
    call->why = watch_why_polling(s->watch);
    return ISMSC_OK;
}

enum ismsc_status ismsc_watch(struct ismsc *s, int other, struct ismsc_text *polling)
{
    struct watch_call call = { .other = other };
    enum ismsc_status status = session_run(s, do_watch, &call);
    *polling = (struct ismsc_text){ call.why.at, call.why.len };
    return status;
}

static enum ismsc_status do_wait(struct ismsc *s, void *argument)
{
    struct ismsc_change *change = argument;
    sigset_t signals;
    str path;
    if (!s->watch)
        return session_fail(s, "nothing is watched");
    sigprocmask(SIG_BLOCK, NULL, &signals);
    sigdelset(&signals, SIGINT);
    sigdelset(&signals, SIGTERM);
    sigdelset(&signals, SIGHUP);
    change->stopped = !watch_wait(s->watch, &signals, &path);
    str root = str_print(&s->scratch, "%s/", s->options.root);
    change->file = str_starts(path, root) ? path.at + root.len : path.at;
    arena_close(&s->scratch);
    return ISMSC_OK;
}

enum ismsc_status ismsc_wait(struct ismsc *s, struct ismsc_change *change) { return session_run(s, do_wait, change); }
