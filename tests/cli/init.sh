#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

case_is "a skeleton in a new folder"
run init acme --name 'Acme "Best" \ Ltd'
expect 0
quiet
says "wrote acme/isms.yaml" "wrote acme/.gitignore" "wrote acme/risks/method.yaml" "cd acme" "ismsc check" "ismsc build"
for file in isms.yaml context.yaml people.yaml risks/method.yaml risks/R-001.yaml controls/organizational.yaml controls/people.yaml \
	controls/physical.yaml controls/technological.yaml registers/assets.yaml registers/suppliers.yaml README.md .gitignore .editorconfig; do
	[ -s "acme/$file" ] || wrong "$file is missing"
	if grep -qF '{{name}}' "acme/$file"; then wrong "$file has a hole"; fi
done
[ "$(find acme/policies -name '*.md' | wc -l)" -eq 3 ] || wrong "there are not three policies"
[ "$(find acme -name '*tmp*')" = "" ] || wrong "temporary files are left"
run query organisation.name -C acme
[ "$(cat "$out")" = 'Acme "Best" \ Ltd' ] || wrong "the name became $(cat "$out")"

case_is "its check names about ten things to do, and nothing it cannot read"
run check -C acme --format json
expect 1
is_json "$out"
python3 - "$out" 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import json, sys
report = json.load(open(sys.argv[1]))
count = len(report["findings"])
assert 6 <= count <= 14, "%d findings" % count
assert report["summary"]["error"] == 0, report["summary"]
assert all(f["basis"] for f in report["findings"]), [f["rule"] for f in report["findings"] if not f["basis"]]
PYTHON

case_is "it builds"
run build -C acme
expect 0
[ -n "$(find acme/build -name '*.docx')" ] || wrong "no document was made"

case_is "its documents claim nothing that nobody wrote"
run build risk-treatment-plan risk-assessment-report -C acme --to text --out texts
expect 0
grep -q 'row | Without a date | {bar} 1' texts/risk-treatment-plan.txt || wrong "an action without a date counts as $(grep '{bar}' texts/risk-treatment-plan.txt)"
[ "$(grep -c 'assessment has been recorded yet\|no earlier assessment' texts/risk-assessment-report.txt)" -eq 3 ] || wrong "that there was no assessment is said otherwise than once in a section"

