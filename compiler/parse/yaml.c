/* SPDX-License-Identifier: MIT */
#include "parse/yaml.h"

#include <yaml.h>

#include "base/limits.h"
#include "base/map.h"
#include "parse/text.h"
#include "parse/yaml_explain.h"

struct reader {
    struct arena    *arena;
    struct findings *findings;
    struct source   *source;
    str              text;       /* the bytes parsed: the source, or a copy with bad bytes replaced */
    bool             ascii;
    uint32_t         base;       /* where in [text] the present parse began */
    size_t           cp, byte;   /* a code point index of libyaml and the byte it is at, relative to base */
    yaml_parser_t    parser;
    yaml_event_t     event;      /* the one in hand; it stays here so that leaving through the arena's jump frees it */
    bool             open, full, ahead; /* the parser is open; there is an event; it was only looked at */
    bool             stopped;    /* a finding ended the parse */
    uint32_t         stopped_at;
    size_t           nodes;
    const struct node_entries *entries; /* or NULL */
    str              register_key;      /* the register being read, or empty */
};

static void drop_event(struct reader *r)
{
    if (r->full)
        yaml_event_delete(&r->event);
    r->full = r->ahead = false;
}

static void close_parser(void *handle)
{
    struct reader *reader = handle;
    drop_event(reader);
    if (reader->open)
        yaml_parser_delete(&reader->parser);
    reader->open = false;
}

static bool continues(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

/*
 * Forward by words of eight bytes as long as all of one lies before [index]: the code points in it are the bytes that do not continue one.
 * In a word where every byte is a code point, forward by what lies before [index].
 */
static void skip_words(struct reader *r, const char *at, size_t end, size_t index)
{
    uint64_t word;
    while (r->cp < index && r->byte + sizeof word <= end) {
        memcpy(&word, at + r->byte, sizeof word);
        uint64_t inside = (word >> 7) & ~(word >> 6) & 0x0101010101010101u;
        size_t   left = index - r->cp, step = left < sizeof word ? left : sizeof word;
        if (inside && left <= sizeof word)
            return;
        r->cp += step - (size_t)((inside * 0x0101010101010101u) >> 56);
        r->byte += step;
    }
}

/* libyaml counts code points; walk from the last place asked for, which is nearly always close by. r->cp is how many begin before r->byte. */
static uint32_t byte_of(struct reader *r, size_t index)
{
    if (r->ascii)
        return r->base + (uint32_t)index;
    if (r->cp == index)
        return r->base + (uint32_t)r->byte;
    const char *at = r->text.at + r->base;
    size_t      end = r->text.len - r->base;
    skip_words(r, at, end, index);
    while (r->byte < end && (r->cp < index || continues(at[r->byte])))
        r->cp += !continues(at[r->byte++]);
    while (r->byte > 0 && r->cp > index)
        r->cp -= !continues(at[--r->byte]);
    return r->base + (uint32_t)r->byte;
}

static struct span span_of(struct reader *r, const yaml_event_t *event)
{
    uint32_t begin = byte_of(r, event->start_mark.index);
    return (struct span){ r->source->number, begin, byte_of(r, event->end_mark.index) };
}

static void syntax_error(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    size_t index = p->problem_mark.index;
    bool   unclosed = p->problem && (strstr(p->problem, "end of stream") || strstr(p->problem, "document indicator"));
    bool   lonely = p->problem && strstr(p->problem, "could not find expected ':'"), flow = p->context && strstr(p->context, "flow");
    if (p->error == YAML_MEMORY_ERROR)
        memory_exhausted(r->arena->memory);
    uint32_t at = byte_of(r, p->error == YAML_READER_ERROR ? 0 : index);
    uint32_t open = p->context ? byte_of(r, p->context_mark.index) : at;
    if (unclosed || lonely)
        at = open; /* the opening quote tells more than the end of the file, the key without colon more than the line after it */
    r->stopped = true;
    r->stopped_at = flow ? open : at; /* the line of an error may begin what is next */
    uint32_t end = at < r->text.len && r->text.at[at] != '\n' ? at + 1 : at;
    yaml_explain(&(struct yaml_fault){ r->findings, r->text, r->base, { r->source->number, at, end }, p->problem, flow ? open : at });
}

/* The next event, which the caller drops; NULL after a finding ended the parse. */
static yaml_event_t *next_event(struct reader *r)
{
    if (r->stopped)
        return NULL;
    if (r->ahead) {
        r->ahead = false;
        return &r->event;
    }
    r->full = yaml_parser_parse(&r->parser, &r->event);
    if (r->full)
        return &r->event;
    syntax_error(r);
    return NULL;
}

/* Reads on without taking the event, so that an error right behind an entry is known before the entry is used. */
static void look_ahead(struct reader *r)
{
    if (next_event(r))
        r->ahead = true;
}

static void refuse_extras(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag, struct span span)
{
    if (!anchor && !tag)
        return;
    struct span word = span;
    word.end = word.begin;
    while (word.end < r->text.len && r->text.at[word.end] != ' ' && r->text.at[word.end] != '\n')
        word.end++;
    if (anchor)
        finding_add(r->findings, LANG_YAML_ANCHOR, word, "the anchor `&%s` is not part of the language", (const char *)anchor);
    if (tag)
        finding_add(r->findings, LANG_YAML_TAG, word, "the tag `%.*s` is not part of the language", STR_ARG(str_cut(r->text, word.begin, word.end)));
}

/* A \0 or other control written as an escape would reach the documents; the text check has not seen it. */
static bool has_bad_escape(struct reader *r, str text, struct span span)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t cp = utf8_next(text, &i);
        if (cp != '\n' && cp != '\t' && cp != '\r' && text_refuses(cp)) {
            finding_add(r->findings, LANG_TEXT_CONTROL, span, "the escape for U+%04X gives a character that has no place in a text", (unsigned)cp);
            return true;
        }
    }
    return false;
}

