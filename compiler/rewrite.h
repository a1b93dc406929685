/* SPDX-License-Identifier: MIT */
/* Edits of a project's files on their way to the disk: what they change can be shown, and all files are written or none. */
#ifndef REWRITE_H
#define REWRITE_H

#include "base/edit.h"
#include "session.h"

struct rewrite {
    struct source *source;
    struct edits   edits;
    str            after; /* the file's bytes then; made by rewrites_settle */
};

struct rewrites {
    struct ismsc *session;
    LIST_OF(struct rewrite *) list; /* in the order of the sources, after rewrites_settle */
};

/* Enters an edit of bytes [begin, end) of a source; all memory is the session's. */
void rewrites_add(struct rewrites *rewrites, struct source *source, size_t begin, size_t end, str text);
/* Makes the edits in memory, and forgets files that would stay as they are. */
void rewrites_settle(struct rewrites *rewrites);
/* The settled changes as a unified diff. */
void rewrites_diff(const struct rewrites *rewrites, struct buf *out);
/*
 * Puts the settled files in place, all of them or none; each keeps its permissions, and one that is a link stays one. Fails, and
 * writes nothing, where the session reads a revision or the index, or where somebody has changed a file since it was read.
 */
enum ismsc_status rewrites_write(struct rewrites *rewrites);
/* Another session on the same project as it would be then; NULL when there is no memory. Closing the first one's scratch arena closes it. */
struct ismsc *rewrites_open(const struct rewrites *rewrites);

#endif
