/* SPDX-License-Identifier: MIT */
#include "weave/weave.h"

#include "base/limits.h"
#include "model/edition.h"
#include "model/fields.h"
#include "weave/control.h"
#include "weave/messages.h"
#include "weave/template.h"

enum { CONTENTS_DEPTH = 2 }; /* unless the text says otherwise */
/* Of expanded text, of which memory takes twenty times as much while it is woven. What is no longer than the first is woven whole, which is faster. */
enum { FIRST_PIECE = 256 * 1024, NEXT_PIECE = 64 * 1024 };

static const struct type text_type = { .tag = TYPE_TEXT }, date_type = { .tag = TYPE_DATE };

/* --- a document begins --- */

static str colour_of(struct value level)
{
    struct value colour = level.tag == V_RECORD ? level.record->fields[F_risk_level_colour] : value_null();
    str text = colour.tag == V_TEXT ? colour.text : (str){ 0 };
    return text.len && text.at[0] == '#' ? str_cut(text, 1, text.len) : text;
}

/* All colours of the levels, because what each becomes depends on those beside it. */
static void level_colours(struct weaving *w)
{
    struct value method = w->model->root->fields[F_isms_risk_method];
    struct value levels = method.tag == V_RECORD ? method.record->fields[F_risk_method_levels] : value_null();
    if (levels.tag != V_LIST || levels.list->len == 0)
        return;
    w->doc->nlevels = levels.list->len;
    w->doc->level_colours = NEWS(w->arena, str, levels.list->len);
    for (size_t i = 0; i < levels.list->len; i++)
        w->doc->level_colours[i] = colour_of(levels.list->at[i]);
}

void weaving_speak(struct weaving *w, str language)
{
    const struct doc_words *words = w->weave->words ? w->weave->words(w->weave->state, language) : NULL;
    w->doc->words = w->words = words ? words : doc_words_english();
    w->doc->language = language;
    w->language = w->words->how ? w->words->how : language_english(language);
    w->doc->decimal = w->language->decimal;
}

struct weaving *weaving_begin(struct weave *weave, str language)
{
    struct weaving *w = NEW(weave->arena, struct weaving);
    w->lasting = arena_new(weave->arena);
    w->passing = arena_new(weave->arena);
    w->rows = arena_new(weave->arena);
    w->weave = weave;
    w->shared = weave->shared;
    w->arena = weave->arena;
    if (!w->shared) {
        w->shared = NEW(w->arena, struct weave_shared);
        w->shared->arena = w->arena;
    }
    w->findings = weave->findings;
    w->model = weave->model;
    w->doc = NEW(w->arena, struct document);
    weaving_speak(w, language);
    w->doc->brand = weave->brand ? weave->brand : brand_default();
    level_colours(w);
    return w;
}

static str project_language(const struct weave *weave)
{
    const struct model *model = weave->model;
    struct value organisation = model->root->fields[F_isms_organisation];
    str language = organisation.tag == V_RECORD ? organisation.record->fields[F_organisation_language].text : (str){ 0 };
    return language.len ? language : STR("en-GB");
}

static str template_language(const struct weave *weave) { return weave->language.len ? weave->language : project_language(weave); }

/* The names every text knows besides the ISMS itself. */
static void common_names(struct weaving *w, const struct record *own)
{
    const struct kind *kind = schema_kind(w->model->schema, STR("document"));
    struct type *type = NEW(w->arena, struct type);
    *type = (struct type){ .tag = TYPE_RECORD, .kind = kind };
    w->own = own;
    template_name(w, (struct query_name){ STR("today"), &date_type, true }, value_date(w->model->today));
    template_name(w, (struct query_name){ STR("edition"), &text_type, true }, value_text(w->model->edition));
    template_name(w, (struct query_name){ STR("stage"), &text_type, true }, value_text(w->model->stage));
    template_name(w, (struct query_name){ STR("document"), type, false }, value_record((struct record *)(uintptr_t)(own ? own : kind->absent)));
}

/* --- the body --- */

