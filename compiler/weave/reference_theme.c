/* SPDX-License-Identifier: MIT */
/* Colours and fonts of a theme (ECMA-376 part 1, 20.1.6.2 and 20.1.4.1.18). Its effects and pictures are not taken. */
#include "weave/reference_part.h"

static bool is_hex(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("0123456789abcdefABCDEF", text.at[i]))
            return false;
    return text.len == 6;
}

static str upper(struct arena *arena, str hex)
{
    char *out = NEWS(arena, char, hex.len + 1);
    for (size_t i = 0; i < hex.len; i++)
        out[i] = hex.at[i] >= 'a' ? (char)(hex.at[i] - 32) : hex.at[i];
    return (str){ out, hex.len };
}

static bool read_colours(struct reading_reference *r, const struct xml_node *scheme)
{
    static const char *const names[THEME_SLOTS] = { "a:dk1", "a:lt1", "a:dk2", "a:lt2", "a:accent1", "a:accent2", "a:accent3", "a:accent4", "a:accent5", "a:accent6",
                                                    "a:hlink", "a:folHlink" };
    for (int i = 0; i < THEME_SLOTS; i++) {
        const struct xml_node *slot = xml_child(scheme, names[i]);
        str colour = xml_child_value(slot, "a:srgbClr", "val");
        if (!colour.len)
            colour = xml_child_value(slot, "a:sysClr", "lastClr");
        if (!is_hex(colour))
            return false;
        r->out->slots[i] = upper(r->arena, colour);
    }
    return true;
}

static void read_fonts(struct reading_reference *r, const struct xml_node *fonts, struct reference_fonts *out)
{
    enum { MOST_SCRIPTS = 60 };
    out->latin = xml_child_value(fonts, "a:latin", "typeface");
    out->east_asian = xml_child_value(fonts, "a:ea", "typeface");
    out->complex = xml_child_value(fonts, "a:cs", "typeface");
    for (const struct xml_node *node = fonts ? fonts->first : NULL; node; node = node->next) {
        struct reference_script script = { xml_value(node, "script"), xml_value(node, "typeface") };
        if (xml_is(node, "a:font") && script.script.len && out->scripts.len < MOST_SCRIPTS)
            LIST_PUSH(r->arena, &out->scripts, script);
    }
}

void reference_theme(struct reading_reference *r, const struct xml_node *root)
{
    const struct xml_node *elements = xml_child(root, "a:themeElements"), *fonts = xml_child(elements, "a:fontScheme");
    r->out->theme_name = xml_value(root, "name");
    r->out->themed = read_colours(r, xml_child(elements, "a:clrScheme"));
    if (!r->out->themed)
        reference_left_out(r, STR("theme"), "the colours of the theme are not all there; they were left out");
    read_fonts(r, xml_child(fonts, "a:majorFont"), &r->out->major);
    read_fonts(r, xml_child(fonts, "a:minorFont"), &r->out->minor);
}
