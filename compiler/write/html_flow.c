/* SPDX-License-Identifier: MIT */
#include "write/html_part.h"
#include "write/level.h"

enum { LONGEST_ID = 28 };

/* --- colours that say something --- */

static void own_colour(struct html *html, const struct doc_node *node)
{
    char text[8];
    if (!html->has_levels) { /* which few pages have */
        html->levels = level_fills(html->arena, html->doc);
        html->has_levels = true;
    }
    colour_format(level_own_fill(html->doc, html->levels, node), text);
    str name = str_copy(html->arena, (str){ text + 1, 6 });
    map_add(&html->colours, html->arena, name, html);
    buf_print(html->out, "x-%.*s", STR_ARG(name));
}

void html_tone_class(struct html *html, const struct doc_node *node)
{
    static const str tone[] = {
        [FILL_GOOD] = { "good", 4 }, [FILL_NEUTRAL] = { "neutral", 7 }, [FILL_WARNING] = { "warning", 7 },
        [FILL_BAD] = { "bad", 3 }, [FILL_HEADER] = { "head", 4 }, [FILL_BAR] = { "bar", 3 },
    };
    if (node->tone == FILL_LEVEL && node->ref.len)
        own_colour(html, node);
    else if (node->tone == FILL_LEVEL) {
        const char name[] = { 'l', (char)('0' + level_place(html->brand, node->rank, node->ranks)) };
        buf_put(html->out, (str){ name, sizeof name });
    } else if (node->tone < sizeof tone / sizeof *tone)
        buf_put(html->out, tone[node->tone]);
}

/* --- inlines --- */

static void tag(struct html *html, const char *before, const char *name)
{
    buf_text(html->out, before);
    buf_text(html->out, name);
    PUT(html, ">");
}

static void element(struct html *html, const char *name, const struct doc_node *node)
{
    tag(html, "<", name);
    html_text(html->out, node->text);
    html_inlines(html, node->first);
    tag(html, "</", name);
}

/* An id, which must not break at its hyphens. */
static bool is_id(const struct doc_node *text)
{
    return text->type == DOC_TEXT && str_find(text->text, ' ', 0) == text->text.len && str_find(text->text, '-', 0) < text->text.len
        && text->text.len <= LONGEST_ID;
}

static bool is_one_word(const struct doc_node *link) { return link->first && !link->first->next && is_id(link->first); }

str html_record_page(const struct html *html, const struct doc_node *text)
{
    if (!html->site || text->type != DOC_TEXT || !str_starts(text->ref, STR("#")))
        return (str){ 0 };
    str anchor = str_cut(text->ref, 1, text->ref.len);
    const struct html_place *page = map_get(&html->site->pages, anchor), *place = page ? page : map_get(&html->site->places, anchor);
    if (!place || str_eq(place->file, html->doc->file))
        return (str){ 0 };
    return page ? page->address : str_print(html->arena, "%.*s.html#%.*s", STR_ARG(place->file), STR_ARG(anchor));
}

/* A text that names a record leads to the record's page. */
static void words(struct html *html, const struct doc_node *node)
{
    str page = html->in_link ? (str){ 0 } : html_record_page(html, node);
    if (!page.len) {
        html_text(html->out, node->text);
        return;
    }
    PUT(html, "<a href=\"");
    html_address(html->out, page);
    buf_put(html->out, is_id(node) ? STR("\" class=\"whole\">") : STR("\">"));
    html_text(html->out, node->text);
    PUT(html, "</a>");
}

/* A link without words says what its target is called. */
static void link_words(struct html *html, const struct doc_node *node)
{
    str anchor = str_cut(node->ref, 1, node->ref.len);
    if (!node->first)
        html_text(html->out, reference_text(html->arena, reference_to(html->arena, &html->references, html->doc, &html->outline, anchor)));
    html_inlines(html, node->first);
}

/* Whether an address leads to a page that is not written this time. */
static bool is_absent(const struct html *html, str address)
{
    str page = str_cut(address, 0, str_find(address, '#', 0)), ending = STR(".html");
    return html->site && str_ends(page, ending) && map_get(&html->site->absent, str_cut(page, 0, page.len - ending.len)) != NULL;
}

