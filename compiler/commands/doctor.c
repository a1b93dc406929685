/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

int command_doctor(const struct command *self, int argc, char **argv)
{
    struct project_options project = { .may_lack = true };
    const char *format_text = NULL;
    int status;
    enum ismsc_format format;
    const struct option_spec specs[] = { PROJECT_OPTIONS(project), { "--format", 'f', NULL, &format_text, NULL }, { NULL, 0, NULL, NULL, NULL } };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (!folder_argument(self, left, argv, &project) || !format_parse(self, format_text, &format))
        return ISMSC_FAILED;
    struct ismsc *session = project_open(&project);
    struct ismsc_text text = { 0 };
    return session ? finish(session, ismsc_doctor(session, format, &text), text) : ISMSC_FAILED;
}
