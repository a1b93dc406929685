#!/bin/sh
# SPDX-License-Identifier: MIT
# What the hook says is what a clean checkout says, over commits of every kind, 200 of them with DEEP=1; and through the program pre-commit, where it is installed.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

case_is "the hook and a clean checkout agree, every time"
commits=30
[ -z "${DEEP:-}" ] || commits=200
python3 "$here/tests/commits.py" "$ismsc" "$commits" >said 2>&1 || wrong "$(tail -n 5 said)"

case_is "through the program pre-commit"
if command -v pre-commit >/dev/null; then
	unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
	PRE_COMMIT_HOME=$work/cache PATH=$work/bin:$PATH
	export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL PRE_COMMIT_HOME PATH
	mkdir -p bin hooks repo
	ln -sf "$ismsc" bin/ismsc
	# The hooks as this repository offers them, from a repository of their own.
	cp "$here/.pre-commit-hooks.yaml" hooks
	git -C hooks init -q && git -C hooks add -A && git -C hooks commit -qm hooks
	git -C repo -c init.defaultBranch=main init -q
	cp -R "$here/tests/rules/_clean/." repo
	printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks: [{id: ismsc-check}, {id: ismsc-fmt}]\n' "$work/hooks" "$(git -C hooks rev-parse HEAD)" >repo/.pre-commit-config.yaml
	git -C repo add -A
	(cd repo && pre-commit install >/dev/null) || wrong "pre-commit install fails"
	git -C repo commit -qm one >"$out" 2>&1 || wrong "a right commit was stopped: $(tail -n 5 "$out")"
	sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' repo/incidents.yaml
	git -C repo commit -qam late >"$out" 2>&1 && wrong "a nonconformity went through"
	says "A-5.26-02"
	git -C repo reset -q --hard
	git -C repo rm -q people.yaml
	git -C repo commit -qm deleted >"$out" 2>&1 && wrong "a deletion that breaks references went through"
	says "check the ISMS"
	git -C repo reset -q --hard
	printf 'improvements:\n    IMP-90:\n        text:   Untidy\n' >repo/untidy.yaml
	git -C repo add -A
	git -C repo commit -qm untidy >"$out" 2>&1 && wrong "an untidy file went through"
	says "files were modified by this hook"
	grep -q '^    text: Untidy$' repo/untidy.yaml || wrong "the file is not in its plain form: $(cat repo/untidy.yaml)"
fi

finish
