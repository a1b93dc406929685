/* SPDX-License-Identifier: MIT */
/*
 * What a reference says: a link inside the document without words of its own. "Table 3", "Figure 1", "section 4.2",
 * or the title of what has no number. The space before a number is one that does not break. Known only here, because only the outline knows the numbers of headings.
 */
#ifndef WRITE_REFERENCE_H
#define WRITE_REFERENCE_H

#include "write/outline.h"

enum reference_kind {
    REFERENCE_NOTHING, /* the anchor has neither number nor title: label is the anchor */
    REFERENCE_CAPTION, /* label: "Table 3" */
    REFERENCE_NUMBER,  /* label: "4.2", and what stands before it in word: "section" */
    REFERENCE_TITLE,   /* label: the heading */
};
struct reference {
    enum reference_kind kind;
    str word, label;
};
/* Captions by their anchors, collected when the first reference is met. All zero to begin with. */
struct references {
    bool       known;
    struct map captions;
};

/* What a reference to [anchor] says; in [arena], of which [references] lives, too. */
struct reference reference_to(struct arena *arena, struct references *references, const struct document *doc, const struct outline *outline, str anchor);
/* The same as one text: "section 4.2". */
str reference_text(struct arena *arena, struct reference reference);

#endif
