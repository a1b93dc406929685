#!/bin/sh
# SPDX-License-Identifier: MIT
# The program of `make STATIC=1`: one file that needs nothing else, and makes the same documents as the ordinary one.
#   tests/static.sh [STATIC [ORDINARY]]     programs; default build-static/ismsc build/ismsc
set -u
cd "$(dirname "$0")/.." || exit 2
static=$(realpath "${1:-build-static/ismsc}") || exit 2
ordinary=$(realpath "${2:-build/ismsc}") || exit 2
work=$(mktemp -d "${TMPDIR:-/tmp}/ismsc-static.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
failed=0
cases=0
complain() { failed=$((failed + 1)); echo "FAIL $*"; }

cases=$((cases + 2))
ldd "$static" 2>&1 | grep -q 'not a dynamic executable\|statically linked' || complain "it is dynamic: $(ldd "$static" | head -3)"
! readelf -l "$static" 2>/dev/null | grep -q INTERP || complain "it asks for an interpreter"

cases=$((cases + 1))
for example in northwind minimal; do
	for program in "$static" "$ordinary"; do
		"$program" build -C "examples/$example" --as-of 2026-11-21 --to docx,html,text --out "$work/$example-$(basename "$(dirname "$program")")" >/dev/null || complain "$program does not build $example"
	done
	diff -r "$work/$example-$(basename "$(dirname "$static")")" "$work/$example-$(basename "$(dirname "$ordinary")")" >"$work/diff" || complain "other documents than the ordinary program's: $(head -3 "$work/diff")"
done

# A folder with nothing but the program, as its root where we may, and no environment.
cases=$((cases + 1))
mkdir "$work/empty"
cp "$static" "$work/empty/ismsc"
alone() { (cd "$work/empty" && env -i ./ismsc "$@"); }
if chroot "$work/empty" /ismsc version >/dev/null 2>&1; then
	alone() { env -i "$(command -v chroot)" "$work/empty" /ismsc "$@"; }
	echo "in a root of its own"
fi
alone version >/dev/null || complain "it does not even say its version alone"
alone init --example mine >/dev/null || complain "it begins no ISMS alone"
alone build -C mine --as-of 2026-11-21 --out out >/dev/null || complain "it builds nothing alone"
[ -s "$work/empty/out/statement-of-applicability.docx" ] || complain "no Statement of Applicability"
alone check -C mine --as-of 2026-11-21 -q || complain "the check fails alone"
alone doctor -C mine >"$work/said" || complain "it is not well alone: $(cat "$work/said")"

cases=$((cases + 1))
alone check -C mine --staged >/dev/null 2>"$work/said"
[ $? = 2 ] || complain "--staged without git: $(cat "$work/said")"

# Word files that somebody else made are read without libzip and libexpat, and hostile ones are refused with the same words.
cases=$((cases + 1))
sh tests/cli/reference.sh "$static" >"$work/said" 2>&1 || complain "reference documents: $(grep -A4 '^not ok' "$work/said")"

# What a release offers for download is it, without what only debuggers need.
cases=$((cases + 1))
mkdir "$work/release"
sh tests/tools/dist.sh 0 "$work/release" "$static" >/dev/null 2>&1 || complain "no release"
(cd "$work/release" && sha256sum -c --quiet "ismsc-0-linux-$(uname -m).sha256") || complain "its checksum is wrong"
[ "$("$work/release/ismsc-0-linux-$(uname -m)" version)" = "$("$static" version)" ] || complain "what is offered does not run"

echo "$cases cases"
[ $failed -eq 0 ]
