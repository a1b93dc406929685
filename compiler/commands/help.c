/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "commands/commands.h"

static const struct { const char *name, *summary, *text; } topics[] = {
    { "expressions", "the language of rules and queries",
      "Rules, `ismsc query` and the computed values of templates share one expression language: a part of CEL, the\n"
      "Common Expression Language (https://cel.dev). docs/expressions.md describes it.\n"
      "\n"
      "  risks.size()                                            a section is a list of its records\n"
      "  risks.filter(r, r.residual.level == \"High\")             macros: filter, map, all, exists, exists_one\n"
      "  controls.filter(c, c.status == \"planned\").map(c, c.id)  fields by name, references are followed\n"
      "  actions.exists(a, a.late && a.owner.id == \"ROLE-cto\")   && || ! == < in ? :\n"
      "  documents.filter(d, d.review_due < today)               dates, periods; today, stage, edition\n"
      "\n"
      "`ismsc query EXPRESSION` tries one out; `ismsc explain risk` lists the fields of a risk.\n"
      "Your own rules stand in rules/*.yaml of the project; `ismsc schema rules` describes such a file.\n" },
    { "templates", "the documents as Markdown, and how to change them",
      "A template is a Markdown file: its head computes values with expressions, its body is Mustache.\n"
      "docs/templates.md describes it.\n"
      "\n"
      "  {{organisation.name}}                      a value; names are checked\n"
      "  {{#risks}} ... {{/risks}}                  once for each risk; {{^risks}} ... {{/risks}} when there is none\n"
      "  {{$purpose}} ... {{/purpose}}              a block that a project or a brand can replace\n"
      "  {{>risk-sheet}}                            a part of several templates, templates/partials/risk-sheet.md\n"
      "  [[R-001]]                                  a checked link to a record\n"
      "\n"
      "The head of a template: document, id, title, subtitle, clause, page, numbered, toc, cover, control, language,\n"
      "parent, from, when, each, formats, search, covers, keywords, description, let. Directives, which are comments\n"
      "on lines of their own: landscape, portrait, page-break, unnumbered, anchor, audience, table, heatmap, bars,\n"
      "signatures, as in <!-- landscape -->.\n"
      "\n"
      "`ismsc template eject NAME` takes a template out to change it; `ismsc template list` shows them.\n"
      "A file of the same path under templates/ of the project replaces the built-in one. Policies (Markdown with an\n"
      "`id` in the head) go through the same path.\n" },
};

bool help_topic(size_t i, const char **name, const char **summary)
{
    if (i >= sizeof topics / sizeof *topics)
        return false;
    *name = topics[i].name;
    *summary = topics[i].summary;
    return true;
}

static void list_commands(void)
{
    printf("ismsc compiles an information security management system, kept as YAML and Markdown,\n"
           "into the documents that ISO/IEC 27001 asks for, and checks it as an auditor would.\n"
           "\n"
           "  ismsc init acme --example    a complete fictional ISMS to look at\n"
           "  ismsc check                  what an auditor would raise in the ISMS you are in\n");
    for (const struct command *c = commands; c->name; c++) {
        if (c->group)
            printf("\n%s:\n", c->group);
        printf("  %-10s %s\n", c->name, c->summary);
    }
    printf("\nismsc -C DIR COMMAND works on the ISMS in DIR; else on the one you are in.\n"
           "ismsc help COMMAND tells more about one; there are also ");
    for (size_t t = 0; t < sizeof topics / sizeof *topics; t++)
        printf("%sismsc help %s", t ? " and " : "", topics[t].name);
    printf(".\n");
}

int command_help(const struct command *self, int argc, char **argv)
{
    char  flag[] = "-h";
    char *ask[] = { flag, NULL };
    const struct option_spec specs[] = { { NULL, 0, NULL, NULL, NULL } };
    int status, left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left > 1)
        return usage_error(self, "one command or topic at a time");
    if (left == 0) {
        list_commands();
        return print_result((struct ismsc_text){ NULL, 0 }, ISMSC_OK);
    }
    const struct command *command = command_called(argv[0]);
    if (command)
        return command->run(command, 1, ask);
    for (size_t t = 0; t < sizeof topics / sizeof *topics; t++)
        if (strcmp(topics[t].name, argv[0]) == 0) {
            printf("%s: %s\n\n%s", topics[t].name, topics[t].summary, topics[t].text);
            return print_result((struct ismsc_text){ NULL, 0 }, ISMSC_OK);
        }
    return usage_error(self, "there is no command or topic %s", argv[0]);
}
