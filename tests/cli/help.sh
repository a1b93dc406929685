#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "help lists every command once"
run help
expect 0
quiet
says "ismsc init" "ismsc check"
commands=$(sed -n 's/^int command_\([a-z]*\)(.*/\1/p' "$here/compiler/commands/commands.h")
for command in $commands; do
	[ "$(grep -c "^  $command " "$out")" -eq 1 ] || wrong "$command is not listed once"
done
[ "$(grep -c '^  [a-z]* *[A-Z]' "$out")" -eq "$(echo "$commands" | wc -l)" ] || wrong "other commands are listed"
cp "$out" help

case_is "no command, -h and --help are the same"
for flag in '' -h --help; do
	"$ismsc" ${flag:+"$flag"} >"$out" 2>"$err" || wrong "ismsc $flag fails"
	cmp -s "$out" help || wrong "ismsc $flag prints something else"
done

case_is "help COMMAND is COMMAND -h"
for command in $commands; do
	run help "$command"
	expect 0
	says "usage: ismsc $command" "  ismsc $command"
	cp "$out" one
	run "$command" -h
	cmp -s "$out" one || wrong "ismsc $command -h prints something else"
done

case_is "no line is wider than 120 cells"
for command in $commands; do
	run help "$command"
	awk 'length($0) > 120 { exit 1 }' "$out" || wrong "ismsc help $command is too wide"
done

case_is "topics point to the documentation"
run help expressions
expect 0
says "docs/expressions.md" "ismsc query"
run help templates
expect 0
says "docs/templates.md"

case_is "the expressions of the topic are right"
run help expressions
sed -n 's/^  \([a-z]*[.].*\)  .*/\1/p' "$out" | sed 's/ *$//' >expressions
[ "$(wc -l <expressions)" -ge 5 ] || wrong "no expressions found"
while read -r expression; do
	run query "$expression" -C "$here/examples/northwind" --as-of 2026-11-21
	expect 0
done <expressions

case_is "what is unknown is refused"
run help nothing
expect 2
says_err "there is no command or topic nothing"
run chek
expect 2
says_err "did you mean ismsc check?"
finish
