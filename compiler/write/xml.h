/* SPDX-License-Identifier: MIT */
/*
 * Text into XML. Characters that XML 1.0 does not allow (2.2 Char) never get through: C0 controls are dropped,
 * U+FFFE, U+FFFF and whatever is not UTF-8 become U+FFFD. An apostrophe stays plain, because Word for Mac has
 * been reported to call a package damaged whose text holds the entity; attributes are written in double quotes.
 */
#ifndef WRITE_XML_H
#define WRITE_XML_H

#include "base/buf.h"

/* Character data; tab and line breaks become spaces. */
void xml_text(struct buf *out, str text);
/* The value of an attribute, without its quotes. */
void xml_attribute(struct buf *out, str text);
/* The text that xml_text lets through, unescaped: for a reader of the parsed file and for tests. */
str xml_clean(struct arena *arena, str text);

#endif
