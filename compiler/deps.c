/* SPDX-License-Identifier: MIT */
/*
 * Files of dependencies, as make reads them ("Rule Syntax", "Using Wildcard Characters" and "Rules without Recipes or Prerequisites" of the
 * GNU make manual) and ninja. Both understand these escapes; there is none for a line break.
 */
#include "deps.h"

/* Blanks, #, colons and the backslashes before them are escaped by a backslash, $ by itself; in a target % as well. */
static bool put_path(struct buf *out, str path, bool target)
{
    for (size_t i = 0; i < path.len; i++) {
        char c = path.at[i];
        if (c == '\n' || c == '\r')
            return false;
        if (c == ' ' || c == '\t' || c == '#')
            for (size_t k = i; k > 0 && path.at[k - 1] == '\\'; k--)
                buf_char(out, '\\');
        if (c == ' ' || c == '\t' || c == '#' || c == ':' || (c == '%' && target))
            buf_char(out, '\\');
        if (c == '$')
            buf_char(out, '$');
        buf_char(out, c);
    }
    return true;
}

bool deps_rule(struct buf *out, const struct path_list *outputs, str target, const struct recorded *inputs, str *bad)
{
    const struct map *paths = &inputs->paths;
    bool fine = !target.len || put_path(out, *bad = target, true);
    for (size_t i = 0; i < outputs->len && !target.len && fine; i++) {
        buf_text(out, i ? " \\\n  " : "");
        fine = put_path(out, *bad = outputs->at[i], true);
    }
    buf_char(out, ':');
    for (size_t i = 0; i < paths->len && fine; i++) {
        buf_text(out, " \\\n  ");
        fine = put_path(out, *bad = paths->entries[i].key, false);
    }
    buf_char(out, '\n');
    for (size_t i = 0; i < paths->len && fine; i++) {
        put_path(out, paths->entries[i].key, true);
        buf_text(out, ":\n");
    }
    return fine;
}
