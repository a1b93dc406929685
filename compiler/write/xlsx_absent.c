/* SPDX-License-Identifier: MIT */
/* Workbooks in a program that can load no library: there are none. */
#include "write/book.h"
#include "write/xlsx.h"

static const char why[] = "this program is one file and can not write workbooks; the one that is built without STATIC=1 can";

const char *xlsx_write(struct arena *arena, const struct document *doc, struct buf *out)
{
    (void)arena, (void)doc, (void)out;
    return why;
}

const char *book_about(struct arena *arena, const char **about)
{
    (void)arena, (void)about;
    return why;
}
