/* SPDX-License-Identifier: MIT */
/*
 * Sections and running heads, which show what the brand says. Landscape sections have head and foot parts of their
 * own: a right tab stop set for portrait would leave the right-hand text in the middle of the page.
 */
#include "weave/brand_line.h"
#include "weave/reference.h"
#include "write/docx_reference.h"
#include "write/xml.h"

#define RELATIONSHIPS "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

int frame_text_width(const struct docx *docx, bool landscape)
{
    return (landscape ? docx->page.height : docx->page.width) - docx->page.left - docx->page.right;
}

static void open_part(struct buf *out, const char *element)
{
    buf_print(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:%s", element);
    buf_text(out, docx_namespaces);
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

static void put_run(struct docx *docx, struct buf *out, str text, const char *rpr)
{
    buf_print(out, "<w:r>%s<w:t xml:space=\"preserve\">", inline_properties(docx, rpr));
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

void frame_put_slot(struct docx *docx, struct buf *out, const struct brand_slot *shown, const char *place, const char *rpr)
{
    for (size_t i = 0; i < shown->len; i++) {
        const struct brand_piece *piece = &shown->at[i];
        switch (piece->what) {
        case BRAND_WORDS: put_run(docx, out, piece->text, rpr); break;
        case BRAND_PAGE:  inline_field(out, inline_properties(docx, rpr), "PAGE", STR("1")); break;
        case BRAND_PAGES: inline_field(out, inline_properties(docx, rpr), "NUMPAGES", STR("1")); break;
        case BRAND_LOGO:  put_logo(docx, out); break;
        default:          value_control(docx, out, value_of(piece->what), place, rpr); break;
        }
    }
}

/* For a reference document: names of values as text, page numbers as the fields they are. */
static struct brand_slot as_written(struct docx *docx, const struct brand_slot *line)
{
    struct { LIST_OF(struct brand_piece); } out = { 0 };
    for (size_t i = 0; i < line->len; i++) {
        bool field = line->at[i].what == BRAND_PAGE || line->at[i].what == BRAND_PAGES;
        str text = field ? (str){ 0 } : brand_line_written(docx->arena, &(struct brand_slot){ &line->at[i], 1 });
        struct brand_piece *last = out.len ? &out.at[out.len - 1] : NULL;
        if (!field && last && last->what == BRAND_WORDS)
            last->text = str_join2(docx->arena, last->text, text);
        else
            LIST_PUSH(docx->arena, &out, ((struct brand_piece){ field ? line->at[i].what : BRAND_WORDS, text }));
    }
    return (struct brand_slot){ out.at, out.len };
}

/* Each control has a place of its own, or two that show the same would have one id. */
static void put_line(struct docx *docx, struct buf *out, const struct brand_line *line, const char *style, const char *part, bool landscape)
{
    static const char *const sides[] = { "", "-centre", "-right" };
    struct brand_slot shown[3];
    for (size_t i = 0; i < 3; i++)
        shown[i] = docx->doc->sample ? as_written(docx, &line->slots[i]) : brand_line_shown(docx->arena, docx->doc, &line->slots[i]);
    open_line(docx, out, style, landscape, shown[1].len > 0);
    for (size_t i = 0; i < 3; i++) {
        if (i == 2 || (i == 1 && shown[1].len))
            buf_text(out, "<w:r><w:tab/></w:r>");
        frame_put_slot(docx, out, &shown[i], str_print(docx->arena, "%s%s%s%c", part, landscape ? "-landscape" : "", sides[i], '\0').at, "");
    }
    buf_text(out, "</w:p>");
}

/* The reference's header or footer where it has one. True when it was written. */
static bool put_reference(struct docx *docx, struct buf *out, int frame, const char *part, bool landscape)
{
    if (!reference_has_frame(docx, frame))
        return false;
    reference_put_namespaces(docx, out, frame);
    buf_char(out, '>');
    reference_put_frame(docx, out, frame, part, landscape);
    return true;
}

static void put_frame(struct docx *docx, struct buf *out, bool foot, bool landscape)
{
    const char *part = foot ? "foot" : "head";
    open_part(out, foot ? "ftr" : "hdr");
    if (!put_reference(docx, out, foot ? FRAME_FOOT : FRAME_HEAD, part, landscape)) {
        buf_char(out, '>');
        put_line(docx, out, foot ? &docx->brand->foot : &docx->brand->head, foot ? "Footer" : "Header", part, landscape);
    }
    buf_print(out, "</w:%s>", foot ? "ftr" : "hdr");
}

void frame_head(struct docx *docx, struct buf *out, bool landscape) { put_frame(docx, out, false, landscape); }
void frame_foot(struct docx *docx, struct buf *out, bool landscape) { put_frame(docx, out, true, landscape); }

void frame_cover(struct docx *docx, struct buf *out, bool foot)
{
    str notice = foot ? docx->brand->notice : (str){ 0 };
    open_part(out, foot ? "ftr" : "hdr");
    if (!put_reference(docx, out, foot ? FRAME_COVER_FOOT : FRAME_COVER_HEAD, foot ? "cover-foot" : "cover-head", false)) {
        buf_print(out, "><w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", notice.len ? "CoverFoot" : "Blank");
        if (notice.len)
            put_run(docx, out, notice, "");
        buf_text(out, "</w:p>");
    }
    buf_print(out, "</w:%s>", foot ? "ftr" : "hdr");
}

static void put_cover_margins(const struct docx *docx, struct buf *out)
{
    const struct docx_page *page = &docx->page;
    buf_print(out, "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" w:gutter=\"0\"/>",
              page->cover_top, page->right, page->bottom, page->cover_left, page->head, page->foot);
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
                  page->top, page->right, page->bottom, page->left, page->head, page->foot);
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
