#!/bin/sh
# SPDX-License-Identifier: MIT
# A build in which one call for a file after another fails: the old set of documents stays whole, or the new one is
# whole; the program says what happened, and no temporary file is left. Then full disks, closed outputs and limits.
#   tests/io_faults.sh [ERRNO N]     only this fault
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$here/$BUILD ;; esac
ismsc=$BUILD/ismsc
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

mkdir "$work/isms" "$work/isms/policies"
cp "$here/examples/minimal/isms.yaml" "$work/isms/"
printf -- '---\nid: POL-X\ntitle: Backup policy\nversion: "1.0"\n---\nCopies of {{organisation.name}} are made.\n' >"$work/isms/policies/backup.md"
cp -R "$work/isms" "$work/before"
sed 's/^  name: .*/  name: Another Name Ltd/' "$work/isms/isms.yaml" >"$work/before/isms.yaml"
build() { "$ismsc" build backup statement-of-applicability -C "$work/isms" --as-of 2026-11-21 --out "$1"; }

"$ismsc" build backup statement-of-applicability -C "$work/before" --out "$work/old" --as-of 2026-11-21 >/dev/null 2>"$work/err" || { complain "the old set is not built"; exit 1; }
build "$work/new" >/dev/null 2>"$work/err" || { complain "the new set is not built"; exit 1; }
for file in "$work/old"/*; do
	if cmp -s "$file" "$work/new/$(basename "$file")"; then complain "$(basename "$file") is the same in both sets: the test can see nothing"; fi
done

# whole NAME STATUS WHAT: after exit status 0 the new set is there, after 2 the old one with a message.
whole() {
	cases=$((cases + 1))
	case $2 in
	0) diff -r "$work/new" "$1" >"$work/diff" 2>&1 || complain "$3: exit status 0, but the new set is not whole: $(head -2 "$work/diff")" ;;
	2)
		diff -r "$work/old" "$1" >"$work/diff" 2>&1 || complain "$3: exit status 2, but the old set is not whole: $(head -2 "$work/diff")"
		[ "$(grep -c '^ismsc' "$work/err")" = 1 ] || complain "$3: exit status 2 without one line that says why" ;;
	*) complain "$3: exit status $2" ;;
	esac
	left=$(find "$1" -name '.*' ! -path "$1" | head -1)
	[ -z "$left" ] || complain "$3: $left is left behind"
}

fault() {
	rm -rf "$work/out"
	cp -R "$work/old" "$work/out"
	(
		export LD_PRELOAD="$shim" IOFAULT_AT="$2" IOFAULT_ERRNO="$1"
		build "$work/out"
	) >/dev/null 2>"$work/err"
	whole "$work/out" $? "fault $1 $2 (again: BUILD=$BUILD tests/io_faults.sh $1 $2)"
}

# A change of sources in several files, every one of them or none.
change() { "$ismsc" rename R-1 R-9 -C "$1" --as-of 2026-11-21; }
mkdir "$work/sources"
cp "$work/isms/isms.yaml" "$work/sources/"
printf 'risks:\n  R-1: {title: Fire}\n' >"$work/sources/risks.yaml"
printf 'actions:\n  ACT-1: {title: A, risks: [R-1]}\n' >"$work/sources/actions.yaml"
printf -- '---\nid: POL-1\ntitle: P\n---\nSee [[R-1]].\n' >"$work/sources/p.md"
cp -R "$work/sources" "$work/changed"
change "$work/changed" >/dev/null 2>"$work/err" || complain "the sources can not be changed"

change_fault() {
	rm -rf "$work/out"
	cp -R "$work/sources" "$work/out"
	(
		export LD_PRELOAD="$shim" IOFAULT_AT="$2" IOFAULT_ERRNO="$1"
		change "$work/out"
	) >/dev/null 2>"$work/err"
	status=$?
	mv "$work/old" "$work/kept.old" && mv "$work/new" "$work/kept.new"
	cp -R "$work/sources" "$work/old" && cp -R "$work/changed" "$work/new"
	# When only telling what was done fails, it is done.
	if [ $status -eq 2 ] && grep -q "can't write the result" "$work/err"; then status=0; fi
	whole "$work/out" $status "fault $1 $2 in rename"
	rm -rf "$work/old" "$work/new"
	mv "$work/kept.old" "$work/old" && mv "$work/kept.new" "$work/new"
}

# sweep COMMAND: with each error, at calls all over those that were counted.
sweep() {
	first=1
	for error in ENOSPC EIO EINTR SHORT; do
		n=$first
		while [ $n -le "$count" ]; do
			"$1" $error $n
			n=$((n + step))
		done
		first=$((first % step + 1))
	done
}

if [ $# -eq 2 ]; then
	fault "$1" "$2"
else
	cp -R "$work/sources" "$work/out"
	(
		export LD_PRELOAD="$shim" IOFAULT_COUNT="$work/count"
		change "$work/out"
	) >/dev/null 2>"$work/err"
	count=$(cat "$work/count" 2>/dev/null || echo 0)
	[ "$count" -gt 8 ] || complain "only $count calls were seen in rename"
	sweep change_fault
	rm -rf "$work/out"

	cp -R "$work/old" "$work/out"
	(
		export LD_PRELOAD="$shim" IOFAULT_COUNT="$work/count"
		build "$work/out"
	) >/dev/null 2>"$work/err"
	count=$(cat "$work/count" 2>/dev/null || echo 0)
	[ "$count" -gt 20 ] || complain "only $count calls were seen"
	sweep fault

	# The file system ends files at 8 KiB: the signal must not kill half-way.
	rm -rf "$work/out" && cp -R "$work/old" "$work/out"
	(ulimit -f 16 && build "$work/out") >/dev/null 2>"$work/err"
	whole "$work/out" $? "a limit on the size of files"

	# A folder stands where a document should go; the output folder is a file.
	rm -rf "$work/out" && cp -R "$work/old" "$work/out"
	first=$(cd "$work/new" && for f in *.html; do echo "$f"; break; done)
	rm "$work/out/$first" && mkdir "$work/out/$first"
	build "$work/out" >/dev/null 2>"$work/err"
	[ $? = 2 ] || complain "a folder in the place of a document: exit status is not 2"
	rmdir "$work/out/$first" && cp "$work/old/$first" "$work/out/$first"
	whole "$work/out" 2 "a folder in the place of a document"
	: >"$work/file"
	build "$work/file" >/dev/null 2>"$work/err"
	[ $? = 2 ] || complain "the output folder is a file: exit status is not 2"

	# Results that can not be written.
	for command in "check" "build --list" "rules" "explain A.8.13" "query risks" "help" "version" "schema" "build --out $work/out"; do
		cases=$((cases + 2))
		if [ -e /dev/full ]; then
			# shellcheck disable=SC2086 # words are meant
			(cd "$work/isms" && "$ismsc" $command >/dev/full 2>"$work/err")
			[ $? = 2 ] || complain "ismsc $command on a full disk: exit status is not 2"
		fi
		# shellcheck disable=SC2086
		(cd "$work/isms" && "$ismsc" $command >&- 2>"$work/err")
		[ $? = 2 ] || complain "ismsc $command with standard output closed: exit status is not 2"
	done
	(cd "$work/isms" && "$ismsc" check <&- 2>&- >/dev/null)
	[ $? -lt 2 ] || complain "ismsc check with standard input and error closed"
	# A reader that goes away is no disaster, and no signal kills the program.
	(cd "$work/isms" && { "$ismsc" rules --format json 2>/dev/null; echo $? >"$work/status"; } | head -1 >/dev/null)
	case $(cat "$work/status") in 0 | 2) ;; *) complain "a pipe that closes: exit status $(cat "$work/status")" ;; esac
fi

echo "$cases cases"
[ $failed -eq 0 ]
