/* SPDX-License-Identifier: MIT */
/*
 * Expansion of Mustache nodes. White space follows the specification: a partial, parent or block that stands
 * alone on its line gives its indentation to every line of what it brings, and the text that replaces a block
 * first loses the indentation it was written with.
 */
#include "base/limits.h"
#include "model/model.h"
#include "weave/mustache.h"

/* What is added to the start of each line, and how much white space is taken away before. */
struct margin {
    str      indent;
    unsigned strip;
};

static void expand_children(struct mustache_run *run, const struct mustache *node, struct margin margin);

/* --- output --- */

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static void stop(struct mustache_run *run, enum language_rule rule, struct span at, const char *why)
{
    if (!run->stopped)
        finding_add(run->findings, rule, at, "%s", why);
    run->stopped = true;
}

/* All that was made. */
static size_t made(const struct mustache_run *run) { return run->taken + run->out->len; }

static void put_copied(struct mustache_run *run, str text, struct span from)
{
    if (text.len == 0)
        return;
    if (made(run) + text.len > run->most) {
        stop(run, LANG_TEMPLATE_SIZE, from, "the document grows too large here");
        return;
    }
    if (run->copied)
        run->copied(run->state, from);
    buf_put(run->out, text);
}

static void put_indent(struct mustache_run *run, struct margin margin, uint32_t file, uint32_t at)
{
    put_copied(run, margin.indent, (struct span){ file, at, at });
    run->line_start = false;
}

static void put_line(struct mustache_run *run, str line, struct span from, struct margin margin)
{
    if (run->line_start) {
        size_t skip = 0;
        while (skip < margin.strip && skip < line.len && is_blank(line.at[skip]))
            skip++;
        line = str_cut(line, skip, line.len);
        from.begin += (uint32_t)skip;
        if (line.len && line.at[0] != '\n' && line.at[0] != '\r')
            put_indent(run, margin, from.file, from.begin);
    }
    put_copied(run, line, from);
    if (line.len)
        run->line_start = line.at[line.len - 1] == '\n';
}

static bool is_heading(str line)
{
    size_t level = 0;
    while (level < line.len && line.at[level] == '#')
        level++;
    return level >= 1 && level <= 6 && level < line.len && line.at[level] == ' ';
}

/* Where the first line that is a heading begins, or the end. */
static size_t find_heading(const struct mustache_run *run, str s)
{
    size_t at = run->line_start ? 0 : str_find(s, '\n', 0) + 1;
    while (at < s.len && !is_heading(str_cut(s, at, s.len)))
        at = str_find(s, '\n', at) + 1;
    return at < s.len ? at : s.len;
}

static void cut(struct mustache_run *run, size_t rows)
{
    size_t before = made(run);
    run->enough = run->cut(run->state, rows);
    run->taken = before - run->out->len;
}

/* Text at no margin. A heading ends whatever stood before it, so a long text can be cut there. */
static void put_plain(struct mustache_run *run, str s, struct span from)
{
    size_t at = run->cut && run->out->len >= run->enough ? find_heading(run, s) : s.len;
    put_copied(run, str_cut(s, 0, at), (struct span){ from.file, from.begin, from.begin + (uint32_t)at });
    if (at < s.len) {
        cut(run, 0);
        put_copied(run, str_cut(s, at, s.len), (struct span){ from.file, from.begin + (uint32_t)at, from.end });
    }
    run->line_start = s.at[s.len - 1] == '\n';
}

static void put_text(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    str s = node->text;
    if (margin.indent.len == 0 && margin.strip == 0) {
        put_plain(run, s, node->span);
        return;
    }
    for (size_t at = 0, next; at < s.len; at = next) {
        size_t end = str_find(s, '\n', at);
        next = end < s.len ? end + 1 : s.len;
        struct span from = { node->span.file, node->span.begin + (uint32_t)at, node->span.begin + (uint32_t)next };
        put_line(run, str_cut(s, at, next), from, margin);
    }
}

/* --- names --- */

