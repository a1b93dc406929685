/* SPDX-License-Identifier: MIT */
/* Mustache text to nodes: tags are cut out first, then lines that hold nothing but tags are removed, then the tree is built. */
#include "weave/mustache.h"

#include "base/limits.h"

enum { PARTS_MOST = 16 };

struct token {
    char        kind;       /* 't' text, 'v' value, '{' raw value, else the tag's mark */
    bool        alone, newline; /* alone on its line, and the line had an end */
    size_t      begin, end; /* of the whole tag */
    str         text;       /* what is inside, or the text */
    str         indent;
};

struct parser {
    struct arena    *arena;
    struct findings *findings;
    str              s;
    const struct md_text *text; /* s, and where it comes from */
    str              open, close; /* the delimiters */
    LIST_OF(struct token) tokens;
    struct mustache *stack[LIMIT_TEMPLATE_DEPTH + 1];
    size_t           ends[LIMIT_TEMPLATE_DEPTH + 1]; /* where the opening tags end */
    unsigned         depth, too_deep;
};

static struct span span_of(const struct parser *parser, size_t begin, size_t end)
{
    return md_span(parser->text, begin, end);
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* --- tokens --- */

static void add_token(struct parser *parser, char kind, size_t begin, size_t end, str text)
{
    struct token token = { .kind = kind, .begin = begin, .end = end, .text = text };
    if (kind != 't' || text.len)
        LIST_PUSH(parser->arena, &parser->tokens, token);
}

/* A text that comes from several places becomes as many tokens. */
static void add_text(struct parser *parser, size_t begin, size_t end)
{
    for (size_t i = 1; i < parser->text->npieces && begin < end; i++) {
        size_t at = parser->text->pieces[i].at;
        if (at <= begin || at >= end)
            continue;
        add_token(parser, 't', begin, at, str_cut(parser->s, begin, at));
        begin = at;
    }
    add_token(parser, 't', begin, end, str_cut(parser->s, begin, end));
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("_-./", c))
        || (unsigned char)c >= 0x80;
}

/* Names are letters, digits, _ and -, with dots between; a lone dot is what a loop is at. */
static bool is_name(str name)
{
    if (str_eq(name, STR(".")))
        return true;
    if (name.len == 0 || name.at[0] == '.' || name.at[name.len - 1] == '.')
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!is_name_byte(name.at[i]))
            return false;
    return true;
}

/* {{=<% %>=}} */
static bool set_delimiters(struct parser *parser, str inside)
{
    str    text = str_trim(inside);
    size_t space = 0;
    while (space < text.len && text.at[space] != ' ' && text.at[space] != '\t' && text.at[space] != '\n')
        space++;
    str open = str_cut(text, 0, space), close = str_trim(str_cut(text, space, text.len));
    if (open.len == 0 || close.len == 0)
        return false;
    parser->open = open;
    parser->close = close;
    return true;
}

/* What ends the tag that begins with [kind]. */
static str closing(struct parser *parser, char kind)
{
    if (kind == '{')
        return str_print(parser->arena, "}%.*s", STR_ARG(parser->close));
    if (kind == '=')
        return str_print(parser->arena, "=%.*s", STR_ARG(parser->close));
    return parser->close;
}

static void unknown_tag(struct parser *parser, size_t begin, size_t end)
{
    struct finding *f = finding_add(parser->findings, LANG_TEMPLATE_TAG, span_of(parser, begin, end),
                                    "`%.*s` is no tag of this language and is printed as it stands",
                                    STR_ARG(str_cut(parser->s, begin, end - begin > 60 ? begin + 60 : end)));
    finding_help(parser->findings, f, "write \\{{ where braces are meant");
}

/* Reads the tag at [begin]; returns where the text goes on. */
static size_t read_tag(struct parser *parser, size_t begin)
{
    str    s = parser->s;
    size_t at = begin + parser->open.len;
    char   kind = 'v';

    if (at < s.len && s.at[at] && strchr("#^/><$!={&", s.at[at]))
        kind = s.at[at++];
    str    end_mark = closing(parser, kind);
    size_t end = str_search(s, end_mark, at);
    if (end == SIZE_MAX) {
        finding_add(parser->findings, LANG_TEMPLATE_SYNTAX, span_of(parser, begin, begin + parser->open.len), "the tag that begins here is never closed");
        add_text(parser, begin, s.len);
        return s.len;
    }
    str    inside = str_trim(str_cut(s, at, end));
    size_t after = end + end_mark.len;
    bool   good = kind == '!' || (kind == '=' ? set_delimiters(parser, inside) : is_name(inside));
    if (!good) {
        unknown_tag(parser, begin, after);
        add_text(parser, begin, after);
        return after;
    }
    add_token(parser, kind == '&' ? '{' : kind, begin, after, inside);
    return after;
}

