/* SPDX-License-Identifier: MIT */
/* What names, fields, indexes and calls mean, and what to say about those that mean nothing. */
#include "query/check.h"

#include "query/functions.h"
#include "query/regex.h"
#include "query/suggest.h"
#include "query/tree.h"
#include "query/types.h"

/* CEL's names of types, for type(x) == string. */
static const char *const type_names[] = {
    "null_type", "bool", "int", "double", "string", "timestamp", "duration", "list", "map", "type", NULL
};
/* Names of the program's own; kept apart from the schema because they are no sections. */
static const struct { const char *name; enum op op; enum type_tag type; } built_in[] = {
    { "today", OP_TODAY, TYPE_DATE }, { "edition", OP_EDITION, TYPE_TEXT }, { "stage", OP_STAGE, TYPE_TEXT },
};
enum { BUILT_IN = sizeof built_in / sizeof *built_in };

static const char *const macro_names[] = { "all", "exists", "exists_one", "filter", "map", "sort_by", "has", NULL };

/* What things are called elsewhere. */
struct synonym { const char *other, *ours; };
static const struct synonym name_synonyms[] = {
    { "now", "today" }, { "None", "null" }, { "nil", "null" }, { "undefined", "null" }, { "yes", "true" }, { "no", "false" }, { NULL, NULL },
};
static const struct synonym function_synonyms[] = {
    { "len", "size" }, { "length", "size" }, { "count", "size" }, { "any", "exists" }, { "some", "exists" }, { "every", "all" },
    { "select", "filter" }, { "where", "filter" }, { "date", "timestamp" }, { "period", "duration" }, { "lower", "lowerAscii" },
    { "upper", "upperAscii" }, { "toLowerCase", "lowerAscii" }, { "toUpperCase", "upperAscii" }, { "includes", "contains" },
    { "strip", "trim" }, { "sort", "sort_by" }, { "distinct", "unique" }, { "year", "getFullYear" }, { "month", "getMonth" },
    { "str", "string" }, { "float", "double" }, { "people", "persons" }, { NULL, NULL },
};

static struct suggestion suggest_with(str name, const struct synonym *synonyms)
{
    struct suggestion s = suggest_for(name);
    for (; synonyms->other; synonyms++)
        if (str_eq(name, str_of(synonyms->other))) {
            s.best = str_of(synonyms->ours);
            s.distance = 0;
        }
    return s;
}

static void unknown_name(struct checker *c, const struct node *node)
{
    static const char *const literals[] = { "true", "false", "null" };
    struct suggestion s = suggest_with(node->name, name_synonyms);
    for (const struct local *local = c->locals; local && !node->absolute; local = local->outer)
        suggest_try(&s, local->name);
    for (size_t i = 0; i < c->scope->len && !node->absolute; i++)
        suggest_try(&s, c->scope->names[i].name);
    for (size_t i = 0; i < c->schema->root->nfields; i++)
        suggest_try(&s, c->schema->root->fields[i].name);
    for (size_t i = 0; i < BUILT_IN; i++) {
        suggest_try(&s, str_of(built_in[i].name));
        suggest_try(&s, str_of(literals[i]));
    }
    const char *otherwise = function_named(node->name) ? "functions need parentheses, as in size(x)" : "text needs quotes, as in \"open\"";
    wrong_name(c, node, str_print(c->arena, "unknown name `%.*s`", STR_ARG(node->name)), suggest_help(c->arena, &s, str_of(otherwise)));
}

static bool is_local(struct checker *c, struct node *node)
{
    for (const struct local *local = c->locals; local; local = local->outer)
        if (str_eq(local->name, node->name)) {
            node->op = OP_LOCAL;
            node->local = local->number;
            node->type = local->type;
            return true;
        }
    return false;
}

static bool is_in_scope(struct checker *c, struct node *node)
{
    for (size_t i = c->scope->len; i-- > 0;) /* the last of two equal names counts */
        if (str_eq(c->scope->names[i].name, node->name)) {
            node->op = OP_SLOT;
            node->slot = (uint32_t)i;
            node->type = c->scope->names[i].type;
            return true;
        }
    return false;
}

