/* SPDX-License-Identifier: MIT */
/*
 * Outputs that need not be in memory. A long text is put into a spool while it is made, piece by piece, and read again when the file is
 * written that it belongs to: it is in a file without a name, in $TMPDIR or /tmp, which goes with the program whatever happens. Where no such
 * file can be had, or it takes no more, the rest stays in memory.
 */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include "base/buf.h"

struct spool;
/* An empty one, which goes with [arena]. Nothing is opened before there is something to put. */
struct spool *spool_new(struct arena *arena);
/* Appends [bytes], which the caller may then use for something else. Each is a call of the system: not for less than some kilobytes. */
void spool_put(struct spool *spool, str bytes);
/* How much was put. No spool (NULL) holds nothing. */
uint64_t spool_len(const struct spool *spool);

/* An output in parts, one behind the other: of each what its spool holds (NULL: nothing), then its bytes. */
struct part {
    const struct spool *spool;
    str                 bytes;
};
struct parts { LIST_OF(struct part); };

uint64_t parts_len(const struct parts *parts);
/* Gives all of it to take(state, piece), in order, until that says no. False also when something can not be read again; errno then says why. */
bool parts_give(const struct parts *parts, bool (*take)(void *state, str piece), void *state);
/* Appends all of it to [out]; false when something can not be read again. */
bool parts_put(const struct parts *parts, struct buf *out);

#endif
