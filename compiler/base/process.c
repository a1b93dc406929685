/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
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

/* In a group of its own, so that what it starts can be ended with it. 0, or the system's error. */
static int start(pid_t *pid, char *const argv[], const char *said)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&actions, 1, 2);
        error = posix_spawn(pid, argv[0], &actions, &attributes, argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Whether the child ended in time. No clock is asked: naps are counted. */
static bool wait_for(pid_t pid, int seconds, int *status)
{
    enum { NAPS = 50 }; /* a second */
    const struct timespec nap = { 0, 1000000000 / NAPS };
    for (long naps = (long)seconds * NAPS; naps >= 0; naps--) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            return true;
        nanosleep(&nap, NULL);
    }
    return false;
}

enum process_end process_run(struct arena *arena, const char *const *words, const char *said, int seconds, int *status)
{
    size_t n = 0;
    pid_t  pid = 0;
    while (words[n])
        n++;
    char **argv = NEWS(arena, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        argv[i] = str_c(arena, str_of(words[i]));
    *status = start(&pid, argv, said);
    if (*status)
        return PROCESS_NOT_STARTED;
    int ended = 0;
    bool late = !wait_for(pid, seconds, &ended);
    if (late) {
        kill(-pid, SIGKILL);
        while (waitpid(pid, &ended, 0) < 0 && errno == EINTR)
            ;
    }
    *status = WIFEXITED(ended) ? WEXITSTATUS(ended) : WTERMSIG(ended);
    return late ? PROCESS_LATE : WIFEXITED(ended) ? PROCESS_EXITED : PROCESS_KILLED;
}
