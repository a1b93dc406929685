/* SPDX-License-Identifier: MIT */
/* Where an id stands in the sources: given, referred to in data, linked to in prose, or just mentioned. */
#ifndef REFS_H
#define REFS_H

#include "session.h"

enum ref_kind {
    REF_DEFINITION, /* the entry has its id here */
    REF_REFERENCE,  /* a key whose value is an id */
    REF_LINK,       /* [[id]] in Markdown */
    REF_MENTION,    /* a word in a text, a template, a rule or a comment */
};

struct ref {
    enum ref_kind  kind;
    struct source *source;
    size_t         begin, end;    /* of the id alone, without quotes */
    str            record, field; /* where it stands: "R-001", "treatment.controls"; or empty */
};

struct refs {
    const struct record *target;
    bool   found_words;          /* mentions are told: the id can be told from a word */
    size_t words;                /* how often it stands there as a word, where they are not */
    LIST_OF(struct ref) list;    /* as they stand in the sources */
};

/*
 * All places of [id] in the project's sources, rules and templates. Fails where no record has the id, with what may be meant. All
 * sources must be readable.
 */
enum ismsc_status refs_find(struct ismsc *s, str id, struct refs *refs);
/* The first place at or behind [at] where [id] stands by itself and not as part of a longer id, a path or an address; SIZE_MAX: none. */
size_t refs_next(const struct model *model, str bytes, str id, size_t at);

#endif
