#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc build --to xlsx: registers as a workbook, cell by cell, with texts that a spreadsheet could take for more than texts.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

same() {
	python3 "$here/tests/interop/xlsx.py" "$1" "$2" >"$out" 2>&1 || wrong "$(cat "$out")"
}

# asked: what Python has to say about workbooks, with their reader as xlsx; nothing when all is as it should be
asked() {
	{ printf 'import sys\nsys.path.insert(0, "%s/tests/interop")\nimport xlsx\n' "$here"; cat; } | python3 - >"$err" 2>&1 || wrong "$(cat "$err")"
}

case_is "the registers of the example, cell by cell"
run build -C "$here/examples/northwind" --to xlsx,text --out one registers
expect 0
quiet
same one/registers.xlsx one/registers.txt
says "5500 cells, 23 sheets, 0 problems"

case_is "who asks for a workbook among other formats and gets none hears why"
run build -C "$here/examples/northwind" --to html,xlsx --audience customer --out customers
expect 0
says_err "no xlsx file was made: none of the documents for customers is a workbook; ismsc build --list --audience customer shows what each is"
run build -C "$here/examples/northwind" --to html,xlsx --out named statement-of-applicability
expect 0
says_err "none of the documents that were named is a workbook"
run build -C "$here/examples/northwind" --to text,xlsx --out named statement-of-applicability registers
expect 0
quiet

case_is "a small ISMS has the sheets it has something for"
mkdir -p small
cp "$here/examples/minimal/isms.yaml" small/
run build -C small --to xlsx,text --out small/out registers
expect 0
same small/out/registers.xlsx small/out/registers.txt

case_is "only the workbook is one: other documents are no sheets"
run build -C small --to xlsx --out small/all
expect 0
[ "$(ls small/all)" = registers.xlsx ] || wrong "made: $(ls small/all)"

case_is "a document without sheets is asked for as a workbook"
run build -C small --to xlsx statement-of-applicability --out small/none
expect 2
says_err "statement-of-applicability is not made as xlsx"
[ ! -e small/none ] || wrong "made: $(ls small/none)"

# What begins like a formula, an escape, a link, a number or a date; each where a text can stand.
mkdir -p hostile/templates
cat >hostile/isms.yaml <<'YAML'
isms: 1
organisation:
  name: "=cmd|'/C calc'!A0 & Söhne"
assets:
  "A1":
    name: "=1+1"
    description: |
      Text
    location: "@SUM(A1)"
  "A2":
    name: "+1"
    location: "-1"
  "A3":
    name: "\t=HYPERLINK(\"http://example.org\")"
    location: "_x0041_ and _x000D_"
  "A4":
    name: "https://example.org/=x"
    location: "internal:'Assets'!A1"
  "A5":
    name: "2026-11-21"
    location: "007"
  "A6":
    name: "{=SUM(1)}"
    location: "<b>&amp;\"' 𝄞"
  "A7":
    name: "'quoted"
    location: "  =1"
YAML
cat >hostile/templates/registers.md <<'MD'
---
document: registers
id: REGISTERS
title: "=1+2 & Co"
subtitle: "@x"
formats: [xlsx]
---

=1+1 is no formula.

