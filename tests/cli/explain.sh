#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
COLUMNS=200
export COLUMNS
example="-C $here/examples/northwind --as-of 2026-11-21"

# explained WHAT TEXT...: works without a project and says each text.
explained() {
	run explain "$1"
	shift
	expect 0
	quiet
	says "$@"
}

case_is "a rule, by id and by name"
explained 6.1.3-d-05 "an excluded control has no justification" "rule 6.1.3-d-05" "major" "required by the standard" \
	"6.1.3 d) Information security risk treatment" "from the beginning" "Why" "What to do" "disabled:" "assert"
lacks "in this ISMS"
cp "$out" rule
run explain exclusion-without-justification
cmp -s "$out" rule || wrong "the name gives another page"

# All of them are explained by tests/unit/test_explain.c, in one process.
case_is "rules and findings of the language, one in fifty"
run rules --all --format json
python3 -c 'import json, sys; print("\n".join(r["id"] for r in json.load(open(sys.argv[1]))[::50]))' "$out" >ids
while read -r id; do
	explained "$id" "What to do"
done <ids

case_is "a control in every spelling"
explained A.5.15 "A.5.15 Access control" "Purpose" "What auditors usually ask to see" "A.9.1.1 Access control policy" "leaving it out"
cp "$out" control
for spelling in 5.15 a.5.15 "A 5.15" A.5.015 "access control"; do
	run explain "$spelling"
	expect 0
	cmp -s "$out" control || wrong "$spelling gives another page"
done
"$ismsc" explain A 5.15 >"$out" 2>"$err" || wrong "two words fail"
cmp -s "$out" control || wrong "two words give another page"

case_is "a control of 2013 tells what became of it"
explained A.9.2.1 "withdrawn" "A.5.16" "Identity management"
explained A.14.2.1 "A.8.25"

case_is "a word that nothing is called by"
explained password "Nothing is called password" "A.5.17" "control" "POL-AUTH" "document type" "Authentication and password standard" "T-35" "threat"
run explain "Access REVIEW" $example
expect 0
says "REC-ACCESSREV" "ACT-031" "Privileged access rights"
run explain acc $example
says "more; another word besides makes the list shorter"
run explain password --format json
python3 - "$out" <<'END' || wrong "the list is not as programs need it"
import json, sys
page, = json.load(open(sys.argv[1]))
assert page["kind"] == "search" and {"id": "T-35", "kind": "threat", "title": "Brute force or password guessing"} in page["found"]
END
run explain assword
expect 2

case_is "a clause, and a part of it"
explained 6.1.3 "6.1.3 Information security risk treatment" "What it asks for" "DOC-SOA" "Rules" "6.1.3-d-05"
cp "$out" clause
for spelling in "6.1.3 d)" "clause 6.1.3"; do
	run explain "$spelling"
	cmp -s "$out" clause || wrong "$spelling gives another page"
done
explained 6 "Planning" "Parts" "6.1.2"
explained 5.1 "Leadership and commitment" "ismsc explain A.5.1"

case_is "a type of document, by id and by its names"
explained DOC-SOA "Statement of Applicability" "mandatory" "What it should hold"
cp "$out" document
for spelling in "statement of applicability" doc-soa; do
	run explain "$spelling"
	cmp -s "$out" document || wrong "$spelling gives another page"
done
explained SoA "DOC-SOA" "section of the sources"

case_is "a section and a kind of record"
explained risks "section of the sources" "treatment.option" "one of modify" "Computed"
explained scope "services.name"
explained treatment "approved_by"
explained standard "Edition of the standard"

case_is "a threat that a finding shares its id with"
explained T-01 "Fire" "a tag in double braces"

case_is "a record with what refers to it"
# shellcheck disable=SC2086 # options
{
	run explain R-001 $example
	expect 0
	says "risk" "owner" "ROLE-cto Technical director" "inherent level" "(computed)" "Referred to by" "ACT-001" "risks/platform.yaml:"
	run explain ROLE-cto $example
	says "Referred to by" "R-001" "owner"
	run explain ana.lind $example
	says "risk_method" "approved_by" "changes.approved_by"
}

case_is "the state in a project"
# shellcheck disable=SC2086
{
	run explain A.8.13 $example
	expect 0
	says "In this ISMS" "applicable" "implemented" "R-001" "treatment.controls" "controls/technological.yaml:"
	run explain A.12.3.1 $example
	says "A.8.13" "yes" "implemented"
	run explain DOC-SOA $example
	says "approved" "documents.yaml:"
	run explain 6.1.3-d-05 $example
	says "in this ISMS" "no finding"
	run explain 6.2 $example
	says "objectives" "entries"
}

case_is "findings are shown where they belong"
mkdir -p isms/rules
cat >isms/isms.yaml <<'YAML'
isms: 1
organisation:
  name: Quay Ledger Ltd
