/* SPDX-License-Identifier: MIT */
#include "rules/checks.h"

#include "model/edition.h"
#include "model/fields.h"
#include "query/query.h"
#include "query/regex.h"

static const struct valuemap *map_of(struct value value) { return value.tag == V_MAP && value.map->len ? value.map : NULL; }

struct checks checks_of(const struct model *model)
{
    struct value section = model->root->fields[F_isms_checks];
    if (section.tag != V_RECORD)
        return (struct checks){ 0 };
    const struct value *f = section.record->fields;
    return (struct checks){ map_of(f[F_checks_disabled]), map_of(f[F_checks_params]), f[F_checks_rules] };
}

/* The rule called so, by its id, its name or what its findings are called; or NULL. */
static const struct rule *rule_called(const struct rules *rules, str name)
{
    const struct rule *rule = map_get(&rules->by_id, name);
    return rule ? rule : map_get(&rules->by_code, name);
}

/* A source that can not be read is no matter of opinion. */
static bool is_error(const struct rule *rule)
{
    const struct language_row *row = rule->builtin.len ? language_find(rule->builtin) : NULL;
    return row && row->severity == SEV_ERROR;
}

bool checks_disable(struct checks checks, const struct rule *rule)
{
    for (size_t i = 0; checks.disabled && i < checks.disabled->len; i++) {
        str key = checks.disabled->at[i].key;
        if (str_eq(key, rule->id) || str_eq(key, rule->name) || str_eq(key, rule_code(rule)))
            return !is_error(rule);
    }
    return false;
}

bool checks_too_new(struct checks checks, const struct rule *rule)
{
    bool pinned = checks.edition.tag == V_TEXT && checks.edition.text.len > 0;
    return pinned && !rule->project && str_cmp_natural(rule->since, checks.edition.text) > 0;
}

/* ---- parameters ---- */

/* The text as a value of the form that [like] has; false when it has another one. */
static bool read_param(str text, struct value like, struct value *out)
{
    int64_t n;
    double  d;
    struct period period;
    text = str_trim(text);
    if (like.tag == V_INT && str_to_int(text, &n))
        *out = value_int(n);
    else if (like.tag == V_DOUBLE && str_to_double(text, &d))
        *out = value_double(d);
    else if (like.tag == V_TEXT && text.len && (!period_parse(like.text, &period) || period_parse(text, &period)))
        *out = value_text(text);
    else
        return false;
    return true;
}

static const struct valuemap_entry *entry_of(const struct valuemap *map, str key)
{
    for (size_t i = 0; map && i < map->len; i++)
        if (str_eq(map->at[i].key, key))
            return &map->at[i];
    return NULL;
}

static const struct valuemap *set_for(struct checks checks, const struct rule *rule)
{
    const struct valuemap_entry *entry = entry_of(checks.params, rule->id);
    if (!entry && rule->name.len)
        entry = entry_of(checks.params, rule->name);
    return entry && entry->value.tag == V_MAP ? entry->value.map : NULL;
}

struct valuemap *checks_params(struct arena *arena, struct checks checks, const struct rule *rule)
{
    const struct valuemap *set = set_for(checks, rule);
    if (!set || !rule->params)
        return rule->params;
    struct valuemap *params = NEW(arena, struct valuemap);
    for (size_t i = 0; i < rule->params->len; i++) {
        struct valuemap_entry entry = rule->params->at[i];
        const struct valuemap_entry *own = entry_of(set, entry.key);
        struct value value;
        if (own && own->value.tag == V_TEXT && read_param(own->value.text, entry.value, &value))
            entry.value = value;
        LIST_PUSH(arena, params, entry);
    }
    return params;
}

/* ---- findings about the section ---- */

struct section {
    struct arena       *arena;
    struct findings    *findings;
    const struct model *model;
    const struct rules *rules;
    const char         *name; /* of the key in hand, "disabled" */
};