/* The stage is one of the words the schema allows where it is written. */
static const struct type *stage_type(const struct schema *schema)
{
    const struct field *section = kind_field(schema->root, STR("certification"));
    const struct field *stage = section && section->type->tag == TYPE_RECORD ? kind_field(section->type->kind, STR("stage")) : NULL;
    return stage ? stage->type : type_basic(TYPE_TEXT);
}

static bool is_built_in(struct checker *c, struct node *node)
{
    for (size_t i = 0; i < BUILT_IN; i++)
        if (str_eq(node->name, str_of(built_in[i].name))) {
            node->op = (uint8_t)built_in[i].op;
            node->type = built_in[i].op == OP_STAGE ? stage_type(c->schema) : type_basic(built_in[i].type);
            return true;
        }
    return false;
}

void check_name(struct checker *c, struct node *node)
{
    if (!node->absolute && (is_local(c, node) || is_in_scope(c, node)))
        return;
    if (is_built_in(c, node))
        return;
    const struct field *section = kind_field(c->schema->root, node->name);
    if (section && !section->type->is_id) {
        node->op = OP_SECTION;
        node->field = section;
        node->type = section->type;
    } else if (str_is_one_of(node->name, type_names)) {
        node->op = OP_CONST;
        node->type = type_basic(TYPE_ANY);
        node->value = (struct value){ .tag = V_TYPE, .text = node->name };
    } else {
        unknown_name(c, node);
    }
}

/* "risk", "role or person", "neither role nor person" are too clever for five kinds: "role, person, asset". */
static str kinds_name(struct arena *arena, const struct kind *const *kinds, size_t n)
{
    str all = kinds[0]->name;
    for (size_t i = 1; i < n; i++)
        all = str_print(arena, "%.*s%s%.*s", STR_ARG(all), i + 1 < n ? ", " : " or ", STR_ARG(kinds[i]->name));
    return all;
}

enum { LISTED_FIELDS = 12 };

static str fields_list(struct arena *arena, const struct kind *kind)
{
    str all = str_print(arena, "%.*s has", STR_ARG(kind->name));
    for (size_t i = 0; i < kind->nfields && i < LISTED_FIELDS; i++)
        all = str_print(arena, "%.*s%s %.*s", STR_ARG(all), i ? "," : "", STR_ARG(kind->fields[i].name));
    return kind->nfields > LISTED_FIELDS ? str_print(arena, "%.*s ...", STR_ARG(all)) : all;
}

static void unknown_field(struct checker *c, const struct node *node, const struct kind *const *kinds, size_t n)
{
    struct suggestion s = suggest_for(node->name);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < kinds[i]->nfields; j++)
            suggest_try(&s, kinds[i]->fields[j].name);
    str help = str_eq(node->name, STR("x")) ? STR("own keys are read as in [\"x-name\"]") : fields_list(c->arena, kinds[0]);
    str kind = kinds_name(c->arena, kinds, n);
    wrong_name(c, node, str_print(c->arena, "%.*s has no field `%.*s`", STR_ARG(kind), STR_ARG(node->name)), suggest_help(c->arena, &s, help));
}

static void select_field(struct checker *c, struct node *node, const struct kind *const *kinds, size_t n)
{
    const struct field **fields = NEWS(c->arena, const struct field *, n);
    const struct type *type = NULL;
    for (size_t i = 0; i < n; i++) {
        fields[i] = kind_field(kinds[i], node->name);
        if (fields[i])
            type = type ? type_join(c->arena, type, fields[i]->type) : fields[i]->type;
    }
    if (!type) {
        unknown_field(c, node, kinds, n);
        return;
    }
    node->type = type;
    node->op = n == 1 ? OP_FIELD : OP_FIELD_OF_MANY;
    node->kind = kinds[0];
    if (n == 1)
        node->field = fields[0];
    else
        node->fields = fields;
}

static void no_fields(struct checker *c, struct node *node)
{
    const struct node *of = node->kids[0];
    str source = as_written(c, of), type = type_phrase(c->arena, of->type), help = STR("");
    if (of->type->tag == TYPE_DATE)
        help = STR("ask a date for getFullYear(), getMonth() or getDate()");
    if (type_tags(of->type) & BIT(V_LIST))
        help = str_print(c->arena, "ask its elements: %.*s.exists(x, x.%.*s ...) or .map(x, x.%.*s)",
                         STR_ARG(source), STR_ARG(node->name), STR_ARG(node->name));
    wrong_name(c, node, str_print(c->arena, "`%.*s` is %.*s, which has no fields", STR_ARG(source), STR_ARG(type)), help);
}

