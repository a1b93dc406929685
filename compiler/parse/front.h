/* SPDX-License-Identifier: MIT */
/* Front matter: the YAML between two lines of three dashes at the start of a Markdown file, below empty lines and behind blanks at most. */
#ifndef PARSE_FRONT_H
#define PARSE_FRONT_H

#include "diag/finding.h"
#include "load/source.h"

/* Where head and body of a Markdown file are, in bytes. Without front matter the head is empty and the body everything. */
struct front {
    bool     there;
    uint32_t head_begin, head_end; /* the YAML, without the dashes */
    uint32_t body_begin;           /* the line after the closing dashes */
    bool     open;                 /* it has no end, so the document can not be read */
};

/* Splits [source]; an opening line without a closing one and the head of a document that stands elsewhere are findings, and the file counts as having no head. */
struct front front_split(struct findings *findings, struct source *source);

#endif
