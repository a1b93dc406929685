/* SPDX-License-Identifier: MIT */
#include "write/rules.h"

#include <limits.h>
#include <stdlib.h>

#include "diag/language.h"
#include "write/json.h"

/* A rule or a finding about the language, as it is listed. */
struct listed {
    str id, name, clause, severity, basis, from_stage, since, title, why, fix;
};

struct each {
    void (*fn)(struct each *each, const struct listed *listed);
    struct arena    *arena;
    struct doc_node *table;
    struct buf      *out;
    str              heading; /* Markdown: the clause of the last one */
    size_t           count;
};

static bool chosen(struct rules_choice choice, enum severity severity, str from_stage)
{
    return (choice.severity < 0 || choice.severity == (int)severity) && (choice.stage < 0 || stage_number(from_stage) <= choice.stage);
}

static int by_id(const void *a, const void *b)
{
    return str_cmp_natural((*(struct rule *const *)a)->id, (*(struct rule *const *)b)->id);
}

/* Calls each->fn with all that are chosen: rules in the order of clauses, then the language, both by id. */
static void walk(const struct rules *rules, struct rules_choice choice, struct each *each)
{
    struct rule **sorted = NEWS(each->arena, struct rule *, rules->list.len);
    for (size_t i = 0; i < rules->list.len; i++)
        sorted[i] = rules->list.at[i];
    if (rules->list.len > 1)
        qsort(sorted, rules->list.len, sizeof *sorted, by_id);
    for (size_t i = 0; i < rules->list.len; i++) {
        const struct rule *r = sorted[i];
        str since = r->project ? (str){ 0 } : r->since;
        struct listed listed = { r->id, r->name, r->clause, str_of(severity_name(r->severity)), r->basis, r->from_stage, since,
                                 r->title, r->why, r->fix };
        if (chosen(choice, r->severity, r->from_stage))
            each->fn(each, &listed);
    }
    for (int i = 0; choice.language && i < LANG_COUNT; i++) {
        const struct language_row *r = language_row((enum language_rule)i);
        str severity = str_of(severity_name((enum severity)r->severity));
        struct listed listed = { str_of(r->id), str_of(r->name), { 0 }, severity, STR("language"), STR("draft"), { 0 },
                                 str_of(r->title), str_of(r->why), str_of(r->fix) };
        if (chosen(choice, (enum severity)r->severity, STR("draft")))
            each->fn(each, &listed);
    }
}

/* ---- text ---- */

static void add_cell(struct each *each, struct doc_node *row, str text)
{
    doc_add_text(each->arena, doc_add(row, doc_new(each->arena, DOC_CELL)), text);
}

static struct doc_node *add_row(struct each *each, str id, str severity, str from_stage, str title)
{
    struct doc_node *row = doc_add(each->table, doc_new(each->arena, DOC_ROW));
    add_cell(each, row, id);
    add_cell(each, row, severity);
    add_cell(each, row, from_stage);
    add_cell(each, row, title);
    return row;
}

static void list_row(struct each *each, const struct listed *listed)
{
    add_row(each, listed->id, listed->severity, listed->from_stage, listed->title.len ? listed->title : listed->name);
    each->count++;
}

void rules_text(struct arena *arena, struct buf *out, const struct rules *rules, struct rules_choice choice, struct plain_options options)
{
    static struct doc_column const columns[4] = { { .id = true } };
    struct doc_table table = { .columns = (struct doc_column *)(uintptr_t)columns, .ncolumns = 4, .look = TABLE_PLAIN };
    struct each each = { .fn = list_row, .arena = arena, .table = doc_new(arena, DOC_TABLE) };
    struct document document = { .body = doc_new(arena, DOC_BODY) };
    each.table->table = &table;
    add_row(&each, STR("rule"), STR("severity"), STR("from stage"), STR("what is wrong"))->header = true;
    walk(rules, choice, &each);
    doc_add(document.body, each.table);
    if (options.columns == 0)
        options.columns = UINT_MAX; /* no terminal: a line a rule, for other programs */
    if (each.count)
        plain_write(arena, out, &document, options);
    buf_print(out, "%s%zu rule%s; ismsc explain RULE tells why each is there and what to do\n", each.count ? "\n" : "", each.count, each.count == 1 ? "" : "s");
}

/* ---- Markdown ---- */

static const char *basis_words(str basis)
{
    if (str_eq(basis, STR("requirement")))
        return "required by the standard";
    if (str_eq(basis, STR("own_rule")))
        return "the organisation's own rule";
    return str_eq(basis, STR("practice")) ? "audit practice, not wording of the standard" : "the sources themselves";
}

/* "6.1.3-d-04" stands under its clause, "A-5.26-02" with the controls, "X-REF-02" across. */
static str heading_of(struct arena *arena, const struct listed *l)
{
    str start = str_cut(l->id, 0, str_find(l->id, '-', 0));
    if (str_eq(l->basis, STR("language")))
        return STR("The language of the sources");
    if (str_eq(start, STR("A")))
        return STR("Controls of Annex A");
    if (str_eq(start, STR("X")))
        return STR("Across clauses");
    return start.len && start.at[0] >= '0' && start.at[0] <= '9' ? str_print(arena, "Clause %.*s", STR_ARG(start)) : STR("Rules of this project");
}

static void list_section(struct each *each, const struct listed *l)
{
    str heading = heading_of(each->arena, l);
    if (!str_eq(heading, each->heading))
        buf_print(each->out, "\n## %.*s\n", STR_ARG(heading));
    each->heading = heading;
    each->count++;
    buf_print(each->out, "\n### %.*s %.*s\n\n**%.*s** (%.*s", STR_ARG(l->id), STR_ARG(l->name), STR_ARG(l->title), STR_ARG(l->severity));
    if (l->clause.len)
        buf_print(each->out, ", %s %.*s", str_starts(l->clause, STR("A.")) ? "control" : "clause", STR_ARG(l->clause));
    buf_print(each->out, ", %s, counts from %.*s)\n", basis_words(l->basis), STR_ARG(l->from_stage));
    if (l->why.len)
        buf_print(each->out, "\n%.*s\n", STR_ARG(str_trim(l->why)));
    if (l->fix.len)
        buf_print(each->out, "\n*What to do:* %.*s\n", STR_ARG(str_trim(l->fix)));
}

void rules_markdown(struct arena *arena, struct buf *out, const struct rules *rules, struct rules_choice choice)
{
    struct each each = { .fn = list_section, .arena = arena, .out = out };
    buf_text(out, "# Rules\n");
    walk(rules, choice, &each);
    if (each.count == 0)
        buf_text(out, "\nThere is none of that kind.\n");
}

/* ---- JSON ---- */

static void list_object(struct each *each, const struct listed *l)
{
    const struct { const char *key; str text; } members[] = {
        { "id", l->id },       { "name", l->name },             { "clause", l->clause }, { "severity", l->severity },
        { "basis", l->basis }, { "from_stage", l->from_stage }, { "since", l->since },
        { "title", l->title }, { "why", l->why },               { "fix", l->fix },
    };
    buf_text(each->out, each->count++ ? ",\n  {" : "\n  {");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        buf_print(each->out, "%s\"%s\": ", i ? ", " : "", members[i].key);
        json_string(each->out, members[i].text);
    }
    buf_char(each->out, '}');
}

void rules_json(struct arena *arena, struct buf *out, const struct rules *rules, struct rules_choice choice)
{
    struct each each = { .fn = list_object, .arena = arena, .out = out };
    buf_char(out, '[');
    walk(rules, choice, &each);
    buf_text(out, each.count ? "\n]\n" : "]\n");
}
