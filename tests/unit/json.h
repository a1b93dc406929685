/* SPDX-License-Identifier: MIT */
/* A JSON reader for test data: objects become V_MAP, arrays V_LIST, text stays text. Input is trusted to be well formed. */
#ifndef UNIT_JSON_H
#define UNIT_JSON_H

#include <stdlib.h>

#include "base/buf.h"
#include "model/value.h"

struct json {
    struct arena *arena;
    str           s;
    size_t        at;
};

static struct value json_value(struct json *json);

static inline void json_space(struct json *json)
{
    while (json->at < json->s.len && strchr(" \t\r\n", json->s.at[json->at]))
        json->at++;
}

static inline bool json_take(struct json *json, char c)
{
    json_space(json);
    if (json->at == json->s.len || json->s.at[json->at] != c)
        return false;
    json->at++;
    return true;
}

static inline void json_escape(struct json *json, struct buf *out)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    char c = json->s.at[json->at++], utf8[4], digits[5] = { 0 };
    const char *plain = strchr(from, c);
    if (c == 'u') {
        memcpy(digits, json->s.at + json->at, 4);
        json->at += 4;
        buf_put(out, (str){ utf8, utf8_put((uint32_t)strtoul(digits, NULL, 16), utf8) });
    } else {
        buf_char(out, plain ? to[plain - from] : c);
    }
}

static inline str json_text(struct json *json)
{
    struct buf *out = buf_new(json->arena);
    json_take(json, '"');
    while (json->s.at[json->at] != '"') {
        if (json->s.at[json->at] == '\\') {
            json->at++;
            json_escape(json, out);
        } else {
            buf_char(out, json->s.at[json->at++]);
        }
    }
    json->at++;
    return buf_str(out);
}

static inline struct value json_object(struct json *json)
{
    struct value value = { .tag = V_MAP, .map = NEW(json->arena, struct valuemap) };
    while (!json_take(json, '}')) {
        json_space(json);
        struct valuemap_entry entry = { .key = json_text(json) };
        json_take(json, ':');
        entry.value = json_value(json);
        LIST_PUSH(json->arena, value.map, entry);
        json_take(json, ',');
    }
    return value;
}

static inline struct value json_array(struct json *json)
{
    struct list *list = NEW(json->arena, struct list);
    while (!json_take(json, ']')) {
        struct value item = json_value(json);
        LIST_PUSH(json->arena, list, item);
        json_take(json, ',');
    }
    return value_list(list);
}

static inline struct value json_scalar(struct json *json)
{
    size_t from = json->at;
    while (json->at < json->s.len && !strchr(",]} \t\r\n", json->s.at[json->at]))
        json->at++;
    str     text = str_cut(json->s, from, json->at);
    int64_t i;
    double  d = 0;
    if (str_eq(text, STR("true")) || str_eq(text, STR("false")))
        return value_bool(text.at[0] == 't');
    if (str_eq(text, STR("null")))
        return value_null();
    if (str_to_int(text, &i))
        return value_int(i);
    str_to_double(text, &d);
    return value_double(d);
}

static struct value json_value(struct json *json)
{
    if (json_take(json, '{'))
        return json_object(json);
    if (json_take(json, '['))
        return json_array(json);
    if (json->s.at[json->at] == '"')
        return value_text(json_text(json));
    return json_scalar(json);
}

/* The member [key] of an object; V_NULL when there is none. */
static inline struct value json_get(struct value object, const char *key)
{
    for (size_t i = 0; object.tag == V_MAP && i < object.map->len; i++)
        if (str_eq(object.map->at[i].key, str_of(key)))
            return object.map->at[i].value;
    return value_null();
}

#endif
