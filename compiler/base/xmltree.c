/* SPDX-License-Identifier: MIT */
#include "base/xmltree.h"

#include <expat.h>
#include <setjmp.h>
#include <string.h>

#include "base/buf.h"
#include "base/library.h"
#include "base/limits.h"

#ifndef EXPAT_SONAME
#define EXPAT_SONAME "libexpat.so.1"
#endif

/* The functions of Expat that are used: name, result, parameters. */
#define EXPAT_FUNCTIONS(F)                                                                                               \
    F(XML_ParserCreate, XML_Parser, (const XML_Char *))                                                                  \
    F(XML_ParserFree, void, (XML_Parser))                                                                                \
    F(XML_SetUserData, void, (XML_Parser, void *))                                                                       \
    F(XML_SetElementHandler, void, (XML_Parser, XML_StartElementHandler, XML_EndElementHandler))                         \
    F(XML_SetCharacterDataHandler, void, (XML_Parser, XML_CharacterDataHandler))                                         \
    F(XML_SetStartDoctypeDeclHandler, void, (XML_Parser, XML_StartDoctypeDeclHandler))                                   \
    F(XML_StopParser, enum XML_Status, (XML_Parser, XML_Bool))                                                           \
    F(XML_Parse, enum XML_Status, (XML_Parser, const char *, int, int))                                                  \
    F(XML_GetErrorCode, enum XML_Error, (XML_Parser))

#define MEMBER(name, result, parameters) result(*name) parameters;
struct expat {
    EXPAT_FUNCTIONS(MEMBER)
};

/* A declaration xmlns:name="uri" in force; of two with one name the later holds. */
struct scope {
    str         name;   /* empty: the default namespace */
    const char *prefix; /* ours; NULL: not one of ours */
};

struct reader {
    struct arena             *arena;
    const struct xml_reading *reading;
    struct expat              expat;
    XML_Parser                parser;
    const char               *problem;
    bool                      exhausted; /* memory ended within a handler */
    LIST_OF(struct scope)     scopes;
    struct level { struct xml_node *node, *last; size_t scopes; } levels[LIMIT_XML_DEPTH + 1];
    int                       depth, dropped; /* dropped: the depth at which something began that is not kept; 0: none */
    struct buf               *text;
    size_t                    nodes;
};

#ifdef ISMSC_STATIC
static const char *load(struct expat *expat)
{
#define LINK(name, result, parameters) expat->name = name;
    EXPAT_FUNCTIONS(LINK)
    return NULL;
}
#else
static const char *load(struct expat *expat)
{
    static const char *const names[] = { EXPAT_SONAME, "libexpat.so", NULL };
#define FIND(name, result, parameters) LIBRARY_FUNCTION(struct expat, name),
    static const struct library_function functions[] = { EXPAT_FUNCTIONS(FIND) LIBRARY_END };
    return library_load(names, functions, expat, "needs Expat to be read, which can not be loaded (tried " EXPAT_SONAME ")", "needs a newer Expat to be read");
}
#endif

static void close_parser(void *handle)
{
    struct reader *r = handle;
    if (r->parser)
        r->expat.XML_ParserFree(r->parser);
    r->parser = NULL;
}

static void stop(struct reader *r, const char *problem)
{
    if (!r->problem)
        r->problem = problem;
    r->expat.XML_StopParser(r->parser, XML_FALSE);
}

/* --- names --- */

static const char *prefix_of_uri(const struct reader *r, str uri)
{
    for (const struct xml_prefix *p = r->reading->prefixes; p->prefix; p++)
        if (str_eq(uri, str_of(p->uri)))
            return p->prefix;
    return NULL;
}

static void declare(struct reader *r, const XML_Char **attributes)
{
    for (; attributes[0]; attributes += 2) {
        str name = str_of(attributes[0]);
        if (!str_starts(name, STR("xmlns")) || (name.len > 5 && name.at[5] != ':'))
            continue;
        struct scope scope = { name.len > 5 ? str_copy(r->arena, str_cut(name, 6, name.len)) : (str){ 0 }, prefix_of_uri(r, str_of(attributes[1])) };
        LIST_PUSH(r->arena, &r->scopes, scope);
    }
}

