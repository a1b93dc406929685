/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"

/* "A 5.15" and "6.1.3 d)" may come without quotes: the words become one. */
static const char *join_words(char *room, size_t size, int argc, char **argv)
{
    size_t used = 0;
    for (int i = 0; i < argc; i++) {
        int n = snprintf(room + used, size - used, "%s%s", i ? " " : "", argv[i]);
        if (n < 0 || (size_t)n >= size - used)
            return argv[0];
        used += (size_t)n;
    }
    return room;
}

int command_explain(const struct command *self, int argc, char **argv)
{
    struct project_options project = { .may_lack = true };
    const char *format_text = NULL, *color = NULL;
    char what[1024];
    int  status;
    enum ismsc_format format;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(project), { "--format", 'f', NULL, &format_text, NULL }, { "--color", 0, NULL, &color, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left == 0)
        return usage_error(self, "say what: a rule, a control, a clause, a type of document, or an id of the ISMS");
    if (!format_parse(self, format_text, &format))
        return ISMSC_FAILED;

    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text = { 0 };
    struct ismsc_page page = { use_colour(color, STDOUT_FILENO), terminal_columns(STDOUT_FILENO) };
    const char *name = join_words(what, sizeof what, left, argv);
    return finish(session, ismsc_explain(session, name, format, page, &text), text);
}
