/* SPDX-License-Identifier: MIT */
/*
 * A name -> a small document that tells all about what has it: a rule, a finding of the language, a control of
 * either edition, a clause, a type of document, a section of the sources, a record of the ISMS. The same page
 * serves a terminal and, through keys on its parts, a program (write/facts.h).
 *
 * A page has its kind ("rule") in `file`, its name in `id`, a title, and a body of sections. The first section has
 * no heading and is a table of facts. Keys stand in `ref` of headings, rows and header cells; `ref` of a cell of
 * facts is the value for programs where a reader gets other words.
 */
#ifndef WEAVE_EXPLAIN_H
#define WEAVE_EXPLAIN_H

#include "diag/rule.h"
#include "load/source.h"
#include "model/model.h"
#include "resolve/project.h"
#include "weave/document.h"

struct explain_input {
    const struct schema    *schema;
    const struct rules     *rules;
    const struct model     *model;     /* of the project, or with the catalogue alone */
    const struct findings  *findings;  /* of the project, sorted; NULL: there is no project */
    struct sources         *sources;
    const struct catalogue *catalogue; /* for the edition that the model does not have */
};

/* Everything that has one name; usually one page. When nothing has, the page lists things in whose titles the words stand. With no page, [nearest] is a name that somebody may have meant, or empty. */
struct explanation {
    LIST_OF(struct document *) pages;
    str nearest;
};

struct explanation explain(struct arena *arena, const struct explain_input *input, str what);

#endif
