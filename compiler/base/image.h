/* SPDX-License-Identifier: MIT */
/*
 * A picture's format and size from its bytes: PNG (ISO/IEC 15948), JPEG (ITU-T T.81 in JFIF or Exif) and SVG 1.1.
 * Pixels are never decoded; what is looked at is enough to lay the picture out and to tell a damaged or dangerous
 * file from one that Word and browsers show.
 */
#ifndef BASE_IMAGE_H
#define BASE_IMAGE_H

#include "base/arena.h"
#include "base/str.h"

enum image_format { IMAGE_NONE, IMAGE_PNG, IMAGE_JPEG, IMAGE_SVG, IMAGE_GIF, IMAGE_EMF, IMAGE_WMF };

struct image {
    uint8_t  format;
    uint32_t width, height;  /* pixels; of an SVG: user units, 96 to the inch */
    uint32_t dpi;            /* as the file says; 0: it does not */
    str      bytes;          /* the file, not copied */
    const struct image *fallback; /* of an SVG: the same picture as PNG, for readers that know no SVG; set by who has it */
};

enum { EMU_PER_INCH = 914400, EMU_PER_MM = 36000 };

/* Fills *image from the bytes of a file. NULL, or why it can not be used: words that complete "the picture ...". */
const char *image_read(str bytes, struct image *image);
/* The same for what Word shows and pages need not: GIF, EMF and WMF, too, of which no more is known than that. */
const char *image_read_any(str bytes, struct image *image);
/*
 * image_strip.c: takes out of a PNG or JPEG all that is not needed to show it: texts, Exif (but how it is turned), XMP, small pictures,
 * what stands behind its end. The bytes are [arena]'s where there was something. An SVG is a text and stays as it is.
 */
void image_strip(struct arena *arena, struct image *image);
/* "png", and "image/png". */
const char *image_ending(enum image_format format);
const char *image_mime(enum image_format format);
/*
 * How large it is printed, in English Metric Units: its own size (at its own resolution, or 150 to the inch), made
 * smaller where it is wider or higher than there is room, never larger. An SVG is as large as it says.
 */
void image_fit(const struct image *image, long room_width, long room_height, long *width, long *height);

#endif
