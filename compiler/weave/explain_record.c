/* SPDX-License-Identifier: MIT */
/* Records of the ISMS with everything that refers to them, and the sections of the sources with their keys. */
#include "base/buf.h"
#include "model/fields.h"
#include "weave/explain_part.h"

enum { DEEPEST = 8 }; /* objects inside objects; the schema has three */

/* ---- fields ---- */

static str path_of(const struct page *page, str outer, str name)
{
    return outer.len ? str_print(page->arena, "%.*s.%.*s", STR_ARG(outer), STR_ARG(name)) : name;
}

static void add_values(struct page *page, str path, struct value list)
{
    str   *words = NEWS(page->arena, str, list.list->len);
    size_t count = 0;
    for (size_t i = 0; i < list.list->len; i++) {
        words[count] = words_of_value(page->arena, list.list->at[i]);
        count += words[count].len > 0;
    }
    page_facts(page, path, words_of_key(page->arena, path), words, count);
}

static void add_pairs(struct page *page, str path, const struct valuemap *map)
{
    str *words = NEWS(page->arena, str, map->len);
    for (size_t i = 0; i < map->len; i++)
        words[i] = str_print(page->arena, "%.*s: %.*s", STR_ARG(map->at[i].key), STR_ARG(words_of_value(page->arena, map->at[i].value)));
    page_facts(page, path, words_of_key(page->arena, path), words, map->len);
}

static void add_value(struct page *page, str path, const struct field *field, struct value value)
{
    str words = words_of_value(page->arena, value), shown = words;
    if (value.tag == V_NULL && value.written && field->type->undecided)
        words = shown = STR("undecided");
    else if (field->computed || field->type->level)
        shown = str_print(page->arena, "%.*s (computed)", STR_ARG(words));
    else if (!value.written)
        shown = str_print(page->arena, "%.*s (default)", STR_ARG(words));
    page_fact(page, path, words_of_key(page->arena, path), words, words.len ? shown : words);
}

/* The body of a document: who wants to read it opens the file. */
static bool is_whole_text(const struct field *field, struct value value)
{
    return field->computed && value.tag == V_TEXT && str_find(value.text, '\n', 0) < value.text.len;
}

static void add_fields(struct page *page, str path, const struct record *record, bool written, int depth)
{
    for (size_t i = 1; i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        struct value value = record->fields[i];
        str here = path_of(page, path, field->name);
        if (field == record->kind->title && path.len == 0)
            continue; /* the page's title */
        if (field_is_inverse(field) || is_whole_text(field, value) || (written && (field->computed || !value.span.file)))
            continue; /* what comes from the catalogue has no place */
        if (field->type->tag == TYPE_RECORD) {
            if (!field->computed && value.tag == V_RECORD && value.record->written && depth < DEEPEST)
                add_fields(page, here, value.record, written, depth + 1);
        } else if (value.tag == V_LIST) {
            add_values(page, here, value);
        } else if (value.tag == V_MAP) {
            add_pairs(page, here, value.map);
        } else {
            add_value(page, here, field, value);
        }
    }
    if (record->extras)
        add_pairs(page, path_of(page, path, STR("x-")), record->extras);
}

void page_fields(struct page *page, const struct record *record, bool written) { add_fields(page, (str){ 0 }, record, written, 0); }

/* ---- what refers to a record ---- */

/* A walk over one record and the objects in it. */
struct search {
    struct page         *page;
    const struct record *target;
    str                  id, title; /* of the record, or section, that is searched */
    bool                 begun;
};

static void found(struct search *search, str path, struct span span)
{
    static const char *const keys[] = { "id", "title", "field", "place" }, *const titles[] = { "id", "title", "in", "where" };
    struct page *page = search->page;
    if (!search->begun) {
        page_section(page, "referred_by", "Referred to by");
        page_table(page, 4, keys, titles);
    }
    search->begun = true;
    page_row(page, (const str[]){ search->id, search->title, path, words_of_place(page, span) });
}

static void search_record(struct search *search, const struct record *record, str path, int depth);