/* Whether the braces at [at] are written \{{. */
static bool is_escaped(const struct parser *parser, size_t at)
{
    size_t n = 0;
    while (n < at && parser->s.at[at - 1 - n] == '\\')
        n++;
    return n % 2 == 1 && str_eq(parser->open, STR("{{"));
}

#define COMMENT_OPEN STR("<!--")
#define COMMENT_CLOSE STR("-->")

/* What stands in the comment at [begin] when it says for whom something is: "audience: auditor", "/audience"; else empty. */
static str audience_comment(const struct parser *parser, size_t begin, size_t *after)
{
    str word = str_cut(parser->s, begin + COMMENT_OPEN.len, parser->s.len);
    while (word.len && (word.at[0] == ' ' || word.at[0] == '\t' || word.at[0] == '\n' || word.at[0] == '\r'))
        word = str_cut(word, 1, word.len);
    if (str_starts(word, STR("/")))
        word = str_cut(word, 1, word.len);
    /* Only one of ours is followed to its end: others may be many, and without an end. */
    if (!str_starts(word, STR("audience")) || (word.len > 8 && is_name_byte(word.at[8])))
        return (str){ 0 };
    size_t end = str_search(parser->s, COMMENT_CLOSE, begin);
    *after = end == SIZE_MAX ? parser->s.len : end + COMMENT_CLOSE.len;
    return end == SIZE_MAX ? (str){ 0 } : str_trim(str_cut(parser->s, begin + COMMENT_OPEN.len, end));
}

/* Where the next comment of that kind begins, or the end. */
static size_t next_audience(const struct parser *parser, size_t from)
{
    size_t at = from, after = 0;
    while ((at = str_search(parser->s, COMMENT_OPEN, at)) != SIZE_MAX && !audience_comment(parser, at, &after).len)
        at = after > at ? after : at + COMMENT_OPEN.len;
    return at;
}

static size_t read_audience(struct parser *parser, size_t begin)
{
    size_t after;
    str inside = audience_comment(parser, begin, &after);
    add_token(parser, inside.at[0] == '/' ? 'Z' : 'A', begin, after, inside);
    return after;
}

static void read_tokens(struct parser *parser)
{
    size_t from = 0, at, comment = next_audience(parser, 0);
    while ((at = str_search(parser->s, parser->open, from)) != SIZE_MAX || comment != SIZE_MAX) {
        if (comment < at) {
            add_text(parser, from, comment);
            from = read_audience(parser, comment);
            comment = next_audience(parser, from);
            continue;
        }
        if (is_escaped(parser, at)) {
            add_text(parser, from, at - 1);
            add_text(parser, at, at + parser->open.len);
            from = at + parser->open.len;
            continue;
        }
        add_text(parser, from, at);
        from = read_tag(parser, at);
        if (comment < from) /* it was part of the tag */
            comment = next_audience(parser, from);
    }
    add_text(parser, from, parser->s.len);
}

/* --- lines that hold only tags --- */

static bool may_stand_alone(const struct token *token) { return token->kind != 't' && token->kind != 'v' && token->kind != '{'; }

static bool is_blank_text(const struct token *token)
{
    for (size_t i = 0; i < token->text.len; i++)
        if (!is_blank(token->text.at[i]))
            return false;
    return token->kind == 't';
}

/* The last token of a run of tags with nothing but white space between them. */
static size_t run_of_tags(const struct parser *parser, size_t first)
{
    size_t last = first;
    for (size_t n = first + 1; n < parser->tokens.len; n++) {
        const struct token *token = &parser->tokens.at[n];
        if (may_stand_alone(token))
            last = n;
        else if (!is_blank_text(token))
            break;
    }
    return last;
}

/* Where the line begins if there is only white space before [at], else SIZE_MAX. */
static size_t blank_before(str s, size_t at)
{
    while (at > 0 && is_blank(s.at[at - 1]))
        at--;
    return at == 0 || s.at[at - 1] == '\n' ? at : SIZE_MAX;
}

