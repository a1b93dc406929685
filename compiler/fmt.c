/* SPDX-License-Identifier: MIT */
/* `ismsc fmt`: the plain form of the sources. A file that would say something else in it is left as it is. */
#include "fmt.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "base/limits.h"
#include "parse/front.h"
#include "parse/layout.h"
#include "parse/markdown.h"
#include "parse/text.h"
#include "parse/yaml.h"

/* Whether the bytes can be read whole; *tree is NULL where nothing but comments stands there. */
static bool parse(struct ismsc *s, const struct source *source, size_t begin, size_t end, const struct node **tree)
{
    struct findings said;
    bool readable;
    struct source *copy = NEW(&s->scratch, struct source);
    *copy = *source;
    findings_init(&said, &s->scratch);
    *tree = yaml_parse(&s->scratch, &said, copy, (uint32_t)begin, (uint32_t)end, &readable);
    return readable && said.list.len == 0;
}

/* The same bytes as another source would have them. */
static struct source *source_with(struct ismsc *s, const struct source *source, str bytes)
{
    struct source *copy = NEW(&s->scratch, struct source);
    *copy = (struct source){ .number = source->number, .path = source->path, .bytes = bytes, .shown = bytes };
    return copy;
}

static struct front head_of(struct ismsc *s, struct source *source)
{
    struct findings said;
    findings_init(&said, &s->scratch);
    if (str_ends(source->path, STR(".yaml")))
        return (struct front){ .there = true, .head_end = (uint32_t)source->bytes.len, .body_begin = (uint32_t)source->bytes.len };
    return front_split(&said, source);
}

/* ---- whether the words are the same ---- */

static bool same_markdown(const struct md_node *a, const struct md_node *b)
{
    for (; a && b; a = a->next, b = b->next)
        if (a->type != b->type || a->level != b->level || a->align != b->align || a->task != b->task || a->ordered != b->ordered
            || a->tight != b->tight || a->start != b->start || !str_eq(a->text, b->text) || !str_eq(a->ref, b->ref) || !same_markdown(a->first, b->first))
            return false;
    return !a && !b;
}

static const struct md_node *parse_body(struct ismsc *s, const struct source *source, uint32_t begin)
{
    struct findings said;
    findings_init(&said, &s->scratch);
    struct md_text text = md_text_of(&s->scratch, source, begin, (uint32_t)source->bytes.len);
    text.most = LIMIT_MARKDOWN_BYTES;
    return markdown_parse(&s->scratch, &said, &text);
}

static bool same_head(struct ismsc *s, const struct source *before, struct front a, const struct source *after, struct front b)
{
    const struct node *old, *now;
    if (!a.there || !b.there)
        return a.there == b.there;
    return parse(s, before, a.head_begin, a.head_end, &old) && parse(s, after, b.head_begin, b.head_end, &now) && layout_same(old, now);
}

static bool says_the_same(struct ismsc *s, struct source *before, const struct edits *edits)
{
    struct source *after = source_with(s, before, edits_apply(&s->scratch, edits, before->shown));
    struct front a = head_of(s, before), b = head_of(s, after);
    if (!same_head(s, before, a, after, b))
        return false;
    if (str_ends(before->path, STR(".yaml")))
        return true;
    const struct md_node *old = parse_body(s, before, a.body_begin), *now = parse_body(s, after, b.body_begin);
    return old && same_markdown(old, now);
}

/* ---- one file ---- */

/* The edits that are wanted. False where the file can not be read. */
static bool find_edits(struct ismsc *s, struct source *source, struct edits *edits)
{
    struct front front = head_of(s, source);
    if (front.there) {
        const struct node *tree;
        if (!parse(s, source, front.head_begin, front.head_end, &tree))
            return false;
        layout_yaml(&s->arena, edits, source->bytes, front.head_begin, front.head_end, tree);
    }
    if (!str_ends(source->path, STR(".yaml")) && !parse_body(s, source, front.body_begin))
        return false;
    if (!str_ends(source->path, STR(".yaml")))
        layout_markdown(&s->arena, edits, source->bytes, front.body_begin);
    edits_settle(edits);
    return true;
}

