/* SPDX-License-Identifier: MIT */
/*
 * The styles of a reference document in ours. Each of our styles that it has by name keeps its id and its place and
 * gets the reference's properties; what the document itself decides stays ours: numbering, outline levels, the tab stops of
 * contents, language. Styles of its own come along when one of these, or its header or footer, is made of them.
 */
#include "write/docx_reference.h"

#include <stdio.h>

#include "weave/reference.h"
#include "write/xml.h"

struct merging {
    struct docx            *docx;
    const struct reference_document *reference;
    struct buf             *out;
    bool                   *needed; /* of the reference's styles, those that are none of ours */
};

/* --- XML again --- */

static void put_open(struct buf *out, const struct xml_node *node)
{
    buf_print(out, "<%.*s", STR_ARG(node->name));
    for (const struct xml_attribute *a = node->attributes; a; a = a->next) {
        buf_print(out, " %.*s=\"", STR_ARG(a->name));
        xml_attribute(out, a->value);
        buf_char(out, '"');
    }
}

static void put_tree(struct buf *out, const struct xml_node *node)
{
    put_open(out, node);
    if (!node->first) {
        buf_text(out, "/>");
        return;
    }
    buf_char(out, '>');
    for (const struct xml_node *child = node->first; child; child = child->next)
        put_tree(out, child);
    buf_print(out, "</%.*s>", STR_ARG(node->name));
}

/* --- which style is which --- */

static const struct reference_style *style_of_id(const struct reference_document *reference, struct arena *arena, const char *type, str id)
{
    return map_get(&reference->by_id, str_print(arena, "%s/%.*s", type, STR_ARG(id)));
}

/* Ours of that name; empty when it is none of ours, or another of the same name is taken for it. */
static str our_id(const struct docx *docx, const struct reference_style *style)
{
    const char *type = str_c(docx->arena, style->type);
    str id = styles_id(docx->arena, type, style->name);
    return id.len && reference_style(docx->brand->reference, type, style->name) == style ? id : (str){ 0 };
}

str reference_style_id(const struct docx *docx, const struct reference_style *style)
{
    str id = our_id(docx, style);
    return id.len ? id : str_print(docx->arena, "Client%zu", (size_t)(style - docx->brand->reference->styles.at) + 1);
}

/* [style], when it is none of ours, and all that it is based on. */
static void need(struct merging *m, const struct reference_style *style)
{
    while (style) {
        size_t index = (size_t)(style - m->reference->styles.at);
        if (our_id(m->docx, style).len || m->needed[index])
            return; /* ours follow their own bases */
        m->needed[index] = true;
        style = style->based.len ? style_of_id(m->reference, m->docx->arena, str_c(m->docx->arena, style->type), style->based) : NULL;
    }
}

static const char *type_of_use(const struct xml_node *node)
{
    return xml_is(node, "w:pStyle") ? "paragraph" : xml_is(node, "w:rStyle") ? "character" : xml_is(node, "w:tblStyle") ? "table" : NULL;
}

static void need_in(struct merging *m, const struct xml_node *node)
{
    for (const struct xml_node *child = node->first; child; child = child->next) {
        const char *type = type_of_use(child);
        if (type)
            need(m, style_of_id(m->reference, m->docx->arena, type, xml_value(child, "w:val")));
        need_in(m, child);
    }
}

/* --- one style --- */

/* The text of our style between <group> and </group>; empty when it has none. */
static str group_of(str style, const char *group)
{
    char open[16], close[16];
    snprintf(open, sizeof open, "<%s>", group);
    snprintf(close, sizeof close, "</%s>", group);
    size_t stop = str_search(style, STR("<w:tblStylePr"), 0), begin = str_search(style, str_of(open), 0);
    if (begin == SIZE_MAX || (stop != SIZE_MAX && begin > stop))
        return (str){ 0 };
    return str_cut(style, begin + strlen(open), str_search(style, str_of(close), begin));
}

/* The element [name] in our XML, which never holds itself; empty when there is none. */
static str element_of(str text, const char *name)
{
    char open[32], close[32];
    snprintf(open, sizeof open, "<%s", name);
    snprintf(close, sizeof close, "</%s>", name);
    for (size_t begin = str_search(text, str_of(open), 0); begin != SIZE_MAX; begin = str_search(text, str_of(open), begin + 1)) {
        size_t after = begin + strlen(open), end = str_find(text, '>', after);
        if (after < text.len && text.at[after] != ' ' && text.at[after] != '>' && text.at[after] != '/')
            continue;
        if (text.at[end - 1] == '/')
            return str_cut(text, begin, end + 1);
        return str_cut(text, begin, str_search(text, str_of(close), end) + strlen(close));
    }
    return (str){ 0 };
}

