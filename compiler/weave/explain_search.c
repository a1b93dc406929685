/* SPDX-License-Identifier: MIT */
/* What fits words that nothing is called by: controls, documents, records, clauses and rules in whose titles they stand. */
#include "model/fields.h"
#include "weave/explain_part.h"

enum { WORDS_MOST = 8, SHOWN = 8 }; /* of each kind; what is left out is counted */

struct search {
    struct page page;
    str         words[WORDS_MOST];
    size_t      nwords;
    bool        begun;
    size_t      found, more; /* of the kind that is gone through; of all, those left out */
};

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }
static bool is_part_of_word(char c) { return (small(c) >= 'a' && small(c) <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80; }

/* Whether a word of [text] begins with [word]: "pass" fits "Passwords". */
static bool has_word(str text, str word)
{
    for (size_t at = 0; at + word.len <= text.len; at++)
        if ((at == 0 || !is_part_of_word(text.at[at - 1])) && str_eq_nocase(str_cut(text, at, at + word.len), word))
            return true;
    return false;
}

static bool has_words(const struct search *s, str text)
{
    for (size_t i = 0; i < s->nwords; i++)
        if (!has_word(text, s->words[i]))
            return false;
    return true;
}

static void begin(struct search *s)
{
    static const char *const keys[] = { "id", "kind", "title" }, *const titles[] = { "id", "what", "title" };
    page_section(&s->page, "found", "What fits");
    page_table(&s->page, 3, keys, titles);
    s->begun = true;
}

/* Lists what is called [id] when all words stand in [text]. */
static void try(struct search *s, str kind, str id, str title, str text)
{
    if (!has_words(s, text))
        return;
    if (!s->begun)
        begin(s);
    if (++s->found > SHOWN)
        s->more++;
    else
        page_row(&s->page, (const str[]){ id, words_of_key(s->page.arena, kind), title });
}

static struct value section(const struct search *s, size_t field)
{
    return s->page.in->model->root->fields[field];
}

/* The title of a record, and what the values of two fields say besides. */
static str text_with(struct search *s, const struct record *record, size_t one, size_t two)
{
    str a = words_of_value(s->page.arena, record->fields[one]), b = words_of_value(s->page.arena, record->fields[two]);
    return str_print(s->page.arena, "%.*s %.*s %.*s", STR_ARG(record_title(record)), STR_ARG(a), STR_ARG(b));
}

static void search_controls(struct search *s)
{
    struct value controls = section(s, F_isms_controls);
    for (size_t i = 0; controls.tag == V_LIST && i < controls.list->len; i++) {
        const struct record *control = controls.list->at[i].record;
        try(s, STR("control"), control->id, record_title(control), text_with(s, control, F_control_purpose, F_control_typical_evidence));
    }
}

static void search_document_types(struct search *s)
{
    struct value types = section(s, F_isms_document_types);
    for (size_t i = 0; types.tag == V_LIST && i < types.list->len; i++) {
        const struct record *type = types.list->at[i].record;
        if (!model_find(s->page.in->model, type->id)) /* else the project's own is among the records */
            try(s, STR("document_type"), type->id, record_title(type), text_with(s, type, F_document_type_aliases, F_document_type_aliases));
    }
}

static void search_clauses(struct search *s)
{
    struct value clauses = section(s, F_isms_clauses);
    for (size_t i = 0; clauses.tag == V_LIST && i < clauses.list->len; i++) {
        const struct record *clause = clauses.list->at[i].record;
        try(s, STR("clause"), clause_id(s->page.in, clause), record_title(clause), record_title(clause));
    }
}

/* Records in the order of the schema, so that those of a kind stand together. */
static void search_records(struct search *s)
{
    const struct model *model = s->page.in->model;
    const struct kind *root = s->page.in->schema->root;
    for (size_t f = 1; f < root->nfields; f++) {
        struct value records = section(s, f);
        s->found = 0;
        for (size_t i = 0; root->fields[f].type->tag == TYPE_COLLECTION && records.tag == V_LIST && i < records.list->len; i++) {
            const struct record *record = records.list->at[i].record;
            if (record->kind->number != KIND_control && model_find(model, record->id) == record)
                try(s, record->kind->name, record->id, record_title(record), record_title(record));
        }
    }
}

static void search_rules(struct search *s)
{
    const struct rules *rules = s->page.in->rules;
    for (size_t i = 0; i < rules->list.len; i++) {
        const struct rule *rule = rules->list.at[i];
        try(s, STR("rule"), rule->id, rule->title, str_print(s->page.arena, "%.*s %.*s", STR_ARG(rule->title), STR_ARG(rule->name)));
    }
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct language_row *row = language_row((enum language_rule)i);
        try(s, STR("finding"), str_of(row->id), str_of(row->title), str_print(s->page.arena, "%s %s", row->title, row->name));
    }
}

struct document *explain_search(struct arena *arena, const struct explain_input *in, str what)
{
    static void (*const kinds[])(struct search *) = { search_controls, search_document_types, search_records, search_clauses, search_rules };
    struct search s = { .page = page_begin(arena, in, "search", what, str_print(arena, "Nothing is called %.*s", STR_ARG(what)), STR("but these have to do with it; `ismsc explain` and an id tells all about one")) };
    str word;
    while (s.nwords < WORDS_MOST && str_split(&what, ' ', &word))
        if (word.len > 1)
            s.words[s.nwords++] = word;
    for (size_t i = 0; s.nwords && i < sizeof kinds / sizeof *kinds; i++) {
        s.found = 0;
        kinds[i](&s);
    }
    if (s.more)
        page_text(&s.page, str_print(arena, "And %zu more; another word besides makes the list shorter.", s.more));
    return s.begun ? s.page.document : NULL;
}