static struct finding *tell(const struct section *s, enum language_rule rule, const struct valuemap_entry *entry, str message)
{
    struct finding *f = finding_add(s->findings, rule, entry->key_span, "%.*s", STR_ARG(message));
    f->field = str_print(s->arena, "checks.%s.%.*s", s->name, STR_ARG(entry->key));
    return f;
}

static void tell_unknown(const struct section *s, const struct valuemap_entry *entry)
{
    struct finding *f = tell(s, LANG_CHECKS_UNKNOWN_RULE, entry, str_print(s->arena, "there is no rule %.*s", STR_ARG(entry->key)));
    str near = rules_nearest(s->rules, entry->key);
    if (near.len)
        finding_help(s->findings, f, "did you mean %.*s?", STR_ARG(near));
}

/* A certificate leaves out no requirement: accept.c refuses to accept one, and to switch off its rule is no other way round. */
static void tell_requirement(const struct section *s, const struct rule *rule, const struct valuemap_entry *entry)
{
    str clause = edition_clause(s->arena, s->model, rule->clause);
    tell(s, LANG_CHECKS_REQUIREMENT_OFF, entry,
         str_print(s->arena, "rule %.*s is switched off, but a certified organisation meets every requirement of clause %.*s",
                   STR_ARG(entry->key), STR_ARG(clause)));
}

static void check_disabled(const struct section *s, const struct valuemap_entry *entry)
{
    const struct rule *rule = rule_called(s->rules, entry->key);
    if (!rule && !language_find(entry->key))
        tell_unknown(s, entry);
    else if (!rule || is_error(rule))
        tell(s, LANG_CHECKS_NOT_SWITCHABLE, entry, str_print(s->arena, "%.*s can not be switched off", STR_ARG(entry->key)));
    else if (entry->value.tag == V_TEXT && str_trim(entry->value.text).len == 0)
        tell(s, LANG_CHECKS_NO_REASON, entry, str_print(s->arena, "rule %.*s is switched off without a reason", STR_ARG(entry->key)));
    else if (rule_is_clause_requirement(rule) && str_eq(s->model->stage, STR("certified")))
        tell_requirement(s, rule, entry);
}

/* Words for the form of a parameter, with its value as the example. */
static str form_of(const struct section *s, struct value like)
{
    struct period period;
    if (like.tag == V_TEXT)
        return str_print(s->arena, period_parse(like.text, &period) ? "a period such as %.*s" : "a text such as %.*s", STR_ARG(like.text));
    str number = value_print(s->arena, like);
    return like.tag == V_LIST ? STR("a list, which can not be set here") : str_print(s->arena, "a number such as %.*s", STR_ARG(number));
}

static str nearest_param(const struct rule *rule, str name)
{
    size_t best = name.len / 3 + 1, distance;
    str    near = { 0 };
    for (size_t i = 0; rule->params && i < rule->params->len; i++)
        if ((distance = str_distance(rule->params->at[i].key, name, best)) < best) {
            best = distance;
            near = rule->params->at[i].key;
        }
    return near;
}

static void tell_param(const struct section *s, const struct rule *rule, const struct valuemap_entry *set)
{
    str message = str_print(s->arena, "rule %.*s has no parameter `%.*s`", STR_ARG(rule->id), STR_ARG(set->key));
    struct finding *f = tell(s, LANG_CHECKS_UNKNOWN_PARAM, set, message);
    str near = nearest_param(rule, set->key);
    if (!rule->params)
        finding_help(s->findings, f, "it has none at all");
    else if (near.len)
        finding_help(s->findings, f, "did you mean `%.*s`?", STR_ARG(near));
}

/* Whether the rule looks for the parameter in texts. */
static bool is_pattern(const struct section *s, const struct rule *rule, str param)
{
    str use = str_print(s->arena, "matches(params.%.*s)", STR_ARG(param));
    return str_search(rule->assert.text, use, 0) != SIZE_MAX || str_search(rule->when.text, use, 0) != SIZE_MAX;
}

