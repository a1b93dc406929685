/* SPDX-License-Identifier: MIT */
#include "base/image.h"

enum { LONGEST_SIDE = 20000, PRINT_DPI = 150, SCREEN_DPI = 96 };

static uint32_t big32(const unsigned char *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static uint32_t big16(const unsigned char *p) { return (uint32_t)p[0] << 8 | p[1]; }
static const unsigned char *bytes_of(str s) { return (const unsigned char *)s.at; }

/* --- PNG: a signature, then chunks of length, name, data and checksum; IHDR first, IEND last --- */

static const char png_mark[8] = { '\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n' };

static uint32_t dpi_of_metres(uint32_t per_metre)
{
    return per_metre < 100000 ? (per_metre * 254 + 5000) / 10000 : 0;
}

static const char *read_png(str s, struct image *image)
{
    const unsigned char *p = bytes_of(s);
    bool pixels = false;
    if (s.len < 33 || memcmp(p + 12, "IHDR", 4) != 0)
        return "is a damaged PNG file: it has no header";
    image->width = big32(p + 16);
    image->height = big32(p + 20);
    for (size_t at = 8; s.len - at >= 12;) {
        size_t len = big32(p + at);
        if (len > s.len - at - 12)
            break;
        pixels |= memcmp(p + at + 4, "IDAT", 4) == 0;
        if (memcmp(p + at + 4, "IEND", 4) == 0)
            return pixels ? NULL : "is a damaged PNG file: it holds no pixels";
        if (memcmp(p + at + 4, "pHYs", 4) == 0 && len >= 9 && p[at + 16] == 1)
            image->dpi = dpi_of_metres(big32(p + at + 8));
        at += len + 12;
    }
    return "is a damaged PNG file: its end is missing";
}

/* --- JPEG: markers with segments; the size stands in the frame header, pixels follow the scan header --- */

static bool is_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static void read_jfif(const unsigned char *segment, size_t len, struct image *image)
{
    if (len < 14 || memcmp(segment + 2, "JFIF", 5) != 0)
        return;
    uint32_t density = big16(segment + 10);
    image->dpi = segment[9] == 1 ? density : segment[9] == 2 ? (density * 254 + 50) / 100 : 0;
}

static const char *read_jpeg(str s, struct image *image)
{
    const unsigned char *p = bytes_of(s);
    for (size_t at = 2; at + 4 <= s.len;) {
        if (p[at] != 0xff)
            break;
        unsigned char marker = p[at + 1];
        if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
            at += marker == 0xff ? 1 : 2;
            continue;
        }
        size_t len = big16(p + at + 2);
        if (len < 2 || len > s.len - at - 2)
            break;
        if (is_frame(marker) && len >= 8) {
            image->height = big16(p + at + 5);
            image->width = big16(p + at + 7);
        }
        if (marker == 0xe0)
            read_jfif(p + at + 2, len, image);
        if (marker == 0xda) /* what is cut off behind this, programs still show */
            return image->width ? NULL : "is a damaged JPEG file: it does not say how large it is";
        at += len + 2;
    }
    return "is a damaged JPEG file: its pixels are missing";
}

/* --- SVG: the first tag says how large it is --- */

/* The offset of [name] as a whole attribute name in a tag, behind its opening quote; 0 when there is none. */
static size_t find_attribute(str tag, str name)
{
    for (size_t at = str_search(tag, name, 0); at != SIZE_MAX; at = str_search(tag, name, at + 1)) {
        size_t end = at + name.len;
        if (at == 0 || !strchr(" \t\r\n", tag.at[at - 1]))
            continue;
        while (end < tag.len && strchr(" \t\r\n", tag.at[end]) && tag.at[end])
            end++;
        if (end + 1 < tag.len && tag.at[end] == '=' && (tag.at[end + 1] == '"' || tag.at[end + 1] == '\''))
            return end + 2;
    }
    return 0;
}

static str attribute(str tag, str name)
{
    size_t begin = find_attribute(tag, name);
    if (!begin)
        return (str){ 0 };
    return str_trim(str_cut(tag, begin, str_find(tag, tag.at[begin - 1], begin)));
}

/* A length of CSS in user units; 0 for a share of something, or nothing at all. */
static double svg_length(str text)
{
    static const struct { const char *unit; double px; } units[] = {
        { "px", 1 }, { "mm", 96 / 25.4 }, { "cm", 96 / 2.54 }, { "in", 96 }, { "pt", 96.0 / 72 }, { "pc", 16 },
    };
    double number = 0, scale = 1;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_ends(text, str_of(units[i].unit))) {
            scale = units[i].px;
            text.len -= 2;
            break;
        }
    return str_to_double(str_trim(text), &number) && number > 0 ? number * scale : 0;
}

/* "0 0 120 40": its third and fourth number. */
static void svg_view(str box, double *width, double *height)
{
    double numbers[4] = { 0 };
    size_t n = 0;
    for (size_t at = 0; at < box.len && n < 4; n++) {
        size_t end = at;
        while (end < box.len && !strchr(" ,\t\r\n", box.at[end]))
            end++;
        if (!str_to_double(str_cut(box, at, end), &numbers[n]))
            return;
        while (end < box.len && strchr(" ,\t\r\n", box.at[end]))
            end++;
        at = end;
    }
    *width = n == 4 && numbers[2] > 0 ? numbers[2] : 0;
    *height = n == 4 && numbers[3] > 0 ? numbers[3] : 0;
}