/* The scalar's text: a slice of the source where it stands there unchanged, else a copy. */
static str scalar_text(struct reader *r, const yaml_event_t *event, struct span span)
{
    size_t len = event->data.scalar.length, skip = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? 0 : 1;
    str    value = { (const char *)event->data.scalar.value, len };
    str    there = str_cut(r->text, span.begin, span.end);
    if (there.len == len + 2 * skip && str_eq(str_cut(there, skip, skip + len), value))
        return str_cut(there, skip, skip + len);
    if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && has_bad_escape(r, value, span))
        return STR("?");
    return str_copy(r->arena, value);
}

static uint8_t style_of(const yaml_event_t *event)
{
    switch (event->data.scalar.style) {
    case YAML_LITERAL_SCALAR_STYLE: return STYLE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return STYLE_FOLDED;
    case YAML_PLAIN_SCALAR_STYLE: return STYLE_PLAIN;
    default: return STYLE_QUOTED;
    }
}

static size_t skip_blanks(str s, size_t at)
{
    while (at < s.len && s.at[at] == ' ')
        at++;
    return at;
}

static struct node *new_node(struct reader *r, enum node_type type, struct span span)
{
    struct node *node = NEW(r->arena, struct node);
    node->type = (uint8_t)type;
    node->span = span;
    return node;
}

static struct node *broken_node(struct reader *r, struct span span)
{
    struct node *node = new_node(r, NODE_SCALAR, span);
    node->broken = 1;
    return node;
}

static struct node *read_node(struct reader *r, yaml_event_t *event, int depth);

static bool too_deep(struct reader *r, struct span span, int depth)
{
    if (depth <= LIMIT_NODE_DEPTH && ++r->nodes <= LIMIT_NODES)
        return false;
    if (!r->stopped)
        finding_add(r->findings, LANG_LIMIT_DEPTH, span, "entries are nested more than %d levels deep here", LIMIT_NODE_DEPTH);
    r->stopped = true;
    r->stopped_at = span.begin;
    return true;
}

