#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "every rule of schema/rules is listed"
run rules
expect 0
quiet
grep -h '^- id: ' "$here"/schema/rules/*.yaml | sed 's/^- id: //; s/"//g' | sort >written
awk 'NR > 2 && NF { print $1 }' "$out" | grep -v '^[0-9]*$' | sort >listed
cmp -s written listed || wrong "$(diff written listed | head -n 5)"
says "$(wc -l <written | tr -d ' ') rules;"

case_is "JSON has the promised keys"
run rules --format json
expect 0
is_json "$out"
python3 - "$out" 2>>"$err" <<'PYTHON' || wrong "keys or values are not as promised: $(tail -n 1 "$err")"
import json, sys
rules = json.load(open(sys.argv[1]))
for rule in rules:
    assert list(rule) == ["id", "name", "clause", "severity", "basis", "from_stage", "since", "title", "why", "fix"], rule
    assert rule["severity"] in ("major", "minor", "observation"), rule
    assert rule["basis"] in ("requirement", "own_rule", "practice"), rule
    assert rule["from_stage"] in ("draft", "stage-1", "stage-2", "certified"), rule
    assert all(rule[key] for key in ("id", "name", "clause", "title", "why", "fix")), rule
assert len({rule["id"] for rule in rules}) == len(rules)
PYTHON

case_is "a choice is a choice"
run rules --severity major
expect 0
awk 'NR > 2 && NF > 3 && $2 != "major" && $2 != "rules;" { exit 1 }' "$out" || wrong "others than major are listed"
run rules --stage draft
awk 'NR > 2 && NF > 3 && $3 != "draft" && $2 != "rules;" { exit 1 }' "$out" || wrong "--stage draft lists rules that do not count"
run rules --stage certified
tail -n 1 "$out" | grep -q "^$(wc -l <written | tr -d ' ') rules" || wrong "--stage certified does not list all"

case_is "--all adds the language"
run rules --all
grep -q '^Y-05 ' "$out" || wrong "Y-05 is not listed"
run rules --all --severity error --format json
is_json "$out"
says '"basis": "language"'
lacks '"basis": "requirement"'

case_is "rules of the project are listed where there is one"
mkdir -p isms/rules
printf 'isms: 1\norganisation:\n  name: Quay Ledger Ltd\n' >isms/isms.yaml
printf -- '- id: OWN-01\n  name: own\n  severity: minor\n  title: the name is short\n  assert: organisation.name.size() > 3\n  message: short\n' >isms/rules/own.yaml
run rules -C isms
expect 0
says "OWN-01" "the name is short"
(cd isms && "$ismsc" rules) | grep -q OWN-01 || wrong "not listed from within the project"
run rules
lacks "OWN-01"

case_is "wrong words are refused"
run rules --severity terrible
expect 2
says_err "there are major, minor, observation and error"
run rules --stage later
expect 2
says_err "there are draft, stage-1, stage-2 and certified"
run rules --format yaml
expect 2
run rules 4.1-01
expect 2
says_err "ismsc explain 4.1-01"
run rules -C nowhere
expect 2
case_is "as Markdown, each with why and what to do"
run rules --format markdown
expect 0
quiet
says "## Clause 6.1.3" "### 6.1.3-d-04 " "*What to do:*"
[ "$(grep -c '^### ' "$out")" -eq "$("$ismsc" rules --format json | grep -c '"id"')" ] || wrong "not every rule has a section"
run rules --format html
expect 2
says_err "text, markdown, json"

finish
