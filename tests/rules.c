/* SPDX-License-Identifier: MIT */
/*
 * Checks a stream of small ISMSs, all in this one process and none on disk; tests/tools/fixtures.py and
 * tests/interop/schema_mutations.mjs feed it and read what it says.
 *
 *   rules [--json]
 *
 *   input    `base`: the files all cases begin with; then cases: `case` and, after spaces, ids of rules to watch (`*`: all of them)
 *            Either is followed by what to put (`file LENGTH PATH` and the bytes) or to take away (`gone PATH`), and `end`.
 *   output   for each case `said STATUS LENGTH` and that many bytes: what `ismsc check --format concise --all` prints
 *            (or, with --json, --format json), or why it failed;
 *            at the end, with tabs between, `part`, rule, key, outcomes (`t`, `f`, `-`), text, and where it begins in that of the key
 *
 * A part is what rules are asked to be tested by: the whole of `given`, `when` or `assert`, an operand of && or ||, the condition of ?:,
 * or what a macro asks of each element. Nothing in the program is prepared for watching them. The linker takes expr_compile() from here
 * instead of from the library, and in rules that are watched this one hangs a function around each part that notes what it was and hands
 * it on.
 */
#define expr_compile compile_plain
#define node expr_node /* the session knows a struct node of parse/ */
#include "query/expr.c"
#undef node
#undef expr_compile

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/functions.h"
#include "session.h"

/* In the order of the rules, then as they are compiled. Outlives the sessions, so all of it is copied. */
struct piece {
    const char *rule, *key;
    char       *text;
    size_t      begin; /* in the text of the key */
    bool        was[2];
    size_t      before; /* the part of the same rule noted before it, counted from 1 */
};

enum { RULES = 4096, WATCHED = 64 };

static struct piece *parts;
static size_t nparts, room;
static size_t last_of[RULES]; /* by number of the rule: its last part, counted from 1 */

static void die(const char *why)
{
    fprintf(stderr, "rules: %s\n", why);
    exit(2);
}

static void *need(void *memory)
{
    if (!memory)
        die("no memory");
    return memory;
}

static char *copy(str text)
{
    char *out = need(calloc(text.len + 1, 1));
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.at[i] == '\n' || text.at[i] == '\t' ? ' ' : text.at[i];
    return out;
}

/* ---- noting outcomes ---- */

static struct value note(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)run, (void)nargs;
    parts[args[1].i].was[args[0].b] = true;
    return args[0];
}

static const struct function noting = { .name = "note", .least = 2, .most = 2, .accepts = { 1u << V_BOOL, 1u << V_INT }, .gives = GIVES_BOOL, .call = note };

struct origin {
    struct arena      *arena;
    const struct rule *rule;
    size_t             number; /* of the rule */
    const char        *key;
    size_t             shift;  /* of the expression in the text of the key */
    str                text;
};

/* The same part is compiled many times, once for each ISMS. */
static size_t part_number(const struct origin *origin, size_t begin, str text)
{
    for (size_t i = last_of[origin->number]; i > 0; i = parts[i - 1].before)
        if (parts[i - 1].key == origin->key && parts[i - 1].begin == begin && strlen(parts[i - 1].text) == text.len)
            return i - 1;
    if (nparts == room) {
        room = room ? room * 2 : 1024;
        parts = need(realloc(parts, room * sizeof *parts));
    }
    parts[nparts] = (struct piece){ copy(origin->rule->id), origin->key, copy(text), begin, { false, false }, last_of[origin->number] };
    last_of[origin->number] = nparts + 1;
    return nparts++;
}

static struct expr_node *constant(struct arena *arena, int64_t number)
{
    struct expr_node *node = NEW(arena, struct expr_node);
    node->op = OP_CONST;
    node->value = value_int(number);
    return node;
}

static struct expr_node *noted(const struct origin *origin, struct expr_node *node)
{
    size_t number = part_number(origin, origin->shift + node->begin, str_cut(origin->text, node->begin, node->end));
    struct expr_node *around = NEW(origin->arena, struct expr_node);
    *around = *node;
    around->op = OP_FUNCTION;
    around->function = &noting;
    around->nkids = 2;
    around->kids = NEWS(origin->arena, struct expr_node *, 2);
    around->kids[0] = node;
    around->kids[1] = constant(origin->arena, (int64_t)number);
    return around;
}

