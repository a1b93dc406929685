/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"
#include "commands/commands.h"

const struct command *command_called(const char *name)
{
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

int usage_error(const struct command *self, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *blank = *self->name ? " " : "";
    fprintf(stderr, "ismsc%s%s: ", blank, self->name);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\nusage: %s\n(ismsc%s%s -h explains)\n", self->usage, blank, self->name);
    va_end(args);
    return ISMSC_FAILED;
}

int print_error(const struct ismsc *session)
{
    if (!signals_came()) /* whoever sent it knows */
        fprintf(stderr, "ismsc: %s\n", ismsc_error(session));
    return ISMSC_FAILED;
}

int print_result(struct ismsc_text text, int status)
{
    if ((text.len == 0 || fwrite(text.at, 1, text.len, stdout) == text.len) && fflush(stdout) == 0)
        return status;
    if (errno != EPIPE) /* whoever closed it has seen enough: `ismsc rules | head` */
        fprintf(stderr, "ismsc: can't write the result: %s\n", strerror(errno));
    return ISMSC_FAILED;
}

void print_counts(FILE *out, const struct ismsc_build *build)
{
    size_t files = build->written + build->unchanged;
    fprintf(out, "%zu file%s: %zu written, %zu unchanged\n", files, files == 1 ? "" : "s", build->written, build->unchanged);
}

int finish(struct ismsc *session, enum ismsc_status verdict, struct ismsc_text answer)
{
    int status = verdict == ISMSC_FAILED ? print_error(session) : print_result(answer, (int)verdict);
    ismsc_close(session);
    return status;
}

static void print_help(const struct command *self)
{
    printf("%s\n\nusage: %s\n\n%s", self->summary, self->usage, self->help);
}

/* The option nearest to a misspelt one, or NULL. */
static const char *nearest(const struct option_spec *specs, str name)
{
    const char *found = NULL;
    size_t      best = 4;
    for (; specs->name; specs++) {
        size_t distance = str_distance(name, str_of(specs->name), best);
        if (distance < best) {
            best = distance;
            found = specs->name;
        }
    }
    return found;
}

static const struct option_spec *find_option(const struct option_spec *specs, const char *arg, size_t len)
{
    for (; specs->name; specs++) {
        if (arg[1] == '-' && strlen(specs->name) == len && strncmp(specs->name, arg, len) == 0)
            return specs;
        if (arg[1] != '-' && specs->letter == arg[1])
            return specs;
    }
    return NULL;
}

static int unknown_option(const struct command *self, const struct option_spec *specs, const char *arg)
{
    const char *near = nearest(specs, str_of(arg));
    if (near)
        return usage_error(self, "there is no option %s; did you mean %s?", arg, near);
    if (self != &ismsc_itself && arg[1] != '-' && strpbrk(arg, "0123456789 .(")) /* an expression, say */
        return usage_error(self, "there is no option %s; write -- before it if it is none: ismsc %s -- '%s'", arg, self->name, arg);
    return usage_error(self, "there is no option %s", arg);
}

/* An empty one is a variable of a script that nobody set: `--out "$OUT"` would write to the top of the disk. */
static int keep_value(const struct command *self, const struct option_spec *spec, const char *value)
{
    if (!*value)
        return usage_error(self, "%s needs a value, and the one it has is empty", spec->name);
    if (!spec->values) {
        *spec->value = value;
        return 0;
    }
    if (spec->values->n == OPTION_VALUES)
        return usage_error(self, "%s can be given %d times", spec->name, OPTION_VALUES);
    spec->values->at[spec->values->n++] = value;
    return 0;
}

/* Takes the option at argv[*i], and its value from behind "=", the rest of "-Cdir", or the next argument. */
static int take_option(const struct command *self, const struct option_spec *specs, int argc, char **argv, int *i)
{
    const char *arg = argv[*i], *equals = arg[1] == '-' ? strchr(arg, '=') : NULL;
    size_t      len = equals ? (size_t)(equals - arg) : strlen(arg);
    const struct option_spec *spec = find_option(specs, arg, len);
    if (!spec)
        return unknown_option(self, specs, arg);
    if (spec->flag) {
        if (equals || (arg[1] != '-' && arg[2]))
            return usage_error(self, "%s takes no value", spec->name);
        *spec->flag = true;
        return 0;
    }
    if (equals)
        return keep_value(self, spec, equals + 1);
    if (arg[1] != '-' && arg[2])
        return keep_value(self, spec, arg + 2);
    if (*i + 1 < argc)
        return keep_value(self, spec, argv[++*i]);
    return usage_error(self, "%s needs a value", spec->name);
}

int options_read(const struct command *self, const struct option_spec *specs, int argc, char **argv, int *status)
{
    int  left = 0;
    bool ended = false;
    *status = 0;
    for (int i = 0; i < argc; i++) {
        if (!ended && !*argv[i]) {
            *status = usage_error(self, "argument %d is empty", left + 1);
            return -1;
        }
        if (ended || argv[i][0] != '-' || argv[i][1] == '\0') {
            argv[left++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            ended = true;
        } else if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
            print_help(self);
            *status = print_result((struct ismsc_text){ NULL, 0 }, ISMSC_OK);
            return -1;
        } else if ((*status = take_option(self, specs, argc, argv, &i)) != 0) {
            return -1;
        }
    }
    return left;
}

static bool is_command(const char *word)
{
    static const char *const meant[] = { "-h", "--help", "-V", "--version" };
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        if (strcmp(word, meant[i]) == 0)
            return true;
    return word[0] != '-' || word[1] == '\0';
}

int options_leading(int argc, char **argv)
{
    struct project_options unused = { 0 };
    const struct option_spec specs[] = { PROJECT_OPTIONS(unused), { NULL, 0, NULL, NULL, NULL } };
    int i = 0;
    for (; i < argc && !is_command(argv[i]); i++)
        if (take_option(&ismsc_itself, specs, argc, argv, &i) != 0)
            return -1;
    return i;
}

bool folder_argument(const struct command *self, int left, char **argv, struct project_options *options)
{
    if (left > 1 || (left == 1 && options->dir)) {
        usage_error(self, "one folder at a time");
        return false;
    }
    if (left == 1)
        options->dir = argv[0];
    return true;
}

bool format_parse(const struct command *self, const char *text, enum ismsc_format *out)
{
    if (!text || strcmp(text, "text") == 0)
        *out = ISMSC_TEXT;
    else if (strcmp(text, "json") == 0)
        *out = ISMSC_JSON;
    else {
        usage_error(self, "--format %s: the formats are text and json", text);
        return false;
    }
    return true;
}

bool format_parse_or(const struct command *self, const char *text, const char *more, enum ismsc_format code, enum ismsc_format *out)
{
    *out = code;
    if (text && strcmp(text, more) == 0)
        return true;
    if (!text || strcmp(text, "text") == 0 || strcmp(text, "json") == 0)
        return format_parse(self, text, out);
    usage_error(self, "--format %s: the formats are text, %s, json", text, more);
    return false;
}

/* Whether the folder path[0, len) holds [name], which begins with a slash. */
static bool holds(char path[PATH_MAX], size_t len, const char *name)
{
    memcpy(path + len, name, strlen(name) + 1);
    bool there = access(path, F_OK) == 0;
    path[len] = '\0';
    return there;
}

/* Leaves in [path] the nearest folder from there upwards that holds an isms.yaml; false when there is none. */
static bool find_root(char path[PATH_MAX])
{
    char real[PATH_MAX];
    for (size_t len = strlen(path); len + sizeof "/isms.yaml" < PATH_MAX; len += 3) {
        if (holds(path, len, "/isms.yaml"))
            return true;
        if (holds(path, len, "/.git") || !realpath(path, real) || real[1] == '\0')
            return false; /* a project does not reach beyond its repository */
        memcpy(path + len, "/..", sizeof "/..");
    }
    return false;
}

struct ismsc *project_open(const struct project_options *options)
{
    const char *start = options->dir ? options->dir : ".";
    char path[PATH_MAX];
    bool fits = strlen(start) < sizeof path;
    if (fits)
        memcpy(path, start, strlen(start) + 1);
    bool found = fits && find_root(path), none = !found && options->may_lack && !options->dir;
    struct ismsc *session = ismsc_open(&(struct ismsc_options){
        .root = found ? path : none ? NULL : start, .data = options->data, .as_of = options->as_of,
        .revision = options->staged ? ":" : options->revision, .brand = options->brand, .language = options->language, .severity = options->severity,
        .stop = signals_came });
    if (!session)
        fprintf(stderr, "ismsc: not enough memory\n");
    return session;
}

unsigned terminal_columns(int fd)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    int64_t n;
    if (columns && str_to_int(str_of(columns), &n) && n > 0 && n < 10000)
        return (unsigned)n;
    return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool use_colour(const char *option, int fd)
{
    const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");
    if (option && strcmp(option, "always") == 0)
        return true;
    if (option && strcmp(option, "never") == 0)
        return false;
    if (no && *no)
        return false;
    if (force && *force && strcmp(force, "0") != 0)
        return true;
    return isatty(fd) && !(term && strcmp(term, "dumb") == 0);
}
