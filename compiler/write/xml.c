/* SPDX-License-Identifier: MIT */
#include "write/xml.h"

enum byte_class { PLAIN, SPACE, DROP, MARKUP };

/* ASCII only; every longer character takes the slow path, where it is decoded and checked. */
static const uint8_t class_of[128] = {
    DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, SPACE, SPACE, DROP, DROP, SPACE, DROP, DROP,
    DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP, DROP,  DROP,  DROP, DROP, DROP,  DROP, DROP,
    ['&'] = MARKUP, ['<'] = MARKUP, ['>'] = MARKUP, ['"'] = MARKUP,
};

static size_t plain_until(str text, size_t at)
{
    while (at < text.len) {
        unsigned char c = (unsigned char)text.at[at];
        if (c >= 0x80 || class_of[c] != PLAIN)
            break;
        at++;
    }
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
        if ((unsigned char)c >= 0x80) {
            put_wide(out, text, &at);
            continue;
        }
        if (class_of[(unsigned char)c] == SPACE)
            buf_char(out, ' ');
        else if (class_of[(unsigned char)c] == MARKUP)
            markup ? buf_put(out, entity(c)) : buf_char(out, c);
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
