#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs each fuzz target for $FUZZ_TIME seconds, from the corpus in the repository and what earlier runs added below
# $BUILD. A crash leaves its input in $BUILD/crashes; it belongs into tests/fuzz/corpus, where it is replayed for ever.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build-fuzz}
mkdir -p "$BUILD/crashes"
status=0
for source in tests/fuzz/fuzz_*.c; do
	target=$(basename "$source" .c)
	name=${target#fuzz_}
	mkdir -p "$BUILD/corpus/$name"
	echo "== $name: ${FUZZ_TIME:-60} seconds"
	"$BUILD/fuzz/$target" -max_total_time="${FUZZ_TIME:-60}" -timeout=10 -rss_limit_mb=4096 -max_len=16384 -print_final_stats=1 \
		-artifact_prefix="$BUILD/crashes/$name-" "$BUILD/corpus/$name" "tests/fuzz/corpus/$name" 2>"$BUILD/$name.log"
	code=$?
	grep -E '^stat::number_of_executed_units|^stat::average_exec_per_sec|^SUMMARY|^ERROR|cov: ' "$BUILD/$name.log" | tail -n 3
	[ $code -eq 0 ] || { status=1; echo "FAIL $name: see $BUILD/$name.log and $BUILD/crashes"; }
done
exit $status
