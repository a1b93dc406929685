/* SPDX-License-Identifier: MIT */
/* Numbers of clauses and controls: rules carry those of 2022, a project of the 2013 edition reads its own. */
#ifndef MODEL_EDITION_H
#define MODEL_EDITION_H

#include "model/model.h"

/*
 * "9.2.2 b)" -> "9.2 e)", "A.5.9" -> "A.8.1.1 and A.8.1.2" in a project of 2013, by what the catalogue says; unchanged in one of
 * 2022. Empty where the project's edition has nothing of the kind.
 */
str edition_clause(struct arena *arena, const struct model *model, str clause);

#endif
