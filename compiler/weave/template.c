/* SPDX-License-Identifier: MIT */
#include "weave/template.h"

#include "base/limits.h"
#include "model/fields.h"
#include "parse/front.h"
#include "parse/packed.h"
#include "parse/text.h"
#include "parse/yaml.h"
#include "query/suggest.h"
#include "weave/messages.h"

enum { LET_STEPS = LIMIT_EXPR_COST };

/* --- what documents share --- */

struct weave_shared *weave_shared_new(struct arena *arena)
{
    struct weave_shared *shared = NEW(arena, struct weave_shared);
    shared->arena = arena_new(arena);
    return shared;
}

void template_share(struct weave *weave, str name)
{
    struct weave_shared *shared = weave->shared;
    if (!shared || str_eq(shared->name, name))
        return;
    struct arena *arena = shared->arena;
    arena_close(arena);
    *shared = (struct weave_shared){ .arena = arena, .once = { .arena = arena, .varies = &weave->model->schema->root->fields[F_isms_appearances] } };
    shared->name = str_copy(arena, name);
}

/* --- files --- */

/* The head as a tree, which built-in templates come with. */
static struct node *read_head(struct weaving *w, struct source *source, struct front front)
{
    bool readable = true;
    if (source->packed.len)
        return packed_read(w->shared->arena, source->packed, source->number);
    return yaml_parse(w->shared->arena, w->findings, source, front.head_begin, front.head_end, &readable);
}

/* "templates/partials/risk-sheet.md" -> "risk-sheet" */
static str stem_of(str path)
{
    size_t from = path.len;
    while (from > 0 && path.at[from - 1] != '/')
        from--;
    return str_cut(path, from, str_ends(path, STR(".md")) && path.len - from > 3 ? path.len - 3 : path.len);
}

/* What a project's own text lacks in its language is a finding; of every text the build hears. */
static void report_untranslated(struct weaving *w, const struct template *template, const struct message_list *missing)
{
    const struct messages *messages = w->words->messages;
    if (missing->len == 0)
        return;
    for (size_t i = 0; w->weave->untranslated && i < missing->len; i++)
        w->weave->untranslated(w->weave->state, missing->at[i].text);
    if (template->source->builtin)
        return;
    struct span first = { template->source->number, (uint32_t)missing->at[0].begin, (uint32_t)missing->at[0].end };
    struct finding *f = finding_add(w->findings, LANG_UNTRANSLATED, first, "%zu %s of this template %s not translated into `%.*s`, this one first", missing->len,
                                    missing->len == 1 ? "text" : "texts", missing->len == 1 ? "is" : "are", STR_ARG(messages->tag));
    finding_help(w->findings, f, "write the translation into templates/%.*s/%.*s.yaml, or the template in that language with `language: %.*s` in its head; `ismsc template messages %.*s` lists the texts",
                 STR_ARG(messages->tag), STR_ARG(template->stem), STR_ARG(messages->tag), STR_ARG(template->stem));
}

/* Title and texts of `let` are looked up where they are printed, so what they lack is found here. */
static struct message_list missing_in_head(struct weaving *w, const struct template *template)
{
    struct message_list head = messages_of_head(w->arena, template->head), missing = { 0 };
    for (size_t i = 0; i < head.len; i++)
        if (messages_find(w->words->messages, template->stem, head.at[i].text).len == 0)
            LIST_PUSH(w->arena, &missing, head.at[i]);
    return missing;
}

void template_speak(struct weaving *w, const struct template *template)
{
    if (template->language.len && !str_eq(template->language, w->doc->language))
        weaving_speak(w, template->language);
}

