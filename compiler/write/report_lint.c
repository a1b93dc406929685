/* SPDX-License-Identifier: MIT */
/* Findings for programs that collect what linters say: a JSON object a line, Reviewdog's diagnostics, Checkstyle's XML. */
#include "write/json.h"
#include "write/report_part.h"
#include "write/xml.h"

void report_jsonl(struct buf *out, const struct report *report)
{
    for (size_t i = 0; i < report->findings->list.len; i++) {
        report_json_finding(out, report->sources, report->findings->list.at[i]);
        buf_char(out, '\n');
    }
}

/* Reviewdog counts columns in bytes of UTF-8. */
static void rd_location(struct buf *out, const struct report *report, struct span span)
{
    struct report_place place = report_place(report, span);
    buf_text(out, "\"location\": {");
    json_member(out, "path", place.path);
    buf_print(out, "\"range\": {\"start\": {\"line\": %u, \"column\": %u}, \"end\": {\"line\": %u, \"column\": %u}}}",
              place.begin.line, place.byte, place.end.line, place.byte_end);
}

static void rd_diagnostic(struct buf *out, const struct report *report, const struct finding *f)
{
    buf_text(out, "{\"message\": ");
    json_string(out, report_sentence(report->arena, f));
    buf_text(out, ", ");
    rd_location(out, report, f->at);
    buf_print(out, ", \"severity\": \"%s\", \"code\": {\"value\": ", f->severity >= SEV_MAJOR ? "ERROR" : f->severity == SEV_MINOR ? "WARNING" : "INFO");
    json_string(out, f->rule);
    buf_text(out, "}");
    if (f->fix) {
        struct report_place place = report_place(report, f->fix->at);
        buf_print(out, ", \"suggestions\": [{\"range\": {\"start\": {\"line\": %u, \"column\": %u}, \"end\": {\"line\": %u, \"column\": %u}}, \"text\": ",
                  place.begin.line, place.byte, place.end.line, place.byte_end);
        json_string(out, f->fix->text);
        buf_text(out, "}]");
    }
    for (const struct label *l = f->related; l; l = l->next) {
        buf_text(out, l == f->related ? ", \"related_locations\": [{\"message\": " : ", {\"message\": ");
        json_string(out, l->text);
        buf_text(out, ", ");
        rd_location(out, report, l->at);
        buf_text(out, l->next ? "}" : "}]");
    }
    buf_text(out, "}");
}

void report_rdjson(struct buf *out, const struct report *report)
{
    size_t n;
    const struct finding **list = report_worst_first(report, &n);
    buf_text(out, "{\"source\": {\"name\": \"ismsc\"}, \"diagnostics\": [");
    for (size_t i = 0; i < n; i++) {
        buf_text(out, i ? ",\n  " : "\n  ");
        rd_diagnostic(out, report, list[i]);
    }
    buf_text(out, "]}\n");
}

static void checkstyle_error(struct buf *out, struct report_place place, const struct finding *f, str sentence)
{
    buf_print(out, "    <error line=\"%u\" column=\"%u\" severity=\"%s\" message=\"", place.begin.line, place.begin.column,
              f->severity >= SEV_MAJOR ? "error" : f->severity == SEV_MINOR ? "warning" : "info");
    xml_attribute(out, sentence);
    buf_text(out, "\" source=\"ismsc.");
    xml_attribute(out, f->rule);
    buf_text(out, "\"/>\n");
}

/* Findings are in the order of files already. */
void report_checkstyle(struct buf *out, const struct report *report)
{
    str file = { 0 };
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    for (size_t i = 0; i < report->findings->list.len; i++) {
        const struct finding *f = report->findings->list.at[i];
        struct report_place place = report_place(report, f->at);
        if (f->accepted)
            continue;
        if (!str_eq(place.path, file)) {
            buf_text(out, file.len ? "  </file>\n  <file name=\"" : "  <file name=\"");
            xml_attribute(out, file = place.path);
            buf_text(out, "\">\n");
        }
        checkstyle_error(out, place, f, report_sentence(report->arena, f));
    }
    buf_text(out, file.len ? "  </file>\n</checkstyle>\n" : "</checkstyle>\n");
}
