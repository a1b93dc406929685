/* SPDX-License-Identifier: MIT */
/* The pipeline as straight-line code: sources -> trees -> model -> findings; documents.c goes on from there. */
#include "ismsc.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/limits.h"
#include "load/resource.h"
#include "parse/packed.h"
#include "parse/text.h"
#include "parse/yaml.h"
#include "query/query.h"
#include "resolve/rulefile.h"
#include "resolve/schema.h"
#include "resolve/rules_packed.h"
#include "resolve/schema_packed.h"
#include "rules/baseline.h"
#include "rules/grade.h"
#include "rules/outlook.h"
#include "session.h"
#include "set.h"
#include "write/report.h"

const char *ismsc_version(void) { return ISMSC_VERSION; }

/* ---- the boundary ---- */

enum ismsc_status session_fail(struct ismsc *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(s->error_text, sizeof s->error_text, format, args);
    va_end(args);
    return ISMSC_FAILED;
}

/* The only setjmp: it does nothing but call, so no local of interest lives across the jump. */
enum ismsc_status session_run(struct ismsc *s, enum ismsc_status (*fn)(struct ismsc *, void *), void *argument)
{
    s->error_text[0] = '\0';
    if (s->exhausted || setjmp(s->memory.escape)) {
        s->exhausted = true; /* whatever was being made is half-made */
        if (s->memory.stopped)
            return session_fail(s, "stopped");
        return session_fail(s, "not enough memory: the project needs more than %zu MiB", s->memory.limit >> 20);
    }
    return fn(s, argument);
}

/* The caller's text as one of the session's own. The arena can not be used yet: nobody could take its jump. */
static bool keep_text(struct ismsc *s, const char **text)
{
    if (!*text)
        return true;
    size_t len = strlen(*text) + 1;
    char  *copy = malloc(len);
    if (copy)
        memcpy(copy, *text, len);
    s->kept[s->nkept++] = copy;
    *text = copy;
    return copy != NULL;
}

struct ismsc *ismsc_open(const struct ismsc_options *options)
{
    struct ismsc *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->options = *options;
    arena_init_large(&s->arena, &s->memory);
    arena_init(&s->scratch, &s->memory);
    if (!keep_text(s, &s->options.root) || !keep_text(s, &s->options.data) || !keep_text(s, &s->options.as_of)
        || !keep_text(s, &s->options.revision) || !keep_text(s, &s->options.brand) || !keep_text(s, &s->options.severity) || !keep_text(s, &s->options.language)) {
        ismsc_close(s);
        return NULL;
    }
    s->memory.limit = options->memory ? options->memory : LIMIT_MEMORY;
    s->memory.fail_at = options->fail_at;
    s->memory.stop = options->stop;
    findings_init(&s->findings, &s->arena);
    s->sources.arena = &s->arena;
    return s;
}

void ismsc_close(struct ismsc *s)
{
    if (!s)
        return;
    arena_close(&s->scratch);
    arena_close(&s->arena);
    for (size_t i = 0; i < s->nkept; i++)
        free(s->kept[i]);
    free(s);
}

const char *ismsc_error(const struct ismsc *s) { return s->error_text; }

/* ---- built-in data ---- */

bool session_resource(struct ismsc *s, str path, str *bytes)
{
    str message;
    if (s->data && s->data->read(s->data->state, &s->arena, path, LIMIT_MARKDOWN_BYTES, bytes, &message) == LOAD_OK)
        return true;
    const struct resource *resource = resource_find(path);
    if (!resource)
        return false;
    *bytes = (str){ resource->bytes, resource->len };
    return true;
}

/* The tree of a built-in YAML or JSON file. One under --data is parsed as any source, and stays as long as the sources do; else there
   is a packed one, but not of rules. */
static const struct node *data_tree(void *state, struct arena *arena, const char *path, const struct node_entries *entries)
{
    struct ismsc *s = state;
    str  bytes, message;
    bool readable, own = s->data && s->data->read(s->data->state, &s->arena, str_of(path), LIMIT_YAML_BYTES, &bytes, &message) == LOAD_OK;
    const struct resource *resource = own ? NULL : resource_find(str_of(path));
    if (!own && !resource)
        return NULL;
    str packed = resource && resource->packed ? (str){ (const char *)resource->packed, resource->packed_len } : (str){ 0 };
    if (packed.len)
        return entries ? packed_read_entries(arena, packed, 0, entries) : packed_read(arena, packed, 0);
    if (resource)
        bytes = (str){ resource->bytes, resource->len };
    struct source *source = source_add(&s->sources, str_of(path), bytes, true);
    return yaml_parse(&s->arena, &s->findings, source, 0, (uint32_t)bytes.len, &readable);
}

