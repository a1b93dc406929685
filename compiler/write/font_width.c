/* SPDX-License-Identifier: MIT */
#include "write/font_width.h"

#include "weave/document.h"

/* Those with free fonts of the same widths were measured in these, others are near; a name may go on: "Arial Nova", "Lato Light". */
static const struct { const char *name; struct font_width width; } known[] = {
    { "Calibri",            { 100, 104 } }, { "Carlito",           { 100, 104 } }, { "Arial Narrow",     { 89, 95 } },   { "Arial Black",      { 132, 132 } },
    { "Arial",              { 108, 116 } }, { "Helvetica",         { 108, 116 } }, { "Liberation Sans Narrow", { 89, 95 } }, { "Liberation Sans", { 108, 116 } },
    { "Times",              { 98, 104 } },  { "Liberation Serif",  { 98, 104 } },  { "Georgia",          { 110, 122 } }, { "Gelasio",          { 110, 122 } },
    { "Cambria",            { 104, 109 } }, { "Caladea",           { 104, 109 } }, { "Verdana",          { 124, 140 } }, { "DejaVu Sans Mono", { 130, 130 } },
    { "DejaVu Sans",        { 124, 140 } }, { "Tahoma",            { 106, 119 } }, { "Segoe UI",         { 108, 115 } }, { "Aptos",            { 106, 111 } },
    { "Trebuchet",          { 106, 113 } }, { "Garamond",          { 92, 97 } },   { "EB Garamond",      { 94, 99 } },   { "Palatino",         { 108, 111 } },
    { "Book Antiqua",       { 108, 111 } }, { "Century Gothic",    { 118, 122 } }, { "Century Schoolbook", { 113, 120 } }, { "Bookman",        { 120, 125 } },
    { "Candara",            { 103, 107 } }, { "Corbel",            { 102, 106 } }, { "Constantia",       { 106, 112 } }, { "Franklin Gothic",  { 104, 110 } },
    { "Gill Sans",          { 99, 110 } },  { "Open Sans",         { 113, 119 } }, { "Noto Sans",        { 113, 120 } }, { "Roboto",           { 107, 109 } },
    { "Lato",               { 105, 108 } }, { "Montserrat",        { 123, 130 } }, { "Source Sans",      { 98, 102 } },  { "Inter",            { 114, 119 } },
    { "IBM Plex Sans",      { 110, 114 } }, { "Poppins",           { 122, 126 } }, { "Nunito",           { 108, 112 } }, { "Work Sans",        { 114, 118 } },
    { "Raleway",            { 112, 116 } }, { "Merriweather",      { 121, 124 } }, { "Lora",             { 109, 114 } }, { "Playfair",         { 108, 115 } },
    { "Frutiger",           { 107, 112 } }, { "Univers",           { 110, 114 } }, { "Myriad",           { 101, 106 } }, { "Futura",           { 106, 112 } },
    { "Avenir",             { 109, 113 } }, { "PT Sans",           { 104, 110 } }, { "Ubuntu",           { 112, 117 } }, { "Fira Sans",        { 111, 115 } },
};

static bool says(str name, const char *word) { return str_search(name, str_of(word), 0) != SIZE_MAX; }

struct font_width font_width(str name)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        size_t len = strlen(known[i].name);
        if (name.len >= len && str_eq_nocase(str_cut(name, 0, len), str_of(known[i].name)) && (name.len == len || name.at[len] == ' '))
            return known[i].width;
    }
    if (says(name, "Narrow") || says(name, "Condensed"))
        return (struct font_width){ 95, 100 };
    if (says(name, "Mono") || says(name, "Courier") || says(name, "Consol"))
        return (struct font_width){ 128, 128 };
    return brand_is_serif(name) ? (struct font_width){ 108, 114 } : (struct font_width){ 111, 118 };
}