/* Headings of a text begin at level 1, however its author counts. */
static int first_level(const struct md_node *root)
{
    int least = 7;
    for (const struct md_node *node = root->first; node; node = node->next)
        if (node->type == MD_HEADING && node->level < least)
            least = node->level;
    return least == 7 ? 1 : least;
}

static str kept(struct arena *arena, str text) { return text.len ? str_copy(arena, text) : (str){ 0 }; }

/* Makes what was just added to the body independent of the piece it was made from. */
static void keep_texts(struct weaving *w, struct doc_node *first)
{
    for (struct doc_node *node = first; node; node = node->next) {
        node->text = kept(w->arena, node->text);
        node->ref = kept(w->arena, node->ref);
        if (node->table)
            node->table->description = kept(w->arena, node->table->description), node->table->sheet = kept(w->arena, node->table->sheet);
        keep_texts(w, node->first);
    }
}

/* What was just added to the body is complete. */
static void finish_nodes(struct weaving *w, struct doc_node *first)
{
    for (struct doc_node *node = first; node; node = node->next)
        inline_join(w->in_pieces ? w->passing : w->arena, node);
    if (w->in_pieces)
        keep_texts(w, first);
}

/* A long table makes a long piece; the ones after it are short again. */
static void empty(struct buf *buf)
{
    if (buf->room > 4 * NEXT_PIECE)
        buf_free(buf);
    else
        buf_clear(buf);
}

static void forget_piece(struct weaving *w)
{
    empty(w->expanded);
    empty(w->pieces.bytes);
    empty(w->placed.bytes);
    w->pieces.len = w->placed.len = 0;
    w->wish.caption = str_copy(w->lasting, w->wish.caption);
    w->wish.description = str_copy(w->lasting, w->wish.description);
    w->wish.sheet = str_copy(w->lasting, w->wish.sheet);
    arena_close(w->passing);
}

/* What was expanded, to the end of the body. False when it can not be read; then there is a finding. */
static bool weave_piece(struct weaving *w)
{
    struct md_text text = { .bytes = buf_str(w->expanded), .pieces = w->pieces.at, .npieces = w->pieces.len, .most = LIMIT_EXPANDED_BYTES };
    struct doc_node *body = w->doc->body, *last = body->last, *row = last ? last->last : NULL;
    struct md_node *root = markdown_parse_apart(w->passing, w->in_pieces ? w->passing : w->arena, w->findings, &text);
    if (!root)
        return false;
    if (!last)
        w->shift = 1 - first_level(root);
    w->text = &text;
    w->marks = true;
    splice_blocks(w, root->first, body);
    finish_nodes(w, last ? last->next : body->first);
    finish_nodes(w, row ? row->next : NULL); /* of a table that went on */
    if (w->in_pieces)
        forget_piece(w);
    return true;
}

/* --- expansion --- */

static void copied(void *state, struct span from)
{
    struct weaving *w = state;
    struct md_piece piece = { (uint32_t)w->expanded->len, from };
    buf_put(w->pieces.bytes, (str){ (const char *)&piece, sizeof piece });
    w->pieces.at = (struct md_piece *)(void *)w->pieces.bytes->at;
    w->pieces.len++;
}

static void put_mark(void *state, const struct mustache *tag, struct value value)
{
    struct weaving *w = state;
    if (value.tag == V_TEXT && value.look == LOOK_MARKDOWN)
        value.text = print_fixed(w->words, value, value.text);
    struct placed placed = { value, tag->span };
    copied(w, tag->span);
    buf_put(w->expanded, MARK_OPEN);
    buf_int(w->expanded, (int64_t)w->placed.len);
    buf_put(w->expanded, MARK_CLOSE);
    buf_put(w->placed.bytes, (str){ (const char *)&placed, sizeof placed });
    w->placed.at = (struct placed *)(void *)w->placed.bytes->at;
    w->placed.len++;
}

static const struct mustache *partial(void *state, const struct mustache *tag)
{
    struct template *template = template_partial(state, tag);
    return template ? template->body : NULL;
}