/* Where the next line begins if there is only white space from [at] on, else SIZE_MAX. */
static size_t blank_behind(str s, size_t at)
{
    while (at < s.len && is_blank(s.at[at]))
        at++;
    if (at < s.len && s.at[at] == '\r')
        at++;
    if (at == s.len)
        return at;
    return s.at[at] == '\n' ? at + 1 : SIZE_MAX;
}

static void cut_text(struct parser *parser, size_t n, size_t begin, size_t end)
{
    if (n >= parser->tokens.len || parser->tokens.at[n].kind != 't')
        return;
    struct token *token = &parser->tokens.at[n];
    token->begin = begin > token->begin ? begin : token->begin;
    token->end = end < token->end ? end : token->end;
    if (token->end < token->begin)
        token->end = token->begin;
    token->text = str_cut(parser->s, token->begin, token->end);
}

static void remove_lines(struct parser *parser)
{
    for (size_t n = 0; n < parser->tokens.len; n++) {
        if (!may_stand_alone(&parser->tokens.at[n]))
            continue;
        size_t last = run_of_tags(parser, n), begin = parser->tokens.at[n].begin;
        size_t line = blank_before(parser->s, begin), next = blank_behind(parser->s, parser->tokens.at[last].end);
        if (line == SIZE_MAX || next == SIZE_MAX) {
            n = last;
            continue;
        }
        if (n > 0)
            cut_text(parser, n - 1, 0, line);
        cut_text(parser, last + 1, next, parser->s.len);
        parser->tokens.at[n].indent = str_cut(parser->s, line, begin);
        for (; n <= last; n++) {
            parser->tokens.at[n].alone = true;
            parser->tokens.at[n].newline = parser->s.at[next - 1] == '\n';
            if (parser->tokens.at[n].kind == 't')
                cut_text(parser, n, 0, parser->tokens.at[n].begin);
        }
        n = last;
    }
}

/* --- tree --- */

