#!/bin/sh
# SPDX-License-Identifier: MIT
# A build in which one call for a file after another fails: the old set of documents stays whole, or the new one is
# whole; the program says what happened, and no temporary file is left. Then full disks, closed outputs and limits.
#   tests/io_faults.sh [COMMAND ERRNO N]     only this fault: build or change
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$here/$BUILD ;; esac
program=$BUILD/ismsc
shim=$BUILD/tests/iofault.so
work=$(mktemp -d "${TMPDIR:-/tmp}/ismsc-io.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
cases=0
failed=0
# Each call fails in one way; with DEEP=1 in every way.
step=5
[ -z "${DEEP:-}" ] || step=1

complain() {
	failed=$((failed + 1))
	echo "FAIL $*"
	sed 's/^/     /' "$work/err" | head -5
}

# The program, whose call number $at fails with $error: 0: none does, but they are counted; empty: no call is looked at.
at='' error=''
ismsc() {
	case $at in
	'') "$program" "$@" ;;
	0) LD_PRELOAD=$shim IOFAULT_COUNT=$work/count "$program" "$@" ;;
	*) LD_PRELOAD=$shim IOFAULT_AT=$at IOFAULT_ERRNO=$error "$program" "$@" ;;
	esac >/dev/null 2>"$work/err"
}

# What is done, each time to a folder as it is before.
build() { ismsc build backup statement-of-applicability -C "$work/isms" --as-of 2026-11-21 --out "$1"; }
change() { ismsc rename R-1 R-9 -C "$1" --as-of 2026-11-21; }

mkdir "$work/isms" "$work/isms/policies"
cp "$here/examples/minimal/isms.yaml" "$work/isms/"
printf -- '---\nid: POL-X\ntitle: Backup policy\nversion: "1.0"\n---\nCopies of {{organisation.name}} are made.\n' >"$work/isms/policies/backup.md"
build "$work/build.new" || complain "the new set is not built"
cp "$work/isms/isms.yaml" "$work/isms.yaml"
sed 's/^  name: .*/  name: Another Name Ltd/' "$work/isms.yaml" >"$work/isms/isms.yaml"
build "$work/build.old" || complain "the old set is not built"
mv "$work/isms.yaml" "$work/isms/"
for file in "$work/build.old"/*; do
	if cmp -s "$file" "$work/build.new/$(basename "$file")"; then complain "$(basename "$file") is the same in both sets: the test can see nothing"; fi
done

# A change of sources in several files, every one of them or none.
mkdir "$work/change.old"
cp "$work/isms/isms.yaml" "$work/change.old/"
printf 'risks:\n  R-1: {title: Fire}\n' >"$work/change.old/risks.yaml"
printf 'actions:\n  ACT-1: {title: A, risks: [R-1]}\n' >"$work/change.old/actions.yaml"
printf -- '---\nid: POL-1\ntitle: P\n---\nSee [[R-1]].\n' >"$work/change.old/p.md"
cp -R "$work/change.old" "$work/change.new"
change "$work/change.new" || complain "the sources can not be changed"

# again COMMAND: $work/out is as before it.
again() { rm -rf "$work/out" && cp -R "$work/$1.old" "$work/out"; }

# whole COMMAND STATUS WHAT: after exit status 0 the new set is there, after 2 the old one with a message.
whole() {
	cases=$((cases + 1))
	case $2 in
	0) diff -r "$work/$1.new" "$work/out" >"$work/diff" 2>&1 || complain "$3: exit status 0, but the new set is not whole: $(head -2 "$work/diff")" ;;
	2)
		diff -r "$work/$1.old" "$work/out" >"$work/diff" 2>&1 || complain "$3: exit status 2, but the old set is not whole: $(head -2 "$work/diff")"
		[ "$(grep -c '^ismsc' "$work/err")" = 1 ] || complain "$3: exit status 2 without one line that says why"
		;;
	*) complain "$3: exit status $2" ;;
	esac
	for left in "$work/out"/.[!.]*; do
		[ ! -e "$left" ] || complain "$3: $left is left behind"
	done
}

# fault COMMAND ERRNO N
fault() {
	again "$1"
	error=$2 at=$3
	"$1" "$work/out"
	status=$?
	at=''
	# When only telling what was done fails, it is done.
	if [ "$1" = change ] && [ $status -eq 2 ] && grep -q "can't write the result" "$work/err"; then status=0; fi
	whole "$1" $status "fault $2 $3 in $1 (again: BUILD=$BUILD tests/io_faults.sh $1 $2 $3)"
}

# sweep COMMAND LEAST: with each error, at calls all over those that are counted, which are more than that.
sweep() {
	again "$1"
	at=0
	"$1" "$work/out"
	at=''
	count=$(cat "$work/count" 2>/dev/null || echo 0)
	[ "$count" -gt "$2" ] || complain "only $count calls were seen in $1"
	first=1
	for way in ENOSPC EIO EINTR SHORT; do
		n=$first
		while [ $n -le "$count" ]; do
			fault "$1" $way $n
			n=$((n + step))
		done
		first=$((first % step + 1))
	done
}

if [ $# -eq 3 ]; then
	fault "$1" "$2" "$3"
else
	sweep change 8
	sweep build 20

	# The file system ends files at 8 KiB: the signal must not kill half-way.
	again build
	(ulimit -f 16 && build "$work/out")
	whole build $? "a limit on the size of files"

	# A folder stands where a document should go; the output folder is a file.
	again build
	first=$(cd "$work/build.new" && for f in *.html; do echo "$f"; break; done)
	rm "$work/out/$first" && mkdir "$work/out/$first"
	build "$work/out"
	[ $? = 2 ] || complain "a folder in the place of a document: exit status is not 2"
	rmdir "$work/out/$first" && cp "$work/build.old/$first" "$work/out/$first"
	whole build 2 "a folder in the place of a document"
	: >"$work/file"
	build "$work/file"
	[ $? = 2 ] || complain "the output folder is a file: exit status is not 2"

	# Results that can not be written.
	for command in "check" "build --list" "rules" "explain A.8.13" "query risks" "help" "version" "schema" "build --out $work/out"; do
		cases=$((cases + 2))
		if [ -e /dev/full ]; then
			# shellcheck disable=SC2086 # words are meant
			(cd "$work/isms" && "$program" $command >/dev/full 2>"$work/err")
			[ $? = 2 ] || complain "ismsc $command on a full disk: exit status is not 2"
		fi
		# shellcheck disable=SC2086
		(cd "$work/isms" && "$program" $command >&- 2>"$work/err")
		[ $? = 2 ] || complain "ismsc $command with standard output closed: exit status is not 2"
	done
	(cd "$work/isms" && "$program" check <&- 2>&- >/dev/null)
	[ $? -lt 2 ] || complain "ismsc check with standard input and error closed"
	# A reader that goes away is no disaster, and no signal kills the program.
	(cd "$work/isms" && { "$program" rules --format json 2>/dev/null; echo $? >"$work/status"; } | head -1 >/dev/null)
	case $(cat "$work/status") in 0 | 2) ;; *) complain "a pipe that closes: exit status $(cat "$work/status")" ;; esac
fi

echo "$cases cases"
[ $failed -eq 0 ]
