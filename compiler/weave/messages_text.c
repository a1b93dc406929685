/* SPDX-License-Identifier: MIT */
/* What of a template is a message, by its lines alone: before anything is expanded or parsed as Markdown. */
#include "base/buf.h"
#include "query/lexer.h"
#include "weave/messages.h"
#include "weave/weaving.h"

struct scan {
    struct arena       *arena;
    str                 s;
    size_t              at;
    struct message_list found;
};

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
/* Of any script, a small one of ours: capitals alone are an id or an abbreviation. Dashes, arrows and signs of arithmetic are none. */
static bool is_letter(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 0xC0 && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp < 0x2C00));
}

/* --- pieces of a text --- */

/* Behind what stands at [at] and is never translated: a tag, HTML, code, a reference. SIZE_MAX: nothing such. */
static size_t skip_fixed(str s, size_t at)
{
    static const struct { const char *open, *close; } fixed[] = { { "{{", "}}" }, { "[[", "]]" }, { "<", ">" }, { "`", "`" } };
    if (!strchr("{[<`", s.at[at]))
        return SIZE_MAX;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        str open = str_of(fixed[i].open), close = str_of(fixed[i].close);
        if (!str_starts(str_cut(s, at, s.len), open))
            continue;
        size_t end = str_search(s, close, at + open.len);
        return end == SIZE_MAX ? SIZE_MAX : end + close.len;
    }
    return SIZE_MAX;
}

bool messages_has_words(str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t next = skip_fixed(text, at);
        if (next == SIZE_MAX && is_letter(utf8_next(text, &at)))
            return true;
        at = next == SIZE_MAX ? at : next;
    }
    return false;
}

/* Lines become one, with a blank between. */
static str on_one_line(struct arena *arena, str text)
{
    if (str_find(text, '\n', 0) == text.len)
        return text;
    struct buf *out = buf_new(arena);
    str line;
    while (str_split(&text, '\n', &line)) {
        buf_text(out, out->len ? " " : "");
        buf_put(out, str_trim(line));
    }
    str one = str_copy(arena, buf_str(out));
    buf_free(out);
    return one;
}

static void add(struct scan *scan, size_t begin, size_t end)
{
    while (begin < end && (is_blank(scan->s.at[begin]) || scan->s.at[begin] == '\n'))
        begin++;
    while (end > begin && (is_blank(scan->s.at[end - 1]) || scan->s.at[end - 1] == '\n'))
        end--;
    str text = str_cut(scan->s, begin, end);
    struct message message = { .begin = begin, .end = end, .text = on_one_line(scan->arena, text) };
    if (messages_has_words(text))
        LIST_PUSH(scan->arena, &scan->found, message);
}

/* --- kinds of lines --- */

static str line_at(const struct scan *scan, size_t at) { return str_cut(scan->s, at, str_find(scan->s, '\n', at)); }
static size_t next_line(const struct scan *scan, size_t at)
{
    size_t end = str_find(scan->s, '\n', at);
    return end < scan->s.len ? end + 1 : end;
}

/* {{#name}} and the like alone on their line, which Mustache takes away. */
static bool is_only_tags(str line)
{
    bool any = false;
    line = str_trim(line);
    while (line.len) {
        size_t end = str_starts(line, STR("{{")) ? str_search(line, STR("}}"), 2) : SIZE_MAX;
        if (end == SIZE_MAX || line.len < 3 || !line.at[2] || !strchr("#^/><$!=", line.at[2]))
            return false;
        any = true;
        line = str_trim(str_cut(line, end + 2, line.len));
    }
    return any;
}

static bool is_fence(str line) { return str_starts(str_trim(line), STR("```")) || str_starts(str_trim(line), STR("~~~")); }
static bool is_comment(str line) { return str_starts(str_trim(line), STR("<!--")); }
static bool is_row(str line) { return str_starts(str_trim(line), STR("|")); }

static size_t skip_blanks(str line, size_t at)
{
    while (at < line.len && is_blank(line.at[at]))
        at++;
    return at;
}

/* The length of what makes a line a heading, an item or a quotation, its blanks included; 0: nothing does. */
static size_t marker(str line)
{
    size_t from = skip_blanks(line, 0), at = from;
    if (at < line.len && line.at[at] == '>')
        return skip_blanks(line, at + 1);
    if (at < line.len && line.at[at] == '#')
        while (at < line.len && line.at[at] == '#')
            at++;
    else if (at < line.len && strchr("-*+", line.at[at]))
        at++;
    else {
        while (at < line.len && line.at[at] >= '0' && line.at[at] <= '9')
            at++;
        at += at > from && at < line.len && (line.at[at] == '.' || line.at[at] == ')');
        if (at > from && line.at[at - 1] != '.' && line.at[at - 1] != ')')
            return 0;
    }
    return at > from && at < line.len && is_blank(line.at[at]) ? skip_blanks(line, at) : 0;
}