static void unknown(void *state, const struct mustache *tag)
{
    struct weaving *w = state;
    if (w->weave->whole && str_starts(tag->parts[0], STR("x-")))
        return; /* keys of one's own are for nobody else */
    finding_add(w->findings, LANG_TEMPLATE_NAME, tag->span, "nothing is called `%.*s` here", STR_ARG(tag->parts[0]));
}

static struct value names_as_map(struct weaving *w)
{
    struct value map = { .tag = V_MAP, .map = NEW(w->arena, struct valuemap) };
    for (size_t i = w->names.len; i-- > 0;) { /* the last of two equal names counts */
        struct valuemap_entry entry = { .key = w->names.at[i].name, .value = w->slots.at[i] };
        LIST_PUSH(w->arena, map.map, entry);
    }
    return map;
}

static bool has_chapter(str text)
{
    return str_starts(text, STR("# ")) || str_search(text, STR("\n# "), 0) != SIZE_MAX;
}

static str line_before(str text, size_t end)
{
    size_t begin = end > 0 ? end - 1 : 0;
    while (begin > 0 && text.at[begin - 1] != '\n')
        begin--;
    return str_cut(text, begin, end);
}

/* Whether a paragraph begins below the line: it has nothing on it, or a comment alone. */
static bool parts(str line)
{
    line = str_trim(line);
    return line.len == 0 || (str_starts(line, STR("<!--")) && str_ends(line, STR("-->")));
}

/* Whether the text ends after a row of a table at the margin; its line of dashes, then, and how many columns it has. */
static bool ends_in_table(str text, str *dashes, size_t *columns)
{
    str header = { 0 }, above = line_before(text, text.len);
    size_t lines = 0;
    for (size_t end = text.len; above.len && above.at[0] == '|'; above = line_before(text, end), lines++) {
        *dashes = header;
        header = above;
        end -= above.len;
    }
    *columns = lines > 2 ? markdown_columns(header, *dashes) : 0;
    return *columns > 0 && parts(above);
}

/* Lets the table go on in a piece of its own, under a header without words. */
static void reopen_table(struct weaving *w, str dashes, size_t columns, struct span at)
{
    copied(w, at);
    for (size_t i = 0; i <= columns; i++)
        buf_char(w->expanded, '|');
    buf_char(w->expanded, '\n');
    buf_put(w->expanded, dashes);
    w->table.goes_on = true;
}

/*
 * What was expanded so far becomes part of the body, and its memory is used again for what comes. Headings may go
 * before a chapter was there only when all of them are known, because the least of them becomes the first level.
 */
static void weave_so_far(struct weaving *w, size_t rows)
{
    str    dashes = { 0 };
    size_t columns = 0;
    if (w->one_piece || (!w->in_pieces && !has_chapter(buf_str(w->expanded))))
        return;
    if (rows && !ends_in_table(buf_str(w->expanded), &dashes, &columns))
        return;
    struct span at = w->pieces.at[w->pieces.len - 1].from;
    dashes = str_copy(w->lasting, dashes);
    w->in_pieces = true;
    w->rows_to_come = rows;
    w->one_piece = !weave_piece(w) || (rows && w->doc->body->last != w->table.node);
    w->rows_to_come = 0;
    if (rows && !w->one_piece)
        reopen_table(w, dashes, columns, at);
}

static size_t enough(const struct weaving *w) { return w->weave->piece ? w->weave->piece : w->in_pieces ? NEXT_PIECE : FIRST_PIECE; }

static size_t cut(void *state, size_t rows)
{
    weave_so_far(state, rows);
    return enough(state);
}

static void expand(struct weaving *w, const struct template *template, const struct record *own)
{
    struct value contexts[3] = { value_record(w->model->root), names_as_map(w) };
    struct mustache_run run = { .arena = w->lasting, .passing = w->passing, .findings = w->findings, .out = w->expanded,
                                .most = LIMIT_EXPANDED_BYTES, .state = w, .partial = partial, .value = put_mark,
                                .copied = copied, .cut = cut, .enough = enough(w), .unknown = unknown };
    if (own)
        contexts[2] = value_record((struct record *)(uintptr_t)own);
    mustache_expand(&run, template->body, contexts, own ? 3 : 2);
}

