/* SPDX-License-Identifier: MIT */
/*
 * Footnotes. To CommonMark "[^2]: word" defines a link, so definitions are taken out of the text before
 * libcmark sees it, and every "[^2]" that is left in a text node becomes a reference. A definition goes on
 * over lines without a blank one between, and over indented blocks behind blank lines.
 */
#include "base/buf.h"
#include "parse/markdown_part.h"

/* Labels match without regard to ASCII case, as in "[^Note]". */
static str fold(struct md_parse *parse, str label)
{
    str   copy = str_copy(parse->scratch, label);
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; i < copy.len; i++)
        if (at[i] >= 'A' && at[i] <= 'Z')
            at[i] = (char)(at[i] + 32);
    return copy;
}

static struct md_definition *find(struct md_parse *parse, str label)
{
    uintptr_t n = (uintptr_t)map_get(&parse->notes_by_label, fold(parse, label));
    return n ? &parse->notes.at[n - 1] : NULL;
}

/* The label of "[^label]" at [at], with *end behind the bracket; empty when there is none. */
static str label_at(str s, size_t at, size_t *end)
{
    if (at + 3 >= s.len || s.at[at] != '[' || s.at[at + 1] != '^')
        return (str){ 0 };
    for (size_t i = at + 2; i < s.len && i < at + 102; i++) {
        if (s.at[i] == ']') {
            *end = i + 1;
            return str_cut(s, at + 2, i);
        }
        if (s.at[i] == ' ' || s.at[i] == '[' || s.at[i] == '\t')
            break;
    }
    return (str){ 0 };
}

/* The marker "[^label]:" a line begins with; *end is behind the colon. */
static str definition_of(str line, size_t *end)
{
    size_t at = 0;
    while (at < line.len && line.at[at] == ' ')
        at++;
    if (at > 3)
        return (str){ 0 };
    str label = label_at(line, at, end);
    if (label.len == 0 || *end == line.len || line.at[*end] != ':')
        return (str){ 0 };
    ++*end;
    return label;
}

/* A line like "[label]: address", which cells of tables need to know. */
static bool defines_link(str line)
{
    str    at = md_strip(line, 1);
    size_t close;
    if (at.len < 4 || at.at[0] != '[' || at.at[1] == '^' || at.at[1] == '[')
        return false;
    close = str_find(at, ']', 1);
    return close + 1 < at.len && at.at[close + 1] == ':';
}

/* --- taking out --- */

struct taking {
    struct md_parse *parse;
    struct md_fed    all;
    struct buf      *rest;  /* what stays, once something was taken out */
    struct md_fed   *left;
    unsigned         fence;
};

static void keep_line(struct taking *taking, size_t n)
{
    size_t from = taking->all.lines.at[n].fed;
    size_t to = n + 1 < taking->all.lines.len ? taking->all.lines.at[n + 1].fed : taking->all.bytes.len;
    struct md_line line = { (uint32_t)taking->rest->len, (uint32_t)from };
    LIST_PUSH(taking->parse->scratch, &taking->left->lines, line);
    buf_put(taking->rest, str_cut(taking->all.bytes, from, to));
}

static void note_line(struct taking *taking, struct md_definition *note, struct buf *body, str line)
{
    struct md_line at = { (uint32_t)body->len, (uint32_t)(line.at - taking->all.bytes.at) };
    LIST_PUSH(taking->parse->scratch, &note->fed.lines, at);
    buf_put(body, line);
    buf_char(body, '\n');
}

/* [line] without four columns of white space. */
static str outdent(str line)
{
    size_t i = 0;
    for (unsigned columns = 0; i < line.len && columns < 4; i++) {
        if (line.at[i] == '\t')
            return str_cut(line, i + 1, line.len);
        if (line.at[i] != ' ')
            break;
        columns++;
    }
    return str_cut(line, i, line.len);
}

/* Whether a line that is not indented still belongs to the paragraph above it. */
static bool is_lazy(str line)
{
    size_t end;
    unsigned fence = 0;
    return !md_is_blank(line) && definition_of(line, &end).len == 0 && !strchr("#>-*+|<", line.at[0]) && !md_fence(line, &fence)
        && !(line.at[0] >= '0' && line.at[0] <= '9');
}

/* The lines [n, end) of a definition that begins at line [n]; returns end. */
static size_t take_definition(struct taking *taking, size_t n, str label, size_t marker_end)
{
    struct md_parse *parse = taking->parse;
    struct buf *body = buf_new(parse->scratch);
    str    line = md_line_at(&taking->all, n);
    size_t begin = taking->all.lines.at[n].fed + str_find(line, '[', 0), blank = 0;
    struct md_definition note = { .label = label, .begin = (uint32_t)begin, .end = taking->all.lines.at[n].fed + (uint32_t)marker_end };

    while (marker_end < line.len && line.at[marker_end] == ' ')
        marker_end++;
    note_line(taking, &note, body, str_cut(line, marker_end, line.len));
    for (n++; n < taking->all.lines.len; n++) {
        line = md_line_at(&taking->all, n);
        if (md_is_blank(line)) {
            blank++;
            continue;
        }
        bool indented = md_indent(line) >= 4;
        if (!indented && (blank > 0 || !is_lazy(line)))
            break;
        for (; blank > 0; blank--)
            note_line(taking, &note, body, str_cut(line, 0, 0));
        note_line(taking, &note, body, outdent(line));
    }
    note.fed.bytes = buf_str(body);
    if (find(parse, label)) {
        finding_add(parse->findings, LANG_MARKDOWN_NOTE_TWICE, md_span(parse->text, note.begin, note.end),
                    "footnote [^%.*s] is defined a second time; the first one counts", STR_ARG(label));
        return n - blank;
    }
    LIST_PUSH(parse->scratch, &parse->notes, note);
    map_add(&parse->notes_by_label, parse->scratch, fold(parse, label), (void *)(uintptr_t)parse->notes.len);
    return n - blank;
}

