/* SPDX-License-Identifier: MIT */
#include "weave/yaml_text.h"

#include "query/query.h"

enum { LINE = 100 };

/* Whether a text may stand without quotes, in a list as well. */
static bool is_plain(str s)
{
    static const char *const words[] = { "null", "Null", "NULL", "~", "---", "...", NULL };
    if (s.len == 0 || s.at[0] == ' ' || s.at[s.len - 1] == ' ' || s.at[s.len - 1] == ':' || str_is_one_of(s, words))
        return false;
    if (memchr("-?:,[]{}#&*!|>'\"%@`=<", s.at[0], 21))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] < 0x20 || memchr(",[]{}", s.at[i], 5))
            return false;
        if ((s.at[i] == ':' && s.at[i + 1] == ' ') || (s.at[i] == '#' && s.at[i - 1] == ' '))
            return false;
    }
    return true;
}

str yaml_quoted(struct arena *arena, str s)
{
    struct buf *out = buf_new(arena);
    buf_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '"' || c == '\\')
            buf_print(out, "\\%c", c);
        else if (c == '\n' || c == '\t')
            buf_text(out, c == '\n' ? "\\n" : "\\t");
        else if ((unsigned char)c < 0x20)
            buf_print(out, "\\x%02X", (unsigned)(unsigned char)c);
        else
            buf_char(out, c);
    }
    buf_char(out, '"');
    str text = str_copy(arena, buf_str(out));
    buf_free(out);
    return text;
}

static str joined(struct arena *arena, const struct list *list)
{
    str out = STR("[");
    for (size_t i = 0; i < list->len; i++) {
        str item = yaml_inline(arena, list->at[i]);
        out = str_print(arena, "%.*s%s%.*s", STR_ARG(out), i ? ", " : "", STR_ARG(item));
    }
    return str_join2(arena, out, STR("]"));
}

static str pairs(struct arena *arena, const struct valuemap *map)
{
    str out = STR("{");
    for (size_t i = 0; i < map->len; i++) {
        str key = map->at[i].key, value = yaml_inline(arena, map->at[i].value);
        key = is_plain(key) ? key : yaml_quoted(arena, key);
        out = str_print(arena, "%.*s%s%.*s: %.*s", STR_ARG(out), i ? ", " : "", STR_ARG(key), STR_ARG(value));
    }
    return str_join2(arena, out, STR("}"));
}

str yaml_inline(struct arena *arena, struct value value)
{
    switch (value.tag) {
    case V_NULL:   return STR("undecided");
    case V_BOOL:   return value.b ? STR("yes") : STR("no");
    case V_RECORD: return value.record->id;
    case V_LIST:   return joined(arena, value.list);
    case V_MAP:    return pairs(arena, value.map);
    case V_TEXT:   return is_plain(value.text) ? value.text : yaml_quoted(arena, value.text);
    default:       return value_print(arena, value);
    }
}

/* One long line of words: may be broken at any space. */
static bool folds(str s)
{
    bool space = true;
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] < 0x20 || (s.at[i] == ' ' && space))
            return false;
        space = s.at[i] == ' ';
    }
    return !space;
}

static void put_folded(struct buf *out, str text, unsigned indent)
{
    str    word;
    size_t column = LINE;
    buf_text(out, ">-");
    while (str_split(&text, ' ', &word)) {
        if (column + 1 + word.len > LINE) {
            buf_print(out, "\n%*s", (int)indent, "");
            column = indent;
        } else {
            buf_char(out, ' ');
            column++;
        }
        buf_put(out, word);
        column += word.len;
    }
    buf_char(out, '\n');
}

/* Lines that can stand as they are: the first is not indented, and nothing but text ends the last. */
static bool stands(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] < 0x20 && s.at[i] != '\n')
            return false;
    return s.len && s.at[0] != ' ' && s.at[0] != '\n' && s.at[s.len - 1] != '\n' && s.at[s.len - 1] != ' ';
}

static void put_lines(struct buf *out, str text, unsigned indent)
{
    str line;
    buf_text(out, "|-\n");
    while (str_split(&text, '\n', &line)) {
        if (line.len)
            buf_print(out, "%*s", (int)indent, "");
        buf_put(out, line);
        buf_char(out, '\n');
    }
}

void yaml_value(struct arena *arena, struct buf *out, struct value value, unsigned indent)
{
    bool text = value.tag == V_TEXT, many = text && str_find(value.text, '\n', 0) < value.text.len;
    if (many && stands(value.text)) {
        put_lines(out, value.text, indent + 2);
    } else if (text && value.text.len > LINE - 30 && folds(value.text)) {
        put_folded(out, value.text, indent + 2);
    } else {
        buf_put(out, yaml_inline(arena, value));
        buf_char(out, '\n');
    }
}
