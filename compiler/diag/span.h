/* SPDX-License-Identifier: MIT */
/* The only notion of a position: bytes [begin, end) of a source. Lines and columns are computed when printing. */
#ifndef DIAG_SPAN_H
#define DIAG_SPAN_H

#include <stdint.h>

struct span {
    uint32_t file; /* number of the source, from 1; 0: no place */
    uint32_t begin, end;
};

#define SPAN_NONE ((struct span){ 0, 0, 0 })

#endif