<!-- table: sheet="A sheet's [name]: too/long? for *Excel* to take" description="=2" -->
| Id | =Name | Location | =name | |
|----|-------|----------|-------|-|
{{#assets}}
| {{id}} | {{name}} | {{location}} | =1+1 | -1 |
{{/assets}}

<!-- table: sheet="A sheet's [name]: too/long? for" -->
| R1 |
|----|
| +1 |

<!-- table: sheet="contents" -->
| History |
|---------|
| =A1 |

<!-- table: sheet="'quoted'" -->
| A |
|---|
| 12 |

<!-- table: sheet="History" -->
| A |
|---|
| [link](https://example.org/) |
MD

case_is "no text becomes a formula, a number, a link or another text"
run build -C hostile --to xlsx,text --out hostile/out registers
expect 0
asked <<'PY'
book = xlsx.Workbook("hostile/out/registers.xlsx")
book.check()
names = [s.name for s in book.sheets]
assert names == ["Contents", "A sheet’s -name-- too-long- for", "A sheet’s -name-- too-long- (2)", "contents (2)", "’quoted’", "History-"], names
sheet = book.sheets[1]
column = lambda n: [sheet.cells.get((r, n)) for r in range(8)]
assert column(1) == ["=Name", "=1+1", "+1", '=HYPERLINK("http://example.org")', "https://example.org/=x", "2026-11-21", "{=SUM(1)}", "'quoted"], column(1)
assert column(2) == ["Location", "@SUM(A1)", "-1", "_x0041_ and _x000D_", "internal:'Assets'!A1", "007", "<b>&amp;\"' \U0001d11e", "=1"], column(2)
assert column(3) == ["=name 2"] + ["=1+1"] * 7, column(3)
assert column(4) == ["5"] + ["-1"] * 7, column(4)
assert all(kind == "text" for s in book.sheets[1:] for kind in s.kinds.values()), "a text became a number"
assert "=1+1 is no formula." in book.sheets[0].cells.values() and "=1+2 & Co" in book.sheets[0].cells.values()
assert not xlsx.problems, xlsx.problems
assert not [n for n in book.parts if "calcChain" in n]
PY

case_is "what is too long for a cell is cut, and said"
mkdir -p long/templates
{
	printf 'isms: 1\norganisation:\n  name: Long Ltd\nassets:\n  A-1:\n    name: Short\n    location: "'
	python3 -c 'print("word " * 9000, end="")'
	printf '"\n'
} >long/isms.yaml
run build -C long --to xlsx --out long/out registers
expect 0
asked <<'PY'
book = xlsx.Workbook("long/out/registers.xlsx")
longest = max((v for s in book.sheets for v in s.cells.values() if isinstance(v, str)), key=len)
assert len(longest) <= 32767 and longest.startswith("word word") and longest.endswith(" […]"), longest[-40:]
assert [v for v in book.sheets[0].cells.values() if isinstance(v, str) and "32767 / 44999" in v], "the first sheet does not say it"
PY

case_is "sheets have names in the language of the documents"
run build -C "$here/examples/northwind" --to xlsx --language de --out german registers
expect 0
asked <<'PY'
book = xlsx.Workbook("german/registers.xlsx")
book.check()
names = [s.name for s in book.sheets]
assert names[:4] == ["Inhalt", "Erklärung zur Anwendbarkeit", "Risikoverzeichnis", "Behandlungsplan"], names
assert len(names) == 23 and not xlsx.problems, (names, xlsx.problems)
PY

case_is "the same bytes, whoever builds and when"
run build -C small --to xlsx --out small/again registers
(umask 077 && TZ=Pacific/Auckland LC_ALL=C TMPDIR="$work" "$ismsc" build -C small --to xlsx --out small/third registers >/dev/null)
cmp small/again/registers.xlsx small/third/registers.xlsx || wrong "other bytes"
[ -z "$(find "$work" -maxdepth 1 -name 'ismsc-*')" ] || wrong "temporary files are left"

case_is "nowhere to put temporary files"
TMPDIR=/nowhere run build -C small --to xlsx --out small/fourth registers
expect 2
says_err "the workbook needs a temporary folder: No such file or directory"
[ ! -e small/fourth ] || wrong "made: $(ls small/fourth)"

case_is "sheets are plain tables, of templates"
mkdir -p facts/templates
cp "$here/examples/minimal/isms.yaml" facts/
printf -- '---\ndocument: x\nid: X\ntitle: X\nformats: [xlsx, exe]\n---\n\n<!-- table: sheet="X" look=facts -->\n| A | B |\n|---|---|\n| C | D |\n' >facts/templates/x.md
run check -C facts --all
says "only a plain table can be a sheet of a workbook" "the formats are docx, html, md, json and xlsx"

finish
