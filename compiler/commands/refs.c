/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/commands.h"

int command_refs(const struct command *self, int argc, char **argv)
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
        return usage_error(self, left ? "one id at a time" : "say which id");
    if (!format_parse_or(self, format_text, "concise", ISMSC_CONCISE, &format))
        return ISMSC_FAILED;
    struct ismsc *session = project_open(&project);
    struct ismsc_text text = { 0 };
    return session ? finish(session, ismsc_refs(session, argv[0], format, &text), text) : ISMSC_FAILED;
}

int command_rename(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    bool diff = false;
    int  status;
    const struct option_spec specs[] = { FILES_OPTIONS(project), { "--diff", 0, &diff, NULL, NULL }, { NULL, 0, NULL, NULL, NULL } };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left != 2)
        return usage_error(self, "say the id there is and the one it is to have");
    struct ismsc *session = project_open(&project);
    struct ismsc_text text = { 0 };
    return session ? finish(session, ismsc_rename(session, argv[0], argv[1], diff, &text), text) : ISMSC_FAILED;
}
