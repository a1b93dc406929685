/* SPDX-License-Identifier: MIT */
#include "write/docx_starter.h"

#include "write/docx.h"
#include "write/docx_part.h"
#include "write/xml.h"

struct sample { const char *id, *text; };

static const struct sample intro[] = {
    { "Subtitle", "Change this file in Word and save it: every document then looks like it" },
    { "BodyText", "What counts is how the styles look (Home, Styles), the theme with its colours and fonts (Design), the page and its margins (Layout), and the header and footer of this page. "
                  "The text is yours to change or delete; it is never taken over. Keep the names of the styles." },
    { "BodyText", "In header and footer, {{document.title}} and the like are replaced in each document. There are {{document.id}}, {{document.version}}, {{document.status}}, {{document.date}}, "
                  "{{document.owner}}, {{document.classification}}, {{document.standard}}, {{organisation.name}}, {{page}} and {{pages}}; pictures, such as a logo, are taken along. "
                  "A header that only the first page has (Different First Page) becomes that of the covers. What brand.yaml says wins over this file." },
};

static const struct sample text[] = {
    { "Heading1", "Heading 1: a chapter" },
    { "BodyText", "Body Text: the paragraphs of every document." },
    { "Heading2", "Heading 2: a section of a chapter" },
    { "Heading3", "Heading 3: a section below that" },
    { "Heading4", "Heading 4: the lowest heading that most documents have" },
    { "Heading5", "Heading 5: rarely used" },
    { "Heading6", "Heading 6: rarely used" },
    { "ListBullet", "List Bullet: an item of a list" },
    { "ListBullet2", "List Bullet 2: one level down; there are five" },
    { "ListBullet3", "List Bullet 3" },
    { "ListBullet4", "List Bullet 4" },
    { "ListBullet5", "List Bullet 5" },
    { "ListContinue", "List Continue: a second paragraph of an item" },
    { "ListContinue2", "List Continue 2" },
    { "ListContinue3", "List Continue 3" },
    { "ListContinue4", "List Continue 4" },
    { "ListContinue5", "List Continue 5" },
    { "ListNumber", "List Number: an item of a list that counts" },
    { "ListNumber2", "List Number 2: one level down; there are five" },
    { "ListNumber3", "List Number 3" },
    { "ListNumber4", "List Number 4" },
    { "ListNumber5", "List Number 5" },
    { "Quote", "Quote: words of somebody else" },
    { "CodeBlock", "Code Block: commands and configuration" },
    { "DetailsTitle", "Details Title: above a passage that pages can fold away" },
    { "Rule", "" },
    { "FootnoteText", "Footnote Text: at the foot of a page" },
    { "Caption", "Caption: above a table or figure" },
};

static const struct sample cover[] = {
    { "CoverLogo", "Cover Logo: the paragraph that holds the logo" },
    { "CoverOrganisation", "Cover Organisation: above the title" },
    { "OrganisationPicture", "Organisation below Picture: the same on covers with a picture" },
    { "Title", "Title: on the cover" },
    { "TitlePlain", "Title without Cover: on documents that have none" },
    { "CoverNotice", "Cover Notice: says that a document is not approved" },
    { "OrganisationBand", "Organisation on Band" },
    { "TitleBand", "Title on Band: covers with a coloured band" },
    { "SubtitleBand", "Subtitle on Band" },
    { "CoverFoot", "Cover Foot: a line at the very foot of the cover" },
    { "FrontHeading", "Front Heading: document control, on the second page" },
    { "FrontHeading2", "Front Heading 2: revision history, approvals" },
    { "FrontNote", "Front Note: small print on the second page" },
    { "TOCHeading", "TOC Heading: above the contents" },
    { "TOC1", "1\tTOC 1: a chapter in the contents\t3" },
    { "TOC2", "1.1\tTOC 2: a section\t3" },
    { "TOC3", "1.1.1\tTOC 3: a section below that\t4" },
};

