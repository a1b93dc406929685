/* SPDX-License-Identifier: MIT */
/* The package of a reference document: what it is, which of its parts count, and its sections. */
#include "weave/reference.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/path.h"
#include "weave/reference_part.h"

#define OFFICE "http://schemas.openxmlformats.org/"
#define MICROSOFT "http://schemas.microsoft.com/office/"

static const struct xml_prefix prefixes[] = {
    { "w", OFFICE "wordprocessingml/2006/main" },
    { "r", OFFICE "officeDocument/2006/relationships" },
    { "mc", OFFICE "markup-compatibility/2006" },
    { "wp", OFFICE "drawingml/2006/wordprocessingDrawing" },
    { "a", OFFICE "drawingml/2006/main" },
    { "pic", OFFICE "drawingml/2006/picture" },
    { "wps", MICROSOFT "word/2010/wordprocessingShape" },
    { "wpg", MICROSOFT "word/2010/wordprocessingGroup" },
    { "asvg", MICROSOFT "drawing/2016/SVG/main" },
    { "adec", MICROSOFT "drawing/2017/decorative" },
    { "v", "urn:schemas-microsoft-com:vml" },
    { "o", "urn:schemas-microsoft-com:office:office" },
    { "w10", "urn:schemas-microsoft-com:office:word" },
    { "pr", OFFICE "package/2006/relationships" },
    { "ct", OFFICE "package/2006/content-types" },
    { NULL, NULL },
};

/* --- findings --- */

void reference_left_out(struct reading_reference *r, str part, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    finding_add(r->findings, LANG_BRAND_LEFT_OUT, r->at, "in %.*s (%.*s), %s", STR_ARG(r->name), STR_ARG(part), text);
}

static const char *refuse(struct reading_reference *r, const char *why, const char *help)
{
    struct finding *f = finding_add(r->findings, LANG_BRAND_REFERENCE, r->at, "the reference document %.*s %s", STR_ARG(r->name), why);
    if (help)
        finding_help(r->findings, f, "%s", help);
    return why;
}

static const char *refuse_part(struct reading_reference *r, str part, const char *why)
{
    return refuse(r, str_c(r->arena, str_print(r->arena, "can not be used: its part %.*s %s", STR_ARG(part), why)),
                  "open it in Word and save it again as a Word document (*.docx)");
}

/* --- parts --- */

const char *reference_tree(struct reading_reference *r, str part, const char *keep, struct xml_node **root)
{
    const struct xml_reading reading = { prefixes, keep };
    str bytes;
    const char *problem = archive_read(r->archive, r->scratch, part, LIMIT_ARCHIVE_PART, &bytes);
    return problem ? problem : xml_read(r->arena, bytes, &reading, root);
}

void reference_relations(struct reading_reference *r, str part, struct relations *relations)
{
    struct xml_node *root;
    str folder = path_folder(part), name = str_print(r->arena, "%.*s_rels/%.*s.rels", STR_ARG(folder), STR_ARG(str_cut(part, folder.len, part.len)));
    if (reference_tree(r, name, NULL, &root))
        return;
    for (const struct xml_node *node = root->first; node; node = node->next) {
        if (!xml_is(node, "pr:Relationship"))
            continue;
        struct relation relation = { xml_value(node, "Id"), xml_value(node, "Type"), xml_value(node, "Target"),
                                     str_eq_nocase(xml_value(node, "TargetMode"), STR("External")) };
        if (!relation.external)
            relation.target = path_from(r->arena, part, relation.target);
        LIST_PUSH(r->arena, relations, relation);
    }
}

const struct relation *relation_of_kind(const struct relations *relations, const char *kind)
{
    for (size_t i = 0; i < relations->len; i++)
        if (!relations->at[i].external && str_ends(relations->at[i].type, str_of(kind)))
            return &relations->at[i];
    return NULL;
}

const struct relation *relation_of_id(const struct relations *relations, str id)
{
    for (size_t i = 0; i < relations->len; i++)
        if (str_eq(relations->at[i].id, id))
            return &relations->at[i];
    return NULL;
}

/* --- what the file is --- */

