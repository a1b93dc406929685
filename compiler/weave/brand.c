/* SPDX-License-Identifier: MIT */
/*
 * The brand of a project that names none: one deep blue, one teal, greys, and fills pale enough for dark text. The
 * level fills go from cool and light to warm and dark, so that their order survives red-green blindness and grey print.
 * A brand.yaml changes what it names of this and nothing else.
 */
#include "weave/brand.h"

#include "model/fields.h"
#include "weave/brand_line.h"
#include "weave/reference.h"

#define T(literal) { literal, sizeof(literal) - 1 }
#define SLOT(array) { array, sizeof array / sizeof array[0] }

enum { SIDE = 1417, TOP = 1361, BOTTOM = 1247, EDGE = 595 }; /* 25, 24, 22 and 10.5 mm */
enum { LOGO_WIDTH = 42 * EMU_PER_MM };

#define SEPARATOR { BRAND_SEPARATOR, T(" \xC2\xB7 ") }
#define SPACE { BRAND_WORDS, T(" ") }
static const struct brand_piece title[] = { { BRAND_TITLE, { 0 } } }, class[] = { { BRAND_CLASSIFICATION, { 0 } } };
static const struct brand_piece identity[] = { { BRAND_ORGANISATION, { 0 } }, SEPARATOR, { BRAND_ID, { 0 } }, SEPARATOR, { BRAND_WORD_VERSION, { 0 } }, SPACE, { BRAND_VERSION, { 0 } } };
static const struct brand_piece pages[] = { { BRAND_WORD_PAGE, { 0 } }, SPACE, { BRAND_PAGE, { 0 } }, SPACE, { BRAND_WORD_OF, { 0 } }, SPACE, { BRAND_PAGES, { 0 } } };

static const struct brand plain_brand = {
    .name             = T("default"),
    .primary          = T("1B3A5C"),
    .accent           = T("0E7490"),
    .ink              = T("25303B"),
    .grey             = T("5F6B78"),
    .hairline         = T("CED6DE"),
    .tint             = T("EEF2F6"),
    .heading_font     = T("Calibri"),
    .body_font        = T("Calibri"),
    .mono_font        = T("Consolas"),
    .heading_fallback = T("Carlito"),
    .body_fallback    = T("Carlito"),
    .logo.width       = LOGO_WIDTH,
    .head             = { { SLOT(title), { NULL, 0 }, SLOT(class) } },
    .foot             = { { SLOT(identity), { NULL, 0 }, SLOT(pages) } },
    .width = A4_WIDTH, .height = A4_HEIGHT,
    .left = SIDE, .right = SIDE, .top = TOP, .bottom = BOTTOM, .head_edge = EDGE, .foot_edge = EDGE,
    .level_fill       = {
        T("DCEBEF"), T("D9EBDD"), T("EEF0C9"), T("FBEBB5"),
        T("FADCA4"), T("F6C7A0"), T("EFAE9A"), T("E4938C"),
    },
    .good_fill        = T("D9EBE0"),
    .neutral_fill     = T("E6EAEF"),
    .warning_fill     = T("FAE8BC"),
    .bad_fill         = T("F4CDC4"),
};

const struct brand *brand_default(void)
{
    return &plain_brand;
}

bool brand_is_serif(str font)
{
    static const char *const names[] = {
        "Georgia", "Times", "Cambria", "Garamond", "Palatino", "Book Antiqua", "Bookman", "Constantia", "Century", "Baskerville", "Bodoni", "Didot",
        "Caslon", "Gelasio", "Caladea", "Merriweather", "Lora", "Playfair", "Libre Baskerville", "EB Garamond", "Minion", "Sitka", NULL };
    for (const char *const *name = names; *name; name++)
        if (str_search(font, str_of(*name), 0) != SIZE_MAX)
            return true;
    return str_search(font, STR("Serif"), 0) != SIZE_MAX && str_search(font, STR("Sans"), 0) == SIZE_MAX;
}

/* --- brand.yaml --- */

struct reading {
    struct arena              *arena;
    struct findings           *findings;
    const struct brand_folder *folder;
};

/* The record at [index] where one is written, else NULL. */
static const struct record *part(const struct record *record, size_t index)
{
    const struct value *value = &record->fields[index];
    return value->tag == V_RECORD && value->record->written ? value->record : NULL;
}

static str text_of(const struct record *record, size_t index, str otherwise)
{
    const struct value *value = &record->fields[index];
    return value->tag == V_TEXT && value->written && value->text.len ? value->text : otherwise;
}