/* What stands inside a record has no id of its own, so that `{{id}}` in it is the record's. */
bool mustache_member(struct value context, str name, struct value *out)
{
    if (context.tag == V_RECORD) {
        const struct field *field = kind_field(context.record->kind, name);
        if (field && (field->index > 0 || context.record->kind->collection.len))
            *out = context.record->fields[field->index];
        else if (!context.record->extras || !str_starts(name, STR("x-")))
            return false;
        else
            return mustache_member((struct value){ .tag = V_MAP, .map = context.record->extras }, name, out);
        return true;
    }
    if (context.tag != V_MAP)
        return false;
    for (size_t i = 0; i < context.map->len; i++)
        if (str_eq(context.map->at[i].key, name)) {
            *out = context.map->at[i].value;
            return true;
        }
    return false;
}

/* One step of a dotted name; through a list it goes for each element. */
static struct value step(struct arena *arena, struct value value, str name)
{
    struct value member = value_null();
    if (value.tag == V_LIST) {
        struct list *list = NEW(arena, struct list);
        for (size_t i = 0; i < value.list->len; i++) {
            member = step(arena, value.list->at[i], name);
            for (size_t k = 0; member.tag == V_LIST && k < member.list->len; k++)
                list_push(arena, list, member.list->at[k]);
            if (member.tag != V_LIST && member.tag != V_NULL)
                list_push(arena, list, member);
        }
        return value_list(list);
    }
    return mustache_member(value, name, &member) ? member : value_null();
}

static struct value look_up(struct mustache_run *run, const struct mustache *tag, struct arena *arena)
{
    struct value value = value_null();
    size_t n = run->stack.len;

    if (tag->nparts == 0)
        return n ? run->stack.at[n - 1] : value;
    while (n > 0 && !mustache_member(run->stack.at[n - 1], tag->parts[0], &value))
        n--;
    if (n == 0) {
        if (run->unknown)
            run->unknown(run->state, tag);
        return value_null();
    }
    for (size_t i = 1; i < tag->nparts; i++)
        value = step(arena, value, tag->parts[i]);
    return value;
}

bool mustache_is_empty(struct value value)
{
    switch (value.tag) {
    case V_NULL: case V_BROKEN: return true;
    case V_BOOL:   return !value.b;
    case V_TEXT:   return value.text.len == 0;
    case V_LIST:   return value.list->len == 0;
    case V_MAP:    return value.map->len == 0;
    case V_RECORD: return value.record->id.len == 0 && value.record->owner == NULL && !value.record->written;
    default:       return false;
    }
}

/* --- tags --- */

static void within(struct mustache_run *run, const struct mustache *node, struct value context, struct margin margin)
{
    LIST_PUSH(run->arena, &run->stack, context);
    expand_children(run, node, margin);
    run->stack.len--;
}

/* Whether the last line, which is complete, begins with a pipe. */
static bool ends_with_row(str out)
{
    size_t at = out.len;
    while (at > 1 && out.at[at - 2] != '\n')
        at--;
    return at > 1 && out.at[at - 1] == '|';
}

/* Before each element of a list: a long table, which is a list of rows, can be cut between two. */
static void next_element(struct mustache_run *run, size_t rest, struct margin margin)
{
    bool plain = margin.indent.len == 0 && margin.strip == 0 && run->line_start;
    if (plain && run->cut && run->out->len >= run->enough && ends_with_row(buf_str(run->out)))
        cut(run, rest);
}

static void section(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    struct value value = look_up(run, node, run->arena);
    if (mustache_is_empty(value) != (node->type == MUSTACHE_INVERTED))
        return;
    if (node->type == MUSTACHE_INVERTED || value.tag == V_BOOL)
        expand_children(run, node, margin);
    else if (value.tag != V_LIST)
        within(run, node, value, margin);
    else
        for (size_t i = 0; i < value.list->len && !run->stopped; i++) {
            if (value.list->at[i].tag == V_BROKEN)
                continue; /* it has its finding, and no names that could be asked for */
            next_element(run, value.list->len - i, margin);
            within(run, node, value.list->at[i], margin);
        }
}

static struct margin deeper(struct mustache_run *run, struct margin margin, str indent)
{
    size_t skip = margin.strip < indent.len ? margin.strip : indent.len;
    return (struct margin){ str_join2(run->arena, margin.indent, str_cut(indent, skip, indent.len)), 0 };
}