/* Which properties of a style stay ours. */
static bool is_ours(const struct docx *docx, str id, str property)
{
    const struct brand *brand = docx->brand;
    bool heading = str_starts(id, STR("Heading")), title = str_eq(id, STR("Title")), list = str_starts(id, STR("List"));
    bool body = str_eq(id, STR("Normal")) || str_eq(id, STR("BodyText"));
    if (str_eq(property, STR("w:numPr")) || str_eq(property, STR("w:bidi")) || str_eq(property, STR("w:lang")))
        return true;
    if (str_eq(property, STR("w:outlineLvl")))
        return heading;
    if (str_eq(property, STR("w:ind")))
        return list || str_starts(id, STR("TOC")) || (heading && docx->doc->numbered);
    if (str_eq(property, STR("w:tabs")))
        return str_starts(id, STR("TOC")) || (str_eq(id, STR("Header")) && !reference_has_frame(docx, FRAME_HEAD))
            || (str_eq(id, STR("Footer")) && !reference_has_frame(docx, FRAME_FOOT));
    if (str_eq(property, STR("w:rFonts")))
        return ((heading || title) && brand->own_heading_font) || (body && brand->own_body_font);
    if (str_eq(property, STR("w:color")))
        return (heading || title) && brand->own_primary;
    return false;
}

static const char *const kept[] = { "w:rFonts", "w:numPr", "w:tabs", "w:bidi", "w:color", "w:ind", "w:outlineLvl", "w:lang" };

/* Our element before the first property of the reference that comes behind it; at the end, those that are left. */
static void put_ours(const struct merging *m, str id, str ours, const char *group, size_t *next, int rank)
{
    for (; *next < sizeof kept / sizeof kept[0] && reference_rank(group, str_of(kept[*next])) <= rank; ++*next)
        if (reference_rank(group, str_of(kept[*next])) >= 0 && is_ours(m->docx, id, str_of(kept[*next])))
            buf_put(m->out, element_of(ours, kept[*next]));
}

static void put_group(const struct merging *m, str id, str ours, const struct xml_node *theirs, const char *group)
{
    size_t start = m->out->len, next = 0;
    buf_print(m->out, "<%s>", group);
    size_t empty = m->out->len;
    for (const struct xml_node *child = theirs ? theirs->first : NULL; child; child = child->next) {
        put_ours(m, id, ours, group, &next, reference_rank(group, child->name));
        if (!is_ours(m->docx, id, child->name))
            put_tree(m->out, child);
    }
    put_ours(m, id, ours, group, &next, 1000);
    if (m->out->len == empty)
        m->out->len = start;
    else
        buf_print(m->out, "</%s>", group);
}

static void put_properties(const struct merging *m, str id, str ours, const struct reference_style *style)
{
    static const char *const table[] = { "w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr", NULL };
    put_group(m, id, group_of(ours, "w:pPr"), xml_child(style->node, "w:pPr"), "w:pPr");
    put_group(m, id, group_of(ours, "w:rPr"), xml_child(style->node, "w:rPr"), "w:rPr");
    if (!str_eq(style->type, STR("table")))
        return;
    for (const char *const *group = table; *group; group++)
        for (const struct xml_node *child = style->node->first; child; child = child->next)
            if (xml_is(child, *group))
                put_tree(m->out, child);
}

static str base_of(const struct merging *m, const struct reference_style *style)
{
    const struct reference_style *base = style->based.len ? style_of_id(m->reference, m->docx->arena, str_c(m->docx->arena, style->type), style->based) : NULL;
    return base ? reference_style_id(m->docx, base) : (str){ 0 };
}

