/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "commands/commands.h"

int command_rules(const struct command *self, int argc, char **argv)
{
    struct project_options project = { .may_lack = true };
    struct ismsc_rule_choice choice = { 0 };
    const char *format_text = NULL, *color = NULL;
    int status;
    enum ismsc_format format;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(project), { "--format", 'f', NULL, &format_text, NULL }, { "--severity", 0, NULL, &choice.severity, NULL },
        { "--stage", 0, NULL, &choice.stage, NULL }, { "--all", 0, &choice.language, NULL, NULL }, { "--color", 0, NULL, &color, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left > 0)
        return usage_error(self, "takes no arguments; ismsc explain %s tells about one rule", argv[0]);
    if (!format_parse_or(self, format_text, "markdown", ISMSC_MARKDOWN, &format))
        return ISMSC_FAILED;

    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text = { 0 };
    struct ismsc_page page = { use_colour(color, STDOUT_FILENO), terminal_columns(STDOUT_FILENO) };
    return finish(session, ismsc_rules(session, &choice, format, page, &text), text);
}
