#!/bin/sh
# SPDX-License-Identifier: MIT
# A project of the 2013 edition: its controls, the clauses findings name, what is skipped, its Statement of Applicability.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
old=$here/tests/edition-2013

case_is "findings name the clauses and controls of 2013"
run check -C "$old" --all
expect 1
quiet
says "no decision is taken on 99 of the 114 controls" "incident-notified-late" "= control A.16.1.5, required by the standard" \
	"major[10.2-f-01" "= clause 10.1 f)" "about what the edition of 2013 does not have"
lacks "= clause 10.2 " "= clause 9.2." "= clause 9.3." "= control A.5.26"

case_is "numbers and letters that moved, and what is new"
mkdir -p data/schema/rules isms
: >data/schema/rules/clause-10.yaml
: >pairs
while read -r now before; do
	printf -- '- {id: "T-%s", severity: minor, clause: "%s", assert: "false", message: "%s"}\n' "$(echo "$now" | tr -d ')_')" "$(echo "$now" | tr _ ' ')" "$now" \
		>>data/schema/rules/clause-10.yaml
	echo "$now $before" >>pairs
done <<'PAIRS'
4.1 4.1
4.2_b) 4.2_b)
4.2_c) -
6.1.3_d) 6.1.3_d)
6.2_c) 6.2_c)
6.2_d) -
6.2_e) 6.2_d)
6.2_g) 6.2
6.2_l) 6.2_j)
6.2_z) 6.2
6.3 -
7.4_d) 7.4_e)
9.2.1 9.2
9.2.1_b) 9.2_b)
9.2.2_b) 9.2_e)
9.3.2_b) 9.3_b)
9.3.2_c) -
9.3.2_g) 9.3_f)
9.3.3 9.3
10.1 10.2
10.2_a) 10.1_a)
A.5.7 -
A.5.16 A.9.2.1
A.5.9 A.8.1.1_and_A.8.1.2
A.8.8 A.12.6.1_and_A.18.2.3
PAIRS
printf 'isms: 1\nstandard: "ISO/IEC 27001:2013"\norganisation: {name: Quay}\n' >isms/isms.yaml
run check -C isms --data data --all --format json
is_json "$out"
python3 - "$out" pairs 2013 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import json, sys
found = {f["message"]: f["clause"].replace(" ", "_") for f in json.load(open(sys.argv[1]))["findings"] if f["rule"].startswith("T-")}
wanted = dict(line.split() for line in open(sys.argv[2]))
wanted = {k: v for k, v in wanted.items() if v != "-"}
assert found == wanted, sorted(set(found.items()) ^ set(wanted.items()))
PYTHON
printf 'isms: 1\norganisation: {name: Quay}\n' >isms/isms.yaml
run check -C isms --data data --all --format json
python3 - "$out" 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import json, sys
found = [f for f in json.load(open(sys.argv[1]))["findings"] if f["rule"].startswith("T-")]
assert len(found) == 25 and all(f["message"] == f["clause"].replace(" ", "_") for f in found)
PYTHON

case_is "explain knows both numbers"
run explain 10.1 -C "$old"
expect 0
says "10.1 Nonconformity and corrective action" "clause of ISO/IEC 27001:2013" "in 2022" "10.2-f-01"
run explain 10.1
says "10.1 Continual improvement" "clause of ISO/IEC 27001:2022"
run explain 6.3 -C "$old"
says "clause of ISO/IEC 27001:2022" "New clause in 2022"
run explain 6.2 -C "$old"
says "d) are communicated"
lacks "d) are monitored"
run explain 7.4 -C "$old"
says "with whom, by whom and by" "d) by whom" "what 2022 changed"
lacks "d) how" "when, with whom and how"
run explain 7.4
says "when, with whom and how" "d) how" "changed since 2013"
lacks "e) by which processes"
run explain 9.2 -C "$old"
says "choose impartial auditors" "g) evidence of the programmes" "Its parts since 2022" "9.2.2-01"
run explain 6.3 -C "$old"
lacks "6.3-01"
run explain 10.2-f-01 -C "$old"
says "10.1 f) Nonconformity"
run explain 5.24-x -C "$old"
expect 2

case_is "what became of an old control, in either edition"
run explain A.9.2.1 -C "$old"
says "control of Annex A, ISO/IEC 27001:2013" "in 2022" "A.5.16 Identity management" "treatment.controls"
run explain A.9.2.1
says "which is withdrawn" "What became of it in 2022" "A.5.16"
run explain A.18.2.3 -C "$old"
says "A.5.36" "A.8.8"

case_is "the Statement of Applicability lists the 114 and nothing else"
run build statement-of-applicability -C "$old" --to text --out set
expect 0
says_in set/statement-of-applicability.txt "ISO/IEC 27001:2013" "Annex A in all | > 114" "A.18.2.3" "QL-01"
count=$(grep -o '^ *row | (#[a-z0-9-]*)A\.[0-9]*\.[0-9]*\.[0-9]* ' set/statement-of-applicability.txt | sort -u | wc -l)
[ "$count" -eq 114 ] || wrong "$count controls are listed, not 114"
if grep -q 'row | (#[a-z0-9-]*)A\.[0-9]*\.[0-9]* ' set/statement-of-applicability.txt; then wrong "a control of 2022 is listed"; fi

case_is "findings as data stand under the right clause"
run query 'findings.filter(f, f.rule == "10.2-f-01").map(f, f.clause + " " + f.under.title)' -C "$old"
says "10.1 f) Nonconformity and corrective action"
run query 'findings.filter(f, f.rule == "A-5.26-02").map(f, f.control.id)' -C "$old"
says "A.16.1.5"

case_is "a control of 2022 is refused with the reason"
cp -R "$old/." mixed
printf 'controls: {A.5.16: {applicable: yes}}\n' >mixed/more.yaml
run check -C mixed -f concise
says "more.yaml:1:12: major:" "[R-04]"
case_is "documents of the 2013 edition name its clauses"
run build isms-manual conformity-report gap-assessment audit-programme management-review-inputs --to text -C "$here/tests/edition-2013" --as-of 2026-11-21 --out clauses-2013
expect 0
if grep -lE 'row \| (\(#[0-9-]*\))?(6\.3|9\.2\.1|9\.3\.2) ' clauses-2013/*.txt; then wrong "numbers of 2022 in documents of 2013"; fi
for file in isms-manual conformity-report gap-assessment; do
	grep -qE 'row \| (\(#[0-9-]*\))?10\.1 \| Nonconformity' "clauses-2013/$file.txt" || wrong "$file: $(grep 'Nonconformity' "clauses-2013/$file.txt" | head -n 2)"
done
grep -q 'keywords: 9.2, ' clauses-2013/audit-programme.txt || grep -q 'keywords: 9.2$' clauses-2013/audit-programme.txt || wrong "$(grep keywords clauses-2013/audit-programme.txt)"
grep -q ': e) Risks and the treatment plan' clauses-2013/management-review-inputs.txt || wrong "$(grep heading clauses-2013/management-review-inputs.txt)"
finish
