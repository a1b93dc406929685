/* SPDX-License-Identifier: MIT */
/* The package: which parts there are, what kind each is, and how they refer to each other (ECMA-376 part 2). */
#include "write/docx.h"

#include <assert.h>

#include "write/docx_part.h"
#include "write/level.h"
#include "write/zip.h"

#define MAIN "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define OFFICE "application/vnd.openxmlformats-officedocument."
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE_RELATION "http://schemas.openxmlformats.org/package/2006/relationships"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

const char docx_namespaces[] =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
    " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\"";

/* Parts in the order they have in the archive. A relationship of the main part has an id, others stand in _rels/.rels. */
enum part_id {
    PART_TYPES, PART_PACKAGE, PART_BODY, PART_BODY_LINKS, PART_STYLES, PART_NUMBERING, PART_SETTINGS, PART_WEB_SETTINGS, PART_FONTS,
    PART_THEME, PART_NOTES, PART_NOTE_LINKS, PART_HEAD, PART_FOOT, PART_HEAD_LANDSCAPE, PART_FOOT_LANDSCAPE, PART_HEAD_COVER, PART_FOOT_COVER,
    PART_HEAD_LINKS, PART_FOOT_LINKS, PART_HEAD_LANDSCAPE_LINKS, PART_FOOT_LANDSCAPE_LINKS, PART_HEAD_COVER_LINKS, PART_FOOT_COVER_LINKS,
    PART_VALUES, PART_VALUES_LINKS, PART_VALUES_PROPERTIES, PART_CORE, PART_APP, PART_CUSTOM, PART_COUNT
};

static const struct {
    const char *name, *type, *relation, *id;
} parts[PART_COUNT] = {
    [PART_TYPES]             = { "[Content_Types].xml",           NULL, NULL, NULL },
    [PART_PACKAGE]           = { "_rels/.rels",                   NULL, NULL, NULL },
    [PART_BODY]              = { "word/document.xml",             MAIN "document.main+xml", NULL, NULL },
    [PART_BODY_LINKS]        = { "word/_rels/document.xml.rels",  NULL, NULL, NULL },
    [PART_STYLES]            = { "word/styles.xml",               MAIN "styles+xml",      RELATION "styles",      "styles" },
    [PART_NUMBERING]         = { "word/numbering.xml",            MAIN "numbering+xml",   RELATION "numbering",   "numbering" },
    [PART_SETTINGS]          = { "word/settings.xml",             MAIN "settings+xml",    RELATION "settings",    "settings" },
    [PART_WEB_SETTINGS]      = { "word/webSettings.xml",          MAIN "webSettings+xml", RELATION "webSettings", "webSettings" },
    [PART_FONTS]             = { "word/fontTable.xml",            MAIN "fontTable+xml",   RELATION "fontTable",   "fontTable" },
    [PART_THEME]             = { "word/theme/theme1.xml",         OFFICE "theme+xml",     RELATION "theme",       "theme" },
    [PART_NOTES]             = { "word/footnotes.xml",            MAIN "footnotes+xml",   RELATION "footnotes",   "footnotes" },
    [PART_NOTE_LINKS]        = { "word/_rels/footnotes.xml.rels", NULL, NULL, NULL },
    [PART_HEAD]              = { "word/header1.xml",              MAIN "header+xml",      RELATION "header",      "head" },
    [PART_FOOT]              = { "word/footer1.xml",              MAIN "footer+xml",      RELATION "footer",      "foot" },
    [PART_HEAD_LANDSCAPE]    = { "word/header2.xml",              MAIN "header+xml",      RELATION "header",      "headLandscape" },
    [PART_FOOT_LANDSCAPE]    = { "word/footer2.xml",              MAIN "footer+xml",      RELATION "footer",      "footLandscape" },
    [PART_HEAD_COVER]        = { "word/header3.xml",              MAIN "header+xml",      RELATION "header",      "headCover" },
    [PART_FOOT_COVER]        = { "word/footer3.xml",              MAIN "footer+xml",      RELATION "footer",      "footCover" },
    [PART_HEAD_LINKS]            = { "word/_rels/header1.xml.rels", NULL, NULL, NULL },
    [PART_FOOT_LINKS]            = { "word/_rels/footer1.xml.rels", NULL, NULL, NULL },
    [PART_HEAD_LANDSCAPE_LINKS]  = { "word/_rels/header2.xml.rels", NULL, NULL, NULL },
    [PART_FOOT_LANDSCAPE_LINKS]  = { "word/_rels/footer2.xml.rels", NULL, NULL, NULL },
    [PART_HEAD_COVER_LINKS]      = { "word/_rels/header3.xml.rels", NULL, NULL, NULL },
    [PART_FOOT_COVER_LINKS]      = { "word/_rels/footer3.xml.rels", NULL, NULL, NULL },
    [PART_VALUES]            = { "customXml/item1.xml",           NULL,                   RELATION "customXml",   "values" },
    [PART_VALUES_LINKS]      = { "customXml/_rels/item1.xml.rels", NULL, NULL, NULL },
    [PART_VALUES_PROPERTIES] = { "customXml/itemProps1.xml",      OFFICE "customXmlProperties+xml", NULL, NULL },
    [PART_CORE]              = { "docProps/core.xml",             "application/vnd.openxmlformats-package.core-properties+xml", NULL, NULL },
    [PART_APP]               = { "docProps/app.xml",              OFFICE "extended-properties+xml", NULL, NULL },
    [PART_CUSTOM]            = { "docProps/custom.xml",           OFFICE "custom-properties+xml", NULL, NULL },
};

