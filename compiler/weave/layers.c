/* SPDX-License-Identifier: MIT */
#include "weave/layers.h"

#include "weave/template.h"

/* What stands between {{$name}} and {{/name}} in the block's own file. */
static str text_between(const struct source *source, const struct mustache *block)
{
    str bytes = source->bytes;
    for (size_t at = str_search(bytes, STR("{{/"), block->span.end); at != SIZE_MAX; at = str_search(bytes, STR("{{/"), at + 3)) {
        size_t close = str_search(bytes, STR("}}"), at);
        if (close != SIZE_MAX && str_eq(str_trim(str_cut(bytes, at + 3, close)), block->text))
            return str_cut(bytes, block->span.end, at);
    }
    return (str){ 0 };
}

static bool has_block(const struct layers *out, str name)
{
    for (size_t i = 0; i < out->blocks.len; i++)
        if (str_eq(out->blocks.at[i].name, name))
            return true;
    return false;
}

static void collect(struct arena *arena, struct layers *out, struct source *source, const struct mustache *node)
{
    for (; node; node = node->next) {
        if (node->type == MUSTACHE_BLOCK && !has_block(out, node->text))
            LIST_PUSH(arena, &out->blocks, ((struct layer_block){ node->text, source, text_between(source, node) }));
        collect(arena, out, source, node->first);
    }
}

/* A block that a higher file gives is taken from there. */
static void override(struct layers *out, struct source *source, const struct mustache *node)
{
    for (; node; node = node->next) {
        for (size_t i = 0; node->type == MUSTACHE_BLOCK && i < out->blocks.len; i++)
            if (str_eq(out->blocks.at[i].name, node->text)) {
                out->blocks.at[i].source = source;
                out->blocks.at[i].text = text_between(source, node);
            }
        override(out, source, node->first);
    }
}

static struct template *top_of(struct weaving *w, str name, bool below)
{
    static const char *const folders[] = { "templates/", "<brand>/templates/", "<built-in>/templates/" };
    struct template *found = NULL;
    for (size_t i = below; !found && i < sizeof folders / sizeof folders[0]; i++)
        found = template_load(w, str_print(w->arena, "%s%.*s.md", folders[i], STR_ARG(name)));
    return found;
}

bool weave_layers(struct weave *weave, str name, bool below, struct layers *out)
{
    struct weaving  *w = weaving_begin(weave, STR("en"));
    struct template *chain[LIMIT_TEMPLATE_DEPTH];
    size_t n = 0;
    *out = (struct layers){ 0 };
    chain[0] = top_of(w, name, below);
    if (!chain[0])
        return false;
    template_inherit(w, chain[0]);
    for (struct template *t = chain[0]; t && n < LIMIT_TEMPLATE_DEPTH; t = t->parent)
        chain[n++] = t;
    for (size_t i = 0; i < n; i++)
        LIST_PUSH(weave->arena, &out->files, chain[i]->source);
    collect(weave->arena, out, chain[n - 1]->source, chain[n - 1]->body->first);
    for (size_t i = n - 1; i-- > 0;)
        override(out, chain[i]->source, chain[i]->body->first);
    return true;
}
