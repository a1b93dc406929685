/* SPDX-License-Identifier: MIT */
/* Control data: what cover and control page say, from the document's record. Internal to weave/. */
#ifndef WEAVE_CONTROL_H
#define WEAVE_CONTROL_H

#include "weave/weaving.h"

/* Fills w->doc from [record]; without one the document is a draft whose facts are en dashes. */
void control_facts(struct weaving *w, const struct record *record);

#endif
