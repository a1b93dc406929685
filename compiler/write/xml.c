/* SPDX-License-Identifier: MIT */
#include "write/xml.h"

enum byte_class { PLAIN, SPACE, DROP, MARKUP, WIDE };

#define WIDE_16 WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE

/* Every character that is not ASCII takes the slow path, where it is decoded and checked. */
static const uint8_t class_of[256] = {
    DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, SPACE, SPACE, DROP, DROP, SPACE, DROP, DROP,
    DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP,  DROP,  DROP, DROP, DROP,  DROP, DROP,
    ['&'] = MARKUP, ['<'] = MARKUP, ['>'] = MARKUP, ['"'] = MARKUP,
    [128] = WIDE_16, WIDE_16, WIDE_16, WIDE_16, WIDE_16, WIDE_16, WIDE_16, WIDE_16,
};

static size_t plain_until(str text, size_t at)
{
    while (at < text.len && class_of[(unsigned char)text.at[at]] == PLAIN)
        at++;
    return at;
}

static str entity(char c)
{
    switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    default:  return STR("&quot;");
    }
}

/* One character that is not ASCII, as it is if XML knows it. */
static void put_wide(struct buf *out, str text, size_t *at)
{
    size_t from = *at;
    uint32_t cp = utf8_next(text, at);
    if (cp >= 0xFFFD && cp <= 0xFFFF)
        buf_put(out, STR("\xEF\xBF\xBD"));
    else
        buf_put(out, str_cut(text, from, *at));
}

static void put(struct buf *out, str text, bool markup)
{
    for (size_t at = 0; at < text.len;) {
        size_t stop = plain_until(text, at);
        buf_put(out, str_cut(text, at, stop));
        if ((at = stop) == text.len)
            break;
        char c = text.at[at];
        switch ((enum byte_class)class_of[(unsigned char)c]) {
        case WIDE:   put_wide(out, text, &at); continue;
        case SPACE:  buf_char(out, ' '); break;
        case MARKUP: markup ? buf_put(out, entity(c)) : buf_char(out, c); break;
        case PLAIN: case DROP: break;
        }
        at++;
    }
}

void xml_text(struct buf *out, str text)
{
    put(out, text, true);
}

void xml_attribute(struct buf *out, str text)
{
    put(out, text, true);
}

str xml_clean(struct arena *arena, str text)
{
    if (plain_until(text, 0) == text.len)
        return text;
    struct buf *out = buf_new(arena);
    put(out, text, false);
    str clean = str_copy(arena, buf_str(out));
    buf_free(out);
    return clean;
}
