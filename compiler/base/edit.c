/* SPDX-License-Identifier: MIT */
#include "base/edit.h"

#include <stdlib.h>

enum { CONTEXT = 3 }; /* lines shown around a change */

void edit_add(struct arena *arena, struct edits *edits, size_t begin, size_t end, str text)
{
    struct edit edit = { begin, end, text, edits->len };
    LIST_PUSH(arena, edits, edit);
}

static int by_place(const void *left, const void *right)
{
    const struct edit *a = left, *b = right;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

size_t edits_settle(struct edits *edits)
{
    size_t kept = 0, all = edits->len;
    if (edits->len > 1)
        qsort(edits->at, edits->len, sizeof *edits->at, by_place);
    for (size_t i = 0; i < edits->len; i++) {
        const struct edit *last = kept ? &edits->at[kept - 1] : NULL;
        if (!last || (edits->at[i].begin >= last->end && edits->at[i].begin != last->begin))
            edits->at[kept++] = edits->at[i];
    }
    edits->len = kept;
    return all - kept;
}

/* The bytes [from, to) with those of the edits made that begin at edit [*i] and lie in it; *i is the next one then. */
static str apply_in(struct arena *arena, const struct edits *edits, size_t *i, str bytes, size_t from, size_t to)
{
    size_t len = to - from;
    for (size_t k = *i; k < edits->len && edits->at[k].end <= to && (edits->at[k].begin < to || to == bytes.len); k++)
        len = len + edits->at[k].text.len - (edits->at[k].end - edits->at[k].begin);
    char  *at = arena_alloc(arena, len + 1, 1), *out = at;
    for (; *i < edits->len && edits->at[*i].end <= to && (edits->at[*i].begin < to || to == bytes.len); ++*i) {
        const struct edit *edit = &edits->at[*i];
        if (edit->begin > from)
            memcpy(out, bytes.at + from, edit->begin - from);
        out += edit->begin - from;
        if (edit->text.len)
            memcpy(out, edit->text.at, edit->text.len);
        out += edit->text.len;
        from = edit->end;
    }
    if (to > from)
        memcpy(out, bytes.at + from, to - from);
    return (str){ at, len };
}

str edits_apply(struct arena *arena, const struct edits *edits, str bytes)
{
    size_t i = 0;
    return apply_in(arena, edits, &i, bytes, 0, bytes.len);
}

/* ---- from two texts ---- */

struct texts { LIST_OF(str); };

/* Lines with their breaks. */
static struct texts split(struct arena *arena, str text)
{
    struct texts lines = { 0 };
    for (size_t at = 0, end; at < text.len; at = end) {
        end = str_find(text, '\n', at);
        end = end < text.len ? end + 1 : text.len;
        LIST_PUSH(arena, &lines, str_cut(text, at, end));
    }
    return lines;
}

static size_t offset(const struct texts *lines, size_t i, str whole) { return i < lines->len ? (size_t)(lines->at[i].at - whole.at) : whole.len; }

struct edits edits_between(struct arena *arena, str before, str after)
{
    enum { MOST = 4 << 20 };
    struct edits edits = { 0 };
    struct texts a = split(arena, before), b = split(arena, after);
    size_t head = 0, tail = 0, i, k;
    while (head < a.len && head < b.len && str_eq(a.at[head], b.at[head]))
        head++;
    while (tail < a.len - head && tail < b.len - head && str_eq(a.at[a.len - 1 - tail], b.at[b.len - 1 - tail]))
        tail++;
    size_t n = a.len - head - tail, m = b.len - head - tail, wide = m + 1;
    bool   small = (n + 1) <= MOST / wide;
    uint32_t *common = small ? NEWS(arena, uint32_t, (n + 1) * wide) : NULL; /* lines that the rests from i and k on share */
    for (i = small ? n : 0; i-- > 0;)
        for (k = m; k-- > 0;) {
            uint32_t down = common[(i + 1) * wide + k], right = common[i * wide + k + 1];
            common[i * wide + k] = str_eq(a.at[head + i], b.at[head + k]) ? common[(i + 1) * wide + k + 1] + 1 : down > right ? down : right;
        }
    for (i = k = 0; i < n || k < m;) {
        size_t from = i, to = k;
        while (i < n && k < m && small && str_eq(a.at[head + i], b.at[head + k]))
            from = ++i, to = ++k;
        while (small && (i < n || k < m) && !(i < n && k < m && str_eq(a.at[head + i], b.at[head + k]))) {
            if (k == m || (i < n && common[(i + 1) * wide + k] >= common[i * wide + k + 1]))
                i++;
            else
                k++;
        }
        if (!small)
            i = n, k = m;
        if (i > from || k > to)
            edit_add(arena, &edits, offset(&a, head + from, before), offset(&a, head + i, before),
                     str_cut(after, offset(&b, head + to, after), offset(&b, head + k, after)));
    }
    return edits;
}

/* ---- unified diffs ---- */

/* Whole lines [begin, end) that become [text]. */
struct chunk {
    size_t begin, end;
    str    text;
};
struct chunks { LIST_OF(struct chunk); };

static size_t line_begin(str bytes, size_t at)
{
    while (at > 0 && bytes.at[at - 1] != '\n')
        at--;
    return at;
}

/* One behind the line break of the line that [at] is in. */
static size_t line_end(str bytes, size_t at)
{
    size_t end = at < bytes.len ? str_find(bytes, '\n', at) : bytes.len;
    return end < bytes.len ? end + 1 : bytes.len;
}

static bool is_open(str text) { return text.len > 0 && text.at[text.len - 1] != '\n'; }

/* Leaves out lines at both ends that stay as they were. */
static void trim(str bytes, struct chunk *chunk)
{
    for (;;) {
        size_t old = line_end(bytes, chunk->begin), now = line_end(chunk->text, 0);
        if (old > chunk->end || chunk->begin == chunk->end || chunk->text.len == 0 || !str_eq(str_cut(bytes, chunk->begin, old), str_cut(chunk->text, 0, now)))
            break;
        chunk->begin = old;
        chunk->text = str_cut(chunk->text, now, chunk->text.len);
    }
    while (chunk->begin < chunk->end && chunk->text.len) {
        size_t old = line_begin(bytes, chunk->end - 1), now = line_begin(chunk->text, chunk->text.len - 1);
        if (old < chunk->begin || !str_eq(str_cut(bytes, old, chunk->end), str_cut(chunk->text, now, chunk->text.len)))
            break;
        chunk->end = old;
        chunk->text.len = now;
    }
}

/* The lines that edit [*i] and those that touch the same lines change; *i is the first edit behind them then. */
static struct chunk chunk_at(struct arena *arena, const struct edits *edits, size_t *i, str bytes)
{
    size_t first = *i;
    struct chunk chunk = { .begin = line_begin(bytes, edits->at[first].begin) };
    chunk.end = chunk.begin;
    do { /* a line whose break has gone goes on with the next one */
        chunk.end = line_end(bytes, chunk.end);
        for (size_t k = first; k < edits->len && (k == first || edits->at[k].begin < chunk.end); k++) {
            const struct edit *edit = &edits->at[k];
            size_t reach = line_end(bytes, edit->end > edit->begin ? edit->end - 1 : edit->end);
            chunk.end = reach > chunk.end ? reach : chunk.end;
        }
        *i = first;
        chunk.text = apply_in(arena, edits, i, bytes, chunk.begin, chunk.end);
    } while (is_open(chunk.text) && chunk.end < bytes.len);
    trim(bytes, &chunk);
    return chunk;
}

static struct chunks chunks_of(struct arena *arena, const struct edits *edits, str bytes)
{
    struct chunks chunks = { 0 };
    for (size_t i = 0; i < edits->len;) {
        struct chunk chunk = chunk_at(arena, edits, &i, bytes);
        if (chunk.begin < chunk.end || chunk.text.len)
            LIST_PUSH(arena, &chunks, chunk);
    }
    return chunks;
}

static size_t lines_in(str text)
{
    size_t n = is_open(text);
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n';
    return n;
}

static void put_lines(struct buf *out, char mark, str text)
{
    for (size_t at = 0, end; at < text.len; at = end) {
        end = line_end(text, at);
        str line = str_cut(text, at, end);
        buf_char(out, mark);
        buf_put(out, line);
        if (is_open(line))
            buf_text(out, "\n\\ No newline at end of file\n");
    }
}

/* [n] lines back from [at], or forward. */
static size_t lines_back(str bytes, size_t at, int n)
{
    for (; n > 0 && at > 0; n--)
        at = line_begin(bytes, at - 1);
    return at;
}

static size_t lines_on(str bytes, size_t at, int n)
{
    for (; n > 0 && at < bytes.len; n--)
        at = line_end(bytes, at);
    return at;
}

/* "12,3"; of no lines, the number of the one before. */
static void put_range(struct buf *out, char mark, size_t line, size_t count) { buf_print(out, "%c%zu,%zu", mark, count ? line : line - 1, count); }

/* Where printing is: what has been passed in the old text, and the numbers of the next lines. */
struct hunks {
    size_t done, old_line, new_line;
};

/* The changes [from, to) of [chunks] with the lines around them. */
static void put_hunk(struct buf *out, struct hunks *h, const struct chunk *chunks, size_t n, str bytes)
{
    size_t from = lines_back(bytes, chunks[0].begin, CONTEXT), to = lines_on(bytes, chunks[n - 1].end, CONTEXT), gone = 0, come = 0, at = from;
    for (size_t i = 0; i < n; i++) {
        gone += lines_in(str_cut(bytes, chunks[i].begin, chunks[i].end));
        come += lines_in(chunks[i].text);
    }
    size_t passed = lines_in(str_cut(bytes, h->done, from)), whole = lines_in(str_cut(bytes, from, to));
    buf_text(out, "@@ ");
    put_range(out, '-', h->old_line += passed, whole);
    buf_char(out, ' ');
    put_range(out, '+', h->new_line += passed, whole - gone + come);
    buf_text(out, " @@\n");
    for (size_t i = 0; i < n; i++) {
        put_lines(out, ' ', str_cut(bytes, at, chunks[i].begin));
        put_lines(out, '-', str_cut(bytes, chunks[i].begin, chunks[i].end));
        put_lines(out, '+', chunks[i].text);
        at = chunks[i].end;
    }
    put_lines(out, ' ', str_cut(bytes, at, to));
    *h = (struct hunks){ to, h->old_line + whole, h->new_line + whole - gone + come };
}

void edits_diff(struct arena *arena, struct buf *out, const struct edits *edits, str path, str bytes)
{
    struct chunks chunks = chunks_of(arena, edits, bytes);
    struct hunks  hunks = { 0, 1, 1 };
    if (chunks.len)
        buf_print(out, "--- a/%.*s\n+++ b/%.*s\n", STR_ARG(path), STR_ARG(path));
    for (size_t i = 0, past; i < chunks.len; i = past) {
        past = i + 1;
        while (past < chunks.len && lines_back(bytes, chunks.at[past].begin, CONTEXT) <= lines_on(bytes, chunks.at[past - 1].end, CONTEXT))
            past++;
        put_hunk(out, &hunks, chunks.at + i, past - i, bytes);
    }
}
