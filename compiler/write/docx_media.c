/* SPDX-License-Identifier: MIT */
/*
 * Pictures. A file stands in the package once, however often it is shown; its bytes are the author's, untouched. An
 * SVG is shown by Word 2016 and later, and by everybody else through the PNG that comes with it: the PNG is the
 * picture, the SVG an extension of it (MS-ODRAWXML 2.8). Files are called imageN, since Word Online finds no others.
 */
#include "write/docx_part.h"
#include "write/xml.h"

#define DECORATIVE "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\">" \
    "<adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst>"

unsigned media_number(struct docx *docx, const struct image *image)
{
    struct docx_links *links = docx->links;
    size_t number = 0;
    while (number < docx->media.len && docx->media.at[number] != image)
        number++;
    if (number == docx->media.len)
        LIST_PUSH(docx->arena, &docx->media, image);
    for (size_t i = 0; i < links->pictures.len; i++)
        if (links->pictures.at[i] == number + 1)
            return (unsigned)number + 1;
    LIST_PUSH(docx->arena, &links->pictures, (unsigned)number + 1);
    return (unsigned)number + 1;
}

void media_properties(struct docx *docx, struct buf *out, const char *name, str alt)
{
    unsigned number = (unsigned)++docx->drawings;
    buf_print(out, "<wp:docPr id=\"%u\" name=\"%s %u\" descr=\"", number, name, number);
    xml_attribute(out, alt);
    buf_text(out, alt.len ? "\"/>" : "\">" DECORATIVE "</wp:docPr>");
}

static void put_blip(struct docx *docx, struct buf *out, const struct image *image)
{
    const struct image *shown = image->format == IMAGE_SVG && image->fallback ? image->fallback : image;
    buf_print(out, "<a:blip r:embed=\"image%u\">", media_number(docx, shown));
    if (shown != image)
        buf_print(out, "<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\">"
                  "<asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"image%u\"/></a:ext></a:extLst>", media_number(docx, image));
    buf_text(out, "</a:blip>");
}

static void put_graphic(struct docx *docx, struct buf *out, const struct image *image, long width, long height)
{
    buf_print(out, "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic>"
              "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
              "<pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"%u\" name=\"Picture\"/>"
              "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>", docx->drawings);
    put_blip(docx, out, image);
    buf_print(out, "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm>"
              "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>", width, height);
}

void media_inline(struct docx *docx, struct buf *out, const struct image *image, long width, long height, str alt)
{
    buf_print(out, "<w:r><w:rPr><w:noProof/></w:rPr><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
              "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>", width, height);
    media_properties(docx, out, "Picture", alt);
    put_graphic(docx, out, image, width, height);
    buf_text(out, "</wp:inline></w:drawing></w:r>");
}

void media_behind(struct docx *docx, struct buf *out, const struct image *image, long x, long y, long width, long height, str alt)
{
    buf_print(out, "<w:r><w:rPr><w:noProof/></w:rPr><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" "
              "relativeHeight=\"251659264\" behindDoc=\"1\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>"
              "<wp:positionH relativeFrom=\"page\"><wp:posOffset>%ld</wp:posOffset></wp:positionH>"
              "<wp:positionV relativeFrom=\"page\"><wp:posOffset>%ld</wp:posOffset></wp:positionV><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
              "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>", x, y, width, height);
    media_properties(docx, out, "Picture", alt);
    put_graphic(docx, out, image, width, height);
    buf_text(out, "</wp:anchor></w:drawing></w:r>");
}

void media_relationships(const struct docx *docx, const struct docx_links *links, struct buf *out)
{
    for (size_t i = 0; i < links->pictures.len; i++) {
        unsigned number = links->pictures.at[i];
        buf_print(out, "<Relationship Id=\"image%u\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
                  "Target=\"media/image%u.%s\"/>", number, number, image_ending(docx->media.at[number - 1]->format));
    }
}

void media_types(const struct docx *docx, struct buf *out)
{
    for (int format = IMAGE_PNG; format <= IMAGE_WMF; format++)
        for (size_t i = 0; i < docx->media.len; i++)
            if (docx->media.at[i]->format == format) {
                buf_print(out, "<Default Extension=\"%s\" ContentType=\"%s\"/>", image_ending((enum image_format)format), image_mime((enum image_format)format));
                break;
            }
}
