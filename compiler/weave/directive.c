/* SPDX-License-Identifier: MIT */
#include "weave/directive.h"

#include <stdarg.h>
#include <stdio.h>

#include "query/suggest.h"

/* --- reading --- */

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; }

static str take_word(str *rest)
{
    size_t n = 0;
    while (n < rest->len && is_word(rest->at[n]))
        n++;
    str word = str_cut(*rest, 0, n);
    *rest = str_cut(*rest, n, rest->len);
    return word;
}

/* A bare word or a quoted text off the front; quotes may stand anywhere in it, as in list="a.filter(x, x.y)". */
static str take_value(str *rest)
{
    size_t n = 0;
    char   quote = rest->len && (rest->at[0] == '"' || rest->at[0] == '\'') ? rest->at[0] : 0;
    if (quote) {
        size_t end = str_find(*rest, quote, 1);
        str    value = str_cut(*rest, 1, end);
        *rest = str_cut(*rest, end < rest->len ? end + 1 : end, rest->len);
        return value;
    }
    while (n < rest->len && !is_space(rest->at[n]))
        n++;
    str value = str_cut(*rest, 0, n);
    *rest = str_cut(*rest, n, rest->len);
    return value;
}

static bool take_option(str *rest, struct option *option)
{
    *rest = str_trim(*rest);
    if (rest->len == 0)
        return false;
    str before = *rest, key = take_word(rest);
    if (key.len && rest->len && rest->at[0] == '=') {
        *rest = str_cut(*rest, 1, rest->len);
        *option = (struct option){ key, take_value(rest) };
        return true;
    }
    *rest = before;
    *option = (struct option){ { 0 }, take_value(rest) };
    return true;
}

str directive_option(const struct directive *directive, const char *key)
{
    for (size_t i = 0; i < directive->noptions; i++)
        if (str_eq(directive->options[i].key, str_of(key)))
            return directive->options[i].value;
    return (str){ 0 };
}

str directive_word(const struct directive *directive, size_t n)
{
    for (size_t i = 0; i < directive->noptions; i++)
        if (directive->options[i].key.len == 0 && n-- == 0)
            return directive->options[i].value;
    return (str){ 0 };
}

void directive_wrong(struct weaving *w, const struct directive *directive, const char *format, ...)
{
    char    text[300];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct finding *f = finding_add(w->findings, LANG_DIRECTIVE, directive->at, "%s", text);
    finding_help(w->findings, f, "directives are listed in docs/templates.md; a plain comment begins with another word");
}

bool directive_list(struct weaving *w, const struct directive *directive, str expression, struct value *out)
{
    if (expression.len == 0) {
        directive_wrong(w, directive, "`%.*s` needs list=, an expression that gives a list", STR_ARG(directive->name));
        return false;
    }
    if (!weaving_eval(w, expression, directive->at, out))
        return false;
    if (out->tag == V_LIST)
        return true;
    if (out->tag != V_BROKEN)
        directive_wrong(w, directive, "`%.*s` is no list", STR_ARG(expression));
    return false;
}

/* --- pages --- */

static void orient(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    doc_add(into, doc_new(w->arena, DOC_ORIENT))->landscape = str_eq(directive->name, STR("landscape"));
}

static void page_break(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    (void)directive;
    doc_add(into, doc_new(w->arena, DOC_PAGE_BREAK));
}

static void unnumbered(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    (void)into;
    w->quiet_heading = true;
    w->quiet_at = directive->at;
}

static void anchor(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    str name = directive_word(directive, 0);
    (void)into;
    if (name.len == 0)
        directive_wrong(w, directive, "`anchor` needs a name, as in <!-- anchor glossary -->");
    else if (!link_add_anchor(w, str_slug(w->arena, name)))
        directive_wrong(w, directive, "the document already has an anchor `%.*s`", STR_ARG(name));
    else
        w->anchor = str_slug(w->arena, name);
}

