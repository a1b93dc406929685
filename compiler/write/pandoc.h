/* SPDX-License-Identifier: MIT */
/*
 * A document -> pandoc's document format: the tree of Text.Pandoc.Definition as JSON, from which pandoc makes ODT,
 * LaTeX, EPUB and what else it knows. Cover and document control become metadata and tables; the contents are left to
 * `--toc`, and the numbers of headings to `--number-sections`. A level or status keeps its tone as a class: `good`,
 * `warning`, `bad`, `level` with the attribute `level="2/4"`. Pictures are data: addresses (RFC 2397).
 */
#ifndef WRITE_PANDOC_H
#define WRITE_PANDOC_H

#include "base/buf.h"
#include "weave/document.h"

/* Versions of pandoc-types; pandoc reads those whose first two numbers are its own. */
enum pandoc_types {
    PANDOC_1_22, /* pandoc 2.11 to 2.19 */
    PANDOC_1_23, /* pandoc 3 */
};

/* Appends [doc] to [out]. */
void pandoc_write(struct arena *arena, const struct document *doc, enum pandoc_types types, struct buf *out);

#endif
