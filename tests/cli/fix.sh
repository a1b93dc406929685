#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc check --fix: what can be mended for certain, as bytes in the place of others.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

mkdir -p isms/policies
cat >isms/isms.yaml <<'YAML'
# who we are
isms: 1
organisation: {name: Probe Ltd}
people:
  ana.lind: {name: Ana Lind}   # she began it
roles:
  ROLE-ceo: {title: Chief executive, holder: "Ana Lind", top_management: Yes}   # as the id, but for the dot
  ROLE-ism: {title: Security, holder: ANA.LIND, top-management: no}
risks:
  R-001:
    title: Fire
    owner: role_ism   # wrong twice
    treatment:
      option: Modify
      controls: [a.5.01, A.9.2.1, A.8.13, A 8.14, A.12.1.1, A.9.1.1]


    Status: OPEN
  R-1-1: {title: Flood, owner: ROLE-ceo}
actions:
  ACT-1: {title: Safe, risks: [r-1, R-11, R-1.01], owner: ana.lynd, status: In Progress}
controls:
  A.5.2: {applicable: YES}
  A.8.05: {applicable: no}
  A.9.2.1: {applicable: yes}
  a.5.16: {applicable: no}
  A.9.1.1: {applicable: yes}
  A.14.2.8: {applicable: yes}
YAML
printf '\357\273\277people:\n  ben.cho: {name: Ben}\n' >isms/people.yaml
printf -- '---\nid: POL-01\ntitle:  Fire policy\nowner: ROLE-CEO\n---\n\nBecause of [[r-001|fire]] and [[ R-1 ]], see [[R-77]].\n' >isms/policies/fire.md
cp -R isms before

case_is "the report says what can be fixed"
run check -C isms --all
expect 1
says '= fix: ismsc check --fix writes `R-001`' '= fix: ismsc check --fix writes `A.5.16`' '= fix: ismsc check --fix removes it' "can be fixed with --fix."
run check -C isms --format json
is_json "$out"
python3 - "$out" <<'PYTHON' || wrong "the fixes are not right"
import json, sys
fixes = [(f["fix"]["line"], f["fix"]["column"], f["fix"]["end_column"], f["fix"]["text"]) for f in json.load(open(sys.argv[1]))["findings"] if f["fix"] and f["file"] == "isms.yaml"]
assert (12, 12, 20, "ROLE-ism") in fixes and (14, 15, 21, "modify") in fixes and (15, 18, 24, "A.5.1") in fixes, fixes
PYTHON
run check -C isms --format rdjson
is_json "$out"
says '"suggestions": [{"range": {"start": {"line": 12, "column": 12}, "end": {"line": 12, "column": 20}}, "text": "ROLE-ism"}]'

case_is "--diff writes nothing"
run check --fix --diff -C isms
expect 1
cp "$out" change
diff -r isms before >/dev/null || wrong "something was written"
run check --diff -C isms
expect 2
run check --fix --staged -C isms
expect 2

case_is "--fix mends what is certain and nothing else"
run check --fix -C isms --all
expect 1
cp "$out" after
says_err "isms.yaml:12:12: role_ism is ROLE-ism now [R-01]" "policies/fire.md:7:14: r-001 is R-001 now" "findings fixed, 2 files formatted."
cat >expected.py <<'PYTHON'
old = open("before/isms.yaml").read()
for a, b in (('"Ana Lind"', "ana.lind"), ("top_management: Yes", "top_management: yes"), ("ANA.LIND", "ana.lind"), ("top-management", "top_management"), ("role_ism", "ROLE-ism"),
             ("option: Modify", "option: modify"), ("a.5.01", "A.5.1"), ("A.9.2.1, A.8.13, A 8.14", "A.5.16, A.8.13, A.8.14"),
             ("A.9.1.1]\n\n\n", "A.9.1.1]\n\n"), ("Status: OPEN", "status: open"), ("[r-1, R-11, R-1.01]", "[R-001, R-11, R-1-1]"), ("In Progress", "in_progress"),
             ("YES", "yes"), ("A.8.05", "A.8.5"), ("A.9.2.1: {applicable: yes}", "A.5.16: {applicable: yes}"), ("A.12.1.1", "A.5.37")):
    assert a in old, a
    old = old.replace(a, b, 1)
new = open("isms/isms.yaml").read()
assert new == old, "\n".join(l for l in __import__("difflib").unified_diff(old.split("\n"), new.split("\n"), lineterm=""))
assert open("isms/people.yaml", "rb").read() == b"people:\n  ben.cho: {name: Ben}\n"
assert "[[R-001|fire]] and [[ R-001 ]], see [[R-77]]" in open("isms/policies/fire.md").read(), open("isms/policies/fire.md").read()
assert "title: Fire policy\nowner: ROLE-ceo" in open("isms/policies/fire.md").read()
PYTHON
python3 expected.py 2>complaint || wrong "$(cat complaint)"
(cd before && git apply --whitespace=nowarn -p1 ../change 2>../complaint) || wrong "the diff is no patch: $(cat complaint)"
diff -r before isms >differences || wrong "the diff is another change: $(head -5 differences)"

case_is "a second time there is nothing to fix"
run check --fix -C isms --all
says_err "Nothing to fix."
lacks "can be fixed"
cmp -s "$out" after || wrong "another report"

case_is "what is wrong without doubt is mended, the rest is told"
says "there is no risk called R-11" "ana.lynd" "R-77"

case_is "a clean project stays as it is, to the byte"
cp -R "$here/examples/northwind" north
run check --fix -C north
says_err "Nothing to fix."
diff -r "$here/examples/northwind" north >differences || wrong "$(head -5 differences)"

case_is "ids without brackets are a list"
mkdir ids
printf 'isms: 1\norganisation: {name: Quay}\nrisks:\n  R-1: {title: Fire}\nactions:\n  ACT-1:\n    title: Safe\n    risks: R-1   # the fire\n    controls: A.8.13, A.8.14\n' >ids/isms.yaml
run check --fix -C ids
grep -qF 'risks: [R-1]   # the fire' ids/isms.yaml || wrong "one id: $(cat ids/isms.yaml)"
grep -qF 'controls: [A.8.13, A.8.14]' ids/isms.yaml || wrong "two ids: $(cat ids/isms.yaml)"
finish
