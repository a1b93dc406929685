/* SPDX-License-Identifier: MIT */
/*
 * libcmark's tree made ours. Only this file knows libcmark. Its memory is an arena's: the library has no way
 * to be told which, so a thread-local pointer says it, and an allocation that fails leaves through the arena's
 * jump; nothing of libcmark outlives the arena, so nothing leaks.
 */
#include "parse/markdown.h"

#include <cmark.h>

#include "base/buf.h"
#include "base/limits.h"
#include "parse/markdown_part.h"

enum { INLINE_DEPTH = LIMIT_MARKDOWN_NEST, STACK = 3 * LIMIT_MARKDOWN_NEST + 8 };

/* --- libcmark's memory --- */

static _Thread_local struct arena *cmark_arena;

struct header { /* keeps the size for realloc, and the alignment of what follows */
    _Alignas(max_align_t) size_t size;
};

static void *give(size_t count, size_t size)
{
    if (size && count > (SIZE_MAX - sizeof(struct header)) / size)
        memory_exhausted(cmark_arena->memory);
    struct header *header = arena_alloc(cmark_arena, sizeof *header + count * size, _Alignof(struct header));
    header->size = count * size;
    return header + 1;
}

static void *give_more(void *old, size_t size)
{
    void  *at = give(1, size);
    size_t had = old ? ((struct header *)old - 1)->size : 0;
    if (had)
        memcpy(at, old, had < size ? had : size);
    return at;
}

static void take_back(void *at) { (void)at; }

static cmark_node *run_cmark(struct arena *scratch, str bytes)
{
    static const cmark_mem memory = { give, give_more, take_back };
    cmark_arena = scratch;
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, (cmark_mem *)(uintptr_t)&memory);
    cmark_parser_feed(parser, bytes.at, bytes.len);
    return cmark_parser_finish(parser);
}

/* --- nodes --- */

struct md_node *md_new(struct md_parse *parse, enum md_type type, uint32_t begin, uint32_t end)
{
    struct md_node *node = NEW(parse->arena, struct md_node);
    uint32_t most = (uint32_t)parse->text->bytes.len; /* a line with shields counts a few bytes too many */
    node->type = (uint8_t)type;
    node->begin = begin < most ? begin : most;
    node->end = end < node->begin ? node->begin : end < most ? end : most;
    return node;
}

