#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the test suites, one line each, side by side, and ends with `N passed, N failed`.
#   tests/run.sh [PATTERN...]     only suites whose name matches a shell pattern: 'unit/*' cli/usage
# Reads $BUILD (default build: where `make tests` has put the programs), $SAN and $COVERAGE (what they were built
# with), $JOBS (how many at a time; default: processors) and $SUITE_TIME (seconds after which one is stopped; default 600).
# DEEP=1 makes some suites longer, as .ci/run does; BLESS=1 rewrites what golden suites expect.
set -u
LC_ALL=C.UTF-8; export LC_ALL
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
ISMSC=$(cd "$BUILD" && pwd)/ismsc || exit 2
# A python3 that first looks up which Python is meant is asked once, and not at each of some hundred starts.
PATH=$(dirname "$(python3 -c 'import sys; print(sys.executable)')"):$PATH; export PATH
python="python3 -S" # the standard library is all they need
SAN=${SAN:-}
export BUILD ISMSC SAN
ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}; export ASAN_OPTIONS
unset SOURCE_DATE_EPOCH NO_COLOR CLICOLOR_FORCE
patterns=$*

# What tests write is gone a second later, and on ext4 a new file costs the more, the more were just deleted: they write to memory, where there
# is a folder of it with a gigabyte to spare, and whose files may be run.
in_memory() {
	free=$(df -Pk /dev/shm 2>/dev/null | awk 'END { print $4 }')
	[ -z "${TMPDIR:-}" ] && [ "${free:-0}" -gt 1000000 ] && TMPDIR=$(mktemp -d /dev/shm/ismsc-tests.XXXXXX) || return
	trap 'rm -rf "$TMPDIR"' EXIT
	trap 'exit 2' HUP INT TERM
	echo '#!/bin/sh' >"$TMPDIR/try" && chmod +x "$TMPDIR/try" && "$TMPDIR/try" && export TMPDIR
}

wanted() {
	[ -n "$patterns" ] || return 0
	for pattern in $patterns; do
		# shellcheck disable=SC2254 # a pattern is meant
		case $1 in $pattern | $pattern/*) return 0 ;; esac
	done
	return 1
}

# suite [-o OPTIONS] NAME COMMAND...: what steps.py makes of a line. -o first: it takes long.
suite() {
	options=
	if [ "$1" = -o ]; then
		options=$2
		shift 2
	fi
	name=$1
	shift
	wanted "$name" && printf '%s\t%s\t%s\n' "$name" "$options" "$*"
}

# What looks at plain object files, preloads a library or judges texts makes no sense with sanitizers or counters.
plain() { [ -z "$SAN${COVERAGE:-}" ]; }

suites() {
	plain && suite steps $python tests/tools/steps.py --self-test
	plain && suite structure $python tests/structure.py
	[ -z "${DEEP:-}" ] || suite structure/self-test $python tests/structure.py --self-test
	for test in tests/unit/test_*.c; do
		name=$(basename "$test" .c)
		suite "unit/$name" "$BUILD/tests/$name"
	done
	suite language $python tests/language.py
	suite one-mistake $python tests/one_mistake.py
	suite -o first rules $python tests/rules.py "$(plain && echo --coverage)"
	suite rules/self-test $python tests/rules.py --self-test
	suite rules-facts $python tests/rules_facts.py
	suite rules-facts/self-test $python tests/rules_facts.py --self-test
	plain && suite rule-coverage/self-test $python tests/rule_coverage.py --self-test
	for script in tests/cli/*.sh; do
		name=$(basename "$script" .sh)
		case $name in
		completion | watch) suite -o "first cores=0" "cli/$name" sh "$script" ;; # they sleep most of the time
		*) suite "cli/$name" sh "$script" ;;
		esac
	done
	plain && suite starters $python tests/starters.py # texts; what reads them has suites of its own
	suite golden $python tests/golden.py
	plain && suite translations $python tests/translations.py
	suite audience $python tests/audience.py
	suite readme $python tests/readme.py
	for target in tests/fuzz/fuzz_*.c; do
		name=$(basename "$target" .c)
		suite "replay/$name" "$BUILD/tests/replay_$name" "tests/fuzz/corpus/${name#fuzz_}"
	done
	suite -o first oom "$BUILD/tests/oom"
	suite growth sh tests/growth.sh
	plain && suite -o first io-faults sh tests/io_faults.sh
	suite determinism sh tests/determinism.sh
	plain && suite install sh tests/install.sh
}

in_memory
suites | python3 tests/tools/steps.py --jobs "${JOBS:-$(nproc 2>/dev/null || echo 2)}" --timeout "${SUITE_TIME:-600}" --again "BUILD=$BUILD "
