/* SPDX-License-Identifier: MIT */
#include "weave/rawhtml.h"

#include "weave/htmltag.h"

/* What an element does to the tree. */
enum role {
    ROLE_INLINE,   /* an inline node with what it holds */
    ROLE_BREAK,
    ROLE_IMAGE,
    ROLE_LINE,     /* ends the paragraph: p, and block tags that are left out */
    ROLE_LIST,
    ROLE_ITEM,
    ROLE_DETAILS,
    ROLE_SUMMARY,
    ROLE_TABLE,
    ROLE_CAPTION,
    ROLE_ROW,
    ROLE_CELL,
    ROLE_FRAME,    /* thead and its like: nothing of their own */
    ROLE_SKIP,     /* script, style: with their text */
};

struct html_element {
    const char *name;
    uint8_t     role;     /* enum role */
    uint8_t     type;     /* enum doc_type of the node */
    bool        open_end; /* needs no closing tag */
    bool        left_out; /* the tag means nothing: an observation */
};

static const struct html_element elements[] = {
    { "a", ROLE_INLINE, DOC_LINK, false, false },
    { "b", ROLE_INLINE, DOC_STRONG, false, false },
    { "br", ROLE_BREAK, DOC_BREAK, true, false },
    { "caption", ROLE_CAPTION, DOC_CAPTION, false, false },
    { "center", ROLE_LINE, 0, true, true },
    { "col", ROLE_FRAME, 0, true, false },
    { "colgroup", ROLE_FRAME, 0, true, false },
    { "details", ROLE_DETAILS, DOC_DETAILS, false, false },
    { "div", ROLE_LINE, 0, true, true },
    { "em", ROLE_INLINE, DOC_EMPHASIS, false, false },
    { "h1", ROLE_LINE, 0, true, true }, { "h2", ROLE_LINE, 0, true, true }, { "h3", ROLE_LINE, 0, true, true },
    { "h4", ROLE_LINE, 0, true, true }, { "h5", ROLE_LINE, 0, true, true }, { "h6", ROLE_LINE, 0, true, true },
    { "i", ROLE_INLINE, DOC_EMPHASIS, false, false },
    { "img", ROLE_IMAGE, DOC_IMAGE, true, false },
    { "kbd", ROLE_INLINE, DOC_KBD, false, false },
    { "li", ROLE_ITEM, DOC_ITEM, true, false },
    { "ol", ROLE_LIST, DOC_LIST, false, false },
    { "p", ROLE_LINE, 0, true, false },
    { "script", ROLE_SKIP, 0, false, true },
    { "section", ROLE_LINE, 0, true, true },
    { "strong", ROLE_INLINE, DOC_STRONG, false, false },
    { "style", ROLE_SKIP, 0, false, true },
    { "sub", ROLE_INLINE, DOC_SUB, false, false },
    { "summary", ROLE_SUMMARY, DOC_CAPTION, false, false },
    { "sup", ROLE_INLINE, DOC_SUP, false, false },
    { "table", ROLE_TABLE, DOC_TABLE, false, false },
    { "tbody", ROLE_FRAME, 0, true, false }, { "tfoot", ROLE_FRAME, 0, true, false }, { "thead", ROLE_FRAME, 0, true, false },
    { "td", ROLE_CELL, DOC_CELL, true, false }, { "th", ROLE_CELL, DOC_CELL, true, false },
    { "tr", ROLE_ROW, DOC_ROW, true, false },
    { "ul", ROLE_LIST, DOC_LIST, false, false },
};

static const struct html_element *element_of(str name)
{
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
        if (str_eq_nocase(name, str_of(elements[i].name)))
            return &elements[i];
    return NULL;
}

void rawhtml_begin(struct html *html, struct weaving *w, struct doc_node *into, bool inlines)
{
    html->w = w;
    html->into = into;
    html->inlines = inlines;
    html->depth = 0;
    html->paragraph = NULL;
    html->node = NULL;
    html->cursor = 0;
    html->skipping = (str){ 0 };
}

