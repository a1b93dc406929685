/* SPDX-License-Identifier: MIT */
/* Text into JSON (RFC 8259). */
#ifndef WRITE_JSON_H
#define WRITE_JSON_H

#include "base/buf.h"

/* A string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void json_string(struct buf *out, str s);
/* A member of an object whose value is a string, with the comma behind it. */
void json_member(struct buf *out, const char *name, str value);

#endif
