#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reference documents as other programs make them, and as nobody should: reference_docx.py FOLDER writes them all.

  client.docx    a German Word's: localized ids, styles of the house, a theme, letter paper, letterhead with a table and a logo
  names.docx     styles whose names are translated, as some programs write them
  the others     hostile or broken in the one way that their name says
"""
import os
import shutil
import struct
import sys
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def png(width, height, colour):
    """A picture of one colour."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PNG = png(240, 120, (138, 21, 56))
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relations(rows):
    return HEAD + '<Relationships xmlns="%s">%s</Relationships>' % (P, "".join(
        '<Relationship Id="%s" Type="%s/%s" Target="%s"%s/>' % (i, "" if k.startswith("http") else R, k, t, ' TargetMode="External"' if e else "")
        for i, k, t, e in rows))


def style(kind, id, name, inner="", more=""):
    return '<w:style w:type="%s" w:styleId="%s"%s><w:name w:val="%s"/>%s</w:style>' % (kind, id, more, name, inner)


DEFAULTS = ('<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/><w:sz w:val="22"/>'
            '<w:lang w:val="de-DE"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>')
STYLES = [
    style("paragraph", "Standard", "Normal", "<w:qFormat/>", ' w:default="1"'),
    style("character", "Absatz-Standardschriftart", "Default Paragraph Font", "", ' w:default="1"'),
    style("paragraph", "Hausbasis", "Haus Basis", '<w:basedOn w:val="Standard"/><w:rPr><w:rFonts w:ascii="Verdana" w:hAnsi="Verdana"/></w:rPr>', ' w:customStyle="1"'),
    # out of order, with words for yes, a list that is not taken along, and a language
    style("paragraph", "berschrift1", "heading 1", '<w:basedOn w:val="Hausbasis"/><w:next w:val="Standard"/><w:link w:val="b1Zchn"/><w:uiPriority w:val="9"/><w:qFormat/>'
          '<w:rsid w:val="00AA11BB"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="7"/></w:numPr><w:keepNext w:val="true"/><w:spacing w:before="480" w:after="120"/>'
          '<w:ind w:left="0" w:firstLine="0"/></w:pPr><w:rPr><w:lang w:val="de-DE"/><w:sz w:val="36.0"/><w:color w:val="8A1538"/><w:b w:val="true"/></w:rPr>'),
    style("paragraph", "berschrift2", "heading 2", '<w:basedOn w:val="berschrift1"/><w:rPr><w:sz w:val="28"/></w:rPr>'),
    style("paragraph", "Kopfzeile", "header", '<w:basedOn w:val="Standard"/><w:pPr><w:tabs><w:tab w:val="center" w:pos="4536"/><w:tab w:val="right" w:pos="9072"/></w:tabs></w:pPr>'),
    style("paragraph", "Briefkopf", "Briefkopf", '<w:basedOn w:val="Kopfzeile"/><w:rPr><w:sz w:val="14"/></w:rPr>', ' w:customStyle="1"'),
    style("paragraph", "Unused", "Never used", '<w:rPr><w:sz w:val="99"/></w:rPr>', ' w:customStyle="1"'),
    style("paragraph", "KreisA", "Kreis A", '<w:basedOn w:val="KreisB"/>', ' w:customStyle="1"'),
    style("paragraph", "KreisB", "Kreis B", '<w:basedOn w:val="KreisA"/>', ' w:customStyle="1"'),
]


def styles(rows):
    return HEAD + '<w:styles xmlns:w="%s">%s%s</w:styles>' % (W, DEFAULTS, "".join(rows))


def theme():
    names = "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()
    colours = "222222 FFFFFF 44546A E7E6E6 8A1538 C99700 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72".split()
    return (HEAD + '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Haus"><a:themeElements><a:clrScheme name="Haus">'
            + "".join('<a:%s><a:srgbClr val="%s"/></a:%s>' % (n, c, n) for n, c in zip(names, colours))
            + '</a:clrScheme><a:fontScheme name="Haus"><a:majorFont><a:latin typeface="Georgia"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>'
              '<a:minorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/><a:font script="Jpan" typeface="Meiryo"/></a:minorFont></a:fontScheme>'
              '<a:fmtScheme name="x"/></a:themeElements></a:theme>')


def paragraph(inner, style="Kopfzeile"):
    return '<w:p w:rsidR="00AA11BB"><w:pPr><w:pStyle w:val="%s"/></w:pPr>%s</w:p>' % (style, inner)


def run(text, rpr=""):
    return '<w:r w:rsidRPr="00AA11BB">%s<w:t xml:space="preserve">%s</w:t></w:r>' % (rpr and "<w:rPr>%s</w:rPr>" % rpr, text)


def field(code, result):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>%s</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' % (code, result))


def picture(id, link=False):
    return ('<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="720000" cy="360000"/><wp:docPr id="7" name="Logo"/>'
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="7" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>'
            '<pic:blipFill><a:blip r:%s="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="720000" cy="360000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>' % ("link" if link else "embed", id))


