/* SPDX-License-Identifier: MIT */
/*
 * Prose -> passages: each paragraph, heading, list item and table row of the Markdown documents, and each Markdown text of
 * a register, as a record that rules can look through. Lines are read, not CommonMark: what matters is what stands together
 * and where. Code blocks and comments are left out.
 *
 * There are as many as paragraphs, so they have an arena of their own, which is closed when nobody asks for them any more.
 */
#include "model/fields.h"
#include "resolve/resolve.h"

struct collector {
    struct resolver *r;
    struct list     *passages;
    struct record   *document; /* the one whose text is read, or NULL */
    str              id;       /* of the document, or of the record a text stands in */
    str              heading;
};

static struct value text_at(str text, struct span span)
{
    struct value value = value_text(text);
    value.written = true;
    value.span = span;
    return value;
}

/* The ids of [[links]] in [text], each at its place where the text stands in its file as it is. */
static struct value mentions_in(struct resolver *r, str text, struct span span)
{
    struct list *ids = NULL;
    for (size_t at = 0, end; (at = str_search(text, STR("[["), at)) != SIZE_MAX; at = end) {
        end = str_search(text, STR("]]"), at);
        if (end == SIZE_MAX)
            break;
        str  inside = str_cut(text, at + 2, end), id = str_trim(str_cut(inside, 0, str_find(inside, '|', 0)));
        size_t begin = (size_t)(id.at - text.at);
        if (!ids)
            ids = NEW(r->prose, struct list);
        list_push(r->prose, ids, text_at(id, span_part(span, text.len, begin, begin + id.len)));
        ids->at[ids->len - 1].look = LOOK_ID;
    }
    return ids ? value_list(ids) : value_absent(r->schema->root->fields[F_isms_passages].type->kind->fields[F_passage_mentions].type);
}

static void add_passage(struct collector *c, str field, str text, struct span span)
{
    struct resolver *r = c->r;
    struct record *passage = record_new(r->prose, r->schema->root->fields[F_isms_passages].type->kind);
    passage->id = c->id;
    passage->span = span;
    passage->written = true;
    passage->order = (uint32_t)c->passages->len;
    passage->fields[0] = value_text(c->id);
    passage->fields[0].look = LOOK_ID;
    passage->fields[F_passage_text] = text_at(text, span);
    passage->fields[F_passage_heading] = value_text(c->heading);
    passage->fields[F_passage_field] = value_text(field);
    passage->fields[F_passage_mentions] = mentions_in(r, text, span);
    if (c->document) {
        struct value *own = &c->document->fields[F_document_passages];
        passage->fields[F_passage_document] = value_record(c->document);
        passage->fields[F_passage_document].written = true;
        if (own->tag != V_LIST || own->list->len == 0)
            *own = value_list(NEW(r->prose, struct list));
        list_push(r->prose, own->list, value_record(passage));
    }
    list_push(r->prose, c->passages, value_record(passage));
}

/* ---- a Markdown document ---- */

struct body {
    struct collector *c;
    const struct source *source;
    uint32_t begin, end; /* the passage being gathered; equal: none */
    char     fence;      /* in a code block: the character that closes it */
    bool     comment;
};

static void flush(struct body *b)
{
    str text = str_trim(str_cut(b->source->bytes, b->begin, b->end));
    if (text.len) {
        uint32_t begin = (uint32_t)(text.at - b->source->bytes.at);
        add_passage(b->c, (str){ 0 }, text, (struct span){ b->source->number, begin, begin + (uint32_t)text.len });
    }
    b->begin = b->end;
}

static bool is_fence(str line, char *with)
{
    if (!str_starts(line, STR("```")) && !str_starts(line, STR("~~~")))
        return false;
    *with = line.at[0];
    return true;
}

/* "- ", "* ", "+ ", "12. ", "3) ": what begins a list item. */
static bool is_item(str line)
{
    size_t digits = 0;
    if (line.len > 1 && strchr("-*+", line.at[0]))
        return line.at[1] == ' ';
    while (digits < line.len && line.at[digits] >= '0' && line.at[digits] <= '9')
        digits++;
    return digits > 0 && digits + 1 < line.len && (line.at[digits] == '.' || line.at[digits] == ')') && line.at[digits + 1] == ' ';
}

static size_t heading_level(str line)
{
    size_t level = 0;
    while (level < line.len && line.at[level] == '#')
        level++;
    return level <= 6 && level < line.len && line.at[level] == ' ' ? level : 0;
}

