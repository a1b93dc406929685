/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "write/json.h"
#include "write/markdown_part.h"

static void blocks(struct markdown *m, const struct doc_node *first, bool tight);

/* ---- lines ---- */

static void begin_line(struct markdown *m) { buf_put(m->out, buf_str(m->prefix)); }
static void end_line(struct markdown *m)
{
    while (m->out->len && m->out->at[m->out->len - 1] == ' ')
        m->out->len--;
    PUT(m, "\n");
}

/* An empty line; in a quote it still begins with its mark. */
static void blank(struct markdown *m)
{
    begin_line(m);
    end_line(m);
}

static void line_of(struct markdown *m, const struct doc_node *node)
{
    size_t begin = m->out->len;
    markdown_inlines(m, node->first);
    markdown_guard(m, begin);
    end_line(m);
}

/* ---- cells: blocks in one line ---- */

static void cell_blocks(struct markdown *m, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next) {
        if (node != first)
            PUT(m, "<br>");
        if (node->type == DOC_ITEM)
            buf_put(m->out, node->task == TASK_DONE ? STR("\u2612 ") : node->task == TASK_OPEN ? STR("\u2610 ") : STR("\u2022 "));
        if (node->type == DOC_LIST || node->type == DOC_ITEM || node->type == DOC_QUOTE)
            cell_blocks(m, node->first);
        else
            markdown_inline_node(m, node);
    }
}

static void cell(struct markdown *m, const struct doc_node *node)
{
    PUT(m, " ");
    markdown_anchor(m, node->ref.len && node->tone != FILL_LEVEL ? node->ref : (str){ 0 });
    if (node->blocks)
        cell_blocks(m, node->first);
    else
        markdown_inlines(m, node->first);
    PUT(m, " |");
}

static void row(struct markdown *m, const struct doc_node *node)
{
    begin_line(m);
    PUT(m, "|");
    for (const struct doc_node *at = node->first; at; at = at->next)
        cell(m, at);
    end_line(m);
}

static void ruler(struct markdown *m, const struct doc_table *table)
{
    static const char *const marks[] = { [ALIGN_LEFT] = "---|", [ALIGN_CENTRE] = ":-:|", [ALIGN_RIGHT] = "--:|" };
    begin_line(m);
    PUT(m, "|");
    for (size_t i = 0; i < table->ncolumns; i++)
        buf_text(m->out, marks[table->columns[i].align % 3]);
    end_line(m);
}

/* A table without header rows gets an empty one, which pipe tables can't do without. */
static void rows_of(struct markdown *m, const struct doc_node *table)
{
    struct doc_rows rows = doc_rows(m->rows, table);
    const struct doc_node *at = doc_next_row(&rows);
    bool head = at && at->header;
    m->in_cell = true;
    if (head) {
        row(m, at);
    } else {
        begin_line(m);
        PUT(m, "|");
        for (size_t i = 0; i < table->table->ncolumns; i++)
            PUT(m, " |");
        end_line(m);
    }
    ruler(m, table->table);
    for (at = head ? doc_next_row(&rows) : at; at; at = doc_next_row(&rows))
        row(m, at);
    m->in_cell = false;
}

/* "**Table 3: Roles**" stands before its table. */
static void caption(struct markdown *m, str kind, const struct doc_node *owner)
{
    const struct doc_node *title = owner->first && owner->first->type == DOC_CAPTION ? owner->first : NULL;
    if (!title)
        return;
    begin_line(m);
    markdown_anchor(m, owner->ref);
    markdown_anchor(m, title->ref);
    PUT(m, "**");
    if (title->number)
        buf_print(m->out, "%.*s %u%.*s", STR_ARG(kind), (unsigned)title->number, STR_ARG(m->words->colon));
    markdown_inlines(m, title->first);
    PUT(m, "**");
    end_line(m);
    blank(m);
}

static void table(struct markdown *m, const struct doc_node *node)
{
    caption(m, m->words->table, node);
    rows_of(m, node);
}

/* ---- blocks ---- */

/* The title of the document is level 1; its chapters are level 2. */
static void heading(struct markdown *m, const struct doc_node *node)
{
    const struct outline_entry *entry = outline_next(&m->outline, &m->next_heading, node);
    int level = (entry ? entry->level : node->level) + 1;
    begin_line(m);
    for (int i = 0; i < (level > 6 ? 6 : level); i++)
        PUT(m, "#");
    PUT(m, " ");
    markdown_anchor(m, entry ? entry->anchor : node->ref);
    if (entry && entry->number.len)
        buf_print(m->out, "%.*s ", STR_ARG(entry->number));
    markdown_inlines(m, node->first);
    end_line(m);
}

