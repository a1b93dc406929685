#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

cp -r "$here/examples/northwind" nw

case_is "everything, into build/ beside isms.yaml"
run build -C nw --as-of 2026-11-21
expect 0
quiet
for name in risk-methodology risk-assessment-report risk-treatment-plan statement-of-applicability; do
	for ending in docx html; do [ -s "nw/build/$name.$ending" ] || wrong "no $name.$ending"; done
done
[ -z "$(find nw/build -name '.*' -type f)" ] || wrong "a temporary file is left"

case_is "an unchanged build touches nothing"
touch -d 2020-01-01 nw/build/*
run build -C nw --as-of 2026-11-21
expect 0
says "0 written"
[ -z "$(find nw/build -type f -newermt 2021-01-01)" ] || wrong "a file was written"

case_is "only what a change touches is written"
sed -i 's/^    name: Customer/    name: Client/' nw/registers/assets.yaml
printf '\nOne more sentence.\n' >>nw/policies/06-backup.md
run build -C nw --as-of 2026-11-21
expect 0
[ "$(find nw/build -newermt 2021-01-01 -name '06-backup.*' | wc -l)" = 2 ] || wrong "the changed policy was not written"
[ -z "$(find nw/build -newermt 2021-01-01 -name '09-*')" ] || wrong "an unchanged policy was written"

case_is "one document, one format, another folder"
run build -C nw --as-of 2026-11-21 --to html --out some/where DOC-SOA
expect 0
[ "$(ls some/where)" = statement-of-applicability.html ] || wrong "not that one file: $(ls some/where)"

case_is "a document that does not exist"
run build -C nw statement-of-aplicability
expect 2
says_err "did you mean statement-of-applicability"

case_is "a list of the documents"
run build -C nw --list
expect 0
says "DOC-SOA" "approved" "Statement of Applicability"
run build -C nw --list --format json
is_json "$out"

case_is "nothing is built from sources that can't be read"
cp nw/people.yaml people.yaml
printf 'x: "unclosed\n' >>nw/people.yaml
rm -rf nw/build
run build -C nw --as-of 2026-11-21
expect 1
says_err "people.yaml" "can't be read"
[ ! -e nw/build ] || wrong "something was built"
mv people.yaml nw/people.yaml

case_is "nothing is released while the check fails"
sed -i '0,/applicable: yes/s//applicable: no/' nw/controls/technological.yaml
run build -C nw --as-of 2026-11-21 --release
expect 1
[ ! -e nw/build ] || wrong "something was built"
run build -C nw --as-of 2026-11-21
expect 0

case_is "a policy that can't be made keeps the old set whole"
find nw/build -type f -exec cksum {} + | sort >before
mkdir -p nw/templates && printf -- '---\ndocument: own\nid: DOC-OWN\ntitle: Own\n---\n{{nobody.knows}}\n' >nw/templates/own.md
run build -C nw --as-of 2026-11-21
[ "$status" != 0 ] || wrong "built all the same"
find nw/build -type f -exec cksum {} + | sort >after
cmp -s before after || wrong "the set changed"
rm -r nw/templates

case_is "an unwritable folder"
if [ "$(id -u)" != 0 ]; then
	mkdir locked && chmod 555 locked
	run build -C nw --as-of 2026-11-21 --out locked/set
	expect 2
fi
: >file
run build -C nw --as-of 2026-11-21 --out file/set
expect 2
says_err "can't write"

finish