/* A length in millimetres within [least] and [most], as [unit] of which there are [per_mm]. */
static long length_of(struct reading *r, const struct record *record, size_t index, int least, int most, double per_mm, long otherwise)
{
    const struct value *value = &record->fields[index];
    double mm = value->tag == V_DOUBLE ? value->d : value->tag == V_INT ? (double)value->i : 0;
    if (!value->written || (value->tag != V_DOUBLE && value->tag != V_INT))
        return otherwise;
    if (mm >= least && mm <= most)
        return (long)(mm * per_mm + 0.5);
    finding_add(r->findings, LANG_BRAND_MEASURE, value->span, "`%.*s` must be between %d and %d millimetres", STR_ARG(record->kind->fields[index].name), least, most);
    return otherwise;
}

/* --- pictures --- */

static struct finding *bad_file(struct reading *r, const struct value *value, str name, const char *why)
{
    return finding_add(r->findings, LANG_BRAND_FILE, value->span, "the picture %.*s %s", STR_ARG(name), why);
}

static bool read_picture(struct reading *r, const struct value *value, str name, struct image *image)
{
    str bytes = { 0 }, why = { 0 };
    const char *wrong;
    if (!r->folder->read(r->folder->state, name, &bytes, &why)) {
        bad_file(r, value, name, str_c(r->arena, why));
        return false;
    }
    wrong = image_read(bytes, image);
    if (wrong)
        bad_file(r, value, name, wrong);
    else
        image_strip(r->arena, image);
    return !wrong;
}

/* logo.svg -> logo.png beside it. */
static bool read_fallback(struct reading *r, const struct value *value, str name, struct image *image)
{
    struct image *png = NEW(r->arena, struct image);
    size_t stem = name.len;
    while (stem > 0 && name.at[stem - 1] != '.' && name.at[stem - 1] != '/')
        stem--;
    str beside = str_print(r->arena, "%.*spng", STR_ARG(str_cut(name, 0, stem)));
    str bytes = { 0 }, why = { 0 };
    if (!r->folder->read(r->folder->state, beside, &bytes, &why)) {
        struct finding *f = bad_file(r, value, name, "is an SVG, which older versions of Word do not show");
        finding_help(r->findings, f, "save the same picture as %.*s beside it, about 1,000 pixels wide", STR_ARG(beside));
        return false;
    }
    const char *wrong = image_read(bytes, png);
    if (!wrong && png->format == IMAGE_SVG)
        wrong = "is no PNG file";
    if (wrong)
        bad_file(r, value, beside, wrong);
    else
        image_strip(r->arena, png);
    image->fallback = png;
    return !wrong;
}

/* The picture named at [index]; NULL where none is, or after a finding. */
static const struct image *picture(struct reading *r, const struct record *record, size_t index)
{
    const struct value *value = &record->fields[index];
    struct image *image = NEW(r->arena, struct image);
    str name = text_of(record, index, (str){ 0 });
    if (!name.len || !read_picture(r, value, name, image))
        return NULL;
    if (image->format == IMAGE_SVG && !read_fallback(r, value, name, image))
        return NULL;
    return image;
}

/* --- the reference document --- */

static void read_reference(struct reading *r, const struct record *record, struct brand *brand)
{
    const struct value *value = &record->fields[F_brand_reference];
    str name = text_of(record, F_brand_reference, (str){ 0 }), bytes = { 0 }, why = { 0 };
    if (!name.len)
        return;
    if (!r->folder->read(r->folder->state, name, &bytes, &why)) {
        finding_add(r->findings, LANG_BRAND_REFERENCE, value->span, "the reference document %.*s %.*s", STR_ARG(name), STR_ARG(why));
        return;
    }
    brand->reference = reference_read(r->arena, r->findings, value->span, name, bytes);
    if (brand->reference)
        brand_apply_reference(r->arena, brand);
}

/* --- the parts of the file --- */

static void read_logo(struct reading *r, const struct record *record, struct brand *brand)
{
    const struct record *logo = part(record, F_brand_logo);
    if (!logo)
        return;
    brand->logo.image = picture(r, logo, F_brand_logo_file);
    brand->logo.on_dark = picture(r, logo, F_brand_logo_on_dark);
    brand->logo.alt = text_of(logo, F_brand_logo_alt, (str){ 0 });
    brand->logo.width = length_of(r, logo, F_brand_logo_width, 5, 120, EMU_PER_MM, LOGO_WIDTH);
}

static void read_fonts(const struct record *record, struct brand *brand)
{
    const struct record *fonts = part(record, F_brand_fonts);
    if (!fonts)
        return;
    str body = text_of(fonts, F_brand_fonts_body, (str){ 0 });
    str heading = text_of(fonts, F_brand_fonts_heading, body);
    brand->own_body_font = body.len > 0;
    brand->own_heading_font = heading.len > 0;
    if (body.len)
        brand->body_fallback = (str){ 0 };
    if (heading.len)
        brand->heading_fallback = str_eq(heading, body) ? text_of(fonts, F_brand_fonts_body_fallback, (str){ 0 }) : (str){ 0 };
    brand->body_font = body.len ? body : brand->body_font;
    brand->heading_font = heading.len ? heading : brand->heading_font;
    brand->mono_font = text_of(fonts, F_brand_fonts_mono, brand->mono_font);
    brand->heading_fallback = text_of(fonts, F_brand_fonts_heading_fallback, brand->heading_fallback);
    brand->body_fallback = text_of(fonts, F_brand_fonts_body_fallback, brand->body_fallback);
    brand->east_asian_font = text_of(fonts, F_brand_fonts_east_asian, brand->east_asian_font);
    brand->complex_font = text_of(fonts, F_brand_fonts_complex, brand->complex_font);
}

