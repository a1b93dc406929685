/* SPDX-License-Identifier: MIT */
/* Markdown inlines to document inlines, and the values that take the places of their marks. */
#include "model/model.h"
#include "model/fields.h"
#include "weave/rawhtml.h"
#include "weave/weaving.h"

#define DASH STR("\xE2\x80\x93")

/* --- marks --- */

bool mark_in(str text) { return str_search(text, MARK_OPEN, 0) != SIZE_MAX; }

/* Reads the mark at [at]; returns where the text goes on, or 0 when it is none of ours. */
static size_t read_mark(const struct weaving *w, str text, size_t at, size_t *number)
{
    size_t i = at + MARK_OPEN.len;
    *number = 0;
    while (i < text.len && text.at[i] >= '0' && text.at[i] <= '9' && *number < w->placed.len)
        *number = *number * 10 + (size_t)(text.at[i++] - '0');
    bool good = w->marks && *number < w->placed.len && str_starts(str_cut(text, i, text.len), MARK_CLOSE);
    return good ? i + MARK_CLOSE.len : 0;
}

const struct placed *mark_only(const struct weaving *w, str text)
{
    size_t number;
    if (!str_starts(text, MARK_OPEN) || read_mark(w, text, 0, &number) != text.len)
        return NULL;
    return &w->placed.at[number];
}

/* One line: what is put into a link's address, code, or a heading. */
static str on_one_line(struct arena *arena, str text)
{
    if (str_find(text, '\n', 0) == text.len)
        return text;
    str   out = str_copy(arena, text);
    char *at = (char *)(uintptr_t)out.at;
    for (size_t i = 0; i < out.len; i++)
        if (at[i] == '\n')
            at[i] = ' ';
    return out;
}

str splice_plain(struct weaving *w, str text)
{
    size_t from = 0, at, number;
    if (!mark_in(text))
        return text;
    struct buf *out = buf_new(w->arena);
    while ((at = str_search(text, MARK_OPEN, from)) != SIZE_MAX) {
        size_t next = read_mark(w, text, at, &number);
        buf_put(out, str_cut(text, from, at));
        if (next)
            buf_put(out, on_one_line(w->arena, print_value(w->arena, w->language, w->words, w->placed.at[number].value)));
        from = next ? next : at + MARK_OPEN.len;
    }
    buf_put(out, str_cut(text, from, text.len));
    str plain = str_copy(w->arena, buf_str(out));
    buf_free(out);
    return plain;
}

/* --- values --- */

/* Text of several lines: the breaks stay breaks where there may be any. */
void splice_lines(struct weaving *w, str text, struct doc_node *into)
{
    str line;
    if (text.len == 0)
        return;
    if (w->where == IN_LINE || str_find(text, '\n', 0) == text.len) {
        doc_add_text(w->arena, into, on_one_line(w->arena, text));
        return;
    }
    for (bool first = true; str_split(&text, '\n', &line);) {
        line = str_trim(line);
        if (line.len == 0)
            continue;
        if (!first)
            doc_add(into, doc_new(w->arena, DOC_BREAK));
        doc_add_text(w->arena, into, line);
        first = false;
    }
}

/* A level's own colour and how many levels the method has. */
static void level_of(struct weaving *w, struct value value, struct doc_node *badge)
{
    struct value method = w->model->root->fields[F_isms_risk_method];
    struct value levels = method.tag == V_RECORD ? method.record->fields[F_risk_method_levels] : value_null();
    badge->tone = FILL_LEVEL;
    badge->rank = value.tone;
    if (levels.tag != V_LIST)
        return;
    badge->ranks = (uint8_t)(levels.list->len < 255 ? levels.list->len : 255);
    if (value.tone < levels.list->len && levels.list->at[value.tone].tag == V_RECORD) {
        struct value colour = levels.list->at[value.tone].record->fields[F_risk_level_colour];
        if (colour.tag == V_TEXT)
            badge->ref = colour.text.len && colour.text.at[0] == '#' ? str_cut(colour.text, 1, colour.text.len) : colour.text;
    }
}

static void put_badge(struct weaving *w, struct value value, struct doc_node *into)
{
    static const uint8_t tones[] = { [TONE_NONE] = FILL_NEUTRAL, [TONE_GOOD] = FILL_GOOD, [TONE_NEUTRAL] = FILL_NEUTRAL,
                                     [TONE_WARNING] = FILL_WARNING, [TONE_BAD] = FILL_BAD };
    struct doc_node *badge = doc_add(into, doc_new(w->arena, DOC_BADGE));
    badge->text = print_value(w->arena, w->language, w->words, value);
    if (value.look == LOOK_LEVEL)
        level_of(w, value, badge);
    else
        badge->tone = tones[value.tone < sizeof tones ? value.tone : 0];
}

static void put_list(struct weaving *w, const struct list *list, struct doc_node *into)
{
    for (size_t i = 0, n = 0; i < list->len; i++) {
        if (mustache_is_empty(list->at[i]) && list->at[i].tag != V_BOOL)
            continue;
        if (n++ > 0)
            doc_add_text(w->arena, into, STR(", "));
        weave_value(w, list->at[i], into);
    }
}

