/* SPDX-License-Identifier: MIT */
/*
 * Document values: title, version, status and the like stand once in a custom XML part, and content controls on the
 * cover, the control page and in the running heads are bound to it (ECMA-376 part 1, 17.5.2.6). Someone who changes
 * "Draft" to "Approved" in one place has changed it everywhere. Each control also holds the text itself, for readers
 * that know no binding; Word prefers the store, so both must agree.
 */
#include "base/date.h"
#include "write/docx_part.h"
#include "write/xml.h"

#define STORE_NAMESPACE "urn:ismsc:document-values:1"

static const struct { const char *name, *label; size_t offset; } values[VALUE_COUNT] = {
    [VALUE_ORGANISATION]   = { "organisation",   "Organisation",   offsetof(struct document, organisation)   },
    [VALUE_TITLE]          = { "title",          "Title",          offsetof(struct document, title)          },
    [VALUE_SUBTITLE]       = { "subtitle",       "Subtitle",       offsetof(struct document, subtitle)       },
    [VALUE_ID]             = { "id",             "Document",       offsetof(struct document, id)             },
    [VALUE_VERSION]        = { "version",        "Version",        offsetof(struct document, version)        },
    [VALUE_STATUS]         = { "status",         "Status",         offsetof(struct document, status)         },
    [VALUE_DATE]           = { "date",           "Date",           offsetof(struct document, date)           },
    [VALUE_OWNER]          = { "owner",          "Owner",          offsetof(struct document, owner)          },
    [VALUE_APPROVER]       = { "approver",       "Approver",       offsetof(struct document, approver)       },
    [VALUE_NEXT_REVIEW]    = { "next-review",    "Next review",    offsetof(struct document, next_review)    },
    [VALUE_CLASSIFICATION] = { "classification", "Classification", offsetof(struct document, classification) },
    [VALUE_STANDARD]       = { "standard",       "Standard",       offsetof(struct document, standard)       },
};

str value_text(const struct docx *docx, enum docx_value value)
{
    return *(const str *)((const char *)docx->doc + values[value].offset);
}

/* Ids of controls are positive, fixed and unique: a hash of what the control is. */
static unsigned control_id(struct docx *docx, enum docx_value value, const char *place)
{
    str what = str_print(docx->arena, "%s/%s", place, values[value].name);
    return (unsigned)(str_hash(what) & 0x3fffffff) | 1u;
}

/* The kind of a control: text, or a date of the document's language, kept in the store as it is shown. */
static void put_kind(struct docx *docx, struct buf *out, bool date)
{
    if (!date || !docx->doc->date_picture.len) {
        buf_text(out, "<w:text/>");
        return;
    }
    str language = docx->doc->language.len ? docx->doc->language : STR("en");
    buf_text(out, "<w:date><w:dateFormat w:val=\"");
    xml_attribute(out, docx->doc->date_picture);
    buf_print(out, "\"/><w:lid w:val=\"%.*s\"/><w:storeMappedDataAs w:val=\"text\"/><w:calendar w:val=\"gregorian\"/></w:date>", STR_ARG(language));
}

/* A control without text shows its placeholder, which is room to click on: it must not be printed where a pen will write. */
void value_date(struct docx *docx, str text)
{
    static const char room[] = "\xE2\x80\x83\xE2\x80\x83\xE2\x80\x83\xE2\x80\x83";
    struct buf *out = docx->out;
    const char *properties = inline_properties(docx, "");
    buf_text(out, "<w:sdt><w:sdtPr><w:alias w:val=\"");
    xml_attribute(out, docx->words->date);
    buf_print(out, "\"/><w:id w:val=\"%u\"/>%s", 0x40000000u + ++docx->controls, text.len ? "" : "<w:showingPlcHdr/>");
    put_kind(docx, out, true);
    buf_print(out, "</w:sdtPr><w:sdtContent><w:r>%s<w:t xml:space=\"preserve\">", properties);
    xml_text(out, text.len ? text : str_of(room));
    buf_text(out, "</w:t></w:r></w:sdtContent></w:sdt>");
}

