/* SPDX-License-Identifier: MIT */
/* Ids of records in running text. */
#ifndef MODEL_MENTION_H
#define MODEL_MENTION_H

#include "model/model.h"

/* Whether an id can not be taken for a word: it has a letter, and a digit or sign. "R-001" is distinct, "backup" is not. */
bool mention_is_distinct(str id);
/*
 * The next id in [text] from *at on that [whole] has and [part] has not: one that is distinct, or stands behind [[. Then *at is behind it;
 * false where there is none.
 */
bool mention_next(const struct model *whole, const struct model *part, str text, size_t *at, str *id);

#endif
