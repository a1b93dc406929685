/* SPDX-License-Identifier: MIT */
/*
 * Raw HTML in Markdown, met as people write it: comments are ours or ignored; tags that mean something in Word
 * and on a web page alike become nodes (br sub sup kbd a img details summary, tables, lists, p, strong, em);
 * any other tag is left out with an observation, and the text inside it stays. Script and style go with their
 * text. A tag may be open across Markdown blocks, as in <details>. Internal to weave/.
 */
#ifndef WEAVE_RAWHTML_H
#define WEAVE_RAWHTML_H

#include "weave/weaving.h"

enum { HTML_DEPTH = 32 };

struct html_element;
struct html_open {
    const struct html_element *element;
    struct doc_node *node;
    struct span      at;
    enum where       where; /* what it was before */
};

/* The HTML state of one run of siblings. */
struct html {
    struct weaving  *w;
    struct doc_node *into;
    bool             inlines;   /* [into] takes inlines, not blocks */
    struct html_open stack[HTML_DEPTH];
    unsigned         depth;
    struct doc_node *paragraph; /* open in the innermost block */
    const struct md_node *node; /* being read */
    size_t           cursor;    /* where the last tag was found in the text */
    str              skipping;  /* "script" until it is closed */
};

void rawhtml_begin(struct html *html, struct weaving *w, struct doc_node *into, bool inlines);
/* Reads the raw HTML [text] of [node]. */
void rawhtml_put(struct html *html, const struct md_node *node, str text);
/* Where the next Markdown sibling goes. */
struct doc_node *rawhtml_target(struct html *html);
/* Closes what is open. */
void rawhtml_end(struct html *html);

#endif
