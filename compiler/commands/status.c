/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "commands/commands.h"

int command_status(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    const char *format_text = NULL, *color = NULL;
    int status;
    enum ismsc_format format;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(project), { "--format", 'f', NULL, &format_text, NULL }, { "--color", 0, NULL, &color, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (!folder_argument(self, left, argv, &project) || !format_parse(self, format_text, &format))
        return ISMSC_FAILED;

    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text = { 0 };
    struct ismsc_page page = { use_colour(color, STDOUT_FILENO), terminal_columns(STDOUT_FILENO) };
    return finish(session, ismsc_outlook(session, format, page, &text), text);
}
