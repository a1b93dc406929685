/* SPDX-License-Identifier: MIT */
#include "parse/layout.h"

enum { STEP = 2 }; /* columns from one level to the next */

struct line {
    size_t begin, first, end; /* first: of what is no blank; end: without the line break */
    size_t column;            /* where its first character goes */
    bool   placed;            /* column is known */
    bool   inside;            /* goes on with a text or a { } or [ ] that began above it */
    bool   comment;
};

/* A column where something begins, and where it goes: comments line up with it. */
struct stop {
    size_t line, before, after;
};

struct layout {
    struct arena *arena;
    struct edits *edits;
    str           bytes;
    size_t        begin, end;
    bool          odd; /* something is written in a way that is left alone */
    LIST_OF(struct line) lines;
    LIST_OF(struct stop) stops;
};

static const char blanks[] = "                                                                                ";

static str blanks_of(struct arena *arena, size_t n)
{
    if (n < sizeof blanks)
        return (str){ blanks, n };
    return str_print(arena, "%*s", (int)n, "");
}

/* ---- lines ---- */

static void find_lines(struct layout *l)
{
    for (size_t at = l->begin; at < l->end;) {
        size_t stop = str_find(l->bytes, '\n', at);
        struct line line = { .begin = at, .first = at, .end = stop < l->end ? stop : l->end };
        if (line.end > at && l->bytes.at[line.end - 1] == '\r')
            line.end--;
        while (line.first < line.end && l->bytes.at[line.first] == ' ')
            line.first++;
        LIST_PUSH(l->arena, &l->lines, line);
        at = stop + 1;
    }
}

