/* SPDX-License-Identifier: MIT */
#include "base/path.h"

#include "base/buf.h"
#include "base/limits.h"

str path_folder(str path)
{
    while (path.len > 0 && path.at[path.len - 1] != '/')
        path.len--;
    return path;
}

str path_from(struct arena *arena, str path, str target)
{
    str    steps[LIMIT_PATH_DEPTH + 1], step, rest = target.len && target.at[0] == '/' ? target : str_join2(arena, path_folder(path), target);
    size_t n = 0;
    while (str_split(&rest, '/', &step)) {
        if (step.len == 0 || str_eq(step, STR(".")))
            continue;
        bool up = str_eq(step, STR(".."));
        if (up ? n == 0 : n > LIMIT_PATH_DEPTH)
            return (str){ 0 };
        if (up)
            n--;
        else
            steps[n++] = step;
    }
    struct buf *whole = buf_new(arena);
    for (size_t i = 0; i < n; i++)
        buf_print(whole, "%s%.*s", i ? "/" : "", STR_ARG(steps[i]));
    return buf_str(whole);
}

str path_decoded(struct arena *arena, str address)
{
    static const char digits[] = "0123456789abcdef";
    char  *out = arena_alloc(arena, address.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < address.len; i++) {
        const char *high = i + 2 < address.len && address.at[i] == '%' ? strchr(digits, address.at[i + 1] | 0x20) : NULL;
        const char *low = high && *high ? strchr(digits, address.at[i + 2] | 0x20) : NULL;
        bool coded = low && *low && high > digits + 1;
        out[len++] = coded ? (char)((high - digits) * 16 + (low - digits)) : address.at[i];
        i += coded ? 2 : 0;
    }
    return (str){ out, len };
}
