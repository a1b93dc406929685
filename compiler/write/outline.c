/* SPDX-License-Identifier: MIT */
#include "write/outline.h"

#include "base/buf.h"
#include "base/map.h"

struct maker {
    struct arena  *arena;
    struct outline list;
    struct map     anchors; /* taken ones */
    unsigned       count[6];
    int            last;
    bool           numbered;
};

/* Titles repeat ("Purpose"); the second gets "-2". */
static str unique(struct maker *maker, str wanted)
{
    str anchor = wanted;
    for (unsigned n = 2; map_get(&maker->anchors, anchor); n++)
        anchor = str_print(maker->arena, "%.*s-%u", STR_ARG(wanted), n);
    map_add(&maker->anchors, maker->arena, anchor, maker);
    return anchor;
}

static str next_number(struct maker *maker, int level)
{
    maker->count[level - 1]++;
    for (int i = level; i < 6; i++)
        maker->count[i] = 0;
    struct buf *out = buf_new(maker->arena);
    for (int i = 0; i < level; i++)
        buf_print(out, i ? ".%u" : "%u", maker->count[i]);
    str number = str_copy(maker->arena, buf_str(out));
    buf_free(out);
    return number;
}

static void enter(struct maker *maker, const struct doc_node *node)
{
    struct outline_entry entry = { .node = node, .level = node->level ? node->level : 1 };
    if (entry.level > maker->last + 1)
        entry.level = maker->last + 1;
    if (entry.level > 6)
        entry.level = 6;
    maker->last = entry.level;
    entry.title = doc_plain(maker->arena, node);
    if (!maker->numbered)
        entry.number = node->text;
    else if (!node->unnumbered)
        entry.number = next_number(maker, entry.level);
    LIST_PUSH(maker->arena, &maker->list, entry);
}

/* Headings stand between blocks; rows are many and hold none unless a cell holds blocks. */
static void collect(struct maker *maker, const struct doc_node *node)
{
    for (const struct doc_node *child = node->first; child; child = child->next)
        if (child->type == DOC_HEADING)
            enter(maker, child);
        else if (child->type < DOC_CAPTION && child->type != DOC_PARAGRAPH && (child->type != DOC_CELL || child->blocks))
            collect(maker, child);
        else if (child->type == DOC_DETAILS)
            collect(maker, child);
}

static str made(struct arena *arena, str title)
{
    str anchor = str_slug(arena, title);
    return anchor.len ? anchor : STR("section");
}

/* Anchors that authors set come first, so that a made one never takes a name that a link means. */
static void name_all(struct maker *maker)
{
    struct outline_entry *at = maker->list.at;
    for (size_t i = 0; i < maker->list.len; i++)
        if (at[i].node->ref.len)
            at[i].anchor = unique(maker, at[i].node->ref);
    for (size_t i = 0; i < maker->list.len; i++)
        if (!at[i].anchor.len)
            at[i].anchor = unique(maker, made(maker->arena, at[i].title));
}

struct outline outline_make(struct arena *arena, const struct document *document)
{
    struct maker maker = { .arena = arena, .numbered = document->numbered };
    if (document->body)
        collect(&maker, document->body);
    name_all(&maker);
    return maker.list;
}

const struct outline_entry *outline_next(const struct outline *outline, size_t *next, const struct doc_node *node)
{
    for (size_t n = 0, i = *next; n < outline->len; n++, i++)
        if (outline->at[i % outline->len].node == node) {
            *next = i % outline->len + 1;
            return &outline->at[*next - 1];
        }
    return NULL;
}