/* The built-in rules and schema are ready to be read; those under --data are made of their YAML and JSON, whose texts they keep. */
static void read_builtin_rules(struct ismsc *s)
{
    if (!s->data)
        s->rules = rules_unpack(&s->arena, embedded_rules);
    for (size_t i = 0; s->data && i < embedded_count; i++)
        if (str_starts(str_of(embedded[i].path), STR("schema/rules/")))
            rulefile_read(&s->arena, &s->findings, data_tree(s, &s->arena, embedded[i].path, NULL), false, true, &s->rules);
}

static void read_schema(struct ismsc *s)
{
    const struct node *tree = s->data ? data_tree(s, &s->arena, "schema/isms.schema.json", NULL) : NULL;
    s->schema = tree ? schema_build(&s->arena, tree) : schema_unpack(&s->arena, embedded_schema);
}

void session_prepare(struct ismsc *s)
{
    if (s->base_ready)
        return;
    if (s->options.data)
        s->data = recording_provider(&s->arena, worktree_provider(&s->arena, s->options.data), s->options.data, &s->recorded);
    s->catalogue = (struct catalogue){ s, data_tree };
    read_schema(s);
    read_builtin_rules(s);
    s->base_ready = true;
}

/* ---- the project ---- */

static bool set_today(struct ismsc *s)
{
    if (!s->options.as_of) {
        s->today = clock_today();
        return true;
    }
    if (date_parse(str_of(s->options.as_of), &s->today))
        return true;
    int32_t meant = 0;
    char    plain[11];
    date_format(date_guess(str_of(s->options.as_of), &meant) ? meant : date_make(2026, 3, 31), plain);
    session_fail(s, "%s is no date; write it as %s", s->options.as_of, plain);
    return false;
}

/* The project's files: as they are, as they are staged, or as they were. */
static const struct provider *files_of(struct ismsc *s)
{
    const char *root = s->options.root, *revision = s->options.revision;
    if (!root || !revision)
        return root ? worktree_provider(&s->arena, root) : NULL;
    return git_provider(&s->arena, root, strcmp(revision, ":") == 0 ? NULL : revision);
}

static void set_provider(struct ismsc *s)
{
    const struct provider *below = files_of(s);
    if (s->options.noverlays == 0 && below) {
        s->provider = recording_provider(&s->arena, below, s->options.root, &s->recorded);
        return;
    }
    struct provider *overlay = overlay_provider(&s->arena, below);
    for (size_t i = 0; i < s->options.noverlays; i++)
        overlay_put(&s->arena, overlay, str_of(s->options.overlays[i].path),
                    (str){ s->options.overlays[i].bytes.at, s->options.overlays[i].bytes.len });
    s->provider = overlay;
}

static void read_project_rules(struct ismsc *s)
{
    for (size_t i = 0; i < s->sources.list.len; i++) {
        struct source *source = s->sources.list.at[i];
        bool readable;
        if (source->builtin || !str_starts(source->path, STR("rules/")) || !str_ends(source->path, STR(".yaml")))
            continue;
        text_check(&s->arena, &s->findings, source, true);
        struct node *tree = yaml_parse(&s->scratch, &s->findings, source, 0, (uint32_t)source->bytes.len, &readable);
        rulefile_read(&s->arena, &s->findings, tree, true, false, &s->rules);
        arena_close(&s->scratch);
    }
}

/* Where nothing was found: which folder was looked at, which ones below it would do, and how to begin. */
static bool tell_none(struct ismsc *s)
{
    enum { SHOWN = 3 };
    const char *root = s->options.root, *revision = s->options.revision;
    const struct path_list *below = &s->project.below;
    struct buf *text = buf_new(&s->arena);
    char real[PATH_MAX];
    s->none = true;
    if (root && revision && strcmp(revision, ":") == 0)
        buf_print(text, "no ISMS here: there is no isms.yaml in what is staged; git add puts it there");
    else if (root && revision)
        buf_print(text, "no ISMS here: there was no isms.yaml in %s", revision);
    else
        buf_print(text, "no ISMS here: there is no isms.yaml in %s%s", root && realpath(root, real) ? real : root ? root : "memory", root ? " or above it" : "");
    for (size_t i = 0; i < below->len && i < SHOWN && root; i++) {
        str folder = strcmp(root, ".") == 0 ? below->at[i] : str_print(&s->arena, "%s/%.*s", root, STR_ARG(below->at[i]));
        buf_print(text, "\n  there is one in %.*s: ismsc -C %.*s ...", STR_ARG(folder), STR_ARG(folder));
    }
    if (below->len > SHOWN)
        buf_print(text, "\n  and %zu more below", below->len - SHOWN);
    if (s->project.misnamed)
        buf_print(text, "\n  isms.yml is not read: files of an ISMS end in .yaml, so rename it");
    else if (root && !revision)
        buf_print(text, "\n  ismsc init begins a new one%s%s", strcmp(root, ".") == 0 ? "" : " there: ismsc init ", strcmp(root, ".") == 0 ? "" : root);
    session_fail(s, "%.*s", STR_ARG(buf_str(text)));
    return false;
}

