/* SPDX-License-Identifier: MIT */
/*
 * Links: [[id]] to records, #anchors inside the document, addresses outside. What a document has is known only
 * when it is complete, so nodes that may become links wait until then.
 */
#include "model/model.h"
#include "query/suggest.h"
#include "weave/pack.h"
#include "weave/weaving.h"

/* --- anchors --- */

bool link_add_anchor(struct weaving *w, str anchor)
{
    struct candidate *taken = NEW(w->lasting, struct candidate);
    taken->weight = SIZE_MAX;
    return anchor.len && map_add(&w->anchors, w->lasting, anchor, taken) == NULL;
}

/* The id of a record that a heading begins with: "R-001 Ransomware", "A.8.13: backup". */
static str leading_id(struct weaving *w, str title)
{
    size_t end = 0;
    while (end < title.len && title.at[end] != ' ' && title.at[end] != ':')
        end++;
    str word = str_cut(title, 0, end);
    return word.len && model_find(w->model, word) ? word : (str){ 0 };
}

/* What a heading itself says need not link to where the reader is. */
static void forget(struct weaving *w, str anchor, size_t waiting)
{
    size_t kept = waiting;
    for (size_t i = waiting; i < w->awaited.len; i++) {
        struct awaited awaited = w->awaited.at[i];
        bool own = str_eq(str_slug(w->passing, awaited.anchor), anchor);
        awaited.node->serial = own ? 0 : (uint32_t)kept + 1;
        if (!own)
            w->awaited.at[kept++] = awaited;
    }
    w->awaited.len = kept;
}

/* The first heading of a record wins over any table. */
static bool claim(struct weaving *w, str anchor, struct doc_node *node, struct doc_node *text, size_t weight)
{
    struct candidate *candidate = map_get(&w->anchors, anchor);
    if (!candidate) {
        candidate = NEW(w->lasting, struct candidate);
        map_add(&w->anchors, w->lasting, anchor, candidate);
    } else if (candidate->weight >= weight) {
        return false;
    }
    *candidate = (struct candidate){ .node = node, .text = text, .weight = weight, .anchor = anchor };
    if (w->arena == w->rows)
        LIST_PUSH(w->lasting, &w->claims, candidate);
    return true;
}

void link_heading(struct weaving *w, struct doc_node *heading, size_t waiting)
{
    str title = doc_plain(w->passing, heading), id = leading_id(w, title);
    str anchor = str_slug(w->arena, id.len ? id : title), wanted = anchor.len ? anchor : STR("section");

    if (w->anchor.len) { /* <!-- anchor NAME --> */
        heading->ref = w->anchor;
        w->anchor = (str){ 0 };
        return;
    }
    if (id.len && claim(w, anchor, heading, NULL, SIZE_MAX)) {
        forget(w, anchor, waiting);
        heading->ref = anchor;
        return;
    }
    heading->ref = wanted;
    for (unsigned n = 2; !link_add_anchor(w, heading->ref); n++)
        heading->ref = str_print(w->arena, "%.*s-%u", STR_ARG(wanted), n);
}

void link_cell(struct weaving *w, struct doc_node *cell, struct doc_node *text, str id, size_t rows)
{
    str anchor = str_slug(w->lasting, id);
    if (anchor.len)
        claim(w, anchor, cell, text, rows);
}

/* Anchors of the rows that won. */
static void set_anchors(struct weaving *w)
{
    for (size_t i = 0; i < w->anchors.len; i++) {
        const struct candidate *candidate = w->anchors.entries[i].value;
        struct doc_node *cell = candidate->node;
        if (!cell || cell->type != DOC_CELL)
            continue;
        struct doc_node *anchor = doc_new(w->arena, DOC_ANCHOR);
        anchor->ref = str_copy(w->arena, w->anchors.entries[i].key);
        anchor->next = cell->first;
        cell->first = anchor;
        if (!cell->last)
            cell->last = anchor;
    }
}

/* --- records --- */