/* Whether [value] draws no finding where it is placed: no Markdown text, nor anything that could hold one. */
static bool is_plain(struct value value)
{
    return value.tag != V_LIST && value.tag != V_MAP && !(value.tag == V_TEXT && value.look == LOOK_MARKDOWN);
}

/* Whether the whole text was expanded and nothing in it can be wrong. */
static bool is_harmless(const struct weaving *w)
{
    for (size_t i = 0; i < w->placed.len; i++)
        if (!is_plain(w->placed.at[i].value))
            return false;
    return !w->in_pieces && weave_is_harmless(w->model, buf_str(w->expanded));
}

static void make_body(struct weaving *w, const struct template *template, const struct record *own)
{
    w->doc->body = doc_new(w->arena, DOC_BODY);
    w->expanded = buf_new(w->arena);
    w->pieces.bytes = buf_new(w->lasting);
    w->placed.bytes = buf_new(w->lasting);
    w->packed = buf_new(w->lasting);
    expand(w, template, own);
    if (!(w->checking && is_harmless(w)) && weave_piece(w)) {
        directive_end(w);
        link_resolve(w);
    }
    arena_close(w->passing);
    buf_free(w->pieces.bytes);
    buf_free(w->placed.bytes);
    if (w->in_pieces) { /* nothing in the body points there */
        arena_close(w->lasting);
        buf_free(w->expanded);
    }
}

/* --- templates --- */

static bool is_landscape(struct weaving *w, const struct template *template)
{
    const struct node *page = template_entry(template, "page");
    str text = template_text(template, "page");
    if (page && !str_eq(text, STR("landscape")) && !str_eq(text, STR("portrait")))
        finding_add(w->findings, LANG_TEMPLATE_HEAD, page->span, "`page` takes landscape or portrait");
    return str_eq(text, STR("landscape"));
}

/* `toc` is a depth, yes or no. */
static void template_contents(struct weaving *w, const struct template *template)
{
    const struct node *entry = template_entry(template, "toc");
    int64_t depth = CONTENTS_DEPTH;
    if (!entry || entry->type != NODE_SCALAR || !str_to_int(entry->text, &depth))
        depth = template_flag(w, template, "toc", true) ? CONTENTS_DEPTH : 0;
    w->doc->contents = depth > 0;
    w->doc->depth = (uint8_t)(depth < 1 ? 1 : depth > 6 ? 6 : depth);
}

/* The words of an entry that takes one or several. */
static struct words words_of(struct weaving *w, const struct node *entry)
{
    LIST_OF(str) list = { 0 };
    if (entry && entry->type == NODE_SCALAR)
        LIST_PUSH(w->arena, &list, entry->text);
    for (const struct node *item = entry && entry->type == NODE_SEQUENCE ? entry->first : NULL; item; item = item->next)
        LIST_PUSH(w->arena, &list, item->text);
    return (struct words){ list.at, list.len };
}

static bool is_in(struct words words, str word)
{
    for (size_t i = 0; i < words.len; i++)
        if (str_eq(words.at[i], word))
            return true;
    return false;
}

/* Built-in templates name the clauses of 2022; a project of 2013 reads those of its own edition, each once. */
static struct words clauses(struct weaving *w, const struct template *template)
{
    const struct node *entry = template_entry(template, "clause");
    const struct source *source = entry ? source_of(w->weave->sources, entry->span) : NULL;
    struct words written = words_of(w, entry);
    LIST_OF(str) list = { 0 };
    for (size_t i = 0; i < written.len; i++) {
        str clause = source && source->builtin ? edition_clause(w->arena, w->model, written.at[i]) : written.at[i];
        clause = messages_say(w->words->messages, template->stem, clause);
        if (clause.len && !is_in((struct words){ list.at, list.len }, clause))
            LIST_PUSH(w->arena, &list, clause);
    }
    return (struct words){ list.at, list.len };
}