/* A record that has a place on this page and a page of its own is looked up on the latter, as everywhere. */
static void link(struct html *html, const struct doc_node *node)
{
    bool inside = str_starts(node->ref, STR("#"));
    str  id = inside ? html_id(html, str_cut(node->ref, 1, node->ref.len)) : (str){ 0 };
    bool leads = inside ? map_get(&html->anchors, id) != NULL : html_is_address(node->ref) && !is_absent(html, node->ref);
    if (!leads || html->in_link || (node->first && html_record_page(html, node->first).len)) {
        link_words(html, node);
        return;
    }
    html->in_link = true;
    PUT(html, "<a href=\"");
    if (inside) {
        PUT(html, "#");
        html_text(html->out, id);
    } else {
        html_address(html->out, node->ref);
    }
    if (inside && is_one_word(node))
        PUT(html, "\" class=\"whole");
    PUT(html, "\">");
    link_words(html, node);
    PUT(html, "</a>");
    html->in_link = false;
}

/* Which note of the page it is, from 1. Marks may share one note, which they do by its number. */
static unsigned note_place(struct html *html, const struct doc_node *node, bool *again)
{
    for (size_t i = 0; node->number && i < html->notes.len; i++)
        if (html->notes.at[i]->number == node->number) {
            *again = true;
            return (unsigned)i + 1;
        }
    LIST_PUSH(html->arena, &html->notes, node->serial ? doc_copy(html->arena, node) : node); /* it outlives its row */
    return (unsigned)html->notes.len;
}

/* The mark of a footnote; its text waits for the end of the page. */
static void note_mark(struct html *html, const struct doc_node *node)
{
    bool     again = false;
    unsigned place = note_place(html, node, &again);
    PUT(html, "<sup class=\"mark\"><a");
    if (!again)
        buf_print(html->out, " id=\"_mark-%u\"", place);
    buf_print(html->out, " href=\"#_note-%u\" role=\"doc-noteref\">%u</a></sup>", place,
              node->number ? (unsigned)node->number : place);
}

void html_put_rank(struct html *html, const struct doc_node *node)
{
    if (node->tone != FILL_LEVEL)
        return;
    PUT(html, " data-rank=\"");
    buf_int(html->out, node->rank);
    PUT(html, "\"");
}

static void badge(struct html *html, const struct doc_node *node)
{
    PUT(html, "<span class=\"badge ");
    html_tone_class(html, node);
    PUT(html, "\"");
    html_put_rank(html, node);
    PUT(html, ">");
    html_text(html->out, node->text);
    PUT(html, "</span>");
}

static void anchor(struct html *html, const struct doc_node *node)
{
    if (map_get(&html->anchors, html_id(html, node->ref)) != doc_identity(node))
        return;
    PUT(html, "<span");
    html_put_id(html, node, node->ref);
    PUT(html, "></span>");
}

static void picture(struct html *html, const struct doc_node *node)
{
    enum { WIDEST = 960 };
    const struct image *image = doc_picture(html->doc, node);
    if (image) {
        html_image(html, image, WIDEST, node->text, "");
        return;
    }
    PUT(html, "<span class=\"image\">");
    html_text(html->out, node->text);
    PUT(html, "</span>");
}

static void inline_node(struct html *html, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_TEXT:       words(html, node); break;
    case DOC_EMPHASIS:   element(html, "em", node); break;
    case DOC_STRONG:     element(html, "strong", node); break;
    case DOC_STRIKE:     element(html, "s", node); break;
    case DOC_SUB:        element(html, "sub", node); break;
    case DOC_KBD:        element(html, "kbd", node); break;
    case DOC_SUP:        element(html, "sup", node); break;
    case DOC_CODE_SPAN:  element(html, "code", node); break;
    case DOC_LINK:       link(html, node); break;
    case DOC_BREAK:      PUT(html, "<br>"); break;
    case DOC_SOFT_BREAK: PUT(html, "\n"); break;
    case DOC_NOTE:       note_mark(html, node); break;
    case DOC_BADGE:      badge(html, node); break;
    case DOC_ANCHOR:     anchor(html, node); break;
    case DOC_IMAGE:      picture(html, node); break;
    case DOC_CODE:       element(html, "code", node); break;
    default:             html_inlines(html, node->first); break; /* a block where a line is: what it holds is kept */
    }
}

void html_inlines(struct html *html, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next)
        inline_node(html, node);
}

/* --- blocks --- */

static const struct doc_node *step(struct html *html, const struct doc_node *node);

