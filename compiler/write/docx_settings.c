/* SPDX-License-Identifier: MIT */
/* Settings: compatibility mode 15 (without it Word opens in its "Compatibility Mode") and no request to update fields, which would greet every reader with a question. */
#include "write/docx_part.h"

#define MAIN_NAMESPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

str docx_east(const struct docx *docx)
{
    static const char *const east[] = { "ja", "zh", "ko", NULL };
    str language = docx->doc->language;
    return language.len >= 2 && str_is_one_of(str_cut(language, 0, 2), east) ? language : STR("zh-CN");
}

void docx_settings(struct docx *docx, struct buf *out)
{
    static const struct { const char *name; int value; } compat[] = {
        { "compatibilityMode", 15 },
        { "overrideTableStyleFontSizeAndJustification", 1 },
        { "enableOpenTypeFeatures", 1 },
        { "doNotFlipMirrorIndents", 1 },
        { "differentiateMultirowTableHeaders", 1 },
    };
    str language = docx->doc->language.len ? docx->doc->language : STR("en"), decimal = docx->doc->decimal.len ? docx->doc->decimal : STR(".");
    buf_text(out, XML_HEAD "<w:settings xmlns:w=\"" MAIN_NAMESPACE "\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"709\"/>"
             "<w:characterSpacingControl w:val=\"doNotCompress\"/>");
    if (docx->notes_made)
        buf_text(out, "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>");
    buf_text(out, "<w:compat>");
    for (size_t i = 0; i < sizeof compat / sizeof compat[0]; i++)
        buf_print(out, "<w:compatSetting w:name=\"%s\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"%d\"/>", compat[i].name, compat[i].value);
    buf_print(out, "</w:compat><w:themeFontLang w:val=\"%.*s\" w:eastAsia=\"%.*s\" w:bidi=\"%.*s\"/>"
              "<w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" w:bg2=\"light2\" w:t2=\"dark2\" w:accent1=\"accent1\" w:accent2=\"accent2\" "
              "w:accent3=\"accent3\" w:accent4=\"accent4\" w:accent5=\"accent5\" w:accent6=\"accent6\" w:hyperlink=\"hyperlink\" "
              "w:followedHyperlink=\"followedHyperlink\"/><w:decimalSymbol w:val=\"%.*s\"/><w:listSeparator w:val=\"%s\"/></w:settings>", STR_ARG(language),
              STR_ARG(docx_east(docx)), STR_ARG(docx->rtl ? language : STR("ar-SA")), STR_ARG(decimal), str_eq(decimal, STR(",")) ? ";" : ",");
}

void docx_web_settings(struct buf *out)
{
    buf_text(out, XML_HEAD "<w:webSettings xmlns:w=\"" MAIN_NAMESPACE "\"><w:optimizeForBrowser/></w:webSettings>");
}

/* The rule above the notes and above their continuation come first (ECMA-376 part 1, 17.11.23). */
void docx_footnotes(struct docx *docx, struct buf *out)
{
    buf_text(out, XML_HEAD "<w:footnotes");
    buf_text(out, docx_namespaces);
    buf_text(out, "><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>"
             "<w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>");
    buf_put(out, buf_str(docx->notes));
    buf_text(out, "</w:footnotes>");
}
