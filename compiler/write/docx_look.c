/* SPDX-License-Identifier: MIT */
/*
 * Brand colours in templates of XML. Every colour names its slot in the theme and repeats it literally for readers
 * without themes, so {c:primary} stands for a whole w:color element. The forms:
 *
 *   {c:NAME}  <w:color .../>                 {b:NAME}  attributes of a border
 *   {f:NAME}  attributes of w:shd            {h:NAME}  RRGGBB
 *   {font:heading|body|mono}                 the name of a font
 *   {r:HEAD} {r:BAND}                        what makes the head of a table and every other row of it
 *   {n:LEVEL}                                w:numPr of a heading, in documents whose headings are numbered
 */
#include "write/docx_part.h"
#include "base/colour.h"
#include "weave/reference.h"
#include "write/level.h"
#include "write/xml.h"

struct slot {
    const char *name, *theme;
    size_t      offset; /* of the brand's colour */
    int         slot;   /* enum theme_slot */
};

static const struct slot slots[] = {
    { "ink",      "text1",       offsetof(struct brand, ink),      SLOT_DK1 },
    { "primary",  "accent1",     offsetof(struct brand, primary),  SLOT_ACCENT1 },
    { "accent",   "accent2",     offsetof(struct brand, accent),   SLOT_ACCENT2 },
    { "grey",     "accent3",     offsetof(struct brand, grey),     SLOT_ACCENT3 },
    { "hairline", "accent4",     offsetof(struct brand, hairline), SLOT_ACCENT4 },
    { "tint",     "background2", offsetof(struct brand, tint),     SLOT_LT2 },
};

static bool is(str a, const char *b) { return str_eq(a, str_of(b)); }

/* Text in a colour that is no slot, or too pale for white paper, has a literal one. True when it was written. */
static bool put_readable(const struct docx *docx, struct buf *out, str name, str hex)
{
    enum { CONTRAST = 450 };
    const struct colour white = { 255, 255, 255 }, black = { 0, 0, 0 };
    struct colour colour = colour_parse(hex, black);
    if (is(name, "head"))
        return docx->brand->table_head == TABLE_HEAD_FILLED && put_readable(docx, out, STR("on-primary"), hex);
    if (is(name, "on-primary")) {
        struct colour ground = colour_parse(docx->brand->primary, black), ink = colour_parse(docx->brand->ink, black);
        if (colour_contrast(white, ground) >= CONTRAST)
            return false; /* background1 */
        colour = colour_readable(ink, ground, CONTRAST);
    } else if (is(name, "white") || colour_contrast(colour, white) >= CONTRAST) {
        return false;
    } else {
        colour = colour_readable(colour, white, CONTRAST);
    }
    buf_print(out, "<w:color w:val=\"%02X%02X%02X\"/>", colour.r, colour.g, colour.b);
    return true;
}

static void put_colour(const struct docx *docx, struct buf *out, char form, str name)
{
    const char *theme = "background1";
    str hex = STR("FFFFFF");
    int slot = SLOT_LT1;
    if (is(name, "head") && docx->brand->table_head != TABLE_HEAD_FILLED)
        name = STR("primary");
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (is(name, slots[i].name)) {
            theme = slots[i].theme;
            slot = slots[i].slot;
            hex = *(const str *)((const char *)docx->brand + slots[i].offset);
        }
    if (form == 'c' && put_readable(docx, out, name, hex))
        return;
    const str *slots_of_theme = docx->brand->theme; /* of a client's theme, whose slots may be other colours */
    bool literal = slots_of_theme[slot].len && !str_eq_nocase(slots_of_theme[slot], hex);
    switch (literal ? form - 32 : form) {
    case 'C': buf_print(out, "<w:color w:val=\"%.*s\"/>", STR_ARG(hex)); break;
    case 'B': buf_print(out, "w:color=\"%.*s\"", STR_ARG(hex)); break;
    case 'F': buf_print(out, "w:fill=\"%.*s\"", STR_ARG(hex)); break;
    case 'c': buf_print(out, "<w:color w:val=\"%.*s\" w:themeColor=\"%s\"/>", STR_ARG(hex), theme); break;
    case 'b': buf_print(out, "w:color=\"%.*s\" w:themeColor=\"%s\"", STR_ARG(hex), theme); break;
    case 'f': buf_print(out, "w:fill=\"%.*s\" w:themeFill=\"%s\"", STR_ARG(hex), theme); break;
    default:  buf_put(out, hex); break;
    }
}

static void put_font(const struct docx *docx, struct buf *out, str name)
{
    const struct brand *brand = docx->brand;
    xml_attribute(out, is(name, "mono") ? brand->mono_font : is(name, "heading") ? brand->heading_font : brand->body_font);
}

static void put_numbering(const struct docx *docx, struct buf *out, str level)
{
    if (docx->doc->numbered)
        buf_print(out, "<w:numPr><w:ilvl w:val=\"%.*s\"/><w:numId w:val=\"%d\"/></w:numPr>", STR_ARG(level), NUMBERING_HEADINGS);
}

/* The ground and the line of a table's head; the ground of every other row, where the brand wants one. */
static void put_table_part(const struct docx *docx, struct buf *out, str part)
{
    static const char *const looks[] = {
        [TABLE_HEAD_TINT]   = "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" {b:primary}/></w:tcBorders><w:shd w:val=\"clear\" w:color=\"auto\" {f:tint}/>",
        [TABLE_HEAD_FILLED] = "<w:shd w:val=\"clear\" w:color=\"auto\" {f:primary}/>",
        [TABLE_HEAD_LINE]   = "<w:tcBorders><w:top w:val=\"single\" w:sz=\"12\" w:space=\"0\" {b:primary}/><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" {b:primary}/></w:tcBorders>",
    };
    if (is(part, "HEAD"))
        look_put(docx, out, looks[docx->brand->table_head]);
    else if (docx->brand->banding)
        look_put(docx, out, "<w:tblStylePr w:type=\"band2Horz\"><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" {f:tint}/></w:tcPr></w:tblStylePr>");
}

void look_put(const struct docx *docx, struct buf *out, const char *pattern)
{
    for (str rest = str_of(pattern); rest.len;) {
        size_t open = str_find(rest, '{', 0);
        buf_put(out, str_cut(rest, 0, open));
        if (open == rest.len)
            return;
        size_t close = str_find(rest, '}', open);
        str slot = str_cut(rest, open + 1, close);
        if (str_starts(slot, STR("font:")))
            put_font(docx, out, str_cut(slot, 5, slot.len));
        else if (slot.at[0] == 'r')
            put_table_part(docx, out, str_cut(slot, 2, slot.len));
        else if (slot.at[0] == 'n')
            put_numbering(docx, out, str_cut(slot, 2, slot.len));
        else
            put_colour(docx, out, slot.at[0], str_cut(slot, 2, slot.len));
        rest = str_cut(rest, close + 1, rest.len);
    }
}

str look_tone(const struct docx *docx, uint8_t tone) { return fill_of_tone(docx->brand, tone); }
str look_fill(struct docx *docx, const struct doc_node *node) { return fill_of_node(docx->arena, docx->doc, docx->levels, node); }
str look_text_on(const struct docx *docx, str fill) { return ink_on_fill(docx->brand, fill); }
