/* SPDX-License-Identifier: MIT */
/*
 * The head of an HTTP/1.1 request (RFC 9112), as much of it as a server for one folder of pages on the loopback needs: GET and HEAD of
 * a name. What comes from the network is somebody else's bytes, so everything that is not plainly right is refused.
 */
#ifndef BASE_HTTP_H
#define BASE_HTTP_H

#include <stdbool.h>

#include "base/str.h"

enum { HTTP_HEAD_BYTES = 8192, HTTP_NAME_BYTES = 256 };

struct http_request {
    bool head;                  /* HEAD: the answer has no body */
    char name[HTTP_NAME_BYTES]; /* "risk-r-001.html", decoded, without the slash before it; "" is the root */
};

/*
 * Reads [bytes], all that came so far. 0: the head is not complete. 200: it is, and *request says what is wanted. Anything else is the status
 * to refuse it with: 400 what is no request, 404 a path with folders, hidden files or what could lead elsewhere, 405 another method,
 * 414 and 431 too long, 421 a Host that is not this machine's loopback (a page of the web that was made to resolve to it), 505 another version.
 */
unsigned http_parse(struct http_request *request, str bytes);

#endif