/* What a picture of a document has no need for, and what makes readers fetch, run or swell something. */
static const char *svg_danger(str s)
{
    static const struct { const char *text, *why; } dangers[] = {
        { "<!DOCTYPE", "is an SVG with a DOCTYPE, which can make readers fetch or swell things" },
        { "<!ENTITY", "is an SVG with entities, which can make readers fetch or swell things" },
        { "<script", "is an SVG with a script" },
        { "<foreignObject", "is an SVG with a web page in it (foreignObject)" },
        { "<?xml-stylesheet", "is an SVG that fetches a style sheet" },
        { "@import", "is an SVG that fetches a style sheet" },
        { "href=\"http", "is an SVG that fetches something from the web" },
        { "href='http", "is an SVG that fetches something from the web" },
        { "url(http", "is an SVG that fetches something from the web" },
        { "javascript:", "is an SVG with a script" },
    };
    for (size_t i = 0; i < sizeof dangers / sizeof dangers[0]; i++)
        if (str_search(s, str_of(dangers[i].text), 0) != SIZE_MAX)
            return dangers[i].why;
    return NULL;
}

/* A comment before the root may hold anything. */
static size_t svg_root(str s)
{
    for (size_t at = str_find(s, '<', 0); at < s.len; at = str_find(s, '<', at)) {
        str rest = str_cut(s, at, s.len);
        size_t end = SIZE_MAX;
        if (str_starts(rest, STR("<!--")))
            end = str_search(rest, STR("-->"), 4);
        else if (str_starts(rest, STR("<?")) || str_starts(rest, STR("<!")))
            end = str_find(rest, '>', 0);
        else
            return str_starts(rest, STR("<svg")) && rest.len > 4 && strchr(" \t\r\n>", rest.at[4]) ? at : SIZE_MAX;
        if (end == SIZE_MAX)
            return SIZE_MAX;
        at += end;
    }
    return SIZE_MAX;
}

static const char *read_svg(str s, size_t root, struct image *image)
{
    str tag = str_cut(s, root, str_find(s, '>', root));
    double width = svg_length(attribute(tag, STR("width"))), height = svg_length(attribute(tag, STR("height"))), w = 0, h = 0;
    const char *danger = svg_danger(s);
    if (danger)
        return danger;
    if (utf8_invalid_at(s) < s.len || str_search(s, STR("</svg>"), root) == SIZE_MAX)
        return "is a damaged SVG file: its end is missing";
    svg_view(attribute(tag, STR("viewBox")), &w, &h);
    if (w > 0 && h > 0) {
        double scale = width > 0 ? width / w : height > 0 ? height / h : 1;
        width = width > 0 ? width : w * scale;
        height = height > 0 ? height : h * scale;
    }
    if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE)
        return "is an SVG that does not say how large it is (it needs width and height, or viewBox)";
    image->width = (uint32_t)(width + 0.5);
    image->height = (uint32_t)(height + 0.5);
    image->dpi = SCREEN_DPI;
    return NULL;
}

/* --- all --- */

static const char *read_any(str bytes, struct image *image)
{
    size_t root;
    if (bytes.len == 0)
        return "is an empty file";
    if (bytes.len >= sizeof png_mark && memcmp(bytes.at, png_mark, sizeof png_mark) == 0) {
        image->format = IMAGE_PNG;
        return read_png(bytes, image);
    }
    if (bytes.len > 3 && memcmp(bytes.at, "\xff\xd8\xff", 3) == 0) {
        image->format = IMAGE_JPEG;
        return read_jpeg(bytes, image);
    }
    if ((root = svg_root(bytes)) != SIZE_MAX) {
        image->format = IMAGE_SVG;
        return read_svg(bytes, root, image);
    }
    return "is no PNG, JPEG or SVG file";
}

const char *image_read(str bytes, struct image *image)
{
    *image = (struct image){ .bytes = bytes };
    const char *why = read_any(bytes, image);
    if (!why && (image->width == 0 || image->height == 0))
        why = "has no width or no height";
    if (!why && (image->width > LONGEST_SIDE || image->height > LONGEST_SIDE))
        why = "is more than 20,000 pixels wide or high";
    if (image->dpi < 36 || image->dpi > 2400) /* cameras and converters write nonsense */
        image->dpi = 0;
    return why;
}

const char *image_read_any(str bytes, struct image *image)
{
    static const struct { uint8_t format; size_t at; char mark[6]; size_t len; } marks[] = {
        { IMAGE_GIF, 0, "GIF8", 4 }, { IMAGE_EMF, 40, " EMF", 4 }, { IMAGE_WMF, 0, "\xD7\xCD\xC6\x9A", 4 } };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (bytes.len > 64 && memcmp(bytes.at + marks[i].at, marks[i].mark, marks[i].len) == 0) {
            *image = (struct image){ .format = marks[i].format, .bytes = bytes };
            return NULL;
        }
    return image_read(bytes, image);
}

static const char *const endings[] = { "", "png", "jpeg", "svg", "gif", "emf", "wmf" };
static const char *const mimes[] = { "", "image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/x-emf", "image/x-wmf" };

const char *image_ending(enum image_format format) { return endings[format]; }

const char *image_mime(enum image_format format) { return mimes[format]; }

void image_fit(const struct image *image, long room_width, long room_height, long *width, long *height)
{
    long dpi = image->dpi ? (long)image->dpi : PRINT_DPI;
    double w = (double)image->width * EMU_PER_INCH / (double)dpi, h = (double)image->height * EMU_PER_INCH / (double)dpi, scale = 1;
    if (room_width > 0 && w > (double)room_width)
        scale = (double)room_width / w;
    if (room_height > 0 && h * scale > (double)room_height)
        scale = (double)room_height / h;
    *width = (long)(w * scale) > 0 ? (long)(w * scale) : 1;
    *height = (long)(h * scale) > 0 ? (long)(h * scale) : 1;
}
