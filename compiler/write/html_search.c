/* SPDX-License-Identifier: MIT */
/*
 * What a search goes through: of each page its sections, and each row of a table that can be linked to. An entry is
 * three strings of JSON on a line of its own: anchor, title, text. Texts are whole, since a search that left some out
 * would tell people that what they look for is not there.
 */
#include "write/html_part.h"

enum {
    PIECE = 2000,       /* bytes after which a section goes on as the next entry, so that the place found can be shown */
    LONGEST_NAME = 120, /* of what stands beside a row's id */
};

struct html_search {
    struct spool *before; /* what came before [out] */
    struct buf   *out;
    size_t        pages;
};

/* The walk through one page, and the section it is in. */
struct section {
    struct html        *html;
    struct html_search *search;
    str                 anchor, title;
    struct buf         *text, *row, *name;
};

struct html_search *html_search_new(struct arena *arena)
{
    struct html_search *search = NEW(arena, struct html_search);
    search->before = spool_new(arena);
    search->out = buf_new(arena);
    return search;
}

/* --- entries --- */

/* Bytes of UTF-8 that stand in a string of JSON as they are; "<" and "&" do not, so that it is the same where it stands in a page. */
static bool is_kept(uint8_t c) { return c > '<' ? c != '\\' && c != 0x7f : c >= 0x20 && c != '"' && c != '&' && c != '<'; }

static void put_string(struct buf *out, str text)
{
    size_t run = 0;
    buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = (uint8_t)text.at[i];
        if (is_kept(c))
            continue;
        buf_put(out, str_cut(text, run, i));
        if (c == '\n')
            buf_put(out, STR("\\n"));
        else
            buf_print(out, c == '"' || c == '\\' ? "\\%c" : "\\u%04x", (unsigned)c);
        run = i + 1;
    }
    buf_put(out, str_cut(text, run, text.len));
    buf_char(out, '"');
}

static void put_strings(struct buf *out, const str *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(out, ',');
        put_string(out, texts[i]);
    }
}

static void put_entry(struct section *section, str anchor, str title, str text)
{
    struct html_search *search = section->search;
    const str entry[] = { html_id(section->html, anchor), title, str_trim(text) };
    if (entry[1].len + entry[2].len == 0)
        return;
    buf_put(search->out, STR(",\n"));
    put_strings(search->out, entry, 3);
    html_put_aside(search->before, search->out);
}

static void end_section(struct section *section)
{
    put_entry(section, section->anchor, section->title, buf_str(section->text));
    buf_clear(section->text);
}

static void line(struct section *section, str text)
{
    if (str_trim(text).len == 0)
        return;
    if (section->text->len > PIECE)
        end_section(section);
    buf_put(section->text, str_trim(text));
    buf_char(section->text, '\n');
}

static void line_of(struct section *section, const struct doc_node *node)
{
    buf_clear(section->row);
    doc_put_plain(section->row, node);
    line(section, buf_str(section->row));
}

/* --- tables --- */

static bool is_said(str cell) { return cell.len && !str_eq(cell, STR("\u2013")); }

/* The anchor a row is found at: the one its id cell owns, or the one on this page that the id leads to; empty when there is none. */
static str row_anchor(struct html *html, const struct doc_node *cell)
{
    const struct doc_node *link = cell->first;
    str own = html_id(html, html_cell_id(html, cell));
    if (map_get(&html->anchors, own) == doc_identity(cell))
        return own;
    if (!link || link->type != DOC_LINK || !str_starts(link->ref, STR("#")))
        return (str){ 0 };
    str id = html_id(html, str_cut(link->ref, 1, link->ref.len));
    return map_get(&html->anchors, id) ? id : (str){ 0 };
}

/* Appends what the cell says and returns how long that is. */
static size_t put_cell(struct buf *out, str between, const struct doc_node *cell)
{
    size_t from = out->len;
    if (from)
        buf_put(out, between);
    size_t begin = out->len;
    doc_put_plain(out, cell);
    str said = str_trim(str_cut(buf_str(out), begin, out->len));
    if (is_said(said))
        return said.len;
    out->len = from;
    return 0;
}

