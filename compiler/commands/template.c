/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/commands.h"

int command_template(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    const char *block = NULL, *format_text = NULL, *language = NULL;
    bool missing = false;
    int status;
    enum ismsc_format format;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(project), { "--block", 'b', NULL, &block, NULL }, { "--format", 'f', NULL, &format_text, NULL },
        { "--language", 0, NULL, &language, NULL }, { "--missing", 0, &missing, NULL, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    const char *what = left ? argv[0] : "", *name = left > 1 ? argv[1] : NULL;
    bool eject = strcmp(what, "eject") == 0, list = strcmp(what, "list") == 0, messages = strcmp(what, "messages") == 0;
    if (!eject && !list && !messages && strcmp(what, "diff") != 0)
        return usage_error(self, left ? "%s is nothing that can be done with templates" : "say what: list, eject, diff or messages", what);
    if (left > 2)
        return usage_error(self, "one template at a time");
    if (eject && !name)
        return usage_error(self, "say which template");
    if (block && !eject)
        return usage_error(self, "--block goes with eject");
    if ((language || missing) && !messages)
        return usage_error(self, "--language and --missing go with messages");
    if (!format_parse(self, format_text, &format))
        return ISMSC_FAILED;

    project.may_lack = messages;
    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text = { 0 };
    enum ismsc_status verdict = messages ? ismsc_template_messages(session, name, language, missing, &text)
                              : list ? ismsc_template_list(session, name, format, &text)
                              : eject ? ismsc_template_eject(session, name, block, &text) : ismsc_template_diff(session, name, &text);
    return finish(session, verdict, text);
}