void value_control(struct docx *docx, struct buf *out, enum docx_value value, const char *place, const char *rpr)
{
    str text = value_text(docx, value);
    const char *properties = inline_properties(docx, rpr);
    if (!text.len)
        return;
    buf_print(out, "<w:sdt><w:sdtPr>%s<w:alias w:val=\"%s\"/><w:tag w:val=\"%s\"/><w:id w:val=\"%u\"/>"
              "<w:dataBinding w:prefixMappings=\"xmlns:d='" STORE_NAMESPACE "'\" w:xpath=\"/d:document[1]/d:%s[1]\" w:storeItemID=\"%.*s\"/>",
              properties, values[value].label, values[value].name, control_id(docx, value, place), values[value].name, STR_ARG(docx->guid));
    put_kind(docx, out, (value == VALUE_DATE || value == VALUE_NEXT_REVIEW) && doc_is_given(text));
    buf_print(out, "</w:sdtPr><w:sdtContent><w:r>%s<w:t xml:space=\"preserve\">", properties);
    xml_text(out, text);
    buf_text(out, "</w:t></w:r></w:sdtContent></w:sdt>");
}

void docx_values(struct docx *docx, struct buf *out)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<document xmlns=\"" STORE_NAMESPACE "\">");
    for (int i = 0; i < VALUE_COUNT; i++) {
        buf_print(out, "<%s>", values[i].name);
        xml_text(out, value_text(docx, (enum docx_value)i));
        buf_print(out, "</%s>", values[i].name);
    }
    buf_text(out, "</document>");
}

void docx_values_properties(struct docx *docx, struct buf *out)
{
    buf_print(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
              "<ds:datastoreItem ds:itemID=\"%.*s\" xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\">"
              "<ds:schemaRefs><ds:schemaRef ds:uri=\"" STORE_NAMESPACE "\"/></ds:schemaRefs></ds:datastoreItem>", STR_ARG(docx->guid));
}

static void put_property(struct buf *out, const char *tag, str text)
{
    if (!text.len)
        return;
    buf_print(out, "<%s>", tag);
    xml_text(out, text);
    buf_print(out, "</%s>", tag);
}

/* Dates come from the document, never from a clock: the same sources give the same bytes. */
void docx_core(struct docx *docx, struct buf *out)
{
    const struct document *doc = docx->doc;
    char day[11];
    date_format(doc->modified, day);
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
             "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
             "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    str author = doc->author.len ? doc->author : doc->owner.len ? doc->owner : doc->organisation;
    put_property(out, "dc:title", doc->title);
    put_property(out, "dc:subject", doc->subtitle);
    put_property(out, "dc:creator", author.len ? author : STR("ismsc"));
    put_property(out, "cp:keywords", doc->keywords);
    put_property(out, "dc:description", doc->description);
    put_property(out, "cp:lastModifiedBy", author.len ? author : STR("ismsc"));
    put_property(out, "cp:revision", STR("1"));
    buf_print(out, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%sT00:00:00Z</dcterms:created>"
              "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">%sT00:00:00Z</dcterms:modified>", day, day);
    put_property(out, "cp:category", doc->standard);
    put_property(out, "cp:contentStatus", doc->status);
    put_property(out, "dc:language", doc->language);
    put_property(out, "cp:version", doc->version);
    buf_text(out, "</cp:coreProperties>");
}

void docx_app(struct docx *docx, struct buf *out)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">");
    put_property(out, "Manager", docx->doc->approver);
    put_property(out, "Company", docx->doc->organisation);
    buf_text(out, "<Application>ismsc</Application></Properties>");
}

/* Custom properties begin with number 2: 0 and 1 are taken by the format itself. */
void docx_custom(struct docx *docx, struct buf *out)
{
    static const enum docx_value shown[] = { VALUE_ID, VALUE_VERSION, VALUE_STATUS, VALUE_CLASSIFICATION, VALUE_OWNER, VALUE_NEXT_REVIEW, VALUE_STANDARD };
    int number = 2;
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
             "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">");
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        str text = value_text(docx, shown[i]);
        if (!text.len)
            continue;
        buf_print(out, "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"%d\" name=\"%s\"><vt:lpwstr>", number++, values[shown[i]].label);
        xml_text(out, text);
        buf_text(out, "</vt:lpwstr></property>");
    }
    buf_text(out, "</Properties>");
}
