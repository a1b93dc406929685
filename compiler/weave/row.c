/* SPDX-License-Identifier: MIT */
#include "weave/row.h"

struct reader {
    struct arena *arena;
    const char   *at;
    uint32_t      serial;
};

str row_text(const char **at)
{
    size_t len = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char c = (unsigned char)*(*at)++;
        len |= (size_t)(c & 0x7F) << shift;
        if (c < 0x80)
            break;
    }
    str text = { *at, len };
    *at += len;
    return text;
}

static void read_awaited(struct reader *reader, struct doc_node *node)
{
    enum row_answer answer = (enum row_answer)*reader->at++;
    str  ref = row_text(&reader->at), otherwise = row_text(&reader->at);
    bool record = node->type == DOC_TEXT;
    row_text(&reader->at); /* where an author wrote it */
    if (answer == ANSWER_OTHERWISE) {
        node->type = DOC_TEXT;
        node->text = otherwise;
        node->ref = (str){ 0 };
    } else if (answer == ANSWER_LINK) {
        if (record)
            doc_add_text(reader->arena, node, node->text)->ref = ref;
        node->type = DOC_LINK;
        node->text = (str){ 0 };
    }
    if (record || answer == ANSWER_LINK)
        node->ref = ref;
}

/* The anchor goes in front of the cell's words. */
static void read_claim(struct reader *reader, struct doc_node *cell)
{
    bool there = *reader->at++ != ANSWER_NONE;
    str  anchor = row_text(&reader->at);
    if (!there)
        return;
    struct doc_node *node = doc_add(cell, doc_new(reader->arena, DOC_ANCHOR));
    node->ref = anchor;
    node->serial = ++reader->serial;
}

static struct doc_node *read_node(struct reader *reader)
{
    struct doc_node *node = doc_new(reader->arena, (enum doc_type)(unsigned char)*reader->at++);
    unsigned flags = (unsigned char)*reader->at++;
    bool dropped = false;
    node->serial = ++reader->serial;
    if (flags & ROW_FACTS) {
        memcpy((char *)node + ROW_FACTS_AT, reader->at, ROW_FACTS_LEN);
        reader->at += ROW_FACTS_LEN;
    }
    if (flags & ROW_TEXT)
        node->text = row_text(&reader->at);
    if (flags & ROW_REF)
        node->ref = row_text(&reader->at);
    if (flags & ROW_TABLE) {
        memcpy(&node->table, reader->at, sizeof node->table);
        reader->at += sizeof node->table;
    }
    if (flags & ROW_AWAITS) {
        bool link = node->type == DOC_LINK;
        read_awaited(reader, node);
        dropped = link && node->type == DOC_TEXT; /* its words are its text now */
    }
    if (flags & ROW_CLAIMS)
        read_claim(reader, node);
    while (flags & ROW_CHILDREN && (unsigned char)*reader->at != ROW_END) {
        struct doc_node *child = read_node(reader);
        if (!dropped)
            doc_add(node, child);
    }
    reader->at += (flags & ROW_CHILDREN) != 0;
    return node;
}

/* --- going through a table --- */

static const struct doc_node *row_from(const struct doc_node *node)
{
    while (node && node->type != DOC_ROW)
        node = node->next;
    return node;
}

struct doc_rows doc_rows(struct arena *arena, const struct doc_node *table)
{
    struct doc_rows rows = { .arena = arena, .packed = table->table ? table->table->rows : NULL };
    rows.node = rows.packed ? NULL : row_from(table->first);
    if (rows.packed && !arena->block)
        arena_alloc(arena, 1, 1); /* so that giving a row back does not give back the block it is in */
    rows.mark = arena_mark(arena);
    return rows;
}

const struct doc_node *doc_next_row(struct doc_rows *rows)
{
    const struct doc_node *row = rows->node;
    if (row)
        rows->node = row_from(row->next);
    const struct doc_row *packed = rows->packed;
    if (row)
        return row;
    arena_release(rows->arena, rows->mark);
    if (!packed)
        return NULL;
    rows->packed = packed->next;
    struct reader reader = { rows->arena, packed->bytes, packed->serial };
    return read_node(&reader);
}

void doc_rows_end(struct doc_rows *rows) { arena_release(rows->arena, rows->mark); }

size_t doc_count_rows(const struct doc_node *table)
{
    size_t n = 0;
    for (const struct doc_row *row = table->table ? table->table->rows : NULL; row; row = row->next)
        n++;
    for (const struct doc_node *row = row_from(table->first); row; row = row_from(row->next))
        n++;
    return n;
}

const void *doc_identity(const struct doc_node *node)
{
    return node->serial ? (const void *)(2 * (uintptr_t)node->serial + 1) : (const void *)node; /* no node has an odd address */
}

struct doc_node *doc_copy(struct arena *arena, const struct doc_node *node)
{
    struct doc_node *copy = NEW(arena, struct doc_node);
    *copy = *node;
    copy->first = copy->last = copy->next = NULL;
    for (const struct doc_node *child = node->first; child; child = child->next)
        doc_add(copy, doc_copy(arena, child));
    return copy;
}