static_assert(PART_HEAD_COVER - PART_HEAD + 2 == sizeof ((struct docx *)0)->frame_links / sizeof(struct docx_links), "links of each head and foot");

static bool has_links(const struct docx_links *links) { return links->by_address.len || links->pictures.len; }

static bool has(const struct docx *docx, int part)
{
    if (part >= PART_HEAD_LINKS && part <= PART_FOOT_COVER_LINKS)
        return has_links(&docx->frame_links[part - PART_HEAD_LINKS]);
    switch (part) {
    case PART_NOTES:          return docx->notes_made > 0;
    case PART_NOTE_LINKS:     return has_links(&docx->note_links);
    case PART_HEAD_LANDSCAPE: case PART_FOOT_LANDSCAPE: return docx->has_landscape;
    case PART_HEAD_COVER: case PART_FOOT_COVER:         return docx->doc->cover;
    default:                  return true;
    }
}

static void put_types(const struct docx *docx, struct buf *out)
{
    buf_text(out, XML_HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
             "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
             "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
    media_types(docx, out);
    for (int i = 0; i < PART_COUNT; i++)
        if (parts[i].type && has(docx, i))
            buf_print(out, "<Override PartName=\"/%s\" ContentType=\"%s\"/>", parts[i].name, parts[i].type);
    buf_text(out, "</Types>");
}

static void put_package(struct buf *out)
{
    buf_text(out, XML_HEAD "<Relationships xmlns=\"" PACKAGE_RELATION "\">"
             "<Relationship Id=\"document\" Type=\"" RELATION "officeDocument\" Target=\"word/document.xml\"/>"
             "<Relationship Id=\"core\" Type=\"" PACKAGE_RELATION "/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
             "<Relationship Id=\"app\" Type=\"" RELATION "extended-properties\" Target=\"docProps/app.xml\"/>"
             "<Relationship Id=\"custom\" Type=\"" RELATION "custom-properties\" Target=\"docProps/custom.xml\"/></Relationships>");
}

/* Targets are relative to word/. */
static void put_body_links(const struct docx *docx, struct buf *out)
{
    buf_text(out, XML_HEAD "<Relationships xmlns=\"" PACKAGE_RELATION "\">");
    for (int i = 0; i < PART_COUNT; i++) {
        if (!parts[i].id || !has(docx, i))
            continue;
        bool below = strncmp(parts[i].name, "word/", 5) == 0;
        buf_print(out, "<Relationship Id=\"%s\" Type=\"%s\" Target=\"%s%s\"/>", parts[i].id, parts[i].relation, below ? "" : "../", parts[i].name + (below ? 5 : 0));
    }
    anchor_relationships(&docx->body_links, out);
    media_relationships(docx, &docx->body_links, out);
    buf_text(out, "</Relationships>");
}

static void put_links(const struct docx *docx, const struct docx_links *links, struct buf *out)
{
    buf_text(out, XML_HEAD "<Relationships xmlns=\"" PACKAGE_RELATION "\">");
    anchor_relationships(links, out);
    media_relationships(docx, links, out);
    buf_text(out, "</Relationships>");
}

static void put_values_links(struct buf *out)
{
    buf_text(out, XML_HEAD "<Relationships xmlns=\"" PACKAGE_RELATION "\">"
             "<Relationship Id=\"properties\" Type=\"" RELATION "customXmlProps\" Target=\"itemProps1.xml\"/></Relationships>");
}

static void write_part(struct docx *docx, int part, struct buf *out)
{
    if (part >= PART_HEAD && part <= PART_FOOT_COVER)
        docx->links = &docx->frame_links[part - PART_HEAD];
    switch ((enum part_id)part) {
    case PART_TYPES:             put_types(docx, out); break;
    case PART_PACKAGE:           put_package(out); break;
    case PART_BODY:              break; /* written before all others: it decides which there are */
    case PART_BODY_LINKS:        put_body_links(docx, out); break;
    case PART_STYLES:            docx_styles(docx, out); break;
    case PART_NUMBERING:         docx_numbering(docx, out); break;
    case PART_SETTINGS:          docx_settings(docx, out); break;
    case PART_WEB_SETTINGS:      docx_web_settings(out); break;
    case PART_FONTS:             docx_fonts(docx, out); break;
    case PART_THEME:             docx_theme(docx, out); break;
    case PART_NOTES:             docx_footnotes(docx, out); break;
    case PART_NOTE_LINKS:        put_links(docx, &docx->note_links, out); break;
    case PART_HEAD:              frame_head(docx, out, false); break;
    case PART_FOOT:              frame_foot(docx, out, false); break;
    case PART_HEAD_LANDSCAPE:    frame_head(docx, out, true); break;
    case PART_FOOT_LANDSCAPE:    frame_foot(docx, out, true); break;
    case PART_HEAD_COVER:        frame_cover(docx, out, false); break;
    case PART_FOOT_COVER:        frame_cover(docx, out, true); break;
    case PART_HEAD_LINKS: case PART_FOOT_LINKS: case PART_HEAD_LANDSCAPE_LINKS: case PART_FOOT_LANDSCAPE_LINKS:
    case PART_HEAD_COVER_LINKS: case PART_FOOT_COVER_LINKS:
        put_links(docx, &docx->frame_links[part - PART_HEAD_LINKS], out);
        break;
    case PART_VALUES:            docx_values(docx, out); break;
    case PART_VALUES_LINKS:      put_values_links(out); break;
    case PART_VALUES_PROPERTIES: docx_values_properties(docx, out); break;
    case PART_CORE:              docx_core(docx, out); break;
    case PART_APP:               docx_app(docx, out); break;
    case PART_CUSTOM:            docx_custom(docx, out); break;
    case PART_COUNT:             break;
    }
}

static void hand_on(struct docx *docx)
{
    zip_stream_put(docx->packed, buf_str(docx->out));
    docx->handed_on += docx->out->len;
    buf_clear(docx->out);
}

void docx_drain(struct docx *docx)
{
    enum { ENOUGH = 1 << 16 };
    if (docx->packed && docx->out != docx->notes && docx->out->len >= ENOUGH)
        hand_on(docx);
}

void docx_body(struct docx *docx, struct buf *out)
{
    buf_text(out, XML_HEAD "<w:document");
    buf_text(out, docx_namespaces);
    buf_text(out, "><w:body>");
    docx->out = out;
    front_write(docx);
    docx->landscape = docx->doc->landscape;
    docx->flow_width = frame_text_width(docx, docx->landscape);
    docx->in_content = false;
    if (docx->doc->body)
        block_children(docx, docx->doc->body, (struct docx_place){ .style = "BodyText" });
    if (docx->doc->sample)
        starter_write(docx);
    else if (docx->after_table || !docx->in_content) { /* a body ends with a paragraph */
        block_open(docx, &(struct docx_paragraph){ .style = "SectionEnd" });
        block_close(docx);
    }
    anchor_finish(docx);
    frame_section(docx, out, SECTION_BODY, docx->landscape);
    buf_text(out, "</w:body></w:document>");
    if (docx->packed) {
        hand_on(docx);
        zip_stream_close(docx->packed);
    }
}

static struct docx_page page_of(const struct brand *brand)
{
    return (struct docx_page){ .width = brand->width, .height = brand->height, .left = brand->left, .right = brand->right, .top = brand->top,
                               .bottom = brand->bottom, .head = brand->head_edge, .foot = brand->foot_edge };
}

/* A fixed name for the store of this document's values, so that two builds agree. */
static str guid_of(struct arena *arena, const struct document *doc)
{
    uint64_t a = str_hash(str_print(arena, "store/%.*s/%.*s", STR_ARG(doc->organisation), STR_ARG(doc->file)));
    uint64_t b = str_hash(str_print(arena, "values/%.*s/%.*s", STR_ARG(doc->id), STR_ARG(doc->file)));
    return str_print(arena, "{%08X-%04X-4%03X-8%03X-%012llX}", (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff),
                     (unsigned)(b >> 48 & 0xfff), (unsigned long long)(b & 0xffffffffffff));
}

static void prepare(struct docx *docx, struct arena *arena, const struct document *doc)
{
    *docx = (struct docx){ .arena = arena, .doc = doc };
    docx->passing = arena_new(arena);
    arena_alloc(docx->passing, 1, 1); /* its first block stays when a table goes */
    docx->brand = doc->brand ? doc->brand : brand_default();
    docx->words = doc->words ? doc->words : doc_words_english();
    docx->page = page_of(docx->brand);
    docx->body_width = font_width(docx->brand->body_font);
    docx->heading_width = font_width(docx->brand->heading_font);
    cover_place(docx);
    docx->rtl = doc_is_rtl(doc->language);
    docx->levels = level_fills(arena, doc);
    docx->outline = outline_make(arena, doc);
    docx->headings = NEWS(arena, bool, docx->outline.len + 1);
    docx->notes = buf_new(arena);
    docx->joined = buf_new(arena);
    docx->links = &docx->body_links;
    docx->guid = guid_of(arena, doc);
    docx->word_limit = 80;
    if (doc->body)
        anchor_collect(docx);
}

/* What lists other parts, or what they refer to, is written when they are. */
static bool is_late(int part) { return part == PART_TYPES || str_ends(str_of(parts[part].name), STR(".rels")); }

/* Parts that follow from the look of a document alone, and a name for what such a part holds; empty for all others. */
static str look_of(const struct docx *docx, int part)
{
    if (part != PART_STYLES && part != PART_THEME)
        return (str){ 0 };
    return str_print(docx->arena, "%s %p %d %.*s", parts[part].name, (const void *)docx->brand, docx->doc->numbered, STR_ARG(docx->doc->language));
}

/* Parts that say little of the one document: most others have the same. */
static bool is_common(int part)
{
    static const bool common[PART_COUNT] = { [PART_TYPES] = true, [PART_PACKAGE] = true, [PART_BODY_LINKS] = true, [PART_NUMBERING] = true,
                                             [PART_SETTINGS] = true, [PART_FONTS] = true, [PART_HEAD_COVER] = true, [PART_FOOT_COVER] = true };
    return common[part];
}

static void write_parts_of(struct docx *docx, struct buf *contents[PART_COUNT], bool late)
{
    for (int i = 0; i < PART_COUNT; i++) {
        if (i == PART_BODY || is_late(i) != late || !has(docx, i))
            continue;
        contents[i] = buf_new(docx->arena);
        if (!docx->shared || !zip_knows(docx->shared, look_of(docx, i)))
            write_part(docx, i, contents[i]);
    }
}

/* [packed] takes the body, whose file is then empty, as is what [shared] has of other documents; both NULL: everything is there. */
static void write_parts(struct arena *arena, const struct document *doc, const struct zip_shared *shared, struct zip_stream *packed, struct docx_files *files)
{
    struct docx docx;
    struct buf *contents[PART_COUNT] = { NULL };
    prepare(&docx, arena, doc);
    docx.packed = packed;
    docx.shared = shared;
    contents[PART_BODY] = buf_new(arena);
    docx_body(&docx, contents[PART_BODY]);
    write_parts_of(&docx, contents, false);
    write_parts_of(&docx, contents, true);
    for (int i = 0; i < PART_COUNT; i++)
        if (contents[i])
            LIST_PUSH(arena, files, ((struct docx_file){ .name = str_of(parts[i].name), .content = contents[i],
                                                         .common = is_common(i) ? buf_str(contents[i]) : look_of(&docx, i) }));
    for (size_t i = 0; i < docx.media.len; i++)
        LIST_PUSH(arena, files, ((struct docx_file){ .name = str_print(arena, "word/media/image%zu.%s", i + 1, image_ending(docx.media.at[i]->format)),
                                                     .picture = docx.media.at[i]->bytes }));
    buf_free(docx.notes);
    buf_free(docx.joined);
}

void docx_parts(struct arena *arena, const struct document *doc, struct docx_files *files)
{
    write_parts(arena, doc, NULL, NULL, files);
}

const char *docx_write_shared(struct arena *arena, struct zip_shared *shared, const struct document *doc, struct parts *out)
{
    struct docx_files files = { 0 };
    struct zip_stream *body;
    const char *problem = zip_stream_open(arena, shared, &body);
    if (problem)
        return problem;
    write_parts(arena, doc, shared, body, &files);
    struct zip_part *entries = NEWS(arena, struct zip_part, files.len);
    for (size_t i = 0; i < files.len; i++) {
        const struct docx_file *file = &files.at[i];
        entries[i] = (struct zip_part){ .name = file->name, .data = file->content ? buf_str(file->content) : file->picture,
                                        .common = file->common, .stored = !file->content,
                                        .stream = str_eq(file->name, str_of(parts[PART_BODY].name)) ? body : NULL };
    }
    problem = zip_pack(arena, shared, entries, files.len, out);
    for (size_t i = 0; i < files.len; i++)
        if (files.at[i].content)
            buf_free(files.at[i].content);
    return problem;
}

const char *docx_write(struct arena *arena, const struct document *doc, struct buf *out)
{
    struct parts archive = { 0 };
    const char *problem = docx_write_shared(arena, zip_shared_new(arena), doc, &archive);
    if (!problem && !parts_put(&archive, out))
        problem = "what was put aside can not be read again";
    return problem;
}