/* Everything of [first] on lines that begin with [mark] more. The first line has its own begin already. */
static void indented(struct markdown *m, const char *mark, const struct doc_node *first, bool tight)
{
    size_t before = m->prefix->len;
    buf_text(m->prefix, mark);
    blocks(m, first, tight);
    m->prefix->len = before;
}

static void item(struct markdown *m, const struct doc_node *list, const struct doc_node *node, unsigned number)
{
    char mark[16];
    int  width = list->ordered ? snprintf(mark, sizeof mark, "%u. ", number) : snprintf(mark, sizeof mark, "- ");
    char spaces[17] = "                ";
    spaces[width] = '\0';
    begin_line(m);
    buf_text(m->out, mark);
    if (node->task != TASK_NONE)
        buf_put(m->out, node->task == TASK_DONE ? STR("[x] ") : STR("[ ] "));
    const struct doc_node *first = node->first;
    if (first && first->type == DOC_PARAGRAPH) {
        line_of(m, first);
        first = first->next;
    } else {
        end_line(m);
    }
    if (first && !list->tight)
        blank(m);
    indented(m, spaces, first, list->tight);
}

static void list(struct markdown *m, const struct doc_node *node)
{
    unsigned number = node->number;
    for (const struct doc_node *child = node->first; child; child = child->next) {
        item(m, node, child, number++);
        if (!node->tight && child->next)
            blank(m);
    }
}

/* Fenced by more backticks than any line of it begins with. */
static void code(struct markdown *m, str s)
{
    size_t fence = 3, run = 0;
    for (size_t i = 0; i < s.len; i++) {
        run = s.at[i] == '`' ? run + 1 : 0;
        fence = run >= fence ? run + 1 : fence;
    }
    for (int side = 0; side < 2; side++) {
        begin_line(m);
        for (size_t i = 0; i < fence; i++)
            PUT(m, "`");
        end_line(m);
        for (str line; side == 0 && str_split(&s, '\n', &line);) {
            begin_line(m);
            buf_put(m->out, line);
            PUT(m, "\n");
        }
    }
}

static void figure(struct markdown *m, const struct doc_node *node)
{
    const struct doc_node *title = node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
    const struct doc_node *image = title ? title->next : node->first;
    if (image) {
        begin_line(m);
        markdown_picture(m, image);
        end_line(m);
        blank(m);
    }
    caption(m, m->words->figure, node);
    m->out->len -= title ? m->prefix->len + 1 : 0; /* the blank line behind it is of whoever comes next */
}

static void details(struct markdown *m, const struct doc_node *node)
{
    const struct doc_node *title = node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
    caption(m, (str){ 0 }, node);
    blocks(m, title ? title->next : node->first, false);
}

static void block(struct markdown *m, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_HEADING: heading(m, node); break;
    case DOC_LIST:    list(m, node); break;
    case DOC_QUOTE:   indented(m, "> ", node->first, false); break;
    case DOC_CODE:    code(m, node->text); break;
    case DOC_TABLE:   table(m, node); break;
    case DOC_DETAILS: details(m, node); break;
    case DOC_FIGURE:  figure(m, node); break;
    case DOC_RULE:
        begin_line(m);
        PUT(m, "---\n");
        break;
    default:
        begin_line(m);
        line_of(m, node);
        break;
    }
}

/* Pages and contents are of who makes them; an empty paragraph would be no line. */
static bool is_nothing(const struct doc_node *node)
{
    return node->type == DOC_TOC || node->type == DOC_PAGE_BREAK || node->type == DOC_ORIENT || (node->type == DOC_PARAGRAPH && !node->first);
}

/* Two lists of a kind would be read as one; a comment between them keeps them apart (CommonMark 0.31, 5.3). */
static void keep_apart(struct markdown *m, const struct doc_node *before, const struct doc_node *node)
{
    if (before->type != DOC_LIST || node->type != DOC_LIST || before->ordered != node->ordered)
        return;
    begin_line(m);
    PUT(m, "<!-- -->\n");
    blank(m);
}

static void blocks(struct markdown *m, const struct doc_node *first, bool tight)
{
    const struct doc_node *before = NULL;
    for (const struct doc_node *node = first; node; node = node->next) {
        if (is_nothing(node))
            continue;
        if (before && !tight)
            blank(m);
        if (before)
            keep_apart(m, before, node);
        block(m, node);
        before = node;
    }
}

