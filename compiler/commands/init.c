/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "commands/commands.h"

#define EXAMPLE_DAY "2026-11-21" /* the day the example is told on: a few weeks before its second audit */

/* What was written, and the next three commands. */
static void print_created(const char *folder, bool example, struct ismsc_text files)
{
    const char *as_of = example ? " --as-of " EXAMPLE_DAY : "";
    fwrite(files.at, 1, files.len, stdout);
    printf("\nThe next three commands:\n\n");
    if (strcmp(folder, ".") != 0)
        printf("  cd %s\n", folder);
    printf("  ismsc check%-20s %s\n", as_of, example ? "nothing is missing on that day" : "what to do next, with the reasons");
    printf("  ismsc build%-20s the documents as DOCX and HTML, in build/\n", as_of);
    if (strcmp(folder, ".") == 0)
        printf("  ismsc explain 4.1               what a clause, a rule, a control or an id is about\n");
}

int command_init(const struct command *self, int argc, char **argv)
{
    const char *name = NULL, *data = NULL, *dir = NULL;
    bool example = false;
    int  status;
    const struct option_spec specs[] = {
        { "--name", 'n', NULL, &name, NULL }, { "--example", 0, &example, NULL, NULL }, { "--data", 0, NULL, &data, NULL },
        { "--directory", 'C', NULL, &dir, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left > 1 || (left == 1 && dir))
        return usage_error(self, "one folder at a time");
    if (example && name)
        return usage_error(self, "the example has a name; use --name without --example");
    const char *asked = left == 1 ? argv[0] : dir, *folder = asked && *asked ? asked : ".";

    struct ismsc *session = ismsc_open(&(struct ismsc_options){ .data = data, .stop = signals_came });
    struct ismsc_text files;
    if (!session) {
        fprintf(stderr, "ismsc: not enough memory\n");
        return ISMSC_FAILED;
    }
    struct ismsc_new isms = { folder, name, example };
    status = (int)ismsc_create(session, &isms, &files);
    if (status == ISMSC_OK) {
        print_created(folder, example, files);
        status = print_result((struct ismsc_text){ NULL, 0 }, ISMSC_OK);
    } else {
        print_error(session);
    }
    ismsc_close(session);
    return status;
}
