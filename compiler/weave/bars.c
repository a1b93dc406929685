/* SPDX-License-Identifier: MIT */
/*
 * <!-- bars list=statuses label=name value=count caption="..." -->: counts as a table with a bar for each, and
 * <!-- signatures list=approvals -->: a table with room to sign. Both read lists made in `let:`.
 */
#include "weave/directive.h"

static double number(struct value value) { return value.tag == V_INT ? (double)value.i : value.tag == V_DOUBLE ? value.d : 0; }

static struct value member_of(struct value item, str name)
{
    struct value value = value_null();
    mustache_member(item, name, &value);
    return value;
}

static str option_or(const struct directive *directive, const char *key, str otherwise)
{
    str text = directive_option(directive, key);
    return text.len ? text : otherwise;
}

static struct doc_node *begin_table(struct weaving *w, struct doc_node *into) { return doc_add(into, doc_new(w->arena, DOC_TABLE)); }

static struct doc_node *add_row(struct weaving *w, struct doc_node *table) { return doc_add(table, doc_new(w->arena, DOC_ROW)); }

static void put_cell(struct weaving *w, struct doc_node *row, struct value value)
{
    enum where before = w->where;
    struct doc_node *cell = table_cell(w, row, (str){ 0 });
    w->where = IN_CELL;
    weave_value(w, value, cell);
    w->where = before;
    if (!cell->first)
        doc_add_text(w->arena, cell, STR("\xE2\x80\x93"));
}

/* Length in percent of the longest bar; what is not nothing is at least to be seen. */
static uint32_t bar_length(double value, double most)
{
    if (value <= 0 || most <= 0)
        return 0;
    double percent = value * 100 / most;
    return percent < 1 ? 1 : (uint32_t)(percent + 0.5);
}

void directive_bars(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    struct value list;
    double most = 0;
    str    label = option_or(directive, "label", STR("label")), field = option_or(directive, "value", STR("value"));

    if (!directive_list(w, directive, directive_option(directive, "list"), &list))
        return;
    for (size_t i = 0; i < list.list->len; i++) {
        double here = number(member_of(list.list->at[i], field));
        most = here > most ? here : most;
    }
    if (list.list->len == 0)
        return;
    struct doc_node *table = begin_table(w, into);
    for (size_t i = 0; i < list.list->len; i++) {
        struct doc_node *row = add_row(w, table);
        struct value value = member_of(list.list->at[i], field);
        put_cell(w, row, member_of(list.list->at[i], label));
        struct doc_node *bar = table_cell(w, row, print_value(w->arena, w->language, w->words, value));
        bar->tone = FILL_BAR;
        bar->number = bar_length(number(value), most);
    }
    struct table_wish wish = { .look = TABLE_BARS, .caption = splice_plain(w, directive_option(directive, "caption")),
                               .description = splice_plain(w, directive_option(directive, "description")),
                               .widths = { 30, 70 }, .nwidths = 2, .at = directive->at };
    table_finish(w, table, 2, &wish);
}

void directive_signatures(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    const str heads[] = { w->words->role, w->words->name, w->words->date, w->words->signature };
    struct value list;

    if (!directive_list(w, directive, directive_option(directive, "list"), &list) || list.list->len == 0)
        return;
    struct doc_node *table = begin_table(w, into), *row = add_row(w, table);
    row->header = true;
    for (size_t i = 0; i < 4; i++)
        table_cell(w, row, heads[i]);
    for (size_t i = 0; i < list.list->len; i++) {
        struct value item = list.list->at[i];
        row = add_row(w, table);
        put_cell(w, row, member_of(item, option_or(directive, "role", STR("role"))));
        put_cell(w, row, member_of(item, option_or(directive, "name", STR("name"))));
        put_cell(w, row, member_of(item, option_or(directive, "date", STR("date"))));
        table_cell(w, row, (str){ 0 });
    }
    struct table_wish wish = { .look = TABLE_SIGNATURE, .caption = splice_plain(w, directive_option(directive, "caption")),
                               .description = splice_plain(w, directive_option(directive, "description")),
                               .widths = { 28, 24, 16, 32 }, .nwidths = 4, .at = directive->at };
    table_finish(w, table, 4, &wish);
}
