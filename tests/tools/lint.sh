#!/bin/sh
# SPDX-License-Identifier: MIT
# What static analysis says, with whatever of it is installed, and the longest functions. Only the shape of the tree
# and the scripts can fail it; the rest is for reading, since each of these programs is wrong about something.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
status=0
have() { command -v "$1" >/dev/null 2>&1; }

echo "== structure"
BUILD=$BUILD python3 tests/structure.py || status=1

if have cppcheck; then
	echo "== cppcheck"
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem \
		--suppress=normalCheckLevelMaxBranches --suppress=ctuuninitvar --suppress=internalAstError -DISMSC_VERSION='""' -Icompiler -I"$BUILD/gen" compiler
fi
if have clang-tidy; then
	echo "== clang-tidy"
	find compiler -name '*.c' | sort | xargs clang-tidy --quiet --checks='-*,clang-analyzer-*,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-bugprone-narrowing-conversions,-bugprone-branch-clone,-bugprone-assignment-in-if-condition,-clang-analyzer-security.insecureAPI.*' \
		-- -std=c11 -D_XOPEN_SOURCE=700 -DISMSC_VERSION='""' -Icompiler -I"$BUILD/gen" 2>/dev/null | grep -E 'warning:|error:' | sort -u
fi
if have shellcheck; then
	echo "== shellcheck"
	git ls-files '*.sh' .ci/run | xargs shellcheck -x -P SCRIPTDIR -S warning || status=1
fi

echo "== the longest functions (lines, place); over 60 is a question, over 100 needs a reason"
git ls-files 'compiler/*.c' | xargs awk '
	FNR == 1 { begin = 0 }
	/^\{/ { begin = FNR; name = before }
	/^\}/ && begin { print FNR - begin + 1, FILENAME ":" begin, name; begin = 0 }
	/^[A-Za-z]/ { before = $0 }' | sort -rn | head -n 10
exit $status
