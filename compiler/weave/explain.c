/* SPDX-License-Identifier: MIT */
#include "weave/explain.h"

#include "model/fields.h"
#include "parse/node.h"
#include "weave/explain_part.h"

/* One look-up: by the exact name first, then by any spelling of it. */
struct lookup {
    struct arena               *arena;
    const struct explain_input *in;
    str                         what;
    bool                        loose;
    struct explanation          out;
    size_t                      distance; /* of out.nearest */
};

static void add(struct lookup *l, struct document *page) { LIST_PUSH(l->arena, &l->out.pages, page); }

/* The next character that counts in a loose comparison, in lower case; 0 at the end. */
static char next_letter(str s, size_t *at)
{
    while (*at < s.len && (s.at[*at] == ' ' || s.at[*at] == '-' || s.at[*at] == '_'))
        ++*at;
    if (*at == s.len)
        return 0;
    char c = s.at[(*at)++];
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_letters(str a, str b)
{
    for (size_t i = 0, k = 0;;) {
        char x = next_letter(a, &i), y = next_letter(b, &k);
        if (x != y)
            return false;
        if (x == 0)
            return a.len > 0 && b.len > 0;
    }
}

/* Whether [name] is meant; keeps the nearest one that is not. */
static bool is_called(struct lookup *l, str name)
{
    if (name.len == 0)
        return false;
    if (!l->loose)
        return str_eq(l->what, name);
    if (same_letters(l->what, name))
        return true;
    size_t distance = str_distance(l->what, name, l->distance);
    if (distance < l->distance) {
        l->distance = distance;
        l->out.nearest = name;
    }
    return false;
}

/* ---- "A 5.01" ---- */

/* The numbers of a control's id, however written; 0 when [s] is nothing of the kind. */
static size_t control_numbers(str s, int64_t numbers[4])
{
    size_t count = 0, i = s.len > 0 && (s.at[0] == 'A' || s.at[0] == 'a');
    while (i < s.len) {
        size_t from;
        while (i < s.len && (s.at[i] == '.' || s.at[i] == ' ' || s.at[i] == '-' || s.at[i] == '_'))
            i++;
        for (from = i; i < s.len && s.at[i] >= '0' && s.at[i] <= '9';)
            i++;
        if (count == 4 || !str_to_int(str_cut(s, from, i), &numbers[count]))
            return 0;
        count++;
    }
    return count < 2 ? 0 : count;
}

static bool is_control(const struct lookup *l, str id)
{
    int64_t asked[4], has[4];
    size_t  count = control_numbers(l->what, asked);
    if (!l->loose)
        return str_eq(l->what, id);
    if (count == 0 || control_numbers(id, has) != count)
        return false;
    return memcmp(asked, has, count * sizeof asked[0]) == 0;
}

/* ---- the kinds of things that have names ---- */

static void find_rules(struct lookup *l)
{
    for (size_t i = 0; i < l->in->rules->list.len; i++) {
        const struct rule *rule = l->in->rules->list.at[i];
        if (is_called(l, rule->id) || is_called(l, rule->name))
            add(l, explain_rule(l->arena, l->in, rule));
    }
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct language_row *row = language_row((enum language_rule)i);
        if (is_called(l, str_of(row->id)) || is_called(l, str_of(row->name)))
            add(l, explain_language(l->arena, l->in, row));
    }
}

static void find_other_controls(struct lookup *l)
{
    bool old = str_eq(l->in->model->edition, STR("2013"));
    const char *path = old ? "schema/catalogue/controls-2022.yaml" : "schema/catalogue/controls-2013.yaml";
    const struct node *controls = node_get(l->in->catalogue->tree(l->in->catalogue->state, l->arena, path, NULL), STR("controls"));
    for (const struct node *n = controls && controls->type == NODE_MAPPING ? controls->first : NULL; n; n = n->next)
        if (is_control(l, n->key))
            add(l, explain_other_control(l->arena, l->in, n));
}

