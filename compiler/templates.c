/* SPDX-License-Identifier: MIT */
/*
 * Templates of a project: which file gives which block, taking one out of the program to change it, and what has
 * changed in the program or the brand since. What a template was taken from is kept under templates/.upstream/.
 */
#include "base/difference.h"
#include "base/file.h"
#include "base/limits.h"
#include "session.h"
#include "set.h"
#include "weave/layers.h"
#include "write/json.h"

struct template_call {
    const char        *name, *block;
    enum ismsc_format  format;
    struct ismsc_text *out;
};

static str shown_path(const struct source *source) { return source->builtin ? STR("built-in") : source->path; }

/* ---- list ---- */

static void list_text(struct buf *out, str name, const struct layers *layers, bool all)
{
    buf_print(out, "%-34.*s", STR_ARG(name));
    for (size_t i = 0; i < layers->files.len; i++)
        buf_print(out, "%s%.*s", i ? " over " : " ", STR_ARG(shown_path(layers->files.at[i])));
    buf_char(out, '\n');
    for (size_t i = 0; (all || layers->files.len > 1) && i < layers->blocks.len; i++)
        buf_print(out, "  %-32.*s %.*s\n", STR_ARG(layers->blocks.at[i].name), STR_ARG(shown_path(layers->blocks.at[i].source)));
}

static void list_json(struct buf *out, str name, const struct layers *layers)
{
    buf_text(out, "  {\"template\": ");
    json_string(out, name);
    buf_text(out, ", \"files\": [");
    for (size_t i = 0; i < layers->files.len; i++) {
        buf_text(out, i ? ", " : "");
        json_string(out, shown_path(layers->files.at[i]));
    }
    buf_text(out, "], \"blocks\": {");
    for (size_t i = 0; i < layers->blocks.len; i++) {
        buf_text(out, i ? ", " : "");
        json_string(out, layers->blocks.at[i].name);
        buf_text(out, ": ");
        json_string(out, shown_path(layers->blocks.at[i].source));
    }
    buf_text(out, "}}");
}

static enum ismsc_status no_template(struct ismsc *s, const char *name)
{
    return session_fail(s, "there is no template %s; ismsc template list shows them", name);
}

