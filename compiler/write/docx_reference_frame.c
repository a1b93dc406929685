/* SPDX-License-Identifier: MIT */
/*
 * Header and footer of a reference document, with our values where it names them. They were made for upright pages: on
 * turned ones, tab stops and tables are stretched to the width that there is.
 */
#include "weave/brand_line.h"
#include "weave/reference.h"
#include "write/docx_reference.h"
#include "write/xml.h"

struct letterhead {
    struct docx            *docx;
    const struct reference_document *reference;
    struct buf             *out;
    const char             *part;
    bool                    landscape;
    int                     paragraphs, tabs, tab, lines; /* of the part; of the paragraph, behind us, shown since the last */
};

bool reference_has_frame(const struct docx *docx, int frame)
{
    const struct brand *brand = docx->brand;
    if (!brand->reference || !brand->reference->frames[frame])
        return false;
    return frame == FRAME_HEAD ? !brand->own_head : frame == FRAME_FOOT ? !brand->own_foot : frame == FRAME_COVER_FOOT ? !brand->notice.len : true;
}

/* A length across the page. */
static int stretched(const struct letterhead *l, str length)
{
    int64_t twips = 0;
    str_to_int(length, &twips);
    return (int)(twips * frame_text_width(l->docx, l->landscape) / frame_text_width(l->docx, false));
}

static bool is_across(const struct letterhead *l, const struct xml_node *node)
{
    if (!l->landscape)
        return false;
    if (xml_is(node, "w:gridCol"))
        return true;
    if (xml_is(node, "w:tblW") || xml_is(node, "w:tcW"))
        return str_eq(xml_value(node, "w:type"), STR("dxa"));
    return xml_is(node, "w:tab") && xml_value(node, "w:pos").len && !str_eq(xml_value(node, "w:val"), STR("left"));
}

static str mapped(const struct letterhead *l, const struct xml_node *node, str value)
{
    const char *type = xml_is(node, "w:pStyle") ? "paragraph" : xml_is(node, "w:rStyle") ? "character" : xml_is(node, "w:tblStyle") ? "table" : NULL;
    if (!type)
        return value;
    const struct reference_style *style = map_get(&l->reference->by_id, str_print(l->docx->arena, "%s/%.*s", type, STR_ARG(value)));
    return style ? reference_style_id(l->docx, style) : (str){ 0 };
}

static void put_attribute(struct letterhead *l, const struct xml_node *node, const struct xml_attribute *a)
{
    struct buf *out = l->out;
    int64_t number = 0;
    bool across = is_across(l, node) && (str_eq(a->name, STR("w:w")) || str_eq(a->name, STR("w:pos")));
    if (xml_is(node, "wp:docPr") && str_eq(a->name, STR("id"))) {
        buf_print(out, " id=\"%u\"", (unsigned)++l->docx->drawings);
        return;
    }
    buf_print(out, " %.*s=\"", STR_ARG(a->name));
    if (str_starts(a->name, STR("r:")) && str_to_int(a->value, &number))
        buf_print(out, "image%u", media_number(l->docx, l->reference->images.at[number]));
    else if (across)
        buf_print(out, "%d", stretched(l, a->value));
    else
        xml_attribute(out, mapped(l, node, a->value));
    buf_char(out, '"');
}

static void put_node(struct letterhead *l, const struct xml_node *node);

static void put_children(struct letterhead *l, const struct xml_node *node)
{
    for (const struct xml_node *child = node->first; child; child = child->next)
        put_node(l, child);
}

/* --- tab stops of the style on turned pages --- */

