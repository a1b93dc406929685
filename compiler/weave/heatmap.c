/* SPDX-License-Identifier: MIT */
/*
 * <!-- heatmap list=open_risks score=inherent caption="Before treatment" -->: the risk matrix of the method as a
 * table, likelihood upwards, impact to the right, each cell filled with its level and holding the ids of the risks
 * that are there.
 */
#include <math.h>

#include "model/fields.h"
#include "model/model.h"
#include "weave/directive.h"

struct map_of {
    struct weaving      *w;
    const struct record *method;
    const struct list   *likelihood, *impact, *levels, *risks;
    str                  score;     /* inherent, residual, target or current */
};

static const struct list *list_of(struct value value)
{
    static const struct list none;
    return value.tag == V_LIST ? value.list : &none;
}

/* --- levels --- */

static const struct record *level_at(const struct map_of *map, size_t n)
{
    return n < map->levels->len && map->levels->at[n].tag == V_RECORD ? map->levels->at[n].record : NULL;
}

static size_t level_called(const struct map_of *map, str name)
{
    for (size_t n = 0; n < map->levels->len; n++)
        if (level_at(map, n) && str_eq(level_at(map, n)->fields[F_risk_level_name].text, name))
            return n;
    return map->levels->len;
}

/* The level's place among the levels, for steps counted from 1; their number when the method gives none. */
static size_t level_for(const struct map_of *map, size_t likelihood, size_t impact)
{
    str how = map->method->fields[F_risk_method_score].text;
    if (str_eq(how, STR("matrix"))) {
        const struct list *rows = list_of(map->method->fields[F_risk_method_matrix]);
        const struct list *row = likelihood <= rows->len ? list_of(rows->at[likelihood - 1]) : NULL;
        return row && impact <= row->len ? level_called(map, row->at[impact - 1].text) : map->levels->len;
    }
    size_t score = str_eq(how, STR("sum")) ? likelihood + impact : likelihood * impact;
    for (size_t n = 0; n < map->levels->len; n++) {
        struct value up_to = level_at(map, n) ? level_at(map, n)->fields[F_risk_level_up_to] : value_null();
        if ((up_to.tag == V_INT && (int64_t)score <= up_to.i) || (up_to.tag != V_INT && n + 1 == map->levels->len))
            return n;
    }
    return map->levels->len;
}

/* --- risks --- */

static double number(struct value value) { return value.tag == V_INT ? (double)value.i : value.tag == V_DOUBLE ? value.d : 0; }

/* Whether [risk] is in the cell; a value between two steps counts for the nearer, the higher one at the middle. */
static bool is_in(const struct map_of *map, const struct record *risk, size_t likelihood, size_t impact)
{
    struct value score = record_get(risk, map->score);
    if (str_eq(map->score, STR("target")))
        score = record_get(risk->fields[F_risk_treatment].record, STR("target"));
    if (score.tag != V_RECORD)
        return false;
    double l = number(score.record->fields[F_score_likelihood]), i = number(score.record->fields[F_score_impact]);
    return floor(l + 0.5) >= (double)likelihood && floor(l + 0.5) <= (double)likelihood && floor(i + 0.5) >= (double)impact
        && floor(i + 0.5) <= (double)impact;
}

static void put_ids(const struct map_of *map, struct doc_node *cell, size_t likelihood, size_t impact)
{
    struct weaving *w = map->w;
    bool first = true;
    for (size_t n = 0; n < map->risks->len; n++) {
        struct value value = map->risks->at[n];
        if (value.tag != V_RECORD || !str_eq(value.record->kind->name, STR("risk")) || !is_in(map, value.record, likelihood, impact))
            continue;
        if (first)
            doc_add(cell, doc_new(w->arena, DOC_BREAK));
        else
            doc_add_text(w->arena, cell, STR(" "));
        link_await(w, doc_add_text(w->arena, cell, value.record->id), value.record->id);
        first = false;
    }
}

/* --- the table --- */

static str step_name(struct weaving *w, const struct list *steps, size_t n)
{
    str name = steps->at[n].tag == V_RECORD ? print_text(w->arena, steps->at[n].record->fields[F_scale_step_name].text) : (str){ 0 };
    return name.len ? str_print(w->arena, "%zu %.*s", n + 1, STR_ARG(name)) : str_print(w->arena, "%zu", n + 1);
}

