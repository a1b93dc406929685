/* SPDX-License-Identifier: MIT */
/* Documents made by hand in few words, for the tests of the writers. */
#ifndef DOCUMENT_FIXTURE_H
#define DOCUMENT_FIXTURE_H

#include <stdarg.h>

#include "weave/document.h"

static struct memory memory = { .limit = (size_t)256 << 20 };
static struct arena  arena;

static inline struct doc_node *add(struct doc_node *parent, enum doc_type type)
{
    return doc_add(parent, doc_new(&arena, type));
}

static inline struct doc_node *add_text(struct doc_node *parent, enum doc_type type, const char *text)
{
    struct doc_node *node = add(parent, type);
    doc_add_text(&arena, node, str_of(text));
    return node;
}

static inline struct doc_node *heading(struct doc_node *body, int level, const char *anchor, const char *text)
{
    struct doc_node *node = add_text(body, DOC_HEADING, text);
    node->level = (uint8_t)level;
    node->ref = str_of(anchor);
    return node;
}

static inline struct doc_node *link_to(struct doc_node *parent, const char *target, const char *text)
{
    struct doc_node *node = add_text(parent, DOC_LINK, text);
    node->ref = str_of(target);
    return node;
}

static inline struct doc_node *picture(struct document *doc, struct doc_node *parent, const struct image *image, const char *ref, const char *words)
{
    struct doc_node *node = add(parent, DOC_IMAGE);
    node->ref = str_of(ref);
    node->text = str_of(words);
    if (image)
        map_add(&doc->pictures, &arena, node->ref, (void *)(uintptr_t)image);
    return node;
}

static inline struct doc_node *badge(struct doc_node *parent, const char *text, enum doc_tone tone, int rank, int ranks)
{
    struct doc_node *node = add(parent, DOC_BADGE);
    node->text = str_of(text);
    node->tone = (uint8_t)tone;
    node->rank = (uint8_t)rank;
    node->ranks = (uint8_t)ranks;
    return node;
}

static inline struct doc_node *table(struct doc_node *parent, enum doc_look look, int columns)
{
    struct doc_node *node = add(parent, DOC_TABLE);
    node->table = NEW(&arena, struct doc_table);
    node->table->columns = NEWS(&arena, struct doc_column, (size_t)columns);
    node->table->ncolumns = (uint16_t)columns;
    node->table->look = (uint8_t)look;
    return node;
}

/* As many texts as the table has columns. */
static inline struct doc_node *row(struct doc_node *of, int header, ...)
{
    struct doc_node *node = add(of, DOC_ROW);
    va_list texts;
    node->header = header != 0;
    va_start(texts, header);
    for (int i = 0; i < of->table->ncolumns; i++) {
        struct doc_node *cell = add(node, DOC_CELL);
        str text = str_of(va_arg(texts, const char *));
        if (text.len)
            doc_add_text(&arena, cell, text);
    }
    va_end(texts);
    return node;
}

static inline struct doc_node *cell_of(struct doc_node *of, int column)
{
    struct doc_node *cell = of->first;
    while (column--)
        cell = cell->next;
    return cell;
}

static inline struct document document_new(void)
{
    return (struct document){
        .file = STR("policy"), .id = STR("DOC-01"), .title = STR("Policy"), .version = STR("1.0"), .organisation = STR("Example Ltd"),
        .language = STR("en"), .body = doc_new(&arena, DOC_BODY), .brand = brand_default(), .words = doc_words_english(),
    };
}

#endif