static void read_page(struct reading *r, const struct record *record, struct brand *brand)
{
    static const double twips = 1440 / 25.4;
    const struct record *page = part(record, F_brand_page);
    if (!page)
        return;
    bool letter = str_eq(text_of(page, F_brand_page_size, (str){ 0 }), STR("Letter"));
    if (page->fields[F_brand_page_size].written) {
        brand->width = letter ? LETTER_WIDTH : A4_WIDTH;
        brand->height = letter ? LETTER_HEIGHT : A4_HEIGHT;
    }
    brand->left = (int)length_of(r, page, F_brand_page_sides, 10, 60, twips, brand->left);
    brand->right = page->fields[F_brand_page_sides].written ? brand->left : brand->right;
    brand->top = (int)length_of(r, page, F_brand_page_top, 15, 80, twips, brand->top);
    brand->bottom = (int)length_of(r, page, F_brand_page_bottom, 15, 80, twips, brand->bottom);
}

/* The place of a word in the schema's list of choices is the number of it in our own. */
static uint8_t choice(const struct record *record, size_t index)
{
    const struct type *type = record->kind->fields[index].type;
    for (size_t i = 0; i < type->nwords; i++)
        if (str_eq(type->words[i], text_of(record, index, (str){ 0 })))
            return (uint8_t)i;
    return 0;
}

static void read_cover(struct reading *r, const struct record *record, struct brand *brand)
{
    const struct record *cover = part(record, F_brand_cover);
    if (!cover)
        return;
    brand->cover = choice(cover, F_brand_cover_style);
    brand->picture = picture(r, cover, F_brand_cover_image);
    brand->notice = text_of(cover, F_brand_cover_notice, (str){ 0 });
    if (brand->cover != COVER_PICTURE || brand->picture)
        return;
    if (!cover->fields[F_brand_cover_image].written) {
        struct finding *f = finding_add(r->findings, LANG_BRAND_FILE, cover->fields[F_brand_cover_style].span, "the cover is to show a picture, and none is named");
        finding_help(r->findings, f, "name a PNG or JPEG beside brand.yaml: image: harbour.jpeg");
    }
    brand->cover = COVER_BAND;
}

static void read_line(struct reading *r, const struct record *record, size_t index, struct brand *brand, struct brand_line *line)
{
    static const size_t slots[] = { F_brand_line_left, F_brand_line_centre, F_brand_line_right };
    const struct record *written = part(record, index);
    if (!written)
        return;
    *(index == F_brand_header ? &brand->own_head : &brand->own_foot) = true;
    for (size_t i = 0; i < 3; i++) {
        const struct value *value = &written->fields[slots[i]];
        line->slots[i] = brand_line_parse(r->arena, r->findings, text_of(written, slots[i], (str){ 0 }), value->span);
    }
}

static void read_table(const struct record *record, struct brand *brand)
{
    const struct record *table = part(record, F_brand_table);
    if (!table)
        return;
    brand->own_table = true;
    brand->table_head = choice(table, F_brand_table_header);
    brand->banding = table->fields[F_brand_table_banding].tag == V_BOOL && table->fields[F_brand_table_banding].b;
}

const struct brand *brand_read(struct arena *arena, struct findings *findings, const struct record *record, const struct brand_folder *folder)
{
    struct reading r = { arena, findings, folder };
    struct brand *brand = NEW(arena, struct brand);
    *brand = plain_brand;
    brand->name = text_of(record, F_brand_name, (str){ 0 });
    brand->prepared_by = text_of(record, F_brand_prepared_by, (str){ 0 });
    brand->disclaimer = text_of(record, F_brand_disclaimer, (str){ 0 });
    read_reference(&r, record, brand);
    struct brand before = *brand;
    read_table(record, brand);
    read_fonts(record, brand);
    read_page(&r, record, brand);
    read_logo(&r, record, brand);
    read_cover(&r, record, brand);
    read_line(&r, record, F_brand_header, brand, &brand->head);
    read_line(&r, record, F_brand_footer, brand, &brand->foot);
    brand_colours(arena, findings, record, brand);
    if (brand->reference && brand->reference->themed)
        brand_theme(arena, &before, brand);
    return brand;
}
