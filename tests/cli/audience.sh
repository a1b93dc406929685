#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc build --audience: what others get, where it goes, and what is refused. That nothing leaks: tests/audience.py.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

mkdir -p isms/policies
cat >isms/isms.yaml <<'END'
isms: 1
organisation: {name: Quay Ledger Ltd}
people:
  ana.lind: {name: Ana Lind}
roles:
  ROLE-ism: {title: Security manager, holder: ana.lind}
risks:
  R-1: {title: Fire in the archive}
  R-2: {title: Theft of a van, visible_to: internal}
controls:
  A.8.13: {applicable: yes, status: implemented, implementation: Copies lie in room 214., for_customers: Copies are made daily.}
END
policy() {
	printf -- '---\nid: POL-1\ntitle: Backup policy\nversion: "1.0"\n%s---\nCopies are made.\n%s\n' "$1" "$2" >isms/policies/backup.md
}

case_is "customers get what is meant for them, and nothing else"
policy '' ''
run build -C isms --audience customer --to md
expect 0
[ "$(ls isms/build/customer)" = "information-security-policy.md
statement-of-applicability.md" ] || wrong "made: $(ls isms/build/customer)"
grep -q "Copies are made daily" isms/build/customer/statement-of-applicability.md || wrong "what is written for customers is missing"
grep -q "Prepared for customers" isms/build/customer/statement-of-applicability.md || wrong "it does not say for whom it is"
! grep -rq "Fire\|van\|Ana\|214" isms/build/customer || wrong "something leaked"

case_is "customers get a page that leads to each of their documents, and names nothing else"
run build -C isms --audience customer --to html --out pages
expect 0
[ "$(ls pages)" = "index.html
information-security-policy.html
search.html
statement-of-applicability.html" ] || wrong "made: $(ls pages)"
for page in information-security-policy statement-of-applicability; do
	grep -q "href=\"$page.html\"" pages/index.html || wrong "the index does not lead to $page"
done
grep -q "Prepared for customers" pages/index.html || wrong "the index does not say for whom it is"
[ "$(grep -o 'href="[^"#]*[.]html' pages/index.html | sort -u)" = 'href="index.html
href="information-security-policy.html
href="search.html
href="statement-of-applicability.html' ] || wrong "the index leads elsewhere: $(grep -o 'href="[^"#]*[.]html' pages/index.html | sort -u)"
! grep -q "Fire\|van\|Ana\|214" pages/index.html || wrong "something leaked"
sed -n '/<template id="_pages">/,/<\/template>/p' pages/search.html >searched
grep -q '"statement-of-applicability.html"' searched && grep -q "Copies are made daily" searched || wrong "their search does not know their documents"
! grep -q "Fire\|van\|Ana\|214" searched || wrong "something leaked into the search"

case_is "the first sheet of a workbook says for whom it is"
run build -C isms --audience auditor --to xlsx --out book registers
if [ "$status" -eq 0 ]; then
	python3 - book/registers.xlsx >"$out" <<'PYTHON' || wrong "$(cat "$out")"
import re, sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
texts = re.findall(r"<si>.*?</si>", book.read("xl/sharedStrings.xml").decode(), re.S)
shown = [texts[int(i)] for i in re.findall(r'<c [^>]*t="s"[^>]*><v>(\d+)</v>', book.read("xl/worksheets/sheet1.xml").decode())]
print(shown)
sys.exit(not any("Prepared for auditors" in text for text in shown))
PYTHON
else
	says_err "workbook"
fi

case_is "auditors get all but what is internal"
run build -C isms --audience auditor --to md
expect 0
grep -q "Fire in the archive" isms/build/auditor/risk-treatment-plan.md || wrong "a risk is missing"
! grep -rq "Theft of a van" isms/build/auditor || wrong "something leaked"
[ ! -e isms/build/auditor/conformity-report.md ] || wrong "what the check found is for us alone"

case_is "the audiences are three"
run build -C isms --audience custmer
expect 2
says_err "did you mean customer?"
run build -C isms --audience everybody
expect 2
says_err "internal, auditor and customer"

case_is "a policy goes to customers when its head says so"
policy 'visible_to: customer
' ''
run build -C isms --audience customer --to md backup
expect 0
[ -s isms/build/customer/backup.md ] || wrong "the policy is missing"

case_is "one that does not is refused by name"
policy '' ''
run build -C isms --audience customer backup
expect 2
says_err "backup is not for customers"
run build -C isms --audience customer risk-treatment-plan
expect 2
says_err "risk-treatment-plan is not for customers"
run build -C isms --audience customer --list
expect 0
says "its head does not say \`visible_to\`"

case_is "what is no longer for them is named"
run build -C isms --audience customer --to md
expect 2
says_err "backup.md was made for customers once and is no longer"
rm isms/build/customer/backup.md
run build -C isms --audience customer --to md
expect 0

case_is "a text that names what its readers may not see stops the build"
policy 'visible_to: customer
' 'See [[R-1]].'
rm -rf none
run build -C isms --audience customer --out none
expect 2
says_err "policies/backup.md:8:7: error: R-1 is not for customers"
[ ! -e none ] || [ -z "$(ls none)" ] || wrong "something was written: $(ls -a none)"
policy 'visible_to: customer
' '<!-- audience: auditor -->See [[R-1]].<!-- /audience -->'
run build -C isms --audience customer --out none --to md
expect 0
! grep -q "R-1" none/backup.md || wrong "the passage is there"

case_is "also in a field of an entry"
sed 's/Copies are made daily/Copies are made daily because of R-1/' isms/isms.yaml >isms/new && mv isms/new isms/isms.yaml
run build -C isms --audience customer --out other
expect 1
says_err "names R-1, which is not for customers" "isms.yaml:11" "nothing is built for customers"
run build -C isms --audience customer --list
expect 2
says_err "texts for customers name what they may not see"
sed 's/ because of R-1//' isms/isms.yaml >isms/new && mv isms/new isms/isms.yaml

case_is "one folder is for one audience"
run build -C isms --to md --out none
expect 2
says_err "none holds files for customers"
run build -C isms --audience auditor --to md --out none
expect 2
says_err "one folder is for one audience"
mkdir mine && touch mine/letter.txt
run build -C isms --audience customer --to md --out mine
expect 2
says_err "not known to be for customers"

case_is "fields and entries are marked by the project, too"
printf 'audiences:\n  control.implementation: customer\n  risk: customer\n' >isms/marks.yaml
run build -C isms --audience customer --to md
expect 0
mkdir -p isms/templates/customer
printf -- '---\ndocument: risks\nid: RISKS\ntitle: Risks\n---\n\n{{#risks}}\n- {{title}} {{owner}}\n{{/risks}}\n' >isms/templates/customer/risks.md
run build -C isms --audience customer --to md risks
expect 0
grep -q "Fire in the archive" isms/build/customer/risks.md || wrong "the risk is missing"
! grep -q "van" isms/build/customer/risks.md || wrong "the mark of the entry is weaker than that of its kind"

finish
