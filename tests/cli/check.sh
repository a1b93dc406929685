#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc check: exit status, forms of output, how the project is found.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

mkdir -p clean broken/risks
cp -R "$here/tests/rules/_clean/." clean
printf 'isms: 1\norganisation:\n  name: Quay\n' >broken/isms.yaml
printf 'risks:\n  R-1:\n    titel: Fire\n' >broken/risks/a.yaml

case_is "a clean ISMS: status 0 and a line that says so"
run check -C clean
expect 0
quiet
says "No findings." "rules checked"

case_is "an ISMS with mistakes: status 1, each with place and help"
run check -C broken
expect 1
quiet
says "error[S-01 unknown-key]: \`titel\` is no key of a risk" " --> risks/a.yaml:3:5" "3 |     titel: Fire" "  |     ^^^^^" "help: did you mean \`title\`?"

case_is "what a section lacks that nobody has begun stands at the nearest one, with the way to begin it"
mkdir -p young/registers
printf 'isms: 1\nstandard: "ISO/IEC 27001:2022"\norganisation: {name: Quay}\ncertification: {stage: stage-1}\n' >young/isms.yaml
printf 'operations:\n  OPS-1: {name: Restore}\naudits:\n  AUD-1: {title: First}\n' >young/registers/work.yaml
run check -C young
expect 1
says "registers/work.yaml:1:1" "^^^^^^^^^^ no section \`metrics\` yet; \`ismsc new metric\` begins it" \
	"registers/work.yaml:3:1" "no section \`audit_programme\` yet; write it here or in a file of its own"

case_is "one finding a line for tools"
run check -C broken --format concise
expect 1
says "risks/a.yaml:3:5: error: \`titel\` is no key of a risk [S-01"
[ -z "$(grep -v '^[^:]*:[0-9]*:[0-9]*: [a-z]*: ' "$out")" ] || wrong "a line is no finding: $(grep -v '^[^:]*:[0-9]*:[0-9]*: ' "$out" | head -1)"

case_is "JSON for programs, with the names that stay"
run check -C broken --format=json
expect 1
is_json "$out"
python3 - "$out" 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import json, sys
report = json.load(open(sys.argv[1]))
assert list(report) == ["schema_version", "as_of", "stage", "summary", "findings"], list(report)
assert report["as_of"] == "2026-11-21" and report["stage"] == "draft"
assert set(report["summary"]) == {"error", "major", "minor", "observation", "accepted", "failed", "likely_major"} and report["summary"]["failed"] is True
names = "rule name severity clause basis message help file line column end_line end_column record field fingerprint fix accepted related".split()
for finding in report["findings"]:
    assert list(finding) == names, list(finding)
keys = [(f["file"], f["line"], f["column"]) for f in report["findings"]]
assert len(keys) == sum(report["summary"][s] for s in ("error", "major", "minor", "observation"))
PYTHON

case_is "--severity: the same findings as else, without those below"
python3 "$here/bench/generate.py" --risks 8 many >/dev/null
cp broken/risks/a.yaml many/broken.yaml
for severity in minor major error; do
	run check -C many --format json
	cp "$out" whole.json
	run check -C many --format json --severity "$severity"
	expect 1
	python3 - "$severity" whole.json "$out" 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import json, sys
order = ["observation", "minor", "major", "error"]
whole, part = (json.load(open(name))["findings"] for name in sys.argv[2:])
wanted = [f for f in whole if order.index(f["severity"]) >= order.index(sys.argv[1])]
assert wanted and len(wanted) < len(whole), (len(wanted), len(whole))
assert part == wanted, [f["rule"] for f in part if f not in wanted] + [f["rule"] for f in wanted if f not in part]
PYTHON
done
# Passages are found only for rules that ask for them: a rule itself, and one that it gives way to.
mkdir many/rules
cat >many/rules/own.yaml <<'YAML'
- {id: OWN-1, severity: major, yields: [OWN-2], for: document in documents, assert: document.id == "", at: document.title, message: 'one {document.id}'}
- {id: OWN-2, severity: minor, for: document in documents, when: document.passages.size() > 0, assert: document.id != "POL-001", at: document.title, message: 'two {document.id}'}
YAML
run check -C many --severity major --format concise
expect 1
says "one POL-002"
lacks "one POL-001" "two POL-001"
cat >many/rules/own.yaml <<'YAML'
- {id: OWN-1, severity: major, for: passage in passages, assert: passage.id != "POL-001", message: 'one {passage.id}'}
YAML
run check -C many --severity major --format concise
expect 1
says "one POL-001"
run check -C clean --severity major
expect 0
says "below major left out"
run check -C clean --severity worst
expect 2
says_err "worst is no severity; there are major, minor, observation and error"

