#!/bin/sh
# SPDX-License-Identifier: MIT
# Each line of `ismsc doctor` can say both: that all is well, and what to do.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
mkdir repo
git -C repo -c init.defaultBranch=main init -q
cp -R "$here/tests/rules/_clean" repo/isms
git -C repo add -A
git -C repo commit -qm "An ISMS without a finding"

# is WHAT STATE TEXT: the line about it. Words around the state are blanks.
is() {
	grep -q "^$1  *$2  *.*$3" "$out" || wrong "$ran: $1 is not $2 ($3): $(grep "^$1 " "$out")"
}

case_is "a project that is well"
run doctor -C repo/isms
expect 0
quiet
is program ok "ismsc [0-9.]*, [0-9]* rules of edition 20"
is "Word files" ok "can be written"
is git ok "git version"
is day note "2026-11-21 (SOURCE_DATE_EPOCH)"
is project ok "repo/isms: ISO/IEC 27001:2022, stage certified"
is sources ok "YAML and .* Markdown files, .* records"
is check ok "passes: 0 errors, 0 major"
is brand ok "the built-in look"
is repository ok "at [0-9a-f]*, 0 files"
is hook note "commits are not checked"
says "-> ismsc hook install"
lacks attention

case_is "a brand that nobody names"
mkdir repo/isms/brand && echo 'name: House' >repo/isms/brand/brand.yaml
run doctor -C repo/isms
is brand note "nothing says that it is to be used"
says "brand: brand"
run doctor -C repo/isms --brand repo/isms/brand
is brand ok "House in repo/isms/brand"
rm -r repo/isms/brand

case_is "as data"
run doctor repo/isms --format json
expect 0
is_json "$out"
says '"what": "hook", "state": "note"' '"remedy": "ismsc hook install"'

case_is "the hook, ours and another"
run hook install -C repo/isms
run doctor -C repo/isms
is hook ok "every commit is checked"
chmod -x repo/.git/hooks/pre-commit
run doctor -C repo/isms
is hook note "not checked"
printf '#!/bin/sh\nismsc check --staged -C isms\n' >repo/.git/hooks/pre-commit
chmod +x repo/.git/hooks/pre-commit
run doctor -C repo/isms
is hook ok "a hook of your own"

case_is "findings, files that are not committed, a day of one's own"
sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' repo/isms/incidents.yaml
run doctor -C repo/isms --as-of 2026-11-20
expect 1
is check attention "fails"
says "-> ismsc check"
is repository ok "1 file of the project not committed"
is day note "2026-11-20 (--as-of)"
git -C repo checkout -q .

case_is "sources that can not be read"
printf 'risks: [\n' >repo/isms/broken.yaml
run doctor -C repo/isms
expect 1
is sources attention "1 file can not be read whole"
rm repo/isms/broken.yaml

case_is "a history that is cut off"
git clone -q --depth 1 "file://$work/repo" shallow
run doctor -C shallow/isms
expect 0
is history note "cut off"

case_is "a folder outside of every repository"
cp -R repo/isms alone
run doctor -C alone
expect 0
is repository note "none"

case_is "a repository that git refuses"
printf 'nonsense\n' >alone/.git
run doctor -C alone
expect 1
is repository attention "git can not read it"

case_is "no other program on this machine"
mkdir bin
ran=doctor
PATH=$work/bin "$ismsc" doctor -C repo/isms >"$out" 2>"$err"
status=$?
expect 1 # the repository can not be looked at
is git note "is not found"
is LibreOffice note "is not found"
is browser note "is not found"
if grep -q '^font' "$out"; then wrong "it speaks of fonts"; fi

case_is "fonts that are here, stood in for, and nowhere"
printf '#!/bin/sh\necho "Calibri,Calibri Light"\n' >bin/fc-list
chmod +x bin/fc-list
for row in "Calibri:ok:Calibri is installed" "Carlito:ok:Carlito stands in" "Cantarell:note:documents opened on this machine"; do
	printf '#!/bin/sh\necho "%s"\n' "${row%%:*}" >bin/fc-list
	PATH=$work/bin:$PATH "$ismsc" doctor -C repo/isms >"$out" 2>"$err"
	rest=${row#*:}
	is font "${rest%%:*}" "${rest#*:}"
done

case_is "no project"
mkdir empty
cd empty || exit 2
run doctor
expect 0
is project note "none here"
cd ..
run doctor -C empty
expect 2
run doctor --as-of yesterday -C repo/isms
expect 2
finish
