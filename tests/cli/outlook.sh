#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc status and ismsc due: what they show of a small ISMS whose days are known.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
mkdir one
cat >one/isms.yaml <<'Y'
isms: 1
organisation: {name: "Quill, Ink & Söhne GmbH"}
certification: {stage: stage-1, target: 2027-03-01}
people: {ana: {name: Ana Lind}}
suppliers:
  SUP-1: {name: Cloud, owner: ana, next_review: 2026-11-01}
  SUP-2: {name: Paper, next_review: 2027-06-30}
actions:
  ACT-1: {title: Buy a safe, owner: ana, due: 2026-11-25}
  ACT-2: {title: Done long ago, due: 2026-01-01, status: done, done_on: 2026-01-01}
  ACT-3: {title: Put off, due: 2026-01-01, revised_due: 2026-12-24, revision_reason: no money}
evidence:
  EVD-1: {title: Restore, collected_on: 2026-08-31, valid_for: 3 months}
Y

case_is "what is late and what comes, in the order of days"
run due -C one --as-of 2026-11-21
expect 0
quiet
says "Late" "Ahead" "SUP-1" "review of the supplier: Cloud" "Ana Lind" "2027-03-01" "certification audit"
lacks "ACT-2"
[ "$(grep -Eo '(SUP|ACT|EVD)-[0-9]' "$out" | tr '\n' ' ')" = "SUP-1 ACT-1 EVD-1 ACT-3 SUP-2 " ] || wrong "another order: $(cat "$out")"

case_is "within a period"
for within in 5d "5 days"; do
	run due -C one --as-of 2026-11-21 --within "$within"
	expect 0
	[ "$(grep -Eo '(SUP|ACT|EVD)-[0-9]' "$out" | tr '\n' ' ')" = "SUP-1 ACT-1 " ] || wrong "$within: $(cat "$out")"
done
run due -C one --as-of 2026-11-21 -w 2w
[ "$(grep -c 'EVD-1' "$out")" = 1 ] || wrong "30 November is within two weeks"
run due -C one --as-of 2026-11-21 -w soon
expect 2
says_err "soon is no period"

case_is "as JSON"
run due -C one --as-of 2026-11-21 -f json
expect 0
is_json "$out"
says '"days":-20' '"late":true' '"owner":"ana"'

case_is "as a calendar"
run due -C one --as-of 2026-11-21 -f ics
expect 0
says "BEGIN:VCALENDAR" "DTSTART;VALUE=DATE:20261125" "DTSTAMP:20261121T000000Z" "SUMMARY:ACT-1: action due" "DESCRIPTION:Buy a safe\\nAna Lind"
says 'X-WR-CALNAME:ISMS Quill\, Ink & Söhne GmbH'
[ "$(grep -c 'END:VEVENT' "$out")" = "$(grep -c 'BEGIN:VEVENT' "$out")" ] || wrong "an event without an end"
[ "$(grep -c "$(printf '\r')\$" "$out")" = "$(wc -l <"$out")" ] || wrong "a line that does not end in CR LF"
[ "$(grep '^UID' "$out" | sort | uniq -d | wc -l)" = 0 ] || wrong "two events with one UID"
run due -C one -f excel
expect 2
says_err "text, ics, json"

case_is "what belongs to nobody is a matter of whoever runs the ISMS"
cp -R one led
printf 'roles:\n  ROLE-is: {title: ISMS manager, holder: ana, assigned: [conformity]}\n' >led/led.yaml
run status -C led --as-of 2026-11-21
expect 0
tr -s '\n ' ' ' <"$out" | grep -q '1\. [^(]*(major, [^)]*ISMS manager)' || wrong "the first thing to do, a major about the whole ISMS, has no owner"

case_is "the status on one page"
run status -C one --as-of 2026-11-21
expect 0
quiet
says "before the stage 1 audit" "Findings by clause" "What to do next" "1 late" " 5. "
tr -s "\n " " " <"$out" | grep -q "certification planned for 1" || wrong "the planned day is missing"
lacks " 6. "
run status one --as-of 2026-11-21 -f json
expect 0
is_json "$out"
says '"late":1' '"stage":"stage-1"'

case_is "nothing due, no project"
mkdir empty
printf 'isms: 1\norganisation: {name: Q}\n' >empty/isms.yaml
run due -C empty --as-of 2026-11-21
expect 0
says "Nothing is due."
mkdir none
run status -C none
expect 2
says_err "isms.yaml"

finish
