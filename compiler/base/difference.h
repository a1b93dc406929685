/* SPDX-License-Identifier: MIT */
/* What changed from one text to another, line by line. */
#ifndef BASE_DIFFERENCE_H
#define BASE_DIFFERENCE_H

#include "base/buf.h"

/*
 * Appends the lines that differ, "- " before those that went and "+ " before those that came, a longest common
 * subsequence being kept; returns how many. Texts of more than 3,000 lines are said to differ as wholes.
 */
size_t difference(struct arena *arena, struct buf *out, str before, str after);

#endif
