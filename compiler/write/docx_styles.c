/* SPDX-License-Identifier: MIT */
/*
 * The styles. Built-in ones carry the names that Word knows, so that its gallery, its navigation and every tool that
 * looks for "heading 1" find them; ours are few. Sizes and spacing follow one rhythm: body 10 pt on 14 pt, tables
 * 9 pt on 11.5 pt, headings 20, 14, 11.5 and 10 pt with at least twice as much room above as below.
 */
#include "write/docx_reference.h"

struct style {
    const char *id, *name, *based, *next;
    int         priority; /* place in Word's list of styles */
    const char *ppr, *rpr; /* with the slots of docx_look.c */
};

#define MAJOR_FONT "<w:rFonts w:asciiTheme=\"majorHAnsi\" w:eastAsiaTheme=\"majorEastAsia\" w:hAnsiTheme=\"majorHAnsi\" w:cstheme=\"majorBidi\"/>"
#define MONO_FONT "<w:rFonts w:ascii=\"{font:mono}\" w:eastAsia=\"{font:mono}\" w:hAnsi=\"{font:mono}\" w:cs=\"{font:mono}\"/>"
#define SIZE(half_points) "<w:sz w:val=\"" #half_points "\"/><w:szCs w:val=\"" #half_points "\"/>"
#define BOLD "<w:b/><w:bCs/>"
#define KEEP "<w:keepNext/><w:keepLines/>"
#define SPACING(before, after, line) "<w:spacing w:before=\"" #before "\" w:after=\"" #after "\" w:line=\"" #line "\" w:lineRule=\"atLeast\"/>"
#define OUTLINE(level) "<w:outlineLvl w:val=\"" #level "\"/>"
#define EDGE(side, size, space, colour) "<w:" side " w:val=\"single\" w:sz=\"" #size "\" w:space=\"" #space "\" {b:" colour "}/>"
#define SHADE(colour) "<w:shd w:val=\"clear\" w:color=\"auto\" {f:" colour "}/>"

