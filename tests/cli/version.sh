#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "version prints one line"
run version
expect 0
quiet
says "ismsc "
[ "$(wc -l <"$out")" -eq 1 ] || wrong "more than one line"
cp "$out" version

case_is "--version and -V are the same"
for flag in --version -V; do
	run "$flag"
	expect 0
	cmp -s "$out" version || wrong "$flag prints something else"
done

case_is "version reads no project"
mkdir broken && printf 'isms: [\n' >broken/isms.yaml
(cd broken && "$ismsc" version >"$out" 2>"$err") || wrong "fails beside a broken project"
cmp -s "$out" version || wrong "prints something else beside a project"

case_is "version takes no arguments"
run version 1
expect 2
says_err "takes no arguments" "usage:"

case_is "a full disk is noticed"
if [ -c /dev/full ]; then
	for words in version help 'help expressions' 'check -h' rules; do
		# shellcheck disable=SC2086 # words are meant
		"$ismsc" $words >/dev/full 2>"$err"
		[ $? -eq 2 ] || wrong "the exit status of $words is not 2"
		says_err "can't write"
	done
fi

case_is "whoever closes a pipe has seen enough"
{ until [ -e closed ]; do :; done; "$ismsc" rules 2>"$err"; echo $? >status; } | { exec <&-; : >closed; }
[ "$(cat status)" -eq 2 ] || wrong "the exit status is not 2"
quiet
finish
