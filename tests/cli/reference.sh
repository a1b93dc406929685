#!/bin/sh
# SPDX-License-Identifier: MIT
# Reference documents: what is taken from a client's Word file, what never is, and what is refused.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

# part FILE NAME: one part of a Word file, which is unpacked when its bytes are others than before.
part() {
	sum=$(cksum <"$1")
	if [ "$sum" != "$(cat "parts/$1.sum" 2>/dev/null)" ]; then
		rm -rf "parts/$1" && mkdir -p "parts/$1"
		python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$1" "parts/$1" || exit 2
		echo "$sum" >"parts/$1.sum"
	fi
	cat "parts/$1/$2"
}
has() { part "$1" "$2" | grep -qi -- "$3" || wrong "$2 of $1 has no $3"; }
part_lacks() { ! part "$1" "$2" | grep -qi -- "$3" || wrong "$2 of $1 has $3"; }
# style FILE ID: one style on one line.
style() { part "$1" word/styles.xml | sed 's/<w:style /\n&/g' | grep "w:styleId=\"$2\""; }
# brand TEXT...: brand.yaml, a line for each.
brand() { printf '%s\n' 'name: House' "$@" >isms/brand/brand.yaml; }
# replace FILE PART OLD NEW: in one part of a Word file.
replace() {
	python3 - "$@" <<-'END'
		import sys, zipfile
		path, part, old, new = sys.argv[1:]
		with zipfile.ZipFile(path) as archive:
		    parts = [(info, archive.read(info)) for info in archive.infolist()]
		with zipfile.ZipFile(path, "w") as archive:
		    for info, data in parts:
		        if info.filename == part:
		            assert old.encode() in data, old
		            data = data.replace(old.encode(), new.encode())
		        archive.writestr(info, data)
	END
}

python3 "$here/tests/tools/reference_docx.py" isms/brand || exit 2
cp "$here/examples/minimal/isms.yaml" isms/
printf 'brand: brand\n' >>isms/isms.yaml
doc=out/statement-of-applicability.docx

case_is "styles, theme, page, header and footer of a German letterhead"
brand 'reference: client.docx'
run build -C isms --out out statement-of-applicability
expect 0
style $doc Heading1 | grep -q '<w:b w:val="true"/><w:color w:val="8A1538"/><w:sz w:val="36"/>' || wrong "Heading 1 is $(style $doc Heading1)"
style $doc Heading1 | grep -q '<w:numId w:val="1"/></w:numPr><w:spacing w:before="480"' || wrong "Heading 1 lost our numbering, or has it in the wrong place"
style $doc Heading1 | grep -q 'w:ind\|w:lang\|rsid' && wrong "Heading 1 has what is not for us: $(style $doc Heading1)"
style $doc Heading2 | grep -q '<w:basedOn w:val="Heading1"/>' || wrong "Heading 2 is based on something else"
has $doc word/styles.xml 'w:styleId="Client3"><w:name w:val="Haus Basis (Client3)"/>'
part_lacks $doc word/styles.xml 'Never used\|Kreis'
style $doc TableText | grep -q '<w:sz w:val="18"/>' || wrong "a style that the client lacks was not added"
style $doc BodyText | grep -q 'w:spacing' && wrong "text is not spaced as the client's Normal"
has $doc word/styles.xml '<w:lang w:val="en-GB"'
has $doc word/theme/theme1.xml '<a:accent1><a:srgbClr val="8A1538"/>'
has $doc word/theme/theme1.xml '<a:majorFont><a:latin typeface="Georgia"/>'
has $doc word/theme/theme1.xml 'script="Jpan" typeface="Meiryo"'
has $doc word/document.xml '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="2268" w:right="1134" w:bottom="1701" w:left="1418" w:header="709"'
has $doc word/document.xml '<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>'
has $doc word/header1.xml 'r:embed="image1"'
has $doc word/header1.xml 'descr="Harbour Tea Ltd"'
has $doc word/header1.xml '<w:tag w:val="title"/>'
has $doc word/header1.xml '<w:tag w:val="organisation"/>'
has $doc word/header1.xml 'haus.example neu'
has $doc word/header1.xml ' STYLEREF 1 '
has $doc word/footer1.xml 'Seite .* PAGE .* von .* NUMPAGES '
has $doc word/header2.xml '<w:tab w:val="clear" w:pos="9072"/><w:tab w:val="right" w:pos="12443"/>'
has $doc word/header2.xml '<w:gridCol w:w="6221"/>'
has $doc word/header3.xml 'Deckblatt der Firma'
grep -q 'size:letter' out/statement-of-applicability.html || wrong "the page has another size"
grep -q -- '--body:"Arial"' out/statement-of-applicability.html || wrong "the page has another font"
grep -q -- '--heading:"Verdana"' out/statement-of-applicability.html || wrong "the page's headings have another font"
grep -q -- '--band:#8a1538' out/statement-of-applicability.html || wrong "the page has another colour"