static void append(struct node *parent, struct node **last, struct node *child)
{
    if (*last)
        (*last)->next = child;
    else
        parent->first = child;
    *last = child;
    parent->count++;
}

static void read_sequence(struct reader *r, struct node *node, int depth)
{
    struct node *last = NULL;
    yaml_event_t *event;
    while ((event = next_event(r)) != NULL) {
        if (event->type == YAML_SEQUENCE_END_EVENT) {
            node->span.end = span_of(r, event).end;
            drop_event(r);
            return;
        }
        struct node *child = read_node(r, event, depth + 1);
        if (child)
            append(node, &last, child);
    }
}

/* Keys seen in one mapping: few are compared one by one, many through a map. */
struct keys {
    struct map map;
    size_t     count;
};

enum { FEW_KEYS = 12 };

static struct node *seen_before(struct reader *r, struct keys *keys, struct node *parent, struct node *child)
{
    struct node *found = NULL;
    if (keys->count < FEW_KEYS) {
        for (struct node *n = parent->first; n && !found; n = n->next)
            if (str_eq(n->key, child->key))
                found = n;
    } else {
        if (keys->count == FEW_KEYS)
            for (struct node *n = parent->first; n; n = n->next)
                map_add(&keys->map, r->arena, n->key, n);
        found = map_add(&keys->map, r->arena, child->key, child);
    }
    keys->count += !found;
    return found;
}

static void add_pair(struct reader *r, struct node *parent, struct node **last, struct keys *keys, struct node *child)
{
    if (str_eq(child->key, STR("<<"))) {
        if (!child->broken) /* an alias has its own */
            finding_add(r->findings, LANG_YAML_MERGE, child->key_span, "the merge key `<<` is not part of the language");
        return;
    }
    struct node *first = seen_before(r, keys, parent, child);
    if (!first) {
        append(parent, last, child);
        return;
    }
    struct finding *f = finding_add(r->findings, LANG_YAML_DUPLICATE_KEY, child->key_span, "`%.*s` stands twice here", STR_ARG(child->key));
    f->label = STR("again here");
    first->broken = 1; /* nobody knows which of the two counts */
    finding_also(r->findings, f, first->key_span, "first here");
}

/* The key of the next pair: NULL after the end of the mapping or of the parse; *skip when it was no scalar. */
static bool read_key(struct reader *r, struct node *node, str *key, struct span *span, bool *skip, int depth)
{
    yaml_event_t *event = next_event(r);
    if (!event)
        return false;
    *span = span_of(r, event);
    *skip = false;
    if (event->type == YAML_MAPPING_END_EVENT) {
        node->span.end = span->end;
        drop_event(r);
        return false;
    }
    if (event->type == YAML_SCALAR_EVENT && event->data.scalar.length <= LIMIT_KEY_BYTES) {
        refuse_extras(r, event->data.scalar.anchor, event->data.scalar.tag, *span);
        *key = scalar_text(r, event, *span);
        drop_event(r);
        return true;
    }
    finding_add(r->findings, LANG_YAML_COMPLEX_KEY, *span, "a key must be a single word or id");
    *skip = true;
    read_node(r, event, depth + 1);
    return true;
}

/* A register's mapping: each entry is handed over and forgotten. Ids used twice are found by whoever takes them. */
static void read_register(struct reader *r, struct node *node, str section, int depth)
{
    struct arena_mark mark = arena_mark(r->arena);
    struct span span = SPAN_NONE;
    str  key = { 0 };
    bool skip;
    while (read_key(r, node, &key, &span, &skip, depth)) {
        yaml_event_t *event = next_event(r);
        if (!event)
            return;
        struct node *child = read_node(r, event, depth + 1);
        look_ahead(r);
        if (r->stopped) /* cut short by an error: it is not judged */
            child = broken_node(r, span);
        if (child && !skip) {
            child->key = key;
            child->key_span = span;
            if (str_eq(key, STR("<<")) && !child->broken)
                finding_add(r->findings, LANG_YAML_MERGE, span, "the merge key `<<` is not part of the language");
            else if (!str_eq(key, STR("<<")))
                r->entries->entry(r->entries->state, section, child);
        }
        arena_release(r->arena, mark);
    }
}

