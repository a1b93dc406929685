/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/commands.h"

int command_hook(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    int status;
    const struct option_spec specs[] = { { "--directory", 'C', NULL, &project.dir, NULL }, { NULL, 0, NULL, NULL, NULL } };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    bool install = left == 1 && strcmp(argv[0], "install") == 0;
    if (!install && !(left == 1 && strcmp(argv[0], "uninstall") == 0))
        return usage_error(self, "say install or uninstall");
    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text said = { 0 };
    return finish(session, ismsc_hook(session, install, &said), said);
}