/* Whether the n-th operand of [node] is asked for yes or no; [question]: [node] itself is. */
static bool asks(const struct expr_node *node, uint32_t n, bool question)
{
    switch (node->op) {
    case OP_AND: case OP_OR:
        return true;
    case OP_CHOICE:
        return n == 0 || question;
    case OP_ONCE:
        return question;
    case OP_ALL: case OP_EXISTS: case OP_EXISTS_ONE: case OP_FILTER:
        return n == 1;
    case OP_TRANSFORM:
        return n == 1 && node->nkids == 3;
    default:
        return false;
    }
}

static struct expr_node *watch(const struct origin *origin, struct expr_node *node, bool question)
{
    for (uint32_t i = 0; i < node->nkids; i++)
        node->kids[i] = watch(origin, node->kids[i], asks(node, i, question));
    return question ? noted(origin, node) : node;
}

static bool is_within(str text, struct rule_text whole, size_t *shift)
{
    if (!whole.text.len || text.at < whole.text.at || text.at >= whole.text.at + whole.text.len)
        return false;
    *shift = (size_t)(text.at - whole.text.at);
    return true;
}

/* The key of the rule [text] stands in, or NULL. */
static const char *key_of(const struct rule *rule, str text, size_t *shift)
{
    const struct { const char *name; struct rule_text text; } keys[] = {
        { "given", rule->given }, { "for", rule->for_each }, { "each", rule->each },       { "when", rule->when },
        { "assert", rule->assert }, { "at", rule->at },      { "message", rule->message },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (is_within(text, keys[i].text, shift))
            return keys[i].name;
    for (size_t i = 0; i < rule->nlets; i++)
        if (is_within(text, rule->lets[i].value, shift))
            return "let";
    for (size_t i = 0; i < rule->nalso; i++)
        if (is_within(text, rule->also[i].at, shift) || is_within(text, rule->also[i].label, shift))
            return "also";
    return NULL;
}

/* ---- who is watched ---- */

struct one_case {
    struct ismsc         *session;
    str                   ids[WATCHED];
    size_t                nids;
    char                  names[4096];  /* what ids points into */
    struct ismsc_overlay *files;
    size_t                nfiles, room;
    size_t                numbers[RULES]; /* of the rules that are watched, once the session has read them */
    size_t                nnumbers;
    bool                  known;
};

static struct one_case base, running;
static const char *format = "concise";

static bool is_watched(const struct rule *rule)
{
    for (size_t i = 0; i < running.nids; i++)
        if (str_eq(running.ids[i], STR("*")) || str_eq(running.ids[i], rule->id))
            return !rule->builtin.len && !rule->project;
    return false;
}

static void find_watched(const struct rules *rules)
{
    if (rules->list.len > RULES)
        die("more rules than it has room for");
    running.nnumbers = 0;
    for (size_t i = 0; i < rules->list.len; i++)
        if (is_watched(rules->list.at[i]))
            running.numbers[running.nnumbers++] = i;
    running.known = true;
}

/* Which expression of a watched rule the text is; none of what is compiled before the rules are there is any. */
static bool find_origin(struct origin *origin)
{
    const struct ismsc *s = running.session;
    if (!running.nids || !s || !s->read)
        return false;
    if (!running.known)
        find_watched(&s->rules);
    for (size_t i = 0; i < running.nnumbers; i++) {
        origin->number = running.numbers[i];
        origin->rule = s->rules.list.at[origin->number];
        origin->key = key_of(origin->rule, origin->text, &origin->shift);
        if (origin->key)
            return true;
    }
    return false;
}

struct expr *expr_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope, str text, struct query_problem *problem);

struct expr *expr_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope, str text, struct query_problem *problem)
{
    struct origin origin = { .arena = arena, .text = text };
    struct expr *expr = compile_plain(arena, schema, scope, text, problem);
    if (!expr || !find_origin(&origin))
        return expr;
    bool question = strcmp(origin.key, "given") == 0 || strcmp(origin.key, "when") == 0 || strcmp(origin.key, "assert") == 0;
    expr->root = watch(&origin, expr->root, question);
    return expr;
}

/* ---- reading cases ---- */

