/* SPDX-License-Identifier: MIT */
/* What libyaml says was wrong -> a finding in the words of somebody who edits an ISMS. */
#ifndef PARSE_YAML_EXPLAIN_H
#define PARSE_YAML_EXPLAIN_H

#include "diag/finding.h"

/* Where a parse ended, and why. */
struct yaml_fault {
    struct findings *findings;
    str         text;
    uint32_t    base;    /* where in [text] the parse began */
    struct span at;
    const char *problem; /* libyaml's own words, or NULL */
    uint32_t    open;    /* where the bracket stands that is still open, or at.begin */
};

/* Makes the finding. */
void yaml_explain(const struct yaml_fault *fault);

#endif
