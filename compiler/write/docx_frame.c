/* SPDX-License-Identifier: MIT */
/*
 * Sections and running heads. Above the text stand title and classification, below it organisation, document id and
 * version, and the page. Landscape sections have head and foot parts of their own: a right tab stop set for
 * portrait would leave the right-hand text in the middle of the page.
 */
#include "write/docx_part.h"
#include "write/xml.h"

#define RELATIONSHIPS "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

int frame_text_width(const struct docx *docx, bool landscape)
{
    return (landscape ? docx->page.height : docx->page.width) - 2 * docx->page.side;
}

static void open_part(struct buf *out, const char *element)
{
    buf_print(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:%s", element);
    buf_text(out, docx_namespaces);
    buf_char(out, '>');
}

static void open_line(const struct docx *docx, struct buf *out, const char *style, bool landscape)
{
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs></w:pPr>", style,
              frame_text_width(docx, landscape));
}

static void put_run(struct docx *docx, struct buf *out, str text)
{
    buf_print(out, "<w:r>%s<w:t xml:space=\"preserve\">", inline_properties(docx, ""));
    xml_text(out, text);
    buf_text(out, "</w:t></w:r>");
}

static const char *place_of(const char *part, bool landscape, struct docx *docx)
{
    return str_print(docx->arena, "%s%s%c", part, landscape ? "-landscape" : "", '\0').at;
}

void frame_head(struct docx *docx, struct buf *out, bool landscape)
{
    const char *place = place_of("head", landscape, docx);
    open_part(out, "hdr");
    open_line(docx, out, "Header", landscape);
    value_control(docx, out, VALUE_TITLE, place, "");
    buf_text(out, "<w:r><w:tab/></w:r>");
    if (doc_is_given(value_text(docx, VALUE_CLASSIFICATION)))
        value_control(docx, out, VALUE_CLASSIFICATION, place, "");
    buf_text(out, "</w:p></w:hdr>");
}

void frame_foot(struct docx *docx, struct buf *out, bool landscape)
{
    const char *place = place_of("foot", landscape, docx);
    static const enum docx_value shown[] = { VALUE_ORGANISATION, VALUE_ID, VALUE_VERSION };
    bool first = true;
    open_part(out, "ftr");
    open_line(docx, out, "Footer", landscape);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        if (!doc_is_given(value_text(docx, shown[i])))
            continue;
        if (!first)
            put_run(docx, out, STR(" \xC2\xB7 "));
        if (shown[i] == VALUE_VERSION)
            put_run(docx, out, str_print(docx->arena, "%.*s ", STR_ARG(docx->words->version)));
        value_control(docx, out, shown[i], place, "");
        first = false;
    }
    buf_text(out, "<w:r><w:tab/></w:r>");
    put_run(docx, out, str_print(docx->arena, "%.*s ", STR_ARG(docx->words->page)));
    inline_field(out, inline_properties(docx, ""), "PAGE", STR("1"));
    put_run(docx, out, str_print(docx->arena, " %.*s ", STR_ARG(docx->words->of)));
    inline_field(out, inline_properties(docx, ""), "NUMPAGES", STR("1"));
    buf_text(out, "</w:p></w:ftr>");
}

void frame_blank(struct buf *out, bool foot)
{
    open_part(out, foot ? "ftr" : "hdr");
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"Blank\"/></w:pPr></w:p></w:%s>", foot ? "ftr" : "hdr");
}

/* Where the cover's text begins: layouts differ in nothing but this and the coloured area behind. */
static void put_cover_margins(const struct docx *docx, struct buf *out)
{
    const struct docx_page *page = &docx->page;
    int top = docx->brand->cover == COVER_BAND ? COVER_BAND_TOP : COVER_TOP, left = docx->brand->cover == COVER_SIDE ? COVER_SIDE_LEFT : page->side;
    buf_print(out, "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
              top, page->side, page->bottom, left, page->frame, page->frame);
}

void frame_section(struct docx *docx, struct buf *out, enum docx_section kind, bool landscape)
{
    const struct docx_page *page = &docx->page;
    const char *turned = landscape ? "Landscape" : "";
    docx->has_landscape |= landscape;
    buf_print(out, "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"head%s\"/>", turned);
    if (kind == SECTION_COVER)
        buf_text(out, "<w:headerReference w:type=\"first\" r:id=\"headCover\"/>");
    buf_print(out, "<w:footerReference w:type=\"default\" r:id=\"foot%s\"/>", turned);
    if (kind == SECTION_COVER)
        buf_text(out, "<w:footerReference w:type=\"first\" r:id=\"footCover\"/>");
    buf_text(out, "<w:type w:val=\"nextPage\"/>");
    if (landscape)
        buf_print(out, "<w:pgSz w:w=\"%d\" w:h=\"%d\" w:orient=\"landscape\"/>", page->height, page->width);
    else
        buf_print(out, "<w:pgSz w:w=\"%d\" w:h=\"%d\"/>", page->width, page->height);
    if (kind == SECTION_COVER)
        put_cover_margins(docx, out);
    else
        buf_print(out, "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
                  page->top, page->side, page->bottom, page->side, page->frame, page->frame);
    buf_text(out, "<w:cols w:space=\"708\"/>");
    if (kind == SECTION_COVER)
        buf_text(out, "<w:titlePg/>");
    if (docx->rtl)
        buf_text(out, "<w:bidi/>");
    buf_text(out, "</w:sectPr>");
}

void frame_break(struct docx *docx, enum docx_section kind, bool landscape)
{
    buf_text(docx->out, "<w:p><w:pPr><w:pStyle w:val=\"SectionEnd\"/>");
    frame_section(docx, docx->out, kind, landscape);
    buf_text(docx->out, "</w:pPr></w:p>");
    docx->in_content = false;
    docx->after_table = false;
    docx->page_top = true;
    docx->room = 0;
}
