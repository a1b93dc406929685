/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/commands.h"

int command_new(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    const char *format_text = NULL;
    bool replace = false;
    int  status;
    enum ismsc_format format;
    const struct option_spec specs[] = {
        FILES_OPTIONS(project), { "--replace", 0, &replace, NULL, NULL }, { "--format", 'f', NULL, &format_text, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left > 2)
        return usage_error(self, "one at a time; put a title in quotes");
    if (!format_parse(self, format_text, &format))
        return ISMSC_FAILED;

    bool policy = left > 0 && strcmp(argv[0], "policy") == 0;
    if (!policy && (replace || format != ISMSC_TEXT))
        return usage_error(self, "--replace and --format are for policies");
    project.may_lack = left == 0;
    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text = { 0 };
    const char *name = left == 2 ? argv[1] : NULL;
    return finish(session, policy ? ismsc_starter(session, name, replace, format, &text) : ismsc_entry(session, left ? argv[0] : NULL, name, &text), text);
}
