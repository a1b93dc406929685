/* SPDX-License-Identifier: MIT */
/*
 * How wide a font runs. Fonts themselves are not read: they are on the reader's machine. What is known are average
 * widths of English text, which is enough to share out the columns of a table and to size what stands behind a title.
 */
#ifndef WRITE_FONT_WIDTH_H
#define WRITE_FONT_WIDTH_H

#include "base/str.h"

struct font_width { int regular, bold; }; /* percent of Calibri in its regular weight */

/* Of a font that is not known: wider than most, by what its name says of it. */
struct font_width font_width(str name);

#endif
