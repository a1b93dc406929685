/* SPDX-License-Identifier: MIT */
/* The pages of a project on the loopback. A child waits for changes and writes a byte for each; the parent builds and serves. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "base/temporary.h"
#include "commands/commands.h"
#include "commands/server.h"

enum { FIRST_PORT = 27001 };

struct serving {
    struct project_options project;
    struct server server;
    char     home[2048]; /* the temporary folder; each build has one of its own below */
    unsigned builds;
    pid_t    watcher;
    int      changes;    /* a byte for each change */
};

/* ---- the child ---- */

/* A signal for all of us is the parent's to answer. When the parent ends without a word, [parent] comes to its end. */
static void watch_files(struct serving *s, int parent, int out)
{
    struct ismsc_text polling;
    struct ismsc_change change = { "", false };
    const sigset_t mask = signals_free();
    signal(SIGINT, SIG_IGN), signal(SIGTERM, SIG_IGN), signal(SIGHUP, SIG_IGN), signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    server_close(&s->server);
    struct ismsc *watcher = project_open(&s->project);
    bool going = watcher && ismsc_watch(watcher, parent, &polling) == ISMSC_OK;
    while (going && write(out, "x", 1) == 1)
        going = ismsc_wait(watcher, &change) == ISMSC_OK && !change.stopped;
    if (change.stopped)
        temporary_remove(s->home); /* nobody else does */
    _exit(0);
}

