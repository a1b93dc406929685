/* SPDX-License-Identifier: MIT */
/* Documents for others: the project as they may see it, and folders that hold nothing else. */
#include "base/file.h"
#include "base/limits.h"
#include "rules/outlook.h"
#include "session.h"

/* ---- the project ---- */

bool session_reduce(struct ismsc *s, enum audience audience)
{
    struct findings *said = NEW(&s->arena, struct findings);
    if (audience == AUDIENCE_INTERNAL)
        return true;
    findings_init(said, &s->arena);
    s->whole = s->project;
    s->audience = audience;
    s->project = project_reduce(&s->arena, said, &s->sources, &s->catalogue, &s->whole, audience);
    outlook_deadlines(&s->arena, &s->scratch, s->project.model);
    findings_finish(said);
    if (said->count[SEV_ERROR] == 0)
        return true;
    session_restore(s);
    s->findings = *said;
    return false;
}

void session_restore(struct ismsc *s)
{
    if (s->whole.model)
        s->project = s->whole;
    s->whole = (struct project){ 0 };
    s->audience = AUDIENCE_INTERNAL;
}

bool session_hides(const struct ismsc *s, str id)
{
    return s->whole.model && model_find(s->whole.model, id) && !model_find(s->project.model, id);
}

/* ---- the folder ---- */

/* What stands in the note of a folder; empty where there is none. */
static str note_of(struct ismsc *s, str folder)
{
    str bytes = { 0 }, message;
    const struct provider *files = worktree_provider(&s->arena, str_c(&s->arena, folder));
    bool there = files->read(files->state, &s->arena, STR(AUDIENCE_NOTE), LIMIT_YAML_BYTES, &bytes, &message) == LOAD_OK;
    return there ? bytes : (str){ 0 };
}

bool audience_folder_open(struct ismsc *s, str folder)
{
    enum audience whose = AUDIENCE_INTERNAL;
    str note = note_of(s, folder), word;
    bool noted = str_split(&note, '\n', &word) && audience_parse(word, &whose);
    if (whose == s->audience || (!noted && folder_is_empty(str_c(&s->arena, folder))))
        return true;
    session_fail(s, "%.*s holds files %s%s, and one folder is for one audience; name another with --out", STR_ARG(folder),
                 noted ? "for " : "that are not known to be for ", audience_readers(noted ? whose : s->audience));
    return false;
}

static bool is_output(str folder, str name, const struct path_list *outputs)
{
    for (size_t i = 0; i < outputs->len; i++)
        if (str_eq(str_cut(outputs->at[i], folder.len + 1, outputs->at[i].len), name))
            return true;
    return false;
}

/* Names of the note before that are no longer made: kept while only some documents are asked for. */
static bool keep_names(struct ismsc *s, str folder, bool all, const struct path_list *outputs, struct buf *out)
{
    str note = note_of(s, folder), name;
    const struct provider *files = worktree_provider(&s->arena, str_c(&s->arena, folder));
    for (bool first = true; str_split(&note, '\n', &name); first = false) {
        str bytes, message;
        if (first || !name.len || is_output(folder, name, outputs)
            || files->read(files->state, &s->arena, name, 0, &bytes, &message) == LOAD_ABSENT)
            continue;
        if (all) {
            session_fail(s, "%.*s/%.*s was made for %s once and is no longer: remove it", STR_ARG(folder), STR_ARG(name), audience_readers(s->audience));
            return false;
        }
        buf_put(out, name);
        buf_char(out, '\n');
    }
    return true;
}

bool audience_folder_note(struct ismsc *s, str folder, bool all, const struct path_list *outputs, str *note)
{
    struct buf *out = buf_new(&s->arena);
    buf_print(out, "%s\n", audience_word(s->audience));
    if (!keep_names(s, folder, all, outputs, out))
        return false;
    for (size_t i = 0; i < outputs->len; i++) {
        buf_put(out, str_cut(outputs->at[i], folder.len + 1, outputs->at[i].len));
        buf_char(out, '\n');
    }
    *note = buf_str(out);
    return true;
}
