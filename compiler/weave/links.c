/* SPDX-License-Identifier: MIT */
/*
 * Links: [[id]] to records, #anchors inside the document, files of other documents, addresses outside. What a document has is
 * known only when it is complete, so nodes that may become links wait until then.
 */
#include "base/path.h"
#include "model/fields.h"
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

/* --- files --- */

/* People who read their sources on a forge link to files; templates make pages, which have names of their own. */
bool link_is_file(const struct weaving *w, const struct md_node *node, str address)
{
    str path = str_cut(address, 0, str_find(address, '#', 0));
    const struct source *source = source_of(w->weave->sources, md_span_in(w->text, node, address));
    bool page = str_ends(path, STR(".html")) && str_find(path, '/', 0) == path.len;
    return path.len && !page && scheme_of(address).len == 0 && source && !str_starts(source->path, STR("templates/")) && source->path.at[0] != '<';
}

/* The file that an address means in another one, without the part behind "#"; empty when it leads out of the project. */
static str file_meant(struct weaving *w, str source, str address)
{
    return path_from(w->passing, source, path_decoded(w->passing, str_cut(address, 0, str_find(address, '#', 0))));
}

static void enter_files(struct weaving *w, const struct model *model, struct map *files)
{
    struct value documents = model->root->fields[F_isms_documents];
    for (size_t i = 0; documents.tag == V_LIST && i < documents.list->len; i++) {
        const struct record *record = documents.list->at[i].record;
        const struct source *source = source_of(w->weave->sources, record->span);
        if (source && str_ends(source->path, STR(".md")))
            map_add(files, w->lasting, source->path, (struct record *)(uintptr_t)record);
    }
}

/* The document in the file; sites of documentation leave its ending out, or name the folder of an index.md. */
static const struct record *document_at(struct weaving *w, const struct map *files, str path)
{
    const struct record *record = map_get(files, path);
    if (!record)
        record = map_get(files, str_join2(w->passing, path, STR(".md")));
    return record ? record : map_get(files, str_join2(w->passing, path, STR("/index.md")));
}

static str help_for_file(struct weaving *w, str address, str path)
{
    struct arena *arena = w->findings->arena;
    struct suggestion near = suggest_for(path);
    if (str_starts(address, STR("www.")))
        return str_print(arena, "write https:// before a web address: https://%.*s", STR_ARG(address));
    if (str_find(address, '@', 0) < address.len && str_find(address, '/', 0) == address.len)
        return str_print(arena, "write mailto: before a mail address: mailto:%.*s", STR_ARG(address));
    if (document_at(w, &w->files, file_meant(w, (str){ 0 }, address)))
        return str_print(arena, "paths count from the folder of this file; from that of isms.yaml it is /%.*s", STR_ARG(address));
    for (size_t i = 0; str_ends(path, STR(".md")) && i < w->files.len; i++)
        suggest_try(&near, w->files.entries[i].key);
    const struct record *record = near.best.len ? map_get(&w->files, near.best) : NULL;
    if (!record)
        return STR("link to a document by its file or its id, as in [[POL-01|the policy]], or to an address that begins with https:");
    return str_print(arena, "did you mean %.*s? [[%.*s]] leads there, too", STR_ARG(near.best), STR_ARG(record->id));
}

static void no_document(struct weaving *w, const struct md_node *node, str address, str path)
{
    struct span at = md_span_in(w->text, node, address);
    struct map  whole = { 0 };
    if (w->weave->whole)
        enter_files(w, w->weave->whole, &whole);
    const struct record *hidden = document_at(w, &whole, path);
    if (hidden)
        finding_add(w->findings, LANG_AUDIENCE_MENTION, at, "%.*s is not for %s", STR_ARG(hidden->id), audience_readers(w->weave->audience));
    else if (!w->findings->skipped_files) /* it may be one that could not be read */
        finding_add(w->findings, LANG_LINK_FILE, at, "`%.*s` is no document of the ISMS; the link is left out, its words stay", STR_ARG(address))->help = help_for_file(w, address, path);
}

/* Whether nothing but words stands in [node] and behind it, whatever they look like: no picture, no note, nothing that leads elsewhere. */
static bool are_words(const struct doc_node *node)
{
    for (; node; node = node->next)
        if (node->type == DOC_IMAGE || node->type == DOC_NOTE || node->type == DOC_LINK || node->type == DOC_ANCHOR || node->serial || !are_words(node->first))
            return false;
    return true;
}

/* The words of a link, spliced behind [before], lead to the record. They become one text: a link for each would be read out one by one. */
static void lead_to(struct weaving *w, struct doc_node *into, struct doc_node *before, const struct record *record)
{
    struct doc_node *first = before ? before->next : into->first;
    if (!are_words(first))
        return;
    str words = first ? doc_plain(w->arena, &(struct doc_node){ .type = DOC_PARAGRAPH, .first = first }) : print_record(w->arena, w->words, record);
    into->last = before;
    *(before ? &before->next : &into->first) = NULL;
    link_await(w, doc_add_text(w->arena, into, words), record->id);
}

void link_file(struct weaving *w, const struct md_node *node, str address, struct doc_node *into)
{
    const struct source *source = source_of(w->weave->sources, md_span_in(w->text, node, address));
    str path = file_meant(w, source->path, address);
    if (w->files.len == 0)
        enter_files(w, w->model, &w->files);
    const struct record *record = document_at(w, &w->files, path);
    struct doc_node *before = into->last;
    if (!record)
        no_document(w, node, address, path);
    splice_inlines(w, node->first, into);
    if (record)
        lead_to(w, into, before, record);
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
