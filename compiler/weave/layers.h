/* SPDX-License-Identifier: MIT */
/* The files that one document is made of: the project's template over the brand's over the built-in one, and who gives each block. */
#ifndef WEAVE_LAYERS_H
#define WEAVE_LAYERS_H

#include "weave/weave.h"

struct layer_block {
    str            name;
    struct source *source; /* of the file that gives it */
    str            text;   /* what stands between its tags there */
};

/* The first file is the one in force; each stands over the next. The last is a whole template. */
struct layers {
    LIST_OF(struct source *) files;
    LIST_OF(struct layer_block) blocks; /* in the order of the whole template */
};

/* The layers of templates/[name].md, from the project's down or, with [below], from the one below it. False when there is none. */
bool weave_layers(struct weave *weave, str name, bool below, struct layers *out);

#endif
