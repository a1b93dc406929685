/* SPDX-License-Identifier: MIT */
/*
 * From a reference document to what writers and pages need to know: which of its colours is the primary one, which
 * fonts its text and headings really have, whether its styles name them or its theme does. In a document made from our
 * starter the slots of the theme mean what they mean to us; in any other, Heading 1 shows the colour of the house.
 */
#include "base/colour.h"
#include "weave/reference.h"

/* Fonts with the same widths, which systems without the original have. */
static str fallback_of(str font)
{
    static const struct { const char *font, *fallback; } metric[] = {
        { "Calibri", "Carlito" }, { "Cambria", "Caladea" }, { "Georgia", "Gelasio" }, { "Arial", "Liberation Sans" }, { "Times New Roman", "Liberation Serif" },
        { "Courier New", "Liberation Mono" }, { "Arial Narrow", "Liberation Sans Narrow" } };
    for (size_t i = 0; i < sizeof metric / sizeof metric[0]; i++)
        if (str_eq_nocase(font, str_of(metric[i].font)))
            return str_of(metric[i].fallback);
    return (str){ 0 };
}

static void apply_fonts(const struct reference_document *reference, struct brand *brand)
{
    const struct reference_style *normal = reference_style(reference, "paragraph", STR("normal"));
    const struct reference_style *body = reference_style(reference, "paragraph", STR("body text"));
    const struct reference_style *heading = reference_style(reference, "paragraph", STR("heading 1"));
    const struct reference_style *code = reference_style(reference, "paragraph", STR("code block"));
    str text = reference_font(reference, body ? body : normal), head = heading ? reference_font(reference, heading) : reference->major.latin;
    str mono = code ? reference_font(reference, code) : (str){ 0 };
    if (text.len) {
        brand->body_font = text;
        brand->body_fallback = fallback_of(text);
    }
    if (head.len) {
        brand->heading_font = head;
        brand->heading_fallback = fallback_of(head);
    }
    brand->mono_font = mono.len ? mono : brand->mono_font;
    brand->east_asian_font = reference->minor.east_asian;
    brand->complex_font = reference->minor.complex;
}

/* The blues with which Word begins: nobody chose them, so what goes with them is not chosen either. */
static bool is_stock(const struct reference_document *reference)
{
    static const char *const blues[] = { "4472C4", "5B9BD5", "4F81BD", "156082", "18A303", NULL };
    return str_is_one_of(reference->slots[SLOT_ACCENT1], blues);
}

static bool is_chosen(str colour, str ink)
{
    static const char *const plain[] = { "000000", "FFFFFF", NULL };
    return colour.len && !str_is_one_of(colour, plain) && !str_eq_nocase(colour, ink);
}

static void apply_colours(struct arena *arena, const struct reference_document *reference, struct brand *brand)
{
    const struct reference_style *body = reference_style(reference, "paragraph", STR("normal"));
    str ink = reference_colour(reference, body), heading = reference_colour(reference, reference_style(reference, "paragraph", STR("heading 1")));
    if (!ink.len && reference->themed)
        ink = reference->slots[SLOT_DK1];
    if (reference->own && reference->themed) {
        brand->ink = ink;
        brand->primary = reference->slots[SLOT_ACCENT1];
        brand->accent = reference->slots[SLOT_ACCENT2];
        brand->grey = reference->slots[SLOT_ACCENT3];
        brand->hairline = reference->slots[SLOT_ACCENT4];
        brand->tint = reference->slots[SLOT_LT2];
        brand->heading = is_chosen(heading, brand->primary) ? heading : (str){ 0 };
        return;
    }
    str primary = is_chosen(heading, ink) ? heading : reference->themed ? reference->slots[SLOT_ACCENT1] : ink;
    if (primary.len)
        brand_mix(arena, brand, ink, primary, reference->themed && !is_stock(reference) ? reference->slots[SLOT_ACCENT2] : (str){ 0 });
}

void brand_apply_reference(struct arena *arena, struct brand *brand)
{
    const struct reference_document *reference = brand->reference;
    apply_fonts(reference, brand);
    apply_colours(arena, reference, brand);
    if (reference->paged) {
        brand->width = reference->width;
        brand->height = reference->height;
        brand->left = reference->left;
        brand->right = reference->right;
        brand->top = reference->top;
        brand->bottom = reference->bottom;
        brand->head_edge = reference->head;
        brand->foot_edge = reference->foot;
    }
}

void brand_theme(struct arena *arena, const struct brand *before, struct brand *brand)
{
    const struct colour white = { 255, 255, 255 };
    const struct { str before, now; int slot, also; } changes[] = {
        { before->ink, brand->ink, SLOT_DK1, SLOT_DK1 }, { before->primary, brand->primary, SLOT_ACCENT1, SLOT_DK2 },
        { before->accent, brand->accent, SLOT_ACCENT2, SLOT_ACCENT2 }, { before->grey, brand->grey, SLOT_ACCENT3, SLOT_ACCENT3 },
        { before->hairline, brand->hairline, SLOT_ACCENT4, SLOT_ACCENT4 }, { before->tint, brand->tint, SLOT_LT2, SLOT_LT2 } };
    memcpy(brand->theme, brand->reference->slots, sizeof brand->theme);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (!str_eq(changes[i].before, changes[i].now))
            brand->theme[changes[i].slot] = brand->theme[changes[i].also] = changes[i].now;
    if (str_eq(before->accent, brand->accent))
        return;
    struct colour link = colour_readable(colour_parse(brand->accent, white), white, 450);
    brand->theme[SLOT_HLINK] = brand->theme[SLOT_FOLLOWED] = str_print(arena, "%02X%02X%02X", link.r, link.g, link.b);
}
