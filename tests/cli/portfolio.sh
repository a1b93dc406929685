#!/bin/sh
# SPDX-License-Identifier: MIT
# examples/portfolio: ninja and GNU parallel build the clients, and ninja only those that a change touches.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
n=3 # the whole of it with DEEP=1
[ -z "${DEEP:-}" ] || n=50
# Nothing of the program is new here, so there is nothing for sanitizers to see that cli/depfile does not show them in a tenth of the time.
if [ -n "${SAN:-}${COVERAGE:-}" ]; then
	echo "0 cases"
	exit
fi
portfolio=$here/examples/portfolio

case_is "clients are made, each with its own name"
python3 "$portfolio/clients.py" p $n >said 2>&1 || wrong "$(cat said)"
cd p || exit 2
[ "$(find clients -maxdepth 1 -mindepth 1 | wc -l)" -eq $n ] || wrong "$(ls clients)"
run check -C clients/alder-bakery --as-of "$(cat as-of)" --brand house
expect 0
if grep -rq 'Northwind Robotics\|Harbour Tea' clients; then wrong "names of the examples are left: $(grep -rl 'Northwind Robotics\|Harbour Tea' clients | head -n 3)"; fi

# An ismsc that counts. built: which clients were built since the last time.
mkdir bin
printf '#!/bin/sh\necho "${3#clients/}" >>"%s/log"\nexec "%s" "$@"\n' "$PWD" "$ismsc" >bin/ismsc
chmod +x bin/ismsc
built() {
	: >log
	ninja >said 2>&1 || wrong "ninja: $(tail -n 5 said)"
	sort log | tr '\n' ' '
}
count() { built | wc -w; }

if ! command -v ninja >/dev/null; then
	finish
	exit
fi
case_is "the first time everything is built, the second time nothing"
python3 "$portfolio/ninja.py" --ismsc bin/ismsc
[ "$(count)" -eq $n ] || wrong "not all are built: $(tail -n 3 said)"
[ "$(find out -name 'statement-of-applicability.docx' | wc -l)" -eq $n ] || wrong "documents are missing"
[ -z "$(built)" ] || wrong "something is built again"
grep -q 'no work to do' said || wrong "$(cat said)"

case_is "a client that changes is built, and no other"
sed -i 's/^  activity: .*/  activity: Something else/' clients/birch-bakery/isms.yaml
[ "$(built)" = "birch-bakery " ] || wrong "$(cat log)"
grep -q 'checksums of all' said || wrong "what stands on it is not made again"

case_is "a remark changes no document, and nothing that stands on them"
printf '# a remark\n' >>clients/birch-bakery/isms.yaml
[ "$(built)" = "birch-bakery " ] || wrong "$(cat log)"
if grep -q 'checksums of all' said; then wrong "what stands on it is made again"; fi

case_is "a file that is added, and one that is taken away"
mkdir clients/birch-bakery/policies
printf -- '---\nid: POL-X\ntitle: Backup policy\nversion: "1.0"\n---\nCopies are made.\n' >clients/birch-bakery/policies/backup.md
[ "$(built)" = "birch-bakery " ] || wrong "added: $(cat log)"
[ -s out/birch-bakery/backup.docx ] || wrong "the new policy is not built"
rm -r clients/birch-bakery/policies
[ "$(built)" = "birch-bakery " ] || wrong "taken away: $(cat log)"
[ -z "$(built)" ] || wrong "and again: $(cat log)"

case_is "the house brand is everybody's"
sed -i 's/^prepared_by: .*/prepared_by: Another House/' house/brand.yaml
[ "$(count)" -eq $n ] || wrong "$(wc -l <log) are built"

case_is "a client that comes, and one that goes"
cp -R clients/birch-bakery clients/new-client
[ "$(built)" = "new-client " ] || wrong "comes: $(cat log)"
rm -r clients/new-client
[ -z "$(built)" ] || wrong "goes: $(cat log)"
if grep -q new-client build.ninja; then wrong "it is still in build.ninja"; fi

case_is "one that can not be built fails alone"
printf 'risks: [\n' >clients/cedar-bakery/broken.yaml
printf '# a remark\n' >>clients/birch-bakery/isms.yaml
: >log
if ninja -k 0 >said 2>&1; then wrong "ninja does not fail"; fi
[ "$(sort log | tr '\n' ' ')" = "birch-bakery cedar-bakery " ] || wrong "$(cat log)"
grep -q 'clients/cedar-bakery\|broken.yaml:1:' said || wrong "it does not say what is wrong: $(cat said)"
rm clients/cedar-bakery/broken.yaml
[ "$(built)" = "cedar-bakery " ] || wrong "mended: $(cat log)"

case_is "GNU parallel makes the same documents"
if command -v parallel >/dev/null; then
	(cd clients && ls -d -- *-bakery) | HOME=$PWD parallel --will-cite "$ismsc" build -C clients/{} --brand house --as-of "$(cat as-of)" --out parallel/{} >said 2>&1 || wrong "$(tail -n 3 said)"
	[ "$(find parallel -maxdepth 1 -mindepth 1 | wc -l)" -eq "$(find clients -maxdepth 1 -name "*-bakery" | wc -l)" ] || wrong "$(ls parallel)"
	# In out/ there are also documents that are no longer made.
	diff -rq parallel out >differences
	grep -v "^Only in out" differences && wrong "not the same: $(grep -vm1 "^Only in out" differences)"
fi

case_is "the rule for a farm is Python as Bazel reads it, as far as Python can tell"
awk '/^```python/ { inside = 1; next } /^```/ { inside = 0 } inside' "$portfolio/README.md" >rule.bzl
python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' rule.bzl 2>said || wrong "$(tail -n 1 said)"
[ "$(wc -l <rule.bzl)" -gt 20 ] || wrong "there is none"
cd ..
finish