static void level_cell(const struct map_of *map, struct doc_node *row, size_t likelihood, size_t impact)
{
    size_t n = level_for(map, likelihood, impact);
    const struct record *level = level_at(map, n);
    struct doc_node *cell = table_cell(map->w, row, level ? print_text(map->w->arena, level->fields[F_risk_level_name].text) : (str){ 0 });
    cell->align = ALIGN_CENTRE;
    if (level) {
        str colour = level->fields[F_risk_level_colour].text;
        cell->tone = FILL_LEVEL;
        cell->rank = (uint8_t)n;
        cell->ranks = (uint8_t)map->levels->len;
        cell->ref = colour.len && colour.at[0] == '#' ? str_cut(colour, 1, colour.len) : colour;
    }
    put_ids(map, cell, likelihood, impact);
}

static void matrix(const struct map_of *map, struct doc_node *table, str corner)
{
    struct weaving *w = map->w;
    struct doc_node *row = doc_add(table, doc_new(w->arena, DOC_ROW));
    row->header = true;
    table_cell(w, row, corner);
    for (size_t i = 0; i < map->impact->len; i++)
        table_cell(w, row, step_name(w, map->impact, i))->align = ALIGN_CENTRE;
    for (size_t l = map->likelihood->len; l-- > 0;) {
        row = doc_add(table, doc_new(w->arena, DOC_ROW));
        table_cell(w, row, step_name(w, map->likelihood, l));
        for (size_t i = 0; i < map->impact->len; i++)
            level_cell(map, row, l + 1, i + 1);
    }
}

/* "risks.inherent" is short for list=risks score=inherent. */
static str short_form(const struct directive *directive, str *score)
{
    str    word = directive_word(directive, 0);
    size_t dot = word.len;
    while (dot > 0 && word.at[dot - 1] != '.')
        dot--;
    if (dot < 2)
        return word;
    *score = str_cut(word, dot, word.len);
    return str_cut(word, 0, dot - 1);
}

static bool is_scale(const struct list *list) { return list->len > 0 && list->len <= LIMIT_MATRIX; }

void directive_heatmap(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    static const char *const scores[] = { "inherent", "residual", "target", "current", NULL };
    struct value method = w->model->root->fields[F_isms_risk_method], risks;
    struct map_of map = { .w = w, .score = directive_option(directive, "score") };
    str list = directive_option(directive, "list");

    if (list.len == 0)
        list = short_form(directive, &map.score);
    if (map.score.len == 0)
        map.score = STR("current");
    if (!str_is_one_of(map.score, scores)) {
        directive_wrong(w, directive, "`score` takes inherent, residual, target or current, not `%.*s`", STR_ARG(map.score));
        return;
    }
    if (!directive_list(w, directive, list, &risks) || method.tag != V_RECORD)
        return;
    map.risks = risks.list;
    map.method = method.record;
    map.likelihood = list_of(map.method->fields[F_risk_method_likelihood]);
    map.impact = list_of(map.method->fields[F_risk_method_impact]);
    map.levels = list_of(map.method->fields[F_risk_method_levels]);
    if (!is_scale(map.likelihood) || !is_scale(map.impact))
        return; /* a method without scales has its own findings */
    str up = directive_option(directive, "likelihood"), right = directive_option(directive, "impact");
    str corner = str_print(w->arena, "%.*s \xE2\x86\x91 %.*s \xE2\x86\x92", STR_ARG(up.len ? up : w->words->likelihood), STR_ARG(right.len ? right : w->words->impact));
    struct doc_node *table = doc_add(into, doc_new(w->arena, DOC_TABLE));
    struct table_wish wish = { .look = TABLE_MATRIX, .caption = splice_plain(w, directive_option(directive, "caption")),
                               .description = splice_plain(w, directive_option(directive, "description")), .at = directive->at };
    matrix(&map, table, corner);
    table_finish(w, table, (uint16_t)(map.impact->len + 1), &wish);
    table->table->columns[0].id = true;
}