/* A Markdown text where only inlines can stand: its paragraphs one behind the other. */
static void put_markdown(struct weaving *w, struct value field, struct doc_node *into)
{
    struct doc_node *blocks = doc_new(w->arena, DOC_BODY);
    splice_field(w, field, blocks);
    splice_flatten(w, blocks, into);
}

static void put_missing(struct weaving *w, struct doc_node *into)
{
    if (w->where == IN_CELL)
        return; /* an empty cell gets its dash when it is complete */
    struct doc_node *badge = doc_add(into, doc_new(w->arena, DOC_BADGE));
    badge->text = str_print(w->arena, "[%.*s]", STR_ARG(w->words->not_set));
    badge->tone = FILL_WARNING;
}

/* What the text shows stays known for who computes with it or sorts by it. */
static void keep_datum(struct weaving *w, struct value value, struct doc_node *text)
{
    if (value.tag == V_DATE) {
        text->datum = DATUM_DATE;
        text->number = (uint32_t)value.date;
    } else if (value.tag == V_INT || value.tag == V_DOUBLE) {
        text->datum = DATUM_NUMBER;
        text->ref = value.tag == V_INT ? str_print(w->arena, "%lld", (long long)value.i) : str_print(w->arena, "%.17g", value.d);
    }
}

void weave_value(struct weaving *w, struct value value, struct doc_node *into)
{
    if (value.tag == V_TEXT && value.look == LOOK_MARKDOWN && value.text.len) {
        put_markdown(w, value, into);
    } else if (value.tag == V_TEXT && value.text.len && (value.look == LOOK_LEVEL || (value.look == LOOK_STATUS && value.tone))) {
        put_badge(w, value, into);
    } else if (value.tag == V_LIST && value.list->len) {
        put_list(w, value.list, into);
    } else {
        str text = print_value(w->arena, w->language, w->words, value);
        struct doc_node *last = into->last;
        if (text.len == 0) {
            put_missing(w, into);
            return;
        }
        splice_lines(w, text, into);
        if ((w->typed || value.tag == V_DATE) && into->last != last) /* pages sort by days */
            keep_datum(w, value, into->last);
        if (value.tag == V_RECORD && value.record->id.len && into->last != last)
            link_await(w, into->last, value.record->id);
        else if (value.tag == V_TEXT && value.look == LOOK_ID)
            link_await(w, into->last, value.text);
    }
}

/* --- text --- */

/* The end of a [[link]] at [at], or 0. */
static size_t link_end(str text, size_t at)
{
    size_t end = str_search(text, STR("]]"), at + 2);
    return end == SIZE_MAX || str_find(text, '\n', at) < end ? 0 : end + 2;
}

/* Text without marks: links to records, the rest as it stands. */
static void put_words(struct weaving *w, const struct md_node *node, str text, struct doc_node *into)
{
    size_t from = 0, at = 0, end;
    while ((at = str_search(text, STR("[["), at)) != SIZE_MAX) {
        if ((end = link_end(text, at)) == 0)
            break;
        splice_lines(w, str_cut(text, from, at), into);
        link_record(w, node, str_cut(text, at + 2, end - 2), into);
        from = at = end;
    }
    if (from < text.len)
        doc_add_text(w->arena, into, str_cut(text, from, text.len));
}

void splice_text(struct weaving *w, const struct md_node *node, str text, struct doc_node *into)
{
    size_t from = 0, at = 0, number, link;

    if (!mark_in(text)) {
        put_words(w, node, text, into);
        return;
    }
    while ((at = str_search(text, MARK_OPEN, at)) != SIZE_MAX) {
        size_t next = read_mark(w, text, at, &number);
        link = str_search(str_cut(text, 0, at), STR("[["), from);
        if (link != SIZE_MAX && link_end(text, link) > at) { /* [[{{id}}]] */
            next = link_end(text, link);
            put_words(w, node, str_cut(text, from, next), into);
        } else {
            put_words(w, node, str_cut(text, from, at), into);
            if (next)
                weave_value(w, w->placed.at[number].value, into);
            else
                next = at + MARK_OPEN.len;
        }
        from = at = next;
    }
    if (from < text.len)
        put_words(w, node, str_cut(text, from, text.len), into);
}

/* --- inlines --- */

static void within(struct weaving *w, const struct md_node *node, enum doc_type type, struct doc_node *into)
{
    splice_inlines(w, node->first, doc_add(into, doc_new(w->arena, type)));
}

static void put_link(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    str address = str_trim(splice_plain(w, node->ref));
    enum where before = w->where;
    if (!link_address(w, node, address)) {
        splice_inlines(w, node->first, into);
        return;
    }
    if (before == IN_PROSE)
        w->where = IN_LINE;
    if (link_is_file(w, node, address)) {
        link_file(w, node, address, into);
        w->where = before;
        return;
    }
    struct doc_node *link = doc_add(into, doc_new(w->arena, DOC_LINK));
    link->ref = address;
    if (address.at[0] == '#')
        link_await_fragment(w, link, node);
    splice_inlines(w, node->first, link);
    w->where = before;
    if (!link->first && address.at[0] != '#')
        doc_add_text(w->arena, link, address);
}