/* From the first definition on, lines are copied so that it can be left out. */
static void start_rest(struct taking *taking, size_t upto)
{
    taking->rest = buf_new(taking->parse->scratch);
    for (size_t n = 0; n < upto; n++)
        keep_line(taking, n);
}

static bool may_have_notes(str bytes)
{
    return str_search(bytes, STR("[^"), 0) != SIZE_MAX && str_search(bytes, STR("]:"), 0) != SIZE_MAX;
}

void md_take_notes(struct md_parse *parse, struct md_fed *rest)
{
    struct taking taking = { .parse = parse, .all = { .bytes = parse->text->bytes }, .left = rest };
    bool links = str_search(parse->text->bytes, STR("]:"), 0) != SIZE_MAX, notes = may_have_notes(parse->text->bytes);
    size_t end;

    struct md_fed lines = { 0 };
    md_split_lines(parse->scratch, &lines, parse->text->bytes, 0);
    lines.bytes = parse->text->bytes;
    taking.all = lines;
    for (size_t n = 0; (links || notes) && n < lines.lines.len;) {
        str line = md_line_at(&taking.all, n);
        str label = { 0 };
        bool fence = md_fence(line, &taking.fence) || taking.fence;
        if (!fence && notes)
            label = definition_of(line, &end);
        if (label.len) {
            if (!taking.rest)
                start_rest(&taking, n);
            n = take_definition(&taking, n, label, end);
            continue;
        }
        if (!fence && links && defines_link(line))
            LIST_PUSH(parse->scratch, &parse->links, md_strip(line, 1));
        if (taking.rest)
            keep_line(&taking, n);
        n++;
    }
    if (taking.rest)
        rest->bytes = buf_str(taking.rest);
    else
        *rest = taking.all;
}

/* --- references --- */

static struct md_node *text_node(struct md_parse *parse, const struct md_node *from, str text)
{
    struct md_node *node = md_new(parse, MD_TEXT, from->begin, from->end);
    node->text = text;
    return node;
}

/* The blocks of a definition, parsed when the first reference asks for them. */
static void parse_note(struct md_parse *parse, struct md_definition *note)
{
    if (note->tree)
        return;
    size_t n = (size_t)(note - parse->notes.at);
    parse->depth++;
    struct md_node *tree = md_tree(parse, &note->fed);
    parse->depth--;
    parse->notes.at[n].tree = tree;
}

static struct md_node *note_node(struct md_parse *parse, const struct md_node *text, str label)
{
    struct md_definition *note = find(parse, label);
    str shown = str_print(parse->scratch, "[^%.*s]", STR_ARG(label));
    if (!note) {
        finding_add(parse->findings, LANG_MARKDOWN_NOTE_UNKNOWN, md_span_in(parse->text, text, shown),
                    "footnote [^%.*s] is not defined in this text", STR_ARG(label));
        return NULL;
    }
    note->used = true;
    if (parse->depth) {
        finding_add(parse->findings, LANG_MARKDOWN_NOTE_NESTED, md_span_in(parse->text, text, shown),
                    "footnote [^%.*s] is referred to from inside a footnote", STR_ARG(label));
        return NULL;
    }
    parse_note(parse, note);
    struct md_node *node = md_new(parse, MD_NOTE, text->begin, text->end);
    node->ref = str_copy(parse->texts, label);
    node->first = find(parse, label)->tree->first;
    return node;
}

/* Cuts one text node at its references and adds the parts to [parent]. */
static void resolve_text(struct md_parse *parse, struct md_node *parent, struct md_node *node)
{
    str    s = node->text;
    size_t from = 0, at = 0, end;

    while ((at = str_search(s, STR("[^"), at)) != SIZE_MAX) {
        str label = label_at(s, at, &end);
        struct md_node *note = label.len ? note_node(parse, node, label) : NULL;
        if (!note) {
            at += 2;
            continue;
        }
        if (at > from)
            md_add(parent, text_node(parse, node, str_cut(s, from, at)));
        md_add(parent, note);
        from = at = end;
    }
    if (from == 0)
        md_add(parent, node);
    else if (from < s.len)
        md_add(parent, text_node(parse, node, str_cut(s, from, s.len)));
}

void md_resolve_notes(struct md_parse *parse, struct md_node *parent)
{
    struct md_node *node = parent->first, *next;
    parent->first = parent->last = NULL;
    for (; node; node = next) {
        next = node->next;
        node->next = NULL;
        if (node->type == MD_STRIKE)
            md_resolve_notes(parse, node); /* made of the same siblings a moment ago */
        if (node->type == MD_TEXT)
            resolve_text(parse, parent, node);
        else
            md_add(parent, node);
    }
}

void md_report_notes(struct md_parse *parse)
{
    for (size_t i = 0; i < parse->notes.len; i++) {
        const struct md_definition *note = &parse->notes.at[i];
        if (!note->used)
            finding_add(parse->findings, LANG_MARKDOWN_NOTE_UNUSED, md_span(parse->text, note->begin, note->end),
                        "footnote [^%.*s] is defined but nothing refers to it", STR_ARG(note->label));
    }
}
