/* SPDX-License-Identifier: MIT */
/* Running lines of a brand: "{{organisation.name}} · {{document.id}}" to pieces, and the pieces to what one document shows. */
#ifndef WEAVE_BRAND_LINE_H
#define WEAVE_BRAND_LINE_H

#include "diag/finding.h"
#include "weave/document.h"

/* The pieces of [text]; NULL [findings] for text of our own. What is no name of a running line draws a finding at [at]. */
struct brand_slot brand_line_parse(struct arena *arena, struct findings *findings, str text, struct span at);
/*
 * What [doc] shows of it: values have their text, pieces of words are joined, and a group between separators goes
 * when a value in it is not given. BRAND_PAGE, BRAND_PAGES and BRAND_LOGO are the writer's to fill.
 */
struct brand_slot brand_line_shown(struct arena *arena, const struct document *doc, const struct brand_slot *line);

/* The pieces as brand.yaml would have them: "{{document.title}}". */
str brand_line_written(struct arena *arena, const struct brand_slot *line);

#endif
