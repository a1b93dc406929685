/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static str find_one(struct arena *arena, const char *name)
{
    str rest = str_of(getenv("PATH")), folder;
    while (str_split(&rest, ':', &folder)) {
        str path = str_print(arena, "%.*s/%s", STR_ARG(folder), name);
        if (folder.len && access(str_c(arena, path), X_OK) == 0)
            return path;
    }
    return (str){ 0 };
}

str program_find(struct arena *arena, const char *const *names)
{
    str path = { 0 };
    for (; *names && !path.len; names++)
        path = find_one(arena, *names);
    return path;
}

int process_start(pid_t *pid, char *const argv[], char *const envp[], const posix_spawn_file_actions_t *actions, bool alone)
{
    posix_spawnattr_t attributes;
    sigset_t none;
    int error = posix_spawnattr_init(&attributes);
    if (error)
        return error;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, (short)(POSIX_SPAWN_SETSIGMASK | (alone ? POSIX_SPAWN_SETPGROUP : 0)));
    error = posix_spawnp(pid, argv[0], actions, &attributes, argv, envp);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Our environment, with [home] as the folder for temporary files: what a program that is ended leaves there goes with it. */
static char **environment(struct arena *arena, const char *home)
{
    static const char name[] = "TMPDIR=";
    size_t n = 0, k = 0;
    while (environ[n])
        n++;
    char **list = NEWS(arena, char *, n + 2);
    for (size_t i = 0; i < n; i++)
        if (strncmp(environ[i], name, sizeof name - 1) != 0)
            list[k++] = environ[i];
    list[k] = str_c(arena, str_print(arena, "%s%s", name, home));
    return list;
}

/* In a group of its own, so that what it starts can be ended with it. 0, or the system's error. */
static int start(pid_t *pid, char *const argv[], char *const envp[], const char *said)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    error = process_start(pid, argv, envp, &actions, true);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

struct child {
    pid_t pid; /* 0: it has ended */
    int   status;
};

/* Ends what is still running with all that it started. */
static void end_child(void *handle)
{
    struct child *child = handle;
    if (!child->pid)
        return;
    kill(-child->pid, SIGKILL);
    while (waitpid(child->pid, &child->status, 0) < 0 && errno == EINTR)
        ;
    child->pid = 0;
}

/* Until the child has ended, or [seconds] are over. No clock is asked: naps are counted. */
static void wait_for(struct memory *memory, struct child *child, int seconds)
{
    enum { NAPS = 50 }; /* a second */
    const struct timespec nap = { 0, 1000000000 / NAPS };
    for (long naps = (long)seconds * NAPS; naps >= 0 && child->pid; naps--) {
        pid_t ended = waitpid(child->pid, &child->status, WNOHANG);
        if (ended == child->pid || (ended < 0 && errno != EINTR)) {
            child->pid = 0;
        } else {
            memory_look_up(memory);
            nanosleep(&nap, NULL);
        }
    }
}

enum process_end process_run(struct arena *arena, const char *const *words, const char *home, int seconds, int *status)
{
    struct child *child = NEW(arena, struct child);
    size_t n = 0;
    while (words[n])
        n++;
    char **argv = NEWS(arena, char *, n + 1), **envp = environment(arena, home);
    for (size_t i = 0; i < n; i++)
        argv[i] = str_c(arena, str_of(words[i]));
    const char *said = str_c(arena, str_print(arena, "%s/said.txt", home));
    arena_defer(arena, end_child, child);
    *status = start(&child->pid, argv, envp, said);
    if (*status) {
        child->pid = 0;
        return PROCESS_NOT_STARTED;
    }
    wait_for(arena->memory, child, seconds);
    bool late = child->pid != 0;
    end_child(child);
    *status = WIFEXITED(child->status) ? WEXITSTATUS(child->status) : WTERMSIG(child->status);
    return late ? PROCESS_LATE : WIFEXITED(child->status) ? PROCESS_EXITED : PROCESS_KILLED;
}
