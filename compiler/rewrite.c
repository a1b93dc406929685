/* SPDX-License-Identifier: MIT */
#include "rewrite.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"

static struct rewrite *rewrite_of(struct rewrites *rewrites, struct source *source)
{
    struct arena *arena = &rewrites->session->arena;
    for (size_t i = rewrites->list.len; i-- > 0;)
        if (rewrites->list.at[i]->source == source)
            return rewrites->list.at[i];
    struct rewrite *rewrite = NEW(arena, struct rewrite);
    rewrite->source = source;
    LIST_PUSH(arena, &rewrites->list, rewrite);
    return rewrite;
}

void rewrites_add(struct rewrites *rewrites, struct source *source, size_t begin, size_t end, str text)
{
    edit_add(&rewrites->session->arena, &rewrite_of(rewrites, source)->edits, begin, end, text);
}

static int by_number(const void *left, const void *right)
{
    const struct rewrite *a = *(struct rewrite *const *)left, *b = *(struct rewrite *const *)right;
    return (a->source->number > b->source->number) - (a->source->number < b->source->number);
}

void rewrites_settle(struct rewrites *rewrites)
{
    size_t kept = 0;
    for (size_t i = 0; i < rewrites->list.len; i++) {
        struct rewrite *rewrite = rewrites->list.at[i];
        edits_settle(&rewrite->edits);
        rewrite->after = edits_apply(&rewrites->session->arena, &rewrite->edits, rewrite->source->shown);
        if (!str_eq(rewrite->after, rewrite->source->shown))
            rewrites->list.at[kept++] = rewrite;
    }
    rewrites->list.len = kept;
    if (kept > 1)
        qsort(rewrites->list.at, kept, sizeof *rewrites->list.at, by_number);
}

void rewrites_diff(const struct rewrites *rewrites, struct buf *out)
{
    for (size_t i = 0; i < rewrites->list.len; i++) {
        const struct rewrite *rewrite = rewrites->list.at[i];
        edits_diff(&rewrites->session->arena, out, &rewrite->edits, rewrite->source->path, rewrite->source->shown);
    }
}

/* The file itself, behind all links; NULL after a failure. */
static const char *target_of(struct ismsc *s, str path)
{
    char real[PATH_MAX];
    const char *full = str_c(&s->arena, str_print(&s->arena, "%s/%.*s", s->options.root, STR_ARG(path)));
    if (realpath(full, real))
        return str_c(&s->arena, str_of(real));
    session_fail(s, "can't write %s: %s", full, strerror(errno));
    return NULL;
}

/* Whether the file still holds what was read. */
static bool is_as_read(struct ismsc *s, const struct source *source)
{
    str bytes, message;
    enum load_status status = s->provider->read(s->provider->state, &s->scratch, source->path, LIMIT_YAML_BYTES, &bytes, &message);
    bool same = status == LOAD_OK && str_eq(bytes, source->shown);
    arena_reset(&s->scratch);
    if (!same)
        session_fail(s, "%.*s has changed in the meantime; nothing was written", STR_ARG(source->path));
    return same;
}

static bool stage(struct ismsc *s, struct file_set *set, const struct rewrite *rewrite)
{
    const char *why = "", *target = target_of(s, rewrite->source->path);
    if (!target)
        return false;
    if (file_set_add(set, target, rewrite->after, &why) != FILE_FAILED)
        return true;
    session_fail(s, "can't write %s: %s; nothing was written", target, why);
    return false;
}

enum ismsc_status rewrites_write(struct rewrites *rewrites)
{
    struct ismsc *s = rewrites->session;
    const char *why = "";
    bool fine = true;
    if (rewrites->list.len == 0)
        return ISMSC_OK;
    if (!s->options.root || s->options.revision)
        return session_fail(s, "only the files themselves can be changed: leave out --rev and --staged, or ask for --diff");
    for (size_t i = 0; i < rewrites->list.len && fine; i++)
        fine = is_as_read(s, rewrites->list.at[i]->source);
    if (!fine)
        return ISMSC_FAILED;
    /* What is undone stands in the scratch arena, so that exhausted memory undoes it as well. */
    struct file_set *set = NEW(&s->scratch, struct file_set);
    file_set_init(set, &s->scratch);
    for (size_t i = 0; i < rewrites->list.len && fine; i++)
        fine = stage(s, set, rewrites->list.at[i]);
    if (fine && !file_set_commit(set, &why)) {
        fine = false;
        session_fail(s, "can't write %s; nothing was changed", why);
    }
    arena_close(&s->scratch);
    return fine ? ISMSC_OK : ISMSC_FAILED;
}

static void close_session(void *handle)
{
    struct ismsc **session = handle;
    ismsc_close(*session);
    *session = NULL;
}

struct ismsc *rewrites_open(const struct rewrites *rewrites)
{
    struct ismsc *s = rewrites->session;
    size_t n = s->options.noverlays + rewrites->list.len, k = 0;
    struct ismsc_overlay *overlays = NEWS(&s->arena, struct ismsc_overlay, n);
    struct ismsc_options options = s->options;
    for (size_t i = 0; i < s->options.noverlays; i++)
        overlays[k++] = s->options.overlays[i];
    for (size_t i = 0; i < rewrites->list.len; i++) {
        const struct rewrite *rewrite = rewrites->list.at[i];
        overlays[k++] = (struct ismsc_overlay){ str_c(&s->arena, rewrite->source->path), { rewrite->after.at, rewrite->after.len } };
    }
    options.overlays = overlays;
    options.noverlays = n;
    options.fail_at = 0;
    struct ismsc **after = NEW(&s->scratch, struct ismsc *);
    arena_defer(&s->scratch, close_session, after);
    return *after = ismsc_open(&options);
}