/* The heading's entry in the outline, or one made for it. */
static struct outline_entry outline_of(struct html *html, const struct doc_node *node)
{
    const struct outline_entry *entry = outline_next(&html->outline, &html->next_heading, node);
    return entry ? *entry : (struct outline_entry){ .node = node, .level = node->level ? node->level : 1, .title = doc_plain(html->arena, node) };
}

/* The page's title is the only h1, so a chapter is an h2. The number is the heading's link to itself. */
static void heading(struct html *html, const struct doc_node *node)
{
    struct outline_entry entry = outline_of(html, node);
    unsigned level = entry.level >= 5 ? 6 : (unsigned)entry.level + 1;
    html->heading = entry.title;
    buf_print(html->out, "<h%u", level);
    html_put_id(html, node, entry.anchor);
    PUT(html, ">");
    if (entry.number.len) {
        PUT(html, "<a class=\"no\" href=\"#");
        html_text(html->out, html_id(html, entry.anchor));
        PUT(html, "\">");
        html_text(html->out, entry.number);
        PUT(html, "</a> ");
    }
    html_inlines(html, node->first);
    buf_print(html->out, "</h%u>\n", level);
}

/* A tight list's paragraphs are bare lines. */
static void item(struct html *html, const struct doc_node *node, bool tight)
{
    buf_put(html->out, node->task == TASK_NONE ? STR("<li>") : STR("<li class=\"task\">"));
    if (node->task != TASK_NONE) {
        bool done = node->task == TASK_DONE;
        buf_put(html->out, done ? STR("<span class=\"tick done\" aria-hidden=\"true\">\u2713</span>")
                                : STR("<span class=\"tick\" aria-hidden=\"true\"></span>"));
        PUT(html, "<span class=\"unseen\">");
        html_text(html->out, done ? html->words->done : html->words->open);
        PUT(html, ": </span>");
    }
    for (const struct doc_node *child = node->first; child;) {
        if (!tight || child->type != DOC_PARAGRAPH) {
            child = step(html, child);
            continue;
        }
        html_inlines(html, child->first);
        child = child->next;
        if (child && child->type == DOC_PARAGRAPH)
            PUT(html, "<br>");
    }
    PUT(html, "</li>\n");
}

static void list(struct html *html, const struct doc_node *node)
{
    bool from_elsewhere = node->ordered && node->number > 1;
    buf_put(html->out, node->ordered ? STR("<ol") : STR("<ul"));
    if (from_elsewhere)
        buf_print(html->out, " start=\"%u\"", (unsigned)node->number);
    if (!node->tight)
        PUT(html, " class=\"loose\"");
    PUT(html, ">\n");
    for (const struct doc_node *child = node->first; child; child = child->next)
        item(html, child, node->tight);
    buf_put(html->out, node->ordered ? STR("</ol>\n") : STR("</ul>\n"));
}

static void details(struct html *html, const struct doc_node *node)
{
    const struct doc_node *summary = node->first && node->first->type == DOC_CAPTION ? node->first : NULL;
    if (!summary) {
        html_blocks(html, node->first);
        return;
    }
    PUT(html, "<details open><summary>");
    html_inlines(html, summary->first);
    PUT(html, "</summary>\n");
    html_blocks(html, summary->next);
    PUT(html, "</details>\n");
}

/* Whether it is a figure made of a table: a heat map or bars. */
static bool is_drawn(const struct doc_node *node, uint8_t look)
{
    return node && node->type == DOC_TABLE && node->table && node->table->look == look && (look == TABLE_MATRIX || look == TABLE_BARS);
}

/* Heat maps, or bars, that follow each other stand side by side where there is room. */
static const struct doc_node *tables(struct html *html, const struct doc_node *node)
{
    uint8_t look = node->table ? node->table->look : TABLE_PLAIN;
    if (!is_drawn(node, look) || !is_drawn(node->next, look)) {
        html_table(html, node);
        return node->next;
    }
    PUT(html, "<div class=\"pair\">\n");
    for (; is_drawn(node, look); node = node->next)
        html_table(html, node);
    PUT(html, "</div>\n");
    return node;
}

/* The caption stands below its picture, as it does on paper. */
static void figure(struct html *html, const struct doc_node *node)
{
    const struct doc_node *caption = node->first;
    PUT(html, "<figure");
    html_put_id(html, node, node->ref);
    PUT(html, ">\n");
    html_inlines(html, caption->next);
    PUT(html, "\n<figcaption><span class=\"no\">");
    html_text(html->out, html->words->figure);
    buf_print(html->out, " %u</span> ", (unsigned)caption->number);
    html_inlines(html, caption->first);
    PUT(html, "</figcaption>\n</figure>\n");
}