static str clause_text(struct weaving *w, const struct template *template)
{
    struct words words = clauses(w, template);
    str text = { 0 };
    for (size_t i = 0; i < words.len; i++)
        text = i ? str_print(w->arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(words.at[i])) : words.at[i];
    return text;
}

static void template_facts(struct weaving *w, const struct template *template, str name)
{
    struct document *doc = w->doc;
    str file = template_text(template, "document");
    doc->file = str_copy(w->arena, file.len ? file : name);
    doc->id = template_text(template, "id");
    doc->title = template_say(w, template, "title");
    doc->subtitle = template_say(w, template, "subtitle");
    doc->keywords = clause_text(w, template);
    doc->description = template_say(w, template, "description");
    if (template_text(template, "keywords").len)
        doc->keywords = template_text(template, "keywords");
    doc->landscape = is_landscape(w, template);
    doc->numbered = template_flag(w, template, "numbered", true);
    template_contents(w, template);
    doc->cover = template_flag(w, template, "cover", true);
    doc->control_page = template_flag(w, template, "control", true);
    doc->search = template_flag(w, template, "search", false);
}

static const struct record *control_record(struct weaving *w, str id)
{
    const struct record *record = id.len ? model_find(w->model, id) : NULL;
    return record && record->kind == schema_kind(w->model->schema, STR("document")) ? record : NULL;
}

/*
 * A document about one record has an id of its own, "REC-IAREP-IA-2026", and the record's title below its own; the id of a record
 * without title is said once, there or in the document's own title.
 */
static const struct record *about_record(struct weaving *w, const struct record *record)
{
    struct document *doc = w->doc;
    const struct record *all = control_record(w, doc->id);
    str title = print_record(w->arena, w->words, record);
    doc->id = str_print(w->arena, "%.*s-%.*s", STR_ARG(doc->id), STR_ARG(record->id));
    const struct record *own = control_record(w, doc->id) ? control_record(w, doc->id) : all;
    if (!own || !str_eq(title, record->id) || str_search(record_title(own), record->id, 0) == SIZE_MAX)
        doc->subtitle = title;
    return own;
}

/* The name `each`: the record that the document is about. Returns the document's control data. */
static const struct record *template_record(struct weaving *w, const struct template *template, const struct record *record)
{
    if (!w->shared->known)
        template_each(w, template, &w->shared->each);
    const struct type *each = w->shared->each;
    if (each)
        template_name(w, (struct query_name){ STR("each"), each, false }, record ? value_record((struct record *)(uintptr_t)record) : value_null());
    return each && record ? about_record(w, record) : control_record(w, w->doc->id);
}

/* A page about a record is called like the record; what kind of record it is stands below. */
static void page_title(struct weaving *w, const struct record *record)
{
    struct document *doc = w->doc;
    str  title = print_record(w->arena, w->words, record), id = record->id;
    bool code = id.at[0] >= 'A' && id.at[0] <= 'Z' && !str_eq(title, id); /* people are known by name, not by id */
    doc->subtitle = doc->title;
    doc->title = code ? str_print(w->arena, "%.*s %.*s", STR_ARG(id), STR_ARG(title)) : title;
}

/* What is only ever a page or a workbook is no documented information: it has no state, version or owner. */
static void no_control_facts(struct weaving *w, const struct template *template, const struct record *record)
{
    struct words formats = words_of(w, template_entry(template, "formats"));
    struct document *doc = w->doc;
    if (formats.len == 0 || is_in(formats, STR("docx")))
        return;
    doc->id = doc->version = doc->status = doc->owner = doc->approver = doc->date = doc->next_review = (str){ 0 };
    if (!is_in(formats, STR("xlsx"))) /* a workbook leaves the house */
        doc->classification = (str){ 0 };
    doc->draft = false;
    doc->page = is_in(formats, STR("html"));
    if (record)
        page_title(w, record);
}

