/* SPDX-License-Identifier: MIT */
/*
 * A value of the model and of expressions: 32 bytes, passed by value. Text, lists and records belong to an
 * arena that outlives it. The span tells where it was written (SPAN_NONE when computed).
 *
 * Absent is no tag of its own: an absent text is V_TEXT of length 0, an absent list an empty one, an absent
 * nested object a record with nothing written, everything else V_NULL; struct value.written tells whether the user wrote it.
 */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include "base/date.h"
#include "base/str.h"
#include "diag/span.h"

enum value_tag {
    V_NULL,
    V_BOOL,
    V_INT,
    V_DOUBLE,
    V_TEXT,
    V_DATE,
    V_PERIOD,
    V_LIST,
    V_RECORD, /* an object or a followed reference */
    V_MAP,    /* text -> value, in order */
    V_TYPE,   /* expressions only: the result of type() */
    V_BROKEN, /* what hangs on a finding already made (then it counts as written), or cannot be computed: rules stay silent, see [text] */
};

/* How a text prints: plain, a word that carries a tone, or another word of the vocabulary. */
enum value_look { LOOK_PLAIN, LOOK_MARKDOWN, LOOK_LEVEL, LOOK_STATUS, LOOK_ID, LOOK_CHOICE };
/* Tones in the order good to bad; levels use rank / of instead. */
enum tone_code { TONE_NONE, TONE_GOOD, TONE_NEUTRAL, TONE_WARNING, TONE_BAD };

struct list;
struct record;
struct valuemap;

struct value {
    uint8_t     tag;      /* enum value_tag */
    uint8_t     written;  /* stood in a source */
    uint8_t     look;     /* V_TEXT: enum value_look */
    uint8_t     tone;     /* V_TEXT with LOOK_STATUS: enum tone_code; with LOOK_LEVEL: rank of the level from 0 */
    struct span span;
    union {
        bool             b;
        int64_t          i;
        double           d;
        str              text;
        int32_t          date;
        struct period    period;
        struct list     *list;
        struct record   *record;
        struct valuemap *map;
    };
};

struct list {
    struct value *at;
    size_t        len, room;
};

struct valuemap_entry {
    str          key;
    struct span  key_span;
    struct value value;
};
struct valuemap {
    struct valuemap_entry *at;
    size_t                 len, room;
};

struct kind;
struct record {
    const struct kind *kind;
    str                id;       /* empty for nested objects */
    struct record     *owner;    /* the record a nested object stands in; NULL for records of a collection */
    struct span        span;     /* the id (or key) it is written under: what to underline */
    struct valuemap   *extras;   /* x- keys, or NULL */
    uint32_t           order;    /* position in its collection */
    bool               builtin;  /* comes from the catalogue and the user wrote nothing */
    bool               written;  /* false: an object nobody wrote */
    struct value       fields[]; /* kind->nfields slots; slot 0 is the id */
};

static inline struct value value_null(void) { return (struct value){ .tag = V_NULL }; }
static inline struct value value_bool(bool b) { return (struct value){ .tag = V_BOOL, .b = b }; }
static inline struct value value_int(int64_t i) { return (struct value){ .tag = V_INT, .i = i }; }
static inline struct value value_double(double d) { return (struct value){ .tag = V_DOUBLE, .d = d }; }
static inline struct value value_text(str s) { return (struct value){ .tag = V_TEXT, .text = s }; }
static inline struct value value_date(int32_t days) { return (struct value){ .tag = V_DATE, .date = days }; }
static inline struct value value_period(struct period p) { return (struct value){ .tag = V_PERIOD, .period = p }; }
static inline struct value value_list(struct list *l) { return (struct value){ .tag = V_LIST, .list = l }; }
static inline struct value value_record(struct record *r) { return (struct value){ .tag = V_RECORD, .record = r }; }
static inline struct value value_broken(str why) { return (struct value){ .tag = V_BROKEN, .text = why }; }

void list_push(struct arena *arena, struct list *list, struct value value);
/* An empty list with room for [room] values. */
struct list *list_with_room(struct arena *arena, size_t room);
/* Gives back the room of a list that no more values come to. */
void list_finish(struct arena *arena, struct list *list);

#endif
