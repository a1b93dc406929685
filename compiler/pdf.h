/* SPDX-License-Identifier: MIT */
/* Documents as PDF: their Word files or pages, laid out by another program that is there. */
#ifndef PDF_H
#define PDF_H

#include "session.h"
#include "write/html.h"
#include "write/zip.h"

struct pdf;

/* NULL after session_fail(): no program is here that could do it, or there is no place for its files. Lives as long as the session. */
struct pdf *pdf_begin(struct ismsc *s);
/* Writes down what the program will lay out. */
enum ismsc_status pdf_take(struct ismsc *s, struct pdf *pdf, const struct document *document, struct zip_shared *zips, const struct html_assets *assets);
/* Has all of them laid out. */
enum ismsc_status pdf_make(struct ismsc *s, struct pdf *pdf);
size_t pdf_count(const struct pdf *pdf);
/* The [i]th: its name without ending, and its bytes appended to [out]; they depend on the document and on the programs and fonts that are there. */
enum ismsc_status pdf_read(struct ismsc *s, const struct pdf *pdf, size_t i, str *name, struct buf *out);
/* What whoever asked should know of the PDFs; NULL: nothing. */
const char *pdf_remark(const struct pdf *pdf);

#endif
