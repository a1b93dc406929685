#!/bin/sh
# SPDX-License-Identifier: MIT
# Documents in a language that is written from right to left: sections, tables and texts of Word files say so, and the page does.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

# directions FILE: "N of M" sections, tables, and runs with Arabic letters that go from right to left
directions() {
	python3 - "$1" <<'PYTHON'
import re, sys, zipfile
text = zipfile.ZipFile(sys.argv[1]).read("word/document.xml").decode()
for name, whole, mark in (("sections", r"<w:sectPr\b.*?</w:sectPr>", "<w:bidi/>"), ("tables", r"<w:tblPr>.*?</w:tblPr>", "<w:bidiVisual/>"),
                          ("runs", r"<w:r>(?:(?!</w:r>).)*[\u0600-\u06ff](?:(?!</w:r>).)*</w:r>", "<w:rtl/>")):
    parts = re.findall(whole, text, re.S)
    print("%s: %d of %d" % (name, sum(mark in part for part in parts), len(parts)))
PYTHON
}

mkdir -p isms/templates/ar
cat >isms/isms.yaml <<'YAML'
isms: 1
organisation: {name: شركة الأمثلة, language: ar}
people: {sara.k: {name: سارة}}
roles: {ROLE-ceo: {title: المدير, holder: sara.k, top_management: yes}}
risks: {R-1: {title: حريق, owner: ROLE-ceo}}
YAML
cat >isms/templates/ar/own.yaml <<'YAML'
"Risk treatment plan":
  "خطة معالجة المخاطر"
"Purpose":
  "الغرض"
YAML

case_is "Arabic: everything in the Word file goes from right to left"
run build risk-treatment-plan -C isms --as-of 2026-11-21 --out arabic
expect 0
directions arabic/risk-treatment-plan.docx >"$out"
python3 - "$out" <<'PYTHON' || wrong "$(cat "$out")"
import re, sys
pairs = re.findall(r"\w+: (\d+) of (\d+)", open(sys.argv[1]).read())
sys.exit(not (len(pairs) == 3 and all(a == b and int(b) > 0 for a, b in pairs)))
PYTHON

case_is "Arabic: the page says its language and direction, and its style knows no left or right"
grep -q '<html lang="ar" dir="rtl">' arabic/risk-treatment-plan.html || wrong "$(grep -o '<html[^>]*>' arabic/risk-treatment-plan.html)"
grep -q 'خطة معالجة المخاطر' arabic/risk-treatment-plan.html || wrong "the title is not in Arabic"
grep -oE '(margin|padding|border)-(left|right)|text-align: *(left|right)|float: *(left|right)' "$here/templates/html/style.css" >"$out" && wrong "style.css: $(sort -u "$out" | tr '\n' ' ')"

case_is "English: nothing does"
sed -i 's/language: ar/language: en-GB/' isms/isms.yaml
run build risk-treatment-plan -C isms --as-of 2026-11-21 --out english
expect 0
directions english/risk-treatment-plan.docx | grep -E '^(sections|tables): 0 of [1-9]' >"$out"
[ "$(grep -c . "$out")" -eq 2 ] || wrong "$(directions english/risk-treatment-plan.docx)"
grep -q '<[a-z]* [^>]*dir="rtl"' english/risk-treatment-plan.html && wrong "the page goes from right to left"

finish
