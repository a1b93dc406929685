/* SPDX-License-Identifier: MIT */
/* The table of commands with their help: `-h`, `ismsc help` and the manual page are made from it. */
#include <stddef.h>

#include "commands/commands.h"

#define FILES_HELP                                                                            \
    "  -C, --directory DIR  the project: DIR or the nearest folder above it with isms.yaml\n" \
    "  --as-of DATE         judge dates as on that day (else SOURCE_DATE_EPOCH, else today)\n" \
    "  --data DIR           look for schema/ and templates/ in DIR before the built-in ones\n"
#define BRAND_HELP "  --brand DIR          take the look of documents from DIR/brand.yaml instead of the project's brand\n"
#define PROJECT_HELP FILES_HELP                                                             \
    "  --rev REVISION       the project as it was in that revision of git: HEAD~1, v1.0\n" \
    "  --staged             the project as git would commit it now\n" BRAND_HELP

const struct command ismsc_itself = { NULL, "", NULL, "Compile an ISMS.", "ismsc [-C DIR] COMMAND [ARGUMENT...]", PROJECT_HELP };

const struct command commands[] = {
    { "Begin", "init", command_init, "Begin an ISMS: a skeleton to fill, or a complete example.",
      "ismsc init [DIR] [--name NAME] [--example] [--data DIR]",
      "  ismsc init acme --name \"Acme Ltd\"    a first ISMS in the folder acme\n"
      "  ismsc init look --example            a complete fictional one, to look at and to try things on\n"
      "\n"
      "DIR is made when it is not there; without it the files go into the working directory. Nothing that is\n"
      "there is written over: if one of the files exists, none is written and the exit status is 2.\n"
      "\n"
      "  -n, --name NAME      the organisation; else the folder's name\n"
      "  --example            the example Northwind Robotics Ltd instead of a skeleton\n"
      "  -C, --directory DIR  another way to say DIR\n"
      "  --data DIR           take schema/skeleton/ from DIR before the built-in one\n" },
    { NULL, "new", command_new, "Add an entry to a register, or a policy from the built-in starters.",
      "ismsc new [KIND [TITLE] | policy [NAME]] [--replace] [--format text|json] [-C DIR]",
      "  ismsc new                            the kinds of entries\n"
      "  ismsc new risk \"Fire in the office\"   the next risk, in the file where the last one stands\n"
      "  ismsc new document DOC-MANUAL        control data of a document of the set: owner, version, approval\n"
      "  ismsc new policy                     the starters, those first that a control needs\n"
      "  ismsc new policy backup              a copy in policies/ with the next free id\n"
      "  ismsc new policy access-control --replace   in the place of the draft on that topic\n"
      "\n"
      "An entry gets the next free id, stands behind the last one of its kind, else in a file of its own under registers/,\n"
      "and has a comment for every line that may be written: remove the # where it counts.\n"
      "\n"
      "The copy of a starter gets the next free id, the owner and the class that this ISMS has for it, and implements the\n"
      "controls that nobody has excluded. It works as it stands; keep the rules you follow and change the others. Nothing\n"
      "that is there is written over, and where a document is about the same already, nothing is written at all.\n"
      "\n"
      "  --replace            take the place of a draft on the same topic and keep its id, so that links still lead to it\n"
      "  -f, --format F       of the list of starters: text (default) or json\n" FILES_HELP },
    { "Work on an ISMS", "check", command_check, "Check the ISMS and print what an auditor would raise.",
      "ismsc check [DIR] [--staged] [--since REVISION] [--fix [--diff]] [--format F] [--report F=FILE]... [--watch]",
      "  ismsc check                     the project you are in\n"
      "  ismsc check --staged            what git would commit now: for a hook\n"
      "  ismsc check --since main        only what is new since main: for a pull request\n"
      "  ismsc check --fix               mend what can be mended for certain, then check what is left\n"
      "  ismsc check --format json       for other programs (schema/findings.schema.json)\n"
      "  ismsc check --report sarif=findings.sarif --report junit=check.xml   files beside the text\n"
      "\n"
      "Exit status: 0 fine, 1 findings at or above checks.fail_on, 2 the check could not be done.\n"
      "\n"
      "The formats are text (default); concise, which is file:line:col: severity: message [id]; json and jsonl, a finding\n"
      "a line; sarif for code scanning; github, workflow commands (and the job's summary where GITHUB_STEP_SUMMARY is\n"
      "set); gitlab for Code Quality; junit, with the rules that passed as well; rdjson for Reviewdog; checkstyle;\n"
      "markdown for a comment; html, the conformity report as a page. What forges read names files from the top of the\n"
      "git repository.\n"
      "\n"
      "  --since REVISION     only what is new since that revision of git; both are judged as of the same day\n"
      "  --fix                mend ids, keys, choices and days in another spelling, numbers of 2013 with one successor, the\n"
      "                       form of the sources; no fact is added\n"
      "  --diff               with --fix: show the change and write nothing; exit status 1 where there is one\n"
      "  --severity S         only what is minor, major or error, or worse; rules below it are not run, which is quicker\n"
      "  -f, --format F       what is printed\n"
      "  -r, --report F=FILE  a report into a file, besides what is printed; may be given several times\n"
      "  --all                every finding, not the first five of each rule\n"
      "  -w, --watch          check again whenever a file changes, until Ctrl-C\n"
      "  -q, --quiet          nothing but the exit status\n"
      "  --color WHEN         auto (default), always or never\n" PROJECT_HELP },
    { NULL, "build", command_build, "Build the documents as DOCX and HTML.",
      "ismsc build [DOCUMENT...] [--to docx,html] [--out DIR] [--release] [--audience AUDIENCE] [--list]",
      "  ismsc build                                all documents, into build/ beside isms.yaml\n"
      "  ismsc build statement-of-applicability     one of them, by name or id\n"
      "  ismsc build --release --out ../set         only if the check passes, into another folder\n"
      "  ismsc build --to pdf                       PDFs with page numbers in their contents, by LibreOffice if it is there\n"
      "  ismsc build --to xlsx                      the registers as a workbook, registers.xlsx, to filter and sort\n"
      "  ismsc build --audience customer            what customers may have, into build/customer\n"
      "  ismsc build --to json --out tree && pandoc -N --toc tree/roles.json -o roles.odt    what pandoc can write\n"
      "\n"
      "Exit status: 0 built, 1 refused because of findings, 2 the build could not be done.\n"
      "\n"
      "  -t, --to LIST        docx, html, pdf, xlsx, md, json (pandoc 3), json-1.22 (pandoc 2), text; default docx,html\n"
      "  -o, --out DIR        where the files go\n"
      "  -l, --list           show the set instead, and why each document is built or left out (--format json too)\n"
      "  --language TAG       the texts of templates in this language instead of organisation.language: en, de\n"
      "  -a, --audience AUDIENCE   internal (default), auditor or customer: only what they may see, into its own folder\n"
      "  --release            build nothing unless the check passes\n"
      "  -w, --watch          build again whenever a file changes, until Ctrl-C\n"
      "  --deps FILE          write for make and ninja what the documents were made from: files, and the folders they are in\n"
      "  --deps-target NAME   what depends on that, by the file, instead of each document\n" PROJECT_HELP },
    { NULL, "status", command_status, "Show where the ISMS stands and what to do next.",
      "ismsc status [DIR] [--format text|json] [--as-of DATE]",
      "  ismsc status                    findings by clause, open risks, the next five things to do and who has to\n"
      "\n"
      "Exit status 0 whatever the findings; ismsc check is what fails.\n"
      "\n"
      "  -f, --format F       text (default) or json\n"
      "  --color WHEN         auto (default), always or never\n" PROJECT_HELP },
    { NULL, "due", command_due, "List what is late and what is due.",
      "ismsc due [DIR] [--within PERIOD] [--format text|json|ics] [--as-of DATE]",
      "  ismsc due                       every day the registers know: reviews, actions, audits, expiries\n"
      "  ismsc due --within 30d          what is late, and what is due in thirty days\n"
      "  ismsc due --format ics > isms.ics   for a calendar; the same file again moves what has moved\n"
      "\n"
      "  -w, --within PERIOD  30d, 6w, 3m, 1y or \"90 days\"; else everything\n"
      "  -f, --format F       text (default), json or ics (iCalendar)\n"
      "  --color WHEN         auto (default), always or never\n" PROJECT_HELP },
    { NULL, "diff", command_diff, "Tell what has changed in meaning between two states.",
      "ismsc diff [A [B]] [--format text|markdown|json] [--exit-code] [--to docx,html [--out DIR]] [-C DIR]",
      "  ismsc diff                      from the last commit to the files as they are\n"
      "  ismsc diff main --format markdown   for a comment under a pull request\n"
      "  ismsc diff v2025 v2026          between two revisions of git\n"
      "  ismsc diff v2025 --to docx,html --out audit   the change record for a surveillance audit\n"
      "\n"
      "Risks that are new, closed or of another level; controls whose applicability or status is another; scope, roles,\n"
      "documents and their text, acceptances and everything else the sources say; findings that are new or solved. Both states\n"
      "are judged as of the same day, so a date that passes is no change. Moving things between files is none either.\n"
      "\n"
      "  -f, --format F       text (default), markdown or json\n"
      "  --exit-code          exit status 1 when something has changed\n"
      "  -t, --to LIST        write the change record: docx, html, md and more, as of build\n"
      "  -o, --out DIR        where it goes; else build/ beside isms.yaml\n"
      "  --color WHEN         auto (default), always or never\n" PROJECT_HELP },
    { NULL, "baseline", command_baseline, "Let what fails now wait until a day.",
      "ismsc baseline create --owner ID --until DATE [--add] | prune [-C DIR]",
      "  ismsc baseline create --owner ROLE-ism --until 2027-05-31\n"
      "  ismsc baseline prune            takes out what has been solved\n"
      "\n"
      "create enters everything that fails the check into isms-baseline.yaml, with owner and that day, at most a year ahead.\n"
      "It stays in every report and no longer fails the check; after that day it counts again. A baseline only shrinks: an\n"
      "entry whose finding is gone is an observation until it is pruned, and with --since an entry covers nothing that was not\n"
      "there before. Sources that can not be read, and at stage certified the requirements of clauses 4 to 10, can not wait.\n"
      "\n"
      "  --owner ID           who sees to what is found about things without an owner: a role or person of the ISMS\n"
      "  --until DATE         the last day on which it may be there\n"
      "  --add                add to the baseline there is, because rules are new\n" FILES_HELP },
    { NULL, "refs", command_refs, "Show every place where an id stands.",
      "ismsc refs ID [--format text|concise|json] [-C DIR]",
      "  ismsc refs R-001                where the risk is defined, referred to, linked to and mentioned\n"
      "  ismsc refs A.8.13 --format concise   file:line:col, for an editor\n"
      "\n"
      "Looks through data, Markdown, comments, and the project's own templates and rules. Where the id could be an ordinary\n"
      "word, plain mentions are counted and not listed. Exit status 2 when nothing has that id.\n"
      "\n"
      "  -f, --format F       text (default), concise or json\n" PROJECT_HELP },
    { NULL, "rename", command_rename, "Give a record another id, everywhere.",
      "ismsc rename OLD NEW [--diff] [-C DIR]",
      "  ismsc rename R-001 R-101 --diff     what would change\n"
      "  ismsc rename R-001 R-101            in all files or in none\n"
      "\n"
      "Changes the id where it is given, in references, links, prose, comments, and the project's own templates and rules;\n"
      "not a byte beside it. What comes out is read again before anything is written, and must be the same ISMS but for the\n"
      "name. Refused where the new id is taken, malformed, or not like those of its kind, and for what is built in. An id\n"
      "that an auditor has seen is better kept: old reports name it.\n"
      "\n"
      "  --diff               show the change and write nothing\n" FILES_HELP },
    { NULL, "fmt", command_fmt, "Bring the sources into their plain form.",
      "ismsc fmt [FILE...] [--check] [--diff] [-C DIR]",
      "  ismsc fmt                       all sources\n"
      "  ismsc fmt risks/platform.yaml   one of them; files that are no sources of the project are passed over\n"
      "  ismsc fmt --check               only say which would change: for a hook\n"
      "\n"
      "Two columns of indentation a level, one blank behind `-` and `:`, none at the ends of lines, no two empty lines in a\n"
      "row, a line break at the end. Comments, the order of keys, quotes, the breaking of lines and what stands inside { } and\n"
      "[ ] stay as you wrote them, and every value stays the same: a file where that could not be kept is left alone.\n"
      "\n"
      "Exit status: 1 with --check when something would change.\n"
      "\n"
      "  --check              write nothing and list what would change\n"
      "  --diff               write nothing and show the change\n" PROJECT_HELP },
    { NULL, "query", command_query, "Ask the ISMS a question.",
      "ismsc query EXPRESSION [--format text|json] [-C DIR]",
      "  ismsc query 'risks.filter(r, r.residual.level == \"High\").map(r, r.id)'\n"
      "  ismsc query 'controls.filter(c, c.status == \"planned\")' --format json\n"
      "\n"
      "ismsc help expressions shows the language, docs/expressions.md describes it.\n"
      "\n"
      "  -f, --format F       text (default: one value a line) or json\n" PROJECT_HELP },
    { NULL, "serve", command_serve, "Show the pages in the browser, and again when a file changes.",
      "ismsc serve [DIR] [--port N] [--open]",
      "  ismsc serve                    the pages of the project you are in, at http://localhost:27001/\n"
      "  ismsc serve isms --open        of the one in isms, and open the browser\n"
      "\n"
      "Only this machine can see them. They are built into a temporary folder and not into build/; pages that are open are\n"
      "loaded again when something has changed. While the sources can not be read the last pages stay, and a bar says why.\n"
      "Ctrl-C ends it.\n"
      "\n"
      "  -p, --port N         listen there; else on 27001, or the next that is free\n"
      "  --open               open the index in the browser\n" FILES_HELP BRAND_HELP },
    { NULL, "hook", command_hook, "Have git check every commit, or no longer.",
      "ismsc hook install|uninstall [-C DIR]",
      "  ismsc hook install              a commit with a nonconformity is stopped from now on\n"
      "  git commit --no-verify          goes past it once\n"
      "\n"
      "The hook checks exactly what the commit would hold (ismsc check --staged) and prints nothing while all is well. A\n"
      "hook that is there already is left alone; the line to add to it is printed then. With the program pre-commit, name\n"
      "the hook ismsc-check of this repository instead; with lefthook or husky, let them run ismsc check --staged.\n"
      "\n"
      "  -C, --directory DIR  the project: DIR or the nearest folder above it with isms.yaml\n" },
    { NULL, "migrate", command_migrate, "Propose the controls of 2022 for an ISMS of the 2013 edition.",
      "ismsc migrate [DIR] [--out FILE]",
      "  ismsc migrate                             the proposal as YAML, to read\n"
      "  ismsc migrate --out ../controls-2022.txt  into a file that is not there yet\n"
      "\n"
      "The section `controls:` of the 2022 edition, ready to paste. What one control of 2013 says is carried over to the\n"
      "control it became. Several that became one are carried over as far as they agree; where they do not, where one\n"
      "was split, and for the 11 new controls `applicable: undecided` is left, with what there was beside it in comments.\n"
      "Nothing is decided that nobody had decided, and no source is changed. Comments also list the references to old\n"
      "numbers in risks, policies and other records.\n"
      "\n"
      "  -o, --out FILE       write there; never over a file that exists\n" PROJECT_HELP },
    { NULL, "brand", command_brand, "Begin a brand: the look of the documents.",
      "ismsc brand init [DIR]",
      "  ismsc brand init                 brand/brand.yaml beside isms.yaml, and a Word file that shows every style\n"
      "  ismsc brand init ../house        a look for the ISMSs of many clients; ismsc build --brand ../house\n"
      "\n"
      "The file tells all that can be said in it: logo, colours, fonts, page, cover, running heads, tables. Never over one\n"
      "that is there. Two complete brands are in examples/brands of the source repository.\n\n" FILES_HELP },
    { NULL, "template", command_template, "See, take out and compare the templates of documents.",
      "ismsc template list [NAME] | eject NAME [--block B] | diff [NAME] | messages [NAME] [--language TAG] [--missing]",
      "  ismsc template list                              which file each document comes from: project, brand or program\n"
      "  ismsc template list risk-treatment-plan          and each of its blocks\n"
      "  ismsc template eject risk-treatment-plan --block summary   one block, to change it in templates/\n"
      "  ismsc template diff                              what has changed since in what was taken out\n"
      "  ismsc template messages --language de --missing  the texts of documents that are not in German yet\n"
      "\n"
      "eject writes templates/NAME.md and never over a file or block that is there. What it was taken from is kept under\n"
      "templates/.upstream/, so that diff can tell what a new version of the program or brand has changed: commit it.\n"
      "Exit status of diff: 1 when something has changed.\n"
      "\n"
      "messages prints the files of templates/<language>/ as they are to be filled in: docs/languages.md.\n"
      "\n"
      "  -b, --block B        one block instead of the whole template\n"
      "  --language TAG       with the translations there are, de or fr\n"
      "  --missing            only texts without one\n"
      "  -f, --format F       of list: text (default) or json\n" PROJECT_HELP },
    { "Look something up", "explain", command_explain, "Tell all about a rule, a control, a clause, a document or an id.",
      "ismsc explain RULE|CONTROL|CLAUSE|DOCUMENT|ID|SECTION [--format text|json] [-C DIR]",
      "  ismsc explain 6.1.3-d-05        a rule, by its id or its name: why it is there, what to do\n"
      "  ismsc explain A.5.15            a control, and what this ISMS does about it; 5.15 will do\n"
      "  ismsc explain 6.1.3             a clause: what it asks for, documents, rules\n"
      "  ismsc explain DOC-SOA           a type of document: what it should hold\n"
      "  ismsc explain R-001             a record of the ISMS and everything that refers to it\n"
      "  ismsc explain risks             a section of the sources: its keys\n"
      "  ismsc explain password          a word: controls, documents, records and rules that it stands in the title of\n"
      "\n"
      "Works without a project for everything built in. Exit status 2 when nothing has that name.\n"
      "\n"
      "  -f, --format F       text (default) or json: a list, usually of one object\n"
      "  --color WHEN         auto (default), always or never\n" PROJECT_HELP },
    { NULL, "rules", command_rules, "List the rules an ISMS is checked by.",
      "ismsc rules [--severity S] [--stage S] [--all] [--format text|markdown|json]",
      "  ismsc rules --severity major\n"
      "  ismsc rules --stage draft       those that count while an ISMS is a draft\n"
      "\n"
      "  -f, --format F       text (default), markdown or json\n"
      "  --severity S         major, minor or observation; with --all also error\n"
      "  --stage S            those that count at draft, stage-1, stage-2 or certified\n"
      "  --all                findings about the language of the sources as well\n"
      "  --color WHEN         auto (default), always or never\n" PROJECT_HELP },
    { NULL, "schema", command_schema, "Print the JSON Schema of the sources, for editors.",
      "ismsc schema [isms|findings|rules] [--data DIR]",
      "  ismsc schema > .isms.schema.json\n"
      "  ismsc schema findings           what ismsc check --format json prints\n"
      "\n"
      "An editor with yaml-language-server completes and explains keys when the first line of a file is\n"
      "  # yaml-language-server: $schema=.isms.schema.json\n"
      "\n"
      "  isms                 the sources (default)\n"
      "  findings             the findings\n"
      "  rules                files of rules\n"
      "  --data DIR           look for schema/ in DIR before the built-in one\n" },
    { "The program", "doctor", command_doctor, "See whether everything is there that ismsc needs, on one page.",
      "ismsc doctor [DIR] [--format text|json]",
      "  ismsc doctor                    the program, other programs, fonts, the project, its repository and the hook\n"
      "\n"
      "Each line is ok, a note (something can not be used, or may surprise) or needs attention, with what to do. Paste the\n"
      "page into a report of a problem.\n"
      "Exit status: 0, or 1 when something needs attention, 2 when it could not be looked at.\n"
      "\n"
      "  -f, --format F       text (default) or json\n" PROJECT_HELP },
    { NULL, "completion", command_completion, "Print what makes a shell complete words of ismsc.", "ismsc completion bash|zsh|fish",
      "  source <(ismsc completion bash)   in ~/.bashrc, where the package has not done it\n"
      "  source <(ismsc completion zsh)    in ~/.zshrc, behind compinit\n"
      "  ismsc completion fish | source    in ~/.config/fish/config.fish\n"
      "\n"
      "The tab key then completes commands, options and their values, documents, rules, controls, clauses, and the ids of\n"
      "the project you are in. `make install` puts the three scripts where shells look for them.\n" },
    { NULL, "version", command_version, "Print the version.", "ismsc version", "  ismsc version\n" },
    { NULL, "help", command_help, "List the commands, or tell about one.", "ismsc help [COMMAND|TOPIC]",
      "  ismsc help check\n"
      "  ismsc help expressions\n" },
    { NULL, NULL, NULL, NULL, NULL, NULL },
};
