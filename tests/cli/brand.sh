#!/bin/sh
# SPDX-License-Identifier: MIT
# Brands: what brand.yaml changes in Word files and pages, and which brand a document has.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
brands=$here/examples/brands

# part FILE NAME: one part of a Word file.
part() { python3 -c 'import sys, zipfile; sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode("utf-8"))' "$1" "$2"; }
has() { part "$1" "$2" | grep -qi -- "$3" || wrong "$2 of $1 has no $3"; }
part_lacks() { ! part "$1" "$2" | grep -qi -- "$3" || wrong "$2 of $1 has $3"; }

case_is "two example brands, one project: the look differs, the words do not"
for brand in hollis-wren northwind; do
	run build -C "$here/examples/northwind" --brand "$brands/$brand" --out "$brand" DOC-RTP risk-assessment-report
	expect 0
	quiet
done
has hollis-wren/risk-treatment-plan.docx word/theme/theme1.xml '<a:accent1><a:srgbClr val="17402F"/>'
has hollis-wren/risk-treatment-plan.docx word/theme/theme1.xml 'typeface="Georgia"'
has northwind/risk-treatment-plan.docx word/theme/theme1.xml '<a:accent1><a:srgbClr val="11151C"/>'
has hollis-wren/risk-treatment-plan.docx word/header1.xml 'r:embed="image'
has hollis-wren/risk-treatment-plan.docx word/_rels/header1.xml.rels 'media/image'
has hollis-wren/risk-treatment-plan.docx word/footer3.xml 'Minster Yard'
has hollis-wren/risk-treatment-plan.docx word/document.xml 'svgBlip'
has northwind/risk-treatment-plan.docx word/document.xml 'TitleBand'
has northwind/risk-treatment-plan.docx word/styles.xml 'band2Horz'
part northwind/risk-treatment-plan.docx word/styles.xml | sed 's/<w:style /\n&/g' | grep 'styleId="TableHead' | grep -q 'accent1' && wrong "words of a table's head are as dark as its ground"
part_lacks hollis-wren/risk-treatment-plan.docx word/styles.xml 'band2Horz'
for file in northwind/*.docx; do
	python3 - "$file" "hollis-wren/${file#northwind/}" <<-'END' || wrong "the text of $file differs"
		import re, sys, zipfile
		def text(path):
		    body = zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")
		    body = body[body.index("Heading1"):]
		    return re.sub(r"<[^>]*>|\s", "", body)
		sys.exit(text(sys.argv[1]) != text(sys.argv[2]))
	END
done
grep -q 'class="cover-side' hollis-wren/risk-treatment-plan.html || wrong "the page has no side"
grep -q 'data:image/svg+xml;base64,' hollis-wren/risk-treatment-plan.html || wrong "the page has no logo"
grep -q -- '--band:#11151c' northwind/risk-treatment-plan.html || wrong "the page has other colours"

case_is "the same bytes again"
run build -C "$here/examples/northwind" --brand "$brands/northwind" --out northwind DOC-RTP risk-assessment-report
says "0 written"

mkdir -p isms/policies isms/brand/house isms/brand/other/templates
cp "$here/examples/minimal/isms.yaml" isms/
printf 'brand: brand/house\n' >>isms/isms.yaml
printf -- '---\nid: POL-X\ntitle: Backup policy\nversion: "1.0"\nbrand: ./brand/other/\n---\nCopies are made.\n' >isms/policies/backup.md
printf 'name: House\ncolours: {primary: "123456"}\npage: {size: Letter, sides: 30}\nheader: {centre: "{{document.id}} | {{document.owner}} | {{document.title}}"}\n' >isms/brand/house/brand.yaml
printf 'name: Other\ncolours: {primary: "654321"}\n' >isms/brand/other/brand.yaml

case_is "the brand of the ISMS, and that of one document"
run build -C isms
expect 0
quiet
has isms/build/risk-methodology.docx word/theme/theme1.xml 'val="123456"'
has isms/build/risk-methodology.docx word/document.xml '<w:pgSz w:w="12240" w:h="15840"/>'
has isms/build/risk-methodology.docx word/document.xml 'w:right="1701"'
has isms/build/backup.docx word/theme/theme1.xml 'val="654321"'
grep -q 'size:letter' isms/build/risk-methodology.html || wrong "the page is not Letter"

case_is "what is not given takes its separator along"
part isms/build/risk-methodology.docx word/header1.xml | sed 's/<[^>]*>//g' >header.txt
grep -q '^DOC-RM | Risk assessment methodology$\|DOC-[A-Z]* | [A-Z]' header.txt || wrong "the header says: $(cat header.txt)"
has isms/build/risk-methodology.docx word/header1.xml 'w:val="center"'

case_is "--brand wins over both"
run build -C isms --brand isms/brand/other --out all
has all/risk-methodology.docx word/theme/theme1.xml 'val="654321"'

case_is "a brand's templates replace blocks of the built-in ones, the project's those of the brand"
mkdir -p isms/brand/house/templates isms/templates
printf -- '---\nparent: risk-treatment-plan\n---\n{{$summary}}\n# Of the house\n{{/summary}}\n{{$approval}}\n# Approved by the house\n{{/approval}}\n' >isms/brand/house/templates/risk-treatment-plan.md
printf -- '---\nparent: risk-treatment-plan\n---\n{{$summary}}\n# Of the project\n{{/summary}}\n' >isms/templates/risk-treatment-plan.md
run build -C isms risk-treatment-plan --to text --out text
expect 0
text=text/risk-treatment-plan.txt
grep -q 'Of the project' $text || wrong "the project's block is not there"
grep -q 'Approved by the house' $text || wrong "the brand's block is not there"
! grep -q 'Of the house' $text || wrong "the brand's block won over the project's"
printf -- '---\nparent: risk-treatment-plan\n---\n{{$sumary}}\nx\n{{/sumary}}\n' >isms/brand/house/templates/risk-treatment-plan.md
run check -C isms
expect 1
says "brand/house/templates/risk-treatment-plan.md:4:1" "T-05" "summary"

case_is "an ISMS whose brand has mistakes is not built"
printf 'colours: {primary: blue}\n' >isms/brand/house/brand.yaml
run build -C isms
expect 1
says_err "brand/house/brand.yaml:1:20" "B-02"

case_is "a new brand is complete, fits and is never written over"
cp "$here/examples/minimal/isms.yaml" isms/
run brand init -C isms
expect 0
says "wrote isms/brand/brand.yaml" "reference.docx"
grep -q '^name: "' isms/brand/brand.yaml || wrong "the name is not filled in"
printf 'brand: brand\n' >>isms/isms.yaml
run check -C isms --format concise
lacks "brand/brand.yaml"
sed 's/^\( *\)# \( *[a-z_]*:.*\)/\1\2/' isms/brand/brand.yaml | grep -v '^logo\|  file: logo\|on_dark\|  width: 42\|image:' >all.yaml && mv all.yaml isms/brand/brand.yaml
run check -C isms --format concise
lacks "brand/brand.yaml"
run brand init -C isms
expect 2
says_err "is there already"
run brand init new/house
expect 0
grep -q '^name: "house"' new/house/brand.yaml || wrong "it is not called after its folder"
run brand
expect 2
run brand show
expect 2
run brand init a b
expect 2

finish
