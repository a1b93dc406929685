#!/bin/sh
# SPDX-License-Identifier: MIT
# The rules that docs/own-rules.md shows do what it says they do.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
page=$here/docs/own-rules.md

# The n-th YAML block of the page.
block() { awk -v n="$1" '/^```yaml/ { k++; next } /^```/ { on = 0; inside = 0 } { if (k == n && !done) inside = 1 } /^```$/ { if (k == n) done = 1 } inside && !done' "$page"; }

mkdir -p isms/rules isms/policies
cat >isms/isms.yaml <<'Y'
isms: 1
organisation: {name: Quill}
certification: {stage: stage-2}
people: {ana: {name: Ana Lind}}
risk_method:
  likelihood: [{name: Rare}, {name: Often}, {name: Always}]
  impact: [{name: Small}, {name: Large}, {name: Grave}]
  score: product
  levels: [{name: Low, up_to: 2}, {name: High, up_to: 9}]
assessments: {RA-1: {on: 2026-01-15}, RA-2: {on: 2026-10-15}}
risks:
  R-1: {title: Fire, assessment: RA-1, inherent: {likelihood: 3, impact: 3}}
  R-2: {title: Flood, assessment: RA-2, inherent: {likelihood: 3, impact: 3}}
  R-3: {title: Frost, assessment: RA-1, inherent: {likelihood: 1, impact: 1}}
suppliers: {SUP-1: {name: Cloud, criticality: high}}
Y
printf -- '---\nid: POL-1\ntitle: A policy\n---\nPeople lock doors.\nThey should look back.\n' >isms/policies/a.md

check() {
	run check -C isms --as-of 2026-11-21 --format concise --all
	grep -F "[$1]" "$out" >said || :
}

case_is "five lines"
block 1 >isms/rules/risks.yaml
check ACME-01
[ "$(cut -d: -f1,2,4- said)" = "isms.yaml:12: minor: risk R-1 is High and was last assessed on 2026-01-15, more than three months ago [ACME-01]" ] || wrong "it says $(cat said)"

case_is "a mistake is shown in the rule's own file"
sed 's/risk.current.level in/risk.curent.level in/' isms/rules/risks.yaml >risks.new && mv risks.new isms/rules/risks.yaml
run check -C isms --as-of 2026-11-21
expect 1
says "$(grep '^error\[E-01' "$page")" "--> rules/risks.yaml:4:" "did you mean \`current\`?"

case_is "the same with all its keys"
block 2 >isms/rules/risks.yaml
check ACME-01
[ "$(cut -d: -f1,2,4- said)" = "isms.yaml:12: minor: risk R-1 is High and was last assessed on 2026-01-15 [ACME-01]" ] || wrong "it says $(cat said)"
run explain ACME-01 -C isms
expect 0
says "high-risk-not-reviewed" "Our policy POL-01 promises"

case_is "about the whole, and about prose"
block 3 >isms/rules/suppliers.yaml
block 4 >isms/rules/prose.yaml
check ACME-02
grep -q "1 critical suppliers have no exit plan" said || wrong "it says $(cat said)"
check ACME-03
[ "$(cat said)" = 'policies/a.md:6:6: minor: POL-1 says "should" where it has to be decided [ACME-03]' ] || wrong "it says $(cat said)"
finish
