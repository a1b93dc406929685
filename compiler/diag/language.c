/* SPDX-License-Identifier: MIT */
#include "diag/language.h"

#include <stddef.h>

#include "diag/finding.h"

static const struct language_row rows[] = {
#define LANGUAGE(constant, id, name, severity, title, why, fix) [LANG_##constant] = { id, name, severity, title, why, fix },
#include "diag/language.def"
#undef LANGUAGE
};

const struct language_row *language_row(enum language_rule rule) { return &rows[rule]; }

const struct language_row *language_find(str key)
{
    for (size_t i = 0; i < LANG_COUNT; i++)
        if (str_eq(key, str_of(rows[i].id)) || str_eq(key, str_of(rows[i].name)))
            return &rows[i];
    return NULL;
}
