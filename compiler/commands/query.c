/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

int command_query(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    const char *format_text = NULL;
    int status;
    enum ismsc_format format;
    const struct option_spec specs[] = { PROJECT_OPTIONS(project), { "--format", 'f', NULL, &format_text, NULL }, { NULL, 0, NULL, NULL, NULL } };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left != 1)
        return usage_error(self, "one expression, in quotes");
    if (!format_parse(self, format_text, &format))
        return ISMSC_FAILED;

    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text = { 0 };
    return finish(session, ismsc_query(session, argv[0], format, &text), text);
}
