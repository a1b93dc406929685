/* SPDX-License-Identifier: MIT */
/* The check sum of the ZIP format (APPNOTE 6.3.10, 4.4.7): CRC-32 of IEEE 802.3, as in PNG and gzip. */
#ifndef WRITE_CRC32_H
#define WRITE_CRC32_H

#include "base/str.h"

enum { CRC32_STRIDE = 16 };

/* What each byte does to the sum, and what it does when up to fifteen others follow: sixteen are looked up at once. */
struct crc32 { uint32_t of[CRC32_STRIDE][256]; };

void crc32_prepare(struct crc32 *table);
/* The sum of a text that goes on with [bytes], [before] being the sum of what came before: 0 at the beginning. */
uint32_t crc32_add(const struct crc32 *table, uint32_t before, str bytes);

#endif