/* Whether the row of a page that is no document stands for a record that has a place elsewhere, where all of it is said. */
static bool is_pointer(const struct html *html, const struct doc_node *cell)
{
    const struct doc_node *node = html->doc->page ? cell->first : NULL;
    while (node && html_record_page(html, node).len == 0)
        node = node->type == DOC_LINK || node->type == DOC_STRONG ? node->first : node->next;
    return node != NULL;
}

/* A row that can be linked to is an entry, its id and what stands beside it the title; others are lines of their section. */
static void table_row(struct section *section, const struct doc_table *table, const struct doc_node *row)
{
    str    between = table && table->look == TABLE_FACTS ? section->html->words->colon : STR(" \u00b7 "), anchor = { 0 };
    size_t column = 0;
    bool   beside = false;
    buf_clear(section->name);
    buf_clear(section->row);
    for (const struct doc_node *cell = row->first; cell; cell = cell->next, column++) {
        bool id = !row->header && !anchor.len && table && column < table->ncolumns && table->columns[column].id;
        if (id && is_pointer(section->html, cell))
            return;
        if (id)
            anchor = row_anchor(section->html, cell);
        bool names = beside || (id && anchor.len);
        beside = (put_cell(names ? section->name : section->row, between, cell) <= LONGEST_NAME && id && anchor.len);
    }
    if (anchor.len)
        put_entry(section, anchor, buf_str(section->name), buf_str(section->row));
    else
        line(section, buf_str(section->row));
}

/* The cells of a heat map only name what stands in a register. */
static void table_rows(struct section *section, const struct doc_node *table)
{
    if (table->table && table->table->look == TABLE_MATRIX)
        return;
    struct doc_rows rows = doc_rows(section->html->rows, table);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;)
        table_row(section, table->table, row);
}

/* --- the page --- */

static void start_section(struct section *section, const struct doc_node *heading)
{
    struct html *html = section->html;
    end_section(section);
    section->title = doc_plain(html->arena, heading);
    while (html->next_heading < html->outline.len && html->outline.at[html->next_heading].node != heading)
        html->next_heading++;
    section->anchor = html->next_heading < html->outline.len ? html->outline.at[html->next_heading].anchor : heading->ref;
}

static void visit(struct section *section, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_HEADING:
        start_section(section, node);
        break;
    case DOC_TABLE:
        if (node->first && node->first->type == DOC_CAPTION)
            line_of(section, node->first);
        table_rows(section, node);
        break;
    case DOC_BODY: case DOC_LIST: case DOC_ITEM: case DOC_QUOTE: case DOC_DETAILS: case DOC_FIGURE:
        for (const struct doc_node *child = node->first; child; child = child->next)
            visit(section, child);
        break;
    default:
        line_of(section, node);
        break;
    }
}

/* Notes stand at the end of the page, below the last section. */
static void notes(struct section *section)
{
    const struct html *html = section->html;
    for (size_t i = 0; i < html->notes.len; i++) {
        for (const struct doc_node *child = html->notes.at[i]->first; child; child = child->next)
            visit(section, child);
    }
}

void html_search_page(struct html *html, struct html_search *search)
{
    const struct document *doc = html->doc;
    struct section section = { .html = html, .search = search, .text = buf_new(html->arena), .row = buf_new(html->arena), .name = buf_new(html->arena) };
    str file = str_print(html->arena, "%.*s.html", STR_ARG(doc->file));
    const str page[] = { file, doc_is_given(doc->id) ? doc->id : (str){ 0 }, doc->title };
    buf_put(search->out, search->pages++ ? STR("],\n[") : STR("["));
    put_strings(search->out, page, 3);
    html->next_heading = 0;
    line(&section, doc->subtitle);
    visit(&section, html->body);
    notes(&section);
    end_section(&section);
}

void html_search_data(struct html *html, struct html_search *search)
{
    PUT(html, "<template id=\"_pages\">[");
    html_end_part(html);
    LIST_PUSH(html->arena, html->parts, ((struct part){ search->before, buf_str(search->out) }));
    buf_put(html->out, search->pages ? STR("]]</template>\n") : STR("]</template>\n"));
}
