/* SPDX-License-Identifier: MIT */
/*
 * A document as one HTML page that stands alone: style and script inside, no request to anywhere, and a
 * content security policy that would stop one. It reads without the script, which only adds sorting and
 * filtering to long tables; it prints with running heads; it follows the reader's light or dark scheme.
 *
 * All text of the document is data: it is escaped, and addresses other than http, https and mailto become text.
 */
#ifndef WRITE_HTML_H
#define WRITE_HTML_H

#include "base/buf.h"
#include "base/map.h"
#include "base/spool.h"
#include "weave/document.h"

/* The pages that are written together in one folder, so that each may lead to the others. */
struct html_site {
    str index, search;         /* files of the pages that all others lead to; empty: there is no such page */
    struct html_search *texts; /* what all pages say, taken while they are written, for the page that searches them; NULL: there is none */
    struct map pages;  /* "r-001", the anchor of a record -> struct html_place of the page about it */
    struct map places; /* the same -> the best place of it in a document, for pages that are written after all documents */
    struct map absent; /* names, without ending, of pages of the set that are not written this time: nothing leads there */
};
struct html_place {
    str    file;    /* without ending; empty: nothing can lead there */
    str    address; /* of a page: "risk-r-001.html" */
    size_t weight;  /* a heading weighs more than any row, a row as much as its table has rows */
};
/* Nothing said yet; what is belongs to [arena]. */
struct html_search *html_search_new(struct arena *arena);

/* The texts of templates/html/style.css, script.js and search.js. */
struct html_assets {
    str css, js, search_js;
    str js_source, search_source; /* digests for the policy; set by html_assets_ready, as are the */
    struct html_looks *looks;     /* styles of the brands whose pages were written: html_style.c */
    const struct html_site *site;             /* NULL: the page stands alone */
};
/* Puts all on one line and takes their digests, once for all pages; texts, and styles made later, belong to [arena]. */
void html_assets_ready(struct arena *arena, struct html_assets *assets);

/* Appends the page of [doc] to [out]. [arena] holds what is needed on the way. False, with errno, when what was put aside can not be read again. */
bool html_write(struct arena *arena, const struct document *doc, const struct html_assets *assets, struct buf *out);
/* The page in parts that live as long as [arena] and assets->site: a long one is not held in memory, and its head is written last. */
void html_write_parts(struct arena *arena, const struct document *doc, const struct html_assets *assets, struct parts *parts);

#endif
