#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc new: policies out of the starters, under the next free id, never over anything.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

"$ismsc" init isms --name "Probe Ltd" >/dev/null || wrong "init failed"

case_is "the list says which starters are needed, and for what"
run new policy -C isms
expect 0
quiet
says "There already" "POL-02, policies/02-access-control.md" "backup" "Backup policy"
sed 's/^    applicable: undecided$/    applicable: yes/' isms/controls/technological.yaml >controls && cp controls isms/controls/technological.yaml
run new policy -C isms
says "Needed: these controls apply" "A.8.13"
run new policy --format json -C isms
is_json "$out"
python3 - "$out" <<'PYTHON' || wrong "the list is not right"
import json, sys
starters = {s["name"]: s for s in json.load(open(sys.argv[1]))}
assert len(starters) >= 33, len(starters)
assert starters["backup"]["state"] == "needed" and starters["backup"]["needed_for"] == ["A.8.13"], starters["backup"]
assert starters["access-control"]["state"] == "there" and starters["access-control"]["document"] == "POL-02", starters["access-control"]
assert starters["project-security"]["state"] == "other", starters["project-security"]
PYTHON

case_is "a copy gets the next free id and the owner that the ISMS has"
run new policy backup -C isms
expect 0
quiet
says "wrote policies/04-backup.md: POL-04 Backup policy" "A.8.13"
grep -q '^id: POL-04$' isms/policies/04-backup.md || wrong "$(head -n 3 isms/policies/04-backup.md)"
grep -q '^owner: ROLE-ism$' isms/policies/04-backup.md || wrong "the owner is $(grep ^owner isms/policies/04-backup.md)"
run new policy internal-audit -C isms
says "PROC-01"
[ -s isms/policies/proc-01-internal-audit.md ] || wrong "$(ls isms/policies)"
run new policy "Cryptography and key management policy" -C isms
says "POL-05"

case_is "nothing is written twice or over a text on the same topic"
run new policy backup -C isms
expect 2
says_err "POL-04 is about that already" "--replace"
cp isms/policies/02-access-control.md before
run new policy access-control -C isms
expect 2
says_err "POL-02" "--replace"
cmp -s before isms/policies/02-access-control.md || wrong "the policy was written over"
: >isms/policies/06-malware-protection.md
run new policy malware-protection -C isms
expect 2
[ ! -s isms/policies/06-malware-protection.md ] || wrong "a file was written over"
rm isms/policies/06-malware-protection.md

case_is "a draft on the topic is replaced on request and keeps its id"
run new policy access-control --replace -C isms
expect 0
says "replaced policies/02-access-control.md: POL-02"
grep -q '^id: POL-02$' isms/policies/02-access-control.md || wrong "the id changed"
cmp -s before isms/policies/02-access-control.md && wrong "nothing was replaced"
sed 's/^status: draft/status: in_review/' isms/policies/02-access-control.md >before && cp before isms/policies/02-access-control.md
run new policy access-control --replace -C isms
expect 2
says_err "more than a draft"
cmp -s before isms/policies/02-access-control.md || wrong "a text that is more than a draft was written over"

case_is "what is kept elsewhere is not doubled"
printf 'documents:\n  POL-CLOUD: {title: Cloud rules, owner: ROLE-ism, file: Company wiki}\n' >isms/wiki.yaml
run new policy cloud-services --replace -C isms
expect 2
says_err "POL-CLOUD" "Company wiki"

case_is "roles, classes and exclusions of another house"
mkdir other
cat >other/isms.yaml <<'YAML'
isms: 1
organisation: {name: Harbour Tea Ltd}
classifications: [Open, House, Secret]
people: {nora.pell: {name: Nora Pell}}
roles: {ROLE-owner: {title: Owner, holder: nora.pell, top_management: yes}}
controls: {A.8.19: {applicable: no, justification: We install nothing.}}
YAML
run new policy vulnerability-management -C other
expect 0
says "POL-01" "A.8.8, A.8.34"
for line in 'id: POL-01' 'owner: ROLE-owner' 'classification: House' 'implements: \[A.8.8, A.8.34\]'; do
	grep -q "^$line\$" other/policies/01-vulnerability-management.md || wrong "no line $line: $(head -n 12 other/policies/01-vulnerability-management.md)"
done

case_is "all of them live together in one project"
"$ismsc" init all --name "Probe Ltd" >/dev/null
for file in "$here"/templates/starters/*.md; do
	name=$(basename "$file" .md)
	[ "$name" = README ] && continue
	"$ismsc" new policy "$name" --replace -C all >>log 2>&1 || wrong "$name: $(tail -n 1 log)"
done
run check -C all --format json
python3 - "$out" <<'PYTHON' || wrong "the check has something about a copy"
import json, sys
wrong = [f for f in json.load(open(sys.argv[1]))["findings"] if f["severity"] == "error" or "policies/" in json.dumps(f)]
for f in wrong:
    print(f["rule"], f["message"], file=sys.stderr)
assert not wrong
PYTHON
run build --to text -C all
expect 0

case_is "mistakes of the caller"
run new
expect 2
says_err "ismsc new policy"
run new polcy -C isms
expect 2
says_err "polcy"
run new policy bakup -C isms
expect 2
says_err "did you mean backup?"
run new policy a b -C isms
expect 2
finish
