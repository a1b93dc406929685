/* SPDX-License-Identifier: MIT */
#include "write/facts.h"

#include "write/json.h"

struct facts {
    struct arena *arena;
    struct buf   *out;
    bool          first; /* nothing stands in the object yet */
};

static void key(struct facts *f, str name)
{
    buf_text(f->out, f->first ? "" : ", ");
    f->first = false;
    json_string(f->out, name);
    buf_text(f->out, ": ");
}

static void member(struct facts *f, str name, str value)
{
    key(f, name);
    json_string(f->out, value);
}

static void collect(struct buf *out, const struct doc_node *node)
{
    const char *quote = node->type == DOC_CODE_SPAN ? "`" : "";
    buf_text(out, quote);
    buf_put(out, node->text);
    buf_text(out, quote);
    for (const struct doc_node *child = node->first; child; child = child->next)
        collect(out, child);
}

/* The text of a node as it was written, code in backquotes. */
static str text_of(struct facts *f, const struct doc_node *node)
{
    struct buf *out = buf_new(f->arena);
    collect(out, node);
    str text = str_copy(f->arena, buf_str(out));
    buf_free(out);
    return text;
}

static void texts(struct facts *f, const struct doc_node *first)
{
    buf_char(f->out, '[');
    for (const struct doc_node *node = first; node; node = node->next) {
        buf_text(f->out, node == first ? "" : ", ");
        json_string(f->out, text_of(f, node));
    }
    buf_char(f->out, ']');
}

/* The value of a fact: a list where the cell holds blocks. */
static void cell_value(struct facts *f, const struct doc_node *cell)
{
    if (cell->blocks)
        texts(f, cell->first);
    else
        json_string(f->out, cell->ref.len ? cell->ref : text_of(f, cell));
}

static void fact_members(struct facts *f, const struct doc_node *table)
{
    for (const struct doc_node *row = table->first; row; row = row->next)
        if (row->ref.len && row->last) {
            key(f, row->ref);
            cell_value(f, row->last);
        }
}

static void row_object(struct facts *f, const struct doc_node *header, const struct doc_node *row)
{
    const struct doc_node *name = header->first, *cell = row->first;
    f->first = true;
    buf_char(f->out, '{');
    for (; name && cell; name = name->next, cell = cell->next) {
        key(f, name->ref);
        cell_value(f, cell);
    }
    buf_char(f->out, '}');
}

static void row_objects(struct facts *f, const struct doc_node *table)
{
    const struct doc_node *header = table->first;
    buf_char(f->out, '[');
    for (const struct doc_node *row = header ? header->next : NULL; row; row = row->next) {
        buf_text(f->out, row == header->next ? "" : ", ");
        row_object(f, header, row);
    }
    buf_char(f->out, ']');
}

/* Paragraphs up to the next heading as one text. */
static void prose(struct facts *f, const struct doc_node *first)
{
    struct buf *text = buf_new(f->arena);
    for (const struct doc_node *node = first; node && node->type != DOC_HEADING; node = node->next) {
        buf_text(text, text->len ? "\n\n" : "");
        collect(text, node);
    }
    json_string(f->out, buf_str(text));
    buf_free(text);
}

/* A list or table decides what the section is; words before it are for readers. */
static void section(struct facts *f, const struct doc_node *heading)
{
    const struct doc_node *node = heading->next;
    key(f, heading->ref);
    while (node && node->type == DOC_PARAGRAPH)
        node = node->next;
    if (node && node->type == DOC_LIST) {
        texts(f, node->first);
    } else if (node && node->type == DOC_TABLE && node->table->look == TABLE_FACTS) {
        buf_char(f->out, '{');
        f->first = true;
        fact_members(f, node);
        buf_char(f->out, '}');
    } else if (node && node->type == DOC_TABLE) {
        row_objects(f, node);
    } else {
        prose(f, heading->next);
    }
    f->first = false;
}

static void page_object(struct facts *f, const struct document *page)
{
    f->first = true;
    buf_char(f->out, '{');
    member(f, STR("kind"), page->file);
    member(f, STR("id"), page->id);
    member(f, STR("title"), page->title);
    for (const struct doc_node *node = page->body->first; node; node = node->next) {
        if (node->type == DOC_HEADING && node->ref.len)
            section(f, node);
        else if (node == page->body->first && node->type == DOC_TABLE)
            fact_members(f, node);
    }
    buf_char(f->out, '}');
}

void facts_json(struct arena *arena, struct buf *out, struct document *const *pages, size_t count)
{
    struct facts f = { .arena = arena, .out = out };
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_text(out, i ? ",\n  " : "\n  ");
        page_object(&f, pages[i]);
    }
    buf_text(out, count ? "\n]\n" : "]\n");
}