/* The records of a collection count for themselves. */
static void search_records(struct search *search, const struct list *records, int depth)
{
    str id = search->id, title = search->title;
    for (size_t i = 0; i < records->len; i++) {
        const struct record *record = records->at[i].tag == V_RECORD ? records->at[i].record : NULL;
        if (!record || record == search->target || record->builtin)
            continue;
        search->id = record->id;
        search->title = str_eq(record_title(record), record->id) ? (str){ 0 } : record_title(record);
        search_record(search, record, (str){ 0 }, depth + 1);
    }
    search->id = id;
    search->title = title;
}

static void search_value(struct search *search, const struct type *type, struct value value, str path, int depth)
{
    if (type->tag == TYPE_REF && value.tag == V_RECORD && value.record == search->target)
        found(search, path, value.span);
    else if (type->tag == TYPE_RECORD && value.tag == V_RECORD && value.record->written)
        search_record(search, value.record, path, depth + 1);
    else if (type->tag == TYPE_COLLECTION && value.tag == V_LIST)
        search_records(search, value.list, depth);
    else if (type->tag == TYPE_LIST && type->item && value.tag == V_LIST)
        for (size_t i = 0; i < value.list->len; i++)
            search_value(search, type->item, value.list->at[i], path, depth);
}

static void search_record(struct search *search, const struct record *record, str path, int depth)
{
    for (size_t i = 1; depth < DEEPEST && i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        if (!field->computed)
            search_value(search, field->type, record->fields[i], path_of(search->page, path, field->name), depth);
    }
}

void page_referrers(struct page *page, const struct record *record)
{
    const struct record *root = page->in->model->root;
    struct search search = { .page = page, .target = record };
    for (size_t i = 1; page->in->findings && i < root->kind->nfields; i++) {
        const struct field *section = &root->kind->fields[i];
        if (section->computed)
            continue;
        search.id = section->name;
        search.title = (str){ 0 };
        search_value(&search, section->type, root->fields[i], (str){ 0 }, 0);
    }
}

/* ---- pages ---- */

/* An acceptance is about what it covers, too. */
static bool is_about(const struct finding *finding, str id)
{
    return str_eq(finding->record, id) || (finding->accepted && str_eq(finding->accepted->id, id));
}

struct document *explain_record(struct arena *arena, const struct explain_input *in, const struct record *record)
{
    str kind = words_of_key(arena, record->kind->name);
    struct page page = page_begin(arena, in, str_c(arena, record->kind->name), record->id, words_of_record(arena, record), (str){ 0 });
    str place = words_of_place(&page, record->span);
    page.document->subtitle = place.len ? kind : str_print(arena, "%.*s, built in", STR_ARG(kind));
    page_fields(&page, record, false);
    page_fact(&page, STR("written_at"), STR("written at"), place, (str){ 0 });
    page_referrers(&page, record);
    page_findings(&page, is_about, record->id);
    return page.document;
}

/* "one of modify, retain": what a key takes. */
static str takes(const struct page *page, const struct type *type)
{
    struct buf *out = buf_new(page->arena);
    if (type->tag == TYPE_LIST && type->item && type->item->tag != TYPE_ANY)
        buf_print(out, "list: %.*s", STR_ARG(takes(page, type->item)));
    else if (type->tag == TYPE_ENUM)
        for (size_t i = 0, shown = 0; i < type->nwords; i++) {
            bool synonym = false;
            for (size_t k = 0; k < type->nsynonyms; k++)
                synonym |= str_eq(type->words[i], type->synonyms[k].word);
            if (!synonym)
                buf_print(out, "%s%.*s", shown++ ? ", " : "one of ", STR_ARG(type->words[i]));
        }
    else if (type->tag == TYPE_REF && type->ntargets > 4)
        buf_text(out, "id of a record");
    else if (type->tag == TYPE_REF)
        buf_print(out, "id of %.*s", STR_ARG(words_of_key(page->arena, type_name(page->arena, type))));
    else if (type->tag == TYPE_BOOL)
        buf_text(out, type->undecided ? "yes, no or undecided" : "yes or no");
    else if (type->tag == TYPE_RECORD)
        buf_text(out, "keys below");
    else if (type->tag == TYPE_COLLECTION)
        buf_print(out, "%.*s records", STR_ARG(words_of_key(page->arena, type->kind->name)));
    else
        buf_put(out, type_name(page->arena, type));
    str words = str_copy(page->arena, buf_str(out));
    buf_free(out);
    return words;
}

