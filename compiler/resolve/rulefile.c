/* SPDX-License-Identifier: MIT */
#include "resolve/rulefile.h"

#include "base/limits.h"
#include "model/model.h"

struct reader {
    struct arena    *arena;
    struct findings *findings;
    bool             lasting;
};

static str keep(const struct reader *r, str s) { return r->lasting ? s : str_copy(r->arena, s); }

/* The key, else the first character of what stands there. */
static struct span place_of(const struct node *node)
{
    if (node->key_span.file)
        return node->key_span;
    return node->type == NODE_SCALAR ? node->span : (struct span){ node->span.file, node->span.begin, node->span.begin + 1 };
}

static void lacks(const struct reader *r, const struct node *node, const struct rule *rule, const char *key)
{
    struct span at = rule->id.len ? rule->span : place_of(node);
    struct finding *f = finding_add(r->findings, LANG_RULE_FILE, at, "%s%.*s has no `%s`", rule->id.len ? "rule " : "a rule", STR_ARG(rule->id), key);
    f->record = rule->id;
}

static void wrong_key(const struct reader *r, const struct node *node)
{
    str words[5 + RULE_TEXTS + RULE_PLACES], near;
    size_t count = 0;
    bool   known = false;
    words[count++] = STR("params");
    words[count++] = STR("also");
    words[count++] = STR("let");
    words[count++] = STR("yields");
    words[count++] = STR("severity");
    for (size_t i = 0; i < RULE_TEXTS; i++)
        words[count++] = str_of(rule_texts[i].key);
    for (size_t i = 0; i < RULE_PLACES; i++)
        words[count++] = str_of(rule_places[i].key);
    for (size_t i = 0; i < count; i++)
        known |= str_eq(words[i], node->key);
    if (str_eq(node->key, STR("severity")) && node->type == NODE_SCALAR) {
        struct finding *f = finding_add(r->findings, LANG_RULE_FILE, node->span, "`severity` can not be \"%s\"", str_c(r->arena, node->text));
        finding_help(r->findings, f, "the choices are: major, minor, observation");
    } else if (str_eq(node->key, STR("yields"))) {
        finding_add(r->findings, LANG_RULE_FILE, place_of(node), "`yields` of a rule is a list of ids");
    } else if (str_eq(node->key, STR("let"))) {
        finding_add(r->findings, LANG_RULE_FILE, place_of(node), "`let` of a rule is a group of names, each with an expression");
    } else if (known) {
        finding_add(r->findings, LANG_RULE_FILE, place_of(node), "`%.*s` of a rule is one text", STR_ARG(node->key));
    } else {
        struct finding *f = finding_add(r->findings, LANG_RULE_FILE, place_of(node), "`%s` is no key of a rule", str_c(r->arena, node->key));
        if ((near = str_nearest(words, count, node->key)).len)
            finding_help(r->findings, f, "did you mean `%.*s`?", STR_ARG(near));
    }
}

static struct value param_value(const struct reader *r, const struct node *node)
{
    int64_t n;
    double  d;
    if (node->type == NODE_SEQUENCE) {
        struct list *list = NEW(r->arena, struct list);
        for (const struct node *item = node->first; item; item = item->next)
            list_push(r->arena, list, param_value(r, item));
        return value_list(list);
    }
    if (node->style == STYLE_PLAIN && str_to_int(node->text, &n))
        return value_int(n);
    if (node->style == STYLE_PLAIN && str_to_double(node->text, &d))
        return value_double(d);
    return value_text(keep(r, node->text));
}

static void read_params(const struct reader *r, const struct node *node, struct rule *rule)
{
    rule->params = NEW(r->arena, struct valuemap);
    for (const struct node *n = node->first; node->type == NODE_MAPPING && n; n = n->next) {
        struct valuemap_entry entry = { keep(r, n->key), n->key_span, param_value(r, n) };
        LIST_PUSH(r->arena, rule->params, entry);
    }
}

static void read_also(const struct reader *r, const struct node *node, struct rule *rule)
{
    rule->also = NEWS(r->arena, struct rule_also, node->count);
    for (const struct node *n = node->type == NODE_SEQUENCE ? node->first : NULL; n; n = n->next) {
        const struct node *at = node_get(n, STR("at")), *label = node_get(n, STR("label"));
        if (at && label && at->type == NODE_SCALAR && label->type == NODE_SCALAR)
            rule->also[rule->nalso++] = (struct rule_also){ { keep(r, at->text), at->span }, { keep(r, label->text), label->span } };
        else
            finding_add(r->findings, LANG_RULE_FILE, place_of(n), "a further place needs `at` and `label`");
    }
}