/* --- tables --- */

static size_t numbers(struct weaving *w, const struct directive *directive, const char *key, uint8_t *out)
{
    str    rest = directive_option(directive, key), piece;
    size_t n = 0;
    int64_t number;
    while (rest.len && str_split(&rest, ',', &piece)) {
        if (!str_to_int(str_trim(piece), &number) || number < 1 || number > 100 || n == LIMIT_TABLE_COLUMNS) {
            directive_wrong(w, directive, "`%s` takes whole numbers from 1 to 100 with commas between, not `%.*s`", key, STR_ARG(piece));
            return 0;
        }
        out[n++] = (uint8_t)number;
    }
    return n;
}

static void read_look(struct weaving *w, const struct directive *directive)
{
    static const char *const looks[] = { "plain", "facts", "matrix", "signature", "bars" };
    str text = directive_option(directive, "look");
    if (text.len == 0)
        return;
    for (uint8_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (str_eq(text, str_of(looks[i]))) {
            w->wish.look = i;
            return;
        }
    directive_wrong(w, directive, "`look` takes plain, facts, matrix, signature or bars, not `%.*s`", STR_ARG(text));
}

static void read_align(struct weaving *w, const struct directive *directive)
{
    str rest = directive_option(directive, "align"), piece;
    while (rest.len && str_split(&rest, ',', &piece)) {
        piece = str_trim(piece);
        if (piece.len != 1 || !strchr("lcr", piece.at[0]) || w->wish.naligns == LIMIT_TABLE_COLUMNS) {
            directive_wrong(w, directive, "`align` takes l, c and r with commas between");
            return;
        }
        w->wish.align[w->wish.naligns++] = piece.at[0] == 'l' ? ALIGN_LEFT : piece.at[0] == 'c' ? ALIGN_CENTRE : ALIGN_RIGHT;
    }
}

static void read_table(struct weaving *w, const struct directive *directive)
{
    static const char *const known[] = { "look", "widths", "align", "id", "nowrap", "caption", "description", "sheet", NULL };
    str sheet = str_trim(splice_plain(w, directive_option(directive, "sheet")));
    uint8_t list[LIMIT_TABLE_COLUMNS];
    int64_t id = 0;

    for (size_t i = 0; i < directive->noptions; i++)
        if (!str_is_one_of(directive->options[i].key, known))
            directive_wrong(w, directive, "`table` has no option `%.*s`", STR_ARG(directive->options[i].key.len ? directive->options[i].key : directive->options[i].value));
    w->wish = (struct table_wish){ .there = true, .at = directive->at };
    read_look(w, directive);
    read_align(w, directive);
    w->wish.nwidths = (uint8_t)numbers(w, directive, "widths", w->wish.widths);
    for (size_t n = numbers(w, directive, "nowrap", list); n-- > 0;)
        if (list[n] <= LIMIT_TABLE_COLUMNS)
            w->wish.nowrap |= (uint64_t)1 << (list[n] - 1);
    str text = directive_option(directive, "id");
    if (text.len && (!str_to_int(text, &id) || id < 1 || id > LIMIT_TABLE_COLUMNS))
        directive_wrong(w, directive, "`id` takes the number of the column that holds ids, counted from 1");
    else
        w->wish.id = (uint8_t)id;
    w->wish.caption = splice_plain(w, directive_option(directive, "caption"));
    w->wish.description = splice_plain(w, directive_option(directive, "description"));
    w->wish.sheet = sheet;
    if (sheet.len && w->wish.look != TABLE_PLAIN)
        directive_wrong(w, directive, "only a plain table can be a sheet of a workbook");
}

static void table(struct weaving *w, const struct directive *directive, struct doc_node *into)
{
    (void)into;
    read_table(w, directive);
}

/* --- all --- */

static const struct known {
    const char *name;
    void      (*act)(struct weaving *w, const struct directive *directive, struct doc_node *into);
    bool        options; /* it takes some */
} all[] = {
    { "anchor", anchor, true },
    { "bars", directive_bars, true },
    { "heatmap", directive_heatmap, true },
    { "landscape", orient, false },
    { "page-break", page_break, false },
    { "portrait", orient, false },
    { "signatures", directive_signatures, true },
    { "table", table, true },
    { "unnumbered", unnumbered, false },
};

static const struct known *find(str name)
{
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (str_eq(name, str_of(all[i].name)))
            return &all[i];
    return NULL;
}

/* Where only comments are read, as in a field of an entry, a mark would hide nothing. */
static void misplaced_audience(struct weaving *w, const struct directive *directive)
{
    struct finding *f = finding_add(w->findings, LANG_AUDIENCE_MARK, directive->at, "`<!-- %.*s -->` hides nothing here", STR_ARG(directive->name));
    finding_help(w->findings, f, "passages of policies and templates are marked by <!-- audience: auditor --> and <!-- /audience -->; a field of an entry as a whole");
}

/* A comment that looks like a misspelt directive: one word, or a word with options behind. */
static void unknown(struct weaving *w, const struct directive *directive, str rest)
{
    struct suggestion near = suggest_for(directive->name);
    if (rest.len && str_find(rest, '=', 0) == rest.len && rest.at[0] != ':')
        return;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        suggest_try(&near, str_of(all[i].name));
    suggest_try(&near, STR("audience"));
    if (near.best.len == 0)
        return;
    if (str_eq(near.best, STR("audience"))) {
        misplaced_audience(w, directive);
        return;
    }
    struct finding *f = finding_add(w->findings, LANG_DIRECTIVE, directive->at, "there is no directive `%.*s`", STR_ARG(directive->name));
    f->help = suggest_help(w->findings->arena, &near, (str){ 0 });
}

/* Captions may hold values; what a directive does may not depend on them. */
static bool has_misplaced_value(struct weaving *w, const struct directive *directive)
{
    static const char *const texts[] = { "caption", "description", "sheet", NULL };
    for (size_t i = 0; i < directive->noptions; i++) {
        const struct option *option = &directive->options[i];
        if (!mark_in(option->value) || str_is_one_of(option->key, texts))
            continue;
        finding_add(w->findings, LANG_TEMPLATE_PLACE, directive->at, "`%.*s` of this directive can not be a value in double braces",
                    STR_ARG(option->key.len ? option->key : directive->name));
        return true;
    }
    return false;
}

void directive(struct weaving *w, const struct md_node *node, str comment, struct doc_node *into)
{
    struct directive d = { .node = node };
    str    rest = str_trim(comment);

    if (str_starts(rest, STR("/audience")))
        rest = str_cut(rest, 1, rest.len);
    d.name = take_word(&rest);
    if (d.name.len == 0)
        return;
    d.at = md_span_in(w->text, node, comment);
    const struct known *known = find(d.name);
    if (!known) {
        unknown(w, &d, rest);
        return;
    }
    if (rest.len && rest.at[0] == ':')
        rest = str_cut(rest, 1, rest.len);
    while (d.noptions < sizeof d.options / sizeof d.options[0] && take_option(&rest, &d.options[d.noptions]))
        d.noptions++;
    if (has_misplaced_value(w, &d))
        return;
    if (!known->options && d.noptions) {
        directive_wrong(w, &d, "`%.*s` takes no options", STR_ARG(d.name));
        return;
    }
    if (!into)
        directive_wrong(w, &d, "`%.*s` must stand on a line of its own, with a blank line above", STR_ARG(d.name));
    else
        known->act(w, &d, into);
}

void directive_end(struct weaving *w)
{
    if (w->wish.there)
        finding_add(w->findings, LANG_DIRECTIVE, w->wish.at, "no table follows this directive");
    if (w->quiet_heading)
        finding_add(w->findings, LANG_DIRECTIVE, w->quiet_at, "no heading follows this directive");
}
