#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc refs and rename: every place of an id, and another id in every place or in none.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

mkdir -p isms/policies isms/rules isms/templates
cat >isms/isms.yaml <<'YAML'
isms: 1
organisation: {name: Probe Ltd}
people:
  ana.lind: {name: Ana Lind, email: ana.lind@probe.example}
  backup: {name: Ben Ackup}
roles:
  ROLE-ceo: {title: Chief executive, holder: ana.lind, deputy: backup}
YAML
cat >isms/risks.yaml <<'YAML'
# R-001 was the first; R-0012 is none, nor is XR-001 or R-001.b
risks:
  "R-001":
    title: Fire   # see R-001
    owner: ROLE-ceo
    consequence: >-
      As in R-001, and [[ R-001 ]] or [[R-001|it]] (R-001/R-002), but not in evidence/R-001/photo.jpg
  R-002: {title: After R-001., x-note: R-001, treatment: {option: modify, rationale: "R-001: see there"}}
actions:
  ACT-1: {title: Buy a safe, risks: ["R-001", R-002], owner: ana.lind, status: planned}
acceptances:
  ACC-1: {rule: R-01, records: [R-001], reason: later}
YAML
cat >isms/policies/fire.md <<'MD'
---
id: POL-01
title: Fire policy   # because of R-001
owner: ROLE-ceo
---

# R-001 Fire

