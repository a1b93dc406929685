#!/bin/sh
# SPDX-License-Identifier: MIT
# build --deps: what make and ninja read in it, in folders of awkward names, and that each input counts.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
unset MAKEFLAGS MFLAGS MAKELEVEL # of the make that runs the tests
isms="an isms#1 50\$ 100%"
mkdir "$isms" "$isms/policies" "$isms/templates" "$isms/house look"
cp "$here/examples/minimal/isms.yaml" "$isms/"
run brand init "$isms/house look"
printf 'brand: house look\n' >>"$isms/isms.yaml"
cp "$here/docs/pictures/finding.png" "$isms/policies/a picture.png"
printf -- '---\nid: POL-X\ntitle: Backup policy\nversion: "1.0"\n---\n![What it looks like](<a picture.png>)\n' >"$isms/policies/backup.md"
run template eject risk-treatment-plan --block summary -C "$isms"

deps() { run build backup risk-treatment-plan -C "$isms" --out "the out" --to text,html --deps deps.d "$@"; }

case_is "outputs and inputs are all there"
deps
expect 0
quiet
grep -q '^the\\ out/backup.html \\$' deps.d || wrong "the first output: $(head -n 1 deps.d)"
for input in 'isms.yaml' 'policies/backup.md' 'policies/a\ picture.png' 'templates/risk-treatment-plan.md' 'house\ look/brand.yaml' policies templates; do
	grep -qF -e "an\\ isms\\#1\\ 50\$\$\\ 100%/$input" deps.d || wrong "$input is missing: $(cat deps.d)"
done
for output in backup.html backup.txt risk-treatment-plan.html risk-treatment-plan.txt; do
	grep -q "the\\\\ out/$output" deps.d || wrong "$output is missing"
done

case_is "make reads it: nothing to do, then something for each input"
cat >Makefile <<'MAKE'
all: the\ out/backup.html
the\ out/backup.html:
	@echo built
include deps.d
MAKE
# All inputs are older than the outputs.
find "$isms" -exec touch -d 2020-01-01 {} +
made() { make -f Makefile all 2>&1; }
[ "$(made)" = "make: Nothing to be done for 'all'." ] || wrong "it builds without a change: $(made)"
find "$isms" -type f ! -path '*/.upstream/*' >inputs
[ "$(wc -l <inputs)" -ge 5 ] || wrong "too few inputs"
while IFS= read -r input; do
	case $input in */README*) continue ;; esac
	touch "$input"
	[ "$(made)" = built ] || wrong "a change of $input goes unnoticed: $(made)"
	touch -d 2020-01-01 "$input"
done <inputs

case_is "a file that is added changes its folder"
touch "$isms/policies/new.md"
[ "$(made)" = built ] || wrong "it goes unnoticed"
rm "$isms/policies/new.md"
find "$isms" -exec touch -d 2020-01-01 {} +
[ "$(made)" = "make: Nothing to be done for 'all'." ] || wrong "and so does that all is as it was: $(made)"

case_is "an input that is gone is no error"
rm "$isms/policies/a picture.png"
[ "$(made)" = built ] || wrong "$(made)"
cp "$here/docs/pictures/finding.png" "$isms/policies/a picture.png"

case_is "another target"
deps --deps-target "stamp of: \$it"
expect 0
grep -q '^stamp\\ of\\:\\ $$it: \\$' deps.d || wrong "$(head -n 1 deps.d)"
run build -C "$isms" --deps-target x
expect 2

case_is "a brand and data from elsewhere"
mv "$isms/house look" "the look"
sed -i '/^brand:/d' "$isms/isms.yaml"
mkdir -p data/templates
cp "$here/templates/risk-treatment-plan.md" data/templates/
rm "$isms/templates/risk-treatment-plan.md"
deps --brand "./the look" --data "$work/data"
expect 0
grep -qF 'the\ look/brand.yaml' deps.d || wrong "no brand: $(cat deps.d)"
grep -qF "$work/data/templates/risk-treatment-plan.md" deps.d || wrong "no data: $(cat deps.d)"

case_is "a house that has no templates yet, and then has"
rm -rf data
deps --brand "the look"
grep -q '^  the\\ look\( \\\)\{0,1\}$' deps.d || wrong "its folder is missing: $(cat deps.d)"

case_is "from within the project"
cd "$isms/policies" || exit 2
run build backup --to text --deps ../../deps2.d
expect 0
cd ../..
grep -qF '../policies/backup.md' deps2.d || wrong "$(cat deps2.d)"

case_is "ninja reads it: once, then only after a change"
if command -v ninja >/dev/null; then
	cat >build.ninja <<NINJA
rule isms
  command = "$ismsc" build backup -C "an isms#1 50\$\$ 100%" --out "the out" --to text --deps deps.d && echo again >>log
  depfile = deps.d
  deps = gcc
  restat = 1
build the\$ out/backup.txt: isms
NINJA
	rm -rf "the out" log
	for change in '' '' isms.yaml '' policies/backup.md policies ''; do
		if [ -n "$change" ]; then sleep 0.01; touch "$isms/$change"; fi
		ninja >said 2>&1 || wrong "ninja: $(cat said)"
		wc -l <log
	done >counts
	[ "$(tr -d ' ' <counts | tr '\n' ' ')" = "1 1 2 2 3 4 4 " ] || wrong "built $(tr '\n' ' ' <counts)times: $(cat said)"
fi

case_is "nothing is written when the build fails, nor about a revision"
rm -f deps.d
printf 'risks: [\n' >"$isms/broken.yaml"
deps
expect 1
[ ! -e deps.d ] || wrong "it is there"
rm "$isms/broken.yaml"
deps --staged
expect 2
says_err "--deps is about files"
run build backup -C "$isms" --to text --out "the out" --deps no/such/deps.d
expect 2
says_err "can't write no/such/deps.d"

case_is "a line break is refused"
mkdir "a
b"
cp -R "$isms/." "a
b"
run build backup -C "a
b" --to text --out out2 --deps deps.d
expect 2
says_err "has a line break"
[ ! -e deps.d ] || wrong "it is there"
finish