/* --- where things go --- */

static bool holds_blocks(const struct html_open *open)
{
    return open->element->role == ROLE_DETAILS || open->element->role == ROLE_CELL || open->element->role == ROLE_ITEM;
}

static bool holds_inlines(const struct html_open *open)
{
    return open->element->role == ROLE_INLINE || open->element->role == ROLE_SUMMARY || open->element->role == ROLE_CAPTION;
}

static struct doc_node *block_target(struct html *html)
{
    for (unsigned n = html->depth; n-- > 0;)
        if (holds_blocks(&html->stack[n]))
            return html->stack[n].node;
    return html->into;
}

static struct doc_node *inline_target(struct html *html)
{
    if (html->depth && holds_inlines(&html->stack[html->depth - 1]))
        return html->stack[html->depth - 1].node;
    if (html->inlines)
        return html->into;
    if (!html->paragraph)
        html->paragraph = doc_add(block_target(html), doc_new(html->w->arena, DOC_PARAGRAPH));
    return html->paragraph;
}

static void trim_end(struct doc_node *node)
{
    while (node && node->last && node->last->type != DOC_TEXT)
        node = node->last;
    if (node && node->last)
        while (node->last->text.len && node->last->text.at[node->last->text.len - 1] == ' ')
            node->last->text.len--;
}

static void close_down_to(struct html *html, unsigned depth);

/* Ends the paragraph that raw text is written into, and the inline tags open in it. */
static void end_paragraph(struct html *html)
{
    unsigned depth = html->depth;
    if (html->inlines)
        return;
    while (depth > 0 && html->stack[depth - 1].element->role == ROLE_INLINE)
        depth--;
    close_down_to(html, depth);
    trim_end(html->paragraph);
    html->paragraph = NULL;
}

struct doc_node *rawhtml_target(struct html *html)
{
    if (html->skipping.len)
        return doc_new(html->w->arena, DOC_BODY); /* what stands in a script goes nowhere */
    if (html->inlines)
        return inline_target(html);
    end_paragraph(html);
    return block_target(html);
}

/* --- closing --- */

/* Rows of a table that somebody wrote get as many cells as the longest; leading rows of th are the header. */
static void finish_rows(struct html *html, struct doc_node *table)
{
    size_t columns = 0;
    bool   heading = true;
    for (const struct doc_node *row = table->first; row; row = row->next) {
        size_t n = 0;
        for (const struct doc_node *cell = row->first; row->type == DOC_ROW && cell; cell = cell->next)
            n++;
        columns = n > columns ? n : columns;
    }
    if (columns == 0 || columns > LIMIT_TABLE_COLUMNS) {
        table->type = DOC_PARAGRAPH;
        table->first = table->last = NULL;
        return;
    }
    for (struct doc_node *row = table->first; row; row = row->next) {
        size_t n = 0;
        if (row->type != DOC_ROW)
            continue;
        bool head = heading;
        for (struct doc_node *cell = row->first; cell; cell = cell->next, n++)
            head = head && cell->header;
        for (; n < columns; n++)
            doc_add(row, doc_new(html->w->arena, DOC_CELL));
        row->header = heading = head;
    }
    struct table_wish wish = table_take_wish(html->w);
    table_finish(html->w, table, (uint16_t)columns, &wish);
}

static void close_top(struct html *html)
{
    struct html_open *open = &html->stack[html->depth - 1];
    if (!html->inlines && open->element->role != ROLE_INLINE) {
        trim_end(html->paragraph);
        html->paragraph = NULL;
    }
    if (holds_inlines(open))
        trim_end(open->node);
    if (open->element->role == ROLE_CELL)
        doc_unwrap(open->node);
    if (open->element->role == ROLE_TABLE)
        finish_rows(html, open->node);
    html->w->where = open->where;
    html->depth--;
}

static void not_closed(struct html *html, const struct html_open *open)
{
    if (!open->element->open_end)
        finding_add(html->w->findings, LANG_HTML_OPEN, open->at, "<%s> is not closed", open->element->name);
}

