/* SPDX-License-Identifier: MIT */
/*
 * A document -> Markdown as forges show it (CommonMark with pipe tables, footnotes, task lists and strikethrough), with
 * the facts of its cover in front matter. A paragraph, a row and an item are a line each, so that a comparison of two
 * builds shows what changed and nothing else. An anchor is written only where the document itself refers to it.
 */
#ifndef WRITE_MARKDOWN_H
#define WRITE_MARKDOWN_H

#include "base/buf.h"
#include "weave/document.h"

/* Appends [doc] to [out]. Pictures are named by the path the source has for them. */
void markdown_write(struct arena *arena, const struct document *doc, struct buf *out);

#endif
