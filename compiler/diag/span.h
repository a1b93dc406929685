/* SPDX-License-Identifier: MIT */
/* The only notion of a position: bytes [begin, end) of a source. Lines and columns are computed when printing. */
#ifndef DIAG_SPAN_H
#define DIAG_SPAN_H

#include <stddef.h>
#include <stdint.h>

struct span {
    uint32_t file; /* number of the source, from 1; 0: no place */
    uint32_t begin, end;
};

#define SPAN_NONE ((struct span){ 0, 0, 0 })

/*
 * The place of bytes [begin] to [end] of a text of [len] bytes that was written at [span]. Exact where the text stands there
 * as it is, plain or between quotes; the whole span where it was folded or escaped.
 */
static inline struct span span_part(struct span span, size_t len, size_t begin, size_t end)
{
    size_t written = span.end - span.begin, quote = written == len + 2;
    if (!span.file || (written != len && !quote))
        return span;
    return (struct span){ span.file, span.begin + (uint32_t)(quote + begin), span.begin + (uint32_t)(quote + end) };
}

#endif
