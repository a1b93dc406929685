/* SPDX-License-Identifier: MIT */
/* The table of commands with their help: `-h`, `ismsc help` and the manual page are made from it. */
#include <stddef.h>

#include "commands/commands.h"

#define PROJECT_HELP                                                                          \
    "  -C, --directory DIR  the project: DIR or the nearest folder above it with isms.yaml\n" \
    "  --as-of DATE         judge dates as on that day (else SOURCE_DATE_EPOCH, else today)\n" \
    "  --data DIR           look for schema/ and templates/ in DIR before the built-in ones\n"

const struct command commands[] = {
    { "check", command_check, "Check the ISMS and print what an auditor would raise.",
      "ismsc check [DIR] [--format text|concise|json] [--all] [--quiet] [--as-of DATE]",
      "  ismsc check                     the project you are in\n"
      "  ismsc check --format json       for other programs (schema/findings.schema.json)\n"
      "\n"
      "Exit status: 0 fine, 1 findings at or above checks.fail_on, 2 the check could not be done.\n"
      "\n"
      "  -f, --format F       text (default), concise (file:line:col: severity: message [id]) or json\n"
      "  --all                every finding, not the first five of each rule\n"
      "  -q, --quiet          nothing but the exit status\n"
      "  --color WHEN         auto (default), always or never\n" PROJECT_HELP },
    { "query", command_query, "Ask the ISMS a question.",
      "ismsc query EXPRESSION [--format text|json] [-C DIR]",
      "  ismsc query 'risks.filter(r, r.residual.level == \"High\").map(r, r.id)'\n"
      "  ismsc query 'controls.filter(c, c.status == \"planned\")' --format json\n"
      "\n"
      "The language is described in docs/expressions.md.\n"
      "\n"
      "  -f, --format F       text (default: one value a line) or json\n" PROJECT_HELP },
    { NULL, NULL, NULL, NULL, NULL },
};
