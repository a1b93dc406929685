/* SPDX-License-Identifier: MIT */
/* How a language writes dates, numbers and periods: templates/<language>/language.yaml. English is built in. */
#ifndef WEAVE_LANGUAGE_H
#define WEAVE_LANGUAGE_H

#include "diag/finding.h"
#include "parse/node.h"

struct language {
    str date;        /* "{day}. {month} {year}" */
    str first;       /* how the first day of a month is said where it is no number: "1er" */
    str months[12];
    str periods[4];  /* day, days, month, months */
    str decimal;     /* between units and tenths */
    str group;       /* between thousands; empty: nothing */
    str colon;       /* between a label and what it names: ": ", in French with a no-break space before it */
};

/* British English, or American for en-US; lives for ever. */
const struct language *language_english(str tag);
/* What a language.yaml says, English in all that it does not; what can not be meant is a finding. */
const struct language *language_read(struct arena *arena, struct findings *findings, const struct node *tree);

#endif
