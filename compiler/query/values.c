/* SPDX-License-Identifier: MIT */
/* Equality, order, hashes and plain text of values. */
#include "query/values.h"

#include <stdio.h>

#include "base/buf.h"

enum { DEEPEST = 64 }; /* lists in lists; deeper ones count as different and print as "..." */

#define PAIR(a, b) ((unsigned)(a) << 4 | (unsigned)(b))

int numbers_compare(struct value a, struct value b)
{
    if (a.tag == V_INT && b.tag == V_INT)
        return (a.i > b.i) - (a.i < b.i);
    if (a.tag == V_DOUBLE && b.tag == V_DOUBLE)
        return (a.d > b.d) - (a.d < b.d);
    if (a.tag == V_DOUBLE)
        return -numbers_compare(b, a);
    /* A whole number and a fraction, without rounding the whole one. */
    if (b.d >= 0x1p63)
        return -1;
    if (b.d < -0x1p63)
        return 1;
    int64_t floor = (int64_t)b.d;
    double fraction = b.d - (double)floor;
    return a.i != floor ? (a.i > floor ? 1 : -1) : fraction > 0 ? -1 : fraction < 0;
}

int periods_compare(struct period a, struct period b)
{
    /* 4800 months are 146097 days. */
    int64_t left = (int64_t)a.months * 146097 + (int64_t)a.days * 4800;
    int64_t right = (int64_t)b.months * 146097 + (int64_t)b.days * 4800;
    return (left > right) - (left < right);
}

/* What one comparison gathers on its way. */
struct outcome {
    bool     unknown;
    uint64_t steps;
};

static bool same(struct value a, struct value b, struct outcome *outcome, unsigned depth);

/* Two elements: whether they differ for certain; what stays open is noted. */
static bool differ(struct value a, struct value b, struct outcome *outcome, unsigned depth)
{
    bool before = outcome->unknown;
    outcome->unknown = false;
    bool certain = !same(a, b, outcome, depth + 1) && !outcome->unknown;
    outcome->unknown |= before;
    return certain;
}

/* A certain difference decides, whatever else is unknown. */
static bool same_lists(const struct list *a, const struct list *b, struct outcome *outcome, unsigned depth)
{
    bool differs = a->len != b->len;
    for (size_t i = 0; i < a->len && !differs; i++)
        differs = differ(a->at[i], b->at[i], outcome, depth);
    if (differs)
        outcome->unknown = false;
    return !differs && !outcome->unknown;
}

static const struct value *map_value(const struct valuemap *map, str key)
{
    for (size_t i = 0; i < map->len; i++)
        if (str_eq(map->at[i].key, key))
            return &map->at[i].value;
    return NULL;
}

static bool same_maps(const struct valuemap *a, const struct valuemap *b, struct outcome *outcome, unsigned depth)
{
    bool differs = a->len != b->len;
    for (size_t i = 0; i < a->len && !differs; i++) {
        const struct value *other = map_value(b, a->at[i].key);
        outcome->steps += b->len;
        differs = !other || differ(a->at[i].value, *other, outcome, depth);
    }
    if (differs)
        outcome->unknown = false;
    return !differs && !outcome->unknown;
}

static bool same(struct value a, struct value b, struct outcome *outcome, unsigned depth)
{
    outcome->steps++;
    if (a.tag == V_BROKEN || b.tag == V_BROKEN)
        outcome->unknown = true;
    switch (depth > DEEPEST ? PAIR(V_BROKEN, V_BROKEN) : PAIR(a.tag, b.tag)) {
    case PAIR(V_NULL, V_NULL):     return true;
    case PAIR(V_BOOL, V_BOOL):     return a.b == b.b;
    case PAIR(V_DATE, V_DATE):     return a.date == b.date;
    case PAIR(V_PERIOD, V_PERIOD): return periods_compare(a.period, b.period) == 0;
    case PAIR(V_RECORD, V_RECORD): return a.record == b.record;
    case PAIR(V_LIST, V_LIST):     return same_lists(a.list, b.list, outcome, depth);
    case PAIR(V_MAP, V_MAP):       return same_maps(a.map, b.map, outcome, depth);
    case PAIR(V_INT, V_INT): case PAIR(V_DOUBLE, V_DOUBLE): case PAIR(V_INT, V_DOUBLE): case PAIR(V_DOUBLE, V_INT):
        return numbers_compare(a, b) == 0;
    case PAIR(V_TEXT, V_TEXT): case PAIR(V_TYPE, V_TYPE): case PAIR(V_TYPE, V_TEXT): case PAIR(V_TEXT, V_TYPE):
        return str_eq(a.text, b.text);
    default:
        return false;
    }
}

