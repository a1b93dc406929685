/* SPDX-License-Identifier: MIT */
/* `ismsc rename`: another id for a record, wherever it stands. What comes out is read again and compared before anything is written. */
#include "model/fields.h"
#include "refs.h"
#include "resolve/bind.h"
#include "rewrite.h"
#include "weave/weaving.h"

struct rename_call {
    const char        *old_id, *new_id;
    bool               diff;
    struct ismsc_text *out;
};

/* ---- whether it may be ---- */

/* The kind whose ids customarily begin as this one does; the longest beginning counts. */
static const struct kind *kind_by_prefix(const struct schema *schema, str id)
{
    const struct kind *found = NULL;
    for (size_t i = 0; i < schema->nkinds; i++) {
        const struct kind *kind = schema->kinds[i];
        if (kind->prefix.len && str_starts(id, kind->prefix) && (!found || kind->prefix.len > found->prefix.len))
            found = kind;
    }
    return found;
}

static bool is_type_of_document(const struct model *model, str id)
{
    struct value types = model->root->fields[F_isms_document_types];
    for (size_t i = 0; types.tag == V_LIST && i < types.list->len; i++)
        if (str_eq(types.list->at[i].record->id, id))
            return true;
    return false;
}

static enum ismsc_status check_new_id(struct ismsc *s, const struct record *target, str id)
{
    const struct kind *kind = target->kind, *other = kind_by_prefix(s->schema, id);
    const struct record *there = model_find(s->project.model, id);
    str words = kind_words(&s->arena, kind);
    if (!is_id(id) || strchr(".:-", id.at[id.len - 1]))
        return session_fail(s, "%.*s can be no id: use letters, digits, dot, underscore and hyphen, and begin and end with a letter or digit", STR_ARG(id));
    if (there)
        return session_fail(s, "there is a %.*s already: %.*s", STR_ARG(id), STR_ARG(record_title(there)));
    if (is_type_of_document(s->project.model, target->id) || is_type_of_document(s->project.model, id))
        return session_fail(s, "%.*s is the name of a type of document, which stays", STR_ARG(is_type_of_document(s->project.model, id) ? id : target->id));
    if (kind->prefix.len && str_starts(target->id, kind->prefix) && !str_starts(id, kind->prefix))
        return session_fail(s, "the id of %.*s begins with %.*s", STR_ARG(with_article(&s->arena, words)), STR_ARG(kind->prefix));
    if (other && other != kind)
        return session_fail(s, "%.*s looks like %.*s, but %.*s is %.*s", STR_ARG(id), STR_ARG(with_article(&s->arena, kind_words(&s->arena, other))),
                            STR_ARG(target->id), STR_ARG(with_article(&s->arena, words)));
    return ISMSC_OK;
}

/* ---- the edits ---- */

/* "](#r-001)": links to the heading of the record inside a document. */
static void add_anchors(struct rewrites *rewrites, struct source *source, str old_id, str new_id)
{
    struct arena *arena = &rewrites->session->arena;
    str anchor = str_slug(arena, old_id), written = str_print(arena, "](#%.*s)", STR_ARG(anchor));
    for (size_t at = 0; anchor.len && (at = str_search(source->bytes, written, at)) != SIZE_MAX; at += written.len)
        rewrites_add(rewrites, source, at + 3, at + 3 + anchor.len, str_slug(arena, new_id));
}

static void add_edits(struct rewrites *rewrites, const struct refs *refs, str old_id, str new_id)
{
    const struct sources *sources = &rewrites->session->sources;
    for (size_t i = 0; i < refs->list.len; i++)
        rewrites_add(rewrites, refs->list.at[i].source, refs->list.at[i].begin, refs->list.at[i].end, new_id);
    for (size_t i = 0; i < sources->list.len; i++)
        if (!sources->list.at[i]->builtin && sources->list.at[i]->bytes.at)
            add_anchors(rewrites, sources->list.at[i], old_id, new_id);
}

/* ---- whether everything else is as it was ---- */

struct comparison {
    struct arena       *arena;
    const struct model *before, *after;
    str                 old_id, new_id;
};

/* The text with the new id, and the anchor made of it, under its old name. */
static str with_old_id(const struct comparison *c, str text)
{
    struct edits edits = { 0 };
    str anchor = str_print(c->arena, "](#%.*s)", STR_ARG(str_slug(c->arena, c->new_id)));
    for (size_t at = 0; (at = refs_next(c->after, text, c->new_id, at)) != SIZE_MAX; at += c->new_id.len)
        edit_add(c->arena, &edits, at, at + c->new_id.len, c->old_id);
    for (size_t at = 0; (at = str_search(text, anchor, at)) != SIZE_MAX; at += anchor.len)
        edit_add(c->arena, &edits, at + 3, at + anchor.len - 1, str_slug(c->arena, c->old_id));
    edits_settle(&edits);
    return edits.len ? edits_apply(c->arena, &edits, text) : text;
}

static bool same_text(const struct comparison *c, str a, str b) { return str_eq(a, b) || str_eq(with_old_id(c, a), with_old_id(c, b)); }
static bool same_id(const struct comparison *c, str a, str b) { return str_eq(a, b) || (str_eq(a, c->old_id) && str_eq(b, c->new_id)); }

static bool same_value(const struct comparison *c, struct value a, struct value b);

static bool same_map(const struct comparison *c, const struct valuemap *a, const struct valuemap *b)
{
    bool same = (a ? a->len : 0) == (b ? b->len : 0);
    for (size_t i = 0; a && i < a->len && same; i++)
        same = str_eq(a->at[i].key, b->at[i].key) && same_value(c, a->at[i].value, b->at[i].value);
    return same;
}

