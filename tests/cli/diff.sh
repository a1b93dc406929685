#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc diff: what has changed in meaning between two states, and the record of it for an auditor.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
GIT_AUTHOR_DATE=2026-03-02T12:00:00Z GIT_COMMITTER_DATE=2026-03-02T12:00:00Z
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_AUTHOR_DATE GIT_COMMITTER_DATE

mkdir repo
git -C repo -c init.defaultBranch=main init -q
cp -R "$here/examples/northwind" repo/isms
git -C repo add -A
git -C repo commit -qm "The ISMS as certified"
git -C repo tag certified
isms=repo/isms

case_is "nothing has changed"
run diff -C $isms
expect 0
quiet
says "Nothing has changed in meaning."
run diff --exit-code -C $isms
expect 0

case_is "moving, ordering, commenting and formatting change no meaning"
mv $isms/risks/platform.yaml $isms/risks/aaa.yaml
sed -i '1i # a comment' $isms/people.yaml
sed -i 's/^    owner: /    owner:   /; s/assets: \[AST-db, AST-backup, AST-telemetry\]/assets: [AST-telemetry, AST-db, AST-backup]/' $isms/risks/*.yaml
run diff --exit-code -C $isms
expect 0
says "Nothing has changed in meaning."
git -C repo checkout -q . && rm $isms/risks/aaa.yaml

case_is "risks, controls, scope, roles, documents, acceptances, findings"
cat >change.py <<'PYTHON'
import re
def sub(path, old, new):
    text = open("repo/isms/" + path).read()
    assert old in text, (path, old)
    open("repo/isms/" + path, "w").write(text.replace(old, new, 1))
import glob
risks = open("repo/isms/risks/platform.yaml").read()
first, rest = risks.split("  R-002:", 1)
assert re.search(r"    residual:\n      likelihood: \d", first), first
first = re.sub(r"(    residual:\n      likelihood: )\d", r"\g<1>5", first)
second, others = rest.split("  R-003:", 1)
second = re.sub(r"status: open", "status: closed\n    closed_reason: gone", second)
open("repo/isms/risks/platform.yaml", "w").write(first + "  R-002:" + second + "  R-003:" + others)
open("repo/isms/new.yaml", "w").write("risks:\n  R-099: {title: A new one, owner: ROLE-cto}\nacceptances:\n  ACC-77: {rule: 4.1-01, reason: later}\n")
sub("controls/technological.yaml", "status: partial", "status: implemented")
sub("people.yaml", "holder: raj.mehta", "holder: priya.nair")
sub("policies/02-access-control.md", "\n\n", "\n\nMore words.\n\n")
text = open("repo/isms/policies/06-backup.md").read()
open("repo/isms/policies/06-backup.md", "w").write(re.sub(r'^version: .*$', 'version: "9.9"', text, count=1, flags=re.M))
PYTHON
python3 change.py || wrong "the example is another"
run diff --exit-code -C $isms
expect 1
quiet
says "R-001" ": moved" "level: " "R-002" ": closed" "status: open -> closed" "R-099 A new one: new" "status: partial -> implemented" "ROLE-cto" \
	"holder: raj.mehta Raj Mehta -> priya.nair Priya Nair" "POL-02 Access control policy: changed" "text: 2 lines changed" "ACC-77" 'version: ' "9.9" "(major): new"
run diff -C $isms
expect 0
run diff -C $isms --format markdown
expect 0
says "## What has changed in the ISMS" "### Risks" "- **R-099** A new one: new" "→ implemented" "### Findings"
run diff -C $isms --format json
is_json "$out"
python3 - "$out" <<'PYTHON' || wrong "the JSON says something else"
import json, sys
told = json.load(open(sys.argv[1]))
assert told["before"] == "HEAD" and told["before_on"] == "2026-03-02" and told["after"] == "" and told["as_of"] == "2026-11-21", told
by = {(d["section"], d["record"]): d for d in told["differences"] if not d["rule"]}
assert by["risks", "R-001"]["change"] == "moved" and by["risks", "R-001"]["details"][0]["field"] == "level", by["risks", "R-001"]
assert by["risks", "R-002"]["change"] == "closed" and by["risks", "R-099"]["change"] == "new" and by["risks", "R-099"]["owner"] == "ROLE-cto"
assert by["acceptances", "ACC-77"]["change"] == "new"
assert [d["field"] for d in by["documents", "POL-06"]["details"]] == ["version"], by["documents", "POL-06"]
found = [d for d in told["differences"] if d["rule"]]
assert found and all(d["change"] in ("new", "solved") and d["severity"] for d in found)
PYTHON

case_is "the other way round, and between two revisions"
git -C repo add -A
git -C repo commit -qm two
run diff HEAD certified -C $isms --format json
python3 - "$out" <<'PYTHON' || wrong "the JSON says something else"
import json, sys
by = {(d["section"], d["record"]): d["change"] for d in json.load(open(sys.argv[1]))["differences"] if not d["rule"]}
assert by["risks", "R-099"] == "gone" and by["risks", "R-002"] == "reopened" and by["risks", "R-001"] == "moved", by
PYTHON
run diff certified HEAD -C $isms
says "From certified to HEAD" "R-099 A new one: new"
run diff -C $isms
says "Nothing has changed in meaning."
printf '# x\nissues:\n  ISS-99: {kind: external, text: T}\n' >$isms/more.yaml
git -C repo add -A
run diff -C $isms --staged
says "From HEAD to what is staged" "ISS-99"

case_is "the change record is a document like all others"
run diff certified --to docx,html,text --out record -C $isms
expect 0
says_err "3 files: 3 written"
[ ! -s "$out" ] || wrong "it prints $(head -1 "$out")"
says_in record/change-record.txt "Record of changes to the ISMS" "**certified** of 2 March 2026" "R-099" "moved" "New findings" "ACC-77"
[ -s record/change-record.docx ] || wrong "no Word file"
says_in record/change-record.html "A new one"
mkdir -p $isms/templates
printf -- '---\nparent: change-record\n---\n{{$summary}}\n# House summary\n{{/summary}}\n' >$isms/templates/change-record.md
run diff certified --to text --out house -C $isms
says_in house/change-record.txt "House summary" "R-099"
rm -r $isms/templates
run build --list -C $isms
says "change-record"
run build --to text --out all -C $isms
[ ! -e all/change-record.txt ] || wrong "a build makes a record of no changes"

case_is "what can not be compared"
run diff nothing -C $isms
expect 2
says_err "git shows no nothing of"
run diff a b c -C $isms
expect 2
run diff --out x -C $isms
expect 2
run diff --to odt -C $isms
expect 2
run diff --format sarif -C $isms
expect 2

finish