static void close_down_to(struct html *html, unsigned depth)
{
    while (html->depth > depth) {
        not_closed(html, &html->stack[html->depth - 1]);
        close_top(html);
    }
}

/* The innermost open element of [role], not looking out of a table unless a table is sought; its depth, or 0. */
static unsigned find_open(const struct html *html, enum role role, const struct html_element *element)
{
    for (unsigned n = html->depth; n > 0; n--) {
        const struct html_element *here = html->stack[n - 1].element;
        if (element ? here == element : here->role == role)
            return n;
        if (here->role == ROLE_TABLE)
            return 0;
    }
    return 0;
}

/* --- findings --- */

static struct span tag_span(struct html *html, str whole)
{
    const struct md_text *text = html->w->text;
    size_t from = html->cursor > html->node->begin ? html->cursor : html->node->begin;
    size_t at = str_search(str_cut(text->bytes, 0, html->node->end < text->bytes.len ? html->node->end : text->bytes.len), whole, from);
    if (at == SIZE_MAX)
        return md_span(text, html->node->begin, html->node->end);
    html->cursor = at + whole.len;
    return md_span(text, at, at + whole.len);
}

static const char *instead_of(str name)
{
    static const struct { const char *tag, *markdown; } same[] = {
        { "code", "write `text` between backticks" },         { "del", "write ~~text~~" },
        { "s", "write ~~text~~" },                            { "hr", "write a line of three dashes: ---" },
        { "h1", "write # Heading" },                          { "h2", "write ## Heading" },
        { "h3", "write ### Heading" },                        { "blockquote", "begin the lines with >" },
        { "u", "underlined text looks like a link; use *emphasis*" },
        { "font", "colours and fonts come from the brand" },  { "span", "colours and fonts come from the brand" },
        { "style", "colours and fonts come from the brand" }, { "script", "documents run nothing" },
        { "iframe", "documents load nothing" },
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        if (str_eq_nocase(name, str_of(same[i].tag)))
            return same[i].markdown;
    return "write it in Markdown, or remove the tag";
}

static void left_out(struct html *html, const struct html_tag *tag, struct span at)
{
    bool skipped = str_eq_nocase(tag->name, STR("script")) || str_eq_nocase(tag->name, STR("style"));
    struct finding *f = finding_add(html->w->findings, LANG_HTML_TAG, at, "<%.*s> is left out%s", STR_ARG(tag->name),
                                    skipped ? " with what it holds" : "; its text stays");
    finding_help(html->w->findings, f, "%s", instead_of(tag->name));
}

/* --- opening --- */

/* Whether there is no room for [more] open elements; then that is a finding, and nothing may be made that nobody would close. */
static bool is_too_deep(struct html *html, unsigned more, struct span at)
{
    if (html->depth + more <= HTML_DEPTH)
        return false;
    finding_add(html->w->findings, LANG_MARKDOWN_DEEP, at, "HTML tags are nested more than %d deep here", HTML_DEPTH);
    return true;
}

static void push(struct html *html, const struct html_element *element, struct doc_node *node, struct span at)
{
    if (is_too_deep(html, 1, at))
        return;
    html->stack[html->depth++] = (struct html_open){ element, node, at, html->w->where };
    if (element->role == ROLE_CELL)
        html->w->where = IN_CELL;
    else if (element->role == ROLE_SUMMARY || element->role == ROLE_CAPTION)
        html->w->where = IN_LINE;
}

static void open_inline(struct html *html, const struct html_element *element, const struct html_tag *tag, struct span at)
{
    struct doc_node *node = doc_new(html->w->arena, element->type);
    if (element->type == DOC_LINK) {
        str address = str_trim(splice_plain(html->w, htmltag_attribute(html->w->arena, tag, "href")));
        if (address.len == 0 || !link_address(html->w, html->node, address))
            node = inline_target(html); /* a link without an address is words */
        else
            doc_add(inline_target(html), node)->ref = address;
        if (node->ref.len && node->ref.at[0] == '#')
            link_await_fragment(html->w, node, html->node);
    } else {
        doc_add(inline_target(html), node);
    }
    push(html, element, node, at);
}

static void open_image(struct html *html, const struct html_tag *tag)
{
    struct arena *arena = html->w->arena;
    str address = str_trim(splice_plain(html->w, htmltag_attribute(arena, tag, "src")));
    struct doc_node *image = doc_add(inline_target(html), doc_new(arena, DOC_IMAGE));
    image->text = print_text(arena, splice_plain(html->w, htmltag_attribute(arena, tag, "alt")));
    picture_place(html->w, image, md_span_in(html->w->text, html->node, address), address);
}

static void open_block(struct html *html, const struct html_element *element, struct span at)
{
    end_paragraph(html);
    struct doc_node *node = doc_add(block_target(html), doc_new(html->w->arena, element->type));
    node->ordered = element->role == ROLE_LIST && str_eq(str_of(element->name), STR("ol"));
    node->tight = element->role == ROLE_LIST;
    node->number = node->ordered;
    push(html, element, node, at);
}

/* An item closes the one before it in the same list. */
static void open_item(struct html *html, const struct html_element *element, struct span at)
{
    unsigned list = find_open(html, ROLE_LIST, NULL), item = find_open(html, ROLE_ITEM, NULL);
    end_paragraph(html);
    if (item > list)
        close_down_to(html, item - 1);
    if (list == 0)
        open_block(html, element_of(STR("ul")), at);
    struct doc_node *item_node = doc_add(html->stack[html->depth - 1].node, doc_new(html->w->arena, DOC_ITEM));
    push(html, element, item_node, at);
}

static void open_in_table(struct html *html, const struct html_element *element, struct span at)
{
    unsigned table = find_open(html, ROLE_TABLE, NULL), row = find_open(html, ROLE_ROW, NULL);
    if (table == 0)
        return; /* a stray cell: its text stays where it is */
    end_paragraph(html);
    if (element->role == ROLE_CELL && row) {
        close_down_to(html, row);
    } else {
        close_down_to(html, table);
        if (element->role == ROLE_CELL)
            open_in_table(html, element_of(STR("tr")), at);
    }
    if (element->role == ROLE_FRAME)
        return;
    struct doc_node *node = doc_new(html->w->arena, element->type);
    node->header = str_eq(str_of(element->name), STR("th"));
    struct doc_node *parent = html->stack[html->depth - 1].node;
    if (element->role == ROLE_CAPTION && parent->first) { /* a caption comes first */
        node->next = parent->first;
        parent->first = node;
    } else {
        doc_add(parent, node);
    }
    push(html, element, node, at);
}

static void open_summary(struct html *html, const struct html_element *element, struct span at)
{
    struct doc_node *details = block_target(html), *node = doc_new(html->w->arena, DOC_CAPTION);
    end_paragraph(html);
    if (details->type != DOC_DETAILS || details->first) {
        doc_add(block_target(html), node)->type = DOC_PARAGRAPH;
        push(html, element, node, at);
        return;
    }
    push(html, element, doc_add(details, node), at);
}

/* In a line of inlines, blocks can only be told apart by breaks. */
static void open_in_line(struct html *html, const struct html_element *element)
{
    struct doc_node *target = inline_target(html);
    if (element->role == ROLE_ROW || element->role == ROLE_ITEM || element->role == ROLE_LINE) {
        if (target->first && target->last->type != DOC_BREAK)
            doc_add(target, doc_new(html->w->arena, html->w->where == IN_LINE ? DOC_SOFT_BREAK : DOC_BREAK));
        if (element->role == ROLE_ITEM)
            doc_add_text(html->w->arena, target, STR("\xE2\x80\xA2 "));
    } else if (element->role == ROLE_CELL && target->first) {
        doc_add_text(html->w->arena, target, STR(" "));
    }
}

static void open_tag(struct html *html, const struct html_element *element, const struct html_tag *tag, struct span at)
{
    switch (element->role) {
    case ROLE_BREAK: {
        enum doc_type type = html->w->where == IN_LINE ? DOC_SOFT_BREAK : DOC_BREAK;
        doc_add(inline_target(html), doc_new(html->w->arena, type));
        return;
    }
    case ROLE_IMAGE:  open_image(html, tag); return;
    case ROLE_INLINE: open_inline(html, element, tag, at); return;
    case ROLE_SKIP:   html->skipping = tag->name; return;
    default: break;
    }
    if (html->inlines) {
        open_in_line(html, element);
        return;
    }
    if (element->role != ROLE_LINE && is_too_deep(html, 2, at)) /* an item may open its list, a cell its row */
        return;
    switch (element->role) {
    case ROLE_LINE:    end_paragraph(html); break;
    case ROLE_LIST:
    case ROLE_DETAILS:
    case ROLE_TABLE:   open_block(html, element, at); break;
    case ROLE_ITEM:    open_item(html, element, at); break;
    case ROLE_SUMMARY: open_summary(html, element, at); break;
    default:           open_in_table(html, element, at); break;
    }
}

static void close_tag(struct html *html, const struct html_element *element, struct span at)
{
    unsigned depth = find_open(html, ROLE_INLINE, element);
    if (depth) {
        close_down_to(html, depth);
        close_top(html);
    } else if (element->role == ROLE_LINE && !html->inlines) {
        end_paragraph(html);
    } else if (!element->open_end && !(html->inlines && element->role != ROLE_INLINE)) {
        finding_add(html->w->findings, LANG_HTML_OPEN, at, "</%s> closes nothing that is open here", element->name);
    }
}

/* --- text --- */

static void put_raw_text(struct html *html, str raw)
{
    str  text = htmltag_text(html->w->arena, raw);
    bool blank = str_trim(text).len == 0;
    bool inside = html->depth && holds_inlines(&html->stack[html->depth - 1]);

    if (text.len == 0 || (blank && !html->paragraph && !inside && !html->inlines))
        return;
    struct doc_node *target = inline_target(html);
    bool fresh = !target->first && (!inside || html->stack[html->depth - 1].element->role != ROLE_INLINE);
    if (fresh || (target->last && target->last->type == DOC_BREAK))
        while (text.len && text.at[0] == ' ')
            text = str_cut(text, 1, text.len);
    if (text.len)
        splice_text(html->w, html->node, text, target);
}

static void put_tag(struct html *html, const struct html_tag *tag)
{
    const struct html_element *element = element_of(tag->name);
    struct span at = tag_span(html, tag->whole);

    if (html->skipping.len) {
        if (tag->closing && str_eq_nocase(tag->name, html->skipping))
            html->skipping = (str){ 0 };
        return;
    }
    if ((!element || element->left_out) && !tag->closing)
        left_out(html, tag, at);
    if (element && tag->closing)
        close_tag(html, element, at);
    else if (element)
        open_tag(html, element, tag, at);
}

void rawhtml_put(struct html *html, const struct md_node *node, str text)
{
    struct html_tag tag;
    str    words;

    html->node = node;
    while (htmltag_next(&text, &words, &tag)) {
        if (words.len && !html->skipping.len)
            put_raw_text(html, words);
        if (tag.comment)
            directive(html->w, node, tag.name, html->inlines ? NULL : rawhtml_target(html));
        else if (tag.name.len)
            put_tag(html, &tag);
    }
}

void rawhtml_end(struct html *html)
{
    if (html->skipping.len && html->node)
        finding_add(html->w->findings, LANG_HTML_OPEN, md_span(html->w->text, html->node->begin, html->node->end), "<%.*s> is not closed",
                    STR_ARG(html->skipping));
    close_down_to(html, 0);
    trim_end(html->paragraph);
    html->paragraph = NULL;
}