/* The bytes of Word's old format, which is also the envelope of a file with a password. */
static const char *refuse_old(struct reading_reference *r, str bytes)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    if (str_search(bytes, (str){ encrypted, sizeof encrypted - 1 }, 0) != SIZE_MAX)
        return refuse(r, "is protected by a password", "save it without one: File, Info, Protect Document");
    return refuse(r, "is in Word's old format (.doc)", "open it in Word and save it as a Word document (*.docx)");
}

static str content_type(const struct xml_node *types, str part)
{
    str ending = part, otherwise = { 0 };
    while (str_find(ending, '.', 0) < ending.len)
        ending = str_cut(ending, str_find(ending, '.', 0) + 1, ending.len);
    for (const struct xml_node *node = types->first; node; node = node->next) {
        str name = xml_value(node, "PartName");
        if (xml_is(node, "ct:Override") && name.len && str_eq_nocase(str_cut(name, 1, name.len), part))
            return xml_value(node, "ContentType");
        if (xml_is(node, "ct:Default") && str_eq_nocase(xml_value(node, "Extension"), ending))
            otherwise = xml_value(node, "ContentType");
    }
    return otherwise;
}

static bool has_macros(const struct archive *archive, str type)
{
    if (str_search(type, STR("macroEnabled"), 0) != SIZE_MAX)
        return true;
    for (size_t i = 0; archive_name(archive, i).len; i++)
        if (str_ends(archive_name(archive, i), STR("vbaProject.bin")))
            return true;
    return false;
}

/* The name of the part with the text. NULL, or a refusal. */
static const char *find_main(struct reading_reference *r, str *part)
{
    struct relations relations = { 0 };
    struct xml_node *types;
    reference_relations(r, STR(""), &relations);
    const struct relation *relation = relation_of_kind(&relations, "/officeDocument");
    const char *problem = reference_tree(r, STR("[Content_Types].xml"), NULL, &types);
    if (problem || !relation)
        return refuse(r, "is no Word document", "name a file that Word saved as a Word document (*.docx) or template (*.dotx)");
    str type = content_type(types, relation->target);
    if (has_macros(r->archive, type))
        return refuse(r, "has macros, which are never taken along", "save it without them, as a Word document (*.docx) or template (*.dotx)");
    if (str_starts(relation->type, STR("http://purl.oclc.org/")))
        return refuse(r, "is saved as Strict Open XML", "save it as a Word document (*.docx): File, Save as, file type");
    if (!str_ends(type, STR("wordprocessingml.document.main+xml")) && !str_ends(type, STR("wordprocessingml.template.main+xml")))
        return refuse(r, "is no Word document", "name a file that Word saved as a Word document (*.docx) or template (*.dotx)");
    *part = relation->target;
    return NULL;
}

/* --- sections --- */

static int twips_of(const struct xml_node *node, const char *attribute)
{
    double value;
    return str_to_double(xml_value(node, attribute), &value) && value > -30000 && value < 60000 ? (int)value : 0;
}

static void read_page(struct reading_reference *r, str part, const struct xml_node *section)
{
    enum { LEAST = 4000, MOST = 32000, NARROWEST = 4500, FRAME = 595 };
    const struct xml_node *size = xml_child(section, "w:pgSz"), *margins = xml_child(section, "w:pgMar");
    struct reference_document *out = r->out;
    int w = twips_of(size, "w:w"), h = twips_of(size, "w:h");
    if (!size || !margins)
        return;
    out->width = w < h ? w : h;
    out->height = w < h ? h : w;
    out->left = twips_of(margins, "w:left") + twips_of(margins, "w:gutter");
    out->right = twips_of(margins, "w:right");
    out->top = abs(twips_of(margins, "w:top"));
    out->bottom = abs(twips_of(margins, "w:bottom"));
    out->head = margins && xml_value(margins, "w:header").len ? twips_of(margins, "w:header") : FRAME;
    out->foot = margins && xml_value(margins, "w:footer").len ? twips_of(margins, "w:footer") : FRAME;
    out->paged = out->width >= LEAST && out->height <= MOST && out->left >= 0 && out->right >= 0 && out->head >= 0 && out->foot >= 0
              && out->width - out->left - out->right >= NARROWEST && out->height - out->top - out->bottom >= NARROWEST
              && out->width - out->top - out->bottom >= NARROWEST / 2;
    if (!out->paged)
        reference_left_out(r, part, "the page leaves too little room for text; its size and margins were left out");
}

