/* SPDX-License-Identifier: MIT */
/* Requests as browsers send them, and as nobody should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/http.h"

#define HOST "Host: localhost:27001\r\n"

static struct http_request request;

static unsigned parse(const char *bytes) { return http_parse(&request, str_of(bytes)); }

static void good(void **state)
{
    (void)state;
    assert_int_equal(parse("GET / HTTP/1.1\r\n" HOST "\r\n"), 200);
    assert_string_equal(request.name, "");
    assert_false(request.head);
    assert_int_equal(parse("HEAD /risk-r-001.html?x=/../y HTTP/1.1\r\nAccept: */*\r\nhOST:127.0.0.1\r\n\r\n"), 200);
    assert_string_equal(request.name, "risk-r-001.html");
    assert_true(request.head);
    assert_int_equal(parse("GET /%47er%C3%A4te.html HTTP/1.0\r\nHost: [::1]:8080\r\n\r\n"), 200);
    assert_string_equal(request.name, "Ger\xC3\xA4te.html");
}

static void not_yet(void **state)
{
    static const char whole[] = "GET /index.html HTTP/1.1\r\n" HOST "\r\n";
    (void)state;
    for (size_t n = 0; n + 1 < sizeof whole; n++)
        assert_int_equal(http_parse(&request, (str){ whole, n }), n + 1 == sizeof whole ? 200 : 0);
    assert_int_equal(parse(whole), 200);
}

static void elsewhere(void **state)
{
    static const char *const paths[] = { "/../etc/passwd", "/..%2fsecret", "/..", "/.git", "/%2e%2e", "/a/b.html", "/a%5cb", "//index.html", "/c:x", "/%2E%2E%5C" };
    char text[256];
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        snprintf(text, sizeof text, "GET %s HTTP/1.1\r\n" HOST "\r\n", paths[i]);
        assert_int_equal(parse(text), 404);
    }
}

static void refused(void **state)
{
    static const struct { unsigned status; const char *text; } rows[] = {
        { 400, "\r\n\r\n" }, { 400, "GET\r\n\r\n" }, { 400, "GET /\r\n" HOST "\r\n" }, { 400, "GET / HTTP/1.1\r\n\r\n" }, { 505, "GET / HTTP/2.0\r\n" HOST "\r\n" },
        { 405, "POST / HTTP/1.1\r\n" HOST "\r\n" }, { 405, "get / HTTP/1.1\r\n" HOST "\r\n" }, { 400, "GET http://localhost/ HTTP/1.1\r\n" HOST "\r\n" },
        { 400, "GET /%00 HTTP/1.1\r\n" HOST "\r\n" }, { 400, "GET /%0a HTTP/1.1\r\n" HOST "\r\n" }, { 400, "GET /%4 HTTP/1.1\r\n" HOST "\r\n" },
        { 400, "GET /%zz HTTP/1.1\r\n" HOST "\r\n" }, { 400, "GET / HTTP/1.1\r\n" HOST HOST "\r\n" }, { 400, "GET / HTTP/1.1\n" HOST "\r\n\r\n" },
        { 400, "GET / HTTP/1.1\r\n" HOST " folded\r\n\r\n" }, { 400, "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n" }, { 400, "GET / HTTP/1.1\r\n: x\r\n" HOST "\r\n" },
        { 421, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n" }, { 421, "GET / HTTP/1.1\r\nHost: localhost.evil.example:27001\r\n\r\n" },
        { 421, "GET / HTTP/1.1\r\nHost: 127.0.0.1:27001@evil\r\n\r\n" }, { 421, "GET / HTTP/1.1\r\nHost:\r\n\r\n" }, { 421, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n" },
        { 421, "GET / HTTP/1.1\r\nHost: localhost:\r\n\r\n" }, { 400, "GET / HTTP/1.1\r\n" HOST "X: \x01\r\n\r\n" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (parse(rows[i].text) != rows[i].status)
            fail_msg("%s gives %u", rows[i].text, parse(rows[i].text));
    static const char nul[] = "GET /index.html\0.png HTTP/1.1\r\n" HOST "\r\n";
    assert_int_equal(http_parse(&request, (str){ nul, sizeof nul - 1 }), 400);
}

static void too_long(void **state)
{
    static char text[HTTP_HEAD_BYTES + 64];
    (void)state;
    memset(text, 'a', sizeof text);
    assert_int_equal(http_parse(&request, (str){ text, HTTP_HEAD_BYTES }), 431);
    memcpy(text, "GET /", 5);
    memcpy(text + 600, " HTTP/1.1\r\n" HOST "\r\n", sizeof " HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(parse(text), 414);
}

/* Whatever bytes come: an answer, and a name that is a name. */
static void anything(void **state)
{
    static const char seed[] = "GET /%2e%2e/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    char text[sizeof seed];
    uint32_t random = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        memcpy(text, seed, sizeof seed);
        for (int n = 0; n < 4; n++) {
            random = random * 1664525 + 1013904223;
            text[(random >> 8) % (sizeof seed - 1)] = (char)(random >> 24);
        }
        unsigned status = http_parse(&request, (str){ text, sizeof seed - 1 });
        assert_true(status == 0 || (status >= 200 && status < 600));
        if (status == 200)
            assert_true(!strpbrk(request.name, "/\\:") && request.name[0] != '.');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good), cmocka_unit_test(not_yet), cmocka_unit_test(elsewhere),
        cmocka_unit_test(refused), cmocka_unit_test(too_long), cmocka_unit_test(anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
