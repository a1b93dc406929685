/* SPDX-License-Identifier: MIT */
/*
 * A reference document to begin with: every style, by its name and with a sentence on what it is for, on the brand's
 * page, with its theme and running lines. A designer changes it in Word; as it is, it changes nothing.
 */
#ifndef WRITE_DOCX_STARTER_H
#define WRITE_DOCX_STARTER_H

#include "base/buf.h"
#include "weave/document.h"

/* Appends the file to [out]; [day] is that of its properties. NULL, or what went wrong. */
const char *docx_starter(struct arena *arena, const struct brand *brand, int32_t day, struct buf *out);

#endif