static const struct style paragraphs[] = {
    { "BodyText", "Body Text", "Normal", NULL, 1, SPACING(0, 140, 280), "" },
    { "Heading1", "heading 1", "Normal", "BodyText", 9, KEEP "{n:0}" SPACING(560, 200, 480) OUTLINE(0), MAJOR_FONT BOLD "{c:primary}" SIZE(40) },
    { "Heading2", "heading 2", "Normal", "BodyText", 9, KEEP "{n:1}" SPACING(360, 120, 340) OUTLINE(1), MAJOR_FONT BOLD "{c:primary}" SIZE(28) },
    { "Heading3", "heading 3", "Normal", "BodyText", 9, KEEP "{n:2}" SPACING(280, 80, 290) OUTLINE(2), MAJOR_FONT BOLD "{c:primary}" SIZE(23) },
    { "Heading4", "heading 4", "Normal", "BodyText", 9, KEEP "{n:3}" SPACING(220, 60, 280) OUTLINE(3), MAJOR_FONT BOLD "{c:primary}" SIZE(20) },
    { "Heading5", "heading 5", "Normal", "BodyText", 9, KEEP "{n:4}" SPACING(200, 60, 280) OUTLINE(4), MAJOR_FONT BOLD "{c:grey}" SIZE(20) },
    { "Heading6", "heading 6", "Normal", "BodyText", 9, KEEP "{n:5}" SPACING(200, 60, 280) OUTLINE(5), MAJOR_FONT "{c:grey}" SIZE(20) },
    { "Title", "Title", "Normal", "Subtitle", 10, "<w:keepNext/><w:suppressAutoHyphens/>" SPACING(0, 200, 760), MAJOR_FONT BOLD "{c:primary}" SIZE(68) },
    { "TitlePlain", "Title without Cover", "Title", "Subtitle", 40, SPACING(0, 120, 600), SIZE(52) },
    { "Subtitle", "Subtitle", "Normal", "BodyText", 11, SPACING(0, 240, 360), "{c:grey}" SIZE(28) },
    { "CoverOrganisation", "Cover Organisation", "Normal", "Title", 40, SPACING(0, 1900, 320), BOLD "{c:accent}" SIZE(26) },
    { "OrganisationPicture", "Organisation below Picture", "CoverOrganisation", "Title", 40, SPACING(0, 520, 320), "" },
    { "CoverLogo", "Cover Logo", "Normal", "CoverOrganisation", 40, SPACING(0, 520, 240), "" },
    { "CoverFoot", "Cover Foot", "Normal", NULL, 40, SPACING(0, 0, 200), "{c:grey}" SIZE(16) },
    { "CoverNotice", "Cover Notice", "Normal", NULL, 40, SPACING(120, 120, 320), BOLD SIZE(20) },
    { "OrganisationBand", "Organisation on Band", "CoverOrganisation", "TitleBand", 40, SHADE("primary"), "{c:on-primary}" },
    { "TitleBand", "Title on Band", "Title", "SubtitleBand", 40, SHADE("primary"), "{c:on-primary}" },
    { "SubtitleBand", "Subtitle on Band", "Subtitle", "BodyText", 40, SHADE("primary"), "{c:on-primary}" },
    { "FrontHeading", "Front Heading", "Normal", "BodyText", 40, KEEP SPACING(0, 240, 480), MAJOR_FONT BOLD "{c:primary}" SIZE(40) },
    { "FrontHeading2", "Front Heading 2", "Normal", "BodyText", 40, KEEP SPACING(440, 140, 340), MAJOR_FONT BOLD "{c:primary}" SIZE(28) },
    { "FrontNote", "Front Note", "Normal", NULL, 40, SPACING(240, 0, 230), "{c:grey}" SIZE(17) },
    { "TOCHeading", "TOC Heading", "FrontHeading", "BodyText", 39, SPACING(480, 200, 480), "" },
    { "Caption", "caption", "Normal", "BodyText", 35, KEEP SPACING(240, 100, 240), "{c:grey}" SIZE(18) },
    { "Quote", "Quote", "Normal", "BodyText", 29, "<w:pBdr>" EDGE("left", 18, 10, "accent") "</w:pBdr>" SPACING(60, 140, 280) "<w:ind w:left=\"284\" w:right=\"284\"/>", "" },
    { "CodeBlock", "Code Block", "Normal", "BodyText", 36,
      "<w:pBdr>" EDGE("top", 4, 6, "tint") EDGE("left", 4, 6, "tint") EDGE("bottom", 4, 6, "tint") EDGE("right", 4, 6, "tint") "</w:pBdr>" SHADE("tint")
      "<w:suppressAutoHyphens/><w:bidi w:val=\"0\"/>" SPACING(120, 200, 240) "<w:ind w:left=\"142\" w:right=\"142\"/><w:jc w:val=\"left\"/>", MONO_FONT SIZE(17) },
    { "DetailsTitle", "Details Title", "Normal", "BodyText", 37, KEEP SPACING(160, 80, 280), BOLD },
    { "Rule", "Rule", "Normal", "BodyText", 38, "<w:pBdr>" EDGE("bottom", 4, 1, "hairline") "</w:pBdr>" "<w:spacing w:before=\"0\" w:after=\"240\" w:line=\"160\" w:lineRule=\"exact\"/>", SIZE(8) },
    { "SectionEnd", "Section End", "Normal", NULL, 98, "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>", SIZE(2) },
    { "TableGap", "Table Gap", "Normal", NULL, 98, "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/>", SIZE(8) },
    { "TableText", "Table Text", "Normal", NULL, 40, SPACING(0, 0, 230), SIZE(18) },
    { "TableHead", "Table Head", "TableText", NULL, 40, "<w:keepNext/>", BOLD "{c:head}" },
    { "TableId", "Table Id", "TableText", NULL, 40, "<w:suppressAutoHyphens/>", BOLD },
    { "TableTextDense", "Table Text Dense", "TableText", NULL, 40, SPACING(0, 0, 206), SIZE(17) },
    { "TableHeadDense", "Table Head Dense", "TableTextDense", NULL, 40, "<w:keepNext/>", BOLD "{c:head}" },
    { "TableIdDense", "Table Id Dense", "TableTextDense", NULL, 40, "<w:suppressAutoHyphens/>", BOLD },
    { "TableEmptyDense", "Table Empty Dense", "TableTextDense", NULL, 40, "", "{c:grey}" },
    { "TableLabel", "Table Label", "TableText", NULL, 40, "", "{c:grey}" },
    { "TableEmpty", "Table Empty", "TableText", NULL, 40, "", "{c:grey}" },
    { "MatrixText", "Matrix Text", "TableText", NULL, 40, SPACING(0, 0, 200) "<w:jc w:val=\"center\"/>", SIZE(16) },
    { "MatrixHead", "Matrix Head", "MatrixText", NULL, 40, "", BOLD "{c:primary}" },
    { "MatrixLabel", "Matrix Label", "MatrixHead", NULL, 40, "<w:jc w:val=\"right\"/>", "" },
    { "FootnoteText", "footnote text", "Normal", NULL, 99, SPACING(0, 40, 220) "<w:ind w:left=\"227\" w:hanging=\"227\"/>", SIZE(17) },
};

