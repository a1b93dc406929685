/* SPDX-License-Identifier: MIT */
/*
 * For whom something is, from those who see all to those who see least. A mark is the outermost audience that may see
 * what carries it: what is marked AUDIENCE_CUSTOMER everybody sees.
 */
#ifndef BASE_AUDIENCE_H
#define BASE_AUDIENCE_H

#include "base/str.h"

enum audience {
    AUDIENCE_INTERNAL, AUDIENCE_AUDITOR, AUDIENCE_CUSTOMER, AUDIENCES,
    AUDIENCE_UNMARKED = AUDIENCE_AUDITOR /* never for customers, so that what is new can not leak to them */
};

static inline bool audience_sees(enum audience reader, enum audience mark) { return mark >= reader; }
/* "customer" -> AUDIENCE_CUSTOMER; false for a word that names none. */
bool audience_parse(str word, enum audience *out);
/* "customer", and "customers": those who read. */
const char *audience_word(enum audience audience);
const char *audience_readers(enum audience audience);

#endif
