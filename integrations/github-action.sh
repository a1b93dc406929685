#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The steps of action.yml, which gives its inputs as variables, so that no text of a pull request is ever run.
#   github-action.sh get      finds, downloads or builds the program and puts it on PATH for the steps that follow
#   github-action.sh check    runs it
set -euo pipefail

say() { echo "ismsc action: $*"; }
fail() {
	echo "::error title=ismsc::$*"
	exit 2
}

# A release holds one static program for each kind of processor, and the file of its checksum.
download() {
	local name folder=$1 sum
	name=ismsc-$VERSION-linux-$(uname -m)
	[ "$(uname -s)" = Linux ] || fail "releases are for Linux; leave the input version empty to build the program here"
	say "downloading $name"
	curl -fsSL --retry 3 -o "$folder/ismsc" "$RELEASES/v$VERSION/$name" || fail "there is no $RELEASES/v$VERSION/$name"
	sum=$SHA256
	if [ -z "$sum" ]; then
		sum=$(curl -fsSL --retry 3 "$RELEASES/v$VERSION/$name.sha256" | cut -d ' ' -f 1) || fail "there is no checksum beside $name"
	fi
	echo "$sum  $folder/ismsc" | sha256sum -c --quiet - >/dev/null 2>&1 || fail "$name is not what it should be: its SHA-256 is not $sum"
	chmod +x "$folder/ismsc"
}

build() {
	say "building from the source of the action"
	(cd "$SOURCE" && sh tests/tools/deps.sh install build && make -j"$(nproc 2>/dev/null || echo 2)" BUILD="$1/build" all)
	cp "$1/build/ismsc" "$1/ismsc"
}

get() {
	local folder=$RUNNER_TEMP/ismsc
	if [ -z "$VERSION" ] && command -v ismsc >/dev/null; then
		say "using $(command -v ismsc): $(ismsc version)"
		return
	fi
	mkdir -p "$folder"
	if [ -n "$VERSION" ]; then download "$folder"; else build "$folder"; fi
	say "$("$folder/ismsc" version)"
	echo "$folder" >>"$GITHUB_PATH"
}

# What follows needs the file of every report to be there, even when nothing could be checked.
check() {
	local status=0 options=(-C "$DIRECTORY" --format github)
	[ -z "$SINCE" ] || options+=(--since "$SINCE")
	[ -z "$SEVERITY" ] || options+=(--severity "$SEVERITY")
	[ -z "$AS_OF" ] || options+=(--as-of "$AS_OF")
	[ -z "$SARIF" ] || options+=(--report "sarif=$SARIF")
	[ -z "$JUNIT" ] || options+=(--report "junit=$JUNIT")
	ismsc check "${options[@]}" || status=$?
	{
		echo "status=$status"
		echo "sarif=$SARIF"
	} >>"$GITHUB_OUTPUT"
	if [ -n "$DOCUMENTS" ] && [ $status -lt 2 ]; then
		options=(-C "$DIRECTORY" --out "$DOCUMENTS")
		[ -z "$AS_OF" ] || options+=(--as-of "$AS_OF")
		ismsc build "${options[@]}" || status=$?
	fi
	[ $status -lt 2 ] || echo "::error title=ismsc::the check could not be done; ismsc doctor says what is missing"
	return $status
}

case ${1:-} in
get) get ;;
check) check ;;
*) fail "say get or check" ;;
esac
