/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a YAML file: a tree comes out whose spans lie inside the file, in order, and whose texts have no
 * byte that may not stand in a document; so does the tree after packing and unpacking.
 */
#include <assert.h>

#include "base/limits.h"
#include "diag/finding.h"
#include "parse/packed.h"
#include "parse/yaml.h"

#include "in_arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_node(const struct node *node, size_t len, int depth)
{
    assert(depth <= LIMIT_NODE_DEPTH + 2);
    assert(node->span.begin <= node->span.end && node->span.end <= len);
    if (node->type == NODE_SCALAR) {
        assert(utf8_invalid_at(node->text) == node->text.len);
        return;
    }
    size_t count = 0;
    for (const struct node *child = node->first; child; child = child->next, count++)
        check_node(child, len, depth + 1);
    assert(count == node->count);
}

static bool same_tree(const struct node *a, const struct node *b)
{
    if (a->type != b->type || !str_eq(a->key, b->key) || a->span.begin != b->span.begin || a->span.end != b->span.end)
        return false;
    if (a->type == NODE_SCALAR)
        return str_eq(a->text, b->text);
    const struct node *x = a->first, *y = b->first;
    for (; x && y; x = x->next, y = y->next)
        if (!same_tree(x, y))
            return false;
    return !x && !y;
}

/* Entries that are handed over one by one are those of the tree. */
struct taking {
    const struct node *next;  /* section of the tree; a key may stand there twice, after a finding */
    const struct node *entry; /* of the section in hand, that comes next */
};

static bool take_all(void *state, str section)
{
    struct taking *taking = state;
    while (taking->next->type != NODE_MAPPING || !str_eq(taking->next->key, section))
        taking->next = taking->next->next;
    taking->entry = taking->next->first;
    taking->next = taking->next->next;
    return section.len % 2 == 0;
}

static void take_one(void *state, str section, const struct node *entry)
{
    struct taking *taking = state;
    (void)section;
    assert(same_tree(taking->entry, entry));
    taking->entry = taking->entry->next;
}

static void check_entries(struct arena *arena, const struct node *tree, str packed)
{
    struct taking taking = { .next = tree->first };
    struct node_entries entries = { take_all, take_one, &taking };
    const struct node *rest = packed_read_entries(arena, packed, tree->span.file, &entries);
    assert(rest->count == tree->count);
    for (const struct node *a = tree->first, *b = rest->first; a; a = a->next, b = b->next)
        assert(a->type == NODE_MAPPING && a->key.len % 2 == 0 ? str_eq(a->key, b->key) && b->count == 0 : same_tree(a, b));
}

static void parse(struct arena *arena, str bytes)
{
    struct findings findings;
    struct sources  sources = { .arena = arena };
    bool readable;
    findings_init(&findings, arena);
    struct source *source = source_add(&sources, STR("isms.yaml"), bytes, false);
    struct node *tree = yaml_parse(arena, &findings, source, 0, (uint32_t)bytes.len, &readable);
    assert(readable || findings.list.len > 0);
    for (size_t i = 0; i < findings.list.len; i++)
        assert(findings.list.at[i]->at.begin <= findings.list.at[i]->at.end && findings.list.at[i]->at.end <= bytes.len);
    if (!tree)
        return;
    check_node(tree, bytes.len, 0);
    struct buf *packed = buf_new(arena);
    packed_write(arena, packed, tree);
    assert(same_tree(tree, packed_read(arena, buf_str(packed), tree->span.file)));
    if (tree->type == NODE_MAPPING)
        check_entries(arena, tree, buf_str(packed));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return in_arena(parse, data, size); }
