/* SPDX-License-Identifier: MIT */
/*
 * Bytes into a DEFLATE stream (RFC 1951), made for XML: long repeats are found by their first eight bytes, and inside of one
 * hardly anything is looked at. That takes a little more than half of the time of zlib at level 3, and makes Word files as small;
 * text that repeats little would be smaller by zlib. The same bytes give the same stream on every machine, however they come in.
 */
#ifndef WRITE_DEFLATE_H
#define WRITE_DEFLATE_H

#include "base/buf.h"

/* One stream after the other. A stream does not depend on those before it. */
struct deflate;
struct deflate *deflate_new(struct arena *arena);
/* Takes [bytes]; what can be said of the stream already is appended to [out]. */
void deflate_put(struct deflate *deflate, str bytes, struct buf *out);
/* The rest of the stream. What is put then begins another. */
void deflate_end(struct deflate *deflate, struct buf *out);

#endif