static const struct sample cells[] = {
    { "TableHead", "Table Head: the first row" }, { "TableText", "Table Text: what cells hold" }, { "TableId", "Table Id: R-001" },
    { "TableLabel", "Table Label: the name of a fact" }, { "TableEmpty", "Table Empty: a cell with nothing in it" },
};
static const struct sample dense_cells[] = {
    { "TableHeadDense", "Table Head Dense" }, { "TableTextDense", "Table Text Dense: wide registers" }, { "TableIdDense", "Table Id Dense: R-001" },
    { "TableEmptyDense", "Table Empty Dense" },
};
static const struct sample matrix_cells[] = {
    { "MatrixHead", "Matrix Head" }, { "MatrixText", "Matrix Text: a cell of the risk matrix" }, { "MatrixLabel", "Matrix Label: beside a row" },
};

static const struct sample characters[] = {
    { "Hyperlink", "Hyperlink" }, { "FollowedHyperlink", "FollowedHyperlink" }, { "FootnoteReference", "footnote reference" }, { "CodeSpan", "Code Span" },
    { "Keyboard", "Keyboard" }, { "Badge", "Badge" },
};

static const struct {
    const char *style, *look;
    const struct sample *cells;
    size_t n;
} tables[] = {
#define CELLS(array) array, sizeof array / sizeof array[0]
    { "TablePlain", "Table Plain Lines: ordinary tables", CELLS(cells) },
    { "TableDense", "Table Dense Lines: registers with many columns", CELLS(dense_cells) },
    { "TableFacts", "Table Facts: labels and values, on covers", CELLS(cells) },
    { "TableMatrix", "Table Matrix: the risk matrix", CELLS(matrix_cells) },
};

static void put_paragraph(struct buf *out, const struct sample *sample)
{
    str rest = str_of(sample->text), piece;
    bool first = true;
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", sample->id);
    while (str_split(&rest, '\t', &piece)) {
        buf_print(out, "<w:r>%s<w:t xml:space=\"preserve\">", first ? "" : "<w:tab/>");
        xml_text(out, piece);
        buf_text(out, "</w:t></w:r>");
        first = false;
    }
    buf_text(out, "</w:p>");
}

static void put_paragraphs(struct buf *out, const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_paragraph(out, &samples[i]);
}

static void put_characters(struct buf *out)
{
    buf_text(out, "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr><w:r><w:t xml:space=\"preserve\">In a line of text: </w:t></w:r>");
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++)
        buf_print(out, "<w:r><w:rPr><w:rStyle w:val=\"%s\"/></w:rPr><w:t>%s</w:t></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>", characters[i].id, characters[i].text);
    buf_text(out, "</w:p>");
}

/* Two columns: the first of the samples is the head of both. */
static void put_table(struct docx *docx, struct buf *out, size_t which)
{
    int width = frame_text_width(docx, false), half = width / 2;
    const struct sample *head = &tables[which].cells[0];
    buf_print(out, "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>"
              "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
              "<w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>"
              "<w:tblCaption w:val=\"%s\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/></w:tblGrid>",
              tables[which].look, tables[which].style, half * 2, tables[which].look, half, half);
    for (size_t row = 0; row < tables[which].n; row++) {
        buf_text(out, row ? "<w:tr><w:trPr><w:cantSplit/></w:trPr>" : "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (int column = 0; column < 2; column++) {
            buf_print(out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", half);
            put_paragraph(out, row == 0 ? head : column ? &tables[which].cells[row] : &tables[which].cells[1]);
            buf_text(out, "</w:tc>");
        }
        buf_text(out, "</w:tr>");
    }
    buf_text(out, "</w:tbl>");
    put_paragraph(out, &(struct sample){ "TableGap", "" });
}

#define ALL(array) array, sizeof array / sizeof array[0]

void starter_write(struct docx *docx)
{
    struct buf *out = docx->out;
    put_paragraphs(out, ALL(intro));
    put_paragraphs(out, ALL(text));
    put_characters(out);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        put_table(docx, out, i);
    put_paragraphs(out, ALL(cover));
}

const char *docx_starter(struct arena *arena, const struct brand *brand, int32_t day, struct buf *out)
{
    struct document doc = { .file = STR("reference"), .title = STR("Reference document"), .organisation = brand->name, .language = STR("en-GB"), .modified = day,
                            .numbered = true, .sample = true, .brand = brand };
    return docx_write(arena, &doc, out);
}