case_is "nothing of the client's text, properties, links and marks comes along"
python3 - $doc <<-'END' || wrong "something came along"
	import sys, zipfile
	archive = zipfile.ZipFile(sys.argv[1])
	found = [(n, w) for n in archive.namelist() for w in ("eheim", "Klicken", "Firma X", "INCLUDEPICTURE", "v77", "rsid", "delText", "somebody", "attachedTemplate", "haus.example/")
	         if w.encode() in archive.read(n)]
	print(found)
	sys.exit(bool(found))
END
run check -C isms --format concise
says "brand/brand.yaml:2:12: minor: in client.docx (word/footer1.xml), the field FILENAME was left out [B-09]" "the field INCLUDEPICTURE was left out"
lacks "[B-05]" "[B-08]"

case_is "a template does as well, and brand.yaml wins over both"
brand 'reference: client.dotx' 'colours: {primary: "112233"}' 'fonts: {heading: Cambria, body: Calibri}' 'page: {size: A4}' 'header: {left: "{{document.id}}"}'
run build -C isms --out out statement-of-applicability
expect 0
has $doc word/theme/theme1.xml '<a:accent1><a:srgbClr val="112233"/>'
has $doc word/theme/theme1.xml '<a:accent2><a:srgbClr val="C99700"/>'
has $doc word/theme/theme1.xml '<a:majorFont><a:latin typeface="Cambria"/>'
has $doc word/theme/theme1.xml '<a:minorFont><a:latin typeface="Calibri"/>'
has $doc word/document.xml '<w:pgSz w:w="11906" w:h="16838"/>'
style $doc Heading1 | grep -q 'majorHAnsi.*<w:color w:val="112233" w:themeColor="accent1"/>' || wrong "Heading 1 is $(style $doc Heading1)"
part_lacks $doc word/header1.xml 'r:embed'
has $doc word/footer1.xml 'Seite '

case_is "names in other languages, and a changed name of a built-in style"
brand 'reference: names.docx'
run build -C isms --out out statement-of-applicability
expect 0
for row in Heading1:112233 Heading2:445566 Heading3:778899 Heading4:EEFF11 Title:AABB11 ListBullet2:CCDD11; do
	style $doc "${row%:*}" | grep -q "w:val=\"${row#*:}\"" || wrong "${row%:*} is $(style $doc "${row%:*}")"
done

case_is "what can not be used is refused, with a place and a reason"
while read -r which what; do
	brand "reference: $which.docx"
	run check -C isms --format concise
	says "brand/brand.yaml:2:12: error: the reference document $which.docx $what"
	[ "$status" -lt 2 ] || wrong "$which: exit status $status"
