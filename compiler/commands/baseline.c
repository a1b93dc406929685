/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/commands.h"

int command_baseline(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    struct ismsc_baseline baseline = { 0 };
    int status;
    const struct option_spec specs[] = {
        FILES_OPTIONS(project), { "--owner", 0, NULL, &baseline.owner, NULL }, { "--until", 0, NULL, &baseline.until, NULL },
        { "--add", 0, &baseline.add, NULL, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    bool create = left == 1 && strcmp(argv[0], "create") == 0;
    baseline.prune = left == 1 && strcmp(argv[0], "prune") == 0;
    if (!create && !baseline.prune)
        return usage_error(self, "say create or prune");
    if (create && (!baseline.owner || !baseline.until))
        return usage_error(self, "say who sees to what is found, and until when: --owner ROLE-ism --until 2027-05-31");
    if (baseline.prune && (baseline.owner || baseline.until || baseline.add))
        return usage_error(self, "prune takes no --owner, --until or --add");
    struct ismsc *session = project_open(&project);
    struct ismsc_text text = { 0 };
    return session ? finish(session, ismsc_baseline(session, &baseline, &text), text) : ISMSC_FAILED;
}
