/* SPDX-License-Identifier: MIT */
/*
 * Theme and font table. The theme carries the brand: everything else in the package names its slots, so that Word's
 * own theme picker, or another theme part, rebrands the document. The format scheme is the whole one: a shortened
 * one is among the things for which Word offers a repair.
 */
#include "write/docx_part.h"
#include "base/colour.h"
#include "weave/reference.h"
#include "write/xml.h"

/* The fonts that Word itself names in its themes for scripts the brand's font may lack. */
static const struct { const char *script, *font; } scripts[] = {
    { "Jpan", "Yu Gothic" }, { "Hang", "Malgun Gothic" }, { "Hans", "DengXian" }, { "Hant", "Microsoft JhengHei" },
    { "Arab", "Arial" }, { "Hebr", "Arial" }, { "Thai", "Cordia New" }, { "Deva", "Mangal" }, { "Geor", "Sylfaen" },
};

static void put_scripts(struct buf *out, const struct reference_fonts *theirs)
{
    for (size_t i = 0; theirs && i < theirs->scripts.len; i++) {
        buf_text(out, "<a:font script=\"");
        xml_attribute(out, theirs->scripts.at[i].script);
        buf_text(out, "\" typeface=\"");
        xml_attribute(out, theirs->scripts.at[i].font);
        buf_text(out, "\"/>");
    }
    for (size_t i = 0; !theirs && i < sizeof scripts / sizeof scripts[0]; i++)
        buf_print(out, "<a:font script=\"%s\" typeface=\"%s\"/>", scripts[i].script, scripts[i].font);
}

/* [theirs] are the fonts of a reference document, NULL where it has none. */
static void put_fonts(struct buf *out, const char *which, str latin, const struct brand *brand, const struct reference_fonts *theirs)
{
    buf_print(out, "<a:%s><a:latin typeface=\"", which);
    xml_attribute(out, latin);
    buf_text(out, "\"/><a:ea typeface=\"");
    xml_attribute(out, theirs ? theirs->east_asian : brand->east_asian_font);
    buf_text(out, "\"/><a:cs typeface=\"");
    xml_attribute(out, theirs ? theirs->complex : brand->complex_font);
    buf_text(out, "\"/>");
    put_scripts(out, theirs);
    buf_print(out, "</a:%s>", which);
}

static void put_slot(struct buf *out, const char *slot, struct colour colour)
{
    char hex[8];
    colour_format(colour, hex);
    buf_print(out, "<a:%s><a:srgbClr val=\"%.6s\"/></a:%s>", slot, hex + 1, slot);
}

/* Fills are pale; a chart that someone adds later needs colours with body. */
static struct colour strong(str pale)
{
    const struct colour grey = { 128, 128, 128 }, black = { 0, 0, 0 };
    return colour_mix(colour_parse(pale, grey), black, 62);
}

static const char *const slot_names[THEME_SLOTS] = { "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink" };

static void put_colours(const struct docx *docx, struct buf *out)
{
    for (int i = 0; docx->brand->theme[0].len && i < THEME_SLOTS; i++)
        put_slot(out, slot_names[i], colour_parse(docx->brand->theme[i], (struct colour){ 0, 0, 0 }));
    if (docx->brand->theme[0].len)
        return;
    const struct brand *brand = docx->brand;
    const struct colour grey = { 96, 96, 96 }, white = { 255, 255, 255 };
    struct colour primary = colour_parse(brand->primary, grey), accent = colour_parse(brand->accent, grey);
    put_slot(out, "dk1", colour_parse(brand->ink, grey));
    put_slot(out, "lt1", white);
    put_slot(out, "dk2", primary);
    put_slot(out, "lt2", colour_parse(brand->tint, white));
    put_slot(out, "accent1", primary);
    put_slot(out, "accent2", accent);
    put_slot(out, "accent3", colour_parse(brand->grey, grey));
    put_slot(out, "accent4", colour_parse(brand->hairline, grey));
    put_slot(out, "accent5", strong(brand->warning_fill));
    put_slot(out, "accent6", strong(brand->bad_fill));
    put_slot(out, "hlink", colour_readable(accent, white, 450));
    put_slot(out, "folHlink", colour_readable(accent, white, 450));
}

