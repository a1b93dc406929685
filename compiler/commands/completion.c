/* SPDX-License-Identifier: MIT */
/*
 * Completion for shells. The scripts that `ismsc completion bash` prints are thin: at each tab they ask `ismsc completion words -- WORDS...`
 * what the last of the words can become, so that all three shells know the options of the table of commands and the ids of the project.
 */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "commands/commands.h"

/* ---- what the help texts know ---- */

/* A line of a help text: "  -f, --format F       text (default) or json". */
struct option_line {
    char letter; /* or 0 */
    str  name;   /* "--format" */
    str  value;  /* "F"; empty: it takes none */
    str  meaning;
};

static bool parse_option(str line, struct option_line *out)
{
    *out = (struct option_line){ 0 };
    if (!str_starts(line, STR("  -")))
        return false;
    line = str_cut(line, 2, line.len);
    if (line.len > 4 && line.at[1] != '-') {
        out->letter = line.at[1];
        line = str_cut(line, 4, line.len);
    }
    size_t end = str_find(line, ' ', 0);
    out->name = str_cut(line, 0, end);
    line = str_cut(line, end, line.len);
    if (line.len > 1 && line.at[1] != ' ') {
        end = str_find(line, ' ', 1);
        out->value = str_cut(line, 1, end);
        line = str_cut(line, end, line.len);
    }
    out->meaning = str_trim(line);
    return true;
}

/* The option called [asked], "--format" or "-f", of a command. */
static bool find_option(const struct command *command, str asked, struct option_line *out)
{
    str rest = str_of(command->help), line;
    while (str_split(&rest, '\n', &line))
        if (parse_option(line, out) && (str_eq(out->name, asked) || (asked.len == 2 && out->letter && asked.at[1] == out->letter)))
            return true;
    return false;
}

/* ---- what is being typed ---- */

struct typing {
    const struct command *command;
    str    word;               /* to be completed, behind [stem] */
    str    stem;               /* "--format=" of the last word, or nothing */
    str    arguments[8];       /* before it that are no options */
    size_t narguments;
    bool   ended;              /* "--" was among them */
    struct project_options project;
    struct ismsc *session;     /* opened when a name of the project is asked for */
};

static void offer(const struct typing *t, str word, str meaning)
{
    if (str_starts(word, t->word))
        printf("%.*s%.*s%s%.*s\n", STR_ARG(t->stem), STR_ARG(word), meaning.len ? "\t" : "", STR_ARG(meaning));
}

/* "text|json" or "docx html" */
static void offer_words(const struct typing *t, str words, char between)
{
    str word;
    while (str_split(&words, between, &word))
        if (word.len)
            offer(t, word, (str){ 0 });
}

static void offer_names(struct typing *t, const char *what)
{
    struct ismsc_text names;
    if (!t->session)
        t->session = project_open(&t->project);
    if (!t->session || ismsc_names(t->session, what, &names) != ISMSC_OK)
        return;
    str rest = { names.at, names.len }, line;
    while (str_split(&rest, '\n', &line)) {
        size_t tab = str_find(line, '\t', 0);
        if (tab < line.len)
            offer(t, str_cut(line, 0, tab), str_cut(line, tab + 1, line.len));
    }
}

static void offer_commands(const struct typing *t)
{
    for (const struct command *c = commands; c->name; c++)
        offer(t, str_of(c->name), str_of(c->summary));
}

static void offer_topics(const struct typing *t)
{
    const char *name, *summary;
    for (size_t i = 0; help_topic(i, &name, &summary); i++)
        offer(t, str_of(name), str_of(summary));
}

/* ---- what a word in capitals stands for ---- */

static const struct {
    const char *command; /* NULL: in all of them */
    const char *word;
    const char *stands;  /* "=words", ":directive" for the shell, or what ismsc_names() lists */
} placeholders[] = {
    { NULL, "DIR", ":folders" },        { NULL, "FILE", ":files" },          { NULL, "REVISION", ":revisions" },   { "diff", "A", ":revisions" },
    { "diff", "B", ":revisions" }, { NULL, "AUDIENCE", "=internal auditor customer" },      { NULL, "WHEN", "=auto always never" }, { NULL, "PERIOD", "=30d 90d 6m 1y" },
    { "explain", "DOCUMENT", "types" }, { NULL, "DOCUMENT", "documents" },   { NULL, "RULE", "rules" },            { NULL, "CONTROL", "controls" },
    { NULL, "CLAUSE", "clauses" },      { NULL, "ID", "records" },           { NULL, "OLD", "records" },           { NULL, "SECTION", "sections" },
    { NULL, "KIND", "kinds" },          { NULL, "TAG", "languages" },           { "serve", "N", "=27001 8000 8080" },
    { "new", "NAME", "starters" },             { "template", "NAME", "templates" },
};

