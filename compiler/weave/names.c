/* SPDX-License-Identifier: MIT */
/*
 * Names of a template against the shape of the ISMS. The body is walked as it would be expanded, but with the
 * types of values instead of values, so that every name is checked in the place it stands in, whether or not
 * there is any data today. What only run time can know (the keys of a map made in `let:`) is left to it.
 */
#include "base/limits.h"
#include "model/mention.h"
#include "query/suggest.h"
#include "weave/template.h"

static const struct type any_type = { .tag = TYPE_ANY };

struct checker {
    struct weaving *w;
    LIST_OF(const struct type *) stack; /* contexts, the innermost last */
    const struct mustache_frame *frames;
    unsigned depth, steps;
};

static void check_children(struct checker *c, const struct mustache *node);

/* --- members of types --- */

static const struct type *kind_member(const struct kind *kind, str name)
{
    const struct field *field = kind_field(kind, name);
    if (str_starts(name, STR("x-")))
        return &any_type;
    if (!field || (field->index == 0 && kind->collection.len == 0))
        return NULL; /* what stands inside a record has no id of its own */
    return field->type;
}

/* The type of member [name]; NULL when values of [type] can not have one. */
static const struct type *member(struct checker *c, const struct type *type, str name)
{
    switch (type->tag) {
    case TYPE_ANY: case TYPE_MAP: return &any_type;
    case TYPE_RECORD: return kind_member(type->kind, name);
    case TYPE_REF:
        for (size_t i = 0; i < type->ntargets; i++) {
            const struct type *found = kind_member(type->targets[i], name);
            if (found)
                return found;
        }
        return NULL;
    case TYPE_LIST: case TYPE_COLLECTION: {
        const struct type *element = type_element(c->w->arena, type);
        return element ? member(c, element, name) : &any_type;
    }
    default: return NULL;
    }
}

/* The type of what [name] finds from the innermost context outwards, or NULL. */
static const struct type *look_up(struct checker *c, str name)
{
    const struct type *found = NULL;
    for (size_t n = c->stack.len; n-- > 0 && !found;)
        if (c->stack.at[n]->tag != TYPE_LIST && c->stack.at[n]->tag != TYPE_COLLECTION)
            found = member(c, c->stack.at[n], name);
    for (size_t i = c->w->names.len; i-- > 0 && !found;)
        if (str_eq(c->w->names.at[i].name, name))
            found = c->w->names.at[i].type;
    return found ? found : kind_member(c->w->model->schema->root, name);
}

/* --- findings --- */

static void try_kind(struct suggestion *near, const struct kind *kind)
{
    for (size_t i = 0; i < kind->nfields; i++)
        suggest_try(near, kind->fields[i].name);
}

static void try_type(struct checker *c, struct suggestion *near, const struct type *type)
{
    if (type->tag == TYPE_LIST || type->tag == TYPE_COLLECTION)
        type = type_element(c->w->arena, type);
    if (!type)
        return;
    if (type->tag == TYPE_RECORD)
        try_kind(near, type->kind);
    for (size_t i = 0; type->tag == TYPE_REF && i < type->ntargets; i++)
        try_kind(near, type->targets[i]);
}

static void unknown_name(struct checker *c, const struct mustache *tag)
{
    struct suggestion near = suggest_for(tag->parts[0]);
    for (size_t n = c->stack.len; n-- > 0;)
        try_type(c, &near, c->stack.at[n]);
    for (size_t i = 0; i < c->w->names.len; i++)
        suggest_try(&near, c->w->names.at[i].name);
    try_kind(&near, c->w->model->schema->root);
    struct finding *f = finding_add(c->w->findings, LANG_TEMPLATE_NAME, tag->span, "nothing is called `%.*s` here", STR_ARG(tag->parts[0]));
    f->help = suggest_help(c->w->findings->arena, &near, STR("names come from the records, from let: and from the sections of the ISMS"));
}

