/* SPDX-License-Identifier: MIT */
/*
 * Values as JSON. A record at the top, or in a list at the top, is an object of everything somebody wrote or
 * the program computed; a record that is met inside another by reference is its id, so that output ends.
 */
#include <math.h>

#include "base/buf.h"
#include "query/values.h"

enum { DEEPEST = 64 };

static void put_string(struct buf *out, str text)
{
    static const char hex[] = "0123456789abcdef";
    buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else if (c == '\n') {
            buf_text(out, "\\n");
        } else if (c < 0x20 || c == 0x7F) {
            buf_text(out, "\\u00");
            buf_char(out, hex[c >> 4]);
            buf_char(out, hex[c & 15]);
        } else {
            buf_char(out, (char)c);
        }
    }
    buf_char(out, '"');
}

/* [by_id]: a record with an id is written as that id. */
static void put_json(struct buf *out, struct value value, bool by_id, unsigned depth);

static void put_key(struct buf *out, str key, bool *first)
{
    if (!*first)
        buf_char(out, ',');
    *first = false;
    put_string(out, key);
    buf_char(out, ':');
}

/* The type says whether records in a field are parts of this one or named by it. */
static bool is_reference(const struct type *type)
{
    while (type && type->tag == TYPE_LIST)
        type = type->item;
    return type && type->tag != TYPE_RECORD && type->tag != TYPE_COLLECTION;
}

static void put_record(struct buf *out, const struct record *record, unsigned depth)
{
    bool first = true;
    buf_char(out, '{');
    for (size_t i = 0; i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        if (value_is_absent(record->fields[field->index]))
            continue;
        put_key(out, field->name, &first);
        put_json(out, record->fields[field->index], is_reference(field->type), depth + 1);
    }
    for (size_t i = 0; record->extras && i < record->extras->len; i++) {
        put_key(out, record->extras->at[i].key, &first);
        put_json(out, record->extras->at[i].value, true, depth + 1);
    }
    buf_char(out, '}');
}

static void put_array(struct buf *out, const struct list *list, bool by_id, unsigned depth)
{
    buf_char(out, '[');
    for (size_t i = 0; i < list->len; i++) {
        if (i > 0)
            buf_char(out, ',');
        put_json(out, list->at[i], by_id, depth + 1);
    }
    buf_char(out, ']');
}

static void put_object(struct buf *out, const struct valuemap *map, unsigned depth)
{
    bool first = true;
    buf_char(out, '{');
    for (size_t i = 0; i < map->len; i++) {
        put_key(out, map->at[i].key, &first);
        put_json(out, map->at[i].value, true, depth + 1);
    }
    buf_char(out, '}');
}

static void put_printed(struct buf *out, struct value value)
{
    buf_char(out, '"');
    put_value(out, value);
    buf_char(out, '"');
}

static void put_json(struct buf *out, struct value value, bool by_id, unsigned depth)
{
    switch (depth > DEEPEST ? V_NULL : value.tag) {
    case V_BOOL:   buf_text(out, value.b ? "true" : "false"); break;
    case V_INT:    buf_int(out, value.i); break;
    case V_TEXT:
    case V_TYPE:   put_string(out, value.text); break;
    case V_DATE:
    case V_PERIOD: put_printed(out, value); break;
    case V_LIST:   put_array(out, value.list, by_id, depth); break;
    case V_MAP:    put_object(out, value.map, depth); break;
    case V_DOUBLE:
        if (isfinite(value.d))
            put_double(out, value.d);
        else
            buf_text(out, "null");
        break;
    case V_RECORD:
        if (by_id && value.record->id.len)
            put_string(out, value.record->id);
        else
            put_record(out, value.record, depth);
        break;
    default:
        buf_text(out, "null");
        break;
    }
}

void value_json(struct buf *out, struct value value) { put_json(out, value, false, 0); }