static void await(struct weaving *w, struct awaited awaited)
{
    LIST_PUSH(w->lasting, &w->awaited, awaited);
    awaited.node->serial = (uint32_t)w->awaited.len;
}

void link_await(struct weaving *w, struct doc_node *node, str id)
{
    if (node && node->type == DOC_TEXT && id.len)
        await(w, (struct awaited){ .node = node, .anchor = id });
}

/* The only id of which [id] is another spelling: it is what was meant. */
static void mend(struct weaving *w, struct finding *f, str id, str written)
{
    str found = { 0 };
    size_t n = 0, at = str_search(written, id, 0);
    for (size_t i = 0; i < w->model->by_id.len; i++)
        if (str_eq_form(w->model->by_id.entries[i].key, id)) {
            found = w->model->by_id.entries[i].key;
            n++;
        }
    if (n == 1 && at != SIZE_MAX && f->at.end - f->at.begin == written.len) /* not where the link was found only roughly */
        finding_fix(w->findings, f, span_part(f->at, written.len, at, at + id.len), found);
}

static void unknown_id(struct weaving *w, const struct md_node *node, str id, str inside)
{
    if (w->findings->skipped_files)
        return; /* it may stand in the part that could not be read */
    struct suggestion near = suggest_for(id);
    str written = str_print(w->arena, "[[%.*s]]", STR_ARG(inside));
    if (w->weave->whole && model_find(w->weave->whole, id)) {
        finding_add(w->findings, LANG_AUDIENCE_MENTION, md_span_in(w->text, node, id), "%.*s is not for %s", STR_ARG(id), audience_readers(w->weave->audience));
        return;
    }
    struct finding *f = finding_add(w->findings, LANG_UNKNOWN_REFERENCE, md_span_in(w->text, node, written), "there is no `%.*s`", STR_ARG(id));
    mend(w, f, id, written);
    for (size_t i = 0; i < w->model->by_id.len; i++)
        suggest_try(&near, w->model->by_id.entries[i].key);
    f->help = suggest_help(w->findings->arena, &near, STR("write the id of a record, as in [[R-001]] or [[R-001|text]]"));
}

/* Whether what comes next stands in parentheses, which do not nest well. */
static bool in_parentheses(struct weaving *w, const struct doc_node *into)
{
    str before = doc_plain(w->arena, into);
    int depth = 0;
    for (size_t i = 0; i < before.len; i++)
        depth += before.at[i] == '(' ? 1 : before.at[i] == ')' && depth > 0 ? -1 : 0;
    return depth > 0;
}

/* [[id]] and [[id|text]]: a link where the document has the record, else the id with its title. */
void link_record(struct weaving *w, const struct md_node *node, str inside, struct doc_node *into)
{
    size_t bar = str_find(inside, '|', 0);
    str id = str_trim(splice_plain(w, str_cut(inside, 0, bar)));
    str text = bar < inside.len ? str_trim(splice_plain(w, str_cut(inside, bar + 1, inside.len))) : (str){ 0 };
    const struct record *record = model_find(w->model, id);

    if (!record) {
        unknown_id(w, node, id, inside);
        doc_add_text(w->arena, into, print_text(w->arena, text.len ? text : id));
        return;
    }
    const char *with_title = in_parentheses(w, into) ? "%.*s %.*s" : "%.*s (%.*s)";
    struct awaited awaited = { .node = doc_add_text(w->arena, into, print_text(w->arena, text.len ? text : id)), .anchor = record->id };
    str title = print_record(w->arena, w->words, record);
    bool first = map_add(&w->mentioned, w->lasting, record->id, w) == NULL; /* the title once is enough */
    if (text.len == 0 && first && !str_eq(title, id))
        awaited.otherwise = str_print(w->arena, with_title, STR_ARG(id), STR_ARG(title));
    await(w, awaited);
}

/* --- addresses --- */