/* Our head with their base, then their properties. */
static void put_taken(struct merging *m, str id, str ours, const struct reference_style *style)
{
    static const char *const groups[] = { "<w:pPr>", "<w:rPr>", "<w:tblPr>", "<w:tblStylePr", "</w:style>" };
    size_t head = ours.len;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        size_t at = str_search(ours, str_of(groups[i]), 0);
        head = at < head ? at : head;
    }
    str based = element_of(str_cut(ours, 0, head), "w:basedOn"), base = base_of(m, style), name = element_of(ours, "w:name");
    size_t cut = (size_t)(name.at - ours.at) + name.len;
    buf_put(m->out, str_cut(ours, 0, cut));
    if (base.len)
        buf_print(m->out, "<w:basedOn w:val=\"%.*s\"/>", STR_ARG(base));
    buf_put(m->out, str_cut(ours, based.len ? (size_t)(based.at - ours.at) + based.len : cut, head));
    put_properties(m, id, ours, style);
    buf_text(m->out, "</w:style>");
    if (style->based.len)
        need(m, style_of_id(m->reference, m->docx->arena, str_c(m->docx->arena, style->type), style->based));
}

/* A style that only the reference has. */
static void put_their_own(const struct merging *m, const struct reference_style *style)
{
    str base = base_of(m, style), id = reference_style_id(m->docx, style);
    buf_print(m->out, "<w:style w:type=\"%.*s\" w:customStyle=\"1\" w:styleId=\"%.*s\"><w:name w:val=\"", STR_ARG(style->type), STR_ARG(id));
    xml_attribute(m->out, style->shown);
    buf_print(m->out, " (%.*s)\"/>", STR_ARG(id));
    if (base.len)
        buf_print(m->out, "<w:basedOn w:val=\"%.*s\"/>", STR_ARG(base));
    buf_text(m->out, "<w:uiPriority w:val=\"99\"/>");
    put_properties(m, id, (str){ 0 }, style);
    buf_text(m->out, "</w:style>");
}

/* --- ours beside theirs --- */

static bool indents_or_justifies(const struct merging *m)
{
    const struct reference_style *normal = reference_style(m->reference, "paragraph", STR("normal"));
    return reference_property(m->reference, normal, "w:pPr", "w:ind") || reference_property(m->reference, normal, "w:pPr", "w:jc");
}

/* Tables, covers and the like stay as they are designed when the reference's text is indented or justified. */
static void put_ppr_reset(const struct merging *m, str ppr)
{
    static const char *const reset[] = { "<w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/>", "<w:jc w:val=\"left\"/>" };
    str outline = element_of(ppr, "w:outlineLvl"), own_jc = element_of(ppr, "w:jc");
    size_t end = outline.len ? (size_t)(outline.at - ppr.at) : own_jc.len ? (size_t)(own_jc.at - ppr.at) : ppr.len;
    buf_put(m->out, str_cut(ppr, 0, end));
    buf_text(m->out, element_of(ppr, "w:ind").len ? "" : reset[0]);
    buf_text(m->out, own_jc.len ? "" : reset[1]);
    buf_put(m->out, str_cut(ppr, end, ppr.len));
}

/* The theme's heading font is not the one that the reference's headings have: then ours name that. */
static void put_text(const struct merging *m, str text)
{
    static const char themed[] = "<w:rFonts w:asciiTheme=\"majorHAnsi\" w:eastAsiaTheme=\"majorEastAsia\" w:hAnsiTheme=\"majorHAnsi\" w:cstheme=\"majorBidi\"/>";
    size_t at = str_search(text, str_of(themed), 0);
    const struct brand *brand = m->docx->brand;
    if (at == SIZE_MAX || brand->own_heading_font || str_eq(brand->heading_font, m->reference->major.latin)) {
        buf_put(m->out, text);
        return;
    }
    buf_put(m->out, str_cut(text, 0, at));
    buf_text(m->out, "<w:rFonts w:ascii=\"");
    xml_attribute(m->out, brand->heading_font);
    buf_text(m->out, "\" w:hAnsi=\"");
    xml_attribute(m->out, brand->heading_font);
    buf_text(m->out, "\" w:cs=\"");
    xml_attribute(m->out, brand->heading_font);
    buf_text(m->out, "\"/>");
    buf_put(m->out, str_cut(text, at + sizeof themed - 1, text.len));
}

