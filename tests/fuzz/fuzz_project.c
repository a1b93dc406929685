/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a whole project in memory: it is checked, and built when it can be, in every format. The input is
 * files parted by lines that begin with "%%% " and a path; what stands before the first is isms.yaml.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "ismsc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILES = 8, PATH = 64 };

struct project {
    struct ismsc_overlay overlays[FILES];
    char                 paths[FILES][PATH];
    size_t               count;
};

static void add_file(struct project *project, str path, str bytes)
{
    if (project->count == FILES || path.len == 0 || path.len >= PATH || memchr(path.at, 0, path.len))
        return;
    char *kept = project->paths[project->count];
    memcpy(kept, path.at, path.len);
    kept[path.len] = '\0';
    project->overlays[project->count++] = (struct ismsc_overlay){ kept, { bytes.at, bytes.len } };
}

static void split(struct project *project, str input)
{
    str    path = STR("isms.yaml");
    size_t begin = 0;
    for (size_t at = 0; at < input.len;) {
        size_t end = str_find(input, '\n', at);
        str    line = str_cut(input, at, end);
        if (str_starts(line, STR("%%% "))) {
            add_file(project, path, str_cut(input, begin, at));
            path = str_cut(line, 4, line.len);
            begin = end < input.len ? end + 1 : input.len;
        }
        at = end + 1;
    }
    add_file(project, path, str_cut(input, begin, input.len));
}

static bool take(void *state, const struct ismsc_output *output, const char **why)
{
    size_t *count = state;
    (void)why;
    assert(output->bytes.len > 0);
    ++*count;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct project project = { .count = 0 };
    struct ismsc_text text;
    size_t outputs = 0;
    split(&project, (str){ (const char *)data, size });
    struct ismsc *session = ismsc_open(&(struct ismsc_options){
        .as_of = "2026-11-21", .overlays = project.overlays, .noverlays = project.count, .memory = (size_t)1 << 30 });
    if (!session)
        return 0;
    enum ismsc_status status = ismsc_check(session);
    if (status != ISMSC_FAILED) {
        for (const char *const *format = ismsc_report_formats; *format; format++)
            ismsc_report(session, *format, true, true, &text);
        struct ismsc_build build = { .formats = 63, .write = take, .state = &outputs };
        status = ismsc_build(session, &build);
        assert(status != ISMSC_OK || outputs > 0);
        ismsc_explain(session, "A.5.1", ISMSC_TEXT, (struct ismsc_page){ false, 80 }, &text);
    }
    ismsc_close(session);
    return 0;
}