static void unknown_member(struct checker *c, const struct mustache *tag, const struct type *of, str name)
{
    struct suggestion near = suggest_for(name);
    str type = type_name(c->w->findings->arena, of);
    try_type(c, &near, of);
    struct finding *f = finding_add(c->w->findings, LANG_TEMPLATE_NAME, tag->span, "`%.*s` has no `%.*s`: it is %.*s", STR_ARG(tag->text),
                                    STR_ARG(name), STR_ARG(type));
    f->help = suggest_help(c->w->findings->arena, &near, (str){ 0 });
}

/* The type of the tag's name; any after a finding. */
static const struct type *check_name(struct checker *c, const struct mustache *tag)
{
    if (tag->nparts == 0)
        return c->stack.len ? c->stack.at[c->stack.len - 1] : &any_type;
    const struct type *type = look_up(c, tag->parts[0]);
    if (!type)
        unknown_name(c, tag);
    for (size_t i = 1; type && i < tag->nparts; i++) {
        const struct type *next = member(c, type, tag->parts[i]);
        if (!next)
            unknown_member(c, tag, type, tag->parts[i]);
        type = next;
    }
    return type ? type : &any_type;
}

/* --- text --- */

/* Whether raw HTML at [at] is over at once: a whole comment, or a line break. */
static bool is_harmless(str text, size_t at)
{
    str rest = str_cut(text, at, text.len);
    if (str_starts(rest, STR("<!--")))
        return str_search(rest, STR("-->"), 0) != SIZE_MAX;
    return str_starts(rest, STR("<br>")) || str_starts(rest, STR("<br/>"));
}

/* Whether the text means the same wherever it is cut at a heading: nothing in it reaches over one, as code, tags, and definitions do. */
static bool text_is_local(str text)
{
    static const str reaching[] = { { "]:", 2 }, { "[^", 2 }, { "```", 3 }, { "~~~", 3 } };
    for (size_t i = 0; i < sizeof reaching / sizeof reaching[0]; i++)
        if (str_search(text, reaching[i], 0) != SIZE_MAX)
            return false;
    for (size_t at = str_find(text, '<', 0); at < text.len; at = str_find(text, '<', at + 1))
        if (!is_harmless(text, at))
            return false;
    return true;
}

/* --- tags --- */

static void check_section(struct checker *c, const struct mustache *node)
{
    const struct type *type = check_name(c, node);
    if (node->type == MUSTACHE_SECTION && type->tag != TYPE_BOOL) {
        const struct type *element = type->tag == TYPE_LIST || type->tag == TYPE_COLLECTION ? type_element(c->w->arena, type) : type;
        LIST_PUSH(c->w->arena, &c->stack, element ? element : &any_type);
        check_children(c, node);
        c->stack.len--;
    } else {
        check_children(c, node);
    }
}

static bool has_block(struct checker *c, const struct mustache *node, str name, unsigned depth)
{
    for (const struct mustache *child = node->first; child && c->steps < LIMIT_TEMPLATE_TAGS; child = child->next, c->steps++) {
        if (child->type == MUSTACHE_BLOCK && str_eq(child->text, name))
            return true;
        bool fetched = child->type == MUSTACHE_PARTIAL || child->type == MUSTACHE_PARENT;
        struct template *body = fetched && depth < LIMIT_TEMPLATE_DEPTH ? template_partial(c->w, child) : NULL;
        if ((body && has_block(c, body->body, name, depth + 1)) || (child->first && has_block(c, child, name, depth)))
            return true;
    }
    return false;
}

static void try_blocks(struct suggestion *near, const struct mustache *node)
{
    for (const struct mustache *child = node->first; child; child = child->next) {
        if (child->type == MUSTACHE_BLOCK)
            suggest_try(near, child->text);
        try_blocks(near, child);
    }
}

