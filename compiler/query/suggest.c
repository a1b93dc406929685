/* SPDX-License-Identifier: MIT */
#include "query/suggest.h"

struct suggestion suggest_for(str wanted)
{
    /* A third of the letters may be wrong; in two letters one is too much of a guess. */
    return (struct suggestion){ .wanted = wanted, .distance = wanted.len < 3 ? 1 : wanted.len / 3 + 1 };
}

void suggest_try(struct suggestion *s, str candidate)
{
    if (s->distance == 0)
        return;
    if (str_eq_nocase(s->wanted, candidate)) {
        s->best = candidate;
        s->distance = 0;
        return;
    }
    size_t distance = str_distance(s->wanted, candidate, s->distance);
    if (distance < s->distance || (distance == s->distance && s->best.len == 0 && s->wanted.len >= 3)) {
        s->best = candidate;
        s->distance = distance;
    }
}

str suggest_help(struct arena *arena, const struct suggestion *s, str otherwise)
{
    return s->best.len ? str_print(arena, "did you mean `%.*s`?", STR_ARG(s->best)) : otherwise;
}