static enum ismsc_status do_list(struct ismsc *s, void *argument)
{
    struct template_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    bool json = call->format == ISMSC_JSON, any = false;
    if (!session_read(s))
        return ISMSC_FAILED;
    struct set set = set_of(s);
    struct weave weave = session_weave(s, &s->arena, &s->findings);
    buf_text(out, json ? "[\n" : "");
    for (size_t i = 0; i < set.list.len; i++) {
        const struct entry *entry = &set.list.at[i];
        struct layers layers;
        if (entry->policy || entry->again || (call->name && !str_eq(entry->template, str_of(call->name))) || !weave_layers(&weave, entry->template, false, &layers))
            continue;
        if (json)
            buf_text(out, any ? ",\n" : "");
        any = true;
        if (json)
            list_json(out, entry->template, &layers);
        else
            list_text(out, entry->template, &layers, call->name != NULL);
    }
    buf_text(out, json ? "\n]\n" : "");
    if (call->name && !any)
        return no_template(s, call->name);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

/* ---- eject ---- */

static const struct layer_block *block_named(const struct layers *layers, str name)
{
    for (size_t i = 0; i < layers->blocks.len; i++)
        if (str_eq(layers->blocks.at[i].name, name))
            return &layers->blocks.at[i];
    return NULL;
}

static enum ismsc_status no_block(struct ismsc *s, const struct template_call *call, const struct layers *layers)
{
    struct buf *names = buf_new(&s->arena);
    for (size_t i = 0; i < layers->blocks.len; i++)
        buf_print(names, "%s%.*s", i ? ", " : "", STR_ARG(layers->blocks.at[i].name));
    return session_fail(s, "%s has no block %s; it has %.*s", call->name, call->block, STR_ARG(buf_str(names)));
}

/* The project's file with one block more: a new one that builds on the template, or what is there with the block behind it. */
static bool with_block(struct ismsc *s, const struct template_call *call, const struct layer_block *block, str there, str *text)
{
    str tag = str_print(&s->arena, "{{$%.*s}}", STR_ARG(block->name));
    str begin = there.len ? there : str_print(&s->arena, "---\nparent: %s\n---\n", call->name);
    if (str_search(there, tag, 0) != SIZE_MAX)
        return false;
    *text = str_print(&s->arena, "%.*s%s%.*s%.*s{{/%.*s}}\n", STR_ARG(begin), begin.at[begin.len - 1] == '\n' ? "\n" : "\n\n", STR_ARG(tag), STR_ARG(block->text), STR_ARG(block->name));
    return true;
}

/* The block's text in a template as it was. */
static str block_in(str text, str name, struct arena *arena)
{
    str open = str_print(arena, "{{$%.*s}}", STR_ARG(name)), close = str_print(arena, "{{/%.*s}}", STR_ARG(name));
    size_t begin = str_search(text, open, 0), end = begin == SIZE_MAX ? SIZE_MAX : str_search(text, close, begin);
    return end == SIZE_MAX ? (str){ 0 } : str_cut(text, begin + open.len, end);
}

/* What the blocks of the project's file were when they were taken out: those that were there before keep what is known of them. */
static str upstream_of_blocks(struct ismsc *s, const struct template_call *call, const struct layers *layers, str there)
{
    str was = { 0 }, message, path = str_print(&s->arena, "templates/.upstream/%s.md", call->name);
    struct buf *out = buf_new(&s->arena);
    bool known = s->provider->read(s->provider->state, &s->arena, path, LIMIT_MARKDOWN_BYTES, &was, &message) == LOAD_OK;
    for (size_t i = 0; i < layers->blocks.len; i++) {
        const struct layer_block *block = &layers->blocks.at[i];
        bool fresh = str_eq(block->name, str_of(call->block)), old = str_search(there, str_print(&s->arena, "{{$%.*s}}", STR_ARG(block->name)), 0) != SIZE_MAX;
        if (!fresh && !(old && known))
            continue;
        str text = fresh ? block->text : block_in(was, block->name, &s->arena);
        buf_print(out, "{{$%.*s}}%.*s{{/%.*s}}\n", STR_ARG(block->name), STR_ARG(text), STR_ARG(block->name));
    }
    return buf_str(out);
}

static enum ismsc_status put_files(struct ismsc *s, const struct template_call *call, str text, str upstream)
{
    const str texts[] = { text, upstream };
    static const char *const folders[] = { "templates", "templates/.upstream" };
    struct file_set *files = NEW(&s->arena, struct file_set);
    const char *why = "";
    file_set_init(files, &s->arena);
    for (size_t i = 0; i < 2; i++) {
        const char *folder = str_c(&s->arena, str_print(&s->arena, "%s/%s", s->options.root, folders[i]));
        const char *path = str_c(&s->arena, str_print(&s->arena, "%s/%s.md", folder, call->name));
        if (!file_set_folder(files, folder, &why) || file_set_add(files, path, texts[i], &why) == FILE_FAILED)
            return session_fail(s, "can't write %s: %s", path, why);
    }
    return file_set_commit(files, &why) ? ISMSC_OK : session_fail(s, "can't write %s", why);
}

static enum ismsc_status do_eject(struct ismsc *s, void *argument)
{
    struct template_call *call = argument;
    struct layers layers;
    str there = { 0 }, text, message;
    if (!session_read(s))
        return ISMSC_FAILED;
    if (!s->options.root || s->options.revision)
        return session_fail(s, "there is no folder to write into");
    struct weave weave = session_weave(s, &s->arena, &s->findings);
    str path = str_print(&s->arena, "templates/%s.md", call->name);
    if (!weave_layers(&weave, str_of(call->name), true, &layers))
        return no_template(s, call->name);
    bool exists = s->provider->read(s->provider->state, &s->arena, path, LIMIT_MARKDOWN_BYTES, &there, &message) == LOAD_OK;
    const struct layer_block *block = call->block ? block_named(&layers, str_of(call->block)) : NULL;
    if (call->block && !block)
        return no_block(s, call, &layers);
    if (exists && (!block || str_search(there, STR("parent:"), 0) == SIZE_MAX))
        return session_fail(s, "%.*s is there already and is not written over", STR_ARG(path));
    text = layers.files.at[0]->bytes;
    if (block && !with_block(s, call, block, there, &text))
        return session_fail(s, "%.*s has the block %s already", STR_ARG(path), call->block);
    enum ismsc_status status = put_files(s, call, text, block ? upstream_of_blocks(s, call, &layers, there) : text);
    str said = str_print(&s->arena, "wrote %.*s\n", STR_ARG(path));
    *call->out = (struct ismsc_text){ said.at, said.len };
    return status;
}

/* ---- diff ---- */

/* Changes of the blocks that the project has its own text for. */
static size_t diff_blocks(struct ismsc *s, struct buf *out, str own, str was, const struct layers *now)
{
    size_t changed = 0;
    for (size_t i = 0; i < now->blocks.len; i++) {
        const struct layer_block *block = &now->blocks.at[i];
        str tag = str_print(&s->arena, "{{$%.*s}}", STR_ARG(block->name));
        if (str_search(own, tag, 0) == SIZE_MAX || str_search(was, tag, 0) == SIZE_MAX)
            continue;
        struct buf *lines = buf_new(&s->arena);
        size_t n = difference(&s->arena, lines, block_in(was, block->name, &s->arena), block->text);
        if (n)
            buf_print(out, "block %.*s\n%.*s", STR_ARG(block->name), STR_ARG(buf_str(lines)));
        changed += n;
    }
    return changed;
}

static size_t diff_one(struct ismsc *s, struct weave *weave, struct buf *out, str name)
{
    struct layers below, all;
    struct buf *lines = buf_new(&s->arena);
    str was = { 0 }, message, upstream = str_print(&s->arena, "templates/.upstream/%.*s.md", STR_ARG(name));
    if (!weave_layers(weave, name, true, &below) || !weave_layers(weave, name, false, &all) || all.files.at[0] == below.files.at[0])
        return 0;
    str own = all.files.at[0]->bytes, now = below.files.at[0]->bytes;
    bool known = s->provider->read(s->provider->state, &s->arena, upstream, LIMIT_MARKDOWN_BYTES, &was, &message) == LOAD_OK;
    bool by_block = all.files.len > 1;
    if (!known && by_block)
        return 0; /* what it replaces it replaces on purpose */
    size_t changed = by_block ? diff_blocks(s, lines, own, was, &below) : difference(&s->arena, lines, known ? was : own, now);
    if (changed)
        buf_print(out, "templates/%.*s.md: %s %.*s\n%.*s", STR_ARG(name), known ? "changed since it was taken out, in" : "written by hand; so it differs from",
                  STR_ARG(shown_path(below.files.at[0])), STR_ARG(buf_str(lines)));
    return changed;
}

static enum ismsc_status do_diff(struct ismsc *s, void *argument)
{
    struct template_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    struct path_list paths = { 0 };
    size_t changed = 0;
    bool found = false;
    str message, name;
    if (!session_read(s))
        return ISMSC_FAILED;
    struct weave weave = session_weave(s, &s->arena, &s->findings);
    if (s->provider->list(s->provider->state, &s->arena, STR("templates"), &paths, &message) == LOAD_OK)
        for (size_t i = 0; i < paths.len; i++)
            if (set_template_name(paths.at[i], &name) && (!call->name || str_eq(name, str_of(call->name)))) {
                found = true;
                changed += diff_one(s, &weave, out, name);
            }
    if (call->name && !found)
        return session_fail(s, "there is no templates/%s.md in this project", call->name);
    if (!changed)
        buf_text(out, "nothing has changed\n");
    *call->out = (struct ismsc_text){ out->at, out->len };
    return changed ? ISMSC_FINDINGS : ISMSC_OK;
}

/* ---- interface ---- */

enum ismsc_status ismsc_template_list(struct ismsc *s, const char *name, enum ismsc_format format, struct ismsc_text *out)
{
    struct template_call call = { name, NULL, format, out };
    return session_run(s, do_list, &call);
}

enum ismsc_status ismsc_template_eject(struct ismsc *s, const char *name, const char *block, struct ismsc_text *out)
{
    struct template_call call = { name, block, ISMSC_TEXT, out };
    return session_run(s, do_eject, &call);
}

enum ismsc_status ismsc_template_diff(struct ismsc *s, const char *name, struct ismsc_text *out)
{
    struct template_call call = { name, NULL, ISMSC_TEXT, out };
    return session_run(s, do_diff, &call);
}