static void partial(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    const struct mustache *body = run->partial ? run->partial(run->state, node) : NULL;
    const struct mustache_frame *before = run->frames;

    if (!body)
        return;
    if (node->type == MUSTACHE_PARENT) {
        struct mustache_frame *frame = NEW(run->arena, struct mustache_frame);
        *frame = (struct mustache_frame){ node, before };
        run->frames = frame;
    }
    expand_children(run, body, node->alone ? deeper(run, margin, node->indent) : margin);
    run->frames = before;
}

/* The text that replaces a block, from the outermost parent tag that has one; *outer are those further out still. */
static const struct mustache *replacement(struct mustache_run *run, str name, const struct mustache_frame **outer)
{
    const struct mustache *found = NULL;
    for (const struct mustache_frame *frame = run->frames; frame; frame = frame->outer) {
        const struct mustache *here = mustache_block(frame->parent, name);
        if (here) {
            found = here;
            *outer = frame->outer;
        }
    }
    return found;
}

/* The white space that a block stands for: its own contents', else the tag's. */
static struct margin block_margin(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    static const char spaces[] = "                                ";
    if (node->inner < 0)
        return node->alone ? deeper(run, margin, node->indent) : margin;
    size_t n = (size_t)node->inner < sizeof spaces - 1 ? (size_t)node->inner : sizeof spaces - 1;
    return deeper(run, margin, (str){ spaces, n });
}

static void block(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    const struct mustache_frame *before = run->frames, *outer = NULL;
    const struct mustache *instead = replacement(run, node->text, &outer);
    size_t length = made(run);

    if (!instead) {
        expand_children(run, node, margin);
        return;
    }
    margin = block_margin(run, node, margin);
    margin.strip = instead->inner > 0 ? (unsigned)instead->inner : 0;
    run->frames = outer; /* inside, only what stands further out may replace */
    expand_children(run, instead, margin);
    run->frames = before;
    if (node->ends_line && made(run) > length && !run->line_start) {
        put_copied(run, STR("\n"), (struct span){ node->span.file, node->span.end, node->span.end });
        run->line_start = true;
    }
}

static void put_value(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    struct value value = look_up(run, node, run->passing);
    if (run->line_start)
        put_indent(run, margin, node->span.file, node->span.begin);
    if (made(run) > run->most)
        stop(run, LANG_TEMPLATE_SIZE, node->span, "the document grows too large here");
    run->value(run->state, node, value);
}

static void expand_node(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    if (run->steps++ == LIMIT_TEMPLATE_STEPS)
        stop(run, LANG_TEMPLATE_SIZE, node->span, "the loops and partials of this document run without end");
    switch (node->type) {
    case MUSTACHE_TEXT:     put_text(run, node, margin); break;
    case MUSTACHE_VALUE:    put_value(run, node, margin); break;
    case MUSTACHE_SECTION:
    case MUSTACHE_INVERTED: section(run, node, margin); break;
    case MUSTACHE_PARTIAL:
    case MUSTACHE_PARENT:   partial(run, node, margin); break;
    case MUSTACHE_BLOCK:    block(run, node, margin); break;
    case MUSTACHE_AUDIENCE: expand_children(run, node, margin); break;
    default: break;
    }
}

static void expand_children(struct mustache_run *run, const struct mustache *node, struct margin margin)
{
    if (run->depth == LIMIT_TEMPLATE_DEPTH) {
        stop(run, LANG_TEMPLATE_DEPTH, node->span, "templates and sections are nested more than 32 deep here");
        return;
    }
    run->depth++;
    for (const struct mustache *child = node->first; child && !run->stopped; child = child->next)
        expand_node(run, child, margin);
    run->depth--;
}

void mustache_expand(struct mustache_run *run, const struct mustache *body, const struct value *contexts, size_t len)
{
    run->stack.len = run->depth = run->steps = 0;
    run->taken = 0;
    run->frames = NULL;
    run->line_start = true;
    for (size_t i = 0; i < len; i++)
        LIST_PUSH(run->arena, &run->stack, contexts[i]);
    expand_children(run, body, (struct margin){ 0 });
}
