/* SPDX-License-Identifier: MIT */
/*
 * The brand of a project that names none: one deep blue, one teal, greys, and fills pale enough for dark text. The
 * level fills go from cool and light to warm and dark, so that their order survives red-green blindness and grey print.
 */
#include "weave/document.h"

#define T(literal) { literal, sizeof(literal) - 1 }

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
