/* SPDX-License-Identifier: MIT */
#include "base/difference.h"

enum { MOST_LINES = 3000 };

struct lines { LIST_OF(str); };

static struct lines split(struct arena *arena, str text)
{
    struct lines lines = { 0 };
    str line;
    while (str_split(&text, '\n', &line))
        LIST_PUSH(arena, &lines, line);
    return lines;
}

static size_t put(struct buf *out, char mark, str line)
{
    buf_char(out, mark);
    buf_char(out, ' ');
    buf_put(out, line);
    buf_char(out, '\n');
    return 1;
}

size_t difference(struct arena *arena, struct buf *out, str before, str after)
{
    struct lines a = split(arena, before), b = split(arena, after);
    size_t wide = b.len + 1, i = 0, k = 0, changed = 0;
    if (a.len > MOST_LINES || b.len > MOST_LINES)
        return str_eq(before, after) ? 0 : put(out, '+', STR("(too long to compare line by line)"));
    uint16_t *common = NEWS(arena, uint16_t, (a.len + 1) * wide); /* lines that the rests from i and k on share */
    for (i = a.len; i-- > 0;)
        for (k = b.len; k-- > 0;)
            common[i * wide + k] = str_eq(a.at[i], b.at[k]) ? (uint16_t)(common[(i + 1) * wide + k + 1] + 1)
                                 : common[(i + 1) * wide + k] > common[i * wide + k + 1] ? common[(i + 1) * wide + k] : common[i * wide + k + 1];
    for (i = k = 0; i < a.len || k < b.len;) {
        if (i < a.len && k < b.len && str_eq(a.at[i], b.at[k])) {
            i++;
            k++;
        } else if (k == b.len || (i < a.len && common[(i + 1) * wide + k] >= common[i * wide + k + 1])) {
            changed += put(out, '-', a.at[i++]);
        } else {
            changed += put(out, '+', b.at[k++]);
        }
    }
    return changed;
}
