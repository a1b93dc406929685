/* SPDX-License-Identifier: MIT */
/* Deadlines -> a calendar that every calendar program reads: iCalendar, RFC 5545. Lines end in CR LF, none has over 75 bytes. */
#ifndef WRITE_CALENDAR_H
#define WRITE_CALENDAR_H

#include "base/buf.h"
#include "base/date.h"

struct calendar_event {
    int32_t on;     /* the whole day */
    int32_t as_of;  /* the day the calendar was made: the same sources give the same bytes */
    str     record; /* its id; with [what] it makes the event's own id, so that a later calendar moves the event */
    str     what, title, owner; /* each may be empty */
};

/* A calendar being written. */
struct calendar {
    struct buf *out, *line; /* the line in hand, before it is folded */
};

struct calendar calendar_begin(struct arena *arena, struct buf *out, str name);
void calendar_event(const struct calendar *calendar, const struct calendar_event *event);
void calendar_end(const struct calendar *calendar);

#endif