/* A block that replaces nothing would silently appear nowhere. */
static void check_blocks(struct checker *c, const struct mustache *parent, const struct template *body)
{
    for (const struct mustache *block = parent->first; block; block = block->next) {
        if (block->type != MUSTACHE_BLOCK || has_block(c, body->body, block->text, c->depth))
            continue;
        struct suggestion near = suggest_for(block->text);
        try_blocks(&near, body->body);
        struct finding *f = finding_add(c->w->findings, LANG_TEMPLATE_BLOCK, block->span, "`%.*s` has no block `%.*s`", STR_ARG(parent->text),
                                        STR_ARG(block->text));
        f->help = suggest_help(c->w->findings->arena, &near, (str){ 0 });
    }
}

static void check_partial(struct checker *c, const struct mustache *node)
{
    struct template *body = template_partial(c->w, node);
    const struct mustache_frame *before = c->frames;
    struct mustache_frame frame = { node, before };

    if (!body)
        return;
    if (node->type == MUSTACHE_PARENT) {
        check_blocks(c, node, body);
        c->frames = &frame;
    }
    check_children(c, body->body);
    c->frames = before;
}

static void check_block(struct checker *c, const struct mustache *node)
{
    const struct mustache_frame *before = c->frames, *outer = NULL;
    const struct mustache *instead = NULL;
    for (const struct mustache_frame *frame = c->frames; frame; frame = frame->outer) {
        const struct mustache *here = mustache_block(frame->parent, node->text);
        if (here)
            instead = here, outer = frame->outer;
    }
    if (instead)
        c->frames = outer;
    check_children(c, instead ? instead : node);
    c->frames = before;
}

/* What an author wrote for readers who may not see all there is names nothing else. */
static void check_text(struct checker *c, const struct mustache *node)
{
    const struct weave *weave = c->w->weave;
    str id;
    c->w->one_piece |= !text_is_local(node->text);
    for (size_t at = 0; weave->whole && mention_next(weave->whole, c->w->model, node->text, &at, &id);) {
        struct span place = span_part(node->span, node->text.len, at - id.len, at);
        finding_add(c->w->findings, LANG_AUDIENCE_MENTION, place, "%.*s is not for %s", STR_ARG(id), audience_readers(weave->audience));
    }
}

static void check_children(struct checker *c, const struct mustache *node)
{
    if (c->depth == LIMIT_TEMPLATE_DEPTH)
        c->steps = LIMIT_TEMPLATE_TAGS; /* the expansion says so */
    c->depth++;
    for (const struct mustache *child = node->first; child && c->steps < LIMIT_TEMPLATE_TAGS; child = child->next, c->steps++)
        switch (child->type) {
        case MUSTACHE_TEXT:     check_text(c, child); break;
        case MUSTACHE_AUDIENCE: check_children(c, child); break;
        case MUSTACHE_VALUE:    check_name(c, child); break;
        case MUSTACHE_SECTION:
        case MUSTACHE_INVERTED: check_section(c, child); break;
        case MUSTACHE_PARTIAL:
        case MUSTACHE_PARENT:   check_partial(c, child); break;
        case MUSTACHE_BLOCK:    check_block(c, child); break;
        default: break;
        }
    c->depth--;
}

static void check_body(struct weaving *w, const struct template *template, const struct kind *own)
{
    struct checker c = { .w = w };
    struct type record = { .tag = TYPE_RECORD, .kind = own };
    if (own)
        LIST_PUSH(w->arena, &c.stack, &record);
    check_children(&c, template->body);
    w->one_piece |= c.steps >= LIMIT_TEMPLATE_TAGS;
}

void template_check_names(struct weaving *w, const struct template *template, const struct kind *own)
{
    struct weave_shared *shared = w->shared;
    if (!shared->known)
        check_body(w, template, own);
    shared->one_piece |= w->one_piece;
    w->one_piece = shared->one_piece;
    shared->known = true;
}
