/* SPDX-License-Identifier: MIT */
/*
 * Bookmarks and links. Anchors of the document become bookmarks only where a link points to them, under names that
 * Word takes: a letter first, then letters, digits and underscores, at most 40 characters, unique without regard to
 * case. Addresses outside become relationships of the part they stand in, in a form that no reader stumbles over;
 * Word refuses a whole file for one address that is not a URI.
 */
#include "write/docx_part.h"
#include "write/xml.h"

struct docx_target {
    str  name;
    bool defined, placed;
};

enum { NAME_LIMIT = 40 };

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static str lower(struct arena *arena, str s)
{
    char *copy = NEWS(arena, char, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] + 32) : s.at[i];
    return (str){ copy, s.len };
}

/* Readable when it can be, and told apart by a hash when characters or length had to go. */
static str bookmark_name(struct docx *docx, str anchor)
{
    struct arena *arena = docx->arena;
    char name[NAME_LIMIT];
    size_t len = 0;
    bool changed = false;
    if (!anchor.len || !is_letter(anchor.at[0]))
        name[len++] = 'a';
    for (size_t i = 0; i < anchor.len && len < NAME_LIMIT; i++) {
        bool good = is_letter(anchor.at[i]) || is_digit(anchor.at[i]) || anchor.at[i] == '_';
        changed |= (unsigned char)anchor.at[i] >= 0x80;
        name[len++] = good ? anchor.at[i] : '_';
    }
    changed |= len < anchor.len;
    str made = { name, len };
    if (!changed && !map_get(&docx->names, lower(arena, made)))
        return str_copy(arena, made);
    str stem = str_cut(made, 0, len < 28 ? len : 28);
    for (unsigned salt = 0;; salt++) {
        unsigned hash = (unsigned)((str_hash(anchor) + salt) & 0xffffffff);
        made = str_print(arena, "%.*s_%08x", STR_ARG(stem), hash);
        if (!map_get(&docx->names, lower(arena, made)))
            return made;
    }
}

struct anchors { LIST_OF(str); };

static void collect_link(struct docx *docx, str ref)
{
    if (ref.len < 2 || ref.at[0] != '#')
        return;
    str anchor = str_cut(ref, 1, ref.len);
    if (!map_get(&docx->targets, anchor))
        map_add(&docx->targets, docx->arena, anchor, NEW(docx->arena, struct docx_target));
}

static void visit(struct docx *docx, const struct doc_node *node, struct anchors *anchors)
{
    switch (node->ref.len ? node->type : DOC_TEXT) {
    case DOC_LINK: collect_link(docx, node->ref); break;
    case DOC_TABLE: case DOC_FIGURE: case DOC_ROW: case DOC_CAPTION: case DOC_ANCHOR: LIST_PUSH(docx->arena, anchors, node->ref); break;
    default: break;
    }
}

/* The links below [node], whose targets are noted, and the anchors, in the order of the document. */
static void walk(struct docx *docx, const struct doc_node *node, struct anchors *anchors)
{
    for (const struct doc_node *child = node->first; child; child = child->next) {
        visit(docx, child, anchors);
        if (child->first || child->type == DOC_TABLE)
            walk(docx, child, anchors);
    }
    if (node->type != DOC_TABLE || !node->table || !node->table->rows)
        return;
    struct doc_rows rows = doc_rows(docx->passing, node);
    for (const struct doc_node *row; (row = doc_next_row(&rows)) != NULL;) {
        visit(docx, row, anchors);
        walk(docx, row, anchors);
    }
}

static void define(struct docx *docx, str anchor)
{
    struct docx_target *target = map_get(&docx->targets, anchor);
    if (!target || target->defined)
        return;
    target->defined = true;
    target->name = bookmark_name(docx, anchor);
    map_add(&docx->names, docx->arena, lower(docx->arena, target->name), target);
}

void anchor_collect(struct docx *docx)
{
    struct anchors anchors = { 0 };
    walk(docx, docx->doc->body, &anchors);
    if (!docx->targets.len)
        return;
    for (size_t i = 0; i < docx->outline.len; i++)
        define(docx, docx->outline.at[i].anchor);
    for (size_t i = 0; i < anchors.len; i++)
        define(docx, anchors.at[i]);
}

str anchor_bookmark(struct docx *docx, str anchor)
{
    const struct docx_target *target = anchor.len ? map_get(&docx->targets, anchor) : NULL;
    return target && target->defined ? target->name : (str){ 0 };
}

/* The same for a place that is about to carry the bookmark: once only, since names must not repeat. */
str anchor_take(struct docx *docx, str anchor)
{
    struct docx_target *target = anchor.len ? map_get(&docx->targets, anchor) : NULL;
    if (!target || !target->defined || target->placed)
        return (str){ 0 };
    target->placed = true;
    return target->name;
}

