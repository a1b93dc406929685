/* SPDX-License-Identifier: MIT */
/*
 * A server for the pages of one folder, for this machine alone: 127.0.0.1 and ::1, GET and HEAD, a few connections, each for one answer.
 * Pages that are looked at are told when there are newer ones.
 */
#ifndef COMMANDS_SERVER_H
#define COMMANDS_SERVER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/http.h"

enum { SERVER_CONNECTIONS = 32, SERVER_WAITING = 4, SERVER_PROBLEM_BYTES = 16 * 1024 };

struct connection {
    int      fd;                    /* -1: free */
    int      file;                  /* what is being sent; -1: nothing, or not yet */
    bool     page, waiting;         /* [file] is a page; a page waits here for news */
    int64_t  since;                 /* seconds: when something went forward last */
    unsigned seen;                  /* the news it was told */
    size_t   len, sent;             /* in [bytes] */
    char     bytes[HTTP_HEAD_BYTES + 2048];
};

struct server {
    int      listeners[2];          /* IPv4 and IPv6; -1: none */
    unsigned port;
    unsigned news;                  /* goes up whenever there are newer pages */
    char     folder[4096];          /* of the pages; empty: there are none yet */
    char     problem[SERVER_PROBLEM_BYTES]; /* why there are no newer pages; empty: there is no problem */
    struct connection connections[SERVER_CONNECTIONS];
};

/* Listens on [port], or with [others] on the first of it and the nine after it that is free. False, with *why, when none is. */
bool server_open(struct server *server, unsigned port, bool others, const char **why);
/* Serves until [other] can be read or a signal that [signals] lets through comes; false then. */
bool server_run(struct server *server, int other, const sigset_t *signals);
/* Those who wait are told that there is something new. */
void server_tell(struct server *server);
void server_close(struct server *server);

#endif