static void find_controls(struct lookup *l)
{
    struct value controls = l->in->model->root->fields[F_isms_controls];
    for (size_t i = 0; controls.tag == V_LIST && i < controls.list->len; i++) {
        const struct record *control = controls.list->at[i].record;
        if (is_control(l, control->id) || is_called(l, control->id) || (l->loose && is_called(l, record_title(control))))
            add(l, explain_control(l->arena, l->in, control));
    }
    find_other_controls(l);
}

static void find_clauses(struct lookup *l)
{
    struct value clauses = l->in->model->root->fields[F_isms_clauses];
    for (size_t i = 0; clauses.tag == V_LIST && i < clauses.list->len; i++) {
        const struct record *clause = clauses.list->at[i].record;
        if (is_called(l, clause_id(l->in, clause)) || (l->loose && is_called(l, record_title(clause))))
            add(l, explain_clause(l->arena, l->in, clause));
    }
}

static bool is_alias(struct lookup *l, struct value aliases)
{
    for (size_t i = 0; aliases.tag == V_LIST && i < aliases.list->len; i++)
        if (is_called(l, aliases.list->at[i].text))
            return true;
    return false;
}

static void find_document_types(struct lookup *l)
{
    struct value types = l->in->model->root->fields[F_isms_document_types];
    for (size_t i = 0; types.tag == V_LIST && i < types.list->len; i++) {
        const struct record *type = types.list->at[i].record;
        if (is_called(l, type->id) || (l->loose && (is_called(l, record_title(type)) || is_alias(l, type->fields[F_document_type_aliases]))))
            add(l, explain_document_type(l->arena, l->in, type));
    }
}

static void find_records(struct lookup *l)
{
    const struct map *ids = &l->in->model->by_id;
    for (size_t i = 0; i < ids->len; i++) {
        const struct record *record = ids->entries[i].value;
        if (record->kind->number != KIND_control && (is_called(l, record->id) || (l->loose && is_called(l, record_title(record)))))
            add(l, explain_record(l->arena, l->in, record));
    }
}

/* "risks", "scope", and the kinds of what stands in them: "risk", "treatment". */
static void find_sections(struct lookup *l)
{
    const struct kind *root = l->in->schema->root;
    for (size_t i = 1; i < root->nfields; i++)
        if (is_called(l, root->fields[i].name)) {
            add(l, explain_section(l->arena, l->in, &root->fields[i]));
            return;
        }
    for (size_t i = 0; i < l->in->schema->nkinds; i++)
        if (l->in->schema->kinds[i] != root && is_called(l, l->in->schema->kinds[i]->name))
            add(l, explain_kind(l->arena, l->in, l->in->schema->kinds[i]));
}

static void find_all(struct lookup *l)
{
    find_rules(l);
    find_records(l);
    find_clauses(l);
    find_controls(l);
    find_document_types(l);
    find_sections(l);
}

/* "clause 6.1.3 d)" -> "6.1.3"; what looks like the id of a rule is none. */
static str clause_number(str what)
{
    size_t from = str_starts(what, STR("clause ")) || str_starts(what, STR("Clause ")) ? sizeof "clause" : 0, to;
    for (to = from; to < what.len && ((what.at[to] >= '0' && what.at[to] <= '9') || what.at[to] == '.');)
        to++;
    return str_find(what, '-', to) < what.len ? (str){ 0 } : str_cut(what, from, to);
}

struct explanation explain(struct arena *arena, const struct explain_input *input, str what)
{
    struct lookup l = { .arena = arena, .in = input, .what = str_trim(what) };
    find_all(&l);
    if (l.out.pages.len > 0)
        return l.out;
    struct lookup clause = { .arena = arena, .in = input, .what = clause_number(l.what) };
    find_clauses(&clause);
    if (clause.out.pages.len > 0)
        return clause.out;
    l.loose = true;
    l.distance = l.what.len / 3 + 1;
    find_all(&l);
    struct document *list = l.out.pages.len ? NULL : explain_search(arena, input, l.what);
    if (list)
        add(&l, list);
    return l.out;
}