static bool is_own_key(str name) { return str_starts(name, STR("x-")); }

void check_select(struct checker *c, struct node *node)
{
    const struct kind *const *kinds;
    const struct type *of = node->kids[0]->type;
    size_t n = type_kinds(of, &kinds);
    if (n > 0 && !is_own_key(node->name)) {
        select_field(c, node, kinds, n);
        return;
    }
    if (n == 0 && of->tag != TYPE_ANY && of->tag != TYPE_MAP) {
        no_fields(c, node);
        return;
    }
    node->op = OP_MEMBER;
    node->type = of->tag == TYPE_MAP && of->item ? of->item : type_basic(TYPE_ANY);
}

static bool is_text_constant(const struct node *node) { return node->op == OP_CONST && node->value.tag == V_TEXT; }

static void check_find(struct checker *c, struct node *node)
{
    node->op = OP_FIND;
    node->kind = node->kids[0]->type->kind;
    node->type = type_record_of(c->arena, node->kind);
}

/* x["name"] with the name in view is x.name. */
void check_index(struct checker *c, struct node *node)
{
    const struct node *of = node->kids[0], *at = node->kids[1];
    uint32_t tags = type_tags(of->type), key = type_tags(at->type);
    if (is_text_constant(at) && tags & (BIT(V_RECORD) | BIT(V_MAP))) {
        node->name = at->value.text;
        node->name_at = at->begin + 1;
        node->nkids = 1;
        check_select(c, node);
        return;
    }
    if (of->type->tag == TYPE_COLLECTION && key & BIT(V_TEXT) && !(key & BIT(V_INT))) {
        check_find(c, node);
        return;
    }
    bool fits = (tags & BIT(V_LIST) && key & BIT(V_INT)) || (tags & (BIT(V_MAP) | BIT(V_RECORD)) && key & BIT(V_TEXT));
    if (!fits) {
        str source = as_written(c, of), type = type_phrase(c->arena, of->type), by = as_written(c, at);
        wrong(c, node, str_print(c->arena, "`%.*s` is %.*s, which has no [%.*s]", STR_ARG(source), STR_ARG(type), STR_ARG(by)),
              tags & BIT(V_LIST) ? STR("elements are counted from 0, as in list[0]") : STR(""));
        return;
    }
    const struct type *element = type_element(c->arena, of->type);
    node->type = of->type->tag == TYPE_MAP && of->type->item ? of->type->item : element ? element : type_basic(TYPE_ANY);
}

static void unknown_function(struct checker *c, const struct node *node)
{
    struct suggestion s = suggest_with(node->name, function_synonyms);
    for (size_t i = 0; function_at(i); i++)
        suggest_try(&s, str_of(function_at(i)->name));
    for (size_t i = 0; macro_names[i]; i++)
        suggest_try(&s, str_of(macro_names[i]));
    wrong_name(c, node, str_print(c->arena, "unknown function `%.*s`", STR_ARG(node->name)), suggest_help(c->arena, &s, STR("")));
}

void check_known(struct checker *c, const struct node *node)
{
    if (function_named(node->name))
        return;
    if (str_is_one_of(node->name, macro_names) && !node->method)
        wrong_name(c, node, str_print(c->arena, "`%.*s` belongs behind a list", STR_ARG(node->name)),
                   str_print(c->arena, "write list.%.*s(x, ...)", STR_ARG(node->name)));
    else
        unknown_function(c, node);
}

static bool check_form(struct checker *c, const struct node *node, const struct function *f)
{
    const char *help = f->forms == FORM_METHOD ? "write x.%s(...)" : "write %s(x)";
    if (!(f->forms & (node->method ? FORM_METHOD : FORM_GLOBAL))) {
        wrong_name(c, node, str_print(c->arena, "`%s` is %s", f->name, node->method ? "no method" : "called on a value"),
              str_print(c->arena, help, f->name));
        return false;
    }
    if (node->nkids >= f->least && node->nkids <= f->most)
        return true;
    uint32_t self = node->method;
    wrong(c, node, str_print(c->arena, "`%s` takes %u argument%s, not %u", f->name, f->most - self, f->most - self == 1 ? "" : "s", node->nkids - self),
          STR(""));
    return false;
}