/* Our prefix for the file's [name]; NULL for none of ours. */
static const char *prefix_in_scope(const struct reader *r, str name)
{
    for (size_t i = r->scopes.len; i > 0; i--)
        if (str_eq(r->scopes.at[i - 1].name, name))
            return r->scopes.at[i - 1].prefix;
    return NULL;
}

/* "ns0:p" to "w:p"; empty when its namespace is none of ours. An attribute without a prefix is in no namespace and stays. */
static str name_of(struct reader *r, const XML_Char *written, bool attribute)
{
    str name = str_of(written);
    size_t colon = str_find(name, ':', 0);
    if (attribute && colon == name.len)
        return str_copy(r->arena, name);
    const char *prefix = prefix_in_scope(r, colon < name.len ? str_cut(name, 0, colon) : (str){ 0 });
    str local = colon < name.len ? str_cut(name, colon + 1, name.len) : name;
    return prefix ? str_print(r->arena, "%s:%.*s", prefix, STR_ARG(local)) : (str){ 0 };
}

/* The prefixes that a choice requires, as ours. */
static str required(struct reader *r, str value)
{
    str out = { 0 }, prefix;
    while (str_split(&value, ' ', &prefix)) {
        const char *ours = prefix_in_scope(r, prefix);
        out = str_print(r->arena, "%.*s%s%s", STR_ARG(out), out.len ? " " : "", ours ? ours : "?");
    }
    return out;
}

/* --- building --- */

static struct xml_node *add(struct reader *r)
{
    struct level *level = &r->levels[r->depth];
    struct xml_node *node = NEW(r->arena, struct xml_node);
    if (++r->nodes > LIMIT_XML_NODES)
        stop(r, "has too many elements");
    if (level->last)
        level->last->next = node;
    else if (level->node)
        level->node->first = node;
    level->last = node;
    return node;
}

static void add_attributes(struct reader *r, struct xml_node *node, const XML_Char **attributes)
{
    struct xml_attribute **end = &node->attributes;
    for (; attributes[0]; attributes += 2) {
        str name = str_starts(str_of(attributes[0]), STR("xmlns")) ? (str){ 0 } : name_of(r, attributes[0], true);
        if (!name.len)
            continue;
        struct xml_attribute *attribute = NEW(r->arena, struct xml_attribute);
        bool choice = xml_is(node, "mc:Choice") && str_eq(name, STR("Requires"));
        *attribute = (struct xml_attribute){ name, choice ? required(r, str_of(attributes[1])) : str_copy(r->arena, str_of(attributes[1])), NULL };
        *end = attribute;
        end = &attribute->next;
    }
}

static bool is_blank(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr(" \t\r\n", text.at[i]))
            return false;
    return true;
}

static void end_text(struct reader *r)
{
    const struct xml_node *parent = r->levels[r->depth].node;
    str text = buf_str(r->text);
    if (parent && parent->name.len && text.len && (str_ends(parent->name, STR(":t")) || !is_blank(text)))
        add(r)->text = str_copy(r->arena, text);
    buf_clear(r->text);
}

/* Whether an element is kept: by its name, and where only some are, by what it stands in. */
static bool is_wanted(const struct reader *r, str name)
{
    const char *keep = r->reading->keep;
    return name.len && (!keep || r->levels[r->depth].node != r->levels[0].node || str_eq(name, str_of(keep)));
}

/*
 * Expat does not free a parser while one of its handlers runs, and one that is left by a jump runs for ever. So the jump of exhausted
 * memory ends here, the parser is stopped, and parse() jumps on when Expat has returned.
 */
#define WITHIN(r, call)                                                                                                  \
    do {                                                                                                                 \
        jmp_buf outer;                                                                                                   \
        memcpy(outer, (r)->arena->memory->escape, sizeof outer);                                                         \
        if (!(r)->exhausted && !setjmp((r)->arena->memory->escape))                                                      \
            call;                                                                                                        \
        else                                                                                                             \
            exhausted(r);                                                                                                \
        memcpy((r)->arena->memory->escape, outer, sizeof outer);                                                         \
    } while (0)

static void exhausted(struct reader *r)
{
    r->exhausted = true;
    stop(r, "");
}

