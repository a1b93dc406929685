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

/* What the options that are commands by themselves stand for. */
static const char *command_name(const char *word)
{
    if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0)
        return "help";
    return strcmp(word, "-V") == 0 || strcmp(word, "--version") == 0 ? "version" : word;
}

/* Options before the command stand behind it from now on: "-C acme check" -> "check -C acme". Where the arguments begin then. */
static char **options_behind(const struct command *command, char **options, char **at)
{
    if (command->run == command_help || command->run == command_version)
        return at + 1; /* what they say is the same everywhere */
    memmove(options + 1, options, (size_t)(at - options) * sizeof *options);
    return options + 1;
}

int main(int argc, char **argv)
{
#ifdef M_TRIM_THRESHOLD /* glibc: keep freed memory for the next document instead of asking the kernel again and again */
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 512 << 10); /* but a large buffer grows without a copy, and goes: smaller ones are wanted again too soon for that */
    mallopt(M_TOP_PAD, 128 << 10);
#endif
    signal(SIGPIPE, SIG_IGN); /* a closed pipe or a full quota is an error to report, not a reason to die half-way */
    signal(SIGXFSZ, SIG_IGN);
    int leading = options_leading(argc - 1, argv + 1);
    if (leading < 0)
        return ISMSC_FAILED;
    char **at = argv + 1 + leading; /* the command's name, or the end */
    if (!*at && leading)
        return usage_error(&ismsc_itself, "say which command; ismsc help lists them");
    const char *name = *at ? command_name(*at) : "help";
    const struct command *command = command_called(name);
    if (!command)
        return unknown_command(name);
    sigset_t before;
    signals_hold(&before);
    char **first = *at ? options_behind(command, argv + 1, at) : at;
    int status = command->run(command, (int)(argv + argc - first), first);
    signals_release(&before);
    return status;
}