static bool is_register(const struct reader *r, str key, int depth)
{
    return depth == 0 && r->entries && r->entries->wants(r->entries->state, key);
}

static void read_mapping(struct reader *r, struct node *node, int depth)
{
    struct node *last = NULL;
    struct keys  keys = { 0 };
    struct span  span = SPAN_NONE;
    str          key = { 0 };
    bool         skip;
    while (read_key(r, node, &key, &span, &skip, depth)) {
        yaml_event_t *event = next_event(r);
        r->register_key = !skip && is_register(r, key, depth) ? key : (str){ 0 };
        struct node *child = event ? read_node(r, event, depth + 1) : NULL;
        if (depth == 0)
            look_ahead(r);
        if (r->stopped && depth == 0) /* an entry cut short by an error is not judged, nor is it missing */
            child = broken_node(r, span);
        if (!child || skip)
            continue;
        child->key = key;
        child->key_span = span;
        add_pair(r, node, &last, &keys, child);
    }
}

/* "Ticket #4711 is closed" ends before the #: whoever wrote that meant it to be a part of the text. A remark has a blank behind its #. */
static void refuse_cut(struct reader *r, struct span span)
{
    size_t at = skip_blanks(r->text, span.end), behind = at + 1;
    if (span.begin == span.end || at == span.end || behind >= r->text.len || r->text.at[at] != '#' || strchr(" \t\r\n#!", r->text.at[behind]))
        return;
    struct span rest = { r->source->number, (uint32_t)at, (uint32_t)str_find(r->text, '\n', at) };
    struct finding *f = finding_add(r->findings, LANG_YAML_CUT, rest, "the text ends before the #, and what stands behind it is left out");
    finding_help(r->findings, f, "put the whole text in quotes; or a blank behind the #, where it is a remark");
}

static struct node *read_scalar(struct reader *r, yaml_event_t *event, struct span span)
{
    struct node *node = new_node(r, NODE_SCALAR, span);
    refuse_extras(r, event->data.scalar.anchor, event->data.scalar.tag, span);
    node->style = style_of(event);
    if (node->style == STYLE_PLAIN)
        refuse_cut(r, span);
    node->text = scalar_text(r, event, span);
    return node;
}

/* Consumes [event] and all that belongs to it; NULL when there is nothing to keep. */
static struct node *read_node(struct reader *r, yaml_event_t *event, int depth)
{
    struct span  span = span_of(r, event);
    struct node *node = NULL;
    if (too_deep(r, span, depth)) {
        drop_event(r);
        return NULL;
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        node = read_scalar(r, event, span);
        break;
    case YAML_ALIAS_EVENT:
        finding_add(r->findings, LANG_YAML_ALIAS, span, "the alias `*%s` is not part of the language", (const char *)event->data.alias.anchor);
        node = broken_node(r, span);
        break;
    case YAML_SEQUENCE_START_EVENT:
        refuse_extras(r, event->data.sequence_start.anchor, event->data.sequence_start.tag, span);
        node = new_node(r, NODE_SEQUENCE, span);
        drop_event(r);
        read_sequence(r, node, depth);
        return node;
    case YAML_MAPPING_START_EVENT:
        refuse_extras(r, event->data.mapping_start.anchor, event->data.mapping_start.tag, span);
        node = new_node(r, NODE_MAPPING, span);
        drop_event(r);
        if (depth == 1 && r->register_key.len)
            read_register(r, node, r->register_key, depth);
        else
            read_mapping(r, node, depth);
        return node;
    default:
        break;
    }
    drop_event(r);
    return node;
}

