/* SPDX-License-Identifier: MIT */
/*
 * Runs a command and says what it took: CPU seconds of all runs, peak KiB of the largest one, and whether time ran out.
 * Small itself, because Linux counts the parent's memory at the fork for the child's.
 *
 *     measure SECONDS TIMES COMMAND [ARGUMENT]...
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t child;
static volatile sig_atomic_t late;

static void stop(int signal)
{
    (void)signal;
    late = 1;
    if (child > 0)
        kill(child, SIGKILL);
}

static void become(char **command)
{
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execv(command[0], command);
    _exit(127);
}

int main(int argc, char **argv)
{
    double seconds = 0;
    long   peak = 0;
    int    times = argc > 3 ? atoi(argv[2]) : 0, status = 0;
    if (times < 1)
        return 2;
    sigaction(SIGALRM, &(struct sigaction){ .sa_handler = stop, .sa_flags = SA_RESTART }, NULL);
    alarm((unsigned)atoi(argv[1]));
    for (int i = 0; i < times && !late; i++) {
        struct rusage usage;
        if ((child = fork()) == 0)
            become(argv + 3);
        if (child < 0 || wait4(child, &status, 0, &usage) < 0)
            return 2;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
            return 2;
        seconds += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
        peak = usage.ru_maxrss > peak ? usage.ru_maxrss : peak;
    }
    printf("%.6f %ld %d\n", seconds, peak, (int)late);
    return 0;
}