/* The body in the language of the document, unless its author says that it is written in one. */
static struct md_text body_of(struct weaving *w, const struct template *template, struct front front, bool own_language)
{
    size_t end = template->source->bytes.len;
    const struct messages *messages = w->words->messages;
    if (own_language || w->heads_only || !messages)
        return md_text_of(w->shared->arena, template->source, front.body_begin, (uint32_t)end);
    bool english = str_eq(str_cut(messages->tag, 0, 2), STR("en")); /* words of the house instead of some of ours */
    struct message_list missing = english ? (struct message_list){ 0 } : missing_in_head(w, template);
    struct md_text text = messages_translate(w->shared->arena, messages, template->stem, template->source, front.body_begin, end, &missing);
    if (!english)
        report_untranslated(w, template, &missing);
    return text;
}

/* Body and head of a text; [policy]: its head is control data, which the model has. A file of another program has neither, after a finding. */
static struct template *read_text(struct weaving *w, struct source *source, bool policy)
{
    struct arena *arena = w->shared->arena;
    struct template *template = NEW(arena, struct template);

    template->path = source->path;
    template->stem = stem_of(source->path);
    template->source = source;
    bool text = text_check(w->weave->sources->arena, w->findings, source, false);
    struct front front = text ? front_split(w->findings, source) : (struct front){ 0 };
    if (front.there && !policy)
        template->head = read_head(w, source, front);
    template->language = template->head ? node_text(template->head, STR("language")) : (str){ 0 };
    template_speak(w, template);
    struct md_text body = { 0 };
    if (text && (!w->heads_only || !source->packed.len))
        body = body_of(w, template, front, policy || template->language.len);
    template->body = body.bytes.len ? mustache_parse(arena, w->findings, &body) : NEW(arena, struct mustache);
    mustache_cut(template->body, w->weave->audience);
    return template;
}

struct template *template_of_policy(struct weaving *w, struct source *source) { return read_text(w, source, true); }

struct template *template_load(struct weaving *w, str path)
{
    struct template *template = map_get(&w->shared->bodies, path);
    struct source *source;
    str bytes;

    if (template)
        template_speak(w, template);
    else if (w->weave->resource && w->weave->resource(w->weave->state, path, &bytes, &source)) {
        template = read_text(w, source, false);
        map_add(&w->shared->bodies, w->shared->arena, str_copy(w->shared->arena, path), template);
    }
    return template;
}

static struct template *load_named(struct weaving *w, const char *folder, str name)
{
    return template_load(w, str_print(w->passing, "%s%.*s.md", folder, STR_ARG(name)));
}

/* Where a template that takes the place of [name] looks for the one it replaces: below the folder it stands in itself. */
static size_t level_below(struct weaving *w, str name, const struct template *from)
{
    str path = from ? from->source->path : (str){ 0 }, own = str_print(w->passing, "templates/%.*s.md", STR_ARG(name));
    if (!str_ends(path, own))
        return 0;
    return from->source->builtin ? 3 : path.len > own.len ? 2 : 1;
}

/* A template called [name]; when [from] is one itself, the one it took the place of: the brand's, or the built-in one. */
static struct template *load_parent(struct weaving *w, str name, const struct template *from)
{
    static const char *const folders[] = { "templates/", "<brand>/templates/", "<built-in>/templates/" };
    struct template *found = NULL;
    for (size_t level = level_below(w, name, from); !found && level < sizeof folders / sizeof folders[0]; level++)
        found = load_named(w, folders[level], name);
    return found;
}

struct template *template_partial(struct weaving *w, const struct mustache *tag)
{
    const struct source *source = source_of(w->weave->sources, tag->span);
    struct template from = { .source = (struct source *)(uintptr_t)source };
    struct template *found = NULL;

    if (tag->type == MUSTACHE_PARENT)
        found = load_parent(w, tag->text, &from);
    if (!found)
        found = load_named(w, "templates/partials/", tag->text);
    if (!found) {
        struct finding *f = finding_add(w->findings, LANG_TEMPLATE_PARTIAL, tag->span, "there is no template `%.*s`", STR_ARG(tag->text));
        finding_help(w->findings, f, "it would be templates/partials/%.*s.md", STR_ARG(tag->text));
    }
    return found;
}