def frame(element, inner):
    return HEAD + '<w:%s xmlns:w="%s" xmlns:r="%s" xmlns:x14="urn:somebody" >%s</w:%s>' % (element, W, R, inner, element)


# values cut into runs, a tracked change, a bookmark, a link, a control with a placeholder, an element of nobody's
LETTERHEAD = frame("hdr",
    '<w:tbl><w:tblPr><w:tblW w:w="9072" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="4536"/><w:gridCol w:w="4536"/></w:tblGrid><w:tr>'
    '<w:tc><w:tcPr><w:tcW w:w="4536.0" w:type="dxa"/></w:tcPr>' + paragraph(picture("rId1"), "Briefkopf") + '</w:tc><w:tc><w:tcPr><w:tcW w:w="4536" w:type="dxa"/></w:tcPr>'
    + paragraph('<w:hyperlink r:id="rId2">' + run("haus.example") + '</w:hyperlink><w:ins w:id="1" w:author="x">' + run(" neu") + '</w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>alt</w:delText></w:r></w:del>') + '</w:tc></w:tr></w:tbl>'
    + paragraph('<w:bookmarkStart w:id="0" w:name="_Geheim"/>' + run("{{docu", '<w:lang w:val="de-DE"/>') + '<w:proofErr w:type="spellStart"/>' + run("ment.title}} | ") + run("{{document.classification}}")
                + '<w:bookmarkEnd w:id="0"/><w:r><w:tab/></w:r><x14:secret xmlns:x14="urn:somebody"/>' + field("STYLEREF 1", "Geheimes Kapitel"))
    + '<w:sdt><w:sdtPr><w:alias w:val="Firma"/><w:tag w:val="organisation"/></w:sdtPr><w:sdtContent>' + paragraph(run("Firma X")) + '</w:sdtContent></w:sdt>'
    + '<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>' + paragraph(run("Klicken Sie hier")) + '</w:sdtContent></w:sdt>')
FOOTER = frame("ftr", paragraph(run("Seite ") + field("PAGE", "9") + run(" von ") + field("NUMPAGES \\* MERGEFORMAT", "99") + field('DOCPROPERTY "Version"', "v77")
                                + field("FILENAME", "geheim.docx") + field("INCLUDEPICTURE \"http://example.org/x.png\"", "bild")))
FIRST = frame("hdr", paragraph(run("Deckblatt der Firma")))
BODY = '<w:p><w:r><w:t>Geheimer Text des Kunden</w:t></w:r></w:p>'
SECTION = ('<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:headerReference w:type="first" r:id="h1"/><w:footerReference w:type="default" r:id="f"/>'
           '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="2268" w:right="1134" w:bottom="1701" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/><w:titlePg/></w:sectPr>')


def document(body=BODY, section=SECTION):
    return HEAD + '<w:document xmlns:w="%s" xmlns:r="%s"><w:body>%s%s</w:body></w:document>' % (W, R, body, section)


def parts(kind="document", **change):
    """The parts of client.docx with some of them otherwise; a part that is None is left out."""
    out = {
        "[Content_Types].xml": HEAD + '<Types xmlns="%s"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                                      '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="%s%s.main+xml"/></Types>' % (TYPES, MAIN, kind),
        "_rels/.rels": relations([("d", "officeDocument", "word/document.xml", False)]),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relations([("s", "styles", "styles.xml", False), ("t", "theme", "theme/theme1.xml", False), ("h", "header", "header1.xml", False),
                                                   ("f", "footer", "/word/footer1.xml", False), ("h1", "header", "header2.xml", False),
                                                   ("x", "attachedTemplate", "file:///C:/geheim.dotm", True)]),
        "word/styles.xml": styles(STYLES),
        "word/theme/theme1.xml": theme(),
        "word/header1.xml": LETTERHEAD,
        "word/header2.xml": FIRST,
        "word/footer1.xml": FOOTER,
        "word/_rels/header1.xml.rels": relations([("rId1", "image", "media/logo.png", False), ("rId2", "hyperlink", "http://haus.example/", True)]),
        "word/media/logo.png": PNG,
    }
    for name, text in change.items():
        name = {"types": "[Content_Types].xml", "rels": "_rels/.rels", "links": "word/_rels/document.xml.rels", "headlinks": "word/_rels/header1.xml.rels"}.get(name, "word/%s.xml" % name)
        out[name] = text
    return {name: text for name, text in out.items() if text is not None}