str anchor_heading(struct docx *docx, size_t heading)
{
    return str_print(docx->arena, "_Toc%08u", (unsigned)heading + 1);
}

void anchor_open(struct docx *docx, str name, uint32_t *id)
{
    *id = ++docx->bookmarks;
    buf_print(docx->out, "<w:bookmarkStart w:id=\"%u\" w:name=\"%.*s\"/>", (unsigned)*id, STR_ARG(name));
}

void anchor_close(struct docx *docx, uint32_t id)
{
    buf_print(docx->out, "<w:bookmarkEnd w:id=\"%u\"/>", (unsigned)id);
}

static void put_empty(struct docx *docx, str name)
{
    uint32_t id;
    anchor_open(docx, name, &id);
    anchor_close(docx, id);
}

void anchor_finish(struct docx *docx)
{
    for (size_t i = 0; i < docx->outline.len; i++)
        if (!docx->headings[i])
            put_empty(docx, anchor_heading(docx, i));
    for (size_t i = 0; i < docx->targets.len; i++) {
        struct docx_target *target = docx->targets.entries[i].value;
        if (target->defined && !target->placed)
            put_empty(docx, target->name);
    }
}

/* A host is letters, digits, dots, hyphens (and UTF-8 for names in other scripts), perhaps with a port. */
static bool host_is_good(str host)
{
    size_t colon = str_find(host, ':', 0);
    int64_t port = 1;
    if (colon < host.len && (!str_to_int(str_cut(host, colon + 1, host.len), &port) || port < 1 || port > 65535))
        return false;
    for (size_t i = 0; i < colon; i++) {
        char c = host.at[i];
        if (!is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '_' && (unsigned char)c < 0x80)
            return false;
    }
    return colon > 0 && (is_letter(host.at[0]) || is_digit(host.at[0]) || (unsigned char)host.at[0] >= 0x80);
}

static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* RFC 3986: what may stand in a URI stands; the rest, and a percent sign that begins nothing, is escaped. */
static void put_escaped(struct buf *out, str s, bool *fragment)
{
    static const char allowed[] = "-._~:/?@!$&'()*+,;=";
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool escape = c == '%' && i + 2 < s.len && is_hex(s.at[i + 1]) && is_hex(s.at[i + 2]);
        bool hash = c == '#' && !*fragment;
        *fragment |= hash;
        if (is_letter(c) || is_digit(c) || escape || hash || (c && strchr(allowed, c)))
            buf_char(out, c);
        else
            buf_print(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

/* Whether the address needs no change: a register has thousands of them. */
static bool is_plain(str address)
{
    size_t host = STR("https://").len;
    if (address.len <= host || !str_starts(address, STR("https://")) || address.at[host] == '/')
        return false;
    for (size_t i = host; i < address.len; i++) {
        char c = address.at[i];
        if (!is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '_' && c != '/')
            return false;
    }
    return true;
}

str anchor_uri(struct arena *arena, str address)
{
    static const str schemes[] = { { "https://", 8 }, { "http://", 7 }, { "mailto:", 7 } };
    address = str_trim(address);
    if (is_plain(address))
        return address;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        str scheme = schemes[i];
        if (address.len <= scheme.len || !str_eq_nocase(str_cut(address, 0, scheme.len), scheme))
            continue;
        str rest = str_cut(address, scheme.len, address.len);
        size_t host = 0;
        while (i < 2 && host < rest.len && rest.at[host] != '/' && rest.at[host] != '?' && rest.at[host] != '#')
            host++;
        if (i < 2 && !host_is_good(str_cut(rest, 0, host)))
            return (str){ 0 };
        struct buf *out = buf_new(arena);
        bool fragment = false;
        buf_put(out, scheme);
        buf_put(out, str_cut(rest, 0, host));
        put_escaped(out, str_cut(rest, host, rest.len), &fragment);
        str uri = str_copy(arena, buf_str(out));
        buf_free(out);
        return uri;
    }
    return (str){ 0 };
}

unsigned anchor_link(struct docx *docx, str uri)
{
    struct docx_links *links = docx->links;
    struct docx_link *link = map_get(&links->by_address, uri);
    if (!link) {
        link = NEW(docx->arena, struct docx_link);
        *link = (struct docx_link){ uri, (unsigned)links->by_address.len + 1 };
        map_add(&links->by_address, docx->arena, uri, link);
    }
    return link->number;
}

void anchor_relationships(const struct docx_links *links, struct buf *out)
{
    for (size_t i = 0; i < links->by_address.len; i++) {
        const struct docx_link *link = links->by_address.entries[i].value;
        buf_print(out, "<Relationship Id=\"link%u\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"",
                  link->number);
        xml_attribute(out, link->target);
        buf_text(out, "\" TargetMode=\"External\"/>");
    }
}