done <<END
empty is no Word document
text is no Word document, or a damaged one
truncated is no Word document, or a damaged one
old is in Word's old format (.doc)
encrypted is protected by a password
locked is protected by a password
spreadsheet is no Word document
notypes is no Word document
macros has macros, which are never taken along
vba has macros, which are never taken along
strict is saved as Strict Open XML
nostyles can not be used: its part word/styles.xml is not there
nodocument can not be used: its part word/document.xml is not there
malformed can not be used: its part word/styles.xml is damaged: it is not well-formed
crc can not be used: its part word/styles.xml is damaged
traversal holds a part whose name leads out of the file
absolute holds a part whose name leads out of the file
backslash holds a part whose name leads out of the file
twice holds two parts of the same name
many holds more than 1,000 parts
bomb can not be used: its part word/styles.xml becomes too large when it is unpacked
lies can not be used: its part word/styles.xml becomes too large when it is unpacked
laughs can not be used: its part word/styles.xml declares a document type
external can not be used: its part word/document.xml declares a document type
deep can not be used: its part word/styles.xml has too many elements inside each other
wide can not be used: its part word/styles.xml has too many elements
absent is not there
END
brand 'reference: ../isms.yaml'
run check -C isms --format concise
says "the reference document ../isms.yaml does not lie beside brand.yaml [B-08]"
brand 'reference: vba.docx'
run build -C isms --out refused
expect 1
[ ! -e refused ] || wrong "documents were made without the look that was asked for"

case_is "what is only left out is said, and the rest is used"
while read -r which where what; do
	brand "reference: $which.docx"
	run check -C isms --format concise
	says "minor: in $which.docx ($where), $what"
	lacks "B-08"
	run build -C isms --out out statement-of-applicability
	expect 0
	style $doc Heading1 | grep -q 8A1538 || wrong "$which: the styles were lost"
	part_lacks $doc '[Content_Types].xml' passwd
done <<END
linked word/header1.xml a picture is linked and not in the file; it was left out
linkonly word/header1.xml a picture is linked and not in the file; it was left out
outside word/header1.xml a picture is not there; it was left out
badtheme word/theme/theme1.xml the theme is damaged: it is not well-formed; it was left out
nohead word/header1.xml the header is not there; it was left out
badhead word/header1.xml the header is damaged: it is not well-formed; it was left out
object word/header1.xml an embedded object was left out
nopage word/document.xml the page leaves too little room for text; its size and margins were left out
END
part_lacks $doc word/document.xml 'w:w="1200"'

case_is "the starter that brand init writes changes nothing as it is"
cp -r "$here/examples/minimal" new
run brand init -C new
expect 0
printf 'brand: brand\n' >>new/isms.yaml
run build -C new --out with
expect 0
quiet
grep -v '^reference' new/brand/brand.yaml >brand.yaml && mv brand.yaml new/brand/
run build -C new --out without
expect 0
diff -rq with without >differences || wrong "$(cat differences)"

case_is "and what a designer changes in it is seen everywhere"
printf 'reference: reference.docx\n' >>new/brand/brand.yaml
replace new/brand/reference.docx word/theme/theme1.xml '<a:majorFont><a:latin typeface="Calibri"/>' '<a:majorFont><a:latin typeface="Cambria"/>'
replace new/brand/reference.docx word/theme/theme1.xml '<a:accent2><a:srgbClr val="0e7490"/>' '<a:accent2><a:srgbClr val="B83A12"/>'
replace new/brand/reference.docx word/styles.xml '<w:outlineLvl w:val="0"/></w:pPr><w:rPr>' '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:color w:val="C00000"/>'
replace new/brand/reference.docx word/header1.xml '{{document.title}}' '{{document.id}} for {{organisation.name}}'
run build -C new --out changed
expect 0
doc=changed/risk-methodology.docx
style $doc Heading1 | grep -q '<w:color w:val="C00000"/><w:sz' || wrong "Heading 1 is $(style $doc Heading1)"
has $doc word/theme/theme1.xml '<a:majorFont><a:latin typeface="Cambria"/>'
has $doc word/theme/theme1.xml '<a:accent2><a:srgbClr val="B83A12"/>'
has $doc word/header1.xml '<w:tag w:val="id"/>.*> for <.*<w:tag w:val="organisation"/>'
grep -q -- '--heading:"Cambria"' changed/risk-methodology.html || wrong "the page's headings have another font"
grep -q -- '--heading-ink:#c00000' changed/risk-methodology.html || wrong "the page's headings have another colour"
grep -q -- '--accent:#b83a12' changed/risk-methodology.html || wrong "the page's accent is another"

finish
