/* SPDX-License-Identifier: MIT */
/*
 * A header or footer of a reference document, made fit to stand in another: without tracked changes, comments,
 * bookmarks and links, with the content of content controls in their place, and with pictures that are in the file.
 * Where it says {{document.title}} and the like, or has a control that is called so, our value is shown.
 */
#include "base/limits.h"
#include "weave/brand_line.h"
#include "weave/reference_field.h"

struct frame {
    struct reading_reference *r;
    str                       part;
    struct relations          relations;
};

/* --- what goes, and what gives way to its content --- */

static bool goes(const struct xml_node *node)
{
    static const char *const names[] = {
        "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd", "w:lastRenderedPageBreak", "w:footnoteReference", "w:endnoteReference",
        "w:del", "w:moveFrom", "w:object", "w:control", "w:altChunk", "w:subDoc", "w:contentPart", "w:sectPr", "w:annotationRef", "w:delText", "w:delInstrText",
        "w:commentReference", "w:commentRangeStart", "w:commentRangeEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd",
        "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "a:hlinkClick", "a:hlinkHover", "o:OLEObject", "o:lock", "w:ffData", NULL };
    bool unknown = xml_is(node, "a:ext") && xml_value(node, "uri").len && !node->first; /* an extension of which nothing was kept */
    return unknown || str_is_one_of(node->name, names) || str_ends(node->name, STR("Change")) || str_starts(node->name, STR("w:customXmlIns"))
        || str_starts(node->name, STR("w:customXmlDel")) || str_starts(node->name, STR("w:customXmlMove"));
}

static bool gives_way(const struct xml_node *node)
{
    static const char *const names[] = { "w:hyperlink", "w:smartTag", "w:customXml", "w:ins", "w:moveTo", "w:dir", "w:bdo", "w:sdt", "w:sdtContent", NULL };
    return str_is_one_of(node->name, names);
}

/* The first alternative that needs nothing we do not know, or the one for everybody else. */
static void choose(struct xml_node *alternatives)
{
    struct xml_node *fallback = xml_child(alternatives, "mc:Fallback"), *choice = xml_child(alternatives, "mc:Choice");
    while (choice && (!xml_is(choice, "mc:Choice") || str_find(xml_value(choice, "Requires"), '?', 0) < xml_value(choice, "Requires").len))
        choice = choice->next;
    if (choice) {
        alternatives->first = choice;
        choice->next = fallback;
        if (fallback)
            fallback->next = NULL;
    } else {
        alternatives->name = STR("w:sdtContent"); /* gives way */
        alternatives->first = fallback ? fallback->first : NULL;
    }
}

/* --- controls --- */

/* What a content control shows of ours, by its tag or by the property that it is bound to. */
static uint8_t value_of_control(const struct xml_node *properties)
{
    static const struct { const char *tag; uint8_t value; } tags[] = {
        { "title", BRAND_TITLE }, { "id", BRAND_ID }, { "version", BRAND_VERSION }, { "status", BRAND_STATUS }, { "date", BRAND_DATE }, { "owner", BRAND_OWNER },
        { "classification", BRAND_CLASSIFICATION }, { "standard", BRAND_STANDARD }, { "organisation", BRAND_ORGANISATION } };
    static const struct { const char *path; uint8_t value; } bound[] = {
        { ":title[", BRAND_TITLE }, { ":Company[", BRAND_ORGANISATION }, { ":contentStatus[", BRAND_STATUS } };
    str tag = xml_child_value(properties, "w:tag", "w:val"), path = xml_child_value(properties, "w:dataBinding", "w:xpath");
    if (str_starts(tag, STR("document.")))
        tag = str_cut(tag, 9, tag.len);
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (str_eq_nocase(tag, str_of(tags[i].tag)) || (str_starts(tag, STR("organisation")) && tags[i].value == BRAND_ORGANISATION))
            return tags[i].value;
    for (size_t i = 0; i < sizeof bound / sizeof bound[0]; i++)
        if (str_search(path, str_of(bound[i].path), 0) != SIZE_MAX)
            return bound[i].value;
    return BRAND_WORDS;
}

void reference_value(struct reading_reference *r, struct xml_node *node, uint8_t value)
{
    struct brand_piece *piece = NEW(r->arena, struct brand_piece);
    struct xml_attribute *number = NEW(r->arena, struct xml_attribute);
    piece->what = value;
    *number = (struct xml_attribute){ STR("n"), str_print(r->arena, "%zu", r->out->lines.len), NULL };
    LIST_PUSH(r->arena, &r->out->lines, ((struct brand_slot){ piece, 1 }));
    *node = (struct xml_node){ .name = STR("=line"), .attributes = number, .next = node->next };
}

/* The first text in [node] becomes the value, all others go. */
static void show_value(struct frame *f, struct xml_node *node, uint8_t value, bool *shown)
{
    for (struct xml_node *child = node->first; child; child = child->next) {
        bool text = xml_is(child, "w:t");
        if (text && !*shown)
            reference_value(f->r, child, value);
        else if (text)
            child->name = STR("=drop");
        *shown |= text;
        if (!text)
            show_value(f, child, value, shown);
    }
}

static void open_control(struct frame *f, struct xml_node *control)
{
    const struct xml_node *properties = xml_child(control, "w:sdtPr");
    struct xml_node *content = xml_child(control, "w:sdtContent");
    uint8_t value = value_of_control(properties);
    bool shown = false;
    if (content && value != BRAND_WORDS)
        show_value(f, content, value, &shown);
    else if (content && xml_child(properties, "w:showingPlcHdr"))
        show_value(f, content, BRAND_WORDS, &(bool){ true }); /* "Click here to enter text" */
}

/* --- the pass over everything --- */

static void rewrite(struct frame *f, struct xml_node *parent)
{
    struct xml_node **at = &parent->first;
    while (*at) {
        struct xml_node *node = *at;
        if (xml_is(node, "mc:AlternateContent"))
            choose(node);
        if (xml_is(node, "w:sdt"))
            open_control(f, node);
        if (xml_is(node, "w:object") || xml_is(node, "w:control") || xml_is(node, "w:altChunk"))
            reference_left_out(f->r, f->part, "an embedded object was left out");
        if (goes(node)) {
            *at = node->next;
        } else if (gives_way(node)) {
            struct xml_node *last = node->first;
            while (last && last->next)
                last = last->next;
            if (last)
                last->next = node->next;
            *at = last ? node->first : node->next;
        } else {
            rewrite(f, node);
            at = &node->next;
        }
    }
}

/* --- pictures --- */

/* The number of the image that a relationship means; its attribute then holds it. NULL, or why there is none. */
static const char *take_image(struct frame *f, struct xml_attribute *attribute)
{
    struct reading_reference *r = f->r;
    const struct relation *relation = relation_of_id(&f->relations, attribute->value);
    struct image *image = NEW(r->arena, struct image);
    str bytes;
    if (!relation || relation->external || !str_ends(relation->type, STR("/image")))
        return "is linked and not in the file";
    const char *problem = archive_read(r->archive, r->arena, relation->target, LIMIT_PICTURE_BYTES, &bytes);
    if (!problem && image_read_any(bytes, image))
        problem = "is in a format that can not be taken along";
    if (problem)
        return problem;
    image_strip(r->arena, image);
    size_t number = 0;
    while (number < r->out->images.len && !str_eq(r->out->images.at[number]->bytes, image->bytes))
        number++;
    if (number == r->out->images.len)
        LIST_PUSH(r->arena, &r->out->images, image);
    attribute->value = str_print(r->arena, "%zu", number);
    return NULL;
}

static bool may_show(const struct xml_node *node, const struct xml_attribute *attribute)
{
    static const char *const by_embed[] = { "a:blip", "asvg:svgBlip", NULL }, *const by_id[] = { "v:imagedata", "v:fill", NULL };
    return (str_eq(attribute->name, STR("r:embed")) && str_is_one_of(node->name, by_embed)) || (str_eq(attribute->name, STR("r:id")) && str_is_one_of(node->name, by_id));
}

/* NULL when everything in a drawing is in the file. */
static const char *take_drawing(struct frame *f, struct xml_node *node)
{
    static const char *const away[] = { "href", "src", "o:href", "o:relid", "r:href", "r:pict", NULL };
    str kind = xml_is(node, "a:graphicData") ? xml_value(node, "uri") : (str){ 0 };
    const char *problem = kind.len && !str_ends(kind, STR("/picture")) && !str_ends(kind, STR("/wordprocessingShape")) && !str_ends(kind, STR("/wordprocessingGroup"))
                        ? "is a chart, a diagram or the like" : NULL;
    for (struct xml_attribute **at = &node->attributes; *at && !problem;) {
        bool linked_too = str_eq((*at)->name, STR("r:link")) && xml_value(node, "r:embed").len;
        if (str_is_one_of((*at)->name, away) || linked_too) {
            *at = (*at)->next;
            continue;
        }
        if (str_starts((*at)->name, STR("r:")))
            problem = may_show(node, *at) ? take_image(f, *at) : "is linked and not in the file";
        at = &(*at)->next;
    }
    for (struct xml_node *child = node->first; child && !problem; child = child->next)
        if (!xml_is(child, "w:txbxContent")) /* has drawings of its own */
            problem = take_drawing(f, child);
    return problem;
}

static void pictures(struct frame *f, struct xml_node *parent)
{
    for (struct xml_node **at = &parent->first; *at;) {
        struct xml_node *node = *at;
        const char *problem = xml_is(node, "w:drawing") || xml_is(node, "w:pict") ? take_drawing(f, node) : NULL;
        if (problem) {
            reference_left_out(f->r, f->part, "a picture %s; it was left out", problem);
            *at = node->next;
            continue;
        }
        pictures(f, node);
        at = &node->next;
    }
}

/* --- text that names values --- */

static bool same(const struct xml_node *a, const struct xml_node *b)
{
    if (!a || !b)
        return a == b;
    const struct xml_attribute *x = a->attributes, *y = b->attributes;
    while (x && y && str_eq(x->name, y->name) && str_eq(x->value, y->value))
        x = x->next, y = y->next;
    if (x || y || !str_eq(a->name, b->name) || !str_eq(a->text, b->text))
        return false;
    const struct xml_node *i = a->first, *k = b->first;
    while (i && k && same(i, k))
        i = i->next, k = k->next;
    return !i && !k;
}

/* The properties of a run; NULL when they say nothing. */
static const struct xml_node *look_of(const struct xml_node *run)
{
    const struct xml_node *properties = xml_child(run, "w:rPr");
    return properties && properties->first ? properties : NULL;
}

/* A run that goes on in the next with the same look: Word cuts texts wherever somebody paused. */
static void join_runs(struct xml_node *paragraph)
{
    for (struct xml_node *node = paragraph->first; node;) {
        struct xml_node *next = node->next, *last = node->first;
        if (!next || !xml_is(node, "w:r") || !xml_is(next, "w:r") || !last || !same(look_of(node), look_of(next))) {
            node = next;
            continue;
        }
        while (last->next)
            last = last->next;
        last->next = next->first && xml_is(next->first, "w:rPr") ? next->first->next : next->first;
        node->next = next->next;
    }
}

static void join_texts(struct arena *arena, struct xml_node *run)
{
    for (struct xml_node *node = run->first; node; node = node->next)
        while (xml_is(node, "w:t") && node->first && node->next && xml_is(node->next, "w:t")) {
            if (node->next->first)
                node->first->text = str_join2(arena, node->first->text, node->next->first->text);
            node->next = node->next->next;
        }
}

static void name_values(struct frame *f, struct xml_node *parent)
{
    struct reading_reference *r = f->r;
    if (xml_is(parent, "w:p"))
        join_runs(parent);
    if (xml_is(parent, "w:r"))
        join_texts(r->arena, parent);
    for (struct xml_node *node = parent->first; node; node = node->next) {
        str text = xml_is(node, "w:t") && node->first ? node->first->text : (str){ 0 };
        if (str_search(text, STR("{{"), 0) == SIZE_MAX) {
            name_values(f, node);
            continue;
        }
        reference_value(r, node, BRAND_WORDS);
        r->out->lines.at[r->out->lines.len - 1] = brand_line_parse(r->arena, r->findings, text, r->at);
    }
}

const struct xml_node *reference_frame(struct reading_reference *r, str part, struct xml_node *root)
{
    struct frame f = { .r = r, .part = part };
    reference_relations(r, part, &f.relations);
    rewrite(&f, root);
    reference_clean(r->arena, root);
    reference_fields(r, part, root);
    pictures(&f, root);
    name_values(&f, root);
    return root;
}
