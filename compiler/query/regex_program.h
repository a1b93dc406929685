/* SPDX-License-Identifier: MIT */
/* What regex.c compiles a pattern to and regex_run.c follows. */
#ifndef QUERY_REGEX_PROGRAM_H
#define QUERY_REGEX_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
    REGEX_PROGRAM = 2000, /* instructions of one pattern */
    REGEX_REPEAT  = 1000, /* the largest number in braces, as in RE2 */
};

enum regex_op {
    RX_CHAR,      /* the code point a */
    RX_ANY,       /* all but a line break */
    RX_CLASS,
    RX_BEGIN, RX_END, RX_BOUNDARY, RX_NO_BOUNDARY,
    RX_SPLIT,     /* go on at a and at b */
    RX_JUMP,      /* go on at a */
    RX_MATCH,
};

struct regex_range { uint32_t first, last; };
struct regex_class {
    struct regex_range *ranges;
    size_t              len, room;
    bool                negated;
};

struct regex_step {
    uint8_t  op; /* enum regex_op */
    uint32_t a, b;
    const struct regex_class *class;
};

struct regex_dfa;
struct regex {
    struct regex_step *code;
    size_t             len;
    bool               any_case;
    bool               filtered;   /* a match begins with a byte of first[] */
    bool               first[256];
    struct regex_dfa  *dfa;        /* regex_dfa.c: grows with what is asked */
};

enum { REGEX_NOTHING = 0x110000 }; /* stands for the character before a text and behind it */

/*
 * A set of places in a program, with an order: sparse[i] says where in dense i stands, if dense there says i. start[i] is
 * where in the text the match began that led to dense[i]. Earlier beginnings are entered first, and the first one stays.
 */
struct regex_places {
    uint32_t len;
    uint16_t dense[REGEX_PROGRAM], sparse[REGEX_PROGRAM];
    size_t   start[REGEX_PROGRAM];
};

struct regex_run {
    const struct regex  *regex;
    uint32_t             before, after; /* the characters around the position; REGEX_NOTHING at both ends */
    size_t               start;         /* of the match that ends here */
    bool                 matched;
    struct regex_places *next;
    uint64_t             steps;
};

/* regex_run.c: an empty set; puts [place] into one, false when it is there already. */
void regex_clear(struct regex_places *set, const struct regex *regex);
bool regex_enter(struct regex_places *set, uint32_t place, size_t start);
/* Enters [place] and all it leads to without reading a character. */
void regex_follow(struct regex_run *run, uint32_t place, size_t start);
/* Whether [step] goes on with the character [c]. */
bool regex_reads(const struct regex *regex, const struct regex_step *step, uint32_t c);
/* Part of \w, which decides about \b. */
bool regex_is_word(uint32_t c);
/* Where from [at] on a match may begin, by its first byte: most are passed over at the price of a look-up. */
size_t regex_next_start(const struct regex *regex, str text, size_t at);
uint32_t regex_char_before(str text, size_t at);

/* What regex_find() is without the states of regex_dfa.c, and what they are tested against. */
struct regex_match;
bool regex_run_through(const struct regex *regex, str text, size_t from, bool whole, struct regex_match *found, uint64_t *steps);

/* regex_dfa.c: makes ready what regex_ask needs. */
struct arena;
struct regex_dfa *regex_dfa_new(struct arena *arena);
/*
 * Whether some part of [text] from byte [from] on matches; REGEX_UNSURE when that takes more than one pattern may
 * have. Memory comes from the arena of the pattern. Adds the work done to *steps.
 */
enum regex_answer { REGEX_NO, REGEX_YES, REGEX_UNSURE };
enum regex_answer regex_ask(const struct regex *regex, str text, size_t from, uint64_t *steps);

#endif
