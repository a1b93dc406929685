#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc query: values as lines and as JSON; mistakes with their place.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
example=$here/examples/northwind

# gives EXPRESSION TEXT
gives() {
	run query "$1" -C "$example"
	expect 0
	quiet
	[ "$(cat "$out")" = "$2" ] || wrong "$1 gives $(head -3 "$out") where $2 is expected"
}

case_is "one value, and one value a line"
gives 'organisation.short_name' 'Northwind'
gives 'today' '2026-11-21'
gives 'size(controls)' '93'
gives '[1, 2].map(x, x * 2)' '2
4'
gives 'risks.exists(r, r.owner.id == "nobody")' 'no'

case_is "records by their titles, and as JSON with all they say"
run query 'people.filter(p, p.id == people[0].id)' -C "$example" --format json
expect 0
is_json "$out"
says '"name"'

case_is "a mistake is marked where it is"
run query 'risks.filter(r, r.titel == "")' -C "$example"
expect 2
says_err "titel" "^^^^^" "did you mean \`title\`?"
run query 'risks.filter(' -C "$example"
expect 2
run query '1 / 0' -C "$example"
expect 2

case_is "an expression that begins with a minus"
run query '-1 + 2' -C "$example"
expect 2
says_err "there is no option -1 + 2; write -- before it if it is none: ismsc query -- '-1 + 2'"
run query -C "$example" -- '-1 + 2'
expect 0
says 1

case_is "one expression, neither none nor two"
run query -C "$example"
expect 2
says_err "usage:"
run query 1 2 -C "$example"
expect 2

case_is "it works on an ISMS with mistakes"
mkdir broken
printf 'isms: 1\norganisation: {name: Q}\nrisks: {R-1: {titel: x}, R-2: {title: y}}\n' >broken/isms.yaml
run query 'risks.map(r, r.id)' -C broken
expect 0
[ "$(tr '\n' ' ' <"$out")" = "R-1 R-2 " ] || wrong "it gives $(cat "$out")"
finish
