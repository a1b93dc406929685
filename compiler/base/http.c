/* SPDX-License-Identifier: MIT */
#include "base/http.h"

#include <string.h>

/* Where the head ends, behind its empty line; 0: not yet. */
static size_t head_end(str bytes)
{
    size_t at = str_search(bytes, STR("\r\n\r\n"), 0);
    return at == SIZE_MAX ? 0 : at + 4;
}

static bool has_controls(str head)
{
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.at[i];
        if ((c < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7F)
            return true;
        if ((c == '\n' && (i == 0 || head.at[i - 1] != '\r')) || (c == '\r' && (i + 1 == head.len || head.at[i + 1] != '\n')))
            return true;
    }
    return false;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The name in "/risk-r-001.html?x", decoded once. A file of the folder and nothing else: no way up, down or to what is hidden. */
static unsigned read_name(struct http_request *request, str target)
{
    size_t len = 0;
    target = str_cut(target, 1, str_find(target, '?', 0));
    for (size_t i = 0; i < target.len; i++) {
        unsigned char c = (unsigned char)target.at[i];
        if (c == '%') {
            int high = i + 2 < target.len ? hex(target.at[i + 1]) : -1, low = i + 2 < target.len ? hex(target.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return 400;
            c = (unsigned char)(high * 16 + low);
            i += 2;
        }
        if (c < 0x20 || c == 0x7F)
            return 400;
        if (c == '/' || c == '\\' || c == ':')
            return 404;
        if (len + 1 == HTTP_NAME_BYTES)
            return 414;
        request->name[len++] = (char)c;
    }
    request->name[len] = '\0';
    return request->name[0] == '.' ? 404 : 200;
}

static unsigned read_line(struct http_request *request, str line)
{
    size_t method_end = str_find(line, ' ', 0), target_end = method_end < line.len ? str_find(line, ' ', method_end + 1) : line.len;
    if (target_end == line.len)
        return 400;
    str method = str_cut(line, 0, method_end), target = str_cut(line, method_end + 1, target_end), version = str_cut(line, target_end + 1, line.len);
    if (!str_eq(version, STR("HTTP/1.1")) && !str_eq(version, STR("HTTP/1.0")))
        return str_starts(version, STR("HTTP/")) ? 505 : 400;
    request->head = str_eq(method, STR("HEAD"));
    if (!request->head && !str_eq(method, STR("GET")))
        return 405;
    return target.len && target.at[0] == '/' ? read_name(request, target) : 400;
}

/* Whether "localhost:27001" names this machine alone. Which port it is does not matter: only who is asked. */
static bool is_loopback(str host)
{
    static const char *const names[] = { "localhost", "127.0.0.1", "[::1]", NULL };
    size_t end = str_starts(host, STR("[")) ? str_find(host, ']', 0) + 1 : str_find(host, ':', 0);
    if (end > host.len)
        return false;
    str name = str_cut(host, 0, end), port = str_cut(host, end, host.len);
    for (size_t i = 1; i < port.len; i++)
        if (port.at[i] < '0' || port.at[i] > '9')
            return false;
    if (port.len && (port.at[0] != ':' || port.len < 2 || port.len > 6))
        return false;
    for (const char *const *known = names; *known; known++)
        if (str_eq_nocase(name, str_of(*known)))
            return true;
    return false;
}

/* Exactly one Host, and it is ours. */
static unsigned read_fields(str fields)
{
    unsigned hosts = 0, status = 200;
    str line;
    while (str_split(&fields, '\n', &line)) {
        line = str_ends(line, STR("\r")) ? str_cut(line, 0, line.len - 1) : line;
        if (line.len == 0)
            continue;
        size_t colon = str_find(line, ':', 0);
        if (colon == 0 || colon == line.len || line.at[0] == ' ' || line.at[0] == '\t' || line.at[colon - 1] == ' ' || line.at[colon - 1] == '\t')
            return 400;
        if (!str_eq_nocase(str_cut(line, 0, colon), STR("Host")))
            continue;
        hosts++;
        if (!is_loopback(str_trim(str_cut(line, colon + 1, line.len))))
            status = 421;
    }
    return hosts == 1 ? status : 400;
}

unsigned http_parse(struct http_request *request, str bytes)
{
    size_t end = head_end(bytes);
    *request = (struct http_request){ 0 };
    if (end > HTTP_HEAD_BYTES || (!end && bytes.len >= HTTP_HEAD_BYTES))
        return 431;
    if (!end)
        return 0;
    str head = str_cut(bytes, 0, end);
    if (has_controls(head))
        return 400;
    size_t line_end = str_search(head, STR("\r\n"), 0);
    unsigned line = read_line(request, str_cut(head, 0, line_end)), fields = read_fields(str_cut(head, line_end + 2, head.len));
    return fields == 200 ? line : fields;
}
