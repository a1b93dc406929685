/* SPDX-License-Identifier: MIT */
/* Which bytes are a picture, how large it is, and which are refused: damaged files and SVGs that do more than show something. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/image.h"

/* 3 by 2 pixels at 300 to the inch; checksums are not looked at. */
#define PNG_DPI "\0\0\0\x9pHYs\0\0\x2e\x23\0\0\x2e\x23\1...."
#define PNG_DATA "\0\0\0\1IDATx...."
#define PNG_END "\0\0\0\0IEND...."
#define JPEG_HEAD "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\1\0\x96\0\x96\0\0"
#define JPEG_FRAME "\xff\xc0\0\x0b\x8\0\x28\0\x50\1\1\x11\0"
#define JPEG_SCAN "\xff\xda\0\x8\1\1\0\0\x3f\0" "pixels\xff\xd9"

static const char *why;

static struct image read_as(str bytes)
{
    struct image image;
    why = image_read(bytes, &image);
    return image;
}

#define REFUSED(bytes, words) do { read_as(bytes); assert_non_null(why); if (!strstr(why, words)) fail_msg("%s", why); } while (0)

static void png(void **state)
{
    (void)state;
    struct image image = read_as(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x8\2\0\0\0...." PNG_DPI PNG_DATA PNG_END));
    assert_null(why);
    assert_int_equal(image.format, IMAGE_PNG);
    assert_int_equal(image.width, 3);
    assert_int_equal(image.height, 2);
    assert_int_equal(image.dpi, 300);
    REFUSED(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x8\2\0\0\0...." PNG_DPI PNG_DATA), "its end is missing");
    REFUSED(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x8\2\0\0\0...." PNG_END), "no pixels");
    REFUSED(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\2\x8\2\0\0\0...." PNG_DATA PNG_END), "no width");
    REFUSED(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\0\0\2\x8\2\0\0\0...." PNG_DATA PNG_END), "20,000");
    REFUSED(STR("\x89PNG\r\n\x1a\n\0\0"), "no header");
}

static void jpeg(void **state)
{
    (void)state;
    struct image image = read_as(STR(JPEG_HEAD JPEG_FRAME JPEG_SCAN));
    assert_null(why);
    assert_int_equal(image.format, IMAGE_JPEG);
    assert_int_equal(image.width, 80);
    assert_int_equal(image.height, 40);
    assert_int_equal(image.dpi, 150);
    REFUSED(STR(JPEG_HEAD JPEG_SCAN), "how large");
    REFUSED(STR(JPEG_HEAD JPEG_FRAME), "pixels are missing");
    REFUSED(STR("\xff\xd8\xff\xe0\xff\xffJFIF"), "pixels are missing");
}

static void svg_sizes(void **state)
{
    (void)state;
    struct image image = read_as(STR("<?xml version='1.0'?><!-- <svg width='9'> --><svg xmlns='x' stroke-width='3' width='25.4mm' height=\"48\"></svg>"));
    assert_null(why);
    assert_int_equal(image.format, IMAGE_SVG);
    assert_int_equal(image.width, 96);
    assert_int_equal(image.height, 48);
    image = read_as(STR("<svg viewBox='0 0 120.4, 40' width=\"100%\"></svg>"));
    assert_null(why);
    assert_int_equal(image.width, 120);
    assert_int_equal(image.height, 40);
    image = read_as(STR("<svg viewBox='0 0 120 40' width='60'></svg>"));
    assert_int_equal(image.height, 20);
    REFUSED(STR("<svg></svg>"), "how large");
    REFUSED(STR("<svg width='4' height='4'>"), "end is missing");
}

static void svg_dangers(void **state)
{
    (void)state;
    REFUSED(STR("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg width='4' height='4'></svg>"), "DOCTYPE");
    REFUSED(STR("<svg width='4' height='4'><script>1</script></svg>"), "script");
    REFUSED(STR("<svg width='4' height='4'><image xlink:href=\"https://example.org/x\"/></svg>"), "from the web");
    REFUSED(STR("<svg width='4' height='4'><a href='javascript:x'/></svg>"), "script");
    REFUSED(STR("<svg width='4' height='4'><style>@import 'x'</style></svg>"), "style sheet");
    REFUSED(STR("<svg width='4' height='4'><foreignObject/></svg>"), "foreignObject");
}

static void others(void **state)
{
    (void)state;
    REFUSED(STR(""), "empty");
    REFUSED(STR("GIF89a..........."), "no PNG, JPEG or SVG");
    REFUSED(STR("<html><svg width='4' height='4'></svg></html>"), "no PNG, JPEG or SVG");
    REFUSED(STR("<!-- <svg"), "no PNG, JPEG or SVG");
}

static void fits(void **state)
{
    (void)state;
    const struct image photo = { .format = IMAGE_JPEG, .width = 3000, .height = 1500, .dpi = 300 }, drawing = { .format = IMAGE_PNG, .width = 300, .height = 150 };
    long width, height;
    image_fit(&photo, 0, 0, &width, &height);
    assert_int_equal(width, 10 * EMU_PER_INCH);
    assert_int_equal(height, 5 * EMU_PER_INCH);
    image_fit(&photo, 6 * EMU_PER_INCH, 2 * EMU_PER_INCH, &width, &height);
    assert_int_equal(width, 4 * EMU_PER_INCH);
    assert_int_equal(height, 2 * EMU_PER_INCH);
    image_fit(&drawing, 6 * EMU_PER_INCH, 0, &width, &height); /* never larger than its own size */
    assert_int_equal(width, 2 * EMU_PER_INCH);
}

/* The picture in [bytes] without what it says about itself. */
static str stripped(struct arena *arena, str bytes)
{
    struct image image = read_as(bytes);
    assert_null(why);
    image_strip(arena, &image);
    return image.bytes;
}

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x8\2\0\0\0...."
#define EXIF_HEAD "\xff\xe1\0\x22" "Exif\0\0"

static void strips(void **state)
{
    struct memory memory = { .limit = 1 << 20 };
    struct arena  arena;
    str plain = STR(PNG_HEAD PNG_DPI PNG_DATA PNG_END);
    (void)state;
    arena_init(&arena, &memory);
    if (setjmp(memory.escape))
        fail_msg("no memory");
    assert_true(stripped(&arena, plain).at == plain.at); /* nothing to take out: no copy */
    assert_true(str_eq(stripped(&arena, STR(PNG_HEAD "\0\0\0\6tEXta\0Anna...." PNG_DPI PNG_DATA PNG_END "Anna")), plain));
    str photo = STR(JPEG_HEAD JPEG_FRAME JPEG_SCAN);
    assert_true(stripped(&arena, photo).at == photo.at);
    assert_true(str_eq(stripped(&arena, STR(JPEG_HEAD "\xff\xfe\0\6Anna" "\xff\xed\0\6Anna" JPEG_FRAME JPEG_SCAN "Anna")), photo));
    /* Which way up stays, written in the one order; the name of who took it goes. */
    str turned = STR(JPEG_HEAD "\xff\xe1\0\x27" "Exif\0\0" "II*\0\x8\0\0\0" "\1\0" "\x12\1\3\0\1\0\0\0\6\0\0\0" "\0\0\0\0Anna\0" JPEG_FRAME JPEG_SCAN);
    str kept = STR(JPEG_HEAD EXIF_HEAD "MM\0*\0\0\0\x8" "\0\1" "\1\x12\0\3\0\0\0\1\0\6\0\0" "\0\0\0\0" JPEG_FRAME JPEG_SCAN);
    assert_true(str_eq(stripped(&arena, turned), kept));
    assert_true(str_eq(stripped(&arena, kept), kept));
    arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(png), cmocka_unit_test(jpeg), cmocka_unit_test(svg_sizes),
        cmocka_unit_test(svg_dangers), cmocka_unit_test(others), cmocka_unit_test(fits),
        cmocka_unit_test(strips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
