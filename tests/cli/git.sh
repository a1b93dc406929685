#!/bin/sh
# SPDX-License-Identifier: MIT
# What is staged, what was there in a revision, and what is new since one: with real repositories and a real hook.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

# A repository with a clean ISMS in a folder of an awkward name.
mkdir repo
git -C repo -c init.defaultBranch=main init -q
isms="repo/our isms [1]"
mkdir "$isms"
cp -R "$here/tests/rules/_clean/." "$isms"
git -C repo add -A
git -C repo commit -qm "An ISMS without a finding"
late() { sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' "$1/incidents.yaml"; }
right() { sed -i 's/notified_on: 2026-07-13/notified_on: 2026-07-07/' "$1/incidents.yaml"; }

case_is "what is staged counts, not what stands in the files"
late "$isms"
run check -C "$isms"
expect 1
run check -C "$isms" --staged
expect 0
git -C repo add -A
right "$isms"
run check -C "$isms"
expect 0
run check -C "$isms" --staged
expect 1
says "A-5.26-02" "--> incidents.yaml:2:"
git -C repo reset -q --hard

case_is "a file that is only in the index, one that is in none, one that is deleted, one that is renamed"
printf 'actions:\n  ACT-90:\n    statsu: a\n' >"$isms/new.yaml"
run check -C "$isms" --staged
expect 0
git -C repo add -A
rm "$isms/new.yaml"
run check -C "$isms" --staged
expect 1
says "new.yaml:3:5"
git -C repo reset -q --hard
git -C repo rm -q "our isms [1]/incidents.yaml"
run check -C "$isms" --staged
cp "$out" deleted
run check -C "$isms"
cmp -s "$out" deleted || wrong "a deleted file counts differently"
git -C repo reset -q --hard
git -C repo mv "our isms [1]/incidents.yaml" "our isms [1]/events.yaml"
late "$isms" 2>/dev/null
run check -C "$isms" --staged
expect 0
git -C repo reset -q --hard

case_is "a link counts as what it leads to, a submodule is not looked into"
mkdir "$isms/more"
mv "$isms/incidents.yaml" "$isms/more/real.txt"
ln -s more/real.txt "$isms/incidents.yaml"
git -C repo add -A
run check -C "$isms" --staged
expect 0
ln -sf ../../outside.yaml "$isms/incidents.yaml"
git -C repo add -A
run check -C "$isms" --staged
expect 1
says "incidents.yaml"
git -C repo reset -q --hard
git -C repo update-index --add --cacheinfo 160000,1234567890123456789012345678901234567890,"our isms [1]/part"
run check -C "$isms" --staged
expect 0
git -C repo reset -q --hard

case_is "a conflict is said, and by its name"
git -C repo checkout -q -b other
sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-08/' "$isms/incidents.yaml"
git -C repo commit -qam other
git -C repo checkout -q main
sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-06/' "$isms/incidents.yaml"
git -C repo commit -qam main
git -C repo merge -q other >/dev/null 2>&1
run check -C "$isms" --staged
expect 2
says_err "incidents.yaml is in conflict: resolve it first"
git -C repo merge --abort
git -C repo reset -q --hard HEAD~1

# A hook that says what it is given. Git starts it at the top of the work tree.
hook=$work/hook
cat >"$hook" <<HOOK
#!/bin/sh
exec "$ismsc" check --staged -q -C "our isms [1]"
HOOK
chmod +x "$hook"
mkdir -p repo/.git/hooks
cp "$hook" repo/.git/hooks/pre-commit

case_is "a hook: commit, commit -a, and a partial commit are judged by what they commit"
late "$isms"
git -C repo commit -qm late >/dev/null 2>&1 && wrong "a commit of nothing went through"
git -C repo commit -qam late >/dev/null 2>&1 && wrong "commit -a of a nonconformity went through"
printf '\n' >>"$isms/isms.yaml"
git -C repo commit -qm part -- "our isms [1]/isms.yaml" || wrong "a partial commit without the nonconformity was stopped"
git -C repo commit -qm part -- "our isms [1]/incidents.yaml" >/dev/null 2>&1 && wrong "a partial commit with it went through"
right "$isms"
git -C repo diff --quiet || wrong "something is left: $(git -C repo status --short)"

case_is "a hook in a linked work tree"
git -C repo worktree add -q ../linked -b linked 2>/dev/null
late "linked/our isms [1]"
git -C linked commit -qam late >/dev/null 2>&1 && wrong "commit -a went through"
printf '\n' >>"linked/our isms [1]/isms.yaml"
git -C linked commit -qm part -- "our isms [1]/isms.yaml" || wrong "a partial commit was stopped"

case_is "hook install and uninstall leave other hooks alone"
run hook install -C "$isms"
expect 2
says_err "pre-commit is there already and is left alone" 'ismsc check --staged -C "our isms [1]" || exit 1'
cmp -s "$hook" repo/.git/hooks/pre-commit || wrong "the other hook was touched"
run hook uninstall -C "$isms"
expect 2
cmp -s "$hook" repo/.git/hooks/pre-commit || wrong "the other hook was touched"
rm repo/.git/hooks/pre-commit

case_is "an installed hook stops what is wrong and is silent about what is right"
mkdir "repo/it's"
cp -R "$here/tests/rules/_clean/." "repo/it's"
git -C repo add -A
git -C repo commit -qm two
run hook install -C "$isms"
expect 0
says "every commit is checked now"
cp repo/.git/hooks/pre-commit one
run hook install -C "$isms"
expect 0
says "was there already"
cmp -s one repo/.git/hooks/pre-commit || wrong "the hook changed"
run hook install -C "repo/it's"
expect 0
mkdir -p bin
ln -sf "$ismsc" bin/ismsc
PATH=$work/bin:$PATH
late "repo/it's"
git -C repo commit -qam late >"$out" 2>&1 && wrong "a nonconformity in the second project went through"
says "A-5.26-02" "--> incidents.yaml:2:"
right "repo/it's"
printf '\n' >>"$isms/isms.yaml"
git -C repo commit -qam right >"$out" 2>&1 || wrong "a right commit was stopped"
[ ! -s "$out" ] || wrong "it is not silent: $(head -1 "$out")"
late "$isms"
git -C repo commit -qam late >/dev/null 2>&1 && wrong "a nonconformity in the first project went through"
git -C repo commit -qnam late >/dev/null 2>&1 || wrong "--no-verify does not help"
git -C repo reset -q --hard HEAD~1
run hook uninstall -C "repo/it's"
expect 0
cmp -s one repo/.git/hooks/pre-commit || wrong "not what it was before"
run hook uninstall -C "$isms"
expect 0
[ ! -e repo/.git/hooks/pre-commit ] || wrong "the hook is there"
run hook uninstall -C "$isms"
expect 0
says "there was no hook"
run hook
expect 2
run hook install -C "$here/tests/rules/_clean" --as-of 2026-01-01
expect 2

case_is "an index of another name"
GIT_INDEX_FILE=$work/index git -C repo read-tree HEAD
late "$isms"
GIT_INDEX_FILE=$work/index git -C repo add -A
(cd repo && GIT_INDEX_FILE=$work/index "$ismsc" check --staged -q -C "our isms [1]") && wrong "the other index was not read"
(cd repo && "$ismsc" check --staged -q -C "our isms [1]") || wrong "the index was not read"
(cd "$isms" && "$ismsc" check --staged -q) || wrong "from within the project"
git -C repo reset -q --hard

case_is "a revision"
late "$isms"
git -C repo commit -qnam late
run check -q -C "$isms" --rev HEAD
expect 1
run check -q -C "$isms" --rev HEAD~1
expect 0
run status -C "$isms" --rev HEAD~1
expect 0
says "none"
run query -C "$isms" --rev HEAD~1 'incidents.map(i, i.notified_on)'
says 2026-07-07
run check -C "$isms" --rev no-such
expect 2
says_err "git shows no no-such of" "it is no revision"
run check -C "$isms" --rev=--output=x
expect 2
[ ! -e x ] || wrong "a revision became an option"

case_is "what is new since a revision, whatever has moved"
sed -i '1i # moved' "$isms/incidents.yaml"
run check -C "$isms" --since HEAD
expect 0
says "No findings, 1 that was there before left out."
run check -C "$isms" --since HEAD~1
expect 1
says "incidents.yaml:3:" "1 major. Failed"
printf 'actions:\n  ACT-90:\n    statsu: a\n' >"$isms/new.yaml"
run check -C "$isms" --since HEAD --format concise
expect 1
lacks A-5.26-02
says "new.yaml:3:5: error"
run check -C "$isms" --since HEAD --staged
expect 0

case_is "since there was no ISMS, everything is new"
git -C repo checkout -q --orphan empty
git -C repo rm -rqf .
rm -rf "$isms"
git -C repo commit -qn --allow-empty -m empty
git -C repo checkout -q main
run check -C "$isms" --since empty
expect 1
says "1 major. Failed"

case_is "where there is no repository, or no git"
cp -R "$here/tests/rules/_clean" apart
run check -C apart --staged
[ "$status" -eq 2 ] || git -C apart rev-parse -q >/dev/null 2>&1 || wrong "exit status $status"
mkdir -p nothing
PATH=$work/nothing "$ismsc" check -C "$isms" --staged >"$out" 2>"$err"
[ $? -eq 2 ] || wrong "without git it does not fail"
says_err "is in no git repository, or git is not installed"

finish