static const char format_scheme[] =
    "<a:fmtScheme name=\"Office\"><a:fillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    "<a:gradFill rotWithShape=\"1\"><a:gsLst><a:gs pos=\"0\"><a:schemeClr val=\"phClr\"><a:lumMod val=\"110000\"/><a:satMod val=\"105000\"/><a:tint val=\"67000\"/></a:schemeClr></a:gs>"
    "<a:gs pos=\"50000\"><a:schemeClr val=\"phClr\"><a:lumMod val=\"105000\"/><a:satMod val=\"103000\"/><a:tint val=\"73000\"/></a:schemeClr></a:gs>"
    "<a:gs pos=\"100000\"><a:schemeClr val=\"phClr\"><a:lumMod val=\"105000\"/><a:satMod val=\"109000\"/><a:tint val=\"81000\"/></a:schemeClr></a:gs></a:gsLst><a:lin ang=\"5400000\" scaled=\"0\"/></a:gradFill>"
    "<a:gradFill rotWithShape=\"1\"><a:gsLst><a:gs pos=\"0\"><a:schemeClr val=\"phClr\"><a:satMod val=\"103000\"/><a:lumMod val=\"102000\"/><a:tint val=\"94000\"/></a:schemeClr></a:gs>"
    "<a:gs pos=\"50000\"><a:schemeClr val=\"phClr\"><a:satMod val=\"110000\"/><a:lumMod val=\"100000\"/><a:shade val=\"100000\"/></a:schemeClr></a:gs>"
    "<a:gs pos=\"100000\"><a:schemeClr val=\"phClr\"><a:lumMod val=\"99000\"/><a:satMod val=\"120000\"/><a:shade val=\"78000\"/></a:schemeClr></a:gs></a:gsLst><a:lin ang=\"5400000\" scaled=\"0\"/></a:gradFill></a:fillStyleLst>"
    "<a:lnStyleLst><a:ln w=\"6350\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:prstDash val=\"solid\"/><a:miter lim=\"800000\"/></a:ln>"
    "<a:ln w=\"12700\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:prstDash val=\"solid\"/><a:miter lim=\"800000\"/></a:ln>"
    "<a:ln w=\"19050\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:prstDash val=\"solid\"/><a:miter lim=\"800000\"/></a:ln></a:lnStyleLst>"
    "<a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle>"
    "<a:effectStyle><a:effectLst><a:outerShdw blurRad=\"57150\" dist=\"19050\" dir=\"5400000\" algn=\"ctr\" rotWithShape=\"0\"><a:srgbClr val=\"000000\"><a:alpha val=\"63000\"/></a:srgbClr></a:outerShdw></a:effectLst></a:effectStyle></a:effectStyleLst>"
    "<a:bgFillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"><a:tint val=\"95000\"/><a:satMod val=\"170000\"/></a:schemeClr></a:solidFill>"
    "<a:gradFill rotWithShape=\"1\"><a:gsLst><a:gs pos=\"0\"><a:schemeClr val=\"phClr\"><a:tint val=\"93000\"/><a:satMod val=\"150000\"/><a:shade val=\"98000\"/><a:lumMod val=\"102000\"/></a:schemeClr></a:gs>"
    "<a:gs pos=\"50000\"><a:schemeClr val=\"phClr\"><a:tint val=\"98000\"/><a:satMod val=\"130000\"/><a:shade val=\"90000\"/><a:lumMod val=\"103000\"/></a:schemeClr></a:gs>"
    "<a:gs pos=\"100000\"><a:schemeClr val=\"phClr\"><a:shade val=\"63000\"/><a:satMod val=\"120000\"/></a:schemeClr></a:gs></a:gsLst><a:lin ang=\"5400000\" scaled=\"0\"/></a:gradFill></a:bgFillStyleLst></a:fmtScheme>";

void docx_theme(struct docx *docx, struct buf *out)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"");
    xml_attribute(out, docx->brand->name.len ? docx->brand->name : STR("Brand"));
    buf_text(out, "\"><a:themeElements><a:clrScheme name=\"Brand\">");
    put_colours(docx, out);
    buf_text(out, "</a:clrScheme><a:fontScheme name=\"Brand\">");
    const struct reference_document *reference = docx->brand->reference;
    const struct reference_fonts *major = reference && reference->major.latin.len ? &reference->major : NULL;
    const struct reference_fonts *minor = reference && reference->minor.latin.len ? &reference->minor : NULL;
    const struct brand *brand = docx->brand;
    put_fonts(out, "majorFont", major && !brand->own_heading_font ? major->latin : brand->heading_font, brand, major);
    put_fonts(out, "minorFont", minor && !brand->own_body_font ? minor->latin : brand->body_font, brand, minor);
    buf_text(out, "</a:fontScheme>");
    buf_text(out, format_scheme);
    buf_text(out, "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>");
}

static void put_font(struct buf *out, str name, str fallback, const char *family, const char *pitch)
{
    buf_text(out, "<w:font w:name=\"");
    xml_attribute(out, name);
    buf_text(out, "\">");
    if (fallback.len) {
        buf_text(out, "<w:altName w:val=\"");
        xml_attribute(out, fallback);
        buf_text(out, "\"/>");
    }
    buf_print(out, "<w:charset w:val=\"00\"/><w:family w:val=\"%s\"/><w:pitch w:val=\"%s\"/></w:font>", family, pitch);
}

void docx_fonts(struct docx *docx, struct buf *out)
{
    const struct brand *brand = docx->brand;
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
    put_font(out, brand->body_font, brand->body_fallback, brand_is_serif(brand->body_font) ? "roman" : "auto", "variable");
    if (!str_eq_nocase(brand->heading_font, brand->body_font))
        put_font(out, brand->heading_font, brand->heading_fallback, brand_is_serif(brand->heading_font) ? "roman" : "auto", "variable");
    put_font(out, brand->mono_font, STR("DejaVu Sans Mono"), "modern", "fixed");
    buf_text(out, "</w:fonts>");
}