static void read_heading(struct body *b, str line, size_t level)
{
    flush(b);
    str text = str_trim(str_cut(line, level, line.len));
    b->begin = (uint32_t)(text.at - b->source->bytes.at);
    b->end = b->begin + (uint32_t)text.len;
    b->c->heading = text;
    flush(b);
}

/* One line between bytes [begin] and [end]: it goes on with the passage, begins one, or ends one. */
static void read_line(struct body *b, uint32_t begin, uint32_t end)
{
    str    line = str_trim(str_cut(b->source->bytes, begin, end));
    size_t level = heading_level(line);
    char   fence = 0;
    bool   apart = line.len == 0 || b->fence || b->comment || is_fence(line, &fence) || str_starts(line, STR("<!--"));
    if (apart || level || is_item(line) || (line.len && line.at[0] == '|'))
        flush(b);
    if (b->fence) {
        if (is_fence(line, &fence) && fence == b->fence)
            b->fence = 0;
    } else if (b->comment || str_starts(line, STR("<!--"))) {
        b->comment = str_search(line, STR("-->"), 0) == SIZE_MAX;
    } else if (fence) {
        b->fence = fence;
    } else if (level) {
        read_heading(b, line, level);
    }
    if (apart || level) {
        b->begin = b->end = end;
        return;
    }
    if (b->begin == b->end)
        b->begin = begin;
    b->end = end;
}

static void read_document(struct collector *c, const struct policy *policy)
{
    str bytes = policy->source->bytes;
    struct body b = { .c = c, .source = policy->source, .begin = policy->body_begin, .end = policy->body_begin };
    c->document = policy->document;
    c->id = policy->document->id;
    c->heading = (str){ 0 };
    for (size_t at = policy->body_begin; at < bytes.len;) {
        size_t end = str_find(bytes, '\n', at);
        end = end < bytes.len ? end + 1 : bytes.len;
        read_line(&b, (uint32_t)at, (uint32_t)end);
        at = end;
    }
    flush(&b);
    c->document = NULL;
    c->heading = (str){ 0 };
}

/* ---- texts of registers ---- */

static void read_value(struct collector *c, str field, struct value value);

static void read_record(struct collector *c, const struct record *record)
{
    for (size_t i = 1; i < record->kind->nfields; i++)
        if (record->fields[i].written)
            read_value(c, record->kind->fields[i].name, record->fields[i]);
}

/* Objects inside a record are gone through, records it refers to are not. */
static void read_value(struct collector *c, str field, struct value value)
{
    if (value.tag == V_TEXT && value.look == LOOK_MARKDOWN && value.text.len)
        add_passage(c, field, value.text, value.span);
    else if (value.tag == V_RECORD && value.record->owner)
        read_record(c, value.record);
    else if (value.tag == V_LIST)
        for (size_t i = 0; i < value.list->len; i++)
            read_value(c, field, value.list->at[i]);
}

static void read_section(struct collector *c, const struct field *section, struct value value)
{
    bool collection = section->type->tag == TYPE_COLLECTION;
    if (!collection && value.tag == V_RECORD) {
        c->id = section->name;
        read_record(c, value.record);
    }
    for (size_t i = 0; collection && value.tag == V_LIST && i < value.list->len; i++) {
        const struct record *record = value.list->at[i].record;
        c->id = record->id;
        if (!record->builtin)
            read_record(c, record);
    }
}

void collect_passages(struct resolver *r)
{
    const struct kind *root = r->schema->root;
    struct collector c = { .r = r, .passages = NEW(r->prose, struct list) };
    for (size_t i = 0; i < r->policies.len; i++)
        read_document(&c, &r->policies.at[i]);
    for (size_t i = 1; i < root->nfields; i++)
        if (!root->fields[i].computed)
            read_section(&c, &root->fields[i], r->model->root->fields[i]);
    r->model->root->fields[F_isms_passages] = value_list(c.passages);
}

void forget_passages(struct resolver *r)
{
    const struct kind *root = r->schema->root;
    r->model->root->fields[F_isms_passages] = value_absent(root->fields[F_isms_passages].type);
    for (size_t i = 0; i < r->policies.len; i++) {
        struct record *document = r->policies.at[i].document;
        document->fields[F_document_passages] = value_absent(document->kind->fields[F_document_passages].type);
    }
    arena_close(r->prose);
}
