/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"

int command_check(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    const char *format_text = NULL, *color = NULL;
    bool all = false, quiet = false;
    int  status;
    enum ismsc_format format;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(project), { "--format", 'f', NULL, &format_text }, { "--color", 0, NULL, &color },
        { "--all", 0, &all, NULL }, { "--quiet", 'q', &quiet, NULL }, { NULL, 0, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (!folder_argument(self, left, argv, &project) || !format_parse(self, format_text, true, &format))
        return ISMSC_FAILED;

    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text = { 0 };
    enum ismsc_status verdict = quiet ? ismsc_check(session) : ismsc_report(session, format, use_colour(color, STDOUT_FILENO), all, &text);
    return finish(session, verdict, text);
}
