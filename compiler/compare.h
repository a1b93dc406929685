/* SPDX-License-Identifier: MIT */
/* Two states of an ISMS -> what has changed in meaning, as records of the later one, for documents and queries. */
#ifndef COMPARE_H
#define COMPARE_H

#include "session.h"

/*
 * Fills `differences` of the later state's model: every written record, and every section that is an object, whose values differ, new and
 * gone records, changed prose, then findings that are new or solved. Both sessions are checked; [before] must live as long as [s].
 */
void compare_sessions(struct ismsc *s, const struct ismsc *before);

#endif