static void start(struct reader *r, const XML_Char *name, const XML_Char **attributes)
{
    if (r->depth == LIMIT_XML_DEPTH) {
        stop(r, "has too many elements inside each other");
        return;
    }
    if (!r->dropped)
        end_text(r);
    size_t scopes = r->scopes.len;
    declare(r, attributes);
    str ours = r->dropped ? (str){ 0 } : name_of(r, name, false);
    bool wanted = !r->dropped && is_wanted(r, ours), passing = !wanted && !r->dropped && r->reading->keep && r->levels[r->depth].node == r->levels[0].node;
    struct xml_node *node = wanted ? add(r) : passing ? r->levels[0].node : NULL;
    struct xml_node *last = passing ? r->levels[r->depth].last : NULL;
    r->depth++;
    r->levels[r->depth] = (struct level){ node, last, scopes };
    if (!wanted && !passing && !r->dropped)
        r->dropped = r->depth;
    if (wanted) {
        node->name = ours;
        add_attributes(r, node, attributes);
    }
}

static void end(struct reader *r)
{
    if (!r->dropped)
        end_text(r);
    if (r->dropped == r->depth)
        r->dropped = 0;
    struct level *level = &r->levels[r->depth];
    r->scopes.len = level->scopes;
    if (r->depth > 0 && level->node == r->levels[0].node)
        r->levels[r->depth - 1].last = level->last; /* what was passed through adds to the root */
    if (r->depth > 0)
        r->depth--;
}

static void put(struct reader *r, const XML_Char *text, int length)
{
    if (!r->dropped && r->levels[r->depth].node != r->levels[0].node)
        buf_put(r->text, (str){ text, (size_t)length });
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes) { WITHIN((struct reader *)data, start(data, name, attributes)); }
static void XMLCALL on_text(void *data, const XML_Char *text, int length) { WITHIN((struct reader *)data, put(data, text, length)); }
static void XMLCALL on_end(void *data, const XML_Char *name)
{
    (void)name;
    WITHIN((struct reader *)data, end(data));
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    stop(data, "declares a document type, which no Word document does");
}

static const char *parse(struct reader *r, str bytes)
{
    enum { PIECE = 1 << 20 };
    do {
        str piece = str_cut(bytes, 0, bytes.len < PIECE ? bytes.len : PIECE);
        bytes = str_cut(bytes, piece.len, bytes.len);
        if (r->expat.XML_Parse(r->parser, piece.at, (int)piece.len, bytes.len == 0) == XML_STATUS_OK)
            continue;
        if (r->exhausted)
            memory_exhausted(r->arena->memory);
        if (!r->problem && r->expat.XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
            memory_exhausted(r->arena->memory);
        return r->problem ? r->problem : "is damaged: it is not well-formed";
    } while (bytes.len);
    return r->problem;
}

const char *xml_read(struct arena *arena, str bytes, const struct xml_reading *reading, struct xml_node **root)
{
    struct reader *r = NEW(arena, struct reader);
    *r = (struct reader){ .arena = arena, .reading = reading, .text = buf_new(arena) };
    const char *problem = load(&r->expat);
    if (problem)
        return problem;
    r->levels[0].node = NEW(arena, struct xml_node);
    arena_defer(arena, close_parser, r);
    r->parser = r->expat.XML_ParserCreate(NULL);
    if (!r->parser)
        memory_exhausted(arena->memory);
    r->expat.XML_SetUserData(r->parser, r);
    r->expat.XML_SetElementHandler(r->parser, on_start, on_end);
    r->expat.XML_SetCharacterDataHandler(r->parser, on_text);
    r->expat.XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    problem = parse(r, bytes);
    close_parser(r);
    *root = reading->keep ? r->levels[0].node : r->levels[0].node->first;
    return problem || *root ? problem : "is empty";
}

/* --- navigation --- */

struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    for (struct xml_node *child = node ? node->first : NULL; child; child = child->next)
        if (xml_is(child, name))
            return child;
    return NULL;
}

str xml_value(const struct xml_node *node, const char *attribute)
{
    for (const struct xml_attribute *a = node ? node->attributes : NULL; a; a = a->next)
        if (str_eq(a->name, str_of(attribute)))
            return a->value;
    return (str){ 0 };
}

str xml_child_value(const struct xml_node *node, const char *name, const char *attribute)
{
    return xml_value(xml_child(node, name), attribute);
}