static void offer_placeholder(struct typing *t, str word)
{
    if (str_eq(word, STR("COMMAND")))
        offer_commands(t);
    if (str_eq(word, STR("TOPIC")))
        offer_topics(t);
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++) {
        const char *stands = placeholders[i].stands;
        if (!str_eq(word, str_of(placeholders[i].word)) || (placeholders[i].command && strcmp(placeholders[i].command, t->command->name) != 0))
            continue;
        if (stands[0] == ':')
            puts(stands);
        else if (stands[0] == '=')
            offer_words(t, str_of(stands + 1), ' ');
        else
            offer_names(t, stands);
        return;
    }
}

static void offer_report_formats(const struct typing *t, const char *behind)
{
    for (const char *const *f = ismsc_report_formats; *f; f++)
        if (str_starts(str_of(*f), t->word))
            printf("%.*s%s%s\n", STR_ARG(t->stem), *f, behind);
}

/* ---- values of options ---- */

/* The words that the usage lists for an option: "[--format text|json]"; none where it has an example, "[--to docx,html]". */
static str alternatives(const struct command *command, str option)
{
    str    usage = str_of(command->usage);
    size_t at = str_search(usage, option, 0);
    if (at == SIZE_MAX || at + option.len + 1 >= usage.len || usage.at[at + option.len] != ' ')
        return (str){ 0 };
    size_t from = at + option.len + 1, to = from;
    while (to < usage.len && usage.at[to] != ']' && usage.at[to] != ' ')
        to++;
    str words = str_cut(usage, from, to);
    return usage.at[from] >= 'a' && usage.at[from] <= 'z' && str_find(words, '|', 0) < words.len ? words : (str){ 0 };
}

/* "docx, html, md (Markdown), text; default docx,html" -> docx html md text */
static void offer_list(const struct typing *t, str meaning)
{
    str list = str_cut(meaning, 0, str_find(meaning, ';', 0)), piece;
    while (str_split(&list, ',', &piece)) {
        piece = str_trim(piece);
        offer(t, str_cut(piece, 0, str_find(piece, ' ', 0)), (str){ 0 });
    }
}

static void offer_values(struct typing *t, const struct option_line *option)
{
    str  words = alternatives(t->command, option->name);
    bool checks = strcmp(t->command->name, "check") == 0;
    if (words.len)
        offer_words(t, words, '|');
    else if (str_eq(option->name, STR("--severity")))
        offer_words(t, STR("minor major observation error"), ' ');
    else if (str_eq(option->name, STR("--stage")))
        offer_words(t, STR("draft stage-1 stage-2 certified"), ' ');
    else if (str_eq(option->value, STR("LIST")))
        offer_list(t, option->meaning);
    else if (str_eq(option->value, STR("F=FILE")) && str_find(t->word, '=', 0) < t->word.len)
        puts(":files");
    else if (str_eq(option->value, STR("F=FILE")))
        offer_report_formats(t, "=");
    else if (str_eq(option->value, STR("F")) && checks)
        offer_report_formats(t, "");
    else if (str_eq(option->value, STR("F")))
        offer_words(t, STR("text json"), ' ');
    else
        offer_placeholder(t, option->value);
}

static void offer_options(const struct typing *t)
{
    str rest = str_of(t->command->help), line;
    struct option_line option;
    while (str_split(&rest, '\n', &line))
        if (parse_option(line, &option))
            offer(t, option.name, option.meaning);
    offer(t, STR("--help"), STR("tell about the command"));
}

/* ---- arguments, by the usage ---- */

/* "ismsc template list [NAME] | eject NAME [--block B]" -> " list NAME | eject NAME": without options and brackets. */
static str plain_usage(const struct command *command, char *room, size_t size)
{
    size_t len = 0, skip = sizeof "ismsc " - 1 + strlen(command->name);
    const char *usage = command->usage;
    if (strlen(usage) < skip)
        return (str){ 0 };
    for (const char *c = usage + skip; *c && len < size; c++) {
        if (c[0] == '[' && c[1] == '-') {
            while (*c && *c != ']')
                c++;
            if (*c == '\0')
                break;
            if (str_starts(str_of(c + 1), STR("...")))
                c += 3;
        } else if (*c != '[' && *c != ']') {
            room[len++] = *c;
        }
    }
    return (str){ room, len };
}

static bool is_placeholder(str word) { return word.len > 0 && word.at[0] >= 'A' && word.at[0] <= 'Z'; }

/* Whether an argument can stand where the usage has "install|uninstall" or "DIR". */
static bool matches(str alternatives, str argument)
{
    str one;
    while (str_split(&alternatives, '|', &one))
        if (is_placeholder(one) || str_eq(one, argument))
            return true;
    return false;
}

