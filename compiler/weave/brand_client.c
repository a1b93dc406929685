/* SPDX-License-Identifier: MIT */
/*
 * One look for many clients invites one accident: a text copied from another client's ISMS that still carries their
 * name. A brand that lists its clients has every source of a project searched for the names of the others.
 */
#include "model/fields.h"
#include "weave/brand.h"

struct search {
    struct findings    *findings;
    struct sources     *sources;
    const struct model *model;
    const struct record *brand;
};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_word(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80; }

/* Where [name] stands in [text] as words of its own, in any case; SIZE_MAX when nowhere. */
static size_t find_name(str text, str name, size_t from)
{
    for (size_t at = from; at + name.len <= text.len; at++) {
        size_t n = 0;
        while (n < name.len && lower(text.at[at + n]) == lower(name.at[n]))
            n++;
        if (n == name.len && (at == 0 || !is_word(text.at[at - 1])) && (at + n == text.len || !is_word(text.at[at + n])))
            return at;
    }
    return SIZE_MAX;
}

static str field(const struct record *record, size_t index)
{
    return record && record->fields[index].tag == V_TEXT ? record->fields[index].text : (str){ 0 };
}

static bool is_called(const struct record *record, size_t index, str name)
{
    str text = field(record, index);
    return text.len && find_name(text, name, 0) != SIZE_MAX;
}

static bool is_in_section(const struct model *model, size_t section, size_t index, str name)
{
    const struct value *value = &model->root->fields[section];
    for (size_t i = 0; value->tag == V_LIST && i < value->list->len; i++)
        if (value->list->at[i].tag == V_RECORD && is_called(value->list->at[i].record, index, name))
            return true;
    return false;
}

/* The organisation itself, and clients that it does business with and says so. */
static bool may_be_named(const struct model *model, str name)
{
    struct value organisation = model->root->fields[F_isms_organisation];
    const struct record *own = organisation.tag == V_RECORD ? organisation.record : NULL;
    str full = field(own, F_organisation_name), brief = field(own, F_organisation_short_name);
    return (full.len && find_name(name, full, 0) != SIZE_MAX) || (full.len && find_name(full, name, 0) != SIZE_MAX)
        || (brief.len && find_name(name, brief, 0) != SIZE_MAX)
        || is_in_section(model, F_isms_suppliers, F_supplier_name, name) || is_in_section(model, F_isms_interested_parties, F_interested_party_name, name);
}

static void search_source(const struct search *s, const struct source *source, str name)
{
    struct span list = s->brand->fields[F_brand_clients].span;
    for (size_t at = find_name(source->bytes, name, 0); at != SIZE_MAX; at = find_name(source->bytes, name, at + name.len)) {
        if (list.file == source->number && at >= list.begin && at < list.end)
            continue;
        struct span span = { source->number, (uint32_t)at, (uint32_t)(at + name.len) };
        finding_add(s->findings, LANG_BRAND_CLIENT, span, "%.*s is another client of this brand", STR_ARG(name));
    }
}

void brand_check_clients(struct findings *findings, struct sources *sources, const struct model *model, const struct record *brand)
{
    struct search s = { findings, sources, model, brand };
    const struct value *clients = &brand->fields[F_brand_clients];
    for (size_t i = 0; clients->tag == V_LIST && i < clients->list->len; i++) {
        str name = clients->list->at[i].tag == V_TEXT ? str_trim(clients->list->at[i].text) : (str){ 0 };
        if (name.len < 3 || may_be_named(model, name))
            continue;
        for (size_t k = 0; k < sources->list.len; k++)
            if (!sources->list.at[k]->builtin && sources->list.at[k]->bytes.len)
                search_source(&s, sources->list.at[k], name);
    }
}
