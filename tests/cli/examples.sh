#!/bin/sh
# SPDX-License-Identifier: MIT
# What the check says about the examples: nothing but what was left there on purpose.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "northwind has three observations, left on purpose"
run check -C "$here/examples/northwind" --as-of 2026-11-21 --format concise --all
expect 0
[ "$(sed 's/.*: observation: .*\[\(.*\)\]/\1/' "$out" | sort | tr '\n' ' ')" = "4.1-06 6.2-b-02 7.5.2-c-03 " ] || wrong "it says $(cat "$out")"

case_is "minimal passes as a draft, and would not at stage 1"
run check -C "$here/examples/minimal" --as-of 2026-11-21 --format concise --all
expect 0
[ ! -s "$out" ] || wrong "it says $(cat "$out")"
mkdir stage-1
sed 's/stage: draft/stage: stage-1/' "$here/examples/minimal/isms.yaml" >stage-1/isms.yaml
run check -C stage-1 --as-of 2026-11-21 --format concise --all
expect 1
[ "$(grep -c ': major: ' "$out")" -ge 10 ] || wrong "only $(grep -c ': major: ' "$out") majors at stage 1"

case_is "no document of the examples has a table without rows or a chapter without text"
for example in northwind minimal; do
	run build -C "$here/examples/$example" --as-of 2026-11-21 --to text --out "$example"
	expect 0
	for file in "$example"/*.txt; do
		awk '/^  [a-z]/ { if (table != "" && !rows) print table; table = ""; rows = 0 }
			/^  table/ { table = $0 } /^    row/ { rows++ } END { if (table != "" && !rows) print table }' "$file" >empty
		[ ! -s empty ] || wrong "$file: no rows in $(cat empty)"
		awk '/^  heading 1/ { if (last ~ /^  heading 1/) print last } /^  [a-z]/ && !/^  (portrait|landscape|page break)/ { last = $0 } END { if (last ~ /^  heading/) print last }' "$file" >empty
		[ ! -s empty ] || wrong "$file: nothing below $(cat empty)"
	done
done

case_is "the list of documents in the manual knows those that have no control data"
grep -q 'row | (#rec-conf)REC-CONF | Conformity report | .* | {Draft neutral}' northwind/isms-manual.txt || wrong "$(grep 'REC-CONF' northwind/isms-manual.txt)"
sed -n '/Made from the registers/,/heading/p' northwind/document-master-list.txt | grep -q 'POL-01' && wrong "a policy is said to be without control data"
finish