static const struct style characters[] = {
    { "Hyperlink", "Hyperlink", "DefaultParagraphFont", NULL, 99, "", "<w:color w:val=\"{h:accent}\" w:themeColor=\"hyperlink\"/><w:u w:val=\"single\"/>" },
    { "FollowedHyperlink", "FollowedHyperlink", "DefaultParagraphFont", NULL, 99, "", "<w:color w:val=\"{h:accent}\" w:themeColor=\"followedHyperlink\"/><w:u w:val=\"single\"/>" },
    { "FootnoteReference", "footnote reference", "DefaultParagraphFont", NULL, 99, "", "<w:vertAlign w:val=\"superscript\"/>" },
    { "CodeSpan", "Code Span", "DefaultParagraphFont", NULL, 36, "", MONO_FONT "<w:spacing w:val=\"-4\"/>" SIZE(17) SHADE("tint") },
    { "Keyboard", "Keyboard", "DefaultParagraphFont", NULL, 36, "",
      MONO_FONT SIZE(17) "<w:bdr w:val=\"single\" w:sz=\"4\" w:space=\"0\" {b:hairline}/>" },
    { "Badge", "Badge", "DefaultParagraphFont", NULL, 36, "", BOLD SIZE(17) },
};

static void put_style(const struct docx *docx, struct buf *out, const char *type, const struct style *style)
{
    bool custom = style->priority >= 36 && style->priority <= 98 && style->priority != 39;
    buf_print(out, "<w:style w:type=\"%s\"%s w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"%s\"/>", type,
              custom ? " w:customStyle=\"1\"" : "", style->id, style->name, style->based);
    if (style->next)
        buf_print(out, "<w:next w:val=\"%s\"/>", style->next);
    buf_print(out, "<w:uiPriority w:val=\"%d\"/>", style->priority);
    if (style->priority < 38 || style->priority == 39)
        buf_text(out, "<w:qFormat/>");
    if (*style->ppr) {
        buf_text(out, "<w:pPr>");
        look_put(docx, out, style->ppr);
        buf_text(out, "</w:pPr>");
    }
    if (*style->rpr) {
        buf_text(out, "<w:rPr>");
        look_put(docx, out, style->rpr);
        buf_text(out, "</w:rPr>");
    }
    buf_text(out, "</w:style>");
}

/* The levels of lists: "List Bullet", "List Bullet 2" to 5, and likewise for numbers and for what continues an item. */
static void put_list_styles(struct buf *out, const char *id, const char *name, int numbering)
{
    for (int level = 0; level < LIST_STYLES; level++) {
        int left = LIST_STEP * (level + 1);
        char digit[3] = { 0 };
        if (level)
            digit[0] = (char)('1' + level);
        buf_print(out, "<w:style w:type=\"paragraph\" w:styleId=\"%s%s\"><w:name w:val=\"%s%s%s\"/><w:basedOn w:val=\"Normal\"/>"
                  "<w:uiPriority w:val=\"13\"/><w:qFormat/><w:pPr>", id, digit, name, level ? " " : "", digit);
        if (numbering)
            buf_print(out, "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr>", level, numbering);
        buf_text(out, "<w:spacing w:before=\"0\" w:after=\"50\"/>");
        if (!numbering)
            buf_print(out, "<w:ind w:left=\"%d\"/>", left);
        buf_text(out, "</w:pPr></w:style>");
    }
}

/* Contents entries: the number hangs, and a leader waits for the page numbers that Word puts in when asked to update. */
static void put_contents_styles(struct docx *docx, struct buf *out)
{
    static const struct { int left, hanging, before, after; const char *rpr; } level[3] = {
        { 567,  567, 130, 20, BOLD "{c:primary}" },
        { 1247, 680, 0,   20, "" },
        { 2098, 851, 0,   0,  "{c:grey}" SIZE(18) },
    };
    int edge = frame_text_width(docx, false);
    for (int i = 0; i < 3; i++) {
        int hanging = docx->doc->numbered ? level[i].hanging : 0;
        int left = docx->doc->numbered ? level[i].left : 340 * i;
        buf_print(out, "<w:style w:type=\"paragraph\" w:styleId=\"TOC%d\"><w:name w:val=\"toc %d\"/><w:basedOn w:val=\"Normal\"/>"
                  "<w:next w:val=\"BodyText\"/><w:uiPriority w:val=\"39\"/><w:pPr><w:tabs>", i + 1, i + 1);
        if (hanging)
            buf_print(out, "<w:tab w:val=\"left\" w:pos=\"%d\"/>", left);
        buf_print(out, "<w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"%d\"/></w:tabs>"
                  "<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"260\" w:lineRule=\"atLeast\"/>"
                  "<w:ind w:left=\"%d\" w:right=\"567\" w:hanging=\"%d\"/></w:pPr>", edge, level[i].before, level[i].after, left, hanging);
        if (*level[i].rpr) {
            buf_text(out, "<w:rPr>");
            look_put(docx, out, level[i].rpr);
            buf_text(out, "</w:rPr>");
        }
        buf_text(out, "</w:style>");
    }
}