/* The header or footer that [id] refers to. */
static void read_frame(struct reading_reference *r, const struct relations *relations, str id, enum reference_frame frame)
{
    const struct relation *relation = relation_of_id(relations, id);
    struct xml_node *root;
    if (!id.len || !relation)
        return;
    const char *kind = frame == FRAME_HEAD || frame == FRAME_COVER_HEAD ? "/header" : "/footer";
    const char *problem = relation->external || !str_ends(relation->type, str_of(kind)) ? "is not in the file" : reference_tree(r, relation->target, NULL, &root);
    if (problem)
        reference_left_out(r, relation->target, "the %s %s; it was left out", kind + 1, problem);
    else
        r->out->frames[frame] = reference_frame(r, relation->target, root);
}

/* Sections inherit the headers of those before them; the cover's is that of the first section that has another first page. */
static void read_sections(struct reading_reference *r, str part, const struct relations *relations, const struct xml_node *sections)
{
    str ids[FRAMES] = { { 0 } }, first[2] = { { 0 } };
    bool differs = false;
    const struct xml_node *last = NULL;
    for (const struct xml_node *section = sections->first; section; section = section->next) {
        last = section;
        for (const struct xml_node *node = section->first; node; node = node->next) {
            bool head = xml_is(node, "w:headerReference"), foot = xml_is(node, "w:footerReference");
            str type = xml_value(node, "w:type");
            if (head || foot)
                *(str_eq(type, STR("first")) ? &first[foot] : str_eq(type, STR("even")) ? &(str){ 0 } : &ids[foot ? FRAME_FOOT : FRAME_HEAD]) = xml_value(node, "r:id");
        }
        if (xml_child(section, "w:titlePg") && !differs) {
            differs = true;
            ids[FRAME_COVER_HEAD] = first[0];
            ids[FRAME_COVER_FOOT] = first[1];
        }
    }
    if (last)
        read_page(r, part, last);
    for (int i = 0; i < FRAMES; i++)
        read_frame(r, relations, ids[i], (enum reference_frame)i);
}

static const char *read_parts(struct reading_reference *r)
{
    struct relations relations = { 0 };
    struct xml_node *root;
    str part = { 0 };
    const char *problem = find_main(r, &part);
    if (problem)
        return problem;
    reference_relations(r, part, &relations);
    const struct relation *theme = relation_of_kind(&relations, "/theme"), *styles = relation_of_kind(&relations, "/styles");
    if (theme && (problem = reference_tree(r, theme->target, NULL, &root)) != NULL)
        reference_left_out(r, theme->target, "the theme %s; it was left out", problem);
    else if (theme)
        reference_theme(r, root);
    problem = styles ? reference_tree(r, styles->target, NULL, &root) : "is not there";
    if (problem)
        return refuse_part(r, styles ? styles->target : STR("word/styles.xml"), problem);
    reference_styles(r, root);
    problem = reference_tree(r, part, "w:sectPr", &root);
    if (problem)
        return refuse_part(r, part, problem);
    read_sections(r, part, &relations, root);
    return NULL;
}

const struct reference_document *reference_read(struct arena *arena, struct findings *findings, struct span at, str name, str bytes)
{
    static const char old[] = "\xD0\xCF\x11\xE0";
    struct reading_reference r = { .arena = arena, .scratch = arena_new(arena), .findings = findings, .at = at, .name = name, .out = NEW(arena, struct reference_document) };
    const char *problem = str_starts(bytes, (str){ old, 4 }) ? refuse_old(&r, bytes) : NULL;
    if (problem)
        return NULL;
    problem = archive_open(r.scratch, bytes, &r.archive);
    if (problem)
        refuse(&r, problem, "open it in Word and save it again as a Word document (*.docx)");
    else
        problem = read_parts(&r);
    arena_close(r.scratch);
    return problem ? NULL : r.out;
}
