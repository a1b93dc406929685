#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make`, `make demo` and `make check` do on a machine where everything is missing, with package managers that only
# write down what they are asked.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

# machine MANAGER USER-ID: a PATH with that manager, a compiler that finds no header, and little else.
machine() {
	rm -rf bin asked
	mkdir bin
	for tool in sort tr sed cat; do ln -s "$(command -v $tool)" bin/$tool; done
	printf '#!/bin/sh\necho %s\n' "$2" >bin/id
	printf '#!/bin/sh\nexit 1\n' >bin/cc
	for tool in $1 sudo; do printf '#!/bin/sh\necho "%s $*" >>"%s/asked"\n[ "%s" != sudo ] || exec "$@"\n' "$tool" "$work" "$tool" >"bin/$tool"; done
	chmod +x bin/*
}

deps() {
	PATH=$work/bin CC='' "$sh" "$here/tests/tools/deps.sh" "$@" >"$out" 2>"$err" </dev/null
	status=$?
	ran="deps.sh $*"
}
sh=$(command -v sh)

case_is "plain make names the packages and installs nothing"
machine apt-get 0
deps need
expect 1
says_err "ismsc needs packages" libyaml-dev libcmark-dev libzip-dev libexpat1-dev libxlsxwriter-dev "apt-get install" "make demo"
[ ! -e asked ] || wrong "it asked: $(cat asked)"

case_is "each manager is asked in its own words"
for row in "apt-get:apt-get install -y:libyaml-dev libcmark-dev libzip-dev libxlsxwriter-dev libcmocka-dev" "dnf:dnf install -y:libyaml-devel cmark-devel libzip-devel expat-devel libxlsxwriter-devel libcmocka-devel" \
	"apk:apk add:yaml-dev cmark-dev libzip-dev libxlsxwriter-dev cmocka-dev" "pacman:pacman -S --noconfirm:libyaml cmark libzip libxlsxwriter cmocka" "brew:brew install:libyaml cmark libzip libxlsxwriter cmocka"; do
	manager=${row%%:*}
	rest=${row#*:}
	machine "$manager" 0
	deps install check
	expect 0
	says "Installing what is missing" "+ ${rest%%:*}"
	for package in ${rest#*:}; do
		grep -q "^${rest%%:*}.*[ ]$package\( \|$\)" asked || wrong "$manager was not asked for $package: $(cat asked)"
	done
	if grep -q '^sudo' asked; then wrong "root needs no sudo"; fi
done

case_is "building needs no cmocka, and asks for none"
machine apt-get 0
deps install build
if grep -q cmocka asked; then wrong "it asked: $(cat asked)"; fi

case_is "sudo when not root, but never for brew"
machine apt-get 1000
deps install build
says "+ sudo apt-get install"
grep -q '^sudo apt-get install' asked || wrong "it asked: $(cat asked)"
machine brew 501
deps install build
if grep -q sudo asked; then wrong "it asked: $(cat asked)"; fi

case_is "nothing is asked when nothing is missing, or nobody is there to ask"
"$sh" "$here/tests/tools/deps.sh" install check >"$out" 2>"$err"
[ ! -s "$out" ] || wrong "it says: $(head -1 "$out")"
machine true 0
deps install build
expect 1
says_err "No package manager found" cmark

case_is "headers in a folder of their own are found where pkg-config says"
machine brew 501
cat >bin/cc <<'CC'
#!/bin/sh
case " $* " in *" -I/folder/"*) exit 0 ;; esac
exit 1
CC
printf '#!/bin/sh\necho "-I/folder/$2"\n' >bin/pkg-config
chmod +x bin/cc bin/pkg-config
: >bin/make && chmod +x bin/make
deps need
expect 0

case_is "a manager that fails ends make"
machine apt-get 0
printf '#!/bin/sh\nexit 1\n' >bin/apt-get
deps install build
[ "$status" -ne 0 ] || wrong "exit status 0"
finish
