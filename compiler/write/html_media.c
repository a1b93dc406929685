/* SPDX-License-Identifier: MIT */
/* Pictures stand in the page itself, as data: URIs (RFC 2397): the page stays one file that asks nobody for anything. */
#include "base/base64.h"
#include "write/html_part.h"

void html_image(struct html *html, const struct image *image, unsigned width, str alt, const char *class)
{
    enum { EMU_PER_PIXEL = EMU_PER_INCH / 96 };
    long w, h;
    image_fit(image, (long)width * EMU_PER_PIXEL, 0, &w, &h);
    buf_print(html->out, "<img%s%s%s width=\"%ld\" height=\"%ld\" alt=\"", *class ? " class=\"" : "", class, *class ? "\"" : "",
              (w + EMU_PER_PIXEL / 2) / EMU_PER_PIXEL, (h + EMU_PER_PIXEL / 2) / EMU_PER_PIXEL);
    html_text(html->out, alt);
    buf_print(html->out, "\" src=\"data:%s;base64,", image_mime((enum image_format)image->format));
    base64_put(html->out, image->bytes);
    PUT(html, "\">");
}