/* "https" of "https://x"; empty for an address without a scheme. */
static str scheme_of(str address)
{
    size_t i = 0;
    while (i < address.len && ((address.at[i] >= 'a' && address.at[i] <= 'z') || (address.at[i] >= 'A' && address.at[i] <= 'Z')
                               || (i && ((address.at[i] >= '0' && address.at[i] <= '9') || strchr("+-.", address.at[i])))))
        i++;
    return i && i < address.len && address.at[i] == ':' ? str_cut(address, 0, i) : (str){ 0 };
}

bool link_address(struct weaving *w, const struct md_node *node, str address)
{
    static const char *const fine[] = { "http", "https", "mailto", "tel", "ftp", NULL };
    str scheme = scheme_of(address), lower = str_slug(w->passing, scheme);

    if (address.len == 0)
        return false;
    for (size_t i = 0; i < address.len; i++)
        if ((unsigned char)address.at[i] < 0x20 || address.at[i] == 0x7F)
            scheme = STR("control characters"), lower = scheme;
    if (scheme.len == 0 || str_is_one_of(lower, fine))
        return true;
    finding_add(w->findings, LANG_LINK_ADDRESS, md_span_in(w->text, node, address), "a link to a `%.*s:` address is left out; its text stays",
                STR_ARG(scheme));
    return false;
}

void link_await_fragment(struct weaving *w, struct doc_node *link, const struct md_node *from)
{
    str anchor = str_copy(w->lasting, str_cut(link->ref, 1, link->ref.len));
    struct awaited awaited = { .node = link, .anchor = anchor, .at = md_span_in(w->text, from, link->ref) };
    await(w, awaited);
}

/* --- the end --- */

str link_words(struct arena *arena, const struct doc_node *link)
{
    return link->first ? doc_plain(arena, link) : str_cut(link->ref, 1, link->ref.len);
}

static void to_link(struct weaving *w, struct doc_node *node, str anchor)
{
    str ref = str_join2(w->arena, STR("#"), anchor);
    if (node->type == DOC_TEXT) {
        str text = node->text;
        node->type = DOC_LINK;
        node->text = (str){ 0 };
        doc_add_text(w->arena, node, text)->ref = ref;
    }
    node->ref = ref;
}

void link_missing(struct weaving *w, struct span at, str ref)
{
    finding_add(w->findings, LANG_LINK_ANCHOR, at, "the document has no heading `%.*s`", STR_ARG(ref));
}

/* Nothing to follow: the words stay, with the title of a record that a reader would not know by its id. */
static void to_text(struct weaving *w, const struct awaited *awaited, str anchor)
{
    struct doc_node *node = awaited->node;
    if (node->type == DOC_TEXT) {
        if (awaited->otherwise.len)
            node->text = awaited->otherwise;
        node->ref = str_join2(w->arena, STR("#"), anchor);
        return;
    }
    link_missing(w, awaited->at, node->ref);
    node->text = link_words(w->arena, node);
    node->type = DOC_TEXT;
    node->ref = (str){ 0 };
    node->first = node->last = NULL;
}

/* Tells whoever asked which records have a place here. */
static void tell_places(const struct weaving *w)
{
    for (size_t i = 0; w->weave->place && i < w->anchors.len; i++) {
        const struct candidate *candidate = w->anchors.entries[i].value;
        if (candidate->anchor.len)
            w->weave->place(w->weave->state, candidate->anchor, candidate->weight);
    }
}

void link_resolve(struct weaving *w)
{
    for (size_t i = 0; i < w->awaited.len; i++) {
        const struct awaited *awaited = &w->awaited.at[i];
        str anchor = str_slug(w->passing, awaited->anchor);
        const struct candidate *there = map_get(&w->anchors, anchor);
        awaited->node->serial = 0;
        if (there && there->text != awaited->node) /* else it is the row's own id */
            to_link(w, awaited->node, anchor);
        else
            to_text(w, awaited, anchor);
    }
    set_anchors(w);
    pack_resolve(w);
    tell_places(w);
}
