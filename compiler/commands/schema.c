/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "commands/commands.h"

static const struct { const char *name, *path; } schemas[] = {
    { "isms", "schema/isms.schema.json" },
    { "findings", "schema/findings.schema.json" },
    { "rules", "schema/rules.schema.json" },
};

static const char *path_of(const char *name)
{
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
        if (strcmp(name, schemas[i].name) == 0)
            return schemas[i].path;
    return NULL;
}

int command_schema(const struct command *self, int argc, char **argv)
{
    const char *data = NULL;
    int status;
    const struct option_spec specs[] = { { "--data", 0, NULL, &data, NULL }, { NULL, 0, NULL, NULL, NULL } };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    const char *path = left == 1 ? path_of(argv[0]) : schemas[0].path;
    if (left > 1)
        return usage_error(self, "one schema at a time");
    if (!path)
        return usage_error(self, "there is no schema %s; there are isms, findings and rules", argv[0]);

    struct ismsc *session = ismsc_open(&(struct ismsc_options){ .data = data, .stop = signals_came });
    struct ismsc_text text;
    if (!session) {
        fprintf(stderr, "ismsc: not enough memory\n");
        return ISMSC_FAILED;
    }
    status = ismsc_resource(session, path, &text) == ISMSC_OK ? print_result(text, ISMSC_OK) : print_error(session);
    ismsc_close(session);
    return status;
}
