/* SPDX-License-Identifier: MIT */
/*
 * Pictures without what they say about themselves: who took them, where, with what, and how they looked before they were cut.
 * What is kept is named; everything else goes, known or not.
 */
#include "base/buf.h"
#include "base/image.h"

static uint32_t big32(const unsigned char *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static uint32_t big16(const unsigned char *p) { return (uint32_t)p[0] << 8 | p[1]; }

static void put(struct buf *out, const unsigned char *at, size_t len) { buf_put(out, (str){ (const char *)at, len }); }

/* ---- PNG (ISO/IEC 15948) ---- */

/* Chunks that say how pixels look. */
static bool is_kept(const unsigned char *name)
{
    static const char kept[][5] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT" };
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (memcmp(name, kept[i], 4) == 0)
            return true;
    return false;
}

/* What stands behind the last chunk goes, too. */
static void strip_png(str s, struct buf *out)
{
    const unsigned char *p = (const unsigned char *)s.at;
    put(out, p, 8);
    for (size_t at = 8, len; s.len - at >= 12; at += len + 12) {
        len = big32(p + at);
        if (len > s.len - at - 12)
            return;
        if (is_kept(p + at + 4))
            put(out, p + at, len + 12);
        if (memcmp(p + at + 4, "IEND", 4) == 0)
            return;
    }
}

/* ---- JPEG (ITU-T T.81) ---- */

/* The number of [n] bytes in Exif, whose order the file chooses. */
static uint32_t exif_number(const unsigned char *p, unsigned n, bool little)
{
    uint32_t number = 0;
    for (unsigned i = 0; i < n; i++)
        number = number << 8 | p[little ? n - 1 - i : i];
    return number;
}

/* How the picture is turned, as its Exif says: 1 to 8; 1 where it says nothing. */
static uint32_t orientation(const unsigned char *tiff, size_t len)
{
    enum { ENTRY = 12, ORIENTATION = 0x0112 };
    bool little = len > 8 && tiff[0] == 'I';
    size_t at = len > 8 ? exif_number(tiff + 4, 4, little) : len;
    if (at > len || len - at < 2)
        return 1;
    size_t entries = exif_number(tiff + at, 2, little);
    at += 2;
    for (size_t i = 0; i < entries && len - at >= ENTRY; i++, at += ENTRY)
        if (exif_number(tiff + at, 2, little) == ORIENTATION) {
            uint32_t value = exif_number(tiff + at + 8, 2, little);
            return value >= 1 && value <= 8 ? value : 1;
        }
    return 1;
}

/* An Exif segment that says how the picture is turned and nothing else. */
static void put_orientation(struct buf *out, uint32_t value)
{
    unsigned char exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
    exif[29] = (unsigned char)value;
    put(out, exif, sizeof exif);
}

/* The segment at [p], which is [len] bytes with its marker. */
static void put_segment(struct buf *out, const unsigned char *p, size_t len)
{
    enum { JFIF = 18, ADOBE = 0xee, PROFILE = 0xe2, EXIF = 0xe1, COMMENT = 0xfe };
    unsigned char marker = p[1];
    if (marker == 0xe0 && len >= JFIF && memcmp(p + 4, "JFIF", 5) == 0) {
        unsigned char head[JFIF] = { 0xff, 0xe0, 0, JFIF - 2 };
        memcpy(head + 4, p + 4, JFIF - 6); /* without the small picture behind it, which may show more */
        put(out, head, JFIF);
    } else if (marker == EXIF && len > 10 && memcmp(p + 4, "Exif", 5) == 0) {
        uint32_t turned = orientation(p + 10, len - 10);
        if (turned != 1)
            put_orientation(out, turned);
    } else if (marker == ADOBE || (marker == PROFILE && len > 16 && memcmp(p + 4, "ICC_PROFILE", 12) == 0)) {
        put(out, p, len);
    } else if (marker != COMMENT && (marker < 0xe0 || marker > 0xef)) {
        put(out, p, len);
    }
}

/* The end of the pixels that begin at [at]: the next marker that is none of theirs. */
static size_t scan_end(const unsigned char *p, size_t at, size_t len)
{
    while (at + 1 < len && !(p[at] == 0xff && p[at + 1] != 0 && p[at + 1] != 0xff && (p[at + 1] < 0xd0 || p[at + 1] > 0xd7)))
        at++;
    return at + 1 < len ? at : len;
}

static void strip_jpeg(str s, struct buf *out)
{
    enum { END = 0xd9, SCAN = 0xda };
    const unsigned char *p = (const unsigned char *)s.at;
    put(out, p, 2);
    for (size_t at = 2; at + 4 <= s.len;) {
        while (at + 4 < s.len && p[at] == 0xff && p[at + 1] == 0xff)
            at++; /* padding */
        size_t len = big16(p + at + 2) + 2;
        if (p[at] != 0xff || p[at + 1] == END || len > s.len - at)
            break;
        put_segment(out, p + at, len);
        bool pixels = p[at + 1] == SCAN;
        at += len;
        if (pixels) {
            size_t end = scan_end(p, at, s.len);
            put(out, p + at, end - at);
            at = end;
        }
    }
    put(out, (const unsigned char *)"\xff\xd9", 2);
}

void image_strip(struct arena *arena, struct image *image)
{
    if (image->format != IMAGE_PNG && image->format != IMAGE_JPEG)
        return;
    struct buf *out = buf_new(arena);
    if (image->format == IMAGE_PNG)
        strip_png(image->bytes, out);
    else
        strip_jpeg(image->bytes, out);
    if (!str_eq(buf_str(out), image->bytes))
        image->bytes = str_copy(arena, buf_str(out));
    buf_free(out);
}
