/* SPDX-License-Identifier: MIT */
/* argv -> a table of commands. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/str.h"
#include "commands/commands.h"

static const struct command *find_command(const char *name)
{
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *near = NULL;
    size_t      best = 4;
    for (const struct command *c = commands; c->name && name[0] != '-'; c++) {
        size_t distance = str_distance(str_of(name), str_of(c->name), best);
        if (distance < best) {
            best = distance;
            near = c->name;
        }
    }
    fprintf(stderr, "ismsc: there is no command %s", name);
    fprintf(stderr, near ? "; did you mean ismsc %s?\n" : "; ismsc help lists them%s\n", near ? near : "");
    return ISMSC_FAILED;
}

int main(int argc, char **argv)
{
#ifdef M_TRIM_THRESHOLD /* glibc: keep freed memory for the next document instead of asking the kernel again and again */
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 4 << 20); /* but a large buffer grows without a copy, and goes */
    mallopt(M_TOP_PAD, 1 << 20);
#endif
    signal(SIGPIPE, SIG_IGN); /* a closed pipe or a full quota is an error to report, not a reason to die half-way */
    signal(SIGXFSZ, SIG_IGN);
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
        name = "version";
    const struct command *command = find_command(name);
    if (!command)
        return unknown_command(name);
    sigset_t before;
    signals_hold(&before);
    int status = command->run(command, argc > 1 ? argc - 2 : 0, argv + (argc > 1 ? 2 : 1));
    signals_release(&before);
    return status;
}