static void block(struct html *html, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_HEADING:    heading(html, node); break;
    case DOC_PARAGRAPH:  element(html, "p", node); PUT(html, "\n"); break;
    case DOC_LIST:       list(html, node); break;
    case DOC_DETAILS:    details(html, node); break;
    case DOC_FIGURE:     figure(html, node); break;
    case DOC_RULE:       PUT(html, "<hr>\n"); break;
    case DOC_PAGE_BREAK: PUT(html, "<div class=\"page-break\"></div>\n"); break;
    case DOC_ORIENT:     break; /* only the body's own blocks turn the page */
    case DOC_TOC:        break; /* the page has its contents at the side */
    case DOC_QUOTE:
        PUT(html, "<blockquote>\n");
        html_blocks(html, node->first);
        PUT(html, "</blockquote>\n");
        break;
    case DOC_CODE:
        PUT(html, "<pre tabindex=\"0\"><code>");
        html_text(html->out, node->text);
        PUT(html, "</code></pre>\n");
        break;
    default: /* an inline among blocks */
        PUT(html, "<p>");
        inline_node(html, node);
        PUT(html, "</p>\n");
        break;
    }
}

/* Writes one block, or several that belong together, and returns what comes next. */
static const struct doc_node *step(struct html *html, const struct doc_node *node)
{
    if (node->type == DOC_TABLE)
        return tables(html, node);
    block(html, node);
    return node->next;
}

void html_blocks(struct html *html, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node;)
        node = step(html, node);
}

/* A frame around pages that lie on their side, closed again where they stand up. */
static void orient(struct html *html, bool *wide, bool landscape)
{
    if (landscape != *wide)
        buf_put(html->out, landscape ? STR("<div class=\"wide\">\n") : STR("</div>\n"));
    *wide = landscape;
}

/* On a page of hundreds of headings, those below the contents' stand in parts, which a browser lays out when they come into sight. */
struct divided {
    bool     wanted;
    int      below;    /* the level of the deepest in the contents */
    unsigned headings; /* in the part that is open; 0: none is */
};

static void end_part(struct html *html, struct divided *divided)
{
    if (divided->headings)
        PUT(html, "</div>\n");
    divided->headings = 0;
}

static void meet(struct html *html, struct divided *divided, const struct doc_node *heading)
{
    enum { FULL = 20 };
    bool deep = heading->level > divided->below;
    if (!deep || divided->headings == FULL)
        end_part(html, divided);
    if (deep && divided->wanted && !divided->headings++)
        PUT(html, "<div class=\"part\">\n");
}

void html_body(struct html *html)
{
    enum { HUNDREDS = 300 };
    struct divided divided = { .wanted = html->outline.len > HUNDREDS, .below = html_contents_depth(html) };
    bool wide = false;
    orient(html, &wide, html->doc->landscape);
    for (const struct doc_node *node = html->body->first; node;) {
        if (node->type == DOC_ORIENT) {
            end_part(html, &divided);
            orient(html, &wide, node->landscape);
        }
        if (node->type == DOC_HEADING)
            meet(html, &divided, node);
        node = step(html, node);
        html_drain(html);
    }
    end_part(html, &divided);
    orient(html, &wide, false);
}

/* Notes may hold notes: the list grows while it is written. */
void html_notes(struct html *html)
{
    if (html->notes.len == 0)
        return;
    PUT(html, "<div class=\"notes\" role=\"doc-endnotes\">\n<ol>\n");
    for (size_t i = 0; i < html->notes.len; i++) {
        const struct doc_node *note = html->notes.at[i];
        unsigned n = (unsigned)i + 1;
        buf_print(html->out, "<li id=\"_note-%u\"", n);
        if (note->number && note->number != n)
            buf_print(html->out, " value=\"%u\"", (unsigned)note->number);
        PUT(html, ">");
        html_blocks(html, note->first);
        buf_print(html->out, "<a class=\"back\" role=\"doc-backlink\" href=\"#_mark-%u\" aria-label=\"", n);
        html_text(html->out, html->words->back_to_text);
        buf_print(html->out, " (%u)\">\u21a9\ufe0e</a></li>\n", note->number ? (unsigned)note->number : n);
    }
    PUT(html, "</ol>\n</div>\n");
}
