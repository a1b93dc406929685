/* SPDX-License-Identifier: MIT */
#include "weave/document.h"

#include "base/buf.h"

struct doc_node *doc_new(struct arena *arena, enum doc_type type)
{
    struct doc_node *node = NEW(arena, struct doc_node);
    node->type = (uint8_t)type;
    return node;
}

struct doc_node *doc_add(struct doc_node *parent, struct doc_node *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

void doc_unwrap(struct doc_node *cell)
{
    struct doc_node *only = cell->first;
    if (only && !only->next && only->type == DOC_PARAGRAPH) {
        cell->first = only->first;
        cell->last = only->last;
    } else {
        cell->blocks = only != NULL;
    }
}

struct doc_node *doc_add_text(struct arena *arena, struct doc_node *parent, str text)
{
    struct doc_node *node = doc_new(arena, DOC_TEXT);
    node->text = text;
    return doc_add(parent, node);
}

/* A node whose text belongs to what a reader reads; a heading's is its number, a note stands elsewhere. */
static bool carries_text(const struct doc_node *node)
{
    switch (node->type) {
    case DOC_TEXT: case DOC_CODE: case DOC_CODE_SPAN: case DOC_BADGE: case DOC_IMAGE:
        return true;
    default:
        return false;
    }
}

void doc_put_plain(struct buf *out, const struct doc_node *node)
{
    if (node->type == DOC_NOTE)
        return;
    if (carries_text(node))
        buf_put(out, node->text);
    else if (node->type == DOC_BREAK || node->type == DOC_SOFT_BREAK)
        buf_char(out, ' ');
    for (const struct doc_node *child = node->first; child; child = child->next) {
        bool block = child->type < DOC_TEXT;
        if (block && out->len && out->at[out->len - 1] != ' ')
            buf_char(out, ' ');
        doc_put_plain(out, child);
    }
}

str doc_plain(struct arena *arena, const struct doc_node *node)
{
    const struct doc_node *only = node->first;
    if (only && !only->next && only->type == DOC_TEXT) /* nearly every heading and cell: no copy */
        return only->text;
    struct buf *out = buf_new(arena);
    doc_put_plain(out, node);
    str text = str_copy(arena, str_trim(buf_str(out)));
    buf_free(out);
    return text;
}

const struct image *doc_picture(const struct document *doc, const struct doc_node *image)
{
    return image->ref.len ? map_get(&doc->pictures, image->ref) : NULL;
}

bool doc_is_given(str fact) { return fact.len && !str_eq(fact, STR("\xE2\x80\x93")); }

bool doc_is_rtl(str language)
{
    static const char *const tags[] = { "ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", NULL };
    return str_is_one_of(str_cut(language, 0, str_find(language, '-', 0)), tags);
}
