/* SPDX-License-Identifier: MIT */
#include "commands/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

enum { PATIENCE = 15 }; /* seconds in which a request must come, or an answer go on */

/* What a page gets here and nowhere else: a script that waits for news, and the look of the bar. Their digests stand in its policy. */
#define SCRIPT "(()=>{let seen;new EventSource(\"/_news\").onmessage=(e)=>{if(seen!==undefined&&seen!==e.data)location.reload();seen=e.data;};})()"
#define SCRIPT_SOURCE "'sha256-+d2cixuKf8sn2pH0I0otTO6ZyEn5Ac6meyvE36sIr94='"
#define STYLE "._problem{position:sticky;bottom:0;z-index:9;max-height:45vh;overflow:auto;padding:1rem 1.5rem;background:#7a1f1f;color:#fff;font:14px/1.5 system-ui,sans-serif}._problem pre{margin:.5rem 0 0;padding:0;max-width:none;background:none;white-space:pre-wrap;font:12.5px/1.5 ui-monospace,monospace}@media print{._problem{display:none}}"
#define STYLE_SOURCE "'sha256-cL0RAhXv4jFcQTj61FIZklAt6iM3sWTcqQJWahecwEE='"

/* ---- listening ---- */

static int listen_on(int family, unsigned port)
{
    struct sockaddr_in  four = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    const void *address = family == AF_INET ? (const void *)&four : (const void *)&six;
    socklen_t len = family == AF_INET ? sizeof four : sizeof six;
    int yes = 1, fd = socket(family, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    if (fd < FD_SETSIZE && bind(fd, address, len) == 0 && listen(fd, 16) == 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0)
        return fd;
    int problem = errno;
    close(fd);
    errno = problem;
    return -1;
}

/* A machine may have no IPv6; but where another program has the port there, it would get what is asked of localhost. */
static bool listen_on_both(struct server *server)
{
    server->listeners[0] = listen_on(AF_INET, server->port);
    if (server->listeners[0] < 0)
        return false;
    server->listeners[1] = listen_on(AF_INET6, server->port);
    if (server->listeners[1] >= 0 || errno != EADDRINUSE)
        return true;
    close(server->listeners[0]);
    server->listeners[0] = -1;
    errno = EADDRINUSE;
    return false;
}

bool server_open(struct server *server, unsigned port, bool others, const char **why)
{
    memset(server, 0, sizeof *server);
    for (size_t i = 0; i < SERVER_CONNECTIONS; i++)
        server->connections[i].fd = server->connections[i].file = -1;
    for (unsigned n = 0; n < (others ? 10 : 1); n++) {
        server->port = port + n;
        if (listen_on_both(server))
            return true;
    }
    *why = strerror(errno);
    return false;
}

/* ---- connections ---- */

static void drop(struct connection *c)
{
    if (c->fd >= 0)
        close(c->fd);
    if (c->file >= 0)
        close(c->file);
    c->fd = c->file = -1;
}

void server_close(struct server *server)
{
    for (size_t i = 0; i < SERVER_CONNECTIONS; i++)
        drop(&server->connections[i]);
    for (size_t i = 0; i < 2; i++)
        if (server->listeners[i] >= 0)
            close(server->listeners[i]);
}

/* The page that has waited for news longest, if [most] or more do; it will ask again. */
static struct connection *longest_waiting(struct server *server, unsigned most)
{
    struct connection *found = NULL;
    unsigned n = 0;
    for (size_t i = 0; i < SERVER_CONNECTIONS; i++) {
        struct connection *c = &server->connections[i];
        if (c->fd < 0 || !c->waiting)
            continue;
        n++;
        if (!found || c->since < found->since)
            found = c;
    }
    return n >= most ? found : NULL;
}

/* A free place, else that of a page that waits for news. */
static struct connection *place(struct server *server)
{
    for (size_t i = 0; i < SERVER_CONNECTIONS; i++)
        if (server->connections[i].fd < 0)
            return &server->connections[i];
    struct connection *found = longest_waiting(server, 1);
    if (found)
        drop(found);
    return found;
}

static void welcome(struct server *server, int listener)
{
    int fd = accept(listener, NULL, NULL);
    struct connection *c = fd < 0 ? NULL : place(server);
    if (fd < 0)
        return;
    if (!c || fd >= FD_SETSIZE || fcntl(fd, F_SETFL, O_NONBLOCK) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
        close(fd);
        return;
    }
    memset(c, 0, sizeof *c);
    c->fd = fd;
    c->file = -1;
    c->since = clock_seconds();
}

/* ---- answers ---- */

static void put(struct connection *c, const char *text)
{
    size_t len = strlen(text), room = sizeof c->bytes - c->len;
    memcpy(c->bytes + c->len, text, len < room ? len : room);
    c->len += len < room ? len : room;
}

static const char *words_of(unsigned status)
{
    switch (status) {
    case 200: return "200 OK";
    case 404: return "404 Not Found";
    case 405: return "405 Method Not Allowed\r\nAllow: GET, HEAD";
    case 414: return "414 URI Too Long";
    case 421: return "421 Misdirected Request";
    case 431: return "431 Request Header Fields Too Large";
    case 505: return "505 HTTP Version Not Supported";
    default:  return "400 Bad Request";
    }
}

static void put_head(struct connection *c, unsigned status, const char *type)
{
    c->len = c->sent = 0;
    put(c, "HTTP/1.1 ");
    put(c, words_of(status));
    put(c, "\r\nContent-Type: ");
    put(c, type);
    put(c, "\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
           "X-Frame-Options: DENY\r\nCross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n\r\n");
}

static void refuse(struct connection *c, unsigned status)
{
    put_head(c, status, "text/plain; charset=utf-8");
    put(c, status == 404 ? "There is no such page.\n" : "This is no request for a page.\n");
}

static bool ends(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcmp(name + n - m, ending) == 0;
}

/* A plain file right in the folder, and nothing that only leads to one. */
static int open_page(const struct server *server, const char *name)
{
    char path[sizeof server->folder + HTTP_NAME_BYTES + 1];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", server->folder, *name ? name : "index.html");
    int fd = *server->folder ? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        return -1;
    }
    return fd;
}

