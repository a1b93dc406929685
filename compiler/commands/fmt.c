/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/commands.h"

int command_fmt(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    struct ismsc_fmt fmt = { 0 };
    int status;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(project), { "--check", 0, &fmt.check, NULL, NULL }, { "--diff", 0, &fmt.diff, NULL, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    fmt.files = (const char *const *)argv;
    fmt.nfiles = (size_t)left;
    struct ismsc *session = project_open(&project);
    struct ismsc_text text = { 0 };
    return session ? finish(session, ismsc_fmt(session, &fmt, &text), text) : ISMSC_FAILED;
}
