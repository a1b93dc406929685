/* SPDX-License-Identifier: MIT */
/*
 * The brand of a project that names none: one deep blue, one teal, greys, and fills pale enough for dark text. The
 * level fills go from cool and light to warm and dark, so that their order survives red-green blindness and grey print.
 */
#include "weave/document.h"

static const struct brand plain_brand = {
    .name             = { "default", 7 },
    .primary          = { "1B3A5C", 6 },
    .accent           = { "0E7490", 6 },
    .ink              = { "25303B", 6 },
    .grey             = { "5F6B78", 6 },
    .hairline         = { "CED6DE", 6 },
    .tint             = { "EEF2F6", 6 },
    .heading_font     = { "Calibri", 7 },
    .body_font        = { "Calibri", 7 },
    .mono_font        = { "Consolas", 8 },
    .heading_fallback = { "Carlito", 7 },
    .body_fallback    = { "Carlito", 7 },
    .level_fill       = {
        { "DCEBEF", 6 }, { "D9EBDD", 6 }, { "EEF0C9", 6 }, { "FBEBB5", 6 },
        { "FADCA4", 6 }, { "F6C7A0", 6 }, { "EFAE9A", 6 }, { "E4938C", 6 },
    },
    .good_fill        = { "D9EBE0", 6 },
    .neutral_fill     = { "E6EAEF", 6 },
    .warning_fill     = { "FAE8BC", 6 },
    .bad_fill         = { "F4CDC4", 6 },
};

const struct brand *brand_default(void)
{
    return &plain_brand;
}