Written by ana.lind (ana.lind@probe.example) for the backup of R-001. See [the risk](#r-001) and [[R-001]].
MD
printf -- '- {id: R-001, name: own, severity: minor, for: risk in risks, assert: risk.id != "R-001" || true, message: "R-001"}\n' >isms/rules/own.yaml
printf -- '---\ntitle: One\nlet:\n  one: risks["R-001"].title\n---\n\n{{one}}\n' >isms/templates/one.md

case_is "refs tells every place, with what stands there"
run refs R-001 -C isms
expect 0
quiet
says "risks.yaml" '3:4       definition  R-001' '7:41      link        R-001 consequence' '10:39     reference   ACT-1 risks' "places in 4 files."
run refs R-001 -C isms --format concise
expect 0
cp "$out" places
says "risks.yaml:1:3: mention" "risks.yaml:4:25: mention" "risks.yaml:7:13: mention: R-001 consequence" "risks.yaml:8:24: mention: R-002 title" \
	"risks.yaml:8:40: mention: R-002 x-note" "treatment.rationale" "risks.yaml:12:33: reference: ACC-1 records" "policies/fire.md:3:35: mention" \
	"policies/fire.md:9:100: link: POL-01" "rules/own.yaml:1:83: mention" "templates/one.md:4:15: mention"
lacks "rules/own.yaml:1:8:"
[ "$(grep -c photo places)" -eq 0 ] || wrong "a path"
[ "$(grep -c '^risks.yaml:7:' places)" -eq 4 ] || wrong "$(grep '^risks.yaml:7:' places)"
run refs R-001 -C isms --format json
is_json "$out"
python3 - "$out" places <<'PYTHON' || wrong "the JSON says something else"
import json, sys
told = json.load(open(sys.argv[1]))
assert told["id"] == "R-001" and told["kind"] == "risk" and told["title"] == "Fire", told
assert ["%s:%d:%d: %s" % (p["file"], p["line"], p["column"], p["kind"]) for p in told["places"]] == [line.split(": ")[0] + ": " + line.split(": ")[1].strip() for line in open(sys.argv[2])]
assert all(p["end_column"] - p["column"] == 5 for p in told["places"])
PYTHON

case_is "a word that may mean something else is counted"
run refs backup -C isms
expect 0
says "2 places in 1 file." "in 1 more places of texts"
run refs ana.lind -C isms --format concise
[ "$(wc -l <"$out")" -eq 4 ] || wrong "$(cat "$out")"

case_is "what nothing is called"
run refs R-01 -C isms
expect 2
says_err "nothing is called R-01; did you mean R-001?"
run refs -C isms
expect 2

case_is "a control that is built in has places, too"
run refs A.8.13 -C "$here/examples/northwind" --format concise
expect 0
says "definition" "reference" "controls/"
run rename A.8.13 ACME-1 -C "$here/examples/northwind" --diff
expect 2
says_err "is built in and keeps its id"

case_is "rename changes every place and not a byte beside them"
cp -R isms before
chmod 600 isms/risks.yaml
run rename R-001 R-101 -C isms --diff
expect 0
quiet
cp "$out" change
diff -r isms before >/dev/null || wrong "--diff wrote something"
run rename R-001 R-101 -C isms
expect 0
says "risks.yaml: 12 places" "R-001 is R-101 now, in 20 places of 4 files."
[ "$(stat -c %a isms/risks.yaml)" = 600 ] || wrong "who may read it has changed"
cp -R before patched
(cd patched && git apply -p1 ../change 2>../complaint) || wrong "no patch: $(cat complaint)"
diff -r patched isms >differences || wrong "the diff is another change: $(head -3 differences)"
cat >expected.py <<'PYTHON'
import re, sys
for path, keep in (("risks.yaml", ["evidence/R-001/", "R-0012", "XR-001", "R-001.b"]), ("policies/fire.md", []), ("templates/one.md", [])):
    old, new = (open(folder + "/" + path).read() for folder in ("before", "isms"))
    for i, text in enumerate(keep):
        old = old.replace(text, "\1%d\1" % i)
    old = old.replace("R-001", "R-101").replace("(#r-001)", "(#r-101)")
    for i, text in enumerate(keep):
        old = old.replace("\1%d\1" % i, text)
    assert old == new, (path, old, new)
assert open("isms/rules/own.yaml").read() == '- {id: R-001, name: own, severity: minor, for: risk in risks, assert: risk.id != "R-101" || true, message: "R-101"}\n'
PYTHON
python3 expected.py 2>complaint || wrong "$(tail -n 1 complaint)"
run rename R-101 R-001 -C isms
expect 0
diff -r isms before >differences || wrong "and back it is not the same: $(head -3 differences)"

case_is "the id of a person, of a policy, of something that could be a word"
run rename ana.lind ana.berg -C isms
expect 0
grep -q 'ana.berg: {name: Ana Lind, email: ana.lind@probe' isms/isms.yaml || wrong "$(grep Lind isms/isms.yaml)"
grep -q 'Written by ana.berg (ana.lind@probe' isms/policies/fire.md || wrong "$(grep Written isms/policies/fire.md)"
run rename POL-01 POL-07 -C isms
expect 0
grep -q '^id: POL-07$' isms/policies/fire.md || wrong "$(grep id: isms/policies/fire.md)"
run rename backup ben.ackup -C isms
expect 0
says "The word backup is left in 1 more places"
grep -q 'deputy: ben.ackup' isms/isms.yaml || wrong "$(grep deputy isms/isms.yaml)"
grep -q 'for the backup of' isms/policies/fire.md || wrong "a word was renamed"
rm -rf isms && cp -R before isms

case_is "a new id that can not be"
for new in R-002 ACT-2 AST-1 "R 1" "R-" -R ROLE-x r-001 ""; do
	run rename R-001 -C isms -- "$new"
	expect 2
	diff -r isms before >/dev/null || wrong "$new: something was written"
done
run rename R-009 R-010 -C isms
expect 2
run rename R-001 -C isms
expect 2
run rename R-001 R-101 -C isms --staged
expect 2
printf 'documents:\n  DOC-SOA: {version: "1.0"}\n' >isms/documents.yaml
run rename DOC-SOA DOC-X -C isms
expect 2
says_err "name of a type of document"
rm isms/documents.yaml

case_is "all files or none"
chmod 500 isms/policies
if ! touch isms/policies/x 2>/dev/null; then
	run rename R-001 R-101 -C isms
	expect 2
	says_err "nothing was"
	chmod 700 isms/policies
	diff -r isms before >/dev/null || wrong "something was written: $(diff -r isms before | head -3)"
fi
rm -f isms/policies/x
chmod 700 isms/policies
printf 'risks:\n  R-050: {title: "x\n' >isms/broken.yaml
run rename R-001 R-101 -C isms
expect 2
says_err "not all sources can be read"

finish
