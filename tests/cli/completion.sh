#!/bin/sh
# SPDX-License-Identifier: MIT
# What shells complete: what the program offers, and what bash, zsh and fish make of it where they are installed.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
cp -R "$here/examples/northwind" isms

# offers LAST... -- WORDS: each of them is offered for the last of the words.
words() { run completion words -- "$@"; expect 0; quiet; }
offers() {
	for word; do
		cut -f 1 "$out" | grep -qxF -e "$word" || wrong "$ran: does not offer $word but: $(cut -f 1 "$out" | head -n 5 | tr '\n' ' ')"
	done
}
nothing() { [ ! -s "$out" ] || wrong "$ran: offers $(head -n 3 "$out")"; }

case_is "commands, with what they are for"
words ''
offers init check build doctor completion help
says "check	Check the ISMS"
words che
offers check
[ "$(wc -l <"$out")" -eq 1 ] || wrong "more than check is offered"
words nonsense ''
nothing
words -C isms che
offers check
words -C isms refs R-00
offers R-001
words --st
offers --staged
words -C ''
offers :folders

case_is "every option of every command, as its help lists them"
for command in $(sed -n 's/^int command_\([a-z]*\)(.*/\1/p' "$here/compiler/commands/commands.h"); do
	run help "$command"
	grep -o '^  \(-., \)\{0,1\}--[a-z-]*' "$out" | sed 's/.*--/--/' | sort -u >options
	words "$command" -
	cut -f 1 "$out" | grep -vx -e --help | sort -u >offered
	cmp -s options offered || wrong "$command: $(diff options offered | head -n 3)"
done

case_is "every option that takes a value is known to take one"
for command in $(sed -n 's/^int command_\([a-z]*\)(.*/\1/p' "$here/compiler/commands/commands.h"); do
	run help "$command"
	sed -n 's/^  \(-., \)\{0,1\}\(--[a-z-]*\) [^ ].*/\2/p' "$out" >options
	while read -r option; do
		words "$command" "$option" --
		if grep -q '^--' "$out"; then wrong "$command $option: its value is taken for an option"; fi
	done <options
done

case_is "every word in capitals in a usage is completed, or text of one's own"
for command in $(sed -n 's/^int command_\([a-z]*\)(.*/\1/p' "$here/compiler/commands/commands.h"); do
	run help "$command"
	{
		sed -n 's/^usage: ismsc [a-z]*//p' "$out" | sed 's/\[-[^]]*\]//g'
		sed -n 's/^  \(-., \)\{0,1\}--[a-z-]* \([A-Z][A-Z=]*\) .*/\2/p' "$out"
	} | tr -c 'A-Z=' '\n' | grep '[A-Z]' | sort -u | while read -r word; do
		case $word in
		TITLE | EXPRESSION | NAME | NEW | DATE | F | S | B | F=FILE | LIST | COMMAND | TOPIC) ;; # text, or seen to below and by the help text
		*) grep -q "NULL, \"$word\", \|\"$command\", \"$word\", " "$here/compiler/commands/completion.c" || echo "ismsc $command: $word" ;;
		esac
	done
done >unknown
[ ! -s unknown ] || wrong "a row is missing in commands/completion.c: $(cat unknown)"

case_is "values of options"
words check --format ''
offers text json sarif junit
words check -f ''
offers rdjson
words check --format=js
offers --format=json --format=jsonl
words check --report ''
offers sarif= junit=
words check --report sarif=
offers :files
words due --format ''
offers text json ics
words build --to ''
offers docx html text
words build --to h
offers html
words refs -C isms R-00
offers R-001
words rename -C isms R-00
offers R-001
words rules --stage ''
offers draft stage-1 stage-2 certified
words check --severity m
offers minor major
words check --color ''
offers auto always never
words check -C ''
offers :folders
words check --since ''
offers :revisions
words init --name ''
nothing

case_is "arguments, by the usage"
words hook ''
offers install uninstall
words hook install ''
nothing
words template ''
offers list eject diff
words template eject state
offers statement-of-applicability
words new ''
offers risk policy supplier
words new policy back
offers backup
words schema ''
offers isms findings rules
words help t
offers template templates
words init ''
offers :folders

case_is "names of the project: by -C, or where we are"
words build -C isms statement
offers statement-of-applicability
words build -C isms statement-of-applicability risk-t
offers risk-treatment-plan
words explain -C isms R-0
offers R-001
says "R-001	"
cd isms || exit 2
words explain R-00
offers R-001
words explain A.5.1
offers A.5.15
words explain 6.1.3
offers 6.1.3 6.1.3-c-01
words explain DOC-SO
offers DOC-SOA
words explain ris
offers risks
cd ..

case_is "without a project there is what the program knows"
words explain A.8.1
offers A.8.13
words build risk-t
offers risk-treatment-plan

case_is "what is broken is completed as far as it goes, without a complaint"
printf 'isms: 1\norganisation: {name: [\n' >isms/isms.yaml
words explain -C isms A.8.1
[ "$status" -eq 0 ] || wrong "it fails"

case_is "a shell that is not known is refused"
run completion
expect 2
says_err "bash, zsh or fish"
run completion tcsh
expect 2

# What the shells make of it.
rm -rf isms
cp -R "$here/examples/northwind" isms
cd isms || exit 2
mkdir -p "with space"
for shell in bash zsh fish; do
	command -v $shell >/dev/null && [ -z "${SAN:-}${COVERAGE:-}" ] || continue
	case_is "$shell: its script is right"
	run completion $shell
	expect 0
	cp "$out" ../script
	case $shell in
	bash) bash -n ../script 2>../said || wrong "$(cat ../said)" ;;
	zsh) zsh -n ../script 2>../said || wrong "$(cat ../said)" ;;
	fish) fish --no-config -n ../script 2>../said || wrong "$(cat ../said)" ;;
	esac
	case_is "$shell: a tab completes"
	timeout 120 python3 "$here/tests/tools/tab.py" $shell "$ismsc" 'ismsc che' 'ismsc check --form' 'ismsc check --format=rdj' 'ismsc check --format rdj' \
		'ismsc build statement' 'ismsc explain SUP-0' 'ismsc check --report rdj' 'ismsc explain R-01' >../lines 2>&1
	cat >../wanted <<-'LINES'
	ismsc check
	ismsc check --format
	ismsc check --format=rdjson
	ismsc check --format rdjson
	ismsc build statement-of-applicability
	ismsc explain SUP-0
	ismsc check --report rdjson=
	ismsc explain R-01
	LINES
	cmp -s ../lines ../wanted || wrong "$(diff ../lines ../wanted)"
done
cd ..
finish
