/* SPDX-License-Identifier: MIT */
/* Which files of a project are sources, wherever they come from. */
#include "load/provider.h"

bool is_source_folder(str name, bool top)
{
    static const char *const never[] = { "build", "templates", "node_modules", NULL };
    if (name.len == 0 || name.at[0] == '.')
        return false;
    return !(top && (str_is_one_of(name, never) || str_starts(name, STR("brand"))));
}

bool is_source_path(str path)
{
    size_t slash;
    for (bool top = true; (slash = str_find(path, '/', 0)) < path.len; top = false) {
        if (!is_source_folder(str_cut(path, 0, slash), top))
            return false;
        path = str_cut(path, slash + 1, path.len);
    }
    return path.len > 0 && path.at[0] != '.';
}

bool is_listed(str path, str folder)
{
    if (folder.len == 0)
        return is_source_path(path);
    return path.len > folder.len && path.at[folder.len] == '/' && str_starts(path, folder) && is_source_path(str_cut(path, folder.len + 1, path.len));
}