static void check_param(const struct section *s, const struct rule *rule, const struct valuemap_entry *set)
{
    const struct valuemap_entry *has = entry_of(rule->params, set->key);
    struct regex_problem problem;
    struct value value;
    if (!has) {
        tell_param(s, rule, set);
    } else if (set->value.tag == V_TEXT && !read_param(set->value.text, has->value, &value)) {
        str form = form_of(s, has->value);
        tell(s, LANG_CHECKS_BAD_PARAM, set,
             str_print(s->arena, "`%.*s` of rule %.*s takes %.*s", STR_ARG(set->key), STR_ARG(rule->id), STR_ARG(form)));
    } else if (set->value.tag == V_TEXT && is_pattern(s, rule, set->key) && !regex_compile(s->arena, value.text, &problem)) {
        tell(s, LANG_CHECKS_BAD_PARAM, set, str_print(s->arena, "`%.*s` is no pattern: %s", STR_ARG(set->key), problem.message));
    }
}

static void check_params(const struct section *s, const struct valuemap_entry *entry)
{
    const struct rule *rule = map_get(&s->rules->by_id, entry->key);
    if (!rule)
        tell_unknown(s, entry);
    for (size_t i = 0; rule && entry->value.tag == V_MAP && i < entry->value.map->len; i++)
        check_param(s, rule, &entry->value.map->at[i]);
}

/* The first edition of built-in rules after [after], or empty. */
static str next_edition(const struct rules *rules, str after)
{
    str next = { 0 };
    for (size_t i = 0; i < rules->list.len; i++) {
        const struct rule *rule = rules->list.at[i];
        if (!rule->project && str_cmp_natural(rule->since, after) > 0 && (next.len == 0 || str_cmp_natural(rule->since, next) < 0))
            next = rule->since;
    }
    return next;
}

/* "2026.1, 2026.2", and the last of them. */
static str all_editions(struct arena *arena, const struct rules *rules, str *newest)
{
    enum { MOST = 20 };
    str out = *newest = next_edition(rules, (str){ 0 }), next = out;
    for (int i = 0; i < MOST && (next = next_edition(rules, next)).len; i++) {
        out = str_print(arena, "%.*s, %.*s", STR_ARG(out), STR_ARG(next));
        *newest = next;
    }
    return out;
}

static void check_edition(const struct section *s, struct value edition)
{
    bool known = edition.tag != V_TEXT || edition.text.len == 0;
    str  newest = { 0 }, all;
    for (size_t i = 0; i < s->rules->list.len && !known; i++)
        known = !s->rules->list.at[i]->project && str_eq(s->rules->list.at[i]->since, edition.text);
    if (known)
        return;
    struct finding *f = finding_add(s->findings, LANG_CHECKS_EDITION, edition.span, "there is no edition %.*s of the rules",
                                    STR_ARG(edition.text));
    f->field = STR("checks.rules");
    all = all_editions(s->arena, s->rules, &newest);
    if (str_cmp_natural(edition.text, newest) > 0)
        finding_help(s->findings, f, "this program has %.*s; use a newer one, or name one of these", STR_ARG(all));
    else
        finding_help(s->findings, f, "this program has %.*s", STR_ARG(all));
}

void checks_check(struct arena *arena, struct findings *findings, const struct model *model, const struct rules *rules)
{
    struct checks  checks = checks_of(model);
    struct section s = { arena, findings, model, rules, "disabled" };
    for (size_t i = 0; checks.disabled && i < checks.disabled->len; i++)
        check_disabled(&s, &checks.disabled->at[i]);
    s.name = "params";
    for (size_t i = 0; checks.params && i < checks.params->len; i++)
        check_params(&s, &checks.params->at[i]);
    check_edition(&s, checks.edition);
}
