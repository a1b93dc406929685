/* SPDX-License-Identifier: MIT */
/* A source in its plain form (parse/layout.h), or left as it is. */
#ifndef FMT_H
#define FMT_H

#include "rewrite.h"

enum fmt_state {
    FMT_FINE,       /* it is in that form */
    FMT_CHANGED,    /* the edits bring it there, and it says the same then */
    FMT_LEFT,       /* it would say something else */
    FMT_UNREADABLE, /* it can not be read, so nobody knows what it says */
};

/* The settled edits that [source] needs; their texts live as long as the session. */
enum fmt_state fmt_source(struct ismsc *s, struct source *source, struct edits *edits);
/* A line about a file that is left as it is; nothing about others. */
void fmt_put_state(struct buf *out, const struct source *source, enum fmt_state state);

#endif