/* The page's policy lets in what a page gets here. It stands at its beginning, which is in [bytes] behind [from]. */
static void widen_policy(struct connection *c, size_t from)
{
    static const struct { const char *before, *more; } places[] = {
        { "default-src 'none'; ", "connect-src 'self'; " }, { "style-src ", STYLE_SOURCE " " }, { "script-src ", SCRIPT_SOURCE " " },
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        c->bytes[c->len] = '\0';
        char  *at = strstr(c->bytes + from, places[i].before);
        size_t n = strlen(places[i].more);
        if (!at || c->len + n + 1 > sizeof c->bytes)
            continue;
        at += strlen(places[i].before);
        memmove(at + n, at, (size_t)(c->bytes + c->len - at));
        memcpy(at, places[i].more, n);
        c->len += n;
    }
    c->bytes[c->len] = '\0';
    char *none = strstr(c->bytes + from, SCRIPT_SOURCE " 'none'"); /* beside a digest it would mean nothing */
    if (none)
        memset(none + strlen(SCRIPT_SOURCE), ' ', strlen(" 'none'"));
}

static void begin_page(struct server *server, struct connection *c, const struct http_request *request)
{
    enum { BEGINNING = 2048 };
    c->file = open_page(server, request->name);
    c->page = ends(*request->name ? request->name : "index.html", ".html");
    if (c->file < 0 && !*server->problem) {
        refuse(c, 404);
        return;
    }
    put_head(c, 200, c->page ? "text/html; charset=utf-8" : "application/octet-stream");
    size_t from = c->len;
    ssize_t n = c->file < 0 || request->head ? 0 : read(c->file, c->bytes + c->len, BEGINNING);
    if (request->head) {
        if (c->file >= 0)
            close(c->file);
        c->file = -1;
        c->page = false;
        return;
    }
    c->len += n > 0 ? (size_t)n : 0;
    if (c->file < 0)
        put(c, "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>ismsc</title><body><h1>There are no pages yet</h1>");
    else if (c->page)
        widen_policy(c, from);
}

/*
 * A browser has six connections to a server for all its pages together, and opens no page when all of them wait for news; so only some
 * may wait at a time. Others ask again each second, and take turns.
 */
static void begin_news(struct server *server, struct connection *c)
{
    struct connection *longest = longest_waiting(server, SERVER_WAITING);
    if (longest)
        drop(longest);
    put_head(c, 200, "text/event-stream");
    c->waiting = true;
    c->seen = server->news + 1; /* not told yet */
}

static void answer(struct server *server, struct connection *c)
{
    struct http_request request;
    unsigned status = http_parse(&request, (str){ c->bytes, c->len });
    if (status == 0)
        return;
    c->since = clock_seconds();
    c->page = false;
    if (status != 200)
        refuse(c, status);
    else if (strcmp(request.name, "_news") == 0 && !request.head)
        begin_news(server, c);
    else
        begin_page(server, c, &request);
    c->seen = c->waiting ? c->seen : 1; /* an answer has begun */
}

/* ---- sending ---- */