static size_t line_of(const struct layout *l, size_t at)
{
    size_t low = 0, high = l->lines.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (l->lines.at[middle].begin <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool is_blank(const struct line *line) { return line->first == line->end; }
static size_t indent_of(const struct line *line) { return line->first - line->begin; }

/* What begins at [at] goes to [column]. */
static void place(struct layout *l, size_t at, size_t column)
{
    size_t n = line_of(l, at);
    struct line *line = &l->lines.at[n];
    struct stop  stop = { n, at - line->begin, column };
    LIST_PUSH(l->arena, &l->stops, stop);
    if (line->first == at) {
        line->column = column;
        line->placed = true;
    }
}

/* Lines [from, to] go where [first] goes, as far from it as they are now. */
static void shift(struct layout *l, size_t first, size_t from, size_t to)
{
    const struct line *leader = &l->lines.at[first];
    for (size_t i = from; i <= to && i < l->lines.len; i++) {
        struct line *line = &l->lines.at[i];
        size_t column = indent_of(line) + (leader->placed ? leader->column : indent_of(leader));
        line->inside = line->placed = true;
        line->column = column > indent_of(leader) ? column - indent_of(leader) : 0;
    }
}

/* ---- values ---- */

static void lay_value(struct layout *l, const struct node *node, size_t column);

/* The lines of | and > keep their distances; a digit behind the mark counts from the column of the parent, so then all moves with it. */
static void lay_block_text(struct layout *l, const struct node *node, size_t column)
{
    size_t first = line_of(l, node->span.begin), last = node->span.end > node->span.begin ? line_of(l, node->span.end - 1) : first, n = first + 1;
    str    head = str_cut(l->bytes, node->span.begin, l->lines.at[first].end);
    bool   counted = head.len > 1 && ((head.at[1] >= '1' && head.at[1] <= '9') || (head.len > 2 && head.at[2] >= '1' && head.at[2] <= '9'));
    bool   keeps = str_find(str_cut(head, 0, head.len < 3 ? head.len : 3), '+', 0) < 3;
    while (last > first && is_blank(&l->lines.at[last]) && !keeps)
        last--;
    while (n <= last && is_blank(&l->lines.at[n]))
        n++;
    size_t base = n <= last ? indent_of(&l->lines.at[n]) : 0;
    l->odd |= counted;
    for (size_t i = first + 1; i <= last; i++) {
        struct line *line = &l->lines.at[i];
        line->inside = line->placed = true;
        line->column = is_blank(line) && indent_of(line) <= base ? 0 : indent_of(line) >= base ? indent_of(line) - base + column : indent_of(line);
    }
}

/* Plain and quoted texts: where a line begins means nothing in them. */
static void lay_text(struct layout *l, const struct node *node, size_t column)
{
    size_t first = line_of(l, node->span.begin), last = node->span.end > node->span.begin ? line_of(l, node->span.end - 1) : first;
    for (size_t i = first + 1; i <= last; i++) {
        struct line *line = &l->lines.at[i];
        line->inside = line->placed = true;
        line->column = is_blank(line) ? indent_of(line) : column;
    }
}

/* One blank between the bytes [from, to) of a line. */
static void one_blank(struct layout *l, size_t from, size_t to)
{
    if (to != from + 1)
        edit_add(l->arena, l->edits, from, to, STR(" "));
}

static bool only_blanks(str bytes, size_t from, size_t to)
{
    while (from < to && bytes.at[from] == ' ')
        from++;
    return from == to;
}

static bool is_empty(const struct node *node) { return node->type == NODE_SCALAR && node->style == STYLE_PLAIN && node->span.begin == node->span.end; }

static void lay_mapping(struct layout *l, const struct node *node, size_t column)
{
    for (const struct node *n = node->first; n; n = n->next) {
        size_t colon = n->key_span.end;
        place(l, n->key_span.begin, column);
        while (colon < l->end && l->bytes.at[colon] == ' ')
            colon++;
        if (colon >= l->end || l->bytes.at[colon] != ':') {
            l->odd = true;
            return;
        }
        if (colon > n->key_span.end)
            edit_add(l->arena, l->edits, n->key_span.end, colon, (str){ 0 });
        if (is_empty(n))
            continue;
        if (line_of(l, n->span.begin) != line_of(l, colon))
            place(l, n->span.begin, column + STEP);
        else if (only_blanks(l->bytes, colon + 1, n->span.begin))
            one_blank(l, colon + 1, n->span.begin);
        lay_value(l, n, column + STEP);
    }
}

/* The `-` that an entry belongs to; SIZE_MAX where a comment or a line break stands between them. */
static size_t dash_before(const struct layout *l, size_t at)
{
    while (at > l->begin && l->bytes.at[at - 1] == ' ')
        at--;
    return at > l->begin && l->bytes.at[at - 1] == '-' ? at - 1 : SIZE_MAX;
}

static void lay_sequence(struct layout *l, const struct node *node, size_t column)
{
    for (const struct node *n = node->first; n; n = n->next) {
        size_t dash = dash_before(l, n->span.begin);
        if (dash == SIZE_MAX) {
            l->odd = true;
            return;
        }
        place(l, dash, column);
        if (is_empty(n))
            continue;
        one_blank(l, dash + 1, n->span.begin);
        lay_value(l, n, column + STEP);
    }
}

/* [column]: where what begins on lines of its own goes. */
static void lay_value(struct layout *l, const struct node *node, size_t column)
{
    char c = node->span.begin < l->end ? l->bytes.at[node->span.begin] : '\0';
    if (node->type == NODE_SCALAR && (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED))
        lay_block_text(l, node, column);
    else if (node->type == NODE_SCALAR)
        lay_text(l, node, column);
    else if (c == '{' || c == '[')
        shift(l, line_of(l, node->span.begin), line_of(l, node->span.begin) + 1, line_of(l, node->span.end - 1));
    else if (node->type == NODE_MAPPING)
        lay_mapping(l, node, column);
    else
        lay_sequence(l, node, column);
}

/* ---- comments and empty lines ---- */

/*
 * A comment goes where what follows it goes, when it stands in the same column now, else with the last thing above it that does. One that
 * lines up with nothing, such as the inside of an entry that is commented out, keeps its distance. [next]: the line of what follows, or NULL.
 */
static size_t column_of_comment(const struct layout *l, size_t n, const struct line *next)
{
    enum { LOOK_BACK = 1000 };
    size_t now = indent_of(&l->lines.at[n]), i = l->stops.len, least;
    if (next && indent_of(next) == now)
        return next->column;
    for (size_t low = 0; low < i;) { /* the stops stand in the order of their lines */
        size_t middle = low + (i - low) / 2;
        if (l->stops.at[middle].line < n)
            low = middle + 1;
        else
            i = middle;
    }
    for (least = i > LOOK_BACK ? i - LOOK_BACK : 0; i > least; i--)
        if (l->stops.at[i - 1].before == now)
            return l->stops.at[i - 1].after;
    if (!next)
        return now;
    return now > indent_of(next) ? next->column + now - indent_of(next) : next->column;
}

static void place_comments(struct layout *l)
{
    const struct line *next = NULL;
    for (size_t n = l->lines.len; n-- > 0;) {
        struct line *line = &l->lines.at[n];
        if (line->placed) {
            next = line->inside ? next : line;
        } else if (!is_blank(line) && l->bytes.at[line->first] == '#') {
            line->column = column_of_comment(l, n, next);
            line->placed = line->comment = true;
        }
    }
}

static void edit_lines(struct layout *l)
{
    size_t empty = 1; /* a text does not begin with an empty line */
    for (size_t n = 0; n < l->lines.len; n++) {
        struct line *line = &l->lines.at[n];
        size_t end = line->end;
        bool   text = line->inside && !is_blank(line);
        while (end > line->first && l->bytes.at[end - 1] == ' ' && !text)
            end--;
        empty = is_blank(line) && !line->inside ? empty + 1 : 0;
        if (empty > 1) {
            size_t next = n + 1 < l->lines.len ? l->lines.at[n + 1].begin : l->end;
            edit_add(l->arena, l->edits, line->begin, next, (str){ 0 });
            continue;
        }
        size_t column = !line->placed ? (is_blank(line) ? 0 : indent_of(line)) : line->column;
        if (column != indent_of(line))
            edit_add(l->arena, l->edits, line->begin, line->first, blanks_of(l->arena, column));
        if (end < line->end)
            edit_add(l->arena, l->edits, end, line->end, (str){ 0 });
    }
}

/* No empty lines at the end, but a line break. */
static void edit_end(struct layout *l, bool of_file)
{
    size_t n = l->lines.len;
    while (n > 0 && is_blank(&l->lines.at[n - 1]) && !l->lines.at[n - 1].inside)
        n--;
    l->lines.len = n;
    size_t last = n ? l->lines.at[n - 1].end : l->begin, after = last < l->end ? str_find(l->bytes, '\n', last) + 1 : l->end;
    if (n && after < l->end)
        edit_add(l->arena, l->edits, after, l->end, (str){ 0 });
    else if (n && of_file && last == l->bytes.len)
        edit_add(l->arena, l->edits, last, last, STR("\n"));
}

void layout_yaml(struct arena *arena, struct edits *edits, str bytes, size_t begin, size_t end, const struct node *tree)
{
    struct layout l = { .arena = arena, .edits = edits, .bytes = bytes, .begin = begin, .end = end };
    size_t before = edits->len;
    find_lines(&l);
    if (l.lines.len == 0)
        return;
    if (tree)
        lay_value(&l, tree, 0);
    if (l.odd) {
        edits->len = before;
        return;
    }
    place_comments(&l);
    edit_end(&l, end == bytes.len);
    edit_lines(&l);
}

/* ---- Markdown ---- */

static bool is_fence(str line, char *fence)
{
    line = str_trim(line);
    if (!str_starts(line, STR("```")) && !str_starts(line, STR("~~~")))
        return false;
    if (*fence && line.at[0] != *fence)
        return false;
    *fence = *fence ? '\0' : line.at[0];
    return true;
}

/* Lines of code, between fences or indented, are left alone; so are two blanks at the end of a line, which break it. */
static void find_code(struct layout *l)
{
    char fence = '\0';
    bool code = false;
    for (size_t n = 0; n < l->lines.len; n++) {
        struct line *line = &l->lines.at[n];
        bool was = fence != '\0', mark = is_fence(str_cut(l->bytes, line->begin, line->end), &fence);
        bool tab = line->first < line->end && l->bytes.at[line->first] == '\t';
        code = is_blank(line) ? code : indent_of(line) >= 4 || tab;
        line->inside = was || mark || fence || code;
    }
}

void layout_markdown(struct arena *arena, struct edits *edits, str bytes, size_t begin)
{
    struct layout l = { .arena = arena, .edits = edits, .bytes = bytes, .begin = begin, .end = bytes.len };
    find_lines(&l);
    find_code(&l);
    edit_end(&l, true);
    size_t empty = 0;
    for (size_t n = 0; n < l.lines.len; n++) {
        struct line *line = &l.lines.at[n];
        size_t end = line->end;
        while (end > line->first && bytes.at[end - 1] == ' ')
            end--;
        empty = is_blank(line) && !line->inside ? empty + 1 : 0;
        if (empty > 1)
            edit_add(arena, edits, line->begin, n + 1 < l.lines.len ? l.lines.at[n + 1].begin : bytes.len, (str){ 0 });
        else if (!line->inside && is_blank(line) && line->end > line->begin)
            edit_add(arena, edits, line->begin, line->end, (str){ 0 });
        else if (!line->inside && line->end - end == 1)
            edit_add(arena, edits, end, line->end, (str){ 0 });
    }
}

bool layout_same(const struct node *a, const struct node *b)
{
    if (!a || !b)
        return a == b;
    if (a->type != b->type || a->style != b->style || a->broken != b->broken || !str_eq(a->key, b->key))
        return false;
    if (a->type == NODE_SCALAR)
        return str_eq(a->text, b->text);
    const struct node *n = a->first, *m = b->first;
    while (n && m && layout_same(n, m)) {
        n = n->next;
        m = m->next;
    }
    return !n && !m;
}
