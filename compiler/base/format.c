/* SPDX-License-Identifier: MIT */
#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct output {
    char  *at;
    size_t room, len; /* [len] counts what had no room as well */
};

static void put(struct output *out, const char *at, size_t len)
{
    size_t rest = out->len < out->room ? out->room - out->len : 0, n = len < rest ? len : rest;
    if (n)
        memcpy(out->at + out->len, at, n);
    out->len += len;
}

static void put_number(struct output *out, uint64_t number, bool negative)
{
    char   digits[21];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    if (negative)
        digits[--i] = '-';
    put(out, digits + i, sizeof digits - i);
}

static void put_int(struct output *out, int number)
{
    put_number(out, number < 0 ? (uint64_t)-(int64_t)number : (uint64_t)number, number < 0);
}

/* With zeros in front, up to [width] digits. */
static void put_padded(struct output *out, unsigned number, unsigned base, size_t width)
{
    char   digits[32];
    size_t i = sizeof digits;
    for (; number || sizeof digits - i < width; number /= base)
        digits[--i] = "0123456789ABCDEF"[number % base];
    put(out, digits + i, sizeof digits - i);
}

static bool is_padded(const char *format) { return format[1] == '0' && format[2] >= '1' && format[2] <= '9' && (format[3] == 'u' || format[3] == 'X'); }

static void put_string(struct output *out, const char *text)
{
    put(out, text ? text : "(null)", text ? strlen(text) : 6);
}

/* The %.*s of a str: its bytes, up to a NUL. */
static void put_slice(struct output *out, int len, const char *text)
{
    const char *nul = len > 0 ? memchr(text, '\0', (size_t)len) : NULL;
    if (len > 0)
        put(out, text, nul ? (size_t)(nul - text) : (size_t)len);
}

/* All that is left, from a conversion on that is not known here. */
static size_t put_rest(struct output *out, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
static size_t put_rest(struct output *out, const char *format, va_list args)
{
    char   none[1];
    size_t rest = out->len < out->room ? out->room - out->len : 0;
    int    n = vsnprintf(rest ? out->at + out->len : none, rest, format, args);
    return out->len + (n < 0 ? 0 : (size_t)n);
}

size_t format_text(char *at, size_t room, const char *format, va_list args)
{
    struct output out = { at, room, 0 };
    const char *percent;
    while ((percent = strchr(format, '%')) != NULL) {
        size_t known = 2;
        put(&out, format, (size_t)(percent - format));
        format = percent;
        switch (format[1]) {
        case 's': put_string(&out, va_arg(args, const char *)); break;
        case 'd': put_int(&out, va_arg(args, int)); break;
        case 'u': put_number(&out, va_arg(args, unsigned), false); break;
        case 'c': put(&out, &(char){ (char)va_arg(args, int) }, 1); break;
        case '%': put(&out, "%", 1); break;
        default:
            known = 4;
            if (is_padded(format)) {
                put_padded(&out, va_arg(args, unsigned), format[3] == 'u' ? 10 : 16, (size_t)(format[2] - '0'));
                break;
            }
            if (strncmp(format, "%.*s", 4) != 0)
                return put_rest(&out, format, args);
            int len = va_arg(args, int); /* before the text: arguments have no order otherwise */
            put_slice(&out, len, va_arg(args, const char *));
        }
        format += known;
    }
    put(&out, format, strlen(format));
    return out.len;
}
