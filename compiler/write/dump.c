/* SPDX-License-Identifier: MIT */
#include "write/dump.h"

#include "base/date.h"
#include "write/outline.h"

struct dump {
    struct arena  *rows; /* of the rows that are read */
    struct outline outline;
    size_t         next_heading;
    struct buf    *out;
};

#define PUT(dump, literal) buf_put((dump)->out, STR(literal))

/* --- inlines --- */

/* Text on one line; what would begin or end a line or a cell is written out. */
static void text(struct dump *dump, str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\n')
            PUT(dump, "\\n");
        else if (s.at[i] == '\\' || s.at[i] == '|')
            buf_print(dump->out, "\\%c", s.at[i]);
        else
            buf_char(dump->out, s.at[i]);
    }
}

static void inlines(struct dump *dump, const struct doc_node *first);
static void blocks_in_line(struct dump *dump, const struct doc_node *first);

static void between(struct dump *dump, const char *before, const struct doc_node *node, const char *after)
{
    buf_text(dump->out, before);
    text(dump, node->text);
    inlines(dump, node->first);
    buf_text(dump->out, after);
}

static void link_to(struct dump *dump, const struct doc_node *node)
{
    between(dump, node->type == DOC_IMAGE ? "![" : "[", node, "](");
    text(dump, node->ref);
    PUT(dump, ")");
}

/* "good", "level 3/4", "level 3/4 f0c0a0": ranks count from 1 as people do. */
static void tone(struct dump *dump, const struct doc_node *node)
{
    static const char *const names[] = {
        [FILL_NONE] = "none", [FILL_GOOD] = "good", [FILL_NEUTRAL] = "neutral", [FILL_WARNING] = "warning",
        [FILL_BAD] = "bad",   [FILL_LEVEL] = "level", [FILL_HEADER] = "header", [FILL_BAR] = "bar",
    };
    buf_text(dump->out, node->tone < sizeof names / sizeof *names ? names[node->tone] : "?");
    if (node->tone != FILL_LEVEL)
        return;
    buf_print(dump->out, " %u/%u", node->rank + 1u, (unsigned)node->ranks);
    if (node->ref.len)
        buf_print(dump->out, " %.*s", STR_ARG(node->ref));
}

static void badge(struct dump *dump, const struct doc_node *node)
{
    PUT(dump, "{");
    text(dump, node->text);
    PUT(dump, " ");
    tone(dump, node);
    PUT(dump, "}");
}

static void note(struct dump *dump, const struct doc_node *node)
{
    buf_print(dump->out, "[^%u: ", (unsigned)node->number);
    blocks_in_line(dump, node->first);
    PUT(dump, "]");
}

static void inline_node(struct dump *dump, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_EMPHASIS:   between(dump, "*", node, "*"); break;
    case DOC_STRONG:     between(dump, "**", node, "**"); break;
    case DOC_STRIKE:     between(dump, "~~", node, "~~"); break;
    case DOC_CODE_SPAN:  between(dump, "`", node, "`"); break;
    case DOC_SUP:        between(dump, "^(", node, ")"); break;
    case DOC_SUB:        between(dump, "_(", node, ")"); break;
    case DOC_KBD:        between(dump, "<<", node, ">>"); break;
    case DOC_LINK:
    case DOC_IMAGE:      link_to(dump, node); break;
    case DOC_BREAK:      PUT(dump, " \\ "); break;
    case DOC_SOFT_BREAK: PUT(dump, " "); break;
    case DOC_BADGE:      badge(dump, node); break;
    case DOC_NOTE:       note(dump, node); break;
    case DOC_ANCHOR:
        PUT(dump, "(#");
        text(dump, node->ref);
        PUT(dump, ")");
        break;
    default: between(dump, "", node, ""); break;
    }
}

static void inlines(struct dump *dump, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next)
        inline_node(dump, node);
}