/* What we start, a browser, must not keep the ends of pipes open. */
static bool make_pipe(int ends[2])
{
    return pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

static bool start_watcher(struct serving *s)
{
    int news[2], life[2];
    if (!make_pipe(news) || !make_pipe(life))
        return false;
    s->watcher = fork();
    if (s->watcher == 0) {
        close(news[0]);
        close(life[1]);
        watch_files(s, life[0], news[1]);
    }
    close(news[1]);
    close(life[0]);
    s->changes = news[0];
    return s->watcher > 0;
}

/* ---- building ---- */

static void keep_problem(struct server *server, const char *text, size_t len)
{
    len = len < sizeof server->problem - 1 ? len : sizeof server->problem - 1;
    memcpy(server->problem, text, len);
    server->problem[len] = '\0';
}

static void tell_problem(struct server *server, struct ismsc *session, enum ismsc_status verdict)
{
    struct ismsc_text text;
    if (verdict == ISMSC_FINDINGS && ismsc_report(session, "text", false, false, &text) != ISMSC_FAILED)
        keep_problem(server, text.at, text.len);
    else
        keep_problem(server, ismsc_error(session), strlen(ismsc_error(session)));
    fprintf(stderr, "%s%s\n", verdict == ISMSC_FAILED ? "ismsc: " : "", server->problem);
}

/* The pages as the files are now take the place of those before; where there can be none, those stay. */
static enum ismsc_status build_pages(struct serving *s)
{
    struct server *server = &s->server;
    char folder[sizeof server->folder];
    snprintf(folder, sizeof folder, "%s/%u", s->home, ++s->builds);
    struct ismsc_build build = { .formats = ISMSC_TO_HTML, .folder = folder };
    struct ismsc *session = project_open(&s->project);
    enum ismsc_status verdict = session ? ismsc_build(session, &build) : ISMSC_FAILED;
    if (verdict == ISMSC_OK) {
        if (*server->folder)
            temporary_remove(server->folder);
        memcpy(server->folder, folder, sizeof folder);
        server->problem[0] = '\0';
        fprintf(stderr, "ismsc: %zu pages\n", build.written + build.unchanged);
    } else {
        temporary_remove(folder);
        if (!session)
            keep_problem(server, "The project can not be opened.", strlen("The project can not be opened."));
        else if (!signals_came())
            tell_problem(server, session, verdict);
    }
    if (session)
        ismsc_close(session);
    server_tell(server);
    return verdict;
}

/* ---- the browser ---- */

static void open_browser(unsigned port)
{
    static const char *const programs[] = { "xdg-open", "open", NULL };
    char address[64];
    pid_t child = fork();
    if (child != 0) {
        if (child > 0)
            waitpid(child, NULL, 0);
        return;
    }
    if (fork() != 0) /* the one between is done, so that nobody needs to wait for the browser */
        _exit(0);
    const sigset_t mask = signals_free();
    sigprocmask(SIG_SETMASK, &mask, NULL);
    snprintf(address, sizeof address, "http://localhost:%u/", port);
    for (const char *const *program = programs; *program; program++)
        execlp(*program, *program, address, (char *)NULL);
    fprintf(stderr, "ismsc: no browser could be started\n");
    _exit(1);
}

/* ---- the command ---- */

static int serve(struct serving *s, bool open)
{
    const sigset_t signals = signals_free();
    char byte;
    if (read(s->changes, &byte, 1) != 1) { /* one comes when the watch is set: what changes from now on is seen */
        fprintf(stderr, "ismsc: changes can't be watched\n");
        return ISMSC_FAILED;
    }
    if (build_pages(s) == ISMSC_FAILED) /* no project, or no room: nothing that an editor mends */
        return ISMSC_FAILED;
    fprintf(stderr, "ismsc: serving http://localhost:%u/ to this machine alone; Ctrl-C ends it\n", s->server.port);
    if (open)
        open_browser(s->server.port);
    while (server_run(&s->server, s->changes, &signals)) {
        if (read(s->changes, &byte, 1) != 1) {
            fprintf(stderr, "ismsc: changes can't be watched any more\n");
            return ISMSC_FAILED;
        }
        build_pages(s);
    }
    return ISMSC_OK;
}

static bool make_home(struct serving *s)
{
    const char *folder = getenv("TMPDIR");
    int n = snprintf(s->home, sizeof s->home, "%s/ismsc-XXXXXX", folder && *folder ? folder : P_tmpdir);
    bool made = n > 0 && (size_t)n < sizeof s->home && mkdtemp(s->home) != NULL;
    if (!made)
        s->home[0] = '\0';
    return made;
}

static int begin(const struct command *self, struct serving *s, unsigned port, bool any, bool open)
{
    const char *why = "";
    int status = ISMSC_FAILED;
    if (!server_open(&s->server, port, any, &why)) {
        fprintf(stderr, "ismsc: can't listen on port %u: %s; ismsc serve --port N takes another one\n", port, why);
        return ISMSC_FAILED;
    }
    signals_wake();
    if (!make_home(s))
        fprintf(stderr, "ismsc %s: can't make a temporary folder: %s\n", self->name, strerror(errno));
    else if (start_watcher(s))
        status = serve(s, open);
    if (s->watcher > 0) {
        kill(s->watcher, SIGKILL); /* it holds nothing, and would ask no signal that can be asked */
        waitpid(s->watcher, NULL, 0);
    }
    if (*s->home)
        temporary_remove(s->home);
    server_close(&s->server);
    return signals_came() ? ISMSC_OK : status;
}

int command_serve(const struct command *self, int argc, char **argv)
{
    struct serving s = { .changes = -1 };
    const char *port_text = NULL;
    int64_t port = FIRST_PORT;
    bool open = false;
    int status;
    const struct option_spec specs[] = {
        FILES_OPTIONS(s.project), { "--brand", 0, NULL, &s.project.brand, NULL }, { "--port", 'p', NULL, &port_text, NULL }, { "--open", 0, &open, NULL, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (!folder_argument(self, left, argv, &s.project))
        return ISMSC_FAILED;
    if (port_text && (!str_to_int(str_of(port_text), &port) || port < 1 || port > 65535))
        return usage_error(self, "--port %s: a port is a number from 1 to 65535", port_text);
    struct ismsc *session = project_open(&s.project);
    if (!session)
        return ISMSC_FAILED;
    ismsc_close(session);
    return begin(self, &s, (unsigned)port, !port_text, open);
}
