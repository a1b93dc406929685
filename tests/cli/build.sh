#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc build: which documents, in which forms, where; what it refuses.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

mkdir -p isms/policies
cp "$here/examples/minimal/isms.yaml" isms/
printf -- '---\nid: POL-X\ntitle: Backup policy\nversion: "1.0"\n---\nCopies are made.\n' >isms/policies/backup.md

case_is "all documents beside the sources"
run build -C isms
expect 0
quiet
says "files:" "written"
for name in statement-of-applicability risk-treatment-plan risk-methodology risk-assessment-report information-security-policy backup; do
	[ -s "isms/build/$name.docx" ] || wrong "$name.docx is missing"
	[ -s "isms/build/$name.html" ] || wrong "$name.html is missing"
done
[ -z "$(find isms/build -name '.*' -type f)" ] || wrong "temporary files are left"

case_is "a second build writes nothing"
run build -C isms
says "0 written"
touch -t 200101010000 isms/build/*
run build -C isms
[ -z "$(find isms/build -type f -newer "$here/Makefile")" ] || wrong "a file was written again"

case_is "a changed source changes its document"
printf -- 'More are made.\n' >>isms/policies/backup.md
run build -C isms
says "3 written" # the Word file, the page, and the search page, which says what it says

case_is "one document, by name, by id, in one form, elsewhere"
run build backup -C isms --to html --out one
expect 0
[ "$(ls one)" = backup.html ] || wrong "made: $(ls one)"
run build POL-X --to=docx -C isms -o two/deeper
[ "$(ls two/deeper)" = backup.docx ] || wrong "made: $(ls two/deeper)"
run build backup --to text -C isms -o three
grep -q 'paragraph: Copies are made' three/backup.txt || wrong "the dump says: $(head -3 three/backup.txt)"

case_is "every link of every page leads somewhere, and every page is reached from the index"
for example in northwind minimal; do
	run build -C "$here/examples/$example" --to html -o "site-$example"
	expect 0
	python3 "$here/tests/links.py" "site-$example" --reach 4 >links || wrong "$example: $(cat links)"
done

case_is "a record has a page, and its id leads there from wherever it is shown"
for page in risk-treatment-plan control-a-8-14 role-role-ceo; do
	grep -q 'href="risk-r-004.html"' "site-northwind/$page.html" || wrong "$page does not lead to R-004"
done
grep -q 'href="risk-treatment-plan.html#r-004"' site-northwind/risk-r-004.html || wrong "R-004 does not lead back to its documents"
grep -q 'href="control-a-8-14.html".*Platform lead.*29 January 2027' site-northwind/risk-r-004.html || wrong "R-004 does not say who is to do what by when"
while read -r page place; do
	grep -q "href=\"$place\"" "site-northwind/$page.html" || wrong "$page does not lead to $place"
done <<'EOF'
risk-r-004 isms-scope.html#srv-fleet
person-ana-lind competence-records.html#cmp-01
role-role-ism isms-manual.html#prc-risk
EOF
run build --list -C "$here/examples/northwind"
[ "$(grep -c 'PAGE-RISK' "$out")" = 1 ] || wrong "pages of records in the list: $(grep -c PAGE-RISK "$out")"
run query 'document_set.filter(e, e.file.startsWith("risk-r"))' -C "$here/examples/northwind" --format json
[ "$(cat "$out")" = "[]" ] || wrong "pages of records count as documents: $(cat "$out")"

case_is "a link to the file of a policy leads to its document, for those who may see it"
cp -R "$here/examples/northwind" linked
printf '\nSee [the *backup*\npolicy `06`](06-backup.md) and [remote work](09-remote-working.md#equipment).\n' >>linked/policies/01-information-security.md
run build 01-information-security 06-backup 09-remote-working -C linked --to html -o linked/out
expect 0
grep -q 'See <a href="06-backup.html">the backup policy 06</a> and <a href="09-remote-working.html">remote work</a>' \
	linked/out/01-information-security.html || wrong "$(grep -o 'See .*remote work' linked/out/01-information-security.html)"
run build -C linked --to html --audience customer -o linked/customers
expect 2
says_err "POL-09 is not for customers"

case_is "a page that is not built now is nobody's target"
run build R-004 risk-treatment-plan -C "$here/examples/northwind" --to html -o some
[ "$(ls some)" = "risk-r-004.html
risk-treatment-plan.html" ] || wrong "made: $(ls some)"
python3 "$here/tests/links.py" some >links || wrong "$(cat links)"
grep -q 'href="risk-r-004.html"' some/risk-treatment-plan.html || wrong "the plan does not lead to the risk"
run build index -C "$here/examples/northwind" --to html -o alone
python3 "$here/tests/links.py" alone >links || wrong "$(cat links)"

case_is "more records than anybody looks through have no pages"
mkdir -p many && cp "$here/examples/minimal/isms.yaml" many/
{ echo "assets:"; i=0; while [ $i -lt 501 ]; do i=$((i + 1)); printf '  AST-%03d:\n    name: Thing %d\n' $i $i; done; } >many/assets.yaml
run build -C many --to html -o flat
expect 0
[ ! -e flat/asset-ast-001.html ] || wrong "501 assets have pages"
python3 "$here/tests/links.py" flat >links || wrong "$(cat links)"
sed -i '/AST-501/,$d' many/assets.yaml
run build -C many --to html -o flat
[ -s flat/asset-ast-500.html ] || wrong "500 assets have none"

case_is "the index leads to every document, and is no document"
run build -C isms --to html -o pages
[ -s pages/index.html ] || wrong "no index"
(cd pages && grep -l 'class="facts"' -- *.html) | sort >documents # the others are pages of records
grep -o 'href="[^"#]*"' pages/index.html | cut -d'"' -f2 | sort -u | comm -23 documents - >missing
[ -s documents ] && [ ! -s missing ] || wrong "the index has no link to $(cat missing)"
run build -C isms --to docx -o words
[ -e words/index.docx ] && wrong "the index is a Word file"
run query 'document_set.filter(e, e.file == "index")' -C isms --format json
[ "$(tr -d '[:space:]' <"$out")" = "[]" ] || wrong "the index is one of the documents"

case_is "one page searches all others, and each leads to it"
run build -C isms --to html -o pages
grep -L '<a href="search.html" rel="search"' pages/*.html >lost
[ ! -s lost ] || wrong "no way to the search from $(cat lost)"
sed -n 's/^\(<template id="_pages">\[\)\{0,1\}\["\([^"]*\)",.*/\2/p' pages/search.html | sort >searched
(cd pages && ls -- *.html) | grep -vx 'index.html\|search.html' | sort | comm -23 - searched >missing
[ -s searched ] && [ ! -s missing ] || wrong "not searched: $(cat missing)"
awk -F'"' '/^<template id="_pages">\[\["/ { page = $4 } /^\["/ { page = $2 } /^"r-004"/ { print page }' site-northwind/search.html >finding
grep -q '^risk-assessment-report' finding || wrong "R-004 is not found in the report"
! grep '^\(role\|control\|asset\)-' finding || wrong "pages that only point to R-004 are found for it"