bool session_read(struct ismsc *s)
{
    if (s->read)
        return true;
    session_prepare(s);
    if (!set_today(s))
        return false;
    set_provider(s);
    s->project = project_resolve(&s->arena, &s->findings, &s->sources, s->provider, &s->catalogue, s->schema, s->today);
    if (s->project.failure.len) {
        session_fail(s, "%.*s", STR_ARG(s->project.failure));
        return false;
    }
    if (!s->project.found)
        return tell_none(s);
    read_project_rules(s);
    rulefile_link(&s->arena, &s->findings, &s->rules);
    s->read = true;
    return true;
}

/* What is less severe is not looked for, in the sources either: they are read by then, and the findings sorted out at the end. */
static bool set_severity(struct ismsc *s)
{
    const char *severity = s->options.severity;
    if (!severity || severity_parse(str_of(severity), &s->findings.least))
        return true;
    session_fail(s, "%s is no severity; there are major, minor, observation and error", severity);
    return false;
}

static struct rules_summary run_rules(struct ismsc *s, struct findings *findings, const struct model *model)
{
    if (rules_name(&s->scratch, findings, model, &s->rules, STR("passages")))
        project_find_passages(&s->project);
    return rules_run(&s->arena, &s->scratch, findings, model, &s->rules);
}

bool session_check(struct ismsc *s)
{
    if (s->checked)
        return true;
    if (!set_severity(s) || !session_read(s))
        return false;
    documents_check(s);
    brands_check(s);
    s->summary = run_rules(s, &s->findings, s->project.model);
    findings_finish(&s->findings);
    baseline_apply(&s->arena, &s->findings, s->project.model, &s->rules);
    findings_grade(&s->findings, &s->scratch, &s->summary.asked);
    arena_close(&s->scratch);
    s->checked = true;
    return true;
}

static str place_of(void *state, struct arena *arena, struct span at)
{
    struct ismsc  *s = state;
    struct source *source = source_of(&s->sources, at);
    return source ? str_print(arena, "%.*s:%u", STR_ARG(source->path), source_place(&s->sources, source, at.begin).line) : (str){ 0 };
}

/* What a stage 2 audit would find, while the ISMS is not so far that the check says it. */
static void look_ahead(struct ismsc *s)
{
    struct model    ahead = *s->project.model;
    struct findings gaps;
    findings_init(&gaps, &s->arena);
    gaps.skipped_files = s->findings.skipped_files;
    ahead.stage = STR("stage-2");
    run_rules(s, &gaps, &ahead);
    findings_finish(&gaps);
    outlook_findings(&s->arena, s->project.model, &gaps, &s->rules, true, place_of, s);
}

bool session_outlook(struct ismsc *s)
{
    if (s->looked)
        return true;
    if (!session_check(s))
        return false;
    outlook_findings(&s->arena, s->project.model, &s->findings, &s->rules, false, place_of, s);
    if (stage_number(s->project.model->stage) < stage_number(STR("stage-2")))
        look_ahead(s);
    else
        outlook_no_further(s->project.model);
    outlook_rules(s->project.model, &s->rules);
    outlook_deadlines(&s->arena, &s->scratch, s->project.model);
    s->looked = true;
    return true;
}

void session_find_passages(struct ismsc *s, str text)
{
    if (str_search(text, STR("passages"), 0) != SIZE_MAX)
        project_find_passages(&s->project);
}

struct report_facts session_facts(const struct ismsc *s)
{
    return (struct report_facts){ s->today, s->project.model->stage, rules_threshold(s->project.model),
                                  s->summary.count[RULE_RUN], s->summary.count[RULE_WAITING], s->summary.count[RULE_DISABLED],
                                  s->summary.count[RULE_HELD], s->summary.count[RULE_FOREIGN], s->summary.count[RULE_LESS],
                                  s->project.model->edition };
}