/* What stands at the place of the next argument in one way to use the command, " eject NAME"; empty when it is another way. */
static str next_step(const struct typing *t, str sequence)
{
    str step, dots = STR("...");
    size_t at = 0;
    while (str_split(&sequence, ' ', &step)) {
        if (!step.len)
            continue;
        if (str_ends(step, dots)) /* as many as one likes */
            return str_cut(step, 0, step.len - dots.len);
        if (at == t->narguments)
            return step;
        if (!matches(step, t->arguments[at++]))
            break;
    }
    return (str){ 0 };
}

static void offer_by_sequence(struct typing *t, str sequence)
{
    str step = next_step(t, sequence), one;
    while (str_split(&step, '|', &one)) {
        if (is_placeholder(one))
            offer_placeholder(t, one);
        else
            offer(t, one, (str){ 0 });
    }
}

static void offer_arguments(struct typing *t)
{
    char room[256];
    str  usage = plain_usage(t->command, room, sizeof room), bar = STR(" | ");
    while (usage.len) {
        size_t end = str_search(usage, bar, 0);
        offer_by_sequence(t, str_cut(usage, 0, end == SIZE_MAX ? usage.len : end));
        usage = end == SIZE_MAX ? (str){ 0 } : str_cut(usage, end + bar.len, usage.len);
    }
}

/* ---- the words typed so far ---- */

/* Which project the names come from. */
static void note_option(struct typing *t, const struct option_line *option, const char *value)
{
    if (str_eq(option->name, STR("--directory")))
        t->project.dir = value;
    if (str_eq(option->name, STR("--data")))
        t->project.data = value;
}

/* Reads the words before the last; returns whether the last is the value of *option. */
static bool read_words(struct typing *t, int argc, char **argv, struct option_line *option)
{
    for (int i = 0; i + 1 < argc; i++) {
        str word = str_of(argv[i]);
        if (t->ended || word.len < 2 || word.at[0] != '-') {
            if (t->narguments < sizeof t->arguments / sizeof *t->arguments)
                t->arguments[t->narguments++] = word;
        } else if (str_eq(word, STR("--"))) {
            t->ended = true;
        } else if (find_option(t->command, word, option) && option->value.len) {
            if (i + 2 == argc)
                return true;
            note_option(t, option, argv[++i]);
        }
    }
    return false;
}

static void complete(struct typing *t, int argc, char **argv)
{
    struct option_line option;
    str    last = str_of(argc ? argv[argc - 1] : "");
    size_t equals = str_find(last, '=', 0);
    t->word = last;
    if (read_words(t, argc, argv, &option)) {
        offer_values(t, &option);
    } else if (!t->ended && str_starts(last, STR("--")) && equals < last.len) {
        t->stem = str_cut(last, 0, equals + 1);
        t->word = str_cut(last, equals + 1, last.len);
        if (find_option(t->command, str_cut(last, 0, equals), &option) && option.value.len)
            offer_values(t, &option);
    } else if (!t->ended && str_starts(last, STR("-"))) {
        offer_options(t);
    } else {
        offer_arguments(t);
    }
}

/* How many words before the last are options in front of the command, and their values. */
static int leading_words(int argc, char **argv)
{
    struct option_line option;
    int i = 0;
    while (i + 1 < argc && argv[i][0] == '-')
        i += find_option(&ismsc_itself, str_of(argv[i]), &option) && option.value.len ? 2 : 1;
    return i;
}

/* Says what the last word can become, a line each; a shell shows what stands behind the tab. */
static int complete_words(int argc, char **argv)
{
    struct typing t = { .command = &ismsc_itself, .project = { .may_lack = true } };
    struct option_line option;
    int at = leading_words(argc, argv);
    if (at + 1 < argc) { /* the command is there already */
        read_words(&t, at + 1, argv, &option);
        t.command = command_called(argv[at]);
        argc -= at + 1;
        argv += at + 1;
    }
    if (t.command)
        complete(&t, argc, argv);
    ismsc_close(t.session);
    return print_result((struct ismsc_text){ NULL, 0 }, ISMSC_OK);
}

int command_completion(const struct command *self, int argc, char **argv)
{
    int  status;
    char path[64];
    const struct option_spec specs[] = { { NULL, 0, NULL, NULL, NULL } };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (left > 0 && strcmp(argv[0], "words") == 0)
        return complete_words(left - 1, argv + 1);
    if (left != 1 || (strcmp(argv[0], "bash") != 0 && strcmp(argv[0], "zsh") != 0 && strcmp(argv[0], "fish") != 0))
        return usage_error(self, "say for which shell: bash, zsh or fish");
    struct ismsc *session = ismsc_open(&(struct ismsc_options){ 0 });
    struct ismsc_text text = { 0 };
    if (!session) {
        fprintf(stderr, "ismsc: not enough memory\n");
        return ISMSC_FAILED;
    }
    snprintf(path, sizeof path, "templates/shell/ismsc.%s", argv[0]);
    return finish(session, ismsc_resource(session, path, &text), text);
}
