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

case_is "an entry of every kind, twice, and what its comments say is right when it counts"
"$ismsc" init kinds --name "Probe Ltd" >/dev/null
run new
expect 0
says "risk " "R-" "management_review"
cut -d ' ' -f 1 "$out" | grep -v policy >list
[ "$(wc -l <list)" -ge 30 ] || wrong "only $(wc -l <list) kinds"
while read -r kind; do
	for title in "Fire: in the office, #1" "A second one"; do
		"$ismsc" new "$kind" "$title" -C kinds >said 2>&1 || wrong "$kind: $(cat said)"
	done
done <list
run check -C kinds --format json
cat >errors.py <<'PYTHON'
import json, sys
wrong = [f for f in json.load(open(sys.argv[1]))["findings"] if f["severity"] == "error" and f["rule"][0] in sys.argv[2]]
for f in wrong:
    print(f["rule"], f["message"], json.dumps(f)[:300], file=sys.stderr)
assert not wrong
PYTHON
# An acceptance names a rule and a document has no text: their words are not ids.
python3 errors.py "$out" YSFK || wrong "the new entries can not be read"
run query 'risks.map(r, r.id) + suppliers.map(s, s.id) + people.map(p, p.id) + audits.map(a, a.id)' -C kinds
says "R-002" "R-003" "SUP-fire-in-the-office" "SUP-a-second-one" "fire.in.the.office" "AUD-01" "AUD-02"
find kinds -name '*.yaml' -exec sed -i 's/^\(    \)# \( *\(- \)\{0,1\}[a-z_]*:.*\)$/\1\2/' {} +
run check -C kinds --format json
python3 errors.py "$out" Y || wrong "a comment is no YAML"

case_is "an entry stands behind the last one of its kind, and nothing else moves"
cp -R "$here/examples/northwind" north
run new risk "Fire in the lab" -C north
expect 0
says "R-029 is in risks/"
run new audit "Audit of suppliers" -C north
says "AUD-2026-2"
run new asset "Spare gateways" -C north
says "AST-spare-gateways"
diff -r "$here/examples/northwind" north >changes
grep -q '^<' changes && wrong "a line went: $(grep -m 1 '^<' changes)"
[ "$(grep -c '^diff' changes)" -eq 3 ] || wrong "$(grep '^diff' changes)"
run query 'risks["R-029"].title' -C north
says "Fire in the lab"

case_is "where each entry has a file of its own, so has the next"
"$ismsc" init own --name "Own Ltd" >/dev/null
cp own/risks/R-001.yaml before.yaml
run new risk "Flood" -C own
expect 0
says "R-002 is in risks/R-002.yaml:2"
cmp -s before.yaml own/risks/R-001.yaml || wrong "the file of another risk changed"
run query 'risks["R-002"].title' -C own
says "Flood"
: >own/risks/R-003.yaml
run new risk "Storm" -C own
says "R-003 is in risks/R-002.yaml"

case_is "control data of a document of the set have its id"
run new document doc-manual -C isms
expect 0
says "DOC-MANUAL is in"
run query 'documents["DOC-MANUAL"].title' -C isms
says "ISMS manual"
run new document DOC-MANUAL -C isms
expect 2
says_err "already"

case_is "a register in one line gets a file beside it"
mkdir flow
printf 'isms: 1\norganisation: {name: Flow Ltd}\nrisks: {R-1: {title: Fire}}\n' >flow/isms.yaml
run new risk "Flood" -C flow
expect 0
says "R-2 is in registers/risks.yaml:2"
run new risk "Storm" -C flow
says "R-3 is in registers/risks.yaml"
run query 'risks.map(r, r.id)' -C flow
says "R-3"

case_is "sources that can not be read give no id"
cp -R flow unreadable
printf 'risks: [\n' >unreadable/bad.yaml
run new risk "Hail" -C unreadable
expect 2
says_err "next free id is not known"

case_is "mistakes of the caller"
run new riks "Fire" -C isms
expect 2
says_err "did you mean risk?"
run new person -C isms
expect 2
says_err "say who it is"
run new risk --replace -C isms
expect 2
run new policy bakup -C isms
expect 2
says_err "did you mean backup?"
run new policy a b -C isms
expect 2
finish
