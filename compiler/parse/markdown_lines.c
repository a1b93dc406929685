/* SPDX-License-Identifier: MIT */
/* Lines of a Markdown text, places in it, and what their beginnings mean. */
#include "base/buf.h"
#include "parse/markdown_part.h"

struct md_text md_text_of(struct arena *arena, const struct source *source, uint32_t begin, uint32_t end)
{
    struct md_piece *piece = NEW(arena, struct md_piece);
    piece->from = (struct span){ source->number, begin, end };
    return (struct md_text){ .bytes = str_cut(source->bytes, begin, end), .pieces = piece, .npieces = 1 };
}

/* The piece that byte [at] of a text belongs to. */
static size_t piece_at(const struct md_text *text, size_t at)
{
    size_t low = 0, high = text->npieces;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->pieces[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The place of one byte: exact in a piece that was copied, all of the origin in one that was not. */
static struct span byte_span(const struct md_text *text, size_t at)
{
    size_t n = piece_at(text, at);
    const struct md_piece *piece = &text->pieces[n];
    size_t next = n + 1 < text->npieces ? text->pieces[n + 1].at : text->bytes.len;
    struct span from = piece->from;
    if (next - piece->at != from.end - from.begin)
        return from;
    uint32_t begin = from.begin + (uint32_t)(at - piece->at);
    return (struct span){ from.file, begin, begin < from.end ? begin + 1 : from.end };
}

struct span md_span(const struct md_text *text, size_t begin, size_t end)
{
    if (text->npieces == 0)
        return SPAN_NONE;
    if (end > text->bytes.len)
        end = text->bytes.len;
    struct span first = byte_span(text, begin);
    if (end <= begin)
        return (struct span){ first.file, first.begin, first.begin };
    struct span last = byte_span(text, end - 1);
    if (last.file != first.file || last.end < first.end)
        return first;
    return (struct span){ first.file, first.begin, last.end };
}

struct span md_span_in(const struct md_text *text, const struct md_node *node, str needle)
{
    str    inside = str_cut(text->bytes, 0, node->end);
    size_t at = str_search(inside, needle, node->begin);
    if (at == SIZE_MAX || needle.len == 0)
        return md_span(text, node->begin, node->end);
    return md_span(text, at, at + needle.len);
}

size_t md_line_end(str bytes, size_t at)
{
    size_t end = str_find(bytes, '\n', at);
    return str_find(str_cut(bytes, 0, end), '\r', at);
}

/* Lines end where libcmark ends them: at LF, CR, or both. */
void md_split_lines(struct arena *arena, struct md_fed *fed, str bytes, uint32_t source)
{
    size_t at = 0;
    while (at < bytes.len) {
        struct md_line line = { (uint32_t)(fed->bytes.len + at), source + (uint32_t)at };
        LIST_PUSH(arena, &fed->lines, line);
        at = md_line_end(bytes, at);
        if (at + 1 < bytes.len && bytes.at[at] == '\r' && bytes.at[at + 1] == '\n')
            at++;
        at++;
    }
}

str md_line_at(const struct md_fed *fed, size_t number)
{
    size_t end = number + 1 < fed->lines.len ? fed->lines.at[number + 1].fed : fed->bytes.len;
    str line = str_cut(fed->bytes, fed->lines.at[number].fed, end);
    while (line.len && (line.at[line.len - 1] == '\n' || line.at[line.len - 1] == '\r'))
        line.len--;
    return line;
}

static str without_space(str line)
{
    while (line.len && (line.at[0] == ' ' || line.at[0] == '\t'))
        line = str_cut(line, 1, line.len);
    return line;
}

str md_strip(str line, unsigned quotes)
{
    line = without_space(line);
    while (quotes-- > 0 && line.len && line.at[0] == '>')
        line = without_space(str_cut(line, 1, line.len));
    return line;
}

unsigned md_indent(str line)
{
    unsigned columns = 0;
    for (size_t i = 0; i < line.len && (line.at[i] == ' ' || line.at[i] == '\t'); i++)
        columns = line.at[i] == '\t' ? (columns / 4 + 1) * 4 : columns + 1;
    return columns;
}

bool md_is_blank(str line) { return str_trim(line).len == 0; }

/* --- what the author escaped --- */

/* Offset of the next backslash that keeps two marks from meaning something of ours: \[[ \[^ \[x] \~~ */
static size_t next_escape(str s, size_t from)
{
    for (size_t at = str_find(s, '\\', from); at + 2 < s.len; at = str_find(s, '\\', at + 1)) {
        char c = s.at[at + 1], d = s.at[at + 2];
        if ((c == '[' && d && strchr("[^ xX", d)) || (c == '~' && d == '~'))
            return at;
    }
    return SIZE_MAX;
}

const struct md_fed *md_shield(struct arena *arena, const struct md_fed *fed, struct md_fed *shielded)
{
    size_t from = 0, at, n = 0;
    if (next_escape(fed->bytes, 0) == SIZE_MAX)
        return fed;
    struct buf *out = buf_new(arena);
    *shielded = (struct md_fed){ 0 };
    while (from < fed->bytes.len) {
        at = next_escape(fed->bytes, from);
        size_t to = at == SIZE_MAX ? fed->bytes.len : at + 2;
        for (; n < fed->lines.len && fed->lines.at[n].fed < to; n++) {
            struct md_line line = { (uint32_t)(out->len + fed->lines.at[n].fed - from), fed->lines.at[n].source };
            LIST_PUSH(arena, &shielded->lines, line);
        }
        buf_put(out, str_cut(fed->bytes, from, to));
        if (at != SIZE_MAX)
            buf_put(out, MD_SHIELD);
        from = to;
    }
    shielded->bytes = buf_str(out);
    return shielded;
}

str md_unshield(struct arena *arena, str s)
{
    size_t from = 0, at = str_search(s, MD_SHIELD, 0);
    if (at == SIZE_MAX)
        return str_copy(arena, s);
    char  *out = arena_alloc(arena, s.len, 1);
    size_t len = 0;
    for (; from < s.len; from = at + MD_SHIELD.len) {
        at = str_search(s, MD_SHIELD, from);
        if (at == SIZE_MAX)
            at = s.len;
        memcpy(out + len, s.at + from, at - from);
        len += at - from;
        if (at == s.len)
            break;
    }
    return (str){ out, len };
}

str md_keep(struct md_parse *parse, const struct md_fed *fed, str text)
{
    return fed->bytes.at == parse->text->bytes.at ? text : md_unshield(parse->texts, text);
}

/* --- fences --- */

/* The run of three or more equal marks at the start: its length, with 1000 added for tildes. */
static unsigned fence_of(str line)
{
    str    at = without_space(line);
    size_t run = 0;
    if (at.len < 3 || (at.at[0] != '`' && at.at[0] != '~'))
        return 0;
    while (run < at.len && run < 900 && at.at[run] == at.at[0])
        run++;
    if (run < 3 || (at.at[0] == '`' && str_find(at, '`', run) < at.len))
        return 0;
    return (unsigned)run + (at.at[0] == '~' ? 1000 : 0);
}

bool md_fence(str line, unsigned *fence)
{
    unsigned here = fence_of(line);
    if (here == 0)
        return false;
    if (*fence == 0) {
        *fence = here;
        return true;
    }
    bool same = (here >= 1000) == (*fence >= 1000) && here >= *fence;
    str  rest = str_trim(line);
    if (!same || rest.len != here % 1000) /* a closing fence has nothing behind it */
        return false;
    *fence = 0;
    return true;
}
