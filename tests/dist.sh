#!/bin/sh
# SPDX-License-Identifier: MIT
# The release: `make dist` gives the same bytes twice, also from what it has made; out of the archive the Debian packages are built without
# git or a repository, lintian finds nothing in them, and what is in them works.
#   tests/dist.sh [FOLDER]     keeps archive and packages there
set -u
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d "${TMPDIR:-/tmp}/ismsc-dist.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
keep=${1:+$(mkdir -p "$1" && cd "$1" && pwd)}
failed=0
cases=0
complain() { failed=$((failed + 1)); echo "FAIL $*"; }
have() { command -v "$1" >/dev/null 2>&1; }
unset SOURCE_DATE_EPOCH

version=$(sed -n 's/^VERSION *:= *//p' Makefile)
name=ismsc-$version
cases=$((cases + 1))
[ "$(sed -n '1s/^ismsc (\(.*\)) .*/\1/p' debian/changelog)" = "$version" ] || complain "debian/changelog is not about version $version"

mkdir "$work/1" "$work/2" "$work/3" "$work/in"
cases=$((cases + 3))
(umask 022 && TZ=Pacific/Auckland make -s --no-print-directory BUILD="$work/1" dist) >"$work/log" 2>&1 || { complain "make dist: $(tail -3 "$work/log")"; exit 1; }
(umask 077 && TZ=America/Lima LC_ALL=C make -s --no-print-directory BUILD="$work/2" dist) >"$work/log" 2>&1 || complain "make dist, again: $(tail -3 "$work/log")"
cmp "$work/1/$name.tar.gz" "$work/2/$name.tar.gz" || complain "two runs give different archives"
(cd "$work/1" && sha256sum -c --quiet "$name.tar.gz.sha256") || complain "the checksum is wrong"
tar -xzf "$work/1/$name.tar.gz" -C "$work/in" || complain "it can not be unpacked"
[ "$(ls "$work/in")" = "$name" ] || complain "it holds more than one folder: $(ls "$work/in")"

cases=$((cases + 1))
(cd "$work/in/$name" && make -s --no-print-directory BUILD="$work/3" dist) >"$work/log" 2>&1 || complain "make dist out of the archive: $(tail -3 "$work/log")"
cmp "$work/1/$name.tar.gz" "$work/3/$name.tar.gz" || complain "the archive of the archive is another"

# No git: a program of that name that fails, first on PATH.
mkdir "$work/bin"
printf '#!/bin/sh\necho "git was called" >&2\nexit 1\n' >"$work/bin/git"
chmod +x "$work/bin/git"
cd "$work/in/$name" || exit 2
if ! have dpkg-buildpackage || ! have dh; then
	echo "no dpkg-buildpackage or debhelper: the program is built, and no package"
	cases=$((cases + 1))
	PATH=$work/bin:$PATH make -s -j"${JOBS:-2}" CFLAGS=-O0 >"$work/log" 2>&1 || complain "make out of the archive: $(tail -3 "$work/log")"
	[ "$(build/ismsc version)" = "ismsc $version" ] || complain "it is another version: $(build/ismsc version)"
	echo "$cases cases"
	[ $failed -eq 0 ]
	exit
fi

cases=$((cases + 1))
PATH=$work/bin:$PATH DEB_BUILD_OPTIONS="nocheck parallel=${JOBS:-2}" DEB_CFLAGS_APPEND=-O1 dpkg-buildpackage -us -uc -b >"$work/log" 2>&1 || { complain "dpkg-buildpackage: $(tail -20 "$work/log")"; exit 1; }
if grep -q 'git was called' "$work/log"; then complain "git was called"; fi

cases=$((cases + 1))
if have lintian; then
	lintian --allow-root --fail-on error,warning --info --tag-display-limit 0 "$work/in"/*.changes >"$work/said" 2>&1 || complain "lintian: $(cat "$work/said")"
	[ ! -s "$work/said" ] || cat "$work/said"
fi

cases=$((cases + 3))
mkdir "$work/root" "$work/dev"
program=$(echo "$work/in/ismsc_$version"_*.deb)
dpkg -x "$program" "$work/root" && dpkg -x "$(echo "$work/in/libismsc-dev_$version"_*.deb)" "$work/dev" || complain "the packages can not be unpacked"
for file in usr/bin/ismsc usr/share/man/man1/ismsc.1.gz usr/share/bash-completion/completions/ismsc usr/share/zsh/vendor-completions/_ismsc \
	usr/share/fish/vendor_completions.d/ismsc.fish usr/share/doc/ismsc/copyright; do
	[ -s "$work/root/$file" ] || complain "the package has no $file"
done
[ -s "$work/dev/usr/include/ismsc.h" ] || complain "the library's package has no header"
dpkg -f "$program" Depends >"$work/said"
for library in libzip libyaml libcmark libc6; do
	grep -q "$library" "$work/said" || complain "the package does not depend on $library: $(cat "$work/said")"
done
mkdir "$work/smoke"
PATH=$work/root/usr/bin:$PATH AUTOPKGTEST_TMP=$work/smoke sh debian/tests/smoke >"$work/log" 2>&1 || complain "debian/tests/smoke: $(tail -5 "$work/log")"

if [ -n "$keep" ]; then cp "$work/1"/* "$work/in"/*.deb "$keep"; fi
echo "$cases cases"
[ $failed -eq 0 ]