/* A person, or a kind that has somebody who holds it. */
static bool leads_to_people(struct checker *c, const struct type *type)
{
    const struct kind *const *kinds;
    const struct type *element = type_tags(type) & BIT(V_LIST) ? type_element(c->arena, type) : type;
    size_t n = type_kinds(element, &kinds);
    for (size_t i = 0; i < n; i++)
        if (str_eq(kinds[i]->name, STR("person")) || kind_field(kinds[i], STR("holder")))
            return true;
    return element->tag == TYPE_ANY || element->tag == TYPE_NULL;
}

static void check_persons(struct checker *c, const struct node *node)
{
    const struct node *arg = node->kids[0];
    str source = as_written(c, arg), type = type_phrase(c->arena, arg->type);
    if (!leads_to_people(c, arg->type))
        wrong(c, arg, str_print(c->arena, "`persons` needs a role or a person, but `%.*s` is %.*s", STR_ARG(source), STR_ARG(type)), STR(""));
}

static bool check_arguments(struct checker *c, const struct node *node, const struct function *f)
{
    if (f->gives == GIVES_PERSONS)
        check_persons(c, node);
    for (uint32_t i = 0; i < node->nkids; i++) {
        const struct node *arg = node->kids[i];
        if (type_tags(arg->type) & f->accepts[i])
            continue;
        str needs = tags_name(c->arena, f->accepts[i]), source = as_written(c, arg), type = type_phrase(c->arena, arg->type);
        bool id = f->accepts[i] == BIT(V_TEXT) && type_tags(arg->type) == BIT(V_RECORD);
        wrong(c, arg, str_print(c->arena, "`%s` needs %.*s, but `%.*s` is %.*s", f->name, STR_ARG(needs), STR_ARG(source), STR_ARG(type)),
              id ? str_print(c->arena, "write `%.*s.id`", STR_ARG(source)) : STR(""));
        return false;
    }
    return true;
}

/* Dates, periods and patterns that stand in the text are read now, so that a wrong one is found now. */
static void fold(struct checker *c, struct node *node)
{
    struct query_run run = { .arena = c->arena, .limit = LIMIT_EXPR_COST };
    struct value value = function_call(node->function, &run, &node->kids[0]->value, 1);
    if (value.tag == V_BROKEN) {
        wrong(c, node->kids[0], value.text, node->type->tag == TYPE_DATE ? STR("dates are written \"2026-03-31\"")
                                          : STR("periods are written \"90 days\", \"12 months\", \"2 years\""));
        return;
    }
    node->op = OP_CONST;
    node->nkids = 0;
    node->value = value;
}

static void compile_pattern(struct checker *c, struct node *node)
{
    struct node *pattern = node->kids[1];
    struct regex_problem problem;
    const struct regex *regex = regex_compile(c->arena, pattern->value.text, &problem);
    if (!regex) {
        wrong(c, pattern, str_of(problem.message), STR(""));
        /* Where the string is written as it is, the place inside it is known. */
        size_t offset = (size_t)(pattern->value.text.at - c->text.at);
        if (pattern->value.text.at >= c->text.at && offset <= c->text.len)
            c->problem->begin = offset + problem.at;
        return;
    }
    node->op = node->function->call == fn_matches ? OP_MATCHES : node->function->call == fn_find ? OP_PART : OP_PARTS;
    node->nkids = 1;
    node->regex = regex;
}

void check_call(struct checker *c, struct node *node)
{
    const struct function *f = function_named(node->name);
    if (!check_form(c, node, f) || !check_arguments(c, node, f))
        return;
    node->op = OP_FUNCTION;
    node->function = f;
    node->type = function_type(c->arena, c->schema, f, node->kids[0]->type);
    if ((f->gives == GIVES_DATE || f->gives == GIVES_PERIOD) && is_text_constant(node->kids[0]))
        fold(c, node);
    else if ((f->call == fn_matches || f->call == fn_find || f->call == fn_find_all) && is_text_constant(node->kids[1]))
        compile_pattern(c, node);
}