/* The {{<name}} tag that a body consists of, or NULL. */
static const struct mustache *whole_parent(const struct template *template)
{
    const struct mustache *found = NULL;
    for (const struct mustache *node = template->body->first; node; node = node->next) {
        if (node->type == MUSTACHE_TEXT && str_trim(node->text).len == 0)
            continue;
        if (node->type != MUSTACHE_PARENT || found)
            return NULL;
        found = node;
    }
    return found;
}

void template_inherit(struct weaving *w, struct template *template)
{
    for (unsigned n = 0; n < LIMIT_TEMPLATE_DEPTH; n++) {
        const struct node *entry = template->head ? node_get(template->head, STR("parent")) : NULL;
        const struct mustache *tag = entry ? NULL : whole_parent(template);
        if (!entry && !tag)
            return;
        template->parent = load_parent(w, entry && entry->type == NODE_SCALAR ? entry->text : tag ? tag->text : (str){ 0 }, template);
        if (!template->parent && entry)
            finding_add(w->findings, LANG_TEMPLATE_PARTIAL, entry->span, "there is no template `%.*s`", STR_ARG(entry->text));
        if (!template->parent)
            return;
        if (entry) { /* the body becomes what {{<parent}} ... {{/parent}} would hold */
            struct mustache *parent = NEW(w->shared->arena, struct mustache), *body = NEW(w->shared->arena, struct mustache);
            *parent = *template->body;
            *body = *template->body;
            parent->type = MUSTACHE_PARENT;
            parent->text = entry->text;
            parent->span = entry->span; /* the body may be empty, and then stands nowhere */
            body->first = body->last = parent;
            template->body = body;
        }
        template = template->parent;
    }
}

/* --- the head --- */

static const char *const keys[] = { "document", "id", "title", "subtitle", "clause", "page", "numbered", "toc", "let", "parent",
                                    "language", "cover", "control", "keywords", "description", "covers", "from", "when", "each", "formats", "search", "audience", NULL };

const struct node *template_entry(const struct template *template, const char *key)
{
    for (unsigned n = 0; template && n < LIMIT_TEMPLATE_DEPTH; template = template->parent, n++) {
        const struct node *entry = template->head && template->head->type == NODE_MAPPING ? node_get(template->head, str_of(key)) : NULL;
        if (entry)
            return entry;
    }
    return NULL;
}

str template_text(const struct template *template, const char *key)
{
    const struct node *entry = template_entry(template, key);
    return entry && entry->type == NODE_SCALAR ? entry->text : (str){ 0 };
}

str template_say(const struct weaving *w, const struct template *template, const char *key)
{
    return messages_say(w->words->messages, template->stem, template_text(template, key));
}

bool template_flag(struct weaving *w, const struct template *template, const char *key, bool otherwise)
{
    static const char *const yes[] = { "yes", "true", NULL }, *const no[] = { "no", "false", NULL };
    const struct node *entry = template_entry(template, key);
    if (!entry)
        return otherwise;
    str text = entry->type == NODE_SCALAR ? entry->text : (str){ 0 };
    if (!str_is_one_of(text, yes) && !str_is_one_of(text, no))
        finding_add(w->findings, LANG_TEMPLATE_HEAD, entry->span, "`%s` takes yes or no", key);
    return str_is_one_of(text, yes) || (otherwise && !str_is_one_of(text, no));
}

enum audience template_audience(const struct template *template)
{
    enum audience audience = AUDIENCE_INTERNAL;
    if (!template_entry(template, "audience"))
        return AUDIENCE_UNMARKED;
    audience_parse(template_text(template, "audience"), &audience);
    return audience;
}

static bool is_audience(const struct model *model, str name)
{
    enum audience audience;
    (void)model;
    return audience_parse(name, &audience);
}

static bool is_section(const struct model *model, str name) { return kind_field(model->schema->root, name) != NULL; }

