/* SPDX-License-Identifier: MIT */
/* The container of a ZIP archive around parts that are compressed. Internal to zip.c. */
#ifndef WRITE_ZIP_CONTAINER_H
#define WRITE_ZIP_CONTAINER_H

#include "base/spool.h"

/* A part as an archive holds it. */
struct zip_packed {
    const struct spool *before; /* where most of a long part is; or NULL */
    str      bytes;             /* what comes after that */
    uint64_t size; /* before they were deflated */
    uint32_t crc;  /* likewise */
    bool     stored;
};

/* A part with its name in one archive. */
struct zip_entry {
    str                      name;
    const struct zip_packed *packed;
    struct buf              *spent; /* where the bytes stand, to be given back when the archive has them; or NULL */
};

/* Appends the parts of an archive of the entries to [out], in [arena]. NULL, or what went wrong. */
const char *zip_container_write(struct arena *arena, const struct zip_entry *entries, size_t n, struct parts *out);

#endif
