/* SPDX-License-Identifier: MIT */
/* brand.yaml -> a record of kind `brand`, by the same schema and with the same findings as any source. */
#ifndef RESOLVE_BRANDFILE_H
#define RESOLVE_BRANDFILE_H

#include "diag/finding.h"
#include "load/source.h"
#include "model/model.h"

/* NULL, after findings, when the file can not be read at all. What it refused is V_BROKEN. All belongs to [arena]. */
struct record *brandfile_read(struct arena *arena, struct findings *findings, struct sources *sources, const struct model *model, struct source *source);

#endif
