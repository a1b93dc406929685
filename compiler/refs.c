/* SPDX-License-Identifier: MIT */
#include "refs.h"

#include <stdlib.h>

#include "base/limits.h"
#include "model/fields.h"
#include "model/mention.h"
#include "parse/front.h"
#include "parse/text.h"
#include "parse/yaml.h"
#include "query/suggest.h"
#include "resolve/walk.h"
#include "write/json.h"

/* ---- words ---- */

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
static bool is_joint(char c) { return c == '.' || c == '-' || c == ':'; }

/* Whether the bytes [begin, end) are a whole id, as far as what is around them tells. */
static bool is_whole(str s, size_t begin, size_t end)
{
    char before = begin > 0 ? s.at[begin - 1] : ' ', after = end < s.len ? s.at[end] : ' ';
    if (is_word(before) || before == '@' || is_word(after) || after == '@')
        return false;
    if (is_joint(before) && begin > 1 && is_word(s.at[begin - 2]))
        return false;
    return !(is_joint(after) && end + 1 < s.len && is_word(s.at[end + 1]));
}

/* The id on the other side of the slash at [slash]. */
static bool joins_id(const struct model *model, str s, size_t slash, bool behind)
{
    size_t from = behind ? slash + 1 : slash, to = from;
    while (behind && to < s.len && (is_word(s.at[to]) || is_joint(s.at[to])))
        to++;
    while (!behind && from > 0 && (is_word(s.at[from - 1]) || is_joint(s.at[from - 1])))
        from--;
    while (to > from && is_joint(s.at[to - 1]))
        to--;
    return to > from && model_find(model, str_cut(s, from, to));
}

/* evidence/EVD-01/photo.jpg is a path; are two ids. */
static bool is_in_path(const struct model *model, str s, size_t begin, size_t end)
{
    bool before = begin > 0 && (s.at[begin - 1] == '/' || s.at[begin - 1] == '\\'), after = end < s.len && (s.at[end] == '/' || s.at[end] == '\\');
    return (before && !joins_id(model, s, begin - 1, false)) || (after && !joins_id(model, s, end, true));
}

size_t refs_next(const struct model *model, str bytes, str id, size_t at)
{
    while ((at = str_search(bytes, id, at)) != SIZE_MAX) {
        if (is_whole(bytes, at, at + id.len) && !is_in_path(model, bytes, at, at + id.len))
            return at;
        at++;
    }
    return SIZE_MAX;
}

/* ---- one file ---- */

/* A place where the letters of the id stand, and what was found out about it. */
struct spot {
    struct ref ref;
    bool       covered; /* in a scalar or key, so no comment */
    bool       counts;
};

struct search {
    struct ismsc *s;
    str           id;
    struct source *source;
    LIST_OF(struct spot) spots; /* of the file in hand, as they stand */
};

