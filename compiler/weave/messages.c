/* SPDX-License-Identifier: MIT */
/* The table of a language: entering files, looking texts up. What a message is stands in messages_text.c. */
#include "weave/messages.h"

enum { TAGS_MOST = 64 };

const char *const message_entries[] = { "title", "subtitle", "description", NULL };

/* --- do the tags agree? --- */

struct tags { str at[TAGS_MOST]; size_t len; };

static struct tags tags_in(str text)
{
    struct tags tags = { .len = 0 };
    for (size_t at = 0; tags.len < TAGS_MOST && (at = str_search(text, STR("{{"), at)) != SIZE_MAX;) {
        size_t end = str_search(text, STR("}}"), at);
        end = end == SIZE_MAX ? text.len : end + 2;
        tags.at[tags.len++] = str_cut(text, at, end);
        at = end;
    }
    return tags;
}

/* A tag of [from] that [in] has not as often, or an empty text. */
static str lacking(const struct tags *from, const struct tags *in)
{
    for (size_t i = 0; i < from->len; i++) {
        size_t here = 0, there = 0;
        for (size_t k = 0; k < from->len; k++)
            here += str_eq(from->at[k], from->at[i]);
        for (size_t k = 0; k < in->len; k++)
            there += str_eq(in->at[k], from->at[i]);
        if (here > there)
            return from->at[i];
    }
    return (str){ 0 };
}

/* Whether a translation has the tags of the text; a finding when not. */
static bool tags_agree(struct findings *findings, const struct node *entry)
{
    struct tags english = tags_in(entry->key), other = tags_in(entry->text);
    str missing = lacking(&english, &other), extra = lacking(&other, &english);
    if (missing.len == 0 && extra.len == 0)
        return true;
    str tag = missing.len ? missing : extra;
    finding_add(findings, LANG_TRANSLATION, entry->span, missing.len ? "the translation lacks `%.*s`" : "the text that is translated has no `%.*s`", STR_ARG(tag));
    return false;
}

/* --- the table --- */

static struct map *file_of(struct arena *arena, struct messages *messages, str stem)
{
    struct map *file = map_get(&messages->files, stem);
    if (!file) {
        file = NEW(arena, struct map);
        map_add(&messages->files, arena, stem, file);
    }
    return file;
}

void messages_add(struct arena *arena, struct findings *findings, struct messages *messages, str stem, bool own, const struct node *tree)
{
    if (!tree || tree->type != NODE_MAPPING)
        return;
    struct map *file = own ? &messages->own : file_of(arena, messages, stem);
    for (const struct node *entry = tree->first; entry; entry = entry->next) {
        if (entry->type != NODE_SCALAR) {
            finding_add(findings, LANG_TRANSLATION, entry->key_span, "each text has one translation");
            continue;
        }
        if (entry->text.len == 0 || !tags_agree(findings, entry))
            continue;
        map_add(file, arena, entry->key, (void *)(uintptr_t)&entry->text);
        if (!own)
            map_add(&messages->all, arena, entry->key, (void *)(uintptr_t)&entry->text);
    }
}

str messages_find(const struct messages *messages, str stem, str text)
{
    if (!messages || text.len == 0)
        return (str){ 0 };
    const str *found = map_get(&messages->own, text);
    const struct map *file = found ? NULL : map_get(&messages->files, stem);
    if (file)
        found = map_get(file, text);
    if (!found)
        found = map_get(&messages->all, text);
    return found ? *found : (str){ 0 };
}

str messages_say(const struct messages *messages, str stem, str text)
{
    str found = messages_find(messages, stem, text);
    return found.len ? found : text;
}