static void put_image(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    struct doc_node *hidden = doc_new(w->arena, DOC_PARAGRAPH);
    str address = str_trim(splice_plain(w, node->ref));
    splice_inlines(w, node->first, hidden);
    struct doc_node *image = doc_add(into, doc_new(w->arena, DOC_IMAGE));
    image->text = doc_plain(w->arena, hidden);
    picture_place(w, image, md_span_in(w->text, node, node->ref), address);
}

static void put_note(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    enum where before = w->where;
    if (w->in_note)
        return;
    struct doc_node *note = doc_add(into, doc_new(w->arena, DOC_NOTE));
    note->number = ++w->notes;
    w->in_note = true;
    w->where = IN_PROSE;
    splice_blocks(w, node->first, note);
    w->where = before;
    w->in_note = false;
}

static void put_inline(struct weaving *w, const struct md_node *node, struct doc_node *into)
{
    switch (node->type) {
    case MD_TEXT:       splice_text(w, node, node->text, into); break;
    case MD_SOFT_BREAK: doc_add(into, doc_new(w->arena, DOC_SOFT_BREAK)); break;
    case MD_BREAK:      doc_add(into, doc_new(w->arena, w->where == IN_LINE ? DOC_SOFT_BREAK : DOC_BREAK)); break;
    case MD_CODE_SPAN:  doc_add(into, doc_new(w->arena, DOC_CODE_SPAN))->text = splice_plain(w, node->text); break;
    case MD_EMPHASIS:   within(w, node, DOC_EMPHASIS, into); break;
    case MD_STRONG:     within(w, node, DOC_STRONG, into); break;
    case MD_STRIKE:     within(w, node, DOC_STRIKE, into); break;
    case MD_LINK:       put_link(w, node, into); break;
    case MD_IMAGE:      put_image(w, node, into); break;
    case MD_NOTE:       put_note(w, node, into); break;
    default: break;
    }
}

void splice_inlines(struct weaving *w, const struct md_node *first, struct doc_node *into)
{
    struct html html;
    rawhtml_begin(&html, w, into, true);
    for (const struct md_node *node = first; node; node = node->next) {
        if (node->type == MD_HTML_INLINE)
            rawhtml_put(&html, node, node->text);
        else
            put_inline(w, node, rawhtml_target(&html));
    }
    rawhtml_end(&html);
}

/* --- texts beside each other --- */

static bool is_joined(const struct doc_node *node) { return node && node->type == DOC_TEXT && !node->serial; }

/* [node] takes the text of those up to [last]. */
static void join(struct arena *arena, struct doc_node *node, const struct doc_node *last)
{
    size_t len = 0;
    for (const struct doc_node *part = node; part != last->next; part = part->next)
        len += part->text.len;
    char *at = arena_alloc(arena, len + 1, 1);
    len = 0;
    for (const struct doc_node *part = node; part != last->next; part = part->next)
        if (part->text.len) {
            memcpy(at + len, part->text.at, part->text.len);
            len += part->text.len;
        }
    node->text = (str){ at, len };
    node->ref = (str){ 0 };
    node->datum = DATUM_NONE; /* more than a value */
    node->next = last->next;
}

void inline_join(struct arena *arena, struct doc_node *parent)
{
    struct doc_node *last = NULL;
    for (struct doc_node *node = parent->first; node; node = node->next) {
        for (last = node; is_joined(node) && is_joined(last->next);)
            last = last->next;
        if (last != node)
            join(arena, node, last);
        last = node;
        inline_join(arena, node);
    }
    parent->last = last;
}

/* --- blocks where only inlines can stand --- */

/* Moves the inlines below [blocks] into [into], a break between two blocks. */
static void gather(struct weaving *w, struct doc_node *blocks, struct doc_node *into, bool *any)
{
    struct doc_node *next;
    for (struct doc_node *node = blocks->first; node; node = next) {
        next = node->next;
        node->next = NULL;
        if (node->type >= DOC_TEXT) {
            doc_add(into, node);
            *any = true;
            continue;
        }
        if (*any && (node->type == DOC_PARAGRAPH || node->type == DOC_HEADING || node->type == DOC_CODE))
            doc_add(into, doc_new(w->arena, w->where == IN_LINE ? DOC_SOFT_BREAK : DOC_BREAK));
        if (node->type == DOC_CODE)
            doc_add(into, doc_new(w->arena, DOC_CODE_SPAN))->text = on_one_line(w->arena, node->text), *any = true;
        else
            gather(w, node, into, any);
    }
}

void splice_flatten(struct weaving *w, struct doc_node *blocks, struct doc_node *into)
{
    bool any = false;
    gather(w, blocks, into, &any);
}