static struct ismsc_overlay *place_for(struct one_case *c, const char *path)
{
    for (size_t i = 0; i < c->nfiles; i++)
        if (strcmp(c->files[i].path, path) == 0)
            return &c->files[i];
    if (c->nfiles == c->room) {
        c->room = c->room ? c->room * 2 : 64;
        c->files = need(realloc(c->files, c->room * sizeof *c->files));
    }
    return &c->files[c->nfiles++];
}

/* What is replaced or taken away may be the base's, so it is not freed here. */
static void put_file(struct one_case *c, size_t len, const char *path)
{
    char *bytes = need(malloc(len + 1)), *name = need(malloc(strlen(path) + 1));
    if (fread(bytes, 1, len, stdin) != len)
        die("a file ends too early");
    strcpy(name, path);
    *place_for(c, path) = (struct ismsc_overlay){ name, { bytes, len } };
}

static void take_away(struct one_case *c, const char *path)
{
    *place_for(c, path) = c->files[c->nfiles - 1];
    c->nfiles--;
}

static void read_files(struct one_case *c)
{
    char   line[600], path[512];
    size_t len;
    while (fgets(line, sizeof line, stdin) && strcmp(line, "end\n") != 0) {
        if (sscanf(line, "file %zu %511[^\n]", &len, path) == 2)
            put_file(c, len, path);
        else if (sscanf(line, "gone %511[^\n]", path) == 1)
            take_away(c, path);
        else
            die("`file LENGTH PATH`, `gone PATH` or `end` is missing");
    }
}

static void read_ids(struct one_case *c, const char *line)
{
    snprintf(c->names, sizeof c->names, "%s", line);
    c->nids = 0;
    for (char *id = strtok(c->names, " \n"); id; id = strtok(NULL, " \n")) {
        if (c->nids == WATCHED)
            die("too many rules for one case");
        c->ids[c->nids++] = str_of(id);
    }
}

static void begin_from_base(struct one_case *c)
{
    c->nfiles = 0;
    c->known = false;
    for (size_t i = 0; i < base.nfiles; i++)
        *place_for(c, base.files[i].path) = base.files[i];
}

static bool is_of_base(const struct ismsc_overlay *file)
{
    for (size_t i = 0; i < base.nfiles; i++)
        if (base.files[i].path == file->path)
            return true;
    return false;
}

static void forget_files(struct one_case *c)
{
    for (size_t i = 0; i < c->nfiles; i++)
        if (!is_of_base(&c->files[i])) {
            free((char *)(uintptr_t)c->files[i].path);
            free((char *)(uintptr_t)c->files[i].bytes.at);
        }
}

/* ---- running them ---- */

/* As command_check() does it; tests/rules.py sees to it that the program says the same. */
static void run_case(struct one_case *c)
{
    struct ismsc_options options = { .as_of = "2026-11-21", .overlays = c->files, .noverlays = c->nfiles };
    struct ismsc_text text = { 0 };
    c->session = need(ismsc_open(&options));
    enum ismsc_status status = ismsc_report(c->session, format, false, true, &text);
    if (status == ISMSC_FAILED)
        text = (struct ismsc_text){ ismsc_error(c->session), strlen(ismsc_error(c->session)) };
    printf("said %d %zu\n", (int)status, text.len);
    if (text.len)
        fwrite(text.at, 1, text.len, stdout);
    fflush(stdout); /* who dies in the next case has still said all of this one */
    ismsc_close(c->session);
    c->session = NULL;
}

static void print_parts(void)
{
    for (size_t i = 0; i < nparts; i++)
        printf("part\t%s\t%s\t%c%c\t%s\t%zu\n", parts[i].rule, parts[i].key, parts[i].was[1] ? 't' : '-', parts[i].was[0] ? 'f' : '-',
               parts[i].text, parts[i].begin);
}

int main(int argc, char **argv)
{
    char line[4096];
    if (argc > 1 && strcmp(argv[1], "--json") == 0)
        format = "json";
    while (fgets(line, sizeof line, stdin)) {
        if (strcmp(line, "base\n") == 0) {
            read_files(&base);
        } else if (strncmp(line, "case", 4) == 0) {
            read_ids(&running, line + 4);
            begin_from_base(&running);
            read_files(&running);
            run_case(&running);
            forget_files(&running);
        } else {
            die("`base` or `case` is missing");
        }
    }
    print_parts();
    return 0;
}
