/* SPDX-License-Identifier: MIT */
/*
 * Fields of a header or footer (ECMA-376 part 1, 17.16). Some fetch files, run programs or hold what the reference
 * document said about itself; those that only count, tell the day or repeat a heading stay, those that name a
 * property of the document show ours, and all others go with what they showed.
 */
#include "weave/reference_field.h"

static str word_of(str *rest)
{
    while (rest->len && (rest->at[0] == ' ' || rest->at[0] == '"'))
        *rest = str_cut(*rest, 1, rest->len);
    size_t end = 0;
    while (end < rest->len && rest->at[end] != ' ' && rest->at[end] != '"')
        end++;
    str word = str_cut(*rest, 0, end);
    *rest = str_cut(*rest, end, rest->len);
    return word;
}

enum field_fate field_fate(str code, uint8_t *value)
{
    static const char *const kept[] = { "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", NULL };
    static const struct { const char *name; uint8_t value; } properties[] = {
        { "TITLE", BRAND_TITLE }, { "VERSION", BRAND_VERSION }, { "STATUS", BRAND_STATUS }, { "OWNER", BRAND_OWNER }, { "CLASSIFICATION", BRAND_CLASSIFICATION },
        { "COMPANY", BRAND_ORGANISATION }, { "DOCUMENT", BRAND_ID }, { "STANDARD", BRAND_STANDARD } };
    str rest = code, name = word_of(&rest);
    char upper[16] = { 0 };
    if (name.len < sizeof upper)
        for (size_t i = 0; i < name.len; i++)
            upper[i] = name.at[i] >= 'a' && name.at[i] <= 'z' ? (char)(name.at[i] - 32) : name.at[i];
    bool plain = str_find(rest, '\\', 0) == rest.len || str_search(rest, STR("MERGEFORMAT"), 0) != SIZE_MAX;
    if (plain && (strcmp(upper, "PAGE") == 0 || strcmp(upper, "NUMPAGES") == 0)) {
        *value = upper[0] == 'P' ? BRAND_PAGE : BRAND_PAGES;
        return FIELD_VALUE;
    }
    if (str_is_one_of(str_of(upper), kept))
        return FIELD_KEPT;
    if (strcmp(upper, "STYLEREF") == 0)
        return FIELD_EMPTIED;
    str property = strcmp(upper, "DOCPROPERTY") == 0 ? word_of(&rest) : strcmp(upper, "TITLE") == 0 ? STR("TITLE") : (str){ 0 };
    for (size_t i = 0; property.len && i < sizeof properties / sizeof properties[0]; i++)
        if (str_eq_nocase(property, str_of(properties[i].name))) {
            *value = properties[i].value;
            return FIELD_VALUE;
        }
    return FIELD_DROPPED;
}

/* --- fields whose parts stand in runs of their own --- */

struct field {
    struct xml_node *begin; /* the w:fldChar */
    str              code;
    bool             shown; /* behind its separator */
};

struct walk {
    struct reading_reference *r;
    str                       part;
    struct field              field;  /* the outermost one that is open */
    int                       depth;
    struct { struct xml_node **at; size_t len, room; } inside; /* everything between its begin and its end */
};

static void drop(struct xml_node *node) { node->name = STR("=drop"); }

static void close_field(struct walk *w)
{
    struct field *field = &w->field;
    uint8_t value = BRAND_WORDS;
    enum field_fate fate = field_fate(field->code, &value);
    str code = str_trim(field->code), name = word_of(&code);
    for (size_t i = 0; i < w->inside.len; i++) {
        struct xml_node *node = w->inside.at[i];
        if (fate == FIELD_DROPPED || fate == FIELD_VALUE)
            drop(node);
        else if (fate == FIELD_EMPTIED && xml_is(node, "w:t") && node->first)
            node->first->text = STR("\xE2\x80\x93"); /* a field without a result is among the things that Word for Mac calls damage */
    }
    if (fate == FIELD_VALUE)
        reference_value(w->r, field->begin, value);
    if (fate == FIELD_DROPPED)
        reference_left_out(w->r, w->part, "the field %.*s was left out", name.len < 40 ? (int)name.len : 40, name.at ? name.at : "");
    w->inside.len = 0;
}

/* The children of a run. */
static void walk_run(struct walk *w, struct xml_node *run)
{
    for (struct xml_node *node = run->first; node; node = node->next) {
        str type = xml_is(node, "w:fldChar") ? xml_value(node, "w:fldCharType") : (str){ 0 };
        if (xml_is(node, "w:rPr"))
            continue;
        if (str_eq(type, STR("begin")) && w->depth++ < 1)
            w->field = (struct field){ .begin = node };
        if (w->depth == 0)
            continue;
        node->first = type.len ? NULL : node->first; /* form fields keep their data here */
        LIST_PUSH(w->r->arena, &w->inside, node);
        if (xml_is(node, "w:instrText") && node->first && w->depth == 1 && !w->field.shown)
            w->field.code = str_join2(w->r->arena, w->field.code, node->first->text);
        if (str_eq(type, STR("separate")) && w->depth == 1)
            w->field.shown = true;
        if (str_eq(type, STR("end")) && --w->depth == 0)
            close_field(w);
    }
}

static void walk(struct walk *w, struct xml_node *node)
{
    for (struct xml_node *child = node->first; child; child = child->next) {
        if (xml_is(child, "w:r"))
            walk_run(w, child);
        walk(w, child);
    }
}

void reference_fields(struct reading_reference *r, str part, struct xml_node *root)
{
    struct walk w = { .r = r, .part = part };
    walk(&w, root);
    for (size_t i = 0; i < w.inside.len; i++) /* one that never ends */
        drop(w.inside.at[i]);
}