struct md_node *md_add(struct md_node *parent, struct md_node *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

/* A walk over one of libcmark's trees. */
struct walk {
    struct md_parse     *parse;
    const struct md_fed *fed;     /* NULL where there is one place for everything: [begin, end) */
    uint32_t             begin, end;
    struct md_node      *stack[STACK];
    unsigned             depth, inlines, quotes;
    unsigned             flat;    /* containers left out because they are nested too deeply */
    size_t               taken;   /* blocks made without libcmark that were met */
    bool                 special; /* our own inline syntax may be in this block */
};

static struct md_node *top(struct walk *walk) { return walk->stack[walk->depth - 1]; }

static uint32_t offset(const struct walk *walk, int line, int column)
{
    const struct md_fed *fed = walk->fed;
    if (line < 1 || fed->lines.len == 0)
        return walk->begin;
    size_t n = (size_t)line - 1 < fed->lines.len ? (size_t)line - 1 : fed->lines.len - 1;
    size_t most = walk->parse->text->bytes.len, at = fed->lines.at[n].source + (column > 0 ? (size_t)column : 0);
    return (uint32_t)(at < most ? at : most);
}

/* Sets the place of the block that begins here, which its inlines share. */
static void place(struct walk *walk, cmark_node *node)
{
    if (!walk->fed)
        return;
    int column = cmark_node_get_start_column(node);
    walk->begin = offset(walk, cmark_node_get_start_line(node), column > 0 ? column - 1 : 0);
    walk->end = offset(walk, cmark_node_get_end_line(node), cmark_node_get_end_column(node));
    if (walk->end < walk->begin)
        walk->end = walk->begin;
}

static str copy_of(struct walk *walk, const char *text)
{
    return text && *text ? md_unshield(walk->parse->texts, str_of(text)) : (str){ "", 0 };
}

static struct md_node *leaf(struct walk *walk, enum md_type type, const char *text)
{
    struct md_node *node = md_new(walk->parse, type, walk->begin, walk->end);
    node->text = copy_of(walk, text);
    return md_add(top(walk), node);
}

/* --- text: pieces that became neighbours because a container was left out, or cut where the author escaped something --- */

static void text_leaf(struct walk *walk, str text)
{
    if (text.len == 0)
        return;
    md_add(top(walk), md_new(walk->parse, MD_TEXT, walk->begin, walk->end))->text = str_copy(walk->parse->texts, text);
    walk->special |= str_search(text, STR("~~"), 0) != SIZE_MAX || str_search(text, STR("[^"), 0) != SIZE_MAX;
}

static void add_text(struct walk *walk, str text)
{
    size_t from = 0, at;
    while ((at = str_search(text, MD_SHIELD, from)) != SIZE_MAX) {
        text_leaf(walk, str_cut(text, from, at));
        from = at + MD_SHIELD.len;
    }
    text_leaf(walk, str_cut(text, from, text.len));
}

/* --- containers --- */

static bool is_inline(cmark_node_type type) { return type >= CMARK_NODE_FIRST_INLINE && type <= CMARK_NODE_LAST_INLINE; }

static void too_deep(struct walk *walk)
{
    struct md_parse *parse = walk->parse;
    walk->flat++;
    if (parse->too_deep)
        return;
    parse->too_deep = true;
    finding_add(parse->findings, LANG_MARKDOWN_DEEP, md_span(parse->text, walk->begin, walk->end),
                "emphasis, links or lists are nested more than %d deep here", INLINE_DEPTH);
}

static void push(struct walk *walk, cmark_node *node, enum md_type type)
{
    bool within = is_inline(cmark_node_get_type(node));
    if (walk->flat || (within && walk->inlines == INLINE_DEPTH) || walk->depth == STACK) {
        too_deep(walk);
        return;
    }
    struct md_node *made = md_add(top(walk), md_new(walk->parse, type, walk->begin, walk->end));
    made->level = (uint8_t)cmark_node_get_heading_level(node);
    if (type == MD_LINK || type == MD_IMAGE)
        made->ref = copy_of(walk, cmark_node_get_url(node));
    if (type == MD_IMAGE)
        made->text = copy_of(walk, cmark_node_get_title(node));
    if (type == MD_LIST) {
        made->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        made->tight = cmark_node_get_list_tight(node) != 0;
        made->start = (uint32_t)cmark_node_get_list_start(node);
    }
    walk->inlines += within;
    walk->quotes += type == MD_QUOTE;
    walk->stack[walk->depth++] = made;
}

static void pop(struct walk *walk, cmark_node *node)
{
    if (walk->flat) {
        walk->flat--;
        return;
    }
    struct md_node *made = top(walk);
    if (walk->special)
        md_own_inlines(walk->parse, made);
    if (made->type == MD_ITEM)
        md_task_item(made);
    if (made->type == MD_PARAGRAPH || made->type == MD_HEADING)
        walk->special = false;
    walk->inlines -= is_inline(cmark_node_get_type(node));
    walk->quotes -= made->type == MD_QUOTE;
    walk->depth--;
}

/* A paragraph that is a table: takes its place and says so. The lines above the table stay a paragraph. */
static bool is_table(struct walk *walk, cmark_node *node)
{
    struct md_parse *parse = walk->parse;
    int    from = cmark_node_get_start_line(node), to = cmark_node_get_end_line(node);
    size_t header;

    if (!walk->fed || from < 1 || to <= from || (size_t)to > walk->fed->lines.len || walk->flat)
        return false;
    size_t first = (size_t)from - 1;
    struct md_node *table = md_table(parse, walk->fed, first, (size_t)to - 1, walk->quotes, walk->begin, &header);
    if (!table)
        return false;
    if (header > first) {
        struct buf *lines = buf_new(parse->scratch);
        for (size_t n = first; n < header; n++) {
            buf_put(lines, md_strip(md_line_at(walk->fed, n), walk->quotes));
            buf_char(lines, '\n');
        }
        struct md_node *paragraph = md_add(top(walk), md_new(parse, MD_PARAGRAPH, walk->begin, table->begin));
        struct md_pending pending = { paragraph, buf_str(lines), true, parse->depth };
        LIST_PUSH(parse->scratch, &parse->pending, pending);
    }
    md_add(top(walk), table);
    return true;
}

static void add_taken(struct walk *walk, struct md_node *into)
{
    const struct md_node *nodes = walk->fed->taken.at[walk->taken++].nodes;
    *(into->last ? &into->last->next : &into->first) = nodes->first;
    into->last = nodes->last;
}

/* A mark that blocks left behind: they take its place. */
static bool is_taken(struct walk *walk, cmark_node *node)
{
    const struct md_fed *fed = walk->fed;
    if (!fed || walk->taken == fed->taken.len || (size_t)cmark_node_get_start_line(node) != fed->taken.at[walk->taken].line + 1)
        return false;
    add_taken(walk, top(walk));
    return true;
}

/* libcmark ends a comment one line too early; the lines of its text tell where it ends. */
static void raw_html(struct walk *walk, cmark_node *node)
{
    str    bytes = walk->parse->text->bytes, html = str_of(cmark_node_get_literal(node));
    size_t end = str_find(bytes, '\n', walk->begin);
    for (size_t at = str_find(html, '\n', 0); at + 1 < html.len; at = str_find(html, '\n', at + 1))
        end = str_find(bytes, '\n', end + 1);
    if (walk->fed)
        walk->end = (uint32_t)end;
    leaf(walk, MD_HTML, html.at);
}

/* --- one tree --- */

static void enter_block(struct walk *walk, cmark_node *node, cmark_iter *iter)
{
    place(walk, node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:    push(walk, node, MD_QUOTE); break;
    case CMARK_NODE_LIST:           push(walk, node, MD_LIST); break;
    case CMARK_NODE_ITEM:           push(walk, node, MD_ITEM); break;
    case CMARK_NODE_HEADING:        push(walk, node, MD_HEADING); break;
    case CMARK_NODE_HTML_BLOCK:     raw_html(walk, node); break;
    case CMARK_NODE_THEMATIC_BREAK: leaf(walk, MD_RULE, NULL); break;
    case CMARK_NODE_CODE_BLOCK:
        leaf(walk, MD_CODE, cmark_node_get_literal(node))->ref = copy_of(walk, cmark_node_get_fence_info(node));
        break;
    case CMARK_NODE_PARAGRAPH:
        if (is_taken(walk, node) || is_table(walk, node))
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT); /* its inlines would be parsed across cells */
        else
            push(walk, node, MD_PARAGRAPH);
        break;
    default: break;
    }
}

