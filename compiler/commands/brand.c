/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "commands/commands.h"

int command_brand(const struct command *self, int argc, char **argv)
{
    struct project_options project = { .may_lack = true };
    int status;
    const struct option_spec specs[] = { FILES_OPTIONS(project), { NULL, 0, NULL, NULL, NULL } };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left == 0 || strcmp(argv[0], "init") != 0)
        return usage_error(self, left ? "%s is nothing that can be done with a brand" : "say what: init", left ? argv[0] : "");
    if (left > 2)
        return usage_error(self, "one folder at a time");

    struct ismsc *session = project_open(&project);
    struct ismsc_text text = { 0 };
    if (!session)
        return ISMSC_FAILED;
    return finish(session, ismsc_brand_init(session, left == 2 ? argv[1] : NULL, &text), text);
}
