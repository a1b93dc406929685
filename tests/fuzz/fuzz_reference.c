/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as the reference document of a brand. Bytes that begin with a letter and a newline are instead put into a
 * document that is right otherwise, as its styles (s), text (d), header (h), relationships (r) or theme (t), so that what
 * lies behind the archive is reached. What is taken is written into a document, whose parts must be XML again.
 */
#include <assert.h>

#include "diag/finding.h"
#include "weave/reference.h"
#include "write/docx.h"
#include "write/docx_part.h"
#include "write/zip.h"

#include "in_arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static const struct { char letter; const char *name, *text; } parts[] = {
    { 0, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>" },
    { 0, "_rels/.rels", RELATIONS "<Relationship Id=\"d\" Type=\"" R "/officeDocument\" Target=\"word/document.xml\"/></Relationships>" },
    { 0, "word/_rels/document.xml.rels", RELATIONS "<Relationship Id=\"s\" Type=\"" R "/styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"" R "/theme\" "
      "Target=\"theme.xml\"/><Relationship Id=\"h\" Type=\"" R "/header\" Target=\"header1.xml\"/></Relationships>" },
    { 'd', "word/document.xml", "<w:document xmlns:w=\"" W "\" xmlns:r=\"" R "\"><w:body><w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/></w:sectPr></w:body></w:document>" },
    { 's', "word/styles.xml", "<w:styles xmlns:w=\"" W "\"><w:style w:type=\"paragraph\" w:styleId=\"x\"><w:name w:val=\"heading 1\"/></w:style></w:styles>" },
    { 'h', "word/header1.xml", "<w:hdr xmlns:w=\"" W "\"/>" },
    { 'r', "word/_rels/header1.xml.rels", RELATIONS "</Relationships>" },
    { 't', "word/theme.xml", "<x/>" },
};

/* A document with [text] as the part of that letter. */
static str packed(struct arena *arena, char letter, str text)
{
    enum { N = sizeof parts / sizeof parts[0] };
    struct zip_part entries[N] = { { .name = { 0 } } };
    struct buf *out = buf_new(arena);
    struct parts archive = { 0 };
    for (size_t i = 0; i < N; i++)
        entries[i] = (struct zip_part){ .name = str_of(parts[i].name), .data = parts[i].letter == letter ? text : str_of(parts[i].text) };
    const char *problem = zip_pack(arena, zip_shared_new(arena), entries, N, &archive);
    assert(!problem && parts_put(&archive, out));
    return buf_str(out);
}

static void check_parts(struct arena *arena, const struct brand *brand)
{
    static const struct xml_prefix prefixes[] = { { "w", W }, { NULL, NULL } };
    const struct xml_reading reading = { prefixes, NULL };
    struct document doc = { .file = STR("x"), .title = STR("T"), .organisation = STR("O"), .language = STR("en"), .numbered = true, .cover = true, .landscape = true, .brand = brand };
    struct docx_files files = { 0 };
    docx_parts(arena, &doc, &files);
    for (size_t i = 0; i < files.len; i++) {
        struct xml_node *root;
        if (!files.at[i].content)
            continue;
        const char *problem = xml_read(arena, buf_str(files.at[i].content), &reading, &root);
        assert(!problem || strcmp(problem, "is empty") == 0); /* parts in other namespaces */
    }
}

static void run(struct arena *arena, str bytes)
{
    struct findings findings;
    findings_init(&findings, arena);
    if (bytes.len > 2 && bytes.at[1] == '\n')
        bytes = packed(arena, bytes.at[0], str_cut(bytes, 2, bytes.len));
    struct brand brand = *brand_default();
    brand.reference = reference_read(arena, &findings, SPAN_NONE, STR("fuzz.docx"), bytes);
    assert(brand.reference || findings.list.len > 0);
    if (!brand.reference)
        return;
    brand_apply_reference(arena, &brand);
    const struct brand before = brand;
    if (brand.reference->themed)
        brand_theme(arena, &before, &brand);
    check_parts(arena, &brand);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return in_arena(run, data, size); }
