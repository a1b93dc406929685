/* SPDX-License-Identifier: MIT */
#include "base/colour.h"
#include "weave/brand_line.h"
#include "write/html_part.h"
#include "write/sha256.h"

/* --- a small minifier for style and script: no comments, one line --- */

/* "</" and "<!" could end the element the text stands in; they become "<\/" in a string and "< /" outside. */
static bool is_tag(str source, size_t i)
{
    return source.at[i] == '<' && i + 1 < source.len && (source.at[i + 1] == '/' || source.at[i + 1] == '!');
}

/* Copies a quoted string at source.at[i] and returns the offset behind it. */
static size_t copy_string(struct buf *out, str source, size_t i)
{
    char quote = source.at[i];
    buf_char(out, quote);
    for (i++; i < source.len && source.at[i] != quote; i++) {
        buf_char(out, source.at[i]);
        if (is_tag(source, i))
            buf_char(out, '\\');
        if (source.at[i] == '\\' && i + 1 < source.len)
            buf_char(out, source.at[++i]);
    }
    buf_char(out, quote);
    return i < source.len ? i + 1 : i;
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
static bool is_tight(char c) { return c == '{' || c == '}' || c == ';' || c == ','; }
static bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

/* White space matters between words and around operators; it does not beside braces, semicolons and commas. */
static void space(struct buf *out, str source, size_t next)
{
    if (out->len && !is_tight(out->at[out->len - 1]) && next < source.len && !is_tight(source.at[next]))
        buf_char(out, ' ');
}

/* The offset behind white space and comments. */
static size_t skip_blank(str source, size_t i)
{
    while (i < source.len) {
        bool comment = source.at[i] == '/' && i + 1 < source.len && source.at[i + 1] == '*';
        if (!comment && !is_space(source.at[i]))
            return i;
        size_t end = comment ? str_search(source, STR("*/"), i + 2) : i;
        i = !comment ? i + 1 : end == SIZE_MAX ? source.len : end + 2;
    }
    return i;
}

void html_minified(struct buf *out, str source)
{
    for (size_t i = 0; i < source.len;) {
        size_t next = skip_blank(source, i);
        if (next > i) {
            space(out, source, next);
        } else if (is_quote(source.at[i])) {
            next = copy_string(out, source, i);
        } else {
            buf_char(out, source.at[next++]);
            if (is_tag(source, i))
                buf_char(out, ' ');
        }
        i = next;
    }
}

/* --- the palette --- */

struct scheme {
    struct colour paper, ink, soft, line, tint, primary, accent, band, band_ink;
    bool dark;
};

enum { READABLE = 500 }; /* contrast times 100; the standard asks for 4.5 */

static struct scheme light_scheme(const struct brand *brand)
{
    const struct colour white = { 255, 255, 255 };
    struct scheme s = { .paper = white };
    s.ink = colour_readable(colour_parse(brand->ink, (struct colour){ 0x25, 0x30, 0x3b }), white, 700);
    s.soft = colour_readable(colour_parse(brand->grey, s.ink), white, READABLE);
    s.line = colour_parse(brand->hairline, (struct colour){ 0xce, 0xd6, 0xde });
    s.tint = colour_readable(colour_parse(brand->tint, (struct colour){ 0xee, 0xf2, 0xf6 }), s.ink, 700);
    s.band = colour_parse(brand->primary, s.ink);
    s.band_ink = colour_readable(white, s.band, READABLE);
    s.primary = colour_readable(colour_readable(s.band, white, READABLE), s.tint, READABLE);
    s.accent = colour_readable(colour_readable(colour_parse(brand->accent, s.primary), white, READABLE), s.tint, READABLE);
    return s;
}

/* Not the light page turned over: a ground with a breath of the primary colour, and colours raised until they read. */
static struct scheme dark_scheme(const struct brand *brand)
{
    const struct colour white = { 255, 255, 255 };
    struct colour primary = colour_parse(brand->primary, (struct colour){ 0x1b, 0x3a, 0x5c });
    struct scheme s = { .dark = true, .ink = { 0xd9, 0xdf, 0xe6 } };
    s.paper = colour_mix(primary, (struct colour){ 0x12, 0x15, 0x19 }, 8);
    s.tint = colour_readable(colour_mix(white, colour_mix(primary, s.paper, 25), 6), s.ink, 700);
    s.line = colour_mix(white, s.paper, 22);
    s.soft = colour_mix(s.ink, s.paper, 68);
    s.band = colour_mix(colour_dark_fill(primary, white), s.paper, 72);
    s.band_ink = colour_readable(white, s.band, READABLE);
    s.primary = colour_readable(colour_light_text(primary), s.tint, 700);
    s.accent = colour_readable(colour_light_text(colour_parse(brand->accent, primary)), s.tint, 600);
    return s;
}

static void variable(struct buf *out, const char *name, struct colour colour)
{
    char text[8];
    colour_format(colour, text);
    buf_print(out, "--%s:%s;", name, text);
}

/* A class that fills a cell or a badge, with text that reads on it. */
static void fill(struct buf *out, const struct scheme *scheme, const char *class, str colour)
{
    char ground[8], text[8];
    struct colour pale = colour_parse(colour, (struct colour){ 0xe6, 0xea, 0xef });
    struct colour shown = scheme->dark ? colour_dark_fill(pale, scheme->ink) : pale;
    colour_format(shown, ground);
    colour_format(colour_readable(scheme->ink, shown, READABLE), text);
    buf_print(out, ".%s{background:%s;color:%s}", class, ground, text);
}

static void palette(const struct brand *brand, struct buf *out, const struct scheme *s)
{
    buf_text(out, ":root{");
    variable(out, "paper", s->paper);
    variable(out, "ink", s->ink);
    variable(out, "soft", s->soft);
    variable(out, "line", s->line);
    variable(out, "tint", s->tint);
    variable(out, "primary", s->primary);
    variable(out, "accent", s->accent);
    variable(out, "band", s->band);
    variable(out, "band-ink", s->band_ink);
    if (brand->heading.len) {
        struct colour heading = colour_parse(brand->heading, s->primary);
        variable(out, "heading-ink", s->dark ? colour_readable(colour_light_text(heading), s->paper, 700) : colour_readable(heading, s->paper, READABLE));
    }
    buf_text(out, "}");
    fill(out, s, "good", brand->good_fill);
    fill(out, s, "neutral", brand->neutral_fill);
    fill(out, s, "warning", brand->warning_fill);
    fill(out, s, "bad", brand->bad_fill);
    for (unsigned i = 0; i < 8 && brand->level_fill[i].len; i++) {
        const char name[3] = { 'l', (char)('0' + i), '\0' };
        fill(out, s, name, brand->level_fill[i]);
    }
}

static void own_fills(struct html *html, struct buf *out, const struct scheme *s)
{
    for (size_t i = 0; i < html->colours.len; i++) {
        str colour = html->colours.entries[i].key;
        fill(out, s, str_c(html->arena, str_join2(html->arena, STR("x-"), colour)), colour);
    }
}

/* Colours of the method's own that the page shows. */
static void own_colours(struct html *html, struct buf *out)
{
    if (html->colours.len == 0)
        return;
    struct scheme light = light_scheme(html->brand), dark = dark_scheme(html->brand);
    own_fills(html, out, &light);
    buf_text(out, "@media screen and (prefers-color-scheme:dark){");
    own_fills(html, out, &dark);
    buf_text(out, "}");
}

/* --- fonts, pages, columns --- */

static void family(struct buf *out, const char *name, str first, str second, const char *generic)
{
    if (brand_is_serif(first) && strcmp(name, "mono") != 0)
        generic = "\"Liberation Serif\",serif";
    buf_print(out, "--%s:", name);
    for (int i = 0; i < 2; i++) {
        str font = i ? second : first;
        if (font.len == 0)
            continue;
        buf_char(out, '"');
        html_css_string(out, font);
        buf_text(out, "\",");
    }
    buf_print(out, "%s;", generic);
}

/* Heads and rows of tables, where the brand has them otherwise than the style does. */
static void tables(const struct brand *brand, struct buf *out)
{
    static const char *const heads[] = {
        [TABLE_HEAD_TINT]   = "",
        [TABLE_HEAD_FILLED] = "thead th,thead th button{background:var(--band);color:var(--band-ink)}",
        [TABLE_HEAD_LINE]   = "thead th{background:var(--paper);border-top:2px solid var(--primary)}",
    };
    buf_text(out, heads[brand->table_head]);
    if (brand->banding)
        buf_text(out, "table.plain tbody tr:nth-child(even)>*{background-color:var(--tint)}");
}

/* Twentieths of a point as tenths of a millimetre. */
static void millimetres(struct buf *out, int twips)
{
    int tenths = (twips * 254 + 720) / 1440;
    buf_print(out, tenths % 10 ? "%d.%dmm" : "%dmm", tenths / 10, tenths % 10);
}

static void fonts(const struct brand *brand, struct buf *out)
{
    static const char sans[] = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Liberation Sans\",sans-serif";
    buf_text(out, ":root{");
    family(out, "body", brand->body_font, brand->body_fallback, sans);
    family(out, "heading", brand->heading_font, brand->heading_fallback, sans);
    family(out, "mono", brand->mono_font, (str){ 0 }, "ui-monospace,\"Liberation Mono\",monospace");
    buf_text(out, "--page-height:");
    millimetres(out, brand->height);
    buf_char(out, '}');
    if (brand->heading.len)
        buf_text(out, "h1,h2,h3,h4,h5,h6{color:var(--heading-ink)}");
    tables(brand, out);
}

/* A margin box of the printed page. Browsers know no running elements, so the texts stand here as literals. */
static void margin_box(struct html *html, struct buf *out, const char *box, const struct brand_slot *slot)
{
    struct brand_slot shown = brand_line_shown(html->arena, html->doc, slot);
    bool quoted = true;
    buf_print(out, "@%s{content:\"", box);
    for (size_t i = 0; i < shown.len; i++) {
        const struct brand_piece *piece = &shown.at[i];
        bool counter = piece->what == BRAND_PAGE || piece->what == BRAND_PAGES;
        if (piece->what == BRAND_LOGO)
            continue; /* it stands at the head of the page itself */
        if (counter == quoted)
            buf_text(out, quoted ? "\" " : " \"");
        else if (counter)
            buf_char(out, ' ');
        quoted = !counter;
        if (counter)
            buf_text(out, piece->what == BRAND_PAGE ? "counter(page)" : "counter(pages)");
        else
            html_css_string(out, piece->text);
    }
    buf_text(out, quoted ? "\"}" : "}");
}

static const char *const boxes[2][3] = { { "top-left", "top-center", "top-right" }, { "bottom-left", "bottom-center", "bottom-right" } };

/* The boxes' own look (size, grey, hairline) is part of each box, because pages inherit nothing from the root. */
static void margin_look(const struct brand *brand, struct buf *out)
{
    static const char *const aligned[] = { "left", "center", "right" };
    struct scheme s = light_scheme(brand);
    char soft[8], line[8];
    colour_format(s.soft, soft);
    colour_format(s.line, line);
    for (size_t i = 0; i < 6; i++) {
        bool top = i < 3;
        buf_print(out, "@%s{font:8pt/1.4 ", boxes[i / 3][i % 3]);
        buf_text(out, "\"");
        html_css_string(out, brand->body_font);
        buf_text(out, "\",\"");
        html_css_string(out, brand->body_fallback);
        buf_print(out, "\",%s;color:%s;text-align:%s;vertical-align:%s;",
                  brand_is_serif(brand->body_font) ? "serif" : "sans-serif", soft, aligned[i % 3], top ? "bottom" : "top");
        buf_print(out, "border-%s:.5pt solid %s;padding-%s:2mm;margin-%s:4mm}", top ? "bottom" : "top", line,
                  top ? "bottom" : "top", top ? "bottom" : "top");
    }
}

static void margins(const struct brand *brand, struct buf *out, int bottom_less)
{
    buf_text(out, "margin:");
    millimetres(out, brand->top);
    buf_char(out, ' ');
    millimetres(out, brand->right);
    buf_char(out, ' ');
    millimetres(out, brand->bottom - bottom_less);
    if (brand->left != brand->right) {
        buf_char(out, ' ');
        millimetres(out, brand->left);
    }
}

/* A size that browsers know by name, else width and height, which "landscape" does not turn. */
static void paper(const struct brand *brand, struct buf *out, bool turned)
{
    bool a4 = brand->width == A4_WIDTH && brand->height == A4_HEIGHT, letter = brand->width == LETTER_WIDTH && brand->height == LETTER_HEIGHT;
    if (a4 || letter) {
        buf_print(out, "%s%s", a4 ? "A4" : "letter", turned ? " landscape" : "");
        return;
    }
    millimetres(out, turned ? brand->height : brand->width);
    buf_char(out, ' ');
    millimetres(out, turned ? brand->width : brand->height);
}

static void pages(const struct brand *brand, struct buf *out)
{
    enum { TWO_MM = 113 };
    buf_text(out, "@page{size:");
    paper(brand, out, false);
    buf_char(out, ';');
    margins(brand, out, 0);
    buf_char(out, ';');
    margin_look(brand, out);
    buf_text(out, "}@page wide{size:");
    paper(brand, out, true);
    buf_char(out, ';');
    margins(brand, out, TWO_MM);
    buf_text(out, "}@page cover{margin:0;");
    for (size_t i = 0; i < 6; i++)
        buf_print(out, "@%s{content:none;border:0}", boxes[i / 3][i % 3]);
    buf_text(out, "}");
}

/* --- what pages of one brand share, and what each has of its own --- */

struct html_looks {
    struct arena *arena;
    LIST_OF(struct html_look *);
};

static str style_of(struct arena *arena, str css, const struct brand *brand)
{
    struct buf *out = buf_new(arena);
    struct scheme light = light_scheme(brand), dark = dark_scheme(brand);
    buf_put(out, css);
    palette(brand, out, &light);
    fonts(brand, out);
    buf_text(out, "@media screen and (prefers-color-scheme:dark){");
    palette(brand, out, &dark);
    buf_text(out, "}");
    pages(brand, out);
    return buf_str(out);
}

const struct html_look *html_look(const struct html_assets *assets, const struct brand *brand)
{
    struct html_looks *looks = assets->looks;
    for (size_t i = 0; i < looks->len; i++)
        if (looks->at[i]->brand == brand)
            return looks->at[i];
    struct html_look *look = NEW(looks->arena, struct html_look);
    look->brand = brand;
    look->style = style_of(looks->arena, assets->css, brand);
    look->source = sha256_source(looks->arena, look->style);
    LIST_PUSH(looks->arena, looks, look);
    return look;
}

str html_style(struct html *html)
{
    const struct brand *brand = html->brand;
    struct buf *out = buf_new(html->arena);
    own_colours(html, out);
    for (unsigned i = 1; i <= 100; i++)
        if (html->widths[i])
            buf_print(out, ".w%u{width:%u%%}", i, i);
    buf_text(out, "@page{");
    for (size_t i = 0; i < 6; i++)
        margin_box(html, out, boxes[i / 3][i % 3], i < 3 ? &brand->head.slots[i] : &brand->foot.slots[i - 3]);
    buf_text(out, "}");
    return buf_str(out);
}

static str on_one_line(struct arena *arena, str source)
{
    struct buf *out = buf_new(arena);
    html_minified(out, source);
    return buf_str(out);
}

void html_assets_ready(struct arena *arena, struct html_assets *assets)
{
    assets->looks = NEW(arena, struct html_looks);
    assets->looks->arena = arena;
    assets->css = on_one_line(arena, assets->css);
    assets->js = on_one_line(arena, assets->js);
    assets->search_js = on_one_line(arena, assets->search_js);
    assets->js_source = sha256_source(arena, assets->js);
    assets->search_source = sha256_source(arena, assets->search_js);
}
