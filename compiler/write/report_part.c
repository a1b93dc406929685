/* SPDX-License-Identifier: MIT */
#include "write/report_part.h"

#include <ctype.h>
#include <stdlib.h>

static const struct report_format formats[] = {
    { "jsonl", report_jsonl },   { "sarif", report_sarif },   { "github", report_github },         { "gitlab", report_gitlab },
    { "junit", report_junit },   { "rdjson", report_rdjson }, { "checkstyle", report_checkstyle }, { "markdown", report_markdown },
};

const struct report_format *report_format_find(str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (str_eq(name, str_of(formats[i].name)))
            return &formats[i];
    return NULL;
}

static uint32_t byte_column(const struct report *report, struct source *source, uint32_t line, uint32_t offset)
{
    uint32_t begin;
    source_line(report->sources, source, line, &begin);
    return offset - begin + 1;
}

struct report_place report_place(const struct report *report, struct span span)
{
    struct source *source = source_of(report->sources, span);
    str path = source ? source->path : STR("isms.yaml");
    struct report_place place = { .begin = { 1, 1 }, .end = { 1, 2 }, .byte = 1, .byte_end = 2 };
    place.path = source && source->builtin ? path : str_join2(report->arena, report->folder, path);
    if (!source)
        return place;
    place.begin = source_place(report->sources, source, span.begin);
    place.end = source_place(report->sources, source, span.end);
    place.byte = byte_column(report, source, place.begin.line, span.begin);
    place.byte_end = byte_column(report, source, place.end.line, span.end);
    if (span.end <= span.begin) {
        place.end = (struct place){ place.begin.line, place.begin.column + 1 };
        place.byte_end = place.byte + 1;
    }
    return place;
}

struct report_kind report_kind(const struct report *report, const struct finding *finding)
{
    const struct rule *rule = map_get(&report->rules->by_code, finding->rule);
    if (rule)
        return (struct report_kind){ finding->rule, rule->name, rule->title, rule->why, rule->fix, finding->clause };
    const struct language_row *row = language_find(finding->rule);
    if (row)
        return (struct report_kind){ finding->rule, str_of(row->name), str_of(row->title), str_of(row->why), str_of(row->fix), { 0 } };
    return (struct report_kind){ .id = finding->rule, .name = finding->name, .title = finding->message, .clause = finding->clause };
}

static int worse(const void *a, const void *b)
{
    const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;
    return x->severity != y->severity ? (x->severity < y->severity) - (x->severity > y->severity) : (x->order > y->order) - (x->order < y->order);
}

const struct finding **report_worst_first(const struct report *report, size_t *n)
{
    const struct finding **list = NEWS(report->arena, const struct finding *, report->findings->list.len);
    *n = 0;
    for (size_t i = 0; i < report->findings->list.len; i++)
        if (!report->findings->list.at[i]->accepted)
            list[(*n)++] = report->findings->list.at[i];
    if (*n > 1)
        qsort(list, *n, sizeof *list, worse);
    return list;
}

unsigned report_occurrence(const struct finding *const *list, size_t i, struct map *seen, struct arena *arena)
{
    str key = str_print(arena, "%016llx", (unsigned long long)list[i]->fingerprint);
    unsigned *count = map_get(seen, key);
    if (!count)
        map_add(seen, arena, key, count = NEW(arena, unsigned));
    return (*count)++;
}

/* With a capital and a full stop, where it has none. */
static void put_sentence(struct buf *out, str s)
{
    size_t begin = out->len;
    buf_put(out, s);
    if (s.len && islower((unsigned char)s.at[0]))
        out->at[begin] = (char)toupper((unsigned char)s.at[0]);
    if (s.len && !strchr(".?!:", s.at[s.len - 1]))
        buf_char(out, '.');
}

str report_sentence(struct arena *arena, const struct finding *finding)
{
    struct buf *text = buf_new(arena);
    put_sentence(text, finding->message);
    if (finding->help.len) {
        buf_char(text, ' ');
        put_sentence(text, finding->help);
    }
    return buf_str(text);
}