static bool is_name(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!(text.at[i] >= 'a' && text.at[i] <= 'z') && text.at[i] != '_' && (i == 0 || !(text.at[i] >= '0' && text.at[i] <= '9')))
            return false;
    return text.len > 0;
}

static void read_lets(const struct reader *r, const struct node *node, struct rule *rule)
{
    rule->lets = NEWS(r->arena, struct rule_let, LIMIT_RULE_LETS);
    for (const struct node *n = node->first; n; n = n->next) {
        if (n->type != NODE_SCALAR || str_trim(n->text).len == 0 || !is_name(n->key))
            finding_add(r->findings, LANG_RULE_FILE, place_of(n), "`let` gives names of small letters, digits and `_`, each to one expression");
        else if (rule->nlets == LIMIT_RULE_LETS)
            finding_add(r->findings, LANG_RULE_FILE, place_of(n), "a rule gives at most %d names under `let`", LIMIT_RULE_LETS);
        else
            rule->lets[rule->nlets++] = (struct rule_let){ keep(r, n->key), { keep(r, n->text), n->span } };
    }
}

static void read_yields(const struct reader *r, const struct node *node, struct rule *rule)
{
    rule->yields = NEWS(r->arena, struct rule_text, node->count);
    for (const struct node *n = node->first; n; n = n->next)
        if (n->type == NODE_SCALAR)
            rule->yields[rule->nyields++] = (struct rule_text){ keep(r, n->text), n->span };
        else
            finding_add(r->findings, LANG_RULE_FILE, place_of(n), "a rule yields to ids of rules");
}

static bool read_key(const struct reader *r, const struct node *n, struct rule *rule)
{
    if (str_eq(n->key, STR("params")))
        return read_params(r, n, rule), true;
    if (str_eq(n->key, STR("also")))
        return read_also(r, n, rule), true;
    if (str_eq(n->key, STR("let")) && n->type == NODE_MAPPING)
        return read_lets(r, n, rule), true;
    if (str_eq(n->key, STR("yields")) && n->type == NODE_SEQUENCE)
        return read_yields(r, n, rule), true;
    if (str_eq(n->key, STR("severity")))
        return n->type == NODE_SCALAR && severity_parse(n->text, &rule->severity) && rule->severity != SEV_ERROR;
    for (size_t i = 0; i < RULE_TEXTS; i++)
        if (str_eq(n->key, str_of(rule_texts[i].key)) && n->type == NODE_SCALAR)
            return *rule_text_of(rule, i) = keep(r, n->text), true;
    for (size_t i = 0; i < RULE_PLACES; i++)
        if (str_eq(n->key, str_of(rule_places[i].key)) && n->type == NODE_SCALAR)
            return *rule_place_of(rule, i) = (struct rule_text){ keep(r, n->text), n->span }, true;
    return str_starts(n->key, STR("x-"));
}

struct rule *rules_add(struct arena *arena, struct rules *rules, struct rule *rule)
{
    struct rule *other = map_add(&rules->by_id, arena, rule->id, rule);
    if (other)
        return other;
    if (rule->name.len)
        map_add(&rules->by_id, arena, rule->name, rule);
    map_add(&rules->by_code, arena, rule_code(rule), rule);
    LIST_PUSH(arena, &rules->list, rule);
    return NULL;
}

static void read_rule(const struct reader *r, const struct node *node, bool project, struct rules *rules)
{
    struct rule *rule = NEW(r->arena, struct rule), *other;
    bool fine = true;
    if (node->type != NODE_MAPPING) {
        struct finding *f = finding_add(r->findings, LANG_RULE_FILE, place_of(node), "a rule is a group of keys");
        finding_help(r->findings, f, "begin it with `- id:`");
        return;
    }
    const struct node *id = node_get(node, STR("id"));
    *rule = (struct rule){ .severity = SEV_OBSERVATION, .basis = STR("own_rule"), .from_stage = STR("draft"), .since = STR("2026.1"),
                            .project = project };
    rule->span = id ? id->span : node->span;
    for (const struct node *n = node->first; n; n = n->next)
        if (!read_key(r, n, rule)) {
            wrong_key(r, n);
            fine = false;
        }
    static const char *const needed[] = { "id", "severity", "message" };
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (!node_get(node, str_of(needed[i]))) {
            lacks(r, node, rule, needed[i]);
            fine = false;
        }
    if (fine && rule->assert.text.len == 0 && rule->builtin.len == 0) {
        lacks(r, node, rule, "assert");
        fine = false;
    }
    if (!fine)
        return;
    if ((other = rules_add(r->arena, rules, rule)) != NULL) {
        struct finding *f = finding_add(r->findings, LANG_RULE_TWICE, rule->span, "%s called %.*s", other->project ? "two rules are" : "a built-in rule is",
                                        STR_ARG(rule->id));
        if (other->project)
            finding_also(r->findings, f, other->span, "the other one");
    }
}