case_is "what is accepted stays in the report and fails nothing"
cp -R clean accepted
sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' accepted/incidents.yaml
run check -C accepted
expect 1
says "1 major. Failed"
cat >accepted/acceptances.yaml <<'YAML'
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
run check -C accepted
expect 0
says "accepted[A-5.26-02 incident-notified-late]: incident INC-01 was notified" " --> incidents.yaml:2:" "No findings, 1 accepted." \
	"= major, accepted by Mara Holt until 2026-11-21: The authority was told by telephone in time (ACC-01)"
lacks "Failed" "help:"
run check -C accepted --severity major
expect 0
says "No findings, 1 accepted."
run check -C accepted --severity error
expect 0
says "No findings."
lacks "has nothing to accept"
run check -C accepted --format concise
expect 0
says "incidents.yaml:2:190: accepted: incident INC-01"
run check -C accepted --format json
is_json "$out"
python3 - "$out" 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import json, sys
report = json.load(open(sys.argv[1]))
assert report["summary"]["accepted"] == 1 and report["summary"]["major"] == 0 and report["summary"]["failed"] is False
assert report["findings"][0]["severity"] == "major"
assert report["findings"][0]["accepted"] == {"id": "ACC-01", "by": "mara.holt", "on": "2026-01-15", "until": "2026-11-21", "risk": "R-002",
                                             "reason": "The authority was told by telephone in time"}
PYTHON
run build -C accepted --release --out set
expect 0
run check -C accepted --as-of 2026-11-22
expect 1
says "1 major, 1 minor" "acceptance ACC-01 of incident-notified-late ended on 2026-11-21" "------ does not count: acceptance-expired"

case_is "switching off the rule about an acceptance does not make it count"
printf 'checks: {disabled: {X-ACC-05: we know}}\n' >accepted/checks.yaml
run check -C accepted --as-of 2026-11-22
expect 1
says "1 major." "does not count: acceptance-expired"

case_is "a rule newer than the pinned edition is an observation, and takes nothing from what counts"
mkdir -p newer/data/schema/rules newer/isms
cat >newer/data/schema/rules/clause-10.yaml <<'YAML'
- {id: T-old, severity: minor, yields: [T-new], for: risk in risks, assert: risk.title != "Fire", message: "{risk.id} is fire"}
- {id: T-new, severity: major, since: 2026.2, for: risk in risks, assert: risk.title != "Fire", message: "{risk.id} burns"}
- {id: T-newest, severity: minor, since: "2026.10", assert: "false", message: never right}
YAML
printf 'isms: 1\norganisation: {name: Quay}\nrisks: {R-1: {title: Fire}}\nchecks: {rules: "2026.1"}\n' >newer/isms/isms.yaml
run check -C newer/isms --data newer/data
says "observation[T-new]: R-1 burns" "= note: major from edition 2026.2 of the rules on; \`checks.rules\` names 2026.1" "minor[T-old]: R-1 is fire" "observation[T-newest]"
run explain T-new -C newer/isms --data newer/data
says "edition 2026.2 of the rules; this ISMS is judged by"
for edition in 2026.2 2026.10 ''; do
	printf 'isms: 1\norganisation: {name: Quay}\nrisks: {R-1: {title: Fire}}\nchecks: {rules: "%s"}\n' "$edition" >newer/isms/isms.yaml
	run check -C newer/isms --data newer/data
	says "major[T-new]: R-1 burns"
	lacks "T-old" "from edition 2026.2"
done
says "minor[T-newest]"
printf 'isms: 1\norganisation: {name: Quay}\nchecks: {rules: 2026.3}\n' >newer/isms/isms.yaml
run check -C newer/isms --data newer/data
expect 1
says "error[C-09 unknown-rule-edition]: there is no edition 2026.3 of the rules" "this program has 2026.1, 2026.2, 2026.10"

