/* SPDX-License-Identifier: MIT */
/* The record of a brand.yaml to the look of documents. Every mistake is a finding; what it spoils looks as in the default brand. */
#ifndef WEAVE_BRAND_H
#define WEAVE_BRAND_H

#include "diag/finding.h"
#include "load/source.h"
#include "model/model.h"
#include "weave/document.h"

/* The files beside brand.yaml. */
struct brand_folder {
    /* The bytes of [name]; false with *why ("is not there") when it can not be had. */
    bool (*read)(void *state, str name, str *bytes, str *why);
    void *state;
};

/* All of it belongs to [arena], pictures included. */
const struct brand *brand_read(struct arena *arena, struct findings *findings, const struct record *record, const struct brand_folder *folder);
/* brand_client.c: every place in the sources that names another client of [brand] (its record) becomes a finding. */
void brand_check_clients(struct findings *findings, struct sources *sources, const struct model *model, const struct record *brand);
/* brand_colour.c: the colours of [record], checked to be read on their grounds. */
void brand_colours(struct arena *arena, struct findings *findings, const struct record *record, struct brand *brand);

#endif
