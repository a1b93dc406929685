/* SPDX-License-Identifier: MIT */
/* What regex.c compiles a pattern to and regex_run.c follows. */
#ifndef QUERY_REGEX_PROGRAM_H
#define QUERY_REGEX_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

struct regex {
    struct regex_step *code;
    size_t             len;
    bool               any_case;
    bool               filtered;   /* a match begins with a byte of first[] */
    bool               first[256];
};

#endif
