/* SPDX-License-Identifier: MIT */
/*
 * Which outcomes the yes/no parts of the rules' expressions had over a stream of ISMSs; tests/rule_coverage.py feeds it and judges.
 * A part is the whole of `given`, `when` or `assert`, an operand of && or ||, the condition of ?:, or what a macro asks of each element.
 *
 * Nothing in the program is prepared for this. The linker takes expr_compile() from here instead of from the library, and this
 * one hangs a function around each part that notes what it was and hands it on.
 *
 *   input    `case ID` (`case *`: every rule), for each file `file LENGTH PATH` and its bytes, `end`
 *   output   RULE, key, outcomes (`t`, `f`, `-`), text of each part and where it begins in that of the key, with tabs between
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
struct part {
    const char *rule, *key;
    char       *text;
    size_t      begin; /* in the text of the key */
    bool        was[2];
};

static struct part *parts;
static size_t nparts, room;
static const struct rule *current; /* whose expressions are being compiled; NULL: nobody's */

static void die(const char *why)
{
    fprintf(stderr, "rule_coverage: %s\n", why);
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

/* The same part may be compiled many times, once for each ISMS. */
static size_t part_number(const char *key, size_t begin, str text)
{
    for (size_t i = nparts; i-- > 0;)
        if (parts[i].key == key && parts[i].begin == begin && str_eq(str_of(parts[i].rule), current->id) && strlen(parts[i].text) == text.len)
            return i;
    if (nparts == room) {
        room = room ? room * 2 : 1024;
        parts = need(realloc(parts, room * sizeof *parts));
    }
    parts[nparts] = (struct part){ copy(current->id), key, copy(text), begin, { false, false } };
    return nparts++;
}

struct origin {
    struct arena *arena;
    const char   *key;
    size_t        shift; /* of the expression in the text of the key */
    str           text;
};

static struct expr_node *constant(struct arena *arena, int64_t number)
{
    struct expr_node *node = NEW(arena, struct expr_node);
    node->op = OP_CONST;
    node->value = value_int(number);
    return node;
}

static struct expr_node *noted(const struct origin *origin, struct expr_node *node)
{
    size_t number = part_number(origin->key, origin->shift + node->begin, str_cut(origin->text, node->begin, node->end));
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
static const char *key_of(str text, size_t *shift)
{
    const struct { const char *name; struct rule_text text; } keys[] = {
        { "given", current->given }, { "for", current->for_each }, { "each", current->each },    { "when", current->when },
        { "assert", current->assert }, { "at", current->at },      { "message", current->message },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (is_within(text, keys[i].text, shift))
            return keys[i].name;
    for (size_t i = 0; i < current->nalso; i++)
        if (is_within(text, current->also[i].at, shift) || is_within(text, current->also[i].label, shift))
            return "also";
    return NULL;
}

struct expr *expr_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope, str text, struct query_problem *problem);

struct expr *expr_compile(struct arena *arena, const struct schema *schema, const struct query_scope *scope, str text, struct query_problem *problem)
{
    struct origin origin = { .arena = arena, .text = text };
    struct expr *expr = compile_plain(arena, schema, scope, text, problem);
    if (!expr || !current || !(origin.key = key_of(text, &origin.shift)))
        return expr;
    bool question = strcmp(origin.key, "given") == 0 || strcmp(origin.key, "when") == 0 || strcmp(origin.key, "assert") == 0;
    expr->root = watch(&origin, expr->root, question);
    return expr;
}

/* ---- running cases ---- */

struct one_case {
    char                  rule[64];
    struct ismsc_overlay *files;
    size_t                nfiles, room;
};

static void add_file(struct one_case *c, size_t len, const char *path)
{
    char *bytes = need(malloc(len + 1)), *name = need(malloc(strlen(path) + 1));
    if (c->nfiles == c->room) {
        c->room = c->room ? c->room * 2 : 64;
        c->files = need(realloc(c->files, c->room * sizeof *c->files));
    }
    if (fread(bytes, 1, len, stdin) != len)
        die("a file ends too early");
    strcpy(name, path);
    c->files[c->nfiles++] = (struct ismsc_overlay){ name, { bytes, len } };
}

/* False at the end of the input. */
static bool read_case(struct one_case *c)
{
    char line[600], path[512];
    size_t len;
    c->nfiles = 0;
    if (!fgets(line, sizeof line, stdin))
        return false;
    if (sscanf(line, "case %63s", c->rule) != 1)
        die("`case ID` is missing");
    while (fgets(line, sizeof line, stdin) && strcmp(line, "end\n") != 0) {
        if (sscanf(line, "file %zu %511[^\n]", &len, path) != 2)
            die("`file LENGTH PATH` is missing");
        add_file(c, len, path);
    }
    return true;
}

static void forget_files(struct one_case *c)
{
    for (size_t i = 0; i < c->nfiles; i++) {
        free((char *)(uintptr_t)c->files[i].path);
        free((char *)(uintptr_t)c->files[i].bytes.at);
    }
}

static void run_alone(struct ismsc *s, struct rule *rule)
{
    struct rules alone = s->rules;
    alone.list.at = &rule;
    alone.list.len = 1;
    current = rule;
    rules_run(&s->arena, &s->scratch, &s->findings, s->project.model, &alone);
    current = NULL;
}

static enum ismsc_status run_rules(struct ismsc *s, void *argument)
{
    const struct one_case *c = argument;
    if (!session_read(s))
        return ISMSC_FAILED;
    for (size_t i = 0; i < s->rules.list.len; i++) {
        struct rule *rule = s->rules.list.at[i];
        if (!rule->builtin.len && (c->rule[0] == '*' || str_eq(rule->id, str_of(c->rule))))
            run_alone(s, rule);
    }
    return ISMSC_OK;
}

static void run_case(struct one_case *c)
{
    struct ismsc_options options = { .as_of = "2026-11-21", .overlays = c->files, .noverlays = c->nfiles };
    struct ismsc *s = need(ismsc_open(&options));
    if (session_run(s, run_rules, c) == ISMSC_FAILED) {
        fprintf(stderr, "rule %s: ", c->rule);
        die(ismsc_error(s));
    }
    ismsc_close(s);
}

int main(void)
{
    struct one_case c = { .room = 0 };
    while (read_case(&c)) {
        run_case(&c);
        forget_files(&c);
    }
    for (size_t i = 0; i < nparts; i++)
        printf("%s\t%s\t%c%c\t%s\t%zu\n", parts[i].rule, parts[i].key, parts[i].was[1] ? 't' : '-', parts[i].was[0] ? 'f' : '-', parts[i].text,
               parts[i].begin);
    return 0;
}