/* ---- answers ---- */

/* A buffer whose bytes live as long as the session. */
static struct buf *answer(struct ismsc *s) { return buf_new(&s->arena); }

static void give(struct ismsc_text *out, const struct buf *buf) { *out = (struct ismsc_text){ buf->at, buf->len }; }

static enum ismsc_status verdict(const struct ismsc *s)
{
    struct report_facts facts = session_facts(s);
    return report_failed(&s->findings, &facts) ? ISMSC_FINDINGS : ISMSC_OK;
}

static enum ismsc_status do_check(struct ismsc *s, void *unused)
{
    (void)unused;
    return session_check(s) ? verdict(s) : ISMSC_FAILED;
}

enum ismsc_status ismsc_check(struct ismsc *s) { return session_run(s, do_check, NULL); }

struct query_call {
    const char        *expression;
    enum ismsc_format  format;
    struct ismsc_text *out;
};

/* One value a line for a list, so that the result goes on into other programs. */
static void print_value(struct ismsc *s, struct buf *out, struct value value)
{
    if (value.tag != V_LIST) {
        buf_put(out, value_print(&s->arena, value));
        buf_char(out, '\n');
        return;
    }
    for (size_t i = 0; i < value.list->len; i++) {
        buf_put(out, value_print(&s->arena, value.list->at[i]));
        buf_char(out, '\n');
    }
}

static enum ismsc_status query_problem(struct ismsc *s, str text, const struct query_problem *problem)
{
    size_t before = utf8_count(str_cut(text, 0, problem->begin)), width = utf8_count(str_cut(text, problem->begin, problem->end));
    str marks = str_print(&s->arena, "%*s", (int)before, "");
    for (size_t i = 0; i < (width ? width : 1) && i < 200; i++)
        marks = str_join2(&s->arena, marks, STR("^"));
    return session_fail(s, "%.*s\n  %.*s\n  %.*s%s%.*s", STR_ARG(problem->message), STR_ARG(text), STR_ARG(marks),
                        problem->help.len ? "\n  " : "", STR_ARG(problem->help));
}

static enum ismsc_status do_query(struct ismsc *s, void *argument)
{
    struct query_call   *call = argument;
    struct query_problem problem;
    struct query_scope   scope = { .len = 0 };
    str text = str_of(call->expression);
    /* What the check knows is there for those who ask for it. */
    bool checked = str_search(text, STR("findings"), 0) != SIZE_MAX || str_search(text, STR("deadlines"), 0) != SIZE_MAX || str_search(text, STR("gaps"), 0) != SIZE_MAX;
    if (checked ? !session_outlook(s) : !session_read(s))
        return ISMSC_FAILED;
    session_find_passages(s, text);
    if (str_search(text, STR("document_set"), 0) != SIZE_MAX) {
        struct set set = set_of(s);
        set_tell(s, &set);
    }
    struct expr *expr = expr_compile(&s->arena, s->schema, &scope, text, &problem);
    if (!expr)
        return query_problem(s, text, &problem);
    struct query_run run = { .arena = &s->arena, .model = s->project.model, .limit = LIMIT_EXPR_COST };
    struct value value = expr_eval(expr, &run);
    if (value.tag == V_BROKEN)
        return session_fail(s, "the expression has no value: %.*s", STR_ARG(value.text));
    struct buf *out = answer(s);
    if (call->format == ISMSC_JSON) {
        value_json(out, value);
        buf_char(out, '\n');
    } else {
        print_value(s, out, value);
    }
    give(call->out, out);
    return ISMSC_OK;
}

enum ismsc_status ismsc_query(struct ismsc *s, const char *expression, enum ismsc_format format, struct ismsc_text *out)
{
    struct query_call call = { expression, format, out };
    return session_run(s, do_query, &call);
}

struct resource_call {
    const char        *path;
    struct ismsc_text *out;
};

static enum ismsc_status do_resource(struct ismsc *s, void *argument)
{
    struct resource_call *call = argument;
    str bytes;
    session_prepare(s);
    if (!session_resource(s, str_of(call->path), &bytes))
        return session_fail(s, "there is no built-in %s", call->path);
    *call->out = (struct ismsc_text){ bytes.at, bytes.len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_resource(struct ismsc *s, const char *path, struct ismsc_text *out)
{
    struct resource_call call = { path, out };
    return session_run(s, do_resource, &call);
}