/* A style that the reference lacks. */
static void put_added(struct merging *m, str id, str ours)
{
    bool custom = str_search(ours, STR("w:customStyle"), 0) != SIZE_MAX, based_on_normal = str_search(ours, STR("<w:basedOn w:val=\"Normal\"/>"), 0) != SIZE_MAX;
    const struct reference_style *normal = reference_style(m->reference, "paragraph", STR("normal"));
    const struct xml_node *spacing = reference_property(m->reference, normal, "w:pPr", "w:spacing");
    str ppr = group_of(ours, "w:pPr"), after = xml_value(spacing, "w:after");
    bool same_as_normal = str_eq(id, STR("BodyText")) && after.len && !str_eq(after, STR("0"));
    size_t begin = ppr.at ? (size_t)(ppr.at - ours.at) : 0;
    if (same_as_normal) { /* paragraphs of text are those of the reference */
        buf_put(m->out, str_cut(ours, 0, begin - strlen("<w:pPr>")));
        buf_put(m->out, str_cut(ours, begin + ppr.len + strlen("</w:pPr>"), ours.len));
    } else if (custom && based_on_normal && ppr.len && indents_or_justifies(m)) {
        buf_put(m->out, str_cut(ours, 0, begin));
        put_ppr_reset(m, ppr);
        put_text(m, str_cut(ours, begin + ppr.len, ours.len));
    } else {
        put_text(m, ours);
    }
}

static str attribute_of(str text, const char *name)
{
    size_t at = str_search(text, str_of(name), 0);
    size_t begin = at == SIZE_MAX ? text.len : at + strlen(name);
    return str_cut(text, begin, str_find(text, '"', begin));
}

static void put_style(struct merging *m, str ours)
{
    str head = str_cut(ours, 0, str_find(ours, '>', 0)), id = attribute_of(head, "w:styleId=\""), type = attribute_of(head, "w:type=\"");
    str name = attribute_of(ours, "<w:name w:val=\"");
    const struct brand *brand = m->docx->brand;
    bool of_tables = str_eq(type, STR("table")) || str_starts(id, STR("TableHead"));
    const struct reference_style *style = reference_style(m->reference, str_c(m->docx->arena, type), name);
    if (str_eq(type, STR("numbering")) || !style || (of_tables && brand->own_table))
        put_added(m, id, ours);
    else
        put_taken(m, id, ours, style);
}

static void put_defaults(struct merging *m, str ours)
{
    const struct xml_node *rpr = xml_child(xml_child(m->reference->defaults, "w:rPrDefault"), "w:rPr");
    const struct xml_node *ppr = xml_child(xml_child(m->reference->defaults, "w:pPrDefault"), "w:pPr");
    if (!rpr) {
        buf_put(m->out, ours);
        return;
    }
    buf_text(m->out, "<w:docDefaults><w:rPrDefault>");
    put_group(m, STR("Normal"), group_of(ours, "w:rPr"), rpr, "w:rPr");
    buf_text(m->out, "</w:rPrDefault><w:pPrDefault>");
    put_group(m, STR("Normal"), (str){ 0 }, ppr, "w:pPr");
    if (str_ends(buf_str(m->out), STR("<w:pPrDefault>"))) {
        m->out->len -= strlen(">");
        buf_text(m->out, "/>");
    } else {
        buf_text(m->out, "</w:pPrDefault>");
    }
    buf_text(m->out, "</w:docDefaults>");
}

void reference_put_styles(struct docx *docx, struct buf *out, str ours)
{
    struct merging m = { .docx = docx, .reference = docx->brand->reference, .out = out };
    m.needed = NEWS(docx->arena, bool, m.reference->styles.len + 1);
    str defaults = element_of(ours, "w:docDefaults");
    size_t begin = (size_t)(defaults.at - ours.at);
    buf_put(out, str_cut(ours, 0, begin));
    put_defaults(&m, defaults);
    str rest = str_cut(ours, begin + defaults.len, ours.len);
    size_t at = str_search(rest, STR("<w:style "), 0);
    buf_put(out, str_cut(rest, 0, at));
    for (; at != SIZE_MAX; at = str_search(rest, STR("<w:style "), at)) {
        str style = str_cut(rest, at, str_search(rest, STR("</w:style>"), at) + strlen("</w:style>"));
        put_style(&m, style);
        at += style.len;
    }
    for (int frame = 0; frame < FRAMES; frame++)
        if (reference_has_frame(docx, frame))
            need_in(&m, m.reference->frames[frame]);
    for (size_t i = 0; i < m.reference->styles.len; i++)
        if (m.needed[i])
            put_their_own(&m, &m.reference->styles.at[i]);
    buf_text(out, "</w:styles>");
}
