#!/bin/sh
# SPDX-License-Identifier: MIT
# What ismsc needs to be built and tested, and how each package manager calls it.
#   deps.sh need             says which packages are missing for `make`; exit 1 when some are
#   deps.sh install build    installs what building needs
#   deps.sh install check    installs what building and testing need
set -u

# have_headers PACKAGE HEADER...: whether the compiler finds them, or pkg-config knows where they are (brew has folders of its own).
have_headers() {
	flags=$(${PKG_CONFIG:-pkg-config} --cflags "$1" 2>/dev/null)
	shift
	# shellcheck disable=SC2086 # words are meant
	printf '#include <%s>\n' "$@" | ${CC:-cc} $flags -E -x c - >/dev/null 2>&1
}
have() { command -v "$1" >/dev/null 2>&1; }

manager() {
	for m in apt-get dnf apk pacman brew; do
		have $m && { echo $m; return; }
	done
	echo none
}

# name of a package: $1 what, $2 manager
package() {
	case "$2:$1" in
	apt-get:cc) echo gcc ;;                 apt-get:make) echo make ;;
	apt-get:libc) echo libc6-dev ;;         apt-get:pkg-config) echo pkg-config ;;
	apt-get:yaml) echo libyaml-dev ;;       apt-get:cmark) echo libcmark-dev ;;
	apt-get:zip) echo libzip-dev ;;         apt-get:cmocka) echo libcmocka-dev ;;
	apt-get:expat) echo libexpat1-dev ;;    dnf:expat) echo expat-devel ;;
	apk:expat) echo expat-dev ;;            pacman:expat) echo expat ;;
	apt-get:python3) echo python3 ;;        apt-get:zlib) echo zlib1g-dev ;;
	dnf:cc) echo gcc ;;                     dnf:make) echo make ;;
	dnf:libc) echo glibc-devel ;;           dnf:pkg-config) echo pkgconf-pkg-config ;;
	dnf:yaml) echo libyaml-devel ;;         dnf:cmark) echo cmark-devel ;;
	dnf:zip) echo libzip-devel ;;           dnf:cmocka) echo libcmocka-devel ;;
	dnf:zlib) echo zlib-devel ;;            apk:zlib) echo zlib-dev ;;
	apt-get:deflate|apk:deflate) echo libdeflate-dev ;;
	dnf:deflate) echo libdeflate-devel ;;   pacman:deflate|brew:deflate) echo libdeflate ;;
	apk:cc) echo gcc ;;                     apk:make) echo make ;;
	apk:libc) echo musl-dev ;;              apk:pkg-config) echo pkgconf ;;
	apk:yaml) echo yaml-dev ;;              apk:cmark) echo cmark-dev ;;
	apk:zip) echo libzip-dev ;;             apk:cmocka) echo cmocka-dev ;;
	pacman:cc) echo gcc ;;                  pacman:pkg-config) echo pkgconf ;;
	pacman:yaml) echo libyaml ;;            pacman:zip) echo libzip ;;
	pacman:libc) echo glibc ;;
	brew:cc) echo gcc ;;                    brew:yaml) echo libyaml ;;
	brew:zip) echo libzip ;;                brew:libc) ;;
	apt-get:xlsxwriter|apk:xlsxwriter) echo libxlsxwriter-dev ;;
	dnf:xlsxwriter) echo libxlsxwriter-devel ;;
	pacman:xlsxwriter|brew:xlsxwriter) echo libxlsxwriter ;;
	*) echo "$1" ;;
	esac
}

# things that are missing: $1 is build or check
missing() {
	have "${CC:-cc}" || echo cc
	have make || echo make
	have pkg-config || have pkgconf || echo pkg-config
	have_headers libc stdio.h || echo libc
	have_headers yaml-0.1 yaml.h || echo yaml
	have_headers libcmark cmark.h || echo cmark
	[ -n "${STATIC:-}" ] || have_headers libzip zip.h || echo zip # the static program has no need of it
	[ -n "${STATIC:-}" ] || have_headers xlsxwriter xlsxwriter.h || echo xlsxwriter # nor of this: it writes no workbooks
	have_headers libdeflate libdeflate.h || echo deflate
	have_headers zlib zlib.h || echo zlib
	have_headers expat expat.h || echo expat
	if [ "$1" = check ]; then
		have_headers cmocka stdarg.h stddef.h stdint.h setjmp.h cmocka.h || echo cmocka
		have python3 || echo python3
	fi
}

packages() {
	m=$(manager)
	for what in $(missing "$1"); do package "$what" "$m"; done | sort -u | tr '\n' ' '
}

install_command() {
	case "$1" in
	apt-get) echo "apt-get install -y --no-install-recommends" ;;
	dnf) echo "dnf install -y" ;;
	apk) echo "apk add" ;;
	pacman) echo "pacman -S --noconfirm" ;;
	brew) echo "brew install" ;;
	esac
}

run() { echo "+ $*"; "$@"; }

case "${1:-}" in
need)
	list=$(packages build)
	[ -z "$list" ] && exit 0
	m=$(manager)
	echo "ismsc needs packages that are not installed: $list" >&2
	[ "$m" = none ] || echo "Install them with:  $(install_command "$m") $list" >&2
	echo "or let 'make demo' do it." >&2
	exit 1 ;;
install)
	list=$(packages "${2:-build}")
	[ -z "$list" ] && exit 0
	m=$(manager)
	if [ "$m" = none ]; then
		echo "No package manager found; please install: $list" >&2
		exit 1
	fi
	sudo=
	[ "$(id -u)" = 0 ] || [ "$m" = brew ] || sudo=sudo
	echo "Installing what is missing: $list"
	[ "$m" != apt-get ] || run $sudo apt-get update -qq || exit 1
	# shellcheck disable=SC2086,SC2046
	run $sudo $(install_command "$m") $list ;;
*)
	sed -n '3,6p' "$0" >&2
	exit 2 ;;
esac
