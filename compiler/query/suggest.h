/* SPDX-License-Identifier: MIT */
/* "Did you mean": the known name nearest to one that is not known. Internal to query/. */
#ifndef QUERY_SUGGEST_H
#define QUERY_SUGGEST_H

#include "base/arena.h"

struct suggestion {
    str    wanted, best; /* best is empty while nothing is near enough */
    size_t distance;
};

/* Starts a search for something like [wanted]. */
struct suggestion suggest_for(str wanted);
void suggest_try(struct suggestion *suggestion, str candidate);
/* "did you mean `due`?", or [otherwise] when nothing was near. */
str suggest_help(struct arena *arena, const struct suggestion *suggestion, str otherwise);

#endif