static const struct kind *kind_inside(const struct type *type)
{
    const struct type *item = type->tag == TYPE_LIST ? type->item : type;
    bool holds = item && (item->tag == TYPE_RECORD || (item->tag == TYPE_COLLECTION && item->kind->fields));
    return holds ? item->kind : NULL;
}

static void add_keys(struct page *page, const struct kind *kind, str path, int depth)
{
    for (size_t i = 1; i < kind->nfields; i++) {
        const struct field *field = &kind->fields[i];
        const struct kind *inside = kind_inside(field->type);
        str here = path_of(page, path, field->name);
        if (field->computed)
            continue;
        str needed = field->required ? STR("needed. ") : field->front_required ? STR("needed in a head. ") : (str){ 0 };
        str only = field->front_only ? STR("Only in the head of a Markdown file. ") : (str){ 0 };
        page_row(page, (const str[]){ here, takes(page, field->type),
                                      str_print(page->arena, "%.*s%.*s%.*s", STR_ARG(needed), STR_ARG(field->description), STR_ARG(only)) });
        if (inside && inside != kind && depth < 3)
            add_keys(page, inside, here, depth + 1);
    }
}

static void add_computed(struct page *page, const struct kind *kind)
{
    static const char *const keys[] = { "key", "meaning" }, *const titles[] = { "key", "what it holds" };
    bool begun = false;
    for (size_t i = 1; i < kind->nfields; i++) {
        const struct field *field = &kind->fields[i];
        if (!field->computed)
            continue;
        if (!begun) {
            page_section(page, "computed", "Computed, for expressions and templates");
            page_table(page, 2, keys, titles);
        }
        begun = true;
        page_row(page, (const str[]){ field->name, field->description });
    }
}

struct document *explain_kind(struct arena *arena, const struct explain_input *in, const struct kind *kind)
{
    static const char *const keys[] = { "key", "takes", "meaning" }, *const titles[] = { "key", "takes", "what to write" };
    bool section = kind->collection.len > 0;
    str  name = section ? kind->collection : kind->name;
    struct page page = page_begin(arena, in, "section", name, name, section ? str_print(arena, "section of the sources with %.*s records", STR_ARG(words_of_key(arena, kind->name)))
                                                                            : STR("part of the sources"));
    page_fact(&page, STR("description"), STR("holds"), kind->title_of_section.len ? kind->title_of_section : kind->description, (str){ 0 });
    page_fact(&page, STR("prefix"), STR("ids begin with"), kind->prefix, (str){ 0 });
    if (kind->catalogue_only)
        page_fact(&page, STR("catalogue_only"), STR("written by"), STR("yes"), STR("nobody: it is built in"));
    page_section(&page, "keys", "Keys");
    page_table(&page, 3, keys, titles);
    add_keys(&page, kind, (str){ 0 }, 0);
    add_computed(&page, kind);
    return page.document;
}

struct document *explain_section(struct arena *arena, const struct explain_input *in, const struct field *section)
{
    const struct kind *inside = kind_inside(section->type);
    if (inside) {
        struct document *page = explain_kind(arena, in, inside);
        page->id = page->title = section->name;
        if (section->type->tag == TYPE_RECORD)
            page->subtitle = STR("section of the sources");
        return page;
    }
    struct page page = page_begin(arena, in, "section", section->name, section->name, STR("section of the sources"));
    page_fact(&page, STR("takes"), STR("takes"), takes(&page, section->type), (str){ 0 });
    page_fact(&page, STR("description"), STR("holds"), section->description, (str){ 0 });
    return page.document;
}
