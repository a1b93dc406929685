/* SPDX-License-Identifier: MIT */
/* The findings about the source language itself, one row each in language.def: what can't be read, and what is not meant. */
#ifndef DIAG_LANGUAGE_H
#define DIAG_LANGUAGE_H

#include "base/str.h"

enum language_rule {
#define LANGUAGE(constant, id, name, severity, title, why, fix) LANG_##constant,
#include "diag/language.def"
#undef LANGUAGE
    LANG_COUNT
};

struct language_row {
    const char *id, *name;
    int         severity; /* enum severity */
    const char *title, *why, *fix;
};

/* The row of [rule]. */
const struct language_row *language_row(enum language_rule rule);
/* The row whose id or name is [key], or NULL. */
const struct language_row *language_find(str key);

#endif