static bool is_document_type(const struct model *model, str name)
{
    struct value types = model->root->fields[F_isms_document_types];
    for (size_t i = 0; types.tag == V_LIST && i < types.list->len; i++)
        if (str_eq(types.list->at[i].record->id, name))
            return true;
    return false;
}

/* The words of an entry that takes one or several names. */
static void check_names(struct weaving *w, const struct node *entry, bool (*is_known)(const struct model *, str), const char *what, const char *help)
{
    const struct node *item = entry && entry->type == NODE_SEQUENCE ? entry->first : entry;
    for (; item; item = item == entry ? NULL : item->next) {
        if (item->type == NODE_SCALAR && is_known(w->model, item->text))
            continue;
        struct finding *f = finding_add(w->findings, LANG_TEMPLATE_HEAD, item->span, "`%.*s` is %s", STR_ARG(item->text), what);
        finding_help(w->findings, f, "%s", help);
    }
}

static bool is_format(const struct model *model, str name)
{
    static const char *const formats[] = { "docx", "html", "md", "json", "xlsx", NULL };
    (void)model;
    return str_is_one_of(name, formats);
}

void template_check_head(struct weaving *w, const struct template *template)
{
    if (!template->head || template->head->type != NODE_MAPPING)
        return;
    for (const struct node *entry = template->head->first; entry; entry = entry->next) {
        if (str_is_one_of(entry->key, keys) || str_starts(entry->key, STR("x-")))
            continue;
        struct suggestion near = suggest_for(entry->key);
        for (const char *const *key = keys; *key; key++)
            suggest_try(&near, str_of(*key));
        struct finding *f = finding_add(w->findings, LANG_TEMPLATE_HEAD, entry->key_span, "`%.*s` is no entry of a template's head", STR_ARG(entry->key));
        f->help = suggest_help(w->findings->arena, &near, STR("the entries are listed in docs/templates.md"));
    }
    check_names(w, node_get(template->head, STR("from")), is_section, "no section of the ISMS", "sections are the top-level keys of the sources, such as risks or suppliers");
    check_names(w, node_get(template->head, STR("covers")), is_document_type, "no type of document", "the types are listed in docs/reference/documents.md");
    check_names(w, node_get(template->head, STR("formats")), is_format, "no format of a document", "the formats are docx, html, md, json and xlsx");
    check_names(w, node_get(template->head, STR("audience")), is_audience, "no audience", "the audiences are internal, auditor and customer");
}

struct template *template_open(struct weaving *w, str name)
{
    struct template *template = template_load(w, str_print(w->arena, "templates/%.*s.md", STR_ARG(name)));
    if (!template) {
        finding_add(w->findings, LANG_TEMPLATE_PARTIAL, SPAN_NONE, "there is no template `%.*s`", STR_ARG(name));
        return NULL;
    }
    bool first = !w->shared->known;
    if (first)
        template_inherit(w, template);
    for (const struct template *at = template; at; at = at->parent)
        first ? template_check_head(w, at) : template_speak(w, at);
    return template;
}

/* --- let --- */

void template_name(struct weaving *w, struct query_name name, struct value value)
{
    LIST_PUSH(w->arena, &w->names, name);
    LIST_PUSH(w->arena, &w->slots, value);
}

struct value weaving_name(const struct weaving *w, str name)
{
    for (size_t i = w->names.len; i-- > 0;)
        if (str_eq(w->names.at[i].name, name))
            return w->slots.at[i];
    return value_null();
}

/* Bytes [begin, end) of an expression where its text is a slice of the source, else all of the place it stands in. */
static struct span part_of(struct weaving *w, struct span at, str text, const struct query_problem *problem)
{
    const struct source *source = source_of(w->weave->sources, at);
    if (!source || !text.at || text.at < source->bytes.at || text.at + text.len > source->bytes.at + source->bytes.len)
        return at;
    uint32_t begin = (uint32_t)(text.at - source->bytes.at);
    return (struct span){ at.file, begin + (uint32_t)problem->begin, begin + (uint32_t)problem->end };
}