static void stretch_style_tabs(struct letterhead *l, const struct xml_node *ppr)
{
    const struct reference_style *style = NULL;
    str id = xml_child_value(ppr, "w:pStyle", "w:val");
    if (l->landscape && id.len)
        style = map_get(&l->reference->by_id, str_print(l->docx->arena, "paragraph/%.*s", STR_ARG(id)));
    const struct xml_node *tabs = style ? reference_property(l->reference, style, "w:pPr", "w:tabs") : NULL;
    if (!tabs || xml_child(ppr, "w:tabs"))
        return;
    buf_text(l->out, "<w:tabs>");
    for (const struct xml_node *tab = tabs->first; tab; tab = tab->next)
        if (is_across(l, tab) && !str_eq(xml_value(tab, "w:val"), STR("clear"))) {
            buf_print(l->out, "<w:tab w:val=\"clear\" w:pos=\"%.*s\"/>", STR_ARG(xml_value(tab, "w:pos")));
            put_node(l, tab);
        }
    buf_text(l->out, "</w:tabs>");
}

/* The tab stops go where the schema wants them: before the first property that comes behind them. */
static void put_paragraph_properties(struct letterhead *l, const struct xml_node *ppr)
{
    bool done = false;
    buf_text(l->out, "<w:pPr>");
    for (const struct xml_node *child = ppr->first; child; child = child->next) {
        if (!done && reference_rank("w:pPr", child->name) > reference_rank("w:pPr", STR("w:tabs"))) {
            stretch_style_tabs(l, ppr);
            done = true;
        }
        put_node(l, child);
    }
    if (!done)
        stretch_style_tabs(l, ppr);
    buf_text(l->out, "</w:pPr>");
}

/* --- runs --- */

/* Ids of controls follow from where they stand: which part, paragraph and tab stop. */
static const char *place_of(struct letterhead *l)
{
    const char *side = l->tab == 0 ? "" : l->tab == l->tabs ? "-right" : "-centre";
    str place = str_print(l->docx->arena, "%s%s%s", l->part, l->landscape ? "-landscape" : "", side);
    if (l->paragraphs > 1)
        place = str_print(l->docx->arena, "%.*s-p%d", STR_ARG(place), l->paragraphs);
    if (++l->lines > 1)
        place = str_print(l->docx->arena, "%.*s-%d", STR_ARG(place), l->lines);
    return str_c(l->docx->arena, place);
}

static const char *text_of(struct letterhead *l, const struct xml_node *properties)
{
    struct buf *whole = l->out, *text = buf_new(l->docx->arena);
    if (!properties)
        return "";
    l->out = text;
    put_children(l, properties);
    l->out = whole;
    return str_c(l->docx->arena, buf_str(text));
}

/* A run with values in it becomes several. */
static void put_run(struct letterhead *l, const struct xml_node *run)
{
    const struct xml_node *properties = xml_child(run, "w:rPr");
    const char *rpr = text_of(l, properties);
    bool open = false;
    for (const struct xml_node *child = run->first; child; child = child->next) {
        bool line = xml_is(child, "=line");
        int64_t number = 0;
        if (child == properties || xml_is(child, "=drop"))
            continue;
        if (line == open)
            buf_print(l->out, line ? "</w:r>" : "<w:r>%s", inline_properties(l->docx, rpr));
        open = !line;
        l->tab += xml_is(child, "w:tab") || xml_is(child, "w:ptab");
        l->lines = xml_is(child, "w:tab") || xml_is(child, "w:ptab") ? 0 : l->lines;
        if (!line) {
            put_node(l, child);
        } else if (str_to_int(xml_value(child, "n"), &number)) {
            struct brand_slot shown = brand_line_shown(l->docx->arena, l->docx->doc, &l->reference->lines.at[number]);
            frame_put_slot(l->docx, l->out, &shown, place_of(l), rpr);
        }
    }
    if (open)
        buf_text(l->out, "</w:r>");
}

static int count_tabs(const struct xml_node *node)
{
    int n = 0;
    for (const struct xml_node *child = node->first; child; child = child->next)
        if (xml_is(child, "w:r"))
            n += count_tabs(child);
        else
            n += xml_is(child, "w:tab") || xml_is(child, "w:ptab");
    return n;
}

/* --- everything --- */

static bool is_decorative(const struct xml_node *node)
{
    for (const struct xml_node *child = node->first; child; child = child->next)
        if (xml_is(child, "adec:decorative") || is_decorative(child))
            return true;
    return false;
}