def write(path, contents, more=()):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in list(contents.items()) + list(more):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED, 1)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    at = lambda name: os.path.join(folder, name)
    write(at("client.docx"), parts())
    write(at("client.dotx"), parts("template"))
    named = [style("paragraph", "a", "Standard", "", ' w:default="1"'), style("paragraph", "b", "Überschrift 1", '<w:rPr><w:color w:val="112233"/></w:rPr>'),
             style("paragraph", "c", "Titre 2", '<w:rPr><w:color w:val="445566"/></w:rPr>'), style("paragraph", "d", "Kop3", '<w:rPr><w:color w:val="778899"/></w:rPr>'),
             style("paragraph", "e", "Título", '<w:rPr><w:color w:val="AABB11"/></w:rPr>'), style("paragraph", "f", "Aufzählungszeichen 2", '<w:rPr><w:color w:val="CCDD11"/></w:rPr>'),
             style("paragraph", "Heading4", "Unser Vierter", '<w:rPr><w:color w:val="EEFF11"/></w:rPr>')]
    write(at("names.docx"), parts(styles=styles(named)))
    # refused
    open(at("empty.docx"), "wb").close()
    open(at("text.docx"), "w").write("this is no archive\n" * 100)
    open(at("old.docx"), "wb").write(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600))
    open(at("encrypted.docx"), "wb").write(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(64) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    write(at("spreadsheet.docx"), parts(types=parts()["[Content_Types].xml"].replace("wordprocessingml.document", "spreadsheetml.sheet")))
    write(at("macros.docx"), parts(types=parts()["[Content_Types].xml"].replace(MAIN + "document.main", "application/vnd.ms-word.document.macroEnabled.main")))
    write(at("vba.docx"), parts(), [("word/vbaProject.bin", "x")])
    write(at("strict.docx"), parts(rels=parts()["_rels/.rels"].replace("http://schemas.openxmlformats.org/officeDocument", "http://purl.oclc.org/ooxml/officeDocument")))
    write(at("nostyles.docx"), parts(styles=None))
    write(at("nodocument.docx"), parts(document=None))
    write(at("notypes.docx"), parts(types=None))
    write(at("traversal.docx"), parts(), [("../../evil.xml", "x")])
    write(at("absolute.docx"), parts(), [("/etc/evil.xml", "x")])
    write(at("backslash.docx"), parts(), [("word\\evil.xml", "x")])
    write(at("twice.docx"), parts(), [("WORD/styles.xml", "x")])
    write(at("many.docx"), parts(), [("word/x%d.xml" % i, "") for i in range(1100)])
    write(at("bomb.docx"), parts(styles=styles(STYLES).replace("</w:styles>", " " * (40 << 20) + "</w:styles>")))
    shutil.copy(at("bomb.docx"), at("lies.docx"))
    shrink(at("lies.docx"), "word/styles.xml", 1000)
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % "".join('<!ENTITY %s "%s">' % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10) for i in range(9))
    write(at("laughs.docx"), parts(styles=styles(STYLES).replace(HEAD, HEAD + laughs).replace("<w:name w:val=\"Normal\"/>", "<w:name w:val=\"&j;\"/>")))
    write(at("external.docx"), parts(document=document().replace(HEAD, HEAD + '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')))
    write(at("deep.docx"), parts(styles=styles(STYLES).replace("</w:styles>", "<w:style>" * 5000 + "</w:style>" * 5000 + "</w:styles>")))
    write(at("wide.docx"), parts(styles=styles(STYLES).replace("</w:styles>", "<w:style/>" * 400000 + "</w:styles>")))
    write(at("malformed.docx"), parts(styles=styles(STYLES)[:-20]))
    damage(at("client.docx"), at("crc.docx"))
    data = open(at("client.docx"), "rb").read()
    open(at("truncated.docx"), "wb").write(data[:len(data) * 2 // 3])
    lock(at("client.docx"), at("locked.docx"))
    # parts left out
    write(at("linked.docx"), parts(headlinks=relations([("rId1", "image", "http://example.org/logo.png", True)]), header1=LETTERHEAD))
    write(at("linkonly.docx"), parts(header1=LETTERHEAD.replace('r:embed="rId1"', 'r:link="rId1"')))
    write(at("outside.docx"), parts(headlinks=relations([("rId1", "image", "../../../../etc/passwd", False)])))
    write(at("badtheme.docx"), parts(**{"theme/theme1": theme()[:-300]}))
    write(at("nohead.docx"), parts(header1=None))
    write(at("badhead.docx"), parts(header1=LETTERHEAD[:-40]))
    write(at("object.docx"), parts(header1=LETTERHEAD.replace("Firma X</w:t></w:r>", 'Firma X</w:t></w:r><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rId9"/></w:object></w:r>')))
    write(at("nopage.docx"), parts(document=document(section=SECTION.replace('w:w="12240"', 'w:w="1200"'))))


def shrink(path, name, size):
    """The directory of the archive says that the part is short."""
    data = bytearray(open(path, "rb").read())
    at = data.rindex(name.encode(), 0, data.index(b"PK\x05\x06")) - 46
    while data[at:at + 4] != b"PK\x01\x02":
        at = data.rindex(name.encode(), 0, at + 46) - 46
    struct.pack_into("<I", data, at + 24, size)
    open(path, "wb").write(data)


def damage(source, path):
    data = bytearray(open(source, "rb").read())
    with zipfile.ZipFile(source) as archive:
        info = archive.getinfo("word/styles.xml")
    at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    data[at] ^= 0x55
    open(path, "wb").write(data)


def lock(source, path):
    """Every part is marked as encrypted."""
    data = bytearray(open(source, "rb").read())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    open(path, "wb").write(data)


if __name__ == "__main__":
    main(sys.argv[1])
