/* SPDX-License-Identifier: MIT */
#include "write/json.h"
#include "write/pandoc_part.h"

static void text_row(struct pandoc *p, const str *texts, size_t n)
{
    pandoc_open_row(p, (str){ 0 });
    for (size_t i = 0; i < n; i++) {
        pandoc_open_cell(p, NULL);
        if (texts[i].len) {
            pandoc_open_parts(p, "Plain");
            pandoc_words(p, texts[i]);
            pandoc_close_parts(p);
        }
        pandoc_close_cell(p);
    }
    pandoc_close_list(p);
    pandoc_close_list(p);
}

/* A table of texts, rows * columns of them. */
static void text_table(struct pandoc *p, str title, const str *head, const str *cells, size_t rows, size_t columns)
{
    pandoc_open_parts(p, "Table");
    pandoc_no_attributes(p);
    pandoc_caption(p, title, NULL);
    pandoc_open_list(p);
    for (size_t i = 0; i < columns; i++)
        pandoc_column(p, ALIGN_LEFT, 0);
    pandoc_close_list(p);
    pandoc_open_list(p);
    pandoc_no_attributes(p);
    pandoc_open_list(p);
    if (head)
        text_row(p, head, columns);
    pandoc_close_list(p);
    pandoc_close_list(p);
    pandoc_open_list(p);
    pandoc_open_list(p);
    pandoc_no_attributes(p);
    pandoc_number(p, 0);
    pandoc_open_list(p);
    pandoc_close_list(p);
    pandoc_open_list(p);
    for (size_t i = 0; i < rows; i++)
        text_row(p, cells + i * columns, columns);
    pandoc_close_list(p);
    pandoc_close_list(p);
    pandoc_close_list(p);
    pandoc_foot_of_table(p);
    pandoc_close_parts(p);
}

static void control_facts(struct pandoc *p)
{
    const struct document *doc = p->doc;
    const struct doc_words *w = p->words;
    const str all[][2] = {
        { w->organisation, doc->organisation }, { w->document_id, doc->id },     { w->version, doc->version },
        { w->status, doc->status },             { w->owner, doc->owner },        { w->approver, doc->approver },
        { w->date, doc->date },                 { w->next_review, doc->next_review }, { w->classification, doc->classification },
        { w->standard, doc->standard },
    };
    str given[sizeof all / sizeof *all][2];
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (doc_is_given(all[i][1])) {
            given[n][0] = all[i][0];
            given[n++][1] = all[i][1];
        }
    if (n)
        text_table(p, w->document_control, NULL, &given[0][0], n, 2);
}

static void control_page(struct pandoc *p)
{
    const struct document *doc = p->doc;
    const struct doc_words *w = p->words;
    if (doc->draft) {
        pandoc_open_parts(p, "Para");
        pandoc_words(p, w->draft_notice);
        pandoc_close_parts(p);
    }
    if (doc->cover || doc->control_page)
        control_facts(p);
    if (!doc->control_page)
        return;
    str *cells = NEWS(p->arena, str, 4 * (doc->nrevisions + doc->napprovals));
    for (size_t i = 0; i < doc->nrevisions; i++) {
        const struct doc_revision *r = &doc->revisions[i];
        memcpy(cells + 4 * i, (const str[]){ r->version, r->date, r->author, r->change }, 4 * sizeof *cells);
    }
    if (doc->nrevisions)
        text_table(p, w->revision_history, (const str[]){ w->version, w->date, w->author, w->change }, cells, doc->nrevisions, 4);
    for (size_t i = 0; i < doc->napprovals; i++) {
        const struct doc_approval *a = &doc->approvals[i];
        memcpy(cells + 4 * i, (const str[]){ a->role, a->name, a->date, { 0 } }, 4 * sizeof *cells);
    }
    if (doc->napprovals)
        text_table(p, w->approvals, (const str[]){ w->role, w->name, w->approved_on, w->signature }, cells, doc->napprovals, 4);
}

static void meta(struct pandoc *p, const char *name, str value)
{
    if (!doc_is_given(value))
        return;
    pandoc_member(p, name);
    pandoc_open_parts(p, "MetaInlines");
    pandoc_words(p, value);
    pandoc_close_parts(p);
}

static void metadata(struct pandoc *p)
{
    const struct document *doc = p->doc;
    pandoc_member(p, "meta");
    PUT(p, "{");
    meta(p, "title", doc->title);
    meta(p, "subtitle", doc->subtitle);
    meta(p, "author", doc->organisation);
    meta(p, "date", doc->date);
    pandoc_member(p, "lang");
    pandoc_open_element(p, "MetaString");
    json_string(p->out, doc->language);
    pandoc_close_element(p);
    meta(p, "subject", doc->id);
    meta(p, "description", doc->description);
    meta(p, "keywords", doc->keywords);
    PUT(p, "}");
}

void pandoc_write(struct arena *arena, const struct document *doc, enum pandoc_types types, struct buf *out)
{
    struct pandoc p = {
        .arena = arena, .rows = arena_new(arena), .doc = doc, .words = doc->words ? doc->words : doc_words_english(),
        .outline = outline_make(arena, doc), .types = types, .out = out,
    };
    PUT(&p, "{\"pandoc-api-version\":");
    buf_text(out, types == PANDOC_1_23 ? "[1,23,1]" : "[1,22,2]");
    metadata(&p);
    pandoc_member(&p, "blocks");
    PUT(&p, "[");
    control_page(&p);
    pandoc_orient(&p, doc->landscape);
    pandoc_blocks(&p, doc->body ? doc->body->first : NULL, false);
    pandoc_orient(&p, false);
    PUT(&p, "]}\n");
}