case_is "minors that add up are likely a major"
mkdir -p several/rules
cat >several/rules/own.yaml <<'YAML'
- {id: OWN-1, severity: minor, clause: 8.1 a), for: risk in risks, when: risk.title != "Frost", assert: risk.title == "Wind", message: "one {risk.id}"}
- {id: OWN-2, severity: minor, clause: "8.1", assert: "false", message: two}
- {id: OWN-3, severity: minor, clause: 8.1 b), assert: "false", message: three}
- {id: OWN-4, severity: minor, clause: "9.1", basis: practice, assert: "false", message: a custom}
- {id: OWN-5, severity: minor, clause: "9.1", assert: "false", message: five}
- {id: OWN-6, severity: minor, clause: "9.1", assert: "false", message: six}
YAML
printf 'isms: 1\norganisation: {name: Quay}\nrisks: {R-1: {title: Fire}, R-2: {title: Wind}, R-3: {title: Frost}}\n' >several/isms.yaml
run check -C several
expect 1
says "3 minors against 8.1 (3 different rules): together likely a major."
lacks "against 9.1"
run check -C several --format json
is_json "$out"
says '"likely_major": [{"clause": "8.1", "minors": 3, "rules": ["OWN-2", "OWN-3", "OWN-1"], "message": "3 minors against 8.1'
run explain 8.1 -C several
says "3 minors against 8.1"
run explain OWN-2 -C several
says "3 minors against 8.1"
cat >several/acceptances.yaml <<'YAML'
people: {ana: {name: Ana}}
acceptances: {ACC-1: {rule: OWN-2, reason: later, approved_by: ana, approved_on: 2026-11-01, expires: 2026-12-01}}
YAML
run check -C several
lacks "likely a major"
printf 'risks: {R-4: {title: x}, R-5: {title: x}, R-6: {title: x}, R-7: {title: x}}\n' >several/more.yaml
run check -C several
says "6 minors against 8.1 (5 of 6 records break OWN-1): together likely a major."
printf 'risks: {%s}\n' "$(for i in 10 11 12 13; do printf 'R-%s: {title: Wind}, ' $i; done)" >several/fine.yaml
run check -C several
lacks "likely a major"

case_is "limits of rules can be set"
cp -R clean limits
sed -i '/correction:/d; /actions:/d' limits/nonconformities.yaml
run check -C limits -f concise
says "[10.2-f-01]"
printf 'checks: {params: {10.2-f-01: {grace: 3 years}}}\n' >limits/checks.yaml
run check -C limits -f concise
lacks "[10.2-f-01]"
run explain 10.2-f-01 -C limits
says "Its limits" "30 days" "3 years" "10.2-f-01: {grace: 30 days}"

case_is "quiet is only the exit status"
run check -C broken -q
expect 1
quiet
[ ! -s "$out" ] || wrong "it says: $(head -1 "$out")"

case_is "the project is the nearest folder upwards, and a folder may be named"
(cd broken/risks && "$ismsc" check -f concise >"$out" 2>"$err")
says "risks/a.yaml:3:5:"
run check broken -f concise
says "risks/a.yaml:3:5:"
run check -Cbroken/risks --format=concise
says "risks/a.yaml:3:5:"

case_is "no project is status 2, with what to do"
mkdir empty
run check -C empty
expect 2
says_err "no ISMS here: there is no isms.yaml in $(pwd -P)/empty or above it" "ismsc init empty"
run check -C nowhere
expect 2
[ "$(wc -l <"$err")" -eq 1 ] || wrong "not one line: $(cat "$err")"

case_is "the wrong folder: other people's YAML and Markdown are not taken for an ISMS"
mkdir -p wrong/deploy wrong/clients/quay wrong/clients/lane
printf 'apiVersion: v1\nkind: Service\n' >wrong/deploy/service.yaml
printf '# Changelog\n[nowhere](nowhere.md)\n' >wrong/CHANGELOG.md
cd wrong || exit 2
for command in check build status due query\ risks fmt "build statement-of-applicability" serve "new risk"; do
	# shellcheck disable=SC2086 # words are meant
	run $command
	expect 2
	says_err "no ISMS here: there is no isms.yaml in $(pwd -P) or above it" "ismsc init begins a new one"
	[ "$(wc -l <"$err")" -eq 2 ] || wrong "not two lines: $(cat "$err")"
done
cd .. || exit 2
printf 'isms: 1\norganisation: {name: Quay}\n' >wrong/clients/quay/isms.yaml
cp wrong/clients/quay/isms.yaml wrong/clients/lane/isms.yaml
run check -C wrong
expect 2
says_err "there is one in wrong/clients/lane: ismsc -C wrong/clients/lane ..." "ismsc -C wrong/clients/quay ..."
(cd wrong && "$ismsc" check >"$out" 2>"$err")
says_err "ismsc -C clients/lane ..."
(cd wrong && "$ismsc" -C clients/lane query organisation.name >"$out" 2>"$err")
says Quay
for n in 1 2 3; do mkdir "wrong/clients/$n" && cp wrong/clients/quay/isms.yaml "wrong/clients/$n"; done
run check -C wrong
says_err "clients/1" "and 2 more below"
run doctor -C wrong
expect 2

