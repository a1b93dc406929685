/* SPDX-License-Identifier: MIT */
/* Changes to a text as bytes that take the place of others, so that all the rest of it stays exactly as somebody wrote it. */
#ifndef BASE_EDIT_H
#define BASE_EDIT_H

#include "base/buf.h"

/* [text] instead of the bytes [begin, end). */
struct edit {
    size_t begin, end;
    str    text;
    size_t order; /* of arrival */
};

struct edits { LIST_OF(struct edit); };

/* Enters an edit; [text] must outlive the edits. */
void edit_add(struct arena *arena, struct edits *edits, size_t begin, size_t end, str text);
/* Sorts the edits; one that reaches into another that came before it, or begins where that one does, is left out. Returns how many were. */
size_t edits_settle(struct edits *edits);
/* [bytes] with the settled edits made. */
str edits_apply(struct arena *arena, const struct edits *edits, str bytes);
/* The settled edits, of whole lines, that make [after] of [before]; their texts are slices of [after]. */
struct edits edits_between(struct arena *arena, str before, str after);
/* Appends what the settled edits change in the file [path], as `diff -u` does and `git apply` takes it; nothing where nothing changes. */
void edits_diff(struct arena *arena, struct buf *out, const struct edits *edits, str path, str bytes);

#endif
