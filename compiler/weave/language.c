/* SPDX-License-Identifier: MIT */
#include "weave/language.h"

#include "base/arena.h"

#define TEXT(literal) { literal, sizeof(literal) - 1 }
#define ENGLISH                                                                                                                       \
    .months = { TEXT("January"), TEXT("February"), TEXT("March"), TEXT("April"), TEXT("May"), TEXT("June"), TEXT("July"), TEXT("August"), \
                TEXT("September"), TEXT("October"), TEXT("November"), TEXT("December") },                                             \
    .periods = { TEXT("day"), TEXT("days"), TEXT("month"), TEXT("months") }, .decimal = TEXT("."), .group = TEXT(","), .colon = TEXT(": ")

static const struct language british = { .date = TEXT("{day} {month} {year}"), ENGLISH };
static const struct language american = { .date = TEXT("{month} {day}, {year}"), ENGLISH };

const struct language *language_english(str tag) { return str_eq_nocase(tag, STR("en-US")) ? &american : &british; }

static void wrong(struct findings *findings, const struct node *entry, const char *what)
{
    finding_add(findings, LANG_TRANSLATION, entry->span, "`%.*s` takes %s", STR_ARG(entry->key), what);
}

/* As many texts as there are to be. */
static void read_texts(struct findings *findings, const struct node *entry, str *out, size_t count, const char *what)
{
    size_t n = 0;
    bool   texts = entry->type == NODE_SEQUENCE && entry->count == count;
    for (const struct node *item = texts ? entry->first : NULL; item; item = item->next)
        texts = texts && item->type == NODE_SCALAR;
    if (!texts) {
        wrong(findings, entry, what);
        return;
    }
    for (const struct node *item = entry->first; item; item = item->next)
        out[n++] = item->text;
}

static void read_date(struct findings *findings, const struct node *entry, str *out)
{
    static const char *const parts[] = { "{day}", "{month}", "{year}" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (entry->type != NODE_SCALAR || str_search(entry->text, str_of(parts[i]), 0) == SIZE_MAX) {
            wrong(findings, entry, "a text with {day}, {month} and {year}");
            return;
        }
    *out = entry->text;
}

static void read_sign(struct findings *findings, const struct node *entry, str *out)
{
    if (entry->type != NODE_SCALAR || entry->text.len > 4)
        wrong(findings, entry, "one character");
    else
        *out = entry->text;
}

const struct language *language_read(struct arena *arena, struct findings *findings, const struct node *tree)
{
    struct language *language = NEW(arena, struct language);
    *language = british;
    for (const struct node *entry = tree && tree->type == NODE_MAPPING ? tree->first : NULL; entry; entry = entry->next) {
        if (str_eq(entry->key, STR("date")))
            read_date(findings, entry, &language->date);
        else if (str_eq(entry->key, STR("months")))
            read_texts(findings, entry, language->months, 12, "the names of the twelve months");
        else if (str_eq(entry->key, STR("periods")))
            read_texts(findings, entry, language->periods, 4, "the words for day, days, month and months");
        else if (str_eq(entry->key, STR("first")))
            read_sign(findings, entry, &language->first);
        else if (str_eq(entry->key, STR("decimal")))
            read_sign(findings, entry, &language->decimal);
        else if (str_eq(entry->key, STR("group")))
            read_sign(findings, entry, &language->group);
        else if (str_eq(entry->key, STR("colon")))
            read_sign(findings, entry, &language->colon);
        else if (!str_eq(entry->key, STR("name")))
            finding_add(findings, LANG_TRANSLATION, entry->key_span, "`%.*s` is nothing that is said about a language: name, date, first, months, periods, decimal, group, colon", STR_ARG(entry->key));
    }
    return language;
}
