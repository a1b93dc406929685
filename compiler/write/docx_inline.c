/* SPDX-License-Identifier: MIT */
/* Inlines into runs. Formats nest in the tree and add up in the run, since WordprocessingML runs do not nest. */
#include "write/docx_part.h"
#include "write/xml.h"

/* w:rPr in schema order: style, bold, italic, strike, vertical position. */
static void put_properties(const struct docx *docx, unsigned format)
{
    struct buf *out = docx->out;
    str style = format & FORMAT_LINK ? STR("<w:rStyle w:val=\"Hyperlink\"/>") : format & FORMAT_CODE ? STR("<w:rStyle w:val=\"CodeSpan\"/>")
              : format & FORMAT_KBD ? STR("<w:rStyle w:val=\"Keyboard\"/>") : (str){ 0 };
    if (!(format & ~(unsigned)(FORMAT_NOWRAP | FORMAT_FILLED)))
        return;
    buf_put(out, STR("<w:rPr>"));
    buf_put(out, style);
    if (format & FORMAT_STRONG)
        buf_text(out, "<w:b/><w:bCs/>");
    if (format & FORMAT_EMPHASIS)
        buf_text(out, "<w:i/><w:iCs/>");
    if (format & FORMAT_STRIKE)
        buf_text(out, "<w:strike/>");
    if (format & (FORMAT_WHITE | FORMAT_BLACK))
        buf_text(out, format & FORMAT_WHITE ? "<w:color w:val=\"FFFFFF\"/>" : "<w:color w:val=\"000000\"/>");
    else if (format & FORMAT_LINK && format & FORMAT_FILLED)
        look_put(docx, out, "{c:ink}"); /* the colour of links is made for white paper */
    if (format & (FORMAT_SUB | FORMAT_SUP))
        buf_text(out, format & FORMAT_SUB ? "<w:vertAlign w:val=\"subscript\"/>" : "<w:vertAlign w:val=\"superscript\"/>");
    if (format & FORMAT_RTL)
        buf_put(out, STR("<w:rtl/>"));
    buf_put(out, STR("</w:rPr>"));
}

const char *inline_properties(struct docx *docx, const char *rpr)
{
    if (!*rpr && !docx->rtl)
        return "";
    return str_print(docx->arena, "<w:rPr>%s%s</w:rPr>%c", rpr, docx->rtl ? "<w:rtl/>" : "", '\0').at;
}

/* Hyphens of an id that must stay on one line are the format's own non-breaking ones. */
static void put_unbroken(struct buf *out, str text)
{
    for (size_t at = 0; at <= text.len;) {
        size_t hyphen = str_find(text, '-', at);
        pen_put(out, str_cut(text, at, hyphen));
        if (hyphen == text.len)
            return;
        buf_text(out, "<w:noBreakHyphen/>");
        at = hyphen + 1;
    }
}

static bool has_long_word(str text, size_t limit)
{
    if (limit == 0 || text.len <= limit)
        return false;
    size_t run = 0;
    for (size_t i = 0; i < text.len && run <= limit; i++)
        run = text.at[i] == ' ' ? 0 : run + 1;
    return run > limit;
}

/* Paths and addresses may break after their separators: a break without width is put there, in long words only. */
static void put_breakable(struct buf *out, str text)
{
    pen_open(out, text);
    size_t at = 0, since = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        since = c == ' ' ? 0 : since + 1;
        if (since < 8 || i + 1 == text.len || !memchr("/._-=&?:\\", c, 9) || text.at[i + 1] == ' ')
            continue;
        xml_text(out, str_cut(text, at, i + 1));
        buf_text(out, "\xE2\x80\x8B");
        at = i + 1;
        since = 0;
    }
    xml_text(out, str_cut(text, at, text.len));
    buf_text(out, "</w:t>");
}

void inline_text(struct docx *docx, str text, unsigned format)
{
    struct buf *out = docx->out;
    if (!text.len)
        return;
    if (docx->rtl && !(format & FORMAT_CODE))
        format |= FORMAT_RTL;
    buf_put(out, STR("<w:r>"));
    if (format)
        put_properties(docx, format);
    if (format & FORMAT_NOWRAP)
        put_unbroken(out, text);
    else if (has_long_word(text, docx->word_limit))
        put_breakable(out, text);
    else if (docx->pen_width)
        pen_text(docx, text, format & FORMAT_STRONG);
    else
        pen_put(out, text);
    buf_put(out, STR("</w:r>"));
}

