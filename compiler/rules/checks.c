/* SPDX-License-Identifier: MIT */
#include "rules/checks.h"

#include "model/fields.h"

static const struct valuemap *map_of(struct value value) { return value.tag == V_MAP && value.map->len ? value.map : NULL; }

struct checks checks_of(const struct model *model)
{
    struct value section = model->root->fields[F_isms_checks];
    if (section.tag != V_RECORD)
        return (struct checks){ 0 };
    return (struct checks){ .disabled = map_of(section.record->fields[F_checks_disabled]) };
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

/* ---- findings about the section ---- */

struct section {
    struct arena       *arena;
    struct findings    *findings;
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

static void check_disabled(const struct section *s, const struct valuemap_entry *entry)
{
    const struct rule *rule = rule_called(s->rules, entry->key);
    if (!rule && !language_find(entry->key))
        tell_unknown(s, entry);
    else if (!rule || is_error(rule))
        tell(s, LANG_CHECKS_NOT_SWITCHABLE, entry, str_print(s->arena, "%.*s can not be switched off", STR_ARG(entry->key)));
    else if (entry->value.tag == V_TEXT && str_trim(entry->value.text).len == 0)
        tell(s, LANG_CHECKS_NO_REASON, entry, str_print(s->arena, "rule %.*s is switched off without a reason", STR_ARG(entry->key)));
}

void checks_check(struct arena *arena, struct findings *findings, struct checks checks, const struct rules *rules)
{
    struct section s = { arena, findings, rules, "disabled" };
    for (size_t i = 0; checks.disabled && i < checks.disabled->len; i++)
        check_disabled(&s, &checks.disabled->at[i]);
}