bool values_same(struct value a, struct value b, bool *unknown, uint64_t *cost)
{
    struct outcome outcome = { false, 0 };
    bool equal = same(a, b, &outcome, 0);
    *unknown = outcome.unknown;
    *cost += outcome.steps;
    return equal;
}

bool value_equal(struct value a, struct value b)
{
    struct outcome outcome = { false, 0 };
    return same(a, b, &outcome, 0);
}

static int compare(struct value a, struct value b, unsigned depth);

static int compare_lists(const struct list *a, const struct list *b, unsigned depth)
{
    for (size_t i = 0; i < a->len && i < b->len; i++) {
        int order = compare(a->at[i], b->at[i], depth + 1);
        if (order != 0)
            return order;
    }
    return (a->len > b->len) - (a->len < b->len);
}

static int compare_maps(const struct valuemap *a, const struct valuemap *b, unsigned depth)
{
    for (size_t i = 0; i < a->len && i < b->len; i++) {
        int order = str_cmp_natural(a->at[i].key, b->at[i].key);
        if (order == 0)
            order = compare(a->at[i].value, b->at[i].value, depth + 1);
        if (order != 0)
            return order;
    }
    return (a->len > b->len) - (a->len < b->len);
}

static int compare_texts(struct value a, struct value b)
{
    if (a.look == LOOK_LEVEL && b.look == LOOK_LEVEL && a.tone != b.tone)
        return a.tone > b.tone ? 1 : -1;
    return str_cmp_natural(a.text, b.text);
}

static int compare_records(const struct record *a, const struct record *b)
{
    int order = str_cmp_natural(a->id, b->id);
    /* Objects without id keep the order they were written in. */
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

/* Whole and broken numbers mix, so they share a rank. */
static int rank(struct value value) { return value.tag == V_DOUBLE ? V_INT : value.tag; }

static int compare(struct value a, struct value b, unsigned depth)
{
    if (rank(a) != rank(b))
        return rank(a) > rank(b) ? 1 : -1;
    switch (depth > DEEPEST ? V_NULL : a.tag) {
    case V_BOOL:   return (int)a.b - (int)b.b;
    case V_INT:
    case V_DOUBLE: return numbers_compare(a, b);
    case V_TEXT:   return compare_texts(a, b);
    case V_TYPE:   return str_cmp_natural(a.text, b.text);
    case V_DATE:   return (a.date > b.date) - (a.date < b.date);
    case V_PERIOD: return periods_compare(a.period, b.period);
    case V_LIST:   return compare_lists(a.list, b.list, depth);
    case V_RECORD: return compare_records(a.record, b.record);
    case V_MAP:    return compare_maps(a.map, b.map, depth);
    default:       return 0;
    }
}

int value_compare(struct value a, struct value b) { return compare(a, b, 0); }

static uint64_t mix(uint64_t h)
{
    h = (h ^ (h >> 32)) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 29);
}

static uint64_t hash_double(double d)
{
    uint64_t bits;
    if (d >= -0x1p63 && d < 0x1p63 && (double)(int64_t)d == d)
        return mix((uint64_t)(int64_t)d); /* 1.0 is equal to 1 */
    memcpy(&bits, &d, sizeof bits);
    return mix(bits);
}

static uint64_t hash_period(struct period period)
{
    return mix((uint64_t)((int64_t)period.months * 146097 + (int64_t)period.days * 4800));
}

static uint64_t hash(struct value value, unsigned depth);

static uint64_t hash_list(const struct list *list, unsigned depth)
{
    uint64_t h = list->len;
    for (size_t i = 0; i < list->len; i++)
        h = mix(h * 31 + hash(list->at[i], depth + 1));
    return h;
}

/* Maps are equal in any order, so the order of their entries must not matter. */
static uint64_t hash_map(const struct valuemap *map, unsigned depth)
{
    uint64_t h = map->len;
    for (size_t i = 0; i < map->len; i++)
        h += mix(str_hash(map->at[i].key) * 31 + hash(map->at[i].value, depth + 1));
    return h;
}

static uint64_t hash(struct value value, unsigned depth)
{
    switch (depth > DEEPEST ? V_NULL : value.tag) {
    case V_BOOL:   return mix(value.b);
    case V_INT:    return mix((uint64_t)value.i);
    case V_DOUBLE: return hash_double(value.d);
    case V_TEXT:
    case V_TYPE:   return str_hash(value.text);
    case V_DATE:   return mix((uint64_t)value.date);
    case V_PERIOD: return hash_period(value.period);
    case V_RECORD: return mix((uint64_t)(uintptr_t)value.record);
    case V_LIST:   return hash_list(value.list, depth);
    case V_MAP:    return hash_map(value.map, depth);
    default:       return 0;
    }
}

uint64_t value_hash(struct value value) { return hash(value, 0); }

