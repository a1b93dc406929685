/* SPDX-License-Identifier: MIT */
/*
 * Findings as SARIF 2.1.0 (OASIS), as GitHub's code scanning reads it: all four numbers of a region, rules with their help,
 * and a fingerprint of rule, record and field, so that moving a record does not close one alert and open another. Accepted findings
 * are left out, because GitHub shows suppressed results as open ones. No `security-severity`: a nonconformity is no vulnerability.
 */
#include "write/json.h"
#include "write/report_part.h"

enum {
    MOST_RESULTS = 5000, /* GitHub keeps no more of a run */
    MOST_TEXT    = 1024, /* of a rule's short and full description */
    MOST_PLACES  = 100,  /* of a result */
};

static const char *level(enum severity severity)
{
    return severity >= SEV_MAJOR ? "error" : severity == SEV_MINOR ? "warning" : "note";
}

static void text_object(struct buf *out, const char *name, str text)
{
    if (text.len > MOST_TEXT) {
        text.len = MOST_TEXT - 3;
        text.len = utf8_invalid_at(text); /* a character may have been cut */
    }
    buf_print(out, "\"%s\": {\"text\": ", name);
    json_string(out, text);
    buf_text(out, "}");
}

/* A URI reference (RFC 3986): what is not allowed in a path is percent-encoded. */
static str uri(struct arena *arena, str path)
{
    struct buf *out = buf_new(arena);
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
        if (plain)
            buf_char(out, (char)c);
        else
            buf_print(out, "%%%02X", c);
    }
    return buf_str(out);
}

static void location(struct buf *out, const struct report *report, struct span span)
{
    struct report_place place = report_place(report, span);
    buf_text(out, "\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    json_string(out, uri(report->arena, place.path));
    buf_print(out, ", \"uriBaseId\": \"%%SRCROOT%%\"}, \"region\": {\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u}}",
              place.begin.line, place.begin.column, place.end.line, place.end.column);
}

static void rule(struct buf *out, const struct report *report, const struct finding *finding)
{
    struct report_kind kind = report_kind(report, finding);
    buf_text(out, "{");
    json_member(out, "id", kind.id);
    json_member(out, "name", kind.name.len ? kind.name : kind.id);
    text_object(out, "shortDescription", kind.title.len ? kind.title : kind.id);
    buf_text(out, ", ");
    text_object(out, "fullDescription", kind.why.len ? kind.why : kind.title.len ? kind.title : kind.id);
    buf_text(out, ", ");
    text_object(out, "help", kind.fix.len ? kind.fix : kind.title.len ? kind.title : kind.id);
    buf_print(out, ", \"defaultConfiguration\": {\"level\": \"%s\"}, \"properties\": {\"precision\": \"high\", \"problem.severity\": \"%s\", \"tags\": [\"ISMS\"",
              level(finding->severity), finding->severity >= SEV_MAJOR ? "error" : finding->severity == SEV_MINOR ? "warning" : "recommendation");
    if (kind.clause.len) {
        buf_text(out, ", ");
        json_string(out, str_join2(report->arena, str_starts(kind.clause, STR("A.")) ? STR("control ") : STR("clause "), kind.clause));
    }
    buf_text(out, "]}}");
}

/* In a message square brackets make links. */
static void message_text(struct buf *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("[]\\", text.at[i]) && text.at[i])
            buf_char(out, '\\');
        buf_char(out, text.at[i]);
    }
}

/* The sentence, and behind it a link for each second place: other places show only where the message links them. */
static str message(const struct report *report, const struct finding *finding)
{
    struct buf *out = buf_new(report->arena);
    message_text(out, report_sentence(report->arena, finding));
    int n = 0;
    for (const struct label *l = finding->related; l && n < MOST_PLACES; l = l->next) {
        buf_text(out, n++ ? "; [" : " See [");
        message_text(out, l->text);
        buf_print(out, "](%d)", n);
    }
    buf_text(out, n ? "." : "");
    return buf_str(out);
}

static void related(struct buf *out, const struct report *report, const struct finding *finding)
{
    int n = 0;
    for (const struct label *l = finding->related; l && n < MOST_PLACES; l = l->next) {
        buf_print(out, "%s{\"id\": %d, ", n ? ", " : ", \"relatedLocations\": [", n + 1);
        location(out, report, l->at);
        buf_text(out, ", \"message\": {\"text\": ");
        json_string(out, l->text);
        buf_text(out, "}}");
        n++;
    }
    buf_text(out, n ? "]" : "");
}

static void result(struct buf *out, const struct report *report, const struct finding *finding, unsigned occurrence, size_t index)
{
    buf_text(out, "{");
    json_member(out, "ruleId", finding->rule);
    buf_print(out, "\"ruleIndex\": %zu, \"level\": \"%s\", \"message\": {\"text\": ", index, level(finding->severity));
    json_string(out, message(report, finding));
    buf_text(out, "}, \"locations\": [{");
    location(out, report, finding->at);
    buf_text(out, "}]");
    related(out, report, finding);
    buf_print(out, ", \"partialFingerprints\": {\"primaryLocationLineHash\": \"%016llx:%u\"}, \"properties\": {\"severity\": \"%s\"}}",
              (unsigned long long)finding->fingerprint, occurrence + 1, severity_name(finding->severity));
}

/* The rules that have findings, in the order in which these name them; the index of each by its id. */
static void rules(struct buf *out, const struct report *report, const struct finding *const *list, size_t n, struct map *index)
{
    buf_text(out, "\"rules\": [");
    for (size_t i = 0; i < n; i++) {
        if (map_get(index, list[i]->rule))
            continue;
        size_t *at = NEW(report->arena, size_t);
        *at = index->len;
        map_add(index, report->arena, list[i]->rule, at);
        buf_text(out, *at ? ",\n    " : "\n    ");
        rule(out, report, list[i]);
    }
    buf_text(out, "]");
}

void report_sarif(struct buf *out, const struct report *report)
{
    size_t all, n;
    const struct finding **list = report_worst_first(report, &all);
    struct map index = { 0 }, seen = { 0 };
    n = all < MOST_RESULTS ? all : MOST_RESULTS;
    buf_text(out, "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{\n");
    buf_print(out, "  \"tool\": {\"driver\": {\"name\": \"ismsc\", \"semanticVersion\": \"%s\", ", ISMSC_VERSION);
    rules(out, report, list, n, &index);
    buf_text(out, "}},\n  \"automationDetails\": {\"id\": ");
    json_string(out, str_print(report->arena, "ismsc/%.*s", STR_ARG(report->folder)));
    buf_text(out, "},\n  \"columnKind\": \"unicodeCodePoints\",\n  \"invocations\": [{\"executionSuccessful\": true");
    if (n < all)
        buf_print(out, ", \"toolExecutionNotifications\": [{\"level\": \"warning\", \"message\": {\"text\": \"%zu further findings are left out; the worst are here.\"}}]", all - n);
    buf_text(out, "}],\n  \"results\": [");
    for (size_t i = 0; i < n; i++) {
        buf_text(out, i ? ",\n    " : "\n    ");
        result(out, report, list[i], report_occurrence(list, i, &seen, report->arena), *(size_t *)map_get(&index, list[i]->rule));
    }
    buf_text(out, "]\n}]}\n");
}
