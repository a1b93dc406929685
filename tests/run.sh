#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the test suites, one line each, and ends with `N passed, N failed`.
#   tests/run.sh [PATTERN...]     only suites whose name matches a shell pattern: 'unit/*' cli/usage
# Reads $BUILD (default build: where `make tests` has put the programs), $SAN and $COVERAGE (what they were built
# with) and $FULL (1: the long form of a suite that has one). BLESS=1 rewrites what golden suites expect.
set -u
LC_ALL=C.UTF-8; export LC_ALL
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
ISMSC=$(cd "$BUILD" && pwd)/ismsc || exit 2
SAN=${SAN:-}
export BUILD ISMSC SAN
ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}; export ASAN_OPTIONS
unset SOURCE_DATE_EPOCH NO_COLOR CLICOLOR_FORCE
log=$(mktemp "${TMPDIR:-/tmp}/ismsc-run.XXXXXX") || exit 2
trap 'rm -f "$log"' EXIT
trap 'exit 2' HUP INT TERM
patterns=$*
passed=0
failed=0

wanted() {
	[ -n "$patterns" ] || return 0
	for pattern in $patterns; do
		# shellcheck disable=SC2254 # a pattern is meant
		case $1 in $pattern | $pattern/*) return 0 ;; esac
	done
	return 1
}

# suite NAME COMMAND...: the command says how many cases it had as `N cases` or `N test(s)`.
suite() {
	name=$1
	shift
	wanted "$name" || return 0
	if "$@" >"$log" 2>&1 </dev/null; then
		cases=$(sed -n 's/.*[^0-9]\([0-9][0-9]*\) \(case\|test\).*/\1/p; s/^\([0-9][0-9]*\) cases.*/\1/p' "$log" | tail -1)
		passed=$((passed + 1))
		printf 'ok    %-28s%s\n' "$name" "${cases:+(${cases} cases)}"
	else
		status=$?
		failed=$((failed + 1))
		printf 'FAIL  %s  (exit status %s)\n' "$name" "$status"
		grep -v '^\[ *\(OK\|RUN\) *\]' "$log" | tail -n 40 | sed 's/^/      /'
		printf '      again: BUILD=%s %s\n' "$BUILD" "$*"
	fi
}

# What looks at plain object files or preloads a library makes no sense with sanitizers or counters.
plain() { [ -z "$SAN${COVERAGE:-}" ]; }

plain && suite structure python3 tests/structure.py
plain && suite structure/self-test python3 tests/structure.py --self-test
for test in tests/unit/test_*.c; do
	name=$(basename "$test" .c)
	suite "unit/$name" "$BUILD/tests/$name"
done
suite language python3 tests/language.py
if plain; then suite rules python3 tests/rules.py --coverage; else suite rules python3 tests/rules.py; fi
suite rules/self-test python3 tests/rules.py --self-test
suite rules-facts python3 tests/rules_facts.py
suite rules-facts/self-test python3 tests/rules_facts.py --self-test
plain && suite rule-coverage/self-test python3 tests/rule_coverage.py --self-test
for script in tests/cli/*.sh; do
	suite "cli/$(basename "$script" .sh)" sh "$script"
done
suite starters sh tests/starters.sh
suite golden python3 tests/golden.py
suite readme python3 tests/readme.py
for target in tests/fuzz/fuzz_*.c; do
	name=$(basename "$target" .c)
	suite "replay/$name" "$BUILD/tests/replay_$name" "tests/fuzz/corpus/${name#fuzz_}"
done
suite oom "$BUILD/tests/oom"
plain && suite io-faults sh tests/io_faults.sh
suite determinism sh tests/determinism.sh
plain && suite install sh tests/install.sh

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
