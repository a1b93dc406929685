/* SPDX-License-Identifier: MIT */
/*
 * Partials of a project or a brand: pieces of templates, in files of their own. One that takes the place of a built-in one is woven with
 * the built-in templates that ask for it, since nobody else would read it before documents are made.
 */
#include "load/resource.h"
#include "session.h"
#include "set.h"
#include "weave/weave.h"

enum { DEPTH = 8 }; /* partials in partials */

/* Whether [text] has a tag {{>name}} or {{<name}}. */
static bool asks_for(str text, str name)
{
    for (size_t at = 0; (at = str_search(text, STR("{{"), at)) != SIZE_MAX; at += 2) {
        str rest = str_cut(text, at + 2, text.len), tag = str_cut(rest, 0, str_find(rest, '}', 0));
        if (tag.len > 1 && (tag.at[0] == '>' || tag.at[0] == '<') && str_eq(str_trim(str_cut(tag, 1, tag.len)), name))
            return true;
    }
    return false;
}

/* Whether a text of the project or the brand does. */
static bool is_asked_for_by_text(const struct ismsc *s, str name)
{
    for (size_t i = 0; i < s->sources.list.len; i++)
        if (str_ends(s->sources.list.at[i]->path, STR(".md")) && asks_for(s->sources.list.at[i]->bytes, name))
            return true;
    return false;
}

/* "templates/partials/x.md" -> "x" */
static bool partial_name(str path, str *name)
{
    str prefix = STR("templates/partials/"), ending = STR(".md");
    if (!str_starts(path, prefix) || !str_ends(path, ending))
        return false;
    *name = str_cut(path, prefix.len, path.len - ending.len);
    return true;
}

/* Whether a built-in text does, or a built-in partial that it asks for. */
static bool leads_to(str text, str name, int depth)
{
    str other;
    if (asks_for(text, name))
        return true;
    for (size_t i = 0; depth > 0 && i < embedded_count; i++)
        if (partial_name(str_of(embedded[i].path), &other) && asks_for(text, other) && leads_to((str){ embedded[i].bytes, embedded[i].len }, name, depth - 1))
            return true;
    return false;
}

/* Weaves a built-in template for what is wrong with the partial in [source], and for nothing else. */
static void weave_for(struct ismsc *s, struct weave *weave, str template, const struct source *source)
{
    struct findings *findings = weave->findings;
    size_t kept = findings->list.len;
    weave_check_template(weave, template);
    for (size_t i = kept; i < findings->list.len; i++)
        if (findings->list.at[i]->at.file == source->number)
            findings->list.at[kept++] = findings->list.at[i];
    findings->list.len = kept;
    arena_close(&s->scratch);
}

static void check_partial(struct ismsc *s, struct weave *weave, str path, str name)
{
    str bytes, template;
    struct source *source;
    if (!weave->resource(weave->state, path, &bytes, &source))
        return;
    for (size_t i = 0; i < embedded_count; i++)
        if (set_template_of_any(str_of(embedded[i].path), &template) && leads_to((str){ embedded[i].bytes, embedded[i].len }, name, DEPTH))
            weave_for(s, weave, template, source);
}

void partials_check(struct ismsc *s, struct weave *weave, const struct path_list *paths, str folder)
{
    str name, bytes;
    for (size_t i = 0; i < paths->len; i++) {
        if (!partial_name(paths->at[i], &name))
            continue;
        if (session_resource(s, paths->at[i], &bytes)) {
            check_partial(s, weave, paths->at[i], name);
        } else if (!is_asked_for_by_text(s, name)) {
            const struct source *source = session_source_once(s, str_print(&s->arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(paths->at[i])), STR(""), false);
            finding_add(&s->findings, LANG_TEMPLATE_UNUSED, (struct span){ source->number, 0, 0 }, "no template asks for the partial `%.*s`, and none of that name is built in",
                        STR_ARG(name));
        }
    }
}
