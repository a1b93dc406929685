/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "commands/commands.h"

int command_version(const struct command *self, int argc, char **argv)
{
    const struct option_spec specs[] = { { NULL, 0, NULL, NULL, NULL } };
    int status, left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left > 0)
        return usage_error(self, "takes no arguments");
    printf("ismsc %s\n", ismsc_version());
    return print_result((struct ismsc_text){ NULL, 0 }, ISMSC_OK);
}
