#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "each schema is the file of the repository"
run schema
expect 0
quiet
cmp -s "$out" "$here/schema/isms.schema.json" || wrong "schema differs"
for name in isms findings rules; do
	run schema "$name"
	expect 0
	cmp -s "$out" "$here/schema/$name.schema.json" || wrong "schema $name differs"
	is_json "$out"
done

case_is "--data wins over what is built in"
mkdir -p data/schema && echo '{}' >data/schema/rules.schema.json
run schema rules --data data
expect 0
[ "$(cat "$out")" = '{}' ] || wrong "the file of --data is not used"
run schema isms --data data
cmp -s "$out" "$here/schema/isms.schema.json" || wrong "what --data lacks is not built in"

case_is "an unknown schema is refused"
run schema controls
expect 2
says_err "there are isms, findings and rules"
run schema isms rules
expect 2
finish
