/* SPDX-License-Identifier: MIT */
/*
 * Mustache as the public specification has it (github.com/mustache/spec 1.4: interpolation, sections, inverted
 * sections, comments, delimiters, partials, and the inheritance module), without lambdas. A text is parsed
 * once into nodes that know where they stand and expanded against values of the model.
 *
 * What a value becomes is the caller's business: weave/ puts an opaque placeholder, so no value ever meets the
 * Markdown parser; the specification's own tests put escaped HTML.
 *
 * Additions: a name may go through a list, so {{controls.id}} is the list of the ids; \{{ prints braces; and what stands between
 * <!-- audience: auditor --> and <!-- /audience --> is for those readers only, on lines of its own or within one.
 */
#ifndef WEAVE_MUSTACHE_H
#define WEAVE_MUSTACHE_H

#include "base/audience.h"
#include "base/buf.h"
#include "diag/finding.h"
#include "model/value.h"
#include "parse/markdown.h"

enum mustache_type {
    MUSTACHE_BODY,     /* the root: children */
    MUSTACHE_TEXT,     /* text */
    MUSTACHE_VALUE,    /* {{name}}, {{{name}}}, {{&name}} */
    MUSTACHE_SECTION,  /* {{#name}} children {{/name}} */
    MUSTACHE_INVERTED, /* {{^name}} */
    MUSTACHE_PARTIAL,  /* {{>name}} */
    MUSTACHE_PARENT,   /* {{<name}}: children that are blocks replace the parent's */
    MUSTACHE_BLOCK,    /* {{$name}} what stands there unless it is replaced {{/name}} */
    MUSTACHE_AUDIENCE, /* <!-- audience: auditor --> what is for them <!-- /audience -->; text is "audience" */
};

struct mustache {
    uint8_t     type;      /* enum mustache_type */
    bool        raw;       /* {{{name}}} or {{&name}} */
    bool        alone;     /* the tag stands alone on its line, which vanishes */
    bool        ends_line; /* so does the closing tag, and its line's end vanished with it */
    uint8_t     audience;  /* MUSTACHE_AUDIENCE: enum audience */
    uint8_t     nparts;
    const str  *parts;     /* the name at its dots; none for {{.}} */
    str         text;      /* the text, or the name as written */
    str         indent;    /* white space before a tag that stands alone */
    int32_t     inner;     /* white space before what stands inside, -1 when nothing stands on lines of its own */
    struct span span;      /* of the text or of the opening tag */
    struct mustache *first, *last, *next;
};

/* Parses [text], which must live as long as the nodes. What is no tag stays text and draws a finding. */
struct mustache *mustache_parse(struct arena *arena, struct findings *findings, const struct md_text *text);
/* Takes out of a text what [reader] may not see. */
void mustache_cut(struct mustache *body, enum audience reader);
/* The block called [name] among the children of a parent tag, or NULL. */
const struct mustache *mustache_block(const struct mustache *parent, str name);

struct mustache_frame {
    const struct mustache       *parent;
    const struct mustache_frame *outer;
};

/* One expansion. The functions get [state]. */
struct mustache_run {
    struct arena    *arena;
    struct arena    *passing; /* of values: they are needed until the next cut */
    struct findings *findings;
    struct buf      *out;
    size_t           most; /* bytes [out] may have */
    void            *state;
    /* The body of a partial or parent; NULL (after a finding) when there is none. */
    const struct mustache *(*partial)(void *state, const struct mustache *tag);
    /* Puts a value into [out]. */
    void (*value)(void *state, const struct mustache *tag, struct value value);
    /* What is appended to [out] next was copied from [from]. */
    void (*copied)(void *state, struct span from);
    /*
     * [out] has [enough] bytes, and a heading begins or, with [rows], the next of so many lines after one that begins with a
     * pipe: what is there may be taken out of it, and other text be put in its place. Returns how much is enough from now on. NULL: never.
     */
    size_t (*cut)(void *state, size_t rows);
    size_t enough;
    /* Nobody knows the name of [tag]; it expands to nothing. */
    void (*unknown)(void *state, const struct mustache *tag);
    /* kept by the expander */
    LIST_OF(struct value)        stack;
    const struct mustache_frame *frames; /* parent tags whose blocks count now, the innermost first */
    unsigned depth, steps;
    size_t   taken; /* bytes that [cut] took */
    bool     line_start, stopped;
};

/* Expands [body] into run->out. Values are looked up in the [len] contexts, the last one first. */
void mustache_expand(struct mustache_run *run, const struct mustache *body, const struct value *contexts, size_t len);

/* The member [name] of a record or map; false when it can have none of that name. */
bool mustache_member(struct value context, str name, struct value *out);
/* Whether a section over [value] is left out: no, nothing, an empty text or list, an object nobody wrote. */
bool mustache_is_empty(struct value value);

#endif
