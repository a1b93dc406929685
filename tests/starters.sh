#!/bin/sh
# SPDX-License-Identifier: MIT
# The starter texts in templates/starters: each one, copied alone into a new project, brings no error and no finding of
# its own and builds to text. Ids are unique, those of statements begin with the file's prefix and count on without a
# gap, nothing is left to fill in, the table of the README agrees with the heads, and none of them is a document of the set.
# In other languages they have the same head, statements, tags, links, headings and rows.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$here/$BUILD ;; esac
ismsc=$BUILD/ismsc
starters=${STARTERS:-$here/templates/starters}
work=$(mktemp -d "${TMPDIR:-/tmp}/ismsc-starters.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
failed=0
cases=0
wrong() {
	failed=$((failed + 1))
	echo "FAIL $*"
}

# head_of FILE KEY: a value of the front matter
head_of() { sed -n "2,/^---\$/s/^$2: *//p" "$1" | tr -d '"'; }

project() {
	rm -rf "$work/isms"
	"$ismsc" init "$work/isms" --name "Probe Ltd" >/dev/null || exit 2
}

# reported: of all reports in $work/reports, what has severity error, and what stands in the starter itself
reported() {
	python3 - "$work"/reports/* <<'PYTHON'
import json, os, sys
for path in sys.argv[1:]:
    name = os.path.basename(path)
    try:
        findings = json.load(open(path))["findings"]
    except ValueError as problem:
        print("%s: the check gives no report: %s" % (name, problem))
        continue
    for f in findings:
        if f["severity"] == "error" or "policies/" + (name if name != "all.md" else "") in json.dumps(f):
            print("%s: %s %s: %s" % (name, f["severity"], f["rule"], f["message"]))
PYTHON
}

text_rules() { # text_rules FILE: what can be seen without the compiler
	id=$(head_of "$1" id)
	prefix=${id#*-}
	case $id in POL-* | PROC-*) ;; *) wrong "$name: the id $id is neither POL-... nor PROC-..." ;; esac
	for pair in "version 0.1" "status draft"; do
		[ "$(head_of "$1" "${pair% *}")" = "${pair#* }" ] || wrong "$name: ${pair% *} is not ${pair#* }"
	done
	for key in title owner review_every classification; do
		[ -n "$(head_of "$1" $key)" ] || wrong "$name: $key is missing"
	done
	sed '2,/^---$/d' "$1" | grep -nE '\[[A-Z][A-Z _-]+\]|<[A-Za-z]+>|\.\.\.|…|_{3,}' && wrong "$name: something is left to fill in"
	grep -nEiw 'TBD|TBC|TODO|FIXME|XXX|lorem|insert here|your (company|organi[sz]ation)' "$1" && wrong "$name: something is left to fill in"
	grep -oE '\*\*[A-Z]+-[0-9]+\*\*' "$1" | tr -d '*' >"$work/statements"
	awk -v p="$prefix" '$0 != sprintf("%s-%02d", p, NR) { print; exit 1 }' "$work/statements" \
		|| wrong "$name: that statement is not the next one of $prefix"
	[ -s "$work/statements" ] || wrong "$name: no statement binds"
	cat "$work/statements" >>"$work/all-statements"
	echo "$id" >>"$work/all-ids"
}

row_of() { # row_of FILE: what the README has to say about it
	controls=$(head_of "$1" implements | tr -d '[]')
	type=$(head_of "$1" type)
	covers=$(head_of "$1" covers | tr -d '[]')
	echo "| \`$name\` | $(head_of "$1" title) | ${type:-–}${covers:+, $covers} | ${controls:-–} |"
}

# of_language TAG FOLDER: every starter in it, in a project of that language
of_language() {
	: >"$work/all-ids"
	: >"$work/all-statements"
	rm -rf "$work/reports" && mkdir "$work/reports"
	project
	sed -i "s/^  language: .*/  language: $1/" "$work/isms/isms.yaml"
	grep -q "^  language: $1\$" "$work/isms/isms.yaml" || wrong "the project is not in $1"
	for file in "$2"/*.md; do
		name=$(basename "$file")
		[ "$name" = README.md ] && continue
		cases=$((cases + 1))
		text_rules "$file"
		if [ "$1" = en-GB ]; then
			row_of "$file" >>"$work/rows"
			alone "$file"
		else
			same_bones "$starters/$name" "$file"
		fi
	done
	[ "$1" = en-GB ] || together "$2"
	said=$(reported) || wrong "the reports can not be read"
	[ -z "$said" ] || wrong "$said"
	cases=$((cases + 1))
	[ "$(sort "$work/all-ids" | uniq -d)" = "" ] || wrong "ids are there twice: $(sort "$work/all-ids" | uniq -d)"
	[ "$(sort "$work/all-statements" | uniq -d)" = "" ] || wrong "statements are there twice: $(sort "$work/all-statements" | uniq -d)"
}

# alone FILE: as the only one in the project
alone() {
	cp "$1" "$work/isms/policies/$name"
	checked "$name"
	first=$(head -n 1 "$work/statements")
	built=$(grep -rl -e "${first:-none}" "$work/out" 2>/dev/null)
	case $(echo "$built" | grep -c .) in
		1) nothing_missing "$built" ;;
		*) wrong "$1: $first is not in exactly one document" ;;
	esac
	rm "$work/isms/policies/$name"
}
# together FOLDER: translations, whose English texts have been in a project alone
together() {
	cp "$1"/*.md "$work/isms/policies/"
	checked all.md
	for file in "$1"/*.md; do nothing_missing "$work/out/$(basename "$file" .md).txt"; done
}
checked() { # checked NAME: the report of that name, and the documents
	"$ismsc" check -C "$work/isms" --as-of 2026-11-21 --format json >"$work/reports/$1" 2>"$work/err"
	[ ! -s "$work/err" ] || wrong "$1: $(cat "$work/err")"
	rm -rf "$work/out"
	"$ismsc" build -C "$work/isms" --as-of 2026-11-21 --to text --out "$work/out" >"$work/log" 2>&1 || wrong "$1: $(cat "$work/log")"
}
nothing_missing() {
	[ -s "$1" ] || wrong "$1 was not built"
	grep -nE '\{\{|\[not set\]' "$1" && wrong "$1: a value is missing in its text"
}

# bones FILE: what is the same in every language: the head without the title, statements, tags, references, headings and rows by number
bones() {
	awk '/^---$/ { n++ } n < 2 && !/^title:/' "$1"
	awk 'n >= 2; /^---$/ { n++ }' "$1" >"$work/body"
	grep -oE '\*\*[A-Z]+-[0-9]+\*\*|\{\{[^}]*\}\}|\]\([^)]*\)|\[\[[^]]*\]\]|<!-- anchor [^ ]*|\bA\.[5-8]\.[0-9]+|\b(POL|PROC|DOC|REC|ROLE)-[A-Z0-9-]+' "$work/body" | sort
	for mark in '## ' '### ' '| ' '|-' '|:' '- ' '<!-- table:'; do
		echo "$mark $(grep -cE "^$(printf %s "$mark" | sed 's/|/[|]/g')" "$work/body")"
	done
}
same_bones() {
	bones "$1" >"$work/bones-1"
	bones "$2" >"$work/bones-2"
	diff "$work/bones-1" "$work/bones-2" || wrong "$2 is not built like $1"
}

for folder in "$here"/templates/*/starters; do
	[ -d "$folder" ] || continue
	language=$(basename "$(dirname "$folder")")
	of_language "$language" "$folder"
	cases=$((cases + 1))
	for file in "$starters"/*.md; do
		case $(basename "$file") in README.md) continue ;; esac
		[ -s "$folder/$(basename "$file")" ] || wrong "$(basename "$file") is not there in the language $language"
	done
done
: >"$work/rows"
of_language en-GB "$starters"

cases=$((cases + 1))
grep '^| `' "$starters/README.md" | sort >"$work/table"
sort "$work/rows" | diff - "$work/table" || wrong "the table of README.md is not that of the heads"

cases=$((cases + 1))
project
"$ismsc" build -C "$work/isms" --as-of 2026-11-21 --to text --out "$work/plain" >/dev/null 2>&1
grep -rowF -f "$work/all-statements" "$work/plain" && wrong "a statement is in a project that did not ask for it"

echo "$cases cases, $failed failed"
[ "$failed" -eq 0 ]
