/* SPDX-License-Identifier: MIT */
#include "weave/pack.h"

#include <stddef.h>

#include "weave/row.h"

enum { ROWS_KEPT = 64 }; /* until the memory of their nodes is given back */

/* Figures are small, and writers look at them as a whole. */
bool pack_wanted(const struct weaving *w, uint8_t look)
{
    return w->in_pieces && w->arena != w->rows && look != TABLE_MATRIX && look != TABLE_BARS;
}

void pack_begin(struct weaving *w, struct packing *packing)
{
    *packing = (struct packing){ .outside = w->arena, .awaiting = w->awaited.len };
    w->arena = w->rows;
    w->claims.len = 0;
}

void pack_end(struct weaving *w, struct packing *packing, struct open_table *table)
{
    arena_close(w->rows);
    w->arena = packing->outside;
    if (!packing->first)
        return;
    if (table->last)
        table->last->next = packing->first;
    else
        table->first = packing->first;
    table->last = packing->last;
}

/* --- one row --- */

static void put_text(struct buf *out, str text)
{
    size_t len = text.len;
    for (; len >= 0x80; len >>= 7)
        buf_char(out, (char)((len & 0x7F) | 0x80));
    buf_char(out, (char)len);
    buf_put(out, text);
}

static bool has_facts(const struct doc_node *node)
{
    static const char none[ROW_FACTS_LEN];
    return memcmp((const char *)node + ROW_FACTS_AT, none, sizeof none) != 0;
}

/* The cell that this node, a cell or the id in one, makes a candidate of, or NULL. */
static struct candidate *claim_of(const struct weaving *w, const struct doc_node *node)
{
    for (size_t i = 0; i < w->claims.len; i++)
        if (w->claims.at[i]->node == node || w->claims.at[i]->text == node)
            return w->claims.at[i];
    return NULL;
}

/* Nested tables keep their rows; what says how they look must outlive the row's memory. */
static struct doc_table *lasting_table(struct weaving *w, const struct doc_table *table)
{
    struct arena *arena = w->weave->arena;
    struct doc_table *copy = NEW(arena, struct doc_table);
    *copy = *table;
    copy->columns = NEWS(arena, struct doc_column, table->ncolumns);
    memcpy(copy->columns, table->columns, table->ncolumns * sizeof *table->columns);
    copy->description = str_copy(arena, table->description);
    copy->sheet = str_copy(arena, table->sheet);
    return copy;
}

static void put_answer(struct weaving *w, struct candidate *claim, bool waits)
{
    struct unsettled here = { w->packed->len, claim, waits };
    LIST_PUSH(w->lasting, &w->unsettled, here);
    buf_char(w->packed, ANSWER_NONE);
}

static void put_awaited(struct weaving *w, const struct doc_node *node, const struct awaited *awaited)
{
    bool link = node->type == DOC_LINK;
    put_answer(w, claim_of(w, node), true);
    put_text(w->packed, str_join2(w->rows, STR("#"), str_slug(w->rows, awaited->anchor)));
    put_text(w->packed, link ? link_words(w->rows, node) : awaited->otherwise);
    put_text(w->packed, link ? (str){ (const char *)&awaited->at, sizeof awaited->at } : (str){ 0 });
}

static void put_claim(struct weaving *w, struct candidate *claim)
{
    put_answer(w, claim, false);
    put_text(w->packed, claim->anchor);
    w->packed_nodes++; /* the anchor */
}

static void put_node(struct weaving *w, const struct doc_node *node)
{
    struct buf *out = w->packed;
    const struct awaited *awaited = node->serial ? &w->awaited.at[node->serial - 1] : NULL;
    struct candidate *claim = node->type == DOC_CELL ? claim_of(w, node) : NULL;
    int flags = (has_facts(node) ? ROW_FACTS : 0) | (node->text.len ? ROW_TEXT : 0) | (node->ref.len ? ROW_REF : 0) | (node->table ? ROW_TABLE : 0)
        | (awaited ? ROW_AWAITS : 0) | (claim ? ROW_CLAIMS : 0) | (node->first ? ROW_CHILDREN : 0);
    w->packed_nodes++;
    buf_char(out, (char)node->type);
    buf_char(out, (char)flags);
    if (flags & ROW_FACTS)
        buf_put(out, (str){ (const char *)node + ROW_FACTS_AT, ROW_FACTS_LEN });
    if (node->text.len)
        put_text(out, node->text);
    if (node->ref.len)
        put_text(out, node->ref);
    if (node->table) {
        const struct doc_table *table = lasting_table(w, node->table);
        buf_put(out, (str){ (const char *)&table, sizeof table });
    }
    if (awaited)
        put_awaited(w, node, awaited);
    if (claim)
        put_claim(w, claim);
    for (const struct doc_node *child = node->first; child; child = child->next)
        put_node(w, child);
    if (node->first)
        buf_char(out, (char)ROW_END);
}

/* Now that the row has its place, so have its answers. Its nodes go: nothing may point to them. */
static void settle(struct weaving *w, struct doc_row *row)
{
    for (size_t i = 0; i < w->unsettled.len; i++) {
        struct unsettled *here = &w->unsettled.at[i];
        char *answer = row->bytes + here->at;
        if (here->waits)
            LIST_PUSH(w->lasting, &w->answers, answer);
        if (here->claim && here->waits)
            here->claim->own = answer;
        else if (here->claim)
            here->claim->place = answer;
    }
    for (size_t i = 0; i < w->claims.len; i++)
        w->claims.at[i]->node = w->claims.at[i]->text = NULL;
    w->claims.len = w->unsettled.len = 0;
}

void pack_row(struct weaving *w, struct packing *packing, struct doc_node *row)
{
    uint32_t serial = w->packed_nodes;
    inline_join(w->rows, row);
    buf_clear(w->packed);
    put_node(w, row);
    struct doc_row *made = arena_take(w->weave->arena, offsetof(struct doc_row, bytes) + w->packed->len, _Alignof(struct doc_row));
    made->next = NULL;
    made->serial = serial;
    memcpy(made->bytes, w->packed->at, w->packed->len);
    settle(w, made);
    w->awaited.len = packing->awaiting;
    if (packing->last)
        packing->last->next = made;
    else
        packing->first = made;
    packing->last = made;
    if (++packing->rows % ROWS_KEPT == 0)
        arena_close(w->rows);
}

/* --- the end --- */

static void answer(struct weaving *w, char *place)
{
    const char *at = place + 1;
    str ref = row_text(&at), otherwise = row_text(&at), span = row_text(&at);
    const struct candidate *there = map_get(&w->anchors, str_cut(ref, 1, ref.len));
    if (there) {
        *place = there->own == place ? ANSWER_NONE : ANSWER_LINK;
        return;
    }
    *place = otherwise.len ? ANSWER_OTHERWISE : ANSWER_NONE;
    if (span.len) {
        struct span from;
        memcpy(&from, span.at, sizeof from);
        link_missing(w, from, ref);
    }
}

void pack_resolve(struct weaving *w)
{
    for (size_t i = 0; i < w->answers.len; i++)
        answer(w, w->answers.at[i]);
    for (size_t i = 0; i < w->anchors.len; i++) {
        const struct candidate *candidate = w->anchors.entries[i].value;
        if (candidate->place)
            *candidate->place = ANSWER_LINK;
    }
}