static void put_element(struct letterhead *l, const struct xml_node *node)
{
    bool text = xml_is(node, "w:t") || xml_is(node, "w:instrText");
    buf_print(l->out, "<%.*s", STR_ARG(node->name));
    for (const struct xml_attribute *a = node->attributes; a; a = a->next)
        if (!xml_is(node, "wp:docPr") || !str_eq(a->name, STR("descr")) || a->value.len)
            put_attribute(l, node, a);
    if (xml_is(node, "wp:docPr") && !xml_value(node, "descr").len) { /* a letterhead shows whose it is */
        buf_text(l->out, " descr=\"");
        xml_attribute(l->out, is_decorative(node) ? (str){ 0 } : l->docx->doc->organisation);
        buf_char(l->out, '"');
    }
    if (text)
        buf_text(l->out, " xml:space=\"preserve\"");
    buf_text(l->out, node->first ? ">" : "/>");
    put_children(l, node);
    if (node->first)
        buf_print(l->out, "</%.*s>", STR_ARG(node->name));
}

static void put_node(struct letterhead *l, const struct xml_node *node)
{
    if (!node->name.len) {
        xml_text(l->out, node->text);
    } else if (node->name.at[0] == '=' || (mapped(l, node, xml_value(node, "w:val")).len == 0 && xml_value(node, "w:val").len)) {
        return; /* dropped, or a style that is not there */
    } else if (xml_is(node, "w:pPr")) {
        put_paragraph_properties(l, node);
    } else if (xml_is(node, "w:r")) {
        put_run(l, node);
    } else {
        int tabs = l->tabs, tab = l->tab; /* a text box has paragraphs of its own */
        if (xml_is(node, "w:p")) {
            l->paragraphs++;
            l->tabs = count_tabs(node);
            l->tab = l->lines = 0;
        }
        put_element(l, node);
        if (xml_is(node, "w:p")) {
            l->tabs = tabs;
            l->tab = tab;
        }
    }
}

void reference_put_frame(struct docx *docx, struct buf *out, int frame, const char *part, bool landscape)
{
    struct letterhead l = { .docx = docx, .reference = docx->brand->reference, .out = out, .part = part, .landscape = landscape };
    const struct xml_node *root = l.reference->frames[frame], *last = NULL;
    for (const struct xml_node *node = root->first; node; node = node->next)
        if (xml_is(node, "w:p") || xml_is(node, "w:tbl")) {
            put_node(&l, node);
            last = node;
        }
    if (!last || !xml_is(last, "w:p"))
        buf_text(out, "<w:p><w:pPr><w:pStyle w:val=\"Blank\"/></w:pPr></w:p>");
}

static bool uses(const struct xml_node *node, const char *prefix)
{
    size_t len = strlen(prefix);
    if (node->name.len > len && node->name.at[len] == ':' && str_starts(node->name, str_of(prefix)))
        return true;
    for (const struct xml_attribute *a = node->attributes; a; a = a->next)
        if (a->name.len > len && a->name.at[len] == ':' && str_starts(a->name, str_of(prefix)))
            return true;
    for (const struct xml_node *child = node->first; child; child = child->next)
        if (uses(child, prefix))
            return true;
    return false;
}

void reference_put_namespaces(const struct docx *docx, struct buf *out, int frame)
{
    static const char *const more[][2] = {
        { "pic", "http://schemas.openxmlformats.org/drawingml/2006/picture" }, { "wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" },
        { "v", "urn:schemas-microsoft-com:vml" }, { "o", "urn:schemas-microsoft-com:office:office" }, { "w10", "urn:schemas-microsoft-com:office:word" },
        { "asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main" }, { "adec", "http://schemas.microsoft.com/office/drawing/2017/decorative" } };
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
        if (uses(docx->brand->reference->frames[frame], more[i][0]))
            buf_print(out, " xmlns:%s=\"%s\"", more[i][0], more[i][1]);
}