/* Blocks of a cell or a note: paragraphs bare, list items with their mark. */
static void blocks_in_line(struct dump *dump, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next) {
        if (node != first)
            PUT(dump, " \u00b6 ");
        if (node->type == DOC_ITEM)
            buf_put(dump->out, node->task == TASK_DONE ? STR("- [x] ") : node->task == TASK_OPEN ? STR("- [ ] ") : STR("- "));
        if (node->type == DOC_LIST || node->type == DOC_ITEM || node->type == DOC_QUOTE)
            blocks_in_line(dump, node->first);
        else
            inline_node(dump, node);
    }
}

/* --- tables --- */

static const char align_mark[] = { [ALIGN_LEFT] = '<', [ALIGN_CENTRE] = '^', [ALIGN_RIGHT] = '>' };

/* "table plain, columns #12 <40 >0": each with its alignment and share of the width; # marks a column of ids. */
static void table_line(struct dump *dump, const struct doc_table *table)
{
    static const char *const looks[] = {
        [TABLE_PLAIN] = "plain", [TABLE_FACTS] = "facts", [TABLE_MATRIX] = "matrix",
        [TABLE_SIGNATURE] = "signature", [TABLE_BARS] = "bars",
    };
    PUT(dump, "table");
    if (!table)
        return;
    buf_print(dump->out, " %s, columns", table->look < sizeof looks / sizeof *looks ? looks[table->look] : "?");
    for (size_t i = 0; i < table->ncolumns; i++) {
        const struct doc_column *column = &table->columns[i];
        buf_print(dump->out, " %s%c%u", column->id ? "#" : "", align_mark[column->align % 3], (unsigned)column->width);
    }
    if (table->sheet.len) {
        PUT(dump, ", sheet ");
        text(dump, table->sheet);
    }
    if (table->description.len) {
        PUT(dump, ": ");
        text(dump, table->description);
    }
}

static void row_line(struct dump *dump, const struct doc_node *row)
{
    buf_put(dump->out, row->header ? STR("header") : STR("row"));
    for (const struct doc_node *cell = row->first; cell; cell = cell->next) {
        PUT(dump, " | ");
        if (cell->tone != FILL_NONE) {
            PUT(dump, "{");
            tone(dump, cell);
            PUT(dump, "} ");
        }
        if (cell->align != ALIGN_LEFT)
            buf_print(dump->out, "%c ", align_mark[cell->align % 3]);
        if (cell->blocks)
            blocks_in_line(dump, cell->first);
        else
            inlines(dump, cell->first);
    }
}

/* --- blocks --- */

static void heading_line(struct dump *dump, const struct doc_node *node)
{
    const struct outline_entry *entry = outline_next(&dump->outline, &dump->next_heading, node);
    if (entry) {
        buf_print(dump->out, "heading %d #%.*s: ", entry->level, STR_ARG(entry->anchor));
        if (entry->number.len)
            buf_print(dump->out, "%.*s ", STR_ARG(entry->number));
    } else {
        buf_print(dump->out, "heading %u: ", (unsigned)node->level);
    }
    inlines(dump, node->first);
}

static void caption_line(struct dump *dump, const struct doc_node *node)
{
    PUT(dump, "caption");
    if (node->number)
        buf_print(dump->out, " %u", (unsigned)node->number);
    PUT(dump, ": ");
    inlines(dump, node->first);
}

static void list_line(struct dump *dump, const struct doc_node *node)
{
    buf_put(dump->out, node->tight ? STR("list") : STR("loose list"));
    if (node->ordered)
        buf_print(dump->out, " from %u", (unsigned)node->number);
}

static void item_line(struct dump *dump, const struct doc_node *node)
{
    buf_put(dump->out, node->task == TASK_DONE ? STR("item done") : node->task == TASK_OPEN ? STR("item open") : STR("item"));
}