void inline_field(struct buf *out, const char *rpr, const char *code, str result)
{
    buf_print(out, "<w:r>%s<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>%s<w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>"
              "<w:r>%s<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>%s<w:t>", rpr, rpr, code, rpr, rpr);
    xml_text(out, result);
    buf_print(out, "</w:t></w:r><w:r>%s<w:fldChar w:fldCharType=\"end\"/></w:r>", rpr);
}

/* A word on its fill, with a hard space on each side as padding. A register has thousands, so nothing is formatted here. */
static void put_badge(struct docx *docx, const struct doc_node *node)
{
    str fill = look_fill(docx, node);
    struct buf *out = docx->out;
    if (!fill.len) {
        inline_text(docx, node->text, FORMAT_STRONG);
        return;
    }
    str text = look_text_on(docx, fill);
    buf_put(out, STR("<w:r><w:rPr><w:rStyle w:val=\"Badge\"/>"));
    if (text.len) {
        buf_put(out, STR("<w:color w:val=\""));
        buf_put(out, text);
        buf_put(out, STR("\"/>"));
    }
    buf_put(out, STR("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\""));
    buf_put(out, fill);
    buf_put(out, docx->rtl ? STR("\"/><w:rtl/></w:rPr>") : STR("\"/></w:rPr>"));
    buf_put(out, STR("<w:t xml:space=\"preserve\">\xC2\xA0"));
    xml_text(out, node->text);
    buf_put(out, STR("\xC2\xA0</w:t></w:r>"));
    if (docx->pen_width)
        docx->pen_x += column_measure(docx->body_width, node->text, 17, true);
}

/*
 * A reference is a field, which goes on being right when somebody adds a table or a section: \\h makes it lead there, \\r asks for
 * the number of a heading instead of its words.
 */
static void put_reference(struct docx *docx, str anchor, str bookmark, unsigned format)
{
    struct reference to = reference_to(docx->arena, &docx->references, docx->doc, &docx->outline, anchor);
    const char *flags = to.kind == REFERENCE_NUMBER ? "\\r \\h" : "\\h \\* MERGEFORMAT";
    if (!bookmark.len || to.kind == REFERENCE_NOTHING) {
        inline_text(docx, reference_text(docx->arena, to), format);
        return;
    }
    if (to.word.len)
        inline_text(docx, str_print(docx->arena, "%.*s\xC2\xA0", STR_ARG(to.word)), format);
    inline_field(docx->out, inline_properties(docx, format & FORMAT_STRONG ? "<w:b/><w:bCs/>" : ""),
                 str_print(docx->arena, "REF %.*s %s%c", STR_ARG(bookmark), flags, '\0').at, to.label);
}

static void put_link(struct docx *docx, const struct doc_node *node, unsigned format)
{
    bool inside = node->ref.len && node->ref.at[0] == '#';
    str target = inside ? anchor_bookmark(docx, str_cut(node->ref, 1, node->ref.len)) : anchor_uri(docx->arena, node->ref);
    bool linked = target.len && !docx->in_link;
    if (inside && !node->first) {
        put_reference(docx, str_cut(node->ref, 1, node->ref.len), target, format);
        return;
    }
    if (linked && inside) {
        buf_put(docx->out, STR("<w:hyperlink w:anchor=\""));
        buf_put(docx->out, target);
        buf_put(docx->out, STR("\" w:history=\"1\">"));
    } else if (linked)
        buf_print(docx->out, "<w:hyperlink r:id=\"link%u\" w:history=\"1\">", anchor_link(docx, target));
    if (linked) {
        docx->in_link = true;
        format |= FORMAT_LINK;
    }
    if (node->first)
        inline_children(docx, node, format);
    else
        inline_text(docx, node->ref, format);
    if (linked) {
        docx->in_link = false;
        buf_put(docx->out, STR("</w:hyperlink>"));
    }
}

/* The note goes to its own part; here stays the reference. A note has no notes. */
static void put_note(struct docx *docx, const struct doc_node *node)
{
    if (docx->in_note)
        return;
    unsigned id = ++docx->notes_made;
    buf_print(docx->out, "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"%u\"/></w:r>", id);
    struct docx outside = *docx;
    docx->out = docx->notes;
    docx->links = &docx->note_links;
    docx->in_note = true;
    docx->in_link = docx->after_table = docx->new_page = docx->page_top = false;
    docx->room = docx->pen_width = 0;
    docx->pending.len = 0;
    buf_print(docx->out, "<w:footnote w:id=\"%u\">", id);
    block_note(docx, node);
    buf_text(docx->out, "</w:footnote>");
    docx->out = outside.out;
    docx->links = outside.links;
    docx->room = outside.room;
    docx->pen_width = outside.pen_width;
    docx->in_note = false;
    docx->in_link = outside.in_link;
    docx->after_table = outside.after_table;
    docx->new_page = outside.new_page;
    docx->page_top = outside.page_top;
}

