/* SPDX-License-Identifier: MIT */
/* Fields and values in the headers and footers of a reference document. */
#ifndef WEAVE_REFERENCE_FIELD_H
#define WEAVE_REFERENCE_FIELD_H

#include "weave/reference_part.h"

/* EMPTIED: kept, but what it showed is of another document. VALUE: a value of ours takes its place. */
enum field_fate { FIELD_KEPT, FIELD_EMPTIED, FIELD_VALUE, FIELD_DROPPED };
enum field_fate field_fate(str code, uint8_t *value);

/* What becomes of the fields below [root]; what goes is called "=drop". */
void reference_fields(struct reading_reference *r, str part, struct xml_node *root);
/* Makes [node], a child of a run, the place where [value] (enum brand_value) is shown. */
void reference_value(struct reading_reference *r, struct xml_node *node, uint8_t value);

#endif
