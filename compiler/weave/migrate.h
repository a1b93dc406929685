/* SPDX-License-Identifier: MIT */
/*
 * The decisions of a project of 2013 -> a proposal for the 93 controls of 2022, as YAML to paste. What one old control says is
 * carried over. Where several became one they are carried over as far as they agree; everything else is left undecided, with
 * what there was beside it in comments. Nothing is decided here that nobody had decided.
 */
#ifndef WEAVE_MIGRATE_H
#define WEAVE_MIGRATE_H

#include "base/buf.h"
#include "load/source.h"
#include "model/model.h"
#include "resolve/project.h"

struct migration {
    const struct model     *model;     /* of a project of 2013 */
    struct sources         *sources;
    const struct catalogue *catalogue; /* for the controls of 2022 */
};

/* How many of the 93 are left undecided. */
size_t migrate(struct arena *arena, struct buf *out, const struct migration *migration);

#endif