/* What comes behind a page: the script, and the bar where its sources are broken. */
static void put_tail(const struct server *server, struct connection *c)
{
    c->len = c->sent = 0;
    if (*server->problem) {
        put(c, "<style>" STYLE "</style><div class=\"_problem\" role=\"alert\"><strong>These pages are older than the sources, which can not be built from:</strong><pre>");
        for (const char *at = server->problem; *at && c->len + 512 < sizeof c->bytes; at++) {
            const char one[2] = { *at, '\0' };
            put(c, *at == '<' ? "&lt;" : *at == '&' ? "&amp;" : one);
        }
        put(c, "</pre></div>");
    }
    put(c, "<script>" SCRIPT "</script>\n");
    c->page = false;
}

/* More to send into [bytes]; false at the end. */
static bool refill(const struct server *server, struct connection *c)
{
    c->len = c->sent = 0;
    if (c->waiting) {
        char line[64];
        if (c->seen == server->news)
            return true;
        c->seen = server->news;
        snprintf(line, sizeof line, "retry: 1000\ndata: %ld-%u\n\n", (long)getpid(), server->news);
        put(c, line);
        return true;
    }
    ssize_t n = c->file < 0 ? 0 : read(c->file, c->bytes, sizeof c->bytes);
    if (n > 0) {
        c->len = (size_t)n;
        return true;
    }
    if (!c->page)
        return false;
    put_tail(server, c);
    return true;
}

static void send_more(const struct server *server, struct connection *c)
{
    while (c->fd >= 0) {
        if (c->sent == c->len && !refill(server, c)) {
            drop(c);
            return;
        }
        if (c->sent == c->len)
            return; /* it waits */
        ssize_t n = send(c->fd, c->bytes + c->sent, c->len - c->sent, MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
            return;
        if (n < 0) {
            drop(c);
            return;
        }
        c->sent += (size_t)n;
        c->since = clock_seconds();
    }
}

static bool is_answering(const struct connection *c) { return c->seen != 0; }

static void receive(struct server *server, struct connection *c)
{
    char rest[512];
    bool asked = is_answering(c);
    ssize_t n = asked ? recv(c->fd, rest, sizeof rest, 0) : recv(c->fd, c->bytes + c->len, HTTP_HEAD_BYTES - c->len, 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
        drop(c);
        return;
    }
    if (asked || n < 0)
        return; /* what comes behind a request is not looked at */
    c->len += (size_t)n;
    answer(server, c);
    if (is_answering(c))
        send_more(server, c);
}

void server_tell(struct server *server)
{
    server->news++;
    for (size_t i = 0; i < SERVER_CONNECTIONS; i++)
        if (server->connections[i].fd >= 0 && server->connections[i].waiting)
            send_more(server, &server->connections[i]);
}

/* ---- the loop ---- */

static int gather(struct server *server, int other, fd_set *in, fd_set *out)
{
    int most = other;
    FD_ZERO(in);
    FD_ZERO(out);
    FD_SET(other, in);
    for (size_t i = 0; i < 2; i++)
        if (server->listeners[i] >= 0) {
            FD_SET(server->listeners[i], in);
            most = server->listeners[i] > most ? server->listeners[i] : most;
        }
    for (size_t i = 0; i < SERVER_CONNECTIONS; i++) {
        struct connection *c = &server->connections[i];
        if (c->fd >= 0 && !(c->waiting && c->sent == c->len) && clock_seconds() - c->since > PATIENCE)
            drop(c);
        if (c->fd < 0)
            continue;
        FD_SET(c->fd, in);
        if (is_answering(c) && (c->sent < c->len || !c->waiting))
            FD_SET(c->fd, out);
        most = c->fd > most ? c->fd : most;
    }
    return most;
}

bool server_run(struct server *server, int other, const sigset_t *signals)
{
    for (;;) {
        fd_set in, out;
        struct timespec second = { 1, 0 };
        int most = gather(server, other, &in, &out), n = pselect(most + 1, &in, &out, NULL, &second, signals);
        if (n < 0)
            return false;
        for (size_t i = 0; n > 0 && i < SERVER_CONNECTIONS; i++) {
            struct connection *c = &server->connections[i];
            int fd = c->fd;
            if (fd >= 0 && FD_ISSET(fd, &in))
                receive(server, c);
            if (fd >= 0 && c->fd == fd && FD_ISSET(fd, &out))
                send_more(server, c);
        }
        for (size_t i = 0; n > 0 && i < 2; i++)
            if (server->listeners[i] >= 0 && FD_ISSET(server->listeners[i], &in))
                welcome(server, server->listeners[i]);
        if (n > 0 && FD_ISSET(other, &in))
            return true;
    }
}
