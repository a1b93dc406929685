/* SPDX-License-Identifier: MIT */
#include "write/html_part.h"

/* What each byte becomes: 0 itself, 1 nothing (control characters), else an entry of the list below. */
enum { KEEP, DROP, AMP, LT, GT, QUOT };
static const uint8_t byte_class[256] = {
    [0x00] = DROP, [0x01] = DROP, [0x02] = DROP, [0x03] = DROP, [0x04] = DROP, [0x05] = DROP, [0x06] = DROP,
    [0x07] = DROP, [0x08] = DROP, [0x0b] = DROP, [0x0c] = DROP, [0x0d] = DROP, [0x0e] = DROP, [0x0f] = DROP,
    [0x10] = DROP, [0x11] = DROP, [0x12] = DROP, [0x13] = DROP, [0x14] = DROP, [0x15] = DROP, [0x16] = DROP,
    [0x17] = DROP, [0x18] = DROP, [0x19] = DROP, [0x1a] = DROP, [0x1b] = DROP, [0x1c] = DROP, [0x1d] = DROP,
    [0x1e] = DROP, [0x1f] = DROP, [0x7f] = DROP, ['&'] = AMP,   ['<'] = LT,    ['>'] = GT,    ['"'] = QUOT,
};
static const str replacement[] = {
    [DROP] = { "", 0 }, [AMP] = { "&amp;", 5 }, [LT] = { "&lt;", 4 }, [GT] = { "&gt;", 4 }, [QUOT] = { "&quot;", 6 },
};

void html_text(struct buf *out, str text)
{
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t class = byte_class[(uint8_t)text.at[i]];
        if (class == KEEP)
            continue;
        buf_put(out, str_cut(text, run, i));
        buf_put(out, replacement[class]);
        run = i + 1;
    }
    if (run < text.len)
        buf_put(out, str_cut(text, run, text.len));
}

void html_css_string(struct buf *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '"' || c == '\\' || c == '<' || (uint8_t)c < 0x20 || c == 0x7f)
            buf_print(out, "\\%x ", (unsigned)(uint8_t)(c == '\0' ? ' ' : c));
        else
            buf_char(out, c);
    }
}

/* "statement-of-applicability.html", also with an anchor: another page of the folder. */
static bool is_page(str address)
{
    str name = str_cut(address, 0, str_find(address, '#', 0));
    for (size_t i = 0; i < name.len; i++)
        if ((uint8_t)name.at[i] <= ' ' || strchr("/\\:?%", name.at[i]))
            return false;
    return name.len > strlen(".html") && str_ends(name, STR(".html")) && name.at[0] != '.';
}

bool html_is_address(str address)
{
    if (is_page(address))
        return true;
    static const str schemes[] = { { "http://", 7 }, { "https://", 8 }, { "mailto:", 7 } };
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = schemes[i].len;
        if (address.len > n && str_eq_nocase(str_cut(address, 0, n), schemes[i]))
            return address.at[n] != '/' && address.at[n] != ':' && address.at[n] != '?' && address.at[n] != '#';
    }
    return false;
}

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* Whether the byte may not stand in an address as it is. Bytes above ASCII may: browsers read them as UTF-8. */
static bool needs_encoding(str address, size_t i)
{
    uint8_t c = (uint8_t)address.at[i];
    if (c == '%')
        return i + 2 >= address.len || !is_hex(address.at[i + 1]) || !is_hex(address.at[i + 2]);
    return c <= ' ' || c == 0x7f || (c < 0x80 && strchr("\"<>\\^`{|}'", c));
}

/* Letters, digits and what else means nothing in any part of an address: most of it. */
static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/' || c == '_';
}

static size_t plain_end(str address, size_t from)
{
    while (from < address.len && is_plain(address.at[from]))
        from++;
    return from;
}

/* The byte at [i], which may mean something where it stands. */
static void put_special(struct buf *out, str address, size_t i, bool behind_host, bool *fragment)
{
    char c = address.at[i];
    bool bracket = (c == '[' || c == ']') && behind_host, second_hash = c == '#' && *fragment;
    *fragment |= c == '#';
    if (needs_encoding(address, i) || bracket || second_hash)
        buf_print(out, "%%%02X", (unsigned)(uint8_t)c);
    else if (c == '&')
        buf_put(out, replacement[AMP]);
    else
        buf_char(out, c);
}

void html_address(struct buf *out, str address)
{
    size_t host_end = str_find(address, '/', str_starts(address, STR("https")) ? 8 : 7);
    bool   fragment = false;
    for (size_t from = 0, at; from < address.len; from = at + 1) {
        at = plain_end(address, from);
        buf_put(out, str_cut(address, from, at));
        if (at < address.len)
            put_special(out, address, at, at > host_end, &fragment);
    }
}
