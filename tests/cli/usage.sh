#!/bin/sh
# SPDX-License-Identifier: MIT
# How every command takes options, and what it says about wrong ones.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "without a command there is help"
run
expect 0
says "check" "build" "init"

case_is "an unknown command gets a suggestion"
run chekc
expect 2
says_err "there is no command chekc" "did you mean ismsc check?"
run frobnicate
expect 2
says_err "there is no command frobnicate"

case_is "every command explains itself, and refuses what it does not know"
for command in init check build explain rules query migrate schema version help; do
	run "$command" --help
	expect 0
	quiet
	says "usage: ismsc $command"
	run "$command" -h
	expect 0
	run "$command" --no-such-option
	expect 2
	says_err "no-such-option"
	[ ! -s "$out" ] || wrong "ismsc $command --no-such-option prints a result"
done

case_is "a misspelt option gets a suggestion"
run check --formt json
expect 2
says_err "there is no option --formt; did you mean --format?"

case_is "what is no command, no folder and no day in this form"
run -v
expect 2
says_err "ismsc: there is no option -v" "usage: ismsc [-C DIR] COMMAND" "(ismsc -h explains)"
printf 'isms: 1\norganisation: {name: Quay}\n' >alone.yaml
run check alone.yaml
expect 2
says_err "alone.yaml is a file; name the folder that holds isms.yaml"
mkdir quay && cp alone.yaml quay/isms.yaml
run build -C quay --out alone.yaml risk-methodology --to text
expect 2
says_err "can't write alone.yaml/risk-methodology.txt: Not a directory"
run check -C quay --as-of 21.11.2026
expect 2
says_err "21.11.2026 is no date; write it as 2026-11-21"
rm -r alone.yaml quay

case_is "values in every spelling"
mkdir isms
printf 'isms: 1\norganisation: {name: Quay}\n' >isms/isms.yaml
for options in "-Cisms" "-C isms" "--directory isms" "--directory=isms"; do
	# shellcheck disable=SC2086 # words are meant
	run query organisation.name $options
	expect 0
	says Quay
done
run query -C isms -- organisation.name
says Quay

case_is "options before the command, as git and make take them"
for options in "-Cisms" "-C isms" "--directory isms" "--directory=isms" "--as-of 2026-11-21 -C isms"; do
	# shellcheck disable=SC2086 # words are meant
	run $options query organisation.name
	expect 0
	says Quay
done
run -C isms
expect 2
says_err "ismsc: say which command"
run -C
expect 2
says_err "ismsc: --directory needs a value"
run --rev
expect 2
says_err "ismsc: --rev needs a value"
run --direct isms check
expect 2
says_err "there is no option --direct"
run -C isms chekc
expect 2
says_err "did you mean ismsc check?"
run -C isms schema
expect 2
says_err "ismsc schema: there is no option -C"
run --staged new risk
expect 2
says_err "ismsc new: there is no option --staged"
for word in version --version -V; do
	run -C isms "$word"
	expect 0
	says "ismsc "
done
for word in help -h --help; do
	run -C isms "$word" check
	expect 0
	says "usage: ismsc check"
done
run -C begun init
expect 0
[ -f begun/isms.yaml ] || wrong "init -C begun does not write there"
run -C begun init begun
expect 2
says_err "one folder at a time"
rm -r begun

case_is "values that are missing or of no use"
run check --format
expect 2
says_err "--format needs a value"
for empty in "build --out=" "check --directory=" "check --rev=" "build -C isms --to="; do
	# shellcheck disable=SC2086 # words are meant
	run $empty
	expect 2
	says_err "needs a value, and the one it has is empty"
done
run build -C isms --out -
expect 2
says_err "documents are many files: --out takes the folder for them"
[ ! -e ./- ] || wrong "a folder - was made"
run build -C isms ""
expect 2
says_err "ismsc build: argument 1 is empty"
run new -C isms risk ""
expect 2
says_err "ismsc new: argument 2 is empty"
run check --all=yes
expect 2
says_err "--all takes no value"
run check --format xml -C isms
expect 2
says_err "--format xml: the formats are text, concise, json"
finish
