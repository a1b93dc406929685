/* SPDX-License-Identifier: MIT */
/*
 * Colours for two schemes from one palette. A brand names colours for white paper; the page also needs them on
 * a dark ground, and text on every one of them must stay readable (WCAG contrast) whatever the brand chose.
 * All arithmetic is on integers, so that a page has the same bytes on every machine.
 */
#ifndef BASE_COLOUR_H
#define BASE_COLOUR_H

#include "base/str.h"

struct colour {
    uint8_t r, g, b;
};

/* "RRGGBB" (a leading '#' is allowed); [fallback] for anything else. */
struct colour colour_parse(str text, struct colour fallback);
/* "#rrggbb" into [out] (8 bytes with the NUL). */
void colour_format(struct colour colour, char out[8]);
/* [percent] of [a] and the rest of [b]. */
struct colour colour_mix(struct colour a, struct colour b, unsigned percent);
/* Contrast of two colours times 100: 100 (the same) to 2100 (black on white). */
unsigned colour_contrast(struct colour a, struct colour b);
/* [text] moved towards black or white, whichever [ground] needs, until the contrast (times 100) is reached. */
struct colour colour_readable(struct colour text, struct colour ground, unsigned contrast);
/* A colour somebody declared, made so pale that dark [ink] on it has a contrast of at least 7.5:1; a pale one stays. */
struct colour colour_pale(struct colour declared, struct colour ink);
/*
 * Fills for the levels of a method, the lowest first: as declared where that can be, made pale where [ink] would not
 * read on them, and paler the lower the level, so that a risk map darkens upwards whatever hues somebody chose.
 */
void colour_scale(const struct colour *declared, size_t n, struct colour ink, struct colour *fills);
/* The fill of a pale colour's hue for a dark page, on which [ink] has a contrast of at least 5:1. */
struct colour colour_dark_fill(struct colour pale, struct colour ink);
/* The same hue as light text for a dark page. */
struct colour colour_light_text(struct colour hue);

#endif
