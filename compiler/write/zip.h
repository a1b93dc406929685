/* SPDX-License-Identifier: MIT */
/*
 * Named parts into the bytes of a ZIP archive, the same bytes every time: entries in the order given, all dated
 * 1980-01-01 (the format's zero; any later date would be shifted through the local time zone), Unix mode 0644
 * (Word for Mac has been reported to refuse entries with none), deflate.
 *
 * libdeflate and zlib are loaded when the first archive is made (zip_library.h) and stay for the life of the process. The container around
 * their output is a few headers, which zip_container.c writes: the library for that would bring a cryptography library along.
 */
#ifndef WRITE_ZIP_H
#define WRITE_ZIP_H

#include "base/spool.h"

struct zip_stream;
struct zip_part {
    str  name, data; /* [data] must live until zip_pack returns */
    str  common;     /* a name for what other archives have the same of: compressed once, then copied without a look at [data]; empty: it is of this one */
    bool stored; /* as it is: pictures are compressed already */
    struct zip_stream *stream; /* instead of [data]: what was put into it, which goes with the archive */
};

/* What archives have in common: the libraries, and the parts that are in many of them. It may serve for as long as [arena] lives. */
struct zip_shared;
struct zip_shared *zip_shared_new(struct arena *arena);

/* Whether a part of that name is there to be copied. */
bool zip_knows(const struct zip_shared *shared, str common);

/* A part that is compressed while it is made, one at a time and closed before anything is packed. NULL, or what went wrong. */
const char *zip_stream_open(struct arena *arena, struct zip_shared *shared, struct zip_stream **stream);
void zip_stream_put(struct zip_stream *stream, str bytes);
void zip_stream_close(struct zip_stream *stream);

/* Appends the archive to [out], in parts that live in [arena]; its bytes do not depend on what [shared] has seen. NULL, or what went wrong, as text in [arena]. */
const char *zip_pack(struct arena *arena, struct zip_shared *shared, const struct zip_part *parts, size_t nparts, struct parts *out);

/* Whether archives can be made here: NULL with *about ("zlib is loaded"), or what is missing. */
const char *zip_about(const char **about);

#endif