static bool begins_block(str line)
{
    return str_trim(line).len == 0 || is_only_tags(line) || is_comment(line) || is_row(line) || is_fence(line) || marker(line);
}

/* --- the kinds of messages --- */

/* caption="...", description="..." and the like of a directive, which may stand on several lines. */
static void options_of(struct scan *scan)
{
    static const char *const options[] = { " caption=\"", " description=\"", " sheet=\"", " likelihood=\"", " impact=\"" };
    size_t end = str_search(scan->s, STR("-->"), scan->at);
    end = end == SIZE_MAX ? scan->s.len : end;
    for (size_t from = scan->at, next; from < end; from = next) { /* in the order in which they stand */
        size_t first = next = end;
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
            size_t at = str_search(scan->s, str_of(options[i]), from);
            if (at < first) {
                first = at;
                next = at + strlen(options[i]);
            }
        }
        if (first < end)
            add(scan, next, str_find(scan->s, '"', next));
    }
    scan->at = next_line(scan, end);
}

static void code(struct scan *scan)
{
    do
        scan->at = next_line(scan, scan->at);
    while (scan->at < scan->s.len && !is_fence(line_at(scan, scan->at)));
    scan->at = next_line(scan, scan->at);
}

/* Whether every tag that opens in the text is closed in it. */
static bool is_balanced(str text)
{
    int depth = 0;
    for (size_t at = 0; (at = str_search(text, STR("{{"), at)) != SIZE_MAX; at += 2) {
        char c = at + 2 < text.len ? text.at[at + 2] : ' ';
        depth += c == '#' || c == '^' || c == '$' || c == '<' ? 1 : c == '/' ? -1 : 0;
        if (depth < 0)
            return false;
    }
    return depth == 0;
}

/* Where the cell that begins at [at] ends. */
static size_t cell_end(str s, size_t at, size_t end)
{
    while (at < end && s.at[at] != '|') {
        size_t next = skip_fixed(str_cut(s, 0, end), at);
        at = next != SIZE_MAX ? next : s.at[at] == '\\' && at + 1 < end ? at + 2 : at + 1;
    }
    return at;
}

/* A message a cell; the row is one where a section reaches from one cell into another. */
static void row(struct scan *scan)
{
    str    line = line_at(scan, scan->at);
    size_t begin = scan->at + str_find(line, '|', 0) + 1, end = scan->at + line.len, at;
    bool   apart = true;
    for (at = begin; at < end; at = cell_end(scan->s, at, end) + 1)
        apart = apart && is_balanced(str_cut(scan->s, at, cell_end(scan->s, at, end)));
    for (at = begin; apart && at < end; at = cell_end(scan->s, at, end) + 1)
        add(scan, at, cell_end(scan->s, at, end));
    if (!apart)
        add(scan, begin, end);
    scan->at = next_line(scan, scan->at);
}

/* A heading, or the lines of a paragraph or item. */
static void paragraph(struct scan *scan)
{
    str    line = line_at(scan, scan->at);
    size_t from = scan->at, begin = scan->at + marker(line), end = scan->at + line.len, before = scan->found.len;
    bool   heading = str_starts(str_trim(line), STR("#"));
    for (scan->at = next_line(scan, scan->at); !heading && scan->at < scan->s.len && !begins_block(line_at(scan, scan->at)); scan->at = next_line(scan, scan->at))
        end = scan->at + line_at(scan, scan->at).len;
    add(scan, begin, end);
    if (heading && scan->found.len > before) {
        scan->found.at[before].heading = true;
        scan->found.at[before].line = from;
    }
}

struct message_list messages_of(struct arena *arena, str body)
{
    struct scan scan = { .arena = arena, .s = body };
    while (scan.at < body.len) {
        str line = line_at(&scan, scan.at);
        if (is_comment(line))
            options_of(&scan);
        else if (is_fence(line))
            code(&scan);
        else if (is_row(line))
            row(&scan);
        else if (str_trim(line).len == 0 || is_only_tags(line))
            scan.at = next_line(&scan, scan.at);
        else
            paragraph(&scan);
    }
    return scan.found;
}

/* --- expressions --- */

