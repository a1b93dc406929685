/* SPDX-License-Identifier: MIT */
/*
 * Sections and running heads, which show what the brand says. Landscape sections have head and foot parts of their
 * own: a right tab stop set for portrait would leave the right-hand text in the middle of the page.
 */
#include "weave/brand_line.h"
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

/* A centred tab stop only where something is centred. */
static void open_line(const struct docx *docx, struct buf *out, const char *style, bool landscape, bool centred)
{
    int width = frame_text_width(docx, landscape);
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:tabs>", style);
    if (centred)
        buf_print(out, "<w:tab w:val=\"center\" w:pos=\"%d\"/>", width / 2);
    buf_print(out, "<w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs></w:pPr>", width);
}

static void put_run(struct docx *docx, struct buf *out, str text)
{
    buf_print(out, "<w:r>%s<w:t xml:space=\"preserve\">", inline_properties(docx, ""));
    xml_text(out, text);
    buf_text(out, "</w:t></w:r>");
}

static enum docx_value value_of(uint8_t what)
{
    switch (what) {
    case BRAND_TITLE:          return VALUE_TITLE;
    case BRAND_ID:             return VALUE_ID;
    case BRAND_VERSION:        return VALUE_VERSION;
    case BRAND_STATUS:         return VALUE_STATUS;
    case BRAND_DATE:           return VALUE_DATE;
    case BRAND_OWNER:          return VALUE_OWNER;
    case BRAND_CLASSIFICATION: return VALUE_CLASSIFICATION;
    case BRAND_STANDARD:       return VALUE_STANDARD;
    default:                   return VALUE_ORGANISATION;
    }
}

/* A logo in a running line stays small: 7 mm high at most. */
static void put_logo(struct docx *docx, struct buf *out)
{
    long width, height;
    image_fit(docx->brand->logo.image, 40L * EMU_PER_MM, 7L * EMU_PER_MM, &width, &height);
    media_inline(docx, out, docx->brand->logo.image, width, height, docx->brand->logo.alt.len ? docx->brand->logo.alt : docx->doc->organisation);
}

static void put_slot(struct docx *docx, struct buf *out, const struct brand_slot *shown, const char *place)
{
    for (size_t i = 0; i < shown->len; i++) {
        const struct brand_piece *piece = &shown->at[i];
        switch (piece->what) {
        case BRAND_WORDS: put_run(docx, out, piece->text); break;
        case BRAND_PAGE:  inline_field(out, inline_properties(docx, ""), "PAGE", STR("1")); break;
        case BRAND_PAGES: inline_field(out, inline_properties(docx, ""), "NUMPAGES", STR("1")); break;
        case BRAND_LOGO:  put_logo(docx, out); break;
        default:          value_control(docx, out, value_of(piece->what), place, ""); break;
        }
    }
}

/* Each control has a place of its own, or two that show the same would have one id. */
static void put_line(struct docx *docx, struct buf *out, const struct brand_line *line, const char *style, const char *part, bool landscape)
{
    static const char *const sides[] = { "", "-centre", "-right" };
    struct brand_slot shown[3];
    for (size_t i = 0; i < 3; i++)
        shown[i] = brand_line_shown(docx->arena, docx->doc, &line->slots[i]);
    open_line(docx, out, style, landscape, shown[1].len > 0);
    for (size_t i = 0; i < 3; i++) {
        if (i == 2 || (i == 1 && shown[1].len))
            buf_text(out, "<w:r><w:tab/></w:r>");
        put_slot(docx, out, &shown[i], str_print(docx->arena, "%s%s%s%c", part, landscape ? "-landscape" : "", sides[i], '\0').at);
    }
    buf_text(out, "</w:p>");
}

void frame_head(struct docx *docx, struct buf *out, bool landscape)
{
    open_part(out, "hdr");
    put_line(docx, out, &docx->brand->head, "Header", "head", landscape);
    buf_text(out, "</w:hdr>");
}

void frame_foot(struct docx *docx, struct buf *out, bool landscape)
{
    open_part(out, "ftr");
    put_line(docx, out, &docx->brand->foot, "Footer", "foot", landscape);
    buf_text(out, "</w:ftr>");
}

void frame_cover(struct docx *docx, struct buf *out, bool foot)
{
    str notice = foot ? docx->brand->notice : (str){ 0 };
    open_part(out, foot ? "ftr" : "hdr");
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", notice.len ? "CoverFoot" : "Blank");
    if (notice.len)
        put_run(docx, out, notice);
    buf_print(out, "</w:p></w:%s>", foot ? "ftr" : "hdr");
}

static void put_cover_margins(const struct docx *docx, struct buf *out)
{
    const struct docx_page *page = &docx->page;
    buf_print(out, "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
              page->cover_top, page->side, page->bottom, page->cover_left, page->frame, page->frame);
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