case_is "the section isms may stand in any file, as long as no subfolder is to find it"
printf '# ours\nisms: 1\norganisation: {name: Quay}\n' >wrong/first.yaml
run check -C wrong -f concise
expect 1
says "deploy/service.yaml:1:1: error: \`apiVersion\` is no section of an ISMS"
run doctor -C wrong
says "there is no isms.yaml"
mv wrong/first.yaml wrong/isms.yml
run check -C wrong
expect 2
says_err "isms.yml is not read: files of an ISMS end in .yaml"
rm -r wrong

case_is "the threshold decides what fails"
printf 'checks: {fail_on: none}\n' >broken/checks.yaml
run check -C broken
expect 1 # what can not be read fails always
rm broken/risks/a.yaml
run check -C broken
expect 0
lacks "Failed"
printf 'checks: {fail_on: major}\n' >broken/checks.yaml
run check -C broken
expect 1
says "Failed: major or worse"

case_is "the day of judgement"
run check -C clean --as-of 2031-01-01
expect 1
run check -C clean --as-of yesterday
expect 2
says_err "yesterday is no date"

case_is "colour only where it is asked for"
run check -C broken --color always
grep -q "$(printf '\033')" "$out" || wrong "no colour with --color always"
run check -C broken
if grep -q "$(printf '\033')" "$out"; then wrong "colour into a file"; fi
CLICOLOR_FORCE=1 "$ismsc" check -C broken >"$out" 2>"$err"
grep -q "$(printf '\033')" "$out" || wrong "no colour with CLICOLOR_FORCE"
NO_COLOR=1 CLICOLOR_FORCE=1 "$ismsc" check -C broken >"$out" 2>"$err"
if grep -q "$(printf '\033')" "$out"; then wrong "colour in spite of NO_COLOR"; fi

case_is "every finding only when asked"
{
	echo "risks:"
	for i in 1 2 3 4 5 6 7 8; do echo "  R-$i: {titel: x}"; done
} >broken/many.yaml
run check -C broken
says "and 3 more of S-01 (--all shows them)"
run check -C broken --all
lacks "more of S-01"
[ "$(grep -c '^error\[S-01' "$out")" -eq 8 ] || wrong "not eight of S-01"

case_is "what is no file of the project is not read"
mkdir links
printf 'isms: 1\norganisation: {name: Q}\n' >links/isms.yaml
ln -s /etc/passwd links/out.yaml
mkfifo links/pipe.yaml
ln -s isms.yaml links/in.md
truncate -s 300M links/large.yaml 2>/dev/null || dd if=/dev/zero of=links/large.yaml bs=1 count=1 seek=314572800 2>/dev/null
run check -C links --format concise
expect 1
says "out.yaml:1:1: error: out.yaml is a link out of the project, a pipe or a device [L-04" "large.yaml:1:1: error: large.yaml is larger than a source may be [L-01"
lacks "root"
rm links/large.yaml links/pipe.yaml links/out.yaml

case_is "a folder that is a link out of the project is refused by name, and nothing in it is read"
mkdir -p away/partials && printf 'risks: [{id: R-1, title: Stolen}]\n' >away/r.yaml && printf -- '---\nid: DOC-X\ntitle: Stolen\n---\n# Stolen\n' >away/x.md
ln -s ../away links/risks && ln -s ../away links/templates
run check -C links --format concise
expect 1
says "risks/:1:1: error: the folder risks/ is a link out of the project; nothing in it is read [L-04" "templates/:1:1: error: the folder templates/"
run build -C links --list
lacks "Stolen" "DOC-X"
run query 'risks' -C links
lacks "Stolen"
rm links/risks links/templates

case_is "files with odd names"
mkdir odd
printf 'isms: 1\norganisation: {name: Q}\n' >odd/isms.yaml
printf 'x: 1\n' >"odd/a b 'c' \"d\".yaml"
printf 'x: 1\n' >"odd/$(printf 'bad-\377').yaml" 2>/dev/null || true
run check -C odd --format json
expect 1
is_json "$out"
run check -C odd --format concise
says "a b 'c' \"d\".yaml:1:1:"
finish