case_is "Markdown, and what pandoc reads"
run build backup --to md,json,json-1.22 -C isms -o four
expect 0
[ "$(cd four && echo *)" = "backup.1.22.json backup.json backup.md" ] || wrong "made: $(ls four)"
grep -qx 'id: "POL-X"' four/backup.md || wrong "the Markdown begins: $(head -5 four/backup.md)"
grep -qx 'Copies are made. More are made.' four/backup.md || wrong "the Markdown says: $(tail -3 four/backup.md)"
for version in 1.22 1.23; do
	name=backup.json
	[ $version = 1.23 ] || name=backup.1.22.json
	python3 - four/$name $version <<'PYTHON' || wrong "$name is not as pandoc wants it"
import json, sys
made = json.load(open(sys.argv[1]))
assert made["pandoc-api-version"][:2] == [int(n) for n in sys.argv[2].split(".")], made
assert made["meta"]["title"]["c"][0] == {"t": "Str", "c": "Backup"}, made["meta"]
assert made["blocks"][-1]["t"] == "Para", made["blocks"][-1]
PYTHON
done

case_is "an unknown document or form is a mistake of the caller"
while IFS=: read -r asked answer; do
	run build "$asked" -C isms
	expect 2
	says_err "there is no document $asked; $answer"
done <<'ASKED'
backpu:did you mean backup
scope:did you mean isms-scope?
risk-report:did you mean risk-assessment-report?
SoA:did you mean statement-of-applicability?
Treatment:did you mean risk-treatment-plan or risk-treatment-results?
roles.html:did you mean roles?
audits:did you mean audit-plan, audit-programme
xyzzy:ismsc build --list shows them
ASKED
run build -C isms --to odt
run build -C isms --to odt
expect 2
says_err "the formats are docx, html, pdf, xlsx, md, json, json-1.22 and text"

