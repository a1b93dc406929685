/* SPDX-License-Identifier: MIT */
/*
 * Numbering: one multilevel definition for headings, tied to the heading styles from both sides, one for bullets and
 * one for numbers. Each list that counts is an instance of its own that starts anew (ECMA-376 part 1, 17.9.15 and
 * 17.9.26); without, Word goes on counting from the list before.
 */
#include "write/docx_part.h"

enum { ABSTRACT_HEADINGS = 1, ABSTRACT_BULLETS, ABSTRACT_NUMBERS, LEVELS = 9 };

static void open_abstract(struct buf *out, int id, const char *kind)
{
    /* w:nsid and w:tmpl tell Word which definitions are the same when documents are pasted together. */
    buf_print(out, "<w:abstractNum w:abstractNumId=\"%d\"><w:nsid w:val=\"1A5A%04X\"/><w:multiLevelType w:val=\"%s\"/><w:tmpl w:val=\"2B6B%04X\"/>",
              id, (unsigned)id, kind, (unsigned)id);
}

/*
 * A number begins at the margin of its text, on whichever side that is: without a word about it, by the standard (ECMA-376 part 1, 17.9.7). LibreOffice
 * takes the left without one, and it is what lays out paged documents.
 */
static void put_side(const struct docx *docx, struct buf *out)
{
    if (!docx->rtl)
        buf_text(out, "<w:lvlJc w:val=\"left\"/>");
    else if (docx->doc->paged)
        buf_text(out, "<w:lvlJc w:val=\"right\"/>");
}

static void put_headings(const struct docx *docx, struct buf *out)
{
    static const int hanging[LEVELS] = { 567, 680, 794, 907, 1021, 1134, 1247, 1361, 1474 };
    open_abstract(out, ABSTRACT_HEADINGS, "multilevel");
    for (int level = 0; level < LEVELS; level++) {
        buf_print(out, "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>", level);
        if (level < 6)
            buf_print(out, "<w:pStyle w:val=\"Heading%d\"/>", level + 1);
        buf_text(out, "<w:suff w:val=\"tab\"/><w:lvlText w:val=\"");
        for (int i = 0; i <= level; i++)
            buf_print(out, i ? ".%%%d" : "%%%d", i + 1);
        buf_text(out, "\"/>");
        put_side(docx, out);
        buf_print(out, "<w:pPr><w:tabs><w:tab w:val=\"num\" w:pos=\"%d\"/></w:tabs>"
                  "<w:ind w:left=\"%d\" w:hanging=\"%d\"/></w:pPr></w:lvl>", hanging[level], hanging[level], hanging[level]);
    }
    buf_text(out, "</w:abstractNum>");
}

static void put_list(const struct docx *docx, struct buf *out, bool bullets)
{
    static const char *const marks[3] = { "\xE2\x80\xA2", "\xE2\x80\x93", "\xC2\xB7" };
    static const char *const formats[3] = { "decimal", "lowerLetter", "lowerRoman" };
    open_abstract(out, bullets ? ABSTRACT_BULLETS : ABSTRACT_NUMBERS, "hybridMultilevel");
    for (int level = 0; level < LEVELS; level++) {
        buf_print(out, "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/>", level, bullets ? "bullet" : formats[level % 3]);
        if (level < LIST_STYLES) {
            buf_print(out, "<w:pStyle w:val=\"%s", bullets ? "ListBullet" : "ListNumber");
            if (level)
                buf_int(out, level + 1);
            buf_text(out, "\"/>");
        }
        if (bullets)
            buf_print(out, "<w:lvlText w:val=\"%s\"/>", marks[level % 3]);
        else
            buf_print(out, "<w:lvlText w:val=\"%%%d.\"/>", level + 1);
        int left = LIST_STEP * (level + 1);
        put_side(docx, out);
        buf_print(out, "<w:pPr><w:ind w:left=\"%d\" w:hanging=\"%d\"/></w:pPr>", left, LIST_STEP);
        if (bullets)
            look_put(docx, out, "<w:rPr><w:rFonts w:hint=\"default\" w:ascii=\"{font:body}\" w:hAnsi=\"{font:body}\" w:cs=\"{font:body}\"/>{c:accent}</w:rPr>");
        else
            look_put(docx, out, "<w:rPr>{c:primary}</w:rPr>");
        buf_text(out, "</w:lvl>");
    }
    buf_text(out, "</w:abstractNum>");
}

static void put_number(struct buf *out, int id, const struct docx_number *number)
{
    buf_print(out, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/><w:lvlOverride w:ilvl=\"%d\"><w:startOverride w:val=\"%u\"/></w:lvlOverride></w:num>",
              id, ABSTRACT_NUMBERS, number->depth, (unsigned)number->start);
}

void docx_numbering(struct docx *docx, struct buf *out)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
    if (docx->doc->numbered)
        put_headings(docx, out);
    put_list(docx, out, true);
    put_list(docx, out, false);
    if (docx->doc->numbered)
        buf_print(out, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/></w:num>", NUMBERING_HEADINGS, ABSTRACT_HEADINGS);
    buf_print(out, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/></w:num>", NUMBERING_BULLETS, ABSTRACT_BULLETS);
    buf_print(out, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/></w:num>", NUMBERING_NUMBERS, ABSTRACT_NUMBERS);
    for (size_t i = 0; i < docx->numbers.len; i++)
        put_number(out, NUMBERING_FIRST_LIST + (int)i, &docx->numbers.at[i]);
    buf_text(out, "</w:numbering>");
}
