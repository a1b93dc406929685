/* SPDX-License-Identifier: MIT */
/* Any bytes as Markdown: a guard refuses them with a finding, or they become a tree whose places lie inside the text and whose depth is limited. */
#include <assert.h>
#include <setjmp.h>

#include "base/limits.h"
#include "parse/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH = 2 * (3 * LIMIT_MARKDOWN_NEST + 8) + 4 }; /* a footnote at the bottom of everything, and as much inside it */

static void check_tree(const struct md_node *node, str text, unsigned depth)
{
    assert(depth < DEPTH);
    assert(node->begin <= node->end && node->end <= text.len);
    assert(utf8_invalid_at(node->text) == node->text.len && utf8_invalid_at(node->ref) == node->ref.len);
    assert((node->first == NULL) == (node->last == NULL) || node->type == MD_NOTE);
    for (const struct md_node *child = node->first; child; child = child->next)
        check_tree(child, text, depth + 1);
}

/* Rows have as many cells as their table has columns. */
static void check_tables(const struct md_node *node)
{
    for (const struct md_node *row = node->first; node->type == MD_TABLE && row; row = row->next) {
        unsigned cells = 0;
        for (const struct md_node *cell = row->first; cell; cell = cell->next)
            cells++;
        assert(cells == node->start);
    }
    for (const struct md_node *child = node->first; child; child = child->next)
        check_tables(child);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct memory memory;
    static struct arena arena;
    static struct findings findings;
    memory = (struct memory){ .limit = (size_t)512 << 20 };
    if (setjmp(memory.escape) == 0) {
        arena_init(&arena, &memory);
        findings_init(&findings, &arena);
        struct source source = { .number = 1, .bytes = str_copy(&arena, (str){ (const char *)data, size }) };
        struct md_text text = md_text_of(&arena, &source, 0, (uint32_t)size);
        text.most = LIMIT_MARKDOWN_BYTES;
        struct md_node *root = markdown_parse(&arena, &findings, &text);
        assert(root || findings.list.len);
        for (size_t i = 0; i < findings.list.len; i++)
            assert(findings.list.at[i]->at.begin <= findings.list.at[i]->at.end && findings.list.at[i]->at.end <= size);
        if (root) {
            check_tree(root, source.bytes, 0);
            check_tables(root);
        }
    }
    arena_close(&arena);
    return 0;
}