case_is "every control of Annex A is there once, under its title"
sed -n 's/^  \(A\.[0-9.]*\): # \(.*\)/\1 \2/p' acme/controls/*.yaml | sort >skeleton
awk '/^  A\./ { id = $1; sub(":", "", id) } /^    title: / { sub("    title: ", ""); print id " " $0 }' \
	"$here/schema/catalogue/controls-2022.yaml" | sort >catalogue
cmp -s skeleton catalogue || wrong "$(diff skeleton catalogue | head -n 5)"
[ "$(cat acme/controls/*.yaml | grep -c '^    applicable: undecided$')" -eq 93 ] || wrong "93 decisions are not open"

case_is "the risk method is the one of the catalogue, with who may accept"
sed -n '/^risk_method:/,$p' acme/risks/method.yaml | grep -v accepted_by >skeleton
sed -n '/^risk_method:/,$p' "$here/schema/catalogue/method.yaml" >catalogue
cmp -s skeleton catalogue || wrong "$(diff skeleton catalogue | head -n 5)"
[ "$(grep -c accepted_by: acme/risks/method.yaml)" -eq 4 ] || wrong "not every level says who may accept it"

case_is "what is commented out is right when it counts"
cp -R acme whole
for file in context people registers/assets registers/suppliers; do
	sed 's/^# \( *[-A-Za-z]*[A-Za-z0-9_.-]*:\( .*\)\{0,1\}\)$/\1/; s/^# \( *- .*\)$/\1/' whole/$file.yaml >new && mv new whole/$file.yaml
done
sed 's/^    # \(holder\|deputy\):/    \1:/' whole/people.yaml >new && mv new whole/people.yaml
sed 's/^    # services:/    services:/' whole/risks/R-001.yaml >new && mv new whole/risks/R-001.yaml
sed 's/^# \(scope:\)/\1/; s/^#   \(.*\)/  \1/' whole/isms.yaml >new && mv new whole/isms.yaml
run check -C whole --format json
python3 - "$out" 2>>"$err" <<'PYTHON' || wrong "$(tail -n 1 "$err")"
import json, sys
report = json.load(open(sys.argv[1]))
# What is left is to decide on the controls.
assert [f["rule"] for f in report["findings"]] == ["6.1.3-c-01"], [f["file"] + ":%d " % f["line"] + f["message"] for f in report["findings"]]
PYTHON

case_is "the example is the one of the repository"
run init look --example
expect 0
says "wrote look/isms.yaml" "--as-of 2026-11-21"
diff -r look "$here/examples/northwind" >differences || wrong "$(head -n 5 differences)"
run check -C look --as-of 2026-11-21
expect 0

case_is "the working directory, and its name"
mkdir harbour
(cd harbour && exec "$ismsc" init >"$out" 2>"$err") || wrong "fails"
says "wrote isms.yaml" "ismsc explain 4.1"
lacks "cd "
run query organisation.name -C harbour
[ "$(cat "$out")" = harbour ] || wrong "the name became $(cat "$out")"

case_is "nothing is written over"
find acme -type f -exec cksum {} + | sort >before
run init acme
expect 2
says_err "there is an ISMS already: acme/isms.yaml; nothing was written"
find acme -type f -exec cksum {} + | sort >after
cmp -s before after || wrong "files changed"
mkdir -p half/risks && echo mine >half/risks/method.yaml
run init half
expect 2
says_err "half/risks/method.yaml is there already"
[ "$(find half -type f)" = half/risks/method.yaml ] || wrong "something was written"

case_is "a README and the like are kept"
mkdir repo && echo mine >repo/README.md && echo mine >repo/.gitignore
run init repo
expect 0
says "kept repo/README.md" "kept repo/.gitignore" "wrote repo/isms.yaml"
[ "$(cat repo/README.md repo/.gitignore)" = "mine
mine" ] || wrong "they changed"

case_is "a link leads nowhere else"
mkdir elsewhere linked && ln -s ../elsewhere linked/risks
run init linked
expect 2
says_err "linked/risks is no folder"
[ -z "$(ls elsewhere)" ] || wrong "something was written there"
ln -s nowhere linked/isms.yaml
run init linked
expect 2

case_is "what cannot be written leaves nothing"
if [ "$(id -u)" -ne 0 ]; then
	mkdir -p closed/controls && chmod a-w closed/controls
	run init closed
	expect 2
	says_err "can't write closed/controls/"
	[ "$(find closed -type f -o -type d | sort | tr '\n' ' ')" = "closed closed/controls " ] || wrong "left: $(find closed)"
fi
echo file >file
run init file/below
expect 2

case_is "names and options that make no sense are refused"
run init one two
expect 2
run init three --name "$(printf 'a\nb')"
expect 2
says_err "--name"
run init three --name ""
expect 2
run init three --example --name x
expect 2
[ ! -e three ] || wrong "something was written"

case_is "--data brings a skeleton of one's own"
mkdir -p data/schema/skeleton
printf 'isms: 1\norganisation:\n  name: "{{name}}"\n  activity: consulted\n' >data/schema/skeleton/isms.yaml
run init client --data data --name Client
expect 0
run query 'organisation.name + ", " + organisation.activity' -C client
[ "$(cat "$out")" = "Client, consulted" ] || wrong "$(cat "$out" "$err")"
case_is "what is missing is shown where it waits in a comment, and what a comment only tells about is not taken for it"
run init begun --name Quay
expect 0
run check -C begun
says "no section \`issues\` yet; it waits here in a comment: remove the #" "# interested_parties:" "# objectives:" "# scope:"
sed -i '/^# issues:/,$d' begun/context.yaml
printf '# risks: see below\n# issues: none yet\n#  - assets:\n' >>begun/people.yaml
run check -C begun
says "no section \`issues\` yet; \`ismsc new issue\` begins it"
finish
