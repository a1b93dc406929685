/* SPDX-License-Identifier: MIT */
/*
 * Markdown blocks to document blocks. A paragraph that is nothing but the mark of a Markdown field becomes the
 * field's own blocks, with its headings below the one they stand under.
 */
#include "base/limits.h"
#include "weave/rawhtml.h"
#include "weave/slip.h"

enum { FIELD_DEPTH = 8 };

/* --- headings --- */

static int heading_level(struct weaving *w, const struct md_node *node)
{
    int level = node->level + w->shift;
    if (level > w->level + 1)
        level = w->level + 1; /* a jump from 1 to 3 would leave a hole in contents and numbers */
    return level < 1 ? 1 : level > 6 ? 6 : level;
}

static void heading(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    enum where before = w->where;
    w->where = IN_LINE;
    if (before == IN_CELL || w->in_note) { /* no place for a heading: a line in bold */
        struct doc_node *line = doc_add(into, doc_new(w->arena, DOC_PARAGRAPH));
        splice_inlines(w, node->first, doc_add(line, doc_new(w->arena, DOC_STRONG)));
        w->where = before;
        return;
    }
    struct doc_node *made = doc_add(into, doc_new(w->arena, DOC_HEADING));
    size_t waiting = w->awaited.len;
    w->level = heading_level(w, node);
    made->level = (uint8_t)w->level;
    made->unnumbered = w->quiet_heading;
    w->quiet_heading = false;
    splice_inlines(w, node->first, made);
    link_heading(w, made, waiting);
    w->where = before;
}

/* --- lists --- */

static void list(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    struct doc_node *made = doc_add(into, doc_new(w->arena, DOC_LIST));
    made->ordered = node->ordered;
    made->tight = node->tight;
    made->number = node->start;
    for (const struct md_node *item = node->first; item; item = item->next) {
        struct doc_node *entry = doc_add(made, doc_new(w->arena, DOC_ITEM));
        entry->task = item->task == MD_TASK_DONE ? TASK_DONE : item->task == MD_TASK_OPEN ? TASK_OPEN : TASK_NONE;
        splice_blocks(w, item->first, entry);
    }
}

/* --- fields --- */

/* Each line of a literal block scalar stands in its source behind the same indentation; false for any other scalar. */
static bool literal_pieces(struct weaving *w, struct md_text *text, const struct source *source, struct span at)
{
    LIST_OF(struct md_piece) pieces = { 0 };
    str    scalar = str_cut(source->bytes, at.begin, at.end <= source->bytes.len ? at.end : source->bytes.len), lines = text->bytes, line;
    size_t from = str_find(scalar, '\n', 0) + 1, begin = 0;

    if (scalar.len == 0 || scalar.at[0] != '|')
        return false;
    while (str_split(&lines, '\n', &line)) {
        size_t end = from < scalar.len ? str_find(scalar, '\n', from) : scalar.len;
        str    written = from < scalar.len ? str_cut(scalar, from, end) : (str){ 0 };
        if (written.len && written.at[written.len - 1] == '\r')
            written.len--;
        if (!str_ends(written, line))
            return false;
        uint32_t place = at.begin + (uint32_t)(from + written.len - line.len);
        struct md_piece piece = { (uint32_t)begin, { at.file, place, place + (uint32_t)line.len + (lines.at != NULL) } };
        LIST_PUSH(w->passing, &pieces, piece);
        begin += line.len + 1;
        from = end + 1;
    }
    text->pieces = pieces.at;
    text->npieces = pieces.len;
    return true;
}

/* Where the text of a field stands, as exactly as its scalar allows. */
static struct md_text field_text(struct weaving *w, struct value field)
{
    struct md_text  text = { .bytes = field.text, .npieces = 1, .most = LIMIT_MARKDOWN_BYTES };
    struct md_piece *whole = NEW(w->passing, struct md_piece);
    const struct source *source = source_of(w->weave->sources, field.span);

    whole->from = field.span;
    text.pieces = whole;
    if (!source)
        return text;
    if (field.text.at >= source->bytes.at && field.text.at + field.text.len <= source->bytes.at + source->bytes.len) {
        uint32_t begin = (uint32_t)(field.text.at - source->bytes.at);
        whole->from = (struct span){ source->number, begin, begin + (uint32_t)field.text.len };
    } else {
        literal_pieces(w, &text, source, field.span);
    }
    return text;
}

