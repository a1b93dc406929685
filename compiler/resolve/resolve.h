/* SPDX-License-Identifier: MIT */
/*
 * Trees -> model. project.c finds and parses the files, bind.c types the values, link.c follows references,
 * compute.c fills what is computed. This header is the state they share; only project_resolve is for others.
 */
#ifndef RESOLVE_RESOLVE_H
#define RESOLVE_RESOLVE_H

#include "diag/finding.h"
#include "load/provider.h"
#include "load/source.h"
#include "model/model.h"
#include "parse/node.h"

enum { SUGGESTIONS = 50 }; /* misspelt words we search a neighbour for: searching costs, and after fifty nobody reads them */

/* A reference as written, waiting for all ids to be known. */
struct pending {
    struct value        *slot;   /* V_TEXT now; V_RECORD or V_BROKEN later */
    const struct type   *type;
    struct record       *record; /* the collection's record (or root object) it stands in */
    const struct field  *field;  /* of the record or of an object inside it */
    struct list         *inverse; /* the one on the record it names that collects [record], once that is known; or NULL */
};

/* Some of them, in the order of the sources: in pieces, because a list that grows would copy megabytes and leave the old ones behind. */
enum { PENDING_PIECE = 120 };
struct pending_piece {
    struct pending_piece *next;
    size_t                len;
    struct pending        at[PENDING_PIECE];
};

/* A Markdown file that is a document. */
struct policy {
    struct source *source;
    struct record *document;
    uint32_t       body_begin;
};

/* What is left of an ISMS for an audience; see audience.h. */
struct cut {
    enum audience       reader;
    const struct model *whole;  /* everything there is, without a finding */
    uint8_t           **marks;  /* of each field: by kind->number and field->index */
    uint8_t            *kinds;  /* of records that say nothing about it: by kind->number */
};

struct resolver {
    const struct cut *cut;      /* NULL: everything is read */
    struct arena    *arena;     /* of the session */
    struct arena    *scratch;   /* trees of the file in hand */
    struct arena    *waiting;   /* pending references, gone when they are linked */
    struct arena    *prose;     /* passages; nothing in it: there are none now */
    struct findings *findings;
    struct sources  *sources;
    struct model    *model;
    const struct schema *schema;
    unsigned         suggested;  /* neighbours searched for so far */
    struct record   *latest;     /* the entry that was bound last: a key below it that lost its indentation belongs to it */
    bool             unreadable; /* some file could not be read whole: missing ids may stand there */
    struct pending_piece *pending, *pending_last;
    LIST_OF(struct value *) suspects; /* inverse lists that a misspelt id may belong to */
    LIST_OF(struct policy) policies;
    struct map      *catalogue_ids; /* one for each kind that only the catalogue fills, by kind->number */
    struct source   *first;      /* isms.yaml, or whatever came first: where a missing section is reported */
};

/*
 * Binds the top-level mapping of one file into the model's root. With [builtin] the file is part of the
 * catalogue: records are marked built-in, and computed fields may be written.
 */
void bind_file(struct resolver *r, const struct node *tree, bool builtin);
/*
 * Registers are bound entry by entry while they are read: the entries of a file that go to [r]. What bind_file then gets for their sections
 * is empty.
 */
struct node_entries bind_entries(struct resolver *r, bool builtin);
/* Binds the front matter of a Markdown file as a document; NULL when it has no id and so is no document. */
struct record *bind_front_matter(struct resolver *r, const struct node *head);
/* Reports required keys of the root that no file has. */
void bind_finish(struct resolver *r);

/* Replaces every pending reference by its record and fills the inverse lists. */
void link_references(struct resolver *r);
/* The record of [kind] (or of any) with that id; catalogue-only kinds have ids of their own. */
struct record *link_find(const struct resolver *r, const struct kind *kind, str id);
/* What a person may have meant by [id] where a record of one of [kinds] was expected; empty when nothing is near. */
str suggest_id(struct resolver *r, const struct kind *const *kinds, size_t nkinds, str id);
/*
 * For an id that looks like a control: how the edition writes it, or its successors; empty when it is none. *certain is the only id that
 * can be meant, or empty; with [one_to_one] a successor only where it succeeds nothing else.
 */
str suggest_control(struct resolver *r, str id, bool one_to_one, str *certain);
/* The id of one of [kinds] that [id] is in another spelling (str_eq_form); empty when there is none, or more than one. */
str respelt_id(const struct resolver *r, const struct kind *const *kinds, size_t nkinds, str id);
/* After a finding about the control id [id]: what rules say about the controls that were meant is held back. */
void hold_decisions(struct resolver *r, str id);

/* Scores, levels, defaults from the catalogue, and fields that the schema gives an expression for. */
void compute_values(struct resolver *r);

/* Fills `passages`: the prose of documents and registers, piece by piece. After everything else. */
void collect_passages(struct resolver *r);
/* What that made is gone; it may be made again. */
void forget_passages(struct resolver *r);

#endif