static void refuse_directives(struct reader *r, const yaml_event_t *event)
{
    struct span span = { r->source->number, byte_of(r, event->start_mark.index), 0 };
    span.end = span.begin + 1;
    if (event->data.document_start.version_directive
        || event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
        finding_add(r->findings, LANG_YAML_DIRECTIVE, span, "a line that begins with %% is not part of the language");
}

/* One run of the parser from r->base to the end of the text or to the first error; the tree it found, or NULL. */
static struct node *parse_from(struct reader *r)
{
    struct node *root = NULL;
    yaml_event_t *event;
    int           documents = 0;

    if (!yaml_parser_initialize(&r->parser))
        memory_exhausted(r->arena->memory);
    r->open = true;
    r->cp = r->byte = 0;
    r->stopped = false;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->text.at + r->base, r->text.len - r->base);
    while ((event = next_event(r)) != NULL) {
        yaml_event_type_t type = event->type;
        if (type == YAML_DOCUMENT_START_EVENT && ++documents == 1)
            refuse_directives(r, event);
        if (type == YAML_DOCUMENT_START_EVENT && documents > 1) {
            struct span span = span_of(r, event);
            finding_add(r->findings, LANG_YAML_DOCUMENTS, span, "a second document begins here; a file holds one");
            r->stopped = true;
            r->stopped_at = (uint32_t)r->text.len;
        }
        if (type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT || type == YAML_ALIAS_EVENT) {
            struct node *node = read_node(r, event, 0);
            root = root ? root : node;
            continue;
        }
        drop_event(r);
        if (type == YAML_STREAM_END_EVENT)
            break;
    }
    close_parser(r);
    return root;
}

/* After an error: the next line that begins with a top-level key, where reading can start again. */
static bool resume_after(struct reader *r, uint32_t end)
{
    for (size_t at = r->stopped_at; at < end; at++) {
        at = str_find(r->text, '\n', at);
        if (at + 1 >= end)
            return false;
        char c = r->text.at[at + 1];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            r->base = (uint32_t)at + 1;
            return true;
        }
    }
    return false;
}

/* Moves the entries of a later run behind those of the first. */
static struct node *join_runs(struct node *root, struct node *more)
{
    if (!root || root->type != NODE_MAPPING)
        return root ? root : more;
    if (!more || more->type != NODE_MAPPING || !more->first)
        return root;
    struct node **end = &root->first;
    while (*end)
        end = &(*end)->next;
    *end = more->first;
    root->count += more->count;
    return root;
}

struct node *yaml_parse(struct arena *arena, struct findings *findings, struct source *source, uint32_t begin, uint32_t end, bool *readable)
{
    return yaml_parse_entries(arena, findings, source, begin, end, readable, NULL);
}

struct node *yaml_parse_entries(struct arena *arena, struct findings *findings, struct source *source, uint32_t begin, uint32_t end, bool *readable,
                                const struct node_entries *entries)
{
    enum { RUNS = 20 }; /* errors after which we still try again */
    struct reader *r = NEW(arena, struct reader);
    struct node   *root = NULL;

    *r = (struct reader){ .arena = arena, .findings = findings, .source = source, .base = begin, .entries = entries };
    arena_defer(arena, close_parser, r);
    *readable = text_check(arena, findings, source, begin == 0) && !source->crooked;
    if (!*readable)
        return NULL;
    if (begin == 0 && str_starts(source->shown, STR("\xEF\xBB\xBF")))
        r->base = 3; /* its finding is made; the text behind it is not indented by it */
    r->text = source->bytes;
    r->ascii = source->ascii;
    r->text.len = end;
    for (int run = 0; run < RUNS; run++) {
        root = join_runs(root, parse_from(r));
        if (!r->stopped)
            break;
        *readable = false;
        if (!resume_after(r, end))
            break;
    }
    if (root && root->type == NODE_SCALAR && root->text.len == 0)
        return NULL;
    return root;
}