case_is "a folder or a path is nobody's document, which is said before anything is read"
for folder in isms ./isms "$work/isms"; do
	run build "$folder"
	expect 2
	says_err "ismsc build: $folder is a folder; what is in it is built by" "  ismsc build -C $folder"
done
run build -C isms policies/02-access-control.md
expect 2
says_err "policies/02-access-control.md is a path; documents have names and ids"

case_is "the list of documents"
run build --list -C isms
expect 0
says "POL-X" "Backup policy" "statement-of-applicability"
run build --list --format json -C isms
is_json "$out"

case_is "front matter decides what is built"
cp -R isms fronts
mkdir -p fronts/templates
printf -- '---\nid: DOC-CLOUD\ntitle: Cloud notes\nfrom: [suppliers, assets]\n---\n\n# Clouds\n\nText.\n' >fronts/templates/cloud-notes.md
printf -- '---\nid: DOC-HOME\ntitle: Notes on home\nwhen: organisation.facts.remote_working == true\n---\n\n# Home\n\nText.\n' >fronts/templates/home-notes.md
run build --list --format json -C fronts
expect 0
python3 - "$out" <<'PYTHON' || wrong "the list does not say why"
import json, sys
made = {e["file"]: e for e in json.load(open(sys.argv[1]))}
assert not made["cloud-notes"]["built"] and made["cloud-notes"]["why"] == "nothing under `suppliers` or `assets` yet", made["cloud-notes"]
assert not made["home-notes"]["built"] and "organisation.facts.remote_working" in made["home-notes"]["why"], made["home-notes"]
scope = made["isms-scope"]
assert scope["built"] and scope["why"].startswith("required by clause 4.3") and scope["obligation"] == "mandatory" and scope["clauses"] == ["4.3"], scope
PYTHON
printf 'suppliers:\n  SUP-a: {name: Hoster}\n' >fronts/suppliers.yaml
run build --to text -C fronts
expect 0
[ -s fronts/build/cloud-notes.txt ] && [ ! -e fronts/build/home-notes.txt ] || wrong "made: $(ls fronts/build)"
run build home-notes --to text -C fronts
expect 0
[ -s fronts/build/home-notes.txt ] || wrong "a document that is named was left out"
run query 'document_set.filter(d, d.state == "left_out" && d.file == "home-notes").map(d, d.title)' -C fronts
expect 0
says "Notes on home"

case_is "a template with each makes one document for each record"
mkdir -p many && cp isms/isms.yaml many/
cat >many/audits.yaml <<'YAML'
audits:
  IA-2026.1: {title: First audit, performed_on: 2026-03-02, auditors: [An auditor]}
  IA-2026.2: {title: Second audit, performed_on: 2026-09-02, auditors: [An auditor]}
  IA-2027: {title: Third audit, planned_on: 2027-03-02}
documents:
  REC-IAREP: {title: Audit report, version: "1.0"}
  REC-IAREP-IA-2026.2: {title: Report of the second audit, version: "2.0"}
