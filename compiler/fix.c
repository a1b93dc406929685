/* SPDX-License-Identifier: MIT */
/* `ismsc check --fix`: what can be mended for certain, in all files or in none, and the files that were right but untidy. */
#include "fmt.h"

struct fix_call {
    bool               diff;
    struct ismsc_text *out;
    size_t             mended, formatted;
};

/* Built-in files, templates and brands are not the project's own words. */
static struct source *source_to_mend(struct ismsc *s, const struct finding *f)
{
    struct source *source = f->fix ? source_of(&s->sources, f->fix->at) : NULL;
    return source && !source->builtin && is_source_path(source->path) ? source : NULL;
}

static void mend(struct ismsc *s, struct rewrites *rewrites, struct fix_call *call, struct buf *out)
{
    for (size_t i = 0; i < s->findings.list.len; i++) {
        const struct finding *f = s->findings.list.at[i];
        struct source *source = source_to_mend(s, f);
        if (!source)
            continue;
        struct place place = source_place(&s->sources, source, f->fix->at.begin);
        str was = str_cut(source->shown, f->fix->at.begin, f->fix->at.end);
        rewrites_add(rewrites, source, f->fix->at.begin, f->fix->at.end, f->fix->text);
        call->mended++;
        buf_print(out, "%.*s:%u:%u: ", STR_ARG(source->path), place.line, place.column);
        if (f->fix->text.len)
            buf_print(out, "%.*s is %.*s now [%.*s]\n", STR_ARG(was), STR_ARG(f->fix->text), STR_ARG(f->rule));
        else
            buf_print(out, "removed: %.*s [%.*s]\n", STR_ARG(f->message), STR_ARG(f->rule));
    }
}

static void tidy(struct ismsc *s, struct rewrites *rewrites, struct fix_call *call, struct buf *out)
{
    struct edits edits;
    for (size_t i = 0; i < s->sources.list.len; i++) {
        struct source *source = s->sources.list.at[i];
        if (source->builtin || !is_source_path(source->path) || fmt_source(s, source, &edits) != FMT_CHANGED)
            continue;
        for (size_t k = 0; k < edits.len; k++)
            rewrites_add(rewrites, source, edits.at[k].begin, edits.at[k].end, edits.at[k].text);
        call->formatted++;
        buf_print(out, "%.*s: formatted\n", STR_ARG(source->path));
    }
}

/* ---- passes: what is mended lets the next mistake be seen, under a key that was misspelt, say ---- */

struct pass {
    struct fix_call *call;
    struct buf      *out;
    bool             last;     /* nothing is to be mended any more, only tidied */
    struct rewrites  rewrites;
    struct ismsc    *next;     /* the project as it would be then; NULL: as it is */
};

static enum ismsc_status do_pass(struct ismsc *s, void *argument)
{
    struct pass *pass = argument;
    pass->rewrites = (struct rewrites){ .session = s };
    if (!session_check(s))
        return ISMSC_FAILED;
    if (pass->last)
        tidy(s, &pass->rewrites, pass->call, pass->out);
    else
        mend(s, &pass->rewrites, pass->call, pass->out);
    rewrites_settle(&pass->rewrites);
    if (pass->rewrites.list.len && (pass->next = rewrites_open(&pass->rewrites)) == NULL)
        return session_fail(s, "not enough memory");
    return ISMSC_OK;
}

/* From the project as it is to the one where nothing is left to fix; each session is closed with the one before it. NULL after a failure. */
static struct ismsc *run_passes(struct ismsc *s, struct fix_call *call, struct buf *out)
{
    enum { PASSES = 8 };
    struct ismsc *now = s;
    for (int n = 0; n <= PASSES; n++) {
        struct pass pass = { .call = call, .out = out, .last = n == PASSES };
        /* The first session is running already, and has one jump. */
        if (now == s ? do_pass(s, &pass) != ISMSC_OK : session_run(now, do_pass, &pass) != ISMSC_OK) {
            if (now != s)
                session_fail(s, "%s", ismsc_error(now));
            return NULL;
        }
        if (!pass.next && !pass.last)
            n = PASSES - 1;
        now = pass.next ? pass.next : now;
    }
    return now;
}

/* The edits that lead from one to the other; texts are copied, since the other session goes. */
static void compare(struct ismsc *s, const struct ismsc *after, struct rewrites *rewrites)
{
    for (size_t i = 0, k = 0; i < s->sources.list.len; i++) {
        struct source *source = s->sources.list.at[i];
        size_t tried = 0;
        while (tried < after->sources.list.len && !str_eq(after->sources.list.at[k]->path, source->path)) {
            k = (k + 1) % after->sources.list.len; /* the two lists go together, nearly */
            tried++;
        }
        if (source->builtin || tried == after->sources.list.len || str_eq(after->sources.list.at[k]->shown, source->shown))
            continue;
        struct edits edits = edits_between(&s->arena, source->shown, str_copy(&s->arena, after->sources.list.at[k]->shown));
        for (size_t e = 0; e < edits.len; e++)
            rewrites_add(rewrites, source, edits.at[e].begin, edits.at[e].end, edits.at[e].text);
    }
}

/* All passes; nothing may be wrong with the sources then that was right before. */
static enum ismsc_status find_fixes(struct ismsc *s, struct fix_call *call, struct buf *out, struct rewrites *rewrites)
{
    struct ismsc *after = run_passes(s, call, out);
    enum ismsc_status status = after ? ISMSC_OK : ISMSC_FAILED;
    if (after && after != s && ismsc_check(after) == ISMSC_FAILED)
        status = session_fail(s, "%s", ismsc_error(after));
    else if (after && after->findings.count[SEV_ERROR] > s->findings.count[SEV_ERROR])
        status = session_fail(s, "the fixes do not go together; nothing was written");
    else if (after)
        compare(s, after, rewrites);
    arena_close(&s->scratch);
    rewrites_settle(rewrites);
    return status;
}

static void summarise(const struct fix_call *call, struct buf *out)
{
    if (call->mended + call->formatted == 0)
        buf_text(out, "Nothing to fix.\n");
    else
        buf_print(out, "%zu %s fixed, %zu %s formatted.\n", call->mended, call->mended == 1 ? "finding" : "findings", call->formatted,
                  call->formatted == 1 ? "file" : "files");
}

static enum ismsc_status do_fix(struct ismsc *s, void *argument)
{
    struct fix_call *call = argument;
    struct rewrites rewrites = { .session = s };
    struct buf *out = buf_new(&s->arena);
    if (find_fixes(s, call, out, &rewrites) != ISMSC_OK || (!call->diff && rewrites_write(&rewrites) != ISMSC_OK))
        return ISMSC_FAILED;
    if (call->diff) {
        buf_clear(out);
        rewrites_diff(&rewrites, out);
    } else {
        summarise(call, out);
    }
    *call->out = (struct ismsc_text){ out->at, out->len };
    return rewrites.list.len ? ISMSC_FINDINGS : ISMSC_OK;
}

enum ismsc_status ismsc_fix(struct ismsc *s, bool diff, struct ismsc_text *out)
{
    struct fix_call call = { .diff = diff, .out = out };
    return session_run(s, do_fix, &call);
}
