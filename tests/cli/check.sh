#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

cp -r "$here/examples/northwind" nw

case_is "the example is clean but for observations"
run check -C nw --as-of 2026-11-21
expect 0
quiet
says "observations." "rules checked"
lacks "major[" "minor[" "error["

case_is "the project is found from a folder inside it"
(cd nw/risks && "$ismsc" check --as-of 2026-11-21 >"$out" 2>"$err") || wrong "not found from below"
says "rules checked"

case_is "a broken line is told with file, line, column, clause, reason and way out"
sed -i 's/^    owner: ROLE-coo$/    owner: ROLE-cooo/' nw/people.yaml nw/registers/assets.yaml
run check -C nw --as-of 2026-11-21
expect 1
says "major[R-01 unresolved-reference]" "registers/assets.yaml:" "ROLE-cooo" "^^^^^^^^^" "did you mean ROLE-coo"

case_is "concise: one line a finding"
run check -C nw --as-of 2026-11-21 --format concise
expect 1
grep -qE '^registers/assets\.yaml:[0-9]+:[0-9]+: major: .* \[R-01\]$' "$out" || wrong "no such line"
[ "$(grep -cvE '^[^:]+:[0-9]+:[0-9]+: (error|major|minor|observation): .* \[[^]]+\]$' "$out")" = 0 ] || wrong "a line of another form"

case_is "json"
run check -C nw --as-of 2026-11-21 --format json
expect 1
is_json "$out"
says '"schema_version": 1' '"failed": true' '"rule": "R-01"'

case_is "quiet"
run check -q -C nw --as-of 2026-11-21
expect 1
[ ! -s "$out" ] || wrong "prints something"

case_is "the threshold is the project's"
mkdir -p own && cd own || exit 2
printf 'isms: 1\norganisation: {name: X}\nchecks: {fail_on: none}\n' >isms.yaml
run check --as-of 2026-11-21
expect 0
says "major["

case_is "a rule is switched off with a reason, and not without"
printf 'isms: 1\norganisation: {name: X}\nchecks:\n  disabled:\n    4.1-01: context is kept by the parent company\n    4.2-a-01: ""\n    9.9-zz: x\n' >isms.yaml
run check --as-of 2026-11-21 --format concise
lacks "[4.1-01]"
says "[C-01]" "[C-02]"

case_is "rules of the project's own"
mkdir -p rules
printf -- '- id: own-1\n  severity: minor\n  for: risk in risks\n  assert: risk.owner != null\n  message: "{risk.id} has nobody to ask"\n' >rules/own.yaml
printf 'isms: 1\norganisation: {name: X}\nrisks: {R-1: {title: a}}\n' >isms.yaml
run check --as-of 2026-11-21 --format concise
says "minor: R-1 has nobody to ask [own-1]"

case_is "an own rule that asks for what does not exist"
printf -- '- id: own-1\n  severity: minor\n  for: risk in risks\n  assert: risk.ownr != null\n  message: x\n' >rules/own.yaml
run check --as-of 2026-11-21
expect 1
says "rules/own.yaml:4:" "ownr" "owner"
cd .. || exit 2

case_is "no project"
mkdir -p empty
run check -C empty
expect 2
says_err "isms.yaml" "ismsc init"

case_is "wrong use"
run check --frmat json
expect 2
says_err "--format"
run check --format xml
expect 2
run check --as-of yesterday -C nw
expect 2
says_err "2026-03-31"
run chek
expect 2
says_err "did you mean ismsc check"

case_is "a result that can not be written"
if [ -w /dev/full ]; then
	"$ismsc" check -C nw --as-of 2026-11-21 >/dev/full 2>"$err"
	status=$?
	ran="check >/dev/full"
	expect 2
	says_err "can't write"
fi

case_is "colour on terminals only, or when asked for"
run check -C nw --as-of 2026-11-21
lacks "$(printf '\033')"
run check -C nw --as-of 2026-11-21 --color always
says "$(printf '\033')"

finish