static bool same_record(const struct comparison *c, const struct record *a, const struct record *b)
{
    bool same = str_eq(a->kind->name, b->kind->name) && same_id(c, a->id, b->id) && same_map(c, a->extras, b->extras);
    for (size_t i = 1; i < a->kind->nfields && same; i++)
        if (!a->kind->fields[i].computed && (a->fields[i].written || b->fields[i].written))
            same = same_value(c, a->fields[i], b->fields[i]);
    return same;
}

static bool same_list(const struct comparison *c, const struct list *a, const struct list *b)
{
    bool same = a->len == b->len;
    for (size_t i = 0; i < a->len && same; i++)
        same = same_value(c, a->at[i], b->at[i]);
    return same;
}

static bool same_value(const struct comparison *c, struct value a, struct value b)
{
    if (a.tag != b.tag || a.written != b.written)
        return false;
    switch (a.tag) {
    case V_BOOL: return a.b == b.b;
    case V_INT: return a.i == b.i;
    case V_DOUBLE: return !(a.d < b.d || b.d < a.d);
    case V_DATE: return a.date == b.date;
    case V_PERIOD: return a.period.months == b.period.months && a.period.days == b.period.days;
    case V_TEXT: return same_text(c, a.text, b.text);
    case V_LIST: return same_list(c, a.list, b.list);
    case V_MAP: return same_map(c, a.map, b.map);
    case V_RECORD: return a.record->id.len ? same_id(c, a.record->id, b.record->id) : same_record(c, a.record, b.record);
    default: return true;
    }
}

/* Sections that are no collections, and every record; collections list the same records again. */
static bool same_model(const struct comparison *c)
{
    const struct model *a = c->before, *b = c->after;
    bool same = a->by_id.len == b->by_id.len;
    for (size_t i = 1; i < a->schema->root->nfields && same; i++) {
        const struct field *field = &a->schema->root->fields[i];
        if (!field->computed && field->type->tag != TYPE_COLLECTION)
            same = same_value(c, a->root->fields[i], b->root->fields[i]);
    }
    for (size_t i = 0; i < a->by_id.len && same; i++)
        same = same_record(c, a->by_id.entries[i].value, b->by_id.entries[i].value);
    return same;
}

static enum ismsc_status compare(struct ismsc *s, struct ismsc *after, const struct record *target, str new_id)
{
    struct comparison c = { &s->scratch, s->project.model, after->project.model, target->id, new_id };
    if (model_find(c.after, target->id))
        return session_fail(s, "%.*s is built in and keeps its id", STR_ARG(target->id));
    if (!same_model(&c) || after->findings.skipped_files)
        return session_fail(s, "%.*s can not be renamed without changing something else; nothing was written", STR_ARG(target->id));
    return ISMSC_OK;
}

/* Reads the project as it would be. */
static enum ismsc_status verify(struct ismsc *s, const struct rewrites *rewrites, const struct record *target, str new_id)
{
    struct ismsc *after = rewrites_open(rewrites);
    enum ismsc_status status = after ? ismsc_check(after) : ISMSC_FAILED;
    status = status != ISMSC_FAILED ? compare(s, after, target, new_id) : session_fail(s, "%s", after ? ismsc_error(after) : "not enough memory");
    arena_close(&s->scratch);
    return status;
}

/* ---- the call ---- */

static void tell(struct ismsc *s, struct buf *out, const struct rewrites *rewrites, const struct refs *refs, str old_id, str new_id)
{
    size_t places = 0;
    for (size_t i = 0; i < rewrites->list.len; i++) {
        const struct rewrite *rewrite = rewrites->list.at[i];
        buf_print(out, "%.*s: %zu %s\n", STR_ARG(rewrite->source->path), rewrite->edits.len, rewrite->edits.len == 1 ? "place" : "places");
        places += rewrite->edits.len;
    }
    buf_print(out, "%.*s is %.*s now, in %zu %s of %zu %s.\n", STR_ARG(old_id), STR_ARG(new_id), places, places == 1 ? "place" : "places",
              rewrites->list.len, rewrites->list.len == 1 ? "file" : "files");
    if (refs->words)
        buf_print(out, "The word %.*s is left in %zu more places of texts and comments, where it may mean something else.\n", STR_ARG(old_id), refs->words);
    for (size_t i = 0; i < s->sources.list.len; i++)
        if (!s->sources.list.at[i]->builtin && str_search(s->sources.list.at[i]->path, old_id, 0) != SIZE_MAX)
            buf_print(out, "The file %.*s keeps its name.\n", STR_ARG(s->sources.list.at[i]->path));
}

static enum ismsc_status do_rename(struct ismsc *s, void *argument)
{
    struct rename_call *call = argument;
    struct refs refs;
    struct buf *out = buf_new(&s->arena);
    struct rewrites rewrites = { .session = s };
    str old_id = str_of(call->old_id), new_id = str_of(call->new_id);
    if (refs_find(s, old_id, &refs) != ISMSC_OK || check_new_id(s, refs.target, new_id) != ISMSC_OK)
        return ISMSC_FAILED;
    if (refs.target->builtin)
        return session_fail(s, "%.*s is built in and keeps its id", STR_ARG(old_id));
    add_edits(&rewrites, &refs, old_id, new_id);
    rewrites_settle(&rewrites);
    if (verify(s, &rewrites, refs.target, new_id) != ISMSC_OK || (!call->diff && rewrites_write(&rewrites) != ISMSC_OK))
        return ISMSC_FAILED;
    if (call->diff)
        rewrites_diff(&rewrites, out);
    else
        tell(s, out, &rewrites, &refs, refs.target->id, new_id);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_rename(struct ismsc *s, const char *old_id, const char *new_id, bool diff, struct ismsc_text *out)
{
    struct rename_call call = { old_id, new_id, diff, out };
    return session_run(s, do_rename, &call);
}