/* ---- the furniture ---- */

static void fact(struct markdown *m, const char *name, str value)
{
    if (!doc_is_given(value))
        return;
    buf_print(m->out, "%s: ", name);
    json_string(m->out, value); /* which is a double-quoted scalar of YAML, too */
    PUT(m, "\n");
}

static void front_matter(struct markdown *m)
{
    const struct document *doc = m->doc;
    PUT(m, "---\n");
    fact(m, "title", doc->title);
    fact(m, "subtitle", doc->subtitle);
    fact(m, "organisation", doc->organisation);
    fact(m, "id", doc->id);
    fact(m, "version", doc->version);
    fact(m, "status", doc->status);
    fact(m, "owner", doc->owner);
    fact(m, "approver", doc->approver);
    fact(m, "date", doc->date);
    fact(m, "next_review", doc->next_review);
    fact(m, "classification", doc->classification);
    fact(m, "standard", doc->standard);
    fact(m, "lang", doc->language);
    PUT(m, "---\n\n# ");
    markdown_text(m, doc->title);
    PUT(m, "\n\n");
}

static void text_row(struct markdown *m, const str *texts)
{
    m->in_cell = true;
    PUT(m, "|");
    for (size_t i = 0; i < 4; i++) {
        PUT(m, " ");
        markdown_text(m, texts[i]);
        PUT(m, " |");
    }
    end_line(m);
    m->in_cell = false;
}

static void head_of(struct markdown *m, str title, const str *names)
{
    buf_print(m->out, "**%.*s**\n\n", STR_ARG(title));
    text_row(m, names);
    PUT(m, "|---|---|---|---|\n");
}

static void control_page(struct markdown *m)
{
    const struct document *doc = m->doc;
    const struct doc_words *w = m->words;
    if (doc->draft) {
        markdown_text(m, w->draft_notice);
        PUT(m, "\n\n");
    }
    if (!doc->control_page)
        return;
    if (doc->nrevisions)
        head_of(m, w->revision_history, (const str[]){ w->version, w->date, w->author, w->change });
    for (size_t i = 0; i < doc->nrevisions; i++)
        text_row(m, (const str[]){ doc->revisions[i].version, doc->revisions[i].date, doc->revisions[i].author, doc->revisions[i].change });
    if (doc->nrevisions)
        PUT(m, "\n");
    if (doc->napprovals)
        head_of(m, w->approvals, (const str[]){ w->role, w->name, w->approved_on, w->signature });
    for (size_t i = 0; i < doc->napprovals; i++)
        text_row(m, (const str[]){ doc->approvals[i].role, doc->approvals[i].name, doc->approvals[i].date, { 0 } });
    if (doc->napprovals)
        PUT(m, "\n");
}

/* Notes are numbered in the order in which they are met; one in a note comes behind all others. */
static void notes(struct markdown *m)
{
    for (size_t i = 0; i < m->notes.len; i++) {
        const struct doc_node *first = m->notes.at[i]->first;
        buf_print(m->out, "\n[^%zu]: ", i + 1);
        if (first && first->type == DOC_PARAGRAPH) {
            line_of(m, first);
            first = first->next;
        } else {
            end_line(m);
        }
        if (first)
            blank(m);
        indented(m, "    ", first, false);
    }
}

/* ---- anchors that are used ---- */

static void collect(struct markdown *m, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next) {
        if (node->type == DOC_LINK && node->ref.len > 1 && node->ref.at[0] == '#')
            map_add(&m->wanted, m->arena, str_copy(m->arena, str_cut(node->ref, 1, node->ref.len)), m);
        collect(m, node->first);
        if (node->type != DOC_TABLE || !node->table->rows)
            continue;
        struct doc_rows rows = doc_rows(m->rows, node);
        for (const struct doc_node *at; (at = doc_next_row(&rows)) != NULL;)
            collect(m, at->first);
    }
}

void markdown_write(struct arena *arena, const struct document *doc, struct buf *out)
{
    struct markdown m = {
        .arena = arena, .rows = arena_new(arena), .doc = doc, .words = doc->words ? doc->words : doc_words_english(),
        .outline = outline_make(arena, doc), .prefix = buf_new(arena), .out = out,
    };
    if (doc->body)
        collect(&m, doc->body->first);
    front_matter(&m);
    control_page(&m);
    blocks(&m, doc->body ? doc->body->first : NULL, false);
    notes(&m);
}
