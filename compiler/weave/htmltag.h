/* SPDX-License-Identifier: MIT */
/* HTML text cut into words, tags and comments. Knows no element. Internal to weave/. */
#ifndef WEAVE_HTMLTAG_H
#define WEAVE_HTMLTAG_H

#include "base/arena.h"
#include "base/str.h"

struct html_tag {
    str  whole;      /* "<a href=x>" */
    str  name;       /* "a"; what a comment says; empty when the text ended without a tag */
    str  attributes;
    bool closing, comment;
};

/* Takes words and the tag behind them off the front of [rest]; false when nothing is left. */
bool htmltag_next(str *rest, str *words, struct html_tag *tag);
/* The value of an attribute with its entities decoded; empty when there is none. */
str htmltag_attribute(struct arena *arena, const struct html_tag *tag, const char *name);
/* Words with entities decoded and each run of white space one space. */
str htmltag_text(struct arena *arena, str raw);

#endif
