#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc check --format and --report: what forges, build servers and editors read.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
unset GITHUB_STEP_SUMMARY

# A project below the top of a repository, with findings of three severities, a name no format likes, and one accepted.
mkdir -p "top/a%b, [c]/.git" top/.git
rmdir "top/a%b, [c]/.git"
isms="top/a%b, [c]"
cp -R "$here/tests/rules/_clean/." "$isms"
sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' "$isms/incidents.yaml"
cat >"$isms/acceptances.yaml" <<'YAML'
acceptances:
  ACC-01:
    rule: incident-notified-late
    records: [INC-01]
    reason: The authority was told by telephone in time
    risk: R-002
    approved_by: mara.holt
    approved_on: 2026-01-15
    expires: 2026-11-21
YAML
cat >"$isms/actions-more.yaml" <<'YAML'
actions:
  ACT-91:
    title: "Größe <b>&amp; @everyone ]] *x* `y"
    owner: nobody.here
    statsu: planned
YAML

python() { python3 - "$@" 2>>"$err" || wrong "$(tail -n 1 "$err")"; }

case_is "the accepted finding is accepted, and there are others"
run check "$isms" --format json
expect 1
quiet
cp "$out" base.json
python base.json <<'PYTHON'
import json, sys
found = json.load(open(sys.argv[1]))["findings"]
assert [f["rule"] for f in found if f["accepted"]], "nothing is accepted"
assert len([f for f in found if not f["accepted"]]) >= 2, found
PYTHON

case_is "one run writes every report, and still prints the text"
: >before
run check "$isms" -r jsonl=r.jsonl --report sarif=r.sarif --report=github=r.github -r gitlab=r.gitlab -r junit=r.junit -r rdjson=r.rdjson \
	-r checkstyle=r.checkstyle -r markdown=r.md -r json=r.json -r concise=r.concise -r text=r.text -r html=r.html
expect 1
quiet
says " --> actions-more.yaml:5:5"
for name in jsonl sarif github gitlab junit rdjson checkstyle md json concise text html; do
	[ -s "r.$name" ] || wrong "r.$name is empty"
done
cmp -s r.json base.json || wrong "--report json is not --format json"

case_is "--format prints what --report writes"
for name in jsonl sarif github gitlab junit rdjson checkstyle; do
	run check "$isms" -f "$name"
	expect 1
	cmp -s "$out" "r.$name" || wrong "$name differs"
done

case_is "a report that is the same is not touched"
touch -d 2020-01-01 r.sarif
run check -q "$isms" -r sarif=r.sarif
expect 1
[ -z "$(find r.sarif -newermt 2021-01-01)" ] || wrong "r.sarif was written again"

case_is "every finding that counts is in every format, at its place; accepted ones are not, where a forge would show them"
python r <<'PYTHON'
import json, sys, xml.etree.ElementTree as xml
read = lambda name: open(sys.argv[1] + "." + name, encoding="utf-8").read()
every = json.loads(read("json"))["findings"]
counts = [f for f in every if not f["accepted"]]
accepted = [f for f in every if f["accepted"]]
folder, encoded = "a%b, [c]/", "a%25b%2C%20%5Bc%5D/"
places = sorted((folder + f["file"], f["line"], f["column"], f["rule"]) for f in counts)

assert [json.loads(line) for line in read("jsonl").splitlines()] == every

run = json.loads(read("sarif"))["runs"][0]
rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
assert len(set(rules)) == len(rules)
for r in run["tool"]["driver"]["rules"]:
    assert r["shortDescription"]["text"] and r["fullDescription"]["text"] and r["help"]["text"] and len(r["fullDescription"]["text"]) <= 1024
    assert "security-severity" not in r["properties"]
assert run["automationDetails"]["id"] == "ismsc/" + folder
got = []
for result in run["results"]:
    assert rules[result["ruleIndex"]] == result["ruleId"] and result["partialFingerprints"]["primaryLocationLineHash"]
    where = result["locations"][0]["physicalLocation"]
    region = where["region"]
    assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
    assert where["artifactLocation"]["uri"].startswith(encoded), where
    got.append((folder + where["artifactLocation"]["uri"][len(encoded):], region["startLine"], region["startColumn"], result["ruleId"]))
