/* SPDX-License-Identifier: MIT */
#include "weave/brand_line.h"

#include "query/suggest.h"

struct brand_pieces { LIST_OF(struct brand_piece); };

static const struct { const char *name; enum brand_value what; } names[] = {
    { "document.title", BRAND_TITLE },                   { "document.id", BRAND_ID },
    { "document.version", BRAND_VERSION },               { "document.status", BRAND_STATUS },
    { "document.date", BRAND_DATE },                     { "document.owner", BRAND_OWNER },
    { "document.classification", BRAND_CLASSIFICATION }, { "document.standard", BRAND_STANDARD },
    { "organisation.name", BRAND_ORGANISATION },         { "brand.name", BRAND_NAME },
    { "prepared_by", BRAND_PREPARED_BY },                { "words.version", BRAND_WORD_VERSION },
    { "words.page", BRAND_WORD_PAGE },                   { "words.of", BRAND_WORD_OF },
    { "page", BRAND_PAGE },                              { "pages", BRAND_PAGES },
    { "logo", BRAND_LOGO },
};

/* --- text to pieces --- */

struct parsing {
    struct arena       *arena;
    struct findings    *findings;
    struct span         at;
    struct brand_pieces out;
};

static void add(struct parsing *p, enum brand_value what, str text)
{
    LIST_PUSH(p->arena, &p->out, ((struct brand_piece){ (uint8_t)what, text }));
}

static void unknown(struct parsing *p, str name)
{
    struct suggestion near = suggest_for(name);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        suggest_try(&near, str_of(names[i].name));
    if (!p->findings)
        return;
    struct finding *f = finding_add(p->findings, LANG_BRAND_NAME, p->at, "a running line can not show `{{%.*s}}`", STR_ARG(name));
    f->help = suggest_help(p->findings->arena, &near, STR("it can show {{document.title}}, {{document.id}}, {{document.version}}, {{document.status}}, {{document.date}}, "
                                                          "{{document.owner}}, {{document.classification}}, {{organisation.name}}, {{page}}, {{pages}} and {{logo}}"));
}

static void add_name(struct parsing *p, str name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(name, str_of(names[i].name))) {
            add(p, names[i].what, (str){ 0 });
            return;
        }
    unknown(p, name);
}

/* Words with the separators in them as pieces of their own. */
static void add_words(struct parsing *p, str text)
{
    static const str separators[] = { { " \xC2\xB7 ", 4 }, { " | ", 3 } };
    while (text.len) {
        size_t at = SIZE_MAX, which = 0;
        for (size_t i = 0; i < 2; i++) {
            size_t found = str_search(text, separators[i], 0);
            if (found < at) {
                at = found;
                which = i;
            }
        }
        if (at == SIZE_MAX) {
            add(p, BRAND_WORDS, text);
            return;
        }
        if (at)
            add(p, BRAND_WORDS, str_cut(text, 0, at));
        add(p, BRAND_SEPARATOR, separators[which]);
        text = str_cut(text, at + separators[which].len, text.len);
    }
}

struct brand_slot brand_line_parse(struct arena *arena, struct findings *findings, str text, struct span at)
{
    struct parsing p = { .arena = arena, .findings = findings, .at = at };
    while (text.len) {
        size_t open = str_search(text, STR("{{"), 0), close = open == SIZE_MAX ? SIZE_MAX : str_search(text, STR("}}"), open);
        if (close == SIZE_MAX) {
            if (open != SIZE_MAX && findings)
                finding_help(findings, finding_add(findings, LANG_BRAND_NAME, at, "double braces are opened and not closed"), "write }} behind the name");
            add_words(&p, text);
            break;
        }
        add_words(&p, str_cut(text, 0, open));
        add_name(&p, str_trim(str_cut(text, open + 2, close)));
        text = str_cut(text, close + 2, text.len);
    }
    return (struct brand_slot){ p.out.at, p.out.len };
}

/* --- pieces to what a document shows --- */

static str value_of(const struct document *doc, uint8_t what)
{
    const struct brand *brand = doc->brand ? doc->brand : brand_default();
    const struct doc_words *words = doc->words ? doc->words : doc_words_english();
    switch ((enum brand_value)what) {
    case BRAND_TITLE:          return doc->title;
    case BRAND_ID:             return doc->id;
    case BRAND_VERSION:        return doc->version;
    case BRAND_STATUS:         return doc->status;
    case BRAND_DATE:           return doc->date;
    case BRAND_OWNER:          return doc->owner;
    case BRAND_CLASSIFICATION: return doc->classification;
    case BRAND_STANDARD:       return doc->standard;
    case BRAND_ORGANISATION:   return doc->organisation;
    case BRAND_NAME:           return brand->name;
    case BRAND_PREPARED_BY:    return brand->prepared_by;
    case BRAND_WORD_VERSION:   return words->version;
    case BRAND_WORD_PAGE:      return words->page;
    case BRAND_WORD_OF:        return words->of;
    default:                   return (str){ 0 };
    }
}

static bool is_missing(const struct document *doc, const struct brand_piece *piece)
{
    if (piece->what == BRAND_LOGO)
        return !doc->brand || !doc->brand->logo.image;
    return piece->what >= BRAND_TITLE && piece->what <= BRAND_WORD_OF && !doc_is_given(value_of(doc, piece->what));
}

static bool is_words(uint8_t what) { return what <= BRAND_SEPARATOR || (what >= BRAND_NAME && what <= BRAND_WORD_OF); }

/* Words beside words become one piece: they are one run of text. */
static void show(struct arena *arena, const struct document *doc, struct brand_pieces *out, const struct brand_piece *piece)
{
    str text = piece->what <= BRAND_SEPARATOR ? piece->text : value_of(doc, piece->what);
    struct brand_piece shown = { is_words(piece->what) ? BRAND_WORDS : piece->what, text };
    if (out->len && shown.what == BRAND_WORDS && out->at[out->len - 1].what == BRAND_WORDS)
        out->at[out->len - 1].text = str_join2(arena, out->at[out->len - 1].text, text);
    else
        LIST_PUSH(arena, out, shown);
}

struct brand_slot brand_line_shown(struct arena *arena, const struct document *doc, const struct brand_slot *line)
{
    struct brand_pieces out = { 0 };
    for (size_t begin = 0; begin < line->len;) {
        size_t end = begin;
        bool missing = false;
        for (; end < line->len && line->at[end].what != BRAND_SEPARATOR; end++)
            missing |= is_missing(doc, &line->at[end]);
        if (!missing && out.len && begin)
            show(arena, doc, &out, &line->at[begin - 1]);
        for (size_t i = begin; !missing && i < end; i++)
            show(arena, doc, &out, &line->at[i]);
        begin = end + 1;
    }
    return (struct brand_slot){ out.at, out.len };
}

str brand_line_written(struct arena *arena, const struct brand_slot *line)
{
    str out = { 0 };
    for (size_t i = 0; i < line->len; i++) {
        const struct brand_piece *piece = &line->at[i];
        const char *name = NULL;
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
            name = names[k].what == piece->what ? names[k].name : name;
        out = str_join2(arena, out, name ? str_print(arena, "{{%s}}", name) : piece->text);
    }
    return out;
}