static void enter_inline(struct walk *walk, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    switch (type) {
    case CMARK_NODE_TEXT:        add_text(walk, str_of(cmark_node_get_literal(node))); break;
    case CMARK_NODE_SOFTBREAK:   leaf(walk, MD_SOFT_BREAK, NULL); break;
    case CMARK_NODE_LINEBREAK:   leaf(walk, MD_BREAK, NULL); break;
    case CMARK_NODE_CODE:        leaf(walk, MD_CODE_SPAN, cmark_node_get_literal(node)); break;
    case CMARK_NODE_HTML_INLINE: leaf(walk, MD_HTML_INLINE, cmark_node_get_literal(node)); break;
    case CMARK_NODE_EMPH:        push(walk, node, MD_EMPHASIS); break;
    case CMARK_NODE_STRONG:      push(walk, node, MD_STRONG); break;
    case CMARK_NODE_LINK:        push(walk, node, MD_LINK); break;
    case CMARK_NODE_IMAGE:       push(walk, node, MD_IMAGE); break;
    default: break;
    }
}

/* Adds what is below [root] to [into]. */
static void convert(struct walk *walk, cmark_node *root, struct md_node *into)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;

    walk->depth = 1;
    walk->stack[0] = into;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (node == root)
            continue;
        if (event == CMARK_EVENT_EXIT)
            pop(walk, node);
        else if (is_inline(cmark_node_get_type(node)))
            enter_inline(walk, node);
        else
            enter_block(walk, node, iter);
    }
    if (walk->special)
        md_own_inlines(walk->parse, into);
    walk->special = false;
}

