/* SPDX-License-Identifier: MIT */
/*
 * The cover. Logo, organisation, title, a line of subtitle; the facts that matter in a quiet table at the foot. The
 * layouts differ in where the text begins and in what lies behind it: nothing (plain), a band of the primary colour
 * behind the title, a full-height side of it, or a picture across the top. What lies behind is decoration that
 * carries nothing: a reader that drops it still shows the whole cover.
 */
#include "weave/reference.h"
#include "write/docx_part.h"
#include "write/xml.h"

enum { SIDE_WIDTH = 2722, SIDE_LEFT = 3969, TOP = 1985, BAND_TOP = 1700, LOGO_TOP = 1134 };
enum { MOST_PICTURE = 46 /* percent of the page */, LOGO_GAP = 520, BAND_PADDING = 480 };

static long emu(int twips) { return (long)twips * EMU_PER_TWIP; }
static int twips(long length) { return (int)(length / EMU_PER_TWIP); }

/* Which logo stands in the text, and how large: the one for dark ground on a band, if there is one. */
static const struct image *logo_of(const struct docx *docx, long *width, long *height)
{
    const struct brand_logo *logo = &docx->brand->logo;
    const struct image *image = docx->brand->cover == COVER_BAND && logo->on_dark ? logo->on_dark : logo->image;
    if (image && !(docx->brand->cover == COVER_SIDE && logo->on_dark)) {
        *width = logo->width; /* a vector or a large file; a small one is not blown up beyond 100 dots to the inch */
        if (image->format != IMAGE_SVG && *width > (long)image->width * EMU_PER_INCH / 100)
            *width = (long)image->width * EMU_PER_INCH / 100;
        *height = (long)((double)*width * image->height / image->width);
        return image;
    }
    return NULL;
}

/* A picture is as wide as the page and at most as high as its share; what is higher is cut above and below. */
static int picture_height(const struct docx *docx)
{
    const struct image *picture = docx->brand->picture;
    int most = docx->page.height * MOST_PICTURE / 100;
    double height = (double)docx->page.width * picture->height / picture->width;
    return height < most ? (int)height : most;
}

void cover_place(struct docx *docx)
{
    struct docx_page *page = &docx->page;
    long width, height;
    bool logo = logo_of(docx, &width, &height) != NULL;
    page->cover_left = docx->brand->cover == COVER_SIDE ? SIDE_LEFT : page->left;
    page->cover_top = logo ? LOGO_TOP : docx->brand->cover == COVER_BAND ? BAND_TOP : TOP;
    if (docx->brand->cover == COVER_PICTURE)
        page->cover_top = picture_height(docx) + 600;
}

/* --- what lies behind the text --- */

/* By its slot in the theme, when that has it. */
static const char *primary_fill(const struct docx *docx)
{
    const struct brand *brand = docx->brand;
    if (!brand->theme[SLOT_ACCENT1].len || str_eq_nocase(brand->theme[SLOT_ACCENT1], brand->primary))
        return "<a:schemeClr val=\"accent1\"/>";
    return str_c(docx->arena, str_print(docx->arena, "<a:srgbClr val=\"%.*s\"/>", STR_ARG(brand->primary)));
}

static void put_area(struct docx *docx, int top, int width, int height)
{
    long y = emu(top), cx = emu(width), cy = emu(height);
    buf_print(docx->out,
        "<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>"
        "<wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"251658240\" behindDoc=\"1\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\">"
        "<wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"page\"><wp:posOffset>0</wp:posOffset></wp:positionH>"
        "<wp:positionV relativeFrom=\"page\"><wp:posOffset>%ld</wp:posOffset></wp:positionV><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
        "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/><wp:docPr id=\"%u\" name=\"Cover area\" descr=\"\"><a:extLst>"
        "<a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext>"
        "</a:extLst></wp:docPr><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">"
        "<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
        "<a:solidFill>%s</a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>",
        y, cx, cy, (unsigned)++docx->drawings, cx, cy, primary_fill(docx));
}

static void put_side_logo(struct docx *docx)
{
    const struct brand_logo *logo = &docx->brand->logo;
    long width = emu(SIDE_WIDTH - 2 * 400);
    if (!logo->on_dark)
        return;
    if (width > logo->width)
        width = logo->width;
    media_behind(docx, docx->out, logo->on_dark, emu(400), emu(LOGO_TOP), width, (long)((double)width * logo->on_dark->height / logo->on_dark->width),
                 logo->alt.len ? logo->alt : docx->doc->organisation);
}