static struct document *weave_one(struct weave *weave, str name, const struct record *record)
{
    template_share(weave, name);
    struct weaving  *w = weaving_begin(weave, template_language(weave));
    struct template *template = template_open(w, name);
    if (!template)
        return NULL;
    template_facts(w, template, name);
    const struct record *own = template_record(w, template, record);
    control_facts(w, own);
    no_control_facts(w, template, record);
    common_names(w, own);
    template_let(w, template);
    template_check_names(w, template, NULL);
    make_body(w, template, NULL);
    return w->doc;
}

static bool is_wanted(struct weaving *w, const struct node *when)
{
    struct value value = value_bool(true);
    if (when && when->type == NODE_SCALAR)
        weaving_eval(w, when->text, when->span, &value);
    return value.tag == V_LIST ? value.list->len > 0 : value.tag == V_BOOL ? value.b : value.tag != V_NULL;
}

bool weave_head(struct weave *weave, str name, struct weave_head *head)
{
    struct weaving  *w = weaving_begin(weave, template_language(weave));
    const struct type *type;
    w->heads_only = true;
    struct template *template = template_load(w, str_print(w->arena, "templates/%.*s.md", STR_ARG(name)));
    if (!template)
        return false;
    template_inherit(w, template);
    *head = (struct weave_head){
        .id = template_text(template, "id"), .title = template_say(w, template, "title"),
        .clauses = clauses(w, template), .covers = words_of(w, template_entry(template, "covers")),
        .from = words_of(w, template_entry(template, "from")), .formats = words_of(w, template_entry(template, "formats")), .when = template_text(template, "when"),
        .wanted = is_wanted(w, template_entry(template, "when")), .search = template_flag(w, template, "search", false), .audience = template_audience(template), .each = template_each(w, template, &type) };
    return head->id.len > 0;
}

struct document *weave_template(struct weave *weave, str name, const struct record *record) { return weave_one(weave, name, record); }
void weave_check_template(struct weave *weave, str name) { weave_one(weave, name, NULL); }

/* --- policies --- */

static struct source *policy_source(const struct weave *weave, const struct record *record)
{
    struct source *source = source_of(weave->sources, record->span);
    return source && str_ends(source->path, STR(".md")) ? source : NULL;
}

bool weave_is_policy(const struct weave *weave, const struct record *record) { return policy_source(weave, record) != NULL; }

/* "policies/02-access-control.md" -> "02-access-control" */
static str stem(str path)
{
    size_t from = path.len;
    while (from > 0 && path.at[from - 1] != '/')
        from--;
    return str_cut(path, from, path.len - 3);
}

static str text_of(const struct record *record, size_t field)
{
    struct value value = record->fields[field];
    return value.tag == V_TEXT ? value.text : (str){ 0 };
}

static bool is_off(const struct record *record, size_t field)
{
    struct value value = record->fields[field];
    return (value.tag == V_BOOL && !value.b) || (value.tag == V_INT && value.i == 0);
}

static struct document *policy(struct weave *weave, const struct record *record, bool checking)
{
    struct source *source = policy_source(weave, record);
    if (!source)
        return NULL;
    str language = text_of(record, F_document_language);
    struct weaving *w = weaving_begin(weave, language.len ? language : project_language(weave));
    struct template *template = template_of_policy(w, source);
    struct document *doc = w->doc;

    w->checking = checking;
    doc->file = stem(source->path);
    doc->id = record->id;
    doc->numbered = doc->cover = doc->control_page = true;
    doc->contents = !is_off(record, F_document_toc);
    doc->depth = CONTENTS_DEPTH;
    doc->landscape = str_eq(text_of(record, F_document_page), STR("landscape"));
    control_facts(w, record);
    common_names(w, record);
    template_check_names(w, template, record->kind);
    make_body(w, template, record);
    return doc;
}

struct document *weave_policy(struct weave *weave, const struct record *record) { return policy(weave, record, false); }
void weave_check_policy(struct weave *weave, const struct record *record) { policy(weave, record, true); }

void weave_check_field(struct weave *weave, struct value field)
{
    struct weaving *w = weaving_begin(weave, project_language(weave));
    splice_field(w, field, doc_new(w->arena, DOC_BODY));
}
