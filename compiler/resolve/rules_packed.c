/* SPDX-License-Identifier: MIT */
#include "resolve/rules_packed.h"

#include "base/packing.h"
#include "model/model.h"
#include "resolve/rulefile.h"

/* ---- writing ---- */

/* A parameter is a number, a text, or a list of them. */
static void pack_value(const struct packer *out, struct value value)
{
    uint64_t bits;
    pack_number(out, value.tag);
    if (value.tag == V_TEXT) {
        pack_text(out, value.text);
    } else if (value.tag == V_LIST) {
        pack_number(out, value.list->len);
        for (size_t i = 0; i < value.list->len; i++)
            pack_value(out, value.list->at[i]);
    } else {
        memcpy(&bits, &value.i, sizeof bits); /* of a double as well */
        pack_number(out, bits);
    }
}

static void pack_params(const struct packer *out, const struct valuemap *params)
{
    pack_number(out, params ? params->len + 1 : 0);
    for (size_t i = 0; params && i < params->len; i++) {
        pack_text(out, params->at[i].key);
        pack_value(out, params->at[i].value);
    }
}

static void pack_rule(const struct packer *out, const struct rule *rule)
{
    pack_number(out, rule->severity);
    for (size_t i = 0; i < RULE_TEXTS; i++)
        pack_text(out, *rule_text_of(rule, i));
    for (size_t i = 0; i < RULE_PLACES; i++)
        pack_text(out, rule_place_of(rule, i)->text);
    pack_params(out, rule->params);
    pack_number(out, rule->nlets);
    for (size_t i = 0; i < rule->nlets; i++) {
        pack_text(out, rule->lets[i].name);
        pack_text(out, rule->lets[i].value.text);
    }
    pack_number(out, rule->nalso);
    for (size_t i = 0; i < rule->nalso; i++) {
        pack_text(out, rule->also[i].at.text);
        pack_text(out, rule->also[i].label.text);
    }
    pack_number(out, rule->nyields);
    for (size_t i = 0; i < rule->nyields; i++)
        pack_text(out, rule->yields[i].text);
}

void rules_pack(struct arena *arena, struct buf *out, const struct rules *rules)
{
    struct packer packer = packer_new(arena);
    pack_number(&packer, rules->list.len);
    for (size_t i = 0; i < rules->list.len; i++)
        pack_rule(&packer, rules->list.at[i]);
    packer_end(&packer, out);
}

/* ---- reading ---- */

struct reader {
    struct arena   *arena;
    struct unpacker bytes;
};

static size_t count(struct reader *r) { return (size_t)unpack_number(&r->bytes); }
static str text(struct reader *r) { return unpack_text(&r->bytes); }

static struct value read_value(struct reader *r)
{
    struct value value = { .tag = (uint8_t)count(r) };
    if (value.tag == V_TEXT)
        return value_text(text(r));
    if (value.tag == V_LIST) {
        size_t len = count(r);
        value.list = list_with_room(r->arena, len);
        for (size_t i = 0; i < len; i++)
            list_push(r->arena, value.list, read_value(r));
    } else {
        uint64_t bits = unpack_number(&r->bytes);
        memcpy(&value.i, &bits, sizeof bits);
    }
    return value;
}

static struct valuemap *read_params(struct reader *r)
{
    size_t len = count(r);
    if (len == 0)
        return NULL;
    struct valuemap *params = NEW(r->arena, struct valuemap);
    for (; len > 1; len--) {
        struct valuemap_entry entry = { .key = text(r) };
        entry.value = read_value(r);
        LIST_PUSH(r->arena, params, entry);
    }
    return params;
}

static void read_lets(struct reader *r, struct rule *rule)
{
    rule->nlets = count(r);
    rule->lets = rule->nlets ? NEWS(r->arena, struct rule_let, rule->nlets) : NULL;
    for (size_t i = 0; i < rule->nlets; i++) {
        rule->lets[i].name = text(r);
        rule->lets[i].value.text = text(r);
    }
}

static void read_also(struct reader *r, struct rule *rule)
{
    rule->nalso = count(r);
    rule->also = rule->nalso ? NEWS(r->arena, struct rule_also, rule->nalso) : NULL;
    for (size_t i = 0; i < rule->nalso; i++) {
        rule->also[i].at.text = text(r);
        rule->also[i].label.text = text(r);
    }
}

static void read_yields(struct reader *r, struct rule *rule)
{
    rule->nyields = count(r);
    rule->yields = rule->nyields ? NEWS(r->arena, struct rule_text, rule->nyields) : NULL;
    for (size_t i = 0; i < rule->nyields; i++)
        rule->yields[i].text = text(r);
}

static void read_rule(struct reader *r, struct rule *rule)
{
    rule->severity = (enum severity)count(r);
    for (size_t i = 0; i < RULE_TEXTS; i++)
        *rule_text_of(rule, i) = text(r);
    for (size_t i = 0; i < RULE_PLACES; i++)
        rule_place_of(rule, i)->text = text(r);
    rule->params = read_params(r);
    read_lets(r, rule);
    read_also(r, rule);
    read_yields(r, rule);
}

struct rules rules_unpack(struct arena *arena, str bytes)
{
    struct reader r = { arena, unpacker_of(bytes) };
    struct rules  rules = { .linked = count(&r) };
    struct rule  *all = NEWS(arena, struct rule, rules.linked);
    rules.list.at = NEWS(arena, struct rule *, rules.linked);
    rules.list.room = rules.linked;
    map_reserve(&rules.by_id, arena, rules.linked * 2); /* with names */
    map_reserve(&rules.by_code, arena, rules.linked);
    for (size_t i = 0; i < rules.linked; i++) {
        read_rule(&r, &all[i]);
        rules_add(arena, &rules, &all[i]);
    }
    return rules;
}
