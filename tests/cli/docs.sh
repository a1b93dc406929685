#!/bin/sh
# SPDX-License-Identifier: MIT
# The generated documentation is what `make docs` would write, and the manual pages are right.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "the generated pages are up to date"
ISMSC=$ismsc sh "$here/docs/generate.sh" "$work/docs" >"$out" 2>"$err" || wrong "docs/generate.sh: $(tail -n 1 "$err")"
for page in man/ismsc.1 man/ismsc.yaml.5 man/ismsc-rules.7 reference/documents.md reference/rules.md; do
	diff "$here/docs/$page" "docs/$page" >differences 2>&1 || wrong "docs/$page: run make docs
$(head -n 5 differences)"
done

case_is "mandoc finds nothing in the manual pages"
if command -v mandoc >/dev/null; then
	for page in "$here"/docs/man/*.[1-8]; do
		# Pages that are not installed yet can not be found.
		mandoc -Tlint "$page" | grep -v 'referenced manual not found' >complaints
		[ ! -s complaints ] || wrong "$(head -n 5 complaints)"
	done
fi

case_is "every command and every option has its place in the manual"
for command in $(sed -n 's/^int command_\([a-z]*\)(.*/\1/p' "$here/compiler/commands/commands.h"); do
	grep -q "^\.Ss $command$" "$here/docs/man/ismsc.1" || wrong "$command has no section"
	run help "$command"
	grep -o '^  \(-., \)\{0,1\}--[a-z-]*' "$out" | sed 's/.*--//' | while read -r option; do
		grep -q "^\.It .*Fl -$option" "$here/docs/man/ismsc.1" || echo "$command --$option"
	done >missing
	[ ! -s missing ] || wrong "missing: $(cat missing)"
done

case_is "links of the reference of rules lead somewhere"
grep -o '](#[a-z0-9-]*)' "$here/docs/reference/rules.md" | tr -d '](#)' | sort -u >links
grep -o '<a id="[a-z0-9-]*">' "$here/docs/reference/rules.md" | sed 's/.*"\(.*\)".*/\1/' | sort >anchors
[ "$(sort -u anchors | wc -l)" -eq "$(wc -l <anchors)" ] || wrong "an anchor stands twice"
cmp -s links anchors || wrong "$(diff links anchors | head -n 5)"
finish
