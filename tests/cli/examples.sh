#!/bin/sh
# SPDX-License-Identifier: MIT
# What the check says about the examples: nothing but what was left there on purpose.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "northwind has three observations, left on purpose"
run check -C "$here/examples/northwind" --as-of 2026-11-21 --format concise --all
expect 0
[ "$(sed 's/.*: observation: .*\[\(.*\)\]/\1/' "$out" | sort | tr '\n' ' ')" = "4.1-06 6.2-b-02 7.5.2-c-03 " ] || wrong "it says $(cat "$out")"

case_is "minimal passes as a draft, and would not at stage 1"
run check -C "$here/examples/minimal" --as-of 2026-11-21 --format concise --all
expect 0
[ ! -s "$out" ] || wrong "it says $(cat "$out")"
mkdir stage-1
sed 's/stage: draft/stage: stage-1/' "$here/examples/minimal/isms.yaml" >stage-1/isms.yaml
run check -C stage-1 --as-of 2026-11-21 --format concise --all
expect 1
[ "$(grep -c ': major: ' "$out")" -ge 10 ] || wrong "only $(grep -c ': major: ' "$out") majors at stage 1"
finish
