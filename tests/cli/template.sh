#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc template: which file gives which block, taking one out, what changed since.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
mkdir -p isms/brand/house/templates
cp "$here/examples/minimal/isms.yaml" isms/
printf 'brand: brand/house\n' >>isms/isms.yaml
printf 'name: House\n' >isms/brand/house/brand.yaml
printf -- '---\nparent: risk-treatment-plan\n---\n{{$acceptance}}\nLate, says the house.\n{{/acceptance}}\n' >isms/brand/house/templates/risk-treatment-plan.md
cd isms || exit 2

case_is "the list names the files and the one that gives each block"
run template list
expect 0
quiet
says "risk-treatment-plan                brand/house/templates/risk-treatment-plan.md over built-in" "  acceptance                       brand/house/templates" \
	"  summary                          built-in" "statement-of-applicability         built-in"
run template list statement-of-applicability
says "  summary "
run template list --format json
says '"template": "risk-treatment-plan", "files": ["brand/house/templates/risk-treatment-plan.md", "built-in"]'

case_is "one block is taken out and wins"
run template eject risk-treatment-plan --block summary
expect 0
says "wrote templates/risk-treatment-plan.md"
grep -q '^parent: risk-treatment-plan' templates/risk-treatment-plan.md || wrong "it builds on nothing"
run template eject risk-treatment-plan --block acceptance
expect 0
grep -q 'Late, says the house' templates/risk-treatment-plan.md || wrong "the brand's block was not taken"
run check
lacks "T-0"
run template list risk-treatment-plan
says "templates/risk-treatment-plan.md over brand/house/templates/risk-treatment-plan.md over built-in" "  summary                          templates/risk-treatment-plan.md" \
	"  acceptance                       templates/risk-treatment-plan.md"
run build risk-treatment-plan --to text --out before
expect 0

case_is "nothing is written over"
run template eject risk-treatment-plan --block summary
expect 2
says_err "has the block summary already"
run template eject risk-treatment-plan
expect 2
says_err "templates/risk-treatment-plan.md is there already"

case_is "a whole template is taken out unchanged"
run template eject stage-1-readiness
expect 0
cmp -s templates/stage-1-readiness.md "$here/templates/stage-1-readiness.md" || wrong "it is another text"

case_is "what changes upstream is told, block by block"
run template diff
expect 0
says "nothing has changed"
sed 's/Late, says the house/Late, says the new house/' brand/house/templates/risk-treatment-plan.md >x && mv x brand/house/templates/risk-treatment-plan.md
sed 's/^# .*/&, formerly/' templates/.upstream/stage-1-readiness.md >x && mv x templates/.upstream/stage-1-readiness.md
run template diff
expect 1
says "templates/risk-treatment-plan.md: changed since it was taken out, in brand/house/templates/risk-treatment-plan.md" "block acceptance" \
	"- Late, says the house." "+ Late, says the new house." "templates/stage-1-readiness.md: changed since"
run template diff stage-1-readiness
says ", formerly"

case_is "names that are none"
run template eject risk-treatment-plna
expect 2
says_err "there is no template risk-treatment-plna"
run template eject risk-methodology --block sumary
expect 2
says_err "has no block sumary; it has "
run template list nothing
expect 2
run template diff nothing
expect 2
says_err "there is no templates/nothing.md"
run template
expect 2
says_err "say what"
run template edit
expect 2
run template list --block x
expect 2

case_is "a block and a partial that are gone upstream are findings"
printf -- '---\nparent: risk-methodology\n---\n{{$gone}}\nx\n{{/gone}}\n' >templates/risk-methodology.md
mkdir -p templates/partials brand/house/templates/partials
printf 'x\n' >templates/partials/no-such-part.md
printf -- '---\nparent: gap-assessment\n---\n{{$gone}}\nx\n{{/gone}}\n' >brand/house/templates/gap-assessment.md
run check
expect 1
says "templates/risk-methodology.md:4:1" "T-05" "templates/partials/no-such-part.md:1:1" "T-10" "brand/house/templates/gap-assessment.md:4:1"
finish
