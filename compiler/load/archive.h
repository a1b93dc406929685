/* SPDX-License-Identifier: MIT */
/*
 * The parts of a ZIP archive that somebody else made. Nothing is unpacked but what is asked for, and that with a limit
 * that the archive's own word does not decide; names that lead anywhere make the whole archive refused. libzip is
 * loaded when the first archive is read.
 */
#ifndef LOAD_ARCHIVE_H
#define LOAD_ARCHIVE_H

#include "base/buf.h"
#include "base/map.h"

struct archive;

/* Opens [bytes], which must outlive the archive. NULL, or why it can not be used: words that complete "the file ...". */
const char *archive_open(struct arena *arena, str bytes, struct archive **archive);
bool archive_has(const struct archive *archive, str name);
/* The n-th part's name; empty after the last. */
str archive_name(const struct archive *archive, size_t n);
/* The bytes of the part [name], at most [most], in [arena]. NULL, or why not: "is not there". */
const char *archive_read(struct archive *archive, struct arena *arena, str name, size_t most, str *bytes);

#endif
