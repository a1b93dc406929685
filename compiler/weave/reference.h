/* SPDX-License-Identifier: MIT */
/*
 * A client's own Word document or template as the source of a look: its styles, theme, page, header and footer. Its
 * text, macros, links, embedded objects and fonts are never taken, and what is taken is cleaned here: properties in
 * the order and form of the schema, pictures that are in the file, fields that only show something.
 */
#ifndef WEAVE_REFERENCE_H
#define WEAVE_REFERENCE_H

#include "base/image.h"
#include "base/map.h"
#include "base/xmltree.h"
#include "diag/finding.h"
#include "weave/document.h"

struct reference_style {
    str id;
    str name;   /* what Word calls it in English and lower case, whatever the language of the file; for the matching */
    str shown;  /* as written */
    str type;   /* paragraph, character, table */
    str based;  /* id of the style of its type that it is based on; empty: none */
    struct xml_node *node;
};

enum theme_slot { SLOT_DK1, SLOT_LT1, SLOT_DK2, SLOT_LT2, SLOT_ACCENT1, SLOT_ACCENT2, SLOT_ACCENT3, SLOT_ACCENT4, SLOT_ACCENT5, SLOT_ACCENT6,
                  SLOT_HLINK, SLOT_FOLLOWED, THEME_SLOTS };

struct reference_script { str script, font; };
struct reference_fonts {
    str latin, east_asian, complex;
    LIST_OF(struct reference_script) scripts;
};

enum reference_frame { FRAME_HEAD, FRAME_FOOT, FRAME_COVER_HEAD, FRAME_COVER_FOOT, FRAMES };

/*
 * In the tree of a header or footer, a picture's relationship is "image" and its number in [images], and an element
 * "=line" stands where [lines] of its number is shown, with the properties of its run.
 */
struct reference_document {
    LIST_OF(struct reference_style) styles;
    struct map by_id;                 /* type/id -> struct reference_style */
    const struct xml_node *defaults;  /* w:docDefaults; NULL: none */
    bool own;                         /* made from our starter: its theme's slots mean what ours do */
    bool themed;
    str theme_name, slots[THEME_SLOTS]; /* RRGGBB */
    struct reference_fonts major, minor;
    bool paged;
    int width, height, left, right, top, bottom, head, foot; /* twips, upright */
    const struct xml_node *frames[FRAMES]; /* the root of a header or footer; NULL: ours */
    LIST_OF(const struct image *) images;
    LIST_OF(struct brand_slot) lines;
};

/* Reads the file [name], named at [at]. NULL after a finding that says why it is of no use; what is only left out of it has one, too. */
const struct reference_document *reference_read(struct arena *arena, struct findings *findings, struct span at, str name, str bytes);

/* The style of that kind and English name; NULL: there is none. */
const struct reference_style *reference_style(const struct reference_document *reference, const char *type, str name);
/* A property of [style] or what it is based on, or of the defaults: ("w:rPr", "w:color"). NULL: nothing says. */
const struct xml_node *reference_property(const struct reference_document *reference, const struct reference_style *style, const char *group, const char *name);
/* The Latin font of [style], and its colour as RRGGBB; empty when nothing says. */
str reference_font(const struct reference_document *reference, const struct reference_style *style);
str reference_colour(const struct reference_document *reference, const struct reference_style *style);

/* Where a property stands among those of its group ("w:pPr", "w:numPr"), which the schema orders; -1: it is none. */
int reference_rank(const char *group, str property);

/* brand_reference.c: what brand->reference says of colours, fonts and page into [brand], before brand.yaml says otherwise. */
void brand_apply_reference(struct arena *arena, struct brand *brand);
/* The slots of the theme: the reference's, but for the colours that brand.yaml has changed from what they were [before]. */
void brand_theme(struct arena *arena, const struct brand *before, struct brand *brand);
/* brand_colour.c: primary, ink and accent as given (an empty ink stays, an empty accent follows), and what goes with them. */
void brand_mix(struct arena *arena, struct brand *brand, str ink, str primary, str accent);

#endif
