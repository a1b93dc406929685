/* SPDX-License-Identifier: MIT */
#include "base/audience.h"

static const struct { const char *word, *readers; } audiences[AUDIENCES] = {
    [AUDIENCE_INTERNAL] = { "internal", "the organisation itself" },
    [AUDIENCE_AUDITOR] = { "auditor", "auditors" },
    [AUDIENCE_CUSTOMER] = { "customer", "customers" },
};

bool audience_parse(str word, enum audience *out)
{
    for (unsigned i = 0; i < AUDIENCES; i++)
        if (str_eq(word, str_of(audiences[i].word))) {
            *out = (enum audience)i;
            return true;
        }
    return false;
}

const char *audience_word(enum audience audience) { return audiences[audience].word; }
const char *audience_readers(enum audience audience) { return audiences[audience].readers; }
