#!/bin/sh
# SPDX-License-Identifier: MIT
# The same sources give the same bytes: in another folder, time zone, locale, umask and year, from files listed in
# another order, and with the clock given in either way. A second build writes nothing.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$here/$BUILD ;; esac
ismsc=$BUILD/ismsc
work=$(mktemp -d "${TMPDIR:-/tmp}/ismsc-same.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
failed=0
cases=0
same() {
	cases=$((cases + 1))
	diff -rq "$work/1" "$work/$1" >"$work/diff" 2>&1 || { failed=$((failed + 1)); echo "FAIL $2:"; head -5 "$work/diff"; }
}

mkdir -p "$work/a" "$work/b/a/much/deeper/folder"
cp -R "$here/examples/northwind" "$work/a/isms"
# The same files, made in the opposite order, so that folders list them otherwise.
(cd "$here/examples/northwind" && find . -type f ! -path './build/*' | sort -r) | while read -r file; do
	mkdir -p "$work/b/a/much/deeper/folder/isms/$(dirname "$file")"
	cp "$here/examples/northwind/$file" "$work/b/a/much/deeper/folder/isms/$file"
done
deep=$work/b/a/much/deeper/folder/isms
formats="docx,html,text"

(cd "$work/a" && umask 022 && TZ=Pacific/Auckland LC_ALL=C "$ismsc" build -C isms --as-of 2026-11-21 --to $formats --out "$work/1") >/dev/null
(cd "$deep/risks" && umask 077 && TZ=America/Los_Angeles LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 HOME=/nowhere USER=x "$ismsc" build --as-of 2026-11-21 --to $formats --out "$work/2") >/dev/null
same 2 "another folder, zone, locale, umask, user"
(cd "$work/a" && SOURCE_DATE_EPOCH=1795219200 "$ismsc" build -C isms --to $formats --out "$work/3") >/dev/null # 2026-11-21
same 3 "SOURCE_DATE_EPOCH in the place of --as-of"
find "$deep" -type f -exec touch -d 2001-02-03 {} + 2>/dev/null
(env -i "$ismsc" build -C "$deep" --as-of 2026-11-21 --to $formats --out "$work/4") >/dev/null
same 4 "an empty environment, old files"

cases=$((cases + 1))
"$ismsc" check -C "$work/a/isms" --as-of 2026-11-21 --format json >"$work/check1"
(cd "$deep" && TZ=UTC LC_ALL=de_DE.UTF-8 "$ismsc" check --as-of 2026-11-21 --format json) >"$work/check2"
cmp -s "$work/check1" "$work/check2" || { failed=$((failed + 1)); echo "FAIL findings differ:"; diff "$work/check1" "$work/check2" | head -4; }

cases=$((cases + 1))
find "$work/1" -type f -exec touch -t 200102030405 {} +
"$ismsc" build -C "$work/a/isms" --as-of 2026-11-21 --to $formats --out "$work/1" >/dev/null
: >"$work/now"
touched=$(find "$work/1" -type f -newer "$here/Makefile" | head -1)
[ -z "$touched" ] || { failed=$((failed + 1)); echo "FAIL an unchanged build wrote $touched"; }

cases=$((cases + 1))
if grep -rqF -e "$work" -e "$here" "$work/1"; then
	failed=$((failed + 1))
	echo "FAIL a path of this machine stands in $(grep -rlF -e "$work" -e "$here" "$work/1" | head -1)"
fi
echo "$cases cases"
[ $failed -eq 0 ]
