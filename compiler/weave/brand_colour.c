/* SPDX-License-Identifier: MIT */
/*
 * The colours of a brand. Two are enough for a whole palette: what is not given is mixed from them, so that a house
 * that knows its blue need not know the tint of a table. What is given is used as it is, and a finding tells where
 * text in it does not reach the contrast of 4.5 to 1 that WCAG 2.2 asks for (1.4.3).
 */
#include "base/colour.h"
#include "model/fields.h"
#include "weave/brand.h"
#include "weave/reference.h"

enum { CONTRAST = 450 };

struct palette {
    struct arena        *arena;
    struct findings     *findings;
    const struct record *record; /* of kind brand_colours */
};

static const struct colour white = { 255, 255, 255 }, black = { 0, 0, 0 };

static struct colour parse(str text) { return colour_parse(text, black); }

static str hex(struct arena *arena, struct colour colour) { return str_print(arena, "%02X%02X%02X", colour.r, colour.g, colour.b); }

static bool is_colour(str text)
{
    if (text.len && text.at[0] == '#')
        text = str_cut(text, 1, text.len);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F'))
            return false;
    }
    return text.len == 6;
}

/* The colour of [value]; [otherwise] where none is written, or after a finding. */
static str colour_of(struct palette *p, str name, const struct value *value, str otherwise)
{
    if (value->tag != V_TEXT || !value->written)
        return otherwise;
    if (is_colour(value->text))
        return hex(p->arena, parse(value->text));
    struct finding *f = finding_add(p->findings, LANG_BRAND_COLOUR, value->span, value->text.len ? "`%.*s` is \"%.*s\", which is no colour" : "`%.*s` has no value%.*s",
                                    STR_ARG(name), STR_ARG(value->text));
    if (!value->text.len)
        finding_help(p->findings, f, "a colour that begins with # needs quotation marks, or everything behind # is a comment: \"#1B3A5C\"");
    return otherwise;
}

static str field(struct palette *p, size_t index, str otherwise)
{
    return colour_of(p, p->record->kind->fields[index].name, &p->record->fields[index], otherwise);
}

/* A finding where one of two colours can not be read on the other; [what] says of the one written at [index] what it is for. */
static void check(struct palette *p, size_t index, str colour, str ground, const char *what)
{
    const struct value *value = &p->record->fields[index];
    unsigned contrast = colour_contrast(parse(colour), parse(ground));
    if (value->tag != V_TEXT || !value->written || !is_colour(value->text) || contrast >= CONTRAST)
        return;
    str better = hex(p->arena, colour_readable(parse(colour), parse(ground), CONTRAST));
    str name = p->record->kind->fields[index].name;
    struct finding *f = finding_add(p->findings, LANG_BRAND_CONTRAST, value->span, "`%.*s` (%.*s) %s can hardly be read: the contrast is %u.%u to 1, and 4.5 is needed",
                                    STR_ARG(name), STR_ARG(colour), what, contrast / 100, contrast / 10 % 10);
    finding_help(p->findings, f, "the nearest shade that can is %.*s", STR_ARG(better));
}

/* The colours given, spread over the eight steps of the scale. */
static void levels(struct palette *p, struct brand *brand)
{
    const struct value *value = &p->record->fields[F_brand_colours_levels];
    struct colour given[8];
    size_t n = value->tag == V_LIST && value->written ? value->list->len : 0;
    if (n == 0)
        return;
    if (n < 2 || n > 8) {
        finding_add(p->findings, LANG_BRAND_COLOUR, value->span, "`levels` takes two to eight colours, not %zu", n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        given[i] = parse(colour_of(p, STR("levels"), &value->list->at[i], STR("E6EAEF")));
    for (size_t i = 0; i < 8; i++) {
        size_t at = i * (n - 1) * 100 / 7, low = at / 100;
        struct colour here = low + 1 < n ? colour_mix(given[low + 1], given[low], (unsigned)(at % 100)) : given[n - 1];
        brand->level_fill[i] = hex(p->arena, here);
    }
}

static void check_all(struct palette *p, const struct brand *brand)
{
    check(p, F_brand_colours_text, brand->ink, STR("FFFFFF"), "as text on white");
    check(p, F_brand_colours_primary, brand->primary, STR("FFFFFF"), "as text on white");
    check(p, F_brand_colours_accent, brand->accent, STR("FFFFFF"), "as text on white");
    check(p, F_brand_colours_muted, brand->grey, STR("FFFFFF"), "as text on white");
    if (brand->table_head == TABLE_HEAD_TINT) /* the head of a table is set in the primary colour */
        check(p, F_brand_colours_tint, brand->tint, brand->primary, "behind the words of tables' heads, which have the primary colour,");
}

/* Greys and tint that go with text and primary colour. */
static void mix_rest(struct arena *arena, struct brand *brand)
{
    struct colour ink = parse(brand->ink), hue = colour_readable(parse(brand->primary), white, CONTRAST);
    brand->grey = hex(arena, colour_readable(colour_mix(ink, white, 72), white, 520));
    brand->hairline = hex(arena, colour_mix(ink, white, 22));
    brand->tint = hex(arena, colour_mix(hue, white, 7));
}

void brand_mix(struct arena *arena, struct brand *brand, str ink, str primary, str accent)
{
    brand->ink = ink.len ? ink : brand->ink;
    brand->primary = primary;
    brand->accent = accent.len ? accent : hex(arena, colour_readable(parse(primary), white, CONTRAST));
    mix_rest(arena, brand);
}

void brand_colours(struct arena *arena, struct findings *findings, const struct record *record, struct brand *brand)
{
    const struct value *value = &record->fields[F_brand_colours];
    if (value->tag != V_RECORD || !value->written)
        return;
    struct palette p = { arena, findings, value->record };
    str primary = field(&p, F_brand_colours_primary, (str){ 0 });
    brand->ink = field(&p, F_brand_colours_text, brand->ink);
    if (primary.len)
        brand_mix(arena, brand, (str){ 0 }, primary, brand->reference ? brand->accent : (str){ 0 });
    brand->own_primary = primary.len > 0;
    brand->accent = field(&p, F_brand_colours_accent, brand->accent);
    brand->grey = field(&p, F_brand_colours_muted, brand->grey);
    brand->hairline = field(&p, F_brand_colours_lines, brand->hairline);
    brand->tint = field(&p, F_brand_colours_tint, brand->tint);
    brand->heading = primary.len ? (str){ 0 } : brand->heading;
    brand->good_fill = field(&p, F_brand_colours_good, brand->good_fill);
    brand->neutral_fill = field(&p, F_brand_colours_neutral, brand->neutral_fill);
    brand->warning_fill = field(&p, F_brand_colours_warning, brand->warning_fill);
    brand->bad_fill = field(&p, F_brand_colours_bad, brand->bad_fill);
    levels(&p, brand);
    check_all(&p, brand);
}
