#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc baseline: what an old project begins with is to be mended by a day, and what is new fails at once.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

"$ismsc" init isms --name "Probe Ltd" >/dev/null || wrong "init failed"
git -C isms -c init.defaultBranch=main init -q
git -C isms add -A
git -C isms commit -qnm one

case_is "create enters what fails the check, with an owner and a day"
run check -q -C isms
expect 1
run baseline create --owner ROLE-ism --until 2027-05-31 -C isms
expect 0
quiet
says "entries are in isms-baseline.yaml, to be mended until 2027-05-31"
run check -C isms
expect 0
says "baseline[4.3-02 scope-statement-missing]" "major, to be mended by" "until 2027-05-31 (BL-" "in the baseline."
run check -C isms --format json
is_json "$out"
says '"accepted": {"id": "BL-001", "by": "ROLE-ism"'
run check -C isms --severity major
expect 0
run due -C isms
says "2027-05-31" "finding of the baseline to be mended"
run fmt --check -C isms
expect 0
git -C isms add -A
git -C isms commit -qnm baseline

case_is "what is new fails, also when somebody enters it"
printf 'risks:\n  R-090: {title: Fire, owner: ROLE-ghost}\n' >isms/new.yaml
run check -C isms
expect 1
says "ROLE-ghost"
run baseline create --owner ROLE-ism --until 2027-05-31 -C isms
expect 2
says_err "there is a baseline already, and it only shrinks"
run baseline create --owner ROLE-ism --until 2027-05-31 --add -C isms
expect 0
run check -q -C isms
expect 0
run check -C isms --since HEAD
expect 1
says "ROLE-ghost"
lacks "baseline[R-01"
git -C isms checkout -q isms-baseline.yaml
rm isms/new.yaml

case_is "what is solved is an observation until it is pruned"
cp isms/isms-baseline.yaml before
printf 'issues:\n  ISS-01: {kind: external, text: The market shrinks, effect: Less money}\n  ISS-02: {kind: internal, text: We are few, effect: Less time}\n' >isms/issues.yaml
run check -C isms
expect 0
says "observation[C-11 baseline-solved]" "holds a finding that is solved: 4.1-01" "ismsc baseline prune"
sed -i 's/^  BL-002:/  # BL-002 comes next\n  BL-002:/' isms/isms-baseline.yaml
run baseline prune -C isms
expect 0
says "is solved: 4.1-01" "1 entry taken out"
grep -q 'rule: 4.1-01' isms/isms-baseline.yaml && wrong "the entry is there"
grep -q '# BL-002 comes next' isms/isms-baseline.yaml || wrong "a comment is gone"
[ "$(diff before isms/isms-baseline.yaml | grep -c '^>')" -eq 1 ] || wrong "more than an entry changed: $(diff before isms/isms-baseline.yaml)"
run check -C isms
lacks C-11
run baseline prune -C isms
says "0 entries taken out"

case_is "several of a kind"
printf 'risks:\n  R-090: {title: Fire, owner: ROLE-x1}\n  R-091: {title: Flood, treatment: {controls: [A.9.99, A.9.98]}}\n' >isms/new.yaml
run baseline create --owner ROLE-ism --until 2027-05-31 --add -C isms
expect 0
grep -q '^    times: 2$' isms/isms-baseline.yaml || wrong "two of a kind are not counted: $(tail -n 12 isms/isms-baseline.yaml)"
run check -q -C isms
expect 0
sed -i 's/A.9.99, //' isms/new.yaml
run check -C isms
says "holds 2 findings of" "of which 1 is left"
run baseline prune -C isms
says "1 of 2 are left"
grep -q '^    times: 1$' isms/isms-baseline.yaml || wrong "$(grep times isms/isms-baseline.yaml)"
sed -i 's/A.9.98/A.8.13, A.9.98, A.9.97, A.9.96/' isms/new.yaml
run check -q -C isms
expect 1

case_is "after its day it counts again"
run check -C isms --as-of 2027-06-01
expect 1
says "minor[C-12 baseline-overdue]" "should have been mended by 2027-05-31"
cp isms/isms-baseline.yaml before
run baseline prune -C isms --as-of 2027-06-01
expect 0
cmp -s before isms/isms-baseline.yaml || wrong "what is overdue was taken out"

case_is "a certified organisation leaves no requirement for later"
rm isms/new.yaml isms/isms-baseline.yaml
cp -R "$here/examples/northwind" north
cat >north/isms-baseline.yaml <<'YAML'
baseline:
  BL-001: {rule: 4.1-01, message: no internal and no external issue is recorded, owner: ROLE-ism, until: 2027-05-31}
  BL-002: {rule: Y-05, record: R-001, owner: ROLE-ism, until: 2027-05-31}
YAML
sed -i 's/^  stage: .*/  stage: certified/' north/isms.yaml
run check -C north --as-of 2026-11-21
says "minor[C-13 not-for-a-baseline]" "BL-001 can not wait in a baseline: a certified organisation meets every requirement of clause 4.1" "BL-002 can not wait in a baseline: a source"
cp north/isms-baseline.yaml before
run baseline prune -C north
expect 0
cmp -s before north/isms-baseline.yaml || wrong "what is refused was taken out"

case_is "the last entry takes its section along"
run baseline create --owner ROLE-ism --until 2027-05-31 -C isms
sed -i 's/^\(baseline:\)$/\1/; /^  BL-002:/,$d' isms/isms-baseline.yaml
sed -i 's/rule: .*/rule: 9.9-99/' isms/isms-baseline.yaml
run baseline prune -C isms
expect 0
says "1 entry taken out, 0 left."
grep -q '^baseline:' isms/isms-baseline.yaml && wrong "an empty section is left"
run check -C isms
lacks "isms-baseline.yaml"

case_is "what makes no sense"
run baseline
expect 2
run baseline create -C isms
expect 2
says_err "say who sees to what is found"
run baseline create --owner nobody --until 2027-05-31 -C isms
expect 2
run baseline create --owner ROLE-ism --until 2026-01-01 -C isms
expect 2
run baseline create --owner ROLE-ism --until 2029-01-01 -C isms
expect 2
run baseline prune --owner ROLE-ism -C isms
expect 2
run baseline prune --staged -C isms
expect 2

finish