/* Header and footer: tab stops stand in the paragraphs, since portrait and landscape differ. */
static void put_frame_styles(struct docx *docx, struct buf *out)
{
    look_put(docx, out,
        "<w:style w:type=\"paragraph\" w:styleId=\"Header\"><w:name w:val=\"header\"/><w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/>"
        "<w:pPr><w:pBdr>" EDGE("bottom", 4, 5, "hairline") "</w:pBdr>" SPACING(0, 0, 200) "</w:pPr><w:rPr>{c:grey}" SIZE(16) "</w:rPr></w:style>"
        "<w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/><w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/>"
        "<w:pPr><w:pBdr>" EDGE("top", 4, 5, "hairline") "</w:pBdr>" SPACING(0, 0, 200) "</w:pPr><w:rPr>{c:grey}" SIZE(16) "</w:rPr></w:style>"
        "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Blank\"><w:name w:val=\"Blank Head\"/><w:basedOn w:val=\"Normal\"/>"
        "<w:uiPriority w:val=\"98\"/><w:pPr>" SPACING(0, 0, 200) "</w:pPr><w:rPr>" SIZE(16) "</w:rPr></w:style>");
}

#define CELL_MARGINS(top, left, right) "<w:tblCellMar><w:top w:w=\"" #top "\" w:type=\"dxa\"/><w:left w:w=\"" #left "\" w:type=\"dxa\"/>" \
    "<w:bottom w:w=\"" #top "\" w:type=\"dxa\"/><w:right w:w=\"" #right "\" w:type=\"dxa\"/></w:tblCellMar>"
#define TABLE_STYLE(id, name, based) "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" \
    "<w:basedOn w:val=\"" based "\"/><w:uiPriority w:val=\"99\"/>"

#define HEAD_ROW "<w:tblStylePr w:type=\"firstRow\"><w:rPr>" BOLD "{c:head}</w:rPr><w:tcPr>{r:HEAD}<w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr>{r:BAND}"

/* Hairlines between rows, a stronger line under a lightly tinted header, no vertical lines: everything else varies this. */
static void put_table_styles(struct docx *docx, struct buf *out)
{
    buf_text(out,
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>"
        "<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>"
        "<w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>");
    look_put(docx, out,
        TABLE_STYLE("TablePlain", "Table Plain Lines", "TableNormal")
        "<w:tblPr><w:tblStyleRowBandSize w:val=\"1\"/><w:tblBorders>" EDGE("bottom", 4, 0, "hairline") EDGE("insideH", 4, 0, "hairline") "</w:tblBorders>"
        CELL_MARGINS(62, 96, 96) "</w:tblPr>"
        HEAD_ROW "</w:style>"
        TABLE_STYLE("TableDense", "Table Dense Lines", "TablePlain") "<w:tblPr>" CELL_MARGINS(45, 80, 80) "</w:tblPr>" HEAD_ROW "</w:style>"
        TABLE_STYLE("TableFacts", "Table Facts", "TableNormal")
        "<w:tblPr><w:tblBorders>" EDGE("top", 4, 0, "hairline") EDGE("bottom", 4, 0, "hairline") EDGE("insideH", 4, 0, "hairline") "</w:tblBorders>"
        CELL_MARGINS(62, 0, 96) "</w:tblPr><w:tblStylePr w:type=\"firstCol\"><w:rPr>{c:grey}</w:rPr></w:tblStylePr></w:style>"
        TABLE_STYLE("TableMatrix", "Table Matrix", "TableNormal")
        "<w:pPr><w:jc w:val=\"center\"/></w:pPr><w:tblPr><w:tblBorders>" EDGE("insideH", 12, 0, "white") EDGE("insideV", 12, 0, "white") "</w:tblBorders>"
        CELL_MARGINS(40, 50, 50) "</w:tblPr></w:style>");
}