enum fmt_state fmt_source(struct ismsc *s, struct source *source, struct edits *edits)
{
    enum fmt_state state = FMT_UNREADABLE;
    *edits = (struct edits){ 0 };
    bool text = source->bytes.at && text_check(&s->scratch, &(struct findings){ .arena = &s->scratch }, source, false);
    if (text && str_eq(source->bytes, source->shown) && find_edits(s, source, edits))
        state = edits->len == 0 ? FMT_FINE : says_the_same(s, source, edits) ? FMT_CHANGED : FMT_LEFT;
    arena_reset(&s->scratch);
    return state;
}

/* ---- the call ---- */

struct fmt_call {
    const char *const *files;
    size_t             nfiles;
    bool               check, diff;
    struct ismsc_text *out;
};

/* Whether the caller asks for the file: all of them, or those named, seen from the working directory. */
static bool is_named(struct ismsc *s, const struct fmt_call *call, const struct source *source)
{
    char there[PATH_MAX], named[PATH_MAX];
    if (call->nfiles == 0)
        return true;
    const char *path = str_c(&s->scratch, str_print(&s->scratch, "%s/%.*s", s->options.root ? s->options.root : ".", STR_ARG(source->path)));
    bool found = false, real = realpath(path, there) != NULL;
    for (size_t i = 0; i < call->nfiles && real && !found; i++)
        found = realpath(call->files[i], named) && strcmp(there, named) == 0;
    arena_reset(&s->scratch);
    return found;
}

/* A name that is misspelt must not look like a file that is fine. Names of a revision need not be there now. */
static bool all_are_there(struct ismsc *s, const struct fmt_call *call)
{
    char real[PATH_MAX];
    for (size_t i = 0; i < call->nfiles && !s->options.revision; i++)
        if (!realpath(call->files[i], real)) {
            session_fail(s, "can't find %s: %s", call->files[i], strerror(errno));
            return false;
        }
    return true;
}

static void add_all(struct rewrites *rewrites, struct source *source, const struct edits *edits)
{
    for (size_t i = 0; i < edits->len; i++)
        rewrites_add(rewrites, source, edits->at[i].begin, edits->at[i].end, edits->at[i].text);
}

void fmt_put_state(struct buf *out, const struct source *source, enum fmt_state state)
{
    if (state == FMT_UNREADABLE)
        buf_print(out, "%.*s can not be read and is left as it is; see ismsc check\n", STR_ARG(source->path));
    if (state == FMT_LEFT)
        buf_print(out, "%.*s would say something else and is left as it is\n", STR_ARG(source->path));
}

static enum ismsc_status do_fmt(struct ismsc *s, void *argument)
{
    struct fmt_call *call = argument;
    struct rewrites rewrites = { .session = s };
    struct buf *out = buf_new(&s->arena);
    struct edits edits;
    if (!session_read(s) || !all_are_there(s, call))
        return ISMSC_FAILED;
    for (size_t i = 0; i < s->sources.list.len; i++) {
        struct source *source = s->sources.list.at[i];
        if (source->builtin || !is_named(s, call, source))
            continue;
        enum fmt_state state = fmt_source(s, source, &edits);
        fmt_put_state(out, source, state);
        if (state == FMT_CHANGED)
            add_all(&rewrites, source, &edits);
    }
    rewrites_settle(&rewrites);
    size_t changed = rewrites.list.len;
    if (!call->check && !call->diff && rewrites_write(&rewrites) != ISMSC_OK)
        return ISMSC_FAILED;
    if (call->diff)
        rewrites_diff(&rewrites, out);
    for (size_t i = 0; i < changed && !call->diff; i++)
        buf_print(out, "%s%.*s\n", call->check ? "would change " : "formatted ", STR_ARG(rewrites.list.at[i]->source->path));
    *call->out = (struct ismsc_text){ out->at, out->len };
    return call->check && changed ? ISMSC_FINDINGS : ISMSC_OK;
}

enum ismsc_status ismsc_fmt(struct ismsc *s, const struct ismsc_fmt *fmt, struct ismsc_text *out)
{
    struct fmt_call call = { fmt->files, fmt->nfiles, fmt->check, fmt->diff, out };
    return session_run(s, do_fmt, &call);
}