static void weigh(struct value value, uint64_t *cost, uint64_t limit, unsigned depth)
{
    size_t len = value.tag == V_LIST ? value.list->len : value.tag == V_MAP ? value.map->len : 0;
    *cost += len;
    for (size_t i = 0; i < len && *cost <= limit && depth <= DEEPEST; i++) {
        struct value item = value.tag == V_LIST ? value.list->at[i] : value.map->at[i].value;
        if (item.tag == V_LIST || item.tag == V_MAP)
            weigh(item, cost, limit, depth + 1);
    }
}

bool value_weigh(struct query_run *run, struct value value)
{
    if (value.tag == V_LIST || value.tag == V_MAP)
        weigh(value, &run->cost, run->limit, 0);
    return run->cost <= run->limit;
}

str value_type_name(struct value value)
{
    static const char *const names[] = {
        [V_NULL] = "null_type", [V_BOOL] = "bool",      [V_INT] = "int",         [V_DOUBLE] = "double", [V_TEXT] = "string",
        [V_DATE] = "timestamp", [V_PERIOD] = "duration", [V_LIST] = "list",      [V_MAP] = "map",       [V_TYPE] = "type",
    };
    return value.tag == V_RECORD ? value.record->kind->name : value.tag == V_BROKEN ? STR("") : str_of(names[value.tag]);
}

bool value_is_absent(struct value value)
{
    switch (value.tag) {
    case V_NULL:   return true;
    case V_TEXT:   return value.text.len == 0;
    case V_LIST:   return value.list->len == 0;
    case V_MAP:    return value.map->len == 0;
    case V_RECORD: return value.record->id.len == 0 && !value.record->written;
    default:       return false;
    }
}

void put_double(struct buf *out, double number)
{
    char digits[40];
    double back;
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        /* A host program may have set a locale whose decimal sign is another. */
        for (char *at = digits; *at; at++)
            if (!strchr("0123456789+-e", *at))
                *at = '.';
        if (str_to_double(str_of(digits), &back) && back == number)
            break;
    }
    buf_text(out, digits);
}

static void put_date(struct buf *out, int32_t date)
{
    char text[11];
    date_format(date, text);
    buf_text(out, text);
}

static void put_count(struct buf *out, int32_t n, const char *unit)
{
    buf_int(out, n);
    buf_char(out, ' ');
    buf_text(out, unit);
    if (n != 1 && n != -1)
        buf_char(out, 's');
}

static void put_period(struct buf *out, struct period period)
{
    bool years = period.months % 12 == 0;
    if (period.months != 0)
        put_count(out, years ? period.months / 12 : period.months, years ? "year" : "month");
    if (period.months != 0 && period.days != 0)
        buf_char(out, ' ');
    if (period.days != 0 || period.months == 0)
        put_count(out, period.days, "day");
}

static void put(struct buf *out, struct value value, unsigned depth);

static void put_list(struct buf *out, const struct list *list, unsigned depth)
{
    for (size_t i = 0; i < list->len; i++) {
        if (i > 0)
            buf_text(out, ", ");
        put(out, list->at[i], depth + 1);
    }
}

static void put_map(struct buf *out, const struct valuemap *map, unsigned depth)
{
    for (size_t i = 0; i < map->len; i++) {
        if (i > 0)
            buf_text(out, ", ");
        buf_put(out, map->at[i].key);
        buf_text(out, ": ");
        put(out, map->at[i].value, depth + 1);
    }
}

static void put(struct buf *out, struct value value, unsigned depth)
{
    if (depth > DEEPEST) {
        buf_text(out, "...");
        return;
    }
    switch (value.tag) {
    case V_BOOL:   buf_text(out, value.b ? "yes" : "no"); break;
    case V_INT:    buf_int(out, value.i); break;
    case V_DOUBLE: put_double(out, value.d); break;
    case V_TEXT:
    case V_TYPE:   buf_put(out, value.text); break;
    case V_DATE:   put_date(out, value.date); break;
    case V_PERIOD: put_period(out, value.period); break;
    case V_LIST:   put_list(out, value.list, depth); break;
    case V_RECORD: buf_put(out, record_title(value.record)); break;
    case V_MAP:    put_map(out, value.map, depth); break;
    case V_BROKEN: buf_char(out, '?'); break;
    default:       break;
    }
}

void put_value(struct buf *out, struct value value) { put(out, value, 0); }

/* What is frequent and short needs no buffer. */
str value_print(struct arena *arena, struct value value)
{
    if (value.tag == V_TEXT || value.tag == V_TYPE)
        return value.text;
    if (value.tag == V_RECORD)
        return record_title(value.record);
    if (value.tag == V_DATE) {
        char *text = NEWS(arena, char, 11);
        date_format(value.date, text);
        return str_of(text);
    }
    struct buf *out = buf_new(arena);
    put_value(out, value);
    str text = str_copy(arena, buf_str(out));
    buf_free(out);
    return text;
}
