/* SPDX-License-Identifier: MIT */
#include "write/calendar.h"

enum { LINE_MOST = 75 }; /* bytes, RFC 5545 section 3.1 */

/* Ends the line and begins another with a space, which readers take out again; characters stay whole. */
static void put_folded(struct buf *out, str line)
{
    size_t begin = 0, room = LINE_MOST;
    while (line.len - begin > room) {
        size_t end = begin + room;
        while (end > begin && ((unsigned char)line.at[end] & 0xC0) == 0x80)
            end--;
        buf_put(out, str_cut(line, begin, end));
        buf_text(out, "\r\n ");
        begin = end;
        room = LINE_MOST - 1;
    }
    buf_put(out, str_cut(line, begin, line.len));
    buf_text(out, "\r\n");
}

/* TEXT of section 3.3.11. */
static void put_escaped(struct buf *line, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '\n')
            buf_text(line, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            buf_print(line, "\\%c", c);
        else if ((unsigned char)c >= 0x20 && c != 0x7F)
            buf_char(line, c);
    }
}

static void put_property(const struct calendar *c, const char *name, const str *texts, size_t ntexts)
{
    buf_clear(c->line);
    buf_print(c->line, "%s:", name);
    for (size_t i = 0; i < ntexts; i++)
        put_escaped(c->line, texts[i]);
    put_folded(c->out, buf_str(c->line));
}

static void put_day(struct buf *out, const char *name, int32_t day, const char *rest)
{
    int year, month, date;
    date_split(day, &year, &month, &date);
    buf_print(out, "%s:%04d%02d%02d%s\r\n", name, year, month, date, rest);
}

struct calendar calendar_begin(struct arena *arena, struct buf *out, str name)
{
    struct calendar c = { out, buf_new(arena) };
    buf_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ismsc//ismsc//EN\r\nCALSCALE:GREGORIAN\r\n");
    put_property(&c, "X-WR-CALNAME", (str[]){ STR("ISMS "), name }, 2);
    return c;
}

void calendar_event(const struct calendar *c, const struct calendar_event *event)
{
    bool titled = event->title.len && !str_eq(event->title, event->record);
    unsigned long long id = (unsigned long long)(str_hash(event->record) * 31 + str_hash(event->what));
    buf_print(c->out, "BEGIN:VEVENT\r\nUID:%016llx@ismsc\r\n", id);
    put_day(c->out, "DTSTAMP", event->as_of, "T000000Z");
    put_day(c->out, "DTSTART;VALUE=DATE", event->on, "");
    put_property(c, "SUMMARY", (str[]){ event->record, event->record.len ? STR(": ") : STR(""), event->what }, 3);
    if (titled || event->owner.len)
        put_property(c, "DESCRIPTION", (str[]){ titled ? event->title : STR(""), titled && event->owner.len ? STR("\n") : STR(""), event->owner }, 3);
    buf_text(c->out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

void calendar_end(const struct calendar *c) { buf_text(c->out, "END:VCALENDAR\r\n"); }
