/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions that always run in time linear in the text: a subset of RE2 without captures, matched
 * by following all possibilities at once (Thompson), as states that are kept where that is quicker. Knows:  . [a-z] [^...] ( ) (?: ) | * + ? {m,n} and their
 * lazy forms, ^ $ \b \B, \d \w \s \D \W \S, \t \n \r \f \v \x41 \x{1F600}, (?i) at the start. Refuses the rest.
 * Text and pattern are UTF-8; case and \w are ASCII's.
 */
#ifndef QUERY_REGEX_H
#define QUERY_REGEX_H

#include "base/arena.h"

struct regex;

struct regex_problem {
    const char *message;
    size_t      at; /* offset into the pattern */
};

/* NULL with *problem set where [pattern] is not understood. */
const struct regex *regex_compile(struct arena *arena, str pattern, struct regex_problem *problem);
/* Whether some part of [text] matches; adds the work done to *steps. What is learned about
 * the pattern on the way is kept in the arena it was compiled in. */
bool regex_search(const struct regex *regex, str text, uint64_t *steps);

/* A part of a text, in bytes. */
struct regex_match {
    size_t begin, end;
};
/*
 * The match that begins first at byte [from] or later, and of those the longest; with !whole its end is any. Adds
 * the work done to *steps. Memory as above.
 */
bool regex_find(const struct regex *regex, str text, size_t from, bool whole, struct regex_match *found, uint64_t *steps);

#endif
