/* SPDX-License-Identifier: MIT */
#include "write/json.h"

void json_string(struct buf *out, str s)
{
    size_t bad = utf8_invalid_at(s); /* a file's name may hold any bytes, JSON may not */
    buf_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (i == bad) {
            buf_text(out, "\\uFFFD");
            bad = i + 1 + utf8_invalid_at(str_cut(s, i + 1, s.len));
        } else if (c == '"' || c == '\\')
            buf_print(out, "\\%c", c);
        else if (c == '\n')
            buf_text(out, "\\n");
        else if (c < 0x20 || c == 0x7F)
            buf_print(out, "\\u%04x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

void json_member(struct buf *out, const char *name, str value)
{
    buf_print(out, "\"%s\": ", name);
    json_string(out, value);
    buf_text(out, ", ");
}
