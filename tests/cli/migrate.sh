#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc migrate: from the 114 controls of 2013 to the 93 of 2022, deciding nothing.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
old=$here/tests/edition-2013

# entry ID: the comments and keys of a control in the proposal.
entry() {
	awk -v id="  $1:" '/^$/ { keep = "" } { keep = keep $0 "\n" } $0 == id { mine = 1 } mine && /^$/ { exit } mine { last = keep } END { printf "%s", last }' proposal
}

case_is "a proposal that can be pasted"
run migrate -C "$old"
expect 0
quiet
cp "$out" proposal
says "the 93 controls of ISO/IEC 27001:2022" "Controls of other sources stay as they are: QL-01." "controls:"
mkdir pasted
cp -R "$old/policies" pasted
sed 's/27001:2013/27001:2022/; s/A.9.2.1, A.9.2.6/A.5.16, A.5.18/; s/A.9.2.6/A.5.18/' "$old/isms.yaml" >pasted/isms.yaml
sed -i 's/A.5.1.1/A.5.1/' pasted/policies/POL-01.md
sed -n '/^evidence:/,$p' "$old/controls.yaml" >pasted/evidence.yaml
cp proposal pasted/controls.yaml
run check -C pasted -f concise --all
lacks ": error: " "[R-0" "[S-0"
run query 'controls.filter(c, c.written).size()' -C pasted
says "93"

case_is "one that became one is carried over with all it says"
entry A.5.2 >"$out"
says "from A.6.1.1 Information security roles and responsibilities (controls.yaml:6)" "applicable: yes" "reasons: [baseline]" "owner: ROLE-md" \
	'implementation: "Roles and their holders'
run query 'controls.filter(c, c.id == "A.5.3").map(c, c.justification)' -C pasted
says "two signatures at the bank, and the accountant looks at the journal once a quarter."

case_is "several that agree are carried over as far as they do"
entry A.5.1 >"$out"
says "2 became one, and all are applied" "A.5.1.2" "reasons: [baseline, business]" "documents: [POL-01]" "status: implemented" "owner: ROLE-md"
entry A.5.9 >"$out"
says "implementation of A.8.1.1: The register" "implementation of A.8.1.2: Each entry names an owner." "x-ticket of A.8.1.1: #42" "evidence: [EVD-assets]"
lacks "    implementation:" "    x-ticket"

case_is "those that contradict each other stand side by side, and nothing is decided"
entry A.8.1 >"$out"
says "contradict each other. Decide:" "applicable: A.6.2.1 yes | A.11.2.8 no" "status: A.6.2.1 partial | A.11.2.8 -" "    applicable: undecided"
lacks "    status:" "    justification:"
entry A.5.18 >"$out"
says "3 became one, and not all of them were decided" "applicable: A.9.2.2 yes | A.9.2.5 yes | A.9.2.6 undecided" "    applicable: undecided"
entry A.8.24 >"$out"
says "none of them was decided" "A.10.1.1 Policy on the use of cryptographic controls (no entry)" "    applicable: undecided"

case_is "what was split is open on both sides"
for id in A.5.36 A.8.8; do
	entry $id >"$out"
	says "One was split" "A.18.2.3 Technical compliance review" "    applicable: undecided"
	lacks "    status:"
done

case_is "the new ones are nobody's decision"
[ "$(grep -c 'New in 2022, so nobody has decided yet' proposal)" -eq 11 ] || wrong "not eleven new controls"
entry A.5.7 >"$out"
says "    applicable: undecided"
[ "$(grep -c '^    applicable: \(yes\|no\)$' proposal)" -eq 6 ] || wrong "other than six controls are decided"

case_is "references to old numbers are listed"
cp proposal "$out"
says "isms.yaml:22: R-001 treatment.controls: A.9.2.1 is now A.5.16" "POL-01 implements: A.5.1.1 is now A.5.1"
lacks "NC-01"

case_is "into a file that is not there yet"
run migrate -C "$old" --out new.yaml
expect 0
says "wrote new.yaml: 87 controls wait for a decision"
cmp -s proposal new.yaml || wrong "the file differs from what is printed"
echo mine >new.yaml
run migrate "$old" -o new.yaml
expect 2
says_err "can't write new.yaml: it is there already"
[ "$(cat new.yaml)" = mine ] || wrong "the file was written over"
run migrate "$old" -o nowhere/new.yaml
expect 2
says_err "can't write nowhere/new.yaml"

case_is "only for a project of 2013 that can be read"
run migrate -C "$here/examples/minimal"
expect 2
says_err "does not declare the edition of 2013"
mkdir broken
printf 'isms: 1\nstandard: "ISO/IEC 27001:2013"\norganisation: {name: Quay}\nrisks: {R-1: {titel: Fire}}\n' >broken/isms.yaml
run migrate broken
expect 2
says_err "the sources hold errors"
[ ! -s "$out" ] || wrong "it prints a proposal"
run migrate -C "$old" broken
expect 2
says_err "one folder at a time"
finish
