/* SPDX-License-Identifier: MIT */
/*
 * The headings of a document as a list: what the contents, the navigation and the bookmarks of every format are
 * made from, so that all formats number and name alike. Levels never jump (a heading is at most one deeper than
 * the one before it), because a screen reader takes a jump for a missing section.
 */
#ifndef WRITE_OUTLINE_H
#define WRITE_OUTLINE_H

#include "weave/document.h"

struct outline_entry {
    const struct doc_node *node;
    int level;  /* 1 to 6 */
    str number; /* "3.2", or empty */
    str title;  /* without markup and notes */
    str anchor; /* the heading's own (node->ref), else made from its title; unique in the document */
};
struct outline {
    struct outline_entry *at;
    size_t                len, room;
};

struct outline outline_make(struct arena *arena, const struct document *document);
/*
 * The entry of the heading [node], or NULL: those in notes have none. Writers meet headings in the order of the outline, nearly: *next
 * is where to look first, 0 at the beginning.
 */
const struct outline_entry *outline_next(const struct outline *outline, size_t *next, const struct doc_node *node);

#endif