static void put_defaults(struct docx *docx, struct buf *out)
{
    str language = docx->doc->language.len ? docx->doc->language : STR("en");
    look_put(docx, out,
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme=\"minorHAnsi\" w:eastAsiaTheme=\"minorEastAsia\" w:hAnsiTheme=\"minorHAnsi\" "
        "w:cstheme=\"minorBidi\"/>{c:ink}" SIZE(20));
    buf_print(out, "<w:lang w:val=\"%.*s\" w:eastAsia=\"%.*s\" w:bidi=\"%.*s\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
              STR_ARG(language), STR_ARG(docx_east(docx)), STR_ARG(docx->rtl ? language : STR("ar-SA")));
    buf_text(out, "<w:latentStyles w:defLockedState=\"0\" w:defUIPriority=\"99\" w:defSemiHidden=\"0\" w:defUnhideWhenUsed=\"0\" w:defQFormat=\"0\" w:count=\"376\"/>");
    buf_print(out, "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"
              "<w:pPr><w:widowControl/>%s" SPACING(0, 0, 280) "</w:pPr></w:style>", docx->rtl ? "<w:bidi/>" : "");
    buf_text(out,
        "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/>"
        "<w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"
        "<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>"
        "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>");
}

static void put_all(struct docx *docx, struct buf *out)
{
    put_defaults(docx, out);
    for (size_t i = 0; i < sizeof paragraphs / sizeof paragraphs[0]; i++)
        put_style(docx, out, "paragraph", &paragraphs[i]);
    put_contents_styles(docx, out);
    put_list_styles(out, "ListBullet", "List Bullet", NUMBERING_BULLETS);
    put_list_styles(out, "ListNumber", "List Number", NUMBERING_NUMBERS);
    put_list_styles(out, "ListContinue", "List Continue", 0);
    put_frame_styles(docx, out);
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++)
        put_style(docx, out, "character", &characters[i]);
    put_table_styles(docx, out);
    buf_text(out, "</w:styles>");
}

void docx_styles(struct docx *docx, struct buf *out)
{
    struct buf *ours = docx->brand->reference ? buf_new(docx->arena) : out;
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
    put_all(docx, ours);
    if (ours == out)
        return;
    reference_put_styles(docx, out, buf_str(ours));
    buf_free(ours);
}

/* Those that are not in the tables above; of the levels, the first. */
static const struct { const char *type, *id, *name; } others[] = {
    { "paragraph", "Normal", "Normal" }, { "paragraph", "Header", "header" }, { "paragraph", "Footer", "footer" }, { "paragraph", "Blank", "Blank Head" },
    { "character", "DefaultParagraphFont", "Default Paragraph Font" }, { "table", "TableNormal", "Normal Table" }, { "table", "TablePlain", "Table Plain Lines" },
    { "table", "TableDense", "Table Dense Lines" }, { "table", "TableFacts", "Table Facts" }, { "table", "TableMatrix", "Table Matrix" },
    { "paragraph", "ListBullet", "List Bullet" }, { "paragraph", "ListNumber", "List Number" }, { "paragraph", "ListContinue", "List Continue" },
};

str styles_id(struct arena *arena, const char *type, str name)
{
    size_t stem = name.len > 2 ? name.len - 2 : 0;
    char digit = name.len ? name.at[name.len - 1] : 0;
    for (size_t i = 0; strcmp(type, "paragraph") == 0 && i < sizeof paragraphs / sizeof paragraphs[0]; i++)
        if (str_eq_nocase(name, str_of(paragraphs[i].name)))
            return str_of(paragraphs[i].id);
    for (size_t i = 0; strcmp(type, "character") == 0 && i < sizeof characters / sizeof characters[0]; i++)
        if (str_eq_nocase(name, str_of(characters[i].name)))
            return str_of(characters[i].id);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(type, others[i].type) != 0)
            continue;
        if (str_eq_nocase(name, str_of(others[i].name)))
            return str_of(others[i].id);
        if (str_starts(str_of(others[i].id), STR("List")) && digit >= '2' && digit <= '5' && str_eq_nocase(str_cut(name, 0, stem), str_of(others[i].name)))
            return str_print(arena, "%s%c", others[i].id, digit);
    }
    bool contents = stem == 3 && digit >= '1' && digit <= '3' && str_eq_nocase(str_cut(name, 0, 4), STR("toc "));
    return contents && strcmp(type, "paragraph") == 0 ? str_print(arena, "TOC%c", digit) : (str){ 0 };
}