/* Writes the block's own line; false when its children stand in that line, too. */
static bool has_lines_below(struct dump *dump, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_HEADING:    heading_line(dump, node); return false;
    case DOC_CAPTION:    caption_line(dump, node); return false;
    case DOC_ROW:        row_line(dump, node); return false;
    case DOC_PARAGRAPH:  PUT(dump, "paragraph: "); inlines(dump, node->first); return false;
    case DOC_CODE:       PUT(dump, "code: "); text(dump, node->text); return false;
    case DOC_RULE:       PUT(dump, "rule"); return false;
    case DOC_PAGE_BREAK: PUT(dump, "page break"); return false;
    case DOC_TOC:        buf_print(dump->out, "contents to level %u", (unsigned)node->level); return false;
    case DOC_ORIENT:     buf_put(dump->out, node->landscape ? STR("landscape") : STR("portrait")); return false;
    case DOC_TABLE:      table_line(dump, node->table); return true;
    case DOC_LIST:       list_line(dump, node); return true;
    case DOC_ITEM:       item_line(dump, node); return true;
    case DOC_QUOTE:      PUT(dump, "quote"); return true;
    case DOC_DETAILS:    PUT(dump, "details"); return true;
    case DOC_FIGURE:     PUT(dump, "figure"); return true;
    case DOC_BODY:       PUT(dump, "body"); return true;
    default:             PUT(dump, "inline: "); inline_node(dump, node); return false;
    }
}

static void block(struct dump *dump, const struct doc_node *node, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        PUT(dump, "  ");
    bool below = has_lines_below(dump, node);
    PUT(dump, "\n");
    for (const struct doc_node *child = below ? node->first : NULL; child; child = child->next)
        block(dump, child, depth + 1);
    if (node->type != DOC_TABLE || !node->table || !node->table->rows)
        return;
    struct doc_rows rows = doc_rows(dump->rows, node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;)
        block(dump, row, depth + 1);
}

/* --- facts --- */

static void fact(struct dump *dump, const char *name, str value)
{
    if (value.len == 0)
        return;
    buf_print(dump->out, "  %s: ", name);
    text(dump, value);
    PUT(dump, "\n");
}

static void flag(struct dump *dump, const char *name, bool set)
{
    if (set)
        buf_print(dump->out, " %s", name);
}

static void flags(struct dump *dump, const struct document *doc)
{
    PUT(dump, "  flags:");
    flag(dump, "draft", doc->draft);
    flag(dump, "numbered", doc->numbered);
    flag(dump, "landscape", doc->landscape);
    flag(dump, "cover", doc->cover);
    flag(dump, "control-page", doc->control_page);
    flag(dump, "contents", doc->contents);
    PUT(dump, "\n");
}

static void row_of(struct dump *dump, const char *name, const str *texts, size_t n)
{
    buf_print(dump->out, "  %s", name);
    for (size_t i = 0; i < n; i++) {
        PUT(dump, " | ");
        text(dump, texts[i]);
    }
    PUT(dump, "\n");
}

static void facts(struct dump *dump, const struct document *doc)
{
    const struct { const char *name; str value; } all[] = {
        { "id", doc->id },                     { "title", doc->title },
        { "subtitle", doc->subtitle },         { "version", doc->version },
        { "status", doc->status },             { "owner", doc->owner },
        { "approver", doc->approver },         { "date", doc->date },
        { "next review", doc->next_review },   { "classification", doc->classification },
        { "organisation", doc->organisation }, { "short name", doc->short_name },
        { "standard", doc->standard },         { "language", doc->language },
        { "author", doc->author },             { "keywords", doc->keywords },
        { "description", doc->description },
    };
    buf_print(dump->out, "document %.*s\n", STR_ARG(doc->file));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        fact(dump, all[i].name, all[i].value);
    if (doc->brand)
        fact(dump, "brand", doc->brand->name);
    flags(dump, doc);
    char date[11];
    date_format(doc->modified, date);
    fact(dump, "modified", str_of(date));
    for (size_t i = 0; i < doc->nrevisions; i++) {
        const struct doc_revision *r = &doc->revisions[i];
        row_of(dump, "revision", (const str[]){ r->version, r->date, r->author, r->change }, 4);
    }
    for (size_t i = 0; i < doc->napprovals; i++) {
        const struct doc_approval *a = &doc->approvals[i];
        row_of(dump, "approval", (const str[]){ a->role, a->name, a->date }, 3);
    }
}

void dump_write(struct arena *arena, const struct document *doc, struct buf *out)
{
    struct dump dump = { .rows = arena_new(arena), .outline = outline_make(arena, doc), .out = out };
    facts(&dump, doc);
    if (doc->body)
        block(&dump, doc->body, 0);
}