struct md_node *md_tree(struct md_parse *parse, const struct md_fed *fed)
{
    struct md_fed   shielded, rest;
    struct walk     walk = { .parse = parse, .fed = md_take_plain(parse, md_shield(parse->scratch, fed, &shielded), &rest) };
    struct md_node *root = md_new(parse, MD_DOCUMENT, 0, (uint32_t)parse->text->bytes.len);
    if (walk.fed->taken.len == 1 && walk.fed->lines.len == 2) /* a mark and nothing else */
        add_taken(&walk, root);
    else
        convert(&walk, run_cmark(parse->scratch, walk.fed->bytes), root);
    return root;
}

/* --- cells --- */

/*
 * All texts that wait go through libcmark in one go. A cell becomes a heading of its own between hash marks,
 * because in a heading everything is inline and nothing can begin a block; a paragraph follows an empty one.
 */
static str pending_text(struct md_parse *parse, const struct md_waiting *waiting)
{
    struct buf *out = buf_new(parse->scratch);
    for (size_t i = 0; i < waiting->len; i++) {
        const struct md_pending *pending = &waiting->at[i];
        buf_put(out, pending->paragraph ? STR("#\n\n") : STR("# "));
        buf_put(out, pending->text);
        buf_put(out, pending->paragraph ? STR("\n\n") : STR(" #\n"));
    }
    buf_text(out, "#\n\n");
    for (size_t i = 0; i < parse->links.len; i++) {
        buf_put(out, parse->links.at[i]);
        buf_char(out, '\n');
    }
    return buf_str(out);
}

static void parse_waiting(struct md_parse *parse, const struct md_waiting *waiting)
{
    struct walk walk = { .parse = parse };
    size_t n = 0;

    cmark_node *root = run_cmark(parse->scratch, pending_text(parse, waiting));
    for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node)) {
        bool heading = cmark_node_get_type(node) == CMARK_NODE_HEADING;
        if (heading && n++ == waiting->len)
            break; /* the one in front of the link definitions */
        const struct md_pending *pending = &waiting->at[n - 1];
        if (heading == pending->paragraph)
            continue;
        walk.begin = pending->node->begin;
        walk.end = pending->node->end;
        parse->depth = pending->depth;
        convert(&walk, node, pending->node);
    }
    parse->depth = 0;
}

/* A cell may refer to a footnote that has a table with cells that wait in turn. */
static void parse_pending(struct md_parse *parse)
{
    while (parse->pending.len) {
        struct md_waiting waiting = parse->pending;
        parse->pending = (struct md_waiting){ 0 };
        parse_waiting(parse, &waiting);
    }
}

/* --- the whole --- */

static struct md_node *parse_all(struct md_parse *parse)
{
    struct md_fed rest = { 0 };

    if (!md_guard(parse))
        return NULL;
    md_take_notes(parse, &rest);
    struct md_node *root = md_tree(parse, &rest);
    parse_pending(parse);
    md_report_notes(parse);
    return root;
}

struct md_node *markdown_parse(struct arena *arena, struct findings *findings, const struct md_text *text)
{
    return markdown_parse_apart(arena, arena, findings, text);
}

/* A byte order mark becomes blanks, as text_check makes of it: libcmark leaves it out, and so would count columns otherwise than we do. */
static struct md_text without_mark(struct arena *arena, const struct md_text *text)
{
    struct md_text without = *text;
    if (str_starts(text->bytes, STR("\xEF\xBB\xBF"))) {
        char *copy = arena_alloc(arena, text->bytes.len, 1);
        memcpy(copy, text->bytes.at, text->bytes.len);
        memset(copy, ' ', 3);
        without.bytes.at = copy;
    }
    return without;
}

struct md_node *markdown_parse_apart(struct arena *nodes, struct arena *texts, struct findings *findings, const struct md_text *text)
{
    struct arena *scratch = arena_new(nodes);
    struct md_text  without = without_mark(texts, text);
    struct md_parse parse = { .arena = nodes, .texts = texts, .scratch = scratch, .findings = findings, .text = &without };
    struct md_node *root = parse_all(&parse);
    arena_close(scratch);
    return root;
}
