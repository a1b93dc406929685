#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "a list is one value a line"
run query -C "$here/examples/northwind" --as-of 2026-11-21 'risks.filter(r, r.residual.level == "High").map(r, r.id)'
expect 0
quiet
[ "$(cat "$out")" = R-004 ] || wrong "not R-004 alone: $(cat "$out")"

case_is "json"
run query -C "$here/examples/northwind" --as-of 2026-11-21 --format json 'controls.filter(c, c.applicable == false)'
expect 0
is_json "$out"
says '"A.8.30"'

case_is "a date is judged at the day asked for"
run query -C "$here/examples/northwind" --as-of 2030-01-31 'today'
[ "$(cat "$out")" = 2030-01-31 ] || wrong "$(cat "$out")"

case_is "an error points into the expression"
run query -C "$here/examples/northwind" 'risks.filter(r, r.ownr == null)'
expect 2
says_err "r.ownr" "^^^^" "owner"

case_is "what has no value"
run query -C "$here/examples/northwind" '1 / 0'
expect 2
says_err "no value"

case_is "wrong use"
run query -C "$here/examples/northwind"
expect 2
says_err "one expression"

finish