YAML
run build internal-audit-report --to text -C many --as-of 2026-11-21
expect 0
[ "$(ls many/build)" = "internal-audit-report-ia-2026-1.txt
internal-audit-report-ia-2026-2.txt" ] || wrong "made: $(ls many/build)"
grep -q 'title: Audit report$' many/build/internal-audit-report-ia-2026-1.txt && grep -q 'subtitle: First audit$' many/build/internal-audit-report-ia-2026-1.txt || wrong "$(head -n 6 many/build/internal-audit-report-ia-2026-1.txt)"
grep -q 'id: REC-IAREP-IA-2026.2$' many/build/internal-audit-report-ia-2026-2.txt && grep -q 'version: 2.0$' many/build/internal-audit-report-ia-2026-2.txt || wrong "$(head -n 6 many/build/internal-audit-report-ia-2026-2.txt)"
if grep -q 'Third audit' many/build/*.txt; then wrong "an audit that is still to come has a report"; fi
rm -r many/build
run build internal-audit-report-ia-2026-2 --to text -C many --as-of 2026-11-21
[ "$(ls many/build)" = "internal-audit-report-ia-2026-2.txt" ] || wrong "made: $(ls many/build)"
run template list internal-audit-report -C many
expect 0
run build internal-audit-report --to text -C isms
expect 0
grep -q 'No audit yet' isms/build/internal-audit-report.txt || wrong "without an audit: $(ls isms/build)"

case_is "what is expected and not there is named, with the starter that would do"
run build --list -C isms
says "Expected, and not there" "POL-AC " "A.8.5 applies: ismsc new policy access-control"
run build --list -C "$here/examples/northwind"
if grep -q "Expected, and not there" "$out"; then wrong "the example lacks a document: $(tail -n 3 "$out")"; fi

case_is "the head of a built-in template ends with let, which the list does not read"
after=$(awk 'FNR == 1 { dashes = let = 0 } /^---$/ { dashes++ } dashes == 1 && let && /^[a-z]+:/ { print FILENAME ": " $0 } dashes == 1 && /^let:/ { let = 1 }' "$here"/templates/*.md)
[ -z "$after" ] || wrong "behind let stands $after"

case_is "registers that neither example has"
cp -R isms rare
cat >rare/rare.yaml <<'YAML'
exceptions:
  EXC-01: {title: Old scanner without updates, controls: [A.8.8], reason: No newer one fits, compensation: Own network, approved_by: nora.pell, approved_on: 2026-10-01, expires: 2027-03-31}
  EXC-02: {title: Shared till account, controls: [A.5.16], reason: Till knows one account only, expires: 2026-10-31}
documents:
  REC-SCREEN: {title: Personnel files, owner: nora.pell, file: Filing cabinet}
YAML
sed 's/name: Online shop$/name: Online shop, rto_hours: 8, rpo_hours: 24/; s/^    SRV-shop:$/    SRV-shop: {/; s/^      name: Online shop,.*$/& }/' isms/isms.yaml >rare/isms.yaml
sed -i 's/^    name: Nora Pell$/&\n    screened_on: 2024-01-15\n    terms_signed_on: 2024-01-15/' rare/isms.yaml
run build --to text -C rare
expect 0
grep -q 'row | EXC-02\|(#exc-02)EXC-02' rare/build/exception-register.txt && grep -q '{Not approved bad}' rare/build/exception-register.txt || wrong "exceptions: $(grep row rare/build/exception-register.txt)"
grep -q 'row | Online shop | .* 8 | .* 24' rare/build/business-impact-analysis.txt || wrong "targets: $(grep row rare/build/business-impact-analysis.txt)"
[ ! -e rare/build/personnel-records.txt ] || wrong "a record that is kept elsewhere was made"
run build --list -C rare
says "kept elsewhere: Filing cabinet"

case_is "a head that names no section or no type is a finding"
printf -- '---\nid: DOC-CLOUD\ntitle: Cloud notes\nfrom: supliers\ncovers: [REC-CLOWD]\n---\n\n# Clouds\n' >fronts/templates/cloud-notes.md
run check -C fronts
expect 1
says "supliers" "REC-CLOWD"
rm fronts/templates/cloud-notes.md

case_is "sources that can not be read are not built from"
cp -R isms broken
rm -rf broken/build
printf 'risks: {R-1: {titel: Fire}}\n' >broken/risks.yaml
run build -C broken
expect 1
says_err "S-01" "nothing is built from sources that can't be read"
[ ! -e broken/build ] || wrong "something was built"
head -n 1 "$err" | grep -q '^error\[' || wrong "what keeps it from being built is not said first: $(cat "$err")"
! grep -q '^\(major\|minor\|observation\)\[' "$err" || wrong "what does not keep it from being built is said: $(cat "$err")"

case_is "what is referred to and missing keeps no document from being built"
cp -R "$here/examples/northwind" holes
rm holes/risks/platform.yaml holes/risks/treatment-plan.yaml holes/registers/assets.yaml holes/documents.yaml holes/context.yaml holes/people.yaml
run build -C holes --to md --out holes-out
expect 0
[ "$(find holes-out -name '*.md' | wc -l)" -gt 30 ] || wrong "only $(find holes-out -name '*.md' | wc -l) documents"

case_is "a release needs a check that passes"
cp -R isms failing
sed 's/stage: draft/stage: stage-1/' isms/isms.yaml >failing/isms.yaml
run build --release -C failing -o release
expect 1
says_err "nothing is released while the check fails"
[ ! -e release ] || wrong "something was built"
cp -R "$here/tests/rules/_clean" clean
# Documents in German, and yet a terminal in English: the same words as those of a check.
sed 's/^organisation:/&\n  language: de/' failing/isms.yaml >isms.yaml && mv isms.yaml failing/isms.yaml
run check -C failing
grep -m 1 "^major\|^minor" "$out" >says
run build --release -C failing -o release
expect 1
grep -q -x -F -f says "$err" || wrong "a refusal says it in other words than a check: $(cat says)"

run build --release -C clean -o release
expect 0
[ -s release/statement-of-applicability.docx ] || wrong "nothing was released"

case_is "a Word file is what it says"
python3 - isms/build/*.docx 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import sys, xml.parsers.expat, zipfile
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as z:
        assert z.testzip() is None, path
        assert z.namelist()[0] == "[Content_Types].xml", path
        for name in z.namelist():
            if name.endswith((".xml", ".rels")):
                xml.parsers.expat.ParserCreate().Parse(z.read(name), True)
PYTHON

case_is "outputs that can not be written"
: >file
run build -C isms --out file
expect 2
[ "$(wc -l <"$err")" -eq 1 ] || wrong "not one line: $(cat "$err")"
mkdir -p taken/backup.html
run build backup -C isms --out taken
expect 2
[ -z "$(find taken -type f)" ] || wrong "half a set was left: $(find taken -type f)"
case_is "a method of twelve steps and eleven levels is printed whole, and one of a matrix says what its scores are"
mkdir -p long matrix
{
	printf 'isms: 1\norganisation: {name: Acme}\nrisk_method:\n  score: product\n  likelihood:\n'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "    - {name: Step-$i, criterion: c}"; done
	printf '  impact:\n    - {name: small, criterion: c}\n    - {name: great, criterion: c}\n  levels:\n'
	for i in 1 2 3 4 5 6 7 8 9 10 11; do echo "    - {name: Level-$i, up_to: $((i * 2)), acceptable: yes}"; done
} >long/isms.yaml
cat >matrix/isms.yaml <<'YAML'
isms: 1
organisation: {name: Acme}
risk_method:
  score: matrix
  likelihood: [{name: rare, criterion: c}, {name: often, criterion: c}]
  impact: [{name: small, criterion: c}, {name: great, criterion: c}]
  matrix: [[green, green], [green, red]]
  levels: [{name: green, acceptable: yes}, {name: red, acceptable: no}]
YAML
run build risk-methodology -C long --to text --out long/out
expect 0
for line in 'row | ^ 12 | \*\*Step-12\*\*' '} Level-11 | 21 to 22 |'; do
	grep -q "$line" long/out/risk-methodology.txt || wrong "the methodology lacks $line"
done
run build risk-methodology -C matrix --to text --out matrix/out
expect 0
for line in 'red | 2 | no' 'Its score is the place of that level'; do
	grep -q "$line" matrix/out/risk-methodology.txt || wrong "the methodology lacks $line"
done
finish
