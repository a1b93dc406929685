/* SPDX-License-Identifier: MIT */
/* Bytes as text: RFC 4648, section 4. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

/* Appends [bytes] in base 64, padded. */
void base64_put(struct buf *out, str bytes);

#endif