/* The first spot at or behind [at]. */
static size_t spot_from(const struct search *f, size_t at)
{
    size_t low = 0, high = f->spots.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->spots.at[middle].ref.begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_link(str bytes, size_t begin)
{
    while (begin > 0 && bytes.at[begin - 1] == ' ')
        begin--;
    return begin > 1 && bytes.at[begin - 1] == '[' && bytes.at[begin - 2] == '[';
}

static enum ref_kind kind_in_text(const struct search *f, size_t begin) { return is_link(f->source->shown, begin) ? REF_LINK : REF_MENTION; }

/* The spots in the bytes [begin, end) are of a kind; REF_MENTION: a text, in which some may be links. */
static void mark(struct search *f, struct span span, bool counts, enum ref_kind kind, const struct walk_place *place)
{
    for (size_t i = spot_from(f, span.begin); i < f->spots.len && f->spots.at[i].ref.begin < span.end; i++) {
        struct spot *spot = &f->spots.at[i];
        spot->covered = true;
        spot->counts = counts;
        spot->ref.kind = kind == REF_MENTION ? kind_in_text(f, spot->ref.begin) : kind;
        spot->ref.record = place ? str_copy(&f->s->arena, place->record) : (str){ 0 };
        spot->ref.field = walk_path(&f->s->arena, place);
    }
}

/* A text that names rules, never records. */
static bool names_rules(const struct walk_place *place) { return place && place->outer && str_eq(place->name, STR("rule")); }

static void see(void *state, const struct walk_step *step)
{
    struct search *f = state;
    const struct node *node = step->node;
    if (f->spots.len == 0)
        return;
    if (step->defines) {
        bool scalar = node->type == NODE_SCALAR && step->type->is_id;
        mark(f, scalar ? node->span : node->key_span, str_eq(scalar ? node->text : node->key, f->id), REF_DEFINITION, step->place);
        return;
    }
    if (node->key.len)
        mark(f, node->key_span, false, REF_MENTION, step->place);
    bool reference = step->type->tag == TYPE_REF && str_eq(node->text, f->id);
    bool text = (step->type->tag == TYPE_TEXT && !step->type->is_id && !step->type->level) || step->type->tag == TYPE_MARKDOWN
             || step->type->tag == TYPE_ANY || (step->type->tag == TYPE_REF && step->type->or_text);
    mark(f, node->span, reference || (text && !names_rules(step->place)), reference ? REF_REFERENCE : REF_MENTION, step->place);
}

/* Keys above what was walked: sections, keys of lists and groups. */
static void cover_keys(struct search *f, const struct node *node)
{
    for (const struct node *n = node->type == NODE_SCALAR ? NULL : node->first; n; n = n->next) {
        for (size_t i = n->key.len ? spot_from(f, n->key_span.begin) : f->spots.len; i < f->spots.len && f->spots.at[i].ref.begin < n->key_span.end; i++)
            f->spots.at[i].covered = true;
        cover_keys(f, n);
    }
}

/* Rules: their own ids are others, everything else is text. */
static void see_rules(struct search *f, const struct node *node, bool text)
{
    if (node->type == NODE_SCALAR) {
        mark(f, node->span, text, REF_MENTION, NULL);
        return;
    }
    for (const struct node *n = node->first; n; n = n->next) {
        static const char *const names[] = { "id", "name", "yields", "builtin", "since", NULL };
        see_rules(f, n, text && !str_is_one_of(n->key, names));
    }
}

static void read_tree(struct search *f, size_t begin, size_t end, bool front)
{
    struct findings said; /* were told when the project was read */
    bool readable;
    findings_init(&said, &f->s->scratch);
    struct source copy = *f->source;
    const struct node *tree = yaml_parse(&f->s->scratch, &said, &copy, (uint32_t)begin, (uint32_t)end, &readable);
    if (!tree)
        return;
    if (str_starts(f->source->path, STR("rules/")))
        see_rules(f, tree, true);
    else
        walk_tree(f->s->schema, tree, front, see, f);
    cover_keys(f, tree);
}

static void keep_spots(struct search *f, struct refs *refs)
{
    for (size_t i = 0; i < f->spots.len; i++) {
        struct spot *spot = &f->spots.at[i];
        if (spot->covered && !spot->counts)
            continue;
        if (!spot->covered)
            spot->ref.kind = kind_in_text(f, spot->ref.begin);
        if (spot->ref.kind != REF_MENTION || refs->found_words)
            LIST_PUSH(&f->s->arena, &refs->list, spot->ref);
        else
            refs->words++;
    }
}

/* A Markdown file that is a document of the ISMS: prose in it stands in that. */
static void name_document(struct search *f, size_t from)
{
    const struct resolver *r = f->s->project.resolver;
    for (size_t i = 0; i < r->policies.len; i++)
        if (r->policies.at[i].source == f->source)
            for (size_t k = spot_from(f, from); k < f->spots.len; k++)
                f->spots.at[k].ref.record = r->policies.at[i].document->id;
}

static void search_source(struct search *f, struct source *source, struct refs *refs)
{
    f->source = source;
    f->spots.len = 0;
    for (size_t at = 0; (at = refs_next(f->s->project.model, source->bytes, f->id, at)) != SIZE_MAX; at += f->id.len) {
        struct spot spot = { .ref = { .source = source, .begin = at, .end = at + f->id.len } };
        LIST_PUSH(&f->s->arena, &f->spots, spot);
    }
    if (f->spots.len == 0)
        return;
    if (str_ends(source->path, STR(".yaml"))) {
        read_tree(f, 0, source->bytes.len, false);
    } else if (!str_starts(source->path, STR("templates/"))) {
        struct findings said;
        findings_init(&said, &f->s->scratch);
        struct front front = front_split(&said, source);
        if (front.there)
            read_tree(f, front.head_begin, front.head_end, true);
        name_document(f, front.body_begin);
    }
    keep_spots(f, refs);
    arena_reset(&f->s->scratch);
}

/* Templates of the project are no sources of the ISMS, but name its records all the same. */
static void add_templates(struct ismsc *s)
{
    struct path_list paths = { 0 };
    str message, bytes;
    if (s->provider->list(s->provider->state, &s->arena, STR("templates"), &paths, &message) != LOAD_OK)
        return;
    for (size_t i = 0; i < paths.len; i++) {
        bool known = !str_ends(paths.at[i], STR(".md"));
        for (size_t k = 0; k < s->sources.list.len && !known; k++)
            known = str_eq(s->sources.list.at[k]->path, paths.at[i]);
        if (!known && s->provider->read(s->provider->state, &s->arena, paths.at[i], LIMIT_MARKDOWN_BYTES, &bytes, &message) == LOAD_OK)
            text_check(&s->arena, &s->findings, source_add(&s->sources, paths.at[i], bytes, false), false);
    }
}

enum ismsc_status refs_find(struct ismsc *s, str id, struct refs *refs)
{
    if (!session_read(s))
        return ISMSC_FAILED;
    if (s->findings.skipped_files)
        return session_fail(s, "not all sources can be read, so not all places are known; see ismsc check");
    const struct model *model = s->project.model;
    *refs = (struct refs){ .target = model_find(model, id), .found_words = mention_is_distinct(id) };
    if (!refs->target) {
        struct suggestion near = suggest_for(id);
        for (size_t i = 0; i < model->by_id.len; i++)
            if (!((const struct record *)model->by_id.entries[i].value)->builtin)
                suggest_try(&near, model->by_id.entries[i].key);
        return near.best.len ? session_fail(s, "nothing is called %.*s; did you mean %.*s?", STR_ARG(id), STR_ARG(near.best))
                             : session_fail(s, "nothing is called %.*s", STR_ARG(id));
    }
    add_templates(s);
    struct search search = { .s = s, .id = id };
    for (size_t i = 0; i < s->sources.list.len; i++)
        if (!s->sources.list.at[i]->builtin && s->sources.list.at[i]->bytes.at)
            search_source(&search, s->sources.list.at[i], refs);
    return ISMSC_OK;
}

/* ---- telling ---- */

static const char *const kind_names[] = { "definition", "reference", "link", "mention" };

/* "R-001 treatment.controls", where the place is in a record. */
static void put_where(struct buf *out, const struct ref *ref)
{
    buf_put(out, ref->record);
    if (ref->field.len)
        buf_print(out, " %.*s", STR_ARG(ref->field));
}

static void put_text(struct ismsc *s, struct buf *out, const struct refs *refs)
{
    enum { PLACE = 9, KIND = 11, WHERE = 34, LINE = 100 };
    const struct source *last = NULL;
    size_t files = 0;
    for (size_t i = 0; i < refs->list.len; i++) {
        const struct ref *ref = &refs->list.at[i];
        struct place place = source_place(&s->sources, ref->source, (uint32_t)ref->begin);
        str line = str_trim(source_line(&s->sources, ref->source, place.line, NULL));
        struct buf *where = buf_new(&s->scratch);
        put_where(where, ref);
        if (ref->source != last) {
            buf_print(out, "%s%.*s\n", last ? "\n" : "", STR_ARG(ref->source->path));
            files++;
        }
        last = ref->source;
        str at = str_print(&s->scratch, "%u:%u", place.line, place.column);
        size_t cut = line.len;
        for (cut = cut > LINE ? LINE : cut; cut < line.len && ((unsigned char)line.at[cut] & 0xC0) == 0x80; cut--)
            ;
        buf_print(out, "  %-*s %-*s %-*s  %.*s%s\n", PLACE, str_c(&s->scratch, at), KIND, kind_names[ref->kind], WHERE, str_c(&s->scratch, buf_str(where)),
                  STR_ARG(str_cut(line, 0, cut)), cut < line.len ? "..." : "");
        arena_reset(&s->scratch);
    }
    buf_print(out, "%s%zu %s in %zu %s.\n", last ? "\n" : "", refs->list.len, refs->list.len == 1 ? "place" : "places", files, files == 1 ? "file" : "files");
    if (refs->words)
        buf_print(out, "The word stands in %zu more places of texts and comments, where it may mean something else.\n", refs->words);
}

static void put_concise(struct ismsc *s, struct buf *out, const struct refs *refs)
{
    for (size_t i = 0; i < refs->list.len; i++) {
        const struct ref *ref = &refs->list.at[i];
        struct place place = source_place(&s->sources, ref->source, (uint32_t)ref->begin);
        buf_print(out, "%.*s:%u:%u: %s%s", STR_ARG(ref->source->path), place.line, place.column, kind_names[ref->kind], ref->record.len ? ": " : "");
        put_where(out, ref);
        buf_char(out, '\n');
    }
}

static void put_json(struct ismsc *s, struct buf *out, const struct refs *refs)
{
    buf_char(out, '{');
    json_member(out, "id", refs->target->id);
    json_member(out, "kind", refs->target->kind->name);
    json_member(out, "title", record_title(refs->target));
    buf_text(out, "\"places\": [");
    for (size_t i = 0; i < refs->list.len; i++) {
        const struct ref *ref = &refs->list.at[i];
        struct place begin = source_place(&s->sources, ref->source, (uint32_t)ref->begin), end = source_place(&s->sources, ref->source, (uint32_t)ref->end);
        buf_text(out, i ? ",\n  {" : "\n  {");
        json_member(out, "file", ref->source->path);
        buf_print(out, "\"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u, ", begin.line, begin.column, end.line, end.column);
        json_member(out, "kind", str_of(kind_names[ref->kind]));
        json_member(out, "record", ref->record);
        buf_text(out, "\"field\": ");
        json_string(out, ref->field);
        buf_char(out, '}');
    }
    buf_print(out, "%s], \"other_words\": %zu}\n", refs->list.len ? "\n" : "", refs->words);
}

struct refs_call {
    const char        *id;
    enum ismsc_format  format;
    struct ismsc_text *out;
};

static enum ismsc_status do_refs(struct ismsc *s, void *argument)
{
    struct refs_call *call = argument;
    struct refs refs;
    struct buf *out = buf_new(&s->arena);
    if (refs_find(s, str_of(call->id), &refs) != ISMSC_OK)
        return ISMSC_FAILED;
    if (call->format == ISMSC_JSON)
        put_json(s, out, &refs);
    else if (call->format == ISMSC_CONCISE)
        put_concise(s, out, &refs);
    else
        put_text(s, out, &refs);
    arena_close(&s->scratch);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_refs(struct ismsc *s, const char *id, enum ismsc_format format, struct ismsc_text *out)
{
    struct refs_call call = { id, format, out };
    return session_run(s, do_refs, &call);
}