static struct mustache *add_node(struct parser *parser, enum mustache_type type, const struct token *token)
{
    struct mustache *node = NEW(parser->arena, struct mustache), *parent = parser->stack[parser->depth];
    node->type = (uint8_t)type;
    node->text = token->text;
    node->alone = token->alone;
    node->indent = token->indent;
    node->inner = -1;
    node->span = span_of(parser, token->begin, token->end);
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

static void cut_name(struct parser *parser, struct mustache *node)
{
    str   rest = node->text, part;
    str  *parts = NEWS(parser->arena, str, PARTS_MOST);
    if (str_eq(node->text, STR(".")))
        return;
    while (node->nparts < PARTS_MOST && str_split(&rest, '.', &part))
        parts[node->nparts++] = part;
    node->parts = parts;
}

static void open_tag(struct parser *parser, enum mustache_type type, const struct token *token)
{
    if (parser->depth == LIMIT_TEMPLATE_DEPTH) {
        if (parser->too_deep++ == 0)
            finding_add(parser->findings, LANG_TEMPLATE_DEPTH, span_of(parser, token->begin, token->end),
                        "sections are nested more than %d deep here", LIMIT_TEMPLATE_DEPTH);
        return;
    }
    struct mustache *node = add_node(parser, type, token);
    if (type == MUSTACHE_SECTION || type == MUSTACHE_INVERTED)
        cut_name(parser, node);
    parser->stack[++parser->depth] = node;
    parser->ends[parser->depth] = token->end;
}

/* The white space before the first line inside a tag, when what is inside begins on a line of its own. */
static int32_t inner_indent(str inside)
{
    size_t next = blank_behind(inside, 0);
    if (next == SIZE_MAX || next == inside.len)
        return -1;
    while (next < inside.len) {
        size_t at = next;
        while (at < inside.len && is_blank(inside.at[at]))
            at++;
        if (at == inside.len)
            return -1;
        if (inside.at[at] != '\n' && inside.at[at] != '\r')
            return (int32_t)(at - next);
        next = at + 1;
    }
    return -1;
}

static void close_tag(struct parser *parser, const struct token *token)
{
    if (parser->too_deep) {
        parser->too_deep--;
        return;
    }
    struct mustache *node = parser->stack[parser->depth];
    if (parser->depth == 0 || !str_eq(node->text, token->text)) {
        struct finding *f = finding_add(parser->findings, LANG_TEMPLATE_SYNTAX, span_of(parser, token->begin, token->end),
                                        "{{/%.*s}} closes nothing that is open here", STR_ARG(token->text));
        if (parser->depth > 0)
            finding_also(parser->findings, f, node->span, node->type == MUSTACHE_AUDIENCE ? "the passage for an %.*s is open" : "{{%.*s}} is open", STR_ARG(node->text));
        return;
    }
    node->ends_line = token->newline;
    node->inner = inner_indent(str_cut(parser->s, parser->ends[parser->depth], token->begin));
    parser->depth--;
}

static void wrong_audience(struct parser *parser, struct span at, const char *what)
{
    struct finding *f = finding_add(parser->findings, LANG_AUDIENCE_MARK, at, "%s", what);
    finding_help(parser->findings, f, "write <!-- audience: auditor --> or another of internal, auditor and customer before it, and <!-- /audience --> behind");
}

/* What can not be understood is for nobody else. */
static void open_audience(struct parser *parser, const struct token *token)
{
    enum audience audience = AUDIENCE_INTERNAL;
    str words = token->text;
    struct token named = *token;
    size_t colon = str_find(words, ':', 0);
    bool good = colon < words.len && str_trim(str_cut(words, 0, colon)).len == 8 && audience_parse(str_trim(str_cut(words, colon + 1, words.len)), &audience);
    if (!good)
        wrong_audience(parser, span_of(parser, token->begin, token->end), "nobody is named for whom the passage is");
    named.text = STR("audience");
    unsigned depth = parser->depth;
    open_tag(parser, MUSTACHE_AUDIENCE, &named);
    if (parser->depth > depth)
        parser->stack[parser->depth]->audience = (uint8_t)audience;
}

static void close_audience(struct parser *parser, const struct token *token)
{
    struct token named = *token;
    named.text = STR("audience");
    if (parser->too_deep == 0 && parser->stack[parser->depth]->type != MUSTACHE_AUDIENCE)
        wrong_audience(parser, span_of(parser, token->begin, token->end), "no passage for an audience is open here, or another tag is open inside it");
    else
        close_tag(parser, &named);
}

static void add_tag(struct parser *parser, const struct token *token)
{
    struct mustache *node;
    switch (token->kind) {
    case 't':
        if (token->text.len)
            add_node(parser, MUSTACHE_TEXT, token);
        break;
    case 'v': case '{':
        node = add_node(parser, MUSTACHE_VALUE, token);
        node->raw = token->kind == '{';
        cut_name(parser, node);
        break;
    case '>': add_node(parser, MUSTACHE_PARTIAL, token); break;
    case '#': open_tag(parser, MUSTACHE_SECTION, token); break;
    case '^': open_tag(parser, MUSTACHE_INVERTED, token); break;
    case '<': open_tag(parser, MUSTACHE_PARENT, token); break;
    case '$': open_tag(parser, MUSTACHE_BLOCK, token); break;
    case '/': close_tag(parser, token); break;
    case 'A': open_audience(parser, token); break;
    case 'Z': close_audience(parser, token); break;
    default: break; /* comments and delimiters have done their work */
    }
}

struct mustache *mustache_parse(struct arena *arena, struct findings *findings, const struct md_text *text)
{
    struct parser *parser = NEW(arena, struct parser);
    struct mustache *root = NEW(arena, struct mustache);
    *parser = (struct parser){ .arena = arena, .findings = findings, .s = text->bytes, .text = text,
                               .open = STR("{{"), .close = STR("}}") };
    parser->stack[0] = root;
    root->span = span_of(parser, 0, text->bytes.len);
    read_tokens(parser);
    remove_lines(parser);
    for (size_t n = 0; n < parser->tokens.len; n++)
        add_tag(parser, &parser->tokens.at[n]);
    for (; parser->depth > 0; parser->depth--) {
        const struct mustache *node = parser->stack[parser->depth];
        if (node->type == MUSTACHE_AUDIENCE)
            wrong_audience(parser, node->span, "the passage for an audience is never closed");
        else
            finding_add(findings, LANG_TEMPLATE_SYNTAX, node->span, "this tag is never closed; {{/%.*s}} is missing", STR_ARG(node->text));
    }
    return root;
}

void mustache_cut(struct mustache *body, enum audience reader)
{
    for (struct mustache *node = body->first; node; node = node->next) {
        if (node->type == MUSTACHE_AUDIENCE && !audience_sees(reader, (enum audience)node->audience))
            node->first = node->last = NULL;
        mustache_cut(node, reader);
    }
}

const struct mustache *mustache_block(const struct mustache *parent, str name)
{
    for (const struct mustache *node = parent->first; node; node = node->next)
        if (node->type == MUSTACHE_BLOCK && str_eq(node->text, name))
            return node;
    return NULL;
}