static struct expr *compile(struct weaving *w, struct arena *arena, struct query_once *once, str text, struct span at)
{
    struct query_scope scope = { .names = w->names.at, .len = w->names.len, .once = once };
    struct query_problem problem = { 0 };
    struct expr *expr = expr_compile(arena, w->model->schema, &scope, text, &problem);
    if (!expr) {
        struct finding *f = finding_add(w->findings, LANG_EXPRESSION, part_of(w, at, text, &problem), "%.*s", STR_ARG(problem.message));
        f->help = str_copy(w->findings->arena, problem.help);
    }
    return expr;
}

static struct value evaluate(struct weaving *w, struct arena *arena, const struct expr *expr)
{
    struct query_run run = { .arena = arena, .once = &w->shared->once, .model = w->model, .slots = w->slots.at, .limit = LET_STEPS };
    return expr_eval(expr, &run);
}

bool weaving_eval(struct weaving *w, str expression, struct span at, struct value *out)
{
    struct expr *expr = compile(w, w->arena, NULL, expression, at);
    if (expr)
        *out = evaluate(w, w->arena, expr);
    return expr != NULL;
}

const struct list *template_each(struct weaving *w, const struct template *template, const struct type **type)
{
    static const struct list none;
    const struct node *entry = template_entry(template, "each");
    if (!entry)
        return NULL;
    struct expr *expr = entry->type == NODE_SCALAR ? compile(w, w->shared->arena, NULL, entry->text, entry->span) : NULL;
    const struct type *element = expr ? type_element(w->shared->arena, expr_type(expr)) : NULL;
    if (!element || (element->tag != TYPE_REF && element->tag != TYPE_RECORD)) {
        if (expr || entry->type != NODE_SCALAR)
            finding_add(w->findings, LANG_TEMPLATE_HEAD, entry->span, "`each` takes an expression that gives records, such as audits.filter(a, a.performed)");
        return NULL;
    }
    struct value value = evaluate(w, w->arena, expr);
    *type = element;
    return value.tag == V_LIST ? value.list : &none;
}

/* The entries of `let:`, the parents' first. */
static void find_lets(struct weaving *w, const struct template *template)
{
    if (template->parent)
        find_lets(w, template->parent);
    const struct node *let = template->head && template->head->type == NODE_MAPPING ? node_get(template->head, STR("let")) : NULL;
    if (let && let->type != NODE_MAPPING)
        finding_add(w->findings, LANG_TEMPLATE_HEAD, let->span, "`let` takes names with expressions");
    for (const struct node *entry = let && let->type == NODE_MAPPING ? let->first : NULL; entry; entry = entry->next)
        LIST_PUSH(w->shared->arena, &w->shared->lets, (struct let){ .entry = entry });
}

static void compile_let(struct weaving *w, struct let *let)
{
    static const struct type any = { .tag = TYPE_ANY };
    struct query_once *once = w->shared->once.arena ? &w->shared->once : NULL;
    const struct node *entry = let->entry;
    if (entry->type == NODE_SCALAR)
        let->expr = compile(w, w->shared->arena, once, entry->text, entry->span);
    else
        finding_add(w->findings, LANG_TEMPLATE_HEAD, entry->span, "`%.*s` takes an expression", STR_ARG(entry->key));
    let->name = (struct query_name){ entry->key, let->expr ? expr_type(let->expr) : &any, once && let->expr && expr_hangs_on_nothing(let->expr) };
}

void template_let(struct weaving *w, const struct template *template)
{
    struct weave_shared *shared = w->shared;
    if (!shared->known)
        find_lets(w, template);
    for (size_t i = 0; i < shared->lets.len; i++) {
        struct let *let = &shared->lets.at[i];
        if (!shared->known)
            compile_let(w, let);
        template_name(w, let->name, let->expr ? evaluate(w, w->lasting, let->expr) : value_broken(STR("its expression is wrong")));
    }
}