void rulefile_read(struct arena *arena, struct findings *findings, const struct node *tree, bool project, bool lasting, struct rules *rules)
{
    struct reader r = { arena, findings, lasting };
    if (!tree || tree->type != NODE_SEQUENCE) {
        if (tree)
            finding_add(findings, LANG_RULE_FILE, tree->span, "a file of rules is a list; begin each rule with `- id:`");
        return;
    }
    for (const struct node *n = tree->first; n; n = n->next)
        read_rule(&r, n, project, rules);
}

/* ---- what one rule says about others, when all are known ---- */

/* "reference-unresolved" -> "R-01": what the findings are called that a rule gives way to; empty when there are none. */
static str code_of(const struct rules *rules, str name)
{
    const struct rule *rule = map_get(&rules->by_id, name);
    const struct language_row *row = rule ? NULL : language_find(name);
    return rule ? rule_code(rule) : row ? str_of(row->id) : (str){ 0 };
}

static void link_yields(const struct reader *r, const struct rules *rules, struct rule *rule)
{
    size_t kept = 0;
    for (size_t i = 0; i < rule->nyields; i++) {
        struct rule_text other = rule->yields[i];
        str code = code_of(rules, other.text), near;
        if (code.len) {
            rule->yields[kept++] = (struct rule_text){ code, other.span };
            continue;
        }
        struct finding *f = finding_add(r->findings, LANG_RULE_FILE, other.span, "rule %.*s yields to %.*s, which is no rule", STR_ARG(rule->id), STR_ARG(other.text));
        f->record = rule->id;
        if ((near = rules_nearest(rules, other.text)).len)
            finding_help(r->findings, f, "did you mean %.*s?", STR_ARG(near));
        else
            finding_help(r->findings, f, "take the id from `ismsc rules --all`");
    }
    rule->nyields = kept;
}

/* Whether [from] gives way to [wanted], also by way of others. */
static bool reaches(const struct reader *r, const struct rules *rules, const struct rule *from, const struct rule *wanted)
{
    struct map seen = { 0 };
    map_add(&seen, r->arena, from->id, (void *)(uintptr_t)from);
    for (size_t i = 0; i < seen.len; i++) {
        const struct rule *rule = seen.entries[i].value;
        for (size_t k = 0; k < rule->nyields; k++) {
            struct rule *next = map_get(&rules->by_code, rule->yields[k].text);
            if (next == wanted)
                return true;
            if (next)
                map_add(&seen, r->arena, next->id, next);
        }
    }
    return false;
}

/* Rules that give way to each other would all be silent about the same mistake. */
static void check_circle(const struct reader *r, const struct rules *rules, struct rule *rule)
{
    for (size_t i = 0; i < rule->nyields; i++) {
        const struct rule *other = map_get(&rules->by_code, rule->yields[i].text);
        struct finding *f;
        if (other == rule)
            f = finding_add(r->findings, LANG_RULE_FILE, rule->yields[i].span, "rule %.*s yields to itself", STR_ARG(rule->id));
        else if (other && reaches(r, rules, other, rule))
            f = finding_add(r->findings, LANG_RULE_FILE, rule->yields[i].span, "rules %.*s and %.*s give way to each other, so neither would speak",
                            STR_ARG(rule->id), STR_ARG(other->id));
        else
            continue;
        f->record = rule->id;
        finding_help(r->findings, f, "let only the one that says it worse give way");
        rule->nyields = 0;
    }
}

void rulefile_link(struct arena *arena, struct findings *findings, struct rules *rules)
{
    struct reader r = { arena, findings, true };
    for (size_t i = rules->linked; i < rules->list.len; i++)
        link_yields(&r, rules, rules->list.at[i]);
    for (size_t i = rules->linked; i < rules->list.len; i++)
        check_circle(&r, rules, rules->list.at[i]);
    rules->linked = rules->list.len;
}
