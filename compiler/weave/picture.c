/* SPDX-License-Identifier: MIT */
/*
 * Pictures of a text: ![words](path). The path counts from the folder of the file in which it is written, and the file
 * is one of the project: a document that fetches something from elsewhere looks different tomorrow, and tells elsewhere
 * who reads it. Where a picture can not be shown, its words stand in its place and a finding says why.
 */
#include "base/path.h"
#include "weave/weaving.h"

struct opened {
    str          path;  /* the key of the document's pictures */
    struct span  at;
    struct image image;
};

static bool has_scheme(str address)
{
    size_t colon = str_find(address, ':', 0);
    return colon > 1 && colon < str_find(address, '/', 0) && colon < address.len;
}

static void refuse(struct weaving *w, struct span at, str shown, const char *why)
{
    finding_add(w->findings, LANG_PICTURE, at, "the picture `%.*s` %s; its words stand in its place", STR_ARG(shown), why);
}

/* NULL, or why the file of a picture gives none. */
static const char *read_picture(struct weaving *w, str path, struct image *image)
{
    str bytes = { 0 };
    const char *wrong;
    switch (w->weave->file ? w->weave->file(w->weave->state, w->weave->arena, path, LIMIT_PICTURE_BYTES, &bytes) : LOAD_ABSENT) {
    case LOAD_OK:
        wrong = image_read(bytes, image);
        if (!wrong)
            image_strip(w->weave->arena, image);
        return wrong;
    case LOAD_ABSENT:  return "is not there";
    case LOAD_TOO_BIG: return "is larger than 16 MiB";
    case LOAD_REFUSED: return "is no file of the project";
    case LOAD_FAILED:  break;
    }
    return "can not be read";
}

/* Word before 2016, LibreOffice and others show the PNG of the same name. */
static void add_fallback(struct weaving *w, struct opened *opened)
{
    str png = str_print(w->weave->arena, "%.*s.png", STR_ARG(str_cut(opened->path, 0, opened->path.len - 4)));
    struct image *image = NEW(w->weave->arena, struct image);
    const char *why = read_picture(w, png, image);
    if (!why && image->format == IMAGE_PNG)
        opened->image.fallback = image;
    else
        finding_add(w->findings, LANG_PICTURE_SVG, opened->at, "the PNG beside it, `%.*s`, %s", STR_ARG(png), why ? why : "is no PNG file");
}

static bool open_picture(struct weaving *w, struct opened *opened, str shown)
{
    const char *why = read_picture(w, opened->path, &opened->image);
    if (why) {
        refuse(w, opened->at, shown, why);
        return false;
    }
    if (opened->image.format == IMAGE_SVG && str_ends(opened->path, STR(".svg")))
        add_fallback(w, opened);
    if (opened->image.format != IMAGE_SVG || w->weave->audience == AUDIENCE_INTERNAL)
        return true;
    if (opened->image.fallback) { /* an SVG is a text that nobody sees whole */
        opened->image = *opened->image.fallback;
        return true;
    }
    refuse(w, opened->at, shown, "is an SVG without a PNG beside it, and only that can be given to others");
    return false;
}

/* The place in the project that [address] means; empty after a finding. */
static str place_of(struct weaving *w, struct span at, str address)
{
    const struct source *source = source_of(w->weave->sources, at);
    str path = { 0 };
    if (has_scheme(address) || str_starts(address, STR("//"))) {
        refuse(w, at, str_cut(address, 0, address.len < 60 ? address.len : 60), "is not one of the project");
        return path;
    }
    if (source && !source->builtin)
        path = path_from(w->weave->arena, source->path, path_decoded(w->weave->arena, address));
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.at[i] < 0x20)
            path.len = 0;
    if (!path.len || address.at[0] == '/')
        refuse(w, at, address, "does not lie in the project");
    return address.at[0] == '/' ? (str){ 0 } : path;
}

void picture_place(struct weaving *w, struct doc_node *node, struct span at, str address)
{
    struct map *pictures = &w->doc->pictures;
    if (!address.len)
        return;
    node->ref = address;
    str path = place_of(w, at, address);
    if (!path.len)
        return;
    struct opened *opened = NEW(w->weave->arena, struct opened);
    *opened = (struct opened){ .path = str_copy(w->weave->arena, path), .at = at };
    if (map_get(pictures, path) || open_picture(w, opened, address)) {
        map_add(pictures, w->weave->arena, opened->path, &opened->image);
        node->ref = opened->path;
    }
}