checks:
  disabled:
    4.2-a-01: parties are listed elsewhere
controls:
  A.5.7:
    applicable: no
  A.8.1:
    applicable: undecided
YAML
printf -- '- id: OWN-01\n  severity: minor\n  assert: organisation.name.size() > 100\n  message: "{organisation.name} is short"\n' >isms/rules/own.yaml
run explain A.5.7 -C isms
expect 0
says "Findings in this ISMS" "6.1.3-d-05" "isms.yaml:8"
run explain 6.1.3-d-05 -C isms
says "1 finding" "A.5.7"
run explain A.8.1 -C isms
says "undecided"
run explain A.8.2 -C isms
says "nothing is decided"
run explain 4.2-a-01 -C isms
says "switched off: parties are listed elsewhere"
run explain 9.3.1-01 -C isms
says "this ISMS is at draft"
run explain OWN-01 -C isms
says "rule of this ISMS" "rules/own.yaml:1" "1 finding" "Quay Ledger Ltd is short"

case_is "a project of the 2013 edition"
mkdir old
printf 'isms: 1\nstandard: "ISO/IEC 27001:2013"\norganisation:\n  name: Quay Ledger Ltd\n' >old/isms.yaml
run explain A.9.2.1 -C old
expect 0
says "ISO/IEC 27001:2013" "A.5.16 Identity management"
run explain A.5.16 -C old
says "this ISMS declares 2013" "A.9.2.1"

case_is "how to accept a finding, ready to paste"
run explain 6.1.3-d-05 -C isms
says "To let a finding stand" "ACC-01:" "rule: 6.1.3-d-05" "records: [A.5.7]" "ends with the certificate" "To switch it off"
sed -n '/^ *acceptances:/,/expires:/s/^    //p' "$out" | sed 's/: \.\.\. .*/: x/' >isms/pasted.yaml
run check -C isms --format concise
says "pasted.yaml:6:18: major: there is no person called x" "pasted.yaml:7:18: error:"
rm isms/pasted.yaml
run explain 4.3-01 -C isms
says "rule: 4.3-01"
lacks "records:"
printf 'certification: {stage: certified}\n' >isms/certification.yaml
run explain 6.1.3-d-05 -C isms
says "This ISMS is certified, so it has to meet every requirement" "To switch it off"
lacks "ACC-01:"
rm isms/certification.yaml
explained 6.1.3-d-02 "reported as" "R-02"
lacks "To switch it off" "ACC-01:"

case_is "an acceptance tells what it covers"
cat >isms/acceptances.yaml <<'YAML'
people: {ana.lind: {name: Ana Lind}}
acceptances:
  ACC-01: {rule: 6.1.3-d-05, records: [A.5.7], reason: Decided in May, approved_by: ana.lind, approved_on: 2026-01-15, expires: 2026-12-31}
YAML
run explain ACC-01 -C isms --as-of 2026-11-21
says "A.5.7 is excluded" "accepted until 2026-12-31, ACC-01"
run explain 6.1.3-d-05 -C isms --as-of 2026-11-21
says "1 finding, 1 of them accepted" "ACC-02:"

case_is "JSON is a list of objects"
for what in 6.1.3-d-05 Y-05 A.5.15 A.9.2.1 6.1.3 DOC-SOA risks T-01; do
	run explain "$what" --format json
	expect 0
	is_json "$out"
	says '"kind": "' "\"id\": \"$what\""
done
run explain 6.1.3-d-05 --format json
# shellcheck disable=SC2016 # backquotes are meant
says '"basis": "requirement"' '"from_stage": "draft"' '`justification`'
# shellcheck disable=SC2086
run explain R-001 --format json $example
says '"referred_by": [{"id": "' '"inherent.level": "High"'
is_json "$out"

case_is "lines fit the terminal, colour changes no word"
for columns in 40 80 200; do
	COLUMNS=$columns "$ismsc" explain A.5.15 -C "$here/examples/northwind" --as-of 2026-11-21 >"$out" 2>"$err"
	awk -v most="$columns" 'length($0) > most { exit 1 }' "$out" || wrong "lines wider than $columns"
done
run explain A.5.15 --color never
cp "$out" plain
run explain A.5.15 --color always
sed "s/$(printf '\033')\\[[0-9;]*m//g" "$out" >stripped
cmp -s plain stripped || wrong "colour changes the text"
cmp -s plain "$out" && wrong "--color always has no colour"

case_is "what nothing is called gets a suggestion"
run explain A.5.99
expect 2
says_err "nothing is called A.5.99; did you mean A.5.9?"
run explain 6.1.3-d-50
expect 2
says_err "did you mean 6.1.3-d-"
run explain zzzzzzzzzzzz
expect 2
says_err "nothing is called zzzzzzzzzzzz"
run explain
expect 2
says_err "usage:"
run explain A.5.15 -C nowhere
expect 2
finish
