/* SPDX-License-Identifier: MIT */
/*
 * The tables of a document that belong to sheets, as a workbook for Excel and LibreOffice: a first sheet that says what it is and leads to the
 * others, then one for each name, whose rows can be filtered and sorted. The bytes depend on [doc] alone.
 */
#ifndef WRITE_XLSX_H
#define WRITE_XLSX_H

#include "base/buf.h"
#include "weave/document.h"

/*
 * Appends the bytes of the .xlsx file to [out]. NULL, or what went wrong, as text that lives in [arena]: the library can be missing, a register
 * can have more rows than a sheet. Working memory comes from [arena].
 */
const char *xlsx_write(struct arena *arena, const struct document *doc, struct buf *out);

#endif
