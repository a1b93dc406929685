/* SPDX-License-Identifier: MIT */
/* Inline syntax of our own over libcmark's: ~~struck~~ text, footnote references, and the boxes of task lists. */
#include "parse/markdown_part.h"

/* --- ~~ --- */

/* Siblings on their way into [parent], or into [wrap] between an opening "~~" and its closing one. */
struct strike {
    struct md_parse *parse;
    struct md_node  *parent, *wrap;
};

static void put(struct strike *strike, struct md_node *node)
{
    node->next = NULL;
    md_add(strike->wrap ? strike->wrap : strike->parent, node);
}

static void put_text(struct strike *strike, const struct md_node *from, str text)
{
    if (text.len == 0)
        return;
    struct md_node *node = md_new(strike->parse, MD_TEXT, from->begin, from->end);
    node->text = text;
    put(strike, node);
}

/* An opening mark that nothing closed was text after all. */
static void unwrap(struct strike *strike)
{
    struct md_node *wrap = strike->wrap, *next;
    if (!wrap)
        return;
    strike->wrap = NULL;
    put_text(strike, wrap, STR("~~"));
    for (struct md_node *node = wrap->first; node; node = next) {
        next = node->next;
        put(strike, node);
    }
}

/* One text node, cut at its "~~". A mark opens in front of a word and closes behind one. */
static void strike_text(struct strike *strike, struct md_node *node, bool more)
{
    str    s = node->text;
    size_t from = 0, at;

    for (; (at = str_search(s, STR("~~"), from)) != SIZE_MAX; from = at + 2) {
        bool opens = at + 2 < s.len ? s.at[at + 2] != ' ' : more;
        bool closes = at == 0 || s.at[at - 1] != ' ';
        put_text(strike, node, str_cut(s, from, at));
        if (closes && strike->wrap && strike->wrap->first) {
            struct md_node *wrap = strike->wrap;
            strike->wrap = NULL;
            put(strike, wrap);
        } else if (opens && !strike->wrap) {
            strike->wrap = md_new(strike->parse, MD_STRIKE, node->begin, node->end);
        } else {
            put_text(strike, node, STR("~~"));
        }
    }
    put_text(strike, node, str_cut(s, from, s.len));
}

static void strike_out(struct md_parse *parse, struct md_node *parent)
{
    struct strike strike = { .parse = parse, .parent = parent };
    struct md_node *next;

    struct md_node *node = parent->first;
    parent->first = parent->last = NULL;
    for (; node; node = next) {
        next = node->next;
        if (node->type == MD_TEXT && str_search(node->text, STR("~~"), 0) != SIZE_MAX)
            strike_text(&strike, node, next != NULL);
        else
            put(&strike, node);
    }
    unwrap(&strike);
}

void md_own_inlines(struct md_parse *parse, struct md_node *parent)
{
    strike_out(parse, parent);
    md_resolve_notes(parse, parent);
}

/* --- [ ] and [x] --- */

void md_task_item(struct md_node *item)
{
    struct md_node *paragraph = item->first;
    struct md_node *text = paragraph && paragraph->type == MD_PARAGRAPH ? paragraph->first : NULL;

    if (!text || text->type != MD_TEXT || text->text.len < 4)
        return;
    bool open = str_starts(text->text, STR("[ ] "));
    bool done = str_starts(text->text, STR("[x] ")) || str_starts(text->text, STR("[X] "));
    if (!open && !done)
        return;
    item->task = open ? MD_TASK_OPEN : MD_TASK_DONE;
    text->text = str_cut(text->text, 4, text->text.len);
}