static void put_anchor(struct docx *docx, str anchor)
{
    str name = anchor_take(docx, anchor);
    uint32_t id;
    if (!name.len)
        return;
    anchor_open(docx, name, &id);
    anchor_close(docx, id);
}

static unsigned format_of(uint8_t type)
{
    switch (type) {
    case DOC_EMPHASIS: return FORMAT_EMPHASIS;
    case DOC_STRONG:   return FORMAT_STRONG;
    case DOC_STRIKE:   return FORMAT_STRIKE;
    case DOC_SUB:      return FORMAT_SUB;
    case DOC_SUP:      return FORMAT_SUP;
    case DOC_KBD:      return FORMAT_KBD;
    default:           return 0;
    }
}

/* As large as the file says, where there is room; a reader of Word's own age shows an SVG by the PNG beside it, without one by its words. */
static void put_image(struct docx *docx, const struct doc_node *node, unsigned format)
{
    const struct image *image = doc_picture(docx->doc, node);
    if (!image || (image->format == IMAGE_SVG && !image->fallback)) {
        inline_text(docx, node->text, format | FORMAT_EMPHASIS);
        return;
    }
    const struct docx_page *page = &docx->page;
    int height = (docx->landscape ? page->width : page->height) - page->top - page->bottom;
    long cx, cy;
    image_fit(image, (long)docx->line_width * EMU_PER_TWIP, (long)height * EMU_PER_TWIP * 8 / 10, &cx, &cy);
    media_inline(docx, docx->out, image, cx, cy, node->text);
}

static void put_inline(struct docx *docx, const struct doc_node *node, unsigned format)
{
    if (node->nowrap)
        format |= FORMAT_NOWRAP;
    switch (node->type) {
    case DOC_TEXT:       inline_text(docx, node->text, format); break;
    case DOC_CODE_SPAN:  inline_text(docx, node->text, format | FORMAT_CODE); break;
    case DOC_IMAGE:      put_image(docx, node, format); break;
    case DOC_LINK:       put_link(docx, node, format); break;
    case DOC_BREAK:
        buf_text(docx->out, "<w:r><w:br/></w:r>");
        pen_line(docx);
        break;
    case DOC_SOFT_BREAK: inline_text(docx, STR(" "), format); break;
    case DOC_NOTE:       put_note(docx, node); break;
    case DOC_BADGE:      put_badge(docx, node); break;
    case DOC_ANCHOR:     put_anchor(docx, node->ref); break;
    case DOC_KBD:
        inline_text(docx, node->text, format | FORMAT_KBD);
        inline_children(docx, node, format | FORMAT_KBD);
        break;
    default:             inline_children(docx, node, format | format_of(node->type)); break;
    }
}

static bool is_text(const struct doc_node *node) { return node->type == DOC_TEXT || node->type == DOC_SOFT_BREAK; }

static bool goes_on(const struct doc_node *node) { return node->next && is_text(node->next) && node->next->nowrap == node->nowrap; }

/* Texts beside each other are one run: who searches the file finds what they say together. Returns the last of them. */
static const struct doc_node *put_texts(struct docx *docx, const struct doc_node *node, unsigned format)
{
    buf_clear(docx->joined);
    for (;; node = node->next) {
        buf_put(docx->joined, node->type == DOC_TEXT ? node->text : STR(" "));
        if (!goes_on(node))
            break;
    }
    inline_text(docx, buf_str(docx->joined), node->nowrap ? format | FORMAT_NOWRAP : format);
    return node;
}

/* What is at [node]; returns where to go on. */
static const struct doc_node *put_next(struct docx *docx, const struct doc_node *node, unsigned format)
{
    if (is_text(node) && goes_on(node))
        return put_texts(docx, node, format)->next;
    put_inline(docx, node, format);
    return node->next;
}

/* Line breaks at the very end would only leave an empty line. */
static bool ends_here(const struct doc_node *node)
{
    while (node && (node->type == DOC_BREAK || node->type == DOC_SOFT_BREAK))
        node = node->next;
    return !node;
}

void inline_children(struct docx *docx, const struct doc_node *parent, unsigned format)
{
    for (const struct doc_node *child = parent->first; child; child = put_next(docx, child, format))
        if (child->type == DOC_BREAK && parent->type < DOC_TEXT && ends_here(child))
            return;
}

const struct doc_node *inline_run(struct docx *docx, const struct doc_node *first)
{
    while (first && first->type >= DOC_TEXT)
        first = put_next(docx, first, 0);
    return first;
}
