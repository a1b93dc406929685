/* SPDX-License-Identifier: MIT */
/* What a reference document gives to a package: its styles under our ids, its header and footer with our values. */
#ifndef WRITE_DOCX_REFERENCE_H
#define WRITE_DOCX_REFERENCE_H

#include "write/docx_part.h"

/* Our styles.xml as text -> the same with the reference's looks where it has a style of that name, and with those of its own that are needed. */
void reference_put_styles(struct docx *docx, struct buf *out, str ours);
/* Whether that header or footer is the reference's; enum reference_frame. */
bool reference_has_frame(const struct docx *docx, int frame);
/* The blocks of a header or footer; [part] names it in the ids of its controls. */
void reference_put_frame(struct docx *docx, struct buf *out, int frame, const char *part, bool landscape);
/* Declarations of namespaces that this header or footer needs beyond the usual ones. */
void reference_put_namespaces(const struct docx *docx, struct buf *out, int frame);

/* The id that a style of the reference has in the package. */
struct reference_style;
str reference_style_id(const struct docx *docx, const struct reference_style *style);

#endif
