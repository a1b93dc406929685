/* SPDX-License-Identifier: MIT */
/*
 * A document into an Office Open XML package (ECMA-376, Transitional), as Word writes it: real styles, numbering,
 * contents, running heads, notes and document properties. The bytes depend on [doc] alone.
 */
#ifndef WRITE_DOCX_H
#define WRITE_DOCX_H

#include "base/spool.h"
#include "weave/document.h"

/*
 * Appends the bytes of the .docx file to [out]. NULL, or what went wrong, as text that lives in [arena]: the
 * archive library can be missing. Working memory comes from [arena].
 */
const char *docx_write(struct arena *arena, const struct document *doc, struct buf *out);
/* The same bytes sooner, in parts that live as long as [arena]: what documents have in common is made once for all that are written with [shared]. */
struct zip_shared;
const char *docx_write_shared(struct arena *arena, struct zip_shared *shared, const struct document *doc, struct parts *out);

#endif