static int least_level(const struct md_node *root)
{
    int least = 1, found = 0;
    for (const struct md_node *node = root->first; node; node = node->next)
        if (node->type == MD_HEADING && (found++ == 0 || node->level < least))
            least = node->level;
    return least;
}

static struct md_node *field_tree(struct weaving *w, struct value field, struct md_text *text)
{
    *text = field_text(w, field);
    return w->depth < FIELD_DEPTH ? markdown_parse_apart(w->passing, w->arena, w->findings, text) : NULL;
}

void splice_field(struct weaving *w, struct value field, struct doc_node *into)
{
    const struct md_text *text = w->text;
    struct md_text inner;
    int  level = w->level, shift = w->shift;
    bool marks = w->marks;
    struct md_node *root = field_tree(w, field, &inner);

    if (!root)
        return;
    w->text = &inner;
    w->marks = false;
    w->shift = level + 1 - least_level(root);
    w->depth++;
    splice_blocks(w, root->first, into);
    w->depth--;
    w->text = text;
    w->marks = marks;
    w->level = level;
    w->shift = shift;
}

/* --- blocks --- */

/* The mark that a paragraph consists of, when it stands for a Markdown text. */
static const struct placed *whole_field(const struct weaving *w, const struct md_node *node)
{
    const struct md_node *only = node->first;
    if (!w->marks || !only || only->next || only->type != MD_TEXT)
        return NULL;
    const struct placed *placed = mark_only(w, str_trim(only->text));
    bool markdown = placed && placed->value.tag == V_TEXT && placed->value.look == LOOK_MARKDOWN && placed->value.text.len;
    return markdown ? placed : NULL;
}

/* A picture alone in its paragraph, with a title: a figure with a number. */
static bool is_figure(const struct weaving *w, const struct md_node *node)
{
    const struct md_node *only = node->first;
    return only && !only->next && only->type == MD_IMAGE && str_trim(only->text).len && w->where == IN_PROSE && !w->in_note;
}

static void figure(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    struct doc_node *made = doc_add(into, doc_new(w->arena, DOC_FIGURE)), *caption = doc_add(made, doc_new(w->arena, DOC_CAPTION));
    made->ref = w->anchor;
    w->anchor = (str){ 0 };
    caption->number = ++w->figures;
    doc_add_text(w->arena, caption, print_text(w->arena, splice_plain(w, node->first->text)));
    splice_inlines(w, node->first, made);
}

static void paragraph(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    const struct placed *field = whole_field(w, node);
    if (is_figure(w, node)) {
        figure(w, node, into);
        return;
    }
    if (field) {
        splice_field(w, field->value, into);
        return;
    }
    struct doc_node *made = doc_add(into, doc_new(w->arena, DOC_PARAGRAPH));
    if (w->anchor.len) {
        doc_add(made, doc_new(w->arena, DOC_ANCHOR))->ref = w->anchor;
        w->anchor = (str){ 0 };
    }
    splice_inlines(w, node->first, made);
}

static void code(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    str text = splice_plain(w, node->text);
    while (text.len && text.at[text.len - 1] == '\n')
        text.len--;
    doc_add(into, doc_new(w->arena, DOC_CODE))->text = text;
}

static void block(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    switch (node->type) {
    case MD_HEADING:   heading(w, node, into); break;
    case MD_PARAGRAPH: paragraph(w, node, into); break;
    case MD_LIST:      list(w, node, into); break;
    case MD_QUOTE:     splice_blocks(w, node->first, doc_add(into, doc_new(w->arena, DOC_QUOTE))); break;
    case MD_CODE:      code(w, node, into); break;
    case MD_RULE:      doc_add(into, doc_new(w->arena, DOC_RULE)); break;
    case MD_TABLE:     splice_table(w, node, into); break;
    default: break;
    }
}

void splice_blocks(struct weaving *w, const struct md_node *first, struct doc_node *into)
{
    struct html html;
    slip_look(w, first);
    rawhtml_begin(&html, w, into, false);
    for (const struct md_node *node = first; node; node = node->next) {
        if (node->type == MD_HTML)
            rawhtml_put(&html, node, node->text);
        else
            block(w, node, rawhtml_target(&html));
    }
    rawhtml_end(&html);
}
