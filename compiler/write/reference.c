/* SPDX-License-Identifier: MIT */
#include "write/reference.h"

/* Captions stand below blocks; a cell may hold blocks, but what is in a register's cells is not referred to by number. */
static void collect(struct arena *arena, struct references *references, const struct doc_node *parent)
{
    for (const struct doc_node *node = parent->first; node; node = node->next) {
        const struct doc_node *caption = node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
        bool counts = caption && caption->number && (node->type == DOC_TABLE || node->type == DOC_FIGURE);
        if (counts && node->ref.len)
            map_add(&references->captions, arena, node->ref, (void *)(uintptr_t)node);
        if (counts && caption->ref.len)
            map_add(&references->captions, arena, caption->ref, (void *)(uintptr_t)node);
        if (node->type < DOC_TEXT && node->type != DOC_TABLE && node->type != DOC_PARAGRAPH)
            collect(arena, references, node);
    }
}

struct reference reference_to(struct arena *arena, struct references *references, const struct document *doc, const struct outline *outline, str anchor)
{
    const struct doc_words *words = doc->words ? doc->words : doc_words_english();
    if (!references->known && doc->body)
        collect(arena, references, doc->body);
    references->known = true;
    const struct doc_node *node = map_get(&references->captions, anchor);
    if (node)
        return (struct reference){ REFERENCE_CAPTION, { 0 }, str_print(arena, "%.*s\xC2\xA0%u", STR_ARG(node->type == DOC_TABLE ? words->table : words->figure), (unsigned)node->first->number) };
    for (size_t i = 0; i < outline->len; i++) {
        const struct outline_entry *entry = &outline->at[i];
        if (str_eq(entry->anchor, anchor))
            return entry->number.len ? (struct reference){ REFERENCE_NUMBER, words->section, entry->number } : (struct reference){ REFERENCE_TITLE, { 0 }, entry->title };
    }
    return (struct reference){ REFERENCE_NOTHING, { 0 }, anchor };
}

str reference_text(struct arena *arena, struct reference reference)
{
    return reference.word.len ? str_print(arena, "%.*s\xC2\xA0%.*s", STR_ARG(reference.word), STR_ARG(reference.label)) : reference.label;
}