assert sorted(got) == places, got
assert len({r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]}) == len(counts)

issues = json.loads(read("gitlab"))
assert sorted((i["location"]["path"], i["location"]["lines"]["begin"], i["check_name"]) for i in issues) == sorted((p[0], p[1], p[3]) for p in places)
assert len({i["fingerprint"] for i in issues}) == len(issues)
assert {i["severity"] for i in issues} <= {"info", "minor", "major", "critical", "blocker"}

diagnostics = json.loads(read("rdjson"))["diagnostics"]
assert sorted((d["location"]["path"], d["location"]["range"]["start"]["line"], d["code"]["value"]) for d in diagnostics) == sorted((p[0], p[1], p[3]) for p in places)

errors = [(f.get("name"), int(e.get("line")), int(e.get("column")), e.get("source")[len("ismsc."):])
          for f in xml.fromstring(read("checkstyle").encode()) for e in f]
assert sorted(errors) == places, errors

commands = read("github").splitlines()
assert len(commands) == len(counts)
assert all(c.startswith("::") and "file=a%25b%2C [c]/" in c for c in commands), commands

suites = xml.fromstring(read("junit").encode())
cases = list(suites.iter("testcase"))
assert int(suites.get("tests")) == len(cases) > 300
assert int(suites.get("failures")) == len(list(suites.iter("failure"))) == sum(int(s.get("failures")) for s in suites)
assert int(suites.get("skipped")) == len(list(suites.iter("skipped")))
text = " ".join(f.text for f in suites.iter("failure"))
for f in counts:
    if f["severity"] != "observation":
        assert "%s:%d:%d" % (f["file"], f["line"], f["column"]) in text, f
assert any("Accepted by" in (o.text or "") for o in suites.iter("system-out"))

for f in accepted:
    for name in "sarif", "gitlab", "rdjson", "checkstyle", "github":
        assert f["message"] not in read(name), name
markdown = read("md")
assert "### Accepted" in markdown and "@everyone" not in markdown and "<b>" not in markdown
PYTHON

case_is "ten annotations of a kind at the most, and the tenth says how many there are"
cp -R "$isms" many
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	printf '  X-%d:\n    statsu: a\n' $i
done >>many/actions-more.yaml
run check many -f github
expect 1
[ "$(grep -c '^::error' "$out")" -eq 10 ] || wrong "$(grep -c '^::error' "$out") errors"
says "more findings of this kind"
grep -c file= "$out" >/dev/null || wrong "no places"

case_is "the page of a GitHub job gets all findings, behind what stands there"
echo "# Before" >summary
GITHUB_STEP_SUMMARY=$work/summary "$ismsc" check "$isms" -f github >"$out" 2>"$err"
quiet
head -1 summary | grep -q '^# Before' || wrong "what stood in the summary is gone"
grep -q '^## ISMS check of ' summary || wrong "the summary lacks the report"

case_is "a clean ISMS makes empty reports that are whole"
for name in sarif gitlab junit rdjson checkstyle jsonl github markdown; do
	run check "$here/tests/rules/_clean" -f $name
	expect 0
	quiet
	cp "$out" "clean.$name"
done
python clean <<'PYTHON'
import json, sys, xml.etree.ElementTree as xml
read = lambda name: open(sys.argv[1] + "." + name, encoding="utf-8").read()
assert json.loads(read("sarif"))["runs"][0]["results"] == [] and json.loads(read("gitlab")) == [] and json.loads(read("rdjson"))["diagnostics"] == []
assert xml.fromstring(read("junit").encode()).get("failures") == "0" and len(xml.fromstring(read("checkstyle").encode())) == 0
assert read("jsonl") == read("github") == "" and "passed" in read("markdown")
PYTHON

case_is "what is no format or no file is refused before anything is read"
run check "$isms" --format sariff
expect 2
says_err "--format sariff: the formats are text, concise, json"
run check "$isms" --report sarif
expect 2
says_err "write FORMAT=FILE"
run check "$isms" --report nope=x
expect 2
says_err "--report nope: the formats are"
run check -q "$isms" --report sarif=no/such/folder/x
expect 2
says_err "can't write no/such/folder/x: No such file or directory"

finish
