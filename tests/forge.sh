#!/bin/sh
# SPDX-License-Identifier: MIT
# What the forges run, as far as it can be run without them: the steps of action.yml, the lines of the GitLab template, and a build out of
# what the image is built from. The images and the forges themselves are not there.
#   tests/forge.sh [PROGRAM]     default build/ismsc
set -u
cd "$(dirname "$0")/.." || exit 2
here=$PWD
program=$(realpath "${1:-build/ismsc}") || exit 2
work=$(mktemp -d "${TMPDIR:-/tmp}/ismsc-forge.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
failed=0
cases=0
complain() { failed=$((failed + 1)); echo "FAIL $*"; }
export CFLAGS=-O0 # what is built from source here need not be fast
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

# A repository with an old finding on main, and a change that brings one.
mkdir "$work/repo" && cd "$work/repo" || exit 2
git -c init.defaultBranch=main init -q
cp -R "$here/tests/rules/_clean" "our isms"
sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' "our isms/incidents.yaml"
git add -A && git commit -qm "An old finding"
base=$(git rev-parse HEAD)

# ---- GitHub ----
# action STEP: as the runner does; what it says is in $work/said, what it sets in outputs and path, its status in $status.
mkdir "$work/temp" "$work/bin" "$work/releases" "$work/releases/v9.9.9"
: >"$work/outputs"
: >"$work/path"
: >"$work/summary"
action() {
	(
		export GITHUB_OUTPUT="$work/outputs" GITHUB_PATH="$work/path" GITHUB_STEP_SUMMARY="$work/summary" RUNNER_TEMP="$work/temp" SOURCE="$here"
		export RELEASES="file://$work/releases" VERSION="${VERSION-}" SHA256="${SHA256-}" DIRECTORY="our isms" SINCE="${SINCE-}" SEVERITY="" AS_OF=2026-11-21
		export SARIF="isms report.sarif" JUNIT=isms.xml DOCUMENTS="${DOCUMENTS-}" PATH="$work/bin:$PATH"
		"$here/integrations/github-action.sh" "$1"
	) >"$work/said" 2>&1
	status=$?
}
expect() { [ "$status" -eq "$1" ] || complain "$2: status $status: $(tail -3 "$work/said")"; }

cases=$((cases + 2))
cp "$program" "$work/releases/v9.9.9/ismsc-9.9.9-linux-$(uname -m)"
(cd "$work/releases/v9.9.9" && sha256sum ismsc-* >sum && mv sum "ismsc-9.9.9-linux-$(uname -m).sha256")
VERSION=9.9.9
action get
expect 0 "a download"
[ "$(cat "$work/path")" = "$work/temp/ismsc" ] && [ -x "$work/temp/ismsc/ismsc" ] || complain "the download is not on PATH"
SHA256=0123 && action get
expect 2 "a download with another checksum"
SHA256=''
VERSION=9.9.8 && action get
expect 2 "a release that is not there"
grep -q '^::error title=ismsc::' "$work/said" || complain "the error is no mark: $(cat "$work/said")"

cases=$((cases + 1))
VERSION=''
rm -rf "$work/temp/ismsc"
if command -v ismsc >/dev/null 2>&1; then
	echo "ismsc is installed: the action uses it, and building is not tried"
else
	CFLAGS=-O0 action get
	expect 0 "building from the source of the action"
	"$work/temp/ismsc/ismsc" version >/dev/null || complain "what was built does not run"
fi
cp "$program" "$work/bin/ismsc"
: >"$work/path"
action get
expect 0 "a program that is there"
[ ! -s "$work/path" ] || complain "it is not used"

cases=$((cases + 3))
action check
expect 1 "a check with a finding"
grep -q '^::error.*file=our isms/incidents.yaml\|^::.*file=our isms/incidents.yaml' "$work/said" || complain "the line is not marked: $(cat "$work/said")"
grep -q '^status=1$' "$work/outputs" && grep -q '^sarif=isms report.sarif$' "$work/outputs" || complain "outputs: $(cat "$work/outputs")"
grep -q 'A-5.26-02' "$work/summary" || complain "the page of the job is empty"
python3 -c 'import json; assert json.load(open("isms report.sarif"))["runs"][0]["results"]' || complain "no report for code scanning"
[ -s isms.xml ] || complain "no test report"
SINCE=$base && action check
expect 0 "a change that brings nothing"
sed -i 's/stage: certified/stage: certifiedd/' "our isms/isms.yaml"
git commit -qam "A mistake"
action check
expect 1 "a change that brings something"
git reset -q --hard "$base"
SINCE=''
DOCUMENTS=documents && action check
expect 1 "a check with documents"
[ -s documents/statement-of-applicability.docx ] || complain "no documents are built"
DOCUMENTS=''

# Texts of a pull request are data: whatever an input holds, nothing of it is run.
cases=$((cases + 1))
# shellcheck disable=SC2016
SINCE='$(touch x) `touch x`; touch x' && action check
expect 2 "a revision that is none"
[ ! -e x ] || complain "a text was run"
# shellcheck disable=SC2016
if grep -n '^ *run:.*\${{' "$here/action.yml"; then complain "a text of the forge stands in a line that is run"; fi
SINCE=''

# ---- GitLab ----
# lines JOB: what it runs, by the plain shell of an image.
lines() { awk -v job="$1:" '$0 == job { inside = 1; next } /^[^ #]/ { inside = 0 } inside && /^    - ismsc / { sub(/^    - /, ""); print }' "$here/integrations/gitlab-ci.yml"; }
gitlab() {
	lines "$1" >"$work/line"
	[ -s "$work/line" ] || complain "the job $1 runs nothing"
	PATH=$work/bin:$PATH ISMSC_DIRECTORY="our isms" ISMSC_OPTIONS="--as-of 2026-11-21" CI_MERGE_REQUEST_DIFF_BASE_SHA=${2-} sh -eu "$work/line" >"$work/said" 2>&1
	status=$?
}
cases=$((cases + 3))
gitlab ismsc
expect 1 "GitLab, the default branch"
python3 -c 'import json; assert json.load(open("codequality.json"))' || complain "no report for Code Quality"
gitlab ismsc "$base"
expect 0 "GitLab, a merge request that brings nothing"
sed -i 's/ --out / --as-of 2026-11-21 --out /' "$work/line"
gitlab ismsc-documents
expect 0 "GitLab, the documents"
[ -s documents/isms-manual.docx ] || complain "GitLab: no documents"

# ---- the image ----
# What the first stage copies is enough to build from, and is what .dockerignore lets through.
cases=$((cases + 2))
file=$here/integrations/Dockerfile
mkdir "$work/src"
sed '/^FROM alpine/,$d' "$file" | awk '$1 == "COPY" { for (i = 2; i < NF; i++) print $i }' >"$work/copied"
sed -n 's/^!//p' "$file.dockerignore" | sort >"$work/let"
sort "$work/copied" | cmp -s - "$work/let" || complain "the Dockerfile copies other things than its .dockerignore lets through"
(cd "$here" && xargs tar -cf - <"$work/copied") | tar -xf - -C "$work/src"
(cd "$work/src" && CFLAGS=-O0 make -s -j"${JOBS:-2}" STATIC=1) >"$work/said" 2>&1 || complain "the image's program is not built: $(tail -3 "$work/said")"
"$work/src/build-static/ismsc" version >/dev/null || complain "the image's program does not run"
grep -q "safe.directory '\*'" "$file" || complain "the image trusts no mounted repository"

# A repository of another user: refused, until git is told as in the image.
cases=$((cases + 1))
if [ "$(id -u)" = 0 ] && chown -R 12345 "$work/repo" 2>/dev/null; then
	"$program" check -C "our isms" --staged --as-of 2026-11-21 -q 2>"$work/said"
	[ $? = 2 ] || complain "a repository of another user is read without a word"
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' "$program" check -C "our isms" --staged --as-of 2026-11-21 -q 2>"$work/said"
	[ $? = 1 ] || complain "safe.directory does not help: $(cat "$work/said")"
fi

echo "$cases cases"
[ $failed -eq 0 ]
