/* SPDX-License-Identifier: MIT */
/*
 * Directives: HTML comments that say what Markdown can not, as in <!-- table: widths=10,60,30 -->. A forge does
 * not show them; we check them. A comment that does not begin with one of our words is a comment. Internal to weave/.
 */
#ifndef WEAVE_DIRECTIVE_H
#define WEAVE_DIRECTIVE_H

#include "weave/weaving.h"

struct option {
    str key, value; /* key is empty for a bare word */
};

struct directive {
    const struct md_node *node;
    struct span           at;
    str                   name;
    struct option         options[16];
    size_t                noptions;
};

/* The value of an option; empty when it is missing. */
str directive_option(const struct directive *directive, const char *key);
/* The n-th bare word. */
str directive_word(const struct directive *directive, size_t n);
/* A finding about the directive. */
void directive_wrong(struct weaving *w, const struct directive *directive, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The list an option or word names, an expression over the ISMS and the names of let:; false after a finding. */
bool directive_list(struct weaving *w, const struct directive *directive, str expression, struct value *out);

/* heatmap.c, bars.c: directives that make a table of their own */
void directive_heatmap(struct weaving *w, const struct directive *directive, struct doc_node *into);
void directive_bars(struct weaving *w, const struct directive *directive, struct doc_node *into);
void directive_signatures(struct weaving *w, const struct directive *directive, struct doc_node *into);

#endif