/* A text that is compared, a key of a map, or what a function such as duration() reads is not shown. */
static bool is_shown(str before, enum token_kind last, enum token_kind next)
{
    static const char *const readers[] = { "duration", "timestamp", "matches", "find", "findAll", "split", "contains", "mentions", "startsWith", "endsWith", "join", "replace", NULL };
    if (last == TOK_EQUAL || last == TOK_DIFFERENT || next == TOK_EQUAL || next == TOK_DIFFERENT)
        return false;
    return !str_is_one_of(before, readers);
}

/* Letters of items and the tones of words: nothing that one translates. */
static bool is_code(str text)
{
    static const char *const tones[] = { "good", "neutral", "warning", "bad", NULL };
    return text.len == 1 || str_is_one_of(text, tones);
}

void messages_of_expression(struct arena *arena, str expression, struct message_list *out)
{
    struct query_problem problem;
    enum token_kind last = TOK_END;
    bool in_map[64] = { false };
    size_t depth = 0;
    str name = { 0 }, function = { 0 };
    for (struct token token = token_at(expression, 0); token.kind != TOK_END && token.kind != TOK_BAD; token = token_at(expression, token.end)) {
        struct token next = token_at(expression, token.end);
        struct message message = { .begin = token.begin, .end = token.end };
        if (depth < 63 && (token.kind == TOK_OPEN_MAP || token.kind == TOK_OPEN || token.kind == TOK_OPEN_LIST))
            in_map[++depth] = token.kind == TOK_OPEN_MAP;
        else if (depth > 0 && (token.kind == TOK_CLOSE_MAP || token.kind == TOK_CLOSE || token.kind == TOK_CLOSE_LIST))
            depth--;
        function = last == TOK_NAME && token.kind == TOK_OPEN ? name : last == TOK_OPEN ? function : (str){ 0 };
        bool key = in_map[depth] && (last == TOK_OPEN_MAP || last == TOK_COMMA);
        if (token.kind == TOK_TEXT && !key && is_shown(function, last, next.kind)
            && literal_text(arena, expression, token, &message.text, &problem) && messages_has_words(message.text) && !is_code(message.text))
            LIST_PUSH(arena, out, message);
        name = token.kind == TOK_NAME ? token_text(expression, token) : name;
        last = token.kind;
    }
}

/* --- translation --- */

struct pen {
    struct arena *arena;
    struct buf   *out;
    LIST_OF(struct md_piece) pieces;
};

/* [text] stands for bytes [begin, end) of the source. */
static void put(struct pen *pen, const struct source *source, str text, size_t begin, size_t end)
{
    struct md_piece piece = { (uint32_t)pen->out->len, { source->number, (uint32_t)begin, (uint32_t)end } };
    if (text.len == 0)
        return;
    LIST_PUSH(pen->arena, &pen->pieces, piece);
    buf_put(pen->out, text);
}

/* A heading that the body links to keeps the anchor it has in English. */
static void put_anchor(struct pen *pen, const struct source *source, str body, const struct message *heading, size_t begin)
{
    str anchor = str_slug(pen->arena, heading->text), link = str_print(pen->arena, "](#%.*s)", STR_ARG(anchor));
    if (str_search(body, link, 0) == SIZE_MAX)
        return;
    str directive = str_print(pen->arena, "<!-- anchor %.*s -->\n", STR_ARG(anchor));
    put(pen, source, directive, begin + heading->line, begin + heading->line);
}

struct md_text messages_translate(struct arena *arena, const struct messages *messages, str stem, const struct source *source, size_t begin, size_t end,
                                  struct message_list *missing)
{
    str    body = str_cut(source->bytes, begin, end);
    struct pen pen = { .arena = arena, .out = buf_new(arena) };
    struct message_list found = messages_of(arena, body);
    size_t at = 0;
    for (size_t i = 0; i < found.len; i++) {
        const struct message *message = &found.at[i];
        str text = messages_find(messages, stem, message->text);
        if (text.len) {
            if (message->heading) {
                put(&pen, source, str_cut(body, at, message->line), begin + at, begin + message->line);
                put_anchor(&pen, source, body, message, begin);
                at = message->line;
            }
            put(&pen, source, str_cut(body, at, message->begin), begin + at, begin + message->begin);
            put(&pen, source, text, begin + message->begin, begin + message->end);
            at = message->end;
        } else {
            struct message lacking = { .begin = begin + message->begin, .end = begin + message->end, .text = message->text };
            LIST_PUSH(arena, missing, lacking);
        }
    }
    put(&pen, source, str_cut(body, at, body.len), begin + at, end);
    return (struct md_text){ .bytes = buf_str(pen.out), .pieces = pen.pieces.at, .npieces = pen.pieces.len };
}