/* The band ends a little below the last line of what stands on it, and begins above the logo if that stands on it, too. */
static void put_band(struct docx *docx)
{
    const struct docx_page *page = &docx->page;
    long w = 0, h = 0;
    bool logo = logo_of(docx, &w, &h) != NULL, on_band = !logo || docx->brand->logo.on_dark;
    int text = page->width - page->left - page->right, begin = page->cover_top + (logo ? twips(h) + LOGO_GAP : 0);
    int height = 320 + 1900 + column_lines(docx->heading_width, docx->doc->title, 68, true, text) * 830 + 200;
    if (docx->doc->subtitle.len)
        height += column_lines(docx->body_width, docx->doc->subtitle, 28, false, text) * 360 + 240;
    height += (docx->doc->draft ? 560 : 0) + 450;
    int top = on_band ? 0 : begin - BAND_PADDING + 140;
    put_area(docx, top, page->width, begin + height - top);
}

static void put_behind(struct docx *docx)
{
    const struct docx_page *page = &docx->page;
    switch (docx->brand->cover) {
    case COVER_BAND: put_band(docx); break;
    case COVER_SIDE:
        put_area(docx, 0, SIDE_WIDTH, page->height);
        put_side_logo(docx);
        break;
    case COVER_PICTURE:
        media_behind(docx, docx->out, docx->brand->picture, 0, 0, emu(page->width), emu(picture_height(docx)), (str){ 0 });
        put_area(docx, picture_height(docx), page->width, 113);
        break;
    default: break;
    }
}

/* --- the text --- */

void cover_notice(struct docx *docx)
{
    if (!docx->doc->draft)
        return;
    str fill = look_tone(docx, FILL_WARNING);
    block_open(docx, &(struct docx_paragraph){ .style = "CoverNotice" });
    buf_print(docx->out, "<w:r><w:rPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%.*s\"/></w:rPr><w:t xml:space=\"preserve\">\xC2\xA0\xC2\xA0", STR_ARG(fill));
    xml_text(docx->out, docx->words->draft_notice);
    buf_text(docx->out, "\xC2\xA0\xC2\xA0</w:t></w:r>");
    block_close(docx);
}

/* The first paragraph anchors what lies behind. */
static void put_logo(struct docx *docx, bool *behind)
{
    long width, height;
    const struct image *image = logo_of(docx, &width, &height);
    if (!image)
        return;
    block_open(docx, &(struct docx_paragraph){ .style = "CoverLogo" });
    put_behind(docx);
    *behind = true;
    media_inline(docx, docx->out, image, width, height, docx->brand->logo.alt.len ? docx->brand->logo.alt : docx->doc->organisation);
    block_close(docx);
}

static void put_organisation(struct docx *docx, const char *style, bool behind)
{
    block_open(docx, &(struct docx_paragraph){ .style = style });
    if (!behind)
        put_behind(docx);
    value_control(docx, docx->out, VALUE_ORGANISATION, "cover", "");
    block_close(docx);
}

void cover_write(struct docx *docx)
{
    const struct doc_words *w = docx->words;
    const struct docx_fact facts[] = {
        { w->document_id, VALUE_ID }, { w->version, VALUE_VERSION }, { w->status, VALUE_STATUS },
        { w->date, VALUE_DATE }, { w->owner, VALUE_OWNER }, { w->classification, VALUE_CLASSIFICATION },
    };
    bool band = docx->brand->cover == COVER_BAND, behind = false;
    int left = docx->page.cover_left;
    put_logo(docx, &behind);
    put_organisation(docx, band ? "OrganisationBand" : docx->brand->cover == COVER_PICTURE ? "OrganisationPicture" : "CoverOrganisation", behind);
    front_value(docx, band ? "TitleBand" : "Title", VALUE_TITLE, "cover");
    front_value(docx, band ? "SubtitleBand" : "Subtitle", VALUE_SUBTITLE, "cover");
    cover_notice(docx);
    str position = str_print(docx->arena, "<w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"margin\" w:horzAnchor=\"page\" w:tblpX=\"%d\" w:tblpYSpec=\"bottom\"/>%c",
                             left, '\0');
    front_facts(docx, facts, sizeof facts / sizeof facts[0], docx->page.width - docx->page.right - left, position.at, "cover");
    /* LibreOffice leaves a table where it stands in the text when the section ends right behind it */
    block_open(docx, &(struct docx_paragraph){ .style = "SectionEnd" });
    block_close(docx);
    frame_break(docx, SECTION_COVER, false);
}
