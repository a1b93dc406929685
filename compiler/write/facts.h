/* SPDX-License-Identifier: MIT */
/*
 * Pages whose parts have keys (weave/explain.h) -> JSON: a list of objects with `kind`, `id`, `title`, a member for
 * each fact, and one for each section. A section is text, a list of texts, a list of objects, or an object of facts.
 */
#ifndef WRITE_FACTS_H
#define WRITE_FACTS_H

#include "base/buf.h"
#include "weave/document.h"

void facts_json(struct arena *arena, struct buf *out, struct document *const *pages, size_t count);

#endif
