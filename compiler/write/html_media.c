/* SPDX-License-Identifier: MIT */
/* Pictures stand in the page itself, as data: URIs (RFC 2397): the page stays one file that asks nobody for anything. */
#include "write/html_part.h"

/* RFC 4648, section 4. */
static void put_base64(struct buf *out, str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)bytes.at;
    buf_reserve(out, bytes.len / 3 * 4 + 4);
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t group = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0u);
        buf_char(out, digits[group >> 18]);
        buf_char(out, digits[group >> 12 & 63]);
        buf_char(out, left > 1 ? digits[group >> 6 & 63] : '=');
        buf_char(out, left > 2 ? digits[group & 63] : '=');
    }
}

void html_image(struct html *html, const struct image *image, unsigned width, str alt, const char *class)
{
    enum { EMU_PER_PIXEL = EMU_PER_INCH / 96 };
    long w, h;
    image_fit(image, (long)width * EMU_PER_PIXEL, 0, &w, &h);
    buf_print(html->out, "<img%s%s%s width=\"%ld\" height=\"%ld\" alt=\"", *class ? " class=\"" : "", class, *class ? "\"" : "",
              (w + EMU_PER_PIXEL / 2) / EMU_PER_PIXEL, (h + EMU_PER_PIXEL / 2) / EMU_PER_PIXEL);
    html_text(html->out, alt);
    buf_print(html->out, "\" src=\"data:%s;base64,", image_mime((enum image_format)image->format));
    put_base64(html->out, image->bytes);
    PUT(html, "\">");
}
