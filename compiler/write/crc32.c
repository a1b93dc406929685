/* SPDX-License-Identifier: MIT */
#include "write/crc32.h"

/* The polynomial of IEEE 802.3, lowest bit first. */
#define POLYNOMIAL 0xEDB88320u

void crc32_prepare(struct crc32 *table)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte;
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ POLYNOMIAL : sum >> 1;
        table->of[0][byte] = sum;
    }
    for (size_t i = 1; i < CRC32_STRIDE; i++)
        for (size_t byte = 0; byte < 256; byte++)
            table->of[i][byte] = table->of[i - 1][byte] >> 8 ^ table->of[0][table->of[i - 1][byte] & 0xFF];
}

uint32_t crc32_add(const struct crc32 *table, uint32_t before, str bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    uint32_t sum = ~before;
    for (; bytes.len >= CRC32_STRIDE; bytes.len -= CRC32_STRIDE, at += CRC32_STRIDE) {
        uint32_t next = 0;
        for (size_t i = 0; i < sizeof sum; i++)
            next ^= table->of[CRC32_STRIDE - 1 - i][at[i] ^ (sum >> 8 * i & 0xFF)];
        for (size_t i = sizeof sum; i < CRC32_STRIDE; i++)
            next ^= table->of[CRC32_STRIDE - 1 - i][at[i]];
        sum = next;
    }
    for (; bytes.len; bytes.len--, at++)
        sum = sum >> 8 ^ table->of[0][(sum ^ *at) & 0xFF];
    return ~sum;
}
